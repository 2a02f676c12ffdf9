//! How many users are shown, and by what they were filtered.

use credential_report_viewer::histogram::DayRange;
use credential_report_viewer::query::{Idle, Query};
use credential_report_viewer::view_state::{Layout, ViewState};
use leptos::prelude::*;

use super::legend;
use super::parts::account;
use crate::app::page_state::Page;

pub(super) fn count(page: Page) -> impl IntoView {
    let t = &page.text().page;
    // What is counted are the cards that are here, not those that are still asked for.
    let words = move || {
        page.cards.get().map(|cards| {
            let filters = page.view.with_untracked(|view| view.query.filters()) as u64;
            let findings = (t.findings)(cards.findings);
            if filters == 0 {
                return format!("{} · {findings}", (t.users)(cards.total.into()));
            }
            let users = (t.users_of)(cards.matching.into(), cards.total.into());
            format!("{users} · {findings} · {}", (t.filters)(filters))
        })
    };
    view! {
        <div class="count">
            <p id="count" role="status" aria-live="polite">{words}</p>
            {move || {
                let tokens = page.view.with(|view| tokens(page, &view.query));
                (!tokens.is_empty()).then(|| view! {
                    <ul class="tokens">
                        {tokens.into_iter().map(|(words, drop)| view! {
                            <li>
                                <button type="button" aria-label=(t.drop_filter)(&words) on:click=move |_| page.ask(drop)>
                                    {words.clone()}<span aria-hidden="true">" ×"</span>
                                </button>
                            </li>
                        }).collect_view()}
                        <li><button type="button" id="clear" class="link" on:click=move |_| page.view.update(ViewState::clear)>{t.clear}</button></li>
                    </ul>
                })
            }}
            {move || (page.view.with(|view| view.layout) == Layout::Cards).then(|| legend::legend(page))}
        </div>
    }
}

type Drop = fn(&mut Query);

/// Each filter in force, in words, and how to drop it.
fn tokens(page: Page, query: &Query) -> Vec<(String, Drop)> {
    let text = page.text();
    let t = &text.page;
    let range = |days: DayRange| (t.day_range)(days.from.into(), days.to.map(u64::from));
    let mut tokens: Vec<(String, Drop)> = Vec::new();
    if !query.search.trim().is_empty() {
        tokens.push((format!("“{}”", query.search.trim()), |q| q.search.clear()));
    }
    if !query.severities.is_empty() {
        let names: Vec<&str> = query.severities.iter().map(|s| text.severity(*s)).collect();
        tokens.push((names.join(t.or), |q| q.severities.clear()));
    }
    if let [first, others @ ..] = query.checks.as_slice() {
        let mut words = text.check(*first).title.to_owned();
        if !others.is_empty() {
            words = format!("{words} {}", (t.and_more)(others.len() as u64));
        }
        tokens.push((words, |q| q.checks.clear()));
    }
    if !query.accounts.is_empty() {
        let names: Vec<String> = query.accounts.iter().map(|digits| account(digits)).collect();
        tokens.push((names.join(t.or), |q| q.accounts.clear()));
    }
    if !query.kinds.is_empty() {
        let names: Vec<&str> = query.kinds.iter().map(|kind| text.kind(*kind)).collect();
        tokens.push((names.join(t.or), |q| q.kinds.clear()));
    }
    if let Some(days) = query.key_age {
        tokens.push(((t.filter_key_age)(&range(days)), |q| q.key_age = None));
    }
    match query.idle {
        Some(Idle::Never) => tokens.push((t.filter_never_used.to_owned(), |q| q.idle = None)),
        Some(Idle::AtLeast(days)) => {
            tokens.push(((t.filter_idle_or_never)(days.into()), |q| q.idle = None));
        }
        Some(Idle::Days(days)) => tokens.push(((t.filter_idle)(&range(days)), |q| q.idle = None)),
        None => {}
    }
    match query.console_mfa {
        Some(true) => tokens.push((t.filter_with_mfa.to_owned(), |q| q.console_mfa = None)),
        Some(false) => tokens.push((t.filter_without_mfa.to_owned(), |q| q.console_mfa = None)),
        None => {}
    }
    if query.fine {
        tokens.push((t.users_without_findings.to_owned(), |q| q.fine = false));
    }
    tokens
}
