//! One line on what became of findings and users since the earlier reports; each number leads to them.

use credential_report_viewer::comparison::{Against, Cause, ChangeKind, ComparisonSummary, Outcome};
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::view_state::ResultView;
use leptos::prelude::*;

use super::parts::{Choice, select};
use crate::app::page_state::Page;
use crate::app::{changes, moment};

pub(super) fn since(page: Page) -> impl IntoView {
    let t = page.text().changes;
    view! {
        <div class="since" id="since">
            {move || page.comparison.get().map(|summary| {
                if summary.accounts.is_empty() {
                    (summary.against == Against::Nothing).then(|| view! {
                        <p>
                            {t.not_compared}" "
                            <button type="button" class="link" id="compare-again"
                                on:click=move |_| changes::compare_with(page, Against::Previous)>{t.compare_again}</button>
                        </p>
                    }).into_any()
                } else {
                    line(page, &summary).into_any()
                }
            })}
        </div>
    }
}

fn line(page: Page, summary: &ComparisonSummary) -> impl IntoView + use<> {
    let t = page.text().changes;
    let total = &summary.total;
    let lead = match summary.accounts.as_slice() {
        [account] => {
            let (then, now) = (account.earlier.as_of, account.current.as_of);
            let day = moment::day(page.language.get_untracked(), then);
            (t.since)(&day, then.age_days(now).into())
        }
        accounts => (t.since_several)(accounts.len() as u64),
    };
    let used_again = total.of_cause(Cause::UsedAgain);
    let mut numbers: Vec<(String, u64, Goal)> = vec![
        (
            (t.resolved)(total.of(Outcome::Resolved)),
            total.of(Outcome::Resolved),
            Goal::Outcome(Outcome::Resolved),
        ),
        ((t.new)(total.of(Outcome::New)), total.of(Outcome::New), Goal::Outcome(Outcome::New)),
        (
            (t.unchanged)(total.of(Outcome::Unchanged)),
            total.of(Outcome::Unchanged),
            Goal::Outcome(Outcome::Unchanged),
        ),
    ];
    let mut add = |say: fn(u64) -> String, number: u64, goal: Goal| {
        if number > 0 {
            numbers.push((say(number), number, goal));
        }
    };
    add(t.used_again, used_again, Goal::Cause(Cause::UsedAgain));
    add(t.cleared, total.of(Outcome::Cleared) - used_again, Goal::Outcome(Outcome::Cleared));
    add(t.not_judged, total.of(Outcome::NotJudged), Goal::Outcome(Outcome::NotJudged));
    for (say, change) in [
        (t.users_added, ChangeKind::Added),
        (t.users_deleted, ChangeKind::Deleted),
        (t.users_re_created, ChangeKind::ReCreated),
        (t.users_renamed, ChangeKind::Renamed),
    ] {
        add(say, total.of_change(change), Goal::Users);
    }
    let without = (summary.without > 0).then(|| (t.accounts_without)(summary.without.into()));
    view! {
        <p class="scroll">
            <b>{lead}</b>
            {numbers.into_iter().map(|(words, number, goal)| view! {
                " "
                <button type="button" class="link" data-goal=goal.name() disabled=number == 0
                    on:click=move |_| goal.show(page)>{words}</button>
            }).collect_view()}
            {without.map(|words| view! { " "<span class="hint">{words}</span> })}
            {earlier_reports(page, summary)}
            " "
            <button type="button" class="link quiet" id="newest-only"
                on:click=move |_| changes::compare_with(page, Against::Nothing)>{t.newest_only}</button>
        </p>
    }
}

/// How many earlier reports can be chosen from.
const REPORTS: std::ops::RangeInclusive<usize> = 2..=100;

/// With which earlier report to compare, where there is more than one.
fn earlier_reports(page: Page, summary: &ComparisonSummary) -> Option<AnyView> {
    let t = page.text().changes;
    let language = page.language.get_untracked();
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
    let overview = page.overview.get_untracked()?;
    let name = |(input, as_of): &(u32, Timestamp)| {
        let file = overview.inputs.get(*input as usize).map(|input| input.name.as_str()).unwrap_or_default();
        (input.to_string(), format!("{} {file}", moment::day(language, *as_of)))
    };
    let mut choices: Vec<Choice> = earlier.iter().map(name).collect();
    let chosen = match (summary.accounts.as_slice(), summary.against) {
        ([account], _) => account.earlier.input.to_string(),
        (_, Against::Input(input)) => input.to_string(),
        _ => String::new(),
    };
    if summary.accounts.len() > 1 {
        choices.insert(0, (String::new(), t.previous_report.to_owned()));
    }
    Some(select(
        page,
        ("against", t.compare_with),
        Signal::stored(choices),
        Signal::stored(chosen),
        |page, input| {
            let against = input.parse().map_or(Against::Previous, Against::Input);
            changes::compare_with(page, against);
        },
    ))
}

/// Where a number leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    Outcome(Outcome),
    Cause(Cause),
    Users,
}

impl Goal {
    fn name(self) -> &'static str {
        match self {
            Self::Outcome(outcome) => outcome.name(),
            Self::Cause(cause) => cause.name(),
            Self::Users => "users",
        }
    }

    /// Shows it: what is unchanged as cards, all else as changes.
    fn show(self, page: Page) {
        page.view.update(|view| {
            view.clear();
            view.result_view = ResultView::Changes;
            match self {
                Self::Outcome(outcome) => {
                    view.query.changes = vec![outcome];
                    if outcome == Outcome::Unchanged {
                        view.result_view = ResultView::Cards;
                    }
                }
                Self::Cause(cause) => view.query.causes = vec![cause],
                Self::Users => {}
            }
        });
    }
}
