//! What exports say besides findings, and what is said about exports.

/// The words of exports, in one language.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the sentence itself, in `en/export.rs`, says what the field is")]
pub struct ExportText {
    // Markdown.
    pub markdown_title: &'static str,
    pub continued: &'static str,
    pub as_of: &'static str,
    pub policy: &'static str,
    pub filter: &'static str,
    pub no_filter: &'static str,
    pub count: &'static str,
    pub redacted: &'static str,
    pub account: fn(&str) -> String,
    pub account_unknown: &'static str,
    pub created: fn(&str) -> String,
    pub open_since: fn(&str) -> String,
    pub first_step: fn(&str) -> String,
    // What goes wrong.
    pub no_key: &'static str,
}
