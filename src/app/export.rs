//! Exports: asked for in parts, put together, and saved as a file or copied.

use credential_report_viewer::export::{ExportRequest, Form, Preview, RedactionKey, file_name};
use credential_report_viewer::session::{Reply, Request};
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::app::failure::Failure;
use crate::app::link::WorkerStopped;
use crate::app::notice::Notice;
use crate::app::page_state::Page;
use crate::app::{clipboard, clock, digest, download, evaluation, focus};

/// What the file of a redaction key is called.
const KEY_FILE: &str = "credential-redaction-key.txt";

/// Saves everything as JSON.
pub(crate) fn everything(page: Page) {
    start(page, ExportRequest::default(), false);
}

/// Saves or copies what is asked for; not while another export is under way.
pub(crate) fn start(page: Page, request: ExportRequest, copy: bool) {
    if page.exporting.get_untracked() {
        return;
    }
    page.exporting.set(true);
    page.notice.set(None);
    spawn_local(async move {
        let name = page
            .overview
            .with_untracked(|overview| overview.as_deref().map(|overview| file_name(overview, &request)))
            .unwrap_or_default();
        let form = request.form;
        let is_all = request.filter.is_none() && !request.is_redacted();
        let mut files = Vec::new();
        if let Ok(blob) = blob(page, request, &mut files).await {
            let name = if files.is_empty() { name } else { files.join(", ") };
            let done = match (blob, copy) {
                (None, _) => false,
                // Each is saved already.
                _ if !files.is_empty() => true,
                (Some(blob), true) => {
                    match JsFuture::from(blob.text()).await.ok().and_then(|text| text.as_string()) {
                        Some(text) => clipboard::copy(&text).await,
                        None => false,
                    }
                }
                (Some(blob), false) => download::save(&name, &blob).is_some(),
            };
            if done && !copy && is_all && form == Form::Decisions {
                let focused = focus::place();
                evaluation::decisions_saved(page).await;
                clock::painted().await;
                if let Some(focused) = focused {
                    focused.restore();
                }
            }
            if done {
                page.notice.set(Some(if copy { Notice::Copied } else { Notice::Saved(name) }));
            } else {
                page.failures.set(vec![Failure::NotSaved]);
            }
        }
        page.exporting.set(false);
    });
}

/// The text of an export, to be shown.
pub(crate) async fn text(page: Page, request: ExportRequest) -> Option<String> {
    let blob = blob(page, request, &mut Vec::new()).await.ok()??;
    JsFuture::from(blob.text()).await.ok()?.as_string()
}

/// Looks at what an export would hold.
pub(crate) async fn preview(page: Page, request: ExportRequest) -> Option<Box<Preview>> {
    match page.link().ask(&Request::Preview(Box::new(request))).reply().await {
        Ok(Reply::Preview(preview)) => Some(preview),
        _ => None,
    }
}

/// The key of the aliases: the same in every export until the result is closed. `None` where the browser
/// has no random numbers.
pub(crate) fn redaction_key(page: Page) -> Option<RedactionKey> {
    if page.redaction_key.get_untracked().is_none() {
        let mut random = [0; 32];
        window().crypto().ok()?.get_random_values_with_u8_array(&mut random).ok()?;
        page.redaction_key.set(Some(RedactionKey::new(random)));
    }
    page.redaction_key.get_untracked()
}

/// Saves the key of the aliases.
pub(crate) fn save_key(page: Page) {
    let Some(key) = redaction_key(page) else { return };
    let blob = download::join(&Array::of1(&key.to_file().into()), "text/plain");
    if blob.and_then(|blob| download::save(KEY_FILE, &blob)).is_none() {
        page.failures.set(vec![Failure::NotSaved]);
    }
}

/// Saves which alias stands for which name.
pub(crate) fn save_table(page: Page) {
    let redaction = redaction_key(page);
    start(page, ExportRequest { redaction, ..Form::RedactionTable.into() }, false);
}

/// The export, asked for part by part: between two of them the worker answers other questions. `None` where it
/// cannot be made, or not to its end. Each part that is a file of its own is saved at once, and `files` gets its name.
async fn blob(
    page: Page,
    request: ExportRequest,
    files: &mut Vec<String>,
) -> Result<Option<Blob>, WorkerStopped> {
    if request.form.has_digests() && !request.is_redacted() {
        digest::work_out(page).await?;
    }
    let link = page.link();
    let mut next = link.ask(&Request::Export(Box::new(request)));
    loop {
        let after = link.ask(&Request::NextPart);
        let (Reply::Part { last, name, .. }, blob) = next.with_blob().await? else { return Ok(None) };
        if let Some(name) = name {
            if blob.as_ref().and_then(|file| download::save(&name, file)).is_none() {
                return Ok(None);
            }
            files.push(name);
        }
        if last {
            return Ok(blob);
        }
        next = after;
    }
}
