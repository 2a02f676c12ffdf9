//! The result: at a glance, then user by user, then what it does not tell.

use credential_report_viewer::markup::{charts, matrix, problem, summary};
use credential_report_viewer::problems::on_page;
use credential_report_viewer::view_state::ResultView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::parts::of_filters;
use super::{
    account_findings, accounts, cards, changes, decisions, notes, pager, problems, since, table, toolbar,
};
use crate::app::page_state::Page;
use crate::app::{clock, markup};

pub(super) fn result(page: Page) -> impl IntoView {
    let layout = Memo::new(move |_| page.view.with(|view| view.result_view));
    // What stands below all cards can wait until the first are painted.
    let settled = RwSignal::new(false);
    spawn_local(async move {
        clock::painted().await;
        settled.try_set(true);
    });
    view! {
        <div id="result">
            {since::since(page)}
            {decisions::line(page)}
            <div class="areas" inner_html=of_filters(page, charts)></div>
            <details class="matrix" id="matrix" inner_html=of_filters(page, matrix)></details>
            {move || page.printing.get().then(|| printed_summary(page))}
            {toolbar::toolbar(page)}
            {toolbar::finder(page)}
            {move || match layout.get() {
                ResultView::Cards => view! {
                    {account_findings::account_findings(page)}
                    {cards::cards(page)}
                    {pager::pager(page)}
                }.into_any(),
                ResultView::Table => view! {
                    {account_findings::account_findings(page)}
                    {table::table(page)}
                    {pager::pager(page)}
                }.into_any(),
                ResultView::Problems => problems::problems(page).into_any(),
                ResultView::UserFlags => accounts::accounts(page).into_any(),
                ResultView::Changes => changes::layout(page).into_any(),
            }}
            {move || (page.printing.get() && layout.get().is_of_users()).then(|| explained(page))}
            {move || settled.get().then(|| notes::notes(page))}
        </div>
    }
}

/// What is printed first.
fn printed_summary(page: Page) -> impl IntoView {
    let html = page.overview.with_untracked(|overview| {
        let checks = overview.as_deref().map_or(&[][..], |overview| &overview.checks);
        markup::html(page, |html, setting| summary(html, checks, setting))
    });
    view! { <section id="summary" inner_html=html></section> }
}

/// Every problem of those who are shown, explained once, in the order of the checks.
fn explained(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let found = page.cards.with_untracked(|cards| cards.as_deref().map(on_page).unwrap_or_default());
    let html = markup::html(page, |html, setting| {
        for (check, severity) in &found {
            problem(html, *check, *severity, setting.text);
        }
    });
    view! {
        <section id="explained">
            <h2>{t.problems_explained}</h2>
            <div class="explained-list" inner_html=html></div>
        </section>
    }
}
