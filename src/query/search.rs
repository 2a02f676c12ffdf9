//! Words looked for in name, ARN and account, in services and regions of last use, and in kinds.

use super::user_test::UserTest;
use crate::assessment::{Kind, kind};
use crate::report::{Column, Report, User};

/// The words of a search, in lower case.
pub fn terms(search: &str) -> Vec<String> {
    search.split_whitespace().map(str::to_lowercase).collect()
}

/// What kinds are called in every language, in lower case. A kind is found by the beginning of such a
/// word; `tests/text.rs` holds them to the words that are shown.
pub const KIND_WORDS: [(Kind, &[&str]); 5] = [
    (Kind::Root, &["root", "user", "ルートユーザー"]),
    (Kind::Human, &["person", "人"]),
    (Kind::Machine, &["program", "プログラム"]),
    (Kind::Both, &["person", "program", "人とプログラム"]),
    (Kind::None, &["active", "credentials", "アクティブな認証情報なし"]),
];

/// So many letters of a kind must be there, and of a service or region: a letter or two are looked for in
/// names.
const KIND_LETTERS: usize = 3;
const WORD_LETTERS: usize = 2;

const WORDS: [Column; 4] = [
    Column::AccessKey1LastUsedService,
    Column::AccessKey2LastUsedService,
    Column::AccessKey1LastUsedRegion,
    Column::AccessKey2LastUsedRegion,
];

/// The digits of an account that a term writes with hyphens, as the console does.
pub(super) fn account_digits(term: &str) -> Option<String> {
    let is_number = term.contains('-') && term.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    Some(term.replace('-', "")).filter(|digits| is_number && !digits.is_empty())
}

/// A search through reports: what the ARNs of one have in common is looked through once, and so is each
/// service and region.
pub(super) struct Search {
    terms: Vec<Term>,
    /// For each ARN prefix of the report, whether each term occurs in it.
    in_prefix: Vec<Vec<bool>>,
}

struct Term {
    word: String,
    /// It as the number of an account.
    digits: Option<String>,
    /// Whether it may lie across the end of a prefix.
    is_across: bool,
    /// The kinds that are called so.
    kinds: Vec<Kind>,
    /// For each word of the report whether it occurs in it; none where it occurs in none.
    words: Vec<bool>,
}

impl Term {
    fn new(word: String) -> Self {
        let is_of = |(_, words): &&(Kind, &[&str])| {
            let is_long = !word.is_ascii() || word.len() >= KIND_LETTERS;
            is_long && words.iter().any(|name| name.starts_with(word.as_str()))
        };
        Self {
            digits: account_digits(&word),
            is_across: word.contains(['/', ':']),
            kinds: KIND_WORDS.iter().filter(is_of).map(|(kind, _)| *kind).collect(),
            words: Vec::new(),
            word,
        }
    }

    fn is_in_prefix(&self, prefix: &str) -> bool {
        let prefix = prefix.to_lowercase();
        prefix.contains(&self.word) || self.digits.as_ref().is_some_and(|digits| prefix.contains(digits))
    }

    fn is_of_last_use(&self, user: &User<'_>) -> bool {
        let is_found = |column| user.word_number(column).is_some_and(|number| self.words[number]);
        !self.words.is_empty() && WORDS.into_iter().any(is_found)
    }

    fn is_of_kind(&self, user: &User<'_>) -> bool {
        !self.kinds.is_empty() && self.kinds.contains(&kind(user))
    }
}

impl Search {
    pub(super) fn new(search: &str) -> Self {
        Self { terms: terms(search).into_iter().map(Term::new).collect(), in_prefix: Vec::new() }
    }
}

impl UserTest for Search {
    fn open(&mut self, report: &Report) {
        for term in &mut self.terms {
            let is_found =
                |word: &str| term.word.len() >= WORD_LETTERS && contains_ignoring_case(word, &term.word);
            let words: Vec<bool> = report.words().map(is_found).collect();
            term.words = if words.contains(&true) { words } else { Vec::new() };
        }
        let within = |prefix: &str| self.terms.iter().map(|term| term.is_in_prefix(prefix)).collect();
        self.in_prefix.clear();
        self.in_prefix.extend(report.arn_prefixes().iter().map(|known| within(&known.prefix)));
    }

    fn passes(&self, user: &User<'_>) -> bool {
        self.terms.iter().enumerate().all(|(at, term)| {
            self.in_prefix[user.arn_prefix_number() as usize][at]
                || contains_ignoring_case(user.name(), &term.word)
                || term.is_of_last_use(user)
                || term.is_of_kind(user)
                // A term may lie across the end of the prefix, or in an ARN that stands aside.
                || ((term.is_across || user.arn_prefix().prefix.is_empty())
                    && user.arn().is_some_and(|arn| arn.to_lowercase().contains(&term.word)))
        })
    }
}

/// Whether a text contains a term that is in lower case.
fn contains_ignoring_case(text: &str, term: &str) -> bool {
    if !text.is_ascii() || !term.is_ascii() {
        return text.to_lowercase().contains(term);
    }
    let Some(first) = term.bytes().next() else { return true };
    // Most places differ in their first letter; the bit of case is all that letters of one kind differ in.
    let is_at =
        |window: &[u8]| (window[0] | 0x20) == (first | 0x20) && window.eq_ignore_ascii_case(term.as_bytes());
    text.as_bytes().windows(term.len()).any(is_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_found_anywhere_in_any_case() {
        let found = [
            ("Terraform", "terra"),
            ("terraFORM", "form"),
            ("\u{c4}nne", "\u{e4}nn"),
            ("a@b", "@"),
            ("a", ""),
        ];
        for (text, term) in found {
            assert!(contains_ignoring_case(text, term), "{text} {term}");
        }
        let missing =
            [("terra", "terraform"), ("tterrr", "terra"), ("", "a"), ("\u{c4}nne", "ann"), ("a`b", "@")];
        for (text, term) in missing {
            assert!(!contains_ignoring_case(text, term), "{text} {term}");
        }
    }
}
