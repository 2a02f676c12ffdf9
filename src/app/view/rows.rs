//! The cards of the page, or why there are none.

use credential_report_viewer::card::Card;
use credential_report_viewer::markup::card as card_html;
use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;

use crate::app::markup;
use crate::app::state::Page;

pub(super) fn cards(page: Page) -> impl IntoView {
    let t = &page.text().page;
    view! {
        {nothing(page)}
        <ul class="cards" id="cards" aria-label=t.layout_cards>
            <For
                each=move || shown(page)
                key=move |(epoch, card)| (*epoch, card.row, page.printing.get_untracked())
                children=move |(_, card)| view! { <li inner_html=markup::html(page, |html, setting| card_html(html, &card, setting))></li> }
            />
        </ul>
    }
}

/// The users of the page, with the result that they belong to.
pub(super) fn shown(page: Page) -> Vec<(u32, Card)> {
    let epoch = page.epoch.get_value();
    let drawn = if page.printing.get() { usize::MAX } else { page.drawn.get() };
    page.cards.with(|cards| {
        let cards = cards.as_ref().map_or(&[][..], |cards| &cards.cards);
        cards.iter().take(drawn).map(|card| (epoch, card.clone())).collect()
    })
}

/// Nothing was found, or nothing matches: two different things.
pub(super) fn nothing(page: Page) -> impl IntoView {
    let t = &page.text().page;
    move || {
        let cards = page.cards.get()?;
        let narrow = page.view.with(|view| view.query.is_narrow());
        let findings =
            page.overview.with(|overview| overview.as_ref().map_or(0, |overview| overview.findings));
        if narrow && cards.matching == 0 && cards.account_findings.is_empty() {
            return Some(view! {
                <div class="empty" id="no-match">
                    <h2>{t.no_match}</h2>
                    <p>{(t.no_match_says)(cards.total.into())}</p>
                    <button type="button" on:click=move |_| page.view.update(ViewState::clear)>{t.clear_filters}</button>
                </div>
            }.into_any());
        }
        if !narrow && findings == 0 {
            return Some(
                view! {
                    <div class="empty fine" id="no-problems">
                        <h2>{t.no_problems}</h2>
                        <p>{t.no_problems_says}</p>
                    </div>
                }
                .into_any(),
            );
        }
        None
    }
}
