//! Pages of users: only one is ever on the screen.

use credential_report_viewer::query::Cards;
use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;

use crate::app::focus;
use crate::app::page_state::Page;

pub(super) fn pager(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let range = Memo::new(move |_| {
        page.cards.with(|cards| {
            let range = |cards: &Cards| (cards.offset, ViewState::shown(cards), cards.matching);
            cards.as_deref().map(range).unwrap_or_default()
        })
    });
    let go = move |by: i64| {
        page.view.update(|view| view.turn(by));
        if let Some(count) = focus::find("#count") {
            count.scroll_into_view();
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
