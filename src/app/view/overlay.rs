//! What is seen while files are dragged over the window. It takes no part in the drag itself, so
//! that nothing flickers.

use credential_report_viewer::session::Mode;
use leptos::prelude::*;

use crate::app::page_state::Page;

pub(super) fn overlay(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let shown = Memo::new(move |_| page.dragging.get().is_some());
    let half = move |mode: Mode, words: &'static str| {
        view! { <p class:on=move || page.dragging.get() == Some(mode)>{words}</p> }
    };
    view! {
        <Show when=move || shown.get()>
            <div id="overlay" aria-hidden="true">
                {match page.overview.with_untracked(Option::is_some) {
                    true => (half(Mode::Replace, t.drop_replaces), half(Mode::Add, t.drop_adds)).into_any(),
                    false => half(Mode::Replace, t.drop_now).into_any(),
                }}
            </div>
        </Show>
    }
}
