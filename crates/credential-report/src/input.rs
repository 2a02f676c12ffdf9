//! One file on its way in: slices of bytes in any form and encoding, one report out.

use super::content::Content;
use super::encoding::Decoder;
use super::error::{Format, ReadError, ReadErrorKind, WarningKind};
use super::file_facts::FileFacts;
use super::header::HEAD;
use super::json::Json;
use super::reader::Reader;
use super::recognise;
use super::report::{PlacedWarning, Report};
use super::sorted;
use super::time::Timestamp;
use super::utf16::{Utf16, endian};
use super::wrapped::holds_report;

/// A file on its way in.
#[derive(Debug)]
pub struct Input {
    file: FileFacts,
    now: Timestamp,
    decoder: Option<Decoder>,
    stage: Stage,
    utf16: Option<Utf16>,
}

#[derive(Debug)]
enum Stage {
    /// Too little is there to tell the form.
    Head(Vec<u8>),
    Text(Content, Box<Reader>),
    Json(Box<Json>),
}

impl Input {
    /// Starts a file. `now` is what the clock says; `decoder` reads text that is not UTF-8.
    pub fn new(file: FileFacts, now: Timestamp, decoder: Option<Decoder>) -> Self {
        Self { file, now, decoder, stage: Stage::Head(Vec::new()), utf16: None }
    }

    /// Rows found so far.
    pub fn rows(&self) -> u64 {
        match &self.stage {
            Stage::Text(_, reader) => reader.rows(),
            Stage::Json(json) => json.rows(),
            Stage::Head(_) => 0,
        }
    }

    /// The memory that the rows so far will take, and reading itself, in bytes.
    pub fn memory_bytes(&self) -> u64 {
        match &self.stage {
            Stage::Text(_, reader) => reader.memory_bytes(),
            Stage::Head(_) => 0,
            Stage::Json(json) => json.memory_bytes(),
        }
    }

    /// The error of a file that there is no memory for.
    pub fn out_of_memory(&self, limit: u64) -> ReadError {
        self.error(ReadErrorKind::OutOfMemory { limit })
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
        let file = self.file.clone();
        let is_cut_off = self.utf16.as_ref().is_some_and(Utf16::is_cut_off);
        let mut last_line = None;
        let done = match std::mem::replace(&mut self.stage, Stage::Head(Vec::new())) {
            // `take` has told the form of every file that is complete.
            Stage::Head(_) => Err(ReadErrorKind::Empty),
            Stage::Text(mut content, mut reader) => content.end(&mut reader).and_then(|generated| {
                let form = content.form();
                last_line = Some(reader.last_line());
                reader.finish().map(|report| (report, form, generated))
            }),
            Stage::Json(json) => {
                json.finish().map(|(report, generated)| (report, Format::ApiJson, generated))
            }
        };
        match done {
            Ok((mut report, form, generated)) => {
                report.file = file;
                report.form = form;
                report.generated = generated.or(report.generated);
                if is_cut_off {
                    let kind = WarningKind::CutOff;
                    report.warnings.push(PlacedWarning {
                        line: last_line,
                        column: None,
                        value: None,
                        kind,
                        more: 0,
                        more_lines: Vec::new(),
                    });
                    sorted::sort_by_key(&mut report.warnings, |warning| warning.line);
                }
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
                self.detect_format(bytes)?;
                return self.pass_on(bytes);
            }
            let mut all = held;
            all.extend_from_slice(bytes);
            self.detect_format(&all)?;
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
            Stage::Text(content, reader) => content.feed(bytes, reader),
            Stage::Json(json) => json.feed(bytes),
        }
    }

    /// Tells form and encoding by the first bytes, or what else the file is.
    fn detect_format(&mut self, bytes: &[u8]) -> Result<(), ReadErrorKind> {
        let head = &bytes[..bytes.len().min(HEAD)];
        if let Some(other_file) = recognise::signature(head) {
            return Err(ReadErrorKind::NotAReport(other_file));
        }
        let text = if let Some(endian) = endian(head) {
            self.utf16 = Some(Utf16::new(endian));
            String::from_utf8_lossy(&Utf16::new(endian).decode(head)).into_owned()
        } else {
            // Names of columns in Japanese are told once they are decoded.
            let other = self.decoder.filter(|_| std::str::from_utf8(head).is_err());
            let other = other.and_then(|decoder| recognise::side_table(&(decoder.decode)(head)));
            if let Some(other_file) = other {
                return Err(ReadErrorKind::NotAReport(other_file));
            }
            String::from_utf8_lossy(head).into_owned()
        };
        let reader = Reader::new(self.now, self.decoder);
        self.stage = if recognise::is_json(&text) {
            // What needs no reading to be told.
            if let Some(kind) = recognise::kind(&text).filter(|_| !holds_report(head)) {
                return Err(ReadErrorKind::NotAReport(kind));
            }
            Stage::Json(Box::new(Json::new(reader)))
        } else {
            Stage::Text(Content::new(), Box::new(reader))
        };
        Ok(())
    }
}

impl Report {
    /// Reads a whole file at once.
    ///
    /// `now` is what the clock says: it alone tells which events lie in the future.
    ///
    /// # Errors
    /// The bytes are no report that can be read.
    pub fn read(file: FileFacts, bytes: &[u8], now: Timestamp) -> Result<Self, ReadError> {
        let mut input = Input::new(file, now, None);
        input.feed(bytes)?;
        input.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::table;

    const CSV: &str = "user,mfa_active\nann,true\n";

    fn read(bytes: &[u8]) -> Result<Report, ReadErrorKind> {
        let file = FileFacts { name: "report".to_owned(), bytes: bytes.len() as u64, modified: None };
        Report::read(file, bytes, Timestamp::from_unix(0)).map_err(|error| error.kind)
    }

    #[test]
    fn the_time_of_generation_is_a_text_or_a_number_within_the_calendar() {
        for (written, expected) in [
            ("\"2026-09-11T13:15:19+00:00\"", Some("2026-09-11T13:15:19Z")),
            ("\"2026-09-11T15:15:19.5+02:00\"", Some("2026-09-11T13:15:19Z")),
            ("1789132519", Some("2026-09-11T13:15:19Z")),
            ("1789132519.25", Some("2026-09-11T13:15:19Z")),
            ("253402300799", Some("9999-12-31T23:59:59Z")),
            ("253402300800", None),
            ("-62135596800", Some("0001-01-01T00:00:00Z")),
            ("-62135596801", None),
            ("\"0001-01-01T00:00:00+09:00\"", None),
            ("\"9999-12-31T23:59:59-01:00\"", None),
            ("1e300", None),
            ("-1e300", None),
            ("\"soon\"", None),
            ("null", None),
            ("[1]", None),
        ] {
            let json = format!(
                "{{\"Content\": \"dXNlcixtZmFfYWN0aXZlCmFubix0cnVlCg==\", \"GeneratedTime\": {written}}}"
            );
            let report = read(json.as_bytes()).unwrap();
            assert_eq!(report.generated.map(|time| time.to_string()).as_deref(), expected, "{written}");
            assert_eq!((report.form, report.len()), (Format::ApiJson, 1));
        }
    }

    #[test]
    fn a_table_may_begin_behind_blank_and_separator_lines() {
        for before in ["", "\n\n", "\r\n", "sep=,\r\n", "\u{feff}", ",\n", "\u{feff}sep=,\n,\n"] {
            assert!(table(&format!("{before}{CSV}")), "{before:?}");
            assert_eq!(
                read(format!("{before}{CSV}").as_bytes()).map(|report| report.len()),
                Ok(1),
                "{before:?}"
            );
        }
        assert!(!table("sep=,\n"));
        assert!(!table("x\nuser,mfa_active\n"));
    }

    #[test]
    fn a_file_that_was_fed_nothing_is_empty() {
        assert_eq!(read(b"").map(|_| ()), Err(ReadErrorKind::Empty));
    }

    #[test]
    fn the_as_of_time_is_never_before_an_event_that_has_happened() {
        let now = Timestamp::from_unix(1_800_000_000);
        let csv = "user,password_last_used,password_next_rotation\nann,2026-09-11T13:15:19Z,2026-12-01T00:00:00Z\n\
                   bob,2099-01-01T00:00:00Z,N/A\ncid,2026/9/20 1:00,N/A\n";
        let as_of = |name: &str, modified: Option<&str>| {
            let modified = modified.and_then(|text| Timestamp::parse(text).ok());
            let file = FileFacts { name: name.to_owned(), bytes: 0, modified };
            let (time, source) = Report::read(file, csv.as_bytes(), now).unwrap().as_of();
            (time.to_string(), source.name())
        };
        let newest = || ("2026-09-20T01:00:00Z".to_owned(), "newest-event");
        assert_eq!(as_of("a.csv", None), newest());
        assert_eq!(as_of("a.csv", Some("2026-09-19T00:00:00Z")), newest());
        let later = "2026-09-21T00:00:00Z";
        assert_eq!(as_of("a.csv", Some(later)), (later.to_owned(), "last-modified"));
        // What a name says stands, whatever happens after it.
        let named = "status_reports_2026-01-02T03-04-05+00-00.csv";
        assert_eq!(as_of(named, Some(later)), ("2026-01-02T03:04:05Z".to_owned(), "file-name"));
    }
}
