//! What was wrong with a file.

use std::io;
use std::path::PathBuf;

use credential_report_viewer::report::{Limits, OtherFile, ReadError, ReadErrorKind, Warning};
use credential_report_viewer::review::SideIssue;
use credential_report_viewer::text::{Language, Text};

use crate::plain::plain;
use crate::text;

/// How many characters of a cell are told.
const CELL: usize = 60;

/// What was wrong with a file, as the command line names it.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) path: PathBuf,
    pub(crate) kind: ProblemKind,
}

/// What was wrong.
#[derive(Debug)]
pub(crate) enum ProblemKind {
    /// The system could not read it.
    Unreadable(io::Error),
    /// It is a folder of too many files.
    Folder,
    /// More came through a pipe than is held.
    TooLong,
    /// It was cut short while it was read.
    Changed,
    /// It is no report that can be read.
    NotRead(ReadError),
}

impl Problem {
    /// The problem in a line: where, what, and what to do.
    pub(crate) fn line(&self, language: Language) -> String {
        let (texts, own) = (language.text(), text::of(language));
        let path = self.path.display().to_string();
        let (place, what) = match &self.kind {
            ProblemKind::Unreadable(error) => (path, (own.unreadable)(&error.to_string())),
            ProblemKind::Folder => (path, (own.folder)(Limits::DEFAULT.files.into())),
            ProblemKind::TooLong => (path, own.too_long.to_owned()),
            ProblemKind::Changed => (path, own.changed.to_owned()),
            ProblemKind::NotRead(error) => {
                let advice = match error.kind {
                    ReadErrorKind::NotAReport(OtherFile::Policy) => own.policy_advice.to_owned(),
                    ref kind => texts.read_advice(kind),
                };
                (
                    place(texts, &path, error.line),
                    format!("{}{}{advice}", texts.read_error(&error.kind), own.space),
                )
            }
        };
        plain(&format!("{place}: {what}"))
    }
}

/// A warning in a line: where, the cell, and how it was read.
pub(crate) fn warning_line(text: &Text, warning: &Warning) -> String {
    let place = place(text, &warning.input, warning.line);
    let column = warning.column.as_ref().map(|column| format!(" · {column}")).unwrap_or_default();
    let value = warning
        .value
        .as_ref()
        .map(|value| format!(" {}", (text.page.quoted)(&clipped(value))))
        .unwrap_or_default();
    let more = match warning.more {
        0 => String::new(),
        more => format!(" ({})", text.more_lines(more, &warning.more_lines)),
    };
    plain(&format!("{place}{column}{value}: {}{more}", text.warning(&warning.kind)))
}

/// What is odd about a file of owners or accounts, in a line.
pub(crate) fn issue_line(text: &Text, issue: &SideIssue) -> String {
    let place = place(text, &issue.file, issue.line);
    let column = issue.column.as_ref().map(|column| format!(" · {}", clipped(column))).unwrap_or_default();
    plain(&format!("{place}{column}: {}", text.side_issue(&issue.kind)))
}

/// The beginning of a text that would fill the screen.
fn clipped(value: &str) -> String {
    let mut clipped: String = value.chars().take(CELL).collect();
    if clipped.len() < value.len() {
        clipped.push('…');
    }
    clipped
}

fn place(text: &Text, file: &str, line: Option<u32>) -> String {
    line.map_or_else(|| file.to_owned(), |line| (text.page.file_and_line)(file, line.into()))
}
