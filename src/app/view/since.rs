//! One line on what became of findings and users since the earlier reports; each number leads to them.

use credential_report_viewer::comparison::{Against, Cause, ChangeKind, ComparisonSummary, Outcome};
use credential_report_viewer::markup::{Markup, Setting};
use credential_report_viewer::overview::Overview;
use credential_report_viewer::report::Timestamp;
use leptos::prelude::*;

use super::parts::{Choice, place, select};
use crate::app::effect::effect;
use crate::app::markup::part;
use crate::app::page_state::Page;
use crate::app::{element, markup};

pub(super) fn since(page: Page) -> AnyView {
    let html = part(move || {
        let Some(summary) = page.comparison.get() else { return String::new() };
        let overview = page.overview.get_untracked();
        let t = page.text().changes;
        let button = |html: &mut Markup, id: &str, class: &str, words: &str| {
            html.text(" ");
            html.leaf("button", &[("type", "button"), ("class", class), ("id", id)], words);
        };
        markup::html(page, |html, setting| {
            if !summary.accounts.is_empty() {
                html.open("p", &[("class", "scroll")]);
                line(html, &summary, setting);
                if let Some(choices) = earlier_reports(&summary, overview.as_deref(), setting) {
                    select(html, ("against", t.compare_with), &choices);
                }
                button(html, "newest-only", "link quiet", t.newest_only);
            } else if summary.against == Against::Nothing {
                html.open("p", &[]);
                html.text(t.not_compared);
                button(html, "compare-again", "link", t.compare_again);
            }
        })
    });
    effect(move || {
        page.comparison.track();
        queue_microtask(move || show_chosen(page));
    });
    place("div", &[("class", "since"), ("id", "since")], html)
}

fn line(html: &mut Markup, summary: &ComparisonSummary, setting: &Setting<'_>) {
    let t = setting.text.changes;
    let total = &summary.total;
    let lead = match summary.accounts.as_slice() {
        [account] => {
            let (then, now) = (account.earlier.as_of, account.current.as_of);
            (t.since)(&(setting.day)(then), then.age_days(now).into())
        }
        accounts => (t.since_several)(accounts.len() as u64),
    };
    html.leaf("b", &[], &lead);
    // What is unchanged is shown as cards, all else as changes.
    let mut number = |name: &str, go: &str, words: &str, number: u64| {
        let go = format!("clear&view={go}");
        let attributes =
            [("type", "button"), ("class", "link"), ("data-goal", name), ("data-go", &go), ("disabled", "")];
        html.text(" ");
        html.leaf("button", if number > 0 { &attributes[..4] } else { &attributes }, words);
    };
    let used_again = total.of_cause(Cause::UsedAgain);
    let of = |outcome: Outcome| (outcome.name(), total.of(outcome));
    for (say, (name, count), view) in [
        (t.resolved, of(Outcome::Resolved), "changes"),
        (t.new, of(Outcome::New), "changes"),
        (t.unchanged, of(Outcome::Unchanged), "cards"),
    ] {
        number(name, &format!("{view}&change={name}"), &say(count), count);
    }
    let cleared = (Outcome::Cleared.name(), total.of(Outcome::Cleared) - used_again);
    for (say, (name, count), filter) in [
        (t.used_again, (Cause::UsedAgain.name(), used_again), "cause"),
        (t.cleared, cleared, "change"),
        (t.not_judged, of(Outcome::NotJudged), "change"),
    ] {
        if count > 0 {
            number(name, &format!("changes&{filter}={name}"), &say(count), count);
        }
    }
    for (say, change) in [
        (t.users_added, ChangeKind::Added),
        (t.users_deleted, ChangeKind::Deleted),
        (t.users_re_created, ChangeKind::ReCreated),
        (t.users_renamed, ChangeKind::Renamed),
    ] {
        let count = total.of_change(change);
        if count > 0 {
            number("users", "changes", &say(count), count);
        }
    }
    if summary.without > 0 {
        html.text(" ");
        html.leaf("span", &[("class", "hint")], &(t.accounts_without)(summary.without.into()));
    }
}

/// How many earlier reports can be chosen from.
const REPORTS: std::ops::RangeInclusive<usize> = 2..=100;

/// With which earlier report to compare, where there is more than one.
fn earlier_reports(
    summary: &ComparisonSummary,
    overview: Option<&Overview>,
    setting: &Setting<'_>,
) -> Option<Vec<Choice>> {
    let mut earlier: Vec<(u32, Timestamp)> = Vec::new();
    for account in &summary.accounts {
        for point in account.trend.iter().filter(|point| point.input != account.current.input) {
            if !earlier.contains(&(point.input, point.as_of)) {
                earlier.push((point.input, point.as_of));
            }
        }
        if earlier.len() > *REPORTS.end() {
            return None;
        }
    }
    if !REPORTS.contains(&earlier.len()) || summary.accounts.iter().all(|account| account.trend.len() < 3) {
        return None;
    }
    let inputs = &overview?.inputs;
    let mut choices: Vec<Choice> = Vec::new();
    if summary.accounts.len() > 1 {
        choices.push((String::new(), setting.text.changes.previous_report.to_owned()));
    }
    for (input, as_of) in earlier {
        let file = inputs.get(input as usize).map(|input| input.name.as_str()).unwrap_or_default();
        choices.push((input.to_string(), format!("{} {file}", (setting.day)(as_of))));
    }
    Some(choices)
}

fn show_chosen(page: Page) {
    let Some(summary) = page.comparison.get_untracked() else { return };
    let chosen = match (summary.accounts.as_slice(), summary.against) {
        ([account], _) => account.earlier.input.to_string(),
        (_, Against::Input(input)) => input.to_string(),
        _ => String::new(),
    };
    element::choose("against", &chosen);
}
