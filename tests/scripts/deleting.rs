//! Stage 2: keys are deleted that stage 1 deactivated 14 days ago or more.

use credential_report_viewer::export::script::Task;
use credential_report_viewer::review::Action;

use crate::account::{Account, delete, disable, key};

const CREATED: &str = "2016-07-27T14:41:00Z";
/// 14 days before the clock.
const IN_TIME: &str = "2026-11-11T14:30:40Z";
const TOO_EARLY: &str = "2026-11-11T14:30:41Z";

fn ann(test: &str) -> Account {
    Account::new(
        test,
        &[
            "ann AKIAANN1 Inactive 2016-07-27T14:41:00 None N/A",
            "ann AKIAANN2 Inactive 2020-01-01T00:00:00 None N/A",
        ],
        &[],
    )
}

fn work() -> Vec<Task> {
    vec![key(Action::Delete, "ann", CREATED, None)]
}

#[test]
fn after_14_days_a_key_is_deleted_and_no_other() {
    let account = ann("delete");
    let script = delete(work(), &[(IN_TIME, "AKIAANN1")]);
    let keys = account.read("keys");
    let ran = account.run(&script, &[]);
    assert_eq!((ran.exit, ran.error.as_str()), (0, ""), "{ran:?}");
    assert!(ran.about("AKIAANN1").contains("deactivated 14 days ago, would be deleted"));
    assert!(ran.about("Dry run").contains("Would change: 1."));
    assert_eq!((account.changes().len(), account.read("keys")), (0, keys));

    let ran = account.run(&script, &["--apply"]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(ran.about("key created").ends_with("AKIAANN1 deleted"));
    assert_eq!(account.read("keys"), "ann AKIAANN2 Inactive 2020-01-01T00:00:00 None N/A\n");
    assert_eq!(
        account.changes(),
        ["iam delete-access-key --user-name=ann --access-key-id AKIAANN1 --output text"]
    );

    let ran = account.run(&script, &["--apply"]);
    assert_eq!(ran.exit, 0);
    assert!(ran.about("key created").ends_with("gone"));
    assert_eq!((account.changes().len(), account.left().len()), (0, 0));
}

#[test]
fn a_second_too_early_is_too_early() {
    let account = ann("too_early");
    for arguments in [&[][..], &["--apply"], &["--apply", "--force"]] {
        let ran = account.run(&delete(work(), &[(TOO_EARLY, "AKIAANN1")]), arguments);
        assert_eq!(ran.exit, 1);
        assert!(ran.about("REFUSED").contains("AKIAANN1 was deactivated 13 days ago"), "{ran:?}");
        assert_eq!(account.changes(), [""; 0]);
    }
    // The last time counts.
    for times in [[IN_TIME, TOO_EARLY], [TOO_EARLY, IN_TIME]] {
        let ran = account.run(&delete(work(), &times.map(|time| (time, "AKIAANN1"))), &["--apply"]);
        assert_eq!((ran.exit, account.changes().len()), (1, 0));
    }
}

#[test]
fn only_what_stage_1_deactivated_is_deleted() {
    let account = ann("not_stage_1");
    let ran = account
        .run(&delete(work(), &[(IN_TIME, "AKIAANN2"), (IN_TIME, "AKIAANN11")]), &["--apply", "--force"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.about("REFUSED").contains("no undo file of stage 1 says that it deactivated AKIAANN1"));
    assert_eq!(account.changes(), [""; 0]);
}

#[test]
fn an_active_key_is_not_deleted() {
    let account = ann("active");
    account.write("keys", "ann AKIAANN1 Active 2016-07-27T14:41:00 None N/A\n");
    let ran = account.run(&delete(work(), &[(IN_TIME, "AKIAANN1")]), &["--apply", "--force"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.about("REFUSED").ends_with("AKIAANN1 is active"));
    assert_eq!(account.changes(), [""; 0]);
}

#[test]
fn a_key_used_later_than_the_report_says_is_deleted_with_force_alone() {
    let account = ann("delete_used");
    account.write("keys", "ann AKIAANN1 Inactive 2016-07-27T14:41:00 2026-11-11T14:00:00 s3\n");
    let script = delete(work(), &[(IN_TIME, "AKIAANN1")]);
    let ran = account.run(&script, &["--apply"]);
    assert_eq!((ran.exit, account.changes().len()), (1, 0));
    assert!(ran.about("REFUSED").contains("later than the report says (never)"));
    assert_eq!(account.run(&script, &["--apply", "--force"]).exit, 0);
    assert_eq!(account.read("keys"), "");
}

#[test]
fn a_deletion_that_is_not_allowed_is_refused() {
    let account = ann("delete_denied");
    account.write("denied", "delete-access-key\n");
    let ran = account.run(&delete(work(), &[(IN_TIME, "AKIAANN1")]), &["--apply"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.about("REFUSED").contains("AKIAANN1 was not deleted: "));
    assert!(ran.about("REFUSED").contains("AccessDenied"));
}

#[test]
fn the_undo_file_of_stage_1_is_what_stage_2_counts_by() {
    let account = ann("both_stages");
    account.write("keys", "ann AKIAANN1 Active 2016-07-27T14:41:00 None N/A\n");
    account.write("now", IN_TIME);
    assert_eq!(account.run(&disable(work()), &["--apply"]).exit, 0);
    let undo = "undo-111122223333-20261111T143040Z.sh";
    assert_eq!(account.left(), [undo]);
    account.calls();
    let script = delete(work(), &[]);

    account.write("now", "2026-11-25T14:30:39Z");
    let ran = account.run(&script, &["--undo", undo, "--apply"]);
    assert_eq!((ran.exit, account.changes().len()), (1, 0), "{ran:?}");
    account.write("now", "2026-11-25T14:30:40Z");
    let ran = account.run(&script, &["--apply", "--undo", undo]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert_eq!(account.read("keys"), "");
}

#[test]
fn without_an_undo_file_aws_is_not_asked() {
    let account = ann("no_undo");
    account.leave("other.txt", "aws iam update-access-key\n# nothing\n");
    account.leave("cut.txt", "aws # 2026-11-11T14:30:40Z AKIAANN1");
    let script = delete(work(), &[]);
    for arguments in [
        &[][..],
        &["--apply"],
        &["--undo"],
        &["--undo", "missing"],
        &["--undo", "."],
        &["--undo", "other.txt"],
    ] {
        let ran = account.run(&script, arguments);
        assert_eq!((ran.exit, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.error.is_empty());
    }
    assert_eq!(account.read("calls"), "");
    // A last line without an end is a line.
    assert_eq!(account.run(&script, &["--undo", "other.txt", "--undo", "cut.txt"]).exit, 0);
}
