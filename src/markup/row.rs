//! One user in a row, for those who scan.

use super::card::kind;
use super::closed::severities;
use super::{Markup, Setting, marked_account, opened_card, worst};
use crate::card::{Age, AreaStatus, Card};

/// How many columns the table has.
const COLUMNS: &str = "9";

/// The card of a user, in a row of its own below that of the user.
pub fn opened(markup: &mut Markup, user: &Card, setting: &Setting<'_>) {
    markup.open("tr", &[("class", "opened")]);
    markup.open("td", &[("colspan", COLUMNS)]);
    opened_card(markup, user, setting);
    markup.close();
    markup.close();
}

/// The row of a user in the table.
pub fn row(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let class = card.status_name();
    let days = |age: Option<Age>| match age {
        None => "–".to_owned(),
        Some(Age::Days(0)) => t.today.to_owned(),
        Some(Age::Days(age)) => (t.days_short)(age.into()),
        Some(Age::Never) => text.glance.never.to_owned(),
        Some(Age::Unknown) => t.unknown.to_owned(),
    };
    markup.open(
        "tr",
        &[
            ("class", class),
            ("tabindex", "-1"),
            ("data-stop", ""),
            ("data-user", &card.user),
            ("data-row", &card.row.to_string()),
            ("data-severity", class),
        ],
    );
    markup.open("td", &[("class", "severity")]);
    worst(markup, card, text);
    markup.close();
    markup.open("th", &[("scope", "row")]);
    markup.open(
        "button",
        &[
            ("type", "button"),
            ("class", "link show-card"),
            ("title", t.show_card),
            ("aria-expanded", "false"),
        ],
    );
    markup.marked(&card.user, setting.terms);
    markup.close();
    markup.close();
    markup.open("td", &[("class", "of-account")]);
    let digits = card.account.as_deref().unwrap_or_default();
    marked_account(markup, digits, card.account_name.as_deref(), setting.terms);
    markup.close();
    markup.open("td", &[("class", "kind")]);
    markup.marked(kind(card, text), setting.terms);
    markup.close();
    markup.open("td", &[("class", "mfa")]);
    markup.status(card.mfa);
    match (card.mfa, card.mfa_active.value) {
        // Without a password there is nothing that MFA would guard.
        (AreaStatus::NotApplicable, _) => markup.visually_hidden(text.area_status(card.mfa)),
        (_, Some(true)) => markup.text(t.mfa_on),
        (_, Some(false)) => markup.text(t.mfa_off),
        (_, None) => markup.text(t.unknown),
    }
    markup.close();
    markup.leaf("td", &[("class", "number key-age")], &days(card.oldest_active_key().map(Age::Days)));
    markup.leaf("td", &[("class", "number password-age")], &days(card.password_age().map(Age::Days)));
    markup.leaf("td", &[("class", "number last-use")], &days(card.last_activity()));
    markup.open("td", &[("class", "counts")]);
    severities(markup, |severity| card.count(severity), setting);
    markup.close();
    markup.close();
}
