//! From bytes to rows: forms and encodings, columns, cells, times, compact rows, errors.

mod api_json;
mod base64;
mod cell;
mod column;
mod encoding;
mod error;
mod file_name;
mod header;
mod input;
mod reader;
mod recognise;
mod rows;
mod split;
mod time;
mod user;
mod utf16;

use rustc_hash::FxHashMap;

pub use column::Column;
pub use encoding::Decoder;
pub use error::{Form, Lookalike, ReadError, ReadErrorKind, Warning, WarningKind};
pub use input::{FileFacts, Input};
pub use time::{TimeError, Timestamp};
pub use user::{AccessKey, Certificate, User};

pub(crate) use reader::compare_ignoring_case;
pub(crate) use user::Shape;

use crate::overview::AsOfSource;
use cell::OddCell;
use rows::{Chunked, Names, Row};

/// The name that AWS gives the root user.
pub const ROOT_NAME: &str = "<root_account>";

/// The rows of one file, and what was odd about it.
#[derive(Debug)]
pub struct Report {
    pub(crate) file: FileFacts,
    pub(crate) form: Form,
    /// `GeneratedTime` of the API's answer.
    pub(crate) generated: Option<Timestamp>,
    /// The newest time in the report that was not in the clock's future when it was read.
    pub(crate) newest_event: Option<Timestamp>,
    pub(crate) rows: Chunked<Row>,
    pub(crate) names: Names,
    pub(crate) places: Vec<Place>,
    pub(crate) accounts: Vec<AccountName>,
    words: Vec<Box<str>>,
    odd: FxHashMap<(u32, Column), OddCell>,
    pub(crate) warnings: Vec<PlacedWarning>,
    /// Warnings beyond [`Report::MOST_WARNINGS`], counted only.
    pub(crate) more_warnings: u64,
    pub(crate) broken_rows: u32,
    /// Rows whose ARN an earlier row has, too, by number; each with the last such row before it.
    repeated: Vec<(u32, u32)>,
}

/// What an ARN says besides the name: one for every path of every account.
#[derive(Debug)]
pub(crate) struct Place {
    /// The ARN up to the name, or all of it; empty where it is none that can be read.
    pub(crate) prefix: String,
    /// Whether the name is to be added to the prefix.
    pub(crate) named: bool,
    /// The number of the account within the report.
    pub(crate) account: u32,
}

/// An account, as far as ARNs tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountName {
    /// 12 digits, or empty.
    pub(crate) id: String,
    /// `aws`, …, or empty.
    pub(crate) partition: String,
}

/// A warning of this report, without the file's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlacedWarning {
    pub(crate) line: Option<u32>,
    pub(crate) column: Option<Box<str>>,
    pub(crate) value: Option<Box<str>>,
    pub(crate) kind: WarningKind,
}

impl Report {
    /// How many warnings are kept word for word; those beyond are counted.
    pub const MOST_WARNINGS: usize = 100_000;

    /// Reads a whole file at once.
    ///
    /// `now` is what the clock says: it alone tells which events lie in the future.
    ///
    /// # Errors
    /// The bytes are no report that can be read.
    pub fn read(file: FileFacts, bytes: &[u8], now: Timestamp) -> Result<Self, ReadError> {
        let mut input = Input::new(file, now, None);
        input.feed(bytes)?;
        input.finish()
    }

    /// The number of rows that were read.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row was read.
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }

    /// The user of a row, from 0; `None` past the end.
    pub fn get(&self, index: u32) -> Option<User<'_>> {
        ((index as usize) < self.len()).then(|| User::new(self, self.rows.get(index as usize), index))
    }

    /// The users, in the order of the file.
    pub fn users(&self) -> impl Iterator<Item = User<'_>> {
        self.rows.iter().enumerate().map(|(index, row)| User::new(self, row, index as u32))
    }

    /// The users in parts of a few hundred. An engine makes code faster that it calls again and again;
    /// in one call it would go through a million rows as slowly as it began.
    pub(crate) fn users_in_parts(&self) -> impl Iterator<Item = impl Iterator<Item = User<'_>>> {
        const PART: usize = 512;
        let mut first = 0;
        self.rows.chunks().flat_map(|chunk| chunk.chunks(PART)).map(move |rows| {
            let index = first;
            first += rows.len() as u32;
            rows.iter().zip(index..).map(|(row, index)| User::new(self, row, index))
        })
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
        })
    }

    /// The rows before this one that have the same ARN (or where there is none, the same name), the
    /// last of them first.
    pub(crate) fn earlier_rows_of_same_arn(&self, row: u32) -> impl Iterator<Item = u32> {
        let before = |row: &u32| {
            let at = self.repeated.binary_search_by_key(row, |(repeated, _)| *repeated).ok()?;
            Some(self.repeated[at].1)
        };
        std::iter::successors(before(&row), before)
    }

    /// The memory that the report takes once it is judged, sorted and searched, in bytes: what was
    /// measured, rounded up.
    pub(crate) fn weight(&self) -> u64 {
        const ROW: u64 = 192;
        const PLACE: u64 = 256;
        const ODD_CELL: u64 = 128;
        self.rows.len() as u64 * ROW
            + self.places.len() as u64 * PLACE
            + self.odd.len() as u64 * ODD_CELL
            + self.names.weight()
    }

    /// The word of a number; regions and services.
    pub(crate) fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", |word| word)
    }

    pub(crate) fn odd(&self, row: u32, column: Column) -> Option<&OddCell> {
        self.odd.get(&(row, column))
    }
}
