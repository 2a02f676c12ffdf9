//! What can be wrong with a file, or with a place in it; facts only, the advice is the view's.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::archive_issue::ArchiveIssue;
use super::cell_issue::CellIssue;

/// The form in which a report arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Rows of text, as the console hands them out or a spreadsheet saves them.
    Csv,
    /// The answer of `get-credential-report`, as JSON.
    ApiJson,
    /// The `Content` of that answer alone.
    Base64,
}

impl Format {
    /// The name in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::ApiJson => "api-json",
            Self::Base64 => "base64",
        }
    }
}

/// What a file is, when it is no credential report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtherFile {
    /// `{"State": "STARTED"}`: the answer of `generate-credential-report`, with its state.
    GenerateAnswer(String),
    /// An error of AWS, with its code: `ReportNotPresent`, `ReportInProgress`, `ReportExpired`,
    /// `AccessDenied`, …
    AwsError(String),
    /// An XLSX workbook.
    Workbook,
    /// A ZIP archive.
    Zip,
    /// A gzip archive.
    Gzip,
    /// A PDF.
    Pdf,
    /// A web page.
    Html,
    /// The access key that the console hands out when a key is made, `rootkey.csv`, or the AWS CLI's
    /// `credentials`: a secret.
    AccessKeyCsv,
    /// The password that the console hands out when a user is made: a secret.
    PasswordCsv,
    /// The findings that this tool exports.
    Findings,
    /// A policy that this tool exports.
    Policy,
    /// Decisions on findings.
    Decisions,
    /// What changed between two reports.
    Changes,
    /// The record of a review.
    Review,
    /// Who answers for which user.
    Owners,
    /// The accounts of an organization.
    Accounts,
    /// Alibaba Cloud's report on its RAM users.
    Alibaba,
    /// Resources that Cloud Custodian wrote.
    Custodian,
    /// The answer of `get-credential-report` without its `Content`.
    NoContent,
    /// A table whose columns are drawn with blanks or bars.
    DrawnTable,
    /// Some other JSON.
    Json,
    /// A table with other columns; the first of their names.
    Table(Vec<String>),
    /// Bytes that are no text.
    Binary,
    /// Some other text.
    Text,
}

/// Why a file is no report that can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadErrorKind {
    /// The file holds nothing, or white space only.
    Empty,
    /// Something else; what it looks like.
    NotAReport(OtherFile),
    /// A header with columns of the report, but neither `user` nor `arn`; the columns found.
    NoUserColumn(Vec<String>),
    /// A header, but no row that can be read.
    NoRows {
        /// How many rows there were that cannot be read.
        broken: u32,
    },
    /// A report whose line breaks became blanks: where a row ends cannot be told.
    LineBreaksLost,
    /// The `Content` is no base64, from this byte of it on.
    BrokenBase64 {
        /// The place of the first byte that does not fit, from 0.
        offset: u64,
    },
    /// The JSON breaks off or is malformed.
    BrokenJson {
        /// What the reader of JSON said.
        reason: String,
    },
    /// A file of this tool's in a form or version that it does not know.
    UnknownSchema {
        /// The name that the file gives it.
        schema: String,
        /// The one that is known.
        known: String,
    },
    /// A ZIP file that cannot be unpacked, or a file in one.
    Archive(ArchiveIssue),
    /// More rows than a session can number.
    TooManyRows,
    /// The open files need more memory than there is.
    OutOfMemory {
        /// The limit, in bytes.
        limit: u64,
    },
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty"),
            Self::NotAReport(other) => write!(f, "not a credential report: {other}"),
            Self::NoUserColumn(names) => write!(f, "neither `user` nor `arn` among {}", names.join(", ")),
            Self::NoRows { broken } => write!(f, "no readable row, {broken} unreadable"),
            Self::LineBreaksLost => f.write_str("the line breaks are lost"),
            Self::BrokenBase64 { offset } => write!(f, "not Base64 from byte {offset}"),
            Self::BrokenJson { reason } => write!(f, "malformed JSON: {reason}"),
            Self::UnknownSchema { schema, known } => write!(f, "schema {schema:?}, known is {known}"),
            Self::Archive(issue) => write!(f, "ZIP file: {issue:?}"),
            Self::TooManyRows => f.write_str("too many rows"),
            Self::OutOfMemory { limit } => write!(f, "needs more than {limit} bytes of memory"),
        }
    }
}

impl fmt::Display for OtherFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GenerateAnswer(state) => return write!(f, "GenerateCredentialReport response, {state}"),
            Self::AwsError(code) => return write!(f, "AWS error {code}"),
            Self::Table(names) => return write!(f, "table of {}", names.join(", ")),
            Self::Workbook => "workbook",
            Self::Zip => "ZIP archive",
            Self::Gzip => "gzip archive",
            Self::Pdf => "PDF",
            Self::Html => "web page",
            Self::AccessKeyCsv => "secret access key",
            Self::PasswordCsv => "console password",
            Self::Findings => "exported findings",
            Self::Policy => "exported check policy",
            Self::Decisions => "decisions",
            Self::Changes => "exported changes",
            Self::Review => "review",
            Self::Owners => "owners of users",
            Self::Accounts => "accounts of an organization",
            Self::Alibaba => "credential report of Alibaba Cloud",
            Self::Custodian => "resources of Cloud Custodian",
            Self::NoContent => "GetCredentialReport response without content",
            Self::DrawnTable => "table drawn with blanks or bars",
            Self::Json => "other JSON",
            Self::Binary => "binary data",
            Self::Text => "other text",
        })
    }
}

/// A file that is no report that can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct ReadError {
    /// The file's name.
    pub file: String,
    /// The line, from 1, where the trouble has one.
    pub line: Option<u32>,
    /// What is wrong.
    pub kind: ReadErrorKind,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        f.write_str(": ")?;
        self.kind.fmt(f)
    }
}

/// What is odd about a place in a report that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningKind {
    /// A row with more or fewer cells than the header; it was kept out.
    CellCount {
        /// The cells of the row.
        found: u32,
        /// The cells of the header.
        expected: u32,
    },
    /// A quote that is never closed; the row was kept out.
    OpenQuote,
    /// A row without a name; it was kept out.
    NoUser,
    /// A row without an ARN that is about no user: a total, a note; it was kept out.
    NotAUser,
    /// A line of a file of secrets, or one without an ARN that holds an access key or a URL; it was kept out.
    Secret,
    /// Several rows in one line; it was kept out.
    LineBreaksLost,
    /// Lines before the header, or what stands in its line before it; they were left aside.
    LinesBeforeHeader {
        /// How many.
        count: u32,
    },
    /// Rows before any header, which were read in AWS's own order.
    WithoutHeader,
    /// Words of another tool or language for `true` and `false`, which were read.
    ForeignFlags {
        /// The words, `true` first.
        words: String,
    },
    /// More cells than the header has columns, in a row whose ARN is in its place: it was read without them.
    SurplusCells {
        /// The cells of the row.
        found: u32,
        /// The cells of the header.
        expected: u32,
    },
    /// A name that IAM does not allow, beside an ARN: that one's name counts.
    NameOfArn,
    /// A name with unquoted commas; the row was put together by its ARN.
    CommasInName,
    /// A cell that should hold a time.
    Time(CellIssue),
    /// A cell that should hold `true` or `false`.
    Flag,
    /// An ARN that is none of IAM; the account is unknown.
    Arn,
    /// An ARN that names someone else than the row.
    ArnOfOther,
    /// A column that the report is not known to have; it is left aside.
    UnknownColumn,
    /// Columns that the report is not known to have, in a line that does not look like a header, so that
    /// their names are not told.
    UnnamedColumns {
        /// How many.
        count: u32,
    },
    /// A column that stands twice; the first one counts.
    RepeatedColumn,
    /// A second row with the same ARN; both are kept. The line of the first.
    RepeatedArn {
        /// The line of the first row, from 1.
        first_line: u32,
    },
    /// Bytes that are no text; U+FFFD stands for them.
    Encoding,
    /// Text that is not UTF-8 and was taken for another encoding, of which it looks: the first of all
    /// such places in the file.
    Decoded {
        /// The encoding.
        encoding: String,
        /// How many places there are.
        places: u32,
    },
    /// Text that is not UTF-8 and was taken for another encoding, but looks like a third one.
    DoubtfullyDecoded {
        /// The encoding that it was taken for.
        encoding: String,
    },
    /// Bytes that are neither UTF-8 nor text in another encoding.
    NotDecoded {
        /// The encoding that was tried.
        encoding: String,
    },
    /// UTF-16 that ends within a letter.
    CutOff,
    /// An earlier report of the account: a newer one makes the result.
    Replaced {
        /// The account.
        account: String,
        /// The file that makes the result.
        by: String,
    },
    /// A report of the account of the same time as another, which says something else and came later: that
    /// one counts as the newer of the two.
    SameTime {
        /// The account.
        account: String,
        /// The file that came later.
        by: String,
    },
    /// A report of the account that says what another of the same time says; it counts once.
    SameReport {
        /// The account.
        account: String,
        /// The file that counts.
        first: String,
    },
    /// A file of the same bytes as another; it counts once.
    SameFile {
        /// The other file, which came first.
        first: String,
    },
}

impl WarningKind {
    /// Whether the row was kept out of the result.
    pub fn breaks_row(&self) -> bool {
        matches!(
            self,
            Self::CellCount { .. }
                | Self::OpenQuote
                | Self::NoUser
                | Self::NotAUser
                | Self::Secret
                | Self::LineBreaksLost
        )
    }
}

/// A place in a report that deserves a look, or several of the same kind in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The file's name.
    pub input: String,
    /// The line, from 1; `None` where the whole file is meant.
    pub line: Option<u32>,
    /// The column's name in the header.
    pub column: Option<String>,
    /// The raw text of the cell, of several that of the first; `None` where there is none, and for a row
    /// that was kept out: it may hold a secret.
    pub value: Option<String>,
    /// What is odd.
    pub kind: WarningKind,
    /// How many places more there are of the same kind, in the same column.
    pub more: u32,
    /// The lines of the first of these, up to [`Warning::LINES`].
    pub more_lines: Vec<u32>,
}

impl Warning {
    /// Of how many more places the line is told.
    pub const LINES: usize = 4;
}
