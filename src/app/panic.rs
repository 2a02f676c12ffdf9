//! What is said of a panic: where in this program, never what it was reading.

use std::panic::{PanicHookInfo, set_hook};

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DedicatedWorkerGlobalScope;

fn place(info: &PanicHookInfo<'_>) -> JsValue {
    let place =
        info.location().map_or_else(String::new, |place| format!("{}:{}", place.file(), place.line()));
    JsValue::from_str(&place)
}

/// A panic of the page names its place on the console; the loader shows the message.
pub(crate) fn tell_the_console() {
    set_hook(Box::new(|info| web_sys::console::error_1(&place(info))));
}

/// A panic of the worker names its place to the page, just before the worker stops.
pub(crate) fn tell_the_page() {
    set_hook(Box::new(|info| {
        if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
            // Nothing more can be done where even this message is refused.
            let _ = scope.post_message(&place(info));
        }
    }));
}
