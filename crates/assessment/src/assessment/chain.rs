//! The reports of each account, in the order of their own times.

use std::hash::{DefaultHasher, Hasher};

use rustc_hash::FxHashMap;

use super::inputs::LoadedReport;
use crate::report::{AccountName, Report};

/// The rows of an account in one of the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportOfAccount {
    /// The report, by number.
    pub report: u32,
    /// The number of the account within it.
    pub account: u32,
}

/// What the rows of an account in a report are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// They make the result.
    Current,
    /// A newer report of the account makes the result; they are kept for comparing.
    Earlier,
    /// They say what those of another report of the same time say, by number, and count once.
    Same(u32),
}

/// The reports of each known account, the oldest first; of equal times in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Chains(FxHashMap<AccountName, Vec<ReportOfAccount>>);

impl Chains {
    /// The reports of an account, the oldest first.
    pub(super) fn of(&self, account: &AccountName) -> &[ReportOfAccount] {
        self.0.get(account).map_or(&[], Vec::as_slice)
    }

    /// Every known account with its reports, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&AccountName, &[ReportOfAccount])> {
        self.0.iter().map(|(account, chain)| (account, chain.as_slice()))
    }

    /// Puts the accounts of the last report in their places.
    pub(super) fn add_last(&mut self, reports: &mut [LoadedReport]) {
        let Some(number) = reports.len().checked_sub(1) else { return };
        let report = &reports[number].report;
        let time = |reports: &[LoadedReport], report: u32| reports[report as usize].report.as_of().0;
        let as_of = report.as_of().0;
        let names: Vec<(u32, AccountName)> =
            (0..).zip(report.accounts()).map(|(place, name)| (place, name.clone())).collect();
        for (account, name) in names.into_iter().filter(|(_, name)| !name.id.is_empty()) {
            let here = ReportOfAccount { report: number as u32, account };
            let chain = self.0.entry(name).or_default();
            let place = chain.partition_point(|link| time(reports, link.report) <= as_of);
            let is_of_then = |at: &usize| time(reports, chain[*at].report) == as_of;
            let equals: Vec<usize> = (0..place).rev().take_while(is_of_then).collect();
            let same = equals.into_iter().find(|at| is_same(reports, chain[*at], here));
            if let Some(at) = same {
                set(reports, here, Standing::Same(chain[at].report));
                continue;
            }
            let is_newest = place == chain.len();
            if is_newest && let Some(last) = chain.last() {
                set(reports, *last, Standing::Earlier);
            }
            set(reports, here, if is_newest { Standing::Current } else { Standing::Earlier });
            chain.insert(place, here);
        }
    }
}

fn standing_mut(reports: &mut [LoadedReport], place: ReportOfAccount) -> Option<&mut Standing> {
    reports.get_mut(place.report as usize)?.standings.get_mut(place.account as usize)
}

fn set(reports: &mut [LoadedReport], place: ReportOfAccount, standing: Standing) {
    if let Some(place) = standing_mut(reports, place) {
        *place = standing;
    }
}

/// Whether two reports say the same of an account, in whatever order of rows.
fn is_same(reports: &mut [LoadedReport], one: ReportOfAccount, other: ReportOfAccount) -> bool {
    let is_same_file = reports[other.report as usize].same_as == Some(one.report);
    is_same_file || meaning(reports, one) == meaning(reports, other)
}

/// What a report says of an account.
fn meaning(reports: &mut [LoadedReport], place: ReportOfAccount) -> Option<Meaning> {
    let loaded = reports.get_mut(place.report as usize)?;
    let meanings = loaded.meanings.get_or_insert_with(|| meanings(&loaded.report));
    meanings.get(place.account as usize).copied()
}

/// How many rows an account has, and the sum of hashes of what they say.
pub(super) type Meaning = (u32, u128);

/// What a report says, by account.
fn meanings(report: &Report) -> Box<[Meaning]> {
    let mut meanings = vec![Meaning::default(); report.accounts().len()];
    for user in report.users() {
        let (rows, sum) = &mut meanings[user.account_number() as usize];
        let halves = [0, 1].map(|half| {
            let mut hasher = DefaultHasher::new();
            hasher.write_u8(half);
            user.hash_meaning(&mut hasher);
            u128::from(hasher.finish())
        });
        *rows += 1;
        *sum = sum.wrapping_add(halves[0] << 64 | halves[1]);
    }
    meanings.into()
}
