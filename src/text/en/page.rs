//! The page itself, in English.

use crate::text::PageText;
use crate::text::sentences::grouped;

fn count(number: u64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(number)) }
}

/// A span of time, in the largest unit that says enough.
fn span(seconds: u64) -> String {
    match seconds {
        0..3600 => count(seconds / 60, "minute", "minutes"),
        3600..172_800 => count(seconds / 3600, "hour", "hours"),
        _ => count(seconds / 86_400, "day", "days"),
    }
}

pub(in crate::text) const PAGE: PageText = PageText {
    // The page as a whole.
    name: "Credential Report Viewer",
    language_name: "English",
    language: "Language",
    theme: "Theme",
    theme_system: "System theme",
    theme_light: "Light",
    theme_dark: "Dark",
    shortcuts: "Keyboard shortcuts",
    skip: "Skip to the content",
    done: "Done",
    dismiss: "Dismiss",
    all: "All",
    or: " or ",
    copy: "Copy",
    copied: "Copied",
    copy_failed: "Cannot copy",
    unknown: "Unknown",
    never: "Never",
    today: "today",
    // The first screen.
    lead: "Find what must go: access keys that are too old, sign-in without MFA, credentials that nobody uses.",
    privacy_line: "Your AWS credential report is read here, in this browser, and sent nowhere: the page’s own policy forbids it every connection.",
    check_yourself: "Check for yourself",
    drop_title: "Drop a credential report here",
    drop_hint: "The console’s CSV or the CLI’s JSON; one file or several, anywhere on this page.",
    browse: "Browse files",
    sample: "Try a sample",
    sample_hint: "The sample is a made-up account. You can also paste a report anywhere with Ctrl/⌘ V.",
    paste: "Paste text",
    paste_says: "The text of a report: CSV, the JSON answer of the CLI, or its base64 content.",
    paste_read: "Read it",
    pasted_name: "pasted text",
    question_rotation: "Rotation",
    question_rotation_says: "Which access keys and passwords are older than your limit, and by how much.",
    question_mfa: "MFA",
    question_mfa_says: "Who can sign in to the console with nothing but a password. Root above all.",
    question_last_use: "Last use",
    question_last_use_says: "Which credentials have been idle for weeks or years, or were never used.",
    how_to_title: "How to get a report",
    how_to_new: "How to get a new one",
    how_to_console: "In the console",
    how_to_console_steps: [
        "Open IAM in the AWS Management Console.",
        "Choose Credential report, in the navigation pane under Access reports.",
        "Choose Download credential report, and drop the file here.",
    ],
    how_to_cli: "With the AWS CLI",
    how_to_cli_says: "The second answers once the report is made, a few seconds after the first. Its JSON also says when that was.",
    how_to_rights: "Needs the rights iam:GenerateCredentialReport and iam:GetCredentialReport. AWS makes a new report every four hours at most.",
    // Check for yourself.
    privacy_says: "Do not take our word for it. Three ways to see that nothing leaves this page:",
    privacy_steps: [
        (
            "Look at the network.",
            "Open the developer tools (F12), choose Network, and drop a report: no request appears.",
        ),
        (
            "Pull the cable.",
            "Go offline, or save this page and open the file from disk. Everything works as before.",
        ),
        (
            "Read the policy.",
            "It stands below and in the first lines of the page’s source. The browser enforces it.",
        ),
    ],
    privacy_policy: "The policy in force",
    privacy_policy_says: "connect-src 'none' forbids the page to connect to anything, and form-action 'none' to send a form. Scripts and styles are pinned by their hashes.",
    privacy_no_policy: "This copy of the page carries no policy: it was built for development. Do not use it with a real report.",
    privacy_limits: "What a policy cannot promise",
    privacy_limits_say: [
        "A browser extension that may read every page can read this one too. A private window usually runs without extensions.",
        "A policy does not stop a page from going to another address. This one only does so when you follow a link to the AWS documentation or console, and such a link carries nothing of your report.",
        "A report that you downloaded stays in your downloads folder until you delete it.",
    ],
    privacy_kept: "What is kept",
    privacy_kept_says: "Theme, language and policy, in this browser. Nothing of the report: not in storage, not in the address, not in the console. Close forgets it.",
    // Reading, and what went wrong.
    reading: "Reading",
    file_of_files: |name, place, files| format!("{name} ({place} of {files})"),
    read_so_far: |read, total, rows| format!("{read} of {total} · {}", count(rows, "row", "rows")),
    cancel: "Cancel",
    file_and_line: |file, line| format!("{file}, line {}", grouped(line)),
    error_try_again: "Nothing was read. Drop another file, here or anywhere on the page.",
    error_result_stays: "The result below is as it was.",
    error_unreadable: "The browser could not read the file to its end.",
    error_unreadable_beyond: |read, total| {
        format!("The browser read {read} of {total}; beyond that it could not read the file.")
    },
    error_unreadable_advice: "It may have been moved or changed in the meantime, or it is a folder. Choose it again.",
    error_stopped_title: "The program stopped",
    error_stopped: |place| {
        if place.is_empty() {
            "The browser ended it, most likely because there was no more memory.".to_owned()
        } else {
            format!("Reading ended because of an error in this program, at {place}.")
        }
    },
    error_stopped_advice: "It has been started again; what it held is gone, and nothing was sent anywhere. Drop the file again. If it happens twice, please report the place named here; it says nothing about your data.",
    error_not_saved: "The browser refused.",
    error_not_saved_advice: "Try the other way, download or copy, or allow it in the browser’s settings for this page.",
    drop_now: "Drop to read",
    drop_replaces: "Drop here to replace the result",
    drop_adds: "Drop here to add to the result",
    notice_replaced: |names| format!("This replaces {names}."),
    notice_added: |files| format!("{} added.", count(files, "file", "files")),
    notice_saved: |name| format!("Downloaded as {name}."),
    notice_copied: "The findings are on the clipboard.",
    notice_closed: "Closed. Nothing of the report is left in this page.",
    // The result at a glance.
    account_unknown: "Account unknown",
    and_more: |others| format!("and {} more", grouped(others)),
    users: |users| count(users, "user", "users"),
    as_of: "as of",
    report_age: |seconds| format!("{} old", span(seconds)),
    warnings_count: |warnings| count(warnings, "warning", "warnings"),
    not_judged_count: |subjects| format!("{} not judged", grouped(subjects)),
    add: "Add",
    open_other: "Open another",
    policy: "Policy",
    export_json: "Export JSON",
    export_more: "More ways to export",
    close: "Close",
    old_report: |seconds| {
        format!(
            "This report is {} old. What has changed since is not in it, and ages are as of its time.",
            span(seconds)
        )
    },
    keys_past: |keys, days| {
        format!("of {} past {}", count(keys, "active key", "active keys"), count(days, "day", "days"))
    },
    without_mfa: |all| format!("of {} without MFA", count(all, "console user", "console users")),
    idle_for: |all, days| {
        format!(
            "of {} idle for {} or more",
            count(all, "credential", "credentials"),
            count(days, "day", "days")
        )
    },
    no_active_keys: "No active access keys.",
    no_passwords: "No user has a console password.",
    no_credentials: "No active credentials.",
    key_ages: "Ages of active access keys",
    mfa_coverage: "MFA of users with a console password",
    last_uses: "Last use of passwords and keys",
    age: "Age",
    last_used: "Last used",
    access_keys: "Access keys",
    passwords_and_keys: "Passwords and keys",
    keys: |keys| count(keys, "key", "keys"),
    credentials: |credentials| count(credentials, "credential", "credentials"),
    day_range: |from, to| match to {
        Some(to) if to == from + 1 => count(from, "day", "days"),
        Some(to) => format!("{}–{} days", grouped(from), grouped(to - 1)),
        None => format!("{} days or more", grouped(from)),
    },
    days_short: |days| format!("{} d", grouped(days)),
    days_and_more: |days| format!("{} d +", grouped(days)),
    with_mfa_count: |users| format!("{} with MFA", grouped(users)),
    without_mfa_count: |users| format!("{} without", grouped(users)),
    unknown_mfa_count: |users| format!("{} unknown", grouped(users)),
    root_without_mfa: |accounts| match accounts {
        0 | 1 => "root: off".to_owned(),
        several => format!("root: off in {} accounts", grouped(several)),
    },
    root_with_mfa: "root: on",
    findings_by_area: |findings| format!("{} by area and severity", count(findings, "finding", "findings")),
    area_and_severity: "Findings by area and severity",
    area: "Area",
    // Search, filters, sort.
    toolbar: "Search, filter and sort",
    severities: "Severities",
    severity: "Severity",
    users_without_findings: "No findings",
    view: "View",
    layout_cards: "Cards",
    layout_table: "Table",
    layout_problems: "By problem",
    layout_facts: "Accounts",
    search: "Search users, ARNs, accounts",
    kind: "Kind",
    account: "Account",
    accounts: "Accounts",
    sort: "Sort",
    ascending: "Ascending",
    descending: "Descending",
    users_of: |matching, total| format!("{} of {}", grouped(matching), count(total, "user", "users")),
    findings: |findings| count(findings, "finding", "findings"),
    filters: |filters| count(filters, "filter", "filters"),
    drop_filter: |filter| format!("Remove the filter {filter}"),
    clear: "clear",
    clear_filters: "Clear the filters",
    filter_key_age: |days| format!("Active key, {days} old"),
    filter_idle: |days| format!("Credential idle for {days}"),
    filter_never_used: "Credential never used",
    filter_with_mfa: "Console password with MFA",
    filter_without_mfa: "Console password without MFA",
    pages: "Pages",
    previous: "Previous",
    next: "Next",
    range: |from, to, of| format!("{}–{} of {}", grouped(from), grouped(to), grouped(of)),
    no_match: "Nothing matches",
    no_match_says: |users| {
        format!(
            "{} in the result, but none with all of these filters.",
            match users {
                1 => "There is 1 user".to_owned(),
                users => format!("There are {} users", grouped(users)),
            }
        )
    },
    no_problems: "No problems found",
    no_problems_says: "Every check that is on passes for every user that it could judge. See below what a credential report cannot tell.",
    // Cards and findings.
    guess: "a guess from the credentials that the user holds",
    no_findings: "No findings",
    nothing_found: "Nothing was found.",
    key: |slot| format!("Key {slot}"),
    certificate: |slot| format!("Cert. {slot}"),
    password: "Password",
    user: "User",
    root: "Root",
    inactive: "inactive",
    no_key_no_password: "No key, no password",
    mfa_on: "On",
    mfa_off: "Off",
    mfa_off_with_password: "Off, with a console password",
    mfa_off_without_password: "Not needed: no password",
    made: "made",
    changed: "changed",
    used: "last used",
    allowed_age: "allowed age",
    user_made: |day| format!("made {day}"),
    evidence: "Evidence",
    empty_cell: "(empty)",
    why: "Why it matters",
    fix: "What to do",
    iam_console: "IAM console",
    about_accounts: "Findings about accounts",
    oldest_key: "Oldest key",
    findings_heading: "Findings",
    show_card: "Show the card",
    // By problem, and accounts.
    tally: |failed, passed, not_judged| {
        let text = format!("{} failed · {} passed", grouped(failed), grouped(passed));
        match not_judged {
            0 => text,
            _ => format!("{text} · {} not judged", grouped(not_judged)),
        }
    },
    check_off: "off in this policy",
    show_users: |users| format!("Show {}", count(users, "user", "users")),
    users_heading: "Users",
    users_with_findings: |users| format!("{} with findings", grouped(users)),
    kind_guess: "Kinds (a guess)",
    account_made: "Account made",
    root_mfa: "MFA of root",
    root_absent: "No row for root",
    password_policy_guess: "Password expiry (a guess)",
    passwords_do_not_expire: "Passwords do not expire",
    passwords_expire: |days| format!("Every {}", count(days, "day", "days")),
    services: "Services, by last use of keys",
    regions: "Regions, by last use of keys",
    // What the result does not tell.
    notes: "What the result does not tell",
    not_judged: "Not judged",
    all_judged: "Every check that is on could be judged.",
    not_judged_says: |subjects| {
        format!(
            "{} could not be judged: neither passed nor failed.",
            match subjects {
                1 => "1 check on a credential".to_owned(),
                subjects => format!("{} checks on credentials", grouped(subjects)),
            }
        )
    },
    times: |times| format!("{} ×", grouped(times)),
    warnings: "Warnings",
    no_warnings: "Every row and cell could be read.",
    first_warnings: |shown, total| {
        format!("The first {} of {}; the export has them all.", grouped(shown), grouped(total))
    },
    not_in_report: "Not in the report",
    files: "Files read",
    file: "File",
    form: "Form",
    size: "Size",
    rows: "Rows",
    report_time: "Time of the report",
    rows_and_broken: |rows, broken| format!("{} + {} unreadable", grouped(rows), grouped(broken)),
    replaced: "replaced by a newer one",
    // Export, policy, as-of time, keys.
    export: "Export",
    export_says: "The findings as JSON, with evidence, policy and what was not judged:",
    export_everything: "Everything",
    export_shown: "What is shown",
    export_no_filter: "No filter is in force: everything is shown.",
    print: "Print or save as PDF",
    print_says: |users| {
        format!("Every card open, {}, with a line for the reviewer.", count(users, "user", "users"))
    },
    download: "Download",
    policy_says: "What counts as too old and as unused, and which checks are on. Every change is judged at once; nothing is read again.",
    preset: "Preset",
    policy_back_to: |preset| format!("Back to {preset}"),
    thresholds: "Limits",
    days_unit: "days",
    preset_has: |days| format!("The preset has {}.", count(days, "day", "days")),
    preset_on: "on in the preset",
    preset_off: "off in the preset",
    checks: "Checks",
    policy_file: "As a file",
    policy_file_says: "A small JSON, for colleagues or for the command line.",
    policy_export: "Export policy",
    policy_import: "Import policy",
    as_of_title: "As-of time",
    as_of_says: "Every age is measured to this moment. The CSV does not carry it, so it comes from the best source at hand.",
    as_of_label: "Another time, in UTC",
    as_of_set: "Use this time",
    as_of_now: "Use the current time",
    as_of_reset: "Back to the report’s own",
    as_of_refused: "This is no date and time.",
    as_of_order: "Sources, the most trusted first",
    key_open: "Open a file",
    key_search: "Search",
    key_next: "Next user or problem",
    key_previous: "Previous user or problem",
    key_enter: "Open the first finding of it, or close it",
    key_export: "Export everything as JSON",
    key_help: "This list",
    keys_hint: "Single keys do nothing while you type into a field.",
    // The foot of the page, and of what is printed.
    foot_privacy: "This page has no network access: its policy forbids it.",
    paper_accounts: "Accounts:",
    paper_reviewer: "Reviewed by",
    paper_date: "Date",
};
