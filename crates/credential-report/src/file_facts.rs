//! What is known of a file besides its bytes.

use super::time::Timestamp;

/// What is known of a file besides its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// Its name.
    pub name: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// When it was last modified; `None` where nobody knows.
    pub modified: Option<Timestamp>,
}
