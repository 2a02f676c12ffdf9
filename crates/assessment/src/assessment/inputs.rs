//! The reports that make the result.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::chain::{Chains, Meaning, ReportOfAccount, Standing};
use super::row_id::RowId;
use crate::report::{AccountName, AsOfSource, Format, Report, Timestamp, User, Warning, WarningKind, sorted};

/// The reports that make the result, and the earlier ones of the same accounts.
#[derive(Debug, Default)]
pub struct Inputs {
    reports: Vec<LoadedReport>,
    /// The reports of each account, by their own times.
    chains: Chains,
    /// Rows of users who stand in a row before: the row, and the first of the user, by row.
    repeats: Vec<(RowId, RowId)>,
    /// The first report of each file, by number.
    files: FxHashMap<Fingerprint, u32>,
}

/// What tells a file from every other, whatever its name: its size, and a hash of its bytes.
///
/// The hash is quick, not cryptographic: what two files have in common by chance it never has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    /// The size, in bytes.
    pub bytes: u64,
    /// XXH64 of the bytes.
    pub hash: u64,
}

/// A report that is part of the result.
#[derive(Debug)]
pub struct LoadedReport {
    /// The report itself.
    pub report: Report,
    /// The number of its first row among the rows of all reports.
    first_row: u32,
    /// The SHA-256 of its bytes, in hexadecimal, once it is worked out.
    pub sha256: Option<String>,
    /// The report before it of a file of the same bytes, by number.
    pub(super) same_as: Option<u32>,
    /// What the rows of each account of the report are for.
    pub(super) standings: Vec<Standing>,
    /// What it says of each account, once that was asked.
    pub(super) meanings: Option<Box<[Meaning]>>,
    /// Whether rows of it do not say of which account they are.
    has_unattributed: bool,
}

impl LoadedReport {
    /// The row of this place in the report, from 0.
    pub fn row(&self, index: u32) -> RowId {
        RowId(self.first_row + index)
    }

    /// Warnings of reading that are counted only.
    pub fn more_warnings(&self) -> u64 {
        if self.same_as.is_some() { 0 } else { self.report.more_warnings() }
    }

    /// Whether the rows of an account, by number, make the result.
    pub fn is_current(&self, account: u32) -> bool {
        self.standing(account) == Standing::Current
    }

    /// Whether there is a newer report of an account, by number.
    pub fn is_earlier(&self, account: u32) -> bool {
        self.standing(account) == Standing::Earlier
    }

    /// What the rows of an account are for.
    pub(super) fn standing(&self, account: u32) -> Standing {
        self.standings.get(account as usize).copied().unwrap_or(Standing::Current)
    }

    /// The accounts of which there is a newer report.
    fn replaced(&self) -> impl Iterator<Item = &AccountName> {
        let accounts = self.report.accounts().iter().zip(&self.standings);
        let replaced = accounts.filter(|(_, standing)| **standing == Standing::Earlier);
        replaced.map(|(account, _)| account)
    }
}

impl Inputs {
    /// Adds reports. Of each account the report that is the newest by its own time makes the result; the
    /// others are kept for comparing. What is said twice counts once: rows of known accounts where the
    /// times are equal, other rows where the bytes of the files are.
    pub fn add(&mut self, reports: impl IntoIterator<Item = (Report, Fingerprint)>) {
        for (report, fingerprint) in reports {
            let number = self.reports.len() as u32;
            let first = *self.files.entry(fingerprint).or_insert(number);
            let same_as = (first != number).then_some(first);
            let has_unattributed = report.has_unattributed();
            let of_unattributed =
                same_as.filter(|_| has_unattributed).map_or(Standing::Current, Standing::Same);
            let standing = |account: &AccountName| {
                if account.id.is_empty() { of_unattributed } else { Standing::Current }
            };
            self.reports.push(LoadedReport {
                first_row: self.rows(),
                sha256: None,
                same_as,
                standings: report.accounts().iter().map(standing).collect(),
                meanings: None,
                has_unattributed: has_unattributed && same_as.is_none(),
                report,
            });
            self.chains.add_last(&mut self.reports);
        }
        self.find_repeats();
    }

    /// Finds the rows of users who stand in a row before: of the same ARN in the same report; where the
    /// account is not known, of the same ARN or name in any.
    fn find_repeats(&mut self) {
        let several = self.reports.iter().filter(|loaded| loaded.has_unattributed).count() > 1;
        let mut repeats: Vec<(RowId, RowId)> = Vec::new();
        let mut unattributed: FxHashMap<Cow<'_, str>, RowId> = FxHashMap::default();
        for loaded in &self.reports {
            let report = &loaded.report;
            let elsewhere = several && loaded.has_unattributed;
            let start = repeats.len();
            for &(row, before) in report.repeated() {
                if elsewhere && report.get(row).is_some_and(|user| user.account_number() == 0) {
                    continue;
                }
                repeats.push((loaded.row(row), first_of(&repeats, loaded.row(before))));
            }
            if elsewhere {
                for user in report.users().filter(|user| user.account_number() == 0) {
                    let row = loaded.row(user.index());
                    let whom = user.arn().map_or(Cow::Borrowed(user.name()), Cow::Owned);
                    let first = *unattributed.entry(whom).or_insert(row);
                    if first != row {
                        repeats.push((row, first));
                    }
                }
                let mut last = repeats.split_off(start);
                sorted::sort(&mut last);
                repeats.append(&mut last);
            }
        }
        self.repeats = repeats;
    }

    /// The rows, of some reports, of users who stand in a row before, in order; each with the first row of
    /// the user.
    pub(super) fn repeats_of(&self, reports: Range<u32>) -> &[(RowId, RowId)] {
        let place = |report: u32| match self.reports.get(report as usize) {
            Some(loaded) => self.repeats.partition_point(|(row, _)| *row < loaded.row(0)),
            None => self.repeats.len(),
        };
        &self.repeats[place(reports.start)..place(reports.end)]
    }

    /// The first row of the user of a row.
    pub fn first_row_of_user(&self, row: RowId) -> RowId {
        first_of(&self.repeats, row)
    }

    /// Rows of all reports, those of earlier ones included.
    pub fn rows(&self) -> u32 {
        self.reports.last().map_or(0, |last| last.first_row + last.report.len() as u32)
    }

    /// The reports, in the order in which they came.
    pub fn reports(&self) -> &[LoadedReport] {
        &self.reports
    }

    /// The reports of an account, the oldest first; none where the account is not known.
    pub fn chain(&self, account: &AccountName) -> &[ReportOfAccount] {
        self.chains.of(account)
    }

    /// The report that counts for an account in place of another one: itself, or the one that says the same.
    pub fn counting(&self, report: u32, account: &AccountName) -> u32 {
        let standing = self.reports.get(report as usize).and_then(|loaded| {
            let place = loaded.report.accounts().iter().position(|other| other == account)?;
            Some(loaded.standing(place as u32))
        });
        match standing {
            Some(Standing::Same(first)) => first,
            _ => report,
        }
    }

    /// The accounts of which there are earlier reports, by number and partition.
    pub fn accounts_with_earlier(&self) -> Vec<&AccountName> {
        let chains = self.chains.iter().filter(|(_, chain)| chain.len() > 1);
        let mut accounts: Vec<&AccountName> = chains.map(|(account, _)| account).collect();
        sorted::sort_by(&mut accounts, |a, b| (&a.id, &a.partition).cmp(&(&b.id, &b.partition)));
        accounts
    }

    /// Keeps the SHA-256 of a report's bytes.
    pub fn set_digest(&mut self, report: u32, sha256: String) {
        if let Some(report) = self.reports.get_mut(report as usize) {
            report.sha256 = Some(sha256);
        }
    }

    /// The report of a row, by number, and its place there.
    pub(crate) fn place(&self, row: RowId) -> Option<(u32, u32)> {
        let number = self.reports.partition_point(|report| report.first_row <= row.0).checked_sub(1)?;
        Some((number as u32, row.0 - self.reports.get(number)?.first_row))
    }

    /// The report of a row.
    pub fn report_of(&self, row: RowId) -> Option<&LoadedReport> {
        self.reports.get(self.place(row)?.0 as usize)
    }

    /// The user in a row, and the number of the report.
    pub fn numbered_user(&self, row: RowId) -> Option<(usize, User<'_>)> {
        let (report, index) = self.place(row)?;
        Some((report as usize, self.reports.get(report as usize)?.report.get(index)?))
    }

    /// The user in a row.
    pub fn user(&self, row: RowId) -> Option<User<'_>> {
        self.numbered_user(row).map(|(_, user)| user)
    }

    /// The newest time at which a report says that it was generated, and how it says so.
    pub fn as_of(&self) -> Option<(Timestamp, AsOfSource)> {
        self.reports
            .iter()
            .map(|loaded| loaded.report.as_of())
            .max_by_key(|(time, source)| (*time, std::cmp::Reverse(*source)))
    }

    /// How many [`Inputs::warnings`] there are, those included that reports only count.
    pub fn warnings_total(&self) -> u64 {
        let of_report = |(number, loaded): (u32, &LoadedReport)| {
            let of_reading = if loaded.same_as.is_some() { 0 } else { loaded.report.warnings_total() };
            of_reading + self.warnings_of_file(number, loaded).count() as u64
        };
        (0..).zip(&self.reports).map(of_report).sum()
    }

    /// Every warning of reading, every earlier report of an account and what is said twice, in the order of
    /// inputs and lines.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        (0..).zip(&self.reports).flat_map(move |(number, loaded)| {
            let about_file = |kind| Warning {
                input: loaded.report.file().name.clone(),
                line: None,
                column: None,
                value: None,
                kind,
                more: 0,
                more_lines: Vec::new(),
            };
            // What is odd about the same bytes is told once.
            let read = loaded.same_as.is_none().then(|| loaded.report.warnings()).into_iter().flatten();
            self.warnings_of_file(number, loaded).map(about_file).chain(read)
        })
    }

    fn warnings_of_file<'a>(
        &'a self,
        number: u32,
        loaded: &'a LoadedReport,
    ) -> impl Iterator<Item = WarningKind> + 'a {
        let accounts = move || loaded.report.accounts().iter().zip(&loaded.standings);
        // Of the same bytes that is said once, not of each account.
        let same = loaded
            .same_as
            .filter(|first| accounts().any(|(_, standing)| *standing == Standing::Same(*first)));
        let name = same.and_then(|first| self.reports.get(first as usize));
        let same_file = name.map(|first| WarningKind::SameFile { first: first.report.file().name.clone() });
        let is_told = move |standing: Standing| same.is_some_and(|first| standing == Standing::Same(first));
        let others = accounts().filter(move |(_, standing)| !is_told(**standing));
        let others =
            others.filter_map(move |(account, standing)| self.standing_kind(account, number, *standing));
        same_file.into_iter().chain(others)
    }

    /// What is to be said of the rows of an account in a report; nothing where they make the result.
    fn standing_kind(&self, account: &AccountName, number: u32, standing: Standing) -> Option<WarningKind> {
        let loaded = |number: u32| self.reports.get(number as usize);
        let name = |number: u32| Some(loaded(number)?.report.file().name.clone());
        let time = |number: u32| Some(loaded(number)?.report.as_of().0);
        let id = account.id.clone();
        match standing {
            Standing::Current => None,
            Standing::Same(first) => Some(WarningKind::SameReport { account: id, first: name(first)? }),
            Standing::Earlier => {
                let chain = self.chain(account);
                let next = chain.iter().skip_while(|link| link.report != number).nth(1)?.report;
                Some(if time(next) == time(number) {
                    WarningKind::SameTime { account: id, by: name(next)? }
                } else {
                    WarningKind::Replaced { account: id, by: name(chain.last()?.report)? }
                })
            }
        }
    }
}

/// The first row of the user of a row, by the rows that are no first ones.
fn first_of(repeats: &[(RowId, RowId)], row: RowId) -> RowId {
    repeats.binary_search_by_key(&row, |(row, _)| *row).map_or(row, |at| repeats[at].1)
}

/// A file that is part of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputSummary {
    /// The file's name.
    pub name: String,
    /// The form in which the report arrived.
    pub form: Format,
    /// The size, in bytes.
    pub bytes: u64,
    /// The SHA-256 of the bytes, in hexadecimal, once it is worked out.
    pub sha256: Option<String>,
    /// Rows that were read and evaluated.
    pub rows: u32,
    /// Rows that could not be read and were skipped.
    pub broken_rows: u32,
    /// The accounts in it.
    pub accounts: Vec<String>,
    /// The accounts of which a newer report makes the result.
    pub replaced_accounts: Vec<String>,
    /// When the report was generated, as far as is known.
    pub as_of: Timestamp,
    /// Where that time comes from.
    pub as_of_source: AsOfSource,
}

impl From<&LoadedReport> for InputSummary {
    fn from(loaded: &LoadedReport) -> Self {
        let report = &loaded.report;
        let (as_of, as_of_source) = report.as_of();
        let ids = |accounts: &mut dyn Iterator<Item = &AccountName>| {
            let known = accounts.filter(|account| !account.id.is_empty());
            let mut ids: Vec<String> = known.map(|account| account.id.clone()).collect();
            sorted::sort_by(&mut ids, Ord::cmp);
            ids.dedup();
            ids
        };
        InputSummary {
            name: report.file().name.clone(),
            form: report.form(),
            bytes: report.file().bytes,
            sha256: loaded.sha256.clone(),
            rows: report.len() as u32,
            broken_rows: report.broken_rows(),
            accounts: ids(&mut report.accounts().iter()),
            replaced_accounts: ids(&mut loaded.replaced()),
            as_of,
            as_of_source,
        }
    }
}
