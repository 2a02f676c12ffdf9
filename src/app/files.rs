//! Files that are read in slices, the next one on its way while the session works on the last.

use credential_report_viewer::session::{Mode, Reply, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::failure::Failure;
use crate::app::link::{PendingReply, WorkerStopped};
use crate::app::page_state::Page;
use crate::app::reading::Reading;
use crate::app::source::{Slice, Source};
use crate::app::{clock, evaluation};

/// How many requests may be unanswered when the next slice of a large file is waited for.
const UNANSWERED: usize = 1;

/// After how long a person is told that a file is being read, in milliseconds.
const SHOW_PROGRESS_AFTER: i32 = 100;

/// What became of sending one file.
enum Sent {
    /// All of it is on its way; these replies are still to come.
    Whole(Vec<PendingReply>),
    Failed(Failure),
    /// Another batch, or a person, put an end to it.
    Stopped,
}

/// Reads the files; when all are read, they are the result, or a part of it.
pub(crate) fn open(page: Page, sources: Vec<Source>, mode: Mode) {
    if sources.is_empty() {
        return;
    }
    let batch = page.next_batch();
    page.failures.update(Vec::clear);
    page.notice.set(None);
    page.patient.set(true);
    spawn_local(async move {
        clock::sleep(SHOW_PROGRESS_AFTER).await;
        if page.is_batch(batch) {
            page.patient.set(false);
        }
    });
    spawn_local(async move {
        // A worker that stops is reported by the link.
        let _ = read_all(page, batch, sources, mode).await;
        if page.is_batch(batch) {
            page.reading.set(None);
        }
    });
}

/// Requests are sent without waiting for the replies before, as far as memory allows: a small file
/// takes one way to the worker and back, from its first byte to its cards.
async fn read_all(page: Page, batch: u32, sources: Vec<Source>, mode: Mode) -> Result<(), WorkerStopped> {
    page.link().ask(&Request::Begin { mode, now: clock::now() });
    let total = sources.iter().map(|source| source.size()).sum();
    let files = sources.len();
    let (mut before, mut rows) = (0, 0);
    let mut read = Vec::new();
    for (index, source) in sources.into_iter().enumerate() {
        let mut found = 0;
        let mut receive = |reply| match reply {
            Reply::FileFailed(error) => Some(Failure::Read(error)),
            Reply::Progress { bytes, rows: so_far } => {
                found = so_far;
                if page.is_batch(batch) {
                    let name = source.name.clone();
                    let (file, bytes, rows) = (index + 1, before + bytes, rows + found);
                    page.reading.set(Some(Reading { name, file, files, bytes, total, rows }));
                }
                None
            }
            Reply::FileRead { rows } => {
                found = found.max(rows.into());
                None
            }
            _ => None,
        };
        receive(Reply::Progress { bytes: 0, rows: 0 });
        let sent = send(page, batch, &source, &mut receive).await?;
        if matches!(sent, Sent::Stopped) {
            return Ok(());
        }
        // Nothing comes between asking whether the batch is still wanted and its commit.
        let pending = (index + 1 == files).then(|| evaluation::commit(page, mode));
        let mut failure = None;
        match sent {
            Sent::Whole(replies) => {
                for reply in replies {
                    // Behind a failure the session only refuses.
                    failure = failure.or(receive(reply.reply().await?));
                }
            }
            Sent::Failed(failed) => failure = Some(failed),
            Sent::Stopped => {}
        }
        rows += found;
        before += source.size();
        match failure {
            None => read.push(source),
            Some(failure) if page.is_batch(batch) => page.failures.update(|failures| failures.push(failure)),
            Some(_) => {}
        }
        if let Some(pending) = pending {
            evaluation::opened(page, pending, read, mode).await;
            break;
        }
        if !page.is_batch(batch) {
            break;
        }
    }
    Ok(())
}

/// Sends a file, slice by slice. While the worker reads one, the next waits there, and the one after
/// that is on its way from the disk.
async fn send(
    page: Page,
    batch: u32,
    source: &Source,
    receive: &mut impl FnMut(Reply) -> Option<Failure>,
) -> Result<Sent, WorkerStopped> {
    let link = page.link();
    let (name, bytes) = (source.name.clone(), source.size());
    let mut from = 0;
    let mut next = source.slice(from);
    let mut replies = vec![link.ask(&Request::File { name, bytes, modified: source.modified })];
    while let Some(slice) = next {
        let buffer = slice.buffer().await;
        if !page.is_batch(batch) {
            return Ok(Sent::Stopped);
        }
        let Some(buffer) = buffer else {
            link.ask(&Request::AbandonFile);
            return Ok(Sent::Failed(Failure::Unreadable { name: source.name.clone(), read: from, bytes }));
        };
        from += Slice::BYTES;
        next = source.slice(from);
        replies.push(link.slice(&buffer));
        while next.is_some() && replies.len() > UNANSWERED {
            let failure = receive(replies.remove(0).reply().await?);
            if !page.is_batch(batch) {
                return Ok(Sent::Stopped);
            }
            if let Some(failure) = failure {
                return Ok(Sent::Failed(failure));
            }
        }
    }
    replies.push(link.ask(&Request::EndOfFile));
    Ok(Sent::Whole(replies))
}
