//! A user as the page shows it: facts, credentials, findings.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::assessment::{Kind, RowId, kind, time_issues};
use crate::checks::{Area, CheckId, Severity};
use crate::comparison::{ChangeKind, Compared, History, Outcome};
use crate::finding::Finding;
use crate::report::{CellIssue, Column, Timestamp, User, sorted};
use crate::review::{AcceptedFinding, DecisionOfUser, OwnerOfUser, Reviewed};

/// A cell that should hold a time, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeFact {
    /// The column that it stands in.
    pub column: Column,
    /// The text in the file; `None` where the report lacks the column.
    pub raw: Option<String>,
    /// The time, where the cell holds one.
    pub time: Option<Timestamp>,
    /// Whole days from it to the as-of time; 0 for a later one.
    pub age_days: Option<u32>,
    /// What is odd about it.
    pub issue: Option<CellIssue>,
}

/// A cell that should hold `true` or `false`, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagFact {
    /// The column that it stands in.
    pub column: Column,
    /// The text in the file; `None` where the report lacks the column.
    pub raw: Option<String>,
    /// What it says; `None` where it says neither.
    pub value: Option<bool>,
}

/// An access key, active or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFact {
    /// 1 or 2.
    pub slot: u8,
    /// Whether it is active.
    pub active: FlagFact,
    /// When it was made.
    pub created: TimeFact,
    /// When it was last used.
    pub last_used: TimeFact,
    /// Whether it was certainly never used (since use is tracked: 2015-04-22).
    pub never_used: bool,
    /// The region it was last used in.
    pub region: Option<String>,
    /// The service it was last used for.
    pub service: Option<String>,
}

/// A signing certificate, active or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFact {
    /// 1 or 2.
    pub slot: u8,
    /// Whether it is active.
    pub active: FlagFact,
    /// When it was made.
    pub created: TimeFact,
}

/// How one of the three areas stands: the worst of its findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaStatus {
    /// A check found something.
    Found(Severity),
    /// Judged, and nothing found.
    Fine,
    /// There is nothing to evaluate.
    NotApplicable,
    /// A cell or column that is needed is missing or cannot be read.
    NotJudged,
}

impl AreaStatus {
    /// A word for it, in classes: the severity found, `fine`, `none` or `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Found(severity) => severity.name(),
            Self::Fine => "fine",
            Self::NotApplicable => "none",
            Self::NotJudged => "unknown",
        }
    }
}

/// The age of a credential, or of its last use, as a closed card shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    /// Whether it is an access key; else it is the console password.
    pub is_key: bool,
    /// How long ago.
    pub age: Age,
}

/// How long ago something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// The report does not say.
    Unknown,
    /// So many days ago.
    Days(u32),
    /// It never was.
    Never,
}

impl Age {
    fn of(fact: &TimeFact, never: bool) -> Self {
        fact.age_days.map_or(if never { Self::Never } else { Self::Unknown }, Self::Days)
    }
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The row's number within the session, to ask for it again.
    pub row: RowId,
    /// The user's name, `<root_account>` for root.
    pub user: String,
    /// The ARN, where the report has one.
    pub arn: Option<String>,
    /// The 12 digits of the account.
    pub account: Option<String>,
    /// What the account is called, where a file of accounts says so.
    pub account_name: Option<String>,
    /// `aws`, `aws-cn`, …
    pub partition: Option<String>,
    /// The name of the file that it came from.
    pub input: String,
    /// The line of the file, from 1.
    pub line: u32,
    /// What it probably is.
    pub kind: Kind,
    /// Whether the report tells of the password and both keys; else there may be more than `kind` says.
    pub is_kind_known: bool,
    /// The worst of its findings.
    pub worst: Option<Severity>,
    /// Rotation of keys and passwords.
    pub rotation: AreaStatus,
    /// MFA.
    pub mfa: AreaStatus,
    /// Last use of password and keys.
    pub last_use: AreaStatus,
    /// When the user (for root, the account) was made.
    pub created: TimeFact,
    /// Whether a console password is enabled.
    pub password_enabled: FlagFact,
    /// When the password was last used.
    pub password_last_used: TimeFact,
    /// Whether an enabled password was certainly never used (since use is tracked: 2014-10-20).
    pub password_never_used: bool,
    /// When the password was last changed.
    pub password_last_changed: TimeFact,
    /// When the password expires.
    pub password_next_rotation: TimeFact,
    /// Whether an MFA device is active.
    pub mfa_active: FlagFact,
    /// The access keys that exist, or may exist.
    pub access_keys: Vec<KeyFact>,
    /// The signing certificates that exist, or may exist.
    pub certificates: Vec<CertificateFact>,
    /// `additional_credentials_info`, where the report has it.
    pub additional: Option<String>,
    /// The findings, worst first, then in the order of the checks.
    pub findings: Vec<Finding>,
    /// The checks that could not be judged, and the columns that stood in the way.
    pub not_judged: Vec<(CheckId, Column)>,
    /// For each finding why it is new, or since when it fails; `None` without an earlier report.
    pub histories: Vec<Option<History>>,
    /// What became of the user since the earlier report.
    pub change: Option<ChangeKind>,
    /// The findings that somebody accepted, in the order of the checks.
    pub accepted: Vec<AcceptedFinding>,
    /// What was decided about the user or a credential, and how that stands.
    pub decisions: Vec<DecisionOfUser>,
    /// Who answers for the user, where a file of owners says so.
    pub owners: Vec<OwnerOfUser>,
    /// Whether credentials are enabled although the owner is no longer active.
    pub is_leaver: bool,
}

impl Card {
    /// The age of the oldest active access key, in days.
    pub fn oldest_active_key(&self) -> Option<u32> {
        let active = self.access_keys.iter().filter(|key| key.active.value == Some(true));
        active.filter_map(|key| key.created.age_days).max()
    }

    /// Why a finding of it is new, or since when it fails.
    pub fn history(&self, finding: &Finding) -> Option<History> {
        let place = self.findings.iter().position(|other| other.uid == finding.uid)?;
        self.histories.get(place).copied().flatten()
    }

    /// Whether a finding of it is new.
    pub fn has_new(&self) -> bool {
        self.histories.iter().flatten().any(|history| history.outcome() == Outcome::New)
    }

    /// The oldest time from which on a finding of it fails without a gap.
    pub fn open_since(&self) -> Option<Timestamp> {
        self.histories.iter().flatten().filter_map(|history| history.since).min()
    }

    /// The age of an enabled password, in days.
    pub fn password_age(&self) -> Option<u32> {
        self.password_last_changed.age_days.filter(|_| self.password_enabled.value == Some(true))
    }

    /// When password or keys were used last; of those that are, or may be, active, never, too. `None` where
    /// there are none.
    pub fn last_activity(&self) -> Option<Age> {
        let keys = self.access_keys.iter().filter_map(|key| key.last_used.age_days);
        let newest = self.password_last_used.age_days.into_iter().chain(keys).min();
        newest.map(Age::Days).or_else(|| self.uses().first().map(|used| used.age))
    }

    /// The ages of active keys and of an enabled password, the oldest first.
    pub fn ages(&self) -> Vec<Glance> {
        let keys = self.access_keys.iter().filter(|key| key.active.value == Some(true));
        let keys = keys.map(|key| Glance { is_key: true, age: Age::of(&key.created, false) });
        let password = (self.password_enabled.value == Some(true))
            .then(|| Glance { is_key: false, age: Age::of(&self.password_last_changed, false) });
        worst_first(keys.chain(password))
    }

    /// When password and keys were last used that are, or may be, active; those never used first, then
    /// the longest ago.
    pub fn uses(&self) -> Vec<Glance> {
        let keys = self.access_keys.iter().filter(|key| key.active.value != Some(false));
        let keys = keys.map(|key| Glance { is_key: true, age: Age::of(&key.last_used, key.never_used) });
        let age = Age::of(&self.password_last_used, self.password_never_used);
        let password = (self.password_enabled.value != Some(false)).then_some(Glance { is_key: false, age });
        worst_first(password.into_iter().chain(keys))
    }

    /// Whether nothing was found because nothing could be looked at.
    pub fn is_not_judged(&self) -> bool {
        let areas = [self.rotation, self.mfa, self.last_use];
        self.findings.is_empty() && areas.iter().all(|status| *status == AreaStatus::NotJudged)
    }

    /// A word for it, in classes: its worst severity, `fine` or `unknown`.
    pub fn status_name(&self) -> &'static str {
        match self.worst {
            Some(worst) => worst.name(),
            None if self.is_not_judged() => AreaStatus::NotJudged.name(),
            None => AreaStatus::Fine.name(),
        }
    }

    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> u64 {
        self.findings.iter().filter(|finding| finding.severity == severity).count() as u64
    }

    /// The card of a row; `None` where there is no such row, or a newer report replaced it.
    pub(crate) fn new(compared: Reviewed<'_>, row: RowId) -> Option<Self> {
        let Compared { inputs, assessment, .. } = *compared;
        let (loaded, user) = (inputs.report_of(row)?, inputs.user(row)?);
        let verdicts = assessment.verdicts(row)?;
        let found = assessment.findings(row, &user, verdicts);
        let findings: Vec<Finding> = Severity::ALL
            .iter()
            .flat_map(|severity| found.iter().filter(move |finding| finding.severity == *severity))
            .cloned()
            .collect();
        let not_judged = assessment.not_judged(&user);
        let builder = CardBuilder { user: &user, as_of: assessment.as_of() };
        let status = |area: Area| builder.status(area, &findings, &not_judged);
        Some(Self {
            row,
            user: user.name().to_owned(),
            arn: user.arn(),
            account: user.account().map(str::to_owned),
            account_name: compared.account_name(user.account()).map(str::to_owned),
            partition: user.partition().map(str::to_owned),
            input: loaded.report.file().name.clone(),
            line: user.line(),
            kind: kind(&user),
            is_kind_known: user.password_enabled().is_ok()
                && [1, 2].iter().all(|slot| user.access_key(*slot).active().is_ok()),
            worst: findings.first().map(|finding| finding.severity),
            rotation: status(Area::Rotation),
            mfa: status(Area::Mfa),
            last_use: status(Area::LastUse),
            created: builder.time(Column::UserCreationTime),
            password_enabled: builder.flag(Column::PasswordEnabled),
            password_last_used: builder.time(Column::PasswordLastUsed),
            password_never_used: user.password_enabled() == Ok(true) && user.password_last_used() == Ok(None),
            password_last_changed: builder.time(Column::PasswordLastChanged),
            password_next_rotation: builder.time(Column::PasswordNextRotation),
            mfa_active: builder.flag(Column::MfaActive),
            access_keys: [1, 2].into_iter().filter_map(|slot| builder.access_key(slot)).collect(),
            certificates: [1, 2].into_iter().filter_map(|slot| builder.certificate(slot)).collect(),
            additional: user.word(Column::AdditionalCredentialsInfo),
            histories: findings.iter().map(|finding| compared.history(row, finding)).collect(),
            change: compared.change(row),
            accepted: accepted(compared, row, &user),
            decisions: compared
                .decided
                .map(|decided| decided.on_card(row, compared.owners))
                .unwrap_or_default(),
            owners: compared.owners.map(|owners| owners.of_row(row)).unwrap_or_default(),
            is_leaver: compared.owners.is_some_and(|owners| owners.is_leaver(row)),
            findings,
            not_judged,
        })
    }
}

/// The findings on a user that somebody accepted.
fn accepted(reviewed: Reviewed<'_>, row: RowId, user: &User<'_>) -> Vec<AcceptedFinding> {
    let assessment = reviewed.assessment;
    let Some(decided) = reviewed.decided else { return Vec::new() };
    let findings = assessment.findings(row, user, assessment.accepted(row)).into_iter();
    let with_decision = findings.filter_map(|finding| {
        let (decision, _) = decided.acceptor(assessment, &finding, Some(row))?;
        Some(AcceptedFinding { finding, decision })
    });
    with_decision.collect()
}

fn worst_first(glances: impl Iterator<Item = Glance>) -> Vec<Glance> {
    let mut glances: Vec<Glance> = glances.collect();
    sorted::sort_by_key(&mut glances, |glance| Reverse(glance.age));
    glances
}

/// Reads the facts of a user for its card.
struct CardBuilder<'u, 'a> {
    user: &'u User<'a>,
    as_of: Timestamp,
}

impl CardBuilder<'_, '_> {
    fn time(&self, column: Column) -> TimeFact {
        let time = self.user.time(column).ok().flatten();
        let issue = self.user.time_issue(column).or_else(|| {
            let mut issues = time_issues(self.user, self.as_of);
            issues.find(|(of, _)| *of == column).map(|(_, issue)| issue)
        });
        TimeFact {
            column,
            raw: self.user.raw(column),
            time,
            age_days: time.map(|time| time.age_days(self.as_of)),
            issue,
        }
    }

    fn flag(&self, column: Column) -> FlagFact {
        FlagFact { column, raw: self.user.raw(column), value: self.user.flag(column).ok() }
    }

    /// The key of a slot, unless it certainly does not exist.
    fn access_key(&self, slot: u8) -> Option<KeyFact> {
        let key = self.user.access_key(slot);
        let active = self.flag(key.active_column());
        let created = self.time(key.created_column());
        // Where the report has nothing on keys at all, there is nothing to show.
        if key.exists() == Ok(false) || (active.raw.is_none() && created.raw.is_none()) {
            return None;
        }
        Some(KeyFact {
            slot,
            active,
            created,
            last_used: self.time(key.last_used_column()),
            never_used: key.last_used() == Ok(None),
            region: self.user.word(key.region_column()),
            service: self.user.word(key.service_column()),
        })
    }

    fn certificate(&self, slot: u8) -> Option<CertificateFact> {
        let certificate = self.user.certificate(slot);
        let active = self.flag(certificate.active_column());
        let created = self.time(certificate.created_column());
        if certificate.exists() == Ok(false) || (active.raw.is_none() && created.raw.is_none()) {
            return None;
        }
        Some(CertificateFact { slot, active, created })
    }

    fn status(&self, area: Area, findings: &[Finding], not_judged: &[(CheckId, Column)]) -> AreaStatus {
        let worst = findings.iter().filter(|f| f.check.check().area == area).map(|f| f.severity).max();
        if let Some(worst) = worst {
            return AreaStatus::Found(worst);
        }
        if not_judged.iter().any(|(check, _)| check.check().area == area) {
            return AreaStatus::NotJudged;
        }
        let password = self.user.password_enabled();
        let has_password = password == Ok(true) || (self.user.is_root() && password != Ok(false));
        let has_key = [1, 2].into_iter().any(|slot| self.user.access_key(slot).active() == Ok(true));
        let applies = match area {
            Area::Mfa => has_password || self.user.mfa_active() == Ok(true),
            Area::Rotation | Area::LastUse | Area::Credentials => has_password || has_key,
        };
        if applies { AreaStatus::Fine } else { AreaStatus::NotApplicable }
    }
}
