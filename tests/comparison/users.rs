//! Who is who.

use std::collections::HashSet;

use serde_json::{Value, json};

use credential_report_viewer::session::{Reply, Request};

use crate::common::{ACCOUNT, Row, days_ago};
use crate::kit::*;

/// The ARN of a user of a path.
pub(crate) fn in_path(row: Row, path: &str, name: &str) -> Row {
    row.with("user", name).with("arn", &format!("arn:aws:iam::{ACCOUNT}:user{path}{name}"))
}

/// The users with a change: name, change, and the end of the earlier ARN.
fn changes(account: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let users = account["users"].as_array().unwrap().iter();
    users
        .map(|user| {
            let from = text(&user["renamed_from"]);
            let from = from.rsplit_once(":user").map_or("", |(_, path)| path).to_owned();
            (text(&user["user"]), text(&user["change"]), from)
        })
        .collect()
}

#[track_caller]
fn assert_changes(then: &[Row], now: &[Row], expected: &[(&str, &str, &str)]) {
    let expected: Vec<(String, String, String)> =
        expected.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect();
    // In the order of AWS, and the other way round, which takes another way.
    let turned = |rows: &[Row]| -> Vec<Row> { rows.iter().rev().cloned().collect() };
    for (then, now) in
        [(then.to_vec(), now.to_vec()), (turned(then), now.to_vec()), (then.to_vec(), turned(now))]
    {
        assert_eq!(changes(&compare(&then, &now)), expected);
    }
}

#[test]
fn users_are_told_by_arn_and_creation_and_else_by_their_keys() {
    let ago = days_ago;
    let born = |row: Row, days: i64| row.with("user_creation_time", &ago(days));
    let (a, b) = (ago(301), ago(302));
    assert_changes(&[old("ann")], &[old("ann"), old("bob")], &[("bob", "added", "")]);
    assert_changes(&[old("ann"), old("bob")], &[old("ann")], &[("bob", "deleted", "")]);
    // The case of a name does not count, that of a path does.
    assert_changes(&[old("Ann")], &[old("aNN")], &[]);
    let (low, high) = (in_path(old("x"), "/team/", "x"), in_path(old("x"), "/Team/", "X"));
    assert_changes(std::slice::from_ref(&low), &[high], &[("X", "renamed", "/team/x")]);
    assert_changes(&[low], &[old("x")], &[("x", "renamed", "/team/x")]);
    assert_changes(&[old("ann")], &[born(old("ann"), 9)], &[("ann", "re-created", "")]);
    // A guess: the same creation times of user and keys, at least one, in whichever slot.
    let keys = |row: Row| row.key(1, &a, "N/A").key(2, &b, "N/A");
    let swapped = |row: Row| row.key(2, &a, "N/A").key(1, &b, "N/A");
    assert_changes(&[keys(old("ann"))], &[swapped(old("bea"))], &[("bea", "renamed", "/ann")]);
    assert_changes(&[old("ann")], &[old("bea")], &[("ann", "deleted", ""), ("bea", "added", "")]);
    assert_changes(
        &[keys(old("ann"))],
        &[old("bea").key(1, &a, "N/A")],
        &[("ann", "deleted", ""), ("bea", "added", "")],
    );
    assert_changes(
        &[keys(old("ann"))],
        &[born(keys(old("bea")), 399)],
        &[("ann", "deleted", ""), ("bea", "added", "")],
    );
    // Where another two would fit, nobody guesses.
    assert_changes(
        &[keys(old("ann"))],
        &[keys(old("bea")), keys(old("cat"))],
        &[("ann", "deleted", ""), ("bea", "added", ""), ("cat", "added", "")],
    );
    // The old name was taken by another.
    assert_changes(
        &[keys(old("ann"))],
        &[born(old("ann"), 9), keys(old("bea"))],
        &[("ann", "added", ""), ("bea", "renamed", "/ann")],
    );
    // A user took the name of one who is gone.
    assert_changes(
        &[keys(old("ann")), born(old("bea"), 380)],
        &[keys(old("bea"))],
        &[("bea", "deleted", ""), ("bea", "renamed", "/ann")],
    );
    // Without a creation time by ARN alone.
    assert_changes(&[old("ann").with("user_creation_time", "?")], &[born(old("ann"), 9)], &[]);
    assert_changes(&[old("ann")], &[old("ann"), old("ann")], &[("ann", "added", "")]);
    // Root is never added, deleted or created anew.
    assert_changes(&[old("ann")], &[quiet_root(), old("ann")], &[]);
    assert_changes(&[quiet_root(), old("ann")], &[old("ann")], &[]);
    assert_changes(&[quiet_root()], &[born(quiet_root(), 9)], &[]);
}

#[test]
fn that_users_who_were_re_created_cannot_be_told_is_said() {
    let blind = |then: Row, now: Row| {
        let mut session = session(&[at(APART, &[then]), at(0, &[now])]);
        let Reply::Comparison(summary) = session.handle(Request::Comparison) else { panic!() };
        summary.accounts[0].is_blind_to_re_creation
    };
    let unreadable = || old("ann").with("user_creation_time", "?");
    assert!(!blind(old("ann"), old("ann")));
    assert!(blind(unreadable(), old("ann")));
    assert!(blind(old("ann"), unreadable()));
}

#[test]
fn findings_of_a_renamed_user_are_followed_and_of_a_re_created_one_not() {
    let row = |name: &str| old(name).key(1, &days_ago(200), &days_ago(150));
    let account = compare(&[row("ann")], &[row("bea")]);
    let found = finding(&account, "access-key-unused");
    assert_eq!((&found["outcome"], &found["user"]), (&json!("unchanged"), &json!("bea")));
    assert_eq!(found["since"], days_ago(APART));
    let again = row("ann").with("user_creation_time", &days_ago(250));
    let account = compare(&[row("ann")], &[again]);
    let fates = fates(&account, "access-key-unused");
    let expected = [["new", "created", "-"], ["resolved", "user-deleted", "-"]];
    assert_eq!(fates, expected.map(|fate| fate.map(str::to_owned)));
}

#[test]
fn a_key_that_changed_its_slot_is_the_same_key() {
    let (a, b) = (days_ago(300), days_ago(200));
    let then = old("bot").key(1, &a, &days_ago(150)).key(2, &b, &days_ago(1));
    let now = old("bot").key(1, &b, &days_ago(1)).key(2, &a, &days_ago(150));
    let account = compare(std::slice::from_ref(&then), &[now]);
    assert!(account["findings"].as_array().unwrap().iter().all(|finding| finding["outcome"] == "unchanged"));
    assert_eq!(account["users"], json!([]));
    let unused = finding(&account, "access-key-unused");
    assert_eq!(unused["subject"], json!({"kind": "access-key", "slot": 2, "created": a}));
    let cells = |slot: u8| json!({ format!("access_key_{slot}_active"): "true", format!("access_key_{slot}_last_used_date"): days_ago(150) });
    assert_eq!((&unused["cells_before"], &unused["cells"]), (&cells(1), &cells(2)));
    // The first one is deleted, and the other moves up.
    let account = compare(&[then], &[old("bot").key(1, &b, &days_ago(1))]);
    let old_keys = fates(&account, "access-key-not-rotated");
    assert_eq!(
        old_keys,
        [["unchanged", "-", "-"], ["resolved", "key-deleted", "-"]].map(|fate| fate.map(str::to_owned))
    );
    let deleted = finding(&account, "access-key-unused");
    assert_eq!((&deleted["cells_before"], &deleted["cells"]), (&cells(1), &json!({})));
}

#[test]
fn two_keys_of_one_second_are_told_by_the_order_of_slots() {
    let a = days_ago(200);
    let then = old("bot").key(1, &a, &days_ago(150)).key(2, &a, "N/A");
    let account = compare(std::slice::from_ref(&then), std::slice::from_ref(&then));
    let uids: HashSet<&str> = account["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["uid"].as_str().unwrap())
        .collect();
    assert_eq!(uids.len(), account["findings"].as_array().unwrap().len());
    assert_eq!(account["summary"]["by_outcome"]["unchanged"], uids.len());
    // One of them goes: nobody can tell which, and the first is taken for the one that is left.
    let account = compare(&[then], &[old("bot").key(2, &a, "N/A")]);
    let fates = fates(&account, "access-key-unused");
    assert_eq!(fates, [["cleared", "unexplained", "-"].map(str::to_owned)]);
}
