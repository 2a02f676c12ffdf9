//! Where the result goes.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Standard output, or a file that is there at once and whole.
#[derive(Debug)]
pub(crate) enum Output {
    /// Standard output.
    Standard(StdoutLock<'static>),
    /// A file beside the one that is meant, whose name it takes in the end.
    Beside(BufWriter<NamedTempFile>, PathBuf),
    /// What is no plain file, a pipe for instance, as it is.
    Plain(File),
}

/// One output, or a folder that each part of an export gets a file in.
#[derive(Debug)]
pub(crate) enum Destination {
    One(Output),
    Folder(PathBuf),
}

impl Destination {
    /// Whether a person reads it at once.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self, Self::One(output) if output.is_terminal())
    }

    /// Puts what was written in its place; the files of a folder are there already.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::One(output) => output.finish(),
            Self::Folder(_) => Ok(()),
        }
    }
}

impl Output {
    /// Where the result goes; a file that is there is not touched yet.
    pub(crate) fn new(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self::Standard(io::stdout().lock()));
        };
        if let Ok(metadata) = fs::metadata(path) {
            if metadata.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            if !metadata.is_file() {
                return File::options().write(true).open(path).map(Self::Plain);
            }
        }
        // Of a link the file that it leads to is meant.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        fs::metadata(folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".credential-report-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any new file: what the user's mask leaves.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let beside = builder.tempfile_in(folder).map_err(|error| error.kind())?;
        Ok(Self::Beside(BufWriter::new(beside), path))
    }

    /// Whether a person reads it at once.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self, Self::Standard(out) if out.is_terminal())
    }

    /// Puts what was written in its place.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Standard(mut out) => out.flush(),
            Self::Plain(mut file) => file.flush(),
            Self::Beside(file, path) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.persist(path).map(|_| ()).map_err(|error| error.error)
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::Beside(file, _) => file.write(bytes),
            Self::Plain(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::Beside(file, _) => file.flush(),
            Self::Plain(file) => file.flush(),
        }
    }
}
