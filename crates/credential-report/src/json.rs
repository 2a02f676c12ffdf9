//! JSON, read as it comes: the API's answer, several of them, rows as objects, lines as texts. What holds a
//! report goes on to the reader, and only what stands round it is kept.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::content::Content;
use super::error::{OtherFile, ReadErrorKind};
use super::header::{Header, column_of, line_of};
use super::reader::Reader;
use super::recognise::Answer;
use super::report::Report;
use super::sorted;
use super::time::Timestamp;
use super::wrapped::holds_report;

/// The most that may stand round reports in one document, in bytes: it is held in memory whole.
const MAX_ENVELOPE_BYTES: usize = 64 << 20;

/// The member that holds the report.
const CONTENT: &[u8] = b"Content";

/// The member that holds the time when the report was made.
const GENERATED: &[u8] = b"GeneratedTime";

/// How much of a text is looked at for the beginning of a report, in bytes.
const PEEK: usize = 256;

/// The longest object that may be a row, in bytes, and how deep the levels in it may be.
const LONGEST_ROW: usize = 64 * 1024;
const DEEPEST_ROW: u32 = 2;

/// The longest key that is looked at, in bytes.
const LONGEST_KEY: usize = 64;

/// The levels that are followed; deeper ones hold no report.
const LEVELS: usize = 64;

/// JSON documents of which reports are taken out on their way.
#[derive(Debug)]
pub(super) struct Json {
    /// The document without what was taken out.
    round: Vec<u8>,
    at: At,
    levels: Vec<Level>,
    /// Levels beyond those that are followed.
    beyond: u32,
    /// Where in the document the last content was taken out: offset in `round`, and how many bytes.
    taken: Option<(usize, usize)>,
    /// The line of the file, from 1, and the one in which the document begins.
    line: u32,
    first_line: u32,
    content: Option<Content>,
    /// How many rows there were before the content.
    rows_before: u64,
    /// The level and the key of texts that are lines of a report, each one.
    lines: Option<(usize, Vec<u8>)>,
    /// The names under which the last row was read.
    names: Vec<String>,
    /// Whether the document held a report, and whether one before it did.
    has_report: bool,
    had_report: bool,
    generated: Option<Timestamp>,
    /// What the first document is, that holds no report.
    other: Option<OtherFile>,
    /// Why a document is no JSON.
    broken: Option<ReadErrorKind>,
    /// What was wrong with a content; the document may be broken besides, which is told first.
    trouble: Option<ReadErrorKind>,
    reader: Option<Box<Reader>>,
}

/// An object or a list that is open.
#[derive(Debug, Default)]
struct Level {
    is_object: bool,
    /// Whether a colon stands before what comes next.
    is_value: bool,
    /// The last key, as written.
    key: Vec<u8>,
    /// Where it begins in `round`, and in which line.
    start: usize,
    line: u32,
    /// How many of its keys are columns of a report.
    columns: u32,
    /// The levels in it.
    height: u32,
}

/// Where in the JSON the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Outside,
    Key,
    Text,
    /// Behind a backslash in a text, or in a key.
    Escaped {
        key: bool,
    },
    /// At the beginning of a text, which may turn out to be a content: where that is in `round`, and
    /// whether a backslash stands before.
    Peek {
        start: usize,
        is_escaped: bool,
    },
    Content,
    /// Behind a backslash in the content.
    ContentEscape,
    /// Among the four digits of `\\u`: how many are there, and what they say so far; before them the
    /// first half of a pair, or 0.
    ContentUnicode {
        digits: u8,
        unit: u16,
        high: u16,
    },
    /// Behind the first half of a pair, where the second must follow.
    ContentPair {
        high: u16,
        slash: bool,
    },
}

impl Json {
    pub(super) fn new(reader: Reader) -> Self {
        Self {
            round: Vec::new(),
            at: At::Outside,
            levels: Vec::new(),
            beyond: 0,
            taken: None,
            line: 1,
            first_line: 1,
            content: None,
            rows_before: 0,
            lines: None,
            names: Vec::new(),
            has_report: false,
            had_report: false,
            generated: None,
            other: None,
            broken: None,
            trouble: None,
            reader: Some(Box::new(reader)),
        }
    }

    /// Rows found so far.
    pub(super) fn rows(&self) -> u64 {
        self.reader.as_ref().map_or(0, |reader| reader.rows())
    }

    /// The memory that it takes, in bytes.
    pub(super) fn memory_bytes(&self) -> u64 {
        let rows = self.reader.as_ref().map_or(0, |reader| reader.memory_bytes());
        // What is kept, and once more while it grows.
        rows + 2 * self.round.len() as u64
    }

    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<(), ReadErrorKind> {
        let mut content = Vec::new();
        let mut rest = bytes;
        while let Some((&byte, behind)) = rest.split_first() {
            if self.at == At::Content {
                // Most of the file: up to the next byte that means something.
                let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
                let end = end.unwrap_or(rest.len());
                if end > 0 {
                    content.extend_from_slice(&rest[..end]);
                    self.take_out(end);
                    rest = &rest[end..];
                    continue;
                }
            }
            self.step(byte, &mut content);
            self.line += u32::from(byte == b'\n');
            rest = behind;
            if self.round.len() > MAX_ENVELOPE_BYTES {
                return Err(ReadErrorKind::NotAReport(OtherFile::Json));
            }
        }
        self.pass_on(&content);
        Ok(())
    }

    /// The report, and when it was made, when all bytes were fed.
    pub(super) fn finish(mut self) -> Result<(Report, Option<Timestamp>), ReadErrorKind> {
        if let At::Peek { start, .. } = self.at {
            // The text breaks off: whether it is a content no longer matters.
            self.has_report |= holds_report(&self.round[start..]);
        }
        if !self.round.iter().all(u8::is_ascii_whitespace) {
            self.end_document(true);
        }
        if let Some(broken) = self.broken {
            return Err(broken);
        }
        if let Some(trouble) = self.trouble {
            return Err(trouble);
        }
        if !self.had_report {
            return Err(self.other.map_or(ReadErrorKind::Empty, ReadErrorKind::NotAReport));
        }
        let reader = self.reader.ok_or(ReadErrorKind::Empty)?;
        reader.finish().map(|report| (report, self.generated))
    }

    /// Takes the end of a document: sees whether it is JSON, and what it is where it holds no report.
    fn end_document(&mut self, is_cut_off: bool) {
        let round = std::mem::take(&mut self.round);
        let mark = if round.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let text = &round[mark..];
        match serde_json::from_slice::<Answer<'_>>(text) {
            Ok(answer) => {
                self.note_time(answer.generated.as_ref());
                match &answer.content {
                    // Where the key is written with escapes, its text was not taken out.
                    Some(content) if !content.is_empty() || !self.has_report => {
                        self.start_content(Content::of_answer());
                        self.pass_on(content.as_bytes());
                        self.end_content();
                    }
                    Some(_) => {}
                    None if self.has_report => {}
                    None => {
                        self.other.get_or_insert_with(|| answer.other_file());
                    }
                }
            }
            Err(error) if error.classify() == serde_json::error::Category::Data => {
                if !self.has_report {
                    self.other.get_or_insert(OtherFile::Json);
                }
            }
            // A prompt in brackets behind the answer is no JSON, and no part of it.
            Err(_) if !is_cut_off && !self.has_report && self.had_report => {}
            Err(error) => {
                let reason = self.reason(&error, text, mark);
                self.broken.get_or_insert(ReadErrorKind::BrokenJson { reason });
            }
        }
        self.had_report |= self.has_report;
        self.has_report = false;
        self.taken = None;
    }

    fn note_time(&mut self, value: Option<&Value>) {
        let time = value.and_then(|value| match value {
            Value::String(text) => Timestamp::parse(text).ok(),
            // Some tools write seconds since 1970.
            Value::Number(number) => {
                // A number beyond the calendar is no time.
                Some(Timestamp::from_unix(number.as_f64()? as i64)).filter(|time| time.is_in_calendar())
            }
            _ => None,
        });
        self.generated = self.generated.max(time);
    }

    /// What is wrong with the JSON, at its place in the file: the content was taken out before.
    fn reason(&self, error: &serde_json::Error, text: &[u8], mark: usize) -> String {
        let (line, mut column) = (error.line(), error.column());
        if let Some((offset, bytes)) = self.taken {
            let before = &text[..offset.saturating_sub(mark).min(text.len())];
            let newlines = memchr::memchr_iter(b'\n', before).count();
            let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            if line == newlines + 1 && column >= before.len() - start {
                column += bytes;
            }
        }
        let said = error.to_string();
        let what = said.rfind(" at line ").map_or(said.as_str(), |end| &said[..end]);
        format!("{what} at line {} column {column}", line + self.first_line as usize - 1)
    }

    fn step(&mut self, byte: u8, content: &mut Vec<u8>) {
        match self.at {
            At::Outside => self.outside(byte, content),
            At::Key | At::Text => {
                self.round.push(byte);
                let key = self.at == At::Key;
                match byte {
                    b'"' => {
                        self.at = At::Outside;
                        if key {
                            self.end_key();
                        }
                    }
                    b'\\' => self.at = At::Escaped { key },
                    _ if key => self.push_key(byte),
                    _ => {}
                }
            }
            At::Escaped { key } => {
                self.round.push(byte);
                if key {
                    self.push_key(b'\\');
                }
                self.at = if key { At::Key } else { At::Text };
            }
            At::Peek { start, is_escaped } => {
                if byte == b'"' && !is_escaped || self.round.len() - start >= PEEK {
                    self.end_peek(start, is_escaped, byte, content);
                } else {
                    self.round.push(byte);
                    self.at = At::Peek { start, is_escaped: byte == b'\\' && !is_escaped };
                }
            }
            At::Content => match byte {
                b'"' => {
                    self.round.push(byte);
                    self.at = At::Outside;
                    self.pass_on(content);
                    content.clear();
                    self.end_content();
                }
                b'\\' => {
                    self.take_out(1);
                    self.at = At::ContentEscape;
                }
                // No JSON: whoever reads the rest says so.
                _ => self.round.push(byte),
            },
            At::ContentEscape => {
                let plain = match byte {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 8,
                    b'f' => 12,
                    b'"' | b'\\' | b'/' => byte,
                    b'u' => {
                        self.take_out(1);
                        self.at = At::ContentUnicode { digits: 0, unit: 0, high: 0 };
                        return;
                    }
                    _ => {
                        // The backslash was taken out before.
                        if let Some((_, taken)) = &mut self.taken {
                            *taken -= 1;
                        }
                        return self.put_back(&[b'\\', byte]);
                    }
                };
                self.take_out(1);
                content.push(plain);
                self.at = At::Content;
            }
            At::ContentUnicode { digits, unit, high } => {
                let Some(digit) = char::from(byte).to_digit(16) else { return self.put_back(b"\\u!") };
                self.take_out(1);
                let unit = unit << 4 | digit as u16;
                if digits < 3 {
                    self.at = At::ContentUnicode { digits: digits + 1, unit, high };
                    return;
                }
                let units = [high, unit];
                let units = if high == 0 { &units[1..] } else { &units[..] };
                match char::decode_utf16(units.iter().copied()).next() {
                    Some(Ok(letter)) => {
                        content.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                        self.at = At::Content;
                    }
                    Some(Err(_)) if high == 0 && (0xd800..0xdc00).contains(&unit) => {
                        self.at = At::ContentPair { high: unit, slash: false };
                    }
                    _ => self.put_back(b"\\ud800"),
                }
            }
            At::ContentPair { high, slash } => match (byte, slash) {
                (b'\\', false) => {
                    self.take_out(1);
                    self.at = At::ContentPair { high, slash: true };
                }
                (b'u', true) => {
                    self.take_out(1);
                    self.at = At::ContentUnicode { digits: 0, unit: 0, high };
                }
                _ => self.put_back(b"\\ud800"),
            },
        }
    }

    fn outside(&mut self, byte: u8, content: &mut Vec<u8>) {
        if self.levels.is_empty() && self.beyond == 0 {
            // Text between documents belongs to none of them.
            match byte {
                b'{' | b'[' => self.first_line = self.line,
                _ if self.had_report || self.other.is_some() => return,
                _ => {}
            }
        }
        self.round.push(byte);
        match byte {
            b'{' | b'[' => self.open(byte == b'{'),
            b'}' | b']' => self.close(),
            b':' => self.expect(true),
            b',' => self.expect(false),
            b'"' => {
                let depth = self.levels.len();
                let level = self.levels.last().filter(|_| self.beyond == 0);
                self.at = match level {
                    None => At::Text,
                    Some(level) if level.is_object && !level.is_value => At::Key,
                    Some(level) if depth == 1 && level.is_object && level.key == CONTENT => {
                        self.taken = Some((self.round.len(), 0));
                        self.pass_on(content);
                        content.clear();
                        self.start_content(Content::of_answer());
                        At::Content
                    }
                    Some(_) => At::Peek { start: self.round.len(), is_escaped: false },
                };
                if self.at == At::Key
                    && let Some(level) = self.levels.last_mut()
                {
                    level.key.clear();
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, is_object: bool) {
        if self.levels.len() == LEVELS {
            self.beyond += 1;
            return;
        }
        let start = self.round.len() - 1;
        self.levels.push(Level { is_object, start, line: self.line, ..Level::default() });
    }

    fn close(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let Some(level) = self.levels.pop() else { return };
        if let Some(outer) = self.levels.last_mut() {
            outer.height = outer.height.max(level.height + 1);
        }
        if level.is_object && level.columns > 1 {
            self.take_row(&level);
        }
        if self.levels.is_empty() {
            self.end_document(false);
        }
    }

    fn expect(&mut self, value: bool) {
        if let Some(level) = self.levels.last_mut().filter(|_| self.beyond == 0) {
            level.is_value = value;
        }
    }

    fn push_key(&mut self, byte: u8) {
        // A key that is longer is none that is looked for.
        if let Some(level) = self.levels.last_mut().filter(|level| level.key.len() <= LONGEST_KEY) {
            level.key.push(byte);
        }
    }

    fn end_key(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            let name = std::str::from_utf8(&level.key).unwrap_or_default();
            level.columns += u32::from(column_of(name).is_some());
        }
    }

    /// Decides whether a text holds a report: by the beginning that was looked at, before this byte.
    fn end_peek(&mut self, start: usize, is_escaped: bool, byte: u8, content: &mut Vec<u8>) {
        let depth = self.levels.len();
        let key = self.levels.last().map(|level| level.key.clone()).unwrap_or_default();
        let begins = holds_report(&self.round[start..]);
        let is_line = !begins && self.lines.as_ref().is_some_and(|lines| lines.0 == depth && lines.1 == key);
        let is_content = begins || is_line;
        if !is_content {
            if key == GENERATED {
                let text = String::from_utf8_lossy(&self.round[start..]).into_owned();
                self.note_time(Some(&Value::String(text)));
            }
            self.round.push(byte);
            self.at = match byte {
                b'"' if !is_escaped => At::Outside,
                _ if is_escaped => At::Text,
                b'\\' => At::Escaped { key: false },
                _ => At::Text,
            };
            return;
        }
        let text = self.round.split_off(start);
        self.taken = Some((start, 0));
        self.pass_on(content);
        content.clear();
        let line = self.line;
        if is_line && let Some(reader) = &mut self.reader {
            reader.at_line(line);
        }
        self.start_content(if is_line { Content::rows() } else { Content::new() });
        self.at = At::Content;
        for &byte in text.iter().chain([&byte]) {
            if self.at == At::Content && !matches!(byte, b'"' | b'\\' | 0..=0x1f) {
                content.push(byte);
                self.take_out(1);
            } else {
                self.step(byte, content);
            }
        }
    }

    /// Reads an object as a row, where it is one.
    fn take_row(&mut self, level: &Level) {
        let is_small = self.round.len() - level.start <= LONGEST_ROW && level.height <= DEEPEST_ROW;
        let is_row = |row: &Row| Header::of_names(b',', row.0.keys().cloned().collect()).is_report();
        let row = serde_json::from_slice::<Row>(&self.round[level.start..]);
        let Some(row) = row.ok().filter(|row| is_small && is_row(row)) else { return };
        let is_resource = self.levels.iter().any(|level| level.key.starts_with(b"c7n:"));
        let (Some(reader), false) = (&mut self.reader, is_resource) else { return };
        let mut row: Vec<(String, Value)> = row.0.into_iter().collect();
        sorted::sort_by(&mut row, |(a, _), (b, _)| a.cmp(b));
        let (names, cells): (Vec<String>, Vec<String>) =
            row.into_iter().map(|(name, value)| (name, cell(value))).unzip();
        let mut fed = Ok(());
        reader.at_line(level.line);
        if names != self.names || !reader.has_header() {
            fed = reader.feed(&line_of(names.iter().map(String::as_str)));
            self.names = names;
        }
        reader.at_line(level.line);
        if let Err(trouble) = fed.and_then(|()| reader.feed(&line_of(cells.iter().map(String::as_str)))) {
            self.trouble.get_or_insert(trouble);
        }
        self.has_report = true;
        self.round.truncate(level.start);
        self.round.extend_from_slice(b"{}");
    }

    fn take_out(&mut self, bytes: usize) {
        if let Some((_, taken)) = &mut self.taken {
            *taken += bytes;
        }
    }

    /// Leaves an escape that is none in the content, so that whoever reads the rest says so.
    fn put_back(&mut self, escape: &[u8]) {
        self.round.extend_from_slice(escape);
        self.at = At::Content;
    }

    fn start_content(&mut self, content: Content) {
        self.content = Some(content);
        self.rows_before = self.rows();
        self.has_report = true;
    }

    /// Gives a part of the content to the reader.
    fn pass_on(&mut self, bytes: &[u8]) {
        let (Some(content), Some(reader)) = (&mut self.content, &mut self.reader) else { return };
        if self.trouble.is_none()
            && let Err(trouble) = content.feed(bytes, reader)
        {
            self.trouble = Some(trouble);
        }
    }

    /// Takes the end of a content.
    fn end_content(&mut self) {
        let (Some(mut content), Some(reader)) = (self.content.take(), &mut self.reader) else { return };
        if self.trouble.is_some() {
            return;
        }
        match content.end(reader).and_then(|time| reader.end_line().map(|()| time)) {
            Ok(time) => self.generated = self.generated.max(time),
            Err(trouble) => self.trouble = Some(trouble),
        }
        // A header alone: what stands in its place next is a row.
        if reader.rows() == self.rows_before && reader.has_header() && self.lines.is_none() {
            let key = self.levels.last().map(|level| level.key.clone()).unwrap_or_default();
            self.lines = Some((self.levels.len(), key));
        }
    }
}

/// A row as an object, by name.
#[derive(Deserialize)]
struct Row(Map<String, Value>);

/// The cell that a value stands for.
fn cell(value: Value) -> String {
    match value {
        Value::Null => "N/A".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text,
        // Nothing of a report.
        Value::Array(_) | Value::Object(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, Engine};

    const CSV: &str = "user,mfa_active,x\nann,true,\nbob,false,\"𠮷\\ /\"\n";

    fn read(pieces: &[&[u8]]) -> Result<(Vec<String>, Option<Timestamp>), ReadErrorKind> {
        let mut json = Json::new(Reader::new(Timestamp::from_unix(0), None));
        for piece in pieces {
            json.feed(piece)?;
        }
        let (report, generated) = json.finish()?;
        Ok((report.users().map(|user| user.name().to_owned()).collect(), generated))
    }

    #[test]
    fn every_cut_gives_the_same_report() {
        let base64 = BASE64_STANDARD.encode(CSV);
        let lines: String =
            base64.as_bytes().chunks(8).map(|line| line.escape_ascii().to_string() + "\\n").collect();
        let escaped = serde_json::to_string(CSV).unwrap();
        let unicode: Vec<String> = CSV.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        let unicode = unicode.concat();
        for content in [format!("\"{base64}\""), format!("\"{lines}\""), escaped, format!("\"{unicode}\"")] {
            for text in [
                format!("{{\"Content\": {content}, \"GeneratedTime\": 7}}"),
                format!(
                    "\u{feff}{{\"a\\\"\":[{{\"Content\":\"x\"}},\"Content\"],\n\"GeneratedTime\":7,\"Content\"\n:{content}}}\n"
                ),
                format!("{{\"\\u0043ontent\":{content},\"GeneratedTime\":7}}"),
            ] {
                let bytes = text.as_bytes();
                let expected = Ok((vec!["ann".to_owned(), "bob".to_owned()], Some(Timestamp::from_unix(7))));
                for cut in 0..=bytes.len() {
                    assert_eq!(read(&[&bytes[..cut], &bytes[cut..]]), expected, "{text} cut at {cut}");
                }
                let every: Vec<&[u8]> = bytes.chunks(1).collect();
                assert_eq!(read(&every), expected, "{text}");
            }
        }
    }

    #[test]
    fn broken_json_is_told_at_its_place_in_the_file() {
        let base64 = BASE64_STANDARD.encode(CSV);
        for text in [
            format!("{{\"Content\":\"{base64}\",\"GeneratedTime\" 7}}"),
            format!("{{\n \"Content\":\"{base64}\",\n\"GeneratedTime\":}}"),
            format!("{{\"Content\":\"{base64}"),
            format!("{{\"Content\":\"{base64}\\x\"}}"),
            format!("{{\"Content\":\"{base64}\", \"State\": \"a\tb\"}}"),
        ] {
            let Err(ReadErrorKind::BrokenJson { reason }) = read(&[text.as_bytes()]) else {
                panic!("{text} is read")
            };
            let expected = serde_json::from_str::<serde_json::Value>(&text).unwrap_err().to_string();
            assert_eq!(reason, expected, "{text}");
        }
        for broken in ["\\ud800", "\\ud800\\u0041", "\\ud800x", "\\udc00", "\\u12g4", "a\nb"] {
            let read = read(&[format!("{{\"Content\":\"{broken}\"}}").as_bytes()]);
            assert!(matches!(read, Err(ReadErrorKind::BrokenJson { .. })), "{broken}: {read:?}");
        }
    }

    #[test]
    fn broken_json_comes_before_a_broken_content() {
        let read = |text: &str| read(&[text.as_bytes()]).map(|_| ());
        assert_eq!(read("{\"Content\":\"dXNl*g==\"}"), Err(ReadErrorKind::BrokenBase64 { offset: 4 }));
        assert!(matches!(read("{\"Content\":\"dXNl*g==\""), Err(ReadErrorKind::BrokenJson { .. })));
        assert_eq!(read("{\"Content\":\"\"}"), Err(ReadErrorKind::Empty));
        assert_eq!(read("{\"Content\":7}"), Err(ReadErrorKind::NotAReport(OtherFile::Json)));
    }
}
