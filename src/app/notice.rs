//! A notice: what just happened, said once.

/// What just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// These files were replaced by others.
    Replaced(Vec<String>),
    /// So many files were added.
    Added(u64),
    /// These files, which are no reports, were read; whether there is a result.
    Beside(Vec<String>, bool),
    /// This file holds a report that is there already.
    Same(String),
    /// Of folders and ZIP files so many reports were taken, and so many other files were not.
    Taken(u64, u64),
    /// A file of this name was saved.
    Saved(String),
    /// The findings are on the clipboard.
    Copied,
    /// The result is forgotten.
    Closed,
}
