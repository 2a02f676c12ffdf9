//! The users as a table, one a row, those without findings too: the sheet of a review.

use serde::Serialize;

use super::PART_BYTES;
use super::findings_csv::first_part;
use super::form_table::Parts;
use super::owner::{account_name, owner_cells, owners};
use super::redaction::Redactor;
use super::request::{ExportRequest, Separator};
use super::table::{TablePart, TextCell, account_cell, time_cell, words_cell};
use super::walk::Walk;
use crate::assessment::{RowId, kind, worst};
use crate::checks::{self, BySeverity, CheckId, Severity};
use crate::comparison::ChangeKind;
use crate::report::{AccessKey, MissingInput, MissingReason, Timestamp, User, sorted};
use crate::review::{Decision, Reviewed, State};

/// The columns, in their order. Those of a redacted table are followed by `redacted`.
pub const COLUMNS: [&str; 35] = [
    "account",
    "account_name",
    "arn",
    "user",
    "kind",
    "owner",
    "team",
    "email",
    "created_utc",
    "console",
    "mfa",
    "password_last_used_utc",
    "password_last_changed_utc",
    "key_a_created_utc",
    "key_a_active",
    "key_a_last_used_utc",
    "key_a_service",
    "key_a_region",
    "key_b_created_utc",
    "key_b_active",
    "key_b_last_used_utc",
    "key_b_service",
    "key_b_region",
    "last_activity_utc",
    "findings",
    "worst",
    "change",
    "decision",
    "reason",
    "by",
    "on",
    "until",
    "approved_by",
    "ticket",
    "state",
];

/// The table under way.
#[derive(Debug)]
pub(super) struct UsersCsv {
    separator: Separator,
    walk: Walk,
    /// The row that comes next.
    next: usize,
    redactor: Option<Redactor>,
    started: bool,
}

/// A row. What is not in the report, or cannot be read, is empty; so is what nobody says: names of
/// accounts, owners, decisions.
#[derive(Serialize)]
struct Row<'a> {
    account: Option<TextCell<'a>>,
    account_name: Option<TextCell<'a>>,
    arn: Option<TextCell<'a>>,
    user: TextCell<'a>,
    kind: &'static str,
    owner: Option<TextCell<'a>>,
    team: Option<TextCell<'a>>,
    email: Option<TextCell<'a>>,
    created_utc: Option<String>,
    console: Option<bool>,
    mfa: Option<bool>,
    password_last_used_utc: Option<String>,
    password_last_changed_utc: Option<String>,
    key_a_created_utc: Option<String>,
    key_a_active: Option<bool>,
    key_a_last_used_utc: Option<String>,
    key_a_service: Option<TextCell<'a>>,
    key_a_region: Option<TextCell<'a>>,
    key_b_created_utc: Option<String>,
    key_b_active: Option<bool>,
    key_b_last_used_utc: Option<String>,
    key_b_service: Option<TextCell<'a>>,
    key_b_region: Option<TextCell<'a>>,
    last_activity_utc: Option<String>,
    findings: String,
    worst: Option<&'static str>,
    change: Option<&'static str>,
    decision: Option<&'static str>,
    reason: Option<TextCell<'a>>,
    by: Option<TextCell<'a>>,
    on: Option<String>,
    until: Option<String>,
    approved_by: Option<TextCell<'a>>,
    ticket: Option<TextCell<'a>>,
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redacted: Option<bool>,
}

/// The cells about a key; empty, where there is none.
#[derive(Default)]
struct Key {
    created: Option<Timestamp>,
    active: Option<bool>,
    last_used: Option<Timestamp>,
    service: Option<TextCell<'static>>,
    region: Option<TextCell<'static>>,
}

impl UsersCsv {
    pub(super) fn new(compared: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let walk = Walk::new(compared, request.filter.as_ref());
        Self { separator: request.separator, walk, next: 0, redactor, started: false }
    }
}

impl Parts for UsersCsv {
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        let mut part = if std::mem::replace(&mut self.started, true) {
            TablePart::next(self.separator)
        } else {
            first_part(self.separator, &COLUMNS, self.redactor.is_some())
        };
        while let Some(&id) = self.walk.rows().get(self.next)
            && part.len() < PART_BYTES
        {
            self.next += 1;
            if let Some(user) = compared.inputs.user(id) {
                part.row(&row(compared, id, &user, self.redactor.as_ref()));
            }
        }
        part.into_bytes()
    }

    fn is_done(&self) -> bool {
        self.started && self.next == self.walk.rows().len()
    }
}

fn row<'a>(compared: Reviewed<'a>, id: RowId, user: &User<'a>, redactor: Option<&Redactor>) -> Row<'a> {
    let cell = |time: Option<Timestamp>| time.map(|time| time_cell(time, redactor.is_some()));
    let [a, b] = keys(user, redactor.is_some());
    let password_last_used = user.password_last_used().ok().flatten();
    let last_activity = [password_last_used, a.last_used, b.last_used].into_iter().flatten().max();
    let (findings, worst) = findings(compared, id);
    // What is about one credential is about less than the row.
    let (decision, state) = compared.decided.and_then(|decided| decided.about_user(id)).unzip();
    let own = |text: &dyn Fn(&'a Decision) -> &'a str| {
        decision.filter(|_| redactor.is_none()).map(text).filter(|text| !text.is_empty()).map(TextCell::from)
    };
    let [owner, team, email] = owner_cells(&owners(compared, Some(id), redactor));
    Row {
        account: user.account().map(|account| match redactor {
            Some(redactor) => redactor.account(account).into(),
            None => account_cell(account),
        }),
        account_name: account_name(compared, user.account(), redactor).map(Into::into),
        arn: match redactor {
            Some(redactor) => redactor.arn_of(user).map(Into::into),
            None => user.arn().map(Into::into),
        },
        user: match redactor {
            Some(redactor) => redactor.user(user.name(), user.is_root()).into(),
            None => user.name().into(),
        },
        kind: kind(user).name(),
        owner,
        team,
        email,
        created_utc: cell(user.created().ok()),
        console: user.password_enabled().ok(),
        mfa: user.mfa_active().ok(),
        password_last_used_utc: cell(password_last_used),
        password_last_changed_utc: cell(user.password_last_changed().ok().flatten()),
        key_a_created_utc: cell(a.created),
        key_a_active: a.active,
        key_a_last_used_utc: cell(a.last_used),
        key_a_service: a.service,
        key_a_region: a.region,
        key_b_created_utc: cell(b.created),
        key_b_active: b.active,
        key_b_last_used_utc: cell(b.last_used),
        key_b_service: b.service,
        key_b_region: b.region,
        last_activity_utc: cell(last_activity),
        findings,
        worst,
        change: compared.change(id).map(ChangeKind::name),
        decision: decision.map(|decision| decision.action.name()),
        reason: own(&|decision| &decision.reason),
        by: own(&|decision| &decision.by),
        on: decision.map(|decision| decision.on.to_string()),
        until: decision.map(|decision| decision.until.to_string()),
        approved_by: own(&|decision| &decision.approved_by),
        ticket: own(&|decision| &decision.ticket),
        state: state.map(State::name),
        redacted: redactor.map(|_| true),
    }
}

/// The keys that exist, or may exist, the older first. What they were used for is left out of a redacted
/// table.
fn keys(user: &User<'_>, is_redacted: bool) -> [Key; 2] {
    let read = |key: &AccessKey<'_, '_>| Key {
        created: key.created().ok().flatten(),
        active: key.active().ok(),
        last_used: key.last_used().ok().flatten(),
        service: user.word(key.service_column()).filter(|_| !is_redacted).map(Into::into),
        region: user.word(key.region_column()).filter(|_| !is_redacted).map(Into::into),
    };
    let mut keys: Vec<Key> =
        [1, 2].map(|slot| user.access_key(slot)).iter().filter(|key| may_exist(key)).map(read).collect();
    // Where nobody knows which is older, they stand as in the report.
    sorted::sort_by_key(&mut keys, |key| key.created.map_or(i64::MAX, Timestamp::unix));
    let mut keys = keys.into_iter();
    [(); 2].map(|()| keys.next().unwrap_or_default())
}

/// Whether there is anything to say about a key.
fn may_exist(key: &AccessKey<'_, '_>) -> bool {
    let is_missing = |reason| reason == MissingReason::MissingColumn;
    let lacks_active = matches!(key.active(), Err(MissingInput { reason, .. }) if is_missing(reason));
    let lacks_created = matches!(key.created(), Err(MissingInput { reason, .. }) if is_missing(reason));
    key.exists() != Ok(false) && !(lacks_active && lacks_created)
}

/// The checks that fail on a row, in table order, the accepted ones too, and the worst severity of the others.
fn findings(compared: Reviewed<'_>, id: RowId) -> (String, Option<&'static str>) {
    let assessment = compared.assessment;
    let verdicts = assessment.verdicts(id).unwrap_or_default();
    let mut by_check = [0; checks::COUNT];
    let all = assessment.all_verdicts(id).unwrap_or_default();
    assessment.count(all, &mut BySeverity::default(), &mut by_check);
    let failing = checks::ids().zip(by_check).filter(|(_, count)| *count > 0);
    let worst = worst(assessment.severity_counts(verdicts)).map(Severity::name);
    (words_cell(failing.map(|(check, _)| CheckId::name(check))), worst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_the_fields_of_a_row() {
        let file = crate::report::FileFacts { name: "a.csv".to_owned(), bytes: 0, modified: None };
        let now = Timestamp::from_unix(0);
        let report = crate::report::Report::read(file, b"user,arn,mfa_active\nann,,true", now).unwrap();
        let mut inputs = crate::assessment::Inputs::default();
        inputs.add([(report, crate::assessment::Fingerprint { bytes: 0, hash: 0 })]);
        let policy = crate::policy::Policy::default();
        let source = crate::report::AsOfSource::Chosen;
        let assessment = crate::assessment::Assessment::new(&inputs, policy, now, source);
        let (inputs, assessment) = (&inputs, &assessment);
        let compared = crate::comparison::Compared { inputs, assessment, comparison: None };
        let compared = Reviewed { compared, owners: None, organization: None, decided: None };
        let id = inputs.reports()[0].row(0);
        let user = inputs.user(id).unwrap();
        let fields = serde_json::to_value(row(compared, id, &user, None)).unwrap();
        let names: Vec<&str> = fields.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, COLUMNS);
    }
}
