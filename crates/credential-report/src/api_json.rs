//! The API's answer as JSON, read as it comes: its `Content` goes on to the reader, and only what
//! stands round it is kept.

use super::base64::Base64;
use super::error::{Lookalike, ReadErrorKind};
use super::input::{HEAD, table};
use super::reader::Reader;
use super::recognise::Answer;
use super::report::Report;
use super::time::Timestamp;

/// The most that may stand round the content, in bytes: it is held in memory whole. No answer of the
/// API has more than some hundred.
const MOST_ROUND: usize = 512 << 20;

/// The member that holds the report.
const CONTENT: &[u8] = b"Content";

/// A JSON object of which the text of `Content` is taken out on its way.
#[derive(Debug)]
pub(super) struct ApiJson {
    /// The object with an empty content.
    round: Vec<u8>,
    at: At,
    depth: u32,
    /// Whether a colon stands before what comes next in the outermost object.
    is_value: bool,
    /// The last key of the outermost object, as written.
    key: Vec<u8>,
    /// Where the content was taken out: offset in `round`, and how many bytes.
    taken: Option<(usize, usize)>,
    /// The beginning of the content, until its form is told.
    head: Vec<u8>,
    content: Option<Content>,
    /// What was wrong with the content; the object may be broken besides, which is told first.
    trouble: Option<ReadErrorKind>,
    reader: Option<Box<Reader>>,
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
    Content,
    /// Behind a backslash in the content.
    ContentEscape,
    /// Among the four digits of `\u`: how many are there, and what they say so far; before them the
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

/// The form of the content.
#[derive(Debug)]
enum Content {
    Base64(Base64),
    /// A script decoded it already.
    Csv,
}

impl ApiJson {
    pub(super) fn new(reader: Reader) -> Self {
        Self {
            round: Vec::new(),
            at: At::Outside,
            depth: 0,
            is_value: false,
            key: Vec::new(),
            taken: None,
            head: Vec::new(),
            content: None,
            trouble: None,
            reader: Some(Box::new(reader)),
        }
    }

    /// Rows found so far.
    pub(super) fn rows(&self) -> u64 {
        self.reader.as_ref().map_or(0, |reader| reader.rows())
    }

    /// The memory that it takes, in bytes.
    pub(super) fn weight(&self) -> u64 {
        let rows = self.reader.as_ref().map_or(0, |reader| reader.weight());
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
            rest = behind;
        }
        if self.round.len() > MOST_ROUND {
            return Err(ReadErrorKind::NotAReport(Lookalike::Json));
        }
        self.pass_on(&content, false);
        Ok(())
    }

    /// The report, and when it was made, when all bytes were fed.
    pub(super) fn finish(mut self) -> Result<(Report, Option<Timestamp>), ReadErrorKind> {
        let round = std::mem::take(&mut self.round);
        let marked = round.starts_with(b"\xef\xbb\xbf");
        let text = if marked { &round[3..] } else { &round };
        let answer: Answer<'_> = serde_json::from_slice(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => ReadErrorKind::NotAReport(Lookalike::Json),
            _ => ReadErrorKind::BrokenJson { reason: self.reason(&error, text, if marked { 3 } else { 0 }) },
        })?;
        let Some(content) = &answer.content else {
            return Err(ReadErrorKind::NotAReport(answer.lookalike()));
        };
        // Where the key is written with escapes, its text was not taken out.
        self.pass_on(content.as_bytes(), true);
        if let Some(trouble) = self.trouble {
            return Err(trouble);
        }
        let mut reader = self.reader.ok_or(ReadErrorKind::Empty)?;
        if let Some(Content::Base64(base64)) = &mut self.content {
            reader.feed(&base64.finish()?)?;
        }
        let generated = answer.generated.as_ref().and_then(|value| match value {
            serde_json::Value::String(text) => Timestamp::parse(text).ok(),
            // Some tools write seconds since 1970.
            serde_json::Value::Number(number) => {
                // A number beyond the calendar is no time.
                Some(Timestamp::from_unix(number.as_f64()? as i64)).filter(|time| time.is_in_calendar())
            }
            _ => None,
        });
        reader.finish().map(|report| (report, generated))
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
        format!("{what} at line {line} column {column}")
    }

    fn step(&mut self, byte: u8, content: &mut Vec<u8>) {
        match self.at {
            At::Outside => {
                self.round.push(byte);
                match byte {
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                    b':' if self.depth == 1 => self.is_value = true,
                    b',' if self.depth == 1 => self.is_value = false,
                    b'"' if self.depth == 1 && !self.is_value => {
                        self.key.clear();
                        self.at = At::Key;
                    }
                    b'"' if self.depth == 1 && self.key == CONTENT => {
                        self.taken = Some((self.round.len(), 0));
                        self.at = At::Content;
                    }
                    b'"' => self.at = At::Text,
                    _ => {}
                }
            }
            At::Key | At::Text => {
                self.round.push(byte);
                let key = self.at == At::Key;
                match byte {
                    b'"' => self.at = At::Outside,
                    b'\\' => self.at = At::Escaped { key },
                    // A key that is longer is none that is looked for.
                    _ if key && self.key.len() <= CONTENT.len() => self.key.push(byte),
                    _ => {}
                }
            }
            At::Escaped { key } => {
                self.round.push(byte);
                if key {
                    self.key.push(b'\\');
                }
                self.at = if key { At::Key } else { At::Text };
            }
            At::Content => match byte {
                b'"' => {
                    self.round.push(byte);
                    self.at = At::Outside;
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

    /// Gives a part of the content to the reader.
    fn pass_on(&mut self, bytes: &[u8], last: bool) {
        if self.trouble.is_some() {
            return;
        }
        if let Err(trouble) = self.try_to_pass_on(bytes, last) {
            self.trouble = Some(trouble);
            // What was read of it is of no use.
            self.reader = None;
        }
    }

    fn try_to_pass_on(&mut self, bytes: &[u8], last: bool) -> Result<(), ReadErrorKind> {
        let Some(reader) = &mut self.reader else { return Ok(()) };
        let head;
        let bytes = if self.content.is_none() {
            self.head.extend_from_slice(bytes);
            if self.head.len() < HEAD && !last {
                return Ok(());
            }
            head = std::mem::take(&mut self.head);
            let text = String::from_utf8_lossy(&head[..head.len().min(HEAD)]);
            self.content = Some(if table(&text) { Content::Csv } else { Content::Base64(Base64::default()) });
            &head
        } else {
            bytes
        };
        match &mut self.content {
            Some(Content::Base64(base64)) => reader.feed(&base64.decode(bytes)?),
            Some(Content::Csv) => reader.feed(bytes),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, Engine};

    const CSV: &str = "user,mfa_active,x\nann,true,\nbob,false,\"𠮷\\ /\"\n";

    fn read(pieces: &[&[u8]]) -> Result<(Vec<String>, Option<Timestamp>), ReadErrorKind> {
        let mut json = ApiJson::new(Reader::new(Timestamp::from_unix(0), None));
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
        assert_eq!(read("{\"Content\":7}"), Err(ReadErrorKind::NotAReport(Lookalike::Json)));
    }
}
