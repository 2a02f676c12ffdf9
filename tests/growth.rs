//! How work grows with the size of what is opened: counted, not timed.
#![allow(clippy::unwrap_used)]

use credential_report_viewer::assessment::RowId;
use credential_report_viewer::export::Form;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::query::Query;
use credential_report_viewer::report::{Timestamp, work::steps};
use credential_report_viewer::session::{Mode, Reply, Request, Session};

const FEW: u32 = 200;
const MANY: u32 = 16 * FEW;

const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,\
                      access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
                      access_key_1_last_used_service";

/// A row about which much is found.
fn row(name: &str, account: u32, service: &str) -> String {
    format!(
        "\n{name},arn:aws:iam::{account:012}:user/{name},2016-01-01T00:00:00Z,true,no_information,false,\
         true,2016-01-01T00:00:00Z,2016-02-01T00:00:00Z,{service}"
    )
}

fn open(files: &[String]) -> (Session, Overview) {
    let named = |(number, text): (usize, &String)| (format!("{number}.csv"), text.clone());
    open_named(&files.iter().enumerate().map(named).collect::<Vec<_>>())
}

/// Opens files, each with its name.
fn open_named(files: &[(String, String)]) -> (Session, Overview) {
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: Timestamp::from_unix(1_790_000_000) });
    for (name, text) in files {
        let (name, bytes) = (name.clone(), text.len() as u64);
        session.handle(Request::File { name, bytes, modified: None });
        session.handle(Request::Slice(text.clone().into_bytes()));
        assert!(matches!(session.handle(Request::EndOfFile), Reply::FileRead { .. }));
    }
    match session.handle(Request::Commit) {
        Reply::Overview(overview) => (session, *overview),
        other => panic!("{other:?}"),
    }
}

/// The bytes of the export, and of its longest part.
fn export(session: &mut Session) -> (usize, usize) {
    let (mut total, mut longest) = (0, 0);
    let mut reply = session.handle(Request::Export(Box::default()));
    while let Reply::Part { bytes, last, .. } = reply {
        total += bytes.len();
        longest = longest.max(bytes.len());
        if last {
            break;
        }
        reply = session.handle(Request::NextPart);
    }
    (total, longest)
}

/// The bytes of the export of changes.
fn export_changes(session: &mut Session) -> usize {
    let mut total = 0;
    let mut reply = session.handle(Request::Export(Box::new(Form::Changes.into())));
    while let Reply::Part { bytes, last, .. } = reply {
        total += bytes.len();
        if last {
            break;
        }
        reply = session.handle(Request::NextPart);
    }
    total
}

fn query(session: &mut Session, query: Query) -> u32 {
    match session.handle(Request::Query(query)) {
        Reply::Cards(cards) => cards.matching,
        other => panic!("{other:?}"),
    }
}

/// Whether sixteen times the size takes no more than twenty times the work.
#[track_caller]
fn assert_linear(what: &str, few: u64, many: u64) {
    assert!(few > 0 && many <= 20 * few, "{what}: {few} steps became {many}");
}

#[test]
fn a_row_that_stands_in_a_file_many_times_is_work_but_once_each() {
    let of = |times: u32| {
        let text = format!("{HEADER}{}", row("ann", 1, "s3").repeat(times as usize));
        let (opened, (mut session, overview)) = steps(|| open(&[text]));
        assert_eq!(overview.users, times);
        let (exported, (bytes, longest)) = steps(|| export(&mut session));
        assert!(bytes > 500 * times as usize && longest < 2 << 20, "{bytes} bytes, {longest} in a part");
        let (looked, _) = steps(|| session.handle(Request::Card(RowId(times - 1))));
        let (asked, _) = steps(|| query(&mut session, Query { limit: 48, ..Query::default() }));
        (opened, exported, asked, looked)
    };
    let (few, many) = (of(FEW), of(MANY));
    assert_linear("opening", few.0, many.0);
    assert_linear("exporting", few.1, many.1);
    assert_linear("asking", few.2, many.2);
    assert_eq!(few.3, many.3, "a card of the last row");
}

#[test]
fn files_that_say_nothing_of_accounts_are_linked_without_comparing_all_with_all() {
    let of = |rows: u32| {
        let text = |mfa| {
            format!("user,mfa_active,password_enabled{}", format!("\nann,{mfa},true").repeat(rows as usize))
        };
        let (opened, (mut session, _)) = steps(|| open(&[text("false"), text("true")]));
        let (exported, _) = steps(|| export(&mut session));
        (opened, exported)
    };
    let (few, many) = (of(FEW), of(MANY));
    assert_linear("opening", few.0, many.0);
    assert_linear("exporting", few.1, many.1);
}

#[test]
fn accounts_of_two_files_are_not_compared_all_with_all() {
    let of = |accounts: u32| {
        let text = |name: &str| {
            let rows: String = (0..accounts).map(|account| row(name, account, "s3")).collect();
            format!("{HEADER}{rows}")
        };
        let (opened, (mut session, overview)) = steps(|| open(&[text("ann"), text("bob")]));
        assert_eq!((overview.users, overview.accounts.len()), (accounts, accounts as usize));
        let (exported, _) = steps(|| export(&mut session));
        (opened, exported)
    };
    let (few, many) = (of(FEW), of(MANY));
    assert_linear("opening", few.0, many.0);
    assert_linear("exporting", few.1, many.1);
}

#[test]
fn many_files_are_linked_at_once() {
    let of = |files: u32| {
        let text = |file| format!("user,mfa_active\nann,true\nuser-{file},false");
        steps(|| open(&(0..files).map(text).collect::<Vec<_>>())).0
    };
    assert_linear("opening", of(FEW / 4), of(MANY / 4));
}

/// A file whose name tells when it was made, of so many users and one more.
fn of_day(day: u32, users: u32, sorted: bool) -> (String, String) {
    let mut rows: Vec<String> =
        (0..users).map(|user| row(&format!("user-{:05}", user + day), 1, "s3")).collect();
    if !sorted {
        rows.reverse();
    }
    let name = format!("status_reports_2026-08-{:02}T00-00-00+00-00.csv", day + 1);
    (name, format!("{HEADER}{}", rows.concat()))
}

#[test]
fn two_reports_are_compared_without_looking_for_each_user_among_all() {
    for sorted in [true, false] {
        let of = |users: u32| {
            let (mut session, _) = open_named(&[of_day(0, users, true), of_day(1, users, sorted)]);
            let (compared, reply) = steps(|| session.handle(Request::Comparison));
            let Reply::Comparison(summary) = reply else { panic!("{reply:?}") };
            // One is gone and one has come who looks the same.
            assert_eq!(summary.total.users_by_change, [0, 0, 0, 1, 0]);
            let (exported, bytes) = steps(|| export_changes(&mut session));
            assert!(bytes > 500 * users as usize);
            (compared, exported)
        };
        let (few, many) = (of(FEW), of(MANY));
        assert_linear("comparing", few.0, many.0);
        assert_linear("exporting", few.1, many.1);
    }
}

#[test]
fn many_accounts_in_two_files_are_compared_each_with_itself() {
    let of = |accounts: u32| {
        let file = |day: u32| {
            let rows: String = (0..accounts).map(|account| row("ann", account, "s3")).collect();
            (format!("status_reports_2026-08-{:02}T00-00-00+00-00.csv", day + 1), format!("{HEADER}{rows}"))
        };
        let (mut session, _) = open_named(&[file(0), file(1)]);
        let (compared, reply) = steps(|| session.handle(Request::Comparison));
        let Reply::Comparison(summary) = reply else { panic!("{reply:?}") };
        assert_eq!(summary.accounts.len() as u32, accounts);
        let (exported, _) = steps(|| export_changes(&mut session));
        (compared, exported)
    };
    let (few, many) = (of(FEW), of(MANY));
    assert_linear("comparing", few.0, many.0);
    assert_linear("exporting", few.1, many.1);
}

#[test]
fn a_row_that_stands_in_both_files_many_times_is_paired_in_order() {
    let of = |times: u32| {
        let file = |day: u32| {
            let (name, _) = of_day(day, 0, true);
            (name, format!("{HEADER}{}", row("ann", 1, "s3").repeat((times + day) as usize)))
        };
        let (mut session, _) = open_named(&[file(0), file(1)]);
        let (compared, reply) = steps(|| session.handle(Request::Comparison));
        let Reply::Comparison(summary) = reply else { panic!("{reply:?}") };
        assert_eq!(summary.total.users_by_change, [1, 0, 0, 0, 0]);
        let (exported, _) = steps(|| export_changes(&mut session));
        (compared, exported)
    };
    let (few, many) = (of(FEW), of(MANY));
    assert_linear("comparing", few.0, many.0);
    assert_linear("exporting", few.1, many.1);
}

#[test]
fn many_reports_of_one_account_are_compared_one_after_the_other() {
    let of = |reports: u32| {
        let name = |day: u32| {
            format!("status_reports_20{:02}-01-{:02}T00-00-00+00-00.csv", 10 + day / 28, 1 + day % 28)
        };
        let files: Vec<(String, String)> =
            (0..reports).map(|day| (name(day), of_day(day % 3, 20, true).1)).collect();
        let (opened, (mut session, _)) = steps(|| open_named(&files));
        let (compared, reply) = steps(|| session.handle(Request::Comparison));
        let Reply::Comparison(summary) = reply else { panic!("{reply:?}") };
        assert_eq!(summary.accounts[0].trend.len() as u32, reports);
        (opened, compared)
    };
    let (few, many) = (of(FEW / 10), of(MANY / 10));
    assert_linear("opening", few.0, many.0);
    assert_linear("comparing", few.1, many.1);
}
