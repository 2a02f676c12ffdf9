//! The findings as JSON: everything or what is shown, to a file or to the clipboard.

use credential_report_viewer::overview::Overview;
use credential_report_viewer::query::Query;
use credential_report_viewer::session::{Reply, Request};
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::dialog::modal;
use crate::app::link::Gone;
use crate::app::state::{Failure, Notice, Page};
use crate::app::{clipboard, clock, download, files};

/// Saves everything.
pub(crate) fn everything(page: Page) {
    export(page, None, false);
}

fn export(page: Page, query: Option<Query>, copy: bool) {
    if page.exporting.get_untracked() {
        return;
    }
    page.exporting.set(true);
    page.notice.set(None);
    spawn_local(async move {
        let name =
            page.overview.with_untracked(|overview| overview.as_deref().map(file_name)).unwrap_or_default();
        if let Ok(Some(parts)) = parts(page, query).await {
            let done = match (download::join(&parts), copy) {
                (Some(blob), true) => {
                    match JsFuture::from(blob.text()).await.ok().and_then(|text| text.as_string()) {
                        Some(text) => clipboard::copy(&text).await,
                        None => false,
                    }
                }
                (Some(blob), false) => download::save(&name, &blob).is_some(),
                (None, _) => false,
            };
            match done {
                true => page.notice.set(Some(if copy { Notice::Copied } else { Notice::Saved(name) })),
                false => page.failures.set(vec![Failure::NotSaved]),
            }
        }
        page.exporting.set(false);
    });
}

/// How many parts are put together at once; a browser takes its time for each.
const TOGETHER: u32 = 32;

/// The parts of the export, each a blob as soon as it comes, so that neither this module nor the page
/// holds them all. The worker makes one while the page takes the one before.
async fn parts(page: Page, query: Option<Query>) -> Result<Option<Array>, Gone> {
    files::digest(page).await?;
    let link = page.link();
    let (whole, mut recent) = (Array::new(), Array::new());
    let mut next = link.ask(&Request::Export(query));
    loop {
        let after = link.ask(&Request::NextPart);
        let (Reply::Part { last, .. }, bytes) = next.with_bytes().await? else { return Ok(None) };
        let Some(part) = download::join(&Array::of1(&bytes)) else { return Ok(None) };
        recent.push(&part);
        if last || recent.length() == TOGETHER {
            let Some(part) = download::join(&std::mem::take(&mut recent)) else { return Ok(None) };
            whole.push(&part);
        }
        if last {
            return Ok(Some(whole));
        }
        next = after;
    }
}

/// `credential-findings-644160558196-2016-11-25.json`: the account, or how many there are, and the
/// day of the report.
fn file_name(overview: &Overview) -> String {
    let accounts = match overview.accounts.as_slice() {
        [one] if !one.account.is_empty() => one.account.clone(),
        several => format!("{}-accounts", several.len()),
    };
    format!("credential-findings-{accounts}-{}.json", overview.as_of.date())
}

/// How many users are printed at the most: beyond that nobody reads paper, and browsers give up.
const PRINTED: u32 = 1000;

/// Prints all users that match, not only those of the page; then shows the page again.
fn print(page: Page) {
    spawn_local(async move {
        page.show_first(PRINTED).await;
        page.printing.set(true);
        // What is printed must be there first: the browser takes the page as it stands.
        clock::sleep(50).await;
        // A browser that cannot print says so itself.
        let _ = window().print();
        page.printing.set(false);
        page.refresh();
    });
}

pub(super) fn dialog(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let overview = page.overview.get_untracked();
    let findings = overview.as_ref().map(|overview| overview.findings).unwrap_or_default();
    let name = overview.as_deref().map(file_name).unwrap_or_default();
    let shown =
        page.cards.with_untracked(|cards| cards.as_ref().map(|cards| cards.findings)).unwrap_or_default();
    let matching =
        page.cards.with_untracked(|cards| cards.as_ref().map(|cards| cards.matching)).unwrap_or_default();
    let narrow = page.view.with_untracked(|view| view.query.is_narrow());
    // The question without its page: all that it matches is meant.
    let query = move || {
        let query = page.view.with_untracked(|view| view.query.clone());
        Some(Query { offset: 0, limit: u32::MAX, ..query })
    };
    let start = move |query: Option<Query>, copy: bool| {
        page.panel.set(None);
        export(page, query, copy);
    };
    let content = view! {
        <p>{t.export_says}" "<code>{name}</code></p>
        <div class="choice">
            <h3>{t.export_everything}</h3>
            <p class="hint">{(t.findings)(findings)}</p>
            <div class="buttons">
                <button type="button" class="primary" id="export-all-download" on:click=move |_| start(None, false)>{t.download}</button>
                <button type="button" id="export-all-copy" on:click=move |_| start(None, true)>{t.copy}</button>
            </div>
        </div>
        <div class="choice">
            <h3>{t.export_shown}</h3>
            <p class="hint">{if narrow { (t.findings)(shown) } else { t.export_no_filter.to_owned() }}</p>
            <div class="buttons">
                <button type="button" id="export-shown-download" disabled=!narrow on:click=move |_| start(query(), false)>{t.download}</button>
                <button type="button" id="export-shown-copy" disabled=!narrow on:click=move |_| start(query(), true)>{t.copy}</button>
            </div>
        </div>
        <div class="choice">
            <h3>{t.print}</h3>
            <p class="hint">{(t.print_says)(matching.min(PRINTED).into())}</p>
            <div class="buttons">
                <button type="button" id="print" on:click=move |_| {
                    page.panel.set(None);
                    print(page);
                }>{t.print}</button>
            </div>
        </div>
    };
    modal(page, "export-dialog", t.export, false, content.into_any())
}
