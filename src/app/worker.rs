//! The worker: owns the session and answers the page.
//!
//! A message is an array `[id, request, bytes]`: the request in the form of `postcard`, or `null` for
//! [`Request::Slice`]; with an `ArrayBuffer` for that and for [`Request::WholeFiles`]. The reply is
//! `[id, reply, blob]`, with a `Blob` for the last [`Reply::Part`] of an export. Page and worker are one
//! program, so that the form needs no names; it takes a tenth of JSON's code. A message that is no request is
//! an error of the page: the worker panics.

use credential_report_viewer::report::{Decoder, Timestamp};
use credential_report_viewer::session::{Mode, Reply, Request, Session, WholeFile};
use credential_report_viewer::view_state::ViewState;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent, TextDecoder};

use crate::app::export_blob::ExportBlob;
use crate::app::{panic, sample};

/// Answers messages from now on.
pub(crate) fn start(scope: &DedicatedWorkerGlobalScope) {
    panic::tell_the_page();
    let mut session = Session::new().with_decoder(Decoder { encoding: "Shift_JIS", decode: shift_jis });
    let mut export = ExportBlob::default();
    let worker = scope.clone();
    let answer = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Array::from(&event.data());
        let Some(request) = request(&message) else { panic!("the page sent what is no request") };
        export.hear(&request);
        let reply = session.handle(request);
        post(&worker, &message.get(0), &reply, export.take(&reply));
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
    warm_up();
}

/// Reads, evaluates and shows the sample once, for nobody: an engine compiles a function when it is first
/// called, and a person's first file should not wait for that.
fn warm_up() {
    let mut session = Session::new();
    let (bytes, now) = (Vec::from(sample::CSV), Timestamp::from_unix(0));
    let file = WholeFile { name: String::new(), bytes: bytes.len() as u64, modified: None };
    for request in [
        Request::Begin { mode: Mode::Replace, now },
        Request::WholeFiles { files: vec![file], bytes },
        Request::Commit,
        Request::Query(ViewState::default().query),
    ] {
        // What is answered is of no use, but as it is sent it must be written.
        let _ = postcard::to_stdvec(&session.handle(request));
    }
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
