//! Page and worker speak in the form of `postcard`, which has no names: what it cannot carry would be
//! found in a browser only.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use credential_report_viewer::assessment::RowId;
use credential_report_viewer::checks::{Preset, Severity, SubjectKind, ids};
use credential_report_viewer::export::script::Deactivation;
use credential_report_viewer::export::{ExportRequest, Form, OcsfClass, RedactionKey, Separator};
use credential_report_viewer::histogram::DayRange;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{LastUse, Query, SortKey};
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::review::{Action, Checks, Day, State};
use credential_report_viewer::session::{
    About, DecisionQuery, Draft, Mode, Reply, Request, Session, WholeFile,
};
use credential_report_viewer::text::Language;
use proptest::prelude::*;
use proptest::sample::select;

const REPORT: &str = include_str!("../src/app/sample.csv");

fn now() -> Timestamp {
    Timestamp::parse("2026-09-11T13:15:19Z").unwrap()
}

fn carried_request(request: &Request) -> Request {
    postcard::from_bytes(&postcard::to_stdvec(request).unwrap()).unwrap()
}

fn carried_reply(reply: &Reply) -> Reply {
    postcard::from_bytes(&postcard::to_stdvec(reply).unwrap()).unwrap()
}

#[test]
fn every_request_arrives_as_it_was_sent() {
    let mut policy = Preset::PciDss401.policy();
    policy.thresholds.unused_days = 7;
    let query = Query {
        sort: SortKey::KeyAge,
        search: "アン".to_owned(),
        severities: credential_report_viewer::checks::Severity::ALL.to_vec(),
        checks: credential_report_viewer::checks::ids().collect(),
        accounts: vec!["000000000001".to_owned()],
        kinds: credential_report_viewer::assessment::Kind::ALL.to_vec(),
        key_age: Some(DayRange { from: 1, to: None }),
        last_use: Some(LastUse::Days(DayRange { from: 0, to: Some(9) })),
        console_mfa: Some(false),
        ..Query::default()
    };
    for request in [
        Request::Begin { mode: Mode::Add, now: now() },
        Request::File { name: "a.csv".to_owned(), bytes: u64::MAX, modified: None },
        Request::EndOfFile,
        Request::WholeFiles { files: vec![whole_file("7 bytes")], bytes: Vec::new() },
        Request::AbandonFile,
        Request::Commit,
        Request::Cancel,
        Request::Overview,
        Request::SetPolicy(policy),
        Request::SetAsOf(Some(now())),
        Request::Query(query.clone()),
        Request::Query(Query { last_use: Some(LastUse::Never), ..Query::default() }),
        Request::Card(RowId(3)),
        Request::Export(Box::new(Some(query).into())),
        Request::Export(Box::default()),
        Request::Export(Box::new(ExportRequest {
            form: Form::Ocsf,
            filter: None,
            language: Language::Japanese,
            separator: Separator::Semicolon,
            class: OcsfClass::DetectionFinding,
            redaction: Some(RedactionKey::new([9; 32])),
            undo: vec![Deactivation { at: now(), key_id: "AKIAIOSFODNN7EXAMPLE".to_owned() }],
            answer_by: Day::parse("2026-11-25"),
        })),
        Request::Preview(Box::new(Form::Markdown.into())),
        Request::NextPart,
        Request::Redact(Some(RedactionKey::new([9; 32]))),
        Request::Decide { about: About::Matching(Box::default()), draft: draft() },
        Request::Decide {
            about: About::Credential(RowId(3), SubjectKind::AccessKey, Some(2)),
            draft: Draft { checks: Some(Checks::of(ids())), ..draft() },
        },
        Request::ChangeDecision { place: 2, draft: Draft { checks: Some(Checks::All), ..draft() } },
        Request::WithdrawDecisions(vec![0, 7]),
        Request::Decisions(DecisionQuery { states: State::ALL.to_vec(), ..DecisionQuery::default() }),
        Request::DecisionsSaved,
        Request::Digest(0),
        Request::Close,
    ] {
        assert_eq!(carried_request(&request), request);
    }
}

fn whole_file(text: &str) -> WholeFile {
    WholeFile { name: "a.csv".to_owned(), bytes: text.len() as u64, modified: Some(now()) }
}

fn draft() -> Draft {
    let on = Day::of(now());
    Draft {
        action: Action::Keep,
        checks: None,
        reason: "Vendor appliance cannot use a role".to_owned(),
        by: "k.sato@example.com".to_owned(),
        on,
        until: on.plus(30),
        approved_by: String::new(),
        ticket: "SEC-1".to_owned(),
        note: "理由".to_owned(),
    }
}

#[test]
fn what_was_decided_arrives_as_it_was_sent() {
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: now() });
    session.handle(Request::File { name: "sample.csv".to_owned(), bytes: 0, modified: Some(now()) });
    session.handle(Request::Slice(REPORT.as_bytes().to_vec()));
    session.handle(Request::EndOfFile);
    session.handle(Request::File { name: "d.json".to_owned(), bytes: 0, modified: None });
    let text = r#"{"schema": "credential-report-decisions/1", "decisions": [{"id": "1"}, 7]}"#;
    session.handle(Request::Slice(text.as_bytes().to_vec()));
    let read = session.handle(Request::EndOfFile);
    session.handle(Request::Commit);
    let everything = Query { severities: Severity::ALL.to_vec(), ..Query::default() };
    let about = About::Matching(Box::new(everything));
    let decided = session.handle(Request::Decide { about, draft: draft() });
    let about = About::User(RowId(0));
    let refused = session.handle(Request::Decide { about, draft: Draft { by: String::new(), ..draft() } });
    let list = session.handle(Request::Decisions(DecisionQuery { limit: 99, ..DecisionQuery::default() }));
    let card = session.handle(Request::Card(RowId(2)));
    assert!(matches!((&read, &decided), (Reply::SideFileRead { entries: 2, .. }, Reply::Overview(_))));
    assert!(matches!((&refused, &list), (Reply::NotDecided(_), Reply::Decisions(_))));
    for reply in [read, decided, refused, list, card] {
        assert_eq!(carried_reply(&reply), reply);
    }
}

#[test]
fn every_reply_arrives_as_it_was_sent() {
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: now() });
    session.handle(Request::File { name: "sample.csv".to_owned(), bytes: 0, modified: Some(now()) });
    let odd = "\nodd,arn:aws:iam::123456789012:user/other,yesterday,maybe,5/6/2016 6:13 PM,short";
    let progress = session.handle(Request::Slice(format!("{}{odd}\n", REPORT.trim_end()).into_bytes()));
    let read = session.handle(Request::EndOfFile);
    let overview = session.handle(Request::Commit);
    let cards = session.handle(Request::Query(Query { limit: 100, ..Query::default() }));
    let strict = Policy { checks: credential_report_viewer::checks::CheckSet::all(), ..Policy::default() };
    let judged = session.handle(Request::SetPolicy(strict));
    let card = session.handle(Request::Card(RowId(0)));
    session.handle(Request::Begin { mode: Mode::Replace, now: now() });
    let mut failed = Vec::new();
    for text in [
        "",
        "PK\u{3}\u{4}",
        "<html>",
        "{\"State\":\"STARTED\"}",
        "name,mail\na,b",
        "mfa_active,password_enabled\n",
    ] {
        session.handle(Request::File { name: "bad".to_owned(), bytes: 0, modified: None });
        let slice = session.handle(Request::Slice(text.as_bytes().to_vec()));
        failed.push(if matches!(slice, Reply::FileFailed(_)) {
            slice
        } else {
            session.handle(Request::EndOfFile)
        });
    }
    assert!(failed.iter().all(|reply| matches!(reply, Reply::FileFailed(_))), "{failed:?}");
    assert!(matches!((&overview, &cards, &card), (Reply::Overview(_), Reply::Cards(_), Reply::Card(_))));
    let preview = session.handle(Request::Preview(Box::new(Form::Findings.into())));
    assert!(matches!(preview, Reply::Preview(_)));
    failed.push(preview);
    let files = vec![whole_file("<html>"), whole_file(REPORT)];
    let together = session.handle(Request::WholeFiles { files, bytes: format!("<html>{REPORT}").into() });
    assert!(matches!(&together, Reply::FilesRead(replies) if replies.len() == 2));
    failed.push(together);
    failed.extend([progress, read, overview, cards, judged, card, session.handle(Request::Digest(9))]);
    failed.extend([Reply::Done, Reply::NoResult, Reply::Part { bytes: Vec::new(), last: true, name: None }]);
    for reply in failed {
        assert_eq!(carried_reply(&reply), reply);
    }
}

/// A moment as any program might write it, at the edges of the calendar and beyond.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "0001-01-01T00:00:00+09:00",
            "9999-12-31T23:59:59-01:00",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "1970-01-01T00:00:00Z",
            "2106-02-07T06:28:15Z",
            "1/1/0001",
            "31/12/9999 23:59",
            "N/A",
            "no_information",
            "yesterday",
            "",
        ])
        .prop_map(str::to_owned),
        "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|[+-](0[0-9]|1[0-4]):[0-5]0)",
    ]
}

/// Answers a request, and holds that the answer arrives as it was sent.
fn answered(session: &mut Session, request: Request) -> Reply {
    let reply = session.handle(request);
    assert_eq!(carried_reply(&reply), reply);
    reply
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2016),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_reply_over_any_report_arrives_as_it_was_sent(
        rows in proptest::collection::vec((proptest::collection::vec(cell(), 6), select(vec!["true", "false", "?"])), 0..6),
        generated in cell(),
        modified in select(vec![None, Some(0), Some(i64::MAX), Some(i64::MIN), Some(253_402_300_800), Some(1_789_132_519)]),
        as_of in select(vec![None, Some(i64::MAX), Some(-70_000_000_000), Some(1_789_132_519)]),
    ) {
        let mut csv = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
                       mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
                       access_key_2_last_rotated\n".to_owned();
        for (number, (times, flag)) in rows.iter().enumerate() {
            let [a, b, c, d, e, f] = times.iter().map(String::as_str).collect::<Vec<_>>()[..] else { unreachable!() };
            let moments = [flag, b, c, flag, flag, d, e, f].join(",");
            let row = format!("u{number},arn:aws:iam::123456789012:user/u{number},{a},{moments}\n");
            csv.push_str(&row);
        }
        let file = serde_json::json!({"Content": csv, "GeneratedTime": generated}).to_string();
        let modified = modified.map(Timestamp::from_unix);
        let mut session = Session::new();
        for request in [
            Request::Begin { mode: Mode::Replace, now: now() },
            Request::File { name: "a.json".to_owned(), bytes: file.len() as u64, modified },
            Request::Slice(csv.clone().into_bytes()),
            Request::EndOfFile,
            Request::File { name: "b.json".to_owned(), bytes: file.len() as u64, modified },
            Request::Slice(file.into_bytes()),
            Request::EndOfFile,
            Request::Commit,
            Request::SetAsOf(as_of.map(Timestamp::from_unix)),
            Request::Query(Query { limit: 100, ..Query::default() }),
            Request::Card(RowId(0)),
        ] {
            answered(&mut session, request);
        }
        // Times have a text wherever one is shown or exported.
        let text = |reply: &Reply| serde_json::to_string(reply).unwrap();
        for request in [Request::Overview, Request::Query(Query { limit: 100, ..Query::default() })] {
            let reply = session.handle(request);
            prop_assert_eq!(&serde_json::from_str::<Reply>(&text(&reply)).unwrap(), &reply);
        }
    }
}
