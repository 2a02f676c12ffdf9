//! What a user is and has, as far as flags tell.

use crate::card::Kind;
use crate::report::User;

/// What the totals count of a user besides verdicts and times.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) kind: Kind,
    /// Whether a password is enabled.
    pub(super) has_password: bool,
    /// Whether the key of each slot is active.
    pub(super) has_key: [bool; 2],
    /// Whether a device is active; `None` where the report does not tell.
    pub(super) mfa: Option<bool>,
}

impl Facts {
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
pub(crate) fn kind(user: &User<'_>) -> Kind {
    Facts::new(user).kind
}
