//! What is said of owners and accounts.

use super::Text;
use crate::review::SideIssueKind;

/// The words of owners and accounts, in one language.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the sentence itself, in `en/owners.rs`, says what the field is")]
pub struct OwnerText {
    pub owner: &'static str,
    pub owners: &'static str,
    pub team: &'static str,
    pub manager: &'static str,
    pub note: &'static str,
    pub no_owner: &'static str,
    pub has_left: &'static str,
    pub guess: &'static str,
    pub by_owner: &'static str,
    pub no_file: &'static str,
    pub show: &'static str,
    pub with_findings: &'static str,
    pub left_enabled: &'static str,
    pub decided: &'static str,
    pub overdue: &'static str,
    pub filter_owner: &'static str,
    pub filter_without_owner: &'static str,
    pub filter_leavers: &'static str,
    /// So many of so many users.
    pub matched: fn(u64, u64) -> String,
    pub guessed: fn(u64) -> String,
    pub several: fn(u64) -> String,
    pub leavers: fn(u64) -> String,
    pub without_owner: fn(u64) -> String,
    pub lines_without_user: fn(u64) -> String,
    pub accounts_without_report: &'static str,
    /// So many of so many accounts.
    pub without_report: fn(u64, u64) -> String,
    pub strangers: fn(u64) -> String,
    pub issues: fn(u64) -> String,
    pub issue: fn(&SideIssueKind) -> String,
}

impl Text {
    /// What is odd about a place in a file of owners or accounts.
    pub fn side_issue(&self, kind: &SideIssueKind) -> String {
        match kind {
            SideIssueKind::Encoding(warning) => self.warning(warning),
            kind => (self.owners.issue)(kind),
        }
    }
}
