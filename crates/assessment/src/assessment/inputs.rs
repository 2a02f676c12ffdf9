//! The reports that make the result.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::row_id::RowId;
use crate::report::{AccountName, AsOfSource, Format, Report, Timestamp, User, Warning, WarningKind};

/// The reports that make the result, and of which accounts newer ones replaced them.
#[derive(Debug, Default)]
pub struct Inputs {
    reports: Vec<LoadedReport>,
    /// Where the rows of each account that count are: number of the report, and of the account in it.
    owners: FxHashMap<AccountName, (u32, u32)>,
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
    /// The report before it of a file of the same bytes, by number: that one counts.
    same_as: Option<u32>,
    /// The newest as-of time of files of its bytes.
    as_of: Timestamp,
    /// For each account of the report the report that replaced it, by number.
    replaced: Vec<Option<u32>>,
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

    /// Whether rows of this account still count.
    pub(super) fn is_live(&self, account: u32) -> bool {
        self.same_as.is_none() && self.replaced.get(account as usize).copied().flatten().is_none()
    }
}

impl Inputs {
    /// Adds reports. Of files of the same bytes the first counts alone, as of the newest. Accounts that
    /// an older report has, too, are replaced there; if the older one is the newer report by its as-of
    /// time, here.
    pub fn add(&mut self, reports: impl IntoIterator<Item = (Report, Fingerprint)>) {
        for (report, fingerprint) in reports {
            let number = self.reports.len() as u32;
            let first = *self.files.entry(fingerprint).or_insert(number);
            let (is_first, as_of) = (first == number, report.as_of().0);
            self.reports.push(LoadedReport {
                first_row: self.rows(),
                sha256: None,
                same_as: (!is_first).then_some(first),
                as_of,
                replaced: vec![None; report.accounts().len()],
                has_unattributed: is_first && report.users().any(|user| user.account_number() == 0),
                report,
            });
            if as_of >= self.reports[first as usize].as_of {
                self.reports[first as usize].as_of = as_of;
                self.replace_by(first);
            }
        }
        self.find_repeats();
    }

    /// Decides for each account of a report whether its rows count, or those of the report whose rows
    /// counted before.
    fn replace_by(&mut self, number: u32) {
        let as_of = self.reports[number as usize].as_of;
        for place in 0..self.reports[number as usize].report.accounts().len() {
            let account = &self.reports[number as usize].report.accounts()[place];
            let here = (number, place as u32);
            let owner = match self.owners.get_mut(account) {
                Some(owner) => owner,
                None if account.id.is_empty() => continue,
                None => self.owners.entry(account.clone()).or_insert(here),
            };
            if *owner == here {
                continue;
            }
            if self.reports[owner.0 as usize].as_of > as_of {
                self.reports[number as usize].replaced[place] = Some(owner.0);
            } else {
                self.reports[owner.0 as usize].replaced[owner.1 as usize] = Some(number);
                self.reports[number as usize].replaced[place] = None;
                *owner = here;
            }
        }
    }

    /// Finds the rows of users who stand in a row before: of the same ARN in the same report; where the
    /// account is not known, of the same ARN or name in any.
    fn find_repeats(&mut self) {
        let several = self.reports.iter().filter(|loaded| loaded.has_unattributed).count() > 1;
        let mut repeats: Vec<(RowId, RowId)> = Vec::new();
        let mut unattributed: FxHashMap<Cow<'_, str>, RowId> = FxHashMap::default();
        for loaded in self.reports.iter().filter(|loaded| loaded.same_as.is_none()) {
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
                repeats[start..].sort_unstable();
            }
        }
        self.repeats = repeats;
    }

    /// The rows of users who stand in a row before, in order, each with the first row of the user.
    pub(super) fn repeats(&self) -> &[(RowId, RowId)] {
        &self.repeats
    }

    /// The first row of the user of a row.
    pub fn first_row_of_user(&self, row: RowId) -> RowId {
        first_of(&self.repeats, row)
    }

    /// Rows of all reports, replaced ones included.
    pub fn rows(&self) -> u32 {
        self.reports.last().map_or(0, |last| last.first_row + last.report.len() as u32)
    }

    /// The reports, in the order in which they came.
    pub fn reports(&self) -> &[LoadedReport] {
        &self.reports
    }

    /// Keeps the SHA-256 of a report's bytes.
    pub fn set_digest(&mut self, report: u32, sha256: String) {
        if let Some(report) = self.reports.get_mut(report as usize) {
            report.sha256 = Some(sha256);
        }
    }

    /// The report of a row.
    pub fn report_of(&self, row: RowId) -> Option<&LoadedReport> {
        let number = self.reports.partition_point(|report| report.first_row <= row.0).checked_sub(1)?;
        self.reports.get(number)
    }

    /// The user in a row.
    pub fn user(&self, row: RowId) -> Option<User<'_>> {
        let loaded = self.report_of(row)?;
        loaded.report.get(row.0 - loaded.first_row)
    }

    /// The newest time at which a report says that it was generated, and how it says so.
    pub fn as_of(&self) -> Option<(Timestamp, AsOfSource)> {
        self.reports
            .iter()
            .map(|loaded| loaded.report.as_of())
            .max_by_key(|(time, source)| (*time, std::cmp::Reverse(*source)))
    }

    /// How many [`Inputs::warnings`] there are, those included that reports only count.
    pub(super) fn warnings_total(&self) -> u64 {
        let of_report = |loaded: &LoadedReport| {
            let replaced = loaded.replaced.iter().flatten().count() as u64;
            replaced + loaded.report.warnings_total()
        };
        self.reports.iter().map(|loaded| if loaded.same_as.is_some() { 1 } else { of_report(loaded) }).sum()
    }

    /// Every warning of reading, every replaced account and every file that is the same as another, in
    /// the order of inputs and lines.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        self.reports.iter().flat_map(move |loaded| {
            let about_file = |kind| Warning {
                input: loaded.report.file().name.clone(),
                line: None,
                column: None,
                value: None,
                kind,
            };
            let name_of = |report: u32| Some(self.reports.get(report as usize)?.report.file().name.clone());
            let same = loaded.same_as.and_then(name_of).map(|first| WarningKind::SameFile { first });
            let replaced = loaded.replaced.iter().enumerate().filter_map(move |(account, by)| {
                let account = loaded.report.accounts()[account].id.clone();
                Some(WarningKind::Replaced { account, by: name_of((*by)?)? })
            });
            // What is odd about the same bytes is told once.
            let read = same.is_none().then(|| loaded.report.warnings()).into_iter().flatten();
            same.into_iter().chain(replaced).map(about_file).chain(read)
        })
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
    /// The accounts of which a newer report replaced this one's rows.
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
        let ids = |keep: fn(&Option<u32>) -> bool| {
            let mut ids: Vec<String> = report
                .accounts()
                .iter()
                .zip(&loaded.replaced)
                .filter(|(account, replaced)| !account.id.is_empty() && keep(replaced))
                .map(|(account, _)| account.id.clone())
                .collect();
            ids.sort_unstable();
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
            accounts: ids(|_| true),
            replaced_accounts: ids(Option::is_some),
            as_of,
            as_of_source,
        }
    }
}
