//! The digest of each input, worked out from its file when an export wants it.

use credential_report_viewer::session::{Reply, Request};
use leptos::prelude::*;

use crate::app::link::WorkerStopped;
use crate::app::page_state::Page;
use crate::app::source::Slice;

/// Works out the SHA-256 of every input that has none yet; an input that can no longer be read
/// stays without, and so does every input while other files are read. Stops where the result changes.
pub(crate) async fn work_out(page: Page) -> Result<(), WorkerStopped> {
    let link = page.link();
    let (batch, result) = (page.batch(), page.result());
    let is_wanted = || page.is_batch(batch) && page.result() == result;
    let inputs = page.overview.with_untracked(|overview| {
        overview.as_ref().map(|overview| overview.inputs.clone()).unwrap_or_default()
    });
    let mut sources = page.sources.get_value();
    for (index, input) in inputs.iter().enumerate() {
        let found = sources.iter().position(|s| s.name == input.name && s.size() == input.bytes);
        let Some(source) = found.map(|found| sources.remove(found)) else { continue };
        if input.sha256.is_some() {
            continue;
        }
        // Where the session refuses, slices would go into the file that it reads; and where another
        // result came in before, the index is that of another input.
        if link.ask(&Request::Digest(index as u32)).reply().await? != Reply::Done || !is_wanted() {
            return Ok(());
        }
        let mut from = 0;
        let mut end = Request::EndOfFile;
        let mut next = source.slice(from);
        let mut pending = None;
        while let Some(slice) = next {
            let buffer = slice.buffer().await;
            if !is_wanted() {
                return Ok(());
            }
            let Some(buffer) = buffer else {
                end = Request::AbandonFile;
                break;
            };
            from += Slice::BYTES;
            next = source.slice(from);
            if let Some(reply) = pending.replace(link.slice(&buffer)) {
                reply.reply().await?;
            }
        }
        if !is_wanted() {
            return Ok(());
        }
        link.ask(&end).reply().await?;
    }
    Ok(())
}
