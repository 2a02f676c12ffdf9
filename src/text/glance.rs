//! The words of what is seen at a glance: closed cards, the table, accounts, and the summary for print.

/// What is said at a glance, in one language.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the words themselves, in `en/glance.rs`, say what the field is")]
pub struct GlanceText {
    // Closed cards.
    pub key: &'static str,
    pub password: &'static str,
    pub never: &'static str,
    pub unknown: &'static str,
    pub not_evaluated: fn(u64) -> String,
    pub more_about: &'static str,
    // The head of the result.
    pub all_keys_young: fn(u64, u64) -> String,
    pub all_with_mfa: fn(u64) -> String,
    pub all_in_use: fn(u64, u64) -> String,
    pub cannot_tell: &'static str,
    pub nothing_evaluated: &'static str,
    pub nothing_evaluated_text: &'static str,
    pub of_accounts: fn(u64, u64) -> String,
    // Accounts.
    pub search_accounts: &'static str,
    pub no_account: &'static str,
    pub no_account_text: fn(u64) -> String,
    pub accounts_of: fn(u64, u64) -> String,
    pub show: &'static str,
    pub account_details: &'static str,
    pub some_of: fn(u64, u64) -> String,
    // Lists that are long.
    pub more_files: fn(u64) -> String,
    pub more_places: fn(u64) -> String,
    pub more_reasons: fn(u64) -> String,
    // The first screen.
    pub how_to_organization: &'static str,
    pub how_to_organization_text: &'static str,
    // The summary for print.
    pub summary: &'static str,
    pub failed_checks: &'static str,
    pub check: &'static str,
}
