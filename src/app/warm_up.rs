//! Warming up: the sample is read, evaluated and shown to nobody. An engine compiles a function when it is
//! first called, and well only when it was called often; a person's first file should wait for neither.

use std::cell::Cell;
use std::rc::Rc;

use credential_report_viewer::report::Timestamp;
use credential_report_viewer::session::{Mode, Request, Session, WholeFile};
use credential_report_viewer::view_state::ViewState;

use crate::app::{clock, sample};

/// How often the sample is gone through. With a quarter of these rounds the gain is half as large, four times
/// as many gain no more.
const ROUNDS: u32 = 200;

/// Goes through the sample again and again, until files come. The worker answers between two rounds: the first
/// take some milliseconds, the later ones less than one.
pub(crate) async fn warm_up(has_files: Rc<Cell<bool>>) {
    for _ in 0..ROUNDS {
        if has_files.get() {
            return;
        }
        go_through_sample();
        clock::give_way().await;
    }
}

fn go_through_sample() {
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
