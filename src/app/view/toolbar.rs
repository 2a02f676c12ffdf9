//! Which users are shown, in what order, in what form.

use credential_report_viewer::assessment::Kind;
use credential_report_viewer::checks::Severity;
use credential_report_viewer::query::{Choices, SortKey};
use credential_report_viewer::view_state::ResultView;
use leptos::prelude::*;

use super::filters;
use super::parts::{account, mark};
use crate::app::page_state::Page;

pub(super) fn toolbar(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let layout = Memo::new(move |_| page.view.with(|view| view.result_view));
    view! {
        <div class="toolbar">
            <div class="layouts" role="group" aria-label=t.view>
                {ResultView::ALL.map(|layout| layout_button(page, layout))}
            </div>
            <div class="orders">
                <Show when=move || layout.get().is_of_users()>{kinds(page)}</Show>
                <Show when=move || layout.get() != ResultView::UserFlags>{accounts(page)}</Show>
                <Show when=move || layout.get().is_of_users()>{sort(page)}</Show>
            </div>
        </div>
    }
}

/// Search, filters and count, which stay in sight.
pub(super) fn finder(page: Page) -> impl IntoView {
    let t = &page.text().page;
    view! {
        <section class="finder" aria-label=t.toolbar>
            {search(page)}
            <div class="chips scroll">
                <div class="chips-of" role="group" aria-label=t.severities>
                    <span class="counted" aria-hidden="true">{t.findings_heading}</span>
                    {Severity::ALL.map(|severity| chip(page, severity))}
                </div>
                <div class="chips-of of-users">
                    <span class="counted" aria-hidden="true">{t.users_heading}</span>
                    {fine_chip(page)}
                </div>
            </div>
            {filters::count(page)}
        </section>
    }
}

/// What each chip would show beside the other filters, as far as the last answer tells.
fn choices(page: Page) -> Choices {
    page.cards.with(|cards| cards.as_ref().map(|cards| cards.choices).unwrap_or_default())
}

fn chip(page: Page, severity: Severity) -> impl IntoView {
    let text = page.text();
    let on = Memo::new(move |_| page.view.with(|view| view.query.severities.contains(&severity)));
    let count = Memo::new(move |_| choices(page).by_severity.of(severity));
    let shown = move || severity != Severity::Info || count.get() > 0 || on.get();
    view! {
        <Show when=shown>
            <button
                type="button"
                class=format!("chip {}", severity.name())
                data-severity=severity.name()
                aria-pressed=move || on.get().to_string()
                disabled=move || count.get() == 0 && !on.get()
                on:click=move |_| page.ask(|query| {
                    query.fine = false;
                    match query.severities.iter().position(|s| *s == severity) {
                        Some(place) => { query.severities.remove(place); }
                        None => query.severities.push(severity),
                    }
                })
            >
                {mark(severity)}{text.severity(severity)}" "<b>{move || text.number(count.get())}</b>
            </button>
        </Show>
    }
}

fn fine_chip(page: Page) -> impl IntoView {
    let text = page.text();
    let on = Memo::new(move |_| page.view.with(|view| view.query.fine));
    let count = Memo::new(move |_| choices(page).fine);
    view! {
        <button
            type="button"
            class="chip fine square"
            data-severity="fine"
            aria-pressed=move || on.get().to_string()
            disabled=move || count.get() == 0 && !on.get()
            on:click=move |_| page.ask(|query| {
                query.fine = !query.fine;
                query.severities.clear();
            })
        >
            {super::parts::status_mark(credential_report_viewer::card::AreaStatus::Fine)}
            {text.page.users_without_findings}" "<b>{move || text.number(count.get().into())}</b>
        </button>
    }
}

fn layout_button(page: Page, layout: ResultView) -> impl IntoView {
    let t = &page.text().page;
    let name = match layout {
        ResultView::Cards => t.layout_cards,
        ResultView::Table => t.layout_table,
        ResultView::Problems => t.layout_problems,
        ResultView::UserFlags => t.layout_facts,
        ResultView::Changes => page.text().changes.title,
    };
    view! {
        <button
            type="button"
            data-layout=layout.name()
            aria-pressed=move || page.view.with(|view| view.result_view == layout).to_string()
            on:click=move |_| page.view.update(|view| view.result_view = layout)
        >{name}</button>
    }
}

fn search(page: Page) -> impl IntoView {
    let text = page.text();
    let words = move || match page.view.with(|view| view.result_view) {
        ResultView::UserFlags => text.glance.search_accounts,
        _ => text.page.search,
    };
    view! {
        <label class="search">
            <span class="visually-hidden">{words}</span>
            <input
                type="search"
                id="search"
                placeholder=words
                autocomplete="off"
                spellcheck="false"
                prop:value=move || page.view.with(|view| view.query.search.clone())
                on:input=move |event| {
                    let words = event_target_value(&event);
                    page.ask(|query| query.search = words);
                }
            />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}

fn kinds(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let chosen = move || {
        page.view
            .with(|view| view.query.kinds.first().and_then(|kind| Kind::ALL.iter().position(|k| k == kind)))
    };
    view! {
        <label>
            <span>{t.kind}</span>
            <select
                id="kind"
                prop:value=move || chosen().map_or_else(String::new, |place| place.to_string())
                on:change=move |event| {
                    let kind = event_target_value(&event).parse().ok().and_then(|place: usize| Kind::ALL.get(place).copied());
                    page.ask(|query| query.kinds = kind.into_iter().collect());
                }
            >
                <option value="">{t.all}</option>
                {Kind::ALL.into_iter().enumerate().map(|(place, kind)| view! {
                    <option value=place.to_string() selected=chosen() == Some(place)>{text.kind(kind)}</option>
                }).collect_view()}
            </select>
        </label>
    }
}

/// How many accounts can be chosen from: of more the search finds one sooner than a list.
const CHOICES: std::ops::RangeInclusive<usize> = 2..=500;

/// Only where there is more than one.
fn accounts(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let accounts = Memo::new(move |_| {
        page.overview.with(|overview| {
            overview
                .as_ref()
                .map(|o| o.accounts.iter().map(|a| a.account.clone()).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let chosen = move || page.view.with(|view| view.query.accounts.first().cloned().unwrap_or_default());
    view! {
        <Show when=move || accounts.with(|accounts| CHOICES.contains(&accounts.len()))>
            <label>
                <span>{t.account}</span>
                <select
                    id="account"
                    prop:value=chosen
                    on:change=move |event| {
                        let account = event_target_value(&event);
                        page.ask(|query| query.accounts = if account.is_empty() { Vec::new() } else { vec![account] });
                    }
                >
                    <option value="">{t.all}</option>
                    {move || accounts.get().into_iter().map(|digits| view! {
                        <option value=digits.clone() selected=chosen() == digits>{account(&digits)}</option>
                    }).collect_view()}
                </select>
            </label>
        </Show>
    }
}

fn sort(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let key = move || page.view.with(|view| view.query.sort);
    let descending = Memo::new(move |_| page.view.with(|view| view.query.descending));
    let direction = move || if descending.get() { t.descending } else { t.ascending };
    view! {
        <div class="sort">
            <label>
                <span>{t.sort}</span>
                <select
                    id="sort"
                    prop:value=move || key().name()
                    on:change=move |event| {
                        let name = event_target_value(&event);
                        if let Some(key) = SortKey::ALL.into_iter().find(|key| key.name() == name) {
                            page.ask(|query| {
                                query.sort = key;
                                query.descending = key.descends_at_first();
                            });
                        }
                    }
                >
                    {SortKey::ALL.map(|option| view! {
                        <option value=option.name() selected=option == page.view.with_untracked(|view| view.query.sort)>{text.sort_key(option)}</option>
                    })}
                </select>
            </label>
            <button
                type="button"
                id="direction"
                data-direction=move || if descending.get() { "descending" } else { "ascending" }
                aria-label=direction
                title=direction
                on:click=move |_| page.ask(|query| query.descending = !query.descending)
            >
                <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
                    <path
                        d=move || if descending.get() { "M6 1v9M2.5 6.8 6 10.3l3.5-3.5" } else { "M6 11V2M2.5 5.2 6 1.7l3.5 3.5" }
                        fill="none" stroke="currentColor" stroke-width="1.5"
                    />
                </svg>
            </button>
        </div>
    }
}
