//! The clock, and waiting.

use credential_report_viewer::report::Timestamp;
use js_sys::{Date, Promise};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// What the clock says.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_unix((Date::now() / 1000.0) as i64)
}

/// How long ago, in seconds; negative where the time is after the clock's.
pub(crate) fn seconds_since(time: Timestamp) -> i64 {
    now().unix().saturating_sub(time.unix())
}

/// Waits.
pub(crate) async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        // A page that is about to go has no timers; then nobody waits either.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

/// Lets the page do what else waits. A timer would take a second in a tab that nobody looks at.
pub(crate) async fn give_way() {
    let Ok(channel) = MessageChannel::new() else { return };
    let turn = Promise::new(&mut |resolve, _| channel.port1().set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        let _ = JsFuture::from(turn).await;
    }
    channel.port1().close();
}

/// Waits until what was drawn is painted: until the frame after the one that paints it.
pub(crate) async fn painted() {
    for _ in 0..2 {
        let frame = Promise::new(&mut |resolve, _| {
            let _ = window().request_animation_frame(&resolve);
        });
        let _ = JsFuture::from(frame).await;
    }
}
