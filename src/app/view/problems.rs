//! By problem: each check, how it went, and all whom it concerns.

use credential_report_viewer::assessment::CheckTally;
use credential_report_viewer::card::{Card, State};
use credential_report_viewer::checks::{Area, CheckId, SubjectKind};
use credential_report_viewer::problems;
use credential_report_viewer::query::{Query, SortKey};
use credential_report_viewer::view_state::Layout;
use leptos::html::Details;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::empty;
use super::parts::{account, mark, rich, state_mark};
use crate::app::page_state::Page;
use crate::app::shown_cards;

/// How many users of a problem are named at once.
const NAMED: u32 = 30;

pub(super) fn problems(page: Page) -> impl IntoView {
    let text = page.text();
    let filter = Memo::new(move |_| page.view.with(|view| problems::filter(&view.query)));
    view! {
        {empty::empty(page)}
        <div id="problems">
            {move || page.overview.get().map(|overview| Area::ALL.map(|area| {
                let tallies = filter.with(|filter| problems::of_area(&overview.checks, area, filter));
                (!tallies.is_empty()).then(|| view! {
                    <section class="problem-area">
                        <h2>{text.area(area)}</h2>
                        {tallies.into_iter().map(|tally| problem(page, tally)).collect_view()}
                    </section>
                })
            }))}
        </div>
    }
}

fn problem(page: Page, tally: CheckTally) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let check = text.check(tally.check);
    let open = RwSignal::new(false);
    let node = NodeRef::<Details>::new();
    let shown = Memo::new(move |_| open.get() || (tally.failed > 0 && page.printing.get()));
    let (symbol, class) = match (tally.by_severity.worst(), tally.on) {
        (Some(severity), _) => (mark(severity).into_any(), severity.name()),
        (None, true) if tally.passed > 0 => (state_mark(State::Fine).into_any(), "fine"),
        (None, true) if tally.not_judged > 0 => (state_mark(State::NotJudged).into_any(), "unknown"),
        _ => (state_mark(State::NotApplicable).into_any(), "none"),
    };
    let counts = if tally.on {
        (t.tally)(tally.failed, tally.passed, tally.not_judged)
    } else {
        t.check_off.to_owned()
    };
    view! {
        <details
            class=format!("problem {class}")
            data-check=tally.check.name()
            data-failed=tally.failed
            node_ref=node
            prop:open=move || shown.get()
            on:toggle=move |_| if let Some(details) = node.get_untracked() && !page.printing.get_untracked() {
                open.set(details.open());
            }
        >
            <summary data-stop tabindex="0">
                {symbol}
                <b>{check.title}</b>
                <span class="tally">{counts}</span>
            </summary>
            {move || shown.get().then(|| view! {
                <div class="inside">
                    <p>{rich(check.why)}</p>
                    <ol class="fix">{check.steps().map(|step| view! { <li>{rich(step)}</li> }).collect_view()}</ol>
                    {match tally.check.check().judge.subject() {
                        SubjectKind::Account => accounts(page, tally.check).into_any(),
                        _ => (tally.users > 0).then(|| concerned(page, tally.check, tally.users)).into_any(),
                    }}
                </div>
            })}
        </details>
    }
}

/// Whom it concerns, of those that the filters leave: the first of them by name, the rest as cards.
fn concerned(page: Page, check: CheckId, users: u64) -> impl IntoView {
    let t = &page.text().page;
    let found = RwSignal::new(Vec::<Card>::new());
    Effect::new(move |_| {
        let query = page.view.with(|view| Query {
            sort: SortKey::Severity,
            descending: true,
            checks: vec![check],
            offset: 0,
            limit: NAMED,
            ..view.query.clone()
        });
        spawn_local(async move {
            let cards = shown_cards::find(page, query).await;
            found.try_set(cards);
        });
    });
    view! {
        <ul class="concerned">
            {move || found.get().into_iter().map(|card| view! {
                <li>
                    <b>{card.user}</b>
                    {card.account.map(|digits| view! { " "<span class="account">{account(&digits)}</span> })}
                </li>
            }).collect_view()}
        </ul>
        <button type="button" on:click=move |_| page.view.update(|view| {
            view.clear();
            view.query.checks = vec![check];
            view.layout = Layout::Cards;
        })>{(t.show_users)(users)}</button>
    }
}

/// The accounts that a check about accounts concerns.
fn accounts(page: Page, check: CheckId) -> impl IntoView {
    let digits = page.overview.with_untracked(|overview| {
        overview
            .as_ref()
            .map(|overview| problems::accounts(&overview.account_findings, check))
            .unwrap_or_default()
    });
    view! {
        <ul class="concerned">
            {digits.iter().map(|digits| view! { <li><b class="account">{account(digits)}</b></li> }).collect_view()}
        </ul>
    }
}
