//! Rotation, MFA and last use: a number and a picture each. Every number and bar filters.

use super::filter_button::filter_button;
use super::histogram::{Column, Frame, histogram, svg};
use super::{Markup, Setting};
use crate::card::AreaStatus;
use crate::chart;
use crate::checks::{Area, Severity};
use crate::histogram::DayRange;
use crate::overview::{AreaStanding, Overview};
use crate::query::{LastUse, Query};
use crate::view_state::ViewState;

/// The three areas, a section each; what the view filters by is pressed.
pub fn charts(markup: &mut Markup, overview: &Overview, view: &ViewState, setting: &Setting<'_>) {
    rotation(markup, overview, view, setting);
    mfa(markup, overview, view, setting);
    last_use(markup, overview, view, setting);
}

/// Begins the section of an area.
fn section(markup: &mut Markup, id: &str, title: &str, heading: &str) {
    markup.open("section", &[("class", "area"), ("id", id), ("aria-labelledby", title)]);
    markup.leaf("h2", &[("id", title)], heading);
}

/// A number that filters.
struct Figure<'a> {
    id: &'a str,
    number: u64,
    words: &'a str,
    filters: &'a str,
}

/// What is said of an area.
fn standing(
    markup: &mut Markup,
    standing: AreaStanding,
    nothing: &str,
    well: &str,
    found: &Figure<'_>,
    view: &ViewState,
    setting: &Setting<'_>,
) {
    let text = setting.text;
    let (class, status, words) = match standing {
        AreaStanding::Unknown => ("verdict unknown", AreaStatus::NotJudged, text.glance.cannot_tell),
        AreaStanding::Nothing => ("verdict", AreaStatus::NotApplicable, nothing),
        AreaStanding::Well => ("verdict fine", AreaStatus::Fine, well),
        AreaStanding::Found => {
            markup.open("p", &[("class", "figure")]);
            let (class, filters) = if found.number > 0 { ("bad", found.filters) } else { ("", "") };
            filter_button(markup, &[("id", found.id), ("class", class)], filters, view);
            markup.leaf("b", &[], &text.number(found.number));
            markup.text(" ");
            markup.leaf("span", &[], found.words);
            markup.close();
            markup.close();
            return;
        }
    };
    markup.open("p", &[("class", class)]);
    markup.status(status);
    markup.leaf("span", &[], words);
    markup.close();
}

fn rotation(markup: &mut Markup, overview: &Overview, view: &ViewState, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let ages = &overview.key_ages;
    let limit = ages.limit_days.into();
    let by_age = |days: DayRange| ViewState::filters(&Query { key_age: Some(days), ..Query::default() });
    section(markup, "area-rotation", "area-rotation-title", text.area(Area::Rotation));
    standing(
        markup,
        overview.standing(Area::Rotation),
        t.no_active_keys,
        &(text.glance.all_keys_young)(ages.keys, limit),
        &Figure {
            id: "figure-rotation",
            number: ages.over,
            words: &(t.keys_over_limit)(ages.keys, limit),
            filters: &by_age(DayRange { from: ages.limit_days.saturating_add(1), to: None }),
        },
        view,
        setting,
    );
    if ages.keys > 0 {
        let columns: Vec<Column> = ages
            .bars
            .iter()
            .map(|bar| Column {
                name: (t.day_range)(bar.days.from.into(), bar.days.to.map(u64::from)),
                count: (t.keys)(bar.count),
                number: bar.count,
                over: bar.over,
                filters: by_age(bar.days),
            })
            .collect();
        let frame = Frame {
            caption: t.key_ages,
            ages: t.age,
            number: t.access_keys,
            first: t.today,
            limit: &(t.days_short)(limit),
            last: &ages.bars.last().map(|bar| (t.days_and_more)(bar.days.from.into())).unwrap_or_default(),
            at: chart::limit(&ages.bars),
        };
        histogram(markup, &frame, &columns, view);
    }
    markup.close();
}

fn mfa(markup: &mut Markup, overview: &Overview, view: &ViewState, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let mfa = &overview.mfa;
    let all = mfa.with + mfa.without + mfa.unknown;
    let root_has_mfa = mfa.root_without == 0 && mfa.root_with > 0;
    let (with, without) = ((t.with_mfa_count)(mfa.with), (t.without_mfa_count)(mfa.without));
    let unknown = (t.unknown_mfa_count)(mfa.unknown);
    let root_without = (t.root_without_mfa)(mfa.root_without);
    let by_mfa = |has: bool| ViewState::filters(&Query { console_mfa: Some(has), ..Query::default() });
    section(markup, "area-mfa", "area-mfa-title", text.area(Area::Mfa));
    standing(
        markup,
        overview.standing(Area::Mfa),
        t.no_passwords,
        &(text.glance.all_with_mfa)(all),
        &Figure {
            id: "figure-mfa",
            number: mfa.without,
            words: &(t.without_mfa)(all),
            filters: &by_mfa(false),
        },
        view,
        setting,
    );
    if all > 0 {
        markup.open("div", &[("class", "shares"), ("role", "group"), ("aria-label", t.mfa_coverage)]);
        for (count, class, words, filters) in [
            (mfa.with, "share under", &with, by_mfa(true)),
            (mfa.without, "share over", &without, by_mfa(false)),
            (mfa.unknown, "share unknown", &unknown, String::new()),
        ] {
            if count > 0 {
                let grows = format!("flex-grow: {count}");
                let attributes =
                    [("class", class), ("data-style", &grows), ("aria-label", words), ("title", words)];
                filter_button(markup, &attributes, &filters, view);
                markup.open("svg", &svg("0 0 10 10"));
                markup.leaf("rect", &[("width", "10"), ("height", "10")], "");
                markup.close();
                markup.close();
            }
        }
        markup.close();
    }
    markup.open("ul", &[("class", "legend")]);
    if all > 0 {
        markup.leaf("li", &[("class", "under")], &with);
        markup.leaf("li", &[("class", "over")], &without);
    }
    if mfa.unknown > 0 {
        markup.leaf("li", &[("class", "unknown")], &unknown);
    }
    if mfa.root_without > 0 {
        markup.open("li", &[("class", "root critical")]);
        markup.severity(Severity::Critical);
        markup.text(&root_without);
        markup.close();
    }
    if root_has_mfa {
        markup.leaf("li", &[("class", "root fine")], t.root_with_mfa);
    }
    markup.close();
    markup.open("div", &[("class", "visually-hidden")]);
    markup.open("table", &[]);
    markup.leaf("caption", &[], t.mfa_coverage);
    markup.open("tbody", &[]);
    let root = if mfa.root_without > 0 { &root_without } else { t.root_with_mfa };
    let has_root = mfa.root_without > 0 || root_has_mfa;
    for words in [&with, &without, &unknown, root].into_iter().take(if has_root { 4 } else { 3 }) {
        markup.open("tr", &[]);
        markup.leaf("td", &[], words);
        markup.close();
    }
    markup.close();
    markup.close();
    markup.close();
    markup.close();
}

fn last_use(markup: &mut Markup, overview: &Overview, view: &ViewState, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let last_use = &overview.last_use;
    let limit = last_use.limit_days.into();
    let by_use = |used: LastUse| ViewState::filters(&Query { last_use: Some(used), ..Query::default() });
    section(markup, "area-last-use", "area-last-use-title", text.area(Area::LastUse));
    standing(
        markup,
        overview.standing(Area::LastUse),
        t.no_credentials,
        &(text.glance.all_in_use)(last_use.credentials, limit),
        &Figure {
            id: "figure-last-use",
            number: last_use.idle,
            words: &(t.unused_for)(last_use.credentials, limit),
            filters: &by_use(LastUse::AtLeast(last_use.limit_days)),
        },
        view,
        setting,
    );
    if last_use.credentials > 0 {
        let mut columns: Vec<Column> = last_use
            .bars
            .iter()
            .map(|bar| Column {
                name: (t.day_range)(bar.days.from.into(), bar.days.to.map(u64::from)),
                count: (t.credentials)(bar.count),
                number: bar.count,
                over: bar.over,
                filters: by_use(LastUse::Days(bar.days)),
            })
            .collect();
        columns.push(Column {
            name: t.never.to_owned(),
            count: (t.credentials)(last_use.never),
            number: last_use.never,
            over: true,
            filters: by_use(LastUse::Never),
        });
        let frame = Frame {
            caption: t.last_uses,
            ages: t.last_used,
            number: t.passwords_and_keys,
            first: t.today,
            limit: &(t.days_short)(limit),
            last: t.never,
            at: chart::limit(&last_use.bars),
        };
        histogram(markup, &frame, &columns, view);
    }
    markup.close();
}
