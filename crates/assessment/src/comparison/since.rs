//! Since which report a finding fails without a gap.

use super::credential::SlotBits;
use super::identity::Unit;
use super::pair::{Pair, Sides};
use crate::report::Report;

/// For the findings of one report of an account, with which of its reports each begins.
///
/// Most begin with the oldest; only the others are kept.
#[derive(Debug, Default)]
pub(super) struct Starts {
    /// Row, number of the report in the account's order, and bits; by row.
    later: Vec<(u32, u32, u64)>,
}

impl Starts {
    /// With which report, from the oldest on, a finding begins.
    pub(super) fn of(&self, row: u32, bit: u32) -> usize {
        let starts = self.of_row(row).iter();
        let start = starts.filter(|(_, _, bits)| bits & (1 << bit) != 0).map(|(_, start, _)| *start).next();
        start.unwrap_or_default() as usize
    }

    fn of_row(&self, row: u32) -> &[(u32, u32, u64)] {
        let start = self.later.partition_point(|(other, ..)| *other < row);
        let rows = &self.later[start..];
        &rows[..rows.partition_point(|(other, ..)| *other == row)]
    }

    /// The same for the next report, which has this number in the account's order.
    pub(super) fn next(
        &self,
        sides: &Sides<'_>,
        reports: (&Report, &Report),
        units: &[Unit],
        slots: SlotBits,
        number: u32,
    ) -> Self {
        let mut next = Self::default();
        for unit in units {
            let Some(row) = unit.now() else { continue };
            let fails = sides.now.verdicts(row).fails;
            let failed = unit.both().map_or(0, |(then, _)| sides.then.verdicts(then).fails);
            let pair = unit
                .both()
                .filter(|_| fails != 0 && failed != 0)
                .and_then(|(then, now)| Some((then, Pair::new(reports.0.get(then)?, reports.1.get(now)?))));
            let carry = |bits| match &pair {
                Some((_, pair)) => slots.carry(bits, &pair.keys, &pair.certificates) & fails,
                None => 0,
            };
            let new = fails & !carry(failed);
            if new != 0 {
                next.later.push((row, number, new));
            }
            if let Some((then, _)) = &pair {
                for (_, start, bits) in self.of_row(*then) {
                    let bits = carry(*bits);
                    if bits != 0 {
                        next.later.push((row, *start, bits));
                    }
                }
            }
        }
        next
    }
}
