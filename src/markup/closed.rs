//! One user at a glance: a closed card has the height of its neighbours, whatever there is to say.

use super::card::{age_limit, answer, begin, gauge, lead, meta, mfa_words, use_limit};
use super::{Markup, Setting, change_tags_in_short, decision_tag};
use crate::card::{Age, AreaStatus, Card, Glance};
use crate::checks::{Area, Severity};

/// The card of a user at a glance: a line for each area, and how many findings there are.
pub fn closed_card(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    begin(markup, card, false, setting);
    meta(markup, card, setting, |markup| sought_places(markup, card, setting));
    lead(markup, card, setting);
    markup.open("dl", &[("class", "answers")]);
    let (ages, uses) = (card.ages(), card.uses());
    ages_line(markup, Area::Rotation, card.rotation, &ages, setting, |markup, glance| {
        if let Some(limit) = age_limit(card, glance.is_key, setting) {
            gauge(markup, glance.age, limit, glance.age > Age::Days(limit));
        }
    });
    answer(markup, Area::Mfa, card.mfa, setting, |markup| {
        markup.leaf("span", &[("class", "value")], mfa_words(card, setting));
    });
    ages_line(markup, Area::LastUse, card.last_use, &uses, setting, |markup, glance| {
        if let Some(limit) = use_limit(card, glance.is_key, setting) {
            gauge(markup, glance.age, limit, glance.age >= Age::Days(limit));
        }
    });
    markup.close();
    tally(markup, card, setting);
    markup.close();
}

/// The services and regions that are looked for, where a key was last used there.
fn sought_places(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let places = card.access_keys.iter().flat_map(|key| [&key.service, &key.region]).flatten();
    let mut told: Vec<&str> = Vec::new();
    for place in places {
        let lower = place.to_lowercase();
        if setting.terms.iter().any(|term| lower.contains(term.as_str())) && !told.contains(&place.as_str()) {
            told.push(place);
            markup.text(" · ");
            markup.marked(place, setting.terms);
        }
    }
}

/// A line of ages, the worst first, with the gauge of that one.
fn ages_line(
    markup: &mut Markup,
    area: Area,
    status: AreaStatus,
    glances: &[Glance],
    setting: &Setting<'_>,
    gauge: impl FnOnce(&mut Markup, Glance),
) {
    answer(markup, area, status, setting, |markup| {
        let words = glances.iter().map(|glance| words(*glance, setting)).collect::<Vec<_>>().join(" · ");
        let words = match (words.as_str(), status) {
            ("", AreaStatus::NotJudged) => setting.text.page.unknown,
            ("", _) => setting.text.page.no_key_no_password,
            (words, _) => words,
        };
        markup.leaf("span", &[("class", "value"), ("title", words)], words);
        if let Some(worst) = glances.first() {
            gauge(markup, *worst);
        }
    });
}

/// `key 2,860 d`.
fn words(glance: Glance, setting: &Setting<'_>) -> String {
    let (t, page) = (&setting.text.glance, &setting.text.page);
    let what = if glance.is_key { t.key } else { t.password };
    match glance.age {
        Age::Days(0) => format!("{what} {}", page.today),
        Age::Days(days) => format!("{what} {}", (page.days_short)(days.into())),
        Age::Never => format!("{what} {}", t.never),
        Age::Unknown => format!("{what} {}", t.unknown),
    }
}

/// How many findings there are, by severity, and what else there is to say of the user, a tag each.
fn tally(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let text = setting.text;
    markup.open("footer", &[("class", "tally")]);
    let words = match card.findings.len() as u64 {
        0 => text.page.no_findings.to_owned(),
        findings => (text.page.findings)(findings),
    };
    markup.leaf("b", &[], &words);
    severities(markup, |severity| card.count(severity), setting);
    markup.open("span", &[("class", "tags")]);
    if !card.not_judged.is_empty() {
        let words = (text.glance.not_evaluated)(card.not_judged.len() as u64);
        markup.leaf("span", &[("class", "tag")], &words);
    }
    decision_tag(markup, card, setting);
    change_tags_in_short(markup, card, setting);
    markup.close();
    markup.close();
}

/// How many findings of each severity there are.
pub(super) fn severities(markup: &mut Markup, count: impl Fn(Severity) -> u64, setting: &Setting<'_>) {
    for severity in Severity::ALL {
        let count = count(severity);
        if count > 0 {
            markup.open("span", &[("class", &format!("of {}", severity.name()))]);
            markup.severity(severity);
            markup.visually_hidden(&format!("{} ", setting.text.severity(severity)));
            markup.text(&setting.text.number(count));
            markup.close();
        }
    }
}
