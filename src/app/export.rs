//! The export of findings: asked for in parts, put together, and saved as a file or copied.

use credential_report_viewer::comparison::ChangeQuery;
use credential_report_viewer::export::{ExportRequest, changes_file_name, file_name};
use credential_report_viewer::query::Query;
use credential_report_viewer::session::{Reply, Request};
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::app::failure::Failure;
use crate::app::link::WorkerStopped;
use crate::app::notice::Notice;
use crate::app::page_state::Page;
use crate::app::{clipboard, digest, download};

/// How many parts are put together at once; a browser takes its time for each.
const TOGETHER: u32 = 32;

/// Saves everything.
pub(crate) fn everything(page: Page) {
    start(page, None, false);
}

/// Saves or copies what the query finds, or everything; not while another export is under way.
pub(crate) fn start(page: Page, query: Option<Query>, copy: bool) {
    let request = ExportRequest::from(query);
    let name = page.overview.with_untracked(|overview| overview.as_deref().map(|of| file_name(of, &request)));
    export(page, Request::Export(Box::new(request)), name.unwrap_or_default(), copy);
}

/// Saves what became of findings and users since earlier reports, of all that is compared.
pub(crate) fn changes(page: Page) {
    let name = page.overview.with_untracked(|overview| overview.as_deref().map(changes_file_name));
    export(page, Request::ExportChanges(ChangeQuery::default()), name.unwrap_or_default(), false);
}

fn export(page: Page, first: Request, name: String, copy: bool) {
    if page.exporting.get_untracked() {
        return;
    }
    page.exporting.set(true);
    page.notice.set(None);
    spawn_local(async move {
        if let Ok(Some(parts)) = parts(page, &first).await {
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
            if done {
                page.notice.set(Some(if copy { Notice::Copied } else { Notice::Saved(name) }));
            } else {
                page.failures.set(vec![Failure::NotSaved]);
            }
        }
        page.exporting.set(false);
    });
}

/// The parts of the export, each a blob as soon as it comes, so that neither this module nor the page
/// holds them all. The worker writes one while the page takes the one before.
async fn parts(page: Page, first: &Request) -> Result<Option<Array>, WorkerStopped> {
    digest::work_out(page).await?;
    let link = page.link();
    let (whole, mut recent) = (Array::new(), Array::new());
    let mut next = link.ask(first);
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
