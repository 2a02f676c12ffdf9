//! Accounts: searched, sorted by every column, a page at a time.
#![allow(clippy::unwrap_used)]

mod common;

use credential_report_viewer::accounts::{AccountQuery, AccountSort, Accounts};
use credential_report_viewer::assessment::Kind;
use credential_report_viewer::checks::Severity;
use credential_report_viewer::comparison::Outcome;
use credential_report_viewer::histogram::DayRange;
use credential_report_viewer::query::Query;
use credential_report_viewer::session::{Reply, Request, Session};

use common::{Row, days_ago, file, in_account, open, report, root, user};

const A: &str = "111111111111";
const B: &str = "222222222222";
const C: &str = "333333333333";

fn ask(session: &mut Session, query: AccountQuery) -> Accounts {
    match session.handle(Request::Accounts(query)) {
        Reply::Accounts(accounts) => *accounts,
        other => panic!("{other:?}"),
    }
}

fn numbers(accounts: &Accounts) -> Vec<&str> {
    accounts.rows.iter().map(|row| row.summary.account.as_str()).collect()
}

/// Three accounts: one with an old root key, one with users without MFA, one in which all is well and that
/// has no row for root.
fn three() -> Session {
    let rows: [Row; 7] = [
        in_account(root().with("mfa_active", "false").key(1, &days_ago(900), &days_ago(4)), A),
        in_account(root().with("password_last_used", &days_ago(100)), B),
        in_account(user("ann").password().with("mfa_active", "true"), B),
        in_account(user("bob").password().with("mfa_active", "false"), B),
        in_account(user("eve").key(1, &days_ago(100), &days_ago(1)).key(2, &days_ago(10), &days_ago(1)), B),
        in_account(user("cid").key(1, &days_ago(5), &days_ago(1)), C),
        in_account(user("dot").password().with("mfa_active", "true"), C),
    ];
    open(&[file("all.csv", report(&rows))])
}

#[test]
fn an_account_tells_of_root_mfa_keys_and_its_report() {
    let mut session = three();
    let accounts =
        ask(&mut session, AccountQuery { sort: AccountSort::Account, limit: 9, ..Default::default() });
    assert_eq!((accounts.total, accounts.matching, accounts.offset), (3, 3, 0));
    let [a, b, c] = accounts.rows.as_slice() else { panic!("{accounts:?}") };
    assert_eq!((a.summary.has_root, a.summary.root_mfa, a.summary.root_keys), (true, Some(false), 1));
    let used = |row: &credential_report_viewer::accounts::AccountRow| {
        row.summary.root_used.map(|time| time.age_days(common::time(common::AS_OF)))
    };
    assert_eq!((used(a), used(b), used(c)), (Some(4), Some(100), None));
    assert_eq!((b.summary.mfa_with, b.summary.mfa_without, b.console_users()), (1, 1, 2));
    assert_eq!((b.summary.keys, b.summary.keys_over, b.summary.oldest_key_days), (2, 1, Some(100)));
    assert_eq!((c.summary.keys_over, c.summary.oldest_key_days, c.summary.has_root), (0, Some(5), false));
    assert_eq!((a.summary.oldest_key_days, &*a.file), (Some(900), "all.csv"));
}

#[test]
fn every_column_sorts_both_ways_and_what_has_no_value_comes_last() {
    let mut session = three();
    for (sort, ascending, descending) in [
        (AccountSort::Account, [A, B, C], [C, B, A]),
        (AccountSort::Users, [A, C, B], [B, C, A]),
        (AccountSort::RootMfa, [A, B, C], [B, A, C]),
        (AccountSort::RootKeys, [B, A, C], [A, B, C]),
        (AccountSort::RootUse, [B, A, C], [A, B, C]),
        (AccountSort::Mfa, [B, C, A], [C, B, A]),
        (AccountSort::OldKeys, [C, A, B], [A, B, C]),
        (AccountSort::OldestKey, [C, B, A], [A, B, C]),
        (AccountSort::ReportTime, [A, B, C], [A, B, C]),
    ] {
        let mut sorted =
            |descending| ask(&mut session, AccountQuery { sort, descending, limit: 9, ..Default::default() });
        assert_eq!(numbers(&sorted(false)), ascending, "{sort:?}, ascending");
        assert_eq!(numbers(&sorted(true)), descending, "{sort:?}, descending");
    }
    let worst = ask(&mut session, AccountQuery { descending: true, limit: 9, ..Default::default() });
    assert_eq!(numbers(&worst), [A, B, C]);
    let counts: Vec<_> = worst.rows.iter().map(|row| row.summary.by_severity).collect();
    let key = |place: usize| Severity::ALL.map(|severity| counts[place].of(severity));
    assert!(key(0) > key(1) && key(1) > key(2), "{counts:?}");
    assert_eq!(AccountSort::ALL.len(), 11);
}

#[test]
fn accounts_are_searched_by_number_and_filtered_as_users_are() {
    let mut session = three();
    let mut found = |query: Query| {
        let query =
            AccountQuery { sort: AccountSort::Account, limit: 9, ..Default::default() }.filtered_by(&query);
        numbers(&ask(&mut session, query)).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let search = |words: &str| Query { search: words.to_owned(), ..Query::default() };
    assert_eq!(found(search("2222-2222")), [B]);
    assert_eq!(found(search("33")), [C]);
    assert_eq!(found(search("")), [A, B, C]);
    assert!(found(search("ann")).is_empty());
    assert_eq!(found(Query { accounts: vec![C.to_owned()], ..Query::default() }), [C]);
    assert_eq!(found(Query { severities: vec![Severity::Critical], ..Query::default() }), [A]);
    assert!(!found(Query { fine: true, ..Query::default() }).contains(&A.to_owned()));
}

#[test]
fn pages_are_pieces_of_one_order() {
    let rows: Vec<Row> =
        (0..25).map(|account| in_account(user("ann"), &format!("{:012}", account * 7 % 25))).collect();
    let mut session = open(&[file("all.csv", report(&rows))]);
    let mut page = |offset, limit| {
        let query = AccountQuery {
            sort: AccountSort::Account,
            descending: true,
            offset,
            limit,
            ..Default::default()
        };
        ask(&mut session, query)
    };
    let whole = page(0, 99);
    let pieces: Vec<_> = (0..30).step_by(10).flat_map(|offset| page(offset, 10).rows).collect();
    assert_eq!((whole.matching, pieces), (25, whole.rows));
    assert_eq!((page(90, 10).offset, page(90, 10).rows.len()), (25, 0));
    assert_eq!(Session::new().handle(Request::Accounts(AccountQuery::default())), Reply::NoResult);
}

#[test]
fn filters_of_users_leave_the_accounts_that_have_such_users() {
    let mut session = three();
    let mut left = |query: &Query| {
        let sort = AccountSort::Account;
        let query = AccountQuery { sort, limit: 9, ..Default::default() }.filtered_by(query);
        let accounts = ask(&mut session, query);
        accounts.rows.iter().map(|row| row.summary.account.clone()).collect::<Vec<_>>()
    };
    assert_eq!(left(&Query::default()), [A, B, C]);
    assert_eq!(left(&Query { kinds: vec![Kind::Root], ..Query::default() }), [A, B]);
    assert_eq!(left(&Query { kinds: vec![Kind::Machine], ..Query::default() }), [B, C]);
    let old = Some(DayRange { from: 91, to: None });
    assert_eq!(left(&Query { key_age: old, ..Query::default() }), [A, B]);
    // A user has to match all of them.
    assert_eq!(left(&Query { key_age: old, kinds: vec![Kind::Machine], ..Query::default() }), [B]);
    assert_eq!(left(&Query { console_mfa: Some(false), ..Query::default() }), [B]);
    assert_eq!(left(&Query { key_age: old, accounts: vec![B.to_owned()], ..Query::default() }), [B]);
    // Without an earlier report nothing is new.
    assert_eq!(left(&Query { changes: vec![Outcome::New], ..Query::default() }), [""; 0]);
}

#[test]
fn an_account_with_an_earlier_report_says_what_changed() {
    let of = |days: i64, rows: &[Row]| {
        let as_of = days_ago(days).replace(':', "-").replace('Z', "+00-00");
        file(&format!("status_reports_{as_of}.csv"), report(rows))
    };
    let bob = |mfa: &str| in_account(user("bob").password().with("mfa_active", mfa), B);
    let ann = |mfa: &str| in_account(user("ann").password().with("mfa_active", mfa), B);
    let alone = in_account(user("cid").key(1, &days_ago(5), &days_ago(1)), C);
    let mut session =
        open(&[of(30, &[bob("false"), ann("true")]), of(0, &[bob("true"), ann("false"), alone])]);
    let query = AccountQuery { sort: AccountSort::Changes, descending: true, limit: 9, ..Default::default() };
    let accounts = ask(&mut session, query.clone());
    assert_eq!(numbers(&accounts), [B, C]);
    let changes = accounts.rows[0].changes.unwrap();
    assert!(changes.new > 0 && changes.resolved > 0, "{changes:?}");
    assert_eq!(accounts.rows[1].changes, None);
    let new = query.filtered_by(&Query { changes: vec![Outcome::New], ..Query::default() });
    assert_eq!(numbers(&ask(&mut session, new)), [B]);
}
