//! A row for each user, for those who scan.

use credential_report_viewer::card::{Card, State};
use credential_report_viewer::query::SortKey;
use leptos::prelude::*;

use super::parts::{account, mark, state_mark};
use super::rows::{nothing, shown};
use crate::app::state::Page;

pub(super) fn table(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    view! {
        {nothing(page)}
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
                <tbody>
                    <For each=move || shown(page) key=|(epoch, card)| (*epoch, card.row) let:item>
                        {row(page, &item.1)}
                    </For>
                </tbody>
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

fn row(page: Page, card: &Card) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let class = card.worst.map_or("fine", |worst| worst.name());
    let severity = match card.worst {
        Some(worst) => view! { {mark(worst)}{text.severity(worst)} }.into_any(),
        None => view! { {state_mark(State::Fine)}{t.no_findings} }.into_any(),
    };
    let active = || card.access_keys.iter().filter(|key| key.active.value == Some(true));
    let key_age = active().filter_map(|key| key.created.age_days).max();
    let used = card
        .password_last_used
        .age_days
        .into_iter()
        .chain(card.access_keys.iter().filter_map(|key| key.last_used.age_days))
        .min();
    let password = card.password_last_changed.age_days.filter(|_| card.password_enabled.value == Some(true));
    let dash = || "–".to_owned();
    let name = card.user.clone();
    view! {
        <tr class=class tabindex="-1" data-stop data-user=card.user.clone() data-severity=class>
            <td class="severity">{severity}</td>
            <th scope="row">
                <button type="button" class="link" title=t.show_card on:click=move |_| page.view.update(|view| {
                    view.layout = credential_report_viewer::view_state::Layout::Cards;
                    view.query.search.clone_from(&name);
                    view.query.offset = 0;
                })>{card.user.clone()}</button>
            </th>
            <td>{card.account.as_deref().map(account)}</td>
            <td>{text.kind(card.kind)}</td>
            <td>{state_mark(card.mfa)}{match card.mfa_active.value { Some(true) => t.mfa_on, Some(false) => t.mfa_off, None => t.unknown }}</td>
            <td class="number">{key_age.map_or_else(dash, |age| text.days(age))}</td>
            <td class="number">{password.map_or_else(dash, |age| text.days(age))}</td>
            <td class="number">{used.map_or_else(dash, |age| text.ago(age))}</td>
            <td class="titles">{card.findings.iter().map(|f| text.check(f.check).title).collect::<Vec<_>>().join(" · ")}</td>
        </tr>
    }
}
