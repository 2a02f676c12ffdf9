//! Reports to compare, and what the export says of them.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

use credential_report_viewer::checks::CheckId;
use credential_report_viewer::comparison::{Cause, Outcome};
use credential_report_viewer::export::{ExportRequest, Form};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::Query;
use credential_report_viewer::session::{Mode, Reply, Request, Session};

use crate::common::{self, File, Row, columns, days_ago, file, report_of, root, user};

pub(crate) static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../docs/changes-v1.schema.json")).unwrap());

pub(crate) static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&SCHEMA).unwrap());

/// How many days before the current report the earlier one was made.
pub(crate) const APART: i64 = 31;

/// A report made so many days before the current one.
pub(crate) fn at(days: i64, rows: &[Row]) -> File {
    of_columns(days, &columns(), rows)
}

pub(crate) fn of_columns(days: i64, columns: &[&str], rows: &[Row]) -> File {
    let as_of = days_ago(days).replace(':', "-").replace('Z', "+00-00");
    file(&format!("status_reports_{as_of}.csv"), report_of(columns, rows))
}

/// A user who is older than both reports.
pub(crate) fn old(name: &str) -> Row {
    user(name).with("user_creation_time", &days_ago(400))
}

/// One with a console password and MFA that was used of late, then and now.
pub(crate) fn console(name: &str) -> Row {
    old(name).password().with("password_last_used", &days_ago(APART)).with("password_next_rotation", "N/A")
}

/// Root, not used for long.
pub(crate) fn quiet_root() -> Row {
    root().with("password_last_used", &days_ago(900))
}

pub(crate) fn key_off(row: Row, slot: u8) -> Row {
    row.with(&format!("access_key_{slot}_active"), "false")
}

pub(crate) fn certificate(row: Row, slot: u8, active: &str, created: &str) -> Row {
    row.with(&format!("cert_{slot}_active"), active).with(&format!("cert_{slot}_last_rotated"), created)
}

/// A policy with every check on.
pub(crate) fn all_checks() -> Policy {
    let mut policy = Policy::default();
    policy.checks.insert(CheckId::from_name("user-mfa-disabled").unwrap());
    policy
}

pub(crate) fn session(files: &[File]) -> Session {
    let mut session = Session::new();
    session.handle(Request::SetPolicy(all_checks()));
    common::open_into(&mut session, files, Mode::Replace).unwrap();
    session
}

/// The export of changes, whole.
pub(crate) fn export_text(session: &mut Session, filter: Option<Query>) -> String {
    let request = ExportRequest { filter, ..Form::Changes.into() };
    let (mut bytes, mut reply) = (Vec::new(), session.handle(Request::Export(Box::new(request))));
    loop {
        let Reply::Part { bytes: part, last, .. } = reply else { panic!("{reply:?}") };
        bytes.extend(part);
        if last {
            return String::from_utf8(bytes).unwrap();
        }
        reply = session.handle(Request::NextPart);
    }
}

/// The export of changes; it holds to the schema, and to what always holds.
#[track_caller]
pub(crate) fn export(session: &mut Session) -> Value {
    let changes: Value = serde_json::from_str(&export_text(session, None)).unwrap();
    let errors: Vec<String> = VALIDATOR
        .iter_errors(&changes)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}\n{changes:#}", errors.join("\n"));
    for account in changes["accounts"].as_array().unwrap() {
        check_sums(account);
    }
    changes
}

/// Every finding of either report has exactly one outcome, and the numbers are those of the list.
pub(crate) fn check_sums(account: &Value) {
    let summary = &account["summary"];
    let findings = account["findings"].as_array().unwrap();
    let sum = |numbers: &Value| -> u64 {
        numbers.as_object().unwrap().values().map(|number| number.as_u64().unwrap()).sum()
    };
    let of = |outcomes: &[&str]| -> u64 {
        outcomes.iter().map(|outcome| summary["by_outcome"][outcome].as_u64().unwrap()).sum()
    };
    assert_eq!(of(&["new", "unchanged"]), sum(&summary["by_severity"]));
    assert_eq!(of(&["unchanged", "resolved", "cleared", "not-judged"]), sum(&summary["by_severity_before"]));
    for outcome in Outcome::ALL {
        let count = findings.iter().filter(|finding| finding["outcome"] == outcome.name()).count();
        assert_eq!(summary["by_outcome"][outcome.name()], count, "{outcome:?}");
    }
    for &cause in Cause::ALL {
        let of_cause = findings.iter().filter(|finding| finding["cause"] == cause.name());
        let count = of_cause.clone().count() as u64;
        assert_eq!(summary["by_cause"][cause.name()].as_u64().unwrap_or_default(), count, "{cause:?}");
        assert!(of_cause.into_iter().all(|finding| finding["outcome"] == cause.outcome().name()));
    }
    let severity = |finding: &Value| {
        let now =
            if finding["severity"].is_null() { &finding["severity_before"] } else { &finding["severity"] };
        ["critical", "high", "medium", "low", "info"].iter().position(|name| now == name).unwrap()
    };
    let key = |finding: &Value| {
        let outcome = Outcome::from_name(finding["outcome"].as_str().unwrap()).unwrap();
        let check = CheckId::from_name(finding["check"].as_str().unwrap()).unwrap();
        (outcome, severity(finding), finding["arn"].as_str().unwrap().to_owned(), check)
    };
    assert!(findings.iter().map(key).is_sorted());
    let users = account["users"].as_array().unwrap();
    assert!(users.iter().map(|user| user["arn"].as_str().unwrap()).is_sorted());
    assert_eq!(users.len() as u64, sum(&summary["users_by_change"]));
}

/// The only account of an export.
pub(crate) fn only(changes: &Value) -> &Value {
    let accounts = changes["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 1);
    &accounts[0]
}

/// What two reports say, compared.
pub(crate) fn compare(then: &[Row], now: &[Row]) -> Value {
    only(&export(&mut session(&[at(APART, then), at(0, now)]))).clone()
}

/// The findings of a check, as outcome, cause and column.
pub(crate) fn fates(account: &Value, check: &str) -> Vec<[String; 3]> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    account["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["check"] == check)
        .map(|finding| ["outcome", "cause", "column"].map(|member| text(&finding[member])))
        .collect()
}

/// The only finding of a check.
pub(crate) fn finding<'a>(account: &'a Value, check: &str) -> &'a Value {
    let mut findings = account["findings"].as_array().unwrap().iter().filter(|f| f["check"] == check);
    let finding = findings.next().unwrap_or_else(|| panic!("no {check} in {account:#}"));
    assert!(findings.next().is_none());
    finding
}

/// A case: a check, the rows of one user then and now, and the cause that is expected.
pub(crate) type Case = (&'static str, Option<Row>, Option<Row>, &'static str);

#[track_caller]
pub(crate) fn assert_causes(cases: Vec<Case>) {
    for (number, (check, then, now, expected)) in cases.into_iter().enumerate() {
        // Somebody is always there, so that neither report is empty.
        let rows = |row: Option<Row>| -> Vec<Row> { row.into_iter().chain([user("zoe")]).collect() };
        let account = compare(&rows(then), &rows(now));
        let fates = fates(&account, check);
        let (cause, column) = expected.split_once(' ').unwrap_or((expected, "-"));
        let outcome = match cause {
            "-" => "unchanged",
            cause => Cause::from_name(cause).unwrap().outcome().name(),
        };
        let expected = [outcome, cause, column].map(str::to_owned);
        assert_eq!(fates, [expected], "case {number} of {check}: {account:#}");
    }
}
