//! The whole app without a screen: requests and their replies.
#![allow(clippy::unwrap_used)]

mod common;

use serde_json::json;

use credential_report_viewer::assessment::{ExpiryGuess, Kind};
use credential_report_viewer::card::{Card, Oddity, State};
use credential_report_viewer::checks::{BySeverity, CheckId, Preset, Severity, SubjectKind};
use credential_report_viewer::histogram::DayRange;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{Idle, Query, SortKey};
use credential_report_viewer::report::{AsOfSource, Column, ReadErrorKind, WarningKind};
use credential_report_viewer::session::{Mode, Reply, Request, Session};

use common::{
    ACCOUNT, AS_OF, File, NOW, Row, columns, days_ago, feed, file, open, open_into, overview, overview_of,
    report, report_of, root, time, user,
};

const OTHER: &str = "210987654321";

/// The same row in another account.
fn in_account(row: Row, account: &str) -> Row {
    let arn = row.cell("arn").replace(ACCOUNT, account);
    row.with("arn", &arn)
}

fn begin(session: &mut Session, mode: Mode) {
    assert_eq!(session.handle(Request::Begin { mode, now: time(NOW) }), Reply::Done);
}

fn is_refused(reply: &Reply) -> bool {
    matches!(reply, Reply::Refused { reason } if !reason.is_empty())
}

/// Users of the result by name and account, in the order of the report.
fn users(session: &mut Session) -> Vec<(String, String)> {
    let query = Query { sort: SortKey::Account, limit: 1000, ..Query::default() };
    let cards = common::query(session, &query).cards;
    cards.into_iter().map(|card| (card.user, card.account.unwrap_or_default())).collect()
}

#[test]
fn without_a_result_there_is_nothing_to_ask_for() {
    let mut session = Session::new();
    for request in [
        Request::Overview,
        Request::Query(Query::default()),
        Request::Card(0),
        Request::Export(None),
        Request::SetAsOf(None),
        Request::SetPolicy(Policy::default()),
    ] {
        assert_eq!(session.handle(request.clone()), Reply::NoResult, "{request:?}");
    }
    for request in [
        Request::NextPart,
        Request::Slice(b"user,arn\n".to_vec()),
        Request::EndOfFile,
        Request::File { name: "a".to_owned(), bytes: 1, modified: None },
        Request::Commit,
        Request::Digest(0),
    ] {
        assert!(is_refused(&session.handle(request.clone())), "{request:?}");
    }
    assert_eq!(session.handle(Request::Cancel), Reply::Done);
    assert_eq!(session.handle(Request::Close), Reply::Done);
}

#[test]
fn a_file_goes_in_by_slices_and_tells_how_far_it_is_read() {
    let rows: Vec<Row> = (0..200).map(|number| user(&format!("user-{number:03}"))).collect();
    let text = report(&rows).into_bytes();
    let mut session = Session::new();
    begin(&mut session, Mode::Replace);
    session.handle(Request::File { name: "a.csv".to_owned(), bytes: text.len() as u64, modified: None });
    let mut read = 0;
    for slice in text.chunks(20_000) {
        read += slice.len() as u64;
        let Reply::Progress { bytes, rows } = session.handle(Request::Slice(slice.to_vec())) else {
            panic!()
        };
        assert_eq!(bytes, read);
        assert!((bytes / 300..=bytes / 100).contains(&rows), "{rows} rows of {bytes} bytes");
    }
    assert_eq!(session.handle(Request::EndOfFile), Reply::FileRead { rows: 200 });
    assert_eq!(session.handle(Request::Overview), Reply::NoResult);
    let result = overview(session.handle(Request::Commit));
    assert_eq!((result.users, result.inputs[0].rows, result.inputs[0].bytes), (200, 200, read));
    assert_eq!(overview_of(&mut session), result);
}

#[test]
fn a_batch_replaces_the_result_or_adds_to_it() {
    let one = file("one.csv", report(&[root(), user("ann")]));
    let two = file("two.csv", report(&[in_account(root(), OTHER), in_account(user("bob"), OTHER)]));
    let mut session = open(std::slice::from_ref(&one));
    let added = open_into(&mut session, std::slice::from_ref(&two), Mode::Add).unwrap();
    assert_eq!((added.users, added.inputs.len(), added.accounts.len()), (4, 2, 2));
    assert_eq!(added.accounts[0].account, ACCOUNT);
    assert_eq!(added.accounts.iter().map(|account| account.input).collect::<Vec<_>>(), [0, 1]);

    // Together in one batch they are the same.
    let mut together = open(&[one.clone(), two.clone()]);
    assert_eq!(overview_of(&mut together), added);

    let replaced = open_into(&mut session, &[two], Mode::Replace).unwrap();
    assert_eq!((replaced.users, replaced.inputs.len()), (2, 1));
    assert_eq!(replaced.warnings, []);
}

#[test]
fn a_newer_report_of_an_account_replaces_the_older_one_in_either_order_and_says_so() {
    let older = File {
        modified: Some(time("2026-09-01T00:00:00Z")),
        ..file("older.csv", report(&[root(), user("gone").with("user_creation_time", &days_ago(400))]))
    };
    let newer = file("newer.csv", report(&[root(), user("new")]));
    for (first, second) in [(&older, &newer), (&newer, &older)] {
        for together in [true, false] {
            let mut session = Session::new();
            let result = if together {
                open_into(&mut session, &[first.clone(), second.clone()], Mode::Replace).unwrap()
            } else {
                open_into(&mut session, std::slice::from_ref(first), Mode::Replace).unwrap();
                open_into(&mut session, std::slice::from_ref(second), Mode::Add).unwrap()
            };
            assert_eq!((result.users, result.accounts.len(), result.findings), (2, 1, 0));
            assert_eq!(result.as_of, time(AS_OF));
            let names: Vec<String> = users(&mut session).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, ["<root_account>", "new"]);
            let gone = result.inputs.iter().find(|input| input.name == "older.csv").unwrap();
            assert_eq!((gone.replaced_accounts.as_slice(), gone.rows), ([ACCOUNT.to_owned()].as_slice(), 2));
            assert_eq!(result.warnings.len(), 1);
            assert_eq!(
                (&*result.warnings[0].input, &result.warnings[0].kind),
                (
                    "older.csv",
                    &WarningKind::Replaced { account: ACCOUNT.to_owned(), by: "newer.csv".to_owned() }
                )
            );
            let export = common::exported(&mut session, None);
            let message = export["warnings"][0]["message"].as_str().unwrap();
            assert!(message.contains(ACCOUNT) && message.contains("newer.csv"), "{message}");
            assert_eq!(export["inputs"].as_array().unwrap().len(), 2);
        }
    }
}

#[test]
fn of_a_merged_file_only_the_accounts_are_replaced_that_are_newer_elsewhere() {
    let merged = File {
        modified: Some(time("2026-09-01T00:00:00Z")),
        ..file("merged.csv", report(&[user("ann"), in_account(user("bob"), OTHER)]))
    };
    let newer = file("newer.csv", report(&[in_account(user("bea"), OTHER)]));
    let mut session = open(&[merged, newer]);
    let both = [("ann".to_owned(), ACCOUNT.to_owned()), ("bea".to_owned(), OTHER.to_owned())];
    assert_eq!(users(&mut session), both);
    assert_eq!(overview_of(&mut session).inputs[0].replaced_accounts, [OTHER]);
    // The row that was replaced can be asked for no more.
    assert!(is_refused(&session.handle(Request::Card(1))));
    assert!(is_refused(&session.handle(Request::Card(3))));
    assert!(matches!(session.handle(Request::Card(2)), Reply::Card(card) if card.user == "bea"));
}

#[test]
fn of_reports_of_one_moment_the_one_that_came_last_counts() {
    let mut session = open(&[file("a.csv", report(&[user("ann")])), file("b.csv", report(&[user("bob")]))]);
    assert_eq!(users(&mut session), [("bob".to_owned(), ACCOUNT.to_owned())]);
    let result = overview_of(&mut session);
    assert_eq!(result.inputs[0].replaced_accounts, [ACCOUNT]);
    assert_eq!(result.inputs[1].replaced_accounts, Vec::<String>::new());
}

#[test]
fn the_same_bytes_count_once_and_the_first_file_that_has_them_stays() {
    let without_accounts = report_of(&["user", "mfa_active"], &[user("ann"), user("bob")]);
    let later = time("2026-09-20T00:00:00Z");
    // Of known accounts only what is of the same time is the same; of others nobody knows.
    for (text, modified) in [
        (without_accounts.clone(), time(AS_OF)),
        (without_accounts, later),
        (report(&[user("ann"), user("bob")]), time(AS_OF)),
    ] {
        let first = file("first.csv", text.as_str());
        let second = File { modified: Some(modified), ..file("copy.csv", text.as_str()) };
        // One more line end is another file.
        let other = File { modified: Some(later), ..file("other.csv", format!("{text}\n")) };
        for together in [true, false] {
            let mut session = Session::new();
            let result = if together {
                open_into(&mut session, &[first.clone(), second.clone()], Mode::Replace).unwrap()
            } else {
                // In slices of another size, and beside the result.
                open_into(&mut session, std::slice::from_ref(&first), Mode::Replace).unwrap();
                begin(&mut session, Mode::Add);
                feed(&mut session, &second, 7).unwrap();
                common::overview(session.handle(Request::Commit))
            };
            assert_eq!((result.users, result.accounts.len(), result.warnings_total), (2, 1, 1));
            // Both stay among the inputs, in their order; neither is newer.
            let names: Vec<&str> = result.inputs.iter().map(|input| input.name.as_str()).collect();
            assert_eq!(names, ["first.csv", "copy.csv"]);
            assert!(result.inputs.iter().all(|input| input.rows == 2 && input.replaced_accounts.is_empty()));
            assert!(result.accounts.iter().all(|account| account.input == 0));
            assert_eq!(users(&mut session).len(), 2);
            let said = &result.warnings[0];
            assert_eq!((said.input.as_str(), said.line, said.value.as_deref()), ("copy.csv", None, None));
            assert_eq!(said.kind, WarningKind::SameFile { first: "first.csv".to_owned() });
            // Whichever comes first, the newest says what time it is.
            assert_eq!(result.as_of, modified);
            let export = common::exported(&mut session, None);
            let message = export["warnings"][0]["message"].as_str().unwrap();
            assert!(message.contains("the same bytes as first.csv"), "{message}");

            let added = open_into(&mut session, std::slice::from_ref(&other), Mode::Add).unwrap();
            assert!(added.warnings.iter().all(|warning| warning.input != "other.csv"));
            common::digest(&mut session, 1, &second.bytes);
            common::digest(&mut session, 2, &other.bytes);
            assert!(overview_of(&mut session).inputs.iter().skip(1).all(|input| input.sha256.is_some()));
            // A new result knows nothing of the old one's files.
            let anew = open_into(&mut session, std::slice::from_ref(&second), Mode::Replace).unwrap();
            assert_eq!((anew.users, anew.inputs.len(), anew.warnings_total), (2, 1, 0));
        }
    }
}

#[test]
fn the_same_rows_at_the_same_time_count_once_in_whatever_form() {
    let rows = [root(), user("ann").key(1, &days_ago(3), "N/A"), user("bob")];
    let first = file("first.csv", report(&rows));
    let again = report(&[rows[2].clone(), rows[0].clone(), rows[1].clone()]).replace("Z,", "+00:00,");
    let again = again.replace("false", "FALSE");
    let same = file("again.csv", again);
    for files in [[first.clone(), same.clone()], [same.clone(), first.clone()]] {
        let result = overview_of(&mut open(&files));
        assert_eq!((result.users, result.warnings_total), (3, 1));
        let (second, first) = (&files[1].name, &files[0].name);
        assert_eq!(&result.warnings[0].input, second);
        let kind = WarningKind::SameReport { account: ACCOUNT.to_owned(), first: first.clone() };
        assert_eq!(result.warnings[0].kind, kind);
        assert!(result.inputs.iter().all(|input| input.replaced_accounts.is_empty()));
    }
    // Other rows of the same time: the later one to come is the newer, and that is said.
    let other = file("other.csv", report(&rows[..2]));
    let result = overview_of(&mut open(&[first.clone(), other, same]));
    assert_eq!(result.users, 2);
    let kinds: Vec<&WarningKind> = result.warnings.iter().map(|warning| &warning.kind).collect();
    let by = "other.csv".to_owned();
    let same_time = WarningKind::SameTime { account: ACCOUNT.to_owned(), by };
    let same_report = WarningKind::SameReport { account: ACCOUNT.to_owned(), first: "first.csv".to_owned() };
    assert_eq!(kinds, [&same_time, &same_report]);
}

#[test]
fn the_same_bytes_at_another_time_tell_that_what_was_replaced_is_the_newest_after_all() {
    let at = |name: &str, rows: &[Row], when: &str| File {
        modified: Some(time(when)),
        ..file(name, report(rows))
    };
    let (before, changed) = ([user("ann")], [user("ann"), user("bob")]);
    let first = at("first.csv", &before, "2026-09-12T00:00:00Z");
    let between = at("between.csv", &changed, "2026-09-13T00:00:00Z");
    let again = at("again.csv", &before, "2026-09-14T00:00:00Z");
    let ann = [("ann".to_owned(), ACCOUNT.to_owned())];
    for files in [[&first, &between, &again], [&first, &again, &between], [&again, &between, &first]] {
        let mut session = open(&files.map(File::clone));
        assert_eq!(users(&mut session), ann);
        let result = overview_of(&mut session);
        assert_eq!(result.as_of, again.modified.unwrap());
        let replaced = result.inputs.iter().filter(|input| !input.replaced_accounts.is_empty());
        let mut replaced: Vec<&str> = replaced.map(|input| input.name.as_str()).collect();
        replaced.sort_unstable();
        assert_eq!(replaced, ["between.csv", "first.csv"]);
        assert_eq!(result.warnings_total, 2);
    }
}

#[test]
fn accounts_of_other_partitions_are_others_though_their_numbers_are_equal() {
    let china = user("ann").with("arn", &format!("arn:aws-cn:iam::{ACCOUNT}:user/ann"));
    let mut session = open(&[file("a.csv", report(&[user("ann")])), file("b.csv", report(&[china]))]);
    let result = overview_of(&mut session);
    assert_eq!((result.users, result.warnings.len()), (2, 0));
    let partitions: Vec<&str> = result.accounts.iter().map(|account| account.partition.as_str()).collect();
    assert_eq!(partitions, ["aws", "aws-cn"]);
}

#[test]
fn a_file_that_fails_leaves_the_result_and_the_batch_as_they_were() {
    let good = file("good.csv", report(&[user("ann")]));
    let bad = file("bad.txt", "nothing of the kind");
    let mut session = open(std::slice::from_ref(&good));
    let before = overview_of(&mut session);

    begin(&mut session, Mode::Replace);
    let error = feed(&mut session, &bad, 4).unwrap_err();
    assert_eq!((error.file.as_str(), error.line), ("bad.txt", None));
    // What still arrives of it is refused.
    assert!(is_refused(&session.handle(Request::Slice(b"x".to_vec()))));
    assert!(is_refused(&session.handle(Request::EndOfFile)));
    assert_eq!(session.handle(Request::Commit), Reply::NoResult);
    assert_eq!(overview_of(&mut session), before);

    begin(&mut session, Mode::Replace);
    feed(&mut session, &bad, usize::MAX).unwrap_err();
    feed(&mut session, &file("two.csv", report(&[in_account(user("bob"), OTHER)])), 100).unwrap();
    feed(&mut session, &file("empty.csv", ""), 100).unwrap_err();
    let after = overview(session.handle(Request::Commit));
    assert_eq!((after.users, after.inputs.len(), &*after.inputs[0].name), (1, 1, "two.csv"));
}

#[test]
fn a_header_without_users_fails_with_its_line() {
    let error = common::failure("cut.csv", "password_enabled,mfa_active\ntrue,true\n");
    assert_eq!(error.line, Some(1));
    assert!(matches!(&error.kind, ReadErrorKind::NoUserColumn(names) if names.len() == 2));
    assert!(error.to_string().starts_with("cut.csv, line 1: "), "{error}");
}

#[test]
fn what_is_cancelled_or_abandoned_leaves_no_trace() {
    let mut session = open(&[file("a.csv", report(&[user("ann")]))]);
    let before = overview_of(&mut session);
    let other = report(&[in_account(user("bob"), OTHER)]).into_bytes();
    let file_of = |name: &str| Request::File { name: name.to_owned(), bytes: 9, modified: None };

    begin(&mut session, Mode::Replace);
    session.handle(file_of("b.csv"));
    session.handle(Request::Slice(other[..400].to_vec()));
    assert_eq!(session.handle(Request::Cancel), Reply::Done);
    assert!(is_refused(&session.handle(Request::Slice(other[400..].to_vec()))));
    assert!(is_refused(&session.handle(Request::Commit)));
    assert_eq!(overview_of(&mut session), before);

    begin(&mut session, Mode::Add);
    session.handle(file_of("b.csv"));
    session.handle(Request::Slice(other[..400].to_vec()));
    assert_eq!(session.handle(Request::AbandonFile), Reply::Done);
    assert!(is_refused(&session.handle(Request::EndOfFile)));
    feed(&mut session, &file("c.csv", other), usize::MAX).unwrap();
    let after = overview(session.handle(Request::Commit));
    let names: Vec<&str> = after.inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(names, ["a.csv", "c.csv"]);

    // A second beginning drops the first.
    begin(&mut session, Mode::Add);
    feed(&mut session, &file("d.csv", report(&[user("dan")])), usize::MAX).unwrap();
    begin(&mut session, Mode::Replace);
    assert_eq!(session.handle(Request::Commit), Reply::NoResult);
    assert_eq!(overview_of(&mut session), after);
}

#[test]
fn the_result_can_be_asked_for_while_a_batch_is_under_way() {
    let mut session = open(&[file("a.csv", report(&[user("ann")]))]);
    let before = overview_of(&mut session);
    begin(&mut session, Mode::Replace);
    session.handle(Request::File { name: "b.csv".to_owned(), bytes: 9, modified: None });
    session.handle(Request::Slice(report(&[user("bob")]).into_bytes()));
    assert_eq!(overview_of(&mut session), before);
    assert_eq!(users(&mut session).len(), 1);
    assert_eq!(common::exported(&mut session, None)["summary"]["users"], 1);
    // A digest would take the slices for its own.
    assert!(is_refused(&session.handle(Request::Digest(0))));
    assert_eq!(session.handle(Request::EndOfFile), Reply::FileRead { rows: 1 });
    assert_eq!(overview(session.handle(Request::Commit)).inputs[0].name, "b.csv");
}

#[test]
fn another_policy_judges_what_is_loaded() {
    let rows = [root(), user("bot").key(1, &days_ago(50), &days_ago(50))];
    let mut session = open(&[file("a.csv", report(&rows))]);
    let before = overview_of(&mut session);
    assert_eq!((before.findings, before.policy.name()), (1, "recommended"));
    let changed = overview(session.handle(Request::SetPolicy(Preset::Cis12.policy())));
    assert_eq!((changed.findings, changed.policy.name()), (0, "cis-1.2"));
    let mut own = Policy::default();
    (own.thresholds.key_max_age_days, own.thresholds.dormant_days) = (49, 50);
    let changed = overview(session.handle(Request::SetPolicy(own.clone())));
    assert_eq!((changed.findings, changed.policy.name()), (3, "custom"));
    let export = common::exported(&mut session, None);
    assert_eq!(
        (&export["policy"]["preset"], &export["policy"]["key_max_age_days"]),
        (&json!("custom"), &json!(49))
    );
    assert_eq!(overview(session.handle(Request::SetPolicy(Policy::default()))), before);
    // A policy stays for what is opened next.
    session.handle(Request::SetPolicy(own.clone()));
    let next = open_into(&mut session, &[file("b.csv", report(&rows))], Mode::Replace).unwrap();
    assert_eq!((next.findings, next.policy), (3, own));
}

#[test]
fn another_as_of_time_judges_what_is_loaded() {
    let mut session = open(&[file("a.csv", report(&[user("bot").key(1, &days_ago(40), "N/A")]))]);
    let before = overview_of(&mut session);
    assert_eq!((before.findings, before.as_of_source), (0, AsOfSource::LastModified));
    let later = time("2026-09-16T13:15:19Z");
    let changed = overview(session.handle(Request::SetAsOf(Some(later))));
    assert_eq!((changed.findings, changed.as_of, changed.as_of_source), (1, later, AsOfSource::Chosen));
    // The chosen time outlives what is added, not what replaces.
    let other = file("b.csv", report(&[in_account(user("bob"), OTHER)]));
    let added = open_into(&mut session, std::slice::from_ref(&other), Mode::Add).unwrap();
    assert_eq!((added.as_of, added.as_of_source), (later, AsOfSource::Chosen));
    let back = overview(session.handle(Request::SetAsOf(None)));
    assert_eq!((back.as_of, back.as_of_source), (time(AS_OF), AsOfSource::LastModified));
    session.handle(Request::SetAsOf(Some(later)));
    let replaced = open_into(&mut session, &[other], Mode::Replace).unwrap();
    assert_eq!(replaced.as_of_source, AsOfSource::LastModified);
}

#[test]
fn the_as_of_time_is_what_is_known_best() {
    let csv = report(&[user("ann").password().with("password_last_used", "2026-09-20T00:00:00Z")]);
    let named = "status_reports_2026-09-15T03-01-45+00-00.csv";
    let json = |generated: &str| {
        let content = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &csv);
        json!({"Content": content, "GeneratedTime": generated}).to_string()
    };
    let as_of = |name: &str, text: String, modified: Option<&str>| {
        let file = File { name: name.to_owned(), bytes: text.into(), modified: modified.map(time) };
        let result = overview_of(&mut open(&[file]));
        (result.as_of.to_string(), result.as_of_source)
    };
    let modified = Some("2026-09-25T00:00:00Z");
    for (name, text, modified, expected) in [
        (
            named,
            json("2026-09-16T00:00:00+00:00"),
            modified,
            ("2026-09-16T00:00:00Z", AsOfSource::GeneratedTime),
        ),
        (named, json("unknown"), modified, ("2026-09-15T03:01:45Z", AsOfSource::FileName)),
        (named, csv.clone(), modified, ("2026-09-15T03:01:45Z", AsOfSource::FileName)),
        ("report.csv", csv.clone(), modified, ("2026-09-25T00:00:00Z", AsOfSource::LastModified)),
        (
            "report.csv",
            csv.clone(),
            Some("2026-09-19T00:00:00Z"),
            ("2026-09-20T00:00:00Z", AsOfSource::NewestEvent),
        ),
        ("pasted", csv.clone(), None, ("2026-09-20T00:00:00Z", AsOfSource::NewestEvent)),
    ] {
        let found = as_of(name, text, modified);
        assert_eq!((found.0.as_str(), found.1), expected, "{name}, {modified:?}");
    }
    // Of several files the newest moment counts.
    let files = [
        file("report.csv", report(&[user("ann")])),
        file("status_reports_2026-09-12T00-00-00+00-00.csv", report(&[in_account(user("bob"), OTHER)])),
    ];
    let result = overview_of(&mut open(&files));
    assert_eq!((result.as_of, result.as_of_source), (time("2026-09-12T00:00:00Z"), AsOfSource::FileName));
    let sources: Vec<AsOfSource> = result.inputs.iter().map(|input| input.as_of_source).collect();
    assert_eq!(sources, [AsOfSource::LastModified, AsOfSource::FileName]);
}

#[test]
fn closing_forgets_everything_but_the_policy() {
    let mut session = open(&[file("a.csv", report(&[user("a-secret-name")]))]);
    session.handle(Request::SetPolicy(Preset::Cis12.policy()));
    session.handle(Request::SetAsOf(Some(time(NOW))));
    session.handle(Request::Export(None));
    begin(&mut session, Mode::Add);
    session.handle(Request::File { name: "b.csv".to_owned(), bytes: 9, modified: None });
    assert_eq!(session.handle(Request::Close), Reply::Done);
    assert!(!format!("{session:?}").contains("a-secret-name"));
    assert_eq!(session.handle(Request::Overview), Reply::NoResult);
    assert!(is_refused(&session.handle(Request::NextPart)));
    assert!(is_refused(&session.handle(Request::EndOfFile)));
    let next = open_into(&mut session, &[file("c.csv", report(&[user("ann")]))], Mode::Add).unwrap();
    assert_eq!(
        (next.policy.name(), next.as_of_source, next.inputs.len()),
        ("cis-1.2", AsOfSource::LastModified, 1)
    );
}

#[test]
fn an_export_ends_when_what_it_shows_is_changed() {
    let rows: Vec<Row> = (0..4000)
        .map(|number| user(&format!("user-{number}")).password().with("mfa_active", "false"))
        .collect();
    let mut session = open(&[file("a.csv", report(&rows))]);
    let Reply::Part { last: false, .. } = session.handle(Request::Export(None)) else { panic!() };
    session.handle(Request::Query(Query::default()));
    assert!(matches!(session.handle(Request::NextPart), Reply::Part { .. }));
    session.handle(Request::SetPolicy(Policy::default()));
    assert!(is_refused(&session.handle(Request::NextPart)));
}

#[test]
fn a_digest_is_worked_out_beside_the_result() {
    let bytes = report(&[user("ann")]).into_bytes();
    let mut session = open(&[file("a.csv", bytes.clone())]);
    assert_eq!(overview_of(&mut session).inputs[0].sha256, None);
    common::digest(&mut session, 0, &bytes);
    let digest = overview_of(&mut session).inputs[0].sha256.clone().unwrap();
    assert_eq!(digest.len(), 64);
    // One that is not finished says nothing.
    session.handle(Request::Digest(0));
    session.handle(Request::Slice(b"x".to_vec()));
    session.handle(Request::AbandonFile);
    assert!(is_refused(&session.handle(Request::EndOfFile)));
    assert_eq!(overview_of(&mut session).inputs[0].sha256.as_deref(), Some(digest.as_str()));
    assert!(is_refused(&session.handle(Request::Digest(1))));
    // It outlives what is added.
    let other = file("b.csv", report(&[in_account(user("bob"), OTHER)]));
    let added = open_into(&mut session, &[other], Mode::Add).unwrap();
    assert_eq!(
        (added.inputs[0].sha256.as_deref(), added.inputs[1].sha256.as_deref()),
        (Some(digest.as_str()), None)
    );
}

/// Users that differ in all that can be sorted by.
fn sortable() -> Vec<Row> {
    vec![
        root().with("user_creation_time", "2015-01-01T00:00:00Z").with("password_last_used", &days_ago(500)),
        user("Bea")
            .with("user_creation_time", &days_ago(300))
            .password()
            .with("password_last_used", &days_ago(5))
            .with("mfa_active", "false"),
        user("ann").with("user_creation_time", &days_ago(200)).key(1, &days_ago(100), &days_ago(2)).key(
            2,
            &days_ago(10),
            "N/A",
        ),
        in_account(user("cid"), OTHER).with("user_creation_time", &days_ago(400)).key(
            2,
            &days_ago(20),
            &days_ago(1),
        ),
        user("dot").with("user_creation_time", "N/A"),
        in_account(user("eve"), OTHER)
            .with("user_creation_time", &days_ago(600))
            .password()
            .with("password_last_changed", &days_ago(500))
            .with("password_last_used", "no_information"),
    ]
}

fn order(session: &mut Session, query: &Query) -> Vec<String> {
    let query = Query { limit: 100, ..query.clone() };
    common::query(session, &query).cards.into_iter().map(|card| card.user).collect()
}

#[test]
fn users_are_sorted_by_every_key_both_ways_and_what_has_no_value_comes_last() {
    const ROOT: &str = "<root_account>";
    let mut session = open(&[file("a.csv", report(&sortable()))]);
    for (sort, ascending, descending) in [
        (
            SortKey::Severity,
            [ROOT, "cid", "dot", "ann", "Bea", "eve"],
            ["eve", "Bea", "ann", ROOT, "cid", "dot"],
        ),
        (SortKey::Name, [ROOT, "ann", "Bea", "cid", "dot", "eve"], ["eve", "dot", "cid", "Bea", "ann", ROOT]),
        (
            SortKey::Account,
            [ROOT, "ann", "Bea", "dot", "cid", "eve"],
            ["eve", "cid", "dot", "Bea", "ann", ROOT],
        ),
        (
            SortKey::Creation,
            [ROOT, "eve", "cid", "Bea", "ann", "dot"],
            ["ann", "Bea", "cid", "eve", ROOT, "dot"],
        ),
        (
            SortKey::KeyAge,
            ["cid", "ann", ROOT, "Bea", "dot", "eve"],
            ["ann", "cid", ROOT, "Bea", "dot", "eve"],
        ),
        (
            SortKey::LastActivity,
            [ROOT, "Bea", "ann", "cid", "dot", "eve"],
            ["cid", "ann", "Bea", ROOT, "dot", "eve"],
        ),
        (
            SortKey::PasswordAge,
            ["Bea", "eve", ROOT, "ann", "cid", "dot"],
            [ROOT, "eve", "Bea", "ann", "cid", "dot"],
        ),
    ] {
        let query = |descending| Query { sort, descending, ..Query::default() };
        assert_eq!(order(&mut session, &query(false)), ascending, "{sort:?}, ascending");
        assert_eq!(order(&mut session, &query(true)), descending, "{sort:?}, descending");
    }
}

#[test]
fn severity_counts_the_worst_first_however_many_there_are_below() {
    let high = user("high").password().with("mfa_active", "false");
    let many = user("many")
        .with("user_creation_time", &days_ago(100))
        .password()
        .with("password_last_used", &days_ago(0))
        .with("password_next_rotation", &days_ago(1))
        .key(1, &days_ago(100), &days_ago(50))
        .key(2, &days_ago(100), &days_ago(50))
        .with("cert_1_active", "true")
        .with("cert_2_active", "true");
    let mut session = open(&[file("a.csv", report(&[many, high]))]);
    let by_severity = Query { descending: true, ..Query::default() };
    assert_eq!(order(&mut session, &by_severity), ["high", "many"]);
}

#[test]
fn users_of_unknown_accounts_come_last_by_account() {
    let rows = [user("ann"), user("bob").with("arn", ""), in_account(user("cid"), OTHER)];
    let mut session = open(&[file("a.csv", report(&rows))]);
    for (descending, expected) in [(false, ["ann", "cid", "bob"]), (true, ["cid", "ann", "bob"])] {
        let query = Query { sort: SortKey::Account, descending, ..Query::default() };
        assert_eq!(order(&mut session, &query), expected, "{descending}");
    }
}

#[test]
fn pages_are_pieces_of_one_order_and_the_counts_are_honest() {
    let rows: Vec<Row> = (0..57)
        .map(|number| {
            let row = user(&format!("user-{:02}", number * 7 % 57));
            if number % 3 == 0 { row.password().with("mfa_active", "false") } else { row }
        })
        .collect();
    let mut session = open(&[file("a.csv", report(&rows))]);
    for sort in SortKey::ALL {
        for search in ["", "user-1", "nobody"] {
            let query = Query { sort, search: search.to_owned(), ..Query::default() };
            let whole = common::query(&mut session, &Query { limit: u32::MAX, ..query.clone() });
            let mut pieces = Vec::new();
            for offset in (0..70).step_by(10) {
                let page = common::query(&mut session, &Query { offset, limit: 10, ..query.clone() });
                assert_eq!((page.total, page.matching, page.findings), (57, whole.matching, whole.findings));
                assert_eq!(page.offset, offset.min(whole.matching));
                assert!(page.cards.len() <= 10);
                pieces.extend(page.cards);
            }
            assert_eq!(pieces, whole.cards, "{sort:?}, {search}");
            assert_eq!(whole.matching as usize, whole.cards.len());
            let found: usize = whole.cards.iter().map(|card| card.findings.len()).sum();
            assert_eq!(whole.findings as usize, found + whole.account_findings.len());
        }
    }
    let none = common::query(&mut session, &Query { limit: 0, ..Query::default() });
    assert_eq!((none.matching, none.cards.len()), (57, 0));
    let beyond =
        common::query(&mut session, &Query { offset: u32::MAX, limit: u32::MAX, ..Query::default() });
    assert_eq!((beyond.matching, beyond.cards.len()), (57, 0));
}

#[test]
fn the_same_card_is_found_by_its_row() {
    let mut session = open(&[file("a.csv", report(&sortable()))]);
    let cards = common::query(&mut session, &Query { limit: 100, ..Query::default() }).cards;
    for card in cards {
        assert_eq!(session.handle(Request::Card(card.row)), Reply::Card(Box::new(card)));
    }
    assert!(is_refused(&session.handle(Request::Card(6))));
    assert!(is_refused(&session.handle(Request::Card(u32::MAX))));
}

#[test]
fn a_search_looks_for_every_word_in_name_arn_and_account() {
    let rows = [
        root(),
        user("Ann.Smith").with("arn", "arn:aws:iam::123456789012:user/Staff/eu/Ann.Smith"),
        user("bob").with("arn", "arn:aws-cn:iam::210987654321:user/staff/bob"),
        user("アン"),
        user("odd").with("arn", "arn:aws:iam::333333333333:user/Somebody"),
        user("no-arn").with("arn", ""),
    ];
    let mut session = open(&[file("a.csv", report(&rows))]);
    let mut found = |search: &str| {
        order(&mut session, &Query { search: search.to_owned(), sort: SortKey::Creation, ..Query::default() })
    };
    let all = found("").len();
    assert_eq!(all, 6);
    assert_eq!(found("   ").len(), all);
    assert_eq!(found("ann"), ["Ann.Smith"]);
    assert_eq!(found("ANN.S"), ["Ann.Smith"]);
    assert_eq!(found("staff"), ["Ann.Smith", "bob"]);
    assert_eq!(found("staff 2109"), ["bob"]);
    assert_eq!(found(" bob  staff "), ["bob"]);
    assert_eq!(found("ann bob"), Vec::<String>::new());
    assert_eq!(found("eu/ann"), ["Ann.Smith"]);
    assert_eq!(found("arn:aws-cn"), ["bob"]);
    assert_eq!(found("アン"), ["アン"]);
    assert_eq!(found("<root"), ["<root_account>"]);
    assert_eq!(found("333333333333"), ["odd"]);
    assert_eq!(found("somebody"), ["odd"]);
    assert_eq!(found("no-arn"), ["no-arn"]);
    assert_eq!(found("123456789012").len(), 3);
    assert_eq!(found("zzz"), Vec::<String>::new());
}

#[test]
fn every_filter_shows_the_users_that_it_names_and_no_others() {
    let check = |name: &str| CheckId::from_name(name).unwrap();
    let days = |from, to| DayRange { from, to };
    let all = Query { sort: SortKey::Name, ..Query::default() };
    let mut session = open(&[file("a.csv", report(&sortable()))]);
    for (query, expected) in [
        (Query { severities: vec![Severity::High], ..all.clone() }, vec!["Bea", "eve"]),
        (Query { severities: vec![Severity::Medium, Severity::Low], ..all.clone() }, vec!["ann", "eve"]),
        (Query { severities: vec![Severity::Critical], ..all.clone() }, vec![]),
        (Query { checks: vec![check("two-active-access-keys")], ..all.clone() }, vec!["ann"]),
        (
            Query { checks: vec![check("console-mfa-disabled"), check("user-dormant")], ..all.clone() },
            vec!["Bea", "eve"],
        ),
        // A finding of this severity of this check, not the one here and the other there.
        (
            Query { severities: vec![Severity::High], checks: vec![check("password-old")], ..all.clone() },
            vec![],
        ),
        (
            Query { severities: vec![Severity::Medium], checks: vec![check("password-old")], ..all.clone() },
            vec!["eve"],
        ),
        (Query { accounts: vec![OTHER.to_owned()], ..all.clone() }, vec!["cid", "eve"]),
        (Query { accounts: vec!["000000000000".to_owned()], ..all.clone() }, vec![]),
        (Query { kinds: vec![Kind::Root], ..all.clone() }, vec!["<root_account>"]),
        (Query { kinds: vec![Kind::Human], ..all.clone() }, vec!["Bea", "eve"]),
        (Query { kinds: vec![Kind::Machine, Kind::None], ..all.clone() }, vec!["ann", "cid", "dot"]),
        (Query { kinds: vec![Kind::Both], ..all.clone() }, vec![]),
        (Query { key_age: Some(days(100, Some(101))), ..all.clone() }, vec!["ann"]),
        (Query { key_age: Some(days(10, Some(21))), ..all.clone() }, vec!["ann", "cid"]),
        (Query { key_age: Some(days(101, None)), ..all.clone() }, vec![]),
        (Query { idle: Some(Idle::Never), ..all.clone() }, vec!["ann", "eve"]),
        (Query { idle: Some(Idle::Days(days(0, Some(3)))), ..all.clone() }, vec!["ann", "cid"]),
        (Query { idle: Some(Idle::Days(days(5, None))), ..all.clone() }, vec!["Bea"]),
        (Query { idle: Some(Idle::AtLeast(5)), ..all.clone() }, vec!["ann", "Bea", "eve"]),
        (Query { console_mfa: Some(false), ..all.clone() }, vec!["Bea"]),
        (Query { console_mfa: Some(true), ..all.clone() }, vec!["eve"]),
        (Query { fine: true, ..all.clone() }, vec!["<root_account>", "cid", "dot"]),
        (Query { fine: true, severities: vec![Severity::High], ..all.clone() }, vec![]),
        (
            Query {
                search: "e".to_owned(),
                kinds: vec![Kind::Human],
                console_mfa: Some(true),
                ..all.clone()
            },
            vec!["eve"],
        ),
    ] {
        assert!(query.is_narrow());
        assert_eq!(order(&mut session, &query), expected, "{query:?}");
    }
    assert!(!all.is_narrow());
    assert_eq!(order(&mut session, &all).len(), 6);
}

#[test]
fn a_choice_of_severity_promises_what_it_shows() {
    let check = |name: &str| CheckId::from_name(name).unwrap();
    let rows: Vec<_> = sortable().into_iter().map(|row| row.with("password_next_rotation", "N/A")).collect();
    let mut session = open(&[file("a.csv", report(&rows))]);
    let all = Query { limit: 0, ..Query::default() };
    for others in [
        all.clone(),
        Query { search: "e".to_owned(), ..all.clone() },
        Query { accounts: vec![OTHER.to_owned()], ..all.clone() },
        Query { kinds: vec![Kind::Human], ..all.clone() },
        Query { console_mfa: Some(true), search: "e".to_owned(), ..all.clone() },
        Query { checks: vec![check("console-mfa-disabled"), check("password-old")], ..all.clone() },
        Query { idle: Some(Idle::Never), ..all.clone() },
    ] {
        for chosen in [vec![], vec![Severity::High], vec![Severity::Low, Severity::Medium]] {
            let choices =
                common::query(&mut session, &Query { severities: chosen, ..others.clone() }).choices;
            for severity in Severity::ALL {
                let query = Query { severities: vec![severity], ..others.clone() };
                let shown = common::query(&mut session, &query).findings;
                assert_eq!(choices.by_severity.of(severity), shown, "{query:?}");
            }
            let query = Query { fine: true, ..others.clone() };
            // A check that is asked for has findings, and so no user is without.
            let shown = common::query(&mut session, &query).matching;
            assert_eq!(choices.fine, if others.checks.is_empty() { shown } else { 0 }, "{query:?}");
        }
    }
}

#[test]
fn the_findings_that_are_counted_are_those_that_the_filter_names() {
    let never =
        sortable().into_iter().map(|row| row.with("password_next_rotation", "N/A")).collect::<Vec<_>>();
    let mut session = open(&[file("a.csv", report(&never))]);
    let mut count = |query: Query| {
        let cards = common::query(&mut session, &query);
        (cards.matching, cards.findings, cards.account_findings.len())
    };
    let all = count(Query::default());
    assert_eq!((all.0, all.2), (6, 2));
    assert_eq!(count(Query { severities: vec![Severity::High], ..Query::default() }), (2, 3, 0));
    assert_eq!(count(Query { severities: vec![Severity::Low], ..Query::default() }), (0, 2, 2));
    assert_eq!(count(Query { accounts: vec![OTHER.to_owned()], ..Query::default() }).2, 1);
    assert_eq!(count(Query { search: OTHER.to_owned(), ..Query::default() }).2, 1);
    assert_eq!(count(Query { search: "ann".to_owned(), ..Query::default() }).2, 0);
    assert_eq!(count(Query { kinds: vec![Kind::Human], ..Query::default() }).2, 0);
    assert_eq!(count(Query { fine: true, ..Query::default() }), (3, 0, 0));
}

#[test]
fn a_card_holds_the_facts_the_findings_and_what_was_not_judged() {
    let row = user("ann")
        .with("arn", &format!("arn:aws:iam::{ACCOUNT}:user/staff/ann"))
        .with("user_creation_time", "2026-09-10 12:00")
        .with("password_enabled", "TRUE")
        .with("password_last_used", "no_information")
        .with("password_last_changed", "5/6/2026 6:13 PM")
        .with("password_next_rotation", &days_ago(-3))
        .key(2, &days_ago(100), &days_ago(101))
        .with("access_key_2_last_used_region", "eu-west-1")
        .with("access_key_2_last_used_service", "s3")
        .with("cert_1_last_rotated", &days_ago(7));
    let mut session = open(&[file("a.csv", format!("{}\n", report(&[root(), row])))]);
    let Reply::Card(card) = session.handle(Request::Card(1)) else { panic!() };
    assert_eq!((card.row, card.line, &*card.user, &*card.input), (1, 3, "ann", "a.csv"));
    assert_eq!(card.arn.as_deref(), Some("arn:aws:iam::123456789012:user/staff/ann"));
    assert_eq!((card.account.as_deref(), card.partition.as_deref()), (Some(ACCOUNT), Some("aws")));
    assert_eq!((card.kind, card.worst), (Kind::Both, Some(Severity::High)));
    assert_eq!(card.created.time, Some(time("2026-09-10T12:00:00Z")));
    assert_eq!((card.created.age_days, card.created.raw.as_deref()), (Some(1), Some("2026-09-10 12:00")));
    assert_eq!(
        (card.password_enabled.value, card.password_enabled.raw.as_deref()),
        (Some(true), Some("TRUE"))
    );
    assert!(card.password_never_used);
    assert_eq!(card.password_last_changed.oddity, Some(Oddity::Ambiguous));
    assert_eq!((card.password_last_changed.time, card.password_last_changed.age_days), (None, None));
    // What lies ahead by nature is not odd.
    assert_eq!((card.password_next_rotation.age_days, card.password_next_rotation.oddity), (Some(0), None));
    assert_eq!(card.mfa_active.value, Some(false));
    let [key] = card.access_keys.as_slice() else { panic!("{:?}", card.access_keys) };
    assert_eq!((key.slot, key.active.value, key.never_used), (2, Some(true), false));
    assert_eq!((key.region.as_deref(), key.service.as_deref()), (Some("eu-west-1"), Some("s3")));
    assert_eq!((key.created.age_days, key.last_used.oddity), (Some(100), Some(Oddity::BeforeCreation)));
    let [certificate] = card.certificates.as_slice() else { panic!("{:?}", card.certificates) };
    assert_eq!(
        (certificate.slot, certificate.active.value, certificate.created.age_days),
        (1, Some(false), Some(7))
    );
    assert_eq!((card.rotation, card.mfa), (State::Found(Severity::Medium), State::Found(Severity::High)));
    assert_eq!(card.additional, None);
    let not_judged: Vec<(&str, Column)> =
        card.not_judged.iter().map(|(check, column)| (check.name(), *column)).collect();
    assert_eq!(
        not_judged,
        [
            ("console-never-used", Column::PasswordLastChanged),
            ("password-old", Column::PasswordLastChanged),
            ("user-dormant", Column::PasswordLastChanged)
        ]
    );
    assert!(counts(&card).iter().sum::<usize>() == card.findings.len());
    assert!(card.findings.is_sorted_by_key(|finding| (finding.severity.rank(), finding.check)));
    let kinds: Vec<SubjectKind> = card.findings.iter().map(|finding| finding.subject.kind).collect();
    assert!(kinds.contains(&SubjectKind::AccessKey) && kinds.contains(&SubjectKind::Password));
}

#[test]
fn a_card_of_a_report_cut_down_shows_what_there_is() {
    let text = report_of(&["user", "mfa_active"], &[root(), user("ann")]);
    let mut session = open(&[file("a.csv", text)]);
    let Reply::Card(card) = session.handle(Request::Card(1)) else { panic!() };
    assert_eq!((card.arn.as_deref(), card.account.as_deref(), card.kind), (None, None, Kind::None));
    assert_eq!((card.created.raw.as_deref(), card.created.time), (None, None));
    assert_eq!((card.password_enabled.value, card.mfa_active.value), (None, Some(false)));
    assert_eq!((card.access_keys.len(), card.certificates.len()), (0, 0));
    assert_eq!(
        (card.rotation, card.mfa, card.last_use),
        (State::NotJudged, State::NotJudged, State::NotJudged)
    );
    assert!(!card.password_never_used);
}

/// The sum of a count over severities.
fn total(overview: &Overview) -> u64 {
    Severity::ALL.iter().map(|severity| overview.by_severity.of(*severity)).sum()
}

#[test]
fn the_numbers_of_an_overview_agree() {
    let mut rows = sortable();
    rows.push(user("fay").password().with("password_next_rotation", "N/A").with("mfa_active", "?"));
    let mut session = open(&[file("a.csv", report(&rows)), file("b.csv", "user,mfa_active\nzoe,true\n")]);
    let result = overview_of(&mut session);
    assert_eq!((result.users, result.kinds.iter().sum::<u32>()), (8, 8));
    assert_eq!(result.findings, total(&result));
    assert_eq!(result.findings, result.checks.iter().map(|tally| tally.failed).sum::<u64>());
    assert_eq!(result.findings, result.by_area.iter().map(BySeverity::total).sum::<u64>());
    assert_eq!(
        result.findings,
        result.accounts.iter().map(|account| account.by_severity.total()).sum::<u64>()
    );
    assert_eq!(u64::from(result.users_with_findings), result.users_by_worst.total());
    assert_eq!(result.users, result.accounts.iter().map(|account| account.users).sum::<u32>());
    let with: u32 = result.accounts.iter().map(|account| account.users_with_findings).sum();
    assert_eq!(result.users_with_findings, with);
    let not_judged: u64 = result.not_judged.iter().map(|entry| entry.subjects).sum();
    assert_eq!(not_judged, result.checks.iter().map(|tally| tally.not_judged).sum::<u64>());
    assert_eq!((result.mfa.with, result.mfa.without, result.mfa.unknown), (1, 1, 1));
    assert_eq!((result.mfa.root_with, result.mfa.root_without), (1, 0));
    assert_eq!(result.key_ages.keys, result.key_ages.bars.iter().map(|bar| bar.count).sum::<u64>());
    let over: u64 = result.key_ages.bars.iter().filter(|bar| bar.over).map(|bar| bar.count).sum();
    assert_eq!((result.key_ages.keys, result.key_ages.over, over), (3, 1, 1));
    let used: u64 = result.last_use.bars.iter().map(|bar| bar.count).sum();
    assert_eq!(result.last_use.credentials, used + result.last_use.never);
    assert_eq!(result.warnings_total, result.warnings.len() as u64);
}

#[test]
fn the_bars_of_a_chart_divide_at_the_limit() {
    for limit in [1, 2, 45, 90, 3650] {
        let mut policy = Policy::default();
        (policy.thresholds.key_max_age_days, policy.thresholds.unused_days) = (limit, limit);
        for age in [0, limit - 1, limit, limit + 1, 4000] {
            let at = days_ago(i64::from(age));
            let mut session = common::judged(&report(&[user("bot").key(1, &at, &at)]), policy.clone());
            let result = overview_of(&mut session);
            // A key is too old beyond its limit, a credential unused from its limit on.
            assert_eq!(result.key_ages.over, u64::from(age > limit), "{age} of {limit}");
            assert_eq!(result.last_use.idle, u64::from(age >= limit), "{age} of {limit}");
            for (bars, over) in
                [(&result.key_ages.bars, result.key_ages.over), (&result.last_use.bars, result.last_use.idle)]
            {
                assert_eq!(bars.iter().filter(|bar| bar.over).map(|bar| bar.count).sum::<u64>(), over);
                let hit: Vec<_> = bars.iter().filter(|bar| bar.count > 0).collect();
                assert!(hit.len() == 1 && hit[0].days.contains(age), "{age} of {limit}: {bars:?}");
                assert!(bars.windows(2).all(|pair| pair[0].days.to == Some(pair[1].days.from)));
                assert_eq!((bars[0].days.from, bars[bars.len() - 1].days.to), (0, None));
            }
        }
    }
}

#[test]
fn an_account_tells_its_probable_password_policy_and_where_its_keys_are_used() {
    let expiring = |name: &str, days: i64| {
        user(name)
            .password()
            .with("password_last_changed", &days_ago(30))
            .with("password_next_rotation", &days_ago(30 - days))
    };
    let used = |name: &str, region: &str, service: &str| {
        user(name)
            .key(1, &days_ago(1), &days_ago(0))
            .with("access_key_1_last_used_region", region)
            .with("access_key_1_last_used_service", service)
    };
    let rows = [
        root().with("user_creation_time", "2014-02-03T04:05:06Z"),
        expiring("ann", 90),
        expiring("bob", 60),
        expiring("cid", 90),
        used("dan", "us-east-1", "s3"),
        used("eve", "eu-west-1", "s3"),
        used("fay", "us-east-1", "N/A"),
        used("gil", "N/A", "ec2"),
    ];
    let result = overview_of(&mut open(&[file("a.csv", report(&rows))]));
    let account = &result.accounts[0];
    assert_eq!(account.password_expiry, ExpiryGuess::AfterDays(90));
    assert_eq!(account.services, [("s3".to_owned(), 2), ("ec2".to_owned(), 1)]);
    assert_eq!(account.regions, [("us-east-1".to_owned(), 2), ("eu-west-1".to_owned(), 1)]);
    assert_eq!((account.has_root, account.root_mfa), (true, Some(true)));
    assert_eq!(account.created, Some(time("2014-02-03T04:05:06Z")));
    assert_eq!(account.kinds, [1, 3, 4, 0, 0]);
}

#[test]
fn nothing_is_said_of_the_expiry_of_passwords_that_the_report_does_not_tell() {
    let guess = |csv: String| overview_of(&mut open(&[file("a.csv", csv)])).accounts[0].password_expiry;
    let never = || user("ann").password().with("password_next_rotation", "N/A");
    assert_eq!(guess(report(&[root(), never()])), ExpiryGuess::Never);
    assert_eq!(guess(report(&[root(), user("ann")])), ExpiryGuess::NoPasswords);
    assert_eq!(guess("user,mfa_active\nann,true\n".to_owned()), ExpiryGuess::Unknown);
    let unreadable = never().with("password_next_rotation", "soon");
    assert_eq!(guess(report(&[root(), unreadable])), ExpiryGuess::Unknown);
}

#[test]
fn an_overview_carries_the_first_warnings_and_counts_all() {
    let mut lines = vec![columns().join(",")];
    lines.extend((0..300).map(|number| format!("broken-{number}")));
    lines.push(report(&[user("ann")]).split_once('\n').unwrap().1.to_owned());
    let text = lines.join("\n");
    let mut session = open(&[file("a.csv", text)]);
    let result = overview_of(&mut session);
    assert_eq!((result.warnings.len(), result.warnings_total), (Overview::WARNINGS, 300));
    assert!(result.warnings.is_sorted_by_key(|warning| warning.line));
    assert_eq!(common::exported(&mut session, None)["warnings"].as_array().unwrap().len(), 300);
}

#[test]
fn a_file_that_needs_more_memory_than_there_is_fails_and_the_result_stays() {
    const MEMORY: u64 = 1 << 20;
    let many = |name: &str, users: usize| {
        file(name, report(&(0..users).map(|number| user(&format!("user-{number:06}"))).collect::<Vec<_>>()))
    };
    let fails = |session: &mut Session, file: &File, mode| {
        session.handle(Request::Begin { mode, now: time(NOW) });
        let error = feed(session, file, 4096).unwrap_err();
        assert_eq!(
            (error.file.as_str(), error.kind),
            (&*file.name, ReadErrorKind::OutOfMemory { limit: MEMORY })
        );
        // What is sent behind the failure is refused, and there is nothing to commit.
        assert!(matches!(session.handle(Request::Slice(b"user".to_vec())), Reply::Refused { .. }));
        assert_eq!(session.handle(Request::Commit), Reply::NoResult);
    };
    let mut session = Session::new().with_memory(MEMORY);
    fails(&mut session, &many("large.csv", 10_000), Mode::Replace);
    let fitting = many("fitting.csv", 4_000);
    let before = open_into(&mut session, std::slice::from_ref(&fitting), Mode::Replace).unwrap();
    assert_eq!(before.users, 4_000);
    // Together they are too large, whichever becomes of the former.
    for mode in [Mode::Add, Mode::Replace] {
        fails(&mut session, &many("second.csv", 4_000), mode);
        assert_eq!(overview_of(&mut session), before);
    }
    session.handle(Request::Close);
    assert!(open_into(&mut session, &[many("second.csv", 4_000)], Mode::Replace).is_ok());

    // JSON is held whole, and one that is far too large is not even begun.
    session.handle(Request::Begin { mode: Mode::Replace, now: time(NOW) });
    let json = file("answer.json", format!("{{\"Content\": \"{}\"}}", "A".repeat(MEMORY as usize / 2)));
    assert!(feed(&mut session, &json, 4096).is_err());
    let begun = Request::File { name: "huge.csv".to_owned(), bytes: 3 * MEMORY, modified: None };
    assert!(matches!(session.handle(begun), Reply::FileFailed(error) if error.file == "huge.csv"));
}

/// How many findings of each severity a card has, worst first.
fn counts(card: &Card) -> Vec<usize> {
    let of = |severity: &Severity| card.findings.iter().filter(|f| f.severity == *severity).count();
    Severity::ALL.iter().map(of).collect()
}
