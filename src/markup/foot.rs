//! The foot of the page, and of what is printed.

use super::{Markup, Setting};
use crate::overview::Overview;

/// How many accounts the foot of a printed page names.
const NAMED: usize = 12;

/// What the page promises, its version, and on paper who judged what by what, and whether aliases stand for
/// names.
pub fn foot(markup: &mut Markup, overview: Option<&Overview>, is_redacted: bool, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let version = env!("CARGO_PKG_VERSION");
    markup.open("p", &[]);
    markup.text(t.foot_privacy);
    markup.text(" ");
    let attributes = [("type", "button"), ("class", "link"), ("data-panel", "privacy")];
    markup.leaf("button", &attributes, t.check_yourself);
    markup.close();
    markup.leaf("p", &[("class", "version")], &format!("{} {version}", t.name));
    let Some(overview) = overview else { return };
    let named = overview.accounts.iter().take(NAMED).map(|of| setting.account(&of.account));
    let more = overview.accounts.len().saturating_sub(NAMED) as u64;
    let accounts: Vec<String> = named.chain((more > 0).then(|| (t.and_more)(more))).collect();
    markup.open("div", &[("class", "paper")]);
    if is_redacted {
        markup.leaf("p", &[("id", "redacted")], text.export.redacted);
    }
    markup.open("p", &[]);
    for words in [
        t.print_accounts,
        " ",
        &accounts.join(", "),
        " · ",
        t.as_of,
        " ",
        &(setting.moment)(overview.as_of),
        " (",
        text.as_of_source(overview.as_of_source),
        ") · ",
        t.policy,
        " ",
        text.preset(overview.policy.preset()),
        " · ",
        t.name,
        " ",
        version,
    ] {
        markup.text(words);
    }
    markup.close();
    markup.open("p", &[("class", "reviewer")]);
    markup.leaf("span", &[], t.print_reviewer);
    markup.leaf("span", &[], t.print_date);
    markup.close();
    markup.close();
}
