//! One account in a row, and below it, opened, what else its report tells.

use super::closed::severities;
use super::{Markup, Setting, account, marked_account};
use crate::accounts::AccountRow;
use crate::assessment::{ExpiryGuess, Kind};
use crate::card::AreaStatus;
use crate::checks::Severity;

/// How many columns the table of accounts has.
const COLUMNS: &str = "11";

/// The row of an account in the table; below an open one [`account_details`] follow.
pub fn account_row(markup: &mut Markup, row: &AccountRow, is_open: bool, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let of = &row.summary;
    let worst = of.by_severity.worst();
    let class = worst.map_or("fine", Severity::name);
    markup.open(
        "tr",
        &[
            ("class", class),
            ("tabindex", "-1"),
            ("data-stop", ""),
            ("data-account", &of.account),
            ("data-severity", class),
        ],
    );
    markup.open("th", &[("scope", "row")]);
    markup.leaf(
        "button",
        &[
            ("type", "button"),
            ("class", "show-account"),
            ("aria-expanded", if is_open { "true" } else { "false" }),
            ("aria-label", text.glance.account_details),
            ("title", text.glance.account_details),
        ],
        "",
    );
    markup.open("button", &[("type", "button"), ("class", "link only-account"), ("title", text.glance.show)]);
    if of.account.is_empty() {
        markup.text(t.account_unknown);
    } else {
        marked_account(markup, &of.account, row.name.as_deref(), setting.terms);
    }
    markup.close();
    markup.close();
    let mut number = |class: &str, words: &str| {
        markup.leaf("td", &[("class", &format!("number {class}"))], words);
    };
    number("user-count", &text.number(of.users.into()));
    markup.open("td", &[("class", "counts")]);
    severities(markup, |severity| of.by_severity.of(severity), setting);
    markup.close();
    markup.open("td", &[("class", "root-mfa")]);
    let (status, words) = root_mfa(row, setting);
    markup.status(status);
    markup.text(words);
    markup.close();
    let some_of = |some: u32, all: u32| match all {
        0 => "–".to_owned(),
        all => (text.glance.some_of)(some.into(), all.into()),
    };
    let ago = |days: u32| match days {
        0 => t.today.to_owned(),
        days => (t.days_short)(days.into()),
    };
    let mut number = |class: &str, words: &str| {
        markup.leaf("td", &[("class", &format!("number {class}"))], words);
    };
    number("root-keys", &if of.has_root { text.number(of.root_keys.into()) } else { "–".to_owned() });
    let used = of.root_used.map(|time| ago(time.age_days(setting.as_of)));
    number("root-use", used.as_deref().unwrap_or("–"));
    number("mfa", &some_of(of.mfa_with, row.console_users()));
    number("old-keys", &some_of(of.keys_over, of.keys));
    let oldest = of.oldest_key_days.map(ago);
    number("oldest-key", oldest.as_deref().unwrap_or("–"));
    number("report-time", &(setting.day)(row.as_of));
    let c = text.changes;
    let words = |new: u64, resolved: u64| format!("{} · {}", (c.new)(new), (c.resolved)(resolved));
    let changes = row.changes.map(|of| words(of.new, of.resolved));
    number("changes", changes.as_deref().unwrap_or("–"));
    markup.close();
}

fn root_mfa(row: &AccountRow, setting: &Setting<'_>) -> (AreaStatus, &'static str) {
    let t = &setting.text.page;
    match (row.summary.has_root, row.summary.root_mfa) {
        (false, _) => (AreaStatus::NotApplicable, t.root_absent),
        (true, Some(true)) => (AreaStatus::Fine, t.mfa_on),
        (true, Some(false)) => (AreaStatus::Found(Severity::Critical), t.mfa_off),
        (true, None) => (AreaStatus::NotJudged, t.unknown),
    }
}

/// What else the report tells about an account, in a row of its own below that of the account.
pub fn account_details(markup: &mut Markup, row: &AccountRow, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let of = &row.summary;
    let frequent = |list: &[(String, u32)]| {
        let words: Vec<String> =
            list.iter().map(|(name, times)| format!("{name} ({})", text.number((*times).into()))).collect();
        if words.is_empty() { "–".to_owned() } else { words.join(", ") }
    };
    let kinds: Vec<String> = Kind::ALL
        .into_iter()
        .zip(of.kinds)
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{} {}", text.kind(kind), text.number(count.into())))
        .collect();
    let expires = match of.password_expiry {
        ExpiryGuess::Unknown => t.unknown.to_owned(),
        ExpiryGuess::NoPasswords => t.no_passwords.to_owned(),
        ExpiryGuess::Never => t.passwords_do_not_expire.to_owned(),
        ExpiryGuess::AfterDays(days) => (t.passwords_expire)(days.into()),
    };
    let (_, root) = root_mfa(row, setting);
    let users = format!(
        "{} · {}",
        (t.users)(of.users.into()),
        (t.users_with_findings)(of.users_with_findings.into())
    );
    let created = of.created.map_or_else(|| t.unknown.to_owned(), |time| (setting.day)(time));
    markup.open("tr", &[("class", "opened")]);
    markup.open("td", &[("colspan", COLUMNS)]);
    markup.open("dl", &[("class", "fact"), ("data-account", &of.account)]);
    for (name, value) in [
        (t.account, format!("{} {}", account(&of.account), of.partition)),
        (t.users_heading, users),
        (t.kind_guess, kinds.join(" · ")),
        (t.account_created, created),
        (t.root_mfa, root.to_owned()),
        (t.password_policy_guess, expires),
        (t.services, frequent(&of.services)),
        (t.regions, frequent(&of.regions)),
        (t.file, row.file.clone()),
    ] {
        markup.open("div", &[]);
        markup.leaf("dt", &[], name);
        markup.leaf("dd", &[], &value);
        markup.close();
    }
    markup.close();
    markup.close();
    markup.close();
}
