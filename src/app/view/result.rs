//! The result: at a glance, then user by user, then what it does not tell.

use std::sync::Arc;

use credential_report_viewer::markup::{charts, matrix, problem, sign_off, summary};
use credential_report_viewer::problems::on_page;
use credential_report_viewer::view_state::ResultView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::parts::{fixed, of_filters, place, sometimes};
use super::{
    account_findings, accounts, cards, changes, decisions, notes, owners, pager, problems, since, table,
    toolbar,
};
use crate::app::page_state::Page;
use crate::app::watched::Watched;
use crate::app::{clock, markup};

pub(super) fn result(page: Page) -> AnyView {
    let layout = Memo::new(move |_| page.view.with(|view| view.result_view));
    // What stands below all cards can wait until the first are painted.
    let settled = Arc::new(Watched::new(false));
    let settling = settled.clone();
    spawn_local(async move {
        clock::painted().await;
        settling.set(true);
    });
    let users = move || match layout.get() {
        ResultView::Cards => of_users(page, cards::cards(page)),
        ResultView::Table => of_users(page, table::table(page)),
        ResultView::Problems => problems::problems(page),
        ResultView::UserFlags => accounts::accounts(page),
        ResultView::Changes => changes::layout(page),
        ResultView::Owners => owners::owners(page),
    };
    view! {
        <div id="result">
            <div class="told scroll">{since::since(page)}{decisions::line(page)}</div>
            {place("div", &[("class", "areas")], of_filters(page, charts))}
            {place("details", &[("class", "matrix"), ("id", "matrix")], of_filters(page, matrix))}
            {sometimes(move || page.printing.get().then(|| printed_summary(page)))}
            {toolbar::toolbar(page)}
            {toolbar::finder(page)}
            {sometimes(move || Some(users()))}
            {sometimes(move || (page.printing.get() && layout.get().is_of_users()).then(|| explained(page)))}
            {sometimes(move || settled.get().then(|| notes::notes(page)))}
            {sometimes(move || page.printing.get().then(|| printed_sign_off(page)))}
        </div>
    }
    .into_any()
}

/// Users one by one, below what concerns whole accounts.
fn of_users(page: Page, users: AnyView) -> AnyView {
    view! {
        {account_findings::account_findings(page)}
        {users}
        {pager::pager(page)}
    }
    .into_any()
}

/// What is printed first.
fn printed_summary(page: Page) -> AnyView {
    let html = page.overview.with_untracked(|overview| {
        let checks = overview.as_deref().map_or(&[][..], |overview| &overview.checks);
        markup::html(page, |html, setting| summary(html, checks, setting))
    });
    fixed("section", &[("id", "summary")], html)
}

/// Where two people sign, and what.
fn printed_sign_off(page: Page) -> AnyView {
    let html = markup::part(move || {
        let (overview, is_redacted) = (page.overview.get(), page.redacted.get_untracked());
        markup::html(page, |html, setting| {
            if let Some(overview) = &overview {
                sign_off(html, overview, is_redacted, setting);
            }
        })
    });
    place("section", &[("id", "sign-off")], html)
}

/// Every problem of those who are shown, explained once, in the order of the checks.
fn explained(page: Page) -> AnyView {
    let found = page.cards.with_untracked(|cards| cards.as_deref().map(on_page).unwrap_or_default());
    let html = markup::html(page, |html, setting| {
        html.leaf("h2", &[], setting.text.page.problems_explained);
        html.open("div", &[("class", "explained-list")]);
        for (check, severity) in &found {
            problem(html, *check, *severity, setting.text);
        }
        html.close();
    });
    fixed("section", &[("id", "explained")], html)
}
