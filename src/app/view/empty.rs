//! Why no users are shown: nothing was found, or nothing matches.

use credential_report_viewer::markup::Empty;
use leptos::prelude::*;

use crate::app::markup;
use crate::app::page_state::Page;

pub(super) fn empty(page: Page) -> impl IntoView {
    let why = Memo::new(move |_| {
        let (cards, overview) = (page.cards.get()?, page.overview.get()?);
        page.view.with(|view| Empty::of(&overview, &cards, &view.query))
    });
    move || {
        let why = why.get()?;
        let (id, class) = why.id_and_class();
        let html = markup::html(page, |html, setting| why.write(html, setting));
        Some(view! { <div class=class id=id inner_html=html></div> })
    }
}
