//! Markdown, read by pulldown-cmark.

use credential_report_viewer::export::markdown::MAX_CHARACTERS;
use credential_report_viewer::export::{ExportRequest, Form};
use credential_report_viewer::query::Query;
use credential_report_viewer::text::Language;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::common::{self, fixtures};
use crate::{HOSTILE, ask, crowd, findings, open, report_of_names, users};

/// What a parser sees.
#[derive(Debug, Default)]
struct Seen {
    headings: Vec<String>,
    /// The pieces of code, by item.
    items: Vec<Vec<String>>,
    commands: String,
    comments: Vec<String>,
}

/// Reads Markdown; fails where there is anything that this form does not have: a link, a picture, HTML other
/// than comments, emphasis that names bring in.
fn read(markdown: &str) -> Seen {
    let mut seen = Seen::default();
    let options = Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let (mut in_heading, mut in_commands) = (false, false);
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                seen.headings.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::CodeBlock(kind)) => {
                assert_eq!(kind, CodeBlockKind::Fenced("sh".into()));
                in_commands = true;
            }
            Event::End(TagEnd::CodeBlock) => in_commands = false,
            Event::TaskListMarker(is_ticked) => {
                assert!(!is_ticked);
                seen.items.push(Vec::new());
            }
            Event::Text(text) if in_heading => seen.headings.last_mut().unwrap().push_str(&text),
            Event::Text(text) if in_commands => seen.commands.push_str(&text),
            Event::Text(text) => assert!(!text.contains('@'), "{text}"),
            Event::Code(code) if in_heading => seen.headings.last_mut().unwrap().push_str(&code),
            Event::Code(code) => {
                if let Some(item) = seen.items.last_mut() {
                    item.push(code.into_string());
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = html.trim();
                let inner = html.strip_prefix("<!--").and_then(|html| html.strip_suffix("-->"));
                let inner = inner.unwrap_or_else(|| panic!("{html}"));
                assert!(!inner.contains("--") && !inner.contains('>'), "{html}");
                if !inner.trim().is_empty() {
                    seen.comments.push(inner.trim().to_owned());
                }
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Table(_) | Tag::BlockQuote(_)) => {
                panic!("{event:?}")
            }
            _ => {}
        }
    }
    seen
}

/// A comment's text as it was.
fn decoded(comment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = comment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn markdown(session: &mut credential_report_viewer::session::Session, filter: Option<Query>) -> String {
    common::export_as(session, ask(Form::Markdown, filter))
}

#[test]
fn every_finding_is_an_item_with_its_uid_under_its_account() {
    for fixture in fixtures::all() {
        let mut session = fixture.open();
        let seen = read(&markdown(&mut session, None));
        let findings = findings(&mut session, None);
        assert_eq!(seen.items.len(), findings.len(), "{}", fixture.name());
        let mut uids: Vec<String> = seen.comments.iter().skip(1).map(|comment| decoded(comment)).collect();
        let mut expected: Vec<&str> =
            findings.iter().map(|finding| finding["uid"].as_str().unwrap()).collect();
        uids.sort();
        expected.sort_unstable();
        assert_eq!(uids, expected, "{}", fixture.name());
        let mut accounts: Vec<_> = findings.iter().map(|finding| finding["account"].to_string()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        assert_eq!(seen.headings.len(), 1 + accounts.len(), "{:?}", seen.headings);
        for finding in &findings {
            for command in finding["commands"].as_array().unwrap() {
                assert!(seen.commands.contains(command.as_str().unwrap()));
            }
        }
    }
}

#[test]
fn no_name_is_a_mark() {
    let mut session = open(report_of_names(HOSTILE));
    let text = markdown(&mut session, None);
    let seen = read(&text);
    let known = [
        "Findings in AWS credential reports",
        "Findings in AWS credential reports (continued)",
        "Account 1234-5678-9012",
    ];
    assert!(seen.headings.iter().all(|heading| known.contains(&heading.as_str())), "{:?}", seen.headings);
    for name in users(&mut session) {
        let shown = name.replace(['\r', '\n', '\t'], " ");
        assert!(seen.items.iter().any(|item| item.first() == Some(&shown)), "{name:?}\n{text}");
    }
    // A user with a comma or a line break in the name does not end its line.
    assert_eq!(seen.items.len(), findings(&mut session, None).len());
}

#[test]
fn an_item_says_how_bad_what_since_when_and_what_to_do() {
    let mut session = fixtures::named("neglected.csv").open();
    let text = markdown(&mut session, None);
    let (_, rest) = text.split_once("- [ ] **Critical**").unwrap();
    let (item, _) = rest.split_once("- [ ]").unwrap();
    for part in [" · `<root_account>` · ", "  \n  First step: ", "\n  <!-- root-"] {
        assert!(item.contains(part), "{part:?} is not in {item}");
    }
    assert!(text.contains("Created 20"), "{text}");
    assert!(text.contains("\n  ```sh\n  aws iam "), "{text}");
    let (head, _) = text.split_once("\n## ").unwrap();
    assert!(head.contains("- As of: 2026-09-11 13:15:19 UTC\n"), "{head}");
    assert!(head.contains("- Filters: none, so this is everything\n"), "{head}");
}

#[test]
fn a_filter_is_named_and_japanese_is_japanese() {
    let mut session = fixtures::named("neglected.csv").open();
    let filter = Query { search: "*bella* @x".to_owned(), ..Query::default() };
    let text = markdown(&mut session, Some(filter));
    assert!(text.contains("- Filters: `“*bella* @x”`\n"), "{text}");
    let request = ExportRequest { language: Language::Japanese, ..Form::Markdown.into() };
    let japanese = common::export_as(&mut session, request);
    assert!(japanese.contains("# AWS 認証情報レポートの検出結果"), "{japanese}");
    let english = markdown(&mut session, None);
    assert_eq!(read(&japanese).items.len(), read(&english).items.len());
    let both = |line: &&str| english.lines().any(|other| other == *line);
    let foreign: Vec<&str> = japanese
        .lines()
        .filter(both)
        .filter(|line| {
            let is_code = line.trim_start().starts_with("aws ") || line.trim_start().starts_with("```");
            !line.trim().is_empty() && !line.trim_start().starts_with("<!--") && !is_code
        })
        .collect();
    assert_eq!(foreign, [""; 0]);
}

#[test]
fn a_part_is_no_longer_than_a_tracker_takes_and_each_says_which_it_is() {
    let mut session = open(crowd(150));
    let all = findings(&mut session, None).len();
    let parts: Vec<String> = common::export_parts_as(&mut session, ask(Form::Markdown, None))
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| String::from_utf8(part).unwrap())
        .collect();
    assert!(parts.len() > 3, "{}", parts.len());
    let mut items = 0;
    for (number, part) in (1..).zip(&parts) {
        assert!(part.starts_with(&format!("<!-- part {number} of {} -->\n", parts.len())), "{}", &part[..80]);
        assert!(part.encode_utf16().count() <= MAX_CHARACTERS);
        let seen = read(part);
        assert_eq!(seen.headings.len(), 2, "{:?}", seen.headings);
        assert_eq!(seen.headings[1], "Account 1234-5678-9012");
        items += seen.items.len();
    }
    // All but the last are as full as they can be.
    assert!(parts[..parts.len() - 1].iter().all(|part| part.len() > MAX_CHARACTERS * 9 / 10));
    assert_eq!(items, all);
}

#[test]
fn a_name_that_fills_a_part_is_cut() {
    let long = "n".repeat(100_000);
    let mut session = open(report_of_names(&[&long, "ann"]));
    for part in common::export_parts_as(&mut session, ask(Form::Markdown, None)) {
        assert!(part.len() <= MAX_CHARACTERS);
    }
    let seen = read(&markdown(&mut session, None));
    assert_eq!(seen.items.len(), findings(&mut session, None).len());
}
