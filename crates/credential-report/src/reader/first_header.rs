//! The first header of a text: in its first line, behind other lines, behind other text in its line, or
//! not there at all.

use super::slow_row::line_end;
use super::{Reader, Step, Taken};
use crate::column::{CellKind, Column};
use crate::error::{ReadErrorKind, WarningKind};
use crate::header::{HEAD, Header, arns_of_iam, is_blank_line, is_separator_line, unquoted};
use crate::recognise;
use crate::secret;
use crate::split::Cells;

/// The longest header that is waited for, in bytes.
const LONGEST_HEADER: usize = 64 * 1024;

/// How much text is looked through for a header, in bytes.
const SEARCHED: u64 = 16 << 20;

/// What stands before the first header.
#[derive(Debug, Default)]
pub(super) struct BeforeHeader {
    /// The first lines, which tell what the text is when no header follows.
    head: String,
    /// How many lines there are, blank ones not counted, and the first of them.
    lines: u32,
    first: u32,
    /// Lines of a file of secrets.
    secrets: Vec<u32>,
    /// Whether the last line has not ended yet.
    is_within_line: bool,
}

impl BeforeHeader {
    fn keep(&mut self, line: &str) {
        if self.head.len() < HEAD {
            self.head.push_str(line);
        }
    }

    /// What a text is in which no header was found.
    pub(super) fn what(&self) -> ReadErrorKind {
        recognise::text(&self.head)
    }
}

/// Where a header stands.
struct Found {
    header: Header,
    /// Where in its line it begins.
    start: usize,
    is_quoted: bool,
}

impl Reader {
    /// Finds the first header, or rows that need none.
    pub(super) fn find_header(&mut self, bytes: &[u8], last: bool) -> Result<Taken, ReadErrorKind> {
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
            let raw = &rest[..end];
            let is_rest_of_line = self.before.is_within_line;
            self.before.is_within_line = !raw.ends_with(b"\n") && !raw.ends_with(b"\r");
            let text = self.text(raw);
            // What is drawn, or stands round the whole text, says nothing.
            let says_nothing = !text.chars().any(char::is_alphanumeric);
            if says_nothing || is_blank_line(&text) || is_separator_line(&text) {
                self.before.keep(&text);
                self.line += u32::from(!self.before.is_within_line);
                at += end;
                continue;
            }
            if !is_rest_of_line && let Some(header) = self.header_of_row(raw) {
                self.tell_before();
                self.warn(Some(self.line), None, None, WarningKind::WithoutHeader);
                self.set_header(header);
                return Ok(Taken::Bytes(at));
            }
            if let Some(Found { header, start, is_quoted }) = self.first_header_in(raw, &text) {
                if header.known() > 1 && arns_of_iam(&raw[start..]) > 0 {
                    return Err(ReadErrorKind::LineBreaksLost);
                }
                let before = self.text(&raw[..start]);
                if before.chars().any(char::is_alphanumeric) {
                    self.pass_over(&before);
                }
                self.tell_before();
                self.lines_are_quoted = is_quoted;
                self.line += 1;
                self.take_header(header, &raw[start..], self.line - 1);
                return Ok(Taken::Bytes(at + end));
            }
            if !is_rest_of_line {
                self.pass_over(&text);
            }
            self.line += u32::from(!self.before.is_within_line);
            at += end;
            if self.offset + at as u64 > SEARCHED {
                return Err(self.before.what());
            }
        }
    }

    /// Leaves a line aside that stands before the header.
    fn pass_over(&mut self, line: &str) {
        let before = &mut self.before;
        before.keep(line);
        if recognise::secret_heading(line).is_some() || secret::holds_secret(line) {
            before.secrets.push(self.line);
            before.secrets.truncate(Self::SECRETS_BEFORE);
        }
        if before.lines == 0 {
            before.first = self.line;
        }
        before.lines += 1;
    }

    /// How many lines of secrets before a header are told.
    const SECRETS_BEFORE: usize = 100;

    /// Tells of the lines that were left aside.
    fn tell_before(&mut self) {
        let secrets = std::mem::take(&mut self.before.secrets);
        let (lines, first) = (self.before.lines, self.before.first);
        for line in &secrets {
            self.warn(Some(*line), None, None, WarningKind::Secret);
        }
        let count = lines - secrets.len().min(lines as usize) as u32;
        if count > 0 {
            self.warn(Some(first), None, None, WarningKind::LinesBeforeHeader { count });
        }
    }

    /// The header in a line before which none was found.
    fn first_header_in(&self, raw: &[u8], text: &str) -> Option<Found> {
        // Most lines of other texts hold neither of the two columns of which one is needed.
        if !may_name_user(raw) {
            return None;
        }
        let is_plain = |header: &Header| header.is_report();
        if let Some(header) = Header::find(text).filter(is_plain) {
            return Some(Found { header, start: 0, is_quoted: false });
        }
        if let Some(header) = unquoted(text).and_then(|line| Header::find(&line)).filter(is_plain) {
            return Some(Found { header, start: 0, is_quoted: true });
        }
        // Behind a prompt or a title a header is told by AWS's own beginning of it.
        let start = memchr::memmem::find(raw, b"user,arn,")?;
        let header = Header::find(&self.text(&raw[start..]))
            .filter(|header| header.is_report() && header.known() > 2)?;
        Some(Found { header, start, is_quoted: false })
    }

    /// The header of a row that none stands before, if all its cells are what AWS would write in them.
    fn header_of_row(&self, raw: &[u8]) -> Option<Header> {
        if arns_of_iam(raw) == 0 {
            return None;
        }
        let header = Header::of_row(raw)?;
        let mut cells = Cells::default();
        cells.split(raw, header.delimiter);
        self.fits(&plan(&header), &cells).then_some(header)
    }

    pub(super) fn take_header(&mut self, header: Header, text: &[u8], line: u32) {
        let in_text = self.text(text);
        self.tell_encoding(line, None, text, &in_text);
        let is_plain = header.has_plain_names();
        let mut unnamed = 0;
        for (place, (name, column)) in header.names.iter().zip(&header.columns).enumerate() {
            match (column, Column::from_name(name)) {
                (Some(_), _) => {}
                (None, Some(known)) => {
                    self.warn(Some(line), Some(known.name()), None, WarningKind::RepeatedColumn);
                }
                (None, None) if name.trim().is_empty() || header.generated == Some(place) => {}
                (None, None) if is_plain => {
                    self.warn(Some(line), Some(name), None, WarningKind::UnknownColumn);
                }
                (None, None) => unnamed += 1,
            }
        }
        if unnamed > 0 {
            self.warn(Some(line), None, None, WarningKind::UnnamedColumns { count: unnamed });
        }
        self.header_text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_end().to_vec();
        self.set_header(header);
    }

    fn set_header(&mut self, header: Header) {
        self.plan = plan(&header);
        self.fast = header.user.is_some()
            && header.arn.is_some()
            && header.generated.is_none()
            && !self.lines_are_quoted;
        self.header = Some(header);
    }

    /// Why nothing was read under a header.
    pub(super) fn no_rows(&self) -> ReadErrorKind {
        let are_lost = |kind: &WarningKind| matches!(kind, WarningKind::LineBreaksLost);
        if self.report.warnings.iter().any(|warning| are_lost(&warning.kind)) {
            ReadErrorKind::LineBreaksLost
        } else if self.report.broken_rows == 0 && self.before.lines > 0 {
            // Names of columns in the middle of a text are no header of a report.
            self.before.what()
        } else {
            ReadErrorKind::NoRows { broken: self.report.broken_rows }
        }
    }
}

/// What is expected of the cells under a header.
fn plan(header: &Header) -> Vec<Step> {
    let step = |column: &Option<Column>| match column.map(Column::cell) {
        Some(CellKind::User) => Step::User,
        Some(CellKind::Arn) => Step::Arn,
        Some(CellKind::Time(place)) => Step::Time(place),
        Some(CellKind::Flag(place)) => Step::Flag(place),
        Some(CellKind::Word(place)) => Step::Word(place),
        None => Step::Ignore,
    };
    header.columns.iter().map(step).collect()
}

/// Whether a line may name the column of the user or of the ARN.
fn may_name_user(line: &[u8]) -> bool {
    let holds = |word: &[u8]| {
        memchr::memchr2_iter(word[0], word[0].to_ascii_uppercase(), line)
            .any(|at| line[at..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)))
    };
    holds(b"user") || holds(b"arn")
}
