//! The users as a table, one a row, those without findings too: the sheet of a review.

use super::PART_BYTES;
use super::form_table::Parts;
use super::owner::{account_name, owner_cells, owners};
use super::redaction::Redactor;
use super::request::{ExportRequest, Separator};
use super::table::{Cell, TablePart, account_cell, text_cell, time_cell, words_cell};
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

/// The cells about a key; empty, where there is none.
#[derive(Default)]
struct Key {
    created: Option<Timestamp>,
    active: Option<bool>,
    last_used: Option<Timestamp>,
    service: Option<String>,
    region: Option<String>,
}

impl UsersCsv {
    pub(super) fn new(compared: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let walk = Walk::new(compared, request.filter.as_ref());
        Self { separator: request.separator, walk, next: 0, redactor, started: false }
    }
}

impl Parts for UsersCsv {
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        let mut part = TablePart::new(self.separator, self.redactor.is_some());
        if !std::mem::replace(&mut self.started, true) {
            part.start(&COLUMNS);
        }
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

/// A row, by [`COLUMNS`]. What is not in the report, or cannot be read, is empty; so is what nobody says:
/// names of accounts, owners, decisions.
fn row<'a>(
    compared: Reviewed<'a>,
    id: RowId,
    user: &User<'a>,
    redactor: Option<&Redactor>,
) -> [Cell<'a>; COLUMNS.len()] {
    let cell = |time: Option<Timestamp>| time.map(|time| time_cell(time, redactor.is_some())).into();
    let [a, b] = keys(user, redactor.is_some());
    let password_last_used = user.password_last_used().ok().flatten();
    let last_activity = [password_last_used, a.last_used, b.last_used].into_iter().flatten().max();
    let (findings, worst) = findings(compared, id);
    // What is about one credential is about less than the row.
    let (decision, state) = compared.decided.and_then(|decided| decided.about_user(id)).unzip();
    let own = |text: &dyn Fn(&'a Decision) -> &'a str| {
        decision.filter(|_| redactor.is_none()).map(text).map(text_cell).into()
    };
    let [owner, team, email] = owner_cells(&owners(compared, Some(id), redactor));
    [
        match redactor {
            Some(redactor) => user.account().map(|account| text_cell(redactor.account(account))).into(),
            None => user.account().map(account_cell).into(),
        },
        account_name(compared, user.account(), redactor).map(text_cell).into(),
        match redactor {
            Some(redactor) => redactor.arn_of(user).map(text_cell).into(),
            None => user.arn().map(text_cell).into(),
        },
        match redactor {
            Some(redactor) => text_cell(redactor.user(user.name(), user.is_root())),
            None => text_cell(user.name()),
        },
        kind(user).name().into(),
        owner,
        team,
        email,
        cell(user.created().ok()),
        user.password_enabled().ok().into(),
        user.mfa_active().ok().into(),
        cell(password_last_used),
        cell(user.password_last_changed().ok().flatten()),
        cell(a.created),
        a.active.into(),
        cell(a.last_used),
        a.service.map(text_cell).into(),
        a.region.map(text_cell).into(),
        cell(b.created),
        b.active.into(),
        cell(b.last_used),
        b.service.map(text_cell).into(),
        b.region.map(text_cell).into(),
        cell(last_activity),
        findings.into(),
        worst.into(),
        compared.change(id).map(ChangeKind::name).into(),
        decision.map(|decision| decision.action.name()).into(),
        own(&|decision| &decision.reason),
        own(&|decision| &decision.by),
        decision.map(|decision| decision.on.to_string()).into(),
        decision.map(|decision| decision.until.to_string()).into(),
        own(&|decision| &decision.approved_by),
        own(&|decision| &decision.ticket),
        state.map(State::name).into(),
    ]
}

/// The keys that exist, or may exist, the older first. What they were used for is left out of a redacted
/// table.
fn keys(user: &User<'_>, is_redacted: bool) -> [Key; 2] {
    let read = |key: &AccessKey<'_, '_>| Key {
        created: key.created().ok().flatten(),
        active: key.active().ok(),
        last_used: key.last_used().ok().flatten(),
        service: user.word(key.service_column()).filter(|_| !is_redacted),
        region: user.word(key.region_column()).filter(|_| !is_redacted),
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
