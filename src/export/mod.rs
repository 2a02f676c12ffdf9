//! What leaves the page: the findings, in forms of their own that inner types do not change.

pub mod changes;
mod file_name;
pub mod json;

pub use changes::ChangesExport;
pub use file_name::file_name;
pub use json::Export;
