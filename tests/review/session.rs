//! Decisions as the session takes them: beside reports, alone, in a ZIP file; made, changed, withdrawn.

use std::io::Write;

use credential_report_viewer::card::Card;
use credential_report_viewer::checks::{CheckId, Severity, SubjectKind};
use credential_report_viewer::finding::Finding;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::report::{ReadErrorKind, Timestamp};
use credential_report_viewer::review::{Action, Credential, Day, Fault, State, Target};
use credential_report_viewer::session::{
    About, DecisionPage, DecisionQuery, Draft, Mode, Reply, Request, Session, SideKind,
};
use serde_json::json;

use crate::support::{decision, file, time};

pub(crate) const SAMPLE: &str = include_str!("../../src/app/sample.csv");

const NOW: &str = "2026-09-11T13:15:19Z";

pub(crate) fn now() -> Timestamp {
    time(NOW)
}

pub(crate) fn feed(session: &mut Session, name: &str, bytes: &[u8]) -> Reply {
    let (bytes, size) = (bytes.to_vec(), bytes.len() as u64);
    session.handle(Request::File { name: name.to_owned(), bytes: size, modified: Some(now()) });
    for slice in bytes.chunks(100) {
        session.handle(Request::Slice(slice.to_vec()));
    }
    session.handle(Request::EndOfFile)
}

pub(crate) fn open(session: &mut Session, mode: Mode, files: &[(&str, &[u8])]) -> Reply {
    session.handle(Request::Begin { mode, now: now() });
    for (name, bytes) in files {
        feed(session, name, bytes);
    }
    session.handle(Request::Commit)
}

pub(crate) fn overview(reply: Reply) -> Overview {
    match reply {
        Reply::Overview(overview) => *overview,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn sample() -> Session {
    let mut session = Session::new();
    overview(open(&mut session, Mode::Replace, &[("sample.csv", SAMPLE.as_bytes())]));
    session
}

pub(crate) fn cards(session: &mut Session, query: Query) -> Cards {
    match session.handle(Request::Query(Query { limit: 1000, descending: true, ..query })) {
        Reply::Cards(cards) => *cards,
        other => panic!("{other:?}"),
    }
}

fn page(session: &mut Session, query: DecisionQuery) -> DecisionPage {
    match session.handle(Request::Decisions(DecisionQuery { limit: 1000, ..query })) {
        Reply::Decisions(page) => *page,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn draft(action: Action) -> Draft {
    let on = Day::of(now());
    Draft {
        action,
        checks: None,
        reason: "Vendor appliance cannot use a role".to_owned(),
        by: "k.sato@example.com".to_owned(),
        on,
        until: on.plus(90),
        approved_by: String::new(),
        ticket: String::new(),
        note: String::new(),
    }
}

/// The file of a decision that accepts all of a user of the sample.
pub(crate) fn of_card(card: &Card) -> String {
    let created = card.created.time.unwrap().to_string();
    file(&[decision(&json!({
        "account": card.account, "arn": card.arn, "user_created": created, "on": "2026-09-01",
        "until": "2026-12-31"
    }))])
}

#[test]
fn decisions_are_added_to_the_result_and_outlive_it() {
    let mut session = sample();
    let before = overview(session.handle(Request::Overview));
    let card = cards(&mut session, Query::default()).cards.remove(1);
    let text = of_card(&card);
    session.handle(Request::Begin { mode: Mode::Replace, now: now() });
    let read = feed(&mut session, "decisions.json", text.as_bytes());
    assert_eq!(read, Reply::SideFileRead { kind: SideKind::Decisions, entries: 1 });
    let after = overview(session.handle(Request::Commit));
    let accepted = card.findings.len() as u64;
    assert!(accepted > 0);
    assert_eq!(after.findings, before.findings - accepted);
    assert_eq!((after.review.accepted, after.review.decisions), (accepted, 1));
    assert_eq!((after.review.in_state(State::InForce), after.review.users_decided), (1, 1));
    assert_eq!(after.review.not_saved, 0);
    let Reply::Card(shown) = session.handle(Request::Card(card.row)) else { panic!() };
    assert!(shown.findings.is_empty() && shown.worst.is_none());
    assert_eq!((shown.accepted.len() as u64, shown.decisions.len()), (accepted, 1));
    // Another report takes the place of the first; what was decided stays.
    let replaced = overview(open(&mut session, Mode::Replace, &[("again.csv", SAMPLE.as_bytes())]));
    assert_eq!(replaced.review, after.review);
    assert_eq!(overview(session.handle(Request::SetPolicy(replaced.policy))).review, after.review);
    session.handle(Request::Close);
    let anew = overview(open(&mut session, Mode::Replace, &[("again.csv", SAMPLE.as_bytes())]));
    assert_eq!((anew.findings, anew.review.decisions), (before.findings, 0));
}

#[test]
fn decisions_come_before_a_report_beside_it_and_in_a_zip_file() {
    let card = cards(&mut sample(), Query::default()).cards.remove(1);
    let text = of_card(&card);
    let mut session = Session::new();
    assert_eq!(open(&mut session, Mode::Replace, &[("d.json", text.as_bytes())]), Reply::NoResult);
    let after = overview(open(&mut session, Mode::Replace, &[("sample.csv", SAMPLE.as_bytes())]));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [("d.json", text.as_bytes()), ("sample.csv", SAMPLE.as_bytes())] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let mut packed = Session::new();
    assert_eq!(overview(open(&mut packed, Mode::Replace, &[("all.zip", &zip)])).review, after.review);
    let mut beside = Session::new();
    let files: [(&str, &[u8]); 2] = [("sample.csv", SAMPLE.as_bytes()), ("d.json", text.as_bytes())];
    assert_eq!(overview(open(&mut beside, Mode::Replace, &files)).review, after.review);
}

#[test]
fn a_file_of_another_version_is_refused_by_name() {
    let mut session = sample();
    session.handle(Request::Begin { mode: Mode::Add, now: now() });
    let text = "{\"schema\": \"credential-report-decisions/9\", \"decisions\": []}";
    let Reply::FileFailed(error) = feed(&mut session, "new.json", text.as_bytes()) else { panic!() };
    assert_eq!(error.file, "new.json");
    let ReadErrorKind::UnknownSchema { schema, .. } = error.kind else { panic!() };
    assert_eq!(schema, "credential-report-decisions/9");
}

#[test]
fn what_is_decided_on_a_finding_a_credential_and_a_user_is_about_that_alone() {
    let mut session = sample();
    let all = cards(&mut session, Query::default());
    let is_of_key = |finding: &&Finding| finding.check.name() == "access-key-not-rotated";
    let card = all.cards.iter().find(|card| card.findings.iter().find(is_of_key).is_some()).unwrap();
    let finding = card.findings.iter().find(is_of_key).unwrap();
    let about = About::Finding(card.row, finding.check, finding.subject.slot);
    let after = overview(session.handle(Request::Decide { about, draft: draft(Action::Keep) }));
    assert_eq!((after.review.accepted, after.review.not_saved), (1, 1));
    let made = page(&mut session, DecisionQuery::default()).decisions.remove(0);
    let decision = made.decision.unwrap();
    assert_eq!(decision.id, "2026-09-11-001");
    assert_eq!(decision.checks.unwrap().names(), [finding.check.name()]);
    let Target::User { credential: Some(Credential::AccessKey(creation)), user_created, .. } =
        decision.target
    else {
        panic!()
    };
    assert_eq!((Some(creation.created), user_created), (finding.subject.created, card.created.time));

    let about = About::Credential(card.row, SubjectKind::AccessKey, finding.subject.slot);
    session.handle(Request::Decide { about, draft: draft(Action::Rotate) });
    let about = About::User(card.row);
    let after = overview(session.handle(Request::Decide { about, draft: draft(Action::Ask) }));
    assert_eq!((after.review.decisions, after.review.in_state(State::Open)), (3, 2));
    let ids: Vec<String> = page(&mut session, DecisionQuery::default())
        .decisions
        .into_iter()
        .map(|listed| listed.decision.unwrap().id)
        .collect();
    assert_eq!(ids, ["2026-09-11-001", "2026-09-11-002", "2026-09-11-003"]);
    let Reply::Card(shown) = session.handle(Request::Card(card.row)) else { panic!() };
    assert_eq!(shown.decisions.len(), 3);
    assert_eq!(shown.accepted[0].finding.uid, finding.uid);

    let change = Request::ChangeDecision { place: 0, draft: draft(Action::Disable) };
    assert_eq!(overview(session.handle(change)).review.accepted, 0);
    assert_eq!(overview(session.handle(Request::DecisionsSaved)).review.not_saved, 0);
    let after = overview(session.handle(Request::WithdrawDecisions(vec![0, 2])));
    assert_eq!((after.review.decisions, after.review.not_saved), (1, 2));
}

#[test]
fn what_is_not_sound_is_not_decided() {
    let mut session = sample();
    let row = cards(&mut session, Query::default()).cards[1].row;
    for (draft, fault) in [
        (
            Draft { reason: "short".to_owned(), ..draft(Action::Keep) },
            Fault::ShortReason { characters: 5, least: 10 },
        ),
        (Draft { by: " ".to_owned(), ..draft(Action::Ask) }, Fault::MissingMember("by".to_owned())),
        (draft(Action::Rotate), Fault::RotatesNoKey),
        (
            Draft { until: Day::of(now()).plus(366), ..draft(Action::Ask) },
            Fault::TooLong { days: 366, most: 365 },
        ),
    ] {
        let reply = session.handle(Request::Decide { about: About::User(row), draft });
        assert_eq!(reply, Reply::NotDecided(fault));
    }
    assert_eq!(overview(session.handle(Request::Overview)).review.decisions, 0);
}

#[test]
fn all_that_a_question_matches_is_decided_with_one_reason() {
    let mut session = sample();
    let check = CheckId::from_name("access-key-not-rotated").unwrap();
    let query = Query { checks: vec![check], ..Query::default() };
    let before = cards(&mut session, query.clone());
    assert!(before.matching > 1);
    let about = About::Matching(Box::new(query.clone()));
    let after = overview(session.handle(Request::Decide { about, draft: draft(Action::Keep) }));
    assert_eq!(after.review.accepted, before.findings);
    assert_eq!(after.review.decisions, before.matching);
    assert_eq!(cards(&mut session, query).matching, 0);
    let all = Query { severities: Severity::ALL.to_vec(), ..Query::default() };
    let about = About::Matching(Box::new(all));
    let after = overview(session.handle(Request::Decide { about, draft: draft(Action::Keep) }));
    assert_eq!((after.findings, after.users_with_findings), (0, 0));
    assert!(after.checks.iter().all(|tally| tally.failed == 0 && tally.users == 0));
    assert!(after.accounts.iter().all(|account| account.by_severity.total() == 0));
    let grave = page(&mut session, DecisionQuery { grave: true, ..DecisionQuery::default() });
    assert_eq!(grave.matching, after.review.grave);
    assert!(grave.matching > 0 && grave.decisions.iter().all(|listed| listed.is_grave));
}
