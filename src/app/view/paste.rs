//! A place to paste a report into, for those who do not know that they can paste anywhere.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::dialog::modal;
use crate::app::intake;
use crate::app::page_state::Page;

pub(super) fn dialog(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let field = NodeRef::<Textarea>::new();
    let read = move |_| {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        page.panel.set(None);
        intake::pasted(page, &text);
    };
    let content = view! {
        <label for="paste-text">{t.paste_says}</label>
        <textarea id="paste-text" node_ref=field rows="10" spellcheck="false" autocomplete="off" autofocus></textarea>
        <p class="buttons"><button type="button" class="primary" id="paste-read" on:click=read>{t.paste_read}</button></p>
    };
    modal(page, "paste-dialog", t.paste, false, content.into_any())
}
