//! What became of a finding since the earlier report, or where it comes from.

use serde::{Deserialize, Serialize};

use crate::report::{Column, MissingInput, MissingReason};

/// What became of a finding. Every finding of either report has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It fails now and did not fail then.
    New,
    /// It fails in both.
    Unchanged,
    /// It failed, and somebody did what resolves it.
    Resolved,
    /// It failed and fails no longer, but nobody fixed it.
    Cleared,
    /// It failed, and cannot be evaluated now.
    NotJudged,
}

impl Outcome {
    /// Every outcome, in the order of exports.
    pub const ALL: [Self; 5] = [Self::New, Self::Unchanged, Self::Resolved, Self::Cleared, Self::NotJudged];

    /// The name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Resolved => "resolved",
            Self::Cleared => "cleared",
            Self::NotJudged => "not-judged",
        }
    }

    /// The outcome of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }

    /// Whether the finding is one of the current report; else it is one of the earlier.
    pub const fn fails_now(self) -> bool {
        matches!(self, Self::New | Self::Unchanged)
    }
}

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident => $name:literal, $outcome:ident;)*) => {
        /// Why a finding is new, or is no longer there.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Cause {
            $($(#[$doc])* $variant,)*
        }

        impl Cause {
            /// Every cause, in the order of exports.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in exports.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The outcome that it is a cause of.
            pub const fn outcome(self) -> Outcome {
                match self {
                    $(Self::$variant => Outcome::$outcome,)*
                }
            }
        }
    };
}

causes! {
    /// The user or credential was not in the earlier report.
    Created => "created", New;
    /// Only time passed.
    Aged => "aged", New;
    /// A cell that the check reads says something else.
    Changed => "changed", New;
    /// The earlier report could not evaluate it, or does not tell the credential.
    NewlyJudged => "newly-judged", New;
    /// The user was deleted.
    UserDeleted => "user-deleted", Resolved;
    /// The key is gone or inactive, and the user has a new active one.
    KeyReplaced => "key-replaced", Resolved;
    /// The key was deleted.
    KeyDeleted => "key-deleted", Resolved;
    /// The key was deactivated.
    KeyDeactivated => "key-deactivated", Resolved;
    /// The console password was deleted.
    PasswordRemoved => "password-removed", Resolved;
    /// The console password was changed.
    PasswordChanged => "password-changed", Resolved;
    /// An MFA device was added.
    MfaEnabled => "mfa-enabled", Resolved;
    /// The certificate was deleted.
    CertificateDeleted => "certificate-deleted", Resolved;
    /// The certificate was deactivated.
    CertificateDeactivated => "certificate-deactivated", Resolved;
    /// Passwords expire that did not.
    ExpirySet => "expiry-set", Resolved;
    /// Root has neither a password nor an active key.
    CredentialsRemoved => "credentials-removed", Resolved;
    /// A credential that nobody used was used.
    UsedAgain => "used-again", Cleared;
    /// An inactive key was activated.
    Reactivated => "reactivated", Cleared;
    /// The use of root is long ago by now.
    TimePassed => "time-passed", Cleared;
    /// A credential was created.
    CredentialCreated => "credential-created", Cleared;
    /// The password expires at another time.
    ExpiryChanged => "expiry-changed", Cleared;
    /// Nothing in the two reports tells why.
    Unexplained => "unexplained", Cleared;
    /// The report lacks a column.
    MissingColumn => "missing-column", NotJudged;
    /// A cell cannot be read.
    Unreadable => "unreadable", NotJudged;
    /// A cell says `not_supported`.
    NotSupported => "not-supported", NotJudged;
    /// A cell holds no time where one is needed.
    NoTime => "no-time", NotJudged;
    /// The row of root is missing.
    NoRow => "no-row", NotJudged;
}

impl Cause {
    /// The cause of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.name() == name)
    }
}

impl From<MissingReason> for Cause {
    fn from(reason: MissingReason) -> Self {
        match reason {
            MissingReason::MissingColumn => Self::MissingColumn,
            MissingReason::Unreadable => Self::Unreadable,
            MissingReason::NotSupported => Self::NotSupported,
            MissingReason::NoTime => Self::NoTime,
        }
    }
}

/// What became of a finding, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fate {
    /// `None`: it is unchanged.
    pub(super) cause: Option<Cause>,
    /// The column that stands in the way of evaluating it.
    pub(super) column: Option<Column>,
}

impl Fate {
    pub(super) const UNCHANGED: Self = Self { cause: None, column: None };

    pub(super) fn outcome(self) -> Outcome {
        self.cause.map_or(Outcome::Unchanged, Cause::outcome)
    }
}

impl From<Cause> for Fate {
    fn from(cause: Cause) -> Self {
        Self { cause: Some(cause), column: None }
    }
}

impl From<MissingInput> for Fate {
    fn from(missing: MissingInput) -> Self {
        Self { cause: Some(missing.reason.into()), column: Some(missing.column) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_those_that_are_serialised() {
        for &cause in Cause::ALL {
            assert_eq!(Cause::from_name(cause.name()), Some(cause));
            assert_eq!(serde_json::to_value(cause).unwrap(), cause.name());
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_name(outcome.name()), Some(outcome));
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.name());
        }
    }
}
