//! Where the as-of time comes from.

use serde::{Deserialize, Serialize};

/// Where the as-of time comes from, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AsOfSource {
    /// A person set it.
    Chosen,
    /// `GeneratedTime` of the API's answer.
    GeneratedTime,
    /// The time in the console's name for the file.
    FileName,
    /// When the file was last modified.
    LastModified,
    /// The newest event in the report.
    NewestEvent,
}

impl AsOfSource {
    /// The name in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::GeneratedTime => "generated-time",
            Self::FileName => "file-name",
            Self::LastModified => "last-modified",
            Self::NewestEvent => "newest-event",
        }
    }
}
