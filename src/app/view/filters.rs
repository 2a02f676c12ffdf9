//! How many users are shown, and by what they were filtered.

use credential_report_viewer::query::{Filter, Query, filter};
use credential_report_viewer::view_state::{ResultView, ViewState};
use leptos::prelude::*;

use crate::app::decisions;
use crate::app::page_state::Page;

pub(super) fn count(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    // What is counted are the cards that are here, not those that are still asked for.
    let words = move || {
        if page.view.with(|view| view.result_view) == ResultView::UserFlags {
            let accounts = page.accounts.get()?;
            return Some((text.glance.accounts_of)(accounts.matching.into(), accounts.total.into()));
        }
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
            <button type="button" id="decide-shown" class="link" hidden=move || !page.view.with(|view| view.result_view.is_of_users())
                on:click=move |_| decisions::decide_shown(page)>
                {move || page.cards.with(|cards| cards.as_ref().map(|cards| (text.decide.decide_about_shown)(cards.matching.into())))}
            </button>
            {move || {
                let is_told = !page.redacted.get();
                let tokens = page.view.with(|view| if is_told { tokens(page, &view.query) } else { Vec::new() });
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
        </div>
    }
}

/// Each filter that is set, in words.
pub(super) fn words(page: Page) -> Vec<String> {
    page.view.with_untracked(|view| tokens(page, &view.query).into_iter().map(|(words, _)| words).collect())
}

/// How a filter is dropped.
type Drop = fn(&mut Query);

/// Each filter that is set, in words, and how to drop it.
fn tokens(page: Page, query: &Query) -> Vec<(String, Drop)> {
    let word = |filter: &Filter| Some((page.text().filter((filter.value)(query)?), filter.clear));
    filter::ALL.iter().filter_map(word).collect()
}
