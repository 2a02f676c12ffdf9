//! What is said of decisions, in English.

use crate::review::{Fault, Place};
use crate::text::ReviewText;

pub(in crate::text) const REVIEW: ReviewText = ReviewText {
    actions: ["Keep", "Rotate", "Disable", "Delete", "Add MFA", "Ask the owner"],
    states: [
        "Invalid",
        "Account not loaded",
        "Not started",
        "Done",
        "No match",
        "Expired",
        "Overdue",
        "Expires soon",
        "In effect",
        "Open",
    ],
    undecided: "Undecided",
    accepted: "Accepted findings",
    filter_decision: "Decision",
    fault,
    place,
    decision: |id| match id {
        Some(id) => format!("The decision {id} does not count"),
        None => "This decision does not count".to_owned(),
    },
    self_review: "Self-review",
    sign_off: "Sign-off",
    approver: "Approved by",
    approved_on: "Date",
    sign_off_statement: "I have reviewed the users listed here, and the decisions made about them.",
    no_digests: "SHA-256 not calculated. To have it here, print with Ctrl+P (⌘P) or from the export dialog, while the page can still read the files.",
};

fn place(place: &Place) -> String {
    let Place { file, line, column, cell, .. } = place;
    match (column, cell) {
        (_, Some(cell)) => format!("{file}, line {line}, column {cell}"),
        (Some(column), None) => format!("{file}, line {line}, column {column}"),
        (None, None) => format!("{file}, line {line}"),
    }
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::NotAnObject => "it is not a JSON object.".to_owned(),
        Fault::UnknownMember(name) => format!("a decision has no `{name}`."),
        Fault::RepeatedMember(name) => format!("`{name}` appears twice."),
        Fault::MissingMember(name) => format!("`{name}` is missing or empty."),
        Fault::UnfitMember(name) => format!("`{name}` does not go with the rest of it."),
        Fault::WrongType(name) => format!("the value of `{name}` has the wrong type."),
        Fault::UnknownWord { member, value } => format!("`{member}` cannot be \"{value}\"."),
        Fault::UnknownCheck(name) => format!("no check is called \"{name}\"."),
        Fault::UnreadableDay { member, value } => {
            format!("`{member}` is \"{value}\"; a day is written as in 2026-11-25.")
        }
        Fault::UnreadableTime { member, value } => {
            format!("`{member}` is \"{value}\"; a time is written as in 2026-11-25T09:00:00Z.")
        }
        Fault::NotAnAccount(value) => format!("\"{value}\" is not an account ID of 12 digits."),
        Fault::NotAnArn(value) => format!("\"{value}\" is not the ARN of an IAM user or of the root user."),
        Fault::ArnOfOtherAccount => "the ARN belongs to another account.".to_owned(),
        Fault::UnknownOrdinal => "`ordinal` must be 1 or 2.".to_owned(),
        Fault::RotatesNoKey => "only an access key or a certificate can be rotated.".to_owned(),
        Fault::UntilBeforeOn { on, until } => format!("it ends on {until}, before it begins on {on}."),
        Fault::TooLong { days, most } => {
            format!("it lasts {days} days; the check policy allows {most}.")
        }
        Fault::ShortReason { characters, least } => {
            format!("the reason has {characters} characters; it needs {least} or more.")
        }
        Fault::OpenQuote => "a quotation mark in the line is never closed.".to_owned(),
        Fault::SurplusCells { found, expected } => {
            format!("the line has {found} cells, but the header has {expected}.")
        }
        Fault::RepeatedId { other: Some(other) } => {
            format!("its ID is also used by another decision ({}).", place(other))
        }
        Fault::RepeatedId { other: None } => "its ID is also used by another decision.".to_owned(),
    }
}
