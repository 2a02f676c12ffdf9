//! Every form, in one table: its names, and how it starts.

use super::changes::ChangesExport;
use super::decisions::DecisionsJson;
use super::findings::FindingsJson;
use super::findings_csv::FindingsCsv;
use super::letters::Letters;
use super::markdown::Markdown;
use super::ocsf::Ocsf;
use super::redaction::Redactor;
use super::redaction_table::RedactionTable;
use super::request::{Counted, ExportRequest, Purpose, Requirement};
use super::review::ReviewJson;
use super::script::{Scripts, Stage};
use super::users_csv::UsersCsv;
use crate::review::Reviewed;

/// What there is to know of a form.
pub(super) struct FormEntry {
    /// The name on the command line.
    pub(super) name: &'static str,
    /// What a file of it holds, in its name.
    pub(super) stem: &'static str,
    /// How the name of a file ends.
    pub(super) ending: &'static str,
    pub(super) media_type: &'static str,
    /// What for; `None` for what belongs to another form.
    pub(super) purpose: Option<Purpose>,
    pub(super) counted: Counted,
    /// What it cannot be made without.
    pub(super) requires: Option<Requirement>,
    /// Whether aliases can stand for its names.
    pub(super) can_be_redacted: bool,
    /// Starts it.
    pub(super) start: fn(Reviewed<'_>, &ExportRequest, Option<Redactor>) -> Box<dyn Parts>,
}

/// A form under way.
pub(super) trait Parts {
    /// Writes the next part; nothing, where it is still at work or all was written.
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8>;

    /// Whether all was written.
    fn is_done(&self) -> bool;

    /// What the file of the part that was written last is called, where it is one of its own.
    fn part_name(&self) -> Option<&str> {
        None
    }

    /// Writes the beginning, to be looked at; nothing else is asked for then.
    fn beginning(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        self.next_part(compared)
    }
}

const CSV: &str = "text/csv;charset=utf-8";
const JSON: &str = "application/json";
const MARKDOWN: &str = "text/markdown;charset=utf-8";
const SCRIPT: &str = "text/x-shellscript;charset=utf-8";

/// In the order of [`super::Form`].
pub(super) const FORMS: [FormEntry; 12] = [
    FormEntry {
        name: "findings",
        stem: "findings",
        ending: "json",
        media_type: JSON,
        purpose: Some(Purpose::Programs),
        counted: Counted::Findings,
        requires: None,
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(FindingsJson::new(compared, request, redactor)),
    },
    FormEntry {
        name: "changes",
        stem: "changes",
        ending: "json",
        media_type: JSON,
        purpose: Some(Purpose::Programs),
        counted: Counted::Findings,
        requires: Some(Requirement::EarlierReport),
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(ChangesExport::new(compared, request, redactor)),
    },
    FormEntry {
        name: "findings-csv",
        stem: "findings",
        ending: "csv",
        media_type: CSV,
        purpose: Some(Purpose::Spreadsheet),
        counted: Counted::Findings,
        requires: None,
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(FindingsCsv::new(compared, request, redactor)),
    },
    FormEntry {
        name: "users-csv",
        stem: "users",
        ending: "csv",
        media_type: CSV,
        purpose: Some(Purpose::Spreadsheet),
        counted: Counted::Users,
        requires: None,
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(UsersCsv::new(compared, request, redactor)),
    },
    FormEntry {
        name: "markdown",
        stem: "findings",
        ending: "md",
        media_type: MARKDOWN,
        purpose: Some(Purpose::Ticket),
        counted: Counted::Findings,
        requires: None,
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(Markdown::new(compared, request, redactor)),
    },
    FormEntry {
        name: "ocsf",
        stem: "findings",
        ending: "ocsf.json",
        media_type: JSON,
        purpose: Some(Purpose::Programs),
        counted: Counted::Findings,
        requires: None,
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(Ocsf::new(compared, request, redactor)),
    },
    FormEntry {
        name: "letters",
        stem: "letters",
        ending: "md",
        media_type: MARKDOWN,
        purpose: Some(Purpose::Ticket),
        counted: Counted::Users,
        requires: Some(Requirement::Owners),
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(Letters::new(compared, request, redactor)),
    },
    FormEntry {
        name: "redaction-table",
        stem: "redaction-table",
        ending: "csv",
        media_type: CSV,
        purpose: None,
        counted: Counted::Users,
        requires: None,
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(RedactionTable::new(compared, request, redactor)),
    },
    FormEntry {
        name: "decisions",
        stem: "decisions",
        ending: "json",
        media_type: JSON,
        purpose: Some(Purpose::Auditor),
        counted: Counted::Users,
        requires: Some(Requirement::Decisions),
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(DecisionsJson::new(compared, request, redactor)),
    },
    FormEntry {
        name: "review",
        stem: "review",
        ending: "json",
        media_type: JSON,
        purpose: Some(Purpose::Auditor),
        counted: Counted::Users,
        requires: None,
        can_be_redacted: true,
        start: |compared, request, redactor| Box::new(ReviewJson::new(compared, request, redactor)),
    },
    FormEntry {
        name: "disable-script",
        stem: "disable",
        ending: "sh",
        media_type: SCRIPT,
        purpose: Some(Purpose::Action),
        counted: Counted::Users,
        requires: Some(Requirement::Decisions),
        can_be_redacted: false,
        start: |reviewed, request, redactor| {
            Box::new(Scripts::new(Stage::Disable, reviewed, request, redactor.as_ref()))
        },
    },
    FormEntry {
        name: "delete-script",
        stem: "delete",
        ending: "sh",
        media_type: SCRIPT,
        purpose: Some(Purpose::Action),
        counted: Counted::Users,
        requires: Some(Requirement::Decisions),
        can_be_redacted: false,
        start: |reviewed, request, redactor| {
            Box::new(Scripts::new(Stage::Delete, reviewed, request, redactor.as_ref()))
        },
    },
];
