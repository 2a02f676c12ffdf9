//! The layout of changes: what was resolved, what is new and why, what is no longer failing, what can no
//! longer be evaluated, then the users. Only a page of each is ever in the document.

use credential_report_viewer::comparison::{Cause, ChangeKind, ChangeQuery, Outcome};
use credential_report_viewer::markup::{compared, finding_change, opened_card, trend, user_change};
use credential_report_viewer::query::Query;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::page_state::Page;
use crate::app::{changes, markup};

/// How many changes of a group are shown at once, and how many cards of deleted users.
const SHOWN: u32 = 24;
const CARDS: u32 = 6;

/// How many accounts are named at once.
const ACCOUNTS: usize = 24;

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
    let more = summary.accounts.len().saturating_sub(ACCOUNTS) as u64;
    let is_only = summary.accounts.len() == 1;
    let sections = summary.accounts.iter().take(ACCOUNTS).map(|account| {
        let html = markup::html(page, |html, setting| {
            html.open("dl", &[("class", "compared")]);
            compared(html, account, setting);
            html.close();
            if is_only {
                trend(html, &account.trend, setting);
            }
        });
        let numbers = [
            (t.resolved)(account.summary.of(Outcome::Resolved)),
            (t.new)(account.summary.of(Outcome::New)),
            (t.unchanged)(account.summary.of(Outcome::Unchanged)),
        ];
        view! {
            <section class="of-account" data-account=account.account.clone()>
                {(!is_only).then(|| view! {
                    <h3>{super::parts::account(&account.account)}" "<span class="hint">{numbers.join(" · ")}</span></h3>
                })}
                <div inner_html=html></div>
            </section>
        }
    });
    view! {
        {sections.collect_view()}
        {(more > 0).then(|| view! { <p class="hint">{(t.more)(more)}</p> })}
    }
    .into_any()
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
    let shown = RwSignal::new((0_u64, 0_u32, String::new()));
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
    let is_there = Memo::new(move |_| shown.with(|(matching, ..)| *matching > 0));
    view! {
        <Show when=move || is_there.get()>
            <section class="group" data-group=name>
                <h2>{title.clone()}" "<span class="number">{move || text.number(shown.with(|(matching, ..)| *matching))}</span></h2>
                {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
                <ul class="changes" inner_html=move || shown.with(|(_, _, html)| html.clone())></ul>
                <Show when=move || shown.with(|(matching, ..)| *matching > limit.into())>
                    <p class="pager">
                        <button type="button" disabled=move || offset.get() == 0
                            on:click=move |_| offset.update(|offset| *offset = offset.saturating_sub(limit))>{text.page.previous}</button>
                        <span>{move || shown.with(|(matching, offset, _)| (text.page.range)(
                            u64::from(*offset) + 1, (u64::from(*offset) + u64::from(limit)).min(*matching), *matching,
                        ))}</span>
                        <button type="button"
                            disabled=move || shown.with(|(matching, ..)| u64::from(offset.get() + limit) >= *matching)
                            on:click=move |_| offset.update(|offset| *offset += limit)>{text.page.next}</button>
                    </p>
                </Show>
            </section>
        </Show>
    }
}

/// How many a question matches, how many come before the page of it, and the page as HTML.
async fn ask(page: Page, of: Group, question: ChangeQuery) -> Option<(u64, u32, String)> {
    match of {
        Group::Findings(..) => {
            let found = changes::of_findings(page, question).await?;
            let html = markup::html(page, |html, setting| {
                for change in &found.changes {
                    finding_change(html, change, setting);
                }
            });
            Some((found.matching, found.offset, html))
        }
        Group::Users(kind) => {
            let is_deleted = kind == ChangeKind::Deleted;
            let (found, cards) = changes::of_users(page, question, is_deleted).await?;
            let t = page.text().changes;
            let html = markup::html(page, |html, setting| {
                for change in &found.changes {
                    user_change(html, change, setting);
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
            Some((found.matching, found.offset, html))
        }
    }
}
