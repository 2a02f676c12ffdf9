//! All that touches the browser. One module, started twice: in the page it mounts the view, in a
//! dedicated worker it owns the session.

mod address;
mod clipboard;
mod clock;
mod download;
mod entrances;
mod files;
mod link;
mod panic;
mod settings;
mod shortcuts;
mod state;
mod view;
mod worker;

use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Starts what belongs in this global scope.
pub(crate) fn start() {
    match js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        Ok(scope) => worker::start(&scope),
        Err(_) => {
            panic::tell_the_console();
            leptos::mount::mount_to_body(view::app);
        }
    }
}
