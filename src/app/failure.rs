//! A failure, told where the person looks.

use credential_report_viewer::report::ReadError;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The session read the file, and it is no report.
    Read(ReadError),
    /// The browser could read so much of the file, and no more.
    Unreadable { name: String, read: u64, bytes: u64 },
    /// The browser does not let anybody read this folder.
    Folder { name: String },
    /// There are more files than are read.
    TooManyFiles { name: String, limit: u64 },
    /// Among so many files there is no report.
    NoReports { files: u64 },
    /// The worker stopped, at this location in the program.
    Stopped { location: String },
    /// The browser refused to save a file or to copy.
    NotSaved,
}

impl Failure {
    /// Whether it is told in the same words as another, the name of the file aside.
    pub(crate) fn has_reason_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Read(one), Self::Read(other)) => one.kind == other.kind,
            (
                Self::Unreadable { read, bytes, .. },
                Self::Unreadable { read: other_read, bytes: other_bytes, .. },
            ) => (read, bytes) == (other_read, other_bytes) || (*read, *other_read) == (0, 0),
            _ => self == other,
        }
    }
}
