//! The file name of an export.

use crate::overview::Overview;

/// `credential-findings-644160558196-2016-11-25.json`: the account, or how many there are, and the
/// day of the as-of time.
pub fn file_name(overview: &Overview) -> String {
    let accounts = match overview.accounts.as_slice() {
        [one] if !one.account.is_empty() => one.account.clone(),
        several => format!("{}-accounts", several.len()),
    };
    format!("credential-findings-{accounts}-{}.json", overview.as_of.date())
}
