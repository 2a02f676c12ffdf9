//! Decisions, and how they stand: what goes wherever the result goes.

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::day::Day;
use super::decision::{Decision, Target};
use super::decisions::Decisions;
use super::invalid::Invalid;
use super::owners::Owners;
use super::review::{Match, Review};
use super::state::State;
use crate::assessment::{Assessment, Inputs, RowId};
use crate::checks::Severity;
use crate::finding::Finding;

/// Decisions, and how they stand.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    /// The decisions.
    pub decisions: &'a Decisions,
    /// How they stand.
    pub review: &'a Review,
}

/// A decision about a user, as its card shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionOfUser {
    /// Its place among all decisions.
    pub place: u32,
    /// What was decided.
    pub decision: Decision,
    /// How that stands.
    pub state: State,
    /// Of a decision about a key or certificate its slot, 1 or 2.
    pub slot: Option<u8>,
    /// Whether nobody else looked at it: see [`Decided::is_self_review`].
    pub is_self_review: bool,
}

/// A finding that is accepted, and by which decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedFinding {
    /// The finding.
    pub finding: Finding,
    /// The place of the exception among all decisions.
    pub decision: u32,
}

/// A decision in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedDecision {
    /// Its place among all decisions.
    pub place: u32,
    /// What was decided; `None` where that cannot be read.
    pub decision: Option<Decision>,
    /// How it stands.
    pub state: State,
    /// Why it is invalid.
    pub invalid: Option<Invalid>,
    /// The first user that it is about, as the row of its card.
    pub row: Option<RowId>,
    /// How many findings it accepts.
    pub accepts: u64,
    /// The worst of these.
    pub worst: Option<Severity>,
    /// Whether it accepts a critical finding, or one of root.
    pub is_grave: bool,
    /// Whether nobody else looked at it: see [`Decided::is_self_review`].
    pub is_self_review: bool,
}

/// How many decisions there are, and how they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewSummary {
    /// All of them, the invalid ones too.
    pub decisions: u32,
    /// By state, in the order of [`State::ALL`].
    pub by_state: [u32; 10],
    /// By action, in the order of [`Action::ALL`]; without those that cannot be read.
    pub by_action: [u32; 6],
    /// Those that cover whatever is found.
    pub broad: u32,
    /// Exceptions in effect for a critical finding, or one of root.
    pub grave: u32,
    /// Findings that are accepted.
    pub accepted: u64,
    /// Users of the result that a decision is about.
    pub users_decided: u32,
    /// Decisions that were made, changed or withdrawn, and are in no file yet.
    pub not_saved: u32,
}

impl ReviewSummary {
    /// How many decisions are in a state.
    pub fn in_state(&self, state: State) -> u32 {
        self.by_state.get(place_of(state)).copied().unwrap_or_default()
    }
}

/// By what the one decision of several is told that says the most.
fn rank<'a>(
    &(_, decision, state): &(&Match, &'a Decision, State),
) -> (bool, Day, std::cmp::Reverse<&'a str>) {
    (state.accepts() || state.is_to_do(), decision.on, std::cmp::Reverse(decision.id.as_str()))
}

fn place_of(state: State) -> usize {
    State::ALL.iter().position(|other| *other == state).unwrap_or_default()
}

impl<'a> Decided<'a> {
    /// The decisions about the user of a row, and how they stand, in the order of their places.
    pub fn of_row(self, row: RowId) -> impl Iterator<Item = (&'a Match, &'a Decision, State)> {
        self.review.of_row(row).iter().filter_map(move |one| {
            Some((one, self.decisions.get(one.decision)?, self.review.state(one.decision)))
        })
    }

    /// What was decided about the user of a row as a whole: of several what is in effect or to be done, then
    /// the newest.
    pub fn about_user(self, row: RowId) -> Option<(&'a Decision, State)> {
        let whole = self.of_row(row).filter(|(one, ..)| one.subject.is_none());
        whole.max_by_key(|found| rank(found)).map(|(_, decision, state)| (decision, state))
    }

    /// What was decided about the credential of a finding on a row, else about the user as a whole.
    pub fn about(self, row: RowId, finding: &Finding) -> Option<&'a Decision> {
        let own = Some((finding.subject.kind, finding.subject.slot));
        let of_credential = self.of_row(row).filter(|(one, ..)| one.subject == own);
        let newest = of_credential.max_by_key(|found| rank(found)).map(|(_, decision, _)| decision);
        newest.or_else(|| self.about_user(row).map(|(decision, _)| decision))
    }

    /// The exception that accepts a finding, on a row or about an account.
    pub fn acceptor(
        self,
        assessment: &Assessment,
        finding: &Finding,
        row: Option<RowId>,
    ) -> Option<(u32, &'a Decision)> {
        let place = match row {
            Some(row) => self.review.acceptor_on_row(row, assessment.bit(finding)),
            None => self.review.acceptor(self.decisions, finding),
        }?;
        Some((place, self.decisions.get(place)?))
    }

    /// The decisions about a user, for its card.
    pub fn on_card(self, row: RowId, owners: Option<&Owners>) -> Vec<DecisionOfUser> {
        let of = self.of_row(row).map(|(one, decision, state)| DecisionOfUser {
            place: one.decision,
            decision: decision.clone(),
            state,
            slot: one.subject.and_then(|(_, slot)| slot),
            is_self_review: self.is_self_review(one.decision, owners),
        });
        of.collect()
    }

    /// Whether nobody else looked at a decision: who decided has approved it as well, or owns a user that it is
    /// about. Names and e-mail addresses count, ignoring case.
    pub fn is_self_review(self, place: u32, owners: Option<&Owners>) -> bool {
        let Some(decision) = self.decisions.get(place) else { return false };
        let by = decision.by.trim().to_lowercase();
        let is_by = |name: &str| !by.is_empty() && name.trim().to_lowercase() == by;
        let owns = |row: RowId, owners: &Owners| {
            let mut people = owners.people_of(row).filter_map(|person| owners.people().get(person as usize));
            people.any(|owner| is_by(&owner.name) || is_by(&owner.email))
        };
        is_by(&decision.approved_by)
            || owners.is_some_and(|owners| self.review.matches(place).any(|one| owns(one.row, owners)))
    }

    /// The decision of a place, for a list.
    pub fn listed(
        self,
        inputs: &Inputs,
        assessment: &Assessment,
        owners: Option<&Owners>,
        place: u32,
    ) -> ListedDecision {
        let decision = self.decisions.get(place);
        let mut listed = ListedDecision {
            place,
            decision: decision.cloned(),
            state: self.review.state(place),
            invalid: self.review.invalid(self.decisions, place),
            row: None,
            accepts: 0,
            worst: None,
            is_grave: false,
            is_self_review: self.is_self_review(place, owners),
        };
        for one in self.review.matches(place) {
            listed.row.get_or_insert(one.row);
            let accepted = assessment.accepted(one.row).of(one.accepts);
            if accepted.fails == 0 {
                continue;
            }
            listed.accepts += u64::from(accepted.fails.count_ones());
            listed.worst = listed.worst.max(crate::assessment::worst(assessment.severity_counts(accepted)));
            listed.is_grave |= inputs.user(one.row).is_some_and(|user| user.is_root());
        }
        if decision.is_some_and(|decision| decision.target == Target::Account) {
            for finding in assessment.accepted_account_findings() {
                if self.review.acceptor(self.decisions, finding) == Some(place) {
                    listed.accepts += 1;
                    listed.worst = listed.worst.max(Some(finding.severity));
                }
            }
        }
        listed.is_grave |= listed.worst == Some(Severity::Critical);
        listed
    }

    /// How many there are, and how they stand.
    pub fn summary(self, inputs: &Inputs, assessment: &Assessment) -> ReviewSummary {
        let mut summary = ReviewSummary {
            decisions: self.decisions.entries().len() as u32,
            accepted: assessment.accepted_total(),
            users_decided: self.review.rows().count() as u32,
            ..ReviewSummary::default()
        };
        for place in 0..summary.decisions {
            let state = self.review.state(place);
            if let Some(count) = summary.by_state.get_mut(place_of(state)) {
                *count += 1;
            }
            let Some(decision) = self.decisions.get(place) else { continue };
            let action = Action::ALL.iter().position(|action| *action == decision.action);
            if let Some(count) = action.and_then(|action| summary.by_action.get_mut(action)) {
                *count += 1;
            }
            summary.broad += u32::from(decision.is_broad());
            if state.accepts() {
                summary.grave += u32::from(self.listed(inputs, assessment, None, place).is_grave);
            }
        }
        summary
    }
}
