//! By problem: each check, how it went, and all whom it concerns.

use credential_report_viewer::markup::problems as write;
use leptos::prelude::*;

use super::empty;
use crate::app::page_state::Page;
use crate::app::{markup, problem};

pub(super) fn problems(page: Page) -> impl IntoView {
    let filter = Memo::new(move |_| page.view.with(|view| view.query.by_finding()));
    Effect::new(move |_| {
        page.view.track();
        problem::refresh(page, false);
    });
    Effect::new(move |_| {
        page.overview.track();
        problem::refresh(page, true);
    });
    let html = markup::part(move || {
        page.overview.with(|overview| {
            let Some(overview) = overview.as_deref() else { return String::new() };
            filter.with(|filter| markup::html(page, |html, setting| write(html, overview, filter, setting)))
        })
    });
    view! {
        {empty::empty(page)}
        <div id="problems" inner_html=html></div>
    }
}
