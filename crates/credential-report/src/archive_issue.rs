//! What is wrong with a ZIP file.

use serde::{Deserialize, Serialize};

/// What is wrong with a ZIP file, or with a file in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArchiveIssue {
    /// It breaks off, or its bytes are not those that were packed.
    Damaged,
    /// It can be unpacked with a password alone.
    Encrypted,
    /// It is packed in another way than ZIP files mostly are.
    Method,
    /// It holds more files than this.
    TooManyFiles {
        /// The limit.
        limit: u32,
    },
    /// The ZIP file is larger than this, in bytes.
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// It unpacks to more bytes than this.
    UnpacksToTooMuch {
        /// The limit.
        limit: u64,
    },
    /// It unpacks to more than so many times its size, as no report does.
    Bomb {
        /// The limit.
        times: u32,
    },
}
