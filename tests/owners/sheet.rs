//! `users.csv` there and back: rows that were filled in are decisions.

use credential_report_viewer::checks::CheckId;
use credential_report_viewer::export::{ExportRequest, Form, Separator};
use credential_report_viewer::review::{Action, Checks, Decision, Fault, State, Target};
use credential_report_viewer::session::{DecisionPage, DecisionQuery, Mode, Reply, Request, Session};
use proptest::prelude::*;

use super::{open, opened, session};
use crate::common;

fn decisions(session: &mut Session) -> DecisionPage {
    match session.handle(Request::Decisions(DecisionQuery { limit: 1000, ..DecisionQuery::default() })) {
        Reply::Decisions(page) => *page,
        other => panic!("{other:?}"),
    }
}

/// A sheet as exported, parsed: names of columns and rows.
fn exported(session: &mut Session) -> Vec<Vec<String>> {
    let text = common::export_as(session, Form::UsersCsv.into());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn place(sheet: &[Vec<String>], column: &str) -> usize {
    sheet[0].iter().position(|name| name == column).unwrap()
}

/// Fills in cells of the row of a user.
fn fill(sheet: &mut [Vec<String>], user: &str, account: &str, cells: &[(&str, &str)]) {
    let (of_user, of_account) = (place(sheet, "user"), place(sheet, "account"));
    let is_meant = |row: &&Vec<String>| row[of_user] == user && row[of_account].replace('-', "") == account;
    let number = sheet.iter().position(|row| is_meant(&row)).unwrap();
    for (column, cell) in cells {
        let at = place(sheet, column);
        (*cell).clone_into(&mut sheet[number][at]);
    }
}

/// A form in which a spreadsheet writes a table.
fn written(sheet: &[Vec<String>], delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    for row in sheet {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

const KEEP: [(&str, &str); 5] = [
    ("decision", "keep"),
    ("reason", "Vendor appliance, \"no role\",\n=until April; 予算"),
    ("by", "'@k.sato"),
    ("on", "2026-09-10"),
    ("until", "2026-12-31"),
];

#[test]
fn every_form_of_spreadsheets_gives_the_same_decisions() {
    let (mut first, _) = opened(&[]);
    let mut sheet = exported(&mut first);
    fill(&mut sheet, "ann", common::ACCOUNT, &KEEP);
    let delete = [("decision", "DELETE"), ("by", "佐藤"), ("on", "2026/9/10"), ("until", "31.12.2026")];
    fill(&mut sheet, "bob", common::ACCOUNT, &delete);
    let text = written(&sheet, b',');
    let utf16: Vec<u8> =
        format!("\u{feff}{}", written(&sheet, b'\t')).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms = [
        text.clone().into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        written(&sheet, b';').into_bytes(),
        utf16,
        encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(),
    ];
    for (number, bytes) in forms.iter().enumerate() {
        let (mut session, _) = opened(&[]);
        let overview = open(&mut session, Mode::Add, &[("users.csv", bytes)]);
        assert_eq!((overview.review.decisions, overview.review.not_saved), (2, 2), "{number}");
        let page = decisions(&mut session);
        let [keep, delete] = page.decisions.as_slice() else { panic!("{page:?}") };
        assert_eq!((keep.state, delete.state), (State::InForce, State::Open), "{number}");
        let Decision { id, action, checks, reason, by, target, .. } = keep.decision.clone().unwrap();
        assert_eq!((action, reason.as_str(), by.as_str()), (Action::Keep, KEEP[1].1, "@k.sato"), "{number}");
        assert!(id.starts_with("2026-09-10-L"), "{id}");
        let ids = ["access-key-not-rotated", "access-key-unused", "user-dormant"]
            .map(|id| CheckId::from_name(id).unwrap());
        assert_eq!(checks, Some(Checks::of(ids)), "{number}");
        let Target::User { user_created, credential, .. } = target else { panic!("{target:?}") };
        assert_eq!((user_created, credential), (Some(common::time(&common::days_ago(1))), None), "{number}");
        assert_eq!(delete.decision.clone().unwrap().by, "佐藤", "{number}");
    }
}

#[test]
fn a_time_that_a_spreadsheet_cut_to_the_minute_binds_to_the_user() {
    let (mut session, _) = opened(&[]);
    let mut sheet = exported(&mut session);
    fill(&mut sheet, "ann", common::ACCOUNT, &KEEP);
    fill(&mut sheet, "ann", common::ACCOUNT, &[("created_utc", "2026/9/10 13:15")]);
    open(&mut session, Mode::Add, &[("users.csv", written(&sheet, b',').as_bytes())]);
    let page = decisions(&mut session);
    assert_eq!(page.decisions[0].state, State::InForce, "{page:?}");
}

#[test]
fn an_untouched_sheet_decides_nothing_and_a_broken_row_costs_no_other() {
    let (mut session, _) = opened(&[]);
    let mut sheet = exported(&mut session);
    let overview = open(&mut session, Mode::Add, &[("users.csv", written(&sheet, b',').as_bytes())]);
    assert_eq!(overview.review.decisions, 0);
    fill(&mut sheet, "ann", common::ACCOUNT, &KEEP);
    fill(&mut sheet, "ann", common::OTHER, &KEEP);
    fill(&mut sheet, "ann", common::OTHER, &[("until", "5/6/2027")]);
    open(&mut session, Mode::Add, &[("users.csv", written(&sheet, b',').as_bytes())]);
    let page = decisions(&mut session);
    let mut states: Vec<State> = page.decisions.iter().map(|decision| decision.state).collect();
    states.sort_unstable();
    assert_eq!(states, [State::Invalid, State::InForce]);
    let invalid = page.decisions.iter().find_map(|decision| decision.invalid.clone()).unwrap();
    let place = invalid.place.unwrap();
    let line = sheet.iter().position(|row| row[3] == "ann" && row[0].starts_with("2109")).unwrap() as u32 + 2;
    assert_eq!((place.file.as_str(), place.cell.as_deref()), ("users.csv", Some("until")));
    // A cell with a line break stands above it, where the other account comes later.
    assert!(place.line == line || place.line == line - 1, "{place:?} {line}");
    assert!(matches!(invalid.fault, Fault::UnreadableDay { .. }));
}

#[test]
fn a_sheet_takes_the_place_of_its_former_self_and_two_may_answer_on_one_day() {
    let (mut session, _) = opened(&[]);
    let mut sheet = exported(&mut session);
    fill(&mut sheet, "ann", common::ACCOUNT, &KEEP);
    let first = written(&sheet, b',');
    open(&mut session, Mode::Add, &[("ann.csv", first.as_bytes())]);
    open(&mut session, Mode::Add, &[("ann.csv", first.as_bytes())]);
    assert_eq!(decisions(&mut session).matching, 1);
    // The same row in another file says nothing new; another decision in the same line is one more.
    open(&mut session, Mode::Add, &[("copy.csv", first.as_bytes())]);
    assert_eq!(decisions(&mut session).matching, 1);
    fill(&mut sheet, "ann", common::ACCOUNT, &[("decision", "ask")]);
    open(&mut session, Mode::Add, &[("bea.csv", written(&sheet, b',').as_bytes())]);
    let page = decisions(&mut session);
    assert_eq!(page.matching, 2);
    assert!(page.decisions.iter().all(|decision| decision.state != State::Invalid), "{page:?}");
}

/// A sheet about `ann`, with its time of creation as a spreadsheet cuts it.
fn cut_sheet() -> String {
    let (mut session, _) = opened(&[]);
    let mut sheet = exported(&mut session);
    fill(&mut sheet, "ann", common::ACCOUNT, &KEEP);
    fill(&mut sheet, "ann", common::ACCOUNT, &[("created_utc", "2026/9/10 13:15")]);
    written(&sheet, b',')
}

#[test]
fn a_sheet_before_its_report_waits_for_it() {
    let (text, reports) = (cut_sheet(), super::reports());
    let (sheet, report) = (("users.csv", text.as_bytes()), ("report.csv", reports.as_bytes()));
    for files in [[sheet, report], [report, sheet]] {
        let mut session = super::session();
        let overview = open(&mut session, Mode::Replace, &files);
        assert_eq!(overview.review.in_state(State::InForce), 1);
    }
    // In a batch of its own, too.
    for mode in [Mode::Replace, Mode::Add] {
        let mut session = super::session();
        session.handle(Request::Begin { mode, now: common::time(common::NOW) });
        super::feed(&mut session, sheet.0, sheet.1);
        assert_eq!(session.handle(Request::Commit), Reply::NoResult);
        let overview = open(&mut session, mode, &[report]);
        assert_eq!((overview.review.in_state(State::InForce), overview.review.not_saved), (1, 1));
        let page = decisions(&mut session);
        let Some(Decision { target: Target::User { user_created, .. }, .. }) = &page.decisions[0].decision
        else {
            panic!("{page:?}")
        };
        assert_eq!(*user_created, Some(common::time(&common::days_ago(1))));
    }
}

#[test]
fn a_sheet_waits_through_a_report_of_another_account() {
    let (text, reports) = (cut_sheet(), super::reports());
    let other = common::report(&[common::in_account(common::user("ann"), common::OTHER)]);
    let mut session = super::session();
    let overview =
        open(&mut session, Mode::Replace, &[("users.csv", text.as_bytes()), ("other.csv", other.as_bytes())]);
    assert_eq!(overview.review.in_state(State::AccountNotLoaded), 1);
    let overview = open(&mut session, Mode::Replace, &[("report.csv", reports.as_bytes())]);
    assert_eq!(overview.review.in_state(State::InForce), 1);
}

#[test]
fn a_sheet_and_the_decisions_that_it_was_exported_with_count_once_in_any_order() {
    let (mut session, _) = opened(&[]);
    let mut sheet = exported(&mut session);
    fill(&mut sheet, "ann", common::ACCOUNT, &KEEP);
    let first = written(&sheet, b',');
    open(&mut session, Mode::Add, &[("users.csv", first.as_bytes())]);
    let saved = common::export_as(&mut session, Form::Decisions.into());
    // As a person would name it.
    let saved = saved.replace("2026-09-10-L", "2026-09-10-0");
    let (sheet, decided) = (("users.csv", first.as_bytes()), ("decisions.json", saved.as_bytes()));
    for files in [[sheet, decided], [decided, sheet]] {
        let (mut session, _) = opened(&[]);
        let overview = open(&mut session, Mode::Add, &files);
        assert_eq!((overview.review.decisions, overview.review.not_saved), (1, 0));
        let (mut session, _) = opened(&[]);
        open(&mut session, Mode::Add, &files[..1]);
        let overview = open(&mut session, Mode::Add, &files[1..]);
        assert_eq!((overview.review.decisions, overview.review.not_saved), (1, 0));
    }
}

#[test]
fn sheets_that_answer_in_one_line_are_named_alike_in_any_order() {
    let (mut session, _) = opened(&[]);
    let mut sheet = exported(&mut session);
    fill(&mut sheet, "ann", common::ACCOUNT, &KEEP);
    let ann = written(&sheet, b',');
    fill(&mut sheet, "ann", common::ACCOUNT, &[("decision", "ask")]);
    let bea = written(&sheet, b',');
    let (ann, bea) = (("ann.csv", ann.as_bytes()), ("bea.csv", bea.as_bytes()));
    let [first, second] = [[ann, bea], [bea, ann]].map(|files| {
        let (mut session, _) = opened(&[]);
        open(&mut session, Mode::Add, &files);
        common::export_as(&mut session, Form::Decisions.into())
    });
    assert_eq!(first, second);
}

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-z=+@,;\"'\t\n\r 山田－-]{0,12}").unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2016),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// What is written as our export writes it, with guards, is read as it was.
    #[test]
    fn texts_survive_the_round_trip(
        reason in text(),
        by in "[a-z=+@－'山][a-z@.,;\"山 ]{0,8}[a-z山]",
        ticket in text(),
        separator in proptest::sample::select(vec![b',', b';', b'\t']),
    ) {
        let guard = |text: &str| credential_report_viewer::report::guarded(text).into_owned();
        let (mut first, _) = opened(&[]);
        let mut sheet = exported(&mut first);
        let reason = format!("because {reason}");
        let cells = [
            ("decision", "keep".to_owned()),
            ("reason", guard(&reason)),
            ("by", guard(&by)),
            ("on", "2026-09-10".to_owned()),
            ("until", "2026-12-31".to_owned()),
            ("ticket", guard(&ticket)),
        ];
        let cells: Vec<(&str, &str)> = cells.iter().map(|(column, cell)| (*column, cell.as_str())).collect();
        fill(&mut sheet, "bob", common::ACCOUNT, &cells);
        let mut session = session();
        let reports = super::reports();
        let text = written(&sheet, separator);
        open(&mut session, Mode::Replace, &[("r.csv", reports.as_bytes()), ("users.csv", text.as_bytes())]);
        let page = decisions(&mut session);
        prop_assert_eq!(page.matching, 1);
        let decision = page.decisions[0].decision.clone();
        let invalid = page.decisions[0].invalid.clone();
        if reason.trim().chars().count() < 10 {
            let is_short = matches!(invalid.unwrap().fault, Fault::ShortReason { .. });
            prop_assert!(is_short);
        } else {
            let decision = decision.unwrap();
            prop_assert_eq!(decision.reason, reason.trim());
            prop_assert_eq!(decision.by, by.trim());
            prop_assert_eq!(decision.ticket, ticket.trim());
        }
    }
}

#[test]
fn a_redacted_sheet_is_refused_row_by_row() {
    let (mut session, _) = opened(&[]);
    let redaction = Some(credential_report_viewer::export::RedactionKey::new([7; 32]));
    let request = ExportRequest { redaction, separator: Separator::Semicolon, ..Form::UsersCsv.into() };
    let text = common::export_as(&mut session, request);
    let overview = open(&mut session, Mode::Add, &[("users.csv", text.as_bytes())]);
    assert_eq!(overview.review.decisions, 0);
}
