//! Which users are shown, in which order, and by what they are filtered.
#![allow(clippy::unwrap_used)]

mod common;

use credential_report_viewer::assessment::{Kind, RowId};
use credential_report_viewer::checks::{CheckId, Severity};
use credential_report_viewer::histogram::DayRange;
use credential_report_viewer::query::{LastUse, Query, SortKey};
use credential_report_viewer::session::{Reply, Request, Session};

use common::{OTHER, Row, days_ago, file, in_account, open, report, root, sortable, user};

fn is_refused(reply: &Reply) -> bool {
    matches!(reply, Reply::Refused { reason } if !reason.is_empty())
}

fn order(session: &mut Session, query: &Query) -> Vec<String> {
    let query = Query { limit: 100, ..query.clone() };
    common::query(session, &query).cards.into_iter().map(|card| card.user).collect()
}

#[test]
fn users_are_sorted_by_every_key_both_ways_and_what_has_no_value_comes_last() {
    const ROOT: &str = "<root_account>";
    let mut session = open(&[file("a.csv", report(&sortable()))]);
    for (sort, ascending, descending) in [
        (
            SortKey::Severity,
            [ROOT, "cid", "dot", "ann", "Bea", "eve"],
            ["eve", "Bea", "ann", ROOT, "cid", "dot"],
        ),
        (SortKey::Name, [ROOT, "ann", "Bea", "cid", "dot", "eve"], ["eve", "dot", "cid", "Bea", "ann", ROOT]),
        (
            SortKey::Account,
            [ROOT, "ann", "Bea", "dot", "cid", "eve"],
            ["eve", "cid", "dot", "Bea", "ann", ROOT],
        ),
        (
            SortKey::Creation,
            [ROOT, "eve", "cid", "Bea", "ann", "dot"],
            ["ann", "Bea", "cid", "eve", ROOT, "dot"],
        ),
        (
            SortKey::KeyAge,
            ["cid", "ann", ROOT, "Bea", "dot", "eve"],
            ["ann", "cid", ROOT, "Bea", "dot", "eve"],
        ),
        (
            SortKey::LastActivity,
            [ROOT, "Bea", "ann", "cid", "dot", "eve"],
            ["cid", "ann", "Bea", ROOT, "dot", "eve"],
        ),
        (
            SortKey::PasswordAge,
            ["Bea", "eve", ROOT, "ann", "cid", "dot"],
            [ROOT, "eve", "Bea", "ann", "cid", "dot"],
        ),
    ] {
        let query = |descending| Query { sort, descending, ..Query::default() };
        assert_eq!(order(&mut session, &query(false)), ascending, "{sort:?}, ascending");
        assert_eq!(order(&mut session, &query(true)), descending, "{sort:?}, descending");
    }
}

#[test]
fn severity_counts_the_worst_first_however_many_there_are_below() {
    let high = user("high").password().with("mfa_active", "false");
    let many = user("many")
        .with("user_creation_time", &days_ago(100))
        .password()
        .with("password_last_used", &days_ago(0))
        .with("password_next_rotation", &days_ago(1))
        .key(1, &days_ago(100), &days_ago(50))
        .key(2, &days_ago(100), &days_ago(50))
        .with("cert_1_active", "true")
        .with("cert_2_active", "true");
    let mut session = open(&[file("a.csv", report(&[many, high]))]);
    let by_severity = Query { descending: true, ..Query::default() };
    assert_eq!(order(&mut session, &by_severity), ["high", "many"]);
}

#[test]
fn users_of_unknown_accounts_come_last_by_account() {
    let rows = [user("ann"), user("bob").with("arn", ""), in_account(user("cid"), OTHER)];
    let mut session = open(&[file("a.csv", report(&rows))]);
    for (descending, expected) in [(false, ["ann", "cid", "bob"]), (true, ["cid", "ann", "bob"])] {
        let query = Query { sort: SortKey::Account, descending, ..Query::default() };
        assert_eq!(order(&mut session, &query), expected, "{descending}");
    }
}

#[test]
fn pages_are_pieces_of_one_order_and_the_counts_are_honest() {
    // More than are kept of a question that is new.
    let rows: Vec<Row> = (0..157)
        .map(|number| {
            let row = user(&format!("user-{:03}", number * 7 % 157));
            if number % 3 == 0 { row.password().with("mfa_active", "false") } else { row }
        })
        .collect();
    let mut session = open(&[file("a.csv", report(&rows))]);
    for (sort, descending) in SortKey::ALL.into_iter().flat_map(|sort| [(sort, false), (sort, true)]) {
        for search in ["", "user-0", "nobody"] {
            let query = Query { sort, descending, search: search.to_owned(), ..Query::default() };
            let mut pages = Vec::new();
            for offset in (0..170).step_by(10) {
                let page = common::query(&mut session, &Query { offset, limit: 10, ..query.clone() });
                assert_eq!((page.total, page.offset), (157, offset.min(page.matching)));
                assert!(page.cards.len() <= 10);
                pages.push(page);
            }
            let whole = common::query(&mut session, &Query { limit: u32::MAX, ..query.clone() });
            let mut pieces = Vec::new();
            for page in pages {
                assert_eq!((page.matching, page.findings), (whole.matching, whole.findings));
                pieces.extend(page.cards);
            }
            assert_eq!(pieces, whole.cards, "{sort:?}, {descending}, {search}");
            assert_eq!(whole.matching as usize, whole.cards.len());
            let found: usize = whole.cards.iter().map(|card| card.findings.len()).sum();
            assert_eq!(whole.findings as usize, found + whole.account_findings.len());
        }
    }
    let none = common::query(&mut session, &Query { limit: 0, ..Query::default() });
    assert_eq!((none.matching, none.cards.len()), (157, 0));
    let beyond =
        common::query(&mut session, &Query { offset: u32::MAX, limit: u32::MAX, ..Query::default() });
    assert_eq!((beyond.matching, beyond.cards.len()), (157, 0));
}

#[test]
fn the_same_card_is_found_by_its_row() {
    let mut session = open(&[file("a.csv", report(&sortable()))]);
    let cards = common::query(&mut session, &Query { limit: 100, ..Query::default() }).cards;
    for card in cards {
        assert_eq!(session.handle(Request::Card(card.row)), Reply::Card(Box::new(card)));
    }
    assert!(is_refused(&session.handle(Request::Card(RowId(6)))));
    assert!(is_refused(&session.handle(Request::Card(RowId(u32::MAX)))));
}

#[test]
fn a_search_finds_services_regions_kinds_and_numbers_as_the_console_writes_them() {
    let used = |row: Row, slot: u8, service: &str, region: &str| {
        let column = |what: &str| format!("access_key_{slot}_last_used_{what}");
        row.key(slot, &days_ago(9), &days_ago(1))
            .with(&column("service"), service)
            .with(&column("region"), region)
    };
    let rows = [
        root(),
        user("ann").password(),
        used(user("bob"), 1, "dynamodb", "eu-west-1"),
        in_account(used(user("cid").password(), 2, "s3", "us-east-1"), OTHER),
        user("dot"),
    ];
    let mut session = open(&[file("a.csv", report(&rows))]);
    let mut found = |search: &str| {
        let mut users = order(&mut session, &Query { search: search.to_owned(), ..Query::default() });
        users.sort_unstable();
        users
    };
    assert_eq!(found("DynamoDB"), ["bob"]);
    assert_eq!(found("s3"), ["cid"]);
    assert_eq!(found("west"), ["bob"]);
    assert_eq!(found("us-east s3"), ["cid"]);
    assert_eq!(found("us-east dynamodb"), Vec::<String>::new());
    assert_eq!(found("Person"), ["ann", "cid"]);
    assert_eq!(found("program"), ["bob", "cid"]);
    assert_eq!(found("person program"), ["cid"]);
    assert_eq!(found("プログラム"), ["bob"]);
    assert_eq!(found("credentials"), ["dot"]);
    // A letter or two are looked for in names alone.
    assert_eq!(found("pr"), Vec::<String>::new());
    let hyphens = format!("{}-{}-{}", &OTHER[..4], &OTHER[4..8], &OTHER[8..]);
    assert_eq!(found(&hyphens), ["cid"]);
}

#[test]
fn a_search_looks_for_every_word_in_name_arn_and_account() {
    let rows = [
        root(),
        user("Ann.Smith").with("arn", "arn:aws:iam::123456789012:user/Staff/eu/Ann.Smith"),
        user("bob").with("arn", "arn:aws-cn:iam::210987654321:user/staff/bob"),
        user("アン"),
        user("odd").with("arn", "arn:aws:iam::333333333333:user/Somebody"),
        user("no-arn").with("arn", ""),
    ];
    let mut session = open(&[file("a.csv", report(&rows))]);
    let mut found = |search: &str| {
        order(&mut session, &Query { search: search.to_owned(), sort: SortKey::Creation, ..Query::default() })
    };
    let all = found("").len();
    assert_eq!(all, 6);
    assert_eq!(found("   ").len(), all);
    assert_eq!(found("ann"), ["Ann.Smith"]);
    assert_eq!(found("ANN.S"), ["Ann.Smith"]);
    assert_eq!(found("staff"), ["Ann.Smith", "bob"]);
    assert_eq!(found("staff 2109"), ["bob"]);
    assert_eq!(found(" bob  staff "), ["bob"]);
    assert_eq!(found("ann bob"), Vec::<String>::new());
    assert_eq!(found("eu/ann"), ["Ann.Smith"]);
    assert_eq!(found("arn:aws-cn"), ["bob"]);
    assert_eq!(found("アン"), ["アン"]);
    assert_eq!(found("<root"), ["<root_account>"]);
    assert_eq!(found("333333333333"), ["odd"]);
    assert_eq!(found("somebody"), ["odd"]);
    assert_eq!(found("no-arn"), ["no-arn"]);
    assert_eq!(found("123456789012").len(), 3);
    assert_eq!(found("zzz"), Vec::<String>::new());
}

#[test]
fn every_filter_shows_the_users_that_it_names_and_no_others() {
    let check = |name: &str| CheckId::from_name(name).unwrap();
    let days = |from, to| DayRange { from, to };
    let all = Query { sort: SortKey::Name, ..Query::default() };
    let mut session = open(&[file("a.csv", report(&sortable()))]);
    for (query, expected) in [
        (Query { severities: vec![Severity::High], ..all.clone() }, vec!["Bea", "eve"]),
        (Query { severities: vec![Severity::Medium, Severity::Low], ..all.clone() }, vec!["ann", "eve"]),
        (Query { severities: vec![Severity::Critical], ..all.clone() }, vec![]),
        (Query { checks: vec![check("two-active-access-keys")], ..all.clone() }, vec!["ann"]),
        (
            Query { checks: vec![check("console-mfa-disabled"), check("user-dormant")], ..all.clone() },
            vec!["Bea", "eve"],
        ),
        // A finding of this severity of this check, not the one here and the other there.
        (
            Query { severities: vec![Severity::High], checks: vec![check("password-old")], ..all.clone() },
            vec![],
        ),
        (
            Query { severities: vec![Severity::Medium], checks: vec![check("password-old")], ..all.clone() },
            vec!["eve"],
        ),
        (Query { accounts: vec![OTHER.to_owned()], ..all.clone() }, vec!["cid", "eve"]),
        (Query { accounts: vec!["000000000000".to_owned()], ..all.clone() }, vec![]),
        (Query { kinds: vec![Kind::Root], ..all.clone() }, vec!["<root_account>"]),
        (Query { kinds: vec![Kind::Human], ..all.clone() }, vec!["Bea", "eve"]),
        (Query { kinds: vec![Kind::Machine, Kind::None], ..all.clone() }, vec!["ann", "cid", "dot"]),
        (Query { kinds: vec![Kind::Both], ..all.clone() }, vec![]),
        (Query { key_age: Some(days(100, Some(101))), ..all.clone() }, vec!["ann"]),
        (Query { key_age: Some(days(10, Some(21))), ..all.clone() }, vec!["ann", "cid"]),
        (Query { key_age: Some(days(101, None)), ..all.clone() }, vec![]),
        (Query { last_use: Some(LastUse::Never), ..all.clone() }, vec!["ann", "eve"]),
        (Query { last_use: Some(LastUse::Days(days(0, Some(3)))), ..all.clone() }, vec!["ann", "cid"]),
        (Query { last_use: Some(LastUse::Days(days(5, None))), ..all.clone() }, vec!["Bea"]),
        (Query { last_use: Some(LastUse::AtLeast(5)), ..all.clone() }, vec!["ann", "Bea", "eve"]),
        (Query { console_mfa: Some(false), ..all.clone() }, vec!["Bea"]),
        (Query { console_mfa: Some(true), ..all.clone() }, vec!["eve"]),
        (Query { fine: true, ..all.clone() }, vec!["<root_account>", "cid", "dot"]),
        (Query { fine: true, severities: vec![Severity::High], ..all.clone() }, vec![]),
        (
            Query {
                search: "e".to_owned(),
                kinds: vec![Kind::Human],
                console_mfa: Some(true),
                ..all.clone()
            },
            vec!["eve"],
        ),
    ] {
        assert!(query.is_narrow());
        assert_eq!(order(&mut session, &query), expected, "{query:?}");
    }
    assert!(!all.is_narrow());
    assert_eq!(order(&mut session, &all).len(), 6);
}

#[test]
fn a_choice_of_severity_promises_what_it_shows() {
    let check = |name: &str| CheckId::from_name(name).unwrap();
    let rows: Vec<_> = sortable().into_iter().map(|row| row.with("password_next_rotation", "N/A")).collect();
    let mut session = open(&[file("a.csv", report(&rows))]);
    let all = Query { limit: 0, ..Query::default() };
    for others in [
        all.clone(),
        Query { search: "e".to_owned(), ..all.clone() },
        Query { accounts: vec![OTHER.to_owned()], ..all.clone() },
        Query { kinds: vec![Kind::Human], ..all.clone() },
        Query { console_mfa: Some(true), search: "e".to_owned(), ..all.clone() },
        Query { checks: vec![check("console-mfa-disabled"), check("password-old")], ..all.clone() },
        Query { last_use: Some(LastUse::Never), ..all.clone() },
    ] {
        for chosen in [vec![], vec![Severity::High], vec![Severity::Low, Severity::Medium]] {
            let choices =
                common::query(&mut session, &Query { severities: chosen, ..others.clone() }).choices;
            for severity in Severity::ALL {
                let query = Query { severities: vec![severity], ..others.clone() };
                let shown = common::query(&mut session, &query).findings;
                assert_eq!(choices.by_severity.of(severity), shown, "{query:?}");
            }
            let query = Query { fine: true, ..others.clone() };
            // A check that is asked for has findings, and so no user is without.
            let shown = common::query(&mut session, &query).matching;
            assert_eq!(choices.fine, if others.checks.is_empty() { shown } else { 0 }, "{query:?}");
        }
    }
}

#[test]
fn the_findings_that_are_counted_are_those_that_the_filter_names() {
    let never =
        sortable().into_iter().map(|row| row.with("password_next_rotation", "N/A")).collect::<Vec<_>>();
    let mut session = open(&[file("a.csv", report(&never))]);
    let mut count = |query: Query| {
        let cards = common::query(&mut session, &query);
        (cards.matching, cards.findings, cards.account_findings.len())
    };
    let all = count(Query::default());
    assert_eq!((all.0, all.2), (6, 2));
    assert_eq!(count(Query { severities: vec![Severity::High], ..Query::default() }), (2, 3, 0));
    assert_eq!(count(Query { severities: vec![Severity::Low], ..Query::default() }), (0, 2, 2));
    assert_eq!(count(Query { accounts: vec![OTHER.to_owned()], ..Query::default() }).2, 1);
    assert_eq!(count(Query { search: OTHER.to_owned(), ..Query::default() }).2, 1);
    assert_eq!(count(Query { search: "ann".to_owned(), ..Query::default() }).2, 0);
    assert_eq!(count(Query { kinds: vec![Kind::Human], ..Query::default() }).2, 0);
    assert_eq!(count(Query { fine: true, ..Query::default() }), (3, 0, 0));
}
