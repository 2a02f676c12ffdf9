//! A row for each account: sorted by any column, a page at a time.

use credential_report_viewer::accounts::AccountSort;
use credential_report_viewer::markup::{Markup, account_details, account_row};
use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;

use super::pager::turner;
use super::parts::{fixed, heading, place};
use crate::app::effect::effect;
use crate::app::element::by_id;
use crate::app::markup::{self, part};
use crate::app::page_state::Page;
use crate::app::shown_accounts;

pub(super) fn accounts(page: Page) -> AnyView {
    let t = &page.text().page;
    effect(move || {
        page.overview.track();
        page.comparison.track();
        shown_accounts::refresh(page, page.view.with(ViewState::account_query));
    });
    effect(move || {
        page.printing.track();
        let (Some(accounts), Some(list)) = (page.accounts.get(), by_id("account-rows")) else { return };
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
    let range = move || {
        let accounts = page.accounts.get()?;
        Some((accounts.offset, accounts.rows.len() as u32, accounts.matching))
    };
    view! {
        {place("div", &[], part(move || empty(page)))}
        <table class="users accounts" id="facts" aria-label=t.layout_facts>
            {place("thead", &[], part(move || headings(page)))}
            {fixed("tbody", &[("id", "account-rows")], String::new())}
        </table>
        {turner(page, "accounts", range)}
    }
    .into_any()
}

/// That no account matches.
fn empty(page: Page) -> String {
    let text = page.text();
    let Some(accounts) = page.accounts.get().filter(|accounts| accounts.matching == 0) else {
        return String::new();
    };
    let mut html = Markup::default();
    html.open("div", &[("class", "empty"), ("id", "no-account")]);
    html.leaf("h2", &[], text.glance.no_account);
    html.leaf("p", &[], &(text.glance.no_account_text)(accounts.total.into()));
    html.leaf("button", &[("type", "button"), ("data-go", "clear")], text.page.clear_filters);
    html.finish()
}

fn headings(page: Page) -> String {
    let (sort, descending) = page.view.with(|view| (view.accounts.sort, view.accounts.descending));
    let mut html = Markup::default();
    html.open("tr", &[]);
    for by in AccountSort::ALL {
        let class = match by {
            AccountSort::Account | AccountSort::RootMfa => by.name().to_owned(),
            AccountSort::Findings => "counts".to_owned(),
            AccountSort::Users => "number user-count".to_owned(),
            _ => format!("number {}", by.name()),
        };
        let words = page.text().account_sort(by);
        let descending = (sort == by).then_some(descending);
        heading(&mut html, &class, words, ("data-sort", by.name()), descending);
    }
    html.finish()
}
