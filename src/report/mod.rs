//! From bytes to rows: forms and encodings, columns, cells, times, compact rows, errors.

mod column;
mod error;
mod time;

pub use column::Column;
pub use error::{Form, Lookalike, ReadError, ReadErrorKind, Warning, WarningKind};
pub use time::{TimeError, Timestamp};
