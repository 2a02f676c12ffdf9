//! The page's address: view state goes into its hash, and Back takes it out again.

use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::state::Page;

/// What the address says now.
pub(crate) fn read(before: &ViewState) -> ViewState {
    before.with_hash(&window().location().hash().unwrap_or_default())
}

/// Writes the view state to the address whenever it changes, and reads it on Back and Forward.
pub(crate) fn keep(page: Page) {
    Effect::new(move |_| {
        let hash = page.view.with(ViewState::to_hash);
        let now = window().location().hash().unwrap_or_default();
        if now.trim_start_matches('#') == hash {
            return;
        }
        // An address from disk with a query in it is kept; an empty hash needs the path before it.
        let location = window().location();
        let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        let url = if hash.is_empty() { path } else { format!("#{hash}") };
        // Where history is refused, the page works without it.
        if let Ok(history) = window().history() {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
        }
    });
    let back = window_event_listener(leptos::ev::popstate, move |_| {
        let state = page.view.with_untracked(read);
        if let Some(language) = state.language {
            page.language.set(language);
        }
        if page.view.with_untracked(|view| *view != state) {
            page.view.set(state);
        }
    });
    on_cleanup(move || back.remove());
}
