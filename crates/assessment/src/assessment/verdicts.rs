//! Verdicts as bits: one for each check and slot.

use crate::checks::{self, Area, CheckId, ESCALATION_DAYS, Failure, Severity};

/// The bits of the verdict mask: one for each check and slot.
pub(crate) struct Layout {
    /// The first bit of each check.
    pub(crate) first: [u8; checks::COUNT],
    /// Check and slot (from 0) of each bit.
    pub(crate) bits: Vec<(CheckId, u8)>,
    /// The bits of the checks of each severity, by its rank; a sixth for what escalates past the end.
    pub(super) by_severity: [u64; 5],
}

impl Layout {
    pub(crate) fn new() -> Self {
        let mut layout = Self { first: [0; checks::COUNT], bits: Vec::new(), by_severity: [0; 5] };
        for id in checks::ids() {
            let check = id.check();
            layout.first[id.index()] = layout.bits.len() as u8;
            for slot in 0..check.rule.slots() {
                let bit = 1_u64 << layout.bits.len();
                layout.by_severity[check.severity.rank()] |= bit;
                layout.bits.push((id, slot));
            }
        }
        layout
    }

    pub(crate) fn of_check(&self, id: CheckId) -> u64 {
        ((1 << id.check().rule.slots()) - 1) << self.first[id.index()]
    }
}

pub(super) fn area_index(area: Area) -> usize {
    area as usize
}

impl Layout {
    /// How many findings of each severity a row has, worst first.
    pub(super) fn severity_counts(&self, row: RowVerdicts) -> [u32; 5] {
        if row.fails == 0 {
            return [0; 5];
        }
        let (plain, worse) = (row.fails & !row.escalated, row.fails & row.escalated);
        std::array::from_fn(|rank| {
            let own = (plain & self.by_severity[rank]).count_ones();
            let from_below = self.by_severity.get(rank + 1).map_or(0, |mask| (worse & mask).count_ones());
            own + from_below
        })
    }
}

/// The verdicts on one row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RowVerdicts {
    /// The bits of the subjects that fail.
    pub fails: u64,
    /// Those of them that are one severity worse.
    pub escalated: u64,
}

impl RowVerdicts {
    /// The part of them under a mask.
    pub fn of(self, mask: u64) -> Self {
        Self { fails: self.fails & mask, escalated: self.escalated & mask }
    }

    /// They, and others besides.
    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        Self { fails: self.fails | other.fails, escalated: self.escalated | other.escalated }
    }
}

/// Verdicts that are asked for, by check and severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The bits of those that are as bad as their check.
    plain: u64,
    /// The bits of those that are one severity worse.
    escalated: u64,
}

impl Selection {
    pub(super) fn new(layout: &Layout, includes: impl Fn(CheckId, Severity) -> bool) -> Self {
        let mut selection = Self { plain: 0, escalated: 0 };
        for (bit, (id, _)) in layout.bits.iter().enumerate() {
            let severity = id.check().severity;
            selection.plain |= u64::from(includes(*id, severity)) << bit;
            selection.escalated |= u64::from(includes(*id, severity.escalated())) << bit;
        }
        selection
    }

    /// The part of a row's verdicts that is asked for.
    pub fn of(self, row: RowVerdicts) -> RowVerdicts {
        row.of((self.plain & !row.escalated) | (self.escalated & row.escalated))
    }
}

/// The places of the bits that are set, lowest first.
pub(crate) fn bits(mut mask: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (mask != 0).then(|| mask.trailing_zeros())?;
        mask &= mask - 1;
        Some(bit)
    })
}

/// How bad a failure is.
pub(super) fn severity(check: CheckId, failure: &Failure) -> Severity {
    let check = check.check();
    if check.escalates && failure.age_days.is_some_and(|age| age > ESCALATION_DAYS) {
        check.severity.escalated()
    } else {
        check.severity
    }
}
