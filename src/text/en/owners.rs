//! What is said of owners and accounts, in English.

use super::page::count;
use crate::review::SideIssueKind;
use crate::text::OwnerText;
use crate::text::sentences::grouped;

pub(in crate::text) const OWNERS: OwnerText = OwnerText {
    owner: "Owner",
    owners: "Owners",
    team: "Team",
    manager: "Manager",
    note: "Note",
    no_owner: "No owner",
    has_left: "Owner no longer active",
    guess: "guessed from the e-mail address",
    by_owner: "By owner",
    no_file: "No owners are known. Drop a CSV file that says who owns which user, beside the reports.",
    show: "Show the users of this owner",
    with_findings: "With findings",
    left_enabled: "Enabled, owner inactive",
    decided: "Decided",
    overdue: "Overdue",
    filter_owner: "Owner",
    filter_without_owner: "No owner",
    filter_leavers: "Owner no longer active, credentials enabled",
    matched: |matched, users| {
        format!("{} of {} matched to an owner", grouped(matched), count(users, "user", "users"))
    },
    guessed: |users| format!("{} guessed from an e-mail address", count(users, "owner", "owners")),
    several: |users| format!("{} with more than one owner", count(users, "user", "users")),
    leavers: |users| {
        format!(
            "{} with enabled credentials and an owner who is no longer active",
            count(users, "user", "users")
        )
    },
    without_owner: |users| format!("{} without an owner", count(users, "user", "users")),
    lines_without_user: |lines| {
        format!("{} about users that no loaded report contains", count(lines, "line", "lines"))
    },
    accounts_without_report: "Accounts without a report",
    without_report: |accounts, all| {
        format!(
            "{} of {} in the organization without a report here",
            grouped(accounts),
            count(all, "account", "accounts")
        )
    },
    strangers: |accounts| {
        format!(
            "{} with a report here, but not in the list of accounts",
            count(accounts, "account", "accounts")
        )
    },
    issues: |issues| count(issues, "note on these files", "notes on these files"),
    issue: |kind| match kind {
        SideIssueKind::Encoding(_) => String::new(),
        SideIssueKind::OpenQuote => "A quotation mark is never closed; the line was skipped.".to_owned(),
        SideIssueKind::SurplusCells { found, expected } => format!(
            "The line has {}, but the header has {}; the line was skipped.",
            count((*found).into(), "cell", "cells"),
            grouped((*expected).into())
        ),
        SideIssueKind::NoUser => "The line does not say which user it is about; it was skipped.".to_owned(),
        SideIssueKind::Arn => "This is not the ARN of an IAM user; the line was skipped.".to_owned(),
        SideIssueKind::Account => "This is not a 12-digit account ID; the line was skipped.".to_owned(),
        SideIssueKind::NoName => "The account has no name.".to_owned(),
        SideIssueKind::Active => {
            "This says neither yes nor no, so it was ignored; the rest of the line counts.".to_owned()
        }
        SideIssueKind::FilledUp { lines } => format!(
            "A spreadsheet had removed leading zeros from account IDs in {}; they were restored.",
            count((*lines).into(), "line", "lines")
        ),
        SideIssueKind::SeveralAccounts { accounts } => format!(
            "{} have a user of this name, and the line does not say which one it means; it was skipped.",
            count((*accounts).into(), "account", "accounts")
        ),
        SideIssueKind::UserNotFound => "No loaded report contains this user.".to_owned(),
        SideIssueKind::OtherName { account } => {
            format!("Account {account} already has another name; the first one is used.")
        }
        SideIssueKind::BrokenJson => {
            "The JSON is truncated or malformed from here on; everything before was read.".to_owned()
        }
    },
};
