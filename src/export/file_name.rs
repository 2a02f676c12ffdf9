//! The file name of an export.

use super::request::ExportRequest;
use crate::overview::Overview;

/// `credential-findings-644160558196-2016-11-25.json`: the account, or how many there are, and the
/// day of the as-of time. A redacted file says so instead of naming an account. `disable-644160558196.sh`, of a
/// script; `disable-ACCOUNT.sh` where there may be several.
pub fn file_name(overview: &Overview, request: &ExportRequest) -> String {
    let entry = request.form.entry();
    format!("{}.{}", stem(overview, request), entry.ending)
}

/// `credential-findings-644160558196-2016-11-25-2.md`: the name of a part that is a file of its own, by its
/// number from 1.
pub fn part_name(overview: &Overview, request: &ExportRequest, part: usize) -> String {
    let entry = request.form.entry();
    format!("{}-{part}.{}", stem(overview, request), entry.ending)
}

fn stem(overview: &Overview, request: &ExportRequest) -> String {
    if request.form.is_script() {
        // Each account has a file of its own.
        let account = match overview.accounts.as_slice() {
            [one] if !one.account.is_empty() => one.account.as_str(),
            _ => "ACCOUNT",
        };
        return format!("{}-{account}", request.form.entry().stem);
    }
    // The table of aliases is what a redacted file must not be: it names everybody.
    let accounts = if request.is_redacted() { "redacted".to_owned() } else { accounts(overview) };
    format!("credential-{}-{accounts}-{}", request.form.entry().stem, overview.as_of.date())
}

fn accounts(overview: &Overview) -> String {
    match overview.accounts.as_slice() {
        [one] if !one.account.is_empty() => one.account.clone(),
        several => format!("{}-accounts", several.len()),
    }
}
