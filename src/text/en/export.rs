//! What exports say, in English.

use crate::text::ExportText;

pub(in crate::text) const EXPORT: ExportText = ExportText {
    markdown_title: "Findings in AWS credential reports",
    continued: "continued",
    as_of: "As of",
    policy: "Check policy",
    filter: "Filters",
    no_filter: "none, so this is everything",
    count: "Count",
    redacted: "Redacted: names are aliases. Paths, cell values and commands are left out, and times are cut to the day.",
    account: |account| format!("Account {account}"),
    account_unknown: "Account unknown",
    created: |time| format!("Created {time}."),
    open_since: |day| format!("Open since at least {day}."),
    first_step: |step| format!("First step: {step}"),
    no_key: "This is not a redaction key.",
};
