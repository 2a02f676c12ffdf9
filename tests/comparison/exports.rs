//! The export of changes, its pages, and its filters.

use serde_json::{Value, json};

use credential_report_viewer::comparison::{Cause, ChangeKind, ChangeQuery, FactKind, Outcome};
use credential_report_viewer::query::Query;
use credential_report_viewer::session::{Reply, Request};

use crate::common::{self, ACCOUNT, Row, days_ago, time, user};
use crate::kit::*;

#[test]
fn the_order_of_dropping_does_not_matter() {
    let of = |account: &str, row: Row| {
        let arn = row.cell("arn").replace(ACCOUNT, account);
        row.with("arn", &arn)
    };
    let other = "000000000007";
    let files = [
        at(60, &[quiet_root(), console("ann").with("mfa_active", "false")]),
        at(30, &[quiet_root(), console("ann"), of(other, console("bob"))]),
        at(
            0,
            &[
                quiet_root(),
                console("ann").with("mfa_active", "false"),
                console("cat").key(1, &days_ago(200), "N/A"),
            ],
        ),
        at(10, &[of(other, console("bob").with("mfa_active", "false")), of("999999999999", console("dan"))]),
    ];
    let mut first = None;
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        let mut session = session(&order.map(|place| files[place].clone()));
        let text = export_text(&mut session, None);
        let accounts: Value = serde_json::from_str(&text).unwrap();
        let accounts: Vec<&str> =
            accounts["accounts"].as_array().unwrap().iter().map(|a| a["account"].as_str().unwrap()).collect();
        assert_eq!(accounts, [other, ACCOUNT]);
        assert_eq!(&text, first.get_or_insert(text.clone()));
        let Reply::Comparison(summary) = session.handle(Request::Comparison) else { panic!() };
        assert_eq!(summary.without, 1);
    }
}

#[test]
fn pages_of_changes_are_parts_of_the_whole() {
    let then: Vec<Row> =
        (0..30).map(|n| old(&format!("user-{n:02}")).key(1, &days_ago(100 + n), &days_ago(100))).collect();
    let now: Vec<Row> = (10..40)
        .map(|n| {
            let used = if n % 3 == 0 { days_ago(2) } else { days_ago(100) };
            old(&format!("user-{n:02}")).key(1, &days_ago(100 + n), &used)
        })
        .collect();
    let mut session = session(&[at(APART, &then), at(0, &now)]);
    let account = only(&export(&mut session)).clone();
    let uids: Vec<&str> =
        account["findings"].as_array().unwrap().iter().map(|f| f["uid"].as_str().unwrap()).collect();
    let mut page = |query: ChangeQuery| {
        let Reply::Changes(page) = session.handle(Request::Changes(query)) else { panic!() };
        *page
    };
    let mut seen = Vec::new();
    while seen.len() < uids.len() {
        let part = page(ChangeQuery { offset: seen.len() as u32, limit: 7, ..ChangeQuery::default() });
        assert_eq!(part.matching, uids.len() as u64);
        assert!(!part.changes.is_empty());
        seen.extend(part.changes.into_iter().map(|change| change.finding.uid));
    }
    assert_eq!(seen, uids);
    let asked = ChangeQuery { causes: vec![Cause::UsedAgain], limit: 100, ..ChangeQuery::default() };
    let cleared = page(asked);
    assert_eq!(cleared.matching, cleared.changes.len() as u64);
    assert!(cleared.matching > 0 && cleared.changes.iter().all(|c| c.cause == Some(Cause::UsedAgain)));
    let search = ChangeQuery { search: "USER-05".to_owned(), limit: 100, ..ChangeQuery::default() };
    assert!(page(search.clone()).changes.iter().all(|c| c.finding.user.as_deref() == Some("user-05")));
    let Reply::UserChanges(users) =
        session.handle(Request::UserChanges(ChangeQuery { limit: 3, ..ChangeQuery::default() }))
    else {
        panic!()
    };
    assert_eq!((users.matching, users.changes.len()), (26, 3));
    // What is narrow has its own numbers.
    let narrow = Query { search: search.search, ..Query::default() };
    let narrow: Value = serde_json::from_str(&export_text(&mut session, Some(narrow))).unwrap();
    check_sums(only(&narrow));
    assert!(VALIDATOR.is_valid(&narrow));
}

#[test]
fn findings_are_filtered_by_their_change() {
    let ann = || console("ann").with("mfa_active", "false");
    let set = days_ago(40);
    let now = [
        ann(),
        console("bob").with("mfa_active", "false").with("password_last_changed", &set),
        console("cat").with("password_last_changed", &set),
    ];
    let mut session = session(&[at(APART, &[ann()]), at(0, &now)]);
    let mut shown = |changes: &[Outcome]| {
        let query = Query { changes: changes.to_vec(), limit: 9, ..Query::default() };
        let cards = common::query(&mut session, &query);
        let names: Vec<String> = cards.cards.iter().map(|card| card.user.clone()).collect();
        let export = common::exported(&mut session, Some(query));
        let findings = export["findings"].as_array().unwrap();
        assert_eq!(
            (export["summary"]["findings"].as_u64(), findings.len() as u64),
            (Some(cards.findings), cards.findings)
        );
        assert!(findings.iter().all(|f| changes.iter().any(|outcome| f["change"] == outcome.name())));
        names
    };
    assert_eq!(shown(&[Outcome::New]), ["bob"]);
    assert_eq!(shown(&[Outcome::Unchanged]), ["ann"]);
    assert_eq!(shown(&[Outcome::New, Outcome::Unchanged]).len(), 2);
    assert_eq!(shown(&[Outcome::Resolved]), Vec::<String>::new());
}

#[test]
fn the_trend_has_the_figures_of_every_report() {
    let rows = |days: i64| {
        [
            quiet_root().key(1, &days_ago(days + 500), "N/A"),
            console("ann").with("user_creation_time", &days_ago(600)),
            console("bob")
                .with("mfa_active", "false")
                .key(2, &days_ago(days + 91), "N/A")
                .with("user_creation_time", &days_ago(600)),
            key_off(old("bot").key(1, &days_ago(900), "N/A"), 1),
        ]
    };
    let account = only(&export(&mut session(&[at(0, &rows(0)), at(APART, &rows(APART)[1..])]))).clone();
    let trend = &account["trend"];
    for (place, users, beyond, oldest) in [(0, 3, 1, 91), (1, 4, 2, 500)] {
        let point = &trend[place];
        assert_eq!(
            (&point["users"], &point["console_users"], &point["console_users_with_mfa"]),
            (&json!(users), &json!(2), &json!(1))
        );
        assert_eq!(
            (&point["keys_beyond_limit"], &point["oldest_key_days"]),
            (&json!(beyond), &json!(oldest))
        );
    }
    assert_eq!(trend[0]["by_severity"], account["summary"]["by_severity_before"]);
    assert_eq!(trend[1]["by_severity"], account["summary"]["by_severity"]);
    let account = compare(&[user("ann")], &[user("ann")]);
    assert_eq!(account["trend"][0]["oldest_key_days"], json!(null));
    assert_eq!(account["trend"][0]["as_of"], json!(time(&days_ago(APART))));
}

#[test]
fn the_schema_is_a_schema_and_names_what_there_is() {
    assert!(jsonschema::meta::is_valid(&SCHEMA));
    let named = |pointer: &str| -> Vec<String> {
        serde_json::from_value(SCHEMA.pointer(pointer).unwrap().clone()).unwrap()
    };
    for outcome in Outcome::ALL.into_iter().filter(|outcome| *outcome != Outcome::Unchanged) {
        let causes = Cause::ALL.iter().filter(|cause| cause.outcome() == outcome);
        let names: Vec<&str> = causes.map(|cause| cause.name()).collect();
        assert_eq!(named(&format!("/$defs/{}_cause/enum", outcome.name().replace('-', "_"))), names);
    }
    let facts: Vec<&str> = FactKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(named("/$defs/fact/properties/fact/enum"), facts);
    let outcomes: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.name()).collect();
    assert_eq!(named("/$defs/outcome/enum"), outcomes);
    let then = [console("ann"), old("bob"), old("cat").key(1, &days_ago(200), "N/A")];
    let now = [console("ann").with("mfa_active", "false"), old("cat")];
    let mut export = export(&mut session(&[at(APART, &then), at(0, &now)]));
    for pointer in [
        "",
        "/accounts/0",
        "/accounts/0/earlier",
        "/accounts/0/summary",
        "/accounts/0/summary/by_cause",
        "/accounts/0/users/0",
        "/accounts/0/users/0/facts/0",
        "/accounts/0/users/0/facts/0/subject",
        "/accounts/0/findings/0",
        "/accounts/0/findings/0/subject",
        "/accounts/0/findings/0/cells",
        "/accounts/0/trend/0",
    ] {
        export.pointer_mut(pointer).unwrap().as_object_mut().unwrap().insert("more".to_owned(), json!(1));
        assert!(!VALIDATOR.is_valid(&export), "{pointer}");
        export.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove("more");
        assert!(VALIDATOR.is_valid(&export), "{pointer}");
    }
}

#[test]
fn a_deleted_user_has_a_card_of_the_earlier_report() {
    let gone = old("gone").key(1, &days_ago(500), &days_ago(400));
    let mut session =
        session(&[at(0, &[quiet_root(), old("ann")]), at(APART, &[quiet_root(), old("ann"), gone])]);
    let query = ChangeQuery { users: vec![ChangeKind::Deleted], limit: 6, ..ChangeQuery::default() };
    let Reply::UserChanges(users) = session.handle(Request::UserChanges(query)) else { panic!() };
    assert_eq!(users.matching, 1);
    let reply = session.handle(Request::Card(users.changes[0].row));
    let Reply::Card(card) = reply else { panic!("{reply:?}") };
    assert_eq!((card.row, card.user.as_str()), (users.changes[0].row, "gone"));
    assert!(!card.findings.is_empty() && card.change.is_none());
}
