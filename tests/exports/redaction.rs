//! Redacted exports: a canary in every name, path, account, file name and cell, and none in what leaves.

use std::collections::{HashMap, HashSet};

use credential_report_viewer::accounts::AccountQuery;
use credential_report_viewer::assessment::RowId;
use credential_report_viewer::checks::Severity;
use credential_report_viewer::comparison::ChangeQuery;
use credential_report_viewer::export::{ExportRequest, Form, RedactionKey, file_name, part_name};
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::session::{Reply, Request, Session};
use serde_json::Value;

use crate::common::{self, File, days_ago, file, report_of, root, user};
use crate::{FORMS, old};

const KEY: [u8; 32] = *b"thirty-two bytes, of no surprise";

/// Nothing that is redacted has this in it.
const CANARY: &str = "canary";

/// Numbers of accounts, which have no room for a canary.
const ACCOUNTS: [&str; 2] = ["987654321098", "876543210987"];

/// A second that is looked for, beside the text.
const SECOND: &str = "03:04:05";

fn redacted(form: Form) -> ExportRequest {
    ExportRequest { redaction: Some(RedactionKey::new(KEY)), ..form.into() }
}

/// Two reports with a canary wherever a report has room for one.
fn files() -> Vec<File> {
    let moment = |days: i64| format!("{}T{SECOND}Z", &days_ago(days)[..10]);
    let in_account = |row: common::Row, account: &str, path: &str| {
        let name = row.cell("user").to_owned();
        let arn = match name.as_str() {
            "<root_account>" => format!("arn:aws:iam::{account}:root"),
            name => format!("arn:aws:iam::{account}:user{path}{name}"),
        };
        row.with("arn", &arn).with("user_creation_time", &moment(600))
    };
    let keys = |row: common::Row| {
        row.key(1, &moment(500), &moment(2))
            .key(2, &moment(400), &moment(300))
            .with("access_key_1_last_used_service", "canary-service")
            .with("access_key_1_last_used_region", "canary-region")
            .with("access_key_2_last_used_region", "canary-region")
    };
    let rows = vec![
        in_account(root(), ACCOUNTS[0], "")
            .with("mfa_active", "false")
            .with("access_key_1_active", "true")
            .with("access_key_1_last_rotated", &moment(700))
            .with("password_last_used", &moment(1)),
        in_account(keys(old(user("canary-ann"))), ACCOUNTS[0], "/canary-path/"),
        in_account(keys(user("canary-bot")), ACCOUNTS[0], "/")
            .with("cert_1_active", "true")
            .with("cert_1_last_rotated", &moment(450)),
        in_account(user("=canary@example.com"), ACCOUNTS[1], "/").with("mfa_active", "canary-cell"),
        in_account(old(user("canary-ann")), ACCOUNTS[1], "/").with("password_last_used", "canary-time"),
        user("canary-odd").with("arn", "arn:canary-partition:iam::987654321098:user/canary-odd"),
        user("canary-none").with("arn", "canary-arn").with("user_creation_time", &moment(600)),
        in_account(user("canary-twice"), ACCOUNTS[0], "/"),
        in_account(user("canary-twice"), ACCOUNTS[0], "/"),
    ];
    let text = report_of(&common::columns(), &rows);
    let (header, body) = text.split_once('\n').unwrap();
    let body: Vec<String> = body.lines().map(|line| format!("{line},canary-column-cell")).collect();
    let odd = format!("{header},canary_column\n{}\ncanary-short-row,x\n", body.join("\n"));
    let older = report_of(&common::columns(), &rows[..2]);
    vec![file("canary-file.csv", odd.clone()), file("canary-older.csv", older), file("canary-same.csv", odd)]
}

fn session() -> Session {
    let files = files();
    let mut session = common::open(&files);
    for (number, file) in (0..).zip(&files) {
        common::digest(&mut session, number, &file.bytes);
    }
    session.handle(Request::SetAsOf(Some(common::time(common::AS_OF))));
    session
}

fn filters() -> Vec<Option<Query>> {
    vec![
        None,
        Some(Query {
            search: "canary".to_owned(),
            accounts: vec![ACCOUNTS[0].to_owned()],
            ..Query::default()
        }),
        Some(Query { severities: vec![Severity::High], ..Query::default() }),
        Some(Query { search: "canary-nobody".to_owned(), ..Query::default() }),
    ]
}

/// What of a text is found in it plainly, percent-encoded, escaped or in base64 apart.
#[track_caller]
fn assert_clean(text: &str, what: &str) {
    let plain = text.to_ascii_lowercase().replace(['-', ' ', '\\'], "");
    for secret in
        [CANARY, ACCOUNTS[0], ACCOUNTS[1], "03:04:05", "030405", "%63%61", "y2fuyxj5", "63616e617279"]
    {
        assert!(!plain.contains(&secret.replace('-', "")), "{what}: {secret} in {text}");
    }
}

#[test]
fn no_canary_is_in_any_redacted_form_or_file_name() {
    let mut session = session();
    let overview = common::overview_of(&mut session);
    for form in FORMS {
        // There is something to leave out.
        let plain = common::export_as(&mut session, form.into());
        assert!(plain.contains(CANARY) && plain.contains(SECOND), "{form:?}");
        for filter in filters() {
            let request = ExportRequest { filter, ..redacted(form) };
            let text = common::export_as(&mut session, request.clone());
            assert_clean(&text, &format!("{request:?}"));
            for name in [file_name(&overview, &request), part_name(&overview, &request, 1)] {
                assert_clean(&name, "file name");
                assert!(name.contains("redacted"), "{name}");
            }
            // An empty array has no room for the word; its file name has it.
            assert!(text.to_lowercase().contains("redacted") || text == "[]\n", "{form:?}: {text}");
        }
    }
}

/// Two reports of an account: a user deleted, one renamed, one added, keys rotated.
fn changed() -> Session {
    let moment = |days: i64| format!("{}T{SECOND}Z", &days_ago(days)[..10]);
    let named = |name: &str, path: &str, created: i64| {
        user(name)
            .with("arn", &format!("arn:aws:iam::{}:user{path}{name}", ACCOUNTS[0]))
            .with("user_creation_time", &moment(created))
    };
    let key = |row: common::Row, created: i64| row.key(1, &moment(created), &moment(created - 5));
    let root = || root().with("arn", &format!("arn:aws:iam::{}:root", ACCOUNTS[0]));
    let then = [
        root(),
        key(named("canary-ann", "/canary-path/", 900), 800),
        key(named("canary-gone", "/", 700), 690),
        key(named("canary-before", "/canary-path/", 600), 590),
    ];
    let now = [
        root(),
        key(named("canary-ann", "/canary-path/", 900), 20),
        key(named("canary-after", "/canary-path/", 600), 590),
        key(named("canary-new", "/", 30), 30),
    ];
    let of = |days: i64, rows: &[common::Row]| {
        let as_of = days_ago(days).replace(':', "-").replace('Z', "+00-00");
        let bytes = report_of(&common::columns(), rows);
        file(&format!("canary status_reports_{as_of}.csv"), bytes)
    };
    let files = [of(60, &then), of(0, &now)];
    let mut session = common::open(&files);
    for (number, file) in (0..).zip(&files) {
        common::digest(&mut session, number, &file.bytes);
    }
    session
}

#[test]
fn no_canary_is_in_redacted_changes() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/changes-v1.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let mut session = changed();
    let plain: Value = serde_json::from_str(&common::export_as(&mut session, Form::Changes.into())).unwrap();
    assert!(plain.to_string().contains(CANARY) && plain.to_string().contains(SECOND));
    let text = common::export_as(&mut session, redacted(Form::Changes));
    assert_clean(&text, "changes");
    let other: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(validator.iter_errors(&other).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(other["redacted"], true);
    let (plain, other) = (&plain["accounts"][0], &other["accounts"][0]);
    assert_eq!((&plain["summary"], &plain["trend"]), (&other["summary"], &other["trend"]));
    let changes = |of: &Value| -> Vec<Value> {
        of["users"].as_array().unwrap().iter().map(|user| user["change"].clone()).collect()
    };
    assert_eq!(changes(plain), changes(other));
    for change in ["added", "deleted", "renamed", "changed"] {
        assert!(changes(other).contains(&Value::from(change)), "{change}: {other:#}");
    }
    let table = aliases(&mut session, RedactionKey::new(KEY));
    let before = &table[&("user".to_owned(), "canary-before".to_owned())];
    assert!(text.contains(before), "{before}");
    let uids: HashSet<&str> = other["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["uid"].as_str().unwrap())
        .collect();
    assert_eq!(uids.len(), plain["findings"].as_array().unwrap().len());
}

#[test]
fn no_canary_is_in_what_is_shown_redacted() {
    for mut session in [session(), changed()] {
        let questions = || {
            vec![
                Request::Overview,
                Request::Query(Query { limit: 100, ..Query::default() }),
                Request::Query(Query { search: "canary-ann".to_owned(), limit: 100, ..Query::default() }),
                Request::Accounts(AccountQuery { limit: 100, ..AccountQuery::default() }),
                Request::Card(RowId(1)),
                Request::Comparison,
                Request::Changes(ChangeQuery { limit: 100, ..ChangeQuery::default() }),
                Request::UserChanges(ChangeQuery { limit: 100, ..ChangeQuery::default() }),
            ]
        };
        let plain: Vec<Reply> = questions().into_iter().map(|question| session.handle(question)).collect();
        let all = serde_json::to_string(&plain).unwrap();
        assert!(all.contains(CANARY) && all.contains(SECOND), "{all}");
        assert_eq!(session.handle(Request::Redact(Some(RedactionKey::new(KEY)))), Reply::Done);
        for (question, plain) in questions().into_iter().zip(&plain) {
            let reply = session.handle(question.clone());
            assert_clean(&serde_json::to_string(&reply).unwrap(), &format!("{question:?}"));
            match (&reply, plain) {
                // The question keeps to names, and finds the same.
                (Reply::Cards(reply), Reply::Cards(plain)) => {
                    let rows = |of: &Cards| of.cards.iter().map(|card| card.row).collect::<Vec<_>>();
                    assert_eq!(rows(reply), rows(plain));
                    assert!(reply.cards.iter().any(|card| card.user.starts_with("user-")));
                }
                (Reply::Overview(reply), Reply::Overview(plain)) => {
                    assert_eq!(reply.by_severity, plain.by_severity);
                    assert!(reply.accounts.iter().any(|account| account.account.starts_with("account-")));
                }
                _ => {}
            }
        }
        session.handle(Request::Redact(None));
        let again: Vec<Reply> = questions().into_iter().map(|question| session.handle(question)).collect();
        assert_eq!(again, plain);
    }
}

#[test]
fn a_redacted_json_holds_to_the_schema_and_to_what_it_is_of() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/findings-v1.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let mut session = session();
    for filter in filters() {
        let plain = common::exported(&mut session, filter.clone());
        let request = ExportRequest { filter, ..redacted(Form::Findings) };
        let other: Value = serde_json::from_str(&common::export_as(&mut session, request)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&other)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(other["redacted"], true);
        for member in ["summary", "checks", "policy", "as_of", "not_judged", "limits"] {
            assert_eq!(other[member], plain[member], "{member}");
        }
        let (plain, other) = (plain["findings"].as_array().unwrap(), other["findings"].as_array().unwrap());
        assert_eq!(plain.len(), other.len());
        let mut uids = HashSet::new();
        for (plain, other) in plain.iter().zip(other) {
            for pointer in [
                "/check",
                "/severity",
                "/subject/kind",
                "/subject/slot",
                "/evidence/age_days",
                "/evidence/threshold_days",
            ] {
                assert_eq!(plain.pointer(pointer), other.pointer(pointer));
            }
            assert!(uids.insert(other["uid"].as_str().unwrap()), "{other}");
            assert_eq!(other["commands"], serde_json::json!([]));
            assert_eq!(other["evidence"]["cells"], serde_json::json!({}));
        }
    }
}

/// The aliases of a table, by name.
fn aliases(session: &mut Session, key: RedactionKey) -> HashMap<(String, String), String> {
    let request = ExportRequest { redaction: Some(key), ..Form::RedactionTable.into() };
    let text = common::export_as(session, request);
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.unwrap())
        .map(|record| ((record[0].to_owned(), record[2].to_owned()), record[1].to_owned()))
        .collect()
}

#[test]
fn the_table_reads_every_form_and_aliases_are_the_same_in_all() {
    let mut session = session();
    let table = aliases(&mut session, RedactionKey::new(KEY));
    let alias = |kind: &str, name: &str| table[&(kind.to_owned(), name.to_owned())].clone();
    let ann = alias("user", "canary-ann");
    let account = alias("account", ACCOUNTS[0]);
    for alias in table.values() {
        let (_, code) = alias.rsplit_once('-').unwrap();
        assert!(
            code.len() >= 4 && code.bytes().all(|byte| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".contains(&byte))
        );
    }
    // What a spreadsheet would run is guarded here, too.
    assert!(table.contains_key(&("user".to_owned(), "'=canary@example.com".to_owned())));
    for form in FORMS {
        let text = common::export_as(&mut session, redacted(form));
        assert!(text.contains(&ann) && text.contains(&account), "{form:?}: {text}");
        // A filter changes no alias.
        let filter = Query { severities: vec![Severity::High], ..Query::default() };
        let some = common::export_as(&mut session, ExportRequest { filter: Some(filter), ..redacted(form) });
        assert!(some.contains(&ann), "{form:?}");
    }
    let names: HashSet<&String> = table.values().collect();
    assert_eq!(names.len(), table.len());
    let name = file_name(
        &common::overview_of(&mut session),
        &ExportRequest { redaction: Some(RedactionKey::new(KEY)), ..Form::RedactionTable.into() },
    );
    assert!(!name.contains("redacted-"), "{name}");
}

#[test]
fn another_key_gives_other_aliases_and_the_same_one_the_same() {
    let (mut one, mut other) = (session(), session());
    let same = aliases(&mut one, RedactionKey::new(KEY));
    assert_eq!(same, aliases(&mut other, RedactionKey::new(KEY)));
    let others = aliases(&mut other, RedactionKey::new([1; 32]));
    assert!(same.iter().all(|(name, alias)| others[name] != *alias));
}

#[test]
fn of_many_users_no_two_have_one_alias() {
    let rows: Vec<common::Row> = (0..5000).map(|number| user(&format!("user-{number}"))).collect();
    let mut session = common::open(&[file("many.csv", common::report(&rows))]);
    let table = aliases(&mut session, RedactionKey::new(KEY));
    let names: HashSet<&String> = table.values().collect();
    assert_eq!(names.len(), 5001);
    let lengths: HashSet<usize> = names.iter().map(|alias| alias.len()).collect();
    assert!(lengths.len() > 1, "{lengths:?}");
}
