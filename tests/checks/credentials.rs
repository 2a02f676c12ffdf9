//! The checks of passwords, keys, certificates and users.

use super::*;

#[test]
fn a_console_password_without_mfa_is_a_finding() {
    let check = "console-mfa-disabled";
    let row = user("ann").password();
    assert_eq!(says_of(check, row.clone()), PASS);
    assert_eq!(says_of(check, row.clone().with("mfa_active", "false")), FAIL);
    assert_eq!(says_of(check, user("ann")), NOT_APPLICABLE);
    assert_eq!(says_of(check, user("ann").with("mfa_active", "maybe")), NOT_APPLICABLE);
    assert_eq!(says_of(check, row.clone().with("mfa_active", "maybe")), NOT_JUDGED);
    assert_eq!(says_of(check, row.clone().with("password_enabled", "not_supported")), NOT_JUDGED);
    assert_eq!(says_of(check, row.with("password_enabled", "")), NOT_JUDGED);
}

#[test]
fn a_password_is_unused_or_never_used_and_never_both() {
    let never = user("ann").with("user_creation_time", &days_ago(200)).password();
    let since = |cell: &str| never.clone().with("password_last_used", cell);
    for (row, unused, never_used) in [
        (since("no_information"), NOT_APPLICABLE, FAIL),
        (since("N/A"), NOT_APPLICABLE, FAIL),
        (since(""), NOT_APPLICABLE, FAIL),
        (since(&days_ago(200)), FAIL, NOT_APPLICABLE),
        (since(&days_ago(1)), PASS, NOT_APPLICABLE),
        (since(&days_ago(-1)), PASS, NOT_APPLICABLE),
        (since("not_supported"), NOT_JUDGED, NOT_JUDGED),
        (since("5/6/2016 6:13 PM"), NOT_JUDGED, NOT_JUDGED),
        (since("no_information").with("password_enabled", "false"), NOT_APPLICABLE, NOT_APPLICABLE),
        // A password that was changed of late is not stale, however old its user is.
        (since("N/A").with("password_last_changed", &days_ago(3)), NOT_APPLICABLE, PASS),
        (since("N/A").with("password_last_changed", "someday"), NOT_APPLICABLE, NOT_JUDGED),
        (since("N/A").with("password_last_changed", "not_supported"), NOT_APPLICABLE, NOT_JUDGED),
        (
            since("N/A").with("password_last_changed", "N/A").with("user_creation_time", "N/A"),
            NOT_APPLICABLE,
            NOT_JUDGED,
        ),
    ] {
        assert_eq!(says_of("console-unused", row.clone()), unused, "{row:?}");
        assert_eq!(says_of("console-never-used", row.clone()), never_used, "{row:?}");
    }
}

#[test]
fn an_old_password_is_a_finding_only_while_it_is_enabled() {
    let old = user("ann").password().with("password_last_changed", &days_ago(366));
    assert_eq!(says_of("password-old", old.clone()), FAIL);
    assert_eq!(says_of("password-old", old.clone().with("password_enabled", "FALSE")), NOT_APPLICABLE);
    assert_eq!(says_of("password-old", old.with("password_last_changed", "N/A")), NOT_JUDGED);
}

#[test]
fn a_password_expires_to_the_second() {
    let check = "password-expired";
    for form in Format::BOTH {
        for (seconds, said) in [(-1, PASS), (0, PASS), (1, FAIL), (DAY, FAIL)] {
            let row = user("ann").password().with("password_next_rotation", &form.seconds_ago(seconds));
            assert_eq!(says_of(check, row.clone()), said, "{seconds} s ago");
            assert_eq!(says_of(check, row.with("password_enabled", "false")), NOT_APPLICABLE);
        }
    }
    let row = user("ann").password();
    assert_eq!(says_of(check, row.clone().with("password_next_rotation", "N/A")), NOT_APPLICABLE);
    assert_eq!(says_of(check, row.clone().with("password_next_rotation", "")), NOT_APPLICABLE);
    assert_eq!(says_of(check, row.with("password_next_rotation", "soon")), NOT_JUDGED);
}

#[test]
fn passwords_that_never_expire_are_one_finding_an_account() {
    let check = "password-expiry-not-set";
    let expires = |name: &str| user(name).password();
    let never = |name: &str| user(name).password().with("password_next_rotation", "N/A");
    let other = |row: Row| {
        let arn = row.cell("arn").replace(common::ACCOUNT, "210987654321");
        row.with("arn", &arn)
    };
    assert_eq!(says(check, &[root(), expires("ann")]), PASS);
    assert_eq!(says(check, &[root(), user("bot")]), NOT_APPLICABLE);
    assert_eq!(says(check, &[root(), never("ann"), never("ben"), expires("cid")]), FAIL);
    assert_eq!(says(check, &[never("ann").with("password_enabled", "false"), expires("ben")]), PASS);
    assert_eq!(says(check, &[never("ann"), other(never("ann")), other(expires("ben"))]), [0, 2, 0, 0]);
    assert_eq!(says(check, &[never("ann"), other(expires("ann"))]), [1, 1, 0, 0]);
    // One that never expires is enough; without it, a cell that cannot be read leaves it open.
    let unreadable = expires("eve").with("password_next_rotation", "soon");
    assert_eq!(says(check, &[never("ann"), unreadable.clone()]), FAIL);
    assert_eq!(says(check, &[expires("ann"), unreadable]), NOT_JUDGED);

    let finding = finding(check, &[root(), never("ann"), never("ben"), expires("cid")]);
    assert_eq!(finding["subject"]["kind"], "account");
    assert_eq!(finding["user"], serde_json::Value::Null);
    assert_eq!(finding["arn"], "arn:aws:iam::123456789012:root");
    assert_eq!(finding["uid"], "password-expiry-not-set/arn:aws:iam::123456789012:root");
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains('2') && message.contains('3'), "{message}");
}

#[test]
fn a_key_is_judged_in_either_slot_whatever_the_other_holds() {
    for (check, created, used) in [("access-key-not-rotated", 91, 0), ("access-key-unused", 91, 90)] {
        let (old, fresh) = (days_ago(created), days_ago(1));
        let (used, of_late) = (days_ago(used), days_ago(0));
        for slot in [1, 2] {
            let other = 3 - slot;
            let row = user("bot").key(slot, &old, &used);
            assert_eq!(says_of(check, row.clone()), KEY_FAILS, "{check}, slot {slot} alone");
            let beside = row.clone().key(other, &fresh, &of_late);
            assert_eq!(says_of(check, beside.clone()), [1, 1, 0, 0], "{check}, slot {slot} of two");
            assert_eq!(finding(check, &[beside])["subject"]["slot"], slot);
            let inactive = row.with(&format!("access_key_{slot}_active"), "false");
            assert_eq!(says_of(check, inactive), NO_KEY, "{check}, slot {slot} inactive");
        }
    }
}

#[test]
fn a_key_without_a_time_of_creation_is_not_judged_by_its_age() {
    let row = user("bot").key(1, "N/A", "N/A");
    assert_eq!(says_of("access-key-not-rotated", row.clone()), [0, 0, 1, 1]);
    assert_eq!(says_of("access-key-never-used", row.clone()), [0, 0, 1, 1]);
    assert_eq!(
        reasons("access-key-not-rotated", &report(std::slice::from_ref(&row))),
        [("access_key_1_last_rotated", MissingReason::NoTime, 1)]
    );
    assert_eq!(
        says_of("access-key-unused", row.clone().with("access_key_1_last_used_date", &days_ago(99))),
        KEY_FAILS
    );
    // `no_information` is said of passwords alone.
    assert_eq!(
        says_of("access-key-unused", row.with("access_key_1_last_used_date", "no_information")),
        [0, 0, 1, 1]
    );
}

#[test]
fn a_key_that_was_made_an_hour_ago_is_not_unused_yet() {
    let row = user("bot").key(1, &Format::Zulu.seconds_ago(3600), "N/A");
    assert_eq!(says_of("access-key-never-used", row.clone()), KEY_PASSES);
    assert_eq!(says_of("access-key-unused", row), NO_KEY);
}

#[test]
fn an_inactive_key_is_a_finding_if_it_exists() {
    let check = "access-key-inactive";
    assert_eq!(says_of(check, user("bot")), NO_KEY);
    assert_eq!(says_of(check, user("bot").with("access_key_2_last_rotated", &days_ago(1))), KEY_FAILS);
    assert_eq!(says_of(check, user("bot").key(1, &days_ago(1), "N/A")), KEY_PASSES);
    assert_eq!(says_of(check, user("bot").with("access_key_1_last_rotated", "?")), [0, 0, 1, 1]);
}

#[test]
fn two_active_keys_show_how_they_are_used() {
    let check = "two-active-access-keys";
    let (first, second) = (days_ago(20), days_ago(10));
    let keys = |one: &str, two: &str| user("bot").key(1, &first, one).key(2, &second, two);
    let (limit, beyond) = (Format::Zulu.seconds_ago(31 * DAY - 1), days_ago(31));
    for (one, two, pattern, other) in [
        (limit.as_str(), limit.as_str(), "both-in-use", None),
        (&days_ago(-1), &days_ago(0), "both-in-use", None),
        (&limit, &beyond, "rotation-unfinished", Some(&second)),
        (&limit, "N/A", "rotation-unfinished", Some(&second)),
        (&beyond, &limit, "rotation-unfinished", Some(&first)),
        ("N/A", &days_ago(0), "rotation-unfinished", Some(&first)),
        (&beyond, &beyond, "neither-in-use", None),
        ("N/A", "N/A", "neither-in-use", None),
    ] {
        let finding = finding(check, &[keys(one, two)]);
        assert_eq!(finding["evidence"]["pattern"], pattern, "{one}, {two}");
        assert_eq!(finding["evidence"]["threshold_days"], 30);
        assert_eq!(finding["subject"]["kind"], "user");
        // The key to deactivate is told by its creation.
        let message = finding["message"].as_str().unwrap();
        let named = |created: &str| message.contains(&to_the_second(created));
        assert_eq!(named(&first), other == Some(&first), "{message}");
        assert_eq!(named(&second), other == Some(&second), "{message}");
    }
    assert_eq!(says_of(check, user("bot").key(2, &second, "N/A")), PASS);
    assert_eq!(says_of(check, user("bot")), NOT_APPLICABLE);
    assert_eq!(says_of(check, keys("N/A", "N/A").with("access_key_1_active", "false")), PASS);
    assert_eq!(says_of(check, keys("N/A", "N/A").with("access_key_1_active", "?")), NOT_JUDGED);
    // Two keys are two, whatever is known of their use.
    let unreadable = finding(check, &[keys("yesterday", "N/A")]);
    assert_eq!(unreadable["evidence"]["pattern"], serde_json::Value::Null);
}

/// A moment as sentences have it.
fn to_the_second(created: &str) -> String {
    created.replace('T', " ").replace('Z', " UTC")
}

#[test]
fn of_two_keys_of_one_day_or_second_the_one_to_deactivate_is_named_beyond_doubt() {
    let message = |first: &str, second: &str| {
        let row = user("bot").key(1, first, &days_ago(1)).key(2, second, "N/A");
        finding("two-active-access-keys", &[row])["message"].as_str().unwrap().to_owned()
    };
    let (morning, evening) = ("2026-01-05T09:10:11Z", "2026-01-05T15:30:00Z");
    let of_one_day = message(morning, evening);
    assert!(of_one_day.contains("the one created 2026-01-05 15:30:00 UTC is not in use"), "{of_one_day}");
    assert!(!of_one_day.contains("09:10:11"), "{of_one_day}");
    for (first, second) in [(evening, evening), (evening, "?"), ("?", "?")] {
        let by_slot = message(first, second);
        assert!(by_slot.contains("; access key 2 is not in use"), "{by_slot}");
    }
    let other_unknown = message("?", evening);
    assert!(other_unknown.contains(&to_the_second(evening)), "{other_unknown}");
}

#[test]
fn a_threshold_of_use_decides_the_pattern() {
    let row = user("bot").key(1, &days_ago(90), &days_ago(8)).key(2, &days_ago(90), &days_ago(7));
    let mut policy = only("two-active-access-keys");
    policy.thresholds.in_use_days = 7;
    let mut session = common::judged(&report(&[row]), policy);
    let export = common::exported(&mut session, None);
    assert_eq!(export["findings"][0]["evidence"]["pattern"], "rotation-unfinished");
}

#[test]
fn a_password_beside_an_active_key_is_a_finding() {
    let check = "password-and-access-key";
    let key = |row: Row, slot| row.key(slot, &days_ago(1), "N/A");
    assert_eq!(says_of(check, user("ann").password()), PASS);
    assert_eq!(says_of(check, key(user("ann"), 1)), PASS);
    assert_eq!(says_of(check, user("ann")), NOT_APPLICABLE);
    assert_eq!(says_of(check, key(user("ann").password(), 1)), FAIL);
    assert_eq!(says_of(check, key(user("ann").password(), 2)), FAIL);
    assert_eq!(says_of(check, key(key(user("ann").password(), 1), 2)), FAIL);
    let inactive = user("ann").password().with("access_key_1_last_rotated", &days_ago(1));
    assert_eq!(says_of(check, inactive), PASS);
    assert_eq!(says_of(check, user("ann").password().with("access_key_1_active", "?")), NOT_JUDGED);
    assert_eq!(says_of(check, key(user("ann").with("password_enabled", "?"), 1)), NOT_JUDGED);
}

#[test]
fn a_key_is_made_with_its_user_to_the_second() {
    let check = "access-key-made-with-user";
    for form in Format::BOTH {
        for (apart, fails) in [(-11, false), (-10, true), (0, true), (10, true), (11, false), (DAY, false)] {
            let made = form.seconds_ago(5 * DAY);
            let row = user("ann").with("user_creation_time", &made).password();
            let row = row.key(2, &form.seconds_ago(5 * DAY + apart), "N/A");
            let said = if fails { KEY_FAILS } else { KEY_PASSES };
            assert_eq!(says_of(check, row.clone()), said, "{apart} s apart");
            assert_eq!(says_of(check, row.clone().with("password_enabled", "false")), NO_KEY);
            assert_eq!(says_of(check, row.with("access_key_2_active", "false")), NO_KEY);
        }
    }
    let row = user("ann").password().key(1, &days_ago(1), "N/A");
    assert_eq!(says_of(check, row.clone()), KEY_FAILS);
    assert_eq!(says_of(check, row.with("user_creation_time", "N/A")), [0, 0, 1, 1]);
}

#[test]
fn a_user_with_keys_alone_and_no_mfa_is_worth_knowing() {
    let check = "user-mfa-disabled";
    let id = CheckId::from_name(check).unwrap();
    assert!(Preset::ALL.iter().all(|preset| !preset.policy().checks.contains(id)));
    let row = user("bot").key(2, &days_ago(1), "N/A");
    assert_eq!(says_of(check, row.clone()), FAIL);
    assert_eq!(says_of(check, row.clone().with("mfa_active", "true")), PASS);
    assert_eq!(says_of(check, row.clone().with("password_enabled", "true")), NOT_APPLICABLE);
    assert_eq!(says_of(check, row.clone().with("access_key_2_active", "false")), NOT_APPLICABLE);
    assert_eq!(says_of(check, row.clone().with("access_key_1_active", "?")), FAIL);
    assert_eq!(says_of(check, row.clone().with("access_key_2_active", "?")), NOT_JUDGED);
    assert_eq!(says_of(check, row.with("mfa_active", "?")), NOT_JUDGED);
}

#[test]
fn a_user_without_any_credential_is_a_finding() {
    let check = "user-without-credentials";
    let old = user("ann").with("user_creation_time", &days_ago(30));
    assert_eq!(says_of(check, old.clone()), FAIL);
    assert_eq!(says_of(check, old.clone().with("password_enabled", "true")), NOT_APPLICABLE);
    // What is inactive still exists.
    for column in [
        "access_key_1_last_rotated",
        "access_key_2_last_rotated",
        "cert_1_last_rotated",
        "cert_2_last_rotated",
    ] {
        assert_eq!(says_of(check, old.clone().with(column, &days_ago(9))), NOT_APPLICABLE, "{column}");
        assert_eq!(says_of(check, old.clone().with(column, "?")), NOT_JUDGED, "{column}");
    }
    for column in ["access_key_1_active", "access_key_2_active", "cert_1_active", "cert_2_active"] {
        assert_eq!(says_of(check, old.clone().with(column, "true")), NOT_APPLICABLE, "{column}");
        assert_eq!(says_of(check, old.clone().with(column, "")), NOT_JUDGED, "{column}");
    }
    assert_eq!(says_of(check, old.clone().with("password_enabled", "?")), NOT_JUDGED);
    assert_eq!(says_of(check, old.with("user_creation_time", "N/A")), NOT_JUDGED);
}

#[test]
fn a_user_is_dormant_when_each_of_its_credentials_is() {
    let check = "user-dormant";
    let (idle, busy) = (days_ago(90), days_ago(89));
    let password = |used: &str| {
        user("ann").with("user_creation_time", &days_ago(500)).password().with("password_last_used", used)
    };
    assert_eq!(says_of(check, user("ann")), NOT_APPLICABLE);
    assert_eq!(says_of(check, password(&idle)), FAIL);
    assert_eq!(says_of(check, password(&busy)), PASS);
    assert_eq!(says_of(check, password(&idle).key(1, &days_ago(500), &idle)), FAIL);
    assert_eq!(says_of(check, password(&idle).key(1, &days_ago(500), &busy)), PASS);
    assert_eq!(says_of(check, password(&busy).key(1, &days_ago(500), &idle)), PASS);
    assert_eq!(says_of(check, password(&idle).key(2, &busy, "N/A")), PASS);
    assert_eq!(says_of(check, password(&idle).key(2, &idle, "N/A")), FAIL);
    let inactive = password(&idle).key(2, &days_ago(500), &busy).with("access_key_2_active", "false");
    assert_eq!(says_of(check, inactive), FAIL);
    // Never used: idle since the password was changed, else since the user was made.
    let never = password("no_information");
    assert_eq!(says_of(check, never.clone()), FAIL);
    assert_eq!(says_of(check, never.clone().with("password_last_changed", &busy)), PASS);
    let unknown = never.with("password_last_changed", "N/A");
    assert_eq!(says_of(check, unknown.clone().with("user_creation_time", &busy)), PASS);
    assert_eq!(says_of(check, unknown.with("user_creation_time", &idle)), FAIL);
    // One credential in use is enough, whatever cannot be read of the others.
    assert_eq!(says_of(check, password(&busy).key(1, &days_ago(500), "?")), PASS);
    assert_eq!(says_of(check, password(&idle).key(1, &days_ago(500), "?")), NOT_JUDGED);
    assert_eq!(says_of(check, password(&idle).with("access_key_2_active", "?")), NOT_JUDGED);
}

#[test]
fn a_dormant_user_escalates_by_the_smallest_of_the_ages() {
    let check = "user-dormant";
    for (least, severity) in [(365, "medium"), (366, "high")] {
        let row = user("ann").with("user_creation_time", &days_ago(4000)).password();
        let row = row.key(1, &days_ago(4000), &days_ago(2000)).key(2, &days_ago(least), "N/A");
        let finding = finding(check, &[row]);
        assert_eq!(finding["severity"], severity);
        assert_eq!(finding["evidence"]["age_days"], least);
    }
}
