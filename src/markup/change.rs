//! What became of findings and users since an earlier report.

use super::{Markup, Setting};
use crate::card::Card;
use crate::chart::{self, Moments};
use crate::comparison::{
    AccountChanges, ChangeKind, ComparedReport, Fact, FactValue, FindingChange, History, TrendPoint,
    UserChange,
};
use crate::report::{ReadCell, Timestamp};
use crate::text::Text;

/// That a finding is new, or since when it is open at least.
pub(super) fn history(markup: &mut Markup, history: Option<History>, setting: &Setting<'_>) {
    let Some(history) = history else { return };
    let text = setting.text;
    match (history.cause, history.since) {
        (Some(cause), _) => {
            let words = format!("{}: {}", text.changes.new_mark, text.cause(cause));
            markup.leaf("span", &[("class", "history new")], &words);
        }
        (None, Some(since)) => {
            let words = (text.changes.open_since)(&(setting.day)(since));
            markup.leaf("span", &[("class", "history")], &words);
        }
        (None, None) => {}
    }
}

/// What an opened card says of all its findings, and of its user, since the earlier report.
pub(super) fn changed(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    if card.histories.iter().all(Option::is_none) && card.change.is_none() {
        return;
    }
    markup.open("p", &[("class", "changed")]);
    change_tags(markup, card, setting, |since| (setting.text.changes.open_since)(&(setting.day)(since)));
    markup.close();
}

/// The same on a card at a glance, where there is room for a number of days alone.
pub(super) fn change_tags_in_short(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let days = |since: Timestamp| u64::from(since.age_days(setting.as_of));
    change_tags(markup, card, setting, |since| (setting.text.changes.open_for)(days(since)));
}

/// What became of a user and of its findings, a tag each.
fn change_tags(
    markup: &mut Markup,
    card: &Card,
    setting: &Setting<'_>,
    open_since: impl Fn(Timestamp) -> String,
) {
    let (text, t) = (setting.text, setting.text.changes);
    if let Some(change) = card.change.filter(|change| *change != ChangeKind::Changed) {
        markup.leaf("span", &[("class", "tag history")], text.user_change(change));
    }
    if card.has_new() {
        markup.leaf("span", &[("class", "tag history")], t.new_mark);
    }
    if let Some(since) = card.open_since() {
        let title = (t.open_since)(&(setting.day)(since));
        markup.leaf("span", &[("class", "tag history"), ("title", &title)], &open_since(since));
    }
}

/// What became of a finding, and when, where that stands nowhere else.
pub fn finding_change(
    markup: &mut Markup,
    change: &FindingChange,
    when: Option<&str>,
    setting: &Setting<'_>,
) {
    let text = setting.text;
    let finding = &change.finding;
    let user = finding.user.as_deref().unwrap_or_default();
    markup.open(
        "li",
        &[
            ("class", "change"),
            ("data-outcome", change.outcome.name()),
            ("data-check", finding.check.name()),
            ("data-user", user),
        ],
    );
    markup.open("p", &[("class", "what")]);
    markup.severity(finding.severity);
    markup.visually_hidden(&format!("{}: ", text.severity(finding.severity)));
    markup.leaf("b", &[], text.check(finding.check).title);
    if let Some(cause) = change.cause {
        markup.leaf("span", &[("class", "cause")], text.cause(cause));
    }
    if let Some(when) = when {
        markup.leaf("span", &[("class", "when")], when);
    }
    markup.close();
    markup.open("p", &[("class", "whom")]);
    markup.leaf("b", &[], user);
    markup.text(" ");
    markup.leaf("span", &[("class", "account")], &setting.account(&change.account));
    if finding.subject.slot.is_some() {
        markup.text(" ");
        markup.leaf("span", &[], &text.subject(&finding.subject));
    }
    markup.close();
    cells(markup, &change.cells_before, &change.cells, text);
    markup.close();
}

/// The cells that a verdict rests on and that say something else, before and now.
fn cells(markup: &mut Markup, before: &[ReadCell], now: &[ReadCell], text: &Text) {
    let t = text.changes;
    let of = |cells: &[ReadCell], cell: &ReadCell| {
        cells.iter().find(|other| other.column == cell.column).map(|other| other.raw.clone())
    };
    let different: Vec<(&ReadCell, String)> = now
        .iter()
        .filter_map(|cell| Some((cell, of(before, cell)?)))
        .filter(|(cell, before)| cell.raw != *before)
        .collect();
    if different.is_empty() {
        return;
    }
    markup.open("p", &[("class", "cells")]);
    for (cell, before) in different {
        markup.open("span", &[]);
        markup.leaf("code", &[], cell.column.name());
        markup.text(" ");
        step(markup, &before, &cell.raw, t.before, t.now);
        markup.close();
    }
    markup.close();
}

/// What it was before, and what it is now.
fn step(markup: &mut Markup, before: &str, now: &str, label_before: &str, label_now: &str) {
    markup.visually_hidden(&format!("{label_before}: "));
    markup.leaf("span", &[("class", "before")], before);
    markup.leaf("span", &[("aria-hidden", "true")], " → ");
    markup.visually_hidden(&format!(" {label_now}: "));
    markup.leaf("span", &[("class", "after")], now);
}

/// What became of a user, and when, where that stands nowhere else.
pub fn user_change(markup: &mut Markup, change: &UserChange, when: Option<&str>, setting: &Setting<'_>) {
    let (text, t) = (setting.text, setting.text.changes);
    let name = text.user_change(change.change);
    markup.open(
        "li",
        &[("class", "change"), ("data-user", &change.user), ("data-row", &change.row.to_string())],
    );
    markup.open("p", &[("class", "what")]);
    markup.leaf("b", &[], &change.user);
    markup.text(" ");
    markup.leaf("span", &[("class", "account")], &setting.account(&change.account));
    markup.leaf("span", &[("class", "cause")], if change.is_guess { t.renamed_guess } else { name });
    if let Some(when) = when {
        markup.leaf("span", &[("class", "when")], when);
    }
    markup.close();
    if let Some(from) = &change.renamed_from {
        markup.leaf("p", &[("class", "whom")], &(t.renamed_from)(from));
    }
    if !change.facts.is_empty() {
        markup.open("p", &[("class", "cells")]);
        for of in &change.facts {
            fact(markup, of, setting);
        }
        markup.close();
    }
    markup.close();
}

fn fact(markup: &mut Markup, fact: &Fact, setting: &Setting<'_>) {
    let (text, t) = (setting.text, setting.text.changes);
    markup.open("span", &[]);
    markup.leaf("b", &[], text.fact(fact.kind));
    let day = |time: Option<Timestamp>| time.map_or_else(|| text.page.never.to_owned(), setting.day);
    if let (FactValue::Time(before), FactValue::Time(now)) = (fact.before, fact.now) {
        markup.text(" ");
        match (before, now) {
            (None, Some(now)) if fact.created == Some(now) => markup.text(&(setting.day)(now)),
            (Some(before), None) => markup.text(&(setting.day)(before)),
            _ => step(markup, &day(before), &day(now), t.before, t.now),
        }
    }
    markup.close();
}

/// The two reports that are compared, by file, time and SHA-256.
pub fn compared(markup: &mut Markup, changes: &AccountChanges, setting: &Setting<'_>) {
    let t = setting.text.changes;
    let mut report = |label: &str, report: &ComparedReport| {
        markup.leaf("dt", &[], label);
        markup.open("dd", &[]);
        markup.leaf("b", &[], &(setting.day)(report.as_of));
        markup.text(" ");
        markup.leaf("span", &[("class", "file")], &report.name);
        if let Some(sha256) = &report.sha256 {
            markup.text(" ");
            markup.leaf("code", &[("class", "sha256")], sha256);
        }
        markup.close();
    };
    report(t.earlier_report, &changes.earlier);
    report(t.current_report, &changes.current);
}

/// The size of the chart over time.
const CHART: (u32, u32) = (600, 120);

/// The figures of every report, and over three or more a line on a true axis of time.
pub fn trend(markup: &mut Markup, points: &[TrendPoint], setting: &Setting<'_>) {
    let (text, t) = (setting.text, setting.text.changes);
    if points.len() > 2 {
        line(markup, points);
    }
    markup.open(
        "div",
        &[("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", t.over_time)],
    );
    markup.open("table", &[("class", "trend")]);
    markup.leaf("caption", &[], t.over_time_text);
    markup.open("thead", &[]);
    markup.open("tr", &[]);
    for label in [t.report_time, t.users, t.findings, t.mfa_share, t.keys_over_limit, t.oldest_key] {
        markup.leaf("th", &[("scope", "col")], label);
    }
    markup.close();
    markup.close();
    markup.open("tbody", &[]);
    for point in points {
        let figures = &point.figures;
        markup.open("tr", &[]);
        markup.leaf("th", &[("scope", "row")], &(setting.day)(point.as_of));
        let share = format!("{} / {}", figures.console_users_with_mfa, figures.console_users);
        for cell in [
            text.number(figures.users.into()),
            text.number(figures.by_severity.total()),
            share,
            text.number(figures.keys_over_limit.into()),
            figures.oldest_key_days.map_or_else(|| "–".to_owned(), |days| text.days(days)),
        ] {
            markup.leaf("td", &[], &cell);
        }
        markup.close();
    }
    markup.close();
    markup.close();
    markup.close();
}

/// Findings over time; its table says the same.
fn line(markup: &mut Markup, points: &[TrendPoint]) {
    let (width, height) = CHART;
    let moments = Moments::new(points.iter().map(|point| point.as_of));
    let counts: Vec<u64> = points.iter().map(|point| point.figures.by_severity.total()).collect();
    let heights = chart::heights(&counts, height);
    let places: Vec<(u32, u32)> = points
        .iter()
        .zip(heights)
        .map(|(point, of)| (moments.x_of(point.as_of, width) + 6, height - of + 6))
        .collect();
    let path: Vec<String> = places.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let view_box = format!("0 0 {} {}", width + 12, height + 12);
    markup.open(
        "svg",
        &[("class", "over-time"), ("viewBox", &view_box), ("aria-hidden", "true"), ("focusable", "false")],
    );
    markup.leaf("polyline", &[("points", &path.join(" "))], "");
    for (x, y) in places {
        markup.leaf("circle", &[("cx", &x.to_string()), ("cy", &y.to_string()), ("r", "4")], "");
    }
    markup.close();
}
