//! What is odd about a file beside the reports, and where.

use serde::{Deserialize, Serialize};

use crate::report::WarningKind;

/// A place in a file of owners or accounts, or in a filled-in `users.csv`, that deserves a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideIssue {
    /// The file's name.
    pub file: String,
    /// The line, from 1; `None` where the whole file is meant.
    pub line: Option<u32>,
    /// The column's name in the header, of JSON the member's.
    pub column: Option<String>,
    /// What is odd.
    pub kind: SideIssueKind,
}

/// What can be odd about a file beside the reports. No cell is ever quoted: it may hold a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SideIssueKind {
    /// Text that is not UTF-8.
    Encoding(WarningKind),
    /// A quote that is never closed; the line is left out.
    OpenQuote,
    /// More cells than the header has columns; the line is left out.
    SurplusCells {
        /// The cells of the line.
        found: u32,
        /// The cells of the header.
        expected: u32,
    },
    /// Nothing says which user is meant; the line is left out.
    NoUser,
    /// An ARN that is none of an IAM user; the line is left out.
    Arn,
    /// A number that is none of an account; the line is left out.
    Account,
    /// An account without a name.
    NoName,
    /// A cell that should say whether somebody is active, and does not; the line counts without it.
    Active,
    /// Account numbers whose leading zeros a spreadsheet took away; they were filled up.
    FilledUp {
        /// How many lines.
        lines: u32,
    },
    /// A user of that name stands in several accounts, and the line does not say in which one; it counts for
    /// none of them.
    SeveralAccounts {
        /// How many accounts.
        accounts: u32,
    },
    /// No report has the user.
    UserNotFound,
    /// Another name of an account that has one; the first one counts.
    OtherName {
        /// The account.
        account: String,
    },
    /// The file breaks off, or is no JSON from here on; what stands before counts.
    BrokenJson,
}

impl SideIssueKind {
    /// Whether the line was left out.
    pub fn loses_line(&self) -> bool {
        matches!(
            self,
            Self::OpenQuote
                | Self::SurplusCells { .. }
                | Self::NoUser
                | Self::Arn
                | Self::Account
                | Self::SeveralAccounts { .. }
                | Self::BrokenJson
        )
    }
}

/// The issues of a file that is being read.
#[derive(Debug)]
pub(super) struct Issues<'f> {
    file: &'f str,
    pub(super) list: Vec<SideIssue>,
}

impl<'f> Issues<'f> {
    pub(super) fn new(file: &'f str) -> Self {
        Self { file, list: Vec::new() }
    }

    pub(super) fn push(&mut self, line: Option<u32>, column: Option<&str>, kind: SideIssueKind) {
        let (file, column) = (self.file.to_owned(), column.map(str::to_owned));
        self.list.push(SideIssue { file, line, column, kind });
    }
}

/// The 12 digits of an account as a spreadsheet may have left them, and whether zeros were missing: with
/// hyphens, as text with an apostrophe, as a formula or with a decimal point.
pub(super) fn account_digits(cell: &str) -> Option<(String, bool)> {
    let cell = cell.trim_start_matches('\'').trim();
    let cell = cell.strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell);
    let cell = cell.strip_suffix(".0").unwrap_or(cell);
    let digits: String = cell.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let is_number = !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| (format!("{digits:0>12}"), digits.len() < 12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read_as_spreadsheets_leave_them() {
        for (cell, digits, filled) in [
            ("012345678901", "012345678901", false),
            ("0123-4567-8901", "012345678901", false),
            ("12345678901", "012345678901", true),
            ("'012345678901", "012345678901", false),
            ("=\"012345678901\"", "012345678901", false),
            ("12345678901.0", "012345678901", true),
        ] {
            assert_eq!(account_digits(cell), Some((digits.to_owned(), filled)), "{cell}");
        }
        for cell in ["", "1.23457E+11", "prod", "1234567890123", "-"] {
            assert_eq!(account_digits(cell), None, "{cell}");
        }
    }
}
