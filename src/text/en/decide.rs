//! Where decisions are made, in English.

use crate::text::DecideText;
use crate::text::sentences::grouped;

pub(in crate::text) const DECIDE: DecideText = DecideText {
    title: "Decide",
    decide: "Decide",
    decide_about_user: "Decide about this user",
    decide_about_shown: |users| match users {
        1 => "Decide about the user shown".to_owned(),
        _ => format!("Decide about all {} users shown", grouped(users)),
    },
    about: |what| format!("Decide: {what}"),
    about_shown: |users| match users {
        1 => "Decide: the user shown".to_owned(),
        _ => format!("Decide: all {} users shown", grouped(users)),
    },
    action: "What is to happen",
    meanings: [
        "An exception: the findings are accepted until a day.",
        "Replace the key or certificate with a new one.",
        "Deactivate keys, delete the console password. Keys can be reactivated.",
        "Delete it, after it was disabled.",
        "The user registers an MFA device.",
        "Nobody knows yet: ask the owner.",
    ],
    reason: "Reason",
    reason_hint: "Needed for an exception, 10 characters or more.",
    by: "Decided by",
    on: "From (first day, UTC)",
    until: "Until (last day, UTC)",
    days_hint: |as_of| {
        format!("Decisions are judged as of the report: {as_of}. One that begins later does not count yet.")
    },
    approved_by: "Approved by",
    ticket: "Ticket",
    note: "Note",
    broad: "Accept all findings, later ones too (too broad)",
    is_broad: "Too broad",
    save: "Decide",
    change: "Change",
    withdraw: "Withdraw",
    until_day: |day| format!("until {day}"),
    by_whom: |name| format!("decided by {name}"),
    approved_by_whom: |name| format!("approved by {name}"),
    accepted_finding: "Accepted",
    users_decided: |decided, users| format!("{} of {} decided", grouped(decided), grouped(users)),
    accepted: |findings| format!("{} accepted", grouped(findings)),
    overdue: |count| format!("{} overdue", grouped(count)),
    expired: |count| format!("{} expired", grouped(count)),
    soon: |count| match count {
        1 => "1 expires soon".to_owned(),
        _ => format!("{} expire soon", grouped(count)),
    },
    matches_nothing: |count| format!("{} without a match", grouped(count)),
    not_loaded: |count| format!("{} about accounts without a report here", grouped(count)),
    invalid: |count| format!("{} invalid", grouped(count)),
    grave: |count| match count {
        1 => "1 exception for root or a critical finding".to_owned(),
        _ => format!("{} exceptions for root or critical findings", grouped(count)),
    },
    not_saved: |count| match count {
        1 => "1 unsaved decision".to_owned(),
        _ => format!("{} unsaved decisions", grouped(count)),
    },
    save_file: "Save decisions",
    list: "All decisions",
    list_text: "Exceptions for root and for critical findings come first. Save the decisions to a file, and drop it here together with the next report.",
    state: "State",
    all: "All",
    nothing: "There are no such decisions.",
    accepts: |findings| match findings {
        1 => "accepts 1 finding".to_owned(),
        _ => format!("accepts {} findings", grouped(findings)),
    },
    is_grave: "Root or critical",
    whole_account: "Account settings",
    leave_title: "Unsaved decisions",
    leave_text: |count| match count {
        1 => "One decision is in no file yet. Closing forgets it.".to_owned(),
        _ => format!("{} decisions are in no file yet. Closing forgets them.", grouped(count)),
    },
    leave: "Close without saving",
    refused: "The report does not identify this user or credential well enough to decide about it.",
};
