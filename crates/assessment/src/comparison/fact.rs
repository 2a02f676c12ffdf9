//! What is different about a user who is in both reports.

use serde::{Deserialize, Serialize};

use super::cause::{SLOT_KINDS, is_later};
use super::credential::Partner;
use super::pair::Pair;
use crate::assessment::created;
use crate::checks::SubjectKind;
use crate::report::{Timestamp, User, sorted};

macro_rules! facts {
    ($($(#[$doc:meta])* $variant:ident => $name:literal;)*) => {
        /// What happened to a user.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum FactKind {
            $($(#[$doc])* $variant,)*
        }

        impl FactKind {
            /// Every kind, in the order of exports.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in exports.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

facts! {
    /// A console password was enabled.
    PasswordSet => "password-set";
    /// The console password was deleted.
    PasswordRemoved => "password-removed";
    /// The console password was changed.
    PasswordChanged => "password-changed";
    /// The console password was used.
    PasswordUsed => "password-used";
    /// An MFA device was added.
    MfaOn => "mfa-on";
    /// The last MFA device was removed.
    MfaOff => "mfa-off";
    /// An access key was created.
    KeyCreated => "key-created";
    /// An access key was deleted.
    KeyDeleted => "key-deleted";
    /// An access key was reactivated.
    KeyReactivated => "key-reactivated";
    /// An access key was deactivated.
    KeyDeactivated => "key-deactivated";
    /// An access key was used.
    KeyUsed => "key-used";
    /// A certificate was created.
    CertificateCreated => "certificate-created";
    /// A certificate was deleted.
    CertificateDeleted => "certificate-deleted";
    /// A certificate was reactivated.
    CertificateReactivated => "certificate-reactivated";
    /// A certificate was deactivated.
    CertificateDeactivated => "certificate-deactivated";
}

/// What a fact says of the one report or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactValue {
    /// Whether it is so.
    Flag(bool),
    /// When it happened; `None`: never, or nobody knows.
    Time(Option<Timestamp>),
}

/// What is different about a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What happened.
    pub kind: FactKind,
    /// What it was before.
    pub before: FactValue,
    /// What it is now.
    pub now: FactValue,
    /// What it is about: the password, the user (of MFA), a key or a certificate.
    pub subject: SubjectKind,
    /// When the key or certificate was created, where that can be read.
    pub created: Option<Timestamp>,
}

impl Pair<'_> {
    /// What is different about the user, as far as both reports tell.
    pub(super) fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        self.password_facts(&mut facts);
        if let (Ok(before), Ok(now)) = (self.then.mfa_active(), self.now.mfa_active())
            && before != now
        {
            let kind = if now { FactKind::MfaOn } else { FactKind::MfaOff };
            facts.push(of_flags(kind, before, now, SubjectKind::User, None));
        }
        for kind in SLOT_KINDS {
            self.credential_facts(kind, &mut facts);
        }
        sorted::sort_by_key(&mut facts, |fact| fact.kind);
        facts
    }

    fn password_facts(&self, facts: &mut Vec<Fact>) {
        let enabled = (self.then.password_enabled(), self.now.password_enabled());
        let subject = SubjectKind::Password;
        if let (Ok(before), Ok(now)) = enabled
            && before != now
        {
            let kind = if now { FactKind::PasswordSet } else { FactKind::PasswordRemoved };
            facts.push(of_flags(kind, before, now, subject, None));
        }
        if enabled == (Ok(true), Ok(true))
            && let (Ok(before), Ok(now)) =
                (self.then.password_last_changed(), self.now.password_last_changed())
            && before != now
        {
            facts.push(of_times(FactKind::PasswordChanged, before, now, subject, None));
        }
        if enabled.0 != Ok(false)
            && enabled.1 != Ok(false)
            && let (Ok(before), Ok(now)) = (self.then.password_last_used(), self.now.password_last_used())
            && is_later(before, now)
        {
            facts.push(of_times(FactKind::PasswordUsed, before, now, subject, None));
        }
    }

    fn credential_facts(&self, kind: SubjectKind, facts: &mut Vec<Fact>) {
        let is_key = kind == SubjectKind::AccessKey;
        let either = |key, certificate| if is_key { key } else { certificate };
        let matching = self.matching(kind);
        for (slot, partner) in matching.now() {
            let made = created(&self.now, kind, slot);
            match partner {
                Partner::Absent => {
                    let fact = either(FactKind::KeyCreated, FactKind::CertificateCreated);
                    facts.push(of_times(fact, None, made, kind, made));
                }
                Partner::Slot(then) => {
                    let made = made.or_else(|| created(&self.then, kind, then));
                    let active = (is_active(&self.then, kind, then), is_active(&self.now, kind, slot));
                    if let (Some(before), Some(now)) = active
                        && before != now
                    {
                        let fact = if now {
                            either(FactKind::KeyReactivated, FactKind::CertificateReactivated)
                        } else {
                            either(FactKind::KeyDeactivated, FactKind::CertificateDeactivated)
                        };
                        facts.push(of_flags(fact, before, now, kind, made));
                    }
                    if is_key
                        && let (Ok(before), Ok(now)) = (
                            self.then.access_key(then + 1).last_used(),
                            self.now.access_key(slot + 1).last_used(),
                        )
                        && is_later(before, now)
                    {
                        facts.push(of_times(FactKind::KeyUsed, before, now, kind, made));
                    }
                }
                Partner::Unclear => {}
            }
        }
        for (slot, _) in matching.then().filter(|(_, partner)| *partner == Partner::Absent) {
            let made = created(&self.then, kind, slot);
            let fact = either(FactKind::KeyDeleted, FactKind::CertificateDeleted);
            facts.push(of_times(fact, made, None, kind, made));
        }
    }
}

fn is_active(user: &User<'_>, kind: SubjectKind, slot: u8) -> Option<bool> {
    let active = if kind == SubjectKind::Certificate {
        user.certificate(slot + 1).active()
    } else {
        user.access_key(slot + 1).active()
    };
    active.ok()
}

fn of_flags(
    kind: FactKind,
    before: bool,
    now: bool,
    subject: SubjectKind,
    created: Option<Timestamp>,
) -> Fact {
    Fact { kind, before: FactValue::Flag(before), now: FactValue::Flag(now), subject, created }
}

fn of_times(
    kind: FactKind,
    before: Option<Timestamp>,
    now: Option<Timestamp>,
    subject: SubjectKind,
    created: Option<Timestamp>,
) -> Fact {
    Fact { kind, before: FactValue::Time(before), now: FactValue::Time(now), subject, created }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_are_serialised() {
        for kind in FactKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
