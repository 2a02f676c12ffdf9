//! Pages of users: only one is ever on the screen.

use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;

use crate::app::focus;
use crate::app::page_state::Page;

pub(super) fn pager(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let place = Memo::new(move |_| {
        page.cards.with(|cards| {
            cards
                .as_ref()
                .map(|cards| {
                    // Not all of the page's cards may be here yet.
                    let shown = cards.matching.saturating_sub(cards.offset).min(ViewState::PAGE);
                    (cards.offset, shown, cards.matching)
                })
                .unwrap_or_default()
        })
    });
    let go = move |by: i64| {
        page.view.update(|view| {
            let offset = i64::from(view.query.offset) + by * i64::from(ViewState::PAGE);
            view.query.offset = u32::try_from(offset.max(0)).unwrap_or_default();
        });
        if let Some(count) = focus::find("#count") {
            count.scroll_into_view();
        }
    };
    view! {
        <Show when=move || { let (offset, shown, matching) = place.get(); offset > 0 || shown < matching }>
            <nav class="pager" aria-label=t.pages>
                <button type="button" id="previous" disabled=move || place.get().0 == 0 on:click=move |_| go(-1)>{t.previous}</button>
                <p id="range">
                    {move || {
                        let (offset, shown, matching) = place.get();
                        (t.range)(u64::from(offset) + 1, u64::from(offset + shown), matching.into())
                    }}
                </p>
                <button type="button" id="next"
                    disabled=move || { let (offset, shown, matching) = place.get(); offset + shown >= matching }
                    on:click=move |_| go(1)>{t.next}</button>
            </nav>
        </Show>
    }
}
