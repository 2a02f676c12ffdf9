//! Where two people sign on paper, and what they sign: so that paper and files belong together.

use super::{Markup, Setting};
use crate::overview::Overview;

/// How many files are named.
const NAMED: usize = 20;

/// The statement, how many are decided about, the digests of the files, and a line for each of the two. Where
/// a digest is missing, and is not left out on purpose, how to have it.
pub fn sign_off(markup: &mut Markup, overview: &Overview, is_redacted: bool, setting: &Setting<'_>) {
    let text = setting.text;
    let (t, page) = (&text.review, &text.page);
    markup.leaf("h2", &[], t.sign_off);
    markup.leaf("p", &[], t.sign_off_statement);
    let decided = overview.review.users_decided.into();
    markup.leaf("p", &[], &(text.decide.users_decided)(decided, overview.users.into()));
    markup.open("ul", &[]);
    for input in overview.inputs.iter().take(NAMED) {
        if let Some(digest) = &input.sha256 {
            file(markup, &input.name, digest);
        }
    }
    let more = overview.inputs.len().saturating_sub(NAMED) as u64;
    if more > 0 {
        markup.leaf("li", &[], &(page.and_more)(more));
    }
    if let Some(digest) = &overview.decisions_sha256 {
        file(markup, text.decide.list, digest);
    }
    markup.close();
    let decisions_lack_it = overview.review.decisions > 0 && overview.decisions_sha256.is_none();
    let is_missing = decisions_lack_it || overview.inputs.iter().any(|input| input.sha256.is_none());
    if is_missing && !is_redacted {
        markup.leaf("p", &[("class", "no-digests")], t.no_digests);
    }
    for (who, when) in [(page.print_reviewer, page.print_date), (t.approver, t.approved_on)] {
        markup.open("p", &[("class", "reviewer")]);
        markup.leaf("span", &[], who);
        markup.leaf("span", &[], when);
        markup.close();
    }
}

fn file(markup: &mut Markup, name: &str, digest: &str) {
    markup.open("li", &[]);
    markup.text(name);
    markup.text(" · SHA-256 ");
    markup.leaf("code", &[], digest);
    markup.close();
}
