//! The layout of changes: what was resolved, what is new and why, what is no longer failing, what can no
//! longer be evaluated, then the users. Only a page of each is ever in the document.

use credential_report_viewer::comparison::{
    AccountChanges, Cause, ChangeKind, ChangeQuery, ComparisonSummary, Outcome,
};
use credential_report_viewer::markup::{compared, finding_change, opened_card, trend, user_change};
use credential_report_viewer::query::Query;
use credential_report_viewer::report::Column;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::parts::account;
use crate::app::page_state::Page;
use crate::app::{changes, markup, moment};

/// How many changes of a group are shown at once, and how many cards of deleted users.
const SHOWN: u32 = 24;
const CARDS: u32 = 6;

/// How many accounts are named at once.
const ACCOUNTS: u32 = 24;

/// Findings of one outcome, and of new ones of one cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Findings(Outcome, Option<Cause>),
    Users(ChangeKind),
}

/// In the order in which people want to see them.
const GROUPS: [Group; 12] = [
    Group::Findings(Outcome::Resolved, None),
    Group::Findings(Outcome::New, Some(Cause::Created)),
    Group::Findings(Outcome::New, Some(Cause::Aged)),
    Group::Findings(Outcome::New, Some(Cause::Changed)),
    Group::Findings(Outcome::New, Some(Cause::NewlyJudged)),
    Group::Findings(Outcome::Cleared, None),
    Group::Findings(Outcome::NotJudged, None),
    Group::Users(ChangeKind::Added),
    Group::Users(ChangeKind::Deleted),
    Group::Users(ChangeKind::ReCreated),
    Group::Users(ChangeKind::Renamed),
    Group::Users(ChangeKind::Changed),
];

pub(super) fn layout(page: Page) -> impl IntoView {
    let t = page.text().changes;
    view! {
        <div id="changes">
            {move || page.comparison.get().map(|summary| {
                if summary.accounts.is_empty() {
                    return view! { <p class="hint">{t.not_compared}</p> }.into_any();
                }
                let query = page.view.with(|view| view.query.clone());
                let is_blind = summary.accounts.iter().any(|account| account.is_blind_to_re_creation);
                view! {
                    {reports(page)}
                    {is_blind.then(|| view! { <p class="hint">{t.blind_to_re_creation}</p> })}
                    {GROUPS.map(|of| group(page, of, &query))}
                }.into_any()
            })}
        </div>
    }
}

/// The reports that are compared, and the figures of each over time.
fn reports(page: Page) -> impl IntoView {
    let t = page.text().changes;
    let Some(summary) = page.comparison.get_untracked() else { return ().into_any() };
    let total = summary.accounts.len() as u64;
    let offset = RwSignal::new(0_u32);
    let html = move || {
        let (from, number) = (offset.get() as usize, ACCOUNTS as usize);
        markup::html(page, |html, setting| {
            for of in summary.accounts.iter().skip(from).take(number) {
                html.open("section", &[("class", "of-account"), ("data-account", &of.account)]);
                if total > 1 {
                    let numbers = [
                        (t.resolved)(of.summary.of(Outcome::Resolved)),
                        (t.new)(of.summary.of(Outcome::New)),
                        (t.unchanged)(of.summary.of(Outcome::Unchanged)),
                    ];
                    html.open("h3", &[]);
                    html.text(&account(&of.account));
                    html.text(" ");
                    html.leaf("span", &[("class", "hint")], &numbers.join(" · "));
                    html.close();
                }
                html.open("dl", &[("class", "compared")]);
                compared(html, of, setting);
                html.close();
                if total == 1 {
                    trend(html, &of.trend, setting);
                }
                html.close();
            }
        })
    };
    view! {
        <div class="of-accounts" inner_html=html></div>
        {turner(page, offset, ACCOUNTS, Signal::stored(total))}
    }
    .into_any()
}

/// Turns pages, where there is more than one.
fn turner(page: Page, offset: RwSignal<u32>, limit: u32, matching: Signal<u64>) -> impl IntoView {
    let t = &page.text().page;
    view! {
        <Show when=move || { matching.get() > limit.into() }>
            <p class="pager">
                <button type="button" disabled=move || offset.get() == 0
                    on:click=move |_| offset.update(|offset| *offset = offset.saturating_sub(limit))>{t.previous}</button>
                <span>{move || {
                    let from = u64::from(offset.get());
                    (t.range)(from + 1, (from + u64::from(limit)).min(matching.get()), matching.get())
                }}</span>
                <button type="button" disabled=move || { u64::from(offset.get() + limit) >= matching.get() }
                    on:click=move |_| offset.update(|offset| *offset += limit)>{t.next}</button>
            </p>
        </Show>
    }
}

/// What of a group the filters leave.
fn question(of: Group, query: &Query) -> Option<ChangeQuery> {
    let asked = ChangeQuery { outcomes: Vec::new(), causes: Vec::new(), ..query.about_changes() };
    let by_finding = !query.changes.is_empty() || !query.causes.is_empty() || query.asks_by_finding();
    match of {
        Group::Findings(outcome, cause) => {
            let causes = match cause {
                Some(cause) if query.causes.is_empty() || query.causes.contains(&cause) => vec![cause],
                Some(_) => return None,
                None => query.causes.clone(),
            };
            let is_asked = query.changes.is_empty() || query.changes.contains(&outcome);
            is_asked.then(|| ChangeQuery { outcomes: vec![outcome], causes, ..asked })
        }
        Group::Users(_) if by_finding => None,
        Group::Users(change) => Some(ChangeQuery { users: vec![change], ..asked }),
    }
}

fn group(page: Page, of: Group, query: &Query) -> impl IntoView + use<> {
    let text = page.text();
    let t = text.changes;
    let question = question(of, query);
    let offset = RwSignal::new(0_u32);
    let shown = RwSignal::new((0_u64, String::new()));
    let matching = Signal::derive(move || shown.with(|(matching, _)| *matching));
    let limit = if of == Group::Users(ChangeKind::Deleted) { CARDS } else { SHOWN };
    Effect::new(move |_| {
        let Some(question) = question.clone() else { return };
        let question = ChangeQuery { offset: offset.get(), limit, ..question };
        spawn_local(async move {
            if let Some(page_of_it) = ask(page, of, question).await {
                shown.try_set(page_of_it);
            }
        });
    });
    let (name, title, hint) = match of {
        Group::Findings(outcome, None) => (
            outcome.name(),
            text.outcome(outcome).to_owned(),
            match outcome {
                Outcome::Cleared => Some(t.cleared_text),
                Outcome::NotJudged => Some(t.not_judged_text),
                Outcome::New | Outcome::Unchanged | Outcome::Resolved => None,
            },
        ),
        Group::Findings(outcome, Some(cause)) => {
            (cause.name(), format!("{}: {}", text.outcome(outcome), text.cause(cause)), None)
        }
        Group::Users(change) => (change.name(), format!("{}: {}", t.users, text.user_change(change)), None),
    };
    let is_there = Memo::new(move |_| matching.get() > 0);
    let when = interval(page, of);
    view! {
        <Show when=move || is_there.get()>
            <section class="group" data-group=name>
                <h2>{title.clone()}" "<span class="number">{move || text.number(matching.get())}</span>{when.clone().map(|when| view! { " "<span class="when">{when}</span> })}</h2>
                {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
                <ul class="changes" inner_html=move || shown.with(|(_, html)| html.clone())></ul>
                {turner(page, offset, limit, matching)}
            </section>
        </Show>
    }
}

/// Between which days what a group tells of happened; where these differ by account each line says it.
fn interval(page: Page, of: Group) -> Option<String> {
    let is_event = match of {
        Group::Findings(outcome, cause) => outcome != Outcome::NotJudged && cause != Some(Cause::NewlyJudged),
        Group::Users(_) => true,
    };
    let summary = page.comparison.get_untracked().filter(|_| is_event)?;
    summary.accounts.first().filter(|_| is_same_interval(&summary)).map(|first| between(page, first))
}

/// Whether the reports of all accounts are of the same days.
fn is_same_interval(summary: &ComparisonSummary) -> bool {
    let days = |of: &AccountChanges| (of.earlier.as_of.date(), of.current.as_of.date());
    let mut all = summary.accounts.iter().map(days);
    let first = all.next();
    all.all(|other| Some(other) == first)
}

fn between(page: Page, account: &AccountChanges) -> String {
    let day = |time| moment::day(page.language.get_untracked(), time);
    (page.text().changes.between)(&day(account.earlier.as_of), &day(account.current.as_of))
}

/// How many a question matches, and the page of it as HTML.
async fn ask(page: Page, of: Group, question: ChangeQuery) -> Option<(u64, String)> {
    let summary = page.comparison.get_untracked();
    let of_several = summary.as_ref().filter(|summary| !is_same_interval(summary));
    let is_event = of != Group::Findings(Outcome::NotJudged, None);
    let when = |account: &str| {
        let accounts = &of_several.filter(|_| is_event)?.accounts;
        accounts.iter().find(|other| other.account == account).map(|of| between(page, of))
    };
    match of {
        Group::Findings(..) => {
            let found = changes::of_findings(page, question).await?;
            let html = markup::html(page, |html, setting| {
                let mut column = None;
                for change in &found.changes {
                    // What stands in the way of many is named once.
                    if change.column != column {
                        column = change.column;
                        let name = column.map(Column::name).unwrap_or_default();
                        html.open("li", &[("class", "column")]);
                        html.leaf("code", &[], name);
                        html.close();
                    }
                    finding_change(html, change, when(&change.account).as_deref(), setting);
                }
            });
            Some((found.matching, html))
        }
        Group::Users(kind) => {
            let is_deleted = kind == ChangeKind::Deleted;
            let (found, cards) = changes::of_users(page, question, is_deleted).await?;
            let t = page.text().changes;
            let html = markup::html(page, |html, setting| {
                for change in &found.changes {
                    user_change(html, change, when(&change.account).as_deref(), setting);
                    if let Some(of_user) = cards.iter().find(|card| card.row == change.row) {
                        html.open("li", &[("class", "deleted")]);
                        html.leaf("p", &[("class", "deleted-mark")], t.deleted_user);
                        opened_card(html, of_user, setting);
                        html.close();
                    }
                }
            });
            if is_deleted {
                page.earlier_cards.set_value(cards);
            }
            Some((found.matching, html))
        }
    }
}
