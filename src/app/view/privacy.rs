//! How to see for yourself that nothing is sent, and what a policy cannot promise.

use credential_report_viewer::markup::privacy;
use leptos::prelude::*;

use super::dialog::told;
use crate::app::markup;
use crate::app::page_state::Page;

/// The policy in effect, one directive a line; it is the first thing in the page's head.
fn policy() -> String {
    document()
        .query_selector("meta[http-equiv=Content-Security-Policy]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
        .split(';')
        .map(str::trim)
        .filter(|directive| !directive.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn dialog(page: Page) -> AnyView {
    let policy = policy();
    let html = markup::html(page, |html, setting| privacy(html, &policy, setting));
    told(page, "privacy", page.text().page.check_yourself, html)
}
