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
        <table class="users" id="table" aria-label=t.layout_table>
            <thead>
                <tr>
                    {heading(page, SortKey::Severity, t.severity, "severity")}
                    {heading(page, SortKey::Name, t.user, "name")}
                    {heading(page, SortKey::Account, t.account, "of-account")}
                    <th scope="col" class="kind">{t.kind}</th>
                    <th scope="col" class="mfa">"MFA"</th>
                    {heading(page, SortKey::KeyAge, t.oldest_key, "number key-age")}
                    {heading(page, SortKey::PasswordAge, t.password, "number password-age")}
                    {heading(page, SortKey::LastActivity, t.last_used, "number last-use")}
                    <th scope="col" class="counts">{t.findings_heading}</th>
                </tr>
            </thead>
            <tbody node_ref=list></tbody>
        </table>
    }
}

fn heading(page: Page, key: SortKey, name: &'static str, class: &'static str) -> impl IntoView {
    let sorted =
        Memo::new(move |_| page.view.with(|view| (view.query.sort == key).then_some(view.query.descending)));
    view! {
        <th scope="col" class=class aria-sort=move || match sorted.get() { None => "none", Some(true) => "descending", Some(false) => "ascending" }>
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
