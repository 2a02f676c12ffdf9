//! The review: what was decided about users and credentials, and how that stands.
//!
//! | module | holds |
//! |---|---|
//! | `decision`, `action`, `day` | a decision, typed |
//! | `decisions` | those of several files, joined |
//! | `invalid` | why one cannot count, and where it stands |
//! | `state` | how one stands |
//! | `owners_file`, `owners` | who answers for which user: as files have it, and joined to a result |
//! | `organization` | the accounts of an organization: their names, and those without a report |
//! | `reviewed` | a result, and what is known of it beside the reports |
//! | `side_file` | what is odd about such a file |
//!
//! Files are read to [`Entry`]s, which [`Decisions`] joins; against a result they make a `Review`:
//! `Review::new(inputs, assessment, &decisions)`, where `decision_max_days` is the policy's. It tells the
//! [`State`] of the decision at a place (`state(place)`), why it is invalid (`invalid(place)`), the rows and
//! slots that it is about (`matches(place)`), the decisions about a row (`of_row(row)`), and the findings of
//! a row that are accepted (`accepted(row)`, as bits of its verdicts).

mod action;
mod day;
mod decision;
mod decisions;
mod invalid;
mod organization;
mod owners;
mod owners_file;
mod reviewed;
mod side_file;
mod state;

pub use action::Action;
pub use day::Day;
pub use decision::{Checks, Creation, Credential, Decision, LEAST_REASON, Target};
pub use decisions::{Decisions, Entry, Unreadable};
pub use invalid::{Fault, Invalid, Place};
pub use organization::{AccountsFile, NamedAccount, Organization, OrganizationSummary};
pub use owners::{OwnerOfUser, Owners, OwnersSummary};
pub use owners_file::{Owner, OwnerKey, OwnerLine, OwnersFile};
pub use reviewed::Reviewed;
pub use side_file::{SideIssue, SideIssueKind};
pub use state::State;
