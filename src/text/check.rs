//! What is said about a check.

/// The texts of one check in one language.
#[derive(Debug, Clone, Copy)]
pub struct CheckText {
    /// The check's id, so that a table out of order is found by a test.
    pub id: &'static str,
    /// What is wrong, as a heading: `Console password without MFA`.
    pub title: &'static str,
    /// Why it matters, in one to three sentences.
    pub why: &'static str,
    /// What to do, in order: find out what it is for, disable, wait, delete.
    pub fix: &'static str,
}
