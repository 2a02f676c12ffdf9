//! A report within other text: the answer as YAML, XML or a table, what a script printed, a log, what was
//! copied from a terminal.
//!
//! Whatever stands round it, the report is told by how it begins: by its header, or by the base64 of that.
//! Text before the first of them goes to the reader, which knows rows without a header, too.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::error::ReadErrorKind;
use super::header::arns_of_iam;
use super::reader::Reader;
use super::time::Timestamp;

/// How the header begins, and how its base64 does.
const TEXT: &[u8] = b"user,arn,";
const BASE64: &[u8] = b"dXNlcixhcm4";

/// What the base64 of UTF-8's mark is, which may stand before.
const MARK: &[u8] = b"77u/";

/// How much of a header is waited for, to see how its line ends, in bytes.
const HEADER: usize = 8 * 1024;

/// How much is held back at the end of a slice, so that no anchor and no quote before it is cut.
const HELD: usize = 64;

/// The longest line of base64 that another one may continue, in bytes.
const LONGEST_LINE: usize = 512;

/// How much of the text outside is looked through for a time at once, in bytes.
const OUTSIDE: usize = 64 * 1024;

/// Bits that the last digit has too many, and padding that was dropped, are no trouble.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Whether the beginning of a text holds that of a report.
pub(super) fn holds_report(head: &[u8]) -> bool {
    [TEXT, BASE64].iter().any(|anchor| memchr::memmem::find(head, anchor).is_some())
}

/// Whether the first report that a text holds has its line breaks written out.
pub(super) fn is_escaped(head: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(head, TEXT) else { return false };
    let line = head[at..].split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    escape_level(&line[..line.len().min(HEADER)]).is_some()
}

/// A text in which reports are sought.
#[derive(Debug, Default)]
pub(super) struct Wrapped {
    at: At,
    /// Text that is not decided yet.
    held: Vec<u8>,
    /// A line outside of reports, after the first of them.
    line: Vec<u8>,
    /// Text outside in which no time was sought yet.
    outside: Vec<u8>,
    /// How many reports were taken out of other text.
    found: u32,
    is_base64: bool,
    generated: Option<Timestamp>,
}

#[derive(Debug, Default)]
enum At {
    #[default]
    Outside,
    /// Behind a tab that ends the base64, where `--output text` has the time.
    Time,
    /// Rows, to the end.
    Rows,
    Escaped(Escaped),
    Base64(Run),
}

/// A report whose line breaks are written out.
#[derive(Debug)]
struct Escaped {
    /// How many backslashes an escape has: text within text has more.
    level: usize,
    /// The quote that ends it; without one a line break does.
    quote: Option<u8>,
    /// Whether `\x` stands for a byte, not for a letter.
    are_bytes: bool,
}

/// Base64 on its way.
#[derive(Debug, Default)]
struct Run {
    /// Digits that are not decoded yet.
    pending: Vec<u8>,
    /// How many digits came before.
    decoded: u64,
    /// The digits of this line, and of the first.
    line: usize,
    first_line: Option<usize>,
    is_behind_line: bool,
}

/// What became of held text.
enum Step {
    /// So many bytes are done.
    Took(usize),
    /// More is needed.
    Wait,
}

impl Wrapped {
    pub(super) fn is_base64(&self) -> bool {
        self.is_base64
    }

    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], reader: &mut Reader) -> Result<(), ReadErrorKind> {
        if matches!(self.at, At::Rows) {
            return reader.feed(bytes);
        }
        self.held.extend_from_slice(bytes);
        self.go_on(reader, false)
    }

    /// Takes the end: when the report was made, where the text tells.
    pub(super) fn end(&mut self, reader: &mut Reader) -> Result<Option<Timestamp>, ReadErrorKind> {
        self.go_on(reader, true)?;
        if let At::Base64(run) = std::mem::take(&mut self.at) {
            self.end_base64(run, reader)?;
        }
        self.end_line(reader)?;
        self.seek_time();
        Ok(self.generated)
    }

    fn go_on(&mut self, reader: &mut Reader, last: bool) -> Result<(), ReadErrorKind> {
        let held = std::mem::take(&mut self.held);
        let mut rest = held.as_slice();
        while !rest.is_empty() {
            let step = match std::mem::take(&mut self.at) {
                At::Outside => self.outside(rest, reader, last)?,
                At::Time => self.time(rest, last),
                At::Rows => {
                    self.at = At::Rows;
                    reader.feed(rest)?;
                    Step::Took(rest.len())
                }
                At::Escaped(escaped) => self.escaped(rest, escaped, reader, last)?,
                At::Base64(run) => self.base64(rest, run, reader, last)?,
            };
            match step {
                Step::Took(bytes) => rest = &rest[bytes..],
                Step::Wait => break,
            }
        }
        self.held = rest.to_vec();
        Ok(())
    }

    /// Looks for the beginning of a report.
    fn outside(&mut self, text: &[u8], reader: &mut Reader, last: bool) -> Result<Step, ReadErrorKind> {
        let find = |anchor: &[u8]| memchr::memmem::find(text, anchor);
        let (header, base64) = (find(TEXT), find(BASE64));
        let Some(at) = header.into_iter().chain(base64).min() else {
            let pass = if last { text.len() } else { text.len().saturating_sub(HELD) };
            self.pass(&text[..pass], reader)?;
            return Ok(if pass == 0 { Step::Wait } else { Step::Took(pass) });
        };
        if header != Some(at) {
            self.pass(text[..at].strip_suffix(MARK).unwrap_or(&text[..at]), reader)?;
            self.end_line(reader)?;
            self.is_base64 |= self.found == 0;
            self.at = At::Base64(Run::default());
            return Ok(Step::Took(at));
        }
        let rest = &text[at..];
        let line_end = memchr::memchr2(b'\n', b'\r', rest);
        let line = &rest[..line_end.unwrap_or(rest.len()).min(HEADER)];
        if let Some(level) = escape_level(line) {
            let before = &text[..at];
            let before = before.strip_suffix(b"\xef\xbb\xbf").unwrap_or(before);
            let quote = before.last().copied().filter(|byte| matches!(byte, b'"' | b'\''));
            let are_bytes =
                quote.is_some() && before.iter().nth_back(1).is_some_and(|byte| matches!(byte, b'b' | b'B'));
            self.pass(before, reader)?;
            self.end_line(reader)?;
            self.at = At::Escaped(Escaped { level, quote, are_bytes });
            return Ok(Step::Took(at));
        }
        if line_end.is_none() && rest.len() < HEADER && !last {
            let pass = at.saturating_sub(HELD);
            self.pass(&text[..pass], reader)?;
            return Ok(if pass == 0 { Step::Wait } else { Step::Took(pass) });
        }
        if self.found == 0 {
            // The reader sees the line whole: it may be a quoted one.
            self.pass(&text[..at], reader)?;
        } else {
            self.line.clear();
            reader.end_line()?;
        }
        self.seek_time();
        self.at = At::Rows;
        Ok(Step::Took(at))
    }

    /// Passes text on that stands outside. Behind a report only what looks like a row of one goes on.
    fn pass(&mut self, text: &[u8], reader: &mut Reader) -> Result<(), ReadErrorKind> {
        self.outside.extend_from_slice(text);
        if self.outside.len() > OUTSIDE {
            self.seek_time();
        }
        if self.found == 0 {
            return reader.feed(text);
        }
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            if self.line.len() < HEADER {
                self.line.extend_from_slice(line);
            }
            if line.ends_with(b"\n") {
                self.end_line(reader)?;
            }
        }
        Ok(())
    }

    /// Ends a line outside.
    fn end_line(&mut self, reader: &mut Reader) -> Result<(), ReadErrorKind> {
        if self.found == 0 {
            return reader.end_line();
        }
        let line = std::mem::take(&mut self.line);
        if arns_of_iam(&line) > 0 {
            reader.feed(&line)?;
            reader.end_line()?;
        }
        Ok(())
    }

    fn time(&mut self, text: &[u8], last: bool) -> Step {
        let end = text.iter().position(|byte| matches!(byte, b'\t' | b'\n'));
        if end.is_none() && text.len() < HELD && !last {
            self.at = At::Time;
            return Step::Wait;
        }
        let cell = String::from_utf8_lossy(&text[..end.unwrap_or(text.len()).min(HELD)]).into_owned();
        self.note_time(Timestamp::parse(&cell).ok());
        self.at = At::Outside;
        Step::Took(end.unwrap_or(0))
    }

    fn escaped(
        &mut self,
        text: &[u8],
        escaped: Escaped,
        reader: &mut Reader,
        last: bool,
    ) -> Result<Step, ReadErrorKind> {
        let mut out = Vec::with_capacity(text.len());
        let mut at = 0;
        let mut has_ended = false;
        while let Some(&byte) = text.get(at) {
            if byte == b'\\' {
                let slashes = text[at..].iter().take_while(|byte| **byte == b'\\').count();
                let Some((letter, bytes)) = escape(&text[at + slashes..], escaped.are_bytes) else {
                    if last {
                        at = text.len();
                    }
                    break;
                };
                let sign = text[at + slashes];
                if Some(sign) == escaped.quote && slashes + 1 == escaped.level {
                    at += slashes + 1;
                    has_ended = true;
                    break;
                }
                if slashes < escaped.level {
                    out.push(sign);
                    at += slashes + 1;
                } else {
                    out.extend_from_slice(&letter);
                    at += slashes + bytes;
                }
                continue;
            }
            let ends = match escaped.quote {
                Some(quote) => byte == quote && escaped.level == 1,
                None => byte == b'\n',
            };
            at += 1;
            if ends {
                has_ended = true;
                break;
            }
            out.push(byte);
        }
        reader.feed(&out)?;
        if has_ended || last && at == text.len() {
            reader.end_line()?;
            self.found += 1;
            self.at = At::Outside;
        } else {
            self.at = At::Escaped(escaped);
        }
        Ok(if at == 0 { Step::Wait } else { Step::Took(at) })
    }

    fn base64(
        &mut self,
        text: &[u8],
        mut run: Run,
        reader: &mut Reader,
        last: bool,
    ) -> Result<Step, ReadErrorKind> {
        let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        let mut at = 0;
        let ended = loop {
            let rest = &text[at..];
            if run.is_behind_line {
                let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                let digits = rest[blank..].iter().take_while(|byte| is_digit(byte)).count();
                let line = &rest[blank..blank + digits];
                let next = rest.get(blank + digits);
                if next.is_none() && !last && digits <= LONGEST_LINE {
                    break None;
                }
                let first = run.first_line.unwrap_or_default();
                let goes_on = digits > 0
                    && digits <= first
                    && first <= LONGEST_LINE
                    && run.line == first
                    && !line.starts_with(BASE64)
                    && !line.starts_with(MARK)
                    && next.is_none_or(|next| b"\r\n=\"'\t<\\,".contains(next));
                if !goes_on {
                    break Some(0);
                }
                at += blank;
                (run.is_behind_line, run.line) = (false, 0);
                continue;
            }
            let digits = rest.iter().take_while(|byte| is_digit(byte)).count();
            run.pending.extend_from_slice(&rest[..digits]);
            run.line += digits;
            at += digits;
            let Some(&next) = rest.get(digits) else { break None };
            let after = rest.get(digits + 1);
            match (next, after) {
                (b'\\', None) if !last => break None,
                (b'\\', Some(b'/')) => {
                    run.pending.push(b'/');
                    at += 2;
                }
                (b'\\', Some(b'n' | b'r')) => {
                    run.end_line();
                    at += 2;
                }
                (b'\n' | b'\r', _) => {
                    run.end_line();
                    at += 1;
                }
                (b'=', _) => {
                    at += rest[digits..].iter().take_while(|byte| **byte == b'=').count();
                    break Some(0);
                }
                (b'\t', _) => {
                    at += 1;
                    break Some(1);
                }
                (next, _) if next.is_ascii_whitespace() || b"\"'<>,;|()[]{}\\`".contains(&next) => {
                    break Some(0);
                }
                _ => {
                    let offset = run.decoded + run.pending.len() as u64;
                    return Err(ReadErrorKind::BrokenBase64 { offset });
                }
            }
        };
        match ended {
            None => {
                let whole = run.pending.len() / 4 * 4;
                run.pass_on(whole, reader)?;
                self.at = At::Base64(run);
                Ok(if at == 0 { Step::Wait } else { Step::Took(at) })
            }
            Some(tab) => {
                self.end_base64(run, reader)?;
                self.at = if tab == 1 || text.get(at) == Some(&b'\t') { At::Time } else { At::Outside };
                let tab = usize::from(tab == 0 && text.get(at) == Some(&b'\t'));
                Ok(Step::Took(at + tab))
            }
        }
    }

    fn end_base64(&mut self, mut run: Run, reader: &mut Reader) -> Result<(), ReadErrorKind> {
        // A single digit is less than a byte.
        let whole = run.pending.len() - usize::from(run.pending.len() % 4 == 1);
        run.pass_on(whole, reader)?;
        reader.end_line()?;
        self.found += 1;
        Ok(())
    }

    /// Looks for the time when the report was made in the text outside.
    fn seek_time(&mut self) {
        let outside = std::mem::take(&mut self.outside);
        let text = String::from_utf8_lossy(&outside);
        for name in ["GeneratedTime", "generated_time"] {
            for (at, _) in text.match_indices(name) {
                self.note_time(time_behind(&text[at + name.len()..]));
            }
        }
        // The name or the time may lie across the end.
        if outside.len() > OUTSIDE {
            self.outside = outside[outside.len() - 4 * HELD..].to_vec();
        }
    }

    fn note_time(&mut self, time: Option<Timestamp>) {
        self.generated = self.generated.max(time);
    }
}

impl Run {
    fn end_line(&mut self) {
        self.first_line.get_or_insert(self.line);
        self.is_behind_line = true;
    }

    fn pass_on(&mut self, digits: usize, reader: &mut Reader) -> Result<(), ReadErrorKind> {
        let broken = |_| ReadErrorKind::BrokenBase64 { offset: self.decoded };
        let bytes = ENGINE.decode(&self.pending[..digits]).map_err(broken)?;
        self.pending.drain(..digits);
        self.decoded += digits as u64;
        reader.feed(&bytes)
    }
}

/// How many backslashes stand before the `n` that ends the header, where a line break is written out.
fn escape_level(line: &[u8]) -> Option<usize> {
    let at = memchr::memchr(b'\\', line)?;
    let slashes = line[at..].iter().take_while(|byte| **byte == b'\\').count();
    matches!(line.get(at + slashes), Some(b'n' | b'r')).then_some(slashes)
}

/// What an escape stands for, from behind its backslash on, and how many bytes it has there; `None` where
/// it is not whole.
fn escape(text: &[u8], are_bytes: bool) -> Option<(Vec<u8>, usize)> {
    let number = |digits: usize| {
        let digits = text.get(1..=digits)?;
        let digits = std::str::from_utf8(digits)
            .ok()
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        Some(digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()))
    };
    let letter = |code: u32| {
        let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        letter.encode_utf8(&mut [0; 4]).as_bytes().to_vec()
    };
    Some(match text.first()? {
        b'n' => (vec![b'\n'], 1),
        b'r' => (vec![b'\r'], 1),
        b't' => (vec![b'\t'], 1),
        b'x' => match number(2)? {
            Some(code) if are_bytes => (vec![code as u8], 3),
            Some(code) => (letter(code), 3),
            None => (vec![b'x'], 1),
        },
        b'u' => number(4)?.map_or_else(|| (vec![b'u'], 1), |code| (letter(code), 5)),
        // A long text may be broken into lines, which are indented.
        b'\n' | b'\r' => (Vec::new(), text.iter().take_while(|byte| byte.is_ascii_whitespace()).count()),
        other => (vec![*other], 1),
    })
}

/// The time behind the name of its member, however it is quoted.
fn time_behind(text: &str) -> Option<Timestamp> {
    let text = text.lines().next()?;
    let text: String = text.chars().take(120).collect();
    if let Some((_, call)) = text.split_once("datetime(") {
        let (numbers, zone) = call.split_once("tzinfo").unwrap_or((call, ""));
        if zone.contains("local") {
            return None;
        }
        let numbers: Vec<u32> =
            numbers.split([',', ')']).map_while(|number| number.trim().parse().ok()).collect();
        let part = |place: usize| numbers.get(place).copied().unwrap_or(0);
        let written = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            part(0),
            part(1),
            part(2),
            part(3),
            part(4),
            part(5)
        );
        return Timestamp::parse(&written).ok();
    }
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let between = &text[..start];
    if between.len() > 60 || between.contains(char::is_alphanumeric) && !between.contains("Date") {
        return None;
    }
    let written = text[start..].split(['"', '\'', '<', ',', '}', '|', '\\']).next()?.trim();
    match serde_json::from_str(written) {
        Ok(Value::Number(seconds)) => {
            let seconds = seconds.as_f64()?;
            // Milliseconds are told by their size.
            let seconds = if seconds > 1e11 { seconds / 1000.0 } else { seconds };
            Some(Timestamp::from_unix(seconds as i64)).filter(|time| time.is_in_calendar())
        }
        _ => Timestamp::parse(written).ok(),
    }
}
