//! Words looked for in name, ARN and account, in services and regions of last use, in kinds, in owners and in
//! names of accounts.

use super::user_test::UserTest;
use crate::assessment::{Kind, LoadedReport, RowId, kind};
use crate::report::{ArnPrefix, Column, User};
use crate::review::{Owner, Owners, Reviewed};

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
fn account_digits(term: &str) -> Option<String> {
    let is_number = term.contains('-') && term.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    Some(term.replace('-', "")).filter(|digits| is_number && !digits.is_empty())
}

/// Words that are looked for in numbers and names of accounts; all must occur.
pub(crate) struct AccountTerms(Vec<(String, Option<String>)>);

impl AccountTerms {
    pub(crate) fn new(search: &str) -> Self {
        let with_digits = |term: String| {
            let digits = account_digits(&term);
            (term, digits)
        };
        Self(terms(search).into_iter().map(with_digits).collect())
    }

    /// Whether all occur in the number or the name of an account.
    pub(crate) fn are_in(&self, id: &str, name: Option<&str>) -> bool {
        self.0.iter().all(|(term, digits)| {
            id.contains(digits.as_ref().unwrap_or(term))
                || name.is_some_and(|name| contains_ignoring_case(name, term))
        })
    }
}

/// A search through reports: what the ARNs of one have in common is looked through once, and so is each
/// service and region.
pub(super) struct Search<'q> {
    terms: Vec<Term>,
    /// For each ARN prefix of the report, whether each term occurs in it, or in the name of its account.
    in_prefix: Vec<Vec<bool>>,
    reviewed: Reviewed<'q>,
    /// The first row of the report.
    first_row: RowId,
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
    /// For each owner whether it occurs in what is known of her or him; none where it occurs in none.
    people: Vec<bool>,
}

impl Term {
    fn new(word: String, people: &[Owner]) -> Self {
        let is_of = |(_, words): &&(Kind, &[&str])| {
            let is_long = !word.is_ascii() || word.len() >= KIND_LETTERS;
            is_long && words.iter().any(|name| name.starts_with(word.as_str()))
        };
        Self {
            digits: account_digits(&word),
            is_across: word.contains(['/', ':']),
            kinds: KIND_WORDS.iter().filter(is_of).map(|(kind, _)| *kind).collect(),
            words: Vec::new(),
            people: if_any(people.iter().map(|owner| is_of_owner(owner, &word)).collect()),
            word,
        }
    }

    fn is_of_owner(&self, owners: Option<&Owners>, row: RowId) -> bool {
        let is_of = |person: u32| self.people.get(person as usize).copied().unwrap_or_default();
        !self.people.is_empty() && owners.is_some_and(|owners| owners.people_of(row).any(is_of))
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

/// A list in which something is set; else an empty one.
fn if_any(flags: Vec<bool>) -> Vec<bool> {
    if flags.contains(&true) { flags } else { Vec::new() }
}

/// Whether a term occurs in what is known of an owner.
fn is_of_owner(owner: &Owner, term: &str) -> bool {
    [&owner.name, &owner.email, &owner.team].into_iter().any(|text| contains_ignoring_case(text, term))
}

impl<'q> Search<'q> {
    pub(super) fn new(search: &str, reviewed: Reviewed<'q>) -> Self {
        let people = reviewed.owners.map(Owners::people).unwrap_or_default();
        let terms = terms(search).into_iter().map(|word| Term::new(word, people)).collect();
        Self { terms, in_prefix: Vec::new(), reviewed, first_row: RowId(0) }
    }
}

impl UserTest for Search<'_> {
    fn open(&mut self, loaded: &LoadedReport) {
        let report = &loaded.report;
        self.first_row = loaded.row(0);
        for term in &mut self.terms {
            let is_found =
                |word: &str| term.word.len() >= WORD_LETTERS && contains_ignoring_case(word, &term.word);
            term.words = if_any(report.words().map(is_found).collect());
        }
        let account = |number: u32| report.accounts().get(number as usize).map(|account| account.id.as_str());
        let within = |known: &ArnPrefix| {
            let name = self.reviewed.account_name(account(known.account)).unwrap_or_default();
            let is_within =
                |term: &Term| term.is_in_prefix(&known.prefix) || contains_ignoring_case(name, &term.word);
            self.terms.iter().map(is_within).collect()
        };
        self.in_prefix.clear();
        self.in_prefix.extend(report.arn_prefixes().iter().map(within));
    }

    fn passes(&self, user: &User<'_>) -> bool {
        self.terms.iter().enumerate().all(|(at, term)| {
            self.in_prefix[user.arn_prefix_number() as usize][at]
                || contains_ignoring_case(user.name(), &term.word)
                || term.is_of_last_use(user)
                || term.is_of_kind(user)
                || term.is_of_owner(self.reviewed.owners, RowId(self.first_row.0 + user.index()))
                // A term may lie across the end of the prefix, or in an ARN that is kept as text.
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
