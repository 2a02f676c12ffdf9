//! What leaves the page, in forms of their own that inner types do not change.
//!
//! | module | holds |
//! |---|---|
//! | [`findings`] | the findings as JSON |
//! | [`changes`] | what became of findings and users, as JSON |
//! | `form` | what more than one of them says |
//! | `lines` | an object of JSON that is written member by member |
//! | `file_name` | what the file is called |

pub mod changes;
mod file_name;
pub mod findings;
mod form;
mod lines;

pub use changes::ChangesExport;
pub use file_name::file_name;
pub use findings::Export;

/// About how many bytes a part of an export has.
const PART_BYTES: usize = 1 << 20;
