//! What is seen at a glance, in English.

use super::page::count;
use crate::text::GlanceText;
use crate::text::sentences::grouped;

pub(in crate::text) const GLANCE: GlanceText = GlanceText {
    // Closed cards.
    key: "key",
    password: "password",
    never: "never",
    unknown: "unknown",
    not_evaluated: |checks| format!("{} not evaluated", grouped(checks)),
    more_about: "References and frameworks",
    // The head of the result.
    all_keys_young: |keys, days| match keys {
        1 => format!("The one active key is at most {} old", count(days, "day", "days")),
        keys => format!("All {} active keys are at most {} old", grouped(keys), count(days, "day", "days")),
    },
    all_with_mfa: |users| match users {
        1 => "The one console user has MFA".to_owned(),
        users => format!("All {} console users have MFA", grouped(users)),
    },
    all_in_use: |all, days| match all {
        1 => format!("The one credential was used within {}", count(days, "day", "days")),
        all => format!("All {} credentials were used within {}", grouped(all), count(days, "day", "days")),
    },
    cannot_tell: "Not in this report",
    nothing_evaluated: "Nothing could be evaluated",
    nothing_evaluated_text: "The report lacks the columns that the checks need. They are named below.",
    of_accounts: |some, all| format!("{} of {}", grouped(some), count(all, "account", "accounts")),
    // Accounts.
    search_accounts: "Search by account number",
    no_account: "No account matches",
    no_account_text: |accounts| match accounts {
        1 => "The one account in the result does not match.".to_owned(),
        accounts => format!("None of the {} accounts in the result matches.", grouped(accounts)),
    },
    accounts_of: |matching, total| {
        if matching == total {
            count(total, "account", "accounts")
        } else {
            format!("{} of {}", grouped(matching), count(total, "account", "accounts"))
        }
    },
    show: "Show the users of this account",
    account_details: "What else the report shows about this account",
    some_of: |some, all| format!("{} of {}", grouped(some), grouped(all)),
    // Lists that are long.
    more_files: |files| format!("and {}", count(files, "more file", "more files")),
    more_places: |places| format!("and {}", count(places, "more place", "more places")),
    more_reasons: |reasons| count(reasons, "more problem", "more problems"),
    // The first screen.
    how_to_organization: "For a whole organization",
    how_to_organization_text: "Run this in AWS CloudShell with credentials of the management account. It only reads: it lists the accounts, assumes a role in each, and saves one report per account. If your role has a different name, change ROLE.",
    // The summary for print.
    summary: "Summary",
    failed_checks: "Checks that failed",
    check: "Check",
};
