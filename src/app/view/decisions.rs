//! Decisions: a line on how they stand, the list of all, and the question before those that are not saved
//! are forgotten.

use credential_report_viewer::markup::{listed_decision, review_line};
use credential_report_viewer::review::State;
use credential_report_viewer::session::{Reply, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dialog::modal;
use crate::app::page_state::Page;
use crate::app::{decisions, markup};

/// How the decisions stand.
pub(super) fn line(page: Page) -> impl IntoView {
    let html = move || {
        page.overview.get().map(|overview| {
            let (review, users) = (&overview.review, overview.users);
            markup::html(page, |html, setting| review_line(html, review, users, setting))
        })
    };
    view! { <div class="since" id="review" inner_html=html></div> }
}

/// The list of all.
pub(super) fn dialog(page: Page) -> impl IntoView {
    let text = page.text();
    let t = text.decide;
    let shown = RwSignal::new((0_u32, 0_u32, None::<String>));
    Effect::new(move |_| {
        // Whatever was decided changes the list.
        page.overview.track();
        let query = page.listed.get();
        spawn_local(async move {
            let Ok(Reply::Decisions(listed)) = page.link().ask(&Request::Decisions(query)).reply().await
            else {
                return;
            };
            let html = markup::html(page, |html, setting| {
                for decision in &listed.decisions {
                    listed_decision(html, decision, setting);
                }
            });
            let _ = shown.try_set((listed.matching, listed.offset, Some(html)));
            page.decisions.set_value(listed.decisions);
        });
    });
    let turn = move |by: i64| {
        page.listed.update(|query| {
            let offset = i64::from(query.offset) + by * i64::from(decisions::LISTED);
            query.offset = u32::try_from(offset).unwrap_or_default();
        });
    };
    let state = page.listed.with_untracked(|query| match query.states.first() {
        Some(state) => state.name(),
        None if query.grave => "grave",
        None => "",
    });
    let options = [("", t.all), ("grave", t.is_grave)].into_iter();
    let options = options.chain(State::ALL.map(|state| (state.name(), text.decision_state(state))));
    let content = view! {
        <p class="hint">{t.list_text}</p>
        <p class="field">
            <label for="decisions-state">{t.state}</label>
            <select id="decisions-state" on:change=move |event| decisions::list(page, &event_target_value(&event))>
                {options.map(|(name, words)| view! { <option value=name selected=name == state>{words}</option> }).collect_view()}
            </select>
            <button type="button" class="save-decisions">{t.save_file}</button>
        </p>
        <p class="hint" hidden=move || shown.with(|(matching, _, html)| *matching > 0 || html.is_none())>{t.nothing}</p>
        <ul class="decisions" id="decisions" inner_html=move || shown.with(|(_, _, html)| html.clone())></ul>
        <nav class="pager" aria-label=text.page.pages hidden=move || shown.with(|(matching, _, _)| *matching <= decisions::LISTED)>
            <button type="button" disabled=move || shown.with(|(_, offset, _)| *offset == 0) on:click=move |_| turn(-1)>{text.page.previous}</button>
            <button type="button"
                disabled=move || shown.with(|(matching, offset, _)| offset + decisions::LISTED >= *matching)
                on:click=move |_| turn(1)>{text.page.next}</button>
        </nav>
    };
    modal(page, "decisions-dialog", t.list, true, content.into_any())
}

/// The question before decisions that are in no file are forgotten.
pub(super) fn leave(page: Page) -> impl IntoView {
    let t = page.text().decide;
    let content = view! {
        <p>{(t.leave_text)(page.not_saved().into())}</p>
        <div class="buttons">
            <button type="button" class="primary save-decisions" on:click=move |_| page.panel.set(None)>{t.save_file}</button>
            <button type="button" id="leave" on:click=move |_| page.close()>{t.leave}</button>
        </div>
    };
    modal(page, "leave-dialog", t.leave_title, false, content.into_any())
}
