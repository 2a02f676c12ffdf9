//! Where the bytes of a report come from.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use credential_report_viewer::report::{Limits, Timestamp, is_passed_over};

use crate::problem::{Problem, ProblemKind};

/// How many bytes are read at once.
const SLICE: u64 = 8 << 20;

/// How many bytes of a pipe are held at the most. A file is read from the disk as often as it takes.
const MAX_HELD: u64 = 2 << 30;

/// What is given as `-`, in exports.
const STANDARD_INPUT: &str = "standard input";

/// Something that a report can be read from, more than once.
#[derive(Debug)]
pub(crate) struct Source {
    /// As the command line names it.
    pub(crate) path: PathBuf,
    /// The file's name.
    pub(crate) name: String,
    /// The size, in bytes.
    pub(crate) bytes: u64,
    /// When it was last modified; `None` for what came through a pipe.
    pub(crate) modified: Option<Timestamp>,
    /// Whether it was found in a folder, where not every file need be a report.
    pub(crate) in_folder: bool,
    /// What came through a pipe, which can be read but once.
    held: Option<Vec<Vec<u8>>>,
}

impl Source {
    /// Looks at a file, or at all files in a folder and its folders; of a pipe, takes all that comes.
    pub(crate) fn open(path: &Path) -> Vec<Result<Self, Problem>> {
        let problem = |path: &Path, kind| Problem { path: path.to_owned(), kind };
        if path.as_os_str() == "-" || !path.is_dir() {
            return vec![Self::look(path).map_err(|kind| problem(path, kind))];
        }
        let mut files = Vec::new();
        let mut problems = Vec::new();
        walk(path, &mut files, &mut problems);
        if files.len() > Limits::DEFAULT.files as usize {
            return vec![Err(problem(path, ProblemKind::Folder))];
        }
        let around = path.parent().unwrap_or(path);
        let found = files.into_iter().map(|file| {
            let name = file.strip_prefix(around).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let source = Self::look(&file).map_err(|kind| problem(&file, kind))?;
            Ok(Self { name, in_folder: true, ..source })
        });
        found.chain(problems.into_iter().map(Err)).collect()
    }

    fn look(path: &Path) -> Result<Self, ProblemKind> {
        if path.as_os_str() == "-" {
            return Self::hold(path, STANDARD_INPUT.to_owned(), io::stdin().lock());
        }
        let metadata = fs::metadata(path).map_err(ProblemKind::Unreadable)?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        // Some files that the system makes up say that they are empty.
        if !metadata.is_file() || metadata.len() == 0 {
            return Self::hold(path, name, File::open(path).map_err(ProblemKind::Unreadable)?);
        }
        let modified = metadata.modified().ok().and_then(timestamp);
        Ok(Self {
            path: path.to_owned(),
            name,
            bytes: metadata.len(),
            modified,
            in_folder: false,
            held: None,
        })
    }

    fn hold(path: &Path, name: String, mut pipe: impl Read) -> Result<Self, ProblemKind> {
        let (mut held, mut bytes) = (Vec::new(), 0);
        while let Some(slice) = next_slice(&mut pipe, SLICE).map_err(ProblemKind::Unreadable)? {
            bytes += slice.len() as u64;
            if bytes > MAX_HELD {
                return Err(ProblemKind::TooLong);
            }
            held.push(slice);
        }
        Ok(Self { path: path.to_owned(), name, bytes, modified: None, in_folder: false, held: Some(held) })
    }

    /// Hands out the bytes in slices.
    pub(crate) fn read(
        &self,
        mut hear: impl FnMut(Vec<u8>) -> Result<(), ProblemKind>,
    ) -> Result<(), ProblemKind> {
        if let Some(held) = &self.held {
            return held.iter().try_for_each(|slice| hear(slice.clone()));
        }
        let mut file = File::open(&self.path).map_err(ProblemKind::Unreadable)?;
        // What is added to the file in the meantime is left.
        let mut left = self.bytes;
        while left > 0 {
            let slice = next_slice(&mut file, left.min(SLICE)).map_err(ProblemKind::Unreadable)?;
            let slice = slice.ok_or(ProblemKind::Changed)?;
            left -= slice.len() as u64;
            hear(slice)?;
        }
        Ok(())
    }
}

/// The files below a folder, sorted, without those that systems put there; one more than there may be ends
/// it.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut paths: Vec<PathBuf> = match entries {
        Ok(entries) => entries.into_iter().map(|entry| entry.path()).collect(),
        Err(error) => {
            problems.push(Problem { path: folder.to_owned(), kind: ProblemKind::Unreadable(error) });
            return;
        }
    };
    paths.sort_unstable();
    for path in paths {
        if files.len() > Limits::DEFAULT.files as usize {
            return;
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // A link to a folder may lead round in circles.
        if is_passed_over(&name) || path.is_symlink() && path.is_dir() {
            continue;
        }
        if path.is_dir() {
            walk(&path, files, problems);
        } else if path.is_file() {
            files.push(path);
        }
    }
}

/// The next bytes; `None` at the end.
fn next_slice(from: &mut impl Read, bytes: u64) -> io::Result<Option<Vec<u8>>> {
    let mut slice = Vec::new();
    from.take(bytes).read_to_end(&mut slice)?;
    Ok((!slice.is_empty()).then_some(slice))
}

/// A moment of the system, in whole seconds.
pub(crate) fn timestamp(time: SystemTime) -> Option<Timestamp> {
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    i64::try_from(seconds).ok().map(Timestamp::from_unix)
}
