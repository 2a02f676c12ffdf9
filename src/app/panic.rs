//! A panic, reported by its location in this program, never by what was being read.

use std::panic::{PanicHookInfo, set_hook};

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DedicatedWorkerGlobalScope;

fn location(info: &PanicHookInfo<'_>) -> JsValue {
    let location = info.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
    JsValue::from_str(&location)
}

/// A panic of the page names its location on the console; the loader shows the message.
pub(crate) fn tell_the_console() {
    set_hook(Box::new(|info| web_sys::console::error_1(&location(info))));
}

/// A panic of the worker names its location to the page, just before the worker stops.
pub(crate) fn tell_the_page() {
    set_hook(Box::new(|info| {
        if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
            // Nothing more can be done where even this message is refused.
            let _ = scope.post_message(&location(info));
        }
    }));
}
