//! What is counted for each account.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::counted::Counted;
use super::facts::{Kind, UserFlags};
use super::inputs::Inputs;
use super::verdicts::{Layout, RowVerdicts};
use crate::checks::{BySeverity, PasswordExpiry, Severity};
use crate::report::{Timestamp, User, sorted};

/// An account of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSummary {
    /// The 12 digits; empty where the report does not say.
    pub account: String,
    /// `aws`, `aws-cn`, …
    pub partition: String,
    /// The file it comes from: a place in `Overview::inputs`.
    pub input: u32,
    /// Users, root included.
    pub users: u32,
    /// Users with at least one finding.
    pub users_with_findings: u32,
    /// Findings by severity, those about the account included.
    pub by_severity: BySeverity,
    /// Whether the report has a row for root.
    pub has_root: bool,
    /// Whether root has MFA.
    pub root_mfa: Option<bool>,
    /// Active access keys of root.
    pub root_keys: u32,
    /// When root's password or a key of root was last used, as far as the report tells.
    pub root_used: Option<Timestamp>,
    /// Users, root aside, with an enabled password and MFA.
    pub mfa_with: u32,
    /// Users, root aside, with an enabled password and no MFA.
    pub mfa_without: u32,
    /// Users, root aside, with an enabled password, of whom the report does not tell.
    pub mfa_unknown: u32,
    /// Active access keys with a known age, those of root included.
    pub keys: u32,
    /// Those older than `key_max_age_days`.
    pub keys_over: u32,
    /// The age of the oldest of them, in days.
    pub oldest_key_days: Option<u32>,
    /// When the account was created, from the row of root.
    pub created: Option<Timestamp>,
    /// Whether passwords expire: a probable policy.
    pub password_expiry: ExpiryGuess,
    /// The services that keys were last used for, the most frequent first.
    pub services: Vec<(String, u32)>,
    /// The regions that keys were last used in, the most frequent first.
    pub regions: Vec<(String, u32)>,
    /// Users by kind, in the order of [`crate::assessment::Kind::ALL`].
    pub kinds: [u32; 5],
}

/// Whether the passwords of an account expire, as far as the cells of its users tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExpiryGuess {
    /// The report does not tell.
    Unknown,
    /// No user has a console password that would.
    NoPasswords,
    /// They do not.
    Never,
    /// They do, after so many days, as most cells have it.
    AfterDays(u32),
}

/// What is counted for an account while its rows are evaluated.
#[derive(Debug, Default)]
pub(super) struct AccountTally {
    pub(super) report: u32,
    pub(super) account: u32,
    pub(super) users: u32,
    pub(super) users_with_findings: u32,
    pub(super) by_severity: BySeverity,
    has_root: bool,
    root_mfa: Option<bool>,
    root_keys: u32,
    root_used: Option<Timestamp>,
    created: Option<Timestamp>,
    pub(super) expiry: PasswordExpiry,
    expires_days: FxHashMap<u32, u32>,
    /// How often words of the report, by number, are services, and how often regions.
    pub(super) services: FxHashMap<usize, u32>,
    pub(super) regions: FxHashMap<usize, u32>,
    pub(super) kinds: [u32; 5],
    /// Users, root aside, with an enabled password and MFA.
    console_users_with_mfa: u32,
    /// Those without, as far as the report tells.
    console_users_without_mfa: u32,
    /// Active keys of known age, root's included: those older than the limit, and the age of the oldest.
    keys: u32,
    keys_over_limit: u32,
    oldest_key_days: Option<u32>,
}

/// The figures of an account as of a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountFigures {
    /// Rows, that of root included.
    pub users: u32,
    /// Findings by severity, those about the account included.
    pub by_severity: BySeverity,
    /// Users, root aside, with an enabled password.
    pub console_users: u32,
    /// Those of them that have MFA.
    pub console_users_with_mfa: u32,
    /// Active access keys, root's included, that are older than the limit.
    pub keys_over_limit: u32,
    /// The age of the oldest active access key, root's included, in days; `None` where there is none.
    pub oldest_key_days: Option<u32>,
}

impl AccountTally {
    pub(super) fn new(report: u32, account: u32) -> Self {
        Self { report, account, ..Self::default() }
    }

    pub(super) fn figures(&self) -> AccountFigures {
        AccountFigures {
            users: self.users,
            by_severity: self.by_severity,
            console_users: self.kinds[Kind::Human as usize] + self.kinds[Kind::Both as usize],
            console_users_with_mfa: self.console_users_with_mfa,
            keys_over_limit: self.keys_over_limit,
            oldest_key_days: self.oldest_key_days,
        }
    }

    /// Counts an active key of known age.
    pub(super) fn count_key(&mut self, age_days: u32, is_over_limit: bool) {
        self.keys += 1;
        self.keys_over_limit += u32::from(is_over_limit);
        self.oldest_key_days = self.oldest_key_days.max(Some(age_days));
    }

    /// Adds users of one shape, their times aside.
    pub(super) fn count_users(&mut self, counted: &Counted, users: u32) {
        let flags = counted.flags;
        self.users += users;
        self.kinds[flags.kind as usize] += users;
        self.expiry.enabled += counted.expiry.enabled * u64::from(users);
        self.expiry.without_expiry += counted.expiry.without_expiry * u64::from(users);
        if flags.kind != Kind::Root && flags.has_password {
            match flags.mfa {
                Some(true) => self.console_users_with_mfa += users,
                Some(false) => self.console_users_without_mfa += users,
                None => {}
            }
        }
    }

    /// Adds users that have the same verdicts; a negative number takes them out again.
    pub(super) fn count_verdicts(&mut self, layout: &Layout, row: RowVerdicts, users: i64) {
        if row.fails == 0 {
            return;
        }
        for (severity, count) in Severity::ALL.into_iter().zip(layout.severity_counts(row)) {
            self.by_severity.change(severity, i64::from(count) * users);
        }
        self.users_with_findings = self.users_with_findings.saturating_add_signed(users as i32);
    }

    /// Notes what of a user is not to be added up: what the first one says whose expiry cannot be told, and what
    /// root's row says.
    #[inline(always)]
    pub(super) fn note(&mut self, counted: &Counted, user: &User<'_>) {
        if let Some(missing) = counted.expiry.missing {
            self.expiry.missing.get_or_insert(missing);
        }
        if counted.flags.kind == Kind::Root {
            self.note_root(counted.flags, user);
        }
    }

    fn note_root(&mut self, flags: UserFlags, user: &User<'_>) {
        self.has_root = true;
        self.root_mfa = flags.mfa;
        self.root_keys = flags.has_key.into_iter().map(u32::from).sum();
        self.root_used =
            [user.password_last_used(), user.access_key(1).last_used(), user.access_key(2).last_used()]
                .into_iter()
                .filter_map(|used| used.ok().flatten())
                .max();
        self.created = user.created().ok();
    }

    /// Counts a password that expires so many days after it was changed.
    pub(super) fn count_expiry(&mut self, days: u32) {
        *self.expires_days.entry(days).or_default() += 1;
    }

    fn expiry_guess(&self) -> ExpiryGuess {
        let most_frequent =
            self.expires_days.iter().max_by_key(|(days, count)| (**count, std::cmp::Reverse(**days)));
        match (most_frequent, self.expiry) {
            (Some((days, _)), _) => ExpiryGuess::AfterDays(*days),
            (None, expiry) if expiry.without_expiry > 0 => ExpiryGuess::Never,
            (None, PasswordExpiry { enabled: 0, missing: None, .. }) => ExpiryGuess::NoPasswords,
            _ => ExpiryGuess::Unknown,
        }
    }

    pub(super) fn summary(&self, inputs: &Inputs) -> AccountSummary {
        let report = &inputs.reports()[self.report as usize].report;
        let name = &report.accounts()[self.account as usize];
        let most_frequent = |counts: &FxHashMap<usize, u32>| {
            let mut words: Vec<(String, u32)> =
                counts.iter().map(|(word, count)| (report.word(*word).to_owned(), *count)).collect();
            sorted::sort_by(&mut words, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            words
        };
        AccountSummary {
            account: name.id.clone(),
            partition: name.partition.clone(),
            input: self.report,
            users: self.users,
            users_with_findings: self.users_with_findings,
            by_severity: self.by_severity,
            has_root: self.has_root,
            root_mfa: self.root_mfa,
            root_keys: self.root_keys,
            root_used: self.root_used,
            mfa_with: self.console_users_with_mfa,
            mfa_without: self.console_users_without_mfa,
            mfa_unknown: self.kinds[Kind::Human as usize] + self.kinds[Kind::Both as usize]
                - self.console_users_with_mfa
                - self.console_users_without_mfa,
            keys: self.keys,
            keys_over: self.keys_over_limit,
            oldest_key_days: self.oldest_key_days,
            created: self.created,
            password_expiry: self.expiry_guess(),
            services: most_frequent(&self.services),
            regions: most_frequent(&self.regions),
            kinds: self.kinds,
        }
    }
}
