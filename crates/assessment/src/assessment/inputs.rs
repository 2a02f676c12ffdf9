//! The reports that make the result.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::report::{AsOfSource, Form, Report, Timestamp, User, Warning, WarningKind};

/// The reports that make the result, and of which accounts newer ones replaced them.
#[derive(Debug, Default)]
pub struct Inputs {
    reports: Vec<LoadedReport>,
}

/// A report that is part of the result.
#[derive(Debug)]
pub struct LoadedReport {
    /// The report itself.
    pub report: Report,
    /// The number of its first row among the rows of all reports.
    pub first_row: u32,
    /// The SHA-256 of its bytes, in hexadecimal, once it is worked out.
    pub sha256: Option<String>,
    /// For each account of the report the report that replaced it, by number.
    replaced: Vec<Option<u32>>,
    /// Whether rows of it do not say of which account they are.
    has_strangers: bool,
    /// Such rows with those of the same name in reports before, which may be others: number of the
    /// report, number of the row.
    pub(super) namesakes: FxHashMap<u32, Vec<(u32, u32)>>,
}

/// The users of a report whose account is not known, with what stands for them in a uid.
fn strangers(report: &Report) -> impl Iterator<Item = (u32, String)> {
    let users = report.users().filter(|user| user.account_number() == 0);
    users.map(|user| (user.index(), user.arn().unwrap_or_else(|| user.name().to_owned())))
}

impl LoadedReport {
    /// Whether rows of this account still count.
    pub(super) fn is_live(&self, account: u32) -> bool {
        self.replaced.get(account as usize).copied().flatten().is_none()
    }
}

impl Inputs {
    /// Adds a report. Accounts that an older report has, too, are replaced there; if the older one
    /// is the newer report by its as-of time, here.
    pub fn push(&mut self, report: Report) {
        let first_row = self.rows();
        let number = self.reports.len() as u32;
        let mut replaced = vec![None; report.accounts().len()];
        let as_of = report.as_of().0;
        for (older_number, older) in self.reports.iter_mut().enumerate() {
            let older_is_newer = older.report.as_of().0 > as_of;
            for (place, account) in older.report.accounts().iter().enumerate() {
                if account.id.is_empty() || older.replaced[place].is_some() {
                    continue;
                }
                if let Some(here) = report.accounts().iter().position(|name| name == account) {
                    if older_is_newer {
                        replaced[here] = Some(older_number as u32);
                    } else {
                        older.replaced[place] = Some(number);
                    }
                }
            }
        }
        let has_strangers = report.users().any(|user| user.account_number() == 0);
        let namesakes = if has_strangers { self.namesakes(&report) } else { FxHashMap::default() };
        let loaded = LoadedReport { report, first_row, sha256: None, replaced, has_strangers, namesakes };
        self.reports.push(loaded);
    }

    /// The rows of unknown accounts that a report shares with those before it.
    fn namesakes(&self, report: &Report) -> FxHashMap<u32, Vec<(u32, u32)>> {
        let mut known: FxHashMap<String, Vec<(u32, u32)>> = FxHashMap::default();
        for (number, loaded) in self.reports.iter().enumerate().filter(|(_, loaded)| loaded.has_strangers) {
            for (row, whom) in strangers(&loaded.report) {
                known.entry(whom).or_default().push((number as u32, row));
            }
        }
        strangers(report).filter_map(|(row, whom)| Some((row, known.get(&whom)?.clone()))).collect()
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

    /// The report of a row, and the user in it.
    pub fn user(&self, row: u32) -> Option<(usize, User<'_>)> {
        let number = self.reports.partition_point(|report| report.first_row <= row).checked_sub(1)?;
        let loaded = self.reports.get(number)?;
        Some((number, loaded.report.get(row - loaded.first_row)?))
    }

    /// The newest moment that a report says it was made at, and how it says so.
    pub fn as_of(&self) -> Option<(Timestamp, AsOfSource)> {
        self.reports
            .iter()
            .map(|loaded| loaded.report.as_of())
            .max_by_key(|(time, source)| (*time, std::cmp::Reverse(*source)))
    }

    /// Every warning of reading, and every replaced account, in the order of inputs and lines.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        self.reports.iter().flat_map(move |loaded| {
            let name = &loaded.report.file().name;
            let replaced = loaded.replaced.iter().enumerate().filter_map(move |(account, by)| {
                let by = self.reports.get((*by)? as usize)?;
                Some(Warning {
                    input: name.clone(),
                    line: None,
                    column: None,
                    value: None,
                    kind: WarningKind::Replaced {
                        account: loaded.report.accounts()[account].id.clone(),
                        by: by.report.file().name.clone(),
                    },
                })
            });
            replaced.chain(loaded.report.warnings())
        })
    }
}

/// A file that is part of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputSummary {
    /// The file's name.
    pub name: String,
    /// The form in which the report arrived.
    pub form: Form,
    /// The size, in bytes.
    pub bytes: u64,
    /// The SHA-256 of the bytes, in hexadecimal, once it is worked out.
    pub sha256: Option<String>,
    /// Rows that were read and judged.
    pub rows: u32,
    /// Rows that could not be read and were kept out.
    pub broken_rows: u32,
    /// The accounts in it.
    pub accounts: Vec<String>,
    /// The accounts of which a newer report replaced this one's rows.
    pub replaced_accounts: Vec<String>,
    /// When the report was made, as far as can be told.
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
