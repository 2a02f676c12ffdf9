//! The review: what was decided about users and credentials, and how that stands.
//!
//! | module | holds |
//! |---|---|
//! | `decision`, `action`, `day` | a decision, typed |
//! | `decisions` | those of several files, joined |
//! | `decisions_file`, `canonical` | a file of them, read and written |
//! | `invalid` | why one cannot count, and where it stands |
//! | `state` | how one stands |
//! | `owners_file`, `owners` | who answers for which user: as files have it, and joined to a result |
//! | `organization` | the accounts of an organization: their names, and those without a report |
//! | `reviewed` | a result, and what is known of it beside the reports |
//! | `sheet_file` | decisions of a `users.csv` that was filled in |
//! | `side_file` | what is odd about such a file |
//! | `review`, `find_user` | decisions held against a result |
//! | `decided` | both, as cards and lists show them |
//!
//! Files are read to [`Entry`]s ([`read_decisions`]), which [`Decisions`] joins; held against a result they make
//! a [`Review`]. It tells the [`State`] of the decision at a place, why it is invalid, the users and slots that
//! it is about ([`Review::matches`]), the decisions about a row ([`Review::of_row`]), and the findings of a row
//! that are accepted ([`Review::accepted`], as bits of its verdicts). [`Review::apply`] takes these out of the
//! result.

mod action;
mod canonical;
mod day;
mod decided;
mod decision;
mod decisions;
mod decisions_file;
mod find_user;
mod invalid;
mod organization;
mod owners;
mod owners_file;
#[expect(clippy::module_inception, reason = "it holds the review itself")]
mod review;
mod reviewed;
mod sheet_file;
mod side_file;
mod state;

pub use action::Action;
pub use canonical::{write_decisions, write_some};
pub use day::Day;
pub use decided::{AcceptedFinding, Decided, DecisionOfUser, ListedDecision, ReviewSummary};
pub use decision::{Checks, Creation, Credential, Decision, LEAST_REASON, Target};
pub use decisions::{Decisions, Entry, Unreadable};
pub use decisions_file::{SCHEMA, read_decisions};
pub use invalid::{Fault, Invalid, Place};
pub use organization::{AccountsFile, NamedAccount, Organization, OrganizationSummary};
pub use owners::{OwnerOfUser, Owners, OwnersSummary};
pub use owners_file::{Owner, OwnerKey, OwnerLine, OwnersFile};
pub use review::{Match, Review, Subject};
pub use reviewed::Reviewed;
pub use sheet_file::{SheetFile, is_retold};
pub use side_file::{SideIssue, SideIssueKind};
pub use state::State;
