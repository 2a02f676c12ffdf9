//! The forms beside the findings as JSON, each read back by a parser of another make.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod golden;
mod markdown;
mod ocsf;
mod redaction;
mod tables;

use std::collections::BTreeSet;

use credential_report_viewer::export::{ExportRequest, Form, Purpose, Requirement};
use credential_report_viewer::query::Query;
use credential_report_viewer::session::{Reply, Request, Session};
use serde_json::Value;

use common::{File, Row, file, fixtures, report, root, user};

/// The forms that hold findings or users.
const FORMS: [Form; 5] = [Form::Findings, Form::FindingsCsv, Form::UsersCsv, Form::Markdown, Form::Ocsf];

/// Texts that a spreadsheet, Markdown or HTML takes for more than a text.
const HOSTILE: &[&str] = &[
    "=1+1",
    "+1",
    "-1+cmd|' C calc'!A0",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "'=1",
    "''@x",
    "'plain",
    "\ttab",
    "a\rb",
    "a\nb",
    "a;b",
    "say \"hi\"",
    "@everyone",
    "x--><b>",
    "`code`",
    "``",
    "- [x] done",
    "# heading",
    "[a](example.com)",
    "<https:example.com>",
    "<img src=x>",
    "&amp;",
    "a|b",
    "*bold* _em_ ~~no~~",
    "a\\",
    "{{x}} ${y}",
    "山田 太郎",
];

/// A report of users with these names, each with a key and a password that something is found about.
fn report_of_names(names: &[&str]) -> File {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut rows = vec![root().with("mfa_active", "false")];
    rows.extend(names.iter().map(|name| {
        let row = old(user("x"));
        row.with("user", &quoted(name))
            .with("arn", &quoted(&format!("arn:aws:iam::123456789012:user/{name}")))
    }));
    file("names.csv", report(&rows))
}

/// A user with an old key and an old password without MFA.
fn old(row: Row) -> Row {
    let created = common::days_ago(500);
    row.with("user_creation_time", &created)
        .password()
        .with("mfa_active", "false")
        .key(1, &created, "N/A")
        .with("access_key_1_last_used_region", "N/A")
}

/// A session with one report, judged as of the moment of all tests.
fn open(file: File) -> Session {
    let mut session = common::open(&[file]);
    session.handle(Request::SetAsOf(Some(common::time(common::AS_OF))));
    session
}

fn ask(form: Form, filter: Option<Query>) -> ExportRequest {
    ExportRequest { form, filter, ..ExportRequest::default() }
}

/// The findings as JSON: what every other form is held against.
fn findings(session: &mut Session, filter: Option<Query>) -> Vec<Value> {
    common::exported(session, filter)["findings"].as_array().unwrap().clone()
}

/// The names of users as the session has them: a reader takes blanks off their ends.
fn users(session: &mut Session) -> BTreeSet<String> {
    let names: BTreeSet<String> = findings(session, None)
        .iter()
        .filter_map(|finding| finding["user"].as_str().map(str::to_owned))
        .collect();
    assert!(names.len() > HOSTILE.len() - 3, "{names:?}");
    names
}

/// Many users of one account, a report of several parts.
fn crowd(users: usize) -> File {
    let rows: Vec<Row> = (0..users).map(|number| old(user(&format!("user-{number:06}")))).collect();
    file("crowd.csv", report(&rows))
}

#[test]
fn every_form_has_its_names() {
    let mut names: Vec<&str> = Form::ALL.iter().map(|form| form.name()).collect();
    assert_eq!(Form::default().name(), "findings");
    for form in Form::ALL {
        assert_eq!(serde_json::to_value(form).unwrap(), form.name());
        assert!(form.media_type().contains('/'));
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Form::ALL.len());
}

#[test]
fn every_form_comes_in_parts_that_are_no_larger_than_they_say() {
    let (mut some, mut many) = (open(crowd(600)), open(crowd(4000)));
    for form in FORMS {
        // A user's row is shorter than its findings.
        let session = if form == Form::UsersCsv { &mut many } else { &mut some };
        let parts = common::export_parts_as(session, ask(form, None));
        let most = parts.iter().map(Vec::len).max().unwrap();
        assert!(parts.iter().filter(|part| !part.is_empty()).count() > 1, "{form:?}");
        assert!(most < (1 << 20) + (1 << 16), "{form:?}: {most}");
        let again = common::export_parts_as(session, ask(form, None)).concat();
        assert!(parts.concat() == again, "{form:?}");
        assert!(std::str::from_utf8(&again).is_ok());
    }
}

#[test]
fn a_form_of_nothing_is_whole() {
    let mut session = fixtures::named("neglected.csv").open();
    let nobody = Query { search: "nobody at all".to_owned(), ..Query::default() };
    let whole = |session: &mut Session, form| common::export_as(session, ask(form, Some(nobody.clone())));
    assert_eq!(whole(&mut session, Form::Ocsf), "[]\n");
    assert_eq!(whole(&mut session, Form::FindingsCsv).lines().count(), 1);
    assert_eq!(whole(&mut session, Form::UsersCsv).lines().count(), 1);
    let markdown = whole(&mut session, Form::Markdown);
    assert!(markdown.starts_with("<!-- part 1 of 1 -->\n\n# "), "{markdown}");
    assert!(markdown.ends_with("\nNo findings\n"), "{markdown}");
}

#[test]
fn a_preview_says_what_an_export_holds_and_how_it_begins() {
    let mut session = fixtures::named("neglected.csv").open();
    let some = Query { search: "bella".to_owned(), ..Query::default() };
    for filter in [None, Some(some)] {
        let expected = findings(&mut session, filter.clone()).len() as u64;
        for form in FORMS {
            // One that is under way goes on.
            session.handle(Request::Export(Box::new(Form::Findings.into())));
            let reply = session.handle(Request::Preview(Box::new(ask(form, filter.clone()))));
            let Reply::Preview(preview) = reply else { panic!("{reply:?}") };
            assert_eq!(preview.findings, expected);
            assert_eq!((preview.users, preview.accounts), (if filter.is_some() { 1 } else { 10 }, 1));
            let whole = common::export_as(&mut session, ask(form, filter.clone()));
            let whole = whole.trim_start_matches('\u{feff}').trim_start_matches("<!-- part 1 of 1 -->\n\n");
            for (shown, line) in preview.lines.iter().zip(whole.lines()) {
                assert!(line.starts_with(shown.trim_end_matches('…')), "{form:?}: {shown}");
            }
            assert!(!preview.lines.is_empty() && preview.lines.len() <= 12);
            let missing = [
                (Form::Changes, Requirement::EarlierReport),
                (Form::Letters, Requirement::Owners),
                (Form::Decisions, Requirement::Decisions),
                (Form::DisableScript, Requirement::Decisions),
                (Form::DeleteScript, Requirement::Decisions),
            ];
            assert_eq!(preview.missing, missing);
        }
    }
    // The table of aliases is for one person's eyes.
    let request = ExportRequest {
        redaction: Some(credential_report_viewer::export::RedactionKey::new([1; 32])),
        ..Form::RedactionTable.into()
    };
    let Reply::Preview(preview) = session.handle(Request::Preview(Box::new(request))) else { panic!() };
    assert!(preview.lines.is_empty());
}

#[test]
fn every_form_is_for_something() {
    let named: usize = Purpose::ALL.iter().map(|purpose| purpose.forms().count()).sum();
    assert_eq!(named, Form::ALL.len() - 1);
}

#[test]
fn no_form_begins_where_there_is_no_result() {
    for form in Form::ALL {
        let reply = Session::new().handle(Request::Export(Box::new(form.into())));
        assert_eq!(reply, Reply::NoResult);
    }
}
