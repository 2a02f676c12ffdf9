//! The file that stage 1 leaves: how to go back, and when it deactivated which key.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::report::Timestamp;

/// When stage 1 deactivated a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deactivation {
    /// When.
    pub at: Timestamp,
    /// The id of the key.
    pub key_id: String,
}

/// Why a file is not taken for an undo file of stage 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UndoError {
    /// A line, from 1, that does not end with a time and a key id.
    #[error("line {0} does not end with `# TIME KEY-ID`")]
    Line(u32),
    /// It names no access key.
    #[error("it names no access key")]
    NoKey,
}

/// What stands in place of a key id where a password was deleted.
const PASSWORD: &str = "password";

/// Reads `undo-ACCOUNT-TIME.sh`, whose lines end in `# TIME KEY-ID`. Blank lines and comments are skipped.
///
/// # Errors
/// A line of another form, or no access key at all.
pub fn read_undo(text: &str) -> Result<Vec<Deactivation>, UndoError> {
    let mut deactivations = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let deactivation = deactivation(line).ok_or(UndoError::Line(number))?;
        if deactivation.key_id != PASSWORD {
            deactivations.push(deactivation);
        }
    }
    if deactivations.is_empty() { Err(UndoError::NoKey) } else { Ok(deactivations) }
}

fn deactivation(line: &str) -> Option<Deactivation> {
    let (_, end) = line.rsplit_once(" # ")?;
    let (time, key_id) = end.split_once(' ')?;
    let at = Timestamp::parse(time).ok().filter(|at| at.to_string() == time)?;
    let is_id = !key_id.is_empty() && key_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_id.then(|| Deactivation { at, key_id: key_id.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_when_which_key_was_deactivated() {
        let text = "aws iam update-access-key --user-name='a' --status Active # 2026-11-25T14:30:40Z AKIAEXAMPLE1\r\n\
                    \n# a comment\necho 'b # c' # 2026-11-25T14:30:41Z password\n\
                    aws # 2026-11-25T14:30:42Z AKIAEXAMPLE2";
        let deactivations = read_undo(text).unwrap();
        let said: Vec<(String, &str)> =
            deactivations.iter().map(|one| (one.at.to_string(), one.key_id.as_str())).collect();
        assert_eq!(
            said,
            [
                ("2026-11-25T14:30:40Z".to_owned(), "AKIAEXAMPLE1"),
                ("2026-11-25T14:30:42Z".to_owned(), "AKIAEXAMPLE2")
            ]
        );
    }

    #[test]
    fn what_is_no_undo_file_is_named_by_its_line() {
        for line in [
            "aws iam update-access-key",
            "x # 2026-11-25 AKIAEXAMPLE1",
            "x # 2026-11-25T14:30:40+00:00 AKIAEXAMPLE1",
            "x # 2026-11-25T14:30:40Z",
            "x # 2026-11-25T14:30:40Z AKIA'EXAMPLE",
            "x # 2026-11-25T14:30:40Z AKIA EXAMPLE",
        ] {
            let text = format!("x # 2026-11-25T14:30:40Z AKIAEXAMPLE1\n{line}\n");
            assert_eq!(read_undo(&text), Err(UndoError::Line(2)), "{line}");
        }
        assert_eq!(read_undo("x # 2026-11-25T14:30:40Z password\n"), Err(UndoError::NoKey));
        assert_eq!(read_undo(""), Err(UndoError::NoKey));
    }
}
