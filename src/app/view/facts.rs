//! What the report shows about each account, and what can be guessed from it.

use credential_report_viewer::assessment::{AccountSummary, ExpiryGuess, Kind};
use credential_report_viewer::checks::Severity;
use credential_report_viewer::overview::Overview;
use leptos::prelude::*;

use super::parts::{account, mark};
use crate::app::clock;
use crate::app::page_state::Page;
use credential_report_viewer::view_state::ResultView;

/// How many accounts are drawn; the search finds the others.
const DRAWN: usize = 200;

pub(super) fn facts(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let search = Memo::new(move |_| page.view.with(|view| view.query.search.clone()));
    move || {
        page.overview.get().map(|overview| {
            let accounts = overview.accounts_like(&search.get());
            let more = accounts.len().saturating_sub(DRAWN) as u64;
            view! {
                <div class="facts" id="facts">
                    {accounts.iter().take(DRAWN).map(|item| one(page, &overview, item)).collect_view()}
                </div>
                {(more > 0).then(|| view! { <p class="hint">{(t.and_more)(more)}</p> })}
            }
        })
    }
}

fn one(page: Page, overview: &Overview, item: &AccountSummary) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let language = page.language.get_untracked();
    let digits = item.account.clone();
    let shown = if digits.is_empty() { t.account_unknown.to_owned() } else { account(&digits) };
    let frequent = |list: &[(String, u32)]| {
        let words: Vec<String> =
            list.iter().map(|(name, times)| format!("{name} ({})", text.number((*times).into()))).collect();
        if words.is_empty() { "–".to_owned() } else { words.join(", ") }
    };
    let kinds: Vec<String> = Kind::ALL
        .into_iter()
        .zip(item.kinds)
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{} {}", text.kind(kind), text.number(count.into())))
        .collect();
    let root = match (item.has_root, item.root_mfa) {
        (false, _) => t.root_absent,
        (true, Some(true)) => t.mfa_on,
        (true, Some(false)) => t.mfa_off,
        (true, None) => t.unknown,
    };
    let input = overview.inputs.get(item.input as usize).map(|input| input.name.clone()).unwrap_or_default();
    let expires = match item.password_expiry {
        ExpiryGuess::Unknown => t.unknown.to_owned(),
        ExpiryGuess::NoPasswords => t.no_passwords.to_owned(),
        ExpiryGuess::Never => t.passwords_do_not_expire.to_owned(),
        ExpiryGuess::AfterDays(days) => (t.passwords_expire)(days.into()),
    };
    let row = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <article class="fact" data-account=item.account.clone() data-stop tabindex="-1">
            <header>
                <h3>{shown}</h3>
                <span class="meta">{item.partition.clone()}</span>
            </header>
            <p class="severities">
                {Severity::ALL.into_iter().filter(|s| item.by_severity.of(*s) > 0).map(|severity| view! {
                    <span class=severity.name()>{mark(severity)}{text.severity(severity)}" "<b>{text.number(item.by_severity.of(severity))}</b></span>
                }).collect_view()}
            </p>
            <dl>
                {row(t.users_heading, format!("{} · {}", (t.users)(item.users.into()), (t.users_with_findings)(item.users_with_findings.into())))}
                {row(t.kind_guess, kinds.join(" · "))}
                {row(t.account_created, item.created.map_or_else(|| t.unknown.to_owned(), |time| clock::day(language, time)))}
                {row(t.root_mfa, root.to_owned())}
                {row(t.password_policy_guess, expires)}
                {row(t.services, frequent(&item.services))}
                {row(t.regions, frequent(&item.regions))}
                {row(t.file, input)}
            </dl>
            <button type="button" on:click=move |_| {
                let digits = digits.clone();
                page.view.update(|view| {
                    view.clear();
                    view.query.accounts = vec![digits];
                    view.result_view = ResultView::Cards;
                });
            }>{(t.show_users)(item.users.into())}</button>
        </article>
    }
}
