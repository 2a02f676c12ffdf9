//! Exports hold to their schema, to their order, and to the byte.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use credential_report_viewer::assessment::Kind;
use credential_report_viewer::card::Card;
use credential_report_viewer::checks::{self, CheckId, Preset, Severity};
use credential_report_viewer::export::{ExportRequest, Form, file_name};
use credential_report_viewer::histogram::DayRange;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{LastUse, Query, SortKey};
use credential_report_viewer::report::Column;
use credential_report_viewer::session::{Mode, Reply, Request, Session};
use credential_report_viewer::thresholds::Threshold;

use common::{File, days_ago, file, fixtures, report, report_of, root, samples, time, user};

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../docs/findings-v1.schema.json")).unwrap());

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| jsonschema::draft202012::new(&SCHEMA).unwrap());

/// Fails with all that the schema has against an export.
#[track_caller]
fn assert_valid(export: &Value, what: &str) {
    let errors: Vec<String> = VALIDATOR
        .iter_errors(export)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}: {}", errors.join("\n"));
}

/// Every report that there is, open.
fn sessions() -> Vec<(String, Session)> {
    let mut sessions: Vec<(String, Session)> =
        fixtures::all().into_iter().map(|fixture| (fixture.name().to_owned(), fixture.open())).collect();
    for (name, bytes) in samples::all().unwrap_or_default() {
        let mut session = common::open(&[file(name, bytes)]);
        session.handle(Request::SetAsOf(Some(time(samples::AS_OF))));
        sessions.push((name.to_owned(), session));
    }
    sessions
}

/// A question with all filters in it, and questions with one each.
fn filters() -> Vec<Query> {
    let days = DayRange { from: 40, to: Some(1000) };
    let check = |name| CheckId::from_name(name).unwrap();
    let all = Query {
        search: " ARN:aws  a ".to_owned(),
        severities: vec![Severity::High, Severity::Medium],
        checks: vec![check("access-key-not-rotated"), check("console-mfa-disabled")],
        accounts: vec!["111122223333".to_owned()],
        kinds: vec![Kind::Human, Kind::Machine, Kind::Both],
        ..Query::default()
    };
    vec![
        all.clone(),
        Query { search: all.search, ..Query::default() },
        Query { severities: all.severities, ..Query::default() },
        Query { checks: all.checks, ..Query::default() },
        Query { accounts: all.accounts, ..Query::default() },
        Query { kinds: Kind::ALL.to_vec(), ..Query::default() },
        Query { key_age: Some(days), ..Query::default() },
        Query { last_use: Some(LastUse::Days(DayRange { from: 40, to: None })), ..Query::default() },
        Query { last_use: Some(LastUse::Never), ..Query::default() },
        Query { last_use: Some(LastUse::AtLeast(40)), ..Query::default() },
        Query { console_mfa: Some(false), ..Query::default() },
        Query { fine: true, ..Query::default() },
        Query { search: "nobody at all".to_owned(), ..Query::default() },
    ]
}

fn findings(export: &Value) -> &Vec<Value> {
    export["findings"].as_array().unwrap()
}

#[test]
fn the_schema_is_a_schema_and_closed_to_what_it_does_not_name() {
    assert!(jsonschema::meta::is_valid(&SCHEMA));
    let mut export = common::exported(&mut fixtures::named("neglected.csv").open(), None);
    assert_valid(&export, "neglected.csv");
    for (pointer, member) in [
        ("", "more"),
        ("/tool", "more"),
        ("/policy", "more"),
        ("/inputs/0", "more"),
        ("/summary", "more"),
        ("/summary/by_severity", "more"),
        ("/summary/by_check", "no-such-check"),
        ("/checks", "no-such-check"),
        ("/checks/console-mfa-disabled", "more"),
        ("/findings/0", "more"),
        ("/findings/0/subject", "more"),
        ("/findings/0/evidence", "more"),
        ("/findings/0/evidence/cells", "department"),
        ("/not_judged/0", "more"),
    ] {
        let object = export.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        object.insert(member.to_owned(), json!(1));
        assert!(!VALIDATOR.is_valid(&export), "{pointer}/{member}");
        export.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(member);
    }
    for pointer in
        ["/schema", "/findings/0/uid", "/findings/0/subject/slot", "/filter", "/summary/by_severity/info"]
    {
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        let removed =
            export.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(member).unwrap();
        assert!(!VALIDATOR.is_valid(&export), "without {pointer}");
        export.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(member.to_owned(), removed);
    }
    assert_valid(&export, "as it was");
}

#[test]
fn the_schema_names_what_there_is() {
    let named = |pointer: &str| -> Vec<String> {
        serde_json::from_value(SCHEMA.pointer(pointer).unwrap().clone()).unwrap()
    };
    let ids: Vec<&str> = checks::ids().map(CheckId::name).collect();
    assert_eq!(named("/$defs/check/enum"), ids);
    let columns: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
    assert_eq!(named("/$defs/column/enum"), columns);
    let mut presets: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name()).collect();
    presets.push("custom");
    assert_eq!(named("/properties/policy/properties/preset/enum"), presets);
    let severities: Vec<&str> = Severity::ALL.iter().map(|severity| severity.name()).collect();
    assert_eq!(named("/$defs/severity/enum"), severities);
    let mut policy = vec!["preset"];
    policy.extend(Threshold::ALL.iter().map(|threshold| threshold.name()));
    policy.push("checks_off");
    assert_eq!(named("/properties/policy/required"), policy);
    let range = &SCHEMA["$defs"]["threshold"];
    assert_eq!(range["minimum"], *Threshold::RANGE.start());
    assert_eq!(range["maximum"], *Threshold::RANGE.end());
}

#[test]
fn every_export_holds_to_the_schema_filtered_or_not() {
    for (name, mut session) in sessions() {
        assert_valid(&common::exported(&mut session, None), &name);
        for filter in filters() {
            let what = format!("{name}, {filter:?}");
            assert_valid(&common::exported(&mut session, Some(filter)), &what);
        }
    }
}

#[test]
fn an_export_is_the_same_every_time_and_its_parts_are_the_whole() {
    let open = || {
        common::open(&[
            file("one.csv", report(&crowd(0, 3000, 1))),
            file("two.csv", report(&crowd(1, 10, 1))),
        ])
    };
    let mut session = open();
    let parts = common::export_parts(&mut session, None);
    assert!(parts.len() > 3, "{}", parts.len());
    assert!(parts.iter().all(|part| !part.is_empty()));
    let whole = parts.concat();
    assert!(whole == common::export_parts(&mut session, None).concat());
    assert!(whole == common::export_parts(&mut open(), None).concat());
    // What was asked for in between changes nothing.
    session.handle(Request::Export(Box::new(
        Some(Query { search: "bot".to_owned(), ..Query::default() }).into(),
    )));
    session.handle(Request::Query(Query { sort: SortKey::Name, limit: 3, ..Query::default() }));
    session.handle(Request::SetPolicy(Preset::Cis12.policy()));
    session.handle(Request::SetPolicy(Policy::default()));
    assert!(whole == common::export_parts(&mut session, None).concat());
    assert_valid(&serde_json::from_slice(&whole).unwrap(), "crowd");
    // By what users are sorted on the page is no matter here.
    let sorted = Query { sort: SortKey::Name, descending: true, offset: 7, limit: 2, ..Query::default() };
    assert!(whole == common::export_parts(&mut session, Some(sorted)).concat());
}

/// Users of all kinds, of an account of its own; something is found about one of so many.
fn crowd(account: u64, users: usize, one_of: usize) -> Vec<common::Row> {
    let place = |row: common::Row| {
        let arn = row.cell("arn").replace(common::ACCOUNT, &format!("{account:012}"));
        row.with("arn", &arn)
    };
    let mut rows = vec![place(root().with("mfa_active", "false"))];
    rows.extend((0..users).map(|number| {
        let row = user(&format!("user-{number:05}"));
        if number % one_of > 0 {
            return place(row.key(2, &days_ago(1), "N/A"));
        }
        let old = days_ago(80 + (number % 400) as i64);
        let row = row.with("user_creation_time", &old);
        place(match number / one_of % 4 {
            0 => row.password().with("mfa_active", "false"),
            1 => row.key(1, &old, "N/A"),
            2 => row.key(1, &old, &days_ago(1)).key(2, &old, &days_ago(1)),
            _ => row,
        })
    }));
    rows
}

#[test]
fn findings_come_worst_first_then_by_account_arn_check_and_slot() {
    for (name, mut session) in sessions() {
        for filter in std::iter::once(None).chain(filters().into_iter().map(Some)) {
            let export = common::exported(&mut session, filter);
            let keys: Vec<_> = findings(&export)
                .iter()
                .map(|finding| {
                    let text = |member: &str| finding[member].as_str().unwrap_or_default().to_owned();
                    let severity = Severity::ALL.iter().position(|s| s.name() == text("severity")).unwrap();
                    // Where there is no ARN, the name stands for it.
                    let whom = if finding["arn"].is_null() { text("user") } else { text("arn") };
                    let check = CheckId::from_name(&text("check")).unwrap();
                    (severity, text("account"), whom, check, finding["subject"]["slot"].as_u64())
                })
                .collect();
            assert!(keys.is_sorted(), "{name}");
        }
    }
}

#[track_caller]
fn assert_unique(export: &Value, what: &str) {
    let mut seen = HashSet::new();
    for finding in findings(export) {
        let uid = finding["uid"].as_str().unwrap();
        assert!(seen.insert(uid), "{what}: {uid} stands twice");
    }
}

#[test]
fn a_uid_is_unique() {
    for (name, mut session) in sessions() {
        assert_unique(&common::exported(&mut session, None), &name);
    }
}

#[test]
fn a_uid_is_unique_over_files_that_say_nothing_of_accounts() {
    let rows = [
        root().with("mfa_active", "false"),
        user("ann").password().with("mfa_active", "false").with("password_next_rotation", "N/A"),
    ];
    let without = |rows: &[common::Row]| {
        let columns: Vec<&str> = common::columns().into_iter().filter(|name| *name != "arn").collect();
        report_of(&columns, rows)
    };
    let odd: Vec<common::Row> =
        rows.iter().map(|row| row.clone().with("arn", "arn:aws:sts::123456789012:assumed-role/x")).collect();
    let other: Vec<common::Row> = rows.iter().map(|row| row.clone().with("user", "bob")).collect();
    let swapped =
        [rows[1].clone().with("user", "bob"), rows[1].clone().with("user", "carl"), rows[1].clone()];
    for files in [
        vec![
            file("one.csv", without(&rows)),
            file("two.csv", without(&rows)),
            file("three.csv", without(&rows)),
        ],
        vec![file("one.csv", format!("{}\n{}", without(&rows), without(&rows)))],
        vec![file("one.csv", report(&odd)), file("two.csv", report(&odd))],
        vec![file("one.csv", report(&other)), file("two.csv", without(&rows))],
        vec![file("one.csv", report(&swapped))],
    ] {
        let mut session = common::open(&files);
        let export = common::exported(&mut session, None);
        assert!(findings(&export).len() > 2);
        assert_unique(&export, &files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", "));
        assert_valid(&export, "without accounts");
    }
}

#[test]
fn a_credential_keeps_its_uid_in_the_other_slot_and_in_the_next_report() {
    let (old, older) = (days_ago(200), days_ago(300));
    let uids = |rows: &[common::Row]| -> HashSet<String> {
        let mut session = common::judged(&report(rows), Policy::default());
        findings(&common::exported(&mut session, None))
            .iter()
            .filter(|finding| finding["subject"]["kind"] == "access-key")
            .map(|finding| finding["uid"].as_str().unwrap().to_owned())
            .collect()
    };
    let straight = uids(&[user("bot").key(1, &old, "N/A").key(2, &older, "N/A")]);
    let swapped = uids(&[user("a-new-one"), user("bot").key(1, &older, "N/A").key(2, &old, "N/A")]);
    assert_eq!(straight, swapped);
    let uid = format!("access-key-never-used/arn:aws:iam::123456789012:user/bot/access-key/{old}");
    assert!(straight.contains(&uid), "{straight:?}");
    // Two keys of the same second are told apart by number, also if only one of them is shown.
    let tie = uids(&[user("bot").key(1, &old, "N/A").key(2, &old, "N/A")]);
    assert!(tie.contains(&uid) && tie.contains(&format!("{uid}#2")), "{tie:?}");
}

/// The check and the end of the uid of each finding about a key or certificate, by slot.
fn ends_of_uids(rows: &[common::Row], slot: u8) -> HashSet<(String, String)> {
    let mut session = common::judged(&report(rows), Policy::default());
    let export = common::exported(&mut session, None);
    assert_unique(&export, "the same second");
    findings(&export)
        .iter()
        .filter(|finding| finding["subject"]["slot"] == slot)
        .map(|finding| {
            let (check, uid) = (finding["check"].as_str().unwrap(), finding["uid"].as_str().unwrap());
            (check.to_owned(), uid.rsplit('/').next().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn of_two_credentials_of_one_second_the_later_slots_is_the_second_whatever_the_check() {
    let (old, used) = (days_ago(200), days_ago(1));
    let second = format!("{old}#2");
    let pairs = |pairs: &[(&str, &str)]| -> HashSet<(String, String)> {
        pairs.iter().map(|(check, end)| ((*check).to_owned(), (*end).to_owned())).collect()
    };
    // Only the second key was never used; only the second certificate is active.
    let bot = || user("bot").key(1, &old, &used).key(2, &old, "N/A");
    assert_eq!(ends_of_uids(&[bot()], 1), pairs(&[("access-key-not-rotated", &old)]));
    let both = pairs(&[("access-key-not-rotated", &second), ("access-key-never-used", &second)]);
    assert_eq!(ends_of_uids(&[bot()], 2), both);
    let inactive = bot().with("access_key_1_active", "false");
    assert_eq!(ends_of_uids(&[inactive], 2), both);
    let certificates = user("ann")
        .with("cert_1_last_rotated", &old)
        .with("cert_2_active", "true")
        .with("cert_2_last_rotated", &old);
    assert_eq!(ends_of_uids(&[certificates], 2), pairs(&[("signing-certificate-active", &second)]));
    // A second apart they are two credentials by themselves.
    let other = days_ago(201);
    let apart = bot().with("access_key_1_last_rotated", &other);
    let both = pairs(&[("access-key-not-rotated", &old), ("access-key-never-used", &old)]);
    assert_eq!(ends_of_uids(&[apart], 2), both);

    // Without a readable time, too, but only beside one that certainly exists.
    let unknown = bot().key(1, "?", &used).key(2, "?", &days_ago(100));
    assert_eq!(ends_of_uids(std::slice::from_ref(&unknown), 2), pairs(&[("access-key-unused", "unknown#2")]));
    let uncertain = unknown.with("access_key_1_active", "?");
    assert_eq!(ends_of_uids(&[uncertain], 2), pairs(&[("access-key-unused", "unknown")]));
}

#[test]
fn a_credential_of_a_user_in_several_rows_has_one_ordinal_in_every_finding() {
    let (old, used) = (days_ago(200), days_ago(1));
    let one = user("bot").key(1, &old, &used);
    let other = user("bot").key(1, &old, "N/A").key(2, &old, &used);
    let rows = [one, user("eve"), other];
    let ordinal = |end: &str| format!("{old}{end}");
    let first = ends_of_uids(&rows, 1);
    let named = |check: &str, end: &str| (check.to_owned(), ordinal(end));
    let expected = [
        named("access-key-not-rotated", ""),
        named("access-key-not-rotated", "#2"),
        named("access-key-never-used", "#2"),
    ];
    assert_eq!(first, expected.into());
    assert_eq!(ends_of_uids(&rows, 2), [named("access-key-not-rotated", "#3")].into());
}

#[test]
fn the_summary_counts_what_follows() {
    for (name, mut session) in sessions() {
        for filter in std::iter::once(None).chain(filters().into_iter().map(Some)) {
            let export = common::exported(&mut session, filter.clone());
            let what = format!("{name}, {filter:?}");
            let (summary, findings) = (&export["summary"], findings(&export));
            assert_eq!(summary["findings"], findings.len(), "{what}");
            for severity in Severity::ALL {
                let count = findings.iter().filter(|f| f["severity"] == severity.name()).count();
                assert_eq!(summary["by_severity"][severity.name()], count, "{what}");
            }
            let occurring: Vec<&str> = checks::ids()
                .map(CheckId::name)
                .filter(|id| findings.iter().any(|finding| finding["check"] == *id))
                .collect();
            for member in [&summary["by_check"], &export["checks"]] {
                let named: Vec<&String> = member.as_object().unwrap().keys().collect();
                assert_eq!(named, occurring, "{what}");
            }
            for id in occurring {
                let count = findings.iter().filter(|finding| finding["check"] == id).count();
                assert_eq!(summary["by_check"][id], count, "{what}");
            }
            let filter = Query { limit: u32::MAX, ..filter.unwrap_or_default() };
            let cards = common::query(&mut session, &filter);
            assert_eq!(summary["users"], cards.matching, "{what}");
            assert_eq!(summary["findings"], cards.findings, "{what}");
            let shown = |card: &&Card| card.findings.iter().any(|f| filter.includes(f.check, f.severity));
            assert_eq!(summary["users_with_findings"], cards.cards.iter().filter(shown).count(), "{what}");
        }
    }
}

#[test]
fn a_filtered_export_is_a_part_of_the_whole() {
    for (name, mut session) in sessions() {
        let whole = common::exported(&mut session, None);
        for filter in filters() {
            let part = common::exported(&mut session, Some(filter.clone()));
            let mut rest = findings(&whole).iter();
            for finding in findings(&part) {
                assert!(rest.any(|other| other == finding), "{name}, {filter:?}: {finding}");
            }
            let severities: Vec<&str> = filter.severities.iter().map(|severity| severity.name()).collect();
            for finding in findings(&part) {
                let of = |member: &str| finding[member].as_str().unwrap();
                assert!(severities.is_empty() || severities.contains(&of("severity")));
                assert!(filter.checks.is_empty() || filter.checks.iter().any(|id| id.name() == of("check")));
                assert!(
                    filter.accounts.is_empty() || filter.accounts.iter().any(|id| finding["account"] == **id)
                );
            }
            assert_eq!(part["filter"]["search"], filter.search.trim());
            for member in ["policy", "as_of", "inputs", "not_judged", "warnings", "limits"] {
                assert_eq!(part[member], whole[member], "{name}: {member}");
            }
        }
    }
}

#[test]
fn a_digest_is_that_of_the_bytes_and_null_without_them() {
    let bytes = b"user,arn,mfa_active\nann,arn:aws:iam::123456789012:user/ann,true\n".to_vec();
    let files = [File { name: "a".to_owned(), bytes: bytes.clone(), modified: None }];
    let mut session = common::open(&files);
    assert_eq!(common::exported(&mut session, None)["inputs"][0]["sha256"], Value::Null);
    common::digest(&mut session, 0, &bytes);
    let export = common::exported(&mut session, None);
    let expected = "1c6d11778af129e63ccc6d461818af6e34c2d60716dafd06e5f7bff05843df40";
    assert_eq!(export["inputs"][0]["sha256"], expected);
    assert_valid(&export, "digest");
}

#[test]
fn a_hundred_thousand_users_are_exported_in_parts_that_hold_to_the_schema() {
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: time(common::NOW) });
    // A thousand rows, and copies of them with names of their own. In most of them nothing is found:
    // a debug build takes its time over findings.
    let one = report(&crowd(7, 1000, 20));
    let (header, body) = one.split_once('\n').unwrap();
    let mut text = header.to_owned();
    for copy in 0..100 {
        text.push('\n');
        text.push_str(
            &body
                .replace("user-", &format!("user-{copy}-"))
                .replace("::000000000007:", &format!("::{copy:012}:")),
        );
    }
    common::feed(&mut session, &file("all.csv", text), 4 << 20).unwrap();
    let overview = common::overview(session.handle(Request::Commit));
    assert_eq!((overview.users, overview.accounts.len()), (100_100, 100));

    let mut reply = session.handle(Request::Export(Box::default()));
    // Every finding is a line of its own; without them, what is left is a whole document.
    let (mut uids, mut envelope, mut line) = (HashSet::new(), Vec::new(), Vec::new());
    loop {
        let Reply::Part { bytes, last, .. } = reply else { panic!("{reply:?}") };
        assert!(bytes.len() < 3 << 20, "a part of {} bytes", bytes.len());
        for byte in bytes {
            line.push(byte);
            if byte != b'\n' {
                continue;
            }
            if line.starts_with(b"    {\"uid\"") {
                let text = std::str::from_utf8(&line).unwrap();
                let finding: Value = serde_json::from_str(text.trim_end().trim_end_matches(',')).unwrap();
                assert!(finding_validator().is_valid(&finding), "{finding}");
                assert!(uids.insert(finding["uid"].as_str().unwrap().to_owned()), "{finding}");
            } else {
                envelope.extend_from_slice(&line);
            }
            line.clear();
        }
        if last {
            break;
        }
        reply = session.handle(Request::NextPart);
    }
    envelope.extend_from_slice(&line);
    assert_valid(&serde_json::from_slice(&envelope).unwrap(), "the document without its findings");
    assert_eq!(uids.len() as u64, overview.findings);
    assert!(uids.len() > 10_000, "{}", uids.len());
}

/// Judges a finding alone.
fn finding_validator() -> &'static Validator {
    static FINDING: LazyLock<Validator> = LazyLock::new(|| {
        let schema = json!({ "$ref": "#/$defs/finding", "$defs": SCHEMA["$defs"] });
        jsonschema::draft202012::new(&schema).unwrap()
    });
    &FINDING
}

#[test]
fn the_file_name_has_the_account_and_the_day() {
    let other = user("bob").with("arn", "arn:aws:iam::210987654321:user/bob");
    let one = file("one.csv", report(&[user("alice")]));
    let two = file("two.csv", report(&[user("alice"), other]));
    let nobody = file("nobody.csv", report(&[user("alice").with("arn", "N/A")]));
    let named = |file: File, form: Form| {
        file_name(&common::overview_of(&mut common::open(&[file])), &ExportRequest::from(form))
    };
    assert_eq!(named(one.clone(), Form::FindingsCsv), "credential-findings-123456789012-2026-09-11.csv");
    assert_eq!(named(one.clone(), Form::UsersCsv), "credential-users-123456789012-2026-09-11.csv");
    assert_eq!(named(one.clone(), Form::Markdown), "credential-findings-123456789012-2026-09-11.md");
    assert_eq!(named(one.clone(), Form::Ocsf), "credential-findings-123456789012-2026-09-11.ocsf.json");
    let name = |file: File| named(file, Form::Findings);
    assert_eq!(name(one), "credential-findings-123456789012-2026-09-11.json");
    assert_eq!(name(two), "credential-findings-2-accounts-2026-09-11.json");
    assert_eq!(name(nobody), "credential-findings-1-accounts-2026-09-11.json");
}

#[test]
fn a_report_that_holds_every_row_many_times_is_exported_in_no_time() {
    let rows = crowd(3, 200, 1);
    let one = report(&rows);
    let (_, body) = one.split_once('\n').unwrap();
    let mut text = one.clone();
    for _ in 0..20 {
        text.push('\n');
        text.push_str(body);
    }
    let mut session = common::open(&[file("all.csv", text)]);
    let export = common::exported(&mut session, None);
    assert_unique(&export, "all.csv");
    assert!(findings(&export).iter().any(|finding| finding["uid"].as_str().unwrap().ends_with("#21")));
}
