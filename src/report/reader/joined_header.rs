//! Headers between rows, where files were joined.

use super::Reader;
use crate::report::column::Column;
use crate::report::error::{ReadErrorKind, WarningKind};
use crate::report::header::Header;

/// How many beginnings of a header are tried in a line. A line that has more is no row either.
const MOST_STARTS: usize = 64;

impl Reader {
    /// Whether the cells that [`Reader::split`] found may be the names of columns.
    pub(super) fn may_be_header(&self) -> bool {
        let is_name = |index: usize| {
            let text = String::from_utf8_lossy(self.field(index));
            Column::from_name(text.trim_start_matches('\u{feff}')).is_some()
        };
        let place = |column| self.header.as_ref().and_then(|header| header.place(column));
        is_name(0) || [Column::User, Column::Arn].into_iter().filter_map(place).any(is_name)
    }

    /// Where in a line a header stands: at its beginning, where files were joined; or behind a row,
    /// where the first of them had no line break at its end, as the console's have none.
    pub(super) fn header_in(&self, line: &[u8]) -> Option<(usize, Header)> {
        let at_start = self.may_be_header();
        // Every row holds `arn` and `user`, so that these two tell nothing.
        let names = || Column::ALL.iter().map(|column| column.name().as_bytes());
        if !at_start && !names().skip(2).any(|name| memchr::memmem::find(line, name).is_some()) {
            return None;
        }
        // The name of a column fills its cell.
        let ends = |at: usize| line.get(at).is_none_or(|byte| b",;\t\" \r\n".contains(byte));
        let mut starts: Vec<usize> = names()
            .flat_map(|name| memchr::memmem::find_iter(line, name).filter(|at| ends(at + name.len())))
            .map(|at| {
                let (mark, quote) = (b"\xef\xbb\xbf", b"\"");
                let before = line[..at].strip_suffix(quote).unwrap_or(&line[..at]);
                before.strip_suffix(mark).unwrap_or(before).len()
            })
            .collect();
        starts.extend(at_start.then_some(0));
        starts.sort_unstable();
        starts.dedup();
        starts.truncate(MOST_STARTS);
        // A header has no more known columns than names that follow its beginning; at the beginning of
        // the line they may be written in other letters.
        let least = self.header.as_ref().map_or(2, Header::known).min(2);
        let mut best: Option<(usize, usize, Header)> = None;
        for (at, &start) in starts.iter().enumerate() {
            let most = starts.len() - at;
            if start > 0 && (most < least || best.as_ref().is_some_and(|(score, ..)| *score >= most)) {
                break;
            }
            let Some(header) = Header::find(&self.text(&line[start..])) else { continue };
            if self.header.as_ref() == Some(&header) {
                return Some((start, header));
            }
            if !header.is_report() || header.known() < 2 {
                continue;
            }
            // From too far left on many columns are unknown, from too far right on some are missing.
            let score = (2 * header.known()).saturating_sub(header.names.len());
            let is_header = header.columns.first().is_some_and(Option::is_some) || start == 0;
            if is_header && score > best.as_ref().map_or(0, |(most, ..)| *most) {
                let is_whole = header.known() == header.names.len();
                best = Some((score, start, header));
                if is_whole {
                    // Further to the right there is only less of it.
                    break;
                }
            }
        }
        best.map(|(_, start, header)| (start, header))
    }

    /// Takes the row that stands in one line with the header of the next file.
    pub(super) fn last_row_of_file(&mut self, line: u32, raw: &[u8]) -> Result<(), ReadErrorKind> {
        if self.record_end(raw, raw.len(), true).is_some() {
            self.split(raw);
            self.record(line, raw)
        } else {
            self.break_row(line, raw, WarningKind::OpenQuote);
            Ok(())
        }
    }
}
