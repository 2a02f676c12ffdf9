//! The focus: what has it, and where it goes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusOptions, HtmlDialogElement, HtmlElement};

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

/// Closes the dialog that is open.
pub(crate) fn close_dialog() {
    if let Some(dialog) = find("dialog[open]").and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok())
    {
        dialog.close();
    }
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

/// Moves the focus.
pub(crate) fn to(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// What can have the focus.
const FOCUSABLE: &str = "a, button, summary, input, select, [tabindex]";

/// Where the focus is, to be found again in what is written in place of it.
pub(crate) struct Place {
    element: Element,
    /// The element of this number, among those in the nearest one that has an id.
    within: String,
    number: u32,
}

/// Where the focus is; nowhere while nothing has it.
pub(crate) fn place() -> Option<Place> {
    let element = document().active_element().filter(|element| element.tag_name() != "BODY")?;
    let around = element.parent_element().and_then(|parent| parent.closest("[id]").ok().flatten());
    let number = around.as_ref().and_then(|around| {
        let all = around.query_selector_all(FOCUSABLE).ok()?;
        (0..all.length()).find(|index| all.item(*index).is_some_and(|other| *other == **element))
    });
    let within = around.map(|around| around.id()).unwrap_or_default();
    Some(Place { within, number: number.unwrap_or_default(), element })
}

impl Place {
    /// Gives the focus back, where what had it was replaced by the like of it, or is gone from among its likes.
    pub(crate) fn restore(&self) {
        if self.element.is_connected() {
            return;
        }
        let id = self.element.id();
        let same = if id.is_empty() { None } else { document().get_element_by_id(&id) };
        let same = same.or_else(|| {
            let around = document().get_element_by_id(&self.within)?;
            let all = around.query_selector_all(FOCUSABLE).ok()?;
            all.item(self.number.min(all.length().saturating_sub(1)))?.dyn_into().ok()
        });
        if let Some(element) = same.filter(|same| same.tag_name() == self.element.tag_name())
            && let Some(element) = element.dyn_ref::<HtmlElement>()
        {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = element.focus_with_options(&options);
        }
    }
}

/// Follows a link within the page without writing it to the address, which holds the view.
pub(crate) fn jump(event: &Event, anchor: &Element) {
    event.prevent_default();
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
