//! A table of text in any form of spreadsheets: encoding, separator and header are told, and rows split.

use super::column::is_same_name;
use super::encoding::{Decoder, Guess};
use super::error::WarningKind;
use super::formula::unguarded;
use super::header::{is_blank_line, is_separator_line, unquoted};
use super::split::{At, Cells, DELIMITERS};
use super::utf16::{Utf16, endian};

/// How many lines a header is looked for in: a title or two may stand above it.
const LINES: u32 = 20;

/// The longest row, in bytes: a longer one is a quote that nothing closes.
const LONGEST_ROW: usize = 1 << 20;

/// The text of a file, whatever its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedText {
    /// The text, without the mark of its encoding.
    pub text: String,
    /// What is odd about the encoding; `None` for UTF-8 and UTF-16.
    pub warning: Option<WarningKind>,
}

impl DecodedText {
    /// Decodes bytes: UTF-8, UTF-16 with or without its mark, else what the decoder makes of them. What is
    /// no text becomes U+FFFD.
    pub fn new(bytes: &[u8], decoder: Option<Decoder>) -> Self {
        let (text, warning) = match endian(bytes) {
            Some(endian) => {
                let text = Utf16::new(endian).decode(bytes);
                (String::from_utf8_lossy(&text).into_owned(), None)
            }
            None => match (std::str::from_utf8(bytes), decoder) {
                (Ok(text), _) => (text.to_owned(), None),
                (Err(_), None) => (String::from_utf8_lossy(bytes).into_owned(), Some(WarningKind::Encoding)),
                (Err(_), Some(decoder)) => {
                    let text = (decoder.decode)(bytes);
                    let encoding = decoder.encoding.to_owned();
                    let warning = match Guess::of(bytes, &text) {
                        Guess::Wrong => WarningKind::NotDecoded { encoding },
                        Guess::Doubtful => WarningKind::DoubtfullyDecoded { encoding },
                        Guess::Likely => WarningKind::Decoded { encoding, places: 1 },
                    };
                    (text, Some(warning))
                }
            },
        };
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Self { text, warning }
    }
}

/// Whether two names of columns are one, as people write them: case, blanks, underscores and hyphens of
/// ASCII make no difference.
pub fn is_same_column(one: &str, other: &str) -> bool {
    is_same_name(one, other)
}

/// A table whose header was found.
#[derive(Debug)]
pub struct Table<'t> {
    names: Vec<String>,
    header_line: u32,
    delimiter: u8,
    /// Whether each line is one quoted cell.
    is_wrapped: bool,
    /// The text behind the header, and its first line.
    rest: &'t str,
    first_line: u32,
}

/// A row of a table.
#[derive(Debug)]
pub struct TableRow {
    /// The line of the file that it begins in, from 1.
    pub line: u32,
    /// Whether a quote in it is never closed; its cells are then those of its first line.
    pub is_open: bool,
    cells: Cells,
}

impl TableRow {
    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim_ascii().is_empty())
    }

    /// The text of a cell, without blanks around it; nothing past the last one.
    pub fn cell(&self, index: usize) -> &str {
        std::str::from_utf8(self.cells.get(index)).unwrap_or_default().trim()
    }

    /// The same, without the apostrophe that kept a spreadsheet from running it.
    pub fn unguarded_cell(&self, index: usize) -> &str {
        let cell = std::str::from_utf8(self.cells.get(index)).unwrap_or_default();
        unguarded(cell.trim_matches(' ')).trim()
    }

    /// Whether all cells from one on are empty.
    pub fn is_empty_from(&self, index: usize) -> bool {
        (index..self.len()).all(|index| self.cell(index).is_empty())
    }
}

impl<'t> Table<'t> {
    /// Finds the header among the first lines: the first one of which `knows` knows at least `least` names,
    /// under the separator that shows most of them. `None` where there is none.
    pub fn find(text: &'t str, least: usize, knows: &dyn Fn(&str) -> bool) -> Option<Self> {
        let mut start = 0;
        for line in 1..=LINES {
            let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
            let first = rest.lines().next().unwrap_or_default();
            let is_passed_over = is_blank_line(first) || is_separator_line(first);
            let inner = unquoted(first).filter(|inner| inner.contains([',', ';', '\t']));
            let head = inner.as_deref().unwrap_or(rest);
            // The first of equals: a comma unless another separator shows more.
            let found = DELIMITERS.into_iter().filter(|_| !is_passed_over).map(|delimiter| {
                let row = read_row(head, delimiter, 1);
                let names = || (0..row.row.len()).map(|at| row.row.cell(at));
                (names().filter(|name| knows(name)).count(), delimiter, row)
            });
            let best = found.reduce(|best, next| if next.0 > best.0 { next } else { best });
            if let Some((known, delimiter, read)) = best
                && known >= least
            {
                let names = (0..read.row.len()).map(|at| read.row.cell(at).to_owned()).collect();
                let (length, lines) =
                    if inner.is_some() { (line_length(rest), 1) } else { (read.length, read.lines) };
                return Some(Self {
                    names,
                    header_line: line,
                    delimiter,
                    is_wrapped: inner.is_some(),
                    rest: rest.get(length..).unwrap_or_default(),
                    first_line: line + lines,
                });
            }
            start += line_length(rest);
        }
        None
    }

    /// The names of the columns, as they stand.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The line of the header, from 1.
    pub fn header_line(&self) -> u32 {
        self.header_line
    }

    /// The rows, without those that hold nothing.
    ///
    /// A quoted cell may hold line breaks. Where a row of several lines has not as many cells as the header, or
    /// text behind a cell's quotes, a quote in its first line is one that nothing closes: that line alone is lost.
    pub fn rows(&self) -> impl Iterator<Item = TableRow> {
        let (mut rest, mut line) = (self.rest, self.first_line);
        std::iter::from_fn(move || {
            loop {
                if rest.is_empty() {
                    return None;
                }
                let read = self.read(rest, line);
                rest = rest.get(read.length..).unwrap_or_default();
                line = line.saturating_add(read.lines);
                if !read.row.is_empty() {
                    return Some(read.row);
                }
            }
        })
    }

    fn read(&self, rest: &str, line: u32) -> ReadRow {
        let first_length = line_length(rest);
        let first = rest.get(..first_length).unwrap_or(rest);
        if self.is_wrapped
            && let Some(inner) = unquoted(first)
        {
            let mut read = read_row(&inner, self.delimiter, line);
            (read.length, read.lines) = (first_length, 1);
            return read;
        }
        let read = read_row(rest, self.delimiter, line);
        let is_wrong = read.lines > 1 && (read.is_odd || read.row.len() != self.names.len());
        if !is_wrong && !read.row.is_open {
            return read;
        }
        let mut cells = Cells::default();
        cells.split(first.as_bytes(), self.delimiter);
        let row = TableRow { line, is_open: true, cells };
        ReadRow { row, length: first_length, lines: 1, is_odd: false }
    }
}

/// A row, and how many bytes and lines it takes.
struct ReadRow {
    row: TableRow,
    length: usize,
    lines: u32,
    /// Whether text stands behind a quote that ends a cell.
    is_odd: bool,
}

/// How many bytes the first line of a text takes, its end included.
fn line_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(at) if bytes[at..].starts_with(b"\r\n") => at + 2,
        Some(at) => at + 1,
        None => bytes.len(),
    }
}

/// Reads the row that a text begins with.
fn read_row(text: &str, delimiter: u8, line: u32) -> ReadRow {
    let bytes = text.as_bytes();
    let (mut at, mut end, mut lines, mut is_odd) = (At::CellStart, 0, 0, false);
    while end < bytes.len() {
        let byte = bytes[end];
        let is_crlf = bytes[end..].starts_with(b"\r\n");
        if matches!(byte, b'\n' | b'\r') {
            lines += 1;
            if at != At::Quoted || end > LONGEST_ROW {
                end += if is_crlf { 2 } else { 1 };
                break;
            }
            end += usize::from(is_crlf);
        }
        let behind = at.behind(byte, delimiter);
        is_odd |= at == At::Quote && behind == At::Plain;
        at = behind;
        end += 1;
    }
    let mut cells = Cells::default();
    cells.split(&bytes[..end], delimiter);
    let is_open = at == At::Quoted;
    ReadRow { row: TableRow { line, is_open, cells }, length: end, lines: lines.max(1), is_odd }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["user", "owner", "所有者"];

    fn knows(name: &str) -> bool {
        KNOWN.iter().any(|known| is_same_column(known, name))
    }

    /// Line, and cells joined by `|`; `!` before a row whose quote is open.
    fn rows(text: &str) -> Vec<String> {
        let table = Table::find(text, 2, &knows).unwrap();
        table
            .rows()
            .map(|row| {
                let cells: Vec<&str> = (0..row.len()).map(|at| row.cell(at)).collect();
                format!("{}{}:{}", if row.is_open { "!" } else { "" }, row.line, cells.join("|"))
            })
            .collect()
    }

    #[test]
    fn header_and_separator_are_told() {
        for (text, expected) in [
            ("user,owner\nann,Ann\n", "2:ann|Ann"),
            ("User;OWNER\r\nann;A,nn\r\n", "2:ann|A,nn"),
            ("owner\tuser\nAnn\tann", "2:Ann|ann"),
            ("sep=;\nuser;owner\n\n;\nann;Ann", "5:ann|Ann"),
            ("Owners of 2026,,\n\nuser,owner,\nann,Ann,\n", "4:ann|Ann|"),
            ("\"user,owner\"\n\"ann,\"\"Ann, B\"\"\"\n", "2:ann|Ann, B"),
            ("user,owner\rann,Ann\r", "2:ann|Ann"),
            ("user,\"ow\nner\",owner\nann,x,Ann", "3:ann|x|Ann"),
        ] {
            assert_eq!(rows(text), [expected], "{text}");
        }
        assert!(Table::find("name,mail\nann,x", 2, &knows).is_none());
        assert!(Table::find("", 2, &knows).is_none());
    }

    #[test]
    fn a_cell_holds_line_breaks_and_an_open_quote_loses_its_own_line() {
        assert_eq!(rows("user,owner\nann,\"A\r\nB\"\nbob,B"), ["2:ann|A\r\nB", "4:bob|B"]);
        assert_eq!(rows("user,owner\nann,\"A\nbob,B\ncid,C"), ["!2:ann|A", "3:bob|B", "4:cid|C"]);
        assert_eq!(rows("user,owner\nann,\"A\nbob,\"B\"\n"), ["!2:ann|A", "3:bob|B"]);
        assert_eq!(rows("user,owner\nann,\"A\n\"bob\",B\ncid,C\n"), ["!2:ann|A", "3:bob|B", "4:cid|C"]);
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "user,所有者\r\nann,山田\r\n";
        let utf16 = |to_bytes: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            format!("{mark}{text}").encode_utf16().flat_map(to_bytes).collect()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            utf16(u16::to_le_bytes, "\u{feff}"),
            utf16(u16::to_be_bytes, "\u{feff}"),
        ] {
            assert_eq!(DecodedText::new(&bytes, None), DecodedText { text: text.to_owned(), warning: None });
        }
        let decoder = Decoder { encoding: "Shift_JIS", decode: |_| "user,所有者".to_owned() };
        let decoded = DecodedText::new(b"user,\x8f\x8a\x97L\x8e\xd2", Some(decoder));
        assert_eq!(decoded.text, "user,所有者");
        assert!(matches!(decoded.warning, Some(WarningKind::Decoded { .. })));
        assert_eq!(DecodedText::new(b"\xff", None).warning, Some(WarningKind::Encoding));
    }
}
