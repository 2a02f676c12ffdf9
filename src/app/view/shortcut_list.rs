//! The keys, from their table.

use leptos::prelude::*;

use super::dialog::modal;
use crate::app::page_state::Page;
use crate::app::shortcuts::SHORTCUTS;

pub(super) fn dialog(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let content = view! {
        <table class="keys">
            <tbody>
                {SHORTCUTS.iter().map(|shortcut| view! {
                    <tr><th scope="row"><kbd>{shortcut.label}</kbd></th><td>{(shortcut.says)(t)}</td></tr>
                }).collect_view()}
            </tbody>
        </table>
        <p class="hint">{t.keys_hint}</p>
    };
    modal(page, "shortcuts", t.shortcuts, false, content.into_any())
}
