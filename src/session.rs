//! The whole app without a screen: a request goes in, a reply comes out.
//!
//! A batch of files goes in as [`Request::Begin`], then for each file [`Request::File`], its bytes
//! in as many [`Request::Slice`]s as you like and [`Request::EndOfFile`], then [`Request::Commit`].
//! Until the commit the former result stands; a batch without any report in it leaves it as it is.

use serde::{Deserialize, Serialize};

use crate::card::Card;
use crate::overview::Overview;
use crate::policy::Policy;
use crate::query::{Cards, Query};
use crate::report::{ReadError, Timestamp};

/// What becomes of the former result when a batch is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The batch takes its place.
    Replace,
    /// The batch is added to it; a newer report of an account replaces the older one.
    Add,
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
    /// The next bytes of the file.
    #[serde(skip)]
    Slice(Vec<u8>),
    /// The file's bytes are all there.
    EndOfFile,
    /// The file could not be read to its end; it is dropped from the batch.
    AbandonFile,
    /// The batch is complete: judge it, and make it the result.
    Commit,
    /// Drops the batch; the former result stays.
    Cancel,
    /// The result at a glance, again.
    Overview,
    /// Judges by another policy.
    SetPolicy(Policy),
    /// Judges as of another moment; `None` goes back to what the inputs say.
    SetAsOf(Option<Timestamp>),
    /// A page of users.
    Query(Query),
    /// One user, by [`Card::row`].
    Card(u32),
    /// Starts an export, of everything or of what a query matches; the first part comes at once.
    Export(Option<Query>),
    /// The next part of the export.
    NextPart,
    /// Starts the SHA-256 of an input; a place in [`Overview::inputs`]. Its bytes follow as
    /// [`Request::Slice`]s, then [`Request::EndOfFile`].
    Digest(u32),
    /// Forgets everything but the policy.
    Close,
}

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
    /// The file is no report that can be read; the batch goes on without it.
    FileFailed(ReadError),
    /// The result.
    Overview(Box<Overview>),
    /// There is no result: nothing was committed yet, or the batch held no report.
    NoResult,
    /// The answer to a query.
    Cards(Box<Cards>),
    /// One user.
    Card(Box<Card>),
    /// A part of an export; parts joined in order make the file.
    Part {
        /// The text, UTF-8.
        #[serde(skip)]
        bytes: Vec<u8>,
        /// Whether the export is complete.
        last: bool,
    },
    /// The request does not fit what the session is doing; nothing was changed.
    Refused {
        /// What does not fit.
        reason: String,
    },
}
