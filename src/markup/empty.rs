//! Why no users are shown: nothing was found, or nothing matches, two different things.

use super::{Markup, Setting};
use crate::overview::Overview;
use crate::query::{Cards, Query};

/// Why no users are shown, or nothing is said of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// Nothing matches the filters, of so many users.
    NoMatch(u32),
    /// No check could evaluate anything.
    NothingEvaluated,
    /// All is well.
    NoProblems,
}

impl Empty {
    /// Why, of a result that a query was asked of; `None` where there is something to show.
    pub fn of(overview: &Overview, cards: &Cards, query: &Query) -> Option<Self> {
        let is_narrow = query.is_narrow();
        if is_narrow && cards.matching == 0 && cards.account_findings.is_empty() {
            Some(Self::NoMatch(cards.total))
        } else if !is_narrow && overview.is_nothing_evaluated() {
            Some(Self::NothingEvaluated)
        } else if !is_narrow && overview.findings == 0 {
            Some(Self::NoProblems)
        } else {
            None
        }
    }

    /// The id and the class of its element.
    pub fn id_and_class(self) -> (&'static str, &'static str) {
        match self {
            Self::NoMatch(_) => ("no-match", "empty"),
            Self::NothingEvaluated => ("nothing-evaluated", "empty"),
            Self::NoProblems => ("no-problems", "empty fine"),
        }
    }

    /// Says it, and how to go on.
    pub fn write(self, markup: &mut Markup, setting: &Setting<'_>) {
        let (t, g) = (&setting.text.page, &setting.text.glance);
        match self {
            Self::NoMatch(total) => {
                markup.leaf("h2", &[], t.no_match);
                markup.leaf("p", &[], &(t.no_match_text)(total.into()));
                markup.leaf("button", &[("type", "button"), ("data-go", "clear")], t.clear_filters);
            }
            Self::NothingEvaluated => {
                markup.leaf("h2", &[], g.nothing_evaluated);
                markup.leaf("p", &[], g.nothing_evaluated_text);
            }
            Self::NoProblems => {
                markup.leaf("h2", &[], t.no_problems);
                markup.leaf("p", &[], t.no_problems_text);
            }
        }
    }
}
