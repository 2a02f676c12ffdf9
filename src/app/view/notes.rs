//! What the result does not show: not evaluated, warnings, not in the report; and the files read.

use credential_report_viewer::markup::notes as write;
use leptos::prelude::*;

use super::parts::place;
use crate::app::markup;
use crate::app::page_state::Page;

pub(super) fn notes(page: Page) -> AnyView {
    let html = markup::part(move || {
        let at = page.notes.get();
        page.printing.track();
        let Some(overview) = page.overview.get() else { return String::new() };
        let is_redacted = page.redacted.get();
        page.left_aside.with(|aside| {
            // No aliases stand for the names of these.
            let aside = if is_redacted { &[] } else { aside.as_slice() };
            markup::html(page, |html, setting| write(html, &overview, aside, at, setting))
        })
    });
    place("section", &[("class", "notes"), ("aria-label", page.text().page.notes)], html)
}
