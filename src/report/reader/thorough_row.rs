//! The thorough way: a row of any kind, split by `csv_core`.

use super::{Arn, LONGEST_ROW, Reader, Step, Taken};
use crate::report::ROOT_NAME;
use crate::report::cell::{self, Meaning, OddCell, flag_code, time_code, word_code};
use crate::report::column::{CellKind, Column};
use crate::report::error::{ReadErrorKind, WarningKind};
use crate::report::rows::Row;
use crate::report::time::{TimeError, Timestamp};

impl Reader {
    /// Reads a row of any kind.
    pub(super) fn thorough_row(&mut self, bytes: &[u8], last: bool) -> Result<Taken, ReadErrorKind> {
        let head = &bytes[..bytes.len().min(LONGEST_ROW)];
        let is_cut = head.len() < bytes.len();
        let Some(line_end) = line_end(head, last && !is_cut).or((last && !is_cut).then_some(head.len()))
        else {
            if head.len() < LONGEST_ROW {
                return Ok(Taken::Incomplete);
            }
            if !std::mem::replace(&mut self.dropping, true) {
                self.break_row(self.line, head, WarningKind::OpenQuote);
            }
            return Ok(Taken::Bytes(head.len()));
        };
        let line = self.line;
        if std::mem::take(&mut self.dropping) {
            self.line += 1;
            return Ok(Taken::Bytes(line_end));
        }
        let end = match self.record_end(head, line_end, last && !is_cut) {
            Some(end) => Some(end),
            None if !last && head.len() < LONGEST_ROW => return Ok(Taken::Incomplete),
            None => None,
        };
        if let Some(end) = end {
            self.split(&bytes[..end]);
        }
        let expected = self.plan.len();
        // A quoted cell may hold line breaks; if the row comes out wrong, the quote was a stray
        // one, and the lines after the first are rows of their own.
        let whole = end.filter(|end| *end == line_end || self.ends.len() == expected);
        let raw = &bytes[..whole.unwrap_or(line_end)];
        self.line += memchr::memchr_iter(b'\n', raw).count().max(1) as u32;
        if (whole.is_none() || self.ends.len() != expected || self.may_be_header())
            && let Some((start, header)) = self.header_in(raw)
        {
            self.last_row_of_file(line, &raw[..start])?;
            if self.header.as_ref() != Some(&header) {
                self.take_header(header, line);
            }
        } else if whole.is_some() {
            self.record(line, raw)?;
        } else {
            self.break_row(line, raw, WarningKind::OpenQuote);
        }
        Ok(Taken::Bytes(raw.len()))
    }

    /// Where the record ends that begins here: behind its line, or where a quote holds line breaks,
    /// behind a later one. `None` where a quote is open at the end of all that may belong to it.
    pub(super) fn record_end(&self, bytes: &[u8], first_line: usize, last: bool) -> Option<usize> {
        if memchr::memchr(b'"', &bytes[..first_line]).is_none() {
            return Some(first_line);
        }
        let delimiter = self.header.as_ref().map_or(b',', |header| header.delimiter);
        let (mut open, mut at_start) = (false, true);
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'"' if open && bytes.get(at + 1) == Some(&b'"') => at += 1,
                b'"' if open => open = false,
                b'"' if at_start => open = true,
                b'\n' | b'\r' if !open => return line_end(&bytes[at..], last).map(|end| at + end),
                _ => {}
            }
            at_start = !open && bytes.get(at) == Some(&delimiter);
            at += 1;
        }
        (last && !open).then_some(bytes.len())
    }

    pub(super) fn break_row(&mut self, line: u32, raw: &[u8], kind: WarningKind) {
        self.warn(Some(line), None, Some(raw), kind);
        self.report.broken_rows += 1;
    }

    /// Splits one record into cells.
    pub(super) fn split(&mut self, record: &[u8]) {
        use csv_core::ReadRecordResult as Result;
        self.thorough.reset();
        self.fields.clear();
        self.fields.resize((record.len() + 16).max(256), 0);
        self.ends.resize(self.ends.capacity().max(64), 0);
        let (mut input, mut written, mut ended) = (record, 0, 0);
        let mut whole = false;
        loop {
            let (result, read, wrote, found) =
                self.thorough.read_record(input, &mut self.fields[written..], &mut self.ends[ended..]);
            input = &input[read..];
            written += wrote;
            ended += found;
            match result {
                Result::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                Result::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                // No line break at the end: an empty input says that there is none to come.
                Result::InputEmpty if !whole => whole = true,
                Result::InputEmpty | Result::Record | Result::End => break,
            }
        }
        self.ends.truncate(ended);
    }

    pub(super) fn field(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).copied().unwrap_or_default() };
        let end = self.ends.get(index).copied().unwrap_or(start);
        self.fields.get(start..end).unwrap_or_default()
    }

    /// Takes the cells that [`Reader::split`] found.
    pub(super) fn record(&mut self, line: u32, raw: &[u8]) -> Result<(), ReadErrorKind> {
        let found = self.ends.len();
        let mut cells: Vec<Vec<u8>> = (0..found).map(|index| self.field(index).to_vec()).collect();
        if cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return Ok(());
        }
        let expected = self.plan.len();
        let mut rejoined = false;
        if found > expected {
            rejoined = !raw.contains(&b'"') && self.rejoin(&mut cells);
            // Spreadsheets pad rows with empty cells.
            if !rejoined && cells[expected..].iter().all(Vec::is_empty) {
                cells.truncate(expected);
            }
        }
        if cells.len() != expected {
            let kind = WarningKind::CellCount { found: found as u32, expected: expected as u32 };
            self.break_row(line, raw, kind);
            return Ok(());
        }
        self.cells(line, raw, &cells, rejoined)
    }

    /// Puts a row together whose name (or path) holds commas that nobody quoted: the ARN tells where
    /// the name ends, and ends in it itself. A row that has more cells for another reason is left as
    /// it is: joining the wrong ones would shift every verdict.
    fn rejoin(&self, cells: &mut Vec<Vec<u8>>) -> bool {
        let Some(header) = self.header.as_ref().filter(|header| header.delimiter == b',') else {
            return false;
        };
        let extra = cells.len() - self.plan.len();
        match (header.place(Column::User), header.place(Column::Arn)) {
            (Some(user), Some(arn)) if user < arn => {
                let Some(start) = (arn..cells.len()).find(|at| cells[*at].starts_with(b"arn:")) else {
                    return false;
                };
                let in_name = start - arn;
                let Some(most) = extra.checked_sub(in_name) else { return false };
                let mut candidates = (0..=most).map(|in_arn| {
                    let mut joined = cells.clone();
                    join(&mut joined, start, in_arn);
                    join(&mut joined, user, in_name);
                    joined
                });
                let Some(mut joined) = candidates.find(|joined| names_its_user(&joined[arn], &joined[user]))
                else {
                    return false;
                };
                let is_padded = joined[self.plan.len()..].iter().all(Vec::is_empty);
                if joined.len() == cells.len() || !is_padded {
                    return false;
                }
                joined.truncate(self.plan.len());
                *cells = joined;
                true
            }
            (None, Some(arn)) if cells[arn].starts_with(b"arn:") => {
                // Nothing but the other cells tells whether the name goes on.
                let mut joined = cells.clone();
                join(&mut joined, arn, extra);
                let goes_on = self.fits(&joined) && !self.fits(cells);
                if goes_on {
                    *cells = joined;
                }
                goes_on
            }
            _ => false,
        }
    }

    /// Whether every cell can be read as its column wants it.
    fn fits(&self, cells: &[Vec<u8>]) -> bool {
        self.plan.iter().zip(cells).all(|(step, cell)| {
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

    fn cells(
        &mut self,
        line: u32,
        raw: &[u8],
        cells: &[Vec<u8>],
        rejoined: bool,
    ) -> Result<(), ReadErrorKind> {
        let mut row = Row::EMPTY;
        let mut odd: Vec<(Column, OddCell)> = Vec::new();
        let mut zulu: Option<bool> = None;
        let (mut name, mut arn) = (None, None);
        let columns = self.header.as_ref().map(|header| header.columns.clone()).unwrap_or_default();
        for (cell, column) in cells.iter().zip(columns) {
            let Some(column) = column else { continue };
            let text = self.text(cell);
            if text.contains(char::REPLACEMENT_CHARACTER) && std::str::from_utf8(cell).is_err() {
                self.warn(Some(line), Some(column.name()), Some(cell), WarningKind::Encoding);
            }
            match column.cell() {
                CellKind::User => name = Some(text),
                CellKind::Arn => arn = Some(text.trim().to_owned()),
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
                                self.warn(
                                    Some(line),
                                    Some(column.name()),
                                    Some(text.as_bytes()),
                                    WarningKind::Time(error),
                                );
                            }
                            odd.push((column, cell));
                            time_code::ODD
                        }
                    };
                    if code == time_code::NO_INFORMATION && column != Column::PasswordLastUsed {
                        let kind = WarningKind::Time(TimeError::Unreadable);
                        self.warn(Some(line), Some(column.name()), Some(text.as_bytes()), kind);
                    }
                    row.times[usize::from(place)] = code;
                }
                CellKind::Flag(place) => {
                    let code = match cell::any_flag(&text) {
                        Ok(code) => {
                            if matches!(code, flag_code::EMPTY | flag_code::NOT_APPLICABLE) {
                                self.warn(
                                    Some(line),
                                    Some(column.name()),
                                    Some(text.as_bytes()),
                                    WarningKind::Flag,
                                );
                            }
                            code
                        }
                        Err(cell) => {
                            if !matches!(cell.meaning, Meaning::Flag(_)) {
                                self.warn(
                                    Some(line),
                                    Some(column.name()),
                                    Some(text.as_bytes()),
                                    WarningKind::Flag,
                                );
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
        let name = name.filter(|name| !name.trim().is_empty());
        let Some(name) = name.or_else(|| arn.as_deref().and_then(name_in_arn).map(str::to_owned)) else {
            self.break_row(line, raw, WarningKind::NoUser);
            return Ok(());
        };
        if rejoined {
            self.warn(
                Some(line),
                Some(Column::User.name()),
                Some(name.as_bytes()),
                WarningKind::CommasInName,
            );
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

/// Whether an ARN ends in this very name.
fn names_its_user(arn: &[u8], name: &[u8]) -> bool {
    !name.is_empty() && arn.strip_suffix(name).is_some_and(|before| before.ends_with(b"/"))
}

/// Joins a cell with so many that follow it, as they were before they were split at commas.
fn join(cells: &mut Vec<Vec<u8>>, at: usize, more: usize) {
    if more == 0 || at + more >= cells.len() {
        return;
    }
    let joined = cells[at..=at + more].join(&b',');
    cells.splice(at..=at + more, [joined]);
}

/// The user's name at the end of an ARN.
fn name_in_arn(arn: &str) -> Option<&str> {
    let resource = arn.splitn(6, ':').nth(5)?;
    if resource == "root" {
        return Some(ROOT_NAME);
    }
    resource.strip_prefix("user/")?.rsplit('/').next().filter(|name| !name.is_empty())
}
