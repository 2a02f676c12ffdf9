//! A row for each user, for those who scan.

use credential_report_viewer::markup::row;
use credential_report_viewer::query::SortKey;
use leptos::html::Tbody;
use leptos::prelude::*;

use super::cards::draw;
use super::empty::empty;
use crate::app::page_state::Page;

pub(super) fn table(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let list = NodeRef::<Tbody>::new();
    draw(page, move || list.get().map(Into::into), row);
    view! {
        {empty(page)}
        <div class="scroll" tabindex="0" role="region" aria-label=t.layout_table>
            <table class="users" id="table">
                <thead>
                    <tr>
                        {heading(page, SortKey::Severity, t.severity)}
                        {heading(page, SortKey::Name, t.user)}
                        {heading(page, SortKey::Account, t.account)}
                        <th scope="col">{t.kind}</th>
                        <th scope="col">"MFA"</th>
                        {heading(page, SortKey::KeyAge, t.oldest_key)}
                        {heading(page, SortKey::PasswordAge, t.password)}
                        {heading(page, SortKey::LastActivity, t.last_used)}
                        <th scope="col">{t.findings_heading}</th>
                    </tr>
                </thead>
                <tbody node_ref=list></tbody>
            </table>
        </div>
    }
}

fn heading(page: Page, key: SortKey, name: &'static str) -> impl IntoView {
    let sorted =
        Memo::new(move |_| page.view.with(|view| (view.query.sort == key).then_some(view.query.descending)));
    view! {
        <th scope="col" aria-sort=move || match sorted.get() { None => "none", Some(true) => "descending", Some(false) => "ascending" }>
            <button
                type="button"
                class="link"
                on:click=move |_| {
                    let descending = sorted.get_untracked().map_or(key.descends_at_first(), |descending| !descending);
                    page.ask(|query| {
                        query.sort = key;
                        query.descending = descending;
                    });
                }
            >{name}<span aria-hidden="true">{move || match sorted.get() { None => "", Some(true) => " ↓", Some(false) => " ↑" }}</span></button>
        </th>
    }
}
