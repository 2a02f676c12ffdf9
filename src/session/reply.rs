//! What the session answers.

use serde::{Deserialize, Serialize};

use super::desk::DecisionPage;
use super::side_file::SideKind;
use crate::accounts::Accounts;
use crate::by_owner::OwnerGroups;
use crate::card::Card;
use crate::comparison::{ComparisonSummary, FindingChange, UserChange};
use crate::export::Preview;
use crate::overview::Overview;
use crate::query::Cards;
use crate::report::ReadError;
use crate::review::Fault;

/// What the session answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// Done; there is nothing to say.
    Done,
    /// How far the file is read.
    Progress {
        /// Bytes of the file that were read.
        bytes: u64,
        /// Rows found so far.
        rows: u64,
    },
    /// The file is read and waits for the commit.
    FileRead {
        /// Its rows.
        rows: u32,
    },
    /// What became of files that were sent together: for each the first that failed, else the last.
    FilesRead(Vec<Reply>),
    /// The file is a ZIP file, and is to be unpacked.
    Archive {
        /// How many files are in it.
        files: u32,
    },
    /// How far the ZIP file is read.
    Unpacked {
        /// Bytes that were unpacked.
        bytes: u64,
        /// Rows found in it so far.
        rows: u64,
        /// The files that were read since the last reply.
        files: Vec<UnpackedFile>,
        /// Whether that was all.
        is_done: bool,
    },
    /// The file is one beside the reports, is read and waits for the commit.
    SideFileRead {
        /// What it holds.
        kind: SideKind,
        /// How many things it says: decisions.
        entries: u32,
    },
    /// The file is no report that can be read; the batch goes on without it.
    FileFailed(ReadError),
    /// The result.
    Overview(Box<Overview>),
    /// There is no result: nothing was committed yet, or the batch held no report.
    NoResult,
    /// The answer to a query.
    Cards(Box<Cards>),
    /// The answer to a question about accounts.
    Accounts(Box<Accounts>),
    /// A page of owners.
    Owners(Box<OwnerGroups>),
    /// One user.
    Card(Box<Card>),
    /// What became of findings and users, at a glance.
    Comparison(Box<ComparisonSummary>),
    /// A page of what became of findings.
    Changes(Box<Changes<FindingChange>>),
    /// A page of what became of users.
    UserChanges(Box<Changes<UserChange>>),
    /// A page of decisions.
    Decisions(Box<DecisionPage>),
    /// Nothing was decided, and why.
    NotDecided(Fault),
    /// A part of an export; parts joined in order make the file.
    Part {
        /// The text, UTF-8.
        #[serde(skip)]
        bytes: Vec<u8>,
        /// Whether the export is complete.
        last: bool,
        /// What the file of this part is called, where each is one of its own that is named by what it holds.
        name: Option<String>,
    },
    /// What an export would hold.
    Preview(Box<Preview>),
    /// The request does not fit what the session is doing; nothing was changed.
    Refused {
        /// What does not fit.
        reason: String,
    },
}

/// A page of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes<T> {
    /// How many the question matches.
    pub matching: u64,
    /// How many of them were skipped.
    pub offset: u32,
    /// Those of this page, in order.
    pub changes: Vec<T>,
}

/// A file of a ZIP file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnpackedFile {
    /// Its name: that of the ZIP file, and the path in it.
    pub name: String,
    /// Why it was left aside; `None` for what was read.
    pub left_aside: Option<ReadError>,
    /// What it holds that is no report; `None` for a report.
    pub side: Option<SideKind>,
}
