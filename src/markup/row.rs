//! One user in a row, for those who scan.

use super::{Markup, Setting, account, card, worst};
use crate::card::Card;

/// How many columns the table has.
const COLUMNS: &str = "9";

/// The card of a user, in a row of its own below that of the user.
pub fn opened(markup: &mut Markup, user: &Card, setting: &Setting<'_>) {
    markup.open("tr", &[("class", "opened")]);
    markup.open("td", &[("colspan", COLUMNS)]);
    card(markup, user, setting);
    markup.close();
    markup.close();
}

/// The row of a user in the table.
pub fn row(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let class = card.worst.map_or("fine", |worst| worst.name());
    let days = |age: Option<u32>| age.map_or_else(|| "–".to_owned(), |age| text.days(age));
    let ago = |age: Option<u32>| age.map_or_else(|| "–".to_owned(), |age| text.ago(age));
    let titles: Vec<&str> = card.findings.iter().map(|finding| text.check(finding.check).title).collect();
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
    markup.leaf(
        "button",
        &[
            ("type", "button"),
            ("class", "link show-card"),
            ("title", t.show_card),
            ("aria-expanded", "false"),
        ],
        &card.user,
    );
    markup.close();
    markup.leaf("td", &[], &card.account.as_deref().map(account).unwrap_or_default());
    markup.leaf("td", &[], text.kind(card.kind));
    markup.open("td", &[]);
    markup.status(card.mfa);
    markup.text(match card.mfa_active.value {
        Some(true) => t.mfa_on,
        Some(false) => t.mfa_off,
        None => t.unknown,
    });
    markup.close();
    markup.leaf("td", &[("class", "number")], &days(card.oldest_active_key()));
    markup.leaf("td", &[("class", "number")], &days(card.password_age()));
    markup.leaf("td", &[("class", "number")], &ago(card.last_activity()));
    markup.leaf("td", &[("class", "titles")], &titles.join(" · "));
    markup.close();
}
