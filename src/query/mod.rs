//! Which users to show: sort, filter, search, page.

mod cards;
mod choices;
mod filter;
mod last_use;
mod order;
#[expect(clippy::module_inception, reason = "it holds the query itself")]
mod query;
mod search;
mod sort_key;
mod sort_number;

pub use cards::Cards;
pub use choices::Choices;
pub(crate) use filter::account_findings;
pub use last_use::Idle;
pub(crate) use order::Order;
pub use query::Query;
pub use sort_key::SortKey;
