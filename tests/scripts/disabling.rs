//! Stage 1: keys are deactivated, passwords deleted.

use credential_report_viewer::export::script::read_undo;
use credential_report_viewer::review::Action;

use crate::account::{ACCOUNT, Account, NOW, disable, key, password, time};

const CREATED: &str = "2016-07-27T14:41:00Z";
const USED: &str = "2016-11-20T13:37:00Z";
const UNDO: &str = "undo-111122223333-20261125T143040Z.sh";

/// Ann has two keys and a password.
fn ann(test: &str) -> Account {
    Account::new(
        test,
        &[
            "ann AKIAANN1 Active 2016-07-27T14:41:00 2016-11-20T13:37:00 s3",
            "ann AKIAANN2 Active 2020-01-01T00:00:00 None N/A",
        ],
        &["ann 2016-01-01T00:00:00"],
    )
}

fn anns_script() -> String {
    disable(vec![key(Action::Disable, "ann", CREATED, Some(USED)), password("ann")])
}

#[test]
fn a_dry_run_changes_nothing_and_leaves_no_file() {
    let account = ann("dry_run");
    let (keys, passwords) = (account.read("keys"), account.read("passwords"));
    let ran = account.run(&anns_script(), &[]);
    assert_eq!((ran.exit, ran.error.as_str()), (0, ""), "{ran:?}");
    assert!(ran.about("key created").ends_with("AKIAANN1 would be deactivated"));
    assert!(ran.about("password").contains("would be deleted"));
    assert!(ran.about("Dry run").contains("Would change: 2. Already done: 0. Refused: 0. Manual steps: 0."));
    assert_eq!(account.changes(), [""; 0]);
    assert_eq!((account.read("keys"), account.read("passwords")), (keys, passwords));
    assert_eq!(account.left(), [""; 0]);
}

#[test]
fn only_what_was_decided_is_changed_and_a_second_run_changes_nothing() {
    let account = ann("apply");
    let ran = account.run(&anns_script(), &["--apply"]);
    assert_eq!((ran.exit, ran.error.as_str()), (0, ""), "{ran:?}");
    assert!(ran.about("key created").ends_with("AKIAANN1 deactivated"));
    assert!(ran.about("password").contains("its user needs a new password"));
    assert!(ran.about("Changed: 2. Already done: 0. Refused: 0.").starts_with("Changed"));
    assert!(ran.about("To undo it").contains(UNDO));
    assert_eq!(
        account.read("keys"),
        "ann AKIAANN1 Inactive 2016-07-27T14:41:00 2016-11-20T13:37:00 s3\n\
         ann AKIAANN2 Active 2020-01-01T00:00:00 None N/A\n"
    );
    assert_eq!(account.read("passwords"), "");
    assert_eq!(account.changes().len(), 2);
    let undo = account.read_left(UNDO);

    account.write("now", "2026-11-26T00:00:00Z");
    let ran = account.run(&anns_script(), &["--apply"]);
    assert_eq!(ran.exit, 0);
    assert!(ran.about("key created").ends_with("AKIAANN1 is already inactive"));
    assert!(ran.about("password").ends_with("already deleted"));
    assert!(ran.about("Changed: 0. Already done: 2. Refused: 0.").starts_with("Changed"));
    assert_eq!(account.changes(), [""; 0]);
    assert_eq!((account.left(), account.read_left(UNDO)), (vec![UNDO.to_owned()], undo));
}

#[test]
fn the_way_back_says_when_and_which_key_and_restores_it() {
    let account = ann("undo");
    account.run(&anns_script(), &["--apply"]);
    account.calls();
    let undo = account.read_left(UNDO);
    let ends: Vec<&str> = undo.lines().map(|line| line.rsplit_once(" # ").unwrap().1).collect();
    assert_eq!(ends, [format!("{NOW} AKIAANN1"), format!("{NOW} password")]);
    let deactivated = read_undo(&undo).unwrap();
    assert_eq!((deactivated[0].at, deactivated[0].key_id.as_str()), (time(NOW), "AKIAANN1"));
    assert_eq!(deactivated.len(), 1);

    let ran = account.run(&undo, &[]);
    assert_eq!((ran.exit, ran.error.as_str()), (0, ""));
    assert!(ran.out.contains("--user-name='ann' --password-reset-required"), "{ran:?}");
    assert!(account.read("keys").starts_with("ann AKIAANN1 Active "));
}

#[test]
fn another_account_or_none_is_refused_before_anything_else() {
    for (test, account_number, error) in [
        ("wrong_account", "999988887777\n", "these AWS credentials are for 999988887777"),
        ("no_account", "None\n", "these AWS credentials are for None"),
        ("denied_account", ACCOUNT, "AccessDenied"),
    ] {
        let account = ann(test);
        account.write("account", account_number);
        account.write("denied", if test == "denied_account" { "get-caller-identity\n" } else { "" });
        for arguments in [&[][..], &["--apply"], &["--apply", "--force"]] {
            let ran = account.run(&anns_script(), arguments);
            assert_eq!((ran.exit, ran.out.as_str()), (3, ""));
            assert!(ran.error.contains(error), "{ran:?}");
            assert_eq!(account.calls(), [""; 0]);
        }
        assert_eq!(account.left(), [""; 0]);
    }
}

#[test]
fn an_unknown_argument_is_refused_before_aws_is_asked() {
    let account = ann("argument");
    for arguments in [&["--aply"][..], &["--apply", "now"], &["--undo", "x"], &["--apply", ""], &["-n"]] {
        let ran = account.run(&anns_script(), arguments);
        assert_eq!((ran.exit, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.error.contains("Usage: bash disable-111122223333.sh"));
    }
    let ran = account.run(&anns_script(), &["--help"]);
    assert_eq!((ran.exit, ran.error.as_str()), (0, ""));
    assert!(ran.out.starts_with("Usage: "));
    assert_eq!(account.read("calls"), "");
}

#[test]
fn a_key_used_later_than_the_report_says_needs_force() {
    for (test, said) in [("used_since", Some(USED)), ("used_at_all", None)] {
        let account = ann(test);
        let last = "ann AKIAANN1 Active 2016-07-27T14:41:00 2016-11-20T13:37:01 s3\n";
        account.write("keys", last);
        let script = disable(vec![key(Action::Rotate, "ann", CREATED, said)]);
        for arguments in [&[][..], &["--apply"]] {
            let ran = account.run(&script, arguments);
            assert_eq!(ran.exit, 1);
            let said = said.unwrap_or("never");
            assert!(ran.about("REFUSED").contains(&format!(
                "AKIAANN1 was used 2016-11-20T13:37:01Z, later than the report says ({said})"
            )));
            assert_eq!(account.changes(), [""; 0]);
        }
        assert_eq!((account.read("keys").as_str(), account.left().len()), (last, 0));
        let ran = account.run(&script, &["--force", "--apply"]);
        assert_eq!(ran.exit, 0, "{ran:?}");
        assert!(account.read("keys").contains("AKIAANN1 Inactive"));
    }
}

#[test]
fn a_key_used_when_the_report_says_or_earlier_is_deactivated() {
    for (test, used) in
        [("same", "2016-11-20T13:37:00 s3"), ("earlier", "2015-01-01T00:00:00 s3"), ("never", "None N/A")]
    {
        let account = ann(test);
        account.write("keys", &format!("ann AKIAANN1 Active 2016-07-27T14:41:00 {used}\n"));
        let ran = account.run(&disable(vec![key(Action::Delete, "ann", CREATED, Some(USED))]), &["--apply"]);
        assert_eq!(ran.exit, 0, "{ran:?}");
        assert!(account.read("keys").contains("AKIAANN1 Inactive"));
    }
}

#[test]
fn an_error_is_never_taken_for_never_used() {
    let answers = [
        ("denied", None, ""),
        ("failed", Some("None\tN/A\n"), "254"),
        ("null", Some("None\n"), "0"),
        ("empty", Some(""), "0"),
        ("no_service", Some("None\tNone\n"), "0"),
        ("no_date", Some("None\ts3\n"), "0"),
        ("no_time", Some("soon\ts3\n"), "0"),
        ("other_zone", Some("2016-11-20T13:37:00+09:00\ts3\n"), "0"),
        ("page", Some("<html>Sign in to the network</html>\n"), "0"),
    ];
    for (test, answer, status) in answers {
        let account = ann(&format!("last_use_{test}"));
        match answer {
            Some(answer) => {
                account.write("answers/get-access-key-last-used", answer);
                account.write("answers/get-access-key-last-used.status", status);
            }
            None => account.write("denied", "get-access-key-last-used\n"),
        }
        for force in [&["--apply"][..], &["--apply", "--force"]] {
            let script = disable(vec![key(Action::Disable, "ann", CREATED, None)]);
            let ran = account.run(&script, force);
            assert_eq!(ran.exit, 1, "{test} {ran:?}");
            assert!(ran.about("REFUSED").contains("whether AKIAANN1 was used is not known"), "{ran:?}");
            assert_eq!(account.changes(), [""; 0]);
        }
        assert_eq!(account.left(), [""; 0]);
    }
}

#[test]
fn an_unreadable_list_is_never_taken_for_gone() {
    let answers = [
        ("failed", "", "255"),
        ("null", "None\n", "0"),
        ("page", "<html>\n", "0"),
        ("status", "AKIAANN1\tGone\t2016-07-27T14:41:00Z\n", "0"),
        ("time", "AKIAANN1\tActive\tyesterday\n", "0"),
        ("quote", "AKIA'ANN1\tActive\t2016-07-27T14:41:00Z\n", "0"),
    ];
    for (test, answer, status) in answers {
        let account = ann(&format!("list_{test}"));
        account.write("answers/list-access-keys", answer);
        account.write("answers/list-access-keys.status", status);
        let ran = account.run(&anns_script(), &["--apply"]);
        assert_eq!(ran.exit, 1, "{test}");
        assert!(ran.about("key created").contains("REFUSED: "), "{ran:?}");
        assert!(!ran.out.contains("gone"));
        assert!(account.read("keys").contains("AKIAANN1 Active"));
    }
}

#[test]
fn what_is_gone_is_said() {
    let account = ann("gone");
    let script = disable(vec![
        key(Action::Disable, "ann", "2016-07-27T14:41:01Z", None),
        key(Action::Disable, "bob", CREATED, None),
        password("bob"),
    ]);
    let ran = account.run(&script, &["--apply"]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(ran.about("ann: access key").ends_with("gone"));
    assert!(ran.about("bob: access key").ends_with("gone"));
    assert!(ran.about("bob: console password").ends_with("already deleted"));
    assert_eq!(account.changes(), [""; 0]);
}

#[test]
fn two_keys_of_one_second_are_refused() {
    let account = ann("twins");
    let twins = "ann AKIAANN1 Active 2016-07-27T14:41:00 None N/A\nann AKIAANN2 Active 2016-07-27T14:41:00 None N/A\n";
    account.write("keys", twins);
    let ran =
        account.run(&disable(vec![key(Action::Disable, "ann", CREATED, None)]), &["--apply", "--force"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.about("REFUSED").ends_with("2 keys were created in that second"));
    assert_eq!((account.read("keys").as_str(), account.changes().len()), (twins, 0));
}

#[test]
fn what_is_not_allowed_is_refused_and_the_rest_is_done() {
    let account = ann("denied");
    account.write("denied", "update-access-key\n");
    let ran = account.run(&anns_script(), &["--apply"]);
    assert_eq!(ran.exit, 1, "{ran:?}");
    assert!(ran.about("key created").contains("REFUSED: AKIAANN1 is still active"));
    assert!(ran.about("key created").contains("AccessDenied"));
    assert!(ran.about("Changed: 1. Already done: 0. Refused: 1.").starts_with("Changed"));
    // Stage 2 would count its days by a line about the key.
    assert!(!account.read_left(UNDO).contains("AKIAANN1"));
    assert_eq!(account.read_left(UNDO).lines().count(), 1);

    let account = ann("all_denied");
    account.write("denied", "update-access-key\ndelete-login-profile\n");
    let ran = account.run(&anns_script(), &["--apply"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.about("password").contains("REFUSED: still there"), "{ran:?}");
    assert_eq!(account.left(), [""; 0]);

    let account = ann("reading_denied");
    account.write("denied", "list-access-keys\nget-login-profile\n");
    let ran = account.run(&anns_script(), &["--apply"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.out.contains("Refused: 2."));
    assert_eq!((account.changes().len(), account.left().len()), (0, 0));
}

#[test]
fn where_a_change_may_have_been_made_the_way_back_stays() {
    let account = ann("failing");
    account.write("failing", "update-access-key\ndelete-login-profile\n");
    let ran = account.run(&anns_script(), &["--apply"]);
    assert_eq!(ran.exit, 1);
    assert!(
        ran.about("key created").contains("REFUSED: whether AKIAANN1 is still active is not known"),
        "{ran:?}"
    );
    assert!(ran.about("password").contains("REFUSED: whether it is still there is not known"), "{ran:?}");
    assert_eq!(account.read_left(UNDO).lines().count(), 2);
}

#[test]
fn without_a_way_back_nothing_is_changed() {
    let account = ann("no_way_back");
    std::fs::create_dir(account.here().join(UNDO)).unwrap();
    let ran = account.run(&anns_script(), &["--apply"]);
    assert_eq!((ran.exit, ran.error.as_str()), (1, ""), "{ran:?}");
    assert!(ran.out.contains("Refused: 2."));
    assert_eq!(account.changes(), [""; 0]);
}

#[test]
fn times_are_read_as_either_version_of_the_cli_writes_them() {
    for (number, style) in ["Z", "+00:00", ".5Z", ".123456+00:00"].iter().enumerate() {
        let account = ann(&format!("style_{number}"));
        account.write("style", style);
        account.write("noise", "/usr/lib/python3: a warning\n");
        let ran = account.run(&anns_script(), &["--apply"]);
        assert_eq!(ran.exit, 0, "{style} {ran:?}");
        assert!(account.read("keys").contains("AKIAANN1 Inactive"));
        assert!(account.read("keys").contains("AKIAANN2 Active"));
        assert_eq!(account.read("passwords"), "");
    }
}

#[test]
fn a_list_of_several_pages_is_one_list() {
    let account = ann("pages");
    account.write(
        "answers/list-access-keys",
        "AKIAANN2\tActive\t2020-01-01T00:00:00Z\n\nAKIAANN1\tActive\t2016-07-27T14:41:00Z\n",
    );
    let ran = account.run(&anns_script(), &[]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(ran.about("key created").contains("AKIAANN1 would be deactivated"));
}

#[test]
fn a_password_created_after_the_report_is_another_one() {
    let account = ann("new_password");
    account.write("passwords", "ann 2026-11-25T00:00:01\n");
    let ran = account.run(&disable(vec![password("ann")]), &["--apply", "--force"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.about("REFUSED").contains("created 2026-11-25T00:00:01Z, after the report"));
    assert_eq!(account.changes(), [""; 0]);
    account.write("passwords", "ann 2026-11-25T00:00:00\n");
    assert_eq!(account.run(&disable(vec![password("ann")]), &["--apply"]).exit, 0);
    assert_eq!(account.read("passwords"), "");
}

#[test]
fn a_script_that_was_cut_off_does_nothing() {
    let account = ann("cut");
    let script = anns_script();
    let lines: Vec<&str> = script.lines().collect();
    for end in (0..lines.len() - 1).step_by(7).chain([lines.len() - 1]) {
        let ran = account.run(&lines[..end].join("\n"), &["--apply"]);
        assert_eq!((ran.out.as_str(), account.read("calls").as_str()), ("", ""), "{end} {ran:?}");
    }
}
