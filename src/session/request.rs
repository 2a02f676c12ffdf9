//! What the session is asked.

use serde::{Deserialize, Serialize};

use super::desk::{About, DecisionQuery, Draft};
use crate::accounts::AccountQuery;
use crate::assessment::RowId;
use crate::by_owner::OwnerQuery;
use crate::comparison::{Against, ChangeQuery};
use crate::export::{ExportRequest, RedactionKey};
use crate::policy::Policy;
use crate::query::Query;
use crate::report::Timestamp;

/// What becomes of the former result when a batch is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The batch takes its place.
    Replace,
    /// The same, and what stands beside it is forgotten, decisions too: it was a sample.
    Anew,
    /// The batch is added to it; a newer report of an account replaces the older one.
    Add,
}

/// A file of a batch, whose bytes come with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeFile {
    /// Its name.
    pub name: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// When it was last modified; `None` where nobody knows (a pasted text).
    pub modified: Option<Timestamp>,
}

/// What the session is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Starts a batch of files; one that is under way is dropped.
    Begin {
        /// What becomes of the former result.
        mode: Mode,
        /// What the clock says.
        now: Timestamp,
    },
    /// Starts a file of the batch.
    File {
        /// Its name.
        name: String,
        /// Its size, in bytes.
        bytes: u64,
        /// When it was last modified; `None` where nobody knows (a pasted text).
        modified: Option<Timestamp>,
    },
    /// The file's bytes are all there.
    EndOfFile,
    /// Files of the batch: for each [`Request::File`], [`Request::Slice`] and [`Request::EndOfFile`] at once.
    WholeFiles {
        /// The files.
        files: Vec<WholeFile>,
        /// The bytes of all of them, in their order; never serialised.
        #[serde(skip)]
        bytes: Vec<u8>,
    },
    /// Reads the next part of the ZIP file that was fed. What is left when another file or the commit
    /// follows is read then, all at once.
    Unpack,
    /// The file could not be read to its end; it is dropped from the batch.
    AbandonFile,
    /// The batch is complete: evaluate it, and make it the result.
    Commit,
    /// Drops the batch; the former result stays.
    Cancel,
    /// The result at a glance, again, with the digest of the decisions.
    Overview,
    /// Judges by another policy.
    SetPolicy(Policy),
    /// Judges as of another moment; `None` goes back to what the inputs say.
    SetAsOf(Option<Timestamp>),
    /// A page of users.
    Query(Query),
    /// A page of accounts.
    Accounts(AccountQuery),
    /// A page of owners; nothing without a file of owners.
    Owners(Box<OwnerQuery>),
    /// One user, by [`Card::row`]; of an earlier report, too, once it is compared with.
    Card(RowId),
    /// Starts an export, of everything or of what a query matches; the first part comes at once. A form that
    /// has to look at all before it writes begins with parts that are empty.
    Export(Box<ExportRequest>),
    /// The next part of the export.
    NextPart,
    /// What an export would hold; one that is under way goes on.
    Preview(Box<ExportRequest>),
    /// Chooses with which earlier report the current one of each account is compared.
    CompareWith(Against),
    /// What became of findings and users since the earlier reports, at a glance.
    Comparison,
    /// A page of what became of findings.
    Changes(ChangeQuery),
    /// A page of what became of users; of a question the accounts, the words and the page count.
    UserChanges(ChangeQuery),
    /// Makes a decision about each thing that is meant; none, where one would not be sound.
    Decide {
        /// About what.
        about: About,
        /// What is decided.
        draft: Draft,
    },
    /// Puts another decision in the place of one, about the same; by its place among all.
    ChangeDecision {
        /// Its place.
        place: u32,
        /// What is decided now.
        draft: Draft,
    },
    /// Takes decisions back, by their places among all.
    WithdrawDecisions(Vec<u32>),
    /// A page of decisions.
    Decisions(DecisionQuery),
    /// The decisions that were exported last are in a file now.
    DecisionsSaved,
    /// Starts the SHA-256 of an input; a place in [`Overview::inputs`]. Its bytes follow as
    /// [`Request::Slice`]s, then [`Request::EndOfFile`].
    Digest(u32),
    /// From now on what is shown has aliases in place of names; `None` ends that. Questions keep to names.
    Redact(Option<RedactionKey>),
    /// Forgets everything but the policy.
    Close,
    /// The next bytes of the file. Never serialised, and so the last: a form that numbers requests
    /// would miscount those behind it.
    #[serde(skip)]
    Slice(Vec<u8>),
}
