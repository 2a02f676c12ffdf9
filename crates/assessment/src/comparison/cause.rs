//! Why a finding of the earlier report is no longer there: which of the things that happened resolves or
//! clears it.

use super::credential::Partner;
use super::outcome::Cause;
use super::pair::{Pair, Sides};
use crate::checks::{CheckId, SubjectKind};
use crate::report::{Column, Timestamp, User};

impl Pair<'_> {
    /// The first cause that holds for a finding of the earlier report, in a slot, from 0; `None` where none
    /// does, or where the credentials cannot be told apart.
    pub(super) fn cause(&self, sides: &Sides<'_>, check: CheckId, slot: u8) -> Option<Cause> {
        match check.number() {
            1 | 12 => self.key_gone_or_inactive(slot),
            13 | 14 => self.key_gone_or_inactive(slot).or_else(|| self.key_used_again(slot)),
            18 => self.key_gone_or_inactive(slot).or_else(|| {
                let is_told = self.keys.of_then(slot) != Partner::Unclear;
                self.password_removed().filter(|_| is_told)
            }),
            2 | 15 => match self.keys.of_then(slot) {
                Partner::Absent => Some(Cause::KeyDeleted),
                Partner::Slot(now) => self.key_is_active_now(now).then_some(Cause::Reactivated),
                Partner::Unclear => None,
            },
            5 | 20 => match self.certificates.of_then(slot) {
                Partner::Absent => Some(Cause::CertificateDeleted),
                Partner::Slot(now) => {
                    let is_inactive = self.now.certificate(now + 1).active() == Ok(false);
                    is_inactive.then_some(Cause::CertificateDeactivated)
                }
                Partner::Unclear => None,
            },
            3 => self.mfa_enabled().or_else(|| {
                let is_left = self.now.password_enabled() != Ok(false) || !self.no_key_is_active();
                (!is_left).then_some(Cause::CredentialsRemoved)
            }),
            4 => self.root_use_is_long_ago(sides),
            6 => self.password_removed().or_else(|| self.mfa_enabled()),
            7 => self.password_removed().or_else(|| self.password_used_again()),
            8 => self
                .password_removed()
                .or_else(|| self.password_used_again())
                .or_else(|| self.password_changed()),
            9 => self.password_removed().or_else(|| self.password_changed()),
            10 => self.password_removed().or_else(|| self.password_changed()).or_else(|| {
                let expires = Column::PasswordNextRotation;
                self.differs(expires, expires).then_some(Cause::ExpiryChanged)
            }),
            16 => self.active_keys_gone_or_inactive(),
            17 | 19 if self.no_key_is_active() => self.active_keys_gone_or_inactive(),
            17 => self.password_removed(),
            19 => self.mfa_enabled().or_else(|| {
                let is_enabled = self.now.password_enabled() == Ok(true);
                is_enabled.then_some(Cause::CredentialCreated)
            }),
            21 => self.has_credential_now().then_some(Cause::CredentialCreated),
            22 => self.no_longer_dormant(sides),
            _ => None,
        }
    }

    fn key_is_active_now(&self, slot: u8) -> bool {
        self.now.access_key(slot + 1).active() == Ok(true)
    }

    fn key_was_active(&self, slot: u8) -> bool {
        self.then.access_key(slot + 1).active() == Ok(true)
    }

    /// Whether certainly no key is active in the later report.
    fn no_key_is_active(&self) -> bool {
        [1, 2].into_iter().all(|slot| self.now.access_key(slot).active() == Ok(false))
    }

    /// Of a key that was active: whether it is gone or inactive, and in which way.
    fn key_gone_or_inactive(&self, slot: u8) -> Option<Cause> {
        let cause = match self.keys.of_then(slot) {
            Partner::Absent => Cause::KeyDeleted,
            Partner::Slot(now) => {
                let is_inactive = self.now.access_key(now + 1).active() == Ok(false);
                is_inactive.then_some(Cause::KeyDeactivated)?
            }
            Partner::Unclear => return None,
        };
        let mut active = self.keys.now().filter(|(now, _)| self.key_is_active_now(*now));
        if active.any(|(_, was)| was == Partner::Absent) {
            return Some(Cause::KeyReplaced);
        }
        // A key that may be a new one may be the one that took its place.
        let mut active = self.keys.now().filter(|(now, _)| self.key_is_active_now(*now));
        (!active.any(|(_, was)| was == Partner::Unclear)).then_some(cause)
    }

    fn key_used_again(&self, slot: u8) -> Option<Cause> {
        let Partner::Slot(now) = self.keys.of_then(slot) else { return None };
        let used = (self.then.access_key(slot + 1).last_used(), self.now.access_key(now + 1).last_used());
        is_later(used.0.ok()?, used.1.ok()?).then_some(Cause::UsedAgain)
    }

    fn password_removed(&self) -> Option<Cause> {
        (self.now.password_enabled() == Ok(false)).then_some(Cause::PasswordRemoved)
    }

    fn password_used_again(&self) -> Option<Cause> {
        let (then, now) = (self.then.password_last_used().ok()?, self.now.password_last_used().ok()?);
        is_later(then, now).then_some(Cause::UsedAgain)
    }

    fn password_changed(&self) -> Option<Cause> {
        let changed = Column::PasswordLastChanged;
        self.differs(changed, changed).then_some(Cause::PasswordChanged)
    }

    fn mfa_enabled(&self) -> Option<Cause> {
        (self.now.mfa_active() == Ok(true)).then_some(Cause::MfaEnabled)
    }

    /// Whether a key that was active is gone or inactive.
    fn active_keys_gone_or_inactive(&self) -> Option<Cause> {
        let was_active = || self.keys.then().filter(|(slot, _)| self.key_was_active(*slot));
        if was_active().any(|(_, partner)| partner == Partner::Unclear) {
            return None;
        }
        if was_active().any(|(_, partner)| partner == Partner::Absent) {
            return Some(Cause::KeyDeleted);
        }
        let is_inactive = |now: u8| self.now.access_key(now + 1).active() == Ok(false);
        let deactivated =
            was_active().any(|(_, partner)| matches!(partner, Partner::Slot(now) if is_inactive(now)));
        deactivated.then_some(Cause::KeyDeactivated)
    }

    fn root_use_is_long_ago(&self, sides: &Sides<'_>) -> Option<Cause> {
        let uses = [
            self.then.password_last_used(),
            self.then.access_key(1).last_used(),
            self.then.access_key(2).last_used(),
        ];
        let newest = uses.into_iter().filter_map(|used| used.ok().flatten()).max()?;
        let context = &sides.now.context;
        if context.age(newest) > context.thresholds.root_used_days {
            return Some(Cause::TimePassed);
        }
        let mut keys = self.keys.then();
        keys.any(|(_, partner)| partner == Partner::Absent).then_some(Cause::KeyDeleted)
    }

    /// Whether the later report has a credential of any kind.
    fn has_credential_now(&self) -> bool {
        self.now.password_enabled() == Ok(true)
            || [1, 2].into_iter().any(|slot| {
                self.now.access_key(slot).exists() == Ok(true)
                    || self.now.certificate(slot).exists() == Ok(true)
            })
    }

    fn no_longer_dormant(&self, sides: &Sides<'_>) -> Option<Cause> {
        if self.now.password_enabled() == Ok(false) && self.no_key_is_active() {
            let had_key = self.keys.then().any(|(slot, _)| self.key_was_active(slot));
            return if had_key { self.active_keys_gone_or_inactive() } else { self.password_removed() };
        }
        // What is no longer idle decides.
        let context = &sides.now.context;
        let is_fresh = |since: Option<Timestamp>| {
            since.is_some_and(|since| context.age(since) < context.thresholds.dormant_days)
        };
        let password = self.now.password_enabled() == Ok(true) && is_fresh(self.password_idle_since());
        let keys: Vec<(u8, Partner)> = self
            .keys
            .now()
            .filter(|(now, _)| self.key_is_active_now(*now) && is_fresh(self.key_idle_since(*now)))
            .collect();
        if keys.iter().any(|(_, was)| *was == Partner::Unclear) {
            return None;
        }
        let is_new = keys.iter().any(|(_, was)| *was == Partner::Absent);
        let mut was_active = self.keys.then().filter(|(slot, _)| self.key_was_active(*slot));
        let is_ended = |partner: Partner| match partner {
            Partner::Absent => true,
            Partner::Slot(now) => self.now.access_key(now + 1).active() == Ok(false),
            Partner::Unclear => false,
        };
        if is_new && was_active.any(|(_, partner)| is_ended(partner)) {
            return Some(Cause::KeyReplaced);
        }
        let had_password = self.then.password_enabled() != Ok(false);
        let never_used = self.now.password_last_used() == Ok(None);
        if password && had_password && never_used && self.password_changed().is_some() {
            return Some(Cause::PasswordChanged);
        }
        let was = |slot: u8| match self.keys.of_now(slot) {
            Partner::Slot(then) => Some(then),
            Partner::Absent | Partner::Unclear => None,
        };
        let used_again = |slot: u8| was(slot).and_then(|then| self.key_used_again(then));
        if (password && had_password && self.password_used_again().is_some())
            || keys.iter().any(|(slot, _)| used_again(*slot).is_some())
        {
            return Some(Cause::UsedAgain);
        }
        let was_inactive = |then: u8| self.then.access_key(then + 1).active() == Ok(false);
        if keys.iter().any(|(slot, _)| was(*slot).is_some_and(was_inactive)) {
            return Some(Cause::Reactivated);
        }
        (is_new || (password && !had_password)).then_some(Cause::CredentialCreated)
    }

    /// Since when the enabled password of the later report is idle.
    fn password_idle_since(&self) -> Option<Timestamp> {
        match self.now.password_last_used().ok()? {
            Some(used) => Some(used),
            None => self.now.password_set().ok(),
        }
    }

    /// Since when an active key of the later report is idle.
    fn key_idle_since(&self, slot: u8) -> Option<Timestamp> {
        let key = self.now.access_key(slot + 1);
        match key.last_used().ok()? {
            Some(used) => Some(used),
            None => key.created().ok()?,
        }
    }
}

/// Whether a use is later than before; a first use is.
pub(super) fn is_later(then: Option<Timestamp>, now: Option<Timestamp>) -> bool {
    now > then
}

/// Why the passwords of an account that did not expire are no finding anymore.
pub(super) fn expiry_cause<'a>(rows: impl Iterator<Item = (User<'a>, Option<User<'a>>)>) -> Option<Cause> {
    let (mut any, mut all_gone, mut is_unclear) = (false, true, false);
    for (then, now) in rows {
        if then.is_root() || then.password_enabled() != Ok(true) || then.password_next_rotation() != Ok(None)
        {
            continue;
        }
        any = true;
        let Some(now) = now else { continue };
        all_gone = false;
        match now.password_enabled() {
            Ok(true) => return Some(Cause::ExpirySet),
            Ok(false) => {}
            Err(_) => is_unclear = true,
        }
    }
    match (any, all_gone) {
        (false, _) => None,
        _ if is_unclear => None,
        (true, true) => Some(Cause::UserDeleted),
        (true, false) => Some(Cause::PasswordRemoved),
    }
}

/// The kinds of credentials that stand in slots.
pub(super) const SLOT_KINDS: [SubjectKind; 2] = [SubjectKind::AccessKey, SubjectKind::Certificate];
