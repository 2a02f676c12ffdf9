//! Words looked for in name, ARN and account.

use super::user_test::UserTest;
use crate::report::{Report, User};

/// The words of a search, in lower case.
pub(super) fn terms(search: &str) -> Vec<String> {
    search.split_whitespace().map(str::to_lowercase).collect()
}

/// A search through reports: what the ARNs of one have in common is looked through once.
pub(super) struct Search {
    terms: Vec<String>,
    /// Whether each term may lie across the end of a prefix.
    across: Vec<bool>,
    /// For each place of the report, whether each term occurs in its prefix.
    in_prefix: Vec<Vec<bool>>,
}

impl Search {
    pub(super) fn new(search: &str) -> Self {
        let terms = terms(search);
        let across = terms.iter().map(|term| term.contains(['/', ':'])).collect();
        Self { terms, across, in_prefix: Vec::new() }
    }
}

impl UserTest for Search {
    fn open(&mut self, report: &Report) {
        let terms = &self.terms;
        let within = |prefix: &str| terms.iter().map(|term| prefix.to_lowercase().contains(term)).collect();
        self.in_prefix.clear();
        self.in_prefix.extend(report.arn_prefixes().iter().map(|known| within(&known.prefix)));
    }

    fn passes(&self, user: &User<'_>) -> bool {
        self.terms.iter().enumerate().all(|(at, term)| {
            self.in_prefix[user.arn_prefix_number() as usize][at]
                || contains_ignoring_case(user.name(), term)
                // A term may lie across the end of the prefix, or in an ARN that stands aside.
                || ((self.across[at] || user.arn_prefix().prefix.is_empty())
                    && user.arn().is_some_and(|arn| arn.to_lowercase().contains(term)))
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
