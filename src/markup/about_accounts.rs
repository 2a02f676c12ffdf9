//! What concerns whole accounts, above what concerns users: a line for each check.

use super::{Markup, Setting, finding};
use crate::comparison::History;
use crate::finding::Finding;
use crate::query::{AboutAccounts, Cards};

/// A line for each check about accounts that failed.
pub fn about_accounts(markup: &mut Markup, cards: &Cards, setting: &Setting<'_>) {
    for about in &cards.about_accounts {
        let histories = cards.account_histories.iter().copied().chain(std::iter::repeat(None));
        let findings = cards.account_findings.iter().zip(histories);
        let findings = findings.filter(|(finding, _)| finding.check == about.check);
        match (about.failed, findings.clone().next()) {
            (1, Some((item, became))) => {
                markup.open("div", &[("class", "about")]);
                let digits = item.account.as_deref().unwrap_or_default();
                markup.leaf("span", &[("class", "account")], &setting.account(digits));
                markup.open("div", &[]);
                finding(markup, item, became, setting);
                markup.close();
                markup.close();
            }
            _ => many(markup, about, findings, setting),
        }
    }
}

/// A check that many accounts fail: in one line with their number.
fn many<'f>(
    markup: &mut Markup,
    about: &AboutAccounts,
    findings: impl Iterator<Item = (&'f Finding, Option<History>)>,
    setting: &Setting<'_>,
) {
    let text = setting.text;
    let t = &text.page;
    let check = text.check(about.check);
    let class = format!("about many {}", about.severity.name());
    let attributes = [("class", class.as_str()), ("data-check", about.check.name()), ("open", "")];
    markup.open("details", if setting.open { &attributes } else { &attributes[..2] });
    markup.open("summary", &[]);
    markup.severity(about.severity);
    markup.visually_hidden(&format!("{}: ", text.severity(about.severity)));
    markup.leaf("b", &[], check.title);
    markup.text(": ");
    markup.text(&(text.glance.of_accounts)(about.failed, about.of.into()));
    markup.close();
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
    markup.open("ul", &[("class", "concerned")]);
    let mut named = 0;
    for (finding, became) in findings {
        let Some(digits) = finding.account.as_deref() else { continue };
        markup.open("li", &[("class", "account")]);
        markup.text(&setting.account(digits));
        if became.is_some_and(|became| became.cause.is_some()) {
            markup.text(" ");
            markup.leaf("span", &[("class", "history new")], text.changes.new_mark);
        }
        markup.close();
        named += 1;
    }
    if about.failed > named {
        markup.leaf("li", &[], &(t.and_more)(about.failed - named));
    }
    markup.close();
    markup.leaf("button", &[("type", "button"), ("data-go", "view=facts")], t.accounts);
    markup.close();
    markup.close();
}
