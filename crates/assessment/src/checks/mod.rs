//! The checks, as data: one table from which page, exports and documentation derive.
//!
//! Rules and thresholds follow the CIS AWS Foundations Benchmark, AWS Security Hub and AWS Config;
//! each check names the sections. Rows of root are evaluated by the checks of [`root`] alone.

pub mod access_key;
pub mod certificate;
mod command;
mod framework;
pub mod password;
mod preset;
pub mod root;
mod severity;
mod subject;
pub mod user;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use command::DELETE_PASSWORD;
pub use framework::{Framework, Sections};
pub use preset::Preset;
pub use severity::{BySeverity, Severity};
pub use subject::{KeyToDeactivate, Pattern, SubjectKind};

use crate::report::{AccessKey, Certificate, MissingInput, Timestamp, User};
use crate::thresholds::Thresholds;

/// Every check, in the order of reports and documentation: root, password, access key, the rest.
pub const ALL: &[Check; COUNT] = &[
    root::ACCESS_KEY_ACTIVE,
    root::ACCESS_KEY_INACTIVE,
    root::MFA_DISABLED,
    root::USED_RECENTLY,
    root::SIGNING_CERTIFICATE,
    password::MFA_DISABLED,
    password::UNUSED,
    password::NEVER_USED,
    password::OLD,
    password::EXPIRED,
    password::EXPIRY_NOT_SET,
    access_key::NOT_ROTATED,
    access_key::UNUSED,
    access_key::NEVER_USED,
    access_key::INACTIVE,
    access_key::TWO_ACTIVE,
    access_key::WITH_PASSWORD,
    access_key::CREATED_WITH_USER,
    access_key::MFA_DISABLED,
    certificate::ACTIVE,
    user::WITHOUT_CREDENTIALS,
    user::DORMANT,
];

/// How many checks there are.
pub const COUNT: usize = 22;

/// A finding whose age is over this many days is one severity worse, where its check escalates.
pub const ESCALATION_DAYS: u32 = 365;

/// A rule that a credential report is held against.
#[derive(Debug)]
pub struct Check {
    /// The name in exports and addresses: kebab-case, never changed once published.
    pub id: &'static str,
    /// What it is about.
    pub area: Area,
    /// How bad a failure is.
    pub severity: Severity,
    /// Whether a failure is one step worse when its age is over [`ESCALATION_DAYS`].
    pub escalates: bool,
    /// Whether it looks at rows of root, and at these alone; else at all others.
    pub root: bool,
    /// When it fails, in a half-sentence, for documentation.
    pub fails_when: &'static str,
    /// The presets in which it is on.
    pub presets: &'static [Preset],
    /// The sections of the frameworks that ask for it.
    pub frameworks: Sections,
    /// Where to read on.
    pub references: &'static [&'static str],
    /// The subcommands of `aws iam` that look into a finding and resolve it, in order. `{user}` stands for
    /// the option that names the user.
    pub commands: &'static [&'static str],
    /// The rule itself, by its subject.
    pub rule: Rule,
}

/// A rule, by what it evaluates.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// An account as a whole, by the passwords in it.
    Account(fn(&PasswordExpiry) -> RuleResult),
    /// A user as a whole.
    User(fn(&User<'_>, &Context<'_>) -> RuleResult),
    /// A user's console password.
    Password(fn(&User<'_>, &Context<'_>) -> RuleResult),
    /// Each of the two access keys.
    AccessKey(fn(&AccessKey<'_, '_>, &Context<'_>) -> RuleResult),
    /// Each of the two signing certificates.
    Certificate(fn(&Certificate<'_, '_>, &Context<'_>) -> RuleResult),
}

impl Rule {
    /// What is evaluated.
    pub fn subject(self) -> SubjectKind {
        match self {
            Self::Account(_) => SubjectKind::Account,
            Self::User(_) => SubjectKind::User,
            Self::Password(_) => SubjectKind::Password,
            Self::AccessKey(_) => SubjectKind::AccessKey,
            Self::Certificate(_) => SubjectKind::Certificate,
        }
    }

    /// How many of the subject a row has.
    pub(crate) fn slots(self) -> u8 {
        match self {
            Self::Account(_) => 0,
            Self::User(_) | Self::Password(_) => 1,
            Self::AccessKey(_) | Self::Certificate(_) => 2,
        }
    }
}

/// What a rule says of a subject, or why it can say nothing.
pub type RuleResult = Result<Verdict, MissingInput>;

/// What a rule says of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There is nothing to evaluate.
    NotApplicable,
    /// All is well.
    Pass,
    /// It is not.
    Fail(Failure),
}

/// What a failure rests on, besides the cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failure {
    /// The age that the rule names, in days.
    pub age_days: Option<u32>,
    /// The limit that it was held against, in days.
    pub threshold_days: Option<u32>,
    /// How two active keys are used.
    pub pattern: Option<Pattern>,
    /// Of two active keys the one to deactivate.
    pub deactivate: Option<KeyToDeactivate>,
}

impl Verdict {
    /// A failure with nothing to add.
    pub(crate) const FAIL: Self =
        Self::Fail(Failure { age_days: None, threshold_days: None, pattern: None, deactivate: None });

    /// A failure that names an age.
    pub(crate) fn fail_at_age(age_days: Option<u32>) -> Self {
        Self::Fail(Failure { age_days, ..Failure::default() })
    }

    /// A failure if the condition holds, else a pass.
    #[inline(always)]
    pub(crate) fn fail_if(fails: bool, age_days: u32, threshold_days: u32) -> Self {
        if fails {
            Self::Fail(Failure {
                age_days: Some(age_days),
                threshold_days: Some(threshold_days),
                ..Failure::default()
            })
        } else {
            Self::Pass
        }
    }
}

/// What rules are evaluated with.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The thresholds.
    pub thresholds: &'a Thresholds,
    /// The moment that ages are measured to.
    pub as_of: Timestamp,
}

impl Context<'_> {
    /// The age of a moment, in whole days; 0 for one in the future.
    #[inline(always)]
    pub fn age(&self, time: Timestamp) -> u32 {
        time.age_days(self.as_of)
    }
}

/// The enabled passwords of an account, root's aside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PasswordExpiry {
    /// Enabled passwords.
    pub enabled: u64,
    /// Those that never expire.
    pub without_expiry: u64,
    /// The first reason met where a cell could not tell.
    pub missing: Option<MissingInput>,
}

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Keys and passwords that are too old, and keys of root.
    Rotation,
    /// Sign-in without a second factor.
    Mfa,
    /// What nobody uses, and the root user that somebody uses.
    LastUse,
    /// Credentials that should not be there at all.
    Credentials,
}

impl Area {
    /// Every area, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Rotation, Self::Mfa, Self::LastUse, Self::Credentials];

    /// The name in documentation and in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rotation => "rotation",
            Self::Mfa => "mfa",
            Self::LastUse => "last-use",
            Self::Credentials => "credentials",
        }
    }

    /// The checks of this area, in table order.
    pub fn checks(self) -> impl Iterator<Item = CheckId> {
        ids().filter(move |id| id.check().area == self)
    }
}

/// A check of the table, by its place in it; as text its id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckId(u8);

/// Every check, in table order.
pub fn ids() -> impl DoubleEndedIterator<Item = CheckId> + ExactSizeIterator {
    (0..COUNT as u8).map(CheckId)
}

impl CheckId {
    /// The check of this id.
    pub fn from_name(id: &str) -> Option<Self> {
        ids().find(|check| check.name() == id)
    }

    /// The check of this number, from 1, in table order.
    pub fn from_number(number: usize) -> Option<Self> {
        (1..=COUNT).contains(&number).then(|| Self(number as u8 - 1))
    }

    /// Its number, from 1, in table order.
    pub fn number(self) -> usize {
        self.index() + 1
    }

    /// Its place in the table, from 0.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Its id.
    pub fn name(self) -> &'static str {
        self.check().id
    }

    /// Its entry in the table.
    pub fn check(self) -> &'static Check {
        &ALL[self.index()]
    }
}

impl fmt::Debug for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for CheckId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for CheckId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::from_name(&id).ok_or_else(|| serde::de::Error::custom(format!("no check is called {id:?}")))
    }
}

/// A set of checks.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct CheckSet(u32);

impl CheckSet {
    /// The set of every check.
    pub fn all() -> Self {
        ids().collect()
    }

    /// Whether a check is in the set.
    pub fn contains(self, check: CheckId) -> bool {
        self.0 & (1 << check.0) != 0
    }

    /// Puts a check in.
    pub fn insert(&mut self, check: CheckId) {
        self.0 |= 1 << check.0;
    }

    /// Takes a check out.
    pub fn remove(&mut self, check: CheckId) {
        self.0 &= !(1 << check.0);
    }
}

impl FromIterator<CheckId> for CheckSet {
    fn from_iter<I: IntoIterator<Item = CheckId>>(checks: I) -> Self {
        let mut set = Self::default();
        for check in checks {
            set.insert(check);
        }
        set
    }
}

impl fmt::Debug for CheckSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(ids().filter(|check| self.contains(*check))).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_kebab_case() {
        for id in ids() {
            assert_eq!(CheckId::from_name(id.name()), Some(id), "{} stands twice", id.name());
            assert!(id.name().split('-').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase())));
        }
    }

    #[test]
    fn a_check_says_where_to_read_on_and_escalates_within_the_scale() {
        for id in ids() {
            let check = id.check();
            assert!(!check.references.is_empty(), "{}", check.id);
            assert!(check.references.iter().all(|url| url.starts_with("https://docs.aws.amazon.com/")));
            assert!(!check.escalates || check.severity.escalated() > check.severity, "{}", check.id);
            for (framework, sections) in check.frameworks {
                assert!(!sections.is_empty() && !framework.name().is_empty());
            }
        }
    }

    #[test]
    fn the_checks_that_look_at_root_come_first() {
        let root: Vec<bool> = ALL.iter().map(|check| check.root).collect();
        assert!(root.is_sorted_by(|a, b| a >= b));
        assert!(ALL.iter().all(|check| check.root == check.id.starts_with("root-")));
    }
}
