//! By problem: each check, how it went, and all whom it concerns.

use super::{Markup, Setting};
use crate::assessment::CheckTally;
use crate::card::{AreaStatus, Card};
use crate::checks::{Area, SubjectKind};
use crate::overview::Overview;
use crate::problems;
use crate::query::{Cards, Query};

/// The problems that a filter [by finding](Query::by_finding) leaves, to unfold; what is inside is
/// made when one is opened.
pub fn problems(markup: &mut Markup, overview: &Overview, filter: &Query, setting: &Setting<'_>) {
    for area in Area::ALL {
        let tallies = problems::of_area(&overview.checks, area, filter);
        if tallies.is_empty() {
            continue;
        }
        markup.open("section", &[("class", "problem-area")]);
        markup.leaf("h2", &[], setting.text.area(area));
        for tally in &tallies {
            problem(markup, tally, setting);
        }
        markup.close();
    }
}

fn problem(markup: &mut Markup, tally: &CheckTally, setting: &Setting<'_>) {
    let text = setting.text;
    let status = match (tally.by_severity.worst(), tally.on) {
        (Some(severity), _) => AreaStatus::Found(severity),
        (None, true) if tally.passed > 0 => AreaStatus::Fine,
        (None, true) if tally.not_judged > 0 => AreaStatus::NotJudged,
        _ => AreaStatus::NotApplicable,
    };
    let counts = (text.page.tally)(tally.failed, tally.passed, tally.not_judged);
    let class = format!("problem {}", status.name());
    let (check, failed) = (tally.check.name(), tally.failed.to_string());
    markup.open("details", &[("class", &class), ("data-check", check), ("data-failed", &failed)]);
    markup.open("summary", &[("data-stop", ""), ("tabindex", "0")]);
    markup.status(status);
    markup.leaf("b", &[], text.check(tally.check).title);
    markup.leaf("span", &[("class", "tally")], if tally.on { &counts } else { text.page.check_off });
    markup.close();
    markup.close();
}

/// What is inside a problem: why it matters, what to do, and whom it concerns. The list of users is empty
/// until [`concerned`] fills it.
pub fn problem_inside(markup: &mut Markup, tally: &CheckTally, overview: &Overview, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let check = text.check(tally.check);
    markup.open("div", &[("class", "inside")]);
    markup.open("p", &[]);
    markup.rich_leaf("span", &[], check.why);
    markup.close();
    markup.open("ol", &[("class", "fix")]);
    for step in check.steps() {
        markup.open("li", &[]);
        markup.rich_leaf("span", &[], step);
        markup.close();
    }
    markup.close();
    if tally.check.check().rule.subject() == SubjectKind::Account {
        let digits = problems::accounts(&overview.account_findings, tally.check);
        markup.open("ul", &[("class", "concerned")]);
        for digits in &digits {
            markup.open("li", &[]);
            markup.leaf("b", &[("class", "account")], &setting.account(digits));
            markup.close();
        }
        // Those without a number are not named, but none of them is among more than can be shown.
        if tally.failed > Cards::ACCOUNT_FINDINGS as u64 {
            markup.leaf("li", &[], &(t.and_more)(tally.failed - digits.len() as u64));
        }
        markup.close();
    } else if tally.users > 0 {
        markup.leaf("ul", &[("class", "concerned"), ("data-users", "")], "");
        let to = format!("clear&view=cards&check={}", tally.check.name());
        markup.leaf("button", &[("type", "button"), ("data-go", &to)], &(t.show_users)(tally.users));
    }
    markup.close();
}

/// The users that a problem concerns, the first of them.
pub fn concerned(markup: &mut Markup, cards: &[Card], setting: &Setting<'_>) {
    for card in cards {
        markup.open("li", &[]);
        markup.leaf("b", &[], &card.user);
        if let Some(digits) = &card.account {
            markup.text(" ");
            markup.leaf("span", &[("class", "account")], &setting.account(digits));
        }
        markup.close();
    }
}
