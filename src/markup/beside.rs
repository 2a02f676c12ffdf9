//! What files of owners and accounts tell: who has left, who has no owner, which accounts have no report.

use super::notes::{hint, note};
use super::{Markup, Setting, account};
use crate::overview::Overview;
use crate::review::{OrganizationSummary, OwnersSummary, SideIssue};

/// How many issues and accounts are shown.
const SHOWN: usize = 50;

/// The notes on such files; nothing where there are none.
pub(super) fn beside(markup: &mut Markup, overview: &Overview, setting: &Setting<'_>) {
    if let Some(of) = &overview.owners {
        owners(markup, of, setting);
    }
    if let Some(of) = &overview.organization {
        accounts(markup, of, setting);
    }
}

fn owners(markup: &mut Markup, of: &OwnersSummary, setting: &Setting<'_>) {
    let t = &setting.text.owners;
    note(markup, "note", "owners", t.owners);
    hint(markup, &(t.matched)(of.matched.into(), of.users.into()));
    markup.open("ul", &[]);
    let filtered =
        [("leavers=yes", of.leavers, t.leavers), ("unowned=yes", of.without_owner(), t.without_owner)];
    for (filter, count, words) in filtered.into_iter().filter(|(_, count, _)| *count > 0) {
        markup.open("li", &[]);
        let button = [("type", "button"), ("class", "link"), ("data-filter", filter)];
        markup.leaf("button", &button, &words(count.into()));
        markup.close();
    }
    let counted =
        [(of.guessed, t.guessed), (of.several, t.several), (of.lines_without_user, t.lines_without_user)];
    for (count, words) in counted.into_iter().filter(|(count, _)| *count > 0) {
        markup.leaf("li", &[], &words(count.into()));
    }
    markup.close();
    issues(markup, &of.issues, of.issues_total as usize, setting);
    markup.close();
}

fn accounts(markup: &mut Markup, of: &OrganizationSummary, setting: &Setting<'_>) {
    let (t, page) = (&setting.text.owners, &setting.text.page);
    let missing = of.without_report.len();
    note(markup, "note", "accounts-without-report", t.accounts_without_report);
    hint(markup, &(t.without_report)(missing as u64, of.accounts.into()));
    markup.open("ul", &[]);
    for missing in of.without_report.iter().take(SHOWN) {
        let closed = if missing.is_closed() { format!(" ({})", missing.status) } else { String::new() };
        markup.leaf("li", &[], &format!("{} {}{closed}", account(&missing.id), missing.name));
    }
    if missing > SHOWN {
        markup.leaf("li", &[], &(page.and_more)((missing - SHOWN) as u64));
    }
    if !of.strangers.is_empty() {
        markup.leaf("li", &[], &(t.strangers)(of.strangers.len() as u64));
    }
    markup.close();
    issues(markup, &of.issues, of.issues.len(), setting);
    markup.close();
}

/// What is odd about the files, with file, line and column.
fn issues(markup: &mut Markup, issues: &[SideIssue], total: usize, setting: &Setting<'_>) {
    let text = setting.text;
    if issues.is_empty() {
        return;
    }
    markup.open("details", if setting.open { &[("open", "")] } else { &[] });
    markup.leaf("summary", &[], &(text.owners.issues)(total as u64));
    markup.open("ul", &[("class", "long")]);
    for issue in issues.iter().take(SHOWN) {
        markup.open("li", &[]);
        markup.open("span", &[("class", "place")]);
        markup.text(&text.location(&issue.file, issue.line));
        if let Some(column) = &issue.column {
            markup.text(" · ");
            markup.leaf("code", &[], column);
        }
        markup.close();
        markup.text(" ");
        markup.rich_leaf("span", &[], &text.side_issue(&issue.kind));
        markup.close();
    }
    let more = total.saturating_sub(SHOWN.min(issues.len())) as u64;
    if more > 0 {
        markup.leaf("li", &[], &(text.page.and_more)(more));
    }
    markup.close();
    markup.close();
}
