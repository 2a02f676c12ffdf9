//! One user: the sentence that matters, rotation, MFA and last use always at the same place, then
//! each credential with its time line and findings.

use credential_report_viewer::card::{Card, KeyFact, Kind, State, TimeFact};
use credential_report_viewer::chart;
use credential_report_viewer::checks::Area;
use credential_report_viewer::finding::{Finding, SubjectKind};
use leptos::prelude::*;

use super::finding::finding;
use super::parts::{account, mark, rich, state_class, state_mark};
use super::time_line::{Events, time_line};
use crate::app::clock;
use crate::app::state::Page;

pub(super) fn card(page: Page, card: &Card) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let lead = card.findings.first().map_or_else(|| t.nothing_found.to_owned(), |worst| text.finding(worst));
    let severity = match card.worst {
        Some(worst) => view! { <span class="severity">{mark(worst)}{text.severity(worst)}</span> }.into_any(),
        None => view! { <span class="severity">{state_mark(State::Fine)}{t.no_findings}</span> }.into_any(),
    };
    let class = card.worst.map_or("fine", |worst| worst.name());
    let kind = text.kind(card.kind);
    let title = format!("user-{}", card.row);
    let heading = title.clone();
    view! {
        <article
            class=format!("card {class}")
            tabindex="-1"
            data-stop
            data-user=card.user.clone()
            data-severity=class
            data-account=card.account.clone()
            aria-labelledby=title
        >
            <header>
                {severity}
                <span class="meta">
                    {match card.kind {
                        Kind::Root => view! { <span>{kind}</span> }.into_any(),
                        _ => view! { <span class="guess" title=t.guess>{kind}<span class="unseen">" ("{t.guess}")"</span></span> }.into_any(),
                    }}
                    {card.account.as_ref().map(|digits| view! { <span class="dot">" · "</span><span class="account">{account(digits)}</span> })}
                </span>
                <h3 id=heading>{card.user.clone()}</h3>
            </header>
            <p class="lead">{rich(&lead)}</p>
            <dl class="answers">
                {answer(page, Area::Rotation, card.rotation, rotation(page, card))}
                {answer(page, Area::Mfa, card.mfa, mfa(page, card))}
                {answer(page, Area::LastUse, card.last_use, last_use(page, card))}
            </dl>
            {credentials(page, card)}
            <p class="origin">
                {card.created.time.map(|time| format!("{} · ", (t.user_made)(&clock::day(page.language.get_untracked(), time))))}
                <span title=card.arn.clone()>{(t.file_and_line)(&card.input, card.line.into())}</span>
            </p>
        </article>
    }
}

fn answer(page: Page, area: Area, state: State, lines: Vec<AnyView>) -> impl IntoView {
    let text = page.text();
    view! {
        <div class=format!("answer {}", state_class(state)) data-area=area.name()>
            <dt>{text.area(area)}</dt>
            <dd>
                {state_mark(state)}
                <span class="unseen">{text.state(state)}": "</span>
                <div class="lines">{lines}</div>
            </dd>
        </div>
    }
}

/// The raw cell, small, with its column for those who point at it.
fn raw_cell(column: &'static str, raw: Option<&str>) -> impl IntoView + use<> {
    raw.map(|raw| view! { <code class="raw" title=column>{raw.to_owned()}</code> })
}

fn oddity(page: Page, fact: &TimeFact) -> impl IntoView + use<> {
    let text = page.text();
    fact.oddity.map(|oddity| view! { <span class="odd">{text.oddity(oddity)}</span> })
}

fn gauge(age: Option<u32>, limit: u32) -> impl IntoView {
    age.map(|age| {
        let (filled, mark) = chart::gauge(age, limit, 1000);
        let class = if age > limit { "over" } else { "under" };
        view! {
            <svg class="gauge" viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="track" x="0" y="2" width="1000" height="2"/>
                <rect class=class x="0" y="2" width=filled height="2"/>
                <rect class="limit" x=mark y="0" width="6" height="6"/>
            </svg>
        }
    })
}

fn key_name(page: Page, key: &KeyFact) -> String {
    (page.text().page.key)(key.slot.into())
}

/// A line of an answer: what it is about and how it stands; below, small, the raw cell.
fn line(name: String, value: AnyView, fact: &TimeFact, odd: AnyView, beside: AnyView, off: bool) -> AnyView {
    view! {
        <div class="line" class:off=off>
            <span class="name">{name}</span>
            <span class="value">{value}</span>
            <span class="sub">{raw_cell(fact.column.name(), fact.raw.as_deref())}{beside}</span>
            {odd}
        </div>
    }
    .into_any()
}

fn rotation(page: Page, card: &Card) -> Vec<AnyView> {
    let text = page.text();
    let t = &text.page;
    let policy = page.policy.get_untracked();
    let aged = |name: String, fact: &TimeFact, limit: Option<u32>, off: bool| {
        let mut age = fact.age_days.map(|age| text.days(age)).unwrap_or_default();
        if off {
            age += if age.is_empty() { "" } else { " · " };
            age += t.inactive;
        }
        let gauge = limit.filter(|_| !off).map(|limit| gauge(fact.age_days, limit)).into_any();
        line(name, age.into_any(), fact, oddity(page, fact).into_any(), gauge, off)
    };
    let mut lines: Vec<AnyView> = card
        .access_keys
        .iter()
        .map(|key| {
            let off = key.active.value != Some(true);
            aged(key_name(page, key), &key.created, Some(policy.key_max_age_days), off)
        })
        .collect();
    if card.password_enabled.value == Some(true) {
        let changed = &card.password_last_changed;
        // No check asks how old the password of root is.
        let limit = (card.kind != Kind::Root).then_some(policy.password_max_age_days);
        lines.push(aged(t.password.to_owned(), changed, limit, false));
    }
    if lines.is_empty() {
        lines.push(view! { <div class="line">{t.no_key_no_password}</div> }.into_any());
    }
    lines
}

fn mfa(page: Page, card: &Card) -> Vec<AnyView> {
    let t = &page.text().page;
    let words = match (card.mfa_active.value, card.password_enabled.value) {
        (Some(true), _) => t.mfa_on,
        (Some(false), Some(true)) => t.mfa_off_with_password,
        (Some(false), Some(false)) => t.mfa_off_without_password,
        (Some(false), None) => t.mfa_off,
        (None, _) => t.unknown,
    };
    let fact = &card.mfa_active;
    vec![
        view! {
            <div class="line">
                <span class="value">{words}</span>
                <span class="beside">{raw_cell(fact.column.name(), fact.raw.as_deref())}</span>
            </div>
        }
        .into_any(),
    ]
}

fn last_use(page: Page, card: &Card) -> Vec<AnyView> {
    let text = page.text();
    let t = &text.page;
    let used = |name: String, fact: &TimeFact, never: bool, place: String| {
        let value = match (fact.age_days, never) {
            (Some(age), _) => text.ago(age),
            (None, true) => t.never.to_owned(),
            (None, false) => t.unknown.to_owned(),
        };
        let place = view! { <i>{place}</i> }.into_any();
        line(name, value.into_any(), fact, oddity(page, fact).into_any(), place, false)
    };
    let mut lines = Vec::new();
    if card.password_enabled.value != Some(false) {
        let never = card.password_never_used;
        lines.push(used(t.password.to_owned(), &card.password_last_used, never, String::new()));
    }
    lines.extend(card.access_keys.iter().filter(|key| key.active.value != Some(false)).map(|key| {
        let place =
            [&key.service, &key.region].into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ");
        used(key_name(page, key), &key.last_used, key.never_used, place)
    }));
    if lines.is_empty() {
        lines.push(view! { <div class="line">{t.no_key_no_password}</div> }.into_any());
    }
    lines
}

/// Each credential with its time line and the findings about it; then those about the user.
fn credentials(page: Page, card: &Card) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let policy = page.policy.get_untracked();
    let of = |kind: SubjectKind, slot: Option<u8>| -> Vec<Finding> {
        card.findings.iter().filter(|f| f.subject.kind == kind && f.subject.slot == slot).cloned().collect()
    };
    let mut parts: Vec<AnyView> = Vec::new();
    let about_user = of(SubjectKind::User, None);
    if !about_user.is_empty() {
        let name = if card.kind == Kind::Root { t.root } else { t.user };
        parts.push(credential(page, name.to_owned(), None, about_user));
    }
    let password = of(SubjectKind::Password, None);
    if card.password_enabled.value != Some(false) || !password.is_empty() {
        let events = Events {
            made: None,
            changed: Some(&card.password_last_changed),
            used: Some(&card.password_last_used),
            allowed: policy.password_max_age_days,
        };
        parts.push(credential(page, t.password.to_owned(), time_line(page, card, &events), password));
    }
    for key in &card.access_keys {
        let events = Events {
            made: Some(&key.created),
            changed: None,
            used: Some(&key.last_used),
            allowed: policy.key_max_age_days,
        };
        let found = of(SubjectKind::AccessKey, Some(key.slot));
        parts.push(credential(page, key_name(page, key), time_line(page, card, &events), found));
    }
    for certificate in &card.certificates {
        let events = Events {
            made: Some(&certificate.created),
            changed: None,
            used: None,
            allowed: policy.key_max_age_days,
        };
        let found = of(SubjectKind::Certificate, Some(certificate.slot));
        let name = (t.certificate)(certificate.slot.into());
        parts.push(credential(page, name, time_line(page, card, &events), found));
    }
    let unjudged: Vec<&str> = card.not_judged.iter().map(|(check, _)| text.check(*check).title).collect();
    let unjudged = (!unjudged.is_empty()).then(|| {
        view! { <p class="unjudged">{state_mark(State::NotJudged)}{t.not_judged}": "{unjudged.join(", ")}</p> }
    });
    view! { <div class="credentials">{parts}</div>{unjudged} }
}

/// Nothing where nothing is known.
fn credential(page: Page, name: String, line: Option<AnyView>, findings: Vec<Finding>) -> AnyView {
    if line.is_none() && findings.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="credential">
            <h4>{name}</h4>
            <div>
                {line}
                {findings.into_iter().map(|item| finding(page, item)).collect_view()}
            </div>
        </div>
    }
    .into_any()
}
