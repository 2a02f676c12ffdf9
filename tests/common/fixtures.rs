//! The made-up reports in tests/reports: `NAME.csv` (or another form), what is expected of it in
//! `NAME.findings.json`, and where it is not judged like the others, how in `NAME.settings.json`.

use std::path::{Path, PathBuf};

use credential_report_viewer::policy::Policy;
use credential_report_viewer::session::{Mode, Request, Session};
use serde_json::Value;

use super::{AS_OF, File, NOW, open_into, time};

/// A made-up report.
#[derive(Debug, Clone)]
pub(crate) struct Fixture {
    pub(crate) file: File,
    /// The path without its endings.
    stem: PathBuf,
    settings: Value,
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports")
}

/// Every made-up report, by name.
pub(crate) fn all() -> Vec<Fixture> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        path.is_file()
            && !name.starts_with('.')
            && !name.ends_with(".findings.json")
            && !name.ends_with(".settings.json")
    });
    paths.sort();
    paths.into_iter().map(|path| Fixture::load(&path)).collect()
}

/// The made-up report of this file name.
pub(crate) fn named(name: &str) -> Fixture {
    Fixture::load(&folder().join(name))
}

impl Fixture {
    fn load(path: &Path) -> Self {
        let stem = path.with_extension("");
        let settings = std::fs::read(with_ending(&stem, "settings.json"))
            .map_or(Value::Null, |bytes| serde_json::from_slice(&bytes).unwrap());
        let name = path.file_name().unwrap().to_string_lossy();
        let file = File { modified: Some(time(NOW)), ..super::file(&name, std::fs::read(path).unwrap()) };
        Self { file, stem, settings }
    }

    pub(crate) fn name(&self) -> &str {
        &self.file.name
    }

    /// The file that holds what is expected.
    pub(crate) fn expected(&self) -> PathBuf {
        with_ending(&self.stem, "findings.json")
    }

    /// A session with the report open, judged as its settings say: as of [`AS_OF`] under the
    /// recommended policy, unless they name another; `"as_of": null` leaves it to the file.
    pub(crate) fn open(&self) -> Session {
        let mut session = Session::new();
        if let Some(policy) = self.settings.get("policy") {
            session.handle(Request::SetPolicy(Policy::from_json(&policy.to_string()).unwrap()));
        }
        open_into(&mut session, std::slice::from_ref(&self.file), Mode::Replace).unwrap();
        match self.settings.get("as_of") {
            None => session.handle(Request::SetAsOf(Some(time(AS_OF)))),
            Some(Value::String(chosen)) => session.handle(Request::SetAsOf(Some(time(chosen)))),
            Some(_) => session.handle(Request::SetAsOf(None)),
        };
        super::digest(&mut session, 0, &self.file.bytes);
        session
    }
}

fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut path = stem.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    path.into()
}
