//! What stands in letters to owners, in English.

use crate::text::LetterText;

pub(in crate::text) const LETTERS: LetterText = LetterText {
    title: "Please review your AWS users",
    title_no_owner: "AWS users without an owner",
    to: "To",
    reply_by: "Reply by",
    users: "Users",
    ask: |day| {
        format!(
            "You are recorded as the owner of the AWS users below. For each user, read the findings, tick what \
             should happen, and reply by {day}."
        )
    },
    ask_no_owner: |day| {
        format!(
            "Nobody is recorded as the owner of the AWS users below. If one of them is yours, or if you know \
             whose it is, reply by {day}."
        )
    },
    ask_left: "The recorded owner is no longer active. Name a new owner, or decide in the owner's place.",
    guessed: "You were identified as the owner by your e-mail address. If the user is not yours, tick Other.",
    last_activity: |day| format!("Last used {day}."),
    never_used: "No recorded use.",
    decide: "Decision:",
    keep: "Keep until ………………, because: ………………",
    rotate: "Rotate: replace the access keys",
    disable: "Disable: deactivate the access keys and delete the console password",
    delete: "Delete the user",
    other: "Other, for example another owner: ………………",
};
