//! The reports that make the result.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::chain::{Chains, Meaning, ReportOfAccount, Standing};
use crate::report::{AccountName, AsOfSource, Form, Report, Timestamp, User, Warning, WarningKind};

/// The reports that make the result, and the earlier ones of the same accounts.
#[derive(Debug, Default)]
pub struct Inputs {
    reports: Vec<LoadedReport>,
    /// The reports of each account, by their own times.
    chains: Chains,
    /// Rows of users who stand in a row before: the row, and the first of the user, by row.
    repeats: Vec<(u32, u32)>,
    /// The report of each file.
    files: FxHashMap<Fingerprint, u32>,
    same_files: Vec<SameFile>,
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

/// A file of the same bytes as one before; it is not part of the result.
#[derive(Debug)]
struct SameFile {
    name: String,
    /// The report of the same bytes, by number.
    first: u32,
    /// Its own as-of time: a later copy of the same bytes tells that nothing has changed since.
    as_of: (Timestamp, AsOfSource),
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
    /// What the rows of each account of the report are for.
    pub(super) standings: Vec<Standing>,
    /// What it says of each account, once that was asked.
    pub(super) meanings: Option<Box<[Meaning]>>,
    /// Whether rows of it do not say of which account they are.
    has_strangers: bool,
}

impl LoadedReport {
    /// What the rows of an account are for.
    pub(super) fn standing(&self, account: u32) -> Standing {
        self.standings.get(account as usize).copied().unwrap_or(Standing::Current)
    }

    /// The accounts whose rows are not part of the result.
    fn replaced(&self) -> impl Iterator<Item = &AccountName> {
        let accounts = self.report.accounts().iter().zip(&self.standings);
        accounts.filter(|(_, standing)| **standing != Standing::Current).map(|(account, _)| account)
    }
}

impl Inputs {
    /// Adds reports. Of files of the same bytes the first counts alone, unless their names tell two times.
    /// Of each account the report that is the newest by its own time makes the result; the others are
    /// kept for comparing.
    pub fn add(&mut self, reports: impl IntoIterator<Item = (Report, Fingerprint)>) {
        for (report, fingerprint) in reports {
            let first = *self.files.entry(fingerprint).or_insert(self.reports.len() as u32);
            let former = self.reports.get(first as usize);
            if former.is_some_and(|former| former.has_strangers || !are_apart(&former.report, &report)) {
                let as_of = report.as_of();
                self.same_files.push(SameFile { name: report.file().name.clone(), first, as_of });
            } else {
                self.push(report);
            }
        }
        self.find_repeats();
    }

    fn push(&mut self, report: Report) {
        let first_row = self.rows();
        let has_strangers = report.users().any(|user| user.account_number() == 0);
        let standings = vec![Standing::Current; report.accounts().len()];
        let meanings = None;
        self.reports.push(LoadedReport {
            report,
            first_row,
            sha256: None,
            standings,
            meanings,
            has_strangers,
        });
        self.chains.add_last(&mut self.reports);
    }

    /// Finds the rows of users who stand in a row before: of the same ARN in the same report; where the
    /// account is not known, of the same ARN or name in any.
    fn find_repeats(&mut self) {
        let several = self.reports.iter().filter(|loaded| loaded.has_strangers).count() > 1;
        let mut repeats: Vec<(u32, u32)> = Vec::new();
        let mut strangers: FxHashMap<Cow<'_, str>, u32> = FxHashMap::default();
        for loaded in &self.reports {
            let (report, first_row) = (&loaded.report, loaded.first_row);
            let elsewhere = several && loaded.has_strangers;
            let start = repeats.len();
            for &(row, before) in report.repeated() {
                if elsewhere && report.get(row).is_some_and(|user| user.account_number() == 0) {
                    continue;
                }
                let before = first_row + before;
                repeats.push((first_row + row, first_of(&repeats, before)));
            }
            if elsewhere {
                for user in report.users().filter(|user| user.account_number() == 0) {
                    let row = first_row + user.index();
                    let whom = user.arn().map_or(Cow::Borrowed(user.name()), Cow::Owned);
                    let first = *strangers.entry(whom).or_insert(row);
                    if first != row {
                        repeats.push((row, first));
                    }
                }
                repeats[start..].sort_unstable();
            }
        }
        self.repeats = repeats;
    }

    /// The rows, of some reports, of users who stand in a row before, in order; each with the first row of
    /// the user.
    pub(super) fn repeats_of(&self, reports: Range<u32>) -> &[(u32, u32)] {
        let first_row = |report: u32| self.reports.get(report as usize).map(|loaded| loaded.first_row);
        let place = |report: u32| match first_row(report) {
            Some(first) => self.repeats.partition_point(|(row, _)| *row < first),
            None => self.repeats.len(),
        };
        &self.repeats[place(reports.start)..place(reports.end)]
    }

    /// The first row of the user of a row.
    pub fn first_row_of_user(&self, row: u32) -> u32 {
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

    /// Sorts by account, ARN and row. ARNs differ in path and name only within an account, so that they are
    /// put together where it matters alone.
    pub fn sort_by_arn<T>(&self, items: &mut Vec<T>, row: impl Fn(&T) -> u32) {
        struct Key<'a> {
            account: &'a str,
            prefix: &'a str,
            name: &'a str,
            odd: Option<String>,
            row: u32,
        }
        impl Key<'_> {
            /// The bytes of prefix and name as if they were one text.
            fn arn(&self) -> impl Iterator<Item = u8> {
                let (prefix, name) = self.odd.as_deref().map_or((self.prefix, self.name), |odd| (odd, ""));
                prefix.bytes().chain(name.bytes())
            }
        }
        let mut keyed: Vec<(Key<'_>, T)> = items
            .drain(..)
            .filter_map(|item| {
                let row = row(&item);
                let (_, user) = self.user(row)?;
                let place = user.place();
                let odd = if place.prefix.is_empty() { user.arn() } else { None };
                let name = if place.named || place.prefix.is_empty() { user.name() } else { "" };
                let account = user.account().unwrap_or_default();
                Some((Key { account, prefix: &place.prefix, name, odd, row }, item))
            })
            .collect();
        keyed.sort_unstable_by(|(a, _), (b, _)| {
            a.account
                .cmp(b.account)
                .then_with(|| {
                    if a.odd.is_none() && b.odd.is_none() && a.prefix == b.prefix {
                        a.name.cmp(b.name)
                    } else {
                        a.arn().cmp(b.arn())
                    }
                })
                .then(a.row.cmp(&b.row))
        });
        items.extend(keyed.into_iter().map(|(_, item)| item));
    }

    /// The accounts of which there are earlier reports, by number and partition.
    pub fn accounts_with_earlier(&self) -> Vec<&AccountName> {
        let chains = self.chains.iter().filter(|(_, chain)| chain.len() > 1);
        let mut accounts: Vec<&AccountName> = chains.map(|(account, _)| account).collect();
        accounts.sort_unstable_by(|a, b| (&a.id, &a.partition).cmp(&(&b.id, &b.partition)));
        accounts
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
            .chain(self.same_files.iter().map(|same| same.as_of))
            .max_by_key(|(time, source)| (*time, std::cmp::Reverse(*source)))
    }

    /// How many [`Inputs::warnings`] there are, those included that reports only count.
    pub(super) fn warnings_total(&self) -> u64 {
        let of_report = |loaded: &LoadedReport| {
            let replaced = loaded.replaced().count() as u64;
            replaced + loaded.report.warnings_total()
        };
        self.same_files.len() as u64 + self.reports.iter().map(of_report).sum::<u64>()
    }

    /// Every file that is the same as another; then every warning of reading, and every replaced
    /// account, in the order of inputs and lines.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        let same = self.same_files.iter().filter_map(|same| {
            let first = self.reports.get(same.first as usize)?.report.file().name.clone();
            Some(Warning {
                input: same.name.clone(),
                line: None,
                column: None,
                value: None,
                kind: WarningKind::SameFile { first },
            })
        });
        same.chain((0..).zip(&self.reports).flat_map(move |(number, loaded)| {
            let name = &loaded.report.file().name;
            let replaced = (0..).zip(&loaded.standings).filter_map(move |(account, standing)| {
                let account = loaded.report.accounts().get(account)?;
                let kind = self.standing_kind(account, number, *standing)?;
                Some(Warning { input: name.clone(), line: None, column: None, value: None, kind })
            });
            replaced.chain(loaded.report.warnings())
        }))
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

/// Whether the names of two files of the same bytes tell two times: then nothing has changed between
/// these, which is something to tell.
fn are_apart(one: &Report, other: &Report) -> bool {
    let (one, other) = (one.as_of(), other.as_of());
    one.0 != other.0 && [one.1, other.1] == [AsOfSource::FileName; 2]
}

/// The first row of the user of a row, by the rows that are no first ones.
fn first_of(repeats: &[(u32, u32)], row: u32) -> u32 {
    repeats.binary_search_by_key(&row, |(row, _)| *row).map_or(row, |at| repeats[at].1)
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
    /// The accounts of which another report makes the result: a newer one, or one that says the same.
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
        let ids = |accounts: &mut dyn Iterator<Item = &AccountName>| {
            let known = accounts.filter(|account| !account.id.is_empty());
            let mut ids: Vec<String> = known.map(|account| account.id.clone()).collect();
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
            accounts: ids(&mut report.accounts().iter()),
            replaced_accounts: ids(&mut loaded.replaced()),
            as_of,
            as_of_source,
        }
    }
}
