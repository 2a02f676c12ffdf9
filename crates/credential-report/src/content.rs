//! Text that holds a report in some form: rows, base64, or either within other text.

use super::base64::{Base64, looks_like_base64};
use super::error::{Format, ReadErrorKind};
use super::header::{HEAD, table};
use super::reader::Reader;
use super::recognise;
use super::time::Timestamp;
use super::wrapped::{Wrapped, holds_report, is_escaped};

/// Text on its way to a reader: a file, or a part of one.
#[derive(Debug)]
pub(super) struct Content {
    stage: Stage,
    /// Whether it is the content of the API's answer, which is base64 unless it is something else.
    is_of_answer: bool,
}

#[derive(Debug)]
enum Stage {
    /// Too little is there to tell the form.
    Head(Vec<u8>),
    Rows,
    Base64(Base64),
    Wrapped(Box<Wrapped>),
}

impl Content {
    pub(super) fn new() -> Self {
        Self { stage: Stage::Head(Vec::new()), is_of_answer: false }
    }

    /// The content of the API's answer.
    pub(super) fn of_answer() -> Self {
        Self { is_of_answer: true, ..Self::new() }
    }

    /// Rows, and nothing else.
    pub(super) fn rows() -> Self {
        Self { stage: Stage::Rows, is_of_answer: false }
    }

    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], reader: &mut Reader) -> Result<(), ReadErrorKind> {
        let Stage::Head(head) = &mut self.stage else { return self.pass_on(bytes, reader) };
        if head.is_empty() && bytes.len() >= HEAD {
            self.stage = stage(bytes, self.is_of_answer)?;
            return self.pass_on(bytes, reader);
        }
        head.extend_from_slice(bytes);
        if head.len() < HEAD {
            return Ok(());
        }
        self.take_head(reader)
    }

    /// Takes the end: when the report was made, where the text tells.
    pub(super) fn end(&mut self, reader: &mut Reader) -> Result<Option<Timestamp>, ReadErrorKind> {
        if matches!(self.stage, Stage::Head(_)) {
            self.take_head(reader)?;
        }
        let generated = match &mut self.stage {
            Stage::Head(_) | Stage::Rows => None,
            Stage::Base64(base64) => {
                reader.feed(&base64.finish()?)?;
                base64.generated()
            }
            Stage::Wrapped(wrapped) => wrapped.end(reader)?,
        };
        Ok(generated)
    }

    /// The form of the report in it.
    pub(super) fn form(&self) -> Format {
        match &self.stage {
            Stage::Base64(_) => Format::Base64,
            Stage::Wrapped(wrapped) if wrapped.is_base64() => Format::Base64,
            _ => Format::Csv,
        }
    }

    fn take_head(&mut self, reader: &mut Reader) -> Result<(), ReadErrorKind> {
        let Stage::Head(head) = &mut self.stage else { return Ok(()) };
        let head = std::mem::take(head);
        self.stage = stage(&head, self.is_of_answer)?;
        self.pass_on(&head, reader)
    }

    fn pass_on(&mut self, bytes: &[u8], reader: &mut Reader) -> Result<(), ReadErrorKind> {
        match &mut self.stage {
            Stage::Head(_) => Ok(()),
            Stage::Rows => reader.feed(bytes),
            Stage::Base64(base64) => reader.feed(&base64.decode(bytes)?),
            Stage::Wrapped(wrapped) => wrapped.feed(bytes, reader),
        }
    }
}

/// The form of a text by its beginning.
fn stage(head: &[u8], is_of_answer: bool) -> Result<Stage, ReadErrorKind> {
    let head = &head[..head.len().min(HEAD)];
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_escaped = is_escaped(head);
    if table(text) && !is_escaped {
        return Ok(Stage::Rows);
    }
    if is_escaped || holds_report(head) {
        return Ok(Stage::Wrapped(Box::default()));
    }
    let kind = recognise::kind(text);
    let is_one_word = is_of_answer && !text.contains([',', ' ', ';']) && !text.is_empty();
    if kind.is_none() && (is_one_word || looks_like_base64(text)) {
        return Ok(Stage::Base64(Base64::default()));
    }
    match kind {
        Some(kind) => Err(ReadErrorKind::NotAReport(kind)),
        None if text.is_empty() => Err(ReadErrorKind::Empty),
        // The report may begin further on.
        None => Ok(Stage::Wrapped(Box::default())),
    }
}
