//! The page's address: the view goes into its hash, and Back takes it out again.

use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// What the address says now.
pub(crate) fn read(before: &ViewState) -> ViewState {
    before.with_hash(&window().location().hash().unwrap_or_default())
}

/// Writes a hash to the address, as a new entry of the history, unless it is there already.
pub(crate) fn write(hash: &str) {
    let location = window().location();
    let now = location.hash().unwrap_or_default();
    if now.trim_start_matches('#') == hash {
        return;
    }
    // An address from disk with a query in it is kept; an empty hash needs the path before it.
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let url = if hash.is_empty() { path } else { format!("#{hash}") };
    // Where history is refused, the page works without it.
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// Listens for Back and Forward.
pub(crate) fn on_back(read: impl Fn() + 'static) {
    let back = window_event_listener(leptos::ev::popstate, move |_| read());
    on_cleanup(move || back.remove());
}
