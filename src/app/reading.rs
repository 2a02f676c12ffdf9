//! How far a batch of files is read.

/// How far a batch is: its folders are walked through before its files are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    Folder {
        name: String,
        /// How many files were found.
        found: usize,
    },
    Files(FilesRead),
}

/// How far the files of a batch are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilesRead {
    /// The name of the file that is being read.
    pub(crate) name: String,
    /// Its number, from 1.
    pub(crate) file: usize,
    /// How many files the batch has.
    pub(crate) files: usize,
    /// How many bytes of the batch are read.
    pub(crate) bytes: u64,
    /// How many bytes the batch has.
    pub(crate) total: u64,
    /// Whether that is an estimate.
    pub(crate) is_estimate: bool,
    /// How many rows were found.
    pub(crate) rows: u64,
}
