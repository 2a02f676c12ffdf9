//! The print of the page: every matching user, with everything open.

use std::sync::Arc;

use credential_report_viewer::comparison::ComparisonSummary;
use credential_report_viewer::export::{ExportRequest, RedactionKey};
use credential_report_viewer::markup::letters as letters_on_paper;
use credential_report_viewer::session::{Reply, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::effect::effect;
use crate::app::failure::Failure;
use crate::app::markup::{self, elements};
use crate::app::page_state::Page;
use crate::app::{clock, digest, export, problem, shown_cards};

/// How many users are printed at the most: beyond that nobody reads them, and browsers give up.
pub(crate) const MAX_USERS: u32 = 1000;

/// Opens everything while the browser prints, whoever asked it to.
pub(crate) fn listen(page: Page) {
    let before = window_event_listener_untyped("beforeprint", move |_| page.printing.set(true));
    let after = window_event_listener_untyped("afterprint", move |_| page.printing.set(false));
    effect(move || {
        if page.printing.get() {
            unfold(page);
        } else {
            fold();
        }
    });
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
}

/// What is folded, and opened to be printed.
const FOLDED: &str = "#matrix:not([open]), .problem:not([data-failed='0'], [open])";

/// Opens what is folded, to be printed.
fn unfold(page: Page) {
    for details in elements(FOLDED) {
        let _ = details.set_attribute("data-printed", "");
        let _ = details.set_attribute("open", "");
        if details.has_attribute("data-failed") {
            problem::fill(page, &details);
        }
    }
}

/// Folds what was opened to be printed.
fn fold() {
    for details in elements("[data-printed]") {
        let _ = details.remove_attribute("data-printed");
        let _ = details.remove_attribute("open");
    }
}

/// Prints letters, a page each, in place of the page. Not while an export is under way: there is but one.
pub(crate) fn letters(page: Page, request: ExportRequest) {
    if page.exporting.get_untracked() {
        return;
    }
    page.exporting.set(true);
    spawn_local(async move {
        let markdown = export::text(page, request).await;
        page.exporting.set(false);
        let Some(markdown) = markdown else {
            page.failures.set(vec![Failure::NotSaved]);
            return;
        };
        let html = markup::html(page, |html, setting| letters_on_paper(html, &markdown, setting));
        page.paper.set(Some(html));
        clock::sleep(50).await;
        let _ = window().print();
        page.paper.set(None);
    });
}

/// Prints all users that match, not only those of the page; then shows the page again. Under a key
/// aliases stand for names. Not while an export or another print is under way: both read the files.
pub(crate) fn start(page: Page, key: Option<RedactionKey>) {
    if page.exporting.get_untracked() {
        return;
    }
    page.exporting.set(true);
    spawn_local(async move {
        let is_ready = prepare(page, key).await.is_some();
        if is_ready {
            print(page, key.is_some());
        }
        page.exporting.set(false);
        if !is_ready {
            return;
        }
        if key.is_some() {
            show_under(page, None).await;
        }
        shown_cards::refresh(page);
    });
}

/// Shows what is to be printed.
async fn prepare(page: Page, key: Option<RedactionKey>) -> Option<()> {
    // Who signs shall know of which files.
    let _ = digest::work_out(page).await;
    show_under(page, key).await?;
    shown_cards::show_first(page, MAX_USERS).await;
    page.printing.set(true);
    // What is printed must be there first: the browser takes the page as it is.
    clock::sleep(50).await;
    if key.is_some() {
        // What the page asked for itself is answered before this is.
        let _ = page.link().ask(&Request::Comparison).reply().await;
        clock::sleep(50).await;
    }
    Some(())
}

/// Prints what is shown. A browser that cannot print says so itself; it calls a file as the page is called.
fn print(page: Page, is_redacted: bool) {
    let title = document().title();
    if is_redacted {
        document().set_title(&format!("{title} (redacted)"));
    }
    let _ = window().print();
    document().set_title(&title);
    page.printing.set(false);
}

/// Shows the result under the aliases of a key, or under its names again.
async fn show_under(page: Page, key: Option<RedactionKey>) -> Option<()> {
    let link = page.link();
    link.ask(&Request::Redact(key)).reply().await.ok()?;
    let Ok(Reply::Overview(overview)) = link.ask(&Request::Overview).reply().await else { return None };
    let Ok(Reply::Comparison(comparison)) = link.ask(&Request::Comparison).reply().await else { return None };
    page.redacted.set(key.is_some());
    page.overview.set(Some(Arc::new(*overview)));
    page.comparison.set(Some(Arc::<ComparisonSummary>::from(comparison)));
    page.asked.set_value(None);
    Some(())
}
