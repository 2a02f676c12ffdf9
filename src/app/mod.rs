//! All that touches the browser. One module, started twice: in the page it mounts the view, in a
//! dedicated worker it owns the session.

mod address;
mod clipboard;
mod clock;
mod download;
mod entrances;
mod files;
mod link;
mod markup;
mod panic;
mod settings;
mod shortcuts;
mod state;
#[expect(clippy::match_bool, reason = "within a view, two arms are read more easily than `if` and `else`")]
mod view;
mod worker;

use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Starts what belongs in this global scope.
pub(crate) fn start() {
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        worker::start(&scope);
    } else {
        panic::tell_the_console();
        leptos::mount::mount_to_body(view::app);
    }
}
