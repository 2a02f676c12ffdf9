//! Why no users are shown: nothing was found, or nothing matches.

use credential_report_viewer::markup::Empty;
use leptos::prelude::*;

use super::parts::place;
use crate::app::markup::{self, part};
use crate::app::page_state::Page;

pub(super) fn empty(page: Page) -> AnyView {
    place("div", &[], part(move || write(page).unwrap_or_default()))
}

fn write(page: Page) -> Option<String> {
    let (cards, overview) = (page.cards.get()?, page.overview.get()?);
    let why = page.view.with(|view| Empty::of(&overview, &cards, &view.query))?;
    let (id, class) = why.id_and_class();
    Some(markup::html(page, |html, setting| {
        html.open("div", &[("class", class), ("id", id)]);
        why.write(html, setting);
        html.close();
    }))
}
