//! The slow path: a row of any kind.

use std::borrow::Cow;

use super::{Arn, LONGEST_ROW, Reader, Step, Taken};
use crate::cell::{self, ForeignFlags, Meaning, OddCell, flag_code, time_code, word_code};
use crate::cell_issue::CellIssue;
use crate::column::{CellKind, Column};
use crate::error::{ReadErrorKind, WarningKind};
use crate::header::{Header, arns_of_iam, is_arn_of_iam, unquoted};
use crate::recognise;
use crate::report::ROOT_NAME;
use crate::rows::Row;
use crate::secret;
use crate::split::{At, Cells};
use crate::time::Timestamp;

impl Reader {
    /// Reads a row of any kind, which stands at such an offset of the text.
    pub(super) fn slow_row(&mut self, bytes: &[u8], offset: u64, last: bool) -> Result<Taken, ReadErrorKind> {
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
        if self.lines_are_quoted {
            return self.quoted_row(line, &bytes[..line_end]);
        }
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
            self.in_secrets = false;
            if arns_of_iam(&raw[start..]) > 0 {
                self.break_row(line, WarningKind::LineBreaksLost);
            } else if self.header.as_ref() != Some(&header) {
                self.take_header(header, &raw[start..], line);
            }
        } else if whole.is_some() {
            self.record(line, raw)?;
        } else {
            self.break_row(line, WarningKind::OpenQuote);
        }
        Ok(Taken::Bytes(raw.len()))
    }

    /// Reads a row that became one quoted cell.
    fn quoted_row(&mut self, line: u32, raw: &[u8]) -> Result<Taken, ReadErrorKind> {
        self.line += 1;
        let text = self.text(raw);
        let inner = unquoted(&text).map_or(text, Cow::Owned);
        self.split(inner.as_bytes());
        let is_header = self.may_be_header() && Header::find(&inner).is_some_and(|header| header.is_report());
        if !is_header {
            self.record(line, inner.as_bytes())?;
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

    /// The column of a cell.
    fn column(&self, index: usize) -> Option<Column> {
        self.header.as_ref().and_then(|header| *header.columns.get(index)?)
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
            return self.take_cells(line, raw, &joined, Some(WarningKind::CommasInName));
        }
        // Spreadsheets pad rows with empty cells.
        if found == expected || found > expected && cells.are_empty_from(expected) {
            return self.take_cells(line, raw, cells, None);
        }
        let (found, expected) = (found as u32, expected as u32);
        if found > expected
            && let Some(whole) = self.without_surplus(cells)
        {
            return self.take_cells(line, raw, &whole, Some(WarningKind::SurplusCells { found, expected }));
        }
        let kind = self.broken(raw, WarningKind::CellCount { found, expected });
        self.break_row(line, kind);
        Ok(())
    }

    /// Why a row is kept out, unless for another reason: it is of a file of secrets, or several in one.
    fn broken(&mut self, raw: &[u8], otherwise: WarningKind) -> WarningKind {
        let text = self.text(raw);
        self.in_secrets |= recognise::secret_heading(&text).is_some();
        let arns = arns_of_iam(raw);
        if arns > 1 {
            WarningKind::LineBreaksLost
        } else if self.in_secrets || arns == 0 && secret::holds_secret(&text) {
            WarningKind::Secret
        } else {
            otherwise
        }
    }

    /// The cells up to the last column, of a row with more of them whose ARN is in its place and ends in
    /// its name. What may be said of further credentials has commas, and is put together again.
    fn without_surplus(&self, cells: &Cells) -> Option<Cells> {
        let header = self.header.as_ref()?;
        let (arn, expected) = (cells.get(header.arn?).trim_ascii(), self.plan.len());
        let name = header.user.map_or(b"".as_slice(), |user| cells.get(user).trim_ascii());
        if !is_arn_of_iam(arn) || !arn.ends_with(name) && !arn.ends_with(b":root") {
            return None;
        }
        let is_last_a_text = header.columns.last() == Some(&Some(Column::AdditionalCredentialsInfo));
        let mut whole = if is_last_a_text {
            cells.with_joined(&[(expected - 1, cells.len() - expected)])
        } else {
            cells.with_joined(&[])
        };
        self.work.add(whole.size());
        whole.truncate(expected);
        self.fits(&self.plan, &whole).then_some(whole)
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
            return (self.fits(&self.plan, &joined) && !self.fits(&self.plan, cells)).then_some(joined);
        };
        if user > arn {
            return self.rejoin_behind_arn(cells, arn, user, extra);
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

    /// The same where the name stands behind the ARN: of the commas as many are the name's as the ARN has
    /// in its end, and the path may have some more.
    fn rejoin_behind_arn(&self, cells: &Cells, arn: usize, user: usize, extra: usize) -> Option<Cells> {
        /// How many commas a path may have.
        const IN_PATH: usize = 4;
        if !cells.get(arn).starts_with(b"arn:") {
            return None;
        }
        (extra / 2..=extra / 2 + IN_PATH)
            .filter(|in_arn| *in_arn <= extra && extra - in_arn <= *in_arn)
            .find_map(|in_arn| {
                let in_name = extra - in_arn;
                let whole_arn = cells.joined(arn, arn + in_arn);
                let name = cells.joined(user + in_arn, user + in_arn + in_name);
                self.work.add(whole_arn.len() + name.len());
                if name.is_empty() || !whole_arn.ends_with(&[b"/", name.as_slice()].concat()) {
                    return None;
                }
                let joined = cells.with_joined(&[(arn, in_arn), (user + in_arn, in_name)]);
                self.work.add(joined.size());
                self.fits(&self.plan, &joined).then_some(joined)
            })
    }

    /// Whether every cell can be read as its column wants it.
    pub(super) fn fits(&self, plan: &[Step], cells: &Cells) -> bool {
        plan.iter().zip(cells.iter()).all(|(step, cell)| {
            let text = self.cell_text(cell);
            match step {
                Step::Time(_) => !matches!(
                    cell::any_time(&text),
                    Err(OddCell { meaning: Meaning::BadTime(CellIssue::Unreadable | CellIssue::Number), .. })
                ),
                Step::Flag(_) => match cell::any_flag(&text) {
                    Ok(code) => code != flag_code::EMPTY,
                    Err(odd) => matches!(odd.meaning, Meaning::Flag(_)),
                },
                Step::User | Step::Arn | Step::Word(_) | Step::Ignore => true,
            }
        })
    }

    fn take_cells(
        &mut self,
        line: u32,
        raw: &[u8],
        cells: &Cells,
        remark: Option<WarningKind>,
    ) -> Result<(), ReadErrorKind> {
        let header = self.header.as_ref();
        let [name, arn] = header.map(|header| [header.user, header.arn]).unwrap_or_default();
        let generated = header.and_then(|header| header.generated);
        let [name, arn] = [name, arn].map(|place| place.map(|place| self.cell_text(cells.get(place))));
        let is_told_by_arn = arn.as_deref().is_some_and(|arn| arn.starts_with("arn:"));
        if !is_told_by_arn && let Some(kind) = self.no_user(raw, cells, name.as_deref(), arn.as_deref()) {
            self.break_row(line, kind);
            return Ok(());
        }
        let in_arn = arn.as_deref().and_then(name_in_arn);
        let name = name.as_deref().filter(|name| !name.is_empty());
        let is_named = name.is_some();
        // Of a name that is none, as of what stands before it in a log, the ARN tells the end.
        let name = name.filter(|name| {
            let is_other = in_arn.is_some_and(|in_arn| *name != in_arn);
            !is_other || !holds_no_name(name) && !secret::holds_secret(name)
        });
        let remark = remark.or((is_named && name.is_none()).then_some(WarningKind::NameOfArn));
        let Some(name) = name.or(in_arn) else {
            self.break_row(line, WarningKind::NoUser);
            return Ok(());
        };
        self.in_secrets = false;
        if let Some(place) = generated.filter(|_| self.report.generated.is_none()) {
            self.report.generated = Timestamp::parse(&self.cell_text(cells.get(place))).ok();
        }
        let mut row = Row::EMPTY;
        let mut odd: Vec<(Column, OddCell)> = Vec::new();
        let mut zulu: Option<bool> = None;
        for (index, cell) in cells.iter().enumerate() {
            let Some(column) = self.column(index) else { continue };
            let text = self.cell_text(cell);
            self.tell_encoding(line, Some(column), cell, &text);
            let text = &*text;
            // Without an ARN nobody knows whose cells these are.
            let quoted = Some(text).filter(|_| is_told_by_arn);
            match column.cell() {
                CellKind::User | CellKind::Arn => {}
                CellKind::Time(place) => {
                    let code = match cell::any_time(text) {
                        // A row has one form of its own; a time in the other one is kept as text.
                        Ok((code, ends_in_z))
                            if code > time_code::LAST_TIME || *zulu.get_or_insert(ends_in_z) == ends_in_z =>
                        {
                            code
                        }
                        Ok((code, _)) => {
                            let meaning = Meaning::Time(Timestamp::from_unix(code.into()));
                            odd.push((column, OddCell { raw: text.into(), meaning }));
                            time_code::ODD
                        }
                        Err(cell) => {
                            if let Meaning::BadTime(error) = cell.meaning {
                                self.warn(Some(line), Some(column.name()), quoted, WarningKind::Time(error));
                            }
                            odd.push((column, cell.without_secret(is_told_by_arn)));
                            time_code::ODD
                        }
                    };
                    if code == time_code::NO_INFORMATION && column != Column::PasswordLastUsed {
                        let kind = WarningKind::Time(CellIssue::Unreadable);
                        self.warn(Some(line), Some(column.name()), quoted, kind);
                    }
                    row.times[usize::from(place)] = code;
                }
                CellKind::Flag(place) => {
                    let code = match cell::any_flag(text) {
                        Ok(code) => {
                            if matches!(code, flag_code::EMPTY | flag_code::NOT_APPLICABLE) {
                                self.warn(Some(line), Some(column.name()), quoted, WarningKind::Flag);
                            }
                            code
                        }
                        Err(cell) => {
                            let foreign = &mut self.report.foreign_flags[usize::from(place)];
                            if let Some(code) = foreign.code(text, line) {
                                code
                            } else {
                                if !matches!(cell.meaning, Meaning::Flag(_)) {
                                    self.warn(Some(line), Some(column.name()), quoted, WarningKind::Flag);
                                }
                                odd.push((column, cell.without_secret(is_told_by_arn)));
                                flag_code::ODD
                            }
                        }
                    };
                    row.set_flag(place, code);
                }
                CellKind::Word(place) => {
                    row.words[usize::from(place)] = match text {
                        "N/A" | NULL => word_code::NOT_APPLICABLE,
                        "" => word_code::EMPTY,
                        _ => self.word(text.as_bytes()).unwrap_or_else(|| {
                            let cell = OddCell { raw: text.into(), meaning: Meaning::Word };
                            odd.push((column, cell.without_secret(is_told_by_arn)));
                            word_code::ODD
                        }),
                    };
                }
            }
        }
        row.zulu = zulu.unwrap_or(true);
        row.line = line;
        match remark {
            Some(WarningKind::CommasInName) => {
                self.warn_of_cell(line, Column::User, name, WarningKind::CommasInName);
            }
            Some(kind) => self.warn(Some(line), None, None, kind),
            None => {}
        }
        // What is no ARN may be anything, and is not kept.
        let arn = match arn.as_deref() {
            Some(arn) if !is_told_by_arn && !arn.is_empty() => {
                self.warn(Some(line), Some(Column::Arn.name()), None, WarningKind::Arn);
                Arn::Missing
            }
            Some(arn) => Arn::Text(arn),
            None => Arn::Missing,
        };
        self.push(row, name, arn, odd)
    }

    /// Why a row that is told by no ARN is about no user, where it is not.
    fn no_user(
        &mut self,
        raw: &[u8],
        cells: &Cells,
        name: Option<&str>,
        arn: Option<&str>,
    ) -> Option<WarningKind> {
        let text = self.text(raw);
        self.in_secrets |= recognise::secret_heading(&text).is_some();
        let name = name.unwrap_or_default();
        let is_root = [ROOT_NAME, "root_account", "&lt;root_account&gt;"].contains(&name);
        let is_name = is_root || !name.is_empty() && !holds_no_name(name);
        // A note or a total says nothing that a report says of a user.
        let (is_typed, says) = self.says(cells);
        if secret::holds_secret(&text) || self.in_secrets && !(is_name && says) {
            return Some(WarningKind::Secret);
        }
        if name.is_empty() {
            return Some(WarningKind::NoUser);
        }
        let is_note = is_typed && !says && (arn.is_some() || !is_root);
        (!is_name || is_note).then_some(WarningKind::NotAUser)
    }

    /// Whether a row has cells of times, of `true` or `false`, and whether one of them says such a thing.
    fn says(&self, cells: &Cells) -> (bool, bool) {
        let (mut is_typed, mut says) = (false, false);
        for (step, cell) in self.plan.iter().zip(cells.iter()) {
            let text = self.cell_text(cell);
            is_typed |= matches!(step, Step::Time(_) | Step::Flag(_));
            says |= match step {
                Step::Time(_) => {
                    let unreadable = Meaning::BadTime(CellIssue::Unreadable);
                    !text.is_empty() && !cell::any_time(&text).is_err_and(|odd| odd.meaning == unreadable)
                }
                Step::Flag(_) => {
                    let is_word = |odd: OddCell| odd.meaning != Meaning::BadFlag;
                    let is_foreign = || ForeignFlags::default().code(&text, 0).is_some();
                    !text.is_empty() && (cell::any_flag(&text).map_or_else(is_word, |_| true) || is_foreign())
                }
                _ => false,
            };
        }
        (is_typed, says)
    }
}

/// What some tools write for nothing.
pub(super) const NULL: &str = "<null>";

/// Whether a name has signs that no name in IAM has.
fn holds_no_name(name: &str) -> bool {
    name.len() > 64 || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte))
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
