//! The tables for spreadsheets, read by the `csv` crate's reader.

use std::collections::HashMap;

use credential_report_viewer::checks::Severity;
use credential_report_viewer::export::{ExportRequest, Form, Separator, findings_csv, users_csv};
use credential_report_viewer::query::Query;
use credential_report_viewer::report::unguarded;
use credential_report_viewer::session::Session;

use crate::common::{self, days_ago, file, fixtures, report, root, user};
use crate::{HOSTILE, ask, findings, open, report_of_names, users};

/// The rows of a table, each by column.
fn rows(text: &str, separator: u8) -> (Vec<String>, Vec<HashMap<String, String>>) {
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |row: csv::StringRecord| {
        names.iter().cloned().zip(row.iter().map(str::to_owned)).collect::<HashMap<_, _>>()
    };
    let rows = reader.records().map(|record| row(record.unwrap())).collect();
    (names, rows)
}

fn table_of(session: &mut Session, form: Form, filter: Option<Query>) -> Vec<HashMap<String, String>> {
    rows(&common::export_as(session, ask(form, filter)), b',').1
}

#[test]
fn a_table_is_what_spreadsheets_read() {
    let mut session = open(report_of_names(HOSTILE));
    for (form, columns) in [
        (Form::FindingsCsv, findings_csv::COLUMNS.as_slice()),
        (Form::UsersCsv, users_csv::COLUMNS.as_slice()),
    ] {
        for separator in Separator::ALL {
            let request = ExportRequest { separator, ..form.into() };
            let text = common::export_as(&mut session, request);
            assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"));
            assert_eq!(text.matches('\u{feff}').count(), 1);
            let byte = if separator == Separator::Comma { b',' } else { b';' };
            let (names, rows) = rows(&text, byte);
            assert_eq!(names, columns);
            assert!(rows.len() >= HOSTILE.len());
            // Whoever does not know of quotes sees no line break of a name but within them.
            let quotes: String = text.split('"').step_by(2).collect();
            assert_eq!(quotes.matches('\n').count(), rows.len() + 1);
            assert_eq!(quotes.matches("\r\n").count(), rows.len() + 1);
        }
    }
}

#[test]
fn no_cell_runs_and_every_name_is_read_as_it_was() {
    let mut session = open(report_of_names(HOSTILE));
    for form in [Form::FindingsCsv, Form::UsersCsv] {
        let rows = table_of(&mut session, form, None);
        for row in &rows {
            for (column, cell) in row {
                let first = cell.chars().next().unwrap_or('a');
                assert!(!"=+-@\t\r\n\0＝＋－＠".contains(first), "{column}: {cell:?}");
            }
        }
        for name in users(&mut session) {
            let has = |row: &HashMap<String, String>| unguarded(&row["user"]) == name;
            assert!(rows.iter().any(has), "{form:?}: {name:?}");
        }
    }
}

#[test]
fn the_findings_are_those_of_the_json() {
    for fixture in fixtures::all() {
        let mut session = fixture.open();
        let some = Query { severities: vec![Severity::High, Severity::Low], ..Query::default() };
        for filter in [None, Some(some)] {
            let expected = findings(&mut session, filter.clone());
            let rows = table_of(&mut session, Form::FindingsCsv, filter);
            assert_eq!(rows.len(), expected.len(), "{}", fixture.name());
            for (row, finding) in rows.iter().zip(&expected) {
                let text = |pointer: &str| match finding.pointer(pointer).unwrap() {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                for (column, pointer) in [
                    ("user", "/user"),
                    ("arn", "/arn"),
                    ("check", "/check"),
                    ("severity", "/severity"),
                    ("subject", "/subject/kind"),
                    ("age_days", "/evidence/age_days"),
                    ("limit_days", "/evidence/threshold_days"),
                    ("message", "/message"),
                    ("uid", "/uid"),
                ] {
                    assert_eq!(unguarded(&row[column]), text(pointer), "{column}");
                }
                assert_eq!(row["account"].replace('-', ""), text("/account"));
                assert_eq!(row["created_utc"], text("/subject/created").replace('T', " ").replace('Z', ""));
                assert_eq!(row["status"], "open");
                for column in ["account_name", "owner", "team", "decision", "until"] {
                    assert_eq!(row[column], "", "{column}");
                }
            }
        }
    }
}

#[test]
fn a_finding_names_its_sections_and_the_kind_of_its_user() {
    let mut session = fixtures::named("neglected.csv").open();
    let rows = table_of(&mut session, Form::FindingsCsv, None);
    let of_check = |check: &str| rows.iter().find(|row| row["check"] == check).unwrap();
    let unused = of_check("access-key-unused");
    assert_eq!((unused["cis_7_0"].as_str(), unused["security_hub"].as_str()), ("2.11", "IAM.22 IAM.8"));
    assert_eq!(of_check("root-mfa-disabled")["kind"], "root");
    assert_eq!(of_check("root-mfa-disabled")["account"], "1111-2222-3333");
    assert_eq!(of_check("console-mfa-disabled")["title"], "Console password without MFA");
    // An account has no user, and so no kind.
    assert_eq!(of_check("password-expiry-not-set")["kind"], "");
}

#[test]
fn every_user_has_a_row_and_the_older_key_comes_first() {
    let (old, new) = (days_ago(300), days_ago(10));
    let rows = [
        root(),
        user("two")
            .key(1, &new, &days_ago(1))
            .key(2, &old, "N/A")
            .with("access_key_2_active", "false")
            .with("access_key_1_last_used_service", "s3"),
        user("clean").password(),
        user("odd").with("mfa_active", "maybe").with("user_creation_time", "?"),
    ];
    let mut session = open(file("users.csv", report(&rows)));
    let table = table_of(&mut session, Form::UsersCsv, None);
    let named = |name: &str| table.iter().find(|row| row["user"] == name).unwrap();
    assert_eq!(table.len(), 4);
    let cell = |time: &str| time.replace('T', " ").replace('Z', "");
    let two = named("two");
    for (column, expected) in [
        ("account", "1234-5678-9012".to_owned()),
        ("arn", "arn:aws:iam::123456789012:user/two".to_owned()),
        ("kind", "machine".to_owned()),
        ("created_utc", cell(&days_ago(1))),
        ("console", "false".to_owned()),
        ("mfa", "false".to_owned()),
        ("password_last_used_utc", String::new()),
        ("key_a_created_utc", cell(&old)),
        ("key_a_active", "false".to_owned()),
        ("key_a_last_used_utc", String::new()),
        ("key_b_created_utc", cell(&new)),
        ("key_b_active", "true".to_owned()),
        ("key_b_last_used_utc", cell(&days_ago(1))),
        ("key_b_service", "s3".to_owned()),
        ("key_b_region", String::new()),
        ("last_activity_utc", cell(&days_ago(1))),
        ("findings", "access-key-inactive".to_owned()),
        ("worst", "low".to_owned()),
    ] {
        assert_eq!(two[column], expected, "{column}");
    }
    let clean = named("clean");
    assert_eq!((clean["console"].as_str(), clean["mfa"].as_str()), ("true", "true"));
    assert_eq!((clean["key_a_active"].as_str(), clean["worst"].as_str()), ("", ""));
    assert_eq!((named("odd")["mfa"].as_str(), named("odd")["created_utc"].as_str()), ("", ""));
    for row in &table {
        for column in ["owner", "team", "email", "decision", "reason", "by", "on", "until", "ticket", "state"]
        {
            assert_eq!(row[column], "", "{column}");
        }
    }
}

#[test]
fn the_users_are_those_of_the_cards() {
    for fixture in fixtures::all() {
        let mut session = fixture.open();
        for filter in [Query::default(), Query { severities: vec![Severity::High], ..Query::default() }] {
            let all = Query { limit: u32::MAX, ..filter.clone() };
            let cards = common::query(&mut session, &all).cards;
            let table = table_of(&mut session, Form::UsersCsv, Some(filter));
            assert_eq!(table.len(), cards.len(), "{}", fixture.name());
            for card in cards {
                let checks: Vec<&str> = {
                    let mut checks: Vec<_> = card.findings.iter().map(|finding| finding.check).collect();
                    checks.sort_unstable();
                    checks.dedup();
                    checks.iter().map(|check| check.name()).collect()
                };
                let is_same = |row: &&HashMap<String, String>| {
                    unguarded(&row["user"]) == card.user
                        && row["findings"] == checks.join(" ")
                        && row["worst"] == card.worst.map_or("", |worst| worst.name())
                };
                assert!(table.iter().any(|row| is_same(&row)), "{}: {}", fixture.name(), card.user);
            }
        }
    }
}

#[test]
fn a_report_without_columns_has_empty_cells() {
    let mut session = open(file("few.csv", "user,password_enabled\nann,true"));
    let table = table_of(&mut session, Form::UsersCsv, None);
    assert_eq!(table[0]["user"], "ann");
    assert_eq!(table[0]["console"], "true");
    for column in ["account", "arn", "mfa", "created_utc", "key_a_active", "key_b_active"] {
        assert_eq!(table[0][column], "", "{column}");
    }
}
