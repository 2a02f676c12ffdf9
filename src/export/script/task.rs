//! What decisions ask for, one credential each.

use std::fmt::{self, Write};

use crate::report::Timestamp;
use crate::review::Action;

/// What a decision asks to be done about one credential, or about what no script touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The decision.
    pub origin: Origin,
    /// `disable`, `rotate` or `delete`.
    pub action: Action,
    /// Whether the decision is about the whole user, and not about this credential alone.
    pub is_of_whole_user: bool,
    /// The name of the user; `None` for root and for what is no user's.
    pub user: Option<String>,
    /// What it is about.
    pub subject: Subject,
}

/// What a task is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The console password.
    Password {
        /// When the report was generated that shows it: a later one is another password.
        report: Timestamp,
    },
    /// An access key.
    AccessKey {
        /// When it was created.
        created: Timestamp,
        /// When it was last used, as the report says.
        last_used: LastUse,
    },
    /// What is done by hand alone: a certificate, the deletion of a user, what the report does not tell.
    Other,
}

/// When a key was last used, as the report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastUse {
    /// At this time.
    At(Timestamp),
    /// Never.
    Never,
    /// The report does not say: then any use is later than it says.
    Unknown,
}

impl LastUse {
    pub(super) fn quoted(self) -> String {
        match self {
            Self::At(time) => format!("'{time}'"),
            Self::Never => "never".to_owned(),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

/// Where a decision stands, for a person who looks it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// In a file, at a line, from 1.
    File(String, u32),
    /// It is in no file yet: its place among all decisions, from 1.
    Unsaved(u32),
}

/// How much of a file's name is said.
const LONGEST_FILE_NAME: usize = 120;

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(name, line) => {
                // It goes into a comment, which a line break would end.
                let is_plain = |letter: char| letter.is_alphanumeric() || "._-+=,@ ()".contains(letter);
                for letter in name.chars().take(LONGEST_FILE_NAME) {
                    f.write_char(if is_plain(letter) { letter } else { '_' })?;
                }
                write!(f, ", line {line}")
            }
            Self::Unsaved(number) => write!(f, "decision {number}, not saved yet"),
        }
    }
}
