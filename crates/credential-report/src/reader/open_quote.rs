//! Quotes that are open at the end of a line, followed to the end of their row.

use std::collections::VecDeque;

use super::thorough_row::line_end;
use super::work::Work;
use crate::split::At;

/// A quote that is open at the beginning of some line. The lines that follow are looked at once,
/// however many rows leave a quote open before them, and however the text is cut.
#[derive(Debug)]
pub(super) struct OpenQuote {
    delimiter: u8,
    /// The lines that begin within the quote: offset in the text, and how many cells ended before.
    lines: VecDeque<(u64, usize)>,
    /// Up to where the row was followed.
    to: u64,
    /// Where in the row that is.
    at: At,
    /// How many cells have ended.
    cells: usize,
    /// Whether the row ends there.
    ended: bool,
}

impl OpenQuote {
    pub(super) fn new() -> Self {
        Self { delimiter: b',', lines: VecDeque::new(), to: 0, at: At::Quoted, cells: 0, ended: false }
    }

    /// Follows the quote that is open where a text begins: where its row ends, and how many cells end
    /// before; `None` where it does not end in this text.
    pub(super) fn follow(
        &mut self,
        text: &[u8],
        offset: u64,
        delimiter: u8,
        last: bool,
        work: &Work,
    ) -> Option<(usize, usize)> {
        while self.lines.front().is_some_and(|(line, _)| *line < offset) {
            self.lines.pop_front();
        }
        let before = match self.lines.front() {
            Some((line, cells)) if *line == offset && self.delimiter == delimiter => *cells,
            _ => {
                *self = Self { delimiter, to: offset, lines: VecDeque::from([(offset, 0)]), ..Self::new() };
                0
            }
        };
        let from = (self.to - offset) as usize;
        let mut end = from;
        while let Some(&byte) = text.get(end).filter(|_| !self.ended) {
            if matches!(byte, b'\n' | b'\r') {
                if self.at == At::Quoted {
                    self.lines.push_back((offset + end as u64 + 1, self.cells));
                } else {
                    let Some(len) = line_end(&text[end..], last) else { break };
                    self.ended = true;
                    end += len;
                    continue;
                }
            }
            self.at = self.at.behind(byte, delimiter);
            self.cells += usize::from(self.at == At::CellStart);
            end += 1;
        }
        work.add(end - from);
        self.to = offset + end as u64;
        let is_whole = self.ended || last && self.at != At::Quoted && end == text.len();
        (is_whole && end <= text.len()).then_some((end, self.cells - before))
    }
}
