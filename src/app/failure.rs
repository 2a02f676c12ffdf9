//! A failure, told where the person looks.

use credential_report_viewer::report::ReadError;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The session read the file, and it is no report.
    Read(ReadError),
    /// The browser could read so much of the file, and no more.
    Unreadable { name: String, read: u64, bytes: u64 },
    /// The worker stopped, at this location in the program.
    Stopped { location: String },
    /// The browser refused to save a file or to copy.
    NotSaved,
}
