//! Letters: an owner sees her or his users, and nobody else's.

use credential_report_viewer::export::{ExportRequest, Form, Requirement, answer_by};
use credential_report_viewer::markup::{Markup, Setting, letters as on_paper};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::Query;
use credential_report_viewer::review::Day;
use credential_report_viewer::session::{Reply, Request};
use credential_report_viewer::text::Language;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::opened;
use crate::common;

const OWNERS: &str = "user,account,owner,email,team,active\n\
                      ann,123456789012,Ann *Lee*,ann@x.com,Core,true\n\
                      bob,123456789012,Bea <b>,bea@x.com,,false\n\
                      ann,210987654321,Bea <b>,bea@x.com,,false\n\
                      bob,123456789012,Ann *Lee*,ann@x.com,Core,\n";

fn letters(request: ExportRequest) -> Vec<String> {
    let (mut session, _) =
        opened(&[("owners.csv", OWNERS), ("accounts.csv", "account,name\n210987654321,Dev\n")]);
    let parts = common::export_parts_as(&mut session, request);
    parts.into_iter().map(|part| String::from_utf8(part).unwrap()).collect()
}

#[test]
fn each_owner_gets_a_letter_and_sees_no_other_users() {
    let letters = letters(Form::Letters.into());
    let [ann, bea, nobody] = letters.as_slice() else { panic!("{letters:?}") };
    let headings = |letter: &str| {
        let users = letter.lines().filter_map(|line| line.strip_prefix("## "));
        users.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(headings(ann), ["`ann`", "`bob`"]);
    assert_eq!(headings(bea), ["`bob`", "`ann`"]);
    assert_eq!(headings(nobody), ["`<root_account>`", "`cid`"]);
    assert!(
        ann.starts_with(
            "<!-- 1 / 3 -->\n\n# Please review your AWS users\n\n- To: `Ann *Lee*` `ann@x.com`\n"
        )
    );
    assert!(ann.contains("- Reply by: 2026-09-25\n"), "{ann}");
    assert!(!ann.contains("2109") && bea.contains("Account `2109-8765-4321` `Dev`"), "{bea}");
    assert!(bea.contains("no longer active") && !ann.contains("no longer active"));
    assert!(nobody.contains("# AWS users without an owner"));
    for letter in &letters {
        let users = headings(letter).len();
        assert_eq!(letter.matches("- [ ] Delete the user").count(), users);
        assert_eq!(letter.matches("- [ ] ").count(), 5 * users);
    }
    assert!(ann.contains("- **Medium**: Access key 1 is 200 days old"), "{ann}");
}

#[test]
fn letters_are_had_for_one_owner_in_japanese_or_redacted() {
    let filter = Some(Query { owners: vec!["BEA@x.com".to_owned()], ..Query::default() });
    let request = ExportRequest { filter, language: Language::Japanese, ..Form::Letters.into() };
    let [bea] = letters(request).try_into().unwrap();
    assert!(bea.contains("# AWS ユーザーの確認のお願い") && bea.contains("回答期限: 2026-09-25"), "{bea}");
    assert!(!bea.contains("Ann"), "{bea}");
}

#[test]
fn letters_ask_for_an_answer_by_the_day_that_is_chosen() {
    let request = ExportRequest { answer_by: Day::parse("2026-10-09"), ..Form::Letters.into() };
    for letter in letters(request) {
        assert!(letter.contains("- Reply by: 2026-10-09\n"), "{letter}");
        assert!(letter.contains("reply by 2026-10-09.") && !letter.contains("2026-09-25"), "{letter}");
    }
    assert_eq!(Day::parse("2026-09-25"), Some(answer_by(common::time(common::AS_OF))));
}

#[test]
fn without_owners_letters_are_refused() {
    let (mut session, _) = opened(&[]);
    let reply = session.handle(Request::Export(Box::new(Form::Letters.into())));
    assert!(matches!(reply, Reply::Refused { .. }));
    assert_eq!(Form::Letters.requires(), Some(Requirement::Owners));
    assert!(Form::Letters.is_in_files());
}

#[test]
fn nothing_in_a_name_is_a_mark() {
    let owners = "user,account,owner,email\nann,123456789012,\"# x](y) `z`\n- [x] @all <img>\",\n";
    let (mut session, _) = opened(&[("owners.csv", owners)]);
    let letters = common::export_as(&mut session, Form::Letters.into());
    let events: Vec<Event<'_>> = Parser::new_ext(&letters, Options::all()).collect();
    let marks = |event: &&Event<'_>| {
        let is_mark =
            matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough));
        let is_html = |html: &str| !html.trim().is_empty() && !html.trim().starts_with("<!-- ");
        is_mark || matches!(event, Event::Html(html) | Event::InlineHtml(html) if is_html(html))
    };
    assert_eq!(events.iter().find(marks), None);
    let code = "# x](y) `z` - [x] @all <img>";
    assert!(
        events.iter().any(|event| matches!(event, Event::Code(name) if name.as_ref() == code)),
        "{letters}"
    );
}

/// Text without blanks, of which Markdown and HTML keep their own.
fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn on_paper_a_letter_says_what_its_markdown_does_a_page_each() {
    let owners = "user,account,owner,email\nann,123456789012,\"# x](y) `z`\n- [x] @all **b** <img>\",\n\
                  bob,123456789012,` a,b&b@x.com\n";
    let (mut session, _) =
        opened(&[("owners.csv", owners), ("accounts.csv", "account,name\n123456789012,A*b*\n")]);
    for language in Language::ALL {
        let request = ExportRequest { language, ..Form::Letters.into() };
        let markdown = common::export_as(&mut session, request);
        let setting = Setting {
            text: language.text(),
            policy: &Policy::default(),
            as_of: common::time(common::AS_OF),
            day: &|time| time.to_string(),
            moment: &|time| time.to_string(),
            open: true,
            terms: &[],
            account_names: &[],
        };
        let mut markup = Markup::default();
        on_paper(&mut markup, &markdown, &setting);
        let html = markup.finish();
        let (_, text) =
            common::html::walk(&html, &["section", "h2", "h3", "p", "ul", "li", "b", "code", "span"]);
        assert_eq!(html.matches("<section class=\"letter\">").count(), 3, "{html}");
        assert_eq!(html.matches("class=\"box\"").count(), markdown.matches("\n- [ ] ").count());
        let page = &language.text().page;
        let signature = format!("{}{}", page.print_reviewer, page.print_date);
        let plain =
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        let said: String = Parser::new_ext(&markdown, Options::all())
            .map(|event| match event {
                Event::Text(text) | Event::Code(text) => text.to_string(),
                _ => String::new(),
            })
            .collect();
        assert_eq!(dense(&plain).replace(&dense(&signature), ""), dense(&said), "{markdown}\n{html}");
    }
}
