//! The layout of changes.

use leptos::prelude::*;

use crate::app::change_group;
use crate::app::effect::effect;
use crate::app::element::by_id;
use crate::app::page_state::Page;

pub(super) fn layout(page: Page) -> AnyView {
    effect(move || {
        page.comparison.track();
        page.view.track();
        if let Some(place) = by_id("changes") {
            change_group::show(page, &place);
        }
    });
    view! { <div id="changes"></div> }.into_any()
}
