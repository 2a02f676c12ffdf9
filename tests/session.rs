//! The whole app without a screen: requests and their replies.
#![allow(clippy::unwrap_used)]

mod common;

use serde_json::json;

use credential_report_viewer::assessment::RowId;
use credential_report_viewer::checks::Preset;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{Query, SortKey};
use credential_report_viewer::report::{AsOfSource, ReadErrorKind, Timestamp, WarningKind};
use credential_report_viewer::session::{Mode, Reply, Request, Session, WholeFile};

use common::{
    ACCOUNT, AS_OF, File, NOW, OTHER, Row, days_ago, feed, file, in_account, open, open_into, overview,
    overview_of, report, report_of, root, time, user,
};

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
        Request::Card(RowId(0)),
        Request::Export(Box::default()),
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
fn files_that_go_in_together_are_read_as_each_by_itself() {
    let facts = |name: &str, text: String| (name.to_owned(), Some(time(NOW)), text);
    let good = report(&[root(), user("ann")]);
    let files = [
        facts("other.csv", good.replace(ACCOUNT, OTHER)),
        facts("good.csv", good),
        facts("bad.html", "<html>".to_owned()),
        facts("empty.csv", String::new()),
    ];
    let mut one_by_one = Session::new();
    begin(&mut one_by_one, Mode::Replace);
    let mut replies = Vec::new();
    for (name, modified, text) in files.clone() {
        let requests = [
            Request::File { name, bytes: text.len() as u64, modified },
            Request::Slice(text.into_bytes()),
            Request::EndOfFile,
        ];
        let of_file: Vec<Reply> = requests.into_iter().map(|request| one_by_one.handle(request)).collect();
        let failed = of_file.iter().find(|reply| matches!(reply, Reply::FileFailed(_)));
        replies.push(failed.or(of_file.last()).unwrap().clone());
    }
    assert!(matches!(replies[0], Reply::FileRead { .. }) && matches!(replies[2], Reply::FileFailed(_)));

    let mut together = Session::new();
    begin(&mut together, Mode::Replace);
    let bytes = files.iter().flat_map(|(.., text)| text.bytes()).collect();
    let whole = |(name, modified, text): (String, Option<Timestamp>, String)| WholeFile {
        name,
        modified,
        bytes: text.len() as u64,
    };
    let files: Vec<WholeFile> = files.map(whole).into();
    assert!(is_refused(&together.handle(Request::WholeFiles { files: files.clone(), bytes: vec![0] })));
    let read = together.handle(Request::WholeFiles { files, bytes });
    assert_eq!(read, Reply::FilesRead(replies));
    assert_eq!(together.handle(Request::Commit), one_by_one.handle(Request::Commit));
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
    // The earlier row can be asked for, too, once it is compared with.
    assert!(matches!(session.handle(Request::Card(RowId(1))), Reply::Card(card) if card.user == "bob"));
    assert!(is_refused(&session.handle(Request::Card(RowId(3)))));
    assert!(matches!(session.handle(Request::Card(RowId(2))), Reply::Card(card) if card.user == "bea"));
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
            assert!(message.contains("identical to first.csv"), "{message}");

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
    session.handle(Request::Export(Box::default()));
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
    let Reply::Part { last: false, .. } = session.handle(Request::Export(Box::default())) else { panic!() };
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
