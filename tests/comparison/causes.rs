//! Every outcome of a finding, and every cause, at its edge.

use serde_json::json;

use crate::common::{Row, columns, days_ago, user};
use crate::kit::*;

#[test]
fn a_finding_is_new_since_something_was_created_changed_or_aged() {
    let ago = days_ago;
    let bot = || old("bot").key(1, &ago(60), &ago(40));
    let no_mfa = |row: Row| row.with("mfa_active", "false");
    assert_causes(vec![
        // Not there then: a user, a key, a password.
        ("console-mfa-disabled", None, Some(no_mfa(console("ann"))), "created"),
        ("access-key-unused", Some(old("bot")), Some(bot().key(1, &ago(60), &ago(45))), "created"),
        ("console-mfa-disabled", Some(no_mfa(old("ann"))), Some(no_mfa(console("ann"))), "created"),
        ("access-key-inactive", Some(old("bot")), Some(key_off(bot(), 1)), "created"),
        (
            "signing-certificate-active",
            Some(old("ann")),
            Some(certificate(old("ann"), 2, "true", &ago(9))),
            "created",
        ),
        // Only time passed: at the very day.
        (
            "access-key-not-rotated",
            Some(bot().key(1, &ago(91), &ago(40))),
            Some(bot().key(1, &ago(91), &ago(40))),
            "aged",
        ),
        (
            "access-key-unused",
            Some(bot().key(1, &ago(60), &ago(45))),
            Some(bot().key(1, &ago(60), &ago(45))),
            "aged",
        ),
        (
            "access-key-never-used",
            Some(bot().key(1, &ago(45), "N/A")),
            Some(bot().key(1, &ago(45), "N/A")),
            "aged",
        ),
        // In the other slot it is the same key.
        (
            "access-key-not-rotated",
            Some(bot().key(1, &ago(91), &ago(40))),
            Some(old("bot").key(2, &ago(91), &ago(40))),
            "aged",
        ),
        // What no verdict reads does not count.
        (
            "access-key-not-rotated",
            Some(bot().key(1, &ago(91), &ago(40))),
            Some(bot().key(1, &ago(91), &ago(2))),
            "aged",
        ),
        // A use that moved does.
        (
            "access-key-unused",
            Some(bot().key(1, &ago(80), &ago(50))),
            Some(bot().key(1, &ago(80), &ago(46))),
            "changed",
        ),
        ("console-mfa-disabled", Some(console("ann")), Some(no_mfa(console("ann"))), "changed"),
        ("access-key-inactive", Some(bot()), Some(key_off(bot(), 1)), "changed"),
        ("two-active-access-keys", Some(bot()), Some(bot().key(2, &ago(3), "N/A")), "changed"),
        (
            "password-and-access-key",
            Some(console("ann")),
            Some(console("ann").key(1, &ago(3), "N/A")),
            "changed",
        ),
        ("user-mfa-disabled", Some(old("bot")), Some(bot()), "changed"),
        ("user-without-credentials", Some(key_off(bot(), 1)), Some(old("bot")), "changed"),
        (
            "user-without-credentials",
            Some(user("new").with("user_creation_time", &ago(30))),
            Some(user("new").with("user_creation_time", &ago(30))),
            "aged",
        ),
        (
            "user-dormant",
            Some(bot().key(1, &ago(300), &ago(90))),
            Some(bot().key(1, &ago(300), &ago(90))),
            "aged",
        ),
        // The use of one key moved, of the other not.
        (
            "user-dormant",
            Some(bot().key(1, &ago(300), &ago(95)).key(2, &ago(299), &ago(200))),
            Some(bot().key(1, &ago(300), &ago(95)).key(2, &ago(299), &ago(100))),
            "changed",
        ),
        // A key that is gone counts as one that is not active.
        (
            "user-dormant",
            Some(key_off(bot().key(1, &ago(300), &ago(95)).key(2, &ago(299), &ago(200)), 2)),
            Some(bot().key(1, &ago(300), &ago(95))),
            "aged",
        ),
        (
            "user-dormant",
            Some(bot().key(1, &ago(300), &ago(95)).key(2, &ago(299), &ago(200))),
            Some(bot().key(1, &ago(300), &ago(95))),
            "changed",
        ),
        // Root is there always.
        (
            "root-used-recently",
            Some(quiet_root()),
            Some(quiet_root().with("password_last_used", &ago(1))),
            "changed",
        ),
        ("root-mfa-disabled", Some(quiet_root()), Some(no_mfa(quiet_root())), "changed"),
        ("root-access-key-active", Some(quiet_root()), Some(quiet_root().key(1, &ago(5), "N/A")), "created"),
        ("root-mfa-disabled", None, Some(no_mfa(quiet_root())), "newly-judged"),
        // What could not be evaluated then.
        (
            "console-mfa-disabled",
            Some(console("ann").with("mfa_active", "?")),
            Some(no_mfa(console("ann"))),
            "newly-judged",
        ),
        (
            "console-mfa-disabled",
            Some(console("ann").with("password_enabled", "?")),
            Some(no_mfa(console("ann"))),
            "newly-judged",
        ),
        (
            "access-key-unused",
            Some(bot().key(1, &ago(60), "?")),
            Some(bot().key(1, &ago(60), &ago(45))),
            "newly-judged",
        ),
        // Which of two keys it was.
        (
            "access-key-unused",
            Some(bot().key(1, "?", &ago(40)).key(2, &ago(50), &ago(40))),
            Some(bot().key(1, &ago(60), &ago(45)).key(2, &ago(50), &ago(40))),
            "newly-judged",
        ),
        // A cell that one side cannot read is no change.
        (
            "console-never-used",
            Some(
                old("ann")
                    .with("password_enabled", "true")
                    .with("password_last_used", "no_information")
                    .with("password_last_changed", &ago(60))
                    .with("user_creation_time", "?"),
            ),
            Some(
                old("ann")
                    .with("password_enabled", "true")
                    .with("password_last_used", "no_information")
                    .with("password_last_changed", &ago(60)),
            ),
            "aged",
        ),
    ]);
}

#[test]
fn a_finding_about_a_key_ends_with_the_key_or_its_idleness() {
    let ago = days_ago;
    let bot = |used: &str| old("bot").key(1, &ago(200), used);
    let gone = || old("bot");
    let replaced = || old("bot").key(1, &ago(5), "N/A");
    let off = || key_off(bot(&ago(100)), 1);
    for check in ["access-key-not-rotated", "access-key-unused"] {
        assert_causes(vec![
            (check, Some(bot(&ago(100))), None, "user-deleted"),
            (check, Some(bot(&ago(100))), Some(gone()), "key-deleted"),
            (check, Some(bot(&ago(100))), Some(replaced()), "key-replaced"),
            (check, Some(bot(&ago(100))), Some(off()), "key-deactivated"),
            (check, Some(bot(&ago(100))), Some(off().key(2, &ago(5), "N/A")), "key-replaced"),
            // The second key was there already.
            (
                check,
                Some(bot(&ago(100)).key(2, &ago(40), "N/A")),
                Some(old("bot").key(1, &ago(40), "N/A")),
                "key-deleted",
            ),
            // A new key that is not active takes no place.
            (check, Some(bot(&ago(100))), Some(key_off(replaced(), 1)), "key-deleted"),
            // What cannot be told apart is not resolved.
            (
                check,
                Some(bot(&ago(100)).key(2, &ago(40), &ago(35))),
                Some(key_off(old("bot").key(1, "?", &ago(100)).key(2, "?", &ago(2)), 1)),
                if check == "access-key-unused" {
                    "unexplained"
                } else {
                    "unreadable access_key_2_last_rotated"
                },
            ),
        ]);
    }
    assert_causes(vec![
        ("access-key-unused", Some(bot(&ago(100))), Some(bot(&ago(2))), "used-again"),
        ("access-key-never-used", Some(bot("N/A")), Some(bot(&ago(2))), "used-again"),
        ("access-key-never-used", Some(bot("N/A")), Some(key_off(bot("N/A"), 1)), "key-deactivated"),
        ("access-key-unused", Some(bot(&ago(100))), Some(bot("?")), "unreadable access_key_1_last_used_date"),
        (
            "access-key-not-rotated",
            Some(bot("N/A")),
            Some(bot("N/A").with("access_key_1_active", "?")),
            "unreadable access_key_1_active",
        ),
        (
            "access-key-not-rotated",
            Some(bot("N/A")),
            Some(bot("N/A").with("access_key_1_last_rotated", "N/A")),
            "no-time access_key_1_last_rotated",
        ),
        // A key that was inactive is only deleted.
        ("access-key-inactive", Some(off()), Some(replaced()), "key-deleted"),
        ("access-key-inactive", Some(off()), Some(bot(&ago(100))), "reactivated"),
        ("access-key-inactive", Some(off()), None, "user-deleted"),
        (
            "access-key-inactive",
            Some(off()),
            Some(off().with("access_key_1_active", "?")),
            "unreadable access_key_1_active",
        ),
        // Made with the user.
        (
            "access-key-made-with-user",
            Some(console("ann").key(1, &ago(400), "N/A")),
            Some(console("ann")),
            "key-deleted",
        ),
        (
            "access-key-made-with-user",
            Some(console("ann").key(1, &ago(400), "N/A")),
            Some(old("ann").key(1, &ago(400), "N/A")),
            "password-removed",
        ),
        (
            "access-key-made-with-user",
            Some(console("ann").key(1, &ago(400), "N/A")),
            Some(key_off(old("ann").key(1, &ago(400), "N/A"), 1)),
            "key-deactivated",
        ),
        // Root's.
        (
            "root-access-key-active",
            Some(quiet_root().key(2, &ago(90), "N/A")),
            Some(quiet_root()),
            "key-deleted",
        ),
        (
            "root-access-key-active",
            Some(quiet_root().key(2, &ago(90), "N/A")),
            Some(key_off(quiet_root().key(1, &ago(90), "N/A"), 1)),
            "key-deactivated",
        ),
        ("root-access-key-active", Some(quiet_root().key(2, &ago(90), "N/A")), None, "no-row"),
        (
            "root-access-key-inactive",
            Some(key_off(quiet_root().key(1, &ago(90), "N/A"), 1)),
            Some(quiet_root().key(2, &ago(90), "N/A")),
            "reactivated",
        ),
        (
            "root-access-key-inactive",
            Some(key_off(quiet_root().key(1, &ago(90), "N/A"), 1)),
            Some(quiet_root()),
            "key-deleted",
        ),
        // Certificates.
        (
            "signing-certificate-active",
            Some(certificate(old("ann"), 1, "true", &ago(99))),
            Some(old("ann")),
            "certificate-deleted",
        ),
        (
            "signing-certificate-active",
            Some(certificate(old("ann"), 1, "true", &ago(99))),
            Some(certificate(old("ann"), 2, "false", &ago(99))),
            "certificate-deactivated",
        ),
        (
            "signing-certificate-active",
            Some(certificate(old("ann"), 1, "true", &ago(99))),
            Some(certificate(old("ann"), 1, "?", &ago(99))),
            "unreadable cert_1_active",
        ),
        (
            "root-signing-certificate",
            Some(certificate(quiet_root(), 1, "true", &ago(99))),
            Some(quiet_root()),
            "certificate-deleted",
        ),
        (
            "root-signing-certificate",
            Some(certificate(quiet_root(), 1, "true", &ago(99))),
            Some(certificate(quiet_root(), 1, "false", &ago(99))),
            "certificate-deactivated",
        ),
    ]);
}

#[test]
fn a_finding_about_a_password_ends_with_the_password_or_its_idleness() {
    let ago = days_ago;
    let ann = |used: &str, changed: &str| {
        console("ann").with("password_last_used", used).with("password_last_changed", changed)
    };
    let no_mfa = |row: Row| row.with("mfa_active", "false");
    let expires = |row: Row, at: &str| row.with("password_next_rotation", at);
    let never = "no_information";
    assert_causes(vec![
        ("console-mfa-disabled", Some(no_mfa(console("ann"))), Some(no_mfa(old("ann"))), "password-removed"),
        ("console-mfa-disabled", Some(no_mfa(console("ann"))), Some(console("ann")), "mfa-enabled"),
        ("console-mfa-disabled", Some(no_mfa(console("ann"))), None, "user-deleted"),
        (
            "console-mfa-disabled",
            Some(no_mfa(console("ann"))),
            Some(console("ann").with("mfa_active", "")),
            "unreadable mfa_active",
        ),
        ("console-unused", Some(ann(&ago(100), &ago(200))), Some(old("ann")), "password-removed"),
        ("console-unused", Some(ann(&ago(100), &ago(200))), Some(ann(&ago(3), &ago(200))), "used-again"),
        (
            "console-unused",
            Some(ann(&ago(100), &ago(200))),
            Some(ann("?", &ago(200))),
            "unreadable password_last_used",
        ),
        ("console-never-used", Some(ann(never, &ago(200))), Some(old("ann")), "password-removed"),
        ("console-never-used", Some(ann(never, &ago(200))), Some(ann(&ago(3), &ago(4))), "used-again"),
        ("console-never-used", Some(ann(never, &ago(200))), Some(ann(never, &ago(4))), "password-changed"),
        ("password-old", Some(ann(&ago(40), &ago(399))), Some(old("ann")), "password-removed"),
        ("password-old", Some(ann(&ago(40), &ago(399))), Some(ann(&ago(40), &ago(4))), "password-changed"),
        (
            "password-old",
            Some(ann(&ago(40), &ago(399))),
            Some(ann(&ago(40), "N/A")),
            "no-time password_last_changed",
        ),
        (
            "password-expired",
            Some(expires(ann(&ago(40), &ago(99)), &ago(50))),
            Some(old("ann")),
            "password-removed",
        ),
        (
            "password-expired",
            Some(expires(ann(&ago(40), &ago(99)), &ago(50))),
            Some(expires(ann(&ago(40), &ago(9)), &ago(-9))),
            "password-changed",
        ),
        (
            "password-expired",
            Some(expires(ann(&ago(40), &ago(99)), &ago(50))),
            Some(expires(ann(&ago(40), &ago(99)), &ago(-9))),
            "expiry-changed",
        ),
        (
            "password-expired",
            Some(expires(ann(&ago(40), &ago(99)), &ago(50))),
            Some(expires(ann(&ago(40), &ago(99)), "N/A")),
            "expiry-changed",
        ),
        (
            "password-expiry-not-set",
            Some(console("ann")),
            Some(expires(console("ann"), &ago(-9))),
            "expiry-set",
        ),
        ("password-expiry-not-set", Some(console("ann")), Some(old("ann")), "password-removed"),
        ("password-expiry-not-set", Some(console("ann")), None, "user-deleted"),
        (
            "password-expiry-not-set",
            Some(console("ann")),
            Some(expires(console("ann"), "?")),
            "unreadable password_next_rotation",
        ),
        ("password-expiry-not-set", Some(old("ann")), Some(console("ann")), "changed"),
        ("password-expiry-not-set", Some(expires(console("ann"), "?")), Some(console("ann")), "newly-judged"),
        // Root's MFA.
        ("root-mfa-disabled", Some(no_mfa(quiet_root())), Some(quiet_root()), "mfa-enabled"),
        (
            "root-mfa-disabled",
            Some(no_mfa(quiet_root())),
            Some(no_mfa(quiet_root()).with("password_enabled", "false")),
            "credentials-removed",
        ),
        (
            "root-mfa-disabled",
            Some(no_mfa(quiet_root())),
            Some(quiet_root().with("mfa_active", "not_supported")),
            "not-supported mfa_active",
        ),
        ("root-mfa-disabled", Some(no_mfa(quiet_root())), None, "no-row"),
    ]);
}

#[test]
fn a_finding_about_a_user_ends_with_what_it_rests_on() {
    let ago = days_ago;
    let bot = || old("bot").key(1, &ago(60), &ago(40));
    let two = || bot().key(2, &ago(50), &ago(40));
    let human = || console("ann").key(1, &ago(60), &ago(40));
    let used = |days: i64| quiet_root().with("password_last_used", &ago(days));
    let key_used = |days: i64| quiet_root().key(1, &ago(300), &ago(days));
    assert_causes(vec![
        // Root's use: a day beyond the limit, and at it.
        ("root-used-recently", Some(used(40)), Some(used(40)), "time-passed"),
        ("root-used-recently", Some(used(31)), Some(used(31)), "time-passed"),
        ("root-used-recently", Some(key_used(40)), Some(quiet_root()), "time-passed"),
        (
            "root-used-recently",
            Some(used(40)),
            Some(used(40).with("password_last_used", "?")),
            "unreadable password_last_used",
        ),
        ("two-active-access-keys", Some(two()), Some(bot()), "key-deleted"),
        ("two-active-access-keys", Some(two()), Some(key_off(two(), 2)), "key-deactivated"),
        (
            "two-active-access-keys",
            Some(two()),
            Some(key_off(two(), 2).with("access_key_2_last_rotated", "?")),
            "unexplained",
        ),
        (
            "two-active-access-keys",
            Some(two()),
            Some(two().with("access_key_2_active", "?")),
            "unreadable access_key_2_active",
        ),
        ("two-active-access-keys", Some(two()), None, "user-deleted"),
        ("password-and-access-key", Some(human()), Some(console("ann")), "key-deleted"),
        ("password-and-access-key", Some(human()), Some(key_off(human(), 1)), "key-deactivated"),
        (
            "password-and-access-key",
            Some(human()),
            Some(old("ann").key(1, &ago(60), &ago(40))),
            "password-removed",
        ),
        // Both went; the key is named.
        ("password-and-access-key", Some(human()), Some(old("ann")), "key-deleted"),
        ("user-mfa-disabled", Some(bot()), Some(old("bot")), "key-deleted"),
        ("user-mfa-disabled", Some(bot()), Some(key_off(bot(), 1)), "key-deactivated"),
        ("user-mfa-disabled", Some(bot()), Some(bot().with("mfa_active", "true")), "mfa-enabled"),
        (
            "user-mfa-disabled",
            Some(bot()),
            Some(bot().with("password_enabled", "true")),
            "credential-created",
        ),
        (
            "user-without-credentials",
            Some(old("ann")),
            Some(old("ann").key(2, &ago(3), "N/A")),
            "credential-created",
        ),
        (
            "user-without-credentials",
            Some(old("ann")),
            Some(certificate(old("ann"), 1, "false", &ago(3))),
            "credential-created",
        ),
        (
            "user-without-credentials",
            Some(old("ann")),
            Some(old("ann").with("password_enabled", "?")),
            "unreadable password_enabled",
        ),
        ("user-without-credentials", Some(old("ann")), None, "user-deleted"),
    ]);
}

#[test]
fn a_dormant_user_wakes_or_loses_the_last_credential() {
    let ago = days_ago;
    let check = "user-dormant";
    let bot = || old("bot").key(1, &ago(380), &ago(200));
    let human = || console("ann").with("password_last_used", &ago(200));
    let never = || {
        console("ann").with("password_last_used", "no_information").with("password_last_changed", &ago(380))
    };
    let both = || human().key(1, &ago(380), &ago(200));
    assert_causes(vec![
        (check, Some(bot()), Some(old("bot")), "key-deleted"),
        (check, Some(bot()), Some(key_off(bot(), 1)), "key-deactivated"),
        (check, Some(human()), Some(old("ann")), "password-removed"),
        // The key goes before the password.
        (check, Some(both()), Some(old("ann")), "key-deleted"),
        (check, Some(both()), Some(key_off(old("ann").key(1, &ago(380), &ago(200)), 1)), "key-deactivated"),
        // An inactive key that is gone does not.
        (check, Some(key_off(both(), 1)), Some(old("ann")), "password-removed"),
        (check, Some(bot()), Some(old("bot").key(1, &ago(5), "N/A")), "key-replaced"),
        (check, Some(bot()), Some(key_off(bot(), 1).key(2, &ago(5), "N/A")), "key-replaced"),
        // Beside a key that is still active it is one more.
        (check, Some(bot()), Some(bot().key(2, &ago(5), "N/A")), "credential-created"),
        (check, Some(never()), Some(never().with("password_last_changed", &ago(3))), "password-changed"),
        (
            check,
            Some(never()),
            Some(never().with("password_last_changed", &ago(3)).with("password_last_used", &ago(2))),
            "used-again",
        ),
        (check, Some(human()), Some(human().with("password_last_used", &ago(89))), "used-again"),
        (check, Some(bot()), Some(bot().key(1, &ago(380), &ago(2))), "used-again"),
        // An inactive key that was not idle for so long.
        (
            check,
            Some(key_off(human().key(1, &ago(80), "N/A"), 1)),
            Some(human().key(1, &ago(80), "N/A")),
            "reactivated",
        ),
        (
            check,
            Some(bot()),
            Some(bot().with("password_enabled", "true").with("password_last_changed", &ago(3))),
            "credential-created",
        ),
        (check, Some(bot()), None, "user-deleted"),
        (check, Some(bot()), Some(bot().key(1, &ago(380), "?")), "unreadable access_key_1_last_used_date"),
        // Still dormant.
        (check, Some(bot()), Some(bot()), "-"),
    ]);
}

#[test]
fn what_a_report_has_no_column_for_is_not_judged() {
    let rows = [
        quiet_root().with("mfa_active", "false"),
        console("ann").with("mfa_active", "false").key(1, &days_ago(200), &days_ago(190)),
    ];
    let few: Vec<&str> =
        columns().into_iter().filter(|name| !name.contains("mfa") && !name.contains("_key_1")).collect();
    let account = only(&export(&mut session(&[at(APART, &rows), of_columns(0, &few, &rows)]))).clone();
    let fate = |column: &str| vec![["not-judged", "missing-column", column].map(str::to_owned)];
    assert_eq!(fates(&account, "console-mfa-disabled"), fate("mfa_active"));
    assert_eq!(fates(&account, "root-mfa-disabled"), fate("mfa_active"));
    assert_eq!(fates(&account, "access-key-unused"), fate("access_key_1_active"));
    // The other way round it can be judged for the first time.
    let account = only(&export(&mut session(&[of_columns(APART, &few, &rows), at(0, &rows)]))).clone();
    let newly = vec![["new", "newly-judged", "-"].map(str::to_owned)];
    assert_eq!(fates(&account, "console-mfa-disabled"), newly);
    assert_eq!(fates(&account, "access-key-unused"), newly);
    assert_eq!(account["users"], json!([]));
}
