//! One file on its way in: slices of bytes in any form and encoding, one report out.

use super::Report;
use super::base64::{Base64, looks_like_base64};
use super::error::{Form, Lookalike, ReadError, ReadErrorKind};
use super::header::Header;
use super::reader::Reader;
use super::recognise::{self, Answer};
use super::time::Timestamp;
use super::utf16::{Endian, Utf16};

/// Turns bytes that are not UTF-8 into text; the page lends its `TextDecoder` for Shift_JIS.
pub type Decoder = fn(&[u8]) -> String;

/// What is known of a file besides its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// Its name.
    pub name: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// When it was last modified; `None` where nobody knows.
    pub modified: Option<Timestamp>,
}

/// How many bytes must be there before the form is told, unless the file is shorter.
const HEAD: usize = 16 * 1024;

/// The largest JSON that is read, in bytes: it is held in memory whole.
const MOST_JSON: usize = 512 << 20;

/// A file on its way in.
#[derive(Debug)]
pub struct Input {
    file: FileFacts,
    now: Timestamp,
    decoder: Option<Decoder>,
    stage: Stage,
    utf16: Option<Utf16>,
    generated: Option<Timestamp>,
}

#[derive(Debug)]
enum Stage {
    /// Too little is there to tell the form.
    Head(Vec<u8>),
    Csv(Box<Reader>),
    Base64(Base64, Box<Reader>),
    Json(Vec<u8>),
}

impl Input {
    /// Starts a file. `now` is what the clock says; `decoder` reads text that is not UTF-8.
    pub fn new(file: FileFacts, now: Timestamp, decoder: Option<Decoder>) -> Self {
        Self { file, now, decoder, stage: Stage::Head(Vec::new()), utf16: None, generated: None }
    }

    /// Rows found so far.
    pub fn rows(&self) -> u64 {
        match &self.stage {
            Stage::Csv(reader) | Stage::Base64(_, reader) => reader.rows(),
            Stage::Head(_) | Stage::Json(_) => 0,
        }
    }

    /// Takes the next bytes of the file, cut wherever you like.
    ///
    /// # Errors
    /// The bytes are no report; nothing more can be fed then.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        self.take(bytes, false).map_err(|kind| self.error(kind))
    }

    /// The report, when all bytes were fed.
    ///
    /// # Errors
    /// The bytes are no report that can be read.
    pub fn finish(mut self) -> Result<Report, ReadError> {
        if let Err(kind) = self.take(&[], true) {
            return Err(self.error(kind));
        }
        let (file, generated) = (self.file.clone(), self.generated);
        let done = match std::mem::replace(&mut self.stage, Stage::Head(Vec::new())) {
            // `take` has told the form of every file that is complete.
            Stage::Head(_) => Err(ReadErrorKind::Empty),
            Stage::Csv(reader) => reader.finish().map(|report| (report, Form::Csv, generated)),
            Stage::Base64(mut base64, mut reader) => base64
                .finish()
                .and_then(|bytes| reader.feed(&bytes))
                .and_then(|()| reader.finish())
                .map(|report| (report, Form::Base64, base64.generated())),
            Stage::Json(text) => self.read_json(&text),
        };
        match done {
            Ok((mut report, form, generated)) => {
                report.file = file;
                report.form = form;
                report.generated = generated;
                Ok(report)
            }
            Err(kind) => Err(self.error(kind)),
        }
    }

    fn error(&self, kind: ReadErrorKind) -> ReadError {
        let line = match kind {
            ReadErrorKind::NoUserColumn(_) => Some(1),
            _ => None,
        };
        ReadError { file: self.file.name.clone(), line, kind }
    }

    fn take(&mut self, bytes: &[u8], last: bool) -> Result<(), ReadErrorKind> {
        if let Stage::Head(head) = &mut self.stage {
            if !last && head.len() + bytes.len() < HEAD {
                head.extend_from_slice(bytes);
                return Ok(());
            }
            let held = std::mem::take(head);
            if held.is_empty() {
                self.tell_form(bytes)?;
                return self.pass_on(bytes);
            }
            let mut all = held;
            all.extend_from_slice(bytes);
            self.tell_form(&all)?;
            return self.pass_on(&all);
        }
        self.pass_on(bytes)
    }

    /// Gives bytes of a known form to whoever reads it.
    fn pass_on(&mut self, bytes: &[u8]) -> Result<(), ReadErrorKind> {
        let text;
        let bytes = match &mut self.utf16 {
            Some(utf16) => {
                text = utf16.decode(bytes);
                &text
            }
            None => bytes,
        };
        match &mut self.stage {
            Stage::Head(_) => Ok(()),
            Stage::Csv(reader) => reader.feed(bytes),
            Stage::Base64(base64, reader) => reader.feed(&base64.decode(bytes)?),
            Stage::Json(held) if held.len() + bytes.len() > MOST_JSON => {
                Err(ReadErrorKind::TooLarge { limit: MOST_JSON as u64 })
            }
            Stage::Json(held) => {
                held.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// Tells form and encoding by the first bytes, or what else the file is.
    fn tell_form(&mut self, bytes: &[u8]) -> Result<(), ReadErrorKind> {
        let head = &bytes[..bytes.len().min(HEAD)];
        if let Some(lookalike) = recognise::signature(head) {
            return Err(ReadErrorKind::NotAReport(lookalike));
        }
        let text = match endian(head) {
            Some(endian) => {
                self.utf16 = Some(Utf16::new(endian));
                String::from_utf8_lossy(&Utf16::new(endian).decode(head)).into_owned()
            }
            None => String::from_utf8_lossy(head).into_owned(),
        };
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let reader = || Box::new(Reader::new(self.now, self.decoder));
        self.stage = if text.starts_with('{') {
            Stage::Json(Vec::new())
        } else if table(text) {
            Stage::Csv(reader())
        } else if looks_like_base64(text) && !recognise::is_access_key(text) {
            Stage::Base64(Base64::default(), reader())
        } else {
            return Err(recognise::text(text));
        };
        Ok(())
    }

    fn read_json(&mut self, text: &[u8]) -> Result<(Report, Form, Option<Timestamp>), ReadErrorKind> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let answer: Answer<'_> = serde_json::from_slice(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => ReadErrorKind::NotAReport(Lookalike::Json),
            _ => ReadErrorKind::BrokenJson { reason: error.to_string() },
        })?;
        let Some(content) = &answer.content else {
            return Err(ReadErrorKind::NotAReport(answer.lookalike()));
        };
        let generated = answer.generated.as_ref().and_then(|value| match value {
            serde_json::Value::String(text) => Timestamp::parse(text).ok(),
            // Some tools write seconds since 1970.
            serde_json::Value::Number(number) => number.as_f64().map(|s| Timestamp::from_unix(s as i64)),
            _ => None,
        });
        let mut reader = Reader::new(self.now, self.decoder);
        if table(content) {
            // A script that decoded the content already.
            reader.feed(content.as_bytes())?;
        } else {
            let mut base64 = Base64::default();
            for piece in content.as_bytes().chunks(1 << 20) {
                reader.feed(&base64.decode(piece)?)?;
            }
            reader.feed(&base64.finish()?)?;
        }
        reader.finish().map(|report| (report, Form::ApiJson, generated))
    }
}

/// Whether a text begins with the header of a report; a line `sep=;` for Excel may come before.
fn table(text: &str) -> bool {
    text.lines()
        .filter(|line| !is_blank_line(line) && !is_separator_line(line))
        .map(Header::find)
        .next()
        .flatten()
        .is_some_and(|header| header.is_report())
}

/// Whether a line holds nothing, or empty cells only.
pub(super) fn is_blank_line(line: &str) -> bool {
    line.trim_matches(['\u{feff}', ' ', '\r', '\n', ',', ';', '\t']).is_empty()
}

/// Whether a line only tells Excel the separator.
pub(super) fn is_separator_line(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
    line.len() == 5 && line.starts_with("sep=")
}

/// UTF-16, by its mark, or by every other byte being zero.
fn endian(head: &[u8]) -> Option<Endian> {
    match head {
        [0xff, 0xfe, ..] => return Some(Endian::Little),
        [0xfe, 0xff, ..] => return Some(Endian::Big),
        _ => {}
    }
    let pairs = head.len().min(400) / 2;
    let zeros = |first: usize| head.iter().skip(first).step_by(2).take(pairs).filter(|b| **b == 0).count();
    if pairs < 4 {
        return None;
    }
    if zeros(1) * 10 > pairs * 9 && zeros(0) == 0 {
        Some(Endian::Little)
    } else if zeros(0) * 10 > pairs * 9 && zeros(1) == 0 {
        Some(Endian::Big)
    } else {
        None
    }
}
