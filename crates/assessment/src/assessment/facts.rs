//! What a user is and has, as far as flags tell.

use serde::{Deserialize, Serialize};

use crate::report::User;

/// What a user probably is; a guess from the credentials it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The root user; no guess.
    Root,
    /// A console password and no active key.
    Human,
    /// An active key and no console password.
    Machine,
    /// A console password and an active key.
    Both,
    /// Neither.
    None,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Root, Self::Human, Self::Machine, Self::Both, Self::None];

    /// The name in exports and in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Human => "human",
            Self::Machine => "machine",
            Self::Both => "both",
            Self::None => "none",
        }
    }
}

/// What the totals count of a user besides verdicts and times.
#[derive(Debug, Clone, Copy)]
pub(super) struct UserFlags {
    pub(super) kind: Kind,
    /// Whether a password is enabled.
    pub(super) has_password: bool,
    /// Whether the key of each slot is active.
    pub(super) has_key: [bool; 2],
    /// Whether a device is active; `None` where the report does not tell.
    pub(super) mfa: Option<bool>,
}

impl UserFlags {
    pub(super) fn new(user: &User<'_>) -> Self {
        let has_password = user.password_enabled() == Ok(true);
        let has_key = [1, 2].map(|slot| user.access_key(slot).active() == Ok(true));
        let kind = if user.is_root() {
            Kind::Root
        } else {
            match (has_password, has_key.contains(&true)) {
                (true, true) => Kind::Both,
                (true, false) => Kind::Human,
                (false, true) => Kind::Machine,
                (false, false) => Kind::None,
            }
        };
        Self { kind, has_password, has_key, mfa: user.mfa_active().ok() }
    }
}

/// What a user probably is.
pub fn kind(user: &User<'_>) -> Kind {
    UserFlags::new(user).kind
}
