//! The name of the page, what is in effect, and what can be done.

use credential_report_viewer::markup::{Markup, Setting, actions, origin, preferences, source};
use credential_report_viewer::overview::Overview;
use leptos::prelude::*;

use super::parts::of_overview;
use crate::app::page_state::Page;
use crate::app::{clock, focus, markup};

pub(super) fn masthead(page: Page, has_result: Memo<bool>) -> impl IntoView {
    let t = &page.text().page;
    let theme = page.theme.get_untracked().name();
    Effect::new(move |_| {
        let is_exporting = page.exporting.get();
        if let Some(button) = focus::find("#export") {
            let _ = button.toggle_attribute_with_force("disabled", is_exporting);
        }
    });
    view! {
        <header class="masthead">
            <h1>{t.name}</h1>
            {move || has_result.get().then(|| view! { <p id="source" inner_html=of_overview(page, source)></p> })}
            <div class="preferences" inner_html=markup::html(page, |html, setting| preferences(html, theme, setting))></div>
            {move || has_result.get().then(|| view! {
                <p class="from" inner_html=of_overview(page, from)></p>
                <div class="actions" inner_html=of_overview(page, actions)></div>
            })}
        </header>
    }
}

fn from(markup: &mut Markup, overview: &Overview, setting: &Setting<'_>) {
    origin(markup, overview, clock::seconds_since(overview.as_of), setting);
}
