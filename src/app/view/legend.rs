//! What the marks on time lines mean.

use leptos::prelude::*;

use crate::app::page_state::Page;

/// The legend of the lines on cards.
pub(super) fn legend(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let mark = |shape: &'static str, class: &'static str| {
        view! {
            <svg class="time-line" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" focusable="false">
                <path class=class d=shape/>
            </svg>
        }
    };
    view! {
        <ul class="time-legend" aria-hidden="true">
            <li>{mark("M7 3.8a3.2 3.2 0 1 0 .01 0Z", "made")}{t.created}</li>
            <li>{mark("M7 3l4 4-4 4-4-4Z", "changed")}{t.changed}</li>
            <li>{mark("M7 3.4a3.6 3.6 0 1 0 .01 0Z", "used")}{t.used}</li>
            <li>{mark("M7 0V14", "now")}{t.as_of}</li>
            <li>{mark("M0 3h14v8H0Z", "zone")}{t.allowed_age}</li>
        </ul>
    }
}
