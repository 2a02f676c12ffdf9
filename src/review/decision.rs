//! A decision: what is to become of a user or a credential, why, by whom and until when.

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::day::Day;
use super::invalid::Fault;
use crate::checks::{CheckId, CheckSet, SubjectKind};
use crate::report::Timestamp;

/// A decision, as a file has it. All of its members are sound by themselves; whether it counts is
/// [`super::State`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What it is called; in a person's files no two are called the same.
    pub id: String,
    /// The 12 digits of the account.
    pub account: String,
    /// What it is about.
    pub target: Target,
    /// What is to become of that.
    pub action: Action,
    /// The findings that an exception covers; of work those that it answers, where somebody said.
    pub checks: Option<Checks>,
    /// Why; empty where nobody said. An exception has one.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// The first day on which it counts.
    pub on: Day,
    /// The last day: on which an exception is in effect, or by which work is to be done.
    pub until: Day,
    /// Who approved it; empty where nobody did.
    pub approved_by: String,
    /// Where it is followed; empty where it is not.
    pub ticket: String,
    /// Anything else; often empty.
    pub note: String,
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The account itself: the findings about it, and no user's.
    Account,
    /// A user, or root.
    User {
        /// The ARN, as the report has it; the name in it ignoring case.
        arn: String,
        /// When the user was created, to the second: another one of that name is not meant.
        user_created: Option<Timestamp>,
        /// The credential that alone is meant; `None`: the user with all credentials.
        credential: Option<Credential>,
    },
}

/// A credential of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credential {
    /// The console password.
    Password,
    /// An access key.
    AccessKey(Creation),
    /// A signing certificate.
    Certificate(Creation),
}

/// What tells a key or certificate from the user's others: it is never told by its slot alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Creation {
    /// When it was created, to the second.
    pub created: Timestamp,
    /// Of two that were created in that second: 1 for the one in the earlier slot, 2 for the other.
    pub ordinal: Option<u8>,
}

impl Credential {
    /// The key or certificate that was created so.
    pub fn new(kind: SubjectKind, creation: Creation) -> Option<Self> {
        match kind {
            SubjectKind::AccessKey => Some(Self::AccessKey(creation)),
            SubjectKind::Certificate => Some(Self::Certificate(creation)),
            SubjectKind::Password => Some(Self::Password),
            SubjectKind::Account | SubjectKind::User => None,
        }
    }

    /// Its kind.
    pub const fn kind(self) -> SubjectKind {
        match self {
            Self::Password => SubjectKind::Password,
            Self::AccessKey(_) => SubjectKind::AccessKey,
            Self::Certificate(_) => SubjectKind::Certificate,
        }
    }

    /// How it was created; `None` for a password.
    pub const fn creation(self) -> Option<Creation> {
        match self {
            Self::Password => None,
            Self::AccessKey(creation) | Self::Certificate(creation) => Some(creation),
        }
    }
}

/// The checks whose findings a decision covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Checks {
    /// `["*"]`: all, those of a later version too. Such a decision is *broad*.
    All,
    /// These, in table order, each once.
    Of(Vec<CheckId>),
}

impl Checks {
    /// These checks, put in order.
    pub fn of(checks: impl IntoIterator<Item = CheckId>) -> Self {
        let set: CheckSet = checks.into_iter().collect();
        Self::Of(crate::checks::ids().filter(|id| set.contains(*id)).collect())
    }

    /// Whether no check is among them.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Of(checks) if checks.is_empty())
    }

    /// As a set.
    pub fn set(&self) -> CheckSet {
        match self {
            Self::All => CheckSet::all(),
            Self::Of(checks) => checks.iter().copied().collect(),
        }
    }

    /// Their names as files have them.
    pub fn names(&self) -> Vec<&'static str> {
        match self {
            Self::All => vec!["*"],
            Self::Of(checks) => checks.iter().map(|check| check.name()).collect(),
        }
    }
}

/// How many characters the reason of an exception has at the least.
pub const LEAST_REASON: usize = 10;

impl Decision {
    /// Whether it is an exception that covers whatever is found, now or later.
    pub fn is_broad(&self) -> bool {
        self.action == Action::Keep && self.checks == Some(Checks::All)
    }

    /// What is wrong with it by itself, whatever stands beside it; `None` where nothing is.
    pub fn fault(&self) -> Option<Fault> {
        let missing =
            |name: &str, text: &str| text.trim().is_empty().then(|| Fault::MissingMember(name.to_owned()));
        let fault = missing("id", &self.id).or_else(|| missing("by", &self.by));
        if fault.is_some() {
            return fault;
        }
        if self.action == Action::Rotate && self.credential().and_then(Credential::creation).is_none() {
            return Some(Fault::RotatesNoKey);
        }
        if self.until < self.on {
            return Some(Fault::UntilBeforeOn { on: self.on, until: self.until });
        }
        if self.action != Action::Keep {
            return None;
        }
        if self.checks.as_ref().is_none_or(Checks::is_empty) {
            return Some(Fault::MissingMember("checks".to_owned()));
        }
        let characters = self.reason.trim().chars().count();
        missing("reason", &self.reason).or_else(|| {
            (characters < LEAST_REASON)
                .then_some(Fault::ShortReason { characters: characters as u32, least: LEAST_REASON as u32 })
        })
    }

    /// The ARN of the user, or of root; `None` where it is about the account.
    pub fn arn(&self) -> Option<&str> {
        match &self.target {
            Target::Account => None,
            Target::User { arn, .. } => Some(arn),
        }
    }

    /// The credential that alone is meant.
    pub fn credential(&self) -> Option<Credential> {
        match &self.target {
            Target::Account => None,
            Target::User { credential, .. } => *credential,
        }
    }
}
