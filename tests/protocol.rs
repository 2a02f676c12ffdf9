//! Page and worker speak in the form of `postcard`, which has no names: what it cannot carry would be
//! found in a browser only.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use credential_report_viewer::policy::{Policy, Preset};
use credential_report_viewer::query::{DayRange, Idle, Query, SortKey};
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::session::{Mode, Reply, Request, Session};

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
    policy.unused_days = 7;
    let query = Query {
        sort: SortKey::KeyAge,
        search: "アン".to_owned(),
        severities: credential_report_viewer::finding::Severity::ALL.to_vec(),
        checks: credential_report_viewer::checks::ids().collect(),
        accounts: vec!["000000000001".to_owned()],
        kinds: credential_report_viewer::card::Kind::ALL.to_vec(),
        key_age: Some(DayRange { from: 1, to: None }),
        idle: Some(Idle::Days(DayRange { from: 0, to: Some(9) })),
        console_mfa: Some(false),
        ..Query::default()
    };
    for request in [
        Request::Begin { mode: Mode::Add, now: now() },
        Request::File { name: "a.csv".to_owned(), bytes: u64::MAX, modified: None },
        Request::EndOfFile,
        Request::AbandonFile,
        Request::Commit,
        Request::Cancel,
        Request::Overview,
        Request::SetPolicy(policy),
        Request::SetAsOf(Some(now())),
        Request::Query(query.clone()),
        Request::Query(Query { idle: Some(Idle::Never), ..Query::default() }),
        Request::Card(3),
        Request::Export(Some(query)),
        Request::Export(None),
        Request::NextPart,
        Request::Digest(0),
        Request::Close,
    ] {
        assert_eq!(carried_request(&request), request);
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
    let card = session.handle(Request::Card(0));
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
    failed.extend([progress, read, overview, cards, judged, card, session.handle(Request::Digest(9))]);
    failed.extend([Reply::Done, Reply::NoResult, Reply::Part { bytes: Vec::new(), last: true }]);
    for reply in failed {
        assert_eq!(carried_reply(&reply), reply);
    }
}
