//! What is different about a user.

use std::collections::HashSet;

use serde_json::{Value, json};

use credential_report_viewer::comparison::FactKind;

use crate::common::{Row, days_ago};
use crate::kit::*;

/// The facts of the only user with a change.
fn facts(then: Row, now: Row) -> Vec<(String, Value, Value, Value)> {
    let account = compare(&[then], &[now]);
    let users = account["users"].as_array().unwrap();
    let facts = users.iter().flat_map(|user| {
        assert_eq!(user["change"], "changed");
        user["facts"].as_array().unwrap().clone()
    });
    facts
        .map(|fact| {
            let name = fact["fact"].as_str().unwrap().to_owned();
            (name, fact["before"].clone(), fact["now"].clone(), fact["subject"].clone())
        })
        .collect()
}

#[test]
fn every_fact_has_before_and_now() {
    let ago = days_ago;
    let (password, user) = (json!({"kind": "password"}), json!({"kind": "user"}));
    let key = |created: &str| json!({"kind": "access-key", "created": created});
    let cert = |created: &str| json!({"kind": "certificate", "created": created});
    let bot = || old("bot").key(1, &ago(60), "N/A");
    let no = || old("ann");
    let ann = || console("ann").with("password_last_changed", &ago(99));
    let mut seen = HashSet::new();
    for (then, now, kind, before, after, subject) in [
        (no(), no().with("password_enabled", "true"), "password-set", json!(false), json!(true), &password),
        (
            no().with("password_enabled", "true"),
            no(),
            "password-removed",
            json!(true),
            json!(false),
            &password,
        ),
        (
            ann(),
            ann().with("password_last_changed", &ago(3)),
            "password-changed",
            json!(ago(99)),
            json!(ago(3)),
            &password,
        ),
        (
            ann(),
            ann().with("password_last_used", &ago(3)),
            "password-used",
            json!(ago(APART)),
            json!(ago(3)),
            &password,
        ),
        (no(), no().with("mfa_active", "true"), "mfa-on", json!(false), json!(true), &user),
        (no().with("mfa_active", "true"), no(), "mfa-off", json!(true), json!(false), &user),
        (old("bot"), bot(), "key-created", json!(null), json!(ago(60)), &key(&ago(60))),
        (bot(), old("bot"), "key-deleted", json!(ago(60)), json!(null), &key(&ago(60))),
        (key_off(bot(), 1), bot(), "key-reactivated", json!(false), json!(true), &key(&ago(60))),
        (bot(), key_off(bot(), 1), "key-deactivated", json!(true), json!(false), &key(&ago(60))),
        (bot(), bot().key(1, &ago(60), &ago(3)), "key-used", json!(null), json!(ago(3)), &key(&ago(60))),
        (
            no(),
            certificate(no(), 1, "true", &ago(60)),
            "certificate-created",
            json!(null),
            json!(ago(60)),
            &cert(&ago(60)),
        ),
        (
            certificate(no(), 1, "true", &ago(60)),
            no(),
            "certificate-deleted",
            json!(ago(60)),
            json!(null),
            &cert(&ago(60)),
        ),
        (
            certificate(no(), 1, "false", &ago(60)),
            certificate(no(), 2, "true", &ago(60)),
            "certificate-reactivated",
            json!(false),
            json!(true),
            &cert(&ago(60)),
        ),
        (
            certificate(no(), 1, "true", &ago(60)),
            certificate(no(), 1, "false", &ago(60)),
            "certificate-deactivated",
            json!(true),
            json!(false),
            &cert(&ago(60)),
        ),
    ] {
        assert_eq!(facts(then, now), [(kind.to_owned(), before, after, subject.clone())]);
        seen.insert(kind);
    }
    assert_eq!(seen.len(), FactKind::ALL.len());
}

#[test]
fn what_cannot_be_read_on_both_sides_is_no_fact() {
    let ago = days_ago;
    let ann = || console("ann").with("password_last_changed", &ago(99)).key(1, &ago(60), &ago(40));
    for (column, cell) in [
        ("password_enabled", "?"),
        ("password_last_used", "?"),
        ("password_last_changed", "?"),
        ("mfa_active", "?"),
        ("access_key_1_active", "?"),
        ("access_key_1_last_used_date", "?"),
        // With one key on each side it is that key.
        ("access_key_1_last_rotated", "?"),
    ] {
        assert_eq!(facts(ann(), ann().with(column, cell)), [], "{column}");
        assert_eq!(facts(ann().with(column, cell), ann()), [], "{column}");
    }
    // A use of a password that is not enabled says nothing, that of root's does.
    let off = || ann().with("password_enabled", "false");
    assert_eq!(facts(off(), off().with("password_last_used", &ago(3))), []);
    let rooted = || quiet_root().with("password_enabled", "not_supported");
    let used = facts(rooted(), rooted().with("password_last_used", &ago(3)));
    assert_eq!((used.len(), &*used[0].0), (1, "password-used"));
    // A use that is earlier than before is none, nor is a password set anew a changed one.
    assert_eq!(facts(ann(), ann().with("password_last_used", &ago(50))), []);
    let set = facts(off(), ann().with("password_last_changed", &ago(3)));
    assert_eq!(set.iter().map(|fact| &*fact.0).collect::<Vec<_>>(), ["password-set"]);
}
