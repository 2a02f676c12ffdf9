//! The thorough way: a row of any kind.

use super::{Arn, LONGEST_ROW, Reader, Step, Taken};
use crate::cell::{self, Meaning, OddCell, flag_code, time_code, word_code};
use crate::column::{CellKind, Column};
use crate::error::{ReadErrorKind, WarningKind};
use crate::recognise;
use crate::report::ROOT_NAME;
use crate::rows::Row;
use crate::split::{At, Cells};
use crate::time::{TimeError, Timestamp};

impl Reader {
    /// Reads a row of any kind, which stands at such an offset of the text.
    pub(super) fn thorough_row(
        &mut self,
        bytes: &[u8],
        offset: u64,
        last: bool,
    ) -> Result<Taken, ReadErrorKind> {
        let head = &bytes[..bytes.len().min(LONGEST_ROW)];
        let is_cut = head.len() < bytes.len();
        let Some(line_end) = line_end(head, last && !is_cut).or((last && !is_cut).then_some(head.len()))
        else {
            self.work.add(head.len());
            if head.len() < LONGEST_ROW {
                return Ok(Taken::Incomplete);
            }
            if !std::mem::replace(&mut self.dropping, true) {
                self.break_row(self.line, WarningKind::OpenQuote);
            }
            return Ok(Taken::Bytes(head.len()));
        };
        let line = self.line;
        if std::mem::take(&mut self.dropping) {
            self.line += 1;
            return Ok(Taken::Bytes(line_end));
        }
        let end = match self.row_end(head, line_end, offset, last && !is_cut) {
            None if !last && head.len() < LONGEST_ROW => return Ok(Taken::Incomplete),
            end => end,
        };
        let expected = self.plan.len();
        // A quoted cell may hold line breaks; if the row comes out wrong, the quote was a stray
        // one, and the lines after the first are rows of their own.
        let whole = end.filter(|(end, cells)| *end == line_end || *cells == expected).map(|(end, _)| end);
        let raw = &bytes[..whole.unwrap_or(line_end)];
        self.line += memchr::memchr_iter(b'\n', raw).count().max(1) as u32;
        self.split(raw);
        if (whole.is_none() || self.cells.len() != expected || self.may_be_header())
            && let Some((start, header)) = self.header_in(raw)
        {
            self.last_row_of_file(line, &raw[..start])?;
            if self.header.as_ref() != Some(&header) {
                self.take_header(header, &raw[start..], line);
            }
        } else if whole.is_some() {
            self.record(line, raw)?;
        } else {
            self.break_row(line, WarningKind::OpenQuote);
        }
        Ok(Taken::Bytes(raw.len()))
    }

    /// Where the row ends that begins here, and where quotes hold line breaks, how many cells it has:
    /// behind its line, or a later one. `None` where a quote is open at the end of all that may belong
    /// to it.
    fn row_end(
        &mut self,
        bytes: &[u8],
        first_line: usize,
        offset: u64,
        last: bool,
    ) -> Option<(usize, usize)> {
        let (line, rest) = bytes.split_at(first_line);
        let delimiter = self.delimiter();
        self.work.add(first_line);
        let Some((at, cells)) = quotes_in(line, delimiter) else { return Some((first_line, 0)) };
        if at != At::Quoted {
            return Some((first_line, cells));
        }
        let behind = offset + first_line as u64;
        let (end, more) = self.open_quote.follow(rest, behind, delimiter, last, &self.work)?;
        Some((first_line + end, cells + more))
    }

    fn delimiter(&self) -> u8 {
        self.header.as_ref().map_or(b',', |header| header.delimiter)
    }

    /// Keeps a row out. Nothing of it is quoted: it may be a line of a file of secrets.
    pub(super) fn break_row(&mut self, line: u32, kind: WarningKind) {
        self.warn(Some(line), None, None, kind);
        self.report.broken_rows += 1;
    }

    /// Splits a row into cells.
    pub(super) fn split(&mut self, row: &[u8]) {
        self.work.add(row.len());
        let delimiter = self.delimiter();
        self.cells.split(row, delimiter);
    }

    /// Takes the cells that [`Reader::split`] found.
    pub(super) fn record(&mut self, line: u32, raw: &[u8]) -> Result<(), ReadErrorKind> {
        let cells = std::mem::take(&mut self.cells);
        let taken = self.record_of(line, raw, &cells);
        self.cells = cells;
        taken
    }

    fn record_of(&mut self, line: u32, raw: &[u8], cells: &Cells) -> Result<(), ReadErrorKind> {
        if cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return Ok(());
        }
        let (found, expected) = (cells.len(), self.plan.len());
        if found > expected
            && !raw.contains(&b'"')
            && let Some(joined) = self.rejoin(cells)
        {
            return self.take_cells(line, raw, &joined, true);
        }
        // Spreadsheets pad rows with empty cells.
        if found == expected || found > expected && cells.are_empty_from(expected) {
            return self.take_cells(line, raw, cells, false);
        }
        let kind = WarningKind::CellCount { found: found as u32, expected: expected as u32 };
        self.break_row(line, kind);
        Ok(())
    }

    /// Puts a row together whose name (or path) holds commas that nobody quoted: the ARN tells where
    /// the name ends, and ends in it itself. A row that has more cells for another reason is left as
    /// it is: joining the wrong ones would shift every verdict.
    fn rejoin(&self, cells: &Cells) -> Option<Cells> {
        let header = self.header.as_ref().filter(|header| header.delimiter == b',')?;
        let (expected, arn) = (self.plan.len(), header.arn?);
        let extra = cells.len() - expected;
        let Some(user) = header.user else {
            if !cells.get(arn).starts_with(b"arn:") {
                return None;
            }
            // Nothing but the other cells tells whether the name goes on.
            let joined = cells.with_joined(&[(arn, extra)]);
            self.work.add(joined.size());
            return (self.fits(&joined) && !self.fits(cells)).then_some(joined);
        };
        if user > arn {
            return None;
        }
        let start = (arn..cells.len()).find(|at| cells.get(*at).starts_with(b"arn:"))?;
        let in_name = start - arn;
        let most = extra.checked_sub(in_name)?;
        let name = cells.joined(user, user + in_name);
        let rest = cells.joined(start, start + most);
        self.work.add(name.len() + rest.len());
        let in_arn = cells_of_arn(&rest, &name)?;
        let mut joined = cells.with_joined(&[(user, in_name), (start, in_arn)]);
        self.work.add(joined.size());
        if joined.len() == cells.len() || !joined.are_empty_from(expected) {
            return None;
        }
        joined.truncate(expected);
        Some(joined)
    }

    /// Whether every cell can be read as its column wants it.
    fn fits(&self, cells: &Cells) -> bool {
        self.plan.iter().zip(cells.iter()).all(|(step, cell)| {
            let text = self.text(cell);
            match step {
                Step::Time(_) => !matches!(
                    cell::any_time(&text),
                    Err(OddCell { meaning: Meaning::BadTime(TimeError::Unreadable), .. })
                ),
                Step::Flag(_) => cell::any_flag(&text).is_ok_and(|code| code != flag_code::EMPTY),
                Step::User | Step::Arn | Step::Word(_) | Step::Ignore => true,
            }
        })
    }

    fn take_cells(
        &mut self,
        line: u32,
        raw: &[u8],
        cells: &Cells,
        rejoined: bool,
    ) -> Result<(), ReadErrorKind> {
        let [name, arn] = self.header.as_ref().map(|header| [header.user, header.arn]).unwrap_or_default();
        let [name, arn] = [name, arn].map(|place| place.map(|place| self.text(cells.get(place))));
        let arn = arn.map(|arn| arn.trim().to_owned());
        let is_told_by_arn = arn.as_deref().is_some_and(|arn| arn.starts_with("arn:"));
        if !is_told_by_arn && recognise::holds_secret(&self.text(raw)) {
            self.break_row(line, WarningKind::Secret);
            return Ok(());
        }
        let name = name.filter(|name| !name.trim().is_empty());
        let Some(name) = name.or_else(|| arn.as_deref().and_then(name_in_arn).map(str::to_owned)) else {
            self.break_row(line, WarningKind::NoUser);
            return Ok(());
        };
        let mut row = Row::EMPTY;
        let mut odd: Vec<(Column, OddCell)> = Vec::new();
        let mut zulu: Option<bool> = None;
        let columns = self.header.as_ref().map(|header| header.columns.clone()).unwrap_or_default();
        for (cell, column) in cells.iter().zip(columns) {
            let Some(column) = column else { continue };
            let text = self.text(cell);
            self.tell_encoding(line, Some(column), cell, &text);
            match column.cell() {
                CellKind::User | CellKind::Arn => {}
                CellKind::Time(place) => {
                    let code = match cell::any_time(&text) {
                        // A row has one form of its own; a time in the other one stands aside.
                        Ok((code, ends_in_z))
                            if code > time_code::LAST_TIME || *zulu.get_or_insert(ends_in_z) == ends_in_z =>
                        {
                            code
                        }
                        Ok((code, _)) => {
                            let meaning = Meaning::Time(Timestamp::from_unix(code.into()));
                            odd.push((column, OddCell { raw: text.as_str().into(), meaning }));
                            time_code::ODD
                        }
                        Err(cell) => {
                            if let Meaning::BadTime(error) = cell.meaning {
                                self.warn_of_cell(line, column, &text, WarningKind::Time(error));
                            }
                            odd.push((column, cell));
                            time_code::ODD
                        }
                    };
                    if code == time_code::NO_INFORMATION && column != Column::PasswordLastUsed {
                        let kind = WarningKind::Time(TimeError::Unreadable);
                        self.warn_of_cell(line, column, &text, kind);
                    }
                    row.times[usize::from(place)] = code;
                }
                CellKind::Flag(place) => {
                    let code = match cell::any_flag(&text) {
                        Ok(code) => {
                            if matches!(code, flag_code::EMPTY | flag_code::NOT_APPLICABLE) {
                                self.warn_of_cell(line, column, &text, WarningKind::Flag);
                            }
                            code
                        }
                        Err(cell) => {
                            if !matches!(cell.meaning, Meaning::Flag(_)) {
                                self.warn_of_cell(line, column, &text, WarningKind::Flag);
                            }
                            odd.push((column, cell));
                            flag_code::ODD
                        }
                    };
                    row.set_flag(place, code);
                }
                CellKind::Word(place) => {
                    row.words[usize::from(place)] = match text.as_str() {
                        "N/A" => word_code::NOT_APPLICABLE,
                        "" => word_code::EMPTY,
                        _ => self.word(text.as_bytes()).unwrap_or_else(|| {
                            odd.push((column, OddCell { raw: text.as_str().into(), meaning: Meaning::Word }));
                            word_code::ODD
                        }),
                    };
                }
            }
        }
        row.zulu = zulu.unwrap_or(true);
        row.line = line;
        if rejoined {
            self.warn_of_cell(line, Column::User, &name, WarningKind::CommasInName);
        }
        self.push(row, &name, arn.as_deref().map_or(Arn::Missing, Arn::Text), odd)
    }
}

/// Where the first line ends, behind its LF, CR LF or CR; `None` where that is not there. A CR at
/// the very end may be half of a CR LF, unless it is the last byte of all.
pub(super) fn line_end(bytes: &[u8], last: bool) -> Option<usize> {
    let at = memchr::memchr2(b'\n', b'\r', bytes)?;
    match (bytes[at], bytes.get(at + 1)) {
        (b'\n', _) => Some(at + 1),
        (_, Some(b'\n')) => Some(at + 2),
        (_, Some(_)) => Some(at + 1),
        (_, None) => last.then_some(at + 1),
    }
}

/// Where in its row a line leaves off, as far as quotes go, and how many cells begin in it; `None`
/// where it has no quote.
pub(super) fn quotes_in(line: &[u8], delimiter: u8) -> Option<(At, usize)> {
    memchr::memchr(b'"', line)?;
    let mut cells = 1;
    let mut at = At::CellStart;
    for &byte in line {
        // A line break outside of quotes ends the row, not the quoted part alone.
        if matches!(byte, b'\n' | b'\r') && at != At::Quoted {
            break;
        }
        at = at.behind(byte, delimiter);
        cells += usize::from(at == At::CellStart);
    }
    Some((at, cells))
}

/// How many commas a name and its ARN, whose beginning is there with what follows it, have in the
/// latter: as few as may be, so that it ends in the name.
fn cells_of_arn(text: &[u8], name: &[u8]) -> Option<usize> {
    // A name holds no slash, so that no two places overlap where it may stand.
    if name.is_empty() || name.contains(&b'/') {
        return None;
    }
    let named = [b"/", name].concat();
    let end = memchr::memmem::find_iter(text, &named)
        .map(|at| at + named.len())
        .find(|end| text.get(*end).is_none_or(|byte| *byte == b','))?;
    Some(memchr::memchr_iter(b',', &text[..end]).count())
}

/// The user's name at the end of an ARN.
fn name_in_arn(arn: &str) -> Option<&str> {
    let resource = arn.splitn(6, ':').nth(5)?;
    if resource == "root" {
        return Some(ROOT_NAME);
    }
    resource.strip_prefix("user/")?.rsplit('/').next().filter(|name| !name.is_empty())
}
