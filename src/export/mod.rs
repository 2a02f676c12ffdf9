//! What leaves the page: the findings, in forms of their own that inner types do not change.

pub mod json;

pub use json::Export;
