//! Sends every reply of a session over any bytes on its way from the worker to the page and back: it must
//! arrive as it was sent.
//!
//! `cargo xtask fuzz` runs it.
#![no_main]

use credential_report_viewer::query::Query;
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::session::{Mode, Request, Session};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // The first bytes are the moments that a clock, a file and a person might name.
    let Some((moments, bytes)) = data.split_first_chunk::<16>() else { return };
    let moment = |at: usize| {
        let seconds: [u8; 8] = std::array::from_fn(|byte| moments[at + byte]);
        Timestamp::from_unix(i64::from_le_bytes(seconds))
    };
    let mut session = Session::new();
    for request in [
        Request::Begin { mode: Mode::Replace, now: Timestamp::from_unix(1_800_000_000) },
        Request::File { name: "report".to_owned(), bytes: bytes.len() as u64, modified: Some(moment(0)) },
        Request::Slice(bytes.to_vec()),
        Request::EndOfFile,
        Request::Commit,
        Request::SetAsOf(Some(moment(8))),
        Request::Query(Query { limit: 20, ..Query::default() }),
    ] {
        let reply = session.handle(request);
        let written = postcard::to_stdvec(&reply).expect("a reply can be written");
        assert_eq!(postcard::from_bytes(&written), Ok(reply), "a reply arrives as it was sent");
    }
});
