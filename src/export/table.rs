//! Tables for spreadsheets: UTF-8 with a byte order mark, CRLF, RFC 4180.
//!
//! A cell that a spreadsheet would take for a formula has an apostrophe before it (OWASP ASVS 5.0, V1.2.10);
//! [`crate::report::unguarded`] takes it off again.

use std::borrow::Cow;

use super::request::Separator;
use crate::report::{Timestamp, guarded};
use crate::text;

/// Without it Excel in Japanese reads `Shift_JIS`.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The last column of a redacted table.
const REDACTED: &str = "redacted";

/// A part of a table.
pub(super) struct TablePart {
    text: String,
    separator: char,
    is_redacted: bool,
}

impl TablePart {
    /// A part without rows. Each row of a redacted table says in its last cell that it is.
    pub(super) fn new(separator: Separator, is_redacted: bool) -> Self {
        Self { text: String::new(), separator: separator.character(), is_redacted }
    }

    /// Writes the names of the columns.
    pub(super) fn start(&mut self, columns: &[&'static str]) {
        self.text.push_str(BYTE_ORDER_MARK);
        self.line(columns.iter().copied(), REDACTED);
    }

    /// Writes a row.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) {
        self.line(cells.iter().map(|Cell(text)| &**text), "true");
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>, redacted: &'a str) {
        for (place, cell) in cells.chain(self.is_redacted.then_some(redacted)).enumerate() {
            if place > 0 {
                self.text.push(self.separator);
            }
            if cell.bytes().any(|byte| [self.separator as u8, b'"', b'\r', b'\n'].contains(&byte)) {
                self.text.extend(["\"", &cell.replace('"', "\"\""), "\""]);
            } else {
                self.text.push_str(cell);
            }
        }
        self.text.push_str("\r\n");
    }

    /// About how many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// A cell. A text that is anybody's is a [`text_cell`].
pub(super) struct Cell<'a>(Cow<'a, str>);

impl<'a> From<&'a str> for Cell<'a> {
    fn from(word: &'a str) -> Self {
        Self(Cow::Borrowed(word))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        if flag { "true" } else { "false" }.into()
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        number.to_string().into()
    }
}

/// What nobody says is empty.
impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self(Cow::Borrowed("")), Into::into)
    }
}

/// A text that is anybody's.
pub(super) fn text_cell<'a>(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
    let text = text.into();
    match guarded(&text) {
        Cow::Owned(guarded) => Cell(Cow::Owned(guarded)),
        Cow::Borrowed(_) => Cell(text),
    }
}

/// The number of an account in groups of four, or its alias.
pub(super) fn account_cell(account: &str) -> Cell<'static> {
    text_cell(text::account(account))
}

/// A moment in UTC: `2016-07-27 14:41:00`, or where a second says too much, its day.
pub(super) fn time_cell(time: Timestamp, is_redacted: bool) -> String {
    if is_redacted { time.date() } else { time.to_string().replace('T', " ").replace('Z', "") }
}

/// Words with a blank between.
pub(super) fn words_cell<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_row_is_what_a_csv_writer_writes(cells in prop::collection::vec("[a,;\"'\r\n =é]{0,5}", 2..5)) {
            for separator in Separator::ALL {
                let mut part = TablePart::new(separator, false);
                part.row(&cells.iter().map(|cell| Cell::from(cell.as_str())).collect::<Vec<_>>());
                let mut writer = csv::WriterBuilder::new()
                    .delimiter(separator.character() as u8)
                    .terminator(csv::Terminator::CRLF)
                    .from_writer(Vec::new());
                writer.write_record(&cells).unwrap();
                prop_assert_eq!(part.into_bytes(), writer.into_inner().unwrap());
            }
        }
    }
}
