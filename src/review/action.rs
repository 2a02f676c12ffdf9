//! What is to become of a user or a credential.

use serde::{Deserialize, Serialize};

/// What is to become of a user or a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It stays as it is: an exception. Its findings are accepted for a time.
    Keep,
    /// A key or certificate is replaced by a new one.
    Rotate,
    /// It is switched off; of a password, deleted, for there is no other way.
    Disable,
    /// It is deleted.
    Delete,
    /// The user gets an MFA device.
    AddMfa,
    /// Somebody is asked: nobody knows yet.
    Ask,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 6] =
        [Self::Keep, Self::Rotate, Self::Disable, Self::Delete, Self::AddMfa, Self::Ask];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Rotate => "rotate",
            Self::Disable => "disable",
            Self::Delete => "delete",
            Self::AddMfa => "add-mfa",
            Self::Ask => "ask",
        }
    }

    /// The action of a name, in this very form.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }
}
