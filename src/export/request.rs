//! What is asked of an export: which form, of what, and how it is written.

use serde::{Deserialize, Serialize};

use super::form_table::FORMS;
use super::redaction::RedactionKey;
use super::script::Deactivation;
use crate::query::Query;
use crate::report::Timestamp;
use crate::review::{Day, Reviewed};
use crate::text::Language;

/// A form that leaves the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// The findings as JSON, `credential-report-findings/1`.
    #[default]
    Findings,
    /// What became of findings and users since the earlier reports, `credential-report-changes/1`.
    Changes,
    /// The findings as a table, one a row.
    FindingsCsv,
    /// The users as a table, those without findings too.
    UsersCsv,
    /// The findings as a list to tick off.
    Markdown,
    /// The findings as events of the Open Cybersecurity Schema Framework.
    Ocsf,
    /// A letter to each owner: her or his users, what was found, boxes to decide.
    Letters,
    /// Which alias stands for which name.
    RedactionTable,
    /// The decisions as JSON, `credential-report-decisions/1`.
    Decisions,
    /// The record of the review as JSON, `credential-report-review/1`: every user, and what was decided.
    Review,
    /// Scripts that deactivate what was decided so, one an account.
    DisableScript,
    /// Scripts that delete what those deactivated, one an account.
    DeleteScript,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; FORMS.len()] = [
        Self::Findings,
        Self::Changes,
        Self::FindingsCsv,
        Self::UsersCsv,
        Self::Markdown,
        Self::Ocsf,
        Self::Letters,
        Self::RedactionTable,
        Self::Decisions,
        Self::Review,
        Self::DisableScript,
        Self::DeleteScript,
    ];

    /// The name on the command line: `findings-csv`.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        self.entry().media_type
    }

    /// What it is for; `None` for what belongs to another form.
    pub fn purpose(self) -> Option<Purpose> {
        self.entry().purpose
    }

    /// Whether it is a table.
    pub fn has_separator(self) -> bool {
        self.entry().ending == "csv"
    }

    /// Whether it has the digests of the inputs, which have to be worked out before.
    pub fn has_digests(self) -> bool {
        matches!(self, Self::Findings | Self::Changes | Self::Review)
    }

    /// What is counted of it.
    pub fn counted(self) -> Counted {
        self.entry().counted
    }

    /// What it cannot be made without.
    pub fn requires(self) -> Option<Requirement> {
        self.entry().requires
    }

    /// Whether aliases can stand for its names.
    pub fn can_be_redacted(self) -> bool {
        self.entry().can_be_redacted
    }

    /// Whether every part is a file of its own in a folder.
    pub fn is_in_files(self) -> bool {
        matches!(self, Self::Markdown | Self::Letters) || self.is_script()
    }

    /// Whether it is a script an account, from decisions; none where nothing is to be done.
    pub fn is_script(self) -> bool {
        matches!(self, Self::DisableScript | Self::DeleteScript)
    }

    pub(super) fn entry(self) -> &'static super::form_table::FormEntry {
        &FORMS[self as usize]
    }
}

/// What is counted of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Findings.
    Findings,
    /// Users.
    Users,
}

/// What a form cannot be made without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// An earlier report of an account.
    EarlierReport,
    /// Decisions.
    Decisions,
    /// A file of owners.
    Owners,
}

impl Requirement {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::EarlierReport, Self::Decisions, Self::Owners];

    /// Whether it is there.
    pub(super) fn is_met(self, compared: Reviewed<'_>) -> bool {
        match self {
            Self::EarlierReport => compared.comparison.is_some(),
            Self::Decisions => compared.decided.is_some(),
            Self::Owners => compared.owners.is_some(),
        }
    }
}

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Programs.
    Programs,
    /// A spreadsheet.
    Spreadsheet,
    /// A ticket.
    Ticket,
    /// An auditor: forms, and print.
    Auditor,
    /// Acting on what was decided: scripts.
    Action,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 5] = [Self::Programs, Self::Spreadsheet, Self::Ticket, Self::Auditor, Self::Action];

    /// Its forms.
    pub fn forms(self) -> impl Iterator<Item = Form> {
        Form::ALL.into_iter().filter(move |form| form.purpose() == Some(self))
    }
}

/// What stands between the cells of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Separator {
    /// `,`, where a decimal sign is a point.
    #[default]
    Comma,
    /// `;`, where a decimal sign is a comma.
    Semicolon,
}

impl Separator {
    /// Every separator.
    pub const ALL: [Self; 2] = [Self::Comma, Self::Semicolon];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
        }
    }

    pub(super) fn character(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
        }
    }
}

/// As which class of OCSF findings are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OcsfClass {
    /// Compliance Finding, 2003.
    #[default]
    ComplianceFinding,
    /// Detection Finding, 2004.
    DetectionFinding,
}

impl OcsfClass {
    /// Every class.
    pub const ALL: [Self; 2] = [Self::ComplianceFinding, Self::DetectionFinding];

    /// `class_uid`.
    pub fn uid(self) -> u32 {
        match self {
            Self::ComplianceFinding => 2003,
            Self::DetectionFinding => 2004,
        }
    }

    /// `class_uid` as text, the name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::ComplianceFinding => "2003",
            Self::DetectionFinding => "2004",
        }
    }
}

/// What is asked of an export. By default: everything, as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRequest {
    /// The form.
    pub form: Form,
    /// Of what; `None` is everything.
    pub filter: Option<Query>,
    /// The language of Markdown. Every other form is English.
    pub language: Language,
    /// What stands between the cells of a table.
    pub separator: Separator,
    /// The class of OCSF.
    pub class: OcsfClass,
    /// The key of the aliases that stand for names; `None` leaves the names. The table of aliases cannot
    /// be made without.
    pub redaction: Option<RedactionKey>,
    /// When stage 1 deactivated which key, as its undo files say: what the scripts of stage 2 count their days
    /// by. Without, they ask for these files when they are run.
    pub undo: Vec<Deactivation>,
    /// By when letters ask for an answer; `None`: 14 days after the result's time, see [`answer_by`].
    pub answer_by: Option<Day>,
}

/// How many days after the result's time an answer is asked for, where nobody says.
const DAYS_TO_ANSWER: i64 = 14;

/// By when letters ask for an answer, where nobody says.
pub fn answer_by(as_of: Timestamp) -> Day {
    Day::of(as_of).plus(DAYS_TO_ANSWER)
}

impl From<Form> for ExportRequest {
    fn from(form: Form) -> Self {
        Self { form, ..Self::default() }
    }
}

/// The findings as JSON, of what a query matches.
impl From<Option<Query>> for ExportRequest {
    fn from(filter: Option<Query>) -> Self {
        Self { filter, ..Self::default() }
    }
}

impl ExportRequest {
    /// Whether aliases stand for names. The table of aliases has both.
    pub fn is_redacted(&self) -> bool {
        self.redaction.is_some() && self.form != Form::RedactionTable
    }
}
