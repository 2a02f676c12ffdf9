//! The lines of files, reconciled with users.

use std::iter::Sum;

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::assessment::{Inputs, LoadedReport};
use crate::export::redaction::Redactor;
use crate::report::{Warning, WarningKind};
use crate::review::Reviewed;
use crate::text::ENGLISH;

/// What the lines of a file are: `lines` is the sum of the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Population {
    /// Lines that hold a row, the header aside.
    pub(super) lines: u32,
    /// Users of the result, each once.
    users: u32,
    /// Root users of the result.
    roots: u32,
    /// Lines that could not be read.
    unreadable: u32,
    /// Rows that say again what another row says: of the same user, or of the same report.
    duplicates: u32,
    /// Rows of a report of whose account there is a newer one.
    earlier: u32,
}

impl Population {
    /// What the lines of a report are.
    pub(super) fn of(reviewed: Reviewed<'_>, loaded: &LoadedReport) -> Self {
        let report = &loaded.report;
        let repeated: FxHashSet<u32> = report.repeated().iter().map(|(row, _)| *row).collect();
        let unreadable = report.broken_rows();
        let mut population = Self { lines: report.len() as u32 + unreadable, unreadable, ..Self::default() };
        for user in report.users() {
            let account = user.account_number();
            let counter = if reviewed.assessment.verdicts(loaded.row(user.index())).is_none() {
                if loaded.is_earlier(account) { &mut population.earlier } else { &mut population.duplicates }
            } else if repeated.contains(&user.index()) {
                &mut population.duplicates
            } else if user.is_root() {
                &mut population.roots
            } else {
                &mut population.users
            };
            *counter += 1;
        }
        population
    }
}

impl Sum for Population {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            lines: sum.lines + one.lines,
            users: sum.users + one.users,
            roots: sum.roots + one.roots,
            unreadable: sum.unreadable + one.unreadable,
            duplicates: sum.duplicates + one.duplicates,
            earlier: sum.earlier + one.earlier,
        })
    }
}

/// Lines that could not be read, of one kind.
#[derive(Debug, Serialize)]
pub(super) struct UnreadableForm {
    input: String,
    /// The lines, from 1; of very many the first.
    lines: Vec<u32>,
    count: u32,
    message: String,
}

/// The lines that could not be read, by file and kind.
pub(super) fn unreadable(inputs: &Inputs, redactor: Option<&Redactor>) -> Vec<UnreadableForm> {
    let is_lost = |warning: &Warning| {
        matches!(
            warning.kind,
            WarningKind::CellCount { .. }
                | WarningKind::OpenQuote
                | WarningKind::NoUser
                | WarningKind::NotAUser
                | WarningKind::Secret
                | WarningKind::LineBreaksLost
        )
    };
    let form = |warning: Warning| UnreadableForm {
        input: redactor.map_or_else(|| warning.input.clone(), |redactor| redactor.file(&warning.input)),
        lines: warning.line.into_iter().chain(warning.more_lines).collect(),
        count: warning.more.saturating_add(1),
        message: ENGLISH.warning(&warning.kind),
    };
    inputs.warnings().filter(is_lost).map(form).collect()
}
