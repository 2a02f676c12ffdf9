//! A file as a person would have it.

use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// 2024-06-01T00:00:00Z, in seconds since 1970.
const MODIFIED: u64 = 1_717_200_000;

/// A file that is dropped, chosen or pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// When it was last modified, in seconds since 1970; a pasted text does not say.
    pub modified: Option<u64>,
}

impl File {
    /// A file that was last modified at 2024-06-01T00:00:00Z.
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into(), modified: Some(MODIFIED) }
    }

    /// The same, last modified at another time.
    #[must_use]
    pub fn modified(self, seconds: u64) -> Self {
        Self { modified: Some(seconds), ..self }
    }

    /// A text that the page reads without a file.
    pub fn text(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), bytes: text.as_bytes().to_vec(), modified: None }
    }

    /// Puts it on the disk.
    pub fn save(&self, folder: &Path) -> PathBuf {
        let path = folder.join(&self.name);
        std::fs::write(&path, &self.bytes).unwrap();
        if let Some(seconds) = self.modified {
            let file = std::fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        }
        path
    }
}
