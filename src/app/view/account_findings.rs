//! What concerns whole accounts, above what concerns users: a line for each check.

use credential_report_viewer::markup::about_accounts;
use credential_report_viewer::query::Cards;
use leptos::prelude::*;

use crate::app::markup;
use crate::app::page_state::Page;

pub(super) fn account_findings(page: Page) -> impl IntoView {
    let is_told = |cards: &Cards| cards.offset == 0 && !cards.about_accounts.is_empty();
    let any = Memo::new(move |_| page.cards.with(|cards| cards.as_deref().is_some_and(is_told)));
    let html = move || {
        page.printing.track();
        page.cards.with(|cards| {
            let Some(cards) = cards.as_deref() else { return String::new() };
            markup::html(page, |html, setting| about_accounts(html, cards, setting))
        })
    };
    move || {
        any.get().then(|| view! {
            <section class="account-findings" aria-label=page.text().page.about_accounts inner_html=markup::part(html)></section>
        })
    }
}
