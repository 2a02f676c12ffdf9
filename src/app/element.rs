//! Elements of the page by their ids: what they say, what is in them, whether they can be used.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

/// The element of this id.
pub(crate) fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// The field of this id.
pub(crate) fn input(id: &str) -> Option<HtmlInputElement> {
    by_id(id)?.dyn_into().ok()
}

/// What is in the field of this id; empty where there is none.
pub(crate) fn value(id: &str) -> String {
    input(id).map(|input| input.value()).unwrap_or_default()
}

/// Lets the element of this id say something else.
pub(crate) fn say(id: &str, words: &str) {
    if let Some(element) = by_id(id).filter(|element| element.text_content().as_deref() != Some(words)) {
        element.set_text_content(Some(words));
    }
}

/// Gives the element of this id an attribute that has no value, or takes it away.
pub(crate) fn set(id: &str, attribute: &str, is_set: bool) {
    if let Some(element) = by_id(id) {
        // It fails only for a name that is none.
        let _ = element.toggle_attribute_with_force(attribute, is_set);
    }
}

/// Chooses in the list of this id.
pub(crate) fn choose(id: &str, value: &str) {
    if let Some(select) = by_id(id).and_then(|element| element.dyn_into::<HtmlSelectElement>().ok()) {
        select.set_value(value);
    }
}
