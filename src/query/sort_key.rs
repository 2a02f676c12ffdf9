//! By what users are sorted.

use serde::{Deserialize, Serialize};

/// By what users are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortKey {
    /// The number of critical findings, then high, and so on.
    #[default]
    Severity,
    /// The name, ignoring case.
    Name,
    /// Account, then name.
    Account,
    /// When the user was created.
    Creation,
    /// The age of the oldest active access key.
    KeyAge,
    /// The newest use of password or keys.
    LastActivity,
    /// The time since an enabled password was changed.
    PasswordAge,
    /// Since when a finding is open, the oldest of the user's.
    OpenSince,
}

impl SortKey {
    /// Every key, the one in force at first first.
    pub const ALL: [Self; 8] = [
        Self::Severity,
        Self::Name,
        Self::Account,
        Self::Creation,
        Self::KeyAge,
        Self::LastActivity,
        Self::PasswordAge,
        Self::OpenSince,
    ];

    /// The name in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Name => "name",
            Self::Account => "account",
            Self::Creation => "creation",
            Self::KeyAge => "key-age",
            Self::LastActivity => "last-activity",
            Self::PasswordAge => "password-age",
            Self::OpenSince => "open-since",
        }
    }

    /// Whether a person expects the largest first: worst, oldest, newest.
    pub fn descends_at_first(self) -> bool {
        matches!(self, Self::Severity | Self::KeyAge | Self::LastActivity | Self::PasswordAge)
    }
}
