//! Reads AWS IAM credential reports: bytes in any form and encoding go in, slice by slice; compact rows,
//! typed views of them, and errors and warnings with their places come out.
//!
//! It knows no check and no policy, no browser, no clock and no language: its errors are facts.
//!
//! | module | holds |
//! |---|---|
//! | `input` | a file on its way in: which form, which encoding |
//! | `api_json`, `base64`, `utf16`, `encoding` | forms and encodings, undone in slices |
//! | `reader`, `header`, `split` | rows of text to a report |
//! | `recognise` | what a file is when it is no report |
//! | `report`, `rows`, `user` | the rows, compact, and a typed view of each |
//! | `column`, `cell`, `time` | what stands in a row |
//! | `as_of`, `file_name` | when the report was generated, and how that is known |
//! | [`work`] | work, counted in tests |
//! | `error`, `missing` | what can be wrong with a file, and with a cell that a rule needs |

mod api_json;
mod as_of;
mod base64;
mod cell;
mod column;
mod encoding;
mod error;
mod file_name;
mod header;
mod input;
mod missing;
mod reader;
mod recognise;
mod report;
mod rows;
mod split;
mod time;
mod user;
mod utf16;
pub mod work;

pub use as_of::AsOfSource;
pub use column::Column;
pub use encoding::Decoder;
pub use error::{Form, Lookalike, ReadError, ReadErrorKind, Warning, WarningKind};
pub use input::{FileFacts, Input};
pub use missing::{Obstacle, Unjudged};
pub use reader::compare_ignoring_case;
pub use report::{AccountName, Place, ROOT_NAME, Report};
pub use time::{DAY, TimeError, Timestamp};
pub use user::{AccessKey, Certificate, Shape, User};
