//! A field to paste a report into, for those who do not know that they can paste anywhere.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlTextAreaElement};

use super::dialog::{Frame, modal};
use crate::app::element::by_id;
use crate::app::page_state::Page;
use crate::app::{intake, markup};

pub(super) fn dialog(page: Page) -> AnyView {
    let t = &page.text().page;
    let html = markup::html(page, |html, _| {
        html.leaf("label", &[("for", "paste-text")], t.paste_text);
        let field = [
            ("id", "paste-text"),
            ("rows", "10"),
            ("spellcheck", "false"),
            ("autocomplete", "off"),
            ("autofocus", ""),
        ];
        html.leaf("textarea", &field, "");
        html.open("p", &[("class", "buttons")]);
        html.leaf("button", &[("type", "button"), ("class", "primary"), ("id", "paste-read")], t.paste_read);
        html.close();
    });
    let act = move |event: &Event, about: &Element| {
        if event.type_() == "click" && about.id() == "paste-read" {
            let field = by_id("paste-text").and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
            let text = field.map(|field| field.value()).unwrap_or_default();
            page.panel.set(None);
            intake::pasted(page, &text);
        }
    };
    modal(page, Frame { id: "paste-dialog", title: t.paste, wide: false }, html, Box::new(act))
}
