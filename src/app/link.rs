//! The link to the worker: requests, replies, and a new worker when one stops.

use std::cell::RefCell;
use std::rc::Rc;

use credential_report_viewer::session::{Reply, Request, WholeFile};
use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use rustc_hash::FxHashMap;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ErrorEvent, MessageEvent, Worker};

/// The worker stopped, or could not be started: there will be no reply.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WorkerStopped;

/// A reply on its way; `None` where the request could not even be sent.
pub(crate) struct PendingReply {
    link: Link,
    /// Which of the link's workers was asked.
    worker: u32,
    reply: Option<JsFuture>,
}

impl PendingReply {
    /// Waits for it.
    pub(crate) async fn reply(self) -> Result<Reply, WorkerStopped> {
        self.with_blob().await.map(|(reply, _)| reply)
    }

    /// Waits for it and for the blob beside it, if there is one.
    pub(crate) async fn with_blob(self) -> Result<(Reply, Option<Blob>), WorkerStopped> {
        let message = self.reply.ok_or(WorkerStopped)?.await.map_err(|_| WorkerStopped)?;
        let message = Array::from(&message);
        let written: Option<Uint8Array> = message.get(1).dyn_into().ok();
        let Some(reply) = written.and_then(|written| postcard::from_bytes(&written.to_vec()).ok()) else {
            // Never silence: what cannot be read is reported as what it is, an internal error.
            self.link.fail(self.worker, concat!(file!(), ": a reply that cannot be read"));
            return Err(WorkerStopped);
        };
        Ok((reply, message.get(2).dyn_into().ok()))
    }
}

/// A worker and those who wait for its replies.
#[derive(Clone)]
pub(crate) struct Link(Rc<RefCell<Inner>>);

struct Inner {
    worker: Option<Worker>,
    /// How many workers were started.
    started: u32,
    next: u32,
    waiting: FxHashMap<u32, (Function, Function)>,
    /// Where in the program the worker panicked, sent just before it stopped.
    location: String,
    /// Whether this worker has answered; one that never did would stop again and again.
    answered: bool,
    on_stop: Rc<dyn Fn(String)>,
}

impl Link {
    /// A link whose worker is not started yet.
    pub(crate) fn new() -> Self {
        Self(Rc::new(RefCell::new(Inner {
            worker: None,
            started: 0,
            next: 0,
            waiting: FxHashMap::default(),
            location: String::new(),
            answered: false,
            on_stop: Rc::new(|_| {}),
        })))
    }

    /// Starts a worker. When it stops, those who wait are told, a new one is started, and then
    /// `on_stop` is called with the location in the program.
    pub(crate) fn start(&self, on_stop: impl Fn(String) + 'static) {
        self.0.borrow_mut().on_stop = Rc::new(on_stop);
        self.start_worker();
    }

    /// Asks. The request is on its way at once; requests are answered in their order.
    pub(crate) fn ask(&self, request: &Request) -> PendingReply {
        self.ask_with(request, &JsValue::NULL)
    }

    /// Sends files, with the bytes of all of them; these are moved, not copied.
    pub(crate) fn files(&self, files: Vec<WholeFile>, bytes: &ArrayBuffer) -> PendingReply {
        self.ask_with(&Request::WholeFiles { files, bytes: Vec::new() }, bytes)
    }

    /// Sends the next bytes of a file; they are moved, not copied.
    pub(crate) fn slice(&self, bytes: &ArrayBuffer) -> PendingReply {
        self.pending(self.send(&JsValue::NULL, bytes))
    }

    fn ask_with(&self, request: &Request, bytes: &JsValue) -> PendingReply {
        let written = postcard::to_stdvec(request).ok();
        self.pending(written.and_then(|written| self.send(&Uint8Array::from(written.as_slice()), bytes)))
    }

    fn pending(&self, reply: Option<JsFuture>) -> PendingReply {
        PendingReply { link: self.clone(), worker: self.0.borrow().started, reply }
    }

    fn send(&self, request: &JsValue, bytes: &JsValue) -> Option<JsFuture> {
        let mut inner = self.0.borrow_mut();
        let worker = inner.worker.clone()?;
        let id = inner.next;
        inner.next = id.wrapping_add(1);
        let promise = Promise::new(&mut |resolve, reject| {
            inner.waiting.insert(id, (resolve, reject));
        });
        let message = Array::of3(&id.into(), request, bytes);
        let transfer = if bytes.is_null() { Array::new() } else { Array::of1(bytes) };
        if worker.post_message_with_transfer(&message, &transfer).is_err() {
            inner.waiting.remove(&id);
            return None;
        }
        // Also who waits for nothing has subscribed to the promise, so that no error goes unhandled.
        Some(JsFuture::from(promise))
    }

    fn start_worker(&self) {
        let Some(worker) = start_worker() else { return };
        let link = self.clone();
        let on_message =
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| link.receive(&event));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let link = self.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            link.stopped();
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        let mut inner = self.0.borrow_mut();
        inner.worker = Some(worker);
        inner.started = inner.started.wrapping_add(1);
    }

    fn receive(&self, event: &MessageEvent) {
        let data = event.data();
        if let Some(location) = data.as_string() {
            self.0.borrow_mut().location = location;
            return;
        }
        let id = Array::from(&data).get(0).as_f64().unwrap_or(-1.0) as u32;
        let waiting = {
            let mut inner = self.0.borrow_mut();
            inner.answered = true;
            inner.waiting.remove(&id)
        };
        if let Some((resolve, _)) = waiting {
            // A promise's own function does not throw.
            let _ = resolve.call1(&JsValue::NULL, &data);
        }
    }

    /// Gives a worker up, for a reason that it did not send itself; not the one that came after it.
    fn fail(&self, worker: u32, location: &str) {
        if self.0.borrow().started == worker {
            location.clone_into(&mut self.0.borrow_mut().location);
            self.stopped();
        }
    }

    fn stopped(&self) {
        let (worker, waiting, location, on_stop) = {
            let mut inner = self.0.borrow_mut();
            (
                inner.worker.take(),
                std::mem::take(&mut inner.waiting),
                std::mem::take(&mut inner.location),
                inner.on_stop.clone(),
            )
        };
        if let Some(worker) = worker {
            worker.terminate();
        }
        if std::mem::take(&mut self.0.borrow_mut().answered) {
            self.start_worker();
        }
        for (_, reject) in waiting.into_values() {
            let _ = reject.call0(&JsValue::NULL);
        }
        on_stop(location);
    }
}

/// Asks the loader for a worker; it carries the compiled module.
fn start_worker() -> Option<Worker> {
    let loader = Reflect::get(&js_sys::global(), &"credentialReportViewer".into()).ok()?;
    let start: Function = Reflect::get(&loader, &"startWorker".into()).ok()?.dyn_into().ok()?;
    start.call0(&loader).ok()?.dyn_into().ok()
}
