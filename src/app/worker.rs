//! The worker: owns the session and answers the page.
//!
//! A message is an array `[id, request, bytes]`: the request in the form of `postcard`, or `null` for
//! [`Request::Slice`]; with an `ArrayBuffer` for that and for [`Request::WholeFiles`]. The reply is
//! `[id, reply, blob]`, with a `Blob` for the last [`Reply::Part`] of an export. Page and worker are one
//! program, so that the form needs no names; it takes a tenth of JSON's code. A message that is no request is
//! an error of the page: the worker panics.

use std::cell::Cell;
use std::rc::Rc;

use credential_report_viewer::report::Decoder;
use credential_report_viewer::session::{Reply, Request, Session};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent, TextDecoder};

use crate::app::export_blob::ExportBlob;
use crate::app::panic;
use crate::app::warm_up::warm_up;

/// Answers messages from now on.
pub(crate) fn start(scope: &DedicatedWorkerGlobalScope) {
    panic::tell_the_page();
    let mut session = Session::new().with_decoder(Decoder { encoding: "Shift_JIS", decode: shift_jis });
    let mut export = ExportBlob::default();
    let worker = scope.clone();
    let has_files = Rc::new(Cell::new(false));
    let files_came = has_files.clone();
    let answer = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Array::from(&event.data());
        let Some(request) = request(&message) else { panic!("the page sent what is no request") };
        if let Request::Begin { .. } = request {
            files_came.set(true);
        }
        export.hear(&request);
        let reply = session.handle(request);
        post(&worker, &message.get(0), &reply, export.take(&reply));
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
    spawn_local(warm_up(has_files));
}

/// Reads text that is not UTF-8 as Japanese spreadsheets write it.
fn shift_jis(bytes: &[u8]) -> String {
    let decoded =
        TextDecoder::new_with_label("shift_jis").and_then(|decoder| decoder.decode_with_u8_array(bytes));
    decoded.unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

fn request(message: &Array) -> Option<Request> {
    let buffer: Option<ArrayBuffer> = message.get(2).dyn_into().ok();
    let sent = || buffer.as_ref().map(|buffer| Uint8Array::new(buffer).to_vec());
    if message.get(1).is_null() {
        return sent().map(Request::Slice);
    }
    let written: Uint8Array = message.get(1).dyn_into().ok()?;
    let mut request = postcard::from_bytes(&written.to_vec()).ok()?;
    if let Request::WholeFiles { bytes, .. } = &mut request {
        *bytes = sent()?;
    }
    Some(request)
}

fn post(worker: &DedicatedWorkerGlobalScope, id: &JsValue, reply: &Reply, blob: Option<Blob>) {
    // Names and cells are text, numbers are numbers: a reply always serialises.
    let written = postcard::to_stdvec(reply).unwrap_or_default();
    let blob = blob.map_or(JsValue::NULL, JsValue::from);
    let message = Array::of3(id, &Uint8Array::from(written.as_slice()), &blob);
    // It fails only where the page is gone, and then nobody waits.
    let _ = worker.post_message(&message);
}
