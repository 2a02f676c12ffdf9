//! English.

pub(in crate::text) mod changes;
pub(in crate::text) mod checks;
pub(super) mod decide;
pub(in crate::text) mod export;
pub(in crate::text) mod glance;
pub(in crate::text) mod letters;
pub(in crate::text) mod owners;
pub(in crate::text) mod page;
pub(super) mod review;
pub(in crate::text) mod sentences;
