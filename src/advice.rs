//! The commands that look into a finding and mend it.

use crate::checks;
use crate::finding::Finding;
use crate::report::Column;

/// Makes AWS generate a new report; it does so every four hours at the most.
pub const GENERATE_REPORT: &str = "aws iam generate-credential-report";

/// Fetches the report in the form that tells when it was generated.
pub const GET_REPORT: &str = "aws iam get-credential-report --output json > credential-report.json";

const LIST_KEYS: &str = "list-access-keys {user}";
const LAST_USE_OF_KEY: &str = "get-access-key-last-used --access-key-id ACCESS_KEY_ID";
const CREATE_KEY: &str = "create-access-key {user}";
const DEACTIVATE_KEY: &str = "update-access-key {user} --access-key-id ACCESS_KEY_ID --status Inactive";
const DELETE_KEY: &str = "delete-access-key {user} --access-key-id ACCESS_KEY_ID";
const LOOK_AT_PASSWORD: &str = "get-login-profile {user}";
const RESET_PASSWORD: &str = "update-login-profile {user} --password-reset-required";
const DELETE_PASSWORD: &str = "delete-login-profile {user}";
const PASSWORD_POLICY: &str = "get-account-password-policy";
const LIST_MFA: &str = "list-mfa-devices {user}";
const ACCOUNT: &str = "get-account-summary";

/// A key that can go: look, deactivate, and delete at last.
const END_KEY: &[&str] = &[LIST_KEYS, LAST_USE_OF_KEY, DEACTIVATE_KEY, DELETE_KEY];

/// A password that can go: look, also at the keys, which live on without it, and take it away.
const END_PASSWORD: &[&str] = &[LOOK_AT_PASSWORD, LIST_KEYS, DELETE_PASSWORD];

/// The subcommands of `aws iam` for each check, in table order.
///
/// They look first, then disable, and delete last. Root's credentials are changed in the console
/// only; its commands tell which there are.
const COMMANDS: [(&str, &[&str]); checks::COUNT] = [
    ("root-access-key-active", &[ACCOUNT]),
    ("root-access-key-inactive", &[ACCOUNT]),
    ("root-mfa-disabled", &[ACCOUNT]),
    ("root-used-recently", &[ACCOUNT]),
    ("root-signing-certificate", &[ACCOUNT]),
    ("console-mfa-disabled", &[LIST_MFA]),
    ("console-unused", END_PASSWORD),
    ("console-never-used", END_PASSWORD),
    ("password-old", &[LOOK_AT_PASSWORD, RESET_PASSWORD]),
    ("password-expired", &[PASSWORD_POLICY, LOOK_AT_PASSWORD, LIST_KEYS, DELETE_PASSWORD]),
    // What sets a password policy replaces the whole of it, so it is not offered for pasting.
    ("password-expiry-not-set", &[PASSWORD_POLICY]),
    ("access-key-not-rotated", &[LIST_KEYS, LAST_USE_OF_KEY, CREATE_KEY, DEACTIVATE_KEY, DELETE_KEY]),
    ("access-key-unused", END_KEY),
    ("access-key-never-used", END_KEY),
    ("access-key-inactive", &[LIST_KEYS, LAST_USE_OF_KEY, DELETE_KEY]),
    ("two-active-access-keys", END_KEY),
    // Which of the two has to go is for a person to say.
    ("password-and-access-key", &[LOOK_AT_PASSWORD, LIST_KEYS, LAST_USE_OF_KEY]),
    ("access-key-made-with-user", END_KEY),
    ("user-mfa-disabled", &[LIST_MFA, LIST_KEYS, LAST_USE_OF_KEY]),
    (
        "signing-certificate-active",
        &[
            "list-signing-certificates {user}",
            "update-signing-certificate {user} --certificate-id CERTIFICATE_ID --status Inactive",
            "delete-signing-certificate {user} --certificate-id CERTIFICATE_ID",
        ],
    ),
    (
        "user-without-credentials",
        &[
            "list-attached-user-policies {user}",
            "list-user-policies {user}",
            "list-groups-for-user {user}",
            "list-ssh-public-keys {user}",
            "list-service-specific-credentials {user}",
            LIST_MFA,
            // AWS refuses this while anything hangs on the user.
            "delete-user {user}",
        ],
    ),
    ("user-dormant", &[LIST_KEYS, LAST_USE_OF_KEY, DEACTIVATE_KEY, DELETE_PASSWORD, DELETE_KEY]),
];

/// The commands for a finding, in order, one a line.
///
/// `ACCESS_KEY_ID` and `CERTIFICATE_ID` stand for ids that the report does not have; AWS refuses a
/// command in which they still stand. There are none for a name that is not safe to paste.
pub fn commands(finding: &Finding) -> Vec<String> {
    // The commands of a finding about root or an account need no name.
    if is_withheld(finding) {
        return Vec::new();
    }
    let user = finding.user.as_deref().and_then(user_option).unwrap_or_default();
    let (_, commands) = COMMANDS[finding.check.index()];
    commands
        .iter()
        .filter(|command| !is_idle(command, finding))
        .map(|command| format!("aws iam {}", command.replace("{user}", &user)))
        .collect()
}

/// Whether a command would take away a password that the cells of the finding say is not there.
fn is_idle(command: &str, finding: &Finding) -> bool {
    command == DELETE_PASSWORD && says(finding, Column::PasswordEnabled) == Some(false)
}

/// What a cell that the verdict read says, `true` or `false`.
pub(crate) fn says(finding: &Finding, column: Column) -> Option<bool> {
    let (_, raw) = finding.evidence.cells.iter().find(|(read, _)| *read == column)?;
    match raw.trim() {
        raw if raw.eq_ignore_ascii_case("true") => Some(true),
        raw if raw.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// The option that names a user; `None` for a name that is not safe to paste.
///
/// Only IAM's own alphabet is: letters, digits and `+=,.@_-`. None of these means anything within the
/// quotes of a POSIX shell or of PowerShell, or to cmd.exe, so that nothing hangs on quoting. A report may
/// come from anywhere, and no quoting of other characters holds in every shell.
fn user_option(name: &str) -> Option<String> {
    is_iam_name(name).then(|| {
        // After a space a leading hyphen would make the name an option of its own.
        let joint = if name.starts_with('-') { '=' } else { ' ' };
        format!("--user-name{joint}'{name}'")
    })
}

/// Whether a name is made of the characters that IAM allows in names of users.
fn is_iam_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte);
    !name.is_empty() && name.bytes().all(is_allowed)
}

/// Whether a finding has no commands because the name of its user is not safe to paste.
pub fn is_withheld(finding: &Finding) -> bool {
    let (_, commands) = COMMANDS[finding.check.index()];
    let names_user = commands.iter().any(|command| command.contains("{user}"));
    names_user && finding.user.as_deref().is_some_and(|name| !is_iam_name(name))
}

/// The address of the IAM console of a partition.
pub fn console_url(partition: Option<&str>) -> &'static str {
    match partition {
        Some("aws-cn") => "https://console.amazonaws.cn/iam/",
        Some("aws-us-gov") => "https://console.amazonaws-us-gov.com/iam/",
        _ => "https://console.aws.amazon.com/iam/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_its_commands_at_its_place() {
        for check in checks::ids() {
            assert_eq!(COMMANDS[check.index()].0, check.name());
        }
    }

    #[test]
    fn commands_are_for_names_of_iams_alphabet_alone() {
        assert_eq!(user_option("andrew").as_deref(), Some("--user-name 'andrew'"));
        assert_eq!(user_option("-x+=,.@_").as_deref(), Some("--user-name='-x+=,.@_'"));
        for name in
            ["", "a'$(calc)'", "a&calc&b", "a b", "a\"b", "%PATH%", "a`id`", "file://x", "a\nb", "ann\u{e9}"]
        {
            assert_eq!(user_option(name), None, "{name}");
        }
    }
}
