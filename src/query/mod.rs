//! Which users to show: sort, filter, search, page.
//!
//! | module | holds |
//! |---|---|
//! | `query` | the question |
//! | [`filter`] | one table of all filters |
//! | `user_test`, `search`, `wanted` | filters at work: on users, on their names, on their findings |
//! | `decision_filter` | users by what was decided about them |
//! | `order` | the rows that a query matches, in order as far as somebody looks |
//! | `sort_key`, `sort_number` | by what users are sorted |
//! | `cards`, `choices` | the answer |

mod cards;
mod choices;
mod decision_filter;
pub mod filter;
mod last_use;
mod order;
#[expect(clippy::module_inception, reason = "it holds the query itself")]
mod query;
mod search;
mod sort_key;
mod sort_number;
mod user_test;
mod wanted;

pub use cards::{AboutAccounts, Cards};
pub use choices::Choices;
pub use decision_filter::DecisionFilter;
pub use filter::{Filter, FilterValue};
pub(crate) use filter::{Members, account_findings, matching_account_findings};
pub use last_use::LastUse;
pub(crate) use order::{Order, accepted_rows};
pub use query::Query;
pub(crate) use search::AccountTerms;
pub use search::{KIND_WORDS, terms};
pub use sort_key::SortKey;
pub(crate) use wanted::Wanted;
