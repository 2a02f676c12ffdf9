//! The key of the aliases: read from its file, or made.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use credential_report_viewer::export::RedactionKey;

use crate::arguments::{Arguments, Format};
use crate::plain::plain;
use crate::text;

/// The key that the arguments ask for; `None` where names stay. An error is a sentence.
pub(crate) fn key(arguments: &Arguments, format: Format) -> Result<Option<RedactionKey>, String> {
    let own = text::of(arguments.language);
    match format {
        Format::RedactionTable if !arguments.redact => return Err(own.table_needs_redact.to_owned()),
        Format::Summary if arguments.redact => return Err(own.summary_not_redacted.to_owned()),
        Format::DisableScript | Format::DeleteScript if arguments.redact => {
            return Err(own.scripts_not_redacted.to_owned());
        }
        _ if !arguments.redact => return Ok(None),
        _ => {}
    }
    let Some(path) = &arguments.redaction_key else {
        return random().map(Some).map_err(|error| (own.no_random)(&error.to_string()));
    };
    let shown = plain(&path.display().to_string());
    match fs::read_to_string(path) {
        Ok(text) => match RedactionKey::from_file(&text) {
            Ok(key) => Ok(Some(key)),
            Err(_) => Err(format!("{shown}: {}", arguments.language.text().export.no_key)),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = random().map_err(|error| (own.no_random)(&error.to_string()))?;
            write(path, key).map_err(|error| (own.not_written)(&shown, &error.to_string()))?;
            Ok(Some(key))
        }
        Err(error) => Err(format!("{shown}: {}", (own.unreadable)(&error.to_string()))),
    }
}

fn random() -> Result<RedactionKey, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(RedactionKey::new(bytes))
}

/// Writes a key that nobody but its owner can read.
fn write(path: &Path, key: RedactionKey) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.write_all(key.to_file().as_bytes())
}
