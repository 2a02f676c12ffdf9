//! Why no users are shown: nothing was found, or nothing matches, two different things.

use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;

use crate::app::page_state::Page;

pub(super) fn empty(page: Page) -> impl IntoView {
    let text = page.text();
    let (t, g) = (&text.page, &text.glance);
    move || {
        let cards = page.cards.get()?;
        let narrow = page.view.with(|view| view.query.is_narrow());
        let findings =
            page.overview.with(|overview| overview.as_ref().map_or(0, |overview| overview.findings));
        if narrow && cards.matching == 0 && cards.account_findings.is_empty() {
            return Some(view! {
                <div class="empty" id="no-match">
                    <h2>{t.no_match}</h2>
                    <p>{(t.no_match_text)(cards.total.into())}</p>
                    <button type="button" on:click=move |_| page.view.update(ViewState::clear)>{t.clear_filters}</button>
                </div>
            }.into_any());
        }
        let is_nothing_evaluated =
            page.overview.with(|overview| overview.as_ref().is_some_and(|o| o.is_nothing_evaluated()));
        if !narrow && is_nothing_evaluated {
            return Some(
                view! {
                    <div class="empty" id="nothing-evaluated">
                        <h2>{g.nothing_evaluated}</h2>
                        <p>{g.nothing_evaluated_text}</p>
                    </div>
                }
                .into_any(),
            );
        }
        if !narrow && findings == 0 {
            return Some(
                view! {
                    <div class="empty fine" id="no-problems">
                        <h2>{t.no_problems}</h2>
                        <p>{t.no_problems_text}</p>
                    </div>
                }
                .into_any(),
            );
        }
        None
    }
}
