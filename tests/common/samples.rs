//! Recorded reports that stand beside the repository; not everybody has them.

use std::path::PathBuf;

/// The moment that the recorded reports are judged as of.
pub(crate) const AS_OF: &str = "2016-11-25T14:30:40Z";

/// The recorded reports, by name; `None`, said aloud, where they are absent.
///
/// They are looked for in the folder that `CRV_SAMPLES` names, else in `samples` of the folder
/// `shared` beside the repository.
#[allow(clippy::print_stderr, reason = "a test that tests nothing says so")]
pub(crate) fn all() -> Option<Vec<(&'static str, Vec<u8>)>> {
    let folder = std::env::var_os("CRV_SAMPLES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples"), PathBuf::from);
    let names = ["mixed-account-2016.csv", "old-root-with-key-2016.csv", "upper-case-booleans-2099.csv"];
    let samples: Option<Vec<_>> =
        names.into_iter().map(|name| Some((name, std::fs::read(folder.join(name)).ok()?))).collect();
    if samples.is_none() {
        eprintln!(
            "==== SKIPPED: the recorded reports are not in {}; set CRV_SAMPLES to their folder ====",
            folder.display()
        );
    }
    samples
}
