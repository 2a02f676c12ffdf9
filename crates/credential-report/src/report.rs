//! The rows of one file, and what was odd about it.

use super::as_of::AsOfSource;
use super::cell::{ForeignFlags, OddCell};
use super::column::{Column, FLAGS};
use super::error::{Format, Warning, WarningKind};
use super::file_facts::FileFacts;
use super::file_name;
use super::odd_cells::OddCells;
use super::rows::{Chunked, Names, Row};
use super::time::Timestamp;
use super::work;

/// The name that AWS gives the root user.
pub const ROOT_NAME: &str = "<root_account>";

/// The rows of one file, and what was odd about it.
#[derive(Debug)]
pub struct Report {
    pub(crate) file: FileFacts,
    pub(crate) form: Format,
    /// `GeneratedTime` of the API's answer.
    pub(crate) generated: Option<Timestamp>,
    /// The newest time in the report that was not in the clock's future when it was read.
    pub(crate) newest_event: Option<Timestamp>,
    pub(crate) rows: Chunked<Row>,
    pub(crate) names: Names,
    pub(crate) arn_prefixes: Vec<ArnPrefix>,
    pub(crate) accounts: Vec<AccountName>,
    /// Whether rows do not say of which account they are.
    pub(crate) has_unattributed: bool,
    pub(crate) words: Vec<Box<str>>,
    pub(crate) odd: OddCells,
    /// The words of another place for `true` and `false`, by flag.
    pub(crate) foreign_flags: [ForeignFlags; FLAGS],
    /// Whether there are such words in any column.
    pub(crate) has_foreign_flags: bool,
    pub(crate) warnings: Vec<PlacedWarning>,
    /// Warnings beyond [`Report::MAX_WARNINGS`], counted only.
    pub(crate) more_warnings: u64,
    pub(crate) broken_rows: u32,
    /// Rows whose ARN an earlier row has, too, by number; each with the last such row before it.
    pub(crate) repeated: Vec<(u32, u32)>,
    /// Whether the rows stand in the order of AWS, and each user in one of them.
    pub(crate) sorted: bool,
}

/// What an ARN says besides the name: one for every path of every account.
#[derive(Debug)]
pub struct ArnPrefix {
    /// The ARN up to the name, or all of it; empty where it is none that can be read.
    pub prefix: String,
    /// Whether the name is to be added to the prefix.
    pub named: bool,
    /// The number of the account within the report.
    pub account: u32,
}

/// An account, as far as ARNs tell.
#[derive(Debug, Clone, Eq, Hash)]
#[expect(clippy::derived_hash_with_manual_eq, reason = "both look at the same; comparisons are counted")]
pub struct AccountName {
    /// 12 digits, or empty.
    pub id: String,
    /// `aws`, …, or empty.
    pub partition: String,
}

impl PartialEq for AccountName {
    fn eq(&self, other: &Self) -> bool {
        work::step();
        self.id == other.id && self.partition == other.partition
    }
}

/// A warning of this report, without the file's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlacedWarning {
    pub(crate) line: Option<u32>,
    pub(crate) column: Option<Box<str>>,
    pub(crate) value: Option<Box<str>>,
    pub(crate) kind: WarningKind,
    pub(crate) more: u32,
    pub(crate) more_lines: Vec<u32>,
}

impl Report {
    /// How many warnings are kept word for word; those beyond are counted. Places of one kind in one column
    /// are one warning.
    pub const MAX_WARNINGS: usize = 10_000;

    /// The file that it came in.
    pub fn file(&self) -> &FileFacts {
        &self.file
    }

    /// The form in which it arrived.
    pub fn form(&self) -> Format {
        self.form
    }

    /// The accounts in it, the unknown one first; users refer to them by number.
    pub fn accounts(&self) -> &[AccountName] {
        &self.accounts
    }

    /// Whether rows do not say of which account they are.
    pub fn has_unattributed(&self) -> bool {
        self.has_unattributed
    }

    /// What ARNs say besides names; users refer to them by number.
    pub fn arn_prefixes(&self) -> &[ArnPrefix] {
        &self.arn_prefixes
    }

    /// Rows that could not be read and were kept out.
    pub fn broken_rows(&self) -> u32 {
        self.broken_rows
    }

    /// How many warnings of reading there are, those beyond [`Report::MAX_WARNINGS`] included.
    pub fn warnings_total(&self) -> u64 {
        self.warnings.len() as u64 + self.more_warnings
    }

    /// Warnings beyond [`Report::MAX_WARNINGS`], which are counted only.
    pub fn more_warnings(&self) -> u64 {
        self.more_warnings
    }

    /// The number of rows that were read.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row was read.
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }

    /// When the report was made, as far as the file tells, and how it does: the API's
    /// `GeneratedTime`, the time in the file's name, the time it was last modified; but that last
    /// one is never earlier than the newest event in the report.
    pub fn as_of(&self) -> (Timestamp, AsOfSource) {
        if let Some(generated) = self.generated {
            return (generated, AsOfSource::GeneratedTime);
        }
        if let Some(named) = file_name::time_in(&self.file.name) {
            return (named, AsOfSource::FileName);
        }
        match (self.file.modified, self.newest_event) {
            (Some(modified), Some(event)) if event > modified => (event, AsOfSource::NewestEvent),
            (Some(modified), _) => (modified, AsOfSource::LastModified),
            (None, Some(event)) => (event, AsOfSource::NewestEvent),
            (None, None) => (Timestamp::from_unix(0), AsOfSource::NewestEvent),
        }
    }

    /// The warnings of reading, in the order of lines.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        self.warnings.iter().map(|warning| Warning {
            input: self.file.name.clone(),
            line: warning.line,
            column: warning.column.as_deref().map(str::to_owned),
            value: warning.value.as_deref().map(str::to_owned),
            kind: warning.kind.clone(),
            more: warning.more,
            more_lines: warning.more_lines.clone(),
        })
    }

    /// The rows whose ARN (or where there is none, whose name) an earlier row has, too, in order; each
    /// with the last such row before it.
    pub fn repeated(&self) -> &[(u32, u32)] {
        &self.repeated
    }

    /// Whether the rows of each account stand together, root first, then every other user once, by name
    /// ignoring case: as AWS writes a report.
    pub fn is_sorted(&self) -> bool {
        self.sorted
    }

    /// The memory that the report takes once it is judged, sorted and searched, in bytes: what was
    /// measured, rounded up.
    pub fn memory_bytes(&self) -> u64 {
        const ROW: u64 = 192;
        const ARN_PREFIX: u64 = 256;
        const ODD_CELL: u64 = 128;
        const REPEATED: u64 = 96;
        self.rows.len() as u64 * ROW
            + self.arn_prefixes.len() as u64 * ARN_PREFIX
            + self.odd.len() as u64 * ODD_CELL
            + self.repeated.len() as u64 * REPEATED
            + self.names.memory_bytes()
    }

    /// The regions and services of the report, by number.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(AsRef::as_ref)
    }

    /// The word of a number; regions and services.
    pub fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", |word| word)
    }

    pub(crate) fn odd(&self, row: u32, column: Column) -> Option<&OddCell> {
        self.odd.get(row, column)
    }
}
