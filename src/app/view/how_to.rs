//! How to get a report: in the console, or with two commands.

use credential_report_viewer::remediation::{GENERATE_REPORT, GET_REPORT, ORGANIZATION_SCRIPT};
use leptos::prelude::*;

use super::dialog::modal;
use super::parts::command;
use crate::app::page_state::Page;

pub(super) fn content(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    view! {
        <h3>{t.how_to_console}</h3>
        <ol>{t.how_to_console_steps.map(|step| view! { <li>{step}</li> })}</ol>
        <h3>{t.how_to_cli}</h3>
        <p>{t.how_to_cli_text}</p>
        {command(page, GENERATE_REPORT)}
        {command(page, GET_REPORT)}
        <p class="hint">{t.how_to_rights}</p>
        <details class="script" id="organization">
            <summary>{text.glance.how_to_organization}</summary>
            <p>{text.glance.how_to_organization_text}</p>
            <div class="command">
                <pre tabindex="0"><code>{ORGANIZATION_SCRIPT.trim_end()}</code></pre>
                <button type="button" class="copy"><span aria-live="polite">{t.copy}</span></button>
            </div>
        </details>
    }
}

pub(super) fn dialog(page: Page) -> impl IntoView {
    modal(page, "how-to", page.text().page.how_to_title, false, content(page).into_any())
}
