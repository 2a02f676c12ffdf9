//! One user, opened: the sentence that matters, rotation, MFA and last use always at the same place, then
//! each credential with its time line and findings.

use super::closed::closed_card;
use super::time_line::{Events, legend};
use super::{Markup, Setting, changed, decide_button, decided, finding, marked_account, worst};
use crate::assessment::Kind;
use crate::card::{Age, AreaStatus, Card, KeyFact, TimeFact};
use crate::chart;
use crate::checks::{Area, Check, SubjectKind, access_key, password};
use crate::comparison::ChangeKind;
use crate::finding::Finding;
use crate::review::OwnerOfUser;
use crate::text::Text;

/// The card of a user, closed; open where everything is.
pub fn card(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    if setting.open {
        opened_card(markup, card, setting);
    } else {
        closed_card(markup, card, setting);
    }
}

/// The card of a user with all that there is to say.
pub fn opened_card(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    begin(markup, card, true, setting);
    meta(markup, card, setting, |markup| origin(markup, card, setting));
    lead(markup, card, setting);
    changed(markup, card, setting);
    decided(markup, card, setting);
    markup.open("dl", &[("class", "answers")]);
    answer_in_lines(markup, Area::Rotation, card.rotation, setting, |markup| rotation(markup, card, setting));
    answer_in_lines(markup, Area::Mfa, card.mfa, setting, |markup| mfa(markup, card, setting));
    answer_in_lines(markup, Area::LastUse, card.last_use, setting, |markup| last_use(markup, card, setting));
    markup.close();
    credentials(markup, card, setting);
    markup.close();
}

/// Begins a card: its severity, and its name, which opens and closes it.
pub(super) fn begin(markup: &mut Markup, card: &Card, is_open: bool, setting: &Setting<'_>) {
    let severity = card.status_name();
    let title = format!("user-{}", card.row);
    markup.open(
        "article",
        &[
            ("class", &format!("card {} {severity}", if is_open { "opened" } else { "closed" })),
            ("tabindex", "-1"),
            ("data-stop", ""),
            ("data-user", &card.user),
            ("data-row", &card.row.to_string()),
            ("data-severity", severity),
            ("data-account", card.account.as_deref().unwrap_or_default()),
            ("aria-labelledby", &title),
        ],
    );
    markup.open("header", &[]);
    markup.open("span", &[("class", "severity")]);
    worst(markup, card, setting.text);
    markup.close();
    markup.open("h3", &[("id", &title), ("title", &card.user)]);
    let expanded = if is_open { "true" } else { "false" };
    markup.open("button", &[("type", "button"), ("class", "link show-card"), ("aria-expanded", expanded)]);
    markup.marked(&card.user, setting.terms);
    markup.close();
    markup.close();
    markup.close();
}

/// What a user probably is. That there is nothing is said only where the report tells so.
pub(super) fn kind(card: &Card, text: &Text) -> &'static str {
    match card.kind {
        Kind::None if !card.is_kind_known => text.page.kind_unknown,
        kind => text.kind(kind),
    }
}

/// What a user is, and of which account.
pub(super) fn meta(markup: &mut Markup, card: &Card, setting: &Setting<'_>, more: impl FnOnce(&mut Markup)) {
    let (text, terms) = (setting.text, setting.terms);
    markup.open("p", &[("class", "meta")]);
    if card.kind == Kind::Root {
        markup.open("span", &[]);
        markup.marked(text.kind(card.kind), terms);
        markup.close();
    } else {
        markup.open("span", &[("class", "guess"), ("title", text.page.guess)]);
        markup.marked(kind(card, text), terms);
        markup.visually_hidden(&format!(" ({})", text.page.guess));
        markup.close();
    }
    if let Some(digits) = &card.account {
        markup.leaf("span", &[("class", "dot")], " · ");
        markup.open("span", &[("class", "account")]);
        marked_account(markup, digits, card.account_name.as_deref(), terms);
        markup.close();
    }
    owners(markup, card, setting);
    more(markup);
    markup.close();
}

/// Who answers for a user.
fn owners(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let (t, terms) = (&setting.text.owners, setting.terms);
    for of in &card.owners {
        let OwnerOfUser { owner, is_guess, .. } = of;
        let said = [(t.team, &owner.team), (t.manager, &owner.manager), (t.note, &owner.note)];
        let mut title = vec![format!("{}: {}", t.owner, owner.name)];
        if !owner.email.is_empty() && owner.email != owner.name {
            title.push(owner.email.clone());
        }
        title.extend(
            said.iter().filter(|(_, value)| !value.is_empty()).map(|(of, value)| format!("{of}: {value}")),
        );
        if *is_guess {
            title.push(t.guess.to_owned());
        }
        let has_left = owner.active == Some(false);
        if has_left {
            title.push(t.has_left.to_owned());
        }
        markup.leaf("span", &[("class", "dot")], " · ");
        let class = if *is_guess { "owner guess" } else { "owner" };
        markup.open("span", &[("class", class), ("title", &title.join(" · "))]);
        markup.visually_hidden(&format!("{}: ", t.owner));
        markup.marked(&owner.name, terms);
        if *is_guess {
            markup.visually_hidden(&format!(" ({})", t.guess));
        }
        markup.close();
        if has_left {
            markup.leaf("span", &[("class", "tag left")], t.has_left);
        }
    }
}

/// The sentence that matters.
pub(super) fn lead(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let text = setting.text;
    let lead = card.findings.first().map(|worst| text.finding(worst));
    markup.open("p", &[("class", "lead")]);
    let none = if card.is_not_judged() { text.glance.nothing_evaluated } else { text.page.nothing_found };
    markup.rich(lead.as_deref().unwrap_or(none));
    markup.close();
}

/// What is said of an area, with its status.
pub(super) fn answer(
    markup: &mut Markup,
    area: Area,
    status: AreaStatus,
    setting: &Setting<'_>,
    words: impl FnOnce(&mut Markup),
) {
    let text = setting.text;
    markup.open("div", &[("class", &format!("answer {}", status.name())), ("data-area", area.name())]);
    markup.leaf("dt", &[], text.area(area));
    markup.open("dd", &[]);
    markup.status(status);
    markup.visually_hidden(&format!("{}: ", text.area_status(status)));
    words(markup);
    markup.close();
    markup.close();
}

/// The same, of several lines.
fn answer_in_lines(
    markup: &mut Markup,
    area: Area,
    status: AreaStatus,
    setting: &Setting<'_>,
    lines: impl FnOnce(&mut Markup),
) {
    answer(markup, area, status, setting, |markup| {
        markup.open("div", &[("class", "lines")]);
        lines(markup);
        markup.close();
    });
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

/// An age beside its limit, or what was never used.
pub(super) fn gauge(markup: &mut Markup, age: Age, limit: u32, is_over: bool) {
    const LENGTH: u32 = 1000;
    let (filled, mark) = match age {
        Age::Unknown => return,
        Age::Days(age) => chart::gauge(age, limit, LENGTH),
        Age::Never => (LENGTH, chart::gauge(0, limit, LENGTH).1),
    };
    markup.open(
        "svg",
        &[
            ("class", "gauge"),
            ("viewBox", "0 0 1000 8"),
            ("preserveAspectRatio", "none"),
            ("aria-hidden", "true"),
        ],
    );
    let mut path = |class: &str, d: &str| markup.leaf("path", &[("class", class), ("d", d)], "");
    path("track", "M0 2H1000v4H0Z");
    path(if is_over { "over" } else { "under" }, &format!("M0 2H{filled}v4H0Z"));
    path("limit", &format!("M{mark} 0h16v8h-16Z"));
    markup.close();
}

/// The limit of a key's age, or of a password's: what no check asks about has none, and none asks about
/// those of root.
pub(super) fn age_limit(card: &Card, is_key: bool, setting: &Setting<'_>) -> Option<u32> {
    let policy = setting.policy;
    let (check, days): (&Check, u32) = if is_key {
        (&access_key::NOT_ROTATED, policy.thresholds.key_max_age_days)
    } else {
        (&password::OLD, policy.thresholds.password_max_age_days)
    };
    (card.kind != Kind::Root && policy.has(check)).then_some(days)
}

/// The limit of the time without use, where a check asks about it.
pub(super) fn use_limit(card: &Card, is_key: bool, setting: &Setting<'_>) -> Option<u32> {
    let check = if is_key { &access_key::UNUSED } else { &password::UNUSED };
    (card.kind != Kind::Root && setting.policy.has(check)).then_some(setting.policy.thresholds.unused_days)
}

fn key_name(key: &KeyFact, setting: &Setting<'_>) -> String {
    (setting.text.page.key)(key.slot.into())
}

fn rotation(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let t = &setting.text.page;
    let mut aged = |name: &str, fact: &TimeFact, limit: Option<u32>, off: bool| {
        let mut age = fact.age_days.map(|age| setting.text.days(age)).unwrap_or_default();
        if off {
            age += if age.is_empty() { "" } else { " · " };
            age += t.inactive;
        }
        Line { name, value: &age, fact, off }.write(markup, setting, |markup| {
            if let (Some(age), Some(limit), false) = (fact.age_days, limit, off) {
                gauge(markup, Age::Days(age), limit, age > limit);
            }
        });
    };
    for key in &card.access_keys {
        let off = key.active.value != Some(true);
        let limit = age_limit(card, true, setting);
        aged(&key_name(key, setting), &key.created, limit, off);
    }
    let has_password = card.password_enabled.value == Some(true);
    if has_password {
        let limit = age_limit(card, false, setting);
        aged(t.password, &card.password_last_changed, limit, false);
    }
    if !has_password && card.access_keys.is_empty() {
        nothing_to_ask(markup, setting);
    }
}

/// How MFA stands, in words.
pub(super) fn mfa_words(card: &Card, setting: &Setting<'_>) -> &'static str {
    let t = &setting.text.page;
    match (card.mfa_active.value, card.password_enabled.value) {
        (Some(true), _) => t.mfa_on,
        (Some(false), Some(true)) => t.mfa_off_with_password,
        (Some(false), Some(false)) => t.mfa_off_without_password,
        (Some(false), None) => t.mfa_off,
        (None, _) => t.unknown,
    }
}

fn mfa(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let words = mfa_words(card, setting);
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
    let mut used = |name: &str, is_key: bool, fact: &TimeFact, never: bool, place: &str| {
        let ago = fact.age_days.map(|age| setting.text.ago(age));
        let value = ago.as_deref().unwrap_or(if never { t.never } else { t.unknown });
        Line { name, value, fact, off: false }.write(markup, setting, |markup| {
            if !place.is_empty() {
                markup.open("i", &[]);
                markup.marked(place, setting.terms);
                markup.close();
            }
            if let Some(limit) = use_limit(card, is_key, setting) {
                let age = fact.age_days.map_or(if never { Age::Never } else { Age::Unknown }, Age::Days);
                gauge(markup, age, limit, age >= Age::Days(limit));
            }
        });
        lines += 1;
    };
    if card.password_enabled.value != Some(false) {
        used(t.password, false, &card.password_last_used, card.password_never_used, "");
    }
    for key in card.access_keys.iter().filter(|key| key.active.value != Some(false)) {
        let place = [&key.service, &key.region].into_iter().flatten().map(String::as_str);
        let place = place.collect::<Vec<_>>().join(" · ");
        used(&key_name(key, setting), true, &key.last_used, key.never_used, &place);
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
    markup.open("div", &[("class", "credentials")]);
    let times = card.access_keys.iter().map(|key| &key.created);
    let times = times.chain(card.certificates.iter().map(|certificate| &certificate.created));
    let mut times =
        times.chain((card.password_enabled.value != Some(false)).then_some(&card.password_last_changed));
    if times.any(|fact| fact.time.is_some()) {
        legend(markup, setting);
    }
    let is_there = card.change != Some(ChangeKind::Deleted) && !setting.open;
    let mut credential = |name: &str, about, events: &Events<'_>, findings: &[&Finding]| {
        // Where nothing is known, nothing is said.
        if !events.are_known() && findings.is_empty() {
            return;
        }
        markup.open("div", &[("class", "credential")]);
        markup.open("div", &[("class", "heading")]);
        markup.leaf("h4", &[], name);
        if let Some(about) = Some(about).filter(|(kind, _)| *kind != SubjectKind::User && is_there) {
            decide_button(markup, about, None, setting);
        }
        markup.close();
        markup.open("div", &[("class", "life")]);
        events.draw(markup, card, setting);
        markup.close();
        markup.open("div", &[("class", "findings")]);
        for item in findings {
            finding(markup, item, card.history(item), setting);
        }
        markup.close();
        markup.close();
    };
    credential(
        if card.kind == Kind::Root { t.root } else { t.user },
        (SubjectKind::User, None),
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
        credential(t.password, (SubjectKind::Password, None), &events, &password);
    }
    for key in &card.access_keys {
        let events = Events {
            made: Some(&key.created),
            changed: None,
            used: Some(&key.last_used),
            allowed: policy.thresholds.key_max_age_days,
        };
        let about = (SubjectKind::AccessKey, Some(key.slot));
        credential(&key_name(key, setting), about, &events, &of(about.0, about.1));
    }
    for certificate in &card.certificates {
        let events = Events {
            made: Some(&certificate.created),
            allowed: policy.thresholds.key_max_age_days,
            ..Events::default()
        };
        let name = (t.certificate)(certificate.slot.into());
        let about = (SubjectKind::Certificate, Some(certificate.slot));
        credential(&name, about, &events, &of(about.0, about.1));
    }
    if !card.not_judged.is_empty() {
        let titles: Vec<&str> =
            card.not_judged.iter().map(|(check, _)| setting.text.check(*check).title).collect();
        markup.open("p", &[("class", "missing")]);
        markup.status(AreaStatus::NotJudged);
        markup.text(&format!("{}: {}", t.not_evaluated, titles.join(", ")));
        markup.close();
    }
    markup.close();
}

/// When the user was made, and where the report has it.
fn origin(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let t = &setting.text.page;
    if let Some(created) = card.created.time {
        markup.leaf("span", &[], &format!(" · {}", (t.user_created)(&(setting.day)(created))));
    }
    let place = (t.file_and_line)(&card.input, card.line.into());
    let arn = card.arn.as_deref().unwrap_or_default();
    markup.leaf("span", &[("class", "origin"), ("title", arn)], &format!(" · {place}"));
}
