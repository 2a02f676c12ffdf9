//! The HTML of what stands round cards and rows: whatever a report holds, it stays text, and every number
//! says what it filters by.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use credential_report_viewer::by_owner::{OwnerGroup, OwnerGroups};
use credential_report_viewer::checks::{Area, Severity, SubjectKind};
use credential_report_viewer::markup::{
    Empty, FailureReason, Markup, NotesPage, Setting, about_accounts, actions, by_owner, charts, concerned,
    failures, foot, how_to, matrix, named_account, notes, origin, preferences, privacy, problem_inside,
    problems, sign_off, source, start, summary,
};
use credential_report_viewer::overview::Overview;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::problems::of_area;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::report::{ReadError, ReadErrorKind};
use credential_report_viewer::review::Owner;
use credential_report_viewer::text::Language;
use credential_report_viewer::view_state::{ResultView, ViewState};

use common::{fixtures, html};

/// Every element that these are made of.
const TAGS: [&str; 36] = [
    "a", "b", "br", "button", "caption", "code", "details", "div", "h2", "h3", "i", "input", "label", "li",
    "nav", "ol", "option", "p", "path", "pre", "rect", "section", "select", "small", "span", "summary",
    "svg", "table", "tbody", "td", "th", "thead", "time", "tr", "ul", "dl",
];

const EVIL: &str = "<img src=x onerror=alert(1)>\"'&";

/// What is written, which must be sound: no style and no handler, for the page's policy forbids them, and
/// every button a real one.
fn written(language: Language, open: bool, write: impl FnOnce(&mut Markup, &Setting<'_>)) -> String {
    let policy = Policy::default();
    let setting = Setting {
        text: language.text(),
        policy: &policy,
        as_of: common::time(common::AS_OF),
        day: &|time| time.to_string(),
        moment: &|time| format!("{time} UTC"),
        open,
        terms: &[],
        account_names: &[],
    };
    let mut markup = Markup::default();
    write(&mut markup, &setting);
    let html = markup.finish();
    let (tags, _) = html::walk(&html, &TAGS);
    for tag in &tags {
        let handler = tag.split('"').step_by(2).any(|part| part.trim_start().starts_with("on"));
        assert!(!handler && !tag.contains(" style="), "{tag}");
        assert!(!tag.starts_with("button") || tag.contains(" type=\"button\""), "{tag}");
    }
    html
}

/// The values of an attribute, as they were before they were escaped.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<String> {
    let begins = format!(" {attribute}=\"");
    let value = |rest: &'h str| rest.split('"').next().unwrap().replace("&amp;", "&");
    html.split(&begins).skip(1).map(value).collect()
}

/// A result with something of all, in which names are HTML.
fn evil() -> Overview {
    let name = "<b>\"&'</b>.csv";
    let bad = common::user("ann")
        .password()
        .with("mfa_active", "false")
        .key(1, &common::days_ago(400), "N/A")
        .with("access_key_2_active", EVIL);
    let other = common::in_account(common::user("bob").password(), common::OTHER);
    let root = common::root().with("mfa_active", "false");
    let mut session = common::open(&[common::file(name, common::report(&[root, bad, other]))]);
    common::overview_of(&mut session)
}

#[test]
fn whatever_a_report_holds_stays_text() {
    let overview = evil();
    let aside = vec![ReadError { file: EVIL.to_owned(), line: None, kind: ReadErrorKind::Empty }; 201];
    for language in Language::ALL {
        let html = written(language, false, |markup, setting| {
            notes(markup, &overview, &aside, NotesPage::default(), setting);
        });
        assert!(
            html.contains("&lt;b&gt;&quot;&amp;'&lt;/b&gt;.csv") && html.contains("&lt;img src=x"),
            "{html}"
        );
        assert_eq!(html.matches("class=\"place\">&lt;img").count(), 200);
        let reason = FailureReason {
            shown: vec![EVIL.to_owned()],
            more: vec![EVIL.to_owned()],
            what: EVIL.to_owned(),
            advice: EVIL.to_owned(),
            how_to: true,
        };
        let reasons = vec![reason; 5];
        let html = written(language, false, |markup, setting| failures(markup, &reasons, true, setting));
        assert_eq!(html.matches("&lt;img").count(), 4 * 5, "{html}");
        assert_eq!(html.split("class=\"others\"").nth(1).unwrap().matches("<h2>").count(), 2, "{html}");
        let html = written(language, false, |markup, setting| privacy(markup, EVIL, setting));
        assert!(html.contains("<code>&lt;img"), "{html}");
    }
}

#[test]
fn owners_are_told_with_what_leads_to_their_users() {
    let owner = Owner {
        name: EVIL.to_owned(),
        email: format!("{EVIL}@x"),
        team: EVIL.to_owned(),
        active: Some(false),
        ..Owner::default()
    };
    let gone =
        OwnerGroup { owner: Some(owner.clone()), users: 3, leavers: 2, overdue: 1, ..OwnerGroup::default() };
    let groups = vec![gone, OwnerGroup { users: 1, ..OwnerGroup::default() }];
    let owners = OwnerGroups { total: 2, offset: 0, groups };
    for language in Language::ALL {
        let html = written(language, false, |markup, setting| by_owner(markup, &owners, setting));
        assert_eq!(values(&html, "data-owner").len(), 1);
        assert_eq!(values(&html, "data-go"), ["clear&view=cards&unowned=yes"]);
        assert_eq!(values(&html, "data-leavers"), ["2", "0"]);
        // Where there is no room for the column of those, the name says it.
        let name = html.split("</th>").find(|cell| cell.contains("data-owner")).unwrap();
        assert!(name.contains(&format!("{}: 2", language.text().owners.left_enabled)), "{html}");
        assert_eq!(values(&html, "class").iter().filter(|class| *class == "left-enabled").count(), 1);
        assert!(html.contains(language.text().owners.has_left) && !html.contains("<img"), "{html}");
    }
    let mut state = ViewState { result_view: ResultView::Owners, ..ViewState::default() };
    assert_eq!(state.to_hash(), "view=owners");
    state.query.search = "ann".to_owned();
    state.turn_owners(1);
    assert_eq!((state.owner_query().offset, state.owner_query().users.search.as_str()), (50, "ann"));
    state.show_users_of_owner(owner.key().to_owned());
    assert_eq!((state.result_view, state.query.search.as_str()), (ResultView::Cards, ""));
    // Who owns what is the report's own, and is in no address.
    assert_eq!(
        (state.query.owners.as_slice(), state.to_hash()),
        (&[owner.key().to_owned()][..], String::new())
    );
}

#[test]
fn an_account_is_called_by_number_and_name() {
    let names = [("111122223333", "Dev"), ("123456789012", "Prod <b>")];
    let names = names.map(|(number, name)| (number.to_owned(), name.to_owned()));
    assert_eq!(named_account(&names, "123456789012"), "1234-5678-9012 Prod <b>");
    assert_eq!(named_account(&names, "123456789013"), "1234-5678-9013");
    assert_eq!(named_account(&[], ""), "");
}

#[test]
fn where_a_digest_is_missing_the_sign_off_says_how_to_have_it() {
    for language in Language::ALL {
        let sentence = language.text().review.no_digests;
        let mut overview = evil();
        let paper = |overview: &Overview, is_redacted: bool| {
            written(language, true, |markup, setting| sign_off(markup, overview, is_redacted, setting))
        };
        assert!(paper(&overview, false).contains(sentence));
        // A redacted paper is to have none.
        assert!(!paper(&overview, true).contains(sentence));
        for input in &mut overview.inputs {
            input.sha256 = Some("0".repeat(64));
        }
        assert!(!paper(&overview, false).contains(sentence));
        overview.review.decisions = 1;
        assert!(paper(&overview, false).contains(sentence));
        overview.decisions_sha256 = Some("1".repeat(64));
        let html = paper(&overview, false);
        assert!(!html.contains(sentence) && html.contains(&"1".repeat(64)), "{html}");
    }
}

#[test]
fn every_part_is_sound_in_every_language() {
    let view = ViewState::default();
    for fixture in fixtures::all() {
        let mut session = fixture.open();
        let overview = common::overview_of(&mut session);
        let cards = common::query(&mut session, &Query { limit: 30, ..Query::default() });
        for language in Language::ALL {
            for open in [false, true] {
                written(language, open, |markup, setting| {
                    source(markup, &overview, setting);
                    origin(markup, &overview, 5 * 3600, setting);
                    actions(markup, &overview, setting);
                    preferences(markup, "dark", setting);
                    charts(markup, &overview, &view, setting);
                    matrix(markup, &overview, &view, setting);
                    summary(markup, &overview.checks, setting);
                    about_accounts(markup, &cards, setting);
                    problems(markup, &overview, &Query::default(), setting);
                    for tally in &overview.checks {
                        problem_inside(markup, tally, &overview, setting);
                    }
                    concerned(markup, &cards.cards, setting);
                    notes(markup, &overview, &[], NotesPage::default(), setting);
                    foot(markup, Some(&overview), true, setting);
                    foot(markup, None, false, setting);
                    how_to(markup, setting);
                    privacy(markup, "", setting);
                    start(markup, setting);
                });
            }
        }
    }
}

#[test]
fn every_number_filters_by_what_it_counts() {
    let mut pressed = 0;
    for fixture in fixtures::all() {
        let mut session = fixture.open();
        let overview = common::overview_of(&mut session);
        let html_in = |view: &ViewState| {
            written(Language::English, false, |markup, setting| {
                charts(markup, &overview, view, setting);
                matrix(markup, &overview, view, setting);
            })
        };
        let html = html_in(&ViewState::default());
        assert!(!html.contains("aria-pressed=\"true\""), "{html}");
        for filters in values(&html, "data-filter") {
            let mut view = ViewState::default();
            view.toggle_filters(&filters);
            assert_eq!(ViewState::filters(&view.query), filters);
            let cards = common::query(&mut session, &view.query);
            assert!(cards.matching > 0 || cards.findings > 0, "{}: {filters}", fixture.name());
            pressed += html_in(&view).matches("aria-pressed=\"true\"").count();
            view.toggle_filters(&filters);
            assert_eq!(view, ViewState::default());
        }
    }
    assert!(pressed > 50, "{pressed}");
}

#[test]
fn what_nothing_is_counted_of_cannot_be_clicked() {
    let overview = evil();
    let html = written(Language::English, false, |markup, setting| {
        charts(markup, &overview, &ViewState::default(), setting);
    });
    for bar in html.split("<button").skip(1) {
        let bar = bar.split('>').next().unwrap();
        assert_eq!(bar.contains(" disabled"), !bar.contains("data-filter"), "{bar}");
        assert_eq!(bar.contains(": 0 "), bar.contains(" disabled"), "{bar}");
    }
}

#[test]
fn a_problem_says_whom_it_concerns_and_leads_to_them() {
    let overview = evil();
    let html = written(Language::English, false, |markup, setting| {
        problems(markup, &overview, &Query::default(), setting);
    });
    assert_eq!(values(&html, "data-check").len(), overview.checks.len());
    // The worst come first.
    let names: Vec<_> = Area::ALL
        .iter()
        .flat_map(|area| of_area(&overview.checks, *area, &Query::default()))
        .map(|tally| tally.check.name().to_owned())
        .collect();
    assert_eq!(values(&html, "data-check"), names);
    let narrow = Query { severities: vec![Severity::Critical], ..Query::default() };
    let critical = written(Language::English, false, |markup, setting| {
        problems(markup, &overview, &narrow, setting);
    });
    assert!(critical.contains("problem critical") && !critical.contains("problem fine"), "{critical}");
    for tally in &overview.checks {
        let html = written(Language::Japanese, false, |markup, setting| {
            problem_inside(markup, tally, &overview, setting);
        });
        let of_users = tally.check.check().rule.subject() != SubjectKind::Account && tally.users > 0;
        let wanted = format!("clear&view=cards&check={}", tally.check.name());
        assert_eq!(values(&html, "data-go"), if of_users { vec![wanted] } else { vec![] });
        assert_eq!(html.contains("data-users"), of_users);
    }
}

#[test]
fn no_match_no_findings_and_nothing_evaluated_are_told_apart() {
    let why = |rows: &str, query: &Query| {
        let mut session = common::open(&[common::file("a.csv", rows.to_owned())]);
        let overview = common::overview_of(&mut session);
        Empty::of(&overview, &common::query(&mut session, query), query)
    };
    let nobody = Query { search: "nobody".to_owned(), ..Query::default() };
    let fine = common::report(&[common::root(), common::user("ann")]);
    let bad = common::report(&[common::user("ann").password().with("mfa_active", "false")]);
    let bare = "user,arn\nbob,arn:aws:iam::111122223333:user/bob\n";
    assert_eq!(why(&fine, &Query::default()), Some(Empty::NoProblems));
    assert_eq!(why(&fine, &nobody), Some(Empty::NoMatch(2)));
    assert_eq!(why(&bad, &Query::default()), None);
    assert_eq!(why(bare, &Query::default()), Some(Empty::NothingEvaluated));
    for empty in [Empty::NoMatch(2), Empty::NoProblems, Empty::NothingEvaluated] {
        for language in Language::ALL {
            let html = written(language, false, |markup, setting| empty.write(markup, setting));
            assert_eq!(html.contains("data-go=\"clear\""), empty == Empty::NoMatch(2), "{html}");
        }
    }
}

#[test]
fn long_lists_are_turned_a_page_at_a_time_and_printed_whole() {
    let report = |number: u32| {
        let row = common::in_account(common::user("ann"), &format!("{number:012}"));
        common::file(&format!("report-{number:02}.csv"), common::report(&[row]))
    };
    let files: Vec<_> = (1..=23).map(report).collect();
    let overview = common::overview_of(&mut common::open(&files));
    let named = |at: NotesPage, open: bool| {
        let html =
            written(Language::English, open, |markup, setting| notes(markup, &overview, &[], at, setting));
        let rows = html.matches("<th scope=\"row\">").count();
        let ways = values(&html, "data-way");
        let disabled: Vec<bool> = html
            .split("data-turn")
            .skip(1)
            .map(|b| b.split('>').next().unwrap().contains("disabled"))
            .collect();
        (rows, ways.len(), disabled)
    };
    let mut at = NotesPage::default();
    assert_eq!(named(at, false), (10, 2, vec![true, false]));
    at.turn("files", true);
    assert_eq!((at.files, at.reasons), (1, 0));
    assert_eq!(named(at, false), (10, 2, vec![false, false]));
    at.turn("files", true);
    assert_eq!(named(at, false), (3, 2, vec![false, true]));
    assert_eq!(named(at, true).0, 23);
    // A page that is not there is the last one.
    at.files = 99;
    assert_eq!(named(at, false).0, 3);
    at.turn("reasons", false);
    assert_eq!(at.reasons, 0);
}

#[test]
fn many_accounts_are_one_line_and_one_account_is_its_finding() {
    let rows = |count: u32| -> Vec<_> {
        (1..=count)
            .map(|number| {
                common::in_account(common::root().with("mfa_active", "false"), &format!("{number:012}"))
            })
            .collect()
    };
    for (count, lines) in [(1, "class=\"about\""), (3, "class=\"about many ")] {
        let mut session = common::open(&[common::file("a.csv", common::report(&rows(count)))]);
        let cards: Cards = common::query(&mut session, &Query::default());
        let html =
            written(Language::English, false, |markup, setting| about_accounts(markup, &cards, setting));
        for about in &cards.about_accounts {
            let title = Language::English.text().check(about.check).title;
            assert!(html.contains(title) && html.contains(lines), "{html}");
        }
        let open =
            written(Language::English, true, |markup, setting| about_accounts(markup, &cards, setting));
        assert_eq!(html.matches(" open=").count(), 0);
        assert!(open.matches(" open=").count() >= cards.about_accounts.len());
    }
}

#[test]
fn what_is_old_or_unknown_is_said_and_what_is_not_is_not() {
    let overview = evil();
    let html = |age: i64| {
        written(Language::English, false, |markup, setting| origin(markup, &overview, age, setting))
    };
    assert!(html(4 * 3600).contains("id=\"old\""));
    assert!(!html(4 * 3600 - 1).contains("id=\"old\""));
    // A clock that is behind tells no age.
    assert_eq!(html(-1).matches("class=\"dot\"").count() + 1, html(0).matches("class=\"dot\"").count());
    assert!(html(0).contains("href=\"#warnings\""));
    let chosen = written(Language::Japanese, false, |markup, setting| preferences(markup, "light", setting));
    assert_eq!(chosen.matches(" selected=").count(), 2);
    assert!(
        chosen.contains("value=\"ja\" lang=\"ja\" selected=\"\"")
            && chosen.contains("value=\"light\" selected")
    );
}
