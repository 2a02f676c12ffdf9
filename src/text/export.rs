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
    // The dialog. Names and meanings of formats are in the order of `Form::ALL`, what they
    // need in the order of `Requirement::ALL`.
    pub purposes: [&'static str; 5],
    pub formats: [(&'static str, &'static str); 12],
    pub requires: [&'static str; 3],
    pub what: &'static str,
    pub everything: &'static str,
    pub shown: &'static str,
    pub shown_needs_filter: &'static str,
    pub options: &'static str,
    pub redact: &'static str,
    pub redact_text: &'static str,
    pub detection_finding: &'static str,
    pub semicolon: &'static str,
    pub preview: &'static str,
    pub contains: fn(&str, u64) -> String,
    pub key_save: &'static str,
    pub key_open: &'static str,
    pub table_save: &'static str,
    pub no_random: &'static str,
    // What goes wrong.
    pub no_key: &'static str,
}
