//! The form `credential-report-review/1`: the names of its members and their order are frozen, see
//! docs/review-v1.schema.json.

use serde::Serialize;

use super::population::{Population, UnreadableForm};
use crate::assessment::{AccountSummary, InputSummary, Inputs, RowId, RowVerdicts, kind, worst};
use crate::checks::{self, BySeverity, CheckId, Severity};
use crate::comparison::{AccountChanges, ChangeKind};
use crate::export::form::{BySeverityForm, Counts, DecisionStateForm, ToolForm, by_name};
use crate::export::redaction::{Redactor, day};
use crate::policy::Policy;
use crate::query::Members;
use crate::report::{AccessKey, Timestamp, User, sorted};
use crate::review::{Decided, NamedAccount, OwnerOfUser, Owners, Reviewed};
use crate::text::ENGLISH;

/// What stands before the users.
#[derive(Serialize)]
pub(super) struct HeadForm<'a> {
    pub(super) schema: &'static str,
    /// Whether aliases stand for names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) redacted: Option<bool>,
    pub(super) tool: ToolForm,
    pub(super) as_of: Timestamp,
    pub(super) as_of_source: &'static str,
    pub(super) policy: &'a Policy,
    /// Null where every user is there.
    pub(super) filter: Members<'a>,
    pub(super) inputs: Vec<InputForm>,
    pub(super) population: Population,
    pub(super) unreadable: Vec<UnreadableForm>,
    pub(super) accounts: Vec<AccountForm>,
    /// Only where the accounts of the organization are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) accounts_without_report: Option<Vec<NamedAccountForm>>,
    pub(super) compared_with: Vec<ComparedForm>,
    pub(super) summary: SummaryForm,
    pub(super) decided: DecidedForm,
    #[serde(serialize_with = "by_name")]
    pub(super) decisions_by_action: Counts,
    #[serde(serialize_with = "by_name")]
    pub(super) decisions_by_state: Counts,
    /// Of the decisions as a file; null without decisions, and where it is redacted.
    pub(super) decisions_sha256: Option<String>,
    pub(super) not_in_report: &'static [&'static str],
}

#[derive(Serialize)]
pub(super) struct InputForm {
    name: String,
    form: &'static str,
    bytes: u64,
    sha256: Option<String>,
    as_of: Timestamp,
    as_of_source: &'static str,
    accounts: Vec<String>,
    pub(super) population: Population,
}

impl InputForm {
    pub(super) fn new(
        place: usize,
        input: InputSummary,
        population: Population,
        redactor: Option<&Redactor>,
    ) -> Self {
        Self {
            form: input.form.name(),
            bytes: input.bytes,
            as_of: input.as_of,
            as_of_source: input.as_of_source.name(),
            population,
            name: redactor.map_or(input.name, |_| Redactor::file_of(place)),
            sha256: input.sha256.filter(|_| redactor.is_none()),
            accounts: input.accounts.into_iter().map(|account| account_of(&account, redactor)).collect(),
        }
    }
}

/// The number of an account, or its alias.
fn account_of(account: &str, redactor: Option<&Redactor>) -> String {
    match redactor {
        Some(redactor) if !account.is_empty() => redactor.account(account),
        _ => account.to_owned(),
    }
}

#[derive(Serialize)]
pub(super) struct AccountForm {
    /// Null where the report does not say.
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_name: Option<String>,
    users: u32,
    findings: u64,
    by_severity: BySeverityForm,
}

impl AccountForm {
    pub(super) fn new(account: &AccountSummary, name: Option<String>, redactor: Option<&Redactor>) -> Self {
        Self {
            account: Some(account_of(&account.account, redactor)).filter(|account| !account.is_empty()),
            account_name: name,
            users: account.users,
            findings: account.by_severity.total(),
            by_severity: account.by_severity.into(),
        }
    }
}

/// An account of the organization.
#[derive(Serialize)]
pub(super) struct NamedAccountForm {
    account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_name: Option<String>,
    /// Whether it is suspended or closed.
    closed: bool,
}

impl NamedAccountForm {
    pub(super) fn new(account: &NamedAccount, redactor: Option<&Redactor>) -> Self {
        Self {
            account: account_of(&account.id, redactor),
            account_name: Some(account.name.clone()).filter(|name| redactor.is_none() && !name.is_empty()),
            closed: account.is_closed(),
        }
    }
}

/// The earlier report that an account was compared with.
#[derive(Serialize)]
pub(super) struct ComparedForm {
    account: String,
    name: String,
    sha256: Option<String>,
    as_of: Timestamp,
}

impl ComparedForm {
    pub(super) fn new(inputs: &Inputs, changes: &AccountChanges, redactor: Option<&Redactor>) -> Self {
        let input = changes.earlier.input as usize;
        let loaded = inputs.reports().get(input);
        let name = loaded.map(|loaded| loaded.report.file().name.clone()).unwrap_or_default();
        Self {
            account: account_of(&changes.account, redactor),
            name: redactor.map_or(name, |_| Redactor::file_of(input)),
            sha256: loaded.and_then(|loaded| loaded.sha256.clone()).filter(|_| redactor.is_none()),
            as_of: changes.earlier.as_of,
        }
    }
}

#[derive(Serialize)]
pub(super) struct SummaryForm {
    pub(super) users: u32,
    pub(super) users_with_findings: u32,
    pub(super) findings: u64,
    pub(super) accepted: u64,
    pub(super) by_severity: BySeverityForm,
}

/// How many users something was decided about.
#[derive(Serialize)]
pub(super) struct DecidedForm {
    pub(super) users: u32,
    pub(super) of: u32,
}

/// A user. What the report does not have, or what cannot be read, is null.
#[derive(Serialize)]
pub(super) struct UserForm {
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_name: Option<String>,
    arn: Option<String>,
    user: String,
    kind: &'static str,
    /// Only where somebody answers for the user.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    owners: Vec<OwnerForm>,
    created: Option<Timestamp>,
    console: Option<bool>,
    mfa: Option<bool>,
    password_last_used: Option<Timestamp>,
    password_last_changed: Option<Timestamp>,
    keys: Vec<KeyForm>,
    last_activity: Option<Timestamp>,
    findings: Vec<CheckId>,
    accepted: Vec<CheckId>,
    worst: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
    decisions: Vec<UserDecisionForm>,
}

#[derive(Serialize)]
struct OwnerForm {
    name: String,
    email: String,
    team: String,
}

impl From<OwnerOfUser> for OwnerForm {
    fn from(of: OwnerOfUser) -> Self {
        Self { name: of.owner.name, email: of.owner.email, team: of.owner.team }
    }
}

#[derive(Serialize)]
struct KeyForm {
    created: Option<Timestamp>,
    active: Option<bool>,
    last_used: Option<Timestamp>,
    service: Option<String>,
    region: Option<String>,
}

/// A decision about a user, or about a credential.
#[derive(Serialize)]
struct UserDecisionForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    action: &'static str,
    /// `user`, or the kind of the credential.
    subject: &'static str,
    state: &'static str,
}

impl UserForm {
    pub(super) fn new(
        reviewed: Reviewed<'_>,
        row: RowId,
        user: &User<'_>,
        redactor: Option<&Redactor>,
    ) -> Self {
        let assessment = reviewed.assessment;
        let is_redacted = redactor.is_some();
        let time = |time: Timestamp| if is_redacted { day(time) } else { time };
        let key = |key: AccessKey<'_, '_>| KeyForm {
            created: key.created().ok().flatten().map(time),
            active: key.active().ok(),
            last_used: key.last_used().ok().flatten().map(time),
            service: user.word(key.service_column()).filter(|_| !is_redacted),
            region: user.word(key.region_column()).filter(|_| !is_redacted),
        };
        let mut keys: Vec<KeyForm> = [1, 2]
            .map(|slot| user.access_key(slot))
            .into_iter()
            .filter(|key| key.exists() == Ok(true))
            .map(key)
            .collect();
        sorted::sort_by_key(&mut keys, |key| key.created.map_or(i64::MAX, Timestamp::unix));
        let password_last_used = user.password_last_used().ok().flatten().map(time);
        let last_activity = keys.iter().filter_map(|key| key.last_used).chain(password_last_used).max();
        let open = assessment.verdicts(row).unwrap_or_default();
        let decisions = reviewed.decided.into_iter().flat_map(|decided| decided.of_row(row));
        Self {
            account: user.account().map(|account| account_of(account, redactor)),
            account_name: reviewed.account_name(user.account()).filter(|_| !is_redacted).map(str::to_owned),
            arn: match redactor {
                Some(redactor) => redactor.arn_of(user),
                None => user.arn(),
            },
            user: match redactor {
                Some(redactor) => redactor.user(user.name(), user.is_root()),
                None => user.name().to_owned(),
            },
            kind: kind(user).name(),
            owners: reviewed
                .owners
                .filter(|_| !is_redacted)
                .map(|owners| owners.of_row(row).into_iter().map(Into::into).collect())
                .unwrap_or_default(),
            created: user.created().ok().map(time),
            console: user.password_enabled().ok(),
            mfa: user.mfa_active().ok(),
            password_last_used,
            password_last_changed: user.password_last_changed().ok().flatten().map(time),
            keys,
            last_activity,
            findings: checks_of(reviewed, open),
            accepted: checks_of(reviewed, assessment.accepted(row)),
            worst: worst(assessment.severity_counts(open)).map(Severity::name),
            change: reviewed.change(row).map(ChangeKind::name),
            decisions: decisions
                .map(|(one, decision, state)| UserDecisionForm {
                    id: Some(decision.id.clone()).filter(|_| !is_redacted),
                    action: decision.action.name(),
                    subject: one.subject.map_or("user", |(kind, _)| kind.name()),
                    state: state.name(),
                })
                .collect(),
        }
    }
}

/// The checks of some verdicts, in table order.
fn checks_of(reviewed: Reviewed<'_>, verdicts: RowVerdicts) -> Vec<CheckId> {
    let mut by_check = [0; checks::COUNT];
    reviewed.assessment.count(verdicts, &mut BySeverity::default(), &mut by_check);
    checks::ids().zip(by_check).filter(|(_, count)| *count > 0).map(|(check, _)| check).collect()
}

#[derive(Serialize)]
pub(super) struct DecisionForm<'a> {
    #[serde(flatten)]
    state: DecisionStateForm<'a>,
    /// Only where nobody else looked at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    self_review: Option<bool>,
}

impl<'a> DecisionForm<'a> {
    pub(super) fn new(decided: Decided<'a>, place: u32, owners: Option<&Owners>, is_redacted: bool) -> Self {
        let is_own = decided.is_self_review(place, owners);
        Self {
            state: DecisionStateForm::new(decided, place, is_redacted),
            self_review: is_own.then_some(true),
        }
    }
}

/// Where two people sign: who reviewed, and who approved. Nothing of it is known here.
#[derive(Serialize)]
pub(super) struct SignOffForm {
    statement: &'static str,
    reviewer: Option<String>,
    reviewed_on: Option<String>,
    approver: Option<String>,
    approved_on: Option<String>,
}

impl SignOffForm {
    pub(super) fn blank() -> Self {
        Self {
            statement: ENGLISH.review.sign_off_statement,
            reviewer: None,
            reviewed_on: None,
            approver: None,
            approved_on: None,
        }
    }
}
