//! Which users are shown, in what order, in what form.

use credential_report_viewer::assessment::Kind;
use credential_report_viewer::checks::Severity;
use credential_report_viewer::comparison::{Cause, Outcome};
use credential_report_viewer::query::{Choices, SortKey};
use credential_report_viewer::view_state::ResultView;
use leptos::prelude::*;

use super::filters;
use super::parts::{Choice, account, mark, select};
use crate::app::page_state::Page;

pub(super) fn toolbar(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let layout = Memo::new(move |_| page.view.with(|view| view.result_view));
    view! {
        <div class="toolbar">
            <div class="layouts" role="group" aria-label=t.view>
                {ResultView::ALL.map(|layout| layout_button(page, layout))}
            </div>
            <div class="orders scroll">
                <Show when=move || layout.get().is_of_users() || layout.get() == ResultView::UserFlags>{kinds(page)}</Show>
                <Show when=move || layout.get() != ResultView::UserFlags>{accounts(page)}</Show>
                {changes(page)}
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

/// The choice that narrows nothing.
fn all(page: Page) -> Choice {
    (String::new(), page.text().page.all.to_owned())
}

fn kinds(page: Page) -> AnyView {
    let text = page.text();
    // A kind is told by its place: it has no name elsewhere.
    let kinds = Kind::ALL
        .into_iter()
        .enumerate()
        .map(|(place, kind)| (place.to_string(), text.kind(kind).to_owned()));
    let choices = Signal::stored(std::iter::once(all(page)).chain(kinds).collect());
    let chosen = move || {
        let kind = page.view.with(|view| view.query.kinds.first().copied());
        kind.and_then(|kind| Kind::ALL.iter().position(|of| *of == kind)).map(|place| place.to_string())
    };
    let chosen = Signal::derive(move || chosen().unwrap_or_default());
    select(page, ("kind", text.page.kind), choices, chosen, |page, kind| {
        let kind = kind.parse().ok().and_then(|place: usize| Kind::ALL.get(place).copied());
        page.ask(|query| query.kinds = kind.into_iter().collect());
    })
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
    let choices = Signal::derive(move || {
        let name = |digits: String| (digits.clone(), account(&digits));
        std::iter::once(all(page)).chain(accounts.get().into_iter().map(name)).collect::<Vec<Choice>>()
    });
    let chosen = Signal::derive(move || {
        page.view.with(|view| view.query.accounts.first().cloned().unwrap_or_default())
    });
    view! {
        <Show when=move || accounts.with(|accounts| CHOICES.contains(&accounts.len()))>
            {select(page, ("account", t.account), choices, chosen, |page, account| {
                page.ask(|query| {
                    query.accounts = if account.is_empty() { Vec::new() } else { vec![account.to_owned()] };
                });
            })}
        </Show>
    }
}

/// What became of findings since the earlier report, and why; only where there is one. Users have none that
/// were resolved, so that they are asked for new and unchanged ones.
fn changes(page: Page) -> impl IntoView {
    let text = page.text();
    let t = text.changes;
    let layout = Memo::new(move |_| page.view.with(|view| view.result_view));
    let is_compared = Memo::new(move |_| {
        page.comparison.with(|summary| summary.as_ref().is_some_and(|summary| !summary.accounts.is_empty()))
    });
    let outcome = Signal::derive(move || page.view.with(|view| view.query.changes.first().copied()));
    let cause = Signal::derive(move || page.view.with(|view| view.query.causes.first().copied()));
    let has_outcome = move |of: Outcome| {
        layout.get() == ResultView::Changes || matches!(of, Outcome::New | Outcome::Unchanged)
    };
    let outcomes = Signal::derive(move || {
        let outcomes = Outcome::ALL.into_iter().filter(|of| has_outcome(*of) || outcome.get() == Some(*of));
        let outcomes = outcomes.map(|of| (of.name().to_owned(), text.outcome(of).to_owned()));
        std::iter::once(all(page)).chain(outcomes).collect::<Vec<Choice>>()
    });
    let causes = Signal::derive(move || {
        let occurs = |of: &Cause| {
            let outcome = outcome.get();
            let is_asked = outcome.map_or_else(|| has_outcome(of.outcome()), |asked| asked == of.outcome());
            let count = page.comparison.with(|summary| summary.as_ref().map(|all| all.total.of_cause(*of)));
            is_asked && count.unwrap_or_default() > 0 || cause.get() == Some(*of)
        };
        let causes = Cause::ALL.iter().copied().filter(occurs);
        let causes = causes.map(|of| (of.name().to_owned(), text.cause(of).to_owned()));
        std::iter::once(all(page)).chain(causes).collect::<Vec<Choice>>()
    });
    // Of all findings few ask why.
    let asks_why = Memo::new(move |_| match layout.get() {
        ResultView::Changes => true,
        ResultView::Problems => false,
        _ => outcome.get().is_some() || cause.get().is_some(),
    });
    let outcome_name =
        Signal::derive(move || outcome.get().map(Outcome::name).unwrap_or_default().to_owned());
    let cause_name = Signal::derive(move || cause.get().map(Cause::name).unwrap_or_default().to_owned());
    view! {
        <Show when=move || is_compared.get() && layout.get() != ResultView::Problems>
            {select(page, ("change", t.filter_change), outcomes, outcome_name, |page, name| {
                let outcome = Outcome::from_name(name);
                page.ask(|query| {
                    query.changes = outcome.into_iter().collect();
                    // Another outcome has other causes.
                    query.causes.retain(|cause| outcome.is_none_or(|outcome| cause.outcome() == outcome));
                });
            })}
        </Show>
        <Show when=move || { is_compared.get() && asks_why.get() }>
            {select(page, ("cause", t.filter_cause), causes, cause_name, |page, name| {
                page.ask(|query| query.causes = Cause::from_name(name).into_iter().collect());
            })}
        </Show>
    }
}

fn sort(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let descending = Memo::new(move |_| page.view.with(|view| view.query.descending));
    let direction = move || if descending.get() { t.descending } else { t.ascending };
    let keys = SortKey::ALL.into_iter().map(|key| (key.name().to_owned(), text.sort_key(key).to_owned()));
    let choices = Signal::stored(keys.collect::<Vec<Choice>>());
    let chosen = Signal::derive(move || page.view.with(|view| view.query.sort.name().to_owned()));
    view! {
        <div class="sort">
            {select(page, ("sort", t.sort), choices, chosen, |page, name| {
                if let Some(key) = SortKey::ALL.into_iter().find(|key| key.name() == name) {
                    page.ask(|query| {
                        query.sort = key;
                        query.descending = key.descends_at_first();
                    });
                }
            })}
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
