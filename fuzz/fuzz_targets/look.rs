//! What holds for every input, shared by the fuzz targets and the test that tries its findings again.

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::LazyLock;

use credential_report_viewer::query::Query;
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::session::{Mode, Reply, Request, Session};
use serde_json::Value;

/// A report long enough for what follows it to be read slice by slice: the form of a file is told by
/// its first 16 KiB.
static LONG: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut text = "user,arn,mfa_active,access_key_1_active,access_key_1_last_rotated,note\n".to_owned();
    for number in 0..68 {
        let arn = format!("arn:aws:iam::123456789012:user/u{number}");
        // Writing to a text cannot fail.
        let _ = writeln!(text, "u{number},{arn},true,false,N/A,{}", "x".repeat(180));
    }
    text.into_bytes()
});

/// Holds an input to what always holds. Its first byte tells the size of slices and, by its highest
/// bit, whether the rest follows a long report or is a file of its own.
///
/// # Panics
/// Something does not hold.
pub(crate) fn look(data: &[u8]) {
    let Some((&first, rest)) = data.split_first() else { return };
    let bytes = if first & 0x80 == 0 { rest.to_vec() } else { [LONG.as_slice(), rest].concat() };
    let whole = outcome(&bytes, bytes.len());
    let slices = outcome(&bytes, usize::from(first & 0x7f) + 1);
    assert!(whole == slices, "cut otherwise, it is another report");
    let Ok(export) = whole else { return };
    let export: Value = serde_json::from_slice(&export).expect("an export is JSON");
    let findings = export["findings"].as_array().expect("an export has findings");
    assert_eq!(export["summary"]["findings"], findings.len());
    let uids: HashSet<&str> = findings.iter().filter_map(|finding| finding["uid"].as_str()).collect();
    assert_eq!(uids.len(), findings.len(), "a uid is unique");
}

/// The export of a file that is fed in slices of such a size, or why it cannot be read.
pub(crate) fn outcome(bytes: &[u8], slice: usize) -> Result<Vec<u8>, String> {
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: Timestamp::from_unix(1_800_000_000) });
    session.handle(Request::File { name: "report".to_owned(), bytes: bytes.len() as u64, modified: None });
    for slice in bytes.chunks(slice.max(1)) {
        if let Reply::FileFailed(error) = session.handle(Request::Slice(slice.to_vec())) {
            return Err(error.to_string());
        }
    }
    if let Reply::FileFailed(error) = session.handle(Request::EndOfFile) {
        return Err(error.to_string());
    }
    let Reply::Overview(overview) = session.handle(Request::Commit) else { panic!("a report is a result") };
    let query = Query { limit: 20, search: "a".to_owned(), ..Query::default() };
    let Reply::Cards(cards) = session.handle(Request::Query(query)) else { panic!("a result has cards") };
    assert!(cards.matching <= overview.users && cards.total == overview.users);
    let mut export = Vec::new();
    let mut reply = session.handle(Request::Export(Box::default()));
    while let Reply::Part { bytes, last, .. } = reply {
        export.extend(bytes);
        if last {
            break;
        }
        reply = session.handle(Request::NextPart);
    }
    Ok(export)
}
