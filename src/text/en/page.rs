//! The page itself, in English.

use crate::text::PageText;
use crate::text::sentences::grouped;

pub(super) fn count(number: u64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(number)) }
}

/// A span of time, in the largest unit that says enough.
fn span(seconds: u64) -> String {
    match seconds {
        0..60 => "less than a minute".to_owned(),
        60..3600 => count(seconds / 60, "minute", "minutes"),
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
    quoted: |words| format!("“{words}”"),
    copy: "Copy",
    copied: "Copied",
    copy_failed: "Copy failed",
    unknown: "Unknown",
    never: "Never",
    today: "today",
    // The first screen.
    lead: "Find the credentials to fix: old access keys, console sign-in without MFA, and credentials nobody uses.",
    privacy_line: "Your AWS credential report is read here, in this browser, and is not sent anywhere: the page’s Content Security Policy blocks all network access.",
    check_yourself: "Check for yourself",
    drop_title: "Drop a credential report here",
    drop_hint: "CSV from the console or JSON from the AWS CLI. Drop files, folders or ZIP files anywhere on this page.",
    browse: "Browse files",
    choose_folder: "Choose folder",
    sample: "Try a sample",
    sample_hint: "The sample account is fictional. You can also paste a report anywhere with Ctrl+V or ⌘V.",
    paste: "Paste text",
    paste_text: "Paste a report as CSV, the JSON output of the AWS CLI, or its Base64 content.",
    paste_read: "Analyze",
    pasted_name: "pasted text",
    question_rotation: "Rotation",
    question_rotation_text: "Which access keys and passwords are older than your limit, and by how much.",
    question_mfa: "MFA",
    question_mfa_text: "Who can sign in to the console with only a password. The root user matters most.",
    question_last_use: "Last use",
    question_last_use_text: "Which credentials have been unused for weeks or years, or were never used.",
    how_to_title: "How to get a report",
    how_to_new: "How to get a new one",
    how_to_console: "In the console",
    how_to_console_steps: [
        "Open IAM in the AWS Management Console.",
        "In the navigation pane, under Access reports, choose Credential report.",
        "Choose Download credentials report, and then drop the file here.",
    ],
    how_to_cli: "With the AWS CLI",
    how_to_cli_text: "The second command works once the report is ready, a few seconds after the first. Its JSON also contains the time the report was generated.",
    how_to_rights: "Requires the iam:GenerateCredentialReport and iam:GetCredentialReport permissions. AWS generates a new report at most once every four hours.",
    // Check for yourself.
    privacy_text: "Do not take our word for it. There are three ways to verify that nothing leaves this page:",
    privacy_steps: [
        (
            "Check the network.",
            "Open the developer tools (F12), choose Network, and drop a report: no request appears.",
        ),
        ("Go offline.", "Disconnect, or save this page and open it from disk. Everything still works."),
        (
            "Read the Content Security Policy.",
            "It is shown below and at the top of the page source. The browser enforces it.",
        ),
    ],
    privacy_policy: "Content Security Policy in effect",
    privacy_policy_text: "connect-src 'none' blocks every connection and form-action 'none' every form submission. Scripts and styles are pinned by hash.",
    privacy_no_policy: "This copy has no Content Security Policy because it is a development build. Do not use it with a real report.",
    privacy_limits: "What a Content Security Policy cannot guarantee",
    privacy_limits_text: [
        "A browser extension that can read every page can read this one too. Extensions usually do not run in private windows.",
        "The policy does not stop navigation. This page navigates only when you follow a link to the AWS documentation or console; those links contain no report data.",
        "In most browsers the policy does not cover WebRTC, which video calls use. This page does not use it: search its file for RTCPeerConnection.",
        "A downloaded report stays in your downloads folder until you delete it.",
    ],
    privacy_kept: "What is stored",
    privacy_kept_text: "Theme, language and check policy, in this browser. No report data goes into storage, the URL or the developer console. Close discards the report.",
    // Reading, and what went wrong.
    reading: "Reading",
    file_of_files: |name, place, files| format!("{name} ({} of {})", grouped(place), grouped(files)),
    read_so_far: |read, total, rows| format!("{read} of {total} · {}", count(rows, "row", "rows")),
    about: |size| format!("about {size}"),
    found_so_far: |files| format!("{} found so far", count(files, "file", "files")),
    cancel: "Cancel",
    file_and_line: |file, line| format!("{file}, line {}", grouped(line)),
    error_try_again: "Nothing was read. Drop another file here or anywhere on this page.",
    error_result_stays: "The result below is unchanged.",
    error_unreadable: "The browser could not read the whole file.",
    error_unreadable_beyond: |read, total| {
        format!("The browser read {read} of {total} and could not read the rest.")
    },
    error_unreadable_advice: "The file may have been moved or changed, or it is a folder. Choose it again.",
    error_stopped_title: "The analysis stopped",
    error_stopped: |place| {
        if place.is_empty() {
            "The browser stopped it, probably because it ran out of memory.".to_owned()
        } else {
            format!("An error in this page stopped the analysis (at {place}).")
        }
    },
    error_stopped_advice: "It has restarted. The loaded reports are gone; nothing was sent anywhere. Drop the file again. If this happens again, report the location above; it contains none of your data.",
    error_not_saved: "The browser blocked the download or copy.",
    error_not_saved_advice: "Try the other option (download or copy), or allow it for this page in the browser settings.",
    drop_now: "Drop to analyze",
    drop_replaces: "Drop here to replace the result",
    drop_adds: "Drop here to add to the result",
    notice_replaced: |names| format!("Replaced {names}."),
    notice_added: |files| format!("{} added.", count(files, "file", "files")),
    notice_beside: |names, has_result| {
        if has_result {
            format!("Read {names}. The reports stay as they are.")
        } else {
            format!("Read {names}. It counts once a credential report is open.")
        }
    },
    notice_taken: |reports, others| {
        format!(
            "{}, {} ignored.",
            count(reports, "report", "reports"),
            count(others, "other file", "other files")
        )
    },
    left_aside: |files| format!("{} ignored", count(files, "other file", "other files")),
    error_folder: "The browser could not read this folder.",
    error_folder_advice: "Use Choose folder, or select the files in it.",
    error_no_reports: |files| format!("No credential report was found in {}.", count(files, "file", "files")),
    error_too_many_files: |limit| format!("There are more than {} files in it.", grouped(limit)),
    notice_saved: |name| format!("Downloaded as {name}."),
    notice_copied: "Copied to the clipboard.",
    notice_closed: "Closed. No report data is left in this page.",
    // The result at a glance.
    account_unknown: "Account unknown",
    kind_unknown: "Kind unknown",
    and_more: |others| format!("and {} more", grouped(others)),
    users: |users| count(users, "user", "users"),
    as_of: "as of",
    report_age: |seconds| format!("{} old", span(seconds)),
    warnings_count: |warnings| count(warnings, "warning", "warnings"),
    not_evaluated_count: |subjects| format!("{} not evaluated", grouped(subjects)),
    add: "Add",
    open_other: "Open another",
    policy: "Check policy",
    export_json: "Export JSON",
    export_more: "More export options",
    close: "Close",
    old_report: |seconds| {
        format!(
            "This report is {} old. It does not show later changes; ages are as of the time it was generated.",
            span(seconds)
        )
    },
    keys_over_limit: |keys, days| {
        format!("of {} older than {}", count(keys, "active key", "active keys"), count(days, "day", "days"))
    },
    without_mfa: |all| format!("of {} without MFA", count(all, "console user", "console users")),
    unused_for: |all, days| {
        format!(
            "of {} unused for {} or more",
            count(all, "credential", "credentials"),
            count(days, "day", "days")
        )
    },
    no_active_keys: "No active access keys.",
    no_passwords: "No user has a console password.",
    no_credentials: "No active credentials.",
    key_ages: "Age of active access keys",
    mfa_coverage: "MFA for users with a console password",
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
    days_and_more: |days| format!("{}+ d", grouped(days)),
    with_mfa_count: |users| format!("{} with MFA", grouped(users)),
    without_mfa_count: |users| format!("{} without", grouped(users)),
    unknown_mfa_count: |users| format!("{} unknown", grouped(users)),
    root_without_mfa: |accounts| match accounts {
        0 | 1 => "Root MFA: off".to_owned(),
        several => format!("Root MFA: off in {} accounts", grouped(several)),
    },
    root_with_mfa: "Root MFA: on",
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
    search: "Search users, accounts, services",
    kind: "Kind",
    account: "Account",
    accounts: "Accounts",
    sort: "Sort",
    ascending: "Ascending",
    descending: "Descending",
    users_of: |matching, total| format!("{} of {}", grouped(matching), count(total, "user", "users")),
    findings: |findings| count(findings, "finding", "findings"),
    filters: |filters| count(filters, "filter", "filters"),
    drop_filter: |filter| format!("Remove filter: {filter}"),
    clear: "Clear",
    clear_filters: "Clear filters",
    filter_key_age: |days| format!("Active key, {days} old"),
    filter_unused_for: |days| format!("Credential unused for {days}"),
    filter_never_used: "Credential never used",
    filter_unused_or_never: |days| {
        format!("Credential unused for {} or more, or never used", count(days, "day", "days"))
    },
    filter_with_mfa: "Console password with MFA",
    filter_without_mfa: "Console password without MFA",
    pages: "Pages",
    previous: "Previous",
    next: "Next",
    range: |from, to, of| format!("{}–{} of {}", grouped(from), grouped(to), grouped(of)),
    no_match: "No matches",
    no_match_text: |users| match users {
        1 => "The only user in this result does not match all of these filters.".to_owned(),
        users => format!("None of the {} users in this result matches all of these filters.", grouped(users)),
    },
    no_problems: "No problems found",
    no_problems_text: "Every enabled check passed for every user it could evaluate. See below for what a credential report does not show.",
    // Cards and findings.
    guess: "guessed from the user’s credentials",
    no_findings: "No findings",
    nothing_found: "No problems found.",
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
    created: "created",
    changed: "changed",
    used: "last used",
    allowed_age: "allowed age",
    user_created: |day| format!("created {day}"),
    evidence: "Evidence",
    empty_cell: "(empty)",
    why: "Why it matters",
    fix: "What to do",
    no_commands: "No commands: this user name contains characters that IAM does not allow, so pasting it into a shell would not be safe.",
    iam_console: "IAM console",
    about_accounts: "Account findings",
    oldest_key: "Oldest key",
    findings_heading: "Findings",
    show_card: "Show card",
    // By problem, and accounts.
    tally: |failed, passed, not_evaluated| {
        let text = format!("{} failed · {} passed", grouped(failed), grouped(passed));
        match not_evaluated {
            0 => text,
            _ => format!("{text} · {} not evaluated", grouped(not_evaluated)),
        }
    },
    check_off: "off in this check policy",
    show_users: |users| format!("Show {}", count(users, "user", "users")),
    users_heading: "Users",
    users_with_findings: |users| format!("{} with findings", grouped(users)),
    kind_guess: "Kinds (guessed)",
    account_created: "Account created",
    root_mfa: "Root MFA",
    root_absent: "No root user row",
    password_policy_guess: "Password expiration (guessed)",
    passwords_do_not_expire: "Passwords do not expire",
    passwords_expire: |days| format!("Every {}", count(days, "day", "days")),
    services: "Services last used by keys",
    regions: "Regions last used by keys",
    // What the result does not show.
    notes: "What this result does not show",
    not_evaluated: "Not evaluated",
    all_evaluated: "Every enabled check was evaluated.",
    not_evaluated_text: |subjects| {
        format!(
            "{} could not be evaluated: neither passed nor failed.",
            match subjects {
                1 => "1 check on a credential".to_owned(),
                subjects => format!("{} checks on credentials", grouped(subjects)),
            }
        )
    },
    times: |times| format!("{} ×", grouped(times)),
    warnings: "Warnings",
    no_warnings: "Every row and cell was read.",
    first_warnings: |shown, total| {
        format!("The first {} of {}; the export contains all of them.", grouped(shown), grouped(total))
    },
    problems_explained: "Problems found and what to do",
    not_in_report: "Not in the report",
    files: "Files read",
    file: "File",
    form: "Format",
    size: "Size",
    rows: "Rows",
    report_time: "Report time",
    rows_and_broken: |rows, broken| format!("{} + {} unreadable", grouped(rows), grouped(broken)),
    replaced: "replaced by a newer report",
    // Export, policy, as-of time, keys.
    export: "Export",
    print: "Print or save as PDF",
    print_text: |users| {
        format!(
            "Expanded cards for {}, with a signature line for the reviewer.",
            count(users, "user", "users")
        )
    },
    download: "Download",
    policy_text: "Set when a credential counts as old or unused, and which checks are on. Changes apply immediately; files are not read again.",
    preset: "Preset",
    policy_back_to: |preset| format!("Reset to {preset}"),
    thresholds: "Limits",
    days_unit: "days",
    preset_has: |days| format!("Preset: {}.", count(days, "day", "days")),
    preset_on: "on in the preset",
    preset_off: "off in the preset",
    checks: "Checks",
    policy_file: "Check policy file",
    policy_file_text: "A small JSON file to share with colleagues or use on the command line.",
    policy_export: "Export check policy",
    policy_import: "Import check policy",
    as_of_title: "As-of time",
    as_of_text: "Ages are calculated as of this time. The CSV does not contain it, so the most reliable source available is used.",
    as_of_label: "Other time (UTC)",
    as_of_set: "Use this time",
    as_of_now: "Use the current time",
    as_of_reset: "Use the report time",
    as_of_refused: "Enter a date and time.",
    as_of_order: "Sources, most reliable first",
    key_open: "Open a file",
    key_search: "Search",
    key_next: "Next user or problem",
    key_previous: "Previous user or problem",
    key_enter: "Open or close it",
    key_export: "Export all findings as JSON",
    key_help: "Show this list",
    keys_hint: "Single-key shortcuts are off while you type in a field.",
    // The foot of the page, and of what is printed.
    foot_privacy: "Your report stays in this browser: the page’s Content Security Policy blocks all network access.",
    print_accounts: "Accounts:",
    print_reviewer: "Reviewed by",
    print_date: "Date",
};
