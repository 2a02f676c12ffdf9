//! What is said of decisions: words for how they stand, and why one cannot count.

use super::Text;
use crate::query::DecisionFilter;
use crate::review::{Action, Fault, Invalid, Place, State};

/// The words of decisions, in one language.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the words themselves, in `en/review.rs`, say what the field is")]
pub struct ReviewText {
    /// In the order of [`Action::ALL`].
    pub actions: [&'static str; 6],
    /// In the order of [`State::ALL`].
    pub states: [&'static str; 10],
    pub undecided: &'static str,
    pub accepted: &'static str,
    pub filter_decision: &'static str,
    pub fault: fn(&Fault) -> String,
    /// A file, its line, and the column or the name of the cell.
    pub place: fn(&Place) -> String,
    /// A decision that has this id, or none that can be read.
    pub decision: fn(Option<&str>) -> String,
    pub self_review: &'static str,
    pub sign_off: &'static str,
    pub sign_off_statement: &'static str,
    pub no_digests: &'static str,
    pub approver: &'static str,
    pub approved_on: &'static str,
}

impl Text {
    /// What an action is called.
    pub fn action(&self, action: Action) -> &'static str {
        let place = Action::ALL.iter().position(|other| *other == action);
        place.and_then(|place| self.review.actions.get(place)).copied().unwrap_or_default()
    }

    /// How a decision stands.
    pub fn decision_state(&self, state: State) -> &'static str {
        let place = State::ALL.iter().position(|other| *other == state);
        place.and_then(|place| self.review.states.get(place)).copied().unwrap_or_default()
    }

    /// Users by what was decided about them.
    pub fn decision_filter(&self, filter: DecisionFilter) -> &'static str {
        match filter {
            DecisionFilter::Undecided => self.review.undecided,
            DecisionFilter::Accepted => self.review.accepted,
            _ => filter.state().map(|state| self.decision_state(state)).unwrap_or_default(),
        }
    }

    /// Why a decision cannot count, and where that stands.
    pub fn invalid(&self, invalid: &Invalid) -> String {
        let what = format!(
            "{}: {}",
            (self.review.decision)(invalid.id.as_deref()),
            (self.review.fault)(&invalid.fault)
        );
        match &invalid.place {
            Some(place) => format!("{}: {what}", (self.review.place)(place)),
            None => what,
        }
    }
}
