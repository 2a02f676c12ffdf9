//! The dialog of the export: everything or what is shown, to a file, to the clipboard, or to print.

use credential_report_viewer::export::{ExportRequest, file_name};
use credential_report_viewer::query::Query;
use leptos::prelude::*;

use super::dialog::modal;
use crate::app::page_state::Page;
use crate::app::{export, print};

pub(super) fn dialog(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let overview = page.overview.get_untracked();
    let findings = overview.as_ref().map(|overview| overview.findings).unwrap_or_default();
    let name = overview
        .as_deref()
        .map(|overview| file_name(overview, &ExportRequest::default()))
        .unwrap_or_default();
    let shown =
        page.cards.with_untracked(|cards| cards.as_ref().map(|cards| cards.findings)).unwrap_or_default();
    let matching =
        page.cards.with_untracked(|cards| cards.as_ref().map(|cards| cards.matching)).unwrap_or_default();
    let is_compared =
        page.comparison.with_untracked(|of| of.as_ref().is_some_and(|of| !of.accounts.is_empty()));
    let narrow = page.view.with_untracked(|view| view.query.is_narrow());
    // The question without its page: all that it matches is meant.
    let query = move || Some(Query { offset: 0, limit: u32::MAX, ..page.query() });
    let start = move |query: Option<Query>, copy: bool| {
        page.panel.set(None);
        export::start(page, query, copy);
    };
    let content = view! {
        <p>{t.export_text}" "<code>{name}</code></p>
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
        {is_compared.then(|| view! {
            <div class="choice">
                <h3>{page.text().changes.export_changes}</h3>
                <div class="buttons">
                    <button type="button" id="export-changes" on:click=move |_| {
                        page.panel.set(None);
                        export::changes(page);
                    }>{t.download}</button>
                </div>
            </div>
        })}
        <div class="choice">
            <h3>{t.print}</h3>
            <p class="hint">{(t.print_text)(matching.min(print::MAX_USERS).into())}</p>
            <div class="buttons">
                <button type="button" id="print" on:click=move |_| {
                    page.panel.set(None);
                    print::start(page);
                }>{t.print}</button>
            </div>
        </div>
    };
    modal(page, "export-dialog", t.export, false, content.into_any())
}
