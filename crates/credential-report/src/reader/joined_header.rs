//! Headers between rows, where files were joined.

use super::Reader;
use super::slow_row::quotes_in;
use crate::column::Column;
use crate::error::{ReadErrorKind, WarningKind};
use crate::header::{Header, Known, column_of};
use crate::sorted;
use crate::split::At;

/// The longest cell that may be the name of a column, in bytes.
const LONGEST_NAME: usize = 64;

const MARK: &[u8] = b"\xef\xbb\xbf";

impl Reader {
    /// Whether the cells that [`Reader::split`] found may be the names of columns.
    pub(super) fn may_be_header(&self) -> bool {
        let is_name = |index: usize| column_of_cell(self.cells.get(index)).is_some();
        let places = self.header.as_ref().map(|header| [header.user, header.arn]).unwrap_or_default();
        is_name(0) || places.into_iter().flatten().filter(|place| *place > 0).any(is_name)
    }

    /// Where in a line a header stands: at its beginning, where files were joined; or behind a row,
    /// where the first of them had no line break at its end, as the console's have none.
    pub(super) fn header_in(&self, line: &[u8]) -> Option<(usize, Header)> {
        let at_start = self.may_be_header();
        // Every row holds `arn` and `user`, so that these two tell nothing; all others have this sign.
        let names = || Column::ALL.iter().map(|column| column.name().as_bytes());
        let holds = |name: &[u8]| memchr::memmem::find(line, name).is_some();
        self.work.add(line.len());
        if !at_start && (memchr::memchr(b'_', line).is_none() || !names().skip(2).any(holds)) {
            return None;
        }
        // The name of a column fills its cell.
        let ends = |at: usize| line.get(at).is_none_or(|byte| b",;\t\" \r\n".contains(byte));
        let mut starts: Vec<usize> = names()
            .flat_map(|name| memchr::memmem::find_iter(line, name).filter(|at| ends(at + name.len())))
            .map(|at| {
                let before = line[..at].strip_suffix(b"\"").unwrap_or(&line[..at]);
                before.strip_suffix(MARK).unwrap_or(before).len()
            })
            .collect();
        starts.extend(at_start.then_some(0));
        sorted::sort_by(&mut starts, Ord::cmp);
        starts.dedup();
        if let Some(header) = &self.header
            && let Some(before) = line.trim_ascii_end().strip_suffix(self.header_text.as_slice())
        {
            let start = before.strip_suffix(MARK).unwrap_or(before).len();
            if starts.binary_search(&start).is_ok() {
                return Some((start, header.clone()));
            }
        }
        self.work.add(3 * line.len());
        let (_, start) = [b',', b';', b'\t']
            .into_iter()
            .filter_map(|delimiter| best_start(line, &starts, delimiter))
            .rev()
            .max_by_key(|(score, start)| (*score, usize::MAX - start))?;
        let header = Header::find(&self.text(&line[start..]))?;
        let begins = start == 0 || header.columns.first().is_some_and(Option::is_some);
        (begins && header.is_report() && header.known() > 1).then_some((start, header))
    }

    /// Takes the row that stands in one line with the header of the next file.
    pub(super) fn last_row_of_file(&mut self, line: u32, raw: &[u8]) -> Result<(), ReadErrorKind> {
        let delimiter = self.header.as_ref().map_or(b',', |header| header.delimiter);
        if quotes_in(raw, delimiter).is_some_and(|(at, _)| at == At::Quoted) {
            self.break_row(line, WarningKind::OpenQuote);
            return Ok(());
        }
        self.split(raw);
        self.record(line, raw)
    }
}

/// Of the places where a header may begin the one from which most columns are known, with how many
/// more than unknown ones these are: from too far left on many columns are unknown, from too far
/// right on some are missing. Goes over the line once, from its end.
fn best_start(line: &[u8], starts: &[usize], delimiter: u8) -> Option<(usize, usize)> {
    let mut starts = starts.iter().rev().copied().peekable();
    let mut best: Option<(usize, usize)> = None;
    let mut known = Known::default();
    let mut end = line.len();
    let cells = memchr::memrchr_iter(delimiter, line).map(|at| at + 1).chain([0]);
    for (names, cell) in (1..).zip(cells) {
        while let Some(start) = starts.next_if(|start| *start >= cell) {
            let first = column_of_cell(line.get(start..end).unwrap_or_default());
            let mut with_first = known;
            first.map(|column| with_first.add(column));
            let score = (2 * with_first.count()).saturating_sub(names);
            let is_report = with_first.has(Column::User) || with_first.has(Column::Arn);
            let begins = start == 0 || first.is_some();
            if begins && is_report && score > 0 && best.is_none_or(|(most, _)| score >= most) {
                best = Some((score, start));
            }
        }
        column_of_cell(&line[cell..end]).map(|column| known.add(column));
        end = cell.saturating_sub(1);
    }
    best
}

/// The column of a cell as it stands in the line, quotes and all.
fn column_of_cell(cell: &[u8]) -> Option<Column> {
    // Of the cells that are looked at in each row one is an ARN.
    if cell.is_empty() || cell.len() > LONGEST_NAME || cell.contains(&b':') {
        return None;
    }
    let text = std::str::from_utf8(cell).ok()?;
    column_of(text.trim_matches(['\u{feff}', '"', ' ', '\r', '\n']))
}
