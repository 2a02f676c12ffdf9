//! Pages of users or accounts: only one is ever on the screen.

use credential_report_viewer::query::Cards;
use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;

use crate::app::focus;
use crate::app::page_state::Page;

pub(super) fn pager(page: Page) -> impl IntoView {
    let range = Signal::derive(move || {
        let range = |cards: &Cards| (cards.offset, ViewState::shown(cards), cards.matching);
        page.cards.with(|cards| cards.as_deref().map(range).unwrap_or_default())
    });
    turner(page, range, |page, by| page.view.update(|view| view.turn(by)))
}

/// Turns pages: how many are before this one, on it, and in all.
pub(super) fn turner(page: Page, range: Signal<(u32, u32, u32)>, turn: fn(Page, i64)) -> impl IntoView {
    let t = &page.text().page;
    let range = Memo::new(move |_| range.get());
    let go = move |by: i64| {
        turn(page, by);
        if let Some(top) = focus::find(".toolbar") {
            top.scroll_into_view();
        }
    };
    view! {
        <Show when=move || { let (offset, shown, matching) = range.get(); offset > 0 || shown < matching }>
            <nav class="pager" aria-label=t.pages>
                <button type="button" id="previous" disabled=move || range.get().0 == 0 on:click=move |_| go(-1)>{t.previous}</button>
                <p id="range">
                    {move || {
                        let (offset, shown, matching) = range.get();
                        (t.range)(u64::from(offset) + 1, u64::from(offset + shown), matching.into())
                    }}
                </p>
                <button type="button" id="next"
                    disabled=move || { let (offset, shown, matching) = range.get(); offset + shown >= matching }
                    on:click=move |_| go(1)>{t.next}</button>
            </nav>
        </Show>
    }
}
