//! What became of findings and users, in English.

use crate::comparison::{Cause, ChangeKind, FactKind, Outcome};
use crate::text::changes::ChangeText;
use crate::text::sentences::grouped;

pub(in crate::text) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New => "New",
        Outcome::Unchanged => "Unchanged",
        Outcome::Resolved => "Resolved",
        Outcome::Cleared => "No longer failing, not fixed",
        Outcome::NotJudged => "No longer evaluated",
    }
}

pub(in crate::text) fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Created => "Created",
        Cause::Aged => "Passed the limit",
        Cause::Changed => "Changed",
        Cause::NewlyJudged => "Can now be evaluated",
        Cause::UserDeleted => "User deleted",
        Cause::KeyReplaced => "Key rotated",
        Cause::KeyDeleted => "Key deleted",
        Cause::KeyDeactivated => "Key deactivated",
        Cause::PasswordRemoved => "Password deleted",
        Cause::PasswordChanged => "Password changed",
        Cause::MfaEnabled => "MFA added",
        Cause::CertificateDeleted => "Certificate deleted",
        Cause::CertificateDeactivated => "Certificate deactivated",
        Cause::ExpirySet => "Password expiration set",
        Cause::CredentialsRemoved => "Credentials removed",
        Cause::UsedAgain => "Used again",
        Cause::Reactivated => "Reactivated",
        Cause::TimePassed => "Time passed",
        Cause::CredentialCreated => "Credential created",
        Cause::ExpiryChanged => "Expiration changed",
        Cause::Unexplained => "Unexplained",
        Cause::MissingColumn => "Column missing",
        Cause::Unreadable => "Cell unreadable",
        Cause::NotSupported => "Not supported",
        Cause::NoTime => "No time in the cell",
        Cause::NoRow => "No root user row",
    }
}

pub(in crate::text) fn user_change(change: ChangeKind) -> &'static str {
    match change {
        ChangeKind::Added => "Added",
        ChangeKind::Deleted => "Deleted",
        ChangeKind::ReCreated => "Re-created",
        ChangeKind::Renamed => "Renamed",
        ChangeKind::Changed => "Changed",
    }
}

pub(in crate::text) fn fact(fact: FactKind) -> &'static str {
    match fact {
        FactKind::PasswordSet => "Password created",
        FactKind::PasswordRemoved => "Password deleted",
        FactKind::PasswordChanged => "Password changed",
        FactKind::PasswordUsed => "Password used",
        FactKind::MfaOn => "MFA added",
        FactKind::MfaOff => "MFA removed",
        FactKind::KeyCreated => "Key created",
        FactKind::KeyDeleted => "Key deleted",
        FactKind::KeyReactivated => "Key reactivated",
        FactKind::KeyDeactivated => "Key deactivated",
        FactKind::KeyUsed => "Key used",
        FactKind::CertificateCreated => "Certificate created",
        FactKind::CertificateDeleted => "Certificate deleted",
        FactKind::CertificateReactivated => "Certificate reactivated",
        FactKind::CertificateDeactivated => "Certificate deactivated",
    }
}

fn counted(number: u64, one: &str, more: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { more })
}

pub(in crate::text) static CHANGES: ChangeText = ChangeText {
    title: "Changes",
    since: |date, days| format!("Since {date} ({})", counted(days, "day", "days")),
    since_several: |accounts| {
        format!("Since the previous reports of {}", counted(accounts, "account", "accounts"))
    },
    resolved: |number| format!("{} resolved", grouped(number)),
    new: |number| format!("{} new", grouped(number)),
    unchanged: |number| format!("{} unchanged", grouped(number)),
    cleared: |number| format!("{} no longer failing, not fixed", grouped(number)),
    used_again: |number| format!("{} used again", grouped(number)),
    not_judged: |number| format!("{} no longer evaluated", grouped(number)),
    users_added: |number| format!("{} added", counted(number, "user", "users")),
    users_deleted: |number| format!("{} deleted", counted(number, "user", "users")),
    users_re_created: |number| format!("{} re-created", counted(number, "user", "users")),
    users_renamed: |number| format!("{} renamed", counted(number, "user", "users")),
    users_changed: |number| format!("{} changed", counted(number, "user", "users")),
    new_mark: "New",
    open_since: |date| format!("Open since at least {date}"),
    open_for: |days| format!("Open {}+ d", grouped(days)),
    between: |earlier, current| format!("between {earlier} and {current}"),
    same_as_before: "Nothing is different.",
    nothing_matches: "No change matches the filters.",
    cleared_text: "Nobody fixed these: look at each one.",
    not_judged_text: "These failed before, and this report does not show whether they still do.",
    renamed_guess: "Renamed (guessed from the same creation times of user and keys)",
    moved: "Moved to another path",
    renamed_from: |arn| format!("Formerly {arn}"),
    deleted_user: "Deleted user",
    deleted_user_text: |date| format!("As of the report of {date}."),
    before: "Before",
    now: "Now",
    earlier_report: "Earlier report",
    current_report: "Current report",
    compare_with: "Compare with",
    previous_report: "The previous report",
    newest_only: "Newest only",
    compare_again: "Compare again",
    not_compared: "Only the newest report of each account is shown.",
    compared_notice: |file| format!("{file}: compared with the earlier report of the same account."),
    same_notice: |file| format!("{file}: the same report is already loaded; it counts once."),
    blind_to_re_creation: "The reports do not show when each user was created, so a user that was deleted and created again with the same name cannot be recognized.",
    accounts_without: |number| {
        format!("{} without an earlier report", counted(number, "account", "accounts"))
    },
    account: "Account",
    over_time: "Over time",
    over_time_text: "One point for each report. What happened between two reports happened at an unknown time between them.",
    report_time: "Report",
    users: "Users",
    findings: "Findings",
    mfa_share: "Console users with MFA",
    keys_over_limit: "Keys over the limit",
    oldest_key: "Oldest key",
    more: |number| format!("{} more", grouped(number)),
    filter_change: "Change",
    filter_cause: "Cause",
};
