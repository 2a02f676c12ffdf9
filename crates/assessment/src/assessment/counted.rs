//! What the totals count of the users of one shape: what flags tell of each of them, and which times they have.

use super::facts::{Kind, UserFlags};
use crate::checks::PasswordExpiry;
use crate::report::{Column, User};

/// What the totals count of the users of one shape.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) flags: UserFlags,
    /// Enabled passwords and active keys that were never used, root's aside.
    pub(super) never_used: u64,
    /// The password as far as its expiry is looked at, root's aside.
    pub(super) expiry: PasswordExpiry,
    /// The times that are counted.
    pub(super) times: Vec<CountedTime>,
}

/// A time that is counted, and differs from user to user.
#[derive(Debug, Clone, Copy)]
pub(super) enum CountedTime {
    /// When an active key was created.
    Created(Column),
    /// When an enabled password or an active key was last used.
    Used(Column),
    /// When a password expires whose last change is known.
    Expires,
}

impl Counted {
    /// What is counted of a user, and of all others of the same shape.
    pub(super) fn new(user: &User<'_>) -> Self {
        let flags = UserFlags::new(user);
        let mut counted = Self { flags, never_used: 0, expiry: PasswordExpiry::default(), times: Vec::new() };
        let is_root = flags.kind == Kind::Root;
        if !is_root {
            counted.look_at_expiry(user);
            if flags.has_password {
                counted.look_at_use(user, Column::PasswordLastUsed);
            }
        }
        for (slot, _) in (1..).zip(flags.has_key).filter(|(_, is_active)| *is_active) {
            let key = user.access_key(slot);
            if matches!(key.created(), Ok(Some(_))) {
                counted.times.push(CountedTime::Created(key.created_column()));
            }
            if !is_root {
                counted.look_at_use(user, key.last_used_column());
            }
        }
        counted
    }

    fn look_at_use(&mut self, user: &User<'_>, used: Column) {
        match user.time(used) {
            Ok(Some(_)) => self.times.push(CountedTime::Used(used)),
            Ok(None) => self.never_used += 1,
            Err(_) => {}
        }
    }

    fn look_at_expiry(&mut self, user: &User<'_>) {
        let expires = user.password_next_rotation();
        match (user.password_enabled(), expires) {
            (Ok(true), _) => {
                self.expiry.enabled = 1;
                match expires {
                    Ok(None) => self.expiry.without_expiry = 1,
                    Ok(Some(_)) if matches!(user.password_last_changed(), Ok(Some(_))) => {
                        self.times.push(CountedTime::Expires);
                    }
                    Ok(Some(_)) => {}
                    Err(missing) => self.expiry.missing = Some(missing),
                }
            }
            // A password that expires is no finding, enabled or not.
            (Ok(false), _) | (Err(_), Ok(Some(_))) => {}
            (Err(missing), _) => self.expiry.missing = Some(missing),
        }
    }
}
