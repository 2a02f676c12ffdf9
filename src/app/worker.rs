//! The worker: owns the session and answers the page.
//!
//! A message is an array `[id, request, bytes]`: the request as JSON, or `null` and an
//! `ArrayBuffer` for [`Request::Slice`]. The answer is `[id, reply, bytes]`, with an `ArrayBuffer`
//! for [`Reply::Part`]. A message that is no request is a fault of the page: the worker panics.

use credential_report_viewer::session::{Reply, Request, Session};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::panic;

/// Answers messages from now on.
pub(crate) fn start(scope: &DedicatedWorkerGlobalScope) {
    panic::tell_the_page();
    let mut session = Session::new();
    let worker = scope.clone();
    let answer = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Array::from(&event.data());
        let Some(request) = request(&message) else { panic!("the page sent what is no request") };
        post(&worker, &message.get(0), session.handle(request));
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
}

fn request(message: &Array) -> Option<Request> {
    match message.get(1).as_string() {
        Some(json) => serde_json::from_str(&json).ok(),
        None => {
            let buffer: ArrayBuffer = message.get(2).dyn_into().ok()?;
            Some(Request::Slice(Uint8Array::new(&buffer).to_vec()))
        }
    }
}

fn post(worker: &DedicatedWorkerGlobalScope, id: &JsValue, reply: Reply) {
    // Names and cells are text, numbers are numbers: a reply always serialises.
    let json = serde_json::to_string(&reply).unwrap_or_default();
    let bytes = match reply {
        Reply::Part { bytes, .. } => Uint8Array::from(bytes.as_slice()).buffer().into(),
        _ => JsValue::NULL,
    };
    let transfer = if bytes.is_null() { Array::new() } else { Array::of1(&bytes) };
    let message = Array::of3(id, &JsValue::from_str(&json), &bytes);
    // It fails only where the page is gone, and then nobody waits.
    let _ = worker.post_message_with_transfer(&message, &transfer);
}
