//! The moment that every age is measured to, where it comes from, and another one.

use credential_report_viewer::report::{AsOfSource, Timestamp};
use leptos::html::Input;
use leptos::prelude::*;

use super::dialog::modal;
use crate::app::page_state::Page;
use crate::app::{clock, evaluation, moment};

pub(super) fn dialog(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let language = page.language.get_untracked();
    let now = page.overview.get_untracked();
    let field = NodeRef::<Input>::new();
    let refused = RwSignal::new(None::<&'static str>);
    let set = move |_| {
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        match Timestamp::parse(&typed) {
            Ok(time) => {
                evaluation::set_as_of(page, Some(time));
                page.panel.set(None);
            }
            Err(_) => refused.set(Some(t.as_of_refused)),
        }
    };
    let chosen = now.as_ref().is_some_and(|overview| overview.as_of_source == AsOfSource::Chosen);
    let content = view! {
        <p>{t.as_of_text}</p>
        {now.as_ref().map(|overview| view! {
            <p><b>{moment::to_the_minute(language, overview.as_of)}</b>" · "{text.as_of_source(overview.as_of_source)}</p>
        })}
        <p class="field">
            <label for="as-of-time">{t.as_of_label}</label>
            <input
                id="as-of-time"
                node_ref=field
                type="datetime-local"
                step="1"
                value=now.as_ref().map(|overview| moment::for_input(overview.as_of))
                aria-describedby="as-of-refused"
            />
        </p>
        <p class="refused" id="as-of-refused" role="alert">{move || refused.get()}</p>
        <div class="buttons">
            <button type="button" class="primary" id="as-of-set" on:click=set>{t.as_of_set}</button>
            <button type="button" id="as-of-now" on:click=move |_| {
                evaluation::set_as_of(page, Some(clock::now()));
                page.panel.set(None);
            }>{t.as_of_now}</button>
            <button type="button" id="as-of-reset" disabled=!chosen on:click=move |_| {
                evaluation::set_as_of(page, None);
                page.panel.set(None);
            }>{t.as_of_reset}</button>
        </div>
        <h3>{t.as_of_order}</h3>
        <ol>
            {[AsOfSource::Chosen, AsOfSource::GeneratedTime, AsOfSource::FileName, AsOfSource::LastModified, AsOfSource::NewestEvent]
                .map(|source| view! { <li>{text.as_of_source(source)}</li> })}
        </ol>
    };
    modal(page, "as-of-dialog", t.as_of_title, false, content.into_any())
}
