//! One user: the sentence that matters, rotation, MFA and last use always at the same place, then
//! each credential with its time line and findings.

use super::time_line::Events;
use super::{Markup, Setting, account, finding, worst};
use crate::assessment::Kind;
use crate::card::{AreaStatus, Card, KeyFact, TimeFact};
use crate::chart;
use crate::checks::{Area, Check, SubjectKind, access_key, password};
use crate::finding::Finding;

/// The card of a user.
pub fn card(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let text = setting.text;
    let class = card.worst.map_or("fine", |worst| worst.name());
    let title = format!("user-{}", card.row);
    markup.open(
        "article",
        &[
            ("class", &format!("card {class}")),
            ("tabindex", "-1"),
            ("data-stop", ""),
            ("data-user", &card.user),
            ("data-severity", class),
            ("data-account", card.account.as_deref().unwrap_or_default()),
            ("aria-labelledby", &title),
        ],
    );
    head(markup, card, &title, setting);
    let lead = card.findings.first().map(|worst| text.finding(worst));
    markup.open("p", &[("class", "lead")]);
    markup.rich(lead.as_deref().unwrap_or(text.page.nothing_found));
    markup.close();
    markup.open("dl", &[("class", "answers")]);
    answer(markup, Area::Rotation, card.rotation, setting, |markup| rotation(markup, card, setting));
    answer(markup, Area::Mfa, card.mfa, setting, |markup| mfa(markup, card, setting));
    answer(markup, Area::LastUse, card.last_use, setting, |markup| last_use(markup, card, setting));
    markup.close();
    credentials(markup, card, setting);
    origin(markup, card, setting);
    markup.close();
}

fn head(markup: &mut Markup, card: &Card, title: &str, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    markup.open("header", &[]);
    markup.open("span", &[("class", "severity")]);
    worst(markup, card, text);
    markup.close();
    markup.open("span", &[("class", "meta")]);
    if card.kind == Kind::Root {
        markup.leaf("span", &[], text.kind(card.kind));
    } else {
        markup.open("span", &[("class", "guess"), ("title", t.guess)]);
        markup.text(text.kind(card.kind));
        markup.visually_hidden(&format!(" ({})", t.guess));
        markup.close();
    }
    if let Some(digits) = &card.account {
        markup.leaf("span", &[("class", "dot")], " · ");
        markup.leaf("span", &[("class", "account")], &account(digits));
    }
    markup.close();
    markup.leaf("h3", &[("id", title)], &card.user);
    markup.close();
}

fn answer(
    markup: &mut Markup,
    area: Area,
    status: AreaStatus,
    setting: &Setting<'_>,
    lines: impl FnOnce(&mut Markup),
) {
    let text = setting.text;
    markup.open("div", &[("class", &format!("answer {}", status.name())), ("data-area", area.name())]);
    markup.leaf("dt", &[], text.area(area));
    markup.open("dd", &[]);
    markup.status(status);
    markup.visually_hidden(&format!("{}: ", text.area_status(status)));
    markup.open("div", &[("class", "lines")]);
    lines(markup);
    markup.close();
    markup.close();
    markup.close();
}

fn nothing_to_ask(markup: &mut Markup, setting: &Setting<'_>) {
    markup.leaf("div", &[("class", "line")], setting.text.page.no_key_no_password);
}

/// A line of an answer: what it is about and how it stands; below, small, the raw cell.
struct Line<'a> {
    name: &'a str,
    value: &'a str,
    fact: &'a TimeFact,
    /// Whether it is about a key that is not active.
    off: bool,
}

impl Line<'_> {
    fn write(&self, markup: &mut Markup, setting: &Setting<'_>, beside: impl FnOnce(&mut Markup)) {
        markup.open("div", &[("class", if self.off { "line off" } else { "line" })]);
        markup.leaf("span", &[("class", "name")], self.name);
        markup.leaf("span", &[("class", "value")], self.value);
        markup.open("span", &[("class", "sub")]);
        raw_cell(markup, self.fact.column.name(), self.fact.raw.as_deref());
        beside(markup);
        markup.close();
        if let Some(issue) = self.fact.issue {
            markup.leaf("span", &[("class", "odd")], setting.text.cell_issue(issue));
        }
        markup.close();
    }
}

/// The raw cell, small, with its column for those who point at it.
fn raw_cell(markup: &mut Markup, column: &str, raw: Option<&str>) {
    if let Some(raw) = raw {
        markup.leaf("code", &[("class", "raw"), ("title", column)], raw);
    }
}

/// An age beside its limit.
fn gauge(markup: &mut Markup, age: u32, limit: u32) {
    let (filled, mark) = chart::gauge(age, limit, 1000);
    markup.open(
        "svg",
        &[
            ("class", "gauge"),
            ("viewBox", "0 0 1000 6"),
            ("preserveAspectRatio", "none"),
            ("aria-hidden", "true"),
        ],
    );
    let mut path = |class: &str, d: &str| markup.leaf("path", &[("class", class), ("d", d)], "");
    path("track", "M0 2H1000v2H0Z");
    path(if age > limit { "over" } else { "under" }, &format!("M0 2H{filled}v2H0Z"));
    path("limit", &format!("M{mark} 0h6v6h-6Z"));
    markup.close();
}

fn key_name(key: &KeyFact, setting: &Setting<'_>) -> String {
    (setting.text.page.key)(key.slot.into())
}

fn rotation(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let (t, policy) = (&setting.text.page, setting.policy);
    let mut aged = |name: &str, fact: &TimeFact, limit: Option<u32>, off: bool| {
        let mut age = fact.age_days.map(|age| setting.text.days(age)).unwrap_or_default();
        if off {
            age += if age.is_empty() { "" } else { " · " };
            age += t.inactive;
        }
        Line { name, value: &age, fact, off }.write(markup, setting, |markup| {
            if let (Some(age), Some(limit), false) = (fact.age_days, limit, off) {
                gauge(markup, age, limit);
            }
        });
    };
    // An age that no check asks about has no limit, and none asks about those of root.
    let limit = |check: &Check, days: u32| (card.kind != Kind::Root && policy.has(check)).then_some(days);
    for key in &card.access_keys {
        let off = key.active.value != Some(true);
        let limit = limit(&access_key::NOT_ROTATED, policy.thresholds.key_max_age_days);
        aged(&key_name(key, setting), &key.created, limit, off);
    }
    let has_password = card.password_enabled.value == Some(true);
    if has_password {
        let limit = limit(&password::OLD, policy.thresholds.password_max_age_days);
        aged(t.password, &card.password_last_changed, limit, false);
    }
    if !has_password && card.access_keys.is_empty() {
        nothing_to_ask(markup, setting);
    }
}

fn mfa(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let t = &setting.text.page;
    let words = match (card.mfa_active.value, card.password_enabled.value) {
        (Some(true), _) => t.mfa_on,
        (Some(false), Some(true)) => t.mfa_off_with_password,
        (Some(false), Some(false)) => t.mfa_off_without_password,
        (Some(false), None) => t.mfa_off,
        (None, _) => t.unknown,
    };
    let fact = &card.mfa_active;
    markup.open("div", &[("class", "line")]);
    markup.leaf("span", &[("class", "value")], words);
    markup.open("span", &[("class", "beside")]);
    raw_cell(markup, fact.column.name(), fact.raw.as_deref());
    markup.close();
    markup.close();
}

fn last_use(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let t = &setting.text.page;
    let mut lines = 0;
    let mut used = |name: &str, fact: &TimeFact, never: bool, place: &str| {
        let ago = fact.age_days.map(|age| setting.text.ago(age));
        let value = ago.as_deref().unwrap_or(if never { t.never } else { t.unknown });
        Line { name, value, fact, off: false }.write(markup, setting, |markup| {
            if !place.is_empty() {
                markup.leaf("i", &[], place);
            }
        });
        lines += 1;
    };
    if card.password_enabled.value != Some(false) {
        used(t.password, &card.password_last_used, card.password_never_used, "");
    }
    for key in card.access_keys.iter().filter(|key| key.active.value != Some(false)) {
        let place = [&key.service, &key.region].into_iter().flatten().map(String::as_str);
        let place = place.collect::<Vec<_>>().join(" · ");
        used(&key_name(key, setting), &key.last_used, key.never_used, &place);
    }
    if lines == 0 {
        nothing_to_ask(markup, setting);
    }
}

/// Each credential with its time line and the findings about it, those about the user first.
fn credentials(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let (t, policy) = (&setting.text.page, setting.policy);
    let of = |kind: SubjectKind, slot: Option<u8>| -> Vec<&Finding> {
        card.findings.iter().filter(|f| f.subject.kind == kind && f.subject.slot == slot).collect()
    };
    let mut credential = |name: &str, events: &Events<'_>, findings: &[&Finding]| {
        // Where nothing is known, nothing is said.
        if !events.are_known() && findings.is_empty() {
            return;
        }
        markup.open("div", &[("class", "credential")]);
        markup.leaf("h4", &[], name);
        markup.open("div", &[]);
        events.draw(markup, card, setting);
        for item in findings {
            finding(markup, item, setting);
        }
        markup.close();
        markup.close();
    };
    credential(
        if card.kind == Kind::Root { t.root } else { t.user },
        &Events::default(),
        &of(SubjectKind::User, None),
    );
    let password = of(SubjectKind::Password, None);
    if card.password_enabled.value != Some(false) || !password.is_empty() {
        let events = Events {
            made: None,
            changed: Some(&card.password_last_changed),
            used: Some(&card.password_last_used),
            allowed: policy.thresholds.password_max_age_days,
        };
        credential(t.password, &events, &password);
    }
    for key in &card.access_keys {
        let events = Events {
            made: Some(&key.created),
            changed: None,
            used: Some(&key.last_used),
            allowed: policy.thresholds.key_max_age_days,
        };
        credential(&key_name(key, setting), &events, &of(SubjectKind::AccessKey, Some(key.slot)));
    }
    for certificate in &card.certificates {
        let events = Events {
            made: Some(&certificate.created),
            allowed: policy.thresholds.key_max_age_days,
            ..Events::default()
        };
        let name = (t.certificate)(certificate.slot.into());
        credential(&name, &events, &of(SubjectKind::Certificate, Some(certificate.slot)));
    }
    if !card.not_judged.is_empty() {
        let titles: Vec<&str> =
            card.not_judged.iter().map(|(check, _)| setting.text.check(*check).title).collect();
        markup.open("p", &[("class", "missing")]);
        markup.status(AreaStatus::NotJudged);
        markup.text(&format!("{}: {}", t.not_evaluated, titles.join(", ")));
        markup.close();
    }
}

/// When the user was made, and where the report has it.
fn origin(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let t = &setting.text.page;
    markup.open("p", &[("class", "origin")]);
    if let Some(created) = card.created.time {
        markup.text(&format!("{} · ", (t.user_created)(&(setting.day)(created))));
    }
    let place = (t.file_and_line)(&card.input, card.line.into());
    markup.leaf("span", &[("title", card.arn.as_deref().unwrap_or_default())], &place);
    markup.close();
}
