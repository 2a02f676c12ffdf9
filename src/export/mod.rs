//! What leaves the page, in forms of their own that inner types do not change.
//!
//! | module | holds |
//! |---|---|
//! | [`findings`] | the findings as JSON |
//! | `lines` | an object of JSON that is written member by member |
//! | `file_name` | what the file is called |

mod file_name;
pub mod findings;
mod lines;

pub use file_name::file_name;
pub use findings::Export;
