//! Rows of text to a report, slice by slice.
//!
//! A row goes the fast way if its cells are such as AWS writes them: each is then read once, by
//! what is expected of its column. Any other row (quotes, other dates, commas in names, text that
//! is not ASCII) goes the thorough way, through `csv_core`. Both give the same rows; a property
//! test holds them together.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::cell::{self, Meaning, OddCell, flag_code, time_code, word_code};
use super::column::{CellKind, Column, TIMES};
use super::error::{ReadErrorKind, WarningKind};
use super::header::Header;
use super::input::{Decoder, is_separator_line};
use super::recognise;
use super::rows::Row;
use super::time::Timestamp;
use super::{AccountName, FileFacts, Form, Place, PlacedWarning, ROOT_NAME, Report};

/// The longest row whose quotes may hold line breaks, in bytes. A quote that is not closed by then
/// is a stray one: it costs its own line, not the rest of the file.
const LONGEST_ROW: usize = 64 * 1024;

/// The longest header that is waited for, in bytes.
const LONGEST_HEADER: usize = 64 * 1024;

/// How much of a broken row or odd cell a warning quotes, in characters.
const QUOTED: usize = 300;

/// The place of `password_next_rotation` among the times: alone it lies in the future by nature.
const NEXT_ROTATION: usize = 3;

/// Turns slices of text into a report.
#[derive(Debug)]
pub(super) struct Reader {
    now: Timestamp,
    decoder: Option<Decoder>,
    /// The header in force; `None` until the first row.
    header: Option<Header>,
    /// The header's text, to find it again where files were joined without a line break.
    header_text: Vec<u8>,
    plan: Vec<Step>,
    /// Whether rows of this header can go the fast way.
    fast: bool,
    /// Whether lines end in a carriage return alone.
    returns: Option<bool>,
    /// The beginning of a row whose end is in the next slice.
    carry: Vec<u8>,
    line: u32,
    thorough: Box<csv_core::Reader>,
    fields: Vec<u8>,
    ends: Vec<usize>,
    report: Report,
    places: FxHashMap<Box<str>, u32>,
    accounts: FxHashMap<(Box<str>, Box<str>), u32>,
    words: FxHashMap<Box<str>, u16>,
    word_cache: Vec<Option<(u64, u16)>>,
    last: LastRow,
    /// Whether rows came in an order in which equal ones need not be neighbours.
    unsorted: bool,
    seen_accounts: Vec<bool>,
}

/// What is expected of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    User,
    Arn,
    Time(u8),
    Flag(u8),
    Word(u8),
    Ignore,
}

/// The row before, to see whether rows are sorted and to guess the next ARN.
#[derive(Debug, Default)]
struct LastRow {
    any: bool,
    name: u32,
    name_len: u32,
    place: u32,
    account: u32,
    root: bool,
    /// The first of the rows with this ARN, by number and line.
    first: (u32, u32),
}

/// What became of the bytes at the beginning of a slice.
enum Taken {
    Bytes(usize),
    Incomplete,
}

impl Reader {
    pub(super) fn new(now: Timestamp, decoder: Option<Decoder>) -> Self {
        let nowhere = Place { prefix: String::new(), named: false, account: 0 };
        let nobody = AccountName { id: String::new(), partition: String::new() };
        Self {
            now,
            decoder,
            header: None,
            header_text: Vec::new(),
            plan: Vec::new(),
            fast: false,
            returns: None,
            carry: Vec::new(),
            line: 1,
            thorough: Box::new(csv_core::Reader::new()),
            fields: vec![0; 4096],
            ends: vec![0; 64],
            report: Report {
                file: FileFacts { name: String::new(), bytes: 0, modified: None },
                form: Form::Csv,
                generated: None,
                newest_event: None,
                rows: super::Chunked::default(),
                names: super::Names::default(),
                places: vec![nowhere],
                accounts: vec![nobody],
                words: Vec::new(),
                odd: FxHashMap::default(),
                warnings: Vec::new(),
                more_warnings: 0,
                broken_rows: 0,
                repeated: Vec::new(),
            },
            places: FxHashMap::default(),
            accounts: FxHashMap::default(),
            words: FxHashMap::default(),
            word_cache: vec![None; 64],
            last: LastRow::default(),
            unsorted: false,
            seen_accounts: Vec::new(),
        }
    }

    pub(super) fn rows(&self) -> u64 {
        self.report.rows.len() as u64
    }

    /// Takes the next bytes of the text.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<(), ReadErrorKind> {
        if self.returns.is_none() {
            // Lines that end in a carriage return alone show it in the first few thousand bytes.
            self.carry.extend_from_slice(bytes);
            let line_feed = memchr::memchr(b'\n', &self.carry).is_some();
            if !line_feed && self.carry.len() < LONGEST_HEADER {
                return Ok(());
            }
            self.returns = Some(!line_feed && memchr::memchr(b'\r', &self.carry).is_some());
            let held = std::mem::take(&mut self.carry);
            return self.slice(&held);
        }
        self.slice(bytes)
    }

    fn slice(&mut self, bytes: &[u8]) -> Result<(), ReadErrorKind> {
        if self.returns == Some(true) {
            let lines: Vec<u8> = bytes.iter().map(|b| if *b == b'\r' { b'\n' } else { *b }).collect();
            self.lines(&lines)
        } else {
            self.lines(bytes)
        }
    }

    fn lines(&mut self, mut bytes: &[u8]) -> Result<(), ReadErrorKind> {
        while !self.carry.is_empty() && !bytes.is_empty() {
            let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
            let mut held = std::mem::take(&mut self.carry);
            held.extend_from_slice(&bytes[..end]);
            bytes = &bytes[end..];
            let taken = self.rows_in(&held, false)?;
            held.drain(..taken);
            self.carry = held;
        }
        let taken = self.rows_in(bytes, false)?;
        self.carry.extend_from_slice(&bytes[taken..]);
        Ok(())
    }

    /// The report, when all text was fed.
    pub(super) fn finish(mut self) -> Result<Report, ReadErrorKind> {
        self.finish_in_place()?;
        Ok(self.report)
    }

    fn finish_in_place(&mut self) -> Result<(), ReadErrorKind> {
        let held = std::mem::take(&mut self.carry);
        if self.returns.is_none()
            && memchr::memchr(b'\n', &held).is_none()
            && memchr::memchr(b'\r', &held).is_some()
        {
            self.returns = Some(true);
            self.slice(&held)?;
            let rest = std::mem::take(&mut self.carry);
            self.rows_in(&rest, true)?;
        } else {
            self.rows_in(&held, true)?;
        }
        if self.header.is_none() {
            return Err(ReadErrorKind::Empty);
        }
        if self.report.rows.len() == 0 {
            return Err(ReadErrorKind::NoRows { broken: self.report.broken_rows });
        }
        self.find_repeated_arns();
        self.report.warnings.sort_by_key(|warning| warning.line);
        Ok(())
    }

    /// Reads the rows that are whole: how many bytes these were.
    fn rows_in(&mut self, bytes: &[u8], last: bool) -> Result<usize, ReadErrorKind> {
        let mut at = 0;
        if self.header.is_none() {
            match self.find_header(bytes, last)? {
                Taken::Bytes(taken) => at = taken,
                Taken::Incomplete => return Ok(0),
            }
            if self.header.is_none() {
                return Ok(at);
            }
        }
        while at < bytes.len() {
            let rest = &bytes[at..];
            if self.fast
                && let Some(taken) = self.fast_row(rest)?
            {
                at += taken;
                continue;
            }
            match self.thorough_row(rest, last)? {
                Taken::Bytes(taken) => at += taken,
                Taken::Incomplete => break,
            }
        }
        Ok(at)
    }

    /// Finds the header in the first line that is not blank.
    fn find_header(&mut self, bytes: &[u8], last: bool) -> Result<Taken, ReadErrorKind> {
        let mut at = 0;
        loop {
            let rest = &bytes[at..];
            let end = match memchr::memchr(b'\n', rest) {
                Some(end) => end + 1,
                None if last => rest.len(),
                None if rest.len() > LONGEST_HEADER => rest.len(),
                None => return Ok(if at == 0 { Taken::Incomplete } else { Taken::Bytes(at) }),
            };
            if end == 0 {
                return Ok(Taken::Bytes(at));
            }
            let text = self.text(&rest[..end]);
            at += end;
            self.line += 1;
            if text.trim_matches(['\u{feff}', ' ', '\r', '\n', ',', ';', '\t']).is_empty()
                || is_separator_line(&text)
            {
                continue;
            }
            let header = Header::find(&text).filter(Header::is_report);
            let Some(header) = header else {
                let whole = self.text(&bytes[..bytes.len().min(LONGEST_HEADER)]);
                return Err(recognise::text(&whole));
            };
            self.header_text = text.trim_start_matches('\u{feff}').trim_end().as_bytes().to_vec();
            self.take_header(header, self.line - 1);
            return Ok(Taken::Bytes(at));
        }
    }

    fn take_header(&mut self, header: Header, line: u32) {
        for (name, column) in header.names.iter().zip(&header.columns) {
            if column.is_none() {
                let kind = match Column::from_name(name) {
                    Some(_) => WarningKind::RepeatedColumn,
                    None if name.trim().is_empty() => continue,
                    None => WarningKind::UnknownColumn,
                };
                self.warn(Some(line), Some(name), None, kind);
            }
        }
        self.plan = header
            .columns
            .iter()
            .map(|column| match column.map(Column::cell) {
                Some(CellKind::User) => Step::User,
                Some(CellKind::Arn) => Step::Arn,
                Some(CellKind::Time(place)) => Step::Time(place),
                Some(CellKind::Flag(place)) => Step::Flag(place),
                Some(CellKind::Word(place)) => Step::Word(place),
                None => Step::Ignore,
            })
            .collect();
        self.fast = header.has(Column::User) && header.has(Column::Arn);
        self.thorough = Box::new(csv_core::ReaderBuilder::new().delimiter(header.delimiter).build());
        self.header = Some(header);
    }

    /// Reads a row such as AWS writes it: its length in bytes, or `None` for the thorough way.
    #[inline]
    fn fast_row(&mut self, bytes: &[u8]) -> Result<Option<usize>, ReadErrorKind> {
        let Some(header) = &self.header else { return Ok(None) };
        let delimiter = header.delimiter;
        let mut row = Row::EMPTY;
        let mut zulu = None;
        let (mut name, mut arn): (&[u8], &[u8]) = (&[], &[]);
        let mut at = 0;
        let mut step = 0;
        while step < self.plan.len() {
            let rest = &bytes[at..];
            let len = match self.plan[step] {
                Step::Time(place) => {
                    let Some((code, ends_in_z, len)) = cell::common_time(rest) else {
                        if rest.first() != Some(&delimiter) {
                            return Ok(None);
                        }
                        row.times[usize::from(place)] = time_code::EMPTY;
                        at += 1;
                        step += 1;
                        continue;
                    };
                    if code <= time_code::LAST_TIME {
                        if *zulu.get_or_insert(ends_in_z) != ends_in_z {
                            return Ok(None);
                        }
                    }
                    row.times[usize::from(place)] = code;
                    len
                }
                Step::Flag(place) => {
                    let Some((code, len)) = cell::common_flag(rest) else { return Ok(None) };
                    row.set_flag(place, code);
                    len
                }
                Step::User => {
                    let Some(len) = plain_text(rest, delimiter) else { return Ok(None) };
                    name = &rest[..len];
                    len
                }
                Step::Arn => {
                    // Most often the ARN is the one before with another name at its end.
                    let prefix = self.report.places[self.last.place as usize].prefix.as_bytes();
                    let guess = prefix.len() + name.len();
                    let len = if rest.get(guess) == Some(&delimiter)
                        && rest.starts_with(prefix)
                        && &rest[prefix.len()..guess] == name
                    {
                        guess
                    } else {
                        let Some(len) = plain_text(rest, delimiter) else { return Ok(None) };
                        len
                    };
                    arn = &rest[..len];
                    len
                }
                Step::Word(place) => {
                    if rest.starts_with(b"N/A") {
                        row.words[usize::from(place)] = word_code::NOT_APPLICABLE;
                        3
                    } else {
                        let Some(len) = plain_text(rest, delimiter) else { return Ok(None) };
                        let code = match len {
                            0 => word_code::EMPTY,
                            _ => match self.word(&rest[..len]) {
                                Some(code) => code,
                                None => return Ok(None),
                            },
                        };
                        row.words[usize::from(place)] = code;
                        len
                    }
                }
                Step::Ignore => {
                    let Some(len) = plain_text(rest, delimiter) else { return Ok(None) };
                    len
                }
            };
            at += len;
            step += 1;
            if step < self.plan.len() {
                if bytes.get(at) != Some(&delimiter) {
                    return Ok(None);
                }
                at += 1;
            }
        }
        let end = match &bytes[at..] {
            [b'\n', ..] => at + 1,
            [b'\r', b'\n', ..] => at + 2,
            _ => return Ok(None),
        };
        let (Ok(name), Ok(arn)) = (std::str::from_utf8(name), std::str::from_utf8(arn)) else {
            return Ok(None);
        };
        if name.is_empty() || (name == "user" && arn == "arn") {
            return Ok(None);
        }
        row.zulu = zulu.unwrap_or(true);
        row.line = self.line;
        self.push(row, name, Some(arn), Vec::new())?;
        self.line += 1;
        Ok(Some(end))
    }

    /// Reads a row of any kind.
    fn thorough_row(&mut self, bytes: &[u8], last: bool) -> Result<Taken, ReadErrorKind> {
        let Some(line_end) = memchr::memchr(b'\n', bytes).map(|at| at + 1).or(last.then_some(bytes.len()))
        else {
            if bytes.len() <= LONGEST_ROW {
                return Ok(Taken::Incomplete);
            }
            // A line without an end: its beginning is dropped, and so is each further piece, which
            // is broken likewise.
            self.break_row(self.line, bytes, WarningKind::OpenQuote);
            return Ok(Taken::Bytes(bytes.len()));
        };
        let expected = self.plan.len();
        let line = self.line;
        let end = match self.record_end(bytes, line_end) {
            Some(end) => Some(end),
            None if !last && bytes.len() <= LONGEST_ROW => return Ok(Taken::Incomplete),
            None => None,
        };
        if let Some(end) = end {
            self.split(&bytes[..end]);
        }
        // A quoted cell may hold line breaks; if the row comes out wrong, the quote was a stray
        // one, and the lines after the first are rows of their own.
        let Some(end) = end.filter(|end| *end == line_end || self.ends.len() == expected) else {
            self.line += 1;
            if let Some(start) = self.joined_header(&bytes[..line_end]) {
                return self.split_at_header(bytes, start, line_end);
            }
            self.break_row(line, &bytes[..line_end], WarningKind::OpenQuote);
            return Ok(Taken::Bytes(line_end));
        };
        if self.ends.len() != expected
            && let Some(start) = self.joined_header(&bytes[..end])
        {
            self.line += 1;
            return self.split_at_header(bytes, start, end);
        }
        self.record(line, &bytes[..end])?;
        self.line += memchr::memchr_iter(b'\n', &bytes[..end]).count().max(1) as u32;
        Ok(Taken::Bytes(end))
    }

    /// Where the record ends that begins here: behind its line, or where a quote holds line breaks,
    /// behind a later one. `None` where a quote is open at the end of all that may belong to it.
    fn record_end(&self, bytes: &[u8], line_end: usize) -> Option<usize> {
        if memchr::memchr(b'"', &bytes[..line_end]).is_none() {
            return Some(line_end);
        }
        let delimiter = self.header.as_ref().map_or(b',', |header| header.delimiter);
        let (mut open, mut at_start) = (false, true);
        let mut at = 0;
        while at < bytes.len().min(LONGEST_ROW) {
            match bytes[at] {
                b'"' if open && bytes.get(at + 1) == Some(&b'"') => at += 1,
                b'"' if open => open = false,
                b'"' if at_start => open = true,
                b'\n' if !open => return Some(at + 1),
                _ => {}
            }
            at_start = !open && bytes[at] == delimiter;
            at += 1;
        }
        (!open && at == bytes.len()).then_some(at)
    }

    fn break_row(&mut self, line: u32, raw: &[u8], kind: WarningKind) {
        self.warn(Some(line), None, Some(raw), kind);
        self.report.broken_rows += 1;
    }

    /// Where, behind the beginning of a line, the header stands again: files without a line break
    /// at their end (as the console's are) were joined.
    fn joined_header(&self, line: &[u8]) -> Option<usize> {
        memchr::memmem::find(line, &self.header_text).filter(|at| *at > 0)
    }

    fn split_at_header(&mut self, bytes: &[u8], start: usize, end: usize) -> Result<Taken, ReadErrorKind> {
        let line = self.line - 1;
        if self.record_end(&bytes[..start], start).is_some() {
            self.split(&bytes[..start]);
            self.record(line, &bytes[..start])?;
        } else {
            self.break_row(line, &bytes[..start], WarningKind::OpenQuote);
        }
        Ok(Taken::Bytes(end))
    }

    /// Splits one record into cells.
    fn split(&mut self, record: &[u8]) {
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
                Result::InputEmpty => break,
                Result::Record | Result::End => break,
            }
        }
        self.ends.truncate(ended);
    }

    fn field(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).copied().unwrap_or_default() };
        let end = self.ends.get(index).copied().unwrap_or(start);
        self.fields.get(start..end).unwrap_or_default()
    }

    /// Takes the cells that [`Reader::split`] found.
    fn record(&mut self, line: u32, raw: &[u8]) -> Result<(), ReadErrorKind> {
        let found = self.ends.len();
        let mut cells: Vec<Vec<u8>> = (0..found).map(|index| self.field(index).to_vec()).collect();
        if cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return Ok(());
        }
        let expected = self.plan.len();
        if found > expected && cells[expected..].iter().all(|cell| cell.is_empty()) {
            cells.truncate(expected);
        }
        let mut rejoined = false;
        if cells.len() > expected && !raw.contains(&b'"') {
            rejoined = self.rejoin(&mut cells);
        }
        if cells.len() != expected {
            let kind = WarningKind::CellCount { found: found as u32, expected: expected as u32 };
            self.break_row(line, raw, kind);
            return Ok(());
        }
        if self.is_header(&cells) {
            let text = self.text(raw);
            if let Some(header) = Header::find(&text).filter(Header::is_report)
                && self.header.as_ref() != Some(&header)
            {
                self.take_header(header, line);
            }
            return Ok(());
        }
        self.cells(line, raw, &cells, rejoined)
    }

    /// Whether the cells are the names of columns: a second file was joined to the first.
    fn is_header(&self, cells: &[Vec<u8>]) -> bool {
        let named = |column: Column| {
            self.header.as_ref().and_then(|h| h.columns.iter().position(|c| *c == Some(column))).is_some_and(
                |at| {
                    cells
                        .get(at)
                        .is_some_and(|cell| cell.trim_ascii().eq_ignore_ascii_case(column.name().as_bytes()))
                },
            )
        };
        let columns = self.header.as_ref().map_or(0, Header::known);
        columns > 1 && (named(Column::User) || named(Column::Arn)) && {
            let matching = Column::ALL.iter().filter(|column| named(**column)).count();
            matching * 2 > columns
        }
    }

    /// Puts a row together whose name holds commas that nobody quoted: the ARN tells where the
    /// name ends, and it ends in the name itself.
    fn rejoin(&self, cells: &mut Vec<Vec<u8>>) -> bool {
        let Some(header) = &self.header else { return false };
        let place = |column| header.columns.iter().position(|c| *c == Some(column));
        let extra = cells.len() - self.plan.len();
        let delimiter = header.delimiter;
        match (place(Column::User), place(Column::Arn)) {
            (Some(user), Some(arn)) if user < arn => {
                let Some(start) = (arn..cells.len()).find(|at| cells[*at].starts_with(b"arn:")) else {
                    return false;
                };
                let in_name = start - arn;
                let Some(in_arn) = extra.checked_sub(in_name) else { return false };
                join(cells, start, in_arn, delimiter);
                join(cells, user, in_name, delimiter);
                cells[arn].ends_with(&cells[user])
            }
            (Some(user), None) => {
                join(cells, user, extra, delimiter);
                true
            }
            (None, Some(arn)) => {
                join(cells, arn, extra, delimiter);
                cells[arn].starts_with(b"arn:")
            }
            _ => false,
        }
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
            if std::str::from_utf8(cell).is_err() {
                self.warn(Some(line), Some(column.name()), Some(cell), WarningKind::Encoding);
            }
            let text = self.text(cell);
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
                        let kind = WarningKind::Time(super::TimeError::Unreadable);
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
        let name = match name.filter(|name| !name.trim().is_empty()) {
            Some(name) => name,
            None => match arn.as_deref().and_then(name_in_arn) {
                Some(name) => name.to_owned(),
                None => {
                    self.break_row(line, raw, WarningKind::NoUser);
                    return Ok(());
                }
            },
        };
        if rejoined {
            self.warn(
                Some(line),
                Some(Column::User.name()),
                Some(name.as_bytes()),
                WarningKind::CommasInName,
            );
        }
        self.push(row, &name, arn.as_deref(), odd)
    }

    /// Keeps a row.
    #[inline]
    fn push(
        &mut self,
        mut row: Row,
        name: &str,
        arn: Option<&str>,
        odd: Vec<(Column, OddCell)>,
    ) -> Result<(), ReadErrorKind> {
        let index = u32::try_from(self.report.rows.len()).map_err(|_| ReadErrorKind::TooManyRows)?;
        row.name = self.report.names.push(name).ok_or(ReadErrorKind::TooManyRows)?;
        row.name_len = name.len() as u32;
        row.root = name == ROOT_NAME;
        if let Some(arn) = arn {
            row.root |= arn.ends_with(":root");
            row.place = self.place(&row, index, name, arn);
        }
        for (column, cell) in odd {
            if let (CellKind::Time(place), Meaning::Time(time)) = (column.cell(), cell.meaning)
                && usize::from(place) != NEXT_ROTATION
            {
                self.note_event(time);
            }
            self.report.odd.insert((index, column), cell);
        }
        let mut newest = 0;
        let now = u32::try_from(self.now.unix().max(0)).unwrap_or(u32::MAX).min(time_code::LAST_TIME);
        for place in 0..TIMES {
            let time = row.times[place];
            if place != NEXT_ROTATION && time <= now && time > newest {
                newest = time;
            }
        }
        if newest > 0 {
            self.note_event(Timestamp::from_unix(newest.into()));
        }
        self.note_order(&row, index, name);
        self.report.rows.push(row);
        Ok(())
    }

    fn note_event(&mut self, time: Timestamp) {
        if time <= self.now && self.report.newest_event.is_none_or(|newest| time > newest) {
            self.report.newest_event = Some(time);
        }
    }

    /// Sees whether rows are sorted as AWS sorts them: root first, then names ignoring case. Equal
    /// ARNs are neighbours then, and need no search.
    fn note_order(&mut self, row: &Row, index: u32, name: &str) {
        let mut first = (index, row.line);
        let account = self.report.places[row.place as usize].account;
        if self.last.any && self.last.account == account && !row.root {
            let before = self.report.names.get(self.last.name, self.last.name_len);
            if !self.last.root {
                match compare_ignoring_case(before, name) {
                    Ordering::Less => {}
                    Ordering::Equal if before == name && self.last.place == row.place => {
                        first = self.last.first;
                        if !self.unsorted {
                            self.note_repeated(index, row.line, first, name);
                        }
                    }
                    _ => self.unsorted = true,
                }
            }
        } else {
            let number = account as usize;
            if self.seen_accounts.len() <= number {
                self.seen_accounts.resize(number + 1, false);
            }
            self.unsorted |= std::mem::replace(&mut self.seen_accounts[number], true);
        }
        self.last = LastRow {
            any: true,
            name: row.name,
            name_len: row.name_len,
            place: row.place,
            account,
            root: row.root,
            first,
        };
    }

    /// Finds equal ARNs in a report that is not sorted.
    fn find_repeated_arns(&mut self) {
        if !self.unsorted {
            return;
        }
        self.report.warnings.retain(|warning| !matches!(warning.kind, WarningKind::RepeatedArn { .. }));
        self.report.repeated.clear();
        let mut firsts: FxHashMap<(u32, &str), (u32, u32)> = FxHashMap::default();
        let mut repeated = Vec::new();
        for (index, row) in self.report.rows.iter().enumerate() {
            let name = self.report.names.get(row.name, row.name_len);
            let here = (index as u32, row.line);
            let first = *firsts.entry((row.place, name)).or_insert(here);
            if first != here {
                repeated.push((here, first, name.to_owned()));
            }
        }
        for ((index, line), first, name) in repeated {
            self.note_repeated(index, line, first, &name);
        }
    }

    fn note_repeated(&mut self, index: u32, line: u32, (first, first_line): (u32, u32), name: &str) {
        self.report.repeated.push((index, first));
        let kind = WarningKind::RepeatedArn { first_line };
        self.warn(Some(line), Some(Column::Arn.name()), Some(name.as_bytes()), kind);
    }

    /// The number of the place that an ARN names.
    fn place(&mut self, row: &Row, index: u32, name: &str, arn: &str) -> u32 {
        let last = &self.report.places[self.last.place as usize];
        if last.named
            && let Some(rest) = arn.strip_prefix(last.prefix.as_str())
            && rest == name
        {
            return self.last.place;
        }
        let parts = AccountName::of(arn);
        let path = arn.splitn(6, ':').nth(5).unwrap_or_default();
        let (prefix, named) = match &parts {
            Some(_) if path == "root" => (arn, false),
            Some(_) if path.starts_with("user/") && arn.ends_with(&format!("/{name}")) => {
                (&arn[..arn.len() - name.len()], true)
            }
            // The ARN cannot be put together again from place and name: it stands aside.
            _ => {
                if !arn.is_empty() {
                    let kind = if parts.is_some() { WarningKind::ArnOfOther } else { WarningKind::Arn };
                    self.warn(Some(row.line), Some(Column::Arn.name()), Some(arn.as_bytes()), kind);
                    let cell = OddCell { raw: arn.into(), meaning: Meaning::Word };
                    self.report.odd.insert((index, Column::Arn), cell);
                }
                ("", false)
            }
        };
        let account = self.account(parts.as_ref());
        let key: Box<str> = if prefix.is_empty() { format!("#{account}").into() } else { prefix.into() };
        if account == 0 && prefix.is_empty() {
            return 0;
        }
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        let place = self.report.places.len() as u32;
        self.report.places.push(Place { prefix: prefix.to_owned(), named, account });
        self.places.insert(key, place);
        place
    }

    fn account(&mut self, parts: Option<&AccountName>) -> u32 {
        let Some(parts) = parts else { return 0 };
        let key = (parts.partition.as_str().into(), parts.id.as_str().into());
        if let Some(account) = self.accounts.get(&key) {
            return *account;
        }
        let account = self.report.accounts.len() as u32;
        self.report.accounts.push(parts.clone());
        self.accounts.insert(key, account);
        account
    }

    /// The number of a word; `None` where it is no UTF-8 or there are too many.
    #[inline]
    fn word(&mut self, bytes: &[u8]) -> Option<u16> {
        // Regions and services repeat all the time: a few bytes of each find its number at once.
        let key = fingerprint(bytes);
        let slot = key.map(|key| (key ^ (key >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) as usize >> 26 & 63);
        if let (Some(key), Some(slot)) = (key, slot)
            && let Some((known, code)) = self.word_cache[slot]
            && known == key
            && self.report.words.get(usize::from(code)).is_some_and(|word| word.as_bytes() == bytes)
        {
            return Some(code);
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let code = match self.words.get(text) {
            Some(code) => *code,
            None => {
                let code =
                    u16::try_from(self.report.words.len()).ok().filter(|c| *c <= word_code::LAST_WORD)?;
                self.report.words.push(text.into());
                self.words.insert(text.into(), code);
                code
            }
        };
        if let (Some(key), Some(slot)) = (key, slot) {
            self.word_cache[slot] = Some((key, code));
        }
        Some(code)
    }

    fn text(&self, bytes: &[u8]) -> String {
        match (std::str::from_utf8(bytes), self.decoder) {
            (Ok(text), _) => text.to_owned(),
            (Err(_), Some(decoder)) => decoder(bytes),
            (Err(_), None) => String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    fn warn(&mut self, line: Option<u32>, column: Option<&str>, value: Option<&[u8]>, kind: WarningKind) {
        if self.report.warnings.len() >= Report::MOST_WARNINGS {
            self.report.more_warnings += 1;
            return;
        }
        let value = value.map(|bytes| {
            let bytes = &bytes[..bytes.len().min(QUOTED * 4)];
            let text = self.text(bytes);
            let text = text.trim_end_matches(['\r', '\n']);
            match text.char_indices().nth(QUOTED) {
                Some((end, _)) => format!("{}…", &text[..end]).into(),
                None => text.into(),
            }
        });
        self.report.warnings.push(PlacedWarning { line, column: column.map(Into::into), value, kind });
    }
}

impl AccountName {
    /// Partition and account of `arn:aws:iam::123456789012:…`.
    fn of(arn: &str) -> Option<Self> {
        let mut parts = arn.splitn(6, ':');
        let (scheme, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (_, id, resource) = (parts.next()?, parts.next()?, parts.next()?);
        let is_id = id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit());
        (scheme == "arn" && service == "iam" && !partition.is_empty() && is_id && !resource.is_empty())
            .then(|| Self { id: id.to_owned(), partition: partition.to_owned() })
    }
}

/// The user's name at the end of an ARN.
fn name_in_arn(arn: &str) -> Option<&str> {
    let resource = arn.splitn(6, ':').nth(5)?;
    if resource == "root" {
        return Some(ROOT_NAME);
    }
    resource.strip_prefix("user/")?.rsplit('/').next().filter(|name| !name.is_empty())
}

/// The length of a cell that is plain ASCII without a quote; `None` for any other, and for one
/// that does not end.
#[inline]
fn plain_text(bytes: &[u8], delimiter: u8) -> Option<usize> {
    for (at, &byte) in bytes.iter().enumerate() {
        if byte == delimiter || byte == b'\n' || byte == b'\r' {
            return Some(at);
        }
        if byte == b'"' || byte >= 0x80 {
            return None;
        }
    }
    None
}

/// A number that tells short words apart; `None` for one that is too short to have it.
#[inline]
fn fingerprint(bytes: &[u8]) -> Option<u64> {
    let (first, last) = (bytes.first_chunk::<2>()?, bytes.last_chunk::<2>()?);
    let middle = bytes[bytes.len() / 2];
    Some(
        u64::from(u16::from_le_bytes(*first))
            | u64::from(u16::from_le_bytes(*last)) << 16
            | u64::from(middle) << 32
            | (bytes.len() as u64 & 0xff) << 40,
    )
}

/// Joins a cell with so many that follow it.
fn join(cells: &mut Vec<Vec<u8>>, at: usize, more: usize, delimiter: u8) {
    if more == 0 || at + more >= cells.len() {
        return;
    }
    let joined = cells[at..=at + more].join(&delimiter);
    cells.splice(at..=at + more, [joined]);
}

/// The order of names as AWS sorts them.
pub(crate) fn compare_ignoring_case(a: &str, b: &str) -> Ordering {
    a.bytes().map(|b| b.to_ascii_lowercase()).cmp(b.bytes().map(|b| b.to_ascii_lowercase()))
}
