//! Files beside the reports: owners, accounts of an organization, and a `users.csv` that was filled in.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod accounts;
mod exports;
mod letters;
mod owners;
mod sheet;

use credential_report_viewer::overview::Overview;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::report::Decoder;
use credential_report_viewer::session::{Mode, Reply, Request, Session};

use common::{Row, file, in_account, report, time, user};

/// A session that reads `Shift_JIS`, as page and command do.
fn session() -> Session {
    let decode = |bytes: &[u8]| encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned();
    Session::new().with_decoder(Decoder { encoding: "Shift_JIS", decode })
}

fn feed(session: &mut Session, name: &str, bytes: &[u8]) -> Reply {
    let modified = Some(time(common::AS_OF));
    session.handle(Request::File { name: name.to_owned(), bytes: bytes.len() as u64, modified });
    for slice in bytes.chunks(1000) {
        if let failed @ Reply::FileFailed(_) = session.handle(Request::Slice(slice.to_vec())) {
            return failed;
        }
    }
    session.handle(Request::EndOfFile)
}

/// Opens files in one batch.
fn open(session: &mut Session, mode: Mode, files: &[(&str, &[u8])]) -> Overview {
    session.handle(Request::Begin { mode, now: time(common::NOW) });
    for (name, bytes) in files {
        let read = feed(session, name, bytes);
        assert!(matches!(read, Reply::FileRead { .. } | Reply::SideFileRead { .. }), "{name}: {read:?}");
    }
    common::overview(session.handle(Request::Commit))
}

/// `ann`, `bob` and `cid` in an account, `ann` in another; all but `cid` with an active key.
fn reports() -> String {
    let key = |row: Row| row.key(1, &common::days_ago(200), &common::days_ago(100));
    report(&[
        common::root(),
        key(user("ann")),
        key(user("bob")),
        user("cid"),
        in_account(key(user("ann")), common::OTHER),
    ])
}

/// A session with these reports and other files.
fn opened(files: &[(&str, &str)]) -> (Session, Overview) {
    let mut session = session();
    let reports = reports();
    let mut all = vec![("report.csv", reports.as_bytes())];
    all.extend(files.iter().map(|(name, text)| (*name, text.as_bytes())));
    let overview = open(&mut session, Mode::Replace, &all);
    (session, overview)
}

fn cards(session: &mut Session, query: Query) -> Cards {
    common::query(session, &Query { limit: 100, ..query })
}

/// The users that a question matches, with the last digit of their accounts.
fn names(session: &mut Session, query: Query) -> Vec<String> {
    let cards = cards(session, query).cards;
    let mut names: Vec<String> = cards
        .iter()
        .map(|card| format!("{}{}", card.user, card.account.as_deref().unwrap_or("-").split_at(11).1))
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn without_such_files_nothing_is_different() {
    let (mut session, overview) = opened(&[]);
    assert_eq!((overview.owners, overview.organization), (None, None));
    let json = common::export(&mut session, None);
    for member in ["\"owner\"", "account_name", "other_owners"] {
        assert!(!json.contains(member), "{member}");
    }
    assert_eq!(names(&mut session, Query { leavers: true, ..Query::default() }), Vec::<String>::new());
    let _ = file("a", "");
}
