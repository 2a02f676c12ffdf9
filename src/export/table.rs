//! Tables for spreadsheets: UTF-8 with a byte order mark, CRLF, RFC 4180.
//!
//! A cell that a spreadsheet would take for a formula has an apostrophe before it (OWASP ASVS 5.0, V1.2.10);
//! [`crate::report::unguarded`] takes it off again.

use std::borrow::Cow;

use csv::{Terminator, Writer, WriterBuilder};
use serde::{Serialize, Serializer};

use super::request::Separator;
use crate::report::{Timestamp, guarded};
use crate::text;

/// Without it Excel in Japanese reads `Shift_JIS`.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A part of a table.
pub(super) struct TablePart(Writer<Vec<u8>>);

impl TablePart {
    /// The part that the names of the columns stand in.
    pub(super) fn first(separator: Separator, columns: &[&str]) -> Self {
        let mut part = Self::on(BYTE_ORDER_MARK.to_vec(), separator);
        // Writing to memory does not fail.
        let _ = part.0.write_record(columns);
        part
    }

    /// A part that goes on with the rows.
    pub(super) fn next(separator: Separator) -> Self {
        Self::on(Vec::new(), separator)
    }

    fn on(bytes: Vec<u8>, separator: Separator) -> Self {
        let builder = WriterBuilder::new()
            .delimiter(separator.byte())
            .terminator(Terminator::CRLF)
            .has_headers(false)
            .from_writer(bytes);
        Self(builder)
    }

    /// Writes a row: the fields of a form, in their order.
    pub(super) fn row(&mut self, row: &impl Serialize) {
        let _ = self.0.serialize(row);
    }

    /// About how many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.0.get_ref().len()
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

/// A text that is anybody's.
pub(super) struct TextCell<'a>(Cow<'a, str>);

impl<'a, T: Into<Cow<'a, str>>> From<T> for TextCell<'a> {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl Serialize for TextCell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&guarded(&self.0))
    }
}

/// The number of an account in groups of four, or its alias.
pub(super) fn account_cell(account: &str) -> TextCell<'static> {
    text::account(account).into()
}

/// A moment in UTC: `2016-07-27 14:41:00`, or where a second says too much, its day.
pub(super) fn time_cell(time: Timestamp, is_redacted: bool) -> String {
    if is_redacted { time.date() } else { time.to_string().replace('T', " ").replace('Z', "") }
}

/// Words with a blank between.
pub(super) fn words_cell<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}
