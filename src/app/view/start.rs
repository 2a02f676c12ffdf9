//! The first screen: what this is, the ways in, how to get a report, and what becomes of it.

use credential_report_viewer::session::Mode;
use leptos::prelude::*;

use super::how_to;
use super::masthead::browse;
use crate::app::intake;
use crate::app::page_state::Page;
use crate::app::panel::Panel;

pub(super) fn start(page: Page) -> impl IntoView {
    let t = &page.text().page;
    view! {
        <div class="start" id="first-screen">
            <div class="opening">
                <p class="lead">{t.lead}</p>
                <p class="privacy">
                    {shield()}
                    <span>{t.privacy_line}" "
                    <button type="button" class="link" id="privacy-button" on:click=move |_| page.panel.set(Some(Panel::Privacy))>
                        {t.check_yourself}
                    </button></span>
                </p>
                <section class="drop" id="drop" aria-labelledby="drop-title">
                    <h2 id="drop-title">{t.drop_title}</h2>
                    <p>{t.drop_hint}</p>
                    <div class="ways">
                        {browse(page, "browse", Mode::Replace, t.browse, "button primary")}
                        {choose_folder(page, t.choose_folder)}
                        <button type="button" id="sample" on:click=move |_| intake::sample_chosen(page)>{t.sample}</button>
                        <button type="button" id="paste" on:click=move |_| page.panel.set(Some(Panel::Paste))>{t.paste}</button>
                    </div>
                    <p class="hint">{t.sample_hint}</p>
                </section>
                <ul class="questions">
                    {[
                        (t.question_rotation, t.question_rotation_text),
                        (t.question_mfa, t.question_mfa_text),
                        (t.question_last_use, t.question_last_use_text),
                    ].map(|(question, says)| view! { <li><h3>{question}</h3><p>{says}</p></li> })}
                </ul>
            </div>
            <section class="how-to" aria-labelledby="how-to-title">
                <h2 id="how-to-title">{t.how_to_title}</h2>
                {how_to::content(page)}
            </section>
        </div>
    }
}

/// A file input for a whole folder, with its label for a button.
fn choose_folder(page: Page, label: &'static str) -> impl IntoView {
    view! {
        <span class="browse">
            <input type="file" multiple prop:webkitdirectory=true id="choose-folder" class="visually-hidden"
                on:change=move |event| intake::chosen(page, &event, Mode::Replace)/>
            <label for="choose-folder" class="button">{label}</label>
        </span>
    }
}

fn shield() -> impl IntoView {
    view! {
        <svg class="shield" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d="M8 1 14 3v4.6C14 11.2 11.6 14 8 15.2 4.4 14 2 11.2 2 7.6V3Z" fill="none" stroke="currentColor" stroke-width="1.4"/>
            <path d="m5.2 8 2 2 3.6-4" fill="none" stroke="currentColor" stroke-width="1.4"/>
        </svg>
    }
}
