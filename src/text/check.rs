//! What is said about a check.

use crate::finding::Finding;

/// The texts of one check in one language.
///
/// Backticks mark what is typed or read literally: commands and the names of columns.
#[derive(Debug, Clone, Copy)]
pub struct CheckText {
    /// The check's id, so that a table out of order is found by a test.
    pub id: &'static str,
    /// What is wrong, as a heading: `Console password without MFA`.
    pub title: &'static str,
    /// Why it matters, in one to three sentences.
    pub why: &'static str,
    /// What to do, in order, a step a line: find out what it is for, disable, wait, delete.
    pub fix: &'static str,
    /// The one sentence that matters about a finding, with its numbers.
    ///
    /// It stands here so that a check without it does not compile.
    pub(in crate::text) finding: fn(&Finding) -> String,
}

impl CheckText {
    /// The steps of [`CheckText::fix`], in order.
    pub fn steps(&self) -> impl Iterator<Item = &'static str> {
        self.fix.lines()
    }
}
