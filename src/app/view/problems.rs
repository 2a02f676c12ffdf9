//! By problem: each check, how it went, and all whom it concerns.

use credential_report_viewer::markup::problems as write;
use leptos::prelude::*;

use super::empty;
use super::parts::place;
use crate::app::effect::effect;
use crate::app::page_state::Page;
use crate::app::{markup, problem};

pub(super) fn problems(page: Page) -> AnyView {
    effect(move || {
        page.view.track();
        problem::refresh(page, false);
    });
    effect(move || {
        page.overview.track();
        problem::refresh(page, true);
    });
    let html = markup::part(move || {
        let Some(overview) = page.overview.get() else { return String::new() };
        let filter = page.view.with(|view| view.query.by_finding());
        markup::html(page, |html, setting| write(html, &overview, &filter, setting))
    });
    view! {
        {empty::empty(page)}
        {place("div", &[("id", "problems")], html)}
    }
    .into_any()
}
