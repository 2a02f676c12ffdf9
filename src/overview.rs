//! The result at a glance: inputs, accounts, totals, charts, and what was not evaluated.

use serde::{Deserialize, Serialize};

use crate::assessment::{
    AccountSummary, Assessment, CheckTally, InputSummary, Inputs, KeyAgeTally, LastUseTally, MfaTally,
    NotJudged,
};
use crate::checks::{Area, BySeverity};
use crate::finding::Finding;
use crate::policy::Policy;
use crate::query::Cards;
use crate::report::{AsOfSource, Timestamp, Warning};
use crate::review::{Organization, OrganizationSummary, Owners, OwnersSummary, ReviewSummary};

/// How rotation, MFA or last use stand in the whole result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaStanding {
    /// There is something to mend, or of some the report does not tell.
    Found,
    /// All that there is keeps to the limit.
    Well,
    /// There is nothing to ask about.
    Nothing,
    /// The report does not tell what there is.
    Unknown,
}

/// The result at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The files that make the result, in the order in which they came.
    pub inputs: Vec<InputSummary>,
    /// The accounts, by number.
    pub accounts: Vec<AccountSummary>,
    /// The moment that every age is measured to.
    pub as_of: Timestamp,
    /// Where it comes from.
    pub as_of_source: AsOfSource,
    /// The policy in force.
    pub policy: Policy,
    /// Users, roots included.
    pub users: u32,
    /// Users with at least one finding.
    pub users_with_findings: u32,
    /// Findings.
    pub findings: u64,
    /// Findings by severity.
    pub by_severity: BySeverity,
    /// Users by the worst severity of their findings.
    pub users_by_worst: BySeverity,
    /// Findings by area, in the order of [`crate::checks::Area::ALL`].
    pub by_area: [BySeverity; 4],
    /// Users by kind, in the order of [`crate::assessment::Kind::ALL`].
    pub kinds: [u32; 5],
    /// Every check, in table order.
    pub checks: Vec<CheckTally>,
    /// What could not be evaluated, and why.
    pub not_judged: Vec<NotJudged>,
    /// Ages of active access keys.
    pub key_ages: KeyAgeTally,
    /// MFA of those who can sign in.
    pub mfa: MfaTally,
    /// Last use of passwords and keys.
    pub last_use: LastUseTally,
    /// The first findings about whole accounts.
    pub account_findings: Vec<Finding>,
    /// The first warnings, in the order of inputs and lines, and the first of each reason that only later ones
    /// have.
    pub warnings: Vec<Warning>,
    /// How many warnings there are of each reason, in the order in which these occur.
    pub warnings_by_reason: Vec<u64>,
    /// How many warnings there are.
    pub warnings_total: u64,
    /// What was decided, and how that stands.
    pub review: ReviewSummary,
    /// The SHA-256 of the file that the decisions make; only where the overview is asked for again.
    pub decisions_sha256: Option<String>,
    /// What files of owners tell; `None` where there are none.
    pub owners: Option<Box<OwnersSummary>>,
    /// What files of accounts tell; `None` where there are none.
    pub organization: Option<Box<OrganizationSummary>>,
}

impl Overview {
    /// How many of its warnings an overview carries; the export has them all.
    pub const WARNINGS: usize = 200;

    /// How many warnings it carries of a reason that only later ones have, and of how many reasons.
    const OF_REASON: usize = 3;
    const REASONS: usize = 100;

    /// Whether no check could evaluate anything that it asks about.
    pub fn is_nothing_evaluated(&self) -> bool {
        self.not_evaluated() > 0 && self.checks.iter().all(|tally| tally.passed + tally.failed == 0)
    }

    /// How one of the three areas stands; of [`Area::Credentials`] as of last use.
    pub fn standing(&self, area: Area) -> AreaStanding {
        let (all, bad) = match area {
            Area::Rotation => (self.key_ages.keys, self.key_ages.over),
            Area::Mfa => {
                let known = self.mfa.with + self.mfa.without;
                (known + self.mfa.unknown, self.mfa.without + self.mfa.unknown)
            }
            Area::LastUse | Area::Credentials => (self.last_use.credentials, self.last_use.idle),
        };
        let is_unknown = self.not_judged.iter().any(|item| item.check.check().area == area);
        match (all, bad) {
            (0, _) if is_unknown => AreaStanding::Unknown,
            (0, _) => AreaStanding::Nothing,
            (_, 0) if !is_unknown => AreaStanding::Well,
            _ => AreaStanding::Found,
        }
    }

    /// How many subjects could not be evaluated, each check counted for itself.
    pub fn not_evaluated(&self) -> u64 {
        self.not_judged.iter().map(|item| item.subjects).sum()
    }

    /// What accounts with a report here are called: numbers and names, by number.
    pub fn account_names(&self) -> &[(String, String)] {
        self.organization.as_ref().map_or(&[], |organization| &organization.names)
    }

    /// It, with what other files tell of the result.
    #[must_use]
    pub(crate) fn with(mut self, owners: Option<&Owners>, organization: Option<&Organization>) -> Self {
        self.owners = owners.map(|owners| Box::new(owners.summary().clone()));
        self.organization = organization.map(|of| Box::new(of.summary().clone()));
        self
    }

    /// The overview of an assessment.
    pub fn new(inputs: &Inputs, assessment: &Assessment) -> Self {
        let totals = assessment.totals();
        let of_times = assessment.time_warnings(inputs);
        let warnings_total = inputs.warnings_total() + of_times.len() as u64;
        let (warnings, warnings_by_reason) = first_warnings(inputs.warnings().chain(of_times));
        Self {
            inputs: inputs.reports().iter().map(InputSummary::from).collect(),
            accounts: assessment.accounts(inputs),
            as_of: assessment.as_of(),
            as_of_source: assessment.as_of_source(),
            policy: assessment.policy().clone(),
            users: totals.users,
            users_with_findings: totals.users_with_findings,
            findings: totals.by_severity.total(),
            by_severity: totals.by_severity,
            users_by_worst: totals.users_by_worst,
            by_area: totals.by_area,
            kinds: totals.kinds,
            checks: totals.checks.clone(),
            not_judged: assessment.missing_inputs().to_vec(),
            key_ages: totals.key_ages.clone(),
            mfa: totals.mfa.clone(),
            last_use: totals.last_use.clone(),
            account_findings: assessment
                .account_findings()
                .iter()
                .take(Cards::ACCOUNT_FINDINGS)
                .cloned()
                .collect(),
            warnings,
            warnings_by_reason,
            warnings_total,
            review: ReviewSummary { accepted: assessment.accepted_total(), ..ReviewSummary::default() },
            decisions_sha256: None,
            owners: None,
            organization: None,
        }
    }
}

/// The first warnings, those of rare reasons among them, and how many there are of each reason.
fn first_warnings(all: impl Iterator<Item = Warning>) -> (Vec<Warning>, Vec<u64>) {
    let mut first: Vec<Warning> = Vec::new();
    // The first warning of each reason, by its place, and how many there are.
    let mut reasons: Vec<(usize, u64)> = Vec::new();
    for warning in all {
        let is_early = first.len() < Overview::WARNINGS;
        let is_carried = is_early || reasons.len() < Overview::REASONS;
        let known =
            reasons.iter_mut().find(|(place, _)| first.get(*place).is_some_and(|of| of.kind == warning.kind));
        match known {
            Some((_, count)) => {
                *count += 1;
                if is_early || *count <= Overview::OF_REASON as u64 {
                    first.push(warning);
                }
            }
            None if is_carried => {
                reasons.push((first.len(), 1));
                first.push(warning);
            }
            None => {}
        }
    }
    (first, reasons.into_iter().map(|(_, count)| count).collect())
}
