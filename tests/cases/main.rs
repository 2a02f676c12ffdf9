//! Made-up files of people who do this job, each with what is expected of it.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;

use credential_report_viewer::overview::Overview;
use credential_report_viewer::report::{
    CellIssue, OtherFile, ReadError, ReadErrorKind, Timestamp, WarningKind,
};
use credential_report_viewer::session::{Mode, Reply, Request, Session};
use credential_report_viewer::text::{ENGLISH, JAPANESE};
use serde_json::Value;

use common::File;

/// The moment that they are judged as of, and what the clock says.
const AS_OF: &str = "2026-11-25T00:00:00Z";

/// The four users of the first account: `M1`.
const M1: &[&str] = &[
    "mori console-mfa-disabled high",
    "deploy-bot access-key-not-rotated 1 323 medium",
    "kondo access-key-inactive 1 low",
    "- password-expiry-not-set 111122223333 low",
];

/// What the second account adds.
const M2: &[&str] =
    &["batch access-key-never-used 1 46 medium", "- password-expiry-not-set 444455556666 low"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/inputs")
}

fn load(name: &str) -> File {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    File { name: name.to_owned(), bytes, modified: Some(common::time("2026-11-24T22:00:00Z")) }
}

/// The file with this number.
fn numbered(number: &str) -> File {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(&format!("{number}-")))
        .collect();
    assert_eq!(names.len(), 1, "{number}");
    load(&names.remove(0))
}

/// A result, as one looks at it.
struct Seen {
    session: Session,
    overview: Overview,
    export: Value,
}

fn open(file: &File, as_of: Option<&str>) -> Result<Seen, ReadError> {
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: common::time(AS_OF) });
    common::feed(&mut session, file, usize::MAX)?;
    match session.handle(Request::Commit) {
        Reply::Overview(_) => {}
        other => panic!("{other:?}"),
    }
    session.handle(Request::SetAsOf(as_of.map(common::time)));
    let overview = common::overview_of(&mut session);
    let export = common::exported(&mut session, None);
    Ok(Seen { session, overview, export })
}

/// A finding in a line: whose, which check, the slot of a key or the account, its age where the check is
/// about one, and how bad it is.
fn line(finding: &Value) -> String {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let check = text(&finding["check"]).unwrap();
    let mut words = vec![text(&finding["user"]).unwrap_or_else(|| "-".to_owned()), check.clone()];
    if finding["user"].is_null() {
        words.extend(text(&finding["account"]));
    }
    words.extend(finding["subject"]["slot"].as_u64().map(|slot| slot.to_string()));
    if ["access-key-not-rotated", "access-key-never-used"].contains(&check.as_str()) {
        words.extend(finding["evidence"]["age_days"].as_u64().map(|days| days.to_string()));
    }
    words.extend(text(&finding["severity"]));
    words.join(" ")
}

fn findings(export: &Value) -> BTreeSet<String> {
    export["findings"].as_array().unwrap().iter().map(line).collect()
}

#[track_caller]
fn assert_found(seen: &Seen, rows: u32, expected: &[&str], what: &str) {
    let expected: BTreeSet<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    assert_eq!(findings(&seen.export), expected, "{what}: {:?}", seen.overview.warnings);
    assert_eq!(seen.overview.users, rows, "{what}");
}

/// A file with the report of the first account.
fn read(number: &str) -> Seen {
    let file = numbered(number);
    open(&file, Some(AS_OF)).unwrap_or_else(|error| panic!("{number}: {error}"))
}

fn has(seen: &Seen, is: impl Fn(&WarningKind) -> bool) -> bool {
    seen.overview.warnings.iter().any(|warning| is(&warning.kind))
}

fn error(number: &str) -> ReadErrorKind {
    let kind = open(&numbered(number), None).map(|_| ()).unwrap_err().kind;
    for text in [&ENGLISH, &JAPANESE] {
        assert!(!text.read_error(&kind).is_empty() && !text.read_advice(&kind).is_empty());
    }
    kind
}

fn not(other: OtherFile) -> ReadErrorKind {
    ReadErrorKind::NotAReport(other)
}

#[test]
fn every_file_is_expected_to_be_something() {
    let names = std::fs::read_dir(folder()).unwrap().count();
    assert_eq!(names, 49);
}

#[test]
fn the_report_of_one_account_is_read_in_every_form() {
    for number in [
        "04", "05", "06", "07", "08", "09", "11", "14", "16", "18", "20", "23", "24", "44", "45", "49", "56",
        "59", "63", "66", "70", "72",
    ] {
        assert_found(&read(number), 4, M1, number);
    }
}

#[test]
fn the_reports_of_two_accounts_are_read_from_one_file() {
    let both = [M1, M2].concat();
    for number in ["01", "02", "43", "55"] {
        let seen = read(number);
        assert_found(&seen, 7, &both, number);
        assert_eq!(seen.overview.accounts.len(), 2, "{number}");
    }
}

#[test]
fn the_time_of_the_report_is_found_however_it_is_written() {
    for number in ["02", "05", "06", "07", "08", "09", "11", "59", "63"] {
        let seen = open(&numbered(number), None).unwrap();
        assert_eq!(seen.overview.as_of_source.name(), "generated-time", "{number}");
        // Of two answers the newer one tells.
        let expected = if number == "02" { "2026-11-24T21:06:10Z" } else { "2026-11-24T21:05:00Z" };
        assert_eq!(seen.overview.as_of, common::time(expected), "{number}");
    }
}

#[test]
fn what_was_done_to_a_file_is_told() {
    assert!(has(&read("20"), |kind| *kind == WarningKind::LinesBeforeHeader { count: 1 }));
    assert!(has(&read("44"), |kind| *kind == WarningKind::WithoutHeader));
    let terminal = read("45");
    assert!(has(&terminal, |kind| *kind == WarningKind::LinesBeforeHeader { count: 1 }));
    let cell = terminal.overview.warnings.iter().find(|w| w.kind == WarningKind::Time(CellIssue::Unreadable));
    assert_eq!(cell.unwrap().column.as_deref(), Some("cert_2_last_rotated"));
    assert!(has(&read("49"), |kind| *kind == WarningKind::Time(CellIssue::Unreadable)));
    assert!(has(&read("16"), |kind| *kind == WarningKind::ForeignFlags { words: "t/f".to_owned() }));
    assert!(has(&read("18"), |kind| *kind == WarningKind::ForeignFlags { words: "1/0".to_owned() }));
    assert!(has(&read("23"), |kind| *kind == WarningKind::NotAUser));
}

#[test]
fn impossible_times_are_named_and_no_finding_rests_on_them() {
    let seen = read("19");
    assert_found(&seen, 2, &[], "19");
    let impossible = WarningKind::Time(CellIssue::Impossible);
    let columns: Vec<_> = seen
        .overview
        .warnings
        .iter()
        .filter(|w| w.kind == impossible)
        .filter_map(|w| w.column.as_deref())
        .collect();
    assert!(columns.contains(&"access_key_2_last_rotated") && columns.contains(&"password_next_rotation"));
}

#[test]
fn a_name_with_commas_is_put_together_in_any_order_of_columns() {
    let expected = [M1, &["tanaka,ken console-mfa-disabled high"]].concat();
    assert_found(&read("25"), 5, &expected, "25");
}

#[test]
fn what_is_missing_is_not_judged() {
    let seen = read("29");
    assert_found(&seen, 4, &["<root_account> root-used-recently high"], "29");
    assert!(seen.overview.not_evaluated() > 0);
    let seen = read("57");
    assert_found(&seen, 4, &M1[1..], "57");
    let columns: Vec<_> = seen.overview.warnings.iter().filter_map(|w| w.column.as_deref()).collect();
    assert_eq!(columns, ["mfa_enabled"]);
    for check in ["console-mfa-disabled", "root-mfa-disabled"] {
        assert_eq!(common::tally(&seen.overview, check).not_judged, 1, "{check}");
    }
}

#[test]
fn rows_of_emulators_are_judged_as_far_as_they_go() {
    let expected = [
        "svc-a access-key-not-rotated 1 147 medium",
        "svc-a access-key-never-used 1 147 medium",
        "svc-a user-dormant medium",
        "<root_account> root-mfa-disabled critical",
    ];
    assert_found(&read("31"), 3, &expected, "31");
}

#[test]
fn keys_are_held_to_their_own_times_and_slots() {
    let found = findings(&read("33").export);
    let with: Vec<&str> = found
        .iter()
        .filter(|line| line.contains("made-with-user"))
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(with, ["early8", "edge10"]);
    let found = findings(&read("36").export);
    let of_keys: Vec<&String> = found.iter().filter(|line| !line.starts_with('-')).collect();
    assert_eq!(of_keys, ["svc-s3access access-key-inactive 2 low", "user3 access-key-inactive 1 low"]);
}

#[test]
fn times_as_tools_write_them_are_read_or_named() {
    let seen = read("39");
    let found = findings(&seen.export);
    for user in ["go-string", "athena", "postgres", "no-zone", "basic", "no-colon", "millis", "js-string"] {
        assert!(found.contains(&format!("{user} access-key-not-rotated 1 323 medium")), "{user}: {found:?}");
    }
    // A day without a clock begins at midnight.
    assert!(found.contains("date-only access-key-not-rotated 1 324 medium"), "{found:?}");
    assert!(!found.iter().any(|line| line.starts_with("epoch access-key-not-rotated")));
    let named =
        seen.overview.warnings.iter().find(|w| w.kind == WarningKind::Time(CellIssue::Number)).unwrap();
    assert_eq!((named.column.as_deref(), named.more), (Some("access_key_1_last_rotated"), 0));
}

#[test]
fn root_is_root_whatever_became_of_its_name() {
    assert!(findings(&read("42").export).iter().any(|line| line.contains("root-mfa-disabled critical")));
    let of_partitions = read("62");
    let roots: Vec<&str> = of_partitions.export["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["check"] == "root-mfa-disabled")
        .filter_map(|finding| finding["partition"].as_str())
        .collect();
    assert_eq!(roots, ["aws-cn", "aws-iso-b", "aws-eusc"]);
    let expected = [
        "<root_account> root-mfa-disabled critical",
        "mori console-never-used medium",
        "- password-expiry-not-set 111122223333 low",
    ];
    assert_found(&read("65"), 2, &expected, "65");
}

#[test]
fn more_cells_than_columns_cost_no_user() {
    let seen = read("46");
    let found = findings(&seen.export);
    for user in ["three-keys", "four-keys", "deploy-bot"] {
        assert!(found.contains(&format!("{user} access-key-not-rotated 1 323 medium")), "{found:?}");
    }
    assert_eq!(seen.overview.users, 4);
    assert!(has(&seen, |kind| matches!(kind, WarningKind::SurplusCells { found: 24, expected: 23 })));
}

#[test]
fn two_keys_of_one_day_are_told_by_their_times() {
    let seen = read("64");
    let finding = seen.export["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["check"] == "two-active-access-keys")
        .unwrap();
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("15:30"), "{message}");
}

#[test]
fn what_is_no_report_is_named() {
    assert_eq!(error("12"), not(OtherFile::DrawnTable));
    assert_eq!(error("13"), not(OtherFile::DrawnTable));
    assert_eq!(error("26"), ReadErrorKind::NoRows { broken: 0 });
    assert_eq!(error("27"), not(OtherFile::NoContent));
    assert_eq!(error("28"), not(OtherFile::AwsError("LimitExceeded".to_owned())));
    assert_eq!(error("41"), not(OtherFile::Custodian));
}

#[test]
fn a_secret_is_named_and_never_quoted() {
    assert_eq!(error("50"), not(OtherFile::PasswordCsv));
    for number in ["52", "53", "54"] {
        assert_eq!(error(number), not(OtherFile::AccessKeyCsv), "{number}");
    }
    let mut seen = read("66");
    assert_found(&seen, 4, M1, "66");
    assert!(has(&seen, |kind| *kind == WarningKind::Secret));
    let told = [
        format!("{:?}", seen.overview),
        seen.export.to_string(),
        format!("{:?}", seen.session),
        format!("{:?}", common::query(&mut seen.session, &credential_report_viewer::query::Query::default())),
    ];
    for secret in ["Kx7", "wHq2", ".signin."] {
        assert!(told.iter().all(|text| !text.contains(secret)), "{secret}");
    }
}

#[test]
fn a_file_cut_anywhere_gives_what_it_gives_whole() {
    for number in ["01", "02", "04", "06", "07", "08", "11", "44", "45", "70", "72"] {
        let file = numbered(number);
        let whole = read(number);
        for slice in [1, 7, 100, 1000] {
            let mut session = Session::new();
            session.handle(Request::Begin { mode: Mode::Replace, now: common::time(AS_OF) });
            common::feed(&mut session, &file, slice).unwrap();
            session.handle(Request::Commit);
            session.handle(Request::SetAsOf(Some(Timestamp::parse(AS_OF).unwrap())));
            assert_eq!(common::exported(&mut session, None), whole.export, "{number} in slices of {slice}");
        }
    }
}
