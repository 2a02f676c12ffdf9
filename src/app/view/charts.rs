//! Rotation, MFA and last use: a number and a picture each. Every number and bar filters.

use credential_report_viewer::card::AreaStatus;
use credential_report_viewer::chart;
use credential_report_viewer::checks::{Area, Severity};
use credential_report_viewer::histogram::{Bar, DayRange};
use credential_report_viewer::overview::{AreaStanding, Overview};
use credential_report_viewer::query::{LastUse, Query};
use leptos::prelude::*;

use super::histogram::{Column, Frame, histogram};
use super::parts::{mark, status_mark};
use crate::app::page_state::Page;

pub(super) fn charts(page: Page, overview: &Overview) -> impl IntoView + use<> {
    view! {
        <div class="areas">
            {rotation(page, overview)}
            {mfa(page, overview)}
            {last_use(page, overview)}
        </div>
    }
}

/// A number that filters when it is clicked, and no longer when it is clicked again.
fn figure(
    page: Page,
    id: &'static str,
    number: u64,
    words: String,
    is_on: impl Fn(&Query) -> bool + Send + Sync + 'static,
    set: impl Fn(&mut Query, bool) + Send + Sync + 'static,
) -> impl IntoView {
    let on = Memo::new(move |_| page.view.with(|view| is_on(&view.query)));
    let text = page.text();
    view! {
        <p class="figure">
            <button
                type="button"
                id=id
                class:bad=(number > 0)
                disabled=number == 0
                aria-pressed=move || on.get().to_string()
                on:click=move |_| {
                    let wanted = !on.get_untracked();
                    page.ask(|query| set(query, wanted));
                }
            >
                <b>{text.number(number)}</b>" "<span>{words}</span>
            </button>
        </p>
    }
}

/// That the report does not tell.
fn unknown(page: Page) -> impl IntoView {
    view! { <p class="verdict unknown">{status_mark(AreaStatus::NotJudged)}<span>{page.text().glance.cannot_tell}</span></p> }
}

/// That there is nothing to ask about.
fn nothing(words: &'static str) -> impl IntoView {
    view! { <p class="verdict">{status_mark(AreaStatus::NotApplicable)}<span>{words}</span></p> }
}

/// That all is well.
fn well(words: String) -> impl IntoView {
    view! { <p class="verdict fine">{status_mark(AreaStatus::Fine)}<span>{words}</span></p> }
}

fn column<T: Clone + PartialEq + Send + Sync + 'static>(
    page: Page,
    name: String,
    count: (u64, String),
    over: bool,
    wanted: T,
    field: fn(&mut Query) -> &mut Option<T>,
) -> Column {
    let mine = wanted.clone();
    Column {
        name,
        number: count.0,
        count: count.1,
        over,
        on: Signal::derive(move || {
            page.view.with(|view| field(&mut view.query.clone()).as_ref() == Some(&mine))
        }),
        toggle: Callback::new(move |()| {
            let wanted = wanted.clone();
            page.ask(move |query| {
                let field = field(query);
                *field = if field.as_ref() == Some(&wanted) { None } else { Some(wanted) };
            });
        }),
    }
}

fn last_day(page: Page, bars: &[Bar]) -> String {
    let text = page.text();
    bars.last().map(|bar| (text.page.days_and_more)(bar.days.from.into())).unwrap_or_default()
}

fn rotation(page: Page, overview: &Overview) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let g = &text.glance;
    let ages = &overview.key_ages;
    let past = DayRange { from: ages.limit_days.saturating_add(1), to: None };
    let columns = ages.bars.iter().map(|bar| {
        column(
            page,
            (t.day_range)(bar.days.from.into(), bar.days.to.map(u64::from)),
            (bar.count, (t.keys)(bar.count)),
            bar.over,
            bar.days,
            |query| &mut query.key_age,
        )
    });
    let frame = Frame {
        caption: t.key_ages,
        ages: t.age,
        number: t.access_keys,
        first: t.today.to_owned(),
        limit: (t.days_short)(ages.limit_days.into()),
        last: last_day(page, &ages.bars),
        at: chart::limit(&ages.bars),
    };
    view! {
        <section class="area" id="area-rotation" aria-labelledby="area-rotation-title">
            <h2 id="area-rotation-title">{text.area(Area::Rotation)}</h2>
            {match overview.standing(Area::Rotation) {
                AreaStanding::Unknown => unknown(page).into_any(),
                AreaStanding::Nothing => nothing(t.no_active_keys).into_any(),
                AreaStanding::Well => well((g.all_keys_young)(ages.keys, ages.limit_days.into())).into_any(),
                AreaStanding::Found => figure(
                    page,
                    "figure-rotation",
                    ages.over,
                    (t.keys_over_limit)(ages.keys, ages.limit_days.into()),
                    move |query| query.key_age == Some(past),
                    move |query, on| query.key_age = on.then_some(past),
                ).into_any(),
            }}
            {(ages.keys > 0).then(|| histogram(&frame, columns.collect()))}
        </section>
    }
}

fn mfa(page: Page, overview: &Overview) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let g = &text.glance;
    let mfa = &overview.mfa;
    let known = mfa.with + mfa.without;
    let all = known + mfa.unknown;
    let root_has_mfa = mfa.root_without == 0 && mfa.root_with > 0;
    let part = move |count: u64, class: &'static str, words: String, wanted: Option<bool>| {
        let on =
            Memo::new(move |_| wanted.is_some() && page.view.with(|view| view.query.console_mfa == wanted));
        (count > 0).then(|| {
            view! {
                <button
                    type="button"
                    class=format!("share {class}")
                    style:flex-grow=count.to_string()
                    aria-pressed=move || on.get().to_string()
                    aria-label=words.clone()
                    title=words
                    disabled=wanted.is_none()
                    on:click=move |_| page.ask(|query| {
                        query.console_mfa = if query.console_mfa == wanted { None } else { wanted };
                    })
                >
                    <svg viewBox="0 0 10 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="10" height="10"/></svg>
                </button>
            }
        })
    };
    view! {
        <section class="area" id="area-mfa" aria-labelledby="area-mfa-title">
            <h2 id="area-mfa-title">{text.area(Area::Mfa)}</h2>
            {match overview.standing(Area::Mfa) {
                AreaStanding::Unknown => unknown(page).into_any(),
                AreaStanding::Nothing => nothing(t.no_passwords).into_any(),
                AreaStanding::Well => well((g.all_with_mfa)(all)).into_any(),
                AreaStanding::Found => figure(
                    page,
                    "figure-mfa",
                    mfa.without,
                    (t.without_mfa)(all),
                    |query| query.console_mfa == Some(false),
                    |query, on| query.console_mfa = on.then_some(false),
                ).into_any(),
            }}
            {(all > 0).then(|| view! {
                    <div class="shares" role="group" aria-label=t.mfa_coverage>
                        {part(mfa.with, "under", (t.with_mfa_count)(mfa.with), Some(true))}
                        {part(mfa.without, "over", (t.without_mfa_count)(mfa.without), Some(false))}
                        {part(mfa.unknown, "unknown", (t.unknown_mfa_count)(mfa.unknown), None)}
                    </div>
            })}
            <ul class="legend">
                {(all > 0).then(|| view! {
                    <li class="under">{(t.with_mfa_count)(mfa.with)}</li>
                    <li class="over">{(t.without_mfa_count)(mfa.without)}</li>
                })}
                {(mfa.unknown > 0).then(|| view! { <li class="unknown">{(t.unknown_mfa_count)(mfa.unknown)}</li> })}
                {(mfa.root_without > 0).then(|| view! {
                    <li class="root critical">{mark(Severity::Critical)}{(t.root_without_mfa)(mfa.root_without)}</li>
                })}
                {root_has_mfa.then(|| view! { <li class="root fine">{t.root_with_mfa}</li> })}
            </ul>
            <div class="visually-hidden">
                <table>
                    <caption>{t.mfa_coverage}</caption>
                    <tbody>
                        <tr><td>{(t.with_mfa_count)(mfa.with)}</td></tr>
                        <tr><td>{(t.without_mfa_count)(mfa.without)}</td></tr>
                        <tr><td>{(t.unknown_mfa_count)(mfa.unknown)}</td></tr>
                        {(mfa.root_without > 0).then(|| view! { <tr><td>{(t.root_without_mfa)(mfa.root_without)}</td></tr> })}
                        {root_has_mfa.then(|| view! { <tr><td>{t.root_with_mfa}</td></tr> })}
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn last_use(page: Page, overview: &Overview) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let g = &text.glance;
    let last_use = &overview.last_use;
    let unused = LastUse::AtLeast(last_use.limit_days);
    let columns: Vec<Column> = last_use
        .bars
        .iter()
        .map(|bar| {
            column(
                page,
                (t.day_range)(bar.days.from.into(), bar.days.to.map(u64::from)),
                (bar.count, (t.credentials)(bar.count)),
                bar.over,
                LastUse::Days(bar.days),
                |query| &mut query.last_use,
            )
        })
        .chain([column(
            page,
            t.never.to_owned(),
            (last_use.never, (t.credentials)(last_use.never)),
            true,
            LastUse::Never,
            |query| &mut query.last_use,
        )])
        .collect();
    let frame = Frame {
        caption: t.last_uses,
        ages: t.last_used,
        number: t.passwords_and_keys,
        first: t.today.to_owned(),
        limit: (t.days_short)(last_use.limit_days.into()),
        last: t.never.to_owned(),
        at: chart::limit(&last_use.bars),
    };
    view! {
        <section class="area" id="area-last-use" aria-labelledby="area-last-use-title">
            <h2 id="area-last-use-title">{text.area(Area::LastUse)}</h2>
            {match overview.standing(Area::LastUse) {
                AreaStanding::Unknown => unknown(page).into_any(),
                AreaStanding::Nothing => nothing(t.no_credentials).into_any(),
                AreaStanding::Well => well((g.all_in_use)(last_use.credentials, last_use.limit_days.into())).into_any(),
                AreaStanding::Found => figure(
                    page,
                    "figure-last-use",
                    last_use.idle,
                    (t.unused_for)(last_use.credentials, last_use.limit_days.into()),
                    move |query| query.last_use == Some(unused),
                    move |query, on| query.last_use = on.then_some(unused),
                ).into_any(),
            }}
            {(last_use.credentials > 0).then(|| histogram(&frame, columns))}
        </section>
    }
}
