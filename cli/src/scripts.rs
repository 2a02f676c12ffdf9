//! The scripts that carry out decisions: one an account, and for stage 2 the undo files of stage 1.

use std::fs;
use std::io::{self, Write};

use credential_report_viewer::export::Form;
use credential_report_viewer::export::script::{Deactivation, UndoError, read_undo};
use credential_report_viewer::session::{Request, Session};

use crate::arguments::Arguments;
use crate::command::parts;
use crate::output::{Destination, Output};
use crate::plain::plain;
use crate::text;

/// What the undo files say that the arguments name. An error is a sentence.
pub(crate) fn undo(arguments: &Arguments, form: Option<Form>) -> Result<Vec<Deactivation>, String> {
    let own = text::of(arguments.language);
    if form != Some(Form::DeleteScript) {
        return Ok(Vec::new());
    }
    if arguments.undo.is_empty() {
        return Err(own.undo_missing.to_owned());
    }
    let mut deactivations = Vec::new();
    for path in &arguments.undo {
        let shown = plain(&path.display().to_string());
        let text = fs::read_to_string(path)
            .map_err(|error| format!("{shown}: {}", (own.unreadable)(&error.to_string())))?;
        match read_undo(&text) {
            Ok(of_file) => deactivations.extend(of_file),
            Err(UndoError::Line(line)) => return Err(format!("{shown}: {}", (own.undo_line)(line))),
            Err(UndoError::NoKey) => return Err(format!("{shown}: {}", own.undo_no_key)),
        }
    }
    Ok(deactivations)
}

/// What came of writing scripts.
pub(crate) enum Written {
    Done,
    /// No decision needs one.
    Nothing,
    /// There are these, and there is one place for them.
    Several(Vec<String>),
}

/// Writes the scripts: to a folder each to its file, else the one that there is.
pub(crate) fn write(
    session: &mut Session,
    request: Request,
    destination: &mut Destination,
) -> io::Result<Written> {
    let mut scripts = Vec::new();
    parts(session, request, |bytes, name| {
        scripts.extend(name.map(|name| (name, bytes)));
        Ok(())
    })?;
    if scripts.is_empty() {
        return Ok(Written::Nothing);
    }
    match destination {
        Destination::Folder(folder) => {
            for (name, bytes) in &scripts {
                let mut file = Output::new(Some(&folder.join(name)))?;
                file.write_all(bytes)?;
                file.finish()?;
            }
            Ok(Written::Done)
        }
        Destination::One(output) => match scripts.as_slice() {
            [(_, bytes)] => output.write_all(bytes).map(|()| Written::Done),
            _ => Ok(Written::Several(scripts.into_iter().map(|(name, _)| name).collect())),
        },
    }
}
