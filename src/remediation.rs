//! The commands to investigate and fix a finding.

use crate::checks::DELETE_PASSWORD;
use crate::finding::Finding;
use crate::report::Column;

/// Asks AWS to generate a new report, which it does at most once every four hours.
pub const GENERATE_REPORT: &str = "aws iam generate-credential-report";

/// Gets the report in the format that contains the time it was generated.
pub const GET_REPORT: &str = "aws iam get-credential-report --output json > credential-report.json";

/// Fetches the reports of all accounts of an organization, a file each; it only reads.
pub const ORGANIZATION_SCRIPT: &str = include_str!("organization.sh");

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
    let commands = finding.check.check().commands;
    commands
        .iter()
        .filter(|command| !is_moot(command, finding))
        .map(|command| format!("aws iam {}", command.replace("{user}", &user)))
        .collect()
}

/// Whether a command would delete a password that does not exist, as the cells of the finding show.
fn is_moot(command: &str, finding: &Finding) -> bool {
    command == DELETE_PASSWORD && finding.evidence.flag(Column::PasswordEnabled) == Some(false)
}

/// The option that names a user; `None` for a name that is not safe to paste.
///
/// Only IAM's own alphabet is: letters, digits and `+=,.@_-`. None of these means anything within the
/// quotes of a POSIX shell or of PowerShell, or to cmd.exe, so nothing depends on quoting. A report may
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
    let commands = finding.check.check().commands;
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
