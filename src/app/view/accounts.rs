//! A row for each account: sorted by any column, a page at a time.

use credential_report_viewer::accounts::{AccountSort, Accounts};
use credential_report_viewer::markup::{account_details, account_row};
use credential_report_viewer::view_state::ViewState;
use leptos::html::Tbody;
use leptos::prelude::*;

use super::pager::turner;
use crate::app::page_state::Page;
use crate::app::{markup, shown_accounts};

pub(super) fn accounts(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let query = Memo::new(move |_| page.view.with(ViewState::account_query));
    Effect::new(move |_| {
        page.overview.track();
        page.comparison.track();
        shown_accounts::refresh(page, query.get());
    });
    let list = NodeRef::<Tbody>::new();
    Effect::new(move |_| {
        let (Some(list), Some(accounts)) = (list.get(), page.accounts.get()) else { return };
        page.printing.track();
        list.set_inner_html(&markup::html(page, |html, setting| {
            for row in &accounts.rows {
                // Of a single account everything is told at once.
                let is_open = accounts.total == 1;
                account_row(html, row, is_open, setting);
                if is_open {
                    account_details(html, row, setting);
                }
            }
        }));
    });
    let range = Signal::derive(move || {
        let of = |accounts: &Accounts| (accounts.offset, accounts.rows.len() as u32, accounts.matching);
        page.accounts.with(|accounts| accounts.as_deref().map(of).unwrap_or_default())
    });
    view! {
        {empty(page)}
        <table class="users accounts" id="facts" aria-label=t.layout_facts>
            <thead><tr>{AccountSort::ALL.map(|sort| heading(page, sort))}</tr></thead>
            <tbody node_ref=list></tbody>
        </table>
        {turner(page, range, |page, by| page.view.update(|view| view.turn_accounts(by)))}
    }
}

/// That no account matches.
fn empty(page: Page) -> impl IntoView {
    let text = page.text();
    move || {
        let accounts = page.accounts.get().filter(|accounts| accounts.matching == 0)?;
        Some(view! {
            <div class="empty" id="no-account">
                <h2>{text.glance.no_account}</h2>
                <p>{(text.glance.no_account_text)(accounts.total.into())}</p>
                <button type="button" on:click=move |_| page.view.update(ViewState::clear)>{text.page.clear_filters}</button>
            </div>
        })
    }
}

fn heading(page: Page, sort: AccountSort) -> impl IntoView {
    let now = move || page.view.with(|view| (view.accounts.sort, view.accounts.descending));
    let sorted = Memo::new(move |_| (now().0 == sort).then_some(now().1));
    let name = page.text().account_sort(sort);
    let class = match sort {
        AccountSort::Account | AccountSort::RootMfa => sort.name().to_owned(),
        AccountSort::Findings => "counts".to_owned(),
        AccountSort::Users => "number user-count".to_owned(),
        _ => format!("number {}", sort.name()),
    };
    view! {
        <th scope="col" class=class aria-sort=move || match sorted.get() { None => "none", Some(true) => "descending", Some(false) => "ascending" }>
            <button
                type="button"
                class="link"
                data-sort=sort.name()
                on:click=move |_| {
                    let descending = sorted.get_untracked().map_or(sort.descends_at_first(), |descending| !descending);
                    page.view.update(|view| {
                        view.accounts.sort = sort;
                        view.accounts.descending = descending;
                        view.accounts.offset = 0;
                    });
                }
            >{name}<span aria-hidden="true">{move || match sorted.get() { None => "", Some(true) => " ↓", Some(false) => " ↑" }}</span></button>
        </th>
    }
}
