//! A problem that is unfolded: what is inside is made then, and its users are asked for.

use credential_report_viewer::checks::CheckId;
use credential_report_viewer::markup::{concerned, problem_inside};
use credential_report_viewer::query::{Query, SortKey};
use leptos::task::spawn_local;
use web_sys::Element;

use crate::app::page_state::Page;
use crate::app::{markup, shown_cards};

/// How many users of a problem are named at once.
const NAMED: u32 = 30;

/// A problem was unfolded, or folded.
pub(crate) fn toggled(page: Page, problem: &Element) {
    if problem.has_attribute("open") {
        fill(page, problem);
    } else if let Ok(Some(inside)) = problem.query_selector(".inside") {
        inside.remove();
    }
}

/// Writes what is inside, where it is not there yet.
pub(crate) fn fill(page: Page, problem: &Element) {
    if problem.query_selector(".inside").ok().flatten().is_some() {
        return;
    }
    let Some(check) = check(problem) else { return };
    let inside = page.overview.with_untracked(|overview| {
        let overview = overview.as_deref()?;
        let tally = overview.checks.iter().find(|tally| tally.check == check)?;
        Some(markup::html(page, |html, setting| problem_inside(html, tally, overview, setting)))
    });
    if let Some(inside) = inside {
        let _ = problem.insert_adjacent_html("beforeend", &inside);
        name_users(page, problem);
    }
}

/// Names the users again of every problem that is open; of another result, writes all that is inside again.
pub(crate) fn refresh(page: Page, is_other_result: bool) {
    for problem in markup::elements(".problem[open]") {
        if is_other_result {
            if let Ok(Some(inside)) = problem.query_selector(".inside") {
                inside.remove();
            }
            fill(page, &problem);
        } else {
            name_users(page, &problem);
        }
    }
}

/// Whom a problem concerns, of those that the filters leave: the first of them by name.
fn name_users(page: Page, problem: &Element) {
    let Ok(Some(list)) = problem.query_selector("[data-users]") else { return };
    let Some(check) = check(problem) else { return };
    let query = Query {
        sort: SortKey::Severity,
        descending: true,
        checks: vec![check],
        offset: 0,
        limit: NAMED,
        ..page.query()
    };
    spawn_local(async move {
        let cards = shown_cards::find(page, query).await;
        list.set_inner_html(&markup::html(page, |html, setting| concerned(html, &cards, setting)));
    });
}

fn check(problem: &Element) -> Option<CheckId> {
    CheckId::from_name(&problem.get_attribute("data-check")?)
}
