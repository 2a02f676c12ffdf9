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
        self.in_prefix.extend(report.places().iter().map(|place| within(&place.prefix)));
    }

    fn passes(&self, user: &User<'_>) -> bool {
        self.terms.iter().enumerate().all(|(at, term)| {
            self.in_prefix[user.place_number() as usize][at]
                || contains_ignoring_case(user.name(), term)
                // A term may lie across the end of the prefix, or in an ARN that stands aside.
                || ((self.across[at] || user.place().prefix.is_empty())
                    && user.arn().is_some_and(|arn| arn.to_lowercase().contains(term)))
        })
    }
}

/// Whether a text contains a term that is in lower case.
fn contains_ignoring_case(text: &str, term: &str) -> bool {
    if !text.is_ascii() || !term.is_ascii() {
        return text.to_lowercase().contains(term);
    }
    let (text, term) = (text.as_bytes(), term.as_bytes());
    text.windows(term.len().max(1)).any(|window| window.eq_ignore_ascii_case(term)) || term.is_empty()
}
