//! What is printed first, on a page of its own: the checks that failed, the worst first.

use super::{Markup, Setting};
use crate::assessment::CheckTally;
use crate::problems;

/// All of it, of every check of a result.
pub fn summary(markup: &mut Markup, checks: &[CheckTally], setting: &Setting<'_>) {
    let text = setting.text;
    let (t, g) = (&text.page, &text.glance);
    let failed = problems::failed(checks);
    markup.leaf("h2", &[], g.summary);
    if failed.is_empty() {
        return;
    }
    markup.open("table", &[]);
    markup.leaf("caption", &[], g.failed_checks);
    markup.open("thead", &[]);
    markup.open("tr", &[]);
    markup.leaf("th", &[("scope", "col")], t.severity);
    markup.leaf("th", &[("scope", "col")], g.check);
    markup.leaf("th", &[("scope", "col"), ("class", "number")], t.findings_heading);
    markup.leaf("th", &[("scope", "col"), ("class", "number")], t.users_heading);
    markup.close();
    markup.close();
    markup.open("tbody", &[]);
    for tally in &failed {
        let Some(severity) = tally.by_severity.worst() else { continue };
        markup.open("tr", &[]);
        markup.open("td", &[("class", severity.name())]);
        markup.open("span", &[("class", "severity")]);
        markup.severity(severity);
        markup.text(text.severity(severity));
        markup.close();
        markup.close();
        markup.leaf("th", &[("scope", "row")], text.check(tally.check).title);
        markup.leaf("td", &[("class", "number")], &text.number(tally.failed));
        markup.leaf("td", &[("class", "number")], &text.number(tally.users));
        markup.close();
    }
    markup.close();
    markup.close();
}
