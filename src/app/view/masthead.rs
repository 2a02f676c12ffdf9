//! The name of the page, what is in effect, and what can be done.

use credential_report_viewer::markup::{Markup, Setting, actions, origin, preferences, source};
use credential_report_viewer::overview::Overview;
use leptos::prelude::*;

use super::parts::{fixed, of_overview, place, sometimes};
use crate::app::effect::effect;
use crate::app::page_state::Page;
use crate::app::{clock, element, markup};

pub(super) fn masthead(page: Page, has_result: Memo<bool>) -> AnyView {
    let t = &page.text().page;
    let theme = page.theme.get_untracked().name();
    let preferences = markup::html(page, |html, setting| preferences(html, theme, setting));
    effect(move || element::set("export", "disabled", page.exporting.get()));
    let named = move || place("p", &[("id", "source")], of_overview(page, source));
    let of_result = move || {
        view! {
            {place("p", &[("class", "from")], of_overview(page, from))}
            {place("div", &[("class", "actions")], of_overview(page, actions))}
        }
        .into_any()
    };
    view! {
        <header class="masthead">
            <h1>{t.name}</h1>
            {sometimes(move || has_result.get().then(named))}
            {fixed("div", &[("class", "preferences")], preferences)}
            {sometimes(move || has_result.get().then(of_result))}
        </header>
    }
    .into_any()
}

fn from(markup: &mut Markup, overview: &Overview, setting: &Setting<'_>) {
    origin(markup, overview, clock::seconds_since(overview.as_of), setting);
}
