//! Reads AWS IAM credential reports: bytes in any form and encoding go in, slice by slice; compact rows,
//! typed views of them, and errors and warnings with their places come out.
//!
//! It knows no check and no policy, no browser, no clock and no language: its errors are facts.
//!
//! | module | holds |
//! |---|---|
//! | `input`, `content` | a file on its way in: which form, which encoding |
//! | `json`, `wrapped`, `base64`, `utf16`, `encoding` | forms and encodings, undone in slices |
//! | `archive` | ZIP files, unpacked step by step |
//! | `reader`, `header`, `split` | rows of text to a report |
//! | `recognise` | what a file is when it is no report: kinds of files, each with what tells it |
//! | `secret` | what is never quoted |
//! | `report`, `rows`, `user` | the rows, compact, and a typed view of each |
//! | `column`, `cell`, `odd_cells`, `time` | what stands in a row |
//! | `table`, `formula` | tables of spreadsheets that are no report: owners, accounts, decisions |
//! | `as_of`, `file_facts`, `file_name` | when the report was generated, and how that is known |
//! | [`sorted`] | lists of any type in order, by one sort |
//! | [`work`] | work, counted in tests |
//! | `error`, `missing` | what can be wrong with a file, and with a cell that a rule needs |

mod archive;
mod archive_issue;
mod as_of;
mod base64;
mod cell;
mod cell_issue;
mod column;
mod content;
mod encoding;
mod error;
mod file_facts;
mod file_name;
mod formula;
mod header;
mod input;
mod json;
mod missing;
mod odd_cells;
mod read_cell;
mod reader;
mod recognise;
mod report;
mod rows;
mod secret;
pub mod sorted;
mod split;
mod table;
mod time;
mod user;
mod utf16;
pub mod work;
mod wrapped;

pub use archive::{Archive, Limits, Step, is_archive, is_passed_over};
pub use archive_issue::ArchiveIssue;
pub use as_of::AsOfSource;
pub use cell_issue::CellIssue;
pub use column::Column;
pub use encoding::Decoder;
pub use error::{Format, OtherFile, ReadError, ReadErrorKind, Warning, WarningKind};
pub use file_facts::FileFacts;
pub use formula::{guarded, unguarded};
pub use input::Input;
pub use missing::{MissingInput, MissingReason};
pub use read_cell::{CellValue, ReadCell};
pub use reader::compare_ignoring_case;
pub use report::{AccountName, ArnPrefix, ROOT_NAME, Report};
pub use secret::holds_secret;
pub use table::{DecodedText, Table, TableRow, is_same_column};
pub use time::{DAY, Timestamp};
pub use user::{AccessKey, Certificate, Shape, User};
