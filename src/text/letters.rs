//! What stands in letters to owners.

/// The words of letters, in one language.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the sentence itself, in `en/letters.rs`, says what the field is")]
pub struct LetterText {
    pub title: &'static str,
    pub title_no_owner: &'static str,
    pub to: &'static str,
    pub reply_by: &'static str,
    pub users: &'static str,
    pub ask: fn(&str) -> String,
    pub ask_no_owner: fn(&str) -> String,
    pub ask_left: &'static str,
    pub guessed: &'static str,
    pub last_activity: fn(&str) -> String,
    pub never_used: &'static str,
    pub decide: &'static str,
    pub keep: &'static str,
    pub rotate: &'static str,
    pub disable: &'static str,
    pub delete: &'static str,
    pub other: &'static str,
}
