//! What leaves the page, in forms of their own that inner types do not change.
//!
//! | module | holds |
//! |---|---|
//! | [`request`] | what is asked: the form, of what, how it is written |
//! | `form_table` | every form: its names, and how it starts |
//! | [`findings`], `lines` | the findings as JSON, written member by member |
//! | [`changes`] | what became of findings and users, as JSON |
//! | `decisions` | decisions as a file of their own |
//! | [`review`] | the record of a review as JSON |
//! | `digest` | digests as text |
//! | `form` | what more than one form of JSON says |
//! | [`findings_csv`], [`users_csv`], [`table`] | tables for spreadsheets |
//! | [`markdown`] | a list to tick off |
//! | `letters` | a letter to each owner |
//! | [`ocsf`] | events for a SIEM |
//! | [`redaction`], `redaction_table` | aliases in place of names |
//! | [`script`] | the scripts that carry out decisions |
//! | `redacted_view` | what is shown, with aliases in place of names |
//! | `preview` | what an export will hold |
//! | `owner` | who answers for a user |
//! | `walk` | the findings in order |
//! | `file_name` | what a file is called |

pub mod changes;
mod decisions;
mod digest;
mod file_name;
pub mod findings;
pub mod findings_csv;
mod form;
mod form_table;
mod letters;
mod lines;
pub mod markdown;
pub mod ocsf;
mod owner;
mod preview;
mod redacted_view;
pub mod redaction;
pub mod redaction_table;
pub mod request;
pub mod review;
pub mod script;
pub mod table;
pub mod users_csv;
mod walk;

pub(crate) use digest::hexadecimal;
pub use file_name::{file_name, part_name};
pub use preview::Preview;
pub use redaction::{RedactionKey, RedactionKeyError};
pub use request::{Counted, ExportRequest, Form, OcsfClass, Purpose, Requirement, Separator, answer_by};

use crate::review::Reviewed;
use form_table::Parts;
pub(crate) use redaction::Redactor;

/// About how many bytes a part of an export has.
const PART_BYTES: usize = 1 << 20;

/// An export under way. Its parts joined in order make the file, so that a million users need not be held
/// as text.
pub struct Export(Box<dyn Parts>);

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export").field("is_done", &self.is_done()).finish_non_exhaustive()
    }
}

impl Export {
    /// Starts an export.
    pub fn new(compared: Reviewed<'_>, request: &ExportRequest) -> Self {
        let redactor = request.redaction.map(|key| Redactor::new(compared.inputs, compared.owners, key));
        Self((request.form.entry().start)(compared, request, redactor))
    }

    /// The next part of the text, UTF-8; empty where the form is still at work, and when all was given.
    pub fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        self.0.next_part(compared)
    }

    /// What the file of the last part is called, where each part is one that is named by what it holds:
    /// `disable-644160558196.sh`.
    pub fn part_name(&self) -> Option<&str> {
        self.0.part_name()
    }

    /// Whether all was given.
    pub fn is_done(&self) -> bool {
        self.0.is_done()
    }
}
