//! The result: at a glance, then user by user, then what it does not tell.

use credential_report_viewer::markup::problem;
use credential_report_viewer::problems::on_page;
use credential_report_viewer::view_state::Layout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{
    account_findings, cards, charts, facts, filters, matrix, notes, pager, problems, table, toolbar,
};
use crate::app::page_state::Page;
use crate::app::panel::Panel;
use crate::app::{clock, markup};

/// AWS makes a new report at most every four hours.
const OLD: i64 = 4 * 3600;

pub(super) fn result(page: Page) -> impl IntoView {
    let layout = Memo::new(move |_| page.view.with(|view| view.layout));
    // What stands below all cards can wait until the first are painted.
    let settled = RwSignal::new(false);
    spawn_local(async move {
        clock::painted().await;
        settled.try_set(true);
    });
    view! {
        <div id="result">
            {move || page.overview.get().map(|overview| view! {
                {old(page, clock::seconds_since(overview.as_of))}
                {charts::charts(page, &overview)}
                {matrix::matrix(page, &overview)}
            })}
            {toolbar::toolbar(page)}
            {filters::count(page)}
            {move || match layout.get() {
                Layout::Cards => view! {
                    {account_findings::account_findings(page)}
                    {cards::cards(page)}
                    {pager::pager(page)}
                }.into_any(),
                Layout::Table => view! {
                    {account_findings::account_findings(page)}
                    {table::table(page)}
                    {pager::pager(page)}
                }.into_any(),
                Layout::Problems => problems::problems(page).into_any(),
                Layout::Facts => facts::facts(page).into_any(),
            }}
            {move || (page.printing.get() && is_of_users(layout.get())).then(|| explained(page))}
            {move || settled.get().then(|| page.overview.get().map(|overview| notes::notes(page, &overview)))}
        </div>
    }
}

/// Whether the findings of each user are shown, which on paper are explained together.
fn is_of_users(layout: Layout) -> bool {
    matches!(layout, Layout::Cards | Layout::Table)
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

fn old(page: Page, age: i64) -> impl IntoView {
    let t = &page.text().page;
    (age >= OLD).then(|| {
        view! {
            <p id="old" class="banner">
                {(t.old_report)(age as u64)}" "
                <button type="button" class="link" on:click=move |_| page.panel.set(Some(Panel::HowTo))>{t.how_to_new}</button>
            </p>
        }
    })
}
