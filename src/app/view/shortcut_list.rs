//! The keys, from their table.

use leptos::prelude::*;

use super::dialog::told;
use crate::app::markup;
use crate::app::page_state::Page;
use crate::app::shortcuts::SHORTCUTS;

pub(super) fn dialog(page: Page) -> AnyView {
    let t = &page.text().page;
    let html = markup::html(page, |html, _| {
        html.open("table", &[("class", "keys")]);
        html.open("tbody", &[]);
        for shortcut in SHORTCUTS {
            html.open("tr", &[]);
            html.open("th", &[("scope", "row")]);
            html.leaf("kbd", &[], shortcut.label);
            html.close();
            html.leaf("td", &[], (shortcut.says)(t));
            html.close();
        }
        html.close();
        html.close();
        html.leaf("p", &[("class", "hint")], t.keys_hint);
    });
    told(page, "shortcuts", t.shortcuts, html)
}
