//! Rows of text to a report, slice by slice.
//!
//! A row goes the fast way if its cells are such as AWS writes them: each is then read once, by
//! what is expected of its column. Any other row (quotes, other dates, commas in names, text that
//! is not ASCII) goes the thorough way, through `csv_core`. Both give the same rows; a property
//! test holds them together.

use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::cell::{self, Meaning, OddCell, flag_code, time_code, word_code};
use super::column::{CellKind, Column, TIMES};
use super::error::{Form, ReadErrorKind, WarningKind};
use super::header::Header;
use super::input::{Decoder, FileFacts, is_blank_line, is_separator_line};
use super::recognise;
use super::report::{AccountName, Place, PlacedWarning, ROOT_NAME, Report};
use super::rows::{Chunked, Names, Row};
use super::time::Timestamp;

/// The longest row whose quotes may hold line breaks, in bytes. A quote that is not closed by then
/// is a stray one: it costs its own line, not the rest of the file.
const LONGEST_ROW: usize = 64 * 1024;

/// The longest header that is waited for, in bytes.
const LONGEST_HEADER: usize = 64 * 1024;

/// How many beginnings of a header are tried in a line. A line that has more is no row either.
const MOST_STARTS: usize = 64;

/// How much of a broken row or odd cell a warning quotes, in characters.
const QUOTED: usize = 300;

/// The place of `password_last_used` among the times: it alone may say `no_information`.
const LAST_USED: u8 = 1;

/// The place of `password_next_rotation` among the times: alone it lies in the future by nature.
const NEXT_ROTATION: usize = 3;

/// Turns slices of text into a report.
#[derive(Debug)]
pub(super) struct Reader {
    now: Timestamp,
    decoder: Option<Decoder>,
    /// The header in force; `None` until the first row.
    header: Option<Header>,
    plan: Vec<Step>,
    /// Whether rows of this header can go the fast way.
    fast: bool,
    /// The beginning of a row whose end is in the next slice.
    carry: Vec<u8>,
    /// Whether the beginning of the line was dropped, since it is too long, and the rest goes, too.
    dropping: bool,
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
    /// The line of the first of the rows with this ARN.
    first: u32,
}

/// What a row says of its ARN.
#[derive(Debug, Clone, Copy)]
enum Arn<'a> {
    /// Nothing.
    Missing,
    /// This.
    Text(&'a str),
    /// It is that of the row before with this row's name at its end.
    InLastPlace,
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
            plan: Vec::new(),
            fast: false,
            carry: Vec::new(),
            dropping: false,
            line: 1,
            thorough: Box::new(csv_core::Reader::new()),
            fields: vec![0; 4096],
            ends: vec![0; 64],
            report: Report {
                file: FileFacts { name: String::new(), bytes: 0, modified: None },
                form: Form::Csv,
                generated: None,
                newest_event: None,
                rows: Chunked::default(),
                names: Names::default(),
                places: vec![nowhere],
                accounts: vec![nobody],
                words: Vec::new(),
                odd: FxHashMap::default(),
                warnings: Vec::new(),
                more_warnings: 0,
                broken_rows: 0,
                repeated: Vec::new(),
                sorted: false,
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

    pub(super) fn weight(&self) -> u64 {
        self.report.weight()
    }

    /// Takes the next bytes of the text.
    pub(super) fn feed(&mut self, mut bytes: &[u8]) -> Result<(), ReadErrorKind> {
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
        self.rows_in(&held, true)?;
        if self.header.is_none() {
            return Err(ReadErrorKind::Empty);
        }
        if self.report.rows.len() == 0 {
            return Err(ReadErrorKind::NoRows { broken: self.report.broken_rows });
        }
        self.find_repeated_arns();
        self.report.sorted = !self.unsorted && self.report.repeated.is_empty();
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
                && !self.dropping
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
            if rest.is_empty() {
                return Ok(Taken::Bytes(at));
            }
            let head = &rest[..rest.len().min(LONGEST_HEADER)];
            let end = match line_end(head, last) {
                Some(end) => end,
                // A line that is too long is no header, or else its end is of no use.
                None if last || head.len() == LONGEST_HEADER => head.len(),
                None => return Ok(if at == 0 { Taken::Incomplete } else { Taken::Bytes(at) }),
            };
            let text = self.text(&rest[..end]);
            at += end;
            self.line += 1;
            if is_blank_line(&text) || is_separator_line(&text) {
                continue;
            }
            let header = Header::find(&text).filter(Header::is_report);
            let Some(header) = header else {
                let whole = self.text(&bytes[..bytes.len().min(LONGEST_HEADER)]);
                return Err(recognise::text(&whole));
            };
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
        *self.thorough = csv_core::ReaderBuilder::new().delimiter(header.delimiter).build();
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
        let mut in_last_place = false;
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
                    } else if code == time_code::NO_INFORMATION && place != LAST_USED {
                        return Ok(None);
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
                    let place = &self.report.places[self.last.place as usize];
                    let prefix = place.prefix.as_bytes();
                    let guess = prefix.len() + name.len();
                    in_last_place = place.named
                        && rest.get(guess) == Some(&delimiter)
                        && is_same(&rest[..prefix.len()], prefix)
                        && is_same(&rest[prefix.len()..guess], name);
                    if in_last_place {
                        guess
                    } else {
                        let Some(len) = plain_text(rest, delimiter) else { return Ok(None) };
                        arn = &rest[..len];
                        len
                    }
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
            [b'\r', b'\n', ..] => at + 2,
            [b'\n', ..] | [b'\r', _, ..] => at + 1,
            _ => return Ok(None),
        };
        if end > LONGEST_ROW {
            return Ok(None);
        }
        // Blanks round a text need a look, and so does an ARN that may be the name of its column.
        let is_plain = |text: &str| {
            let ends = [text.bytes().next(), text.bytes().next_back()];
            ends.iter().all(|byte| byte.is_some_and(|byte| byte > b' '))
        };
        let Some(name) = std::str::from_utf8(name).ok().filter(|name| is_plain(name)) else {
            return Ok(None);
        };
        let arn = if in_last_place {
            Arn::InLastPlace
        } else {
            let arn = std::str::from_utf8(arn).ok().filter(|arn| is_plain(arn) && arn.starts_with("arn:"));
            let Some(arn) = arn else { return Ok(None) };
            Arn::Text(arn)
        };
        row.zulu = zulu.unwrap_or(true);
        row.line = self.line;
        self.push(row, name, arn, Vec::new())?;
        self.line += 1;
        Ok(Some(end))
    }

    /// Reads a row of any kind.
    fn thorough_row(&mut self, bytes: &[u8], last: bool) -> Result<Taken, ReadErrorKind> {
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
    fn record_end(&self, bytes: &[u8], first_line: usize, last: bool) -> Option<usize> {
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

    fn break_row(&mut self, line: u32, raw: &[u8], kind: WarningKind) {
        self.warn(Some(line), None, Some(raw), kind);
        self.report.broken_rows += 1;
    }

    /// Whether the cells that [`Reader::split`] found may be the names of columns.
    fn may_be_header(&self) -> bool {
        let is_name = |index: usize| {
            let text = String::from_utf8_lossy(self.field(index));
            Column::from_name(text.trim_start_matches('\u{feff}')).is_some()
        };
        let place = |column| self.header.as_ref().and_then(|header| header.place(column));
        is_name(0) || [Column::User, Column::Arn].into_iter().filter_map(place).any(is_name)
    }

    /// Where in a line a header stands: at its beginning, where files were joined; or behind a row,
    /// where the first of them had no line break at its end, as the console's have none.
    fn header_in(&self, line: &[u8]) -> Option<(usize, Header)> {
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
    fn last_row_of_file(&mut self, line: u32, raw: &[u8]) -> Result<(), ReadErrorKind> {
        if self.record_end(raw, raw.len(), true).is_some() {
            self.split(raw);
            self.record(line, raw)
        } else {
            self.break_row(line, raw, WarningKind::OpenQuote);
            Ok(())
        }
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
                Result::InputEmpty | Result::Record | Result::End => break,
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
                    Err(OddCell { meaning: Meaning::BadTime(super::TimeError::Unreadable), .. })
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

    /// Keeps a row.
    #[inline]
    fn push(
        &mut self,
        mut row: Row,
        name: &str,
        arn: Arn<'_>,
        odd: Vec<(Column, OddCell)>,
    ) -> Result<(), ReadErrorKind> {
        let index = u32::try_from(self.report.rows.len()).map_err(|_| ReadErrorKind::TooManyRows)?;
        row.name = self.report.names.push(name).ok_or(ReadErrorKind::TooManyRows)?;
        row.name_len = name.len() as u32;
        row.root = name == ROOT_NAME;
        match arn {
            Arn::Missing => {}
            Arn::Text(arn) => {
                row.root |= arn.ends_with(":root");
                row.place = self.place(&row, index, name, arn);
            }
            Arn::InLastPlace => {
                row.root |= name.ends_with(":root");
                row.place = self.last.place;
            }
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
        let mut first = row.line;
        let place = &self.report.places[row.place as usize];
        let account = place.account;
        // An ARN that stands aside may be that of any row.
        self.unsorted |= place.prefix.is_empty() && self.report.odd(index, Column::Arn).is_some();
        if self.last.any && self.last.account == account && !row.root {
            let before = self.report.names.get(self.last.name, self.last.name_len);
            if !self.last.root {
                match compare_ignoring_case(before, name) {
                    Ordering::Less => {}
                    Ordering::Equal if before == name && self.last.place == row.place => {
                        first = self.last.first;
                        if !self.unsorted {
                            let arn = (!place.prefix.is_empty()).then(|| format!("{}{name}", place.prefix));
                            self.note_repeated((index, row.line), index - 1, first, arn.as_deref());
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
        let report = &self.report;
        let repeats = if report.odd.keys().any(|(_, column)| *column == Column::Arn) {
            repeats(report.users().map(|user| user.arn().ok_or(user.name())), report)
        } else {
            // Within a place the name tells users apart, without putting their ARNs together.
            let key = |row: &Row| {
                let place = &report.places[row.place as usize];
                let is_told_by_name = place.named || place.prefix.is_empty();
                (row.place, if is_told_by_name { report.names.get(row.name, row.name_len) } else { "" })
            };
            repeats(report.rows.iter().map(key), report)
        };
        for (row, before, first_line) in repeats {
            let arn = self.report.get(row.0).and_then(|user| user.arn());
            self.note_repeated(row, before, first_line, arn.as_deref());
        }
    }

    /// Notes a row (its number and line) of the same ARN as one before. Rows without any ARN may be
    /// of the same name in several accounts, which is nothing to warn of.
    fn note_repeated(&mut self, (index, line): (u32, u32), before: u32, first_line: u32, arn: Option<&str>) {
        self.report.repeated.push((index, before));
        if let Some(arn) = arn {
            let kind = WarningKind::RepeatedArn { first_line };
            self.warn(Some(line), Some(Column::Arn.name()), Some(arn.as_bytes()), kind);
        }
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
        let code = if let Some(code) = self.words.get(text) {
            *code
        } else {
            let code =
                u16::try_from(self.report.words.len()).ok().filter(|code| *code <= word_code::LAST_WORD)?;
            self.report.words.push(text.into());
            self.words.insert(text.into(), code);
            code
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
        let value = value.and_then(|bytes| {
            let text = self.text(&bytes[..bytes.len().min(QUOTED * 4)]);
            let text = text.trim_end_matches(['\r', '\n']);
            // The secret file of an access key may have been joined to the report.
            if recognise::is_access_key(text) {
                return None;
            }
            Some(match text.char_indices().nth(QUOTED) {
                Some((end, _)) => format!("{}…", &text[..end]).into(),
                None => text.into(),
            })
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

/// The rows (number and line) whose key an earlier row has: with the last such row before, and the
/// line of the first.
fn repeats<K: Eq + Hash>(keys: impl Iterator<Item = K>, report: &Report) -> Vec<((u32, u32), u32, u32)> {
    let mut seen: FxHashMap<K, (u32, u32)> = FxHashMap::default();
    let mut repeats = Vec::new();
    for (index, (key, row)) in keys.zip(report.rows.iter()).enumerate() {
        let index = index as u32;
        match seen.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert((index, row.line));
            }
            Entry::Occupied(mut entry) => {
                let (before, first_line) = entry.get_mut();
                repeats.push(((index, row.line), *before, *first_line));
                *before = index;
            }
        }
    }
    repeats
}

/// The user's name at the end of an ARN.
fn name_in_arn(arn: &str) -> Option<&str> {
    let resource = arn.splitn(6, ':').nth(5)?;
    if resource == "root" {
        return Some(ROOT_NAME);
    }
    resource.strip_prefix("user/")?.rsplit('/').next().filter(|name| !name.is_empty())
}

/// Where the first line ends, behind its LF, CR LF or CR; `None` where that is not there. A CR at
/// the very end may be half of a CR LF, unless it is the last byte of all.
fn line_end(bytes: &[u8], last: bool) -> Option<usize> {
    let at = memchr::memchr2(b'\n', b'\r', bytes)?;
    match (bytes[at], bytes.get(at + 1)) {
        (b'\n', _) => Some(at + 1),
        (_, Some(b'\n')) => Some(at + 2),
        (_, Some(_)) => Some(at + 1),
        (_, None) => last.then_some(at + 1),
    }
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

/// The order of names as AWS sorts them.
pub fn compare_ignoring_case(a: &str, b: &str) -> Ordering {
    // Neighbours have much in common, and mostly in the same case.
    for (a, b) in a.bytes().zip(b.bytes()).filter(|(a, b)| a != b) {
        let order = a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase());
        if order.is_ne() {
            return order;
        }
    }
    a.len().cmp(&b.len())
}

/// Whether two texts are the same. Eight bytes at a time: in WASM `==` goes byte by byte.
#[inline]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    let ((chunks_a, rest_a), (chunks_b, rest_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let equal = |(a, b): (&[u8; 8], &[u8; 8])| u64::from_ne_bytes(*a) == u64::from_ne_bytes(*b);
    a.len() == b.len() && chunks_a.iter().zip(chunks_b).all(equal) && rest_a == rest_b
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "user,arn,user_creation_time,mfa_active,additional_credentials_info";

    fn row(name: &str) -> String {
        format!("{name},arn:aws:iam::123456789012:user/{name},2016-05-16T18:13:11+00:00,true,x")
    }

    fn read(pieces: &[&[u8]]) -> Result<Report, ReadErrorKind> {
        let mut reader = Reader::new(Timestamp::from_unix(2_000_000_000), None);
        for piece in pieces {
            reader.feed(piece)?;
        }
        reader.finish()
    }

    /// Names, lines and what is odd.
    fn essence(report: &Report) -> String {
        let row = |user: super::super::User<'_>| {
            let cells: Vec<_> = Column::ALL.iter().map(|column| user.raw(*column)).collect();
            format!("{} {cells:?}\n", user.line())
        };
        let rows: String = report.users().map(row).collect();
        format!("{rows}{:?} {}", report.warnings, report.broken_rows)
    }

    fn names(report: &Report) -> Vec<(&str, u32)> {
        report.users().map(|user| (user.name(), user.line())).collect()
    }

    #[test]
    fn every_cut_gives_the_same_report() {
        let long = "y".repeat(40);
        for text in [
            format!("{HEADER}\n{}\n{}", row("ann"), row("bob")),
            format!("\u{feff}{HEADER}\r\n{}\r\n{}\r\n", row("ann"), row("bob")),
            format!("{HEADER}\r{}\r{}\r", row("ann"), row("bob")),
            format!("sep=,\r\n\r\n{HEADER}\n\n{}\n", row("ann")),
            format!(
                "{HEADER}\n\"an,n\",\"arn:aws:iam::123456789012:user/an,n\",,\"TRUE\",\"a \"\"b\"\"\nc\"\n{}",
                row("bob")
            ),
            format!("{HEADER}\n{}\n\"\"\"\r\n\",a,,,\"\r\"\r\n{}", row("ann"), row("bob")),
            format!("{HEADER}\n\"stray,{}\n{}\n{}", row("ann"), row("bob"), row("cid")),
            format!(
                "{HEADER}\n開発,arn:aws:iam::123456789012:user/開発,2016/5/16 18:13,x,𠮷\n{}",
                row("a,b")
            ),
            format!("{HEADER}\n{}{HEADER}\n{}{HEADER},more\n{},z", row("ann"), row("bob"), row("cid")),
            format!("{HEADER}\n{}\nmfa_active,user\nfalse,dan\n{HEADER}\n{}", row("ann"), row("eve")),
            format!("{HEADER}\nx\n\n,,,,\n{}\n{long}\n{}", row("ann"), row("bob")),
        ] {
            let bytes = text.as_bytes();
            let whole = essence(&read(&[bytes]).unwrap());
            // The header is the same in all of them; its cuts are tried in one.
            let from = if text.starts_with(HEADER) { HEADER.len() - 3 } else { 0 };
            for cut in from..=bytes.len() {
                let parts = read(&[&bytes[..cut], &bytes[cut..]]).unwrap();
                assert_eq!(essence(&parts), whole, "{text:?} cut at {cut}");
            }
            let every: Vec<&[u8]> = bytes.chunks(1).collect();
            assert_eq!(essence(&read(&every).unwrap()), whole, "{text:?}");
        }
    }

    #[test]
    fn lines_may_end_in_several_ways_in_one_file() {
        let text = format!("{HEADER}\r{}\n{}\r\n{}\r\r\n{}", row("ann"), row("bob"), row("cid"), row("dan"));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!(names(&report), [("ann", 2), ("bob", 3), ("cid", 4), ("dan", 6)]);
        assert_eq!(report.warnings, []);
    }

    #[test]
    fn a_quoted_cell_may_hold_line_breaks_and_a_stray_quote_costs_its_line() {
        let text = format!("{HEADER}\n{}\"a\nb\r\nc\"\n{}\n", row("ann").trim_end_matches('x'), row("bob"));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!(names(&report), [("ann", 2), ("bob", 5)]);

        let text =
            format!("{HEADER}\n{}\"a\n{}\n{}\n", row("ann").trim_end_matches('x'), row("bob"), row("cid"));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!(names(&report), [("bob", 3), ("cid", 4)]);
        assert_eq!((report.broken_rows, report.warnings[0].line), (1, Some(2)));
        assert_eq!(report.warnings[0].kind, WarningKind::OpenQuote);
    }

    #[test]
    fn a_line_that_is_too_long_is_one_broken_row_however_it_is_cut() {
        let long = "z".repeat(3 * LONGEST_ROW);
        let open = format!("\"{}", "q\n".repeat(LONGEST_ROW));
        for middle in [long.clone(), format!("{}{long}", row("ann")), format!("\"{long}")] {
            let text = format!("{HEADER}\n{middle}\n{}\n", row("bob"));
            let whole = read(&[text.as_bytes()]).unwrap();
            assert_eq!(names(&whole), [("bob", 3)]);
            assert_eq!((whole.broken_rows, whole.warnings.len()), (1, 1));
            for size in [1000, LONGEST_ROW - 1, LONGEST_ROW, LONGEST_ROW + 1, 2 * LONGEST_ROW] {
                let slices: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
                assert_eq!(essence(&read(&slices).unwrap()), essence(&whole), "{size}");
            }
        }
        let text = format!("{HEADER}\n{open}\n{}\n", row("bob"));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!(report.len(), 1);
        assert_eq!(report.warnings[0].kind, WarningKind::OpenQuote);
    }

    #[test]
    fn a_warning_quotes_no_more_than_so_many_letters_and_no_secret() {
        let text =
            format!("{HEADER}\n{}\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI\n{}", "x".repeat(5000), row("ann"));
        let report = read(&[text.as_bytes()]).unwrap();
        let quoted = report.warnings[0].value.as_deref().map(|value| value.chars().count());
        assert_eq!((quoted, report.warnings[1].value.as_deref()), (Some(QUOTED + 1), None));
    }

    #[test]
    fn warnings_beyond_the_limit_are_counted() {
        let mut text = format!("{HEADER}\n{}\n", row("ann"));
        text.push_str(&"x\n".repeat(Report::MOST_WARNINGS + 7));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!((report.warnings.len(), report.more_warnings), (Report::MOST_WARNINGS, 7));
        assert_eq!(report.broken_rows as usize, Report::MOST_WARNINGS + 7);
    }

    #[test]
    fn a_row_is_the_same_the_fast_way_and_the_thorough_way() {
        let cells =
            ["", "N/A", "no_information", "not_supported", "true", "2016-05-16T18:13:11Z", " ", " x", "x "];
        let header =
            "user,arn,user_creation_time,password_last_used,mfa_active,access_key_1_last_used_region";
        for place in 0..6 {
            for cell in cells {
                let mut row = ["ann", "arn:aws:iam::123456789012:user/ann", "N/A", "N/A", "false", "s3"];
                row[place] = cell;
                let plain = format!("{header}\n{}\n", row.join(","));
                let quoted = format!("{header}\n\"{}\"\n", row.join("\",\""));
                let [plain, quoted] = [plain, quoted].map(|text| read(&[text.as_bytes()]).unwrap());
                assert_eq!(essence(&plain), essence(&quoted), "{cell:?} at {place}");
            }
        }
    }

    #[test]
    fn a_name_is_taken_from_the_arn_where_it_is_missing() {
        for (row, name) in [
            (",arn:aws:iam::123456789012:user/a/b/ann,,true,", Some("ann")),
            ("  ,arn:aws:iam::123456789012:root,,true,", Some(ROOT_NAME)),
            ("\"\",arn:aws:iam::123456789012:group/x,,true,", None),
            (",arn:aws:iam::123456789012:user/,,true,", None),
        ] {
            let text = format!("{HEADER}\n{row}\nzoe,,,,\n");
            let report = read(&[text.as_bytes()]).unwrap();
            let found = names(&report);
            assert_eq!(found.len(), 1 + usize::from(name.is_some()), "{row}");
            match name {
                Some(name) => assert_eq!(found[0], (name, 2)),
                None => assert_eq!(report.warnings[0].kind, WarningKind::NoUser),
            }
        }
    }

    #[test]
    fn equal_arns_are_found_wherever_they_stand() {
        let of = |order: &[&str]| {
            let rows: Vec<String> = order.iter().map(|name| row(name)).collect();
            let report = read(&[format!("{HEADER}\n{}", rows.join("\n")).as_bytes()]).unwrap();
            report.repeated().to_vec()
        };
        assert_eq!(of(&["ann", "ann", "bob"]), [(1, 0)]);
        assert_eq!(of(&["ann", "bob", "ann"]), [(2, 0)]);
        assert_eq!(of(&["bob", "ann", "bob", "bob"]), [(2, 0), (3, 2)]);
        assert_eq!(of(&["ann", "ann", "ann"]), [(1, 0), (2, 1)]);
        // Names are unique ignoring case, but what differs in case is not the same.
        assert_eq!(of(&["ann", "Ann", "ann"]), [(2, 0)]);
    }
}
