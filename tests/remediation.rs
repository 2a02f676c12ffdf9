//! The commands of the advice.
#![allow(clippy::unwrap_used)]

mod common;

use std::process::Command;

use common::findings::{full, with_cells};
use credential_report_viewer::checks::{self, SubjectKind};
use credential_report_viewer::remediation;
use credential_report_viewer::report::Column;

#[test]
fn commands_look_first_and_delete_last() {
    for check in checks::ids() {
        let commands = remediation::commands(&full(check.name()));
        assert!(!commands.is_empty(), "{}", check.name());
        for command in &commands {
            assert!(command.starts_with("aws iam ") && !command.contains(['{', '}', '\n']), "{command}");
            assert!(
                !check.check().root || !command.contains("--user-name"),
                "root is no IAM user: {command}"
            );
        }
        let looks =
            |command: &String| command.starts_with("aws iam list-") || command.starts_with("aws iam get-");
        assert!(commands.is_sorted_by_key(|command| !looks(command)), "{commands:?}");
        let deletes = |command: &String| command.starts_with("aws iam delete-");
        assert!(commands.is_sorted_by_key(deletes), "{commands:?}");
    }
    assert_eq!(
        remediation::commands(&full("access-key-unused")),
        [
            "aws iam list-access-keys --user-name 'andrew'",
            "aws iam get-access-key-last-used --access-key-id ACCESS_KEY_ID",
            "aws iam update-access-key --user-name 'andrew' --access-key-id ACCESS_KEY_ID --status Inactive",
            "aws iam delete-access-key --user-name 'andrew' --access-key-id ACCESS_KEY_ID",
        ]
    );
}

#[test]
fn a_password_that_is_not_there_is_not_deleted() {
    let deletes = |enabled| {
        let finding = with_cells("user-dormant", &[(Column::PasswordEnabled, enabled)]);
        remediation::commands(&finding).iter().any(|command| command.contains("delete-login-profile"))
    };
    assert!(deletes("true") && !deletes("false"));
}

/// What a shell makes of a command: its words.
fn words(command: &str) -> Vec<String> {
    let script = format!("aws() {{ printf '%s\\0' \"$@\"; }}; {command}");
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{command}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn every_name_that_iam_allows_is_one_word_of_a_command() {
    for name in ["andrew", "+=,.@_-", "=cmd@x.y", "@tom", "ACCESS_KEY_ID", "-x", "--profile"] {
        for check in checks::ids().filter(|check| !check.check().root) {
            let mut finding = full(check.name());
            finding.user = Some(name.to_owned());
            assert!(!remediation::is_withheld(&finding));
            for command in remediation::commands(&finding) {
                let words = words(&command);
                let option = words.iter().position(|word| word.starts_with("--user-name"));
                let value = option.map(|at| match words[at].split_once('=') {
                    Some((_, value)) => value,
                    None => &words[at + 1],
                });
                assert!(value.is_none_or(|value| value == name), "{command}");
            }
        }
    }
}

#[test]
fn there_are_no_commands_for_a_name_that_is_not_safe_to_paste_in_every_shell() {
    for name in [
        "",
        "a\nrm -rf /",
        "a\u{1b}[201~b",
        "a\u{202e}b",
        "file:///etc/passwd",
        "x\u{7f}",
        // PowerShell and cmd.exe.
        "a'$(calc)'",
        "a&calc&b",
        "%PATH%",
        "a^b",
        "a b",
        "'; touch /tmp/owned; '",
        "{user}",
    ] {
        for check in checks::ids() {
            let mut finding = full(check.name());
            finding.user = Some(name.to_owned());
            let commands = remediation::commands(&finding);
            let is_named = check.check().rule.subject() != SubjectKind::Account && !check.check().root;
            assert_eq!(remediation::is_withheld(&finding), is_named, "{name:?} {check:?}");
            assert_eq!(commands.is_empty(), is_named, "{name:?} {check:?}");
            assert!(!commands.iter().any(|command| command.contains("user-name")), "{commands:?}");
        }
    }
}

#[test]
fn the_partition_decides_the_console() {
    assert_eq!(remediation::console_url(None), "https://console.aws.amazon.com/iam/");
    assert_eq!(remediation::console_url(Some("aws")), "https://console.aws.amazon.com/iam/");
    assert_eq!(remediation::console_url(Some("aws-cn")), "https://console.amazonaws.cn/iam/");
    assert_eq!(remediation::console_url(Some("aws-us-gov")), "https://console.amazonaws-us-gov.com/iam/");
}
