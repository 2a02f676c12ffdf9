//! The focus: what has it, and where it goes.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// The first element that a selector names.
pub(crate) fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Moves the focus, once what is being built is there.
pub(crate) fn move_to(selector: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = find(selector) {
            let _ = element.focus();
        }
    });
}

/// Keeps the focus in the page when what has it is about to go: it moves to the content.
pub(crate) fn keep() {
    let has = || document().active_element().is_some_and(|element| element.tag_name() != "BODY");
    if has() {
        request_animation_frame(move || {
            if !has()
                && let Some(main) = find("#main")
            {
                let _ = main.focus();
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        });
    }
}

/// Follows a link within the page without writing it to the address, which holds the view.
#[expect(clippy::needless_pass_by_value, reason = "handlers are given their event")]
pub(crate) fn jump(event: MouseEvent) {
    event.prevent_default();
    let anchor: HtmlElement = event_target(&event);
    if let Some(target) = anchor.get_attribute("href").and_then(|href| find(&href)) {
        target.scroll_into_view();
        let _ = target.focus();
    }
}

/// Whether an event is meant for a field that a person types into.
pub(crate) fn is_in_field(event: &Event) -> bool {
    event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()).is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.is_content_editable()
    })
}
