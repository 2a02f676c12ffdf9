//! The HTML of cards and rows: whatever a report holds, it stays text.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use credential_report_viewer::accounts::{AccountQuery, AccountSort};
use credential_report_viewer::card::Card;
use credential_report_viewer::checks;
use credential_report_viewer::checks::{CheckId, Preset, Severity, SubjectKind};
use credential_report_viewer::markup::{
    DecisionForm, Markup, Setting, account_details, account_row, closed_card, inside, listed_decision,
    opened, opened_card, problem, read_about, row,
};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::Query;
use credential_report_viewer::remediation;
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::review::{Action, Checks, Day, Decision, ListedDecision, State, Target};
use credential_report_viewer::session::{Reply, Request};
use credential_report_viewer::text::Language;

use common::fixtures::{self, Fixture};
use common::html;

/// Every element that cards and rows are made of.
const TAGS: [&str; 31] = [
    "a", "article", "b", "button", "caption", "code", "dd", "details", "div", "dl", "dt", "footer", "h3",
    "h4", "header", "i", "li", "mark", "ol", "p", "path", "span", "summary", "svg", "table", "tbody", "td",
    "th", "title", "tr", "ul",
];

/// What writes a user.
type Write = fn(&mut Markup, &Card, &Setting<'_>);

fn html_of(write: Write, of: &Card, language: Language, open: bool) -> String {
    with_setting(language, open, |markup, setting| write(markup, of, setting))
}

fn with_setting(language: Language, open: bool, write: impl FnOnce(&mut Markup, &Setting<'_>)) -> String {
    let policy = Policy::default();
    let setting = Setting {
        text: language.text(),
        policy: &policy,
        as_of: Timestamp::from_unix(1_789_132_519),
        day: &|time| time.to_string(),
        moment: &|time| format!("{time} UTC"),
        open,
        terms: &[],
        account_names: &[],
    };
    let mut markup = Markup::default();
    write(&mut markup, &setting);
    markup.finish()
}

/// Walks through the HTML of cards and rows, see [`html::walk`].
fn walk(html: &str) -> (Vec<String>, String) {
    html::walk(html, &TAGS)
}

fn cards(fixture: &Fixture) -> Vec<Card> {
    common::query(&mut fixture.open(), &Query { limit: 1000, ..Query::default() }).cards
}

#[test]
fn whatever_a_report_holds_stays_text() {
    for fixture in fixtures::all() {
        for of in cards(&fixture) {
            let escaped = of
                .user
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;");
            let [card, closed, row, opened]: [Write; 4] = [opened_card, closed_card, row, opened];
            for (write, language, open) in [
                (card, Language::English, true),
                (card, Language::Japanese, false),
                (closed, Language::English, false),
                (closed, Language::Japanese, false),
                (row, Language::English, false),
                (row, Language::Japanese, false),
                (opened, Language::English, false),
            ] {
                let html = html_of(write, &of, language, open);
                let (tags, text) = walk(&html);
                for tag in &tags {
                    let handler = tag.split('"').step_by(2).any(|part| part.trim_start().starts_with("on"));
                    assert!(!handler && !tag.contains(" style="), "{tag}");
                }
                assert!(text.contains(&escaped), "{} is not in {html}", of.user);
            }
        }
    }
}

#[test]
fn whatever_an_account_holds_stays_text() {
    let evil = "<img src=x onerror=alert(1)>\"'&";
    let row = common::user("ann")
        .key(1, &common::days_ago(9), &common::days_ago(1))
        .with("access_key_1_last_used_service", evil);
    let row = common::in_account(row, "123456789012");
    let mut session = common::open(&[common::file(evil, common::report(&[common::root(), row]))]);
    let query = AccountQuery { limit: 9, ..AccountQuery::default() };
    let Reply::Accounts(accounts) = session.handle(Request::Accounts(query)) else { panic!() };
    let policy = Policy::default();
    for language in Language::ALL {
        let setting = Setting {
            text: language.text(),
            policy: &policy,
            as_of: Timestamp::from_unix(1_789_132_519),
            day: &|time| time.to_string(),
            moment: &|time| format!("{time} UTC"),
            open: false,
            terms: &["1234".to_owned()],
            account_names: &[],
        };
        let mut markup = Markup::default();
        for row in &accounts.rows {
            account_row(&mut markup, row, true, &setting);
            account_details(&mut markup, row, &setting);
        }
        let html = markup.finish();
        let (_, text) = walk(&html);
        assert_eq!(text.matches("&lt;img").count(), 2, "the service and the file: {text}");
        assert!(html.contains("<mark>1234-5678-9012</mark>"), "{html}");
        let columns = AccountSort::ALL.len();
        let first = html.split("</tr>").next().unwrap();
        assert_eq!(first.matches("<td").count() + first.matches("<th").count(), columns, "{first}");
    }
}

#[test]
fn a_closed_card_has_the_same_lines_whatever_there_is_to_say() {
    for fixture in fixtures::all() {
        for of in cards(&fixture) {
            let html = html_of(closed_card, &of, Language::English, false);
            assert_eq!(html.matches("data-area=").count(), 3, "{html}");
            assert_eq!(html.matches("class=\"lead\"").count(), 1, "{html}");
            // Raw cells and the name of the file are for those who open it.
            assert!(!html.contains("class=\"raw\"") && !html.contains(&*of.input), "{html}");
            assert_eq!(html.contains("data-severity=\"unknown\""), of.is_not_judged(), "{html}");
        }
    }
}

#[test]
fn that_there_are_no_credentials_is_said_only_where_the_report_tells_so() {
    let kind = |csv: &str| {
        let mut session = common::open(&[common::file("a.csv", csv)]);
        let of = common::query(&mut session, &Query { limit: 1, ..Query::default() }).cards.remove(0);
        [closed_card as Write, row].map(|write| {
            let html = html_of(write, &of, Language::English, false);
            (html.contains("No active credentials"), html.contains("Kind unknown"))
        })
    };
    assert_eq!(kind(&common::report(&[common::user("ann")])), [(true, false); 2]);
    assert_eq!(kind("user,arn\nann,arn:aws:iam::123456789012:user/ann"), [(false, true); 2]);
    let doubtful = common::user("ann").with("access_key_2_active", "maybe");
    assert_eq!(kind(&common::report(&[doubtful])), [(false, true); 2]);
}

#[test]
fn a_card_holds_its_findings_shut_or_open() {
    for of in cards(&fixtures::named("neglected.csv")) {
        let (shut, open) = (
            html_of(opened_card, &of, Language::English, false),
            html_of(opened_card, &of, Language::English, true),
        );
        assert_eq!(shut.matches("<details").count(), of.findings.len());
        assert_eq!(shut.matches("class=\"inside\"").count(), 0);
        assert_eq!(open.matches("class=\"inside\"").count(), of.findings.len());
        for finding in &of.findings {
            assert!(shut.contains(&format!("data-check=\"{}\"", finding.check.name())));
        }
    }
}

#[test]
fn a_row_has_a_cell_for_each_column_of_the_table() {
    for of in cards(&fixtures::named("neglected.csv")) {
        let html = html_of(row, &of, Language::English, false);
        assert_eq!(html.matches("<td").count() + html.matches("<th").count(), 9, "{html}");
        for severity in Severity::ALL {
            let count = of.findings.iter().filter(|finding| finding.severity == severity).count();
            let name = Language::English.text().severity(severity);
            let told = format!("<span class=\"visually-hidden\">{name} </span>{count}</span>");
            assert_eq!(html.contains(&told), count > 0, "{html}");
        }
        assert!(html_of(opened, &of, Language::English, false).contains("<td colspan=\"9\">"));
    }
}

#[test]
fn a_problem_on_paper_says_why_and_what_to_do() {
    for check in checks::ids() {
        for language in Language::ALL {
            let text = language.text();
            let mut markup = Markup::default();
            problem(&mut markup, check, Severity::Info, text);
            let html = markup.finish();
            assert!(html.contains("class=\"mark info\""), "the severity is that of its findings: {html}");
            let first = text.check(check).steps().next().unwrap().split('`').next().unwrap();
            for words in [text.check(check).title, first, text.page.why, text.page.fix] {
                assert!(html.contains(words), "{words} is not in {html}");
            }
            assert_eq!(
                html.matches("class=\"frameworks\"").count(),
                usize::from(!check.check().frameworks.is_empty())
            );
        }
    }
}

#[test]
fn an_age_that_no_check_asks_about_has_no_gauge() {
    let user = cards(&fixtures::named("neglected.csv")).into_iter().find(|card| {
        card.password_enabled.value == Some(true)
            && card.access_keys.iter().any(|key| key.active.value == Some(true))
    });
    let user = user.unwrap();
    let gauges = |policy: Policy| {
        let setting = Setting {
            text: Language::English.text(),
            policy: &policy,
            as_of: Timestamp::from_unix(1_789_132_519),
            day: &|time| time.to_string(),
            moment: &|time| format!("{time} UTC"),
            open: false,
            terms: &[],
            account_names: &[],
        };
        let mut markup = Markup::default();
        opened_card(&mut markup, &user, &setting);
        markup.finish().matches("class=\"gauge\"").count()
    };
    // This preset asks how old keys are, not passwords.
    assert_eq!(gauges(Policy::default()), gauges(Preset::Cis12.policy()) + 1);
}

#[test]
fn where_a_key_is_told_by_its_creation_the_commands_say_which_id_to_put_in() {
    let mut of_two = 0;
    for fixture in fixtures::all() {
        for finding in cards(&fixture).iter().flat_map(|of| &of.findings) {
            let is_key = finding.subject.kind == SubjectKind::AccessKey;
            let deactivate = finding.evidence.deactivate.and_then(|key| key.created);
            let created = finding.subject.created.filter(|_| is_key).or(deactivate);
            let html =
                with_setting(Language::English, false, |markup, setting| inside(markup, finding, setting));
            let is_told = created.is_some() && !remediation::commands(finding).is_empty();
            let is_withheld = remediation::is_withheld(finding);
            assert_eq!(html.contains("class=\"hint\""), is_told || is_withheld, "{}", finding.uid);
            if let Some(created) = created.filter(|_| is_told) {
                assert!(html.contains(created.to_string().trim_end_matches('Z')), "{}", finding.uid);
            }
            of_two += u32::from(is_told && deactivate.is_some());
        }
    }
    assert!(of_two > 0);
}

/// A decision about the account of a made-up user.
fn decision(reason: &str) -> Decision {
    Decision {
        id: "2026-11-25-001".to_owned(),
        account: "123456789012".to_owned(),
        target: Target::User {
            arn: "arn:aws:iam::123456789012:user/a<b".to_owned(),
            user_created: None,
            credential: None,
        },
        action: Action::Keep,
        checks: Some(Checks::All),
        reason: reason.to_owned(),
        by: "k.sato@example.com".to_owned(),
        on: Day::parse("2026-11-25").unwrap(),
        until: Day::parse("2027-04-30").unwrap(),
        approved_by: String::new(),
        ticket: "SEC-1".to_owned(),
        note: String::new(),
    }
}

#[test]
fn what_is_decided_is_escaped_and_a_broad_exception_is_called_so() {
    let one = ListedDecision {
        place: 3,
        decision: Some(decision("<img src=x> \"quoted\"")),
        state: State::Expired,
        invalid: None,
        row: None,
        accepts: 0,
        worst: None,
        is_grave: false,
        is_self_review: true,
    };
    for language in Language::ALL {
        let html = with_setting(language, false, |markup, setting| listed_decision(markup, &one, setting));
        assert!(!html.contains("<img") && !html.contains("a<b"), "{html}");
        assert!(html.contains(language.text().decide.is_broad), "{html}");
        assert!(html.contains(language.text().review.self_review), "{html}");
        assert!(html.contains("data-place=\"3\""), "{html}");
        assert!(html.contains("data-state=\"expired\""), "{html}");
    }
}

#[test]
fn the_form_of_a_decision_offers_what_can_be_done() {
    let (then, now) = (Timestamp::from_unix(1_700_000_000), Timestamp::from_unix(1_789_132_519));
    let offers = |about, action| DecisionForm::new(about, then, now, "me").actions.contains(&action);
    assert!(offers(Some(SubjectKind::AccessKey), Action::Rotate));
    assert!(!offers(Some(SubjectKind::AccessKey), Action::AddMfa));
    assert!(!offers(Some(SubjectKind::User), Action::Rotate));
    assert!(!offers(Some(SubjectKind::Account), Action::Delete));
    assert!(!offers(None, Action::Rotate));
    // It counts from the day of the report on, lest it count only as of a later one.
    assert_eq!(DecisionForm::new(None, then, now, "me").days.0, "2023-11-14");
    let form = DecisionForm::of(&decision("because of an appliance"));
    assert_eq!((form.days.0.as_str(), form.days.1.as_str()), ("2026-11-25", "2027-04-30"));
    assert!(form.is_broad);
    let work = Decision { action: Action::Disable, checks: None, ..decision("") };
    assert!(!DecisionForm::of(&work).actions.contains(&Action::Keep));
}

#[test]
fn what_a_button_is_about_is_read_as_it_is_written() {
    let check = CheckId::from_name("access-key-unused");
    assert_eq!(read_about("user 0"), Some((SubjectKind::User, None, None)));
    assert_eq!(read_about("access-key 2"), Some((SubjectKind::AccessKey, Some(2), None)));
    assert_eq!(read_about("access-key 1 access-key-unused"), Some((SubjectKind::AccessKey, Some(1), check)));
    assert_eq!((read_about("nothing 0"), read_about("user 0 nothing"), read_about("")), (None, None, None));
}
