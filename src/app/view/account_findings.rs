//! What concerns whole accounts, above what concerns users: a line for each check.

use credential_report_viewer::finding::Finding;
use credential_report_viewer::markup::finding;
use credential_report_viewer::query::{AboutAccounts, Cards};
use credential_report_viewer::view_state::ResultView;
use leptos::prelude::*;

use super::parts::{account, mark, rich};
use crate::app::markup;
use crate::app::page_state::Page;

pub(super) fn account_findings(page: Page) -> impl IntoView {
    let t = &page.text().page;
    move || {
        let cards = page.cards.get().filter(|cards| cards.offset == 0 && !cards.about_accounts.is_empty())?;
        page.printing.track();
        let line = |about: &AboutAccounts| {
            let mut of_check = cards.account_findings.iter().filter(|finding| finding.check == about.check);
            match (about.failed, of_check.next()) {
                (1, Some(item)) => one(page, item).into_any(),
                _ => many(page, *about, &cards).into_any(),
            }
        };
        Some(view! {
            <section class="account-findings" aria-label=t.about_accounts>
                {cards.about_accounts.iter().map(line).collect_view()}
            </section>
        })
    }
}

fn one(page: Page, item: &Finding) -> impl IntoView + use<> {
    let digits = item.account.as_deref().unwrap_or_default();
    view! {
        <div class="about">
            <span class="account">{account(digits)}</span>
            <div inner_html=markup::html(page, |html, setting| finding(html, item, None, setting))></div>
        </div>
    }
}

/// A check that many accounts fail: in one line with their number.
fn many(page: Page, about: AboutAccounts, cards: &Cards) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let check = text.check(about.check);
    let named: Vec<String> = cards
        .account_findings
        .iter()
        .filter(|finding| finding.check == about.check)
        .filter_map(|finding| finding.account.as_deref().map(account))
        .collect();
    let more = about.failed.saturating_sub(named.len() as u64);
    view! {
        <details class=format!("about many {}", about.severity.name()) data-check=about.check.name() open=page.printing.get_untracked()>
            <summary>
                {mark(about.severity)}
                <span class="visually-hidden">{text.severity(about.severity)}": "</span>
                <b>{check.title}</b>": "{(text.glance.of_accounts)(about.failed, about.of.into())}
            </summary>
            <div class="inside">
                <p>{rich(check.why)}</p>
                <ol class="fix">{check.steps().map(|step| view! { <li>{rich(step)}</li> }).collect_view()}</ol>
                <ul class="concerned">
                    {named.into_iter().map(|digits| view! { <li class="account">{digits}</li> }).collect_view()}
                    {(more > 0).then(|| view! { <li>{(t.and_more)(more)}</li> })}
                </ul>
                <button type="button" on:click=move |_| page.view.update(|view| view.result_view = ResultView::UserFlags)>
                    {t.accounts}
                </button>
            </div>
        </details>
    }
}
