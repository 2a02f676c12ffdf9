//! Reading files in slices, the next one on its way while the session works on the last.

use std::time::UNIX_EPOCH;

use credential_report_viewer::report::Timestamp;
use credential_report_viewer::session::{Mode, Reply, Request};
use gloo_file::Blob;
use js_sys::{ArrayBuffer, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::clock;
use super::link::{Answer, Gone};
use super::state::{Failure, Page, Reading};

/// How many bytes are read at once.
const SLICE: u64 = 8 << 20;

/// How many questions may be unanswered when the next slice of a large file is waited for.
const UNANSWERED: usize = 1;

/// After how long a person is told that a file is being read.
const PATIENCE: i32 = 100;

/// Something that a report can be read from, more than once.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) modified: Option<Timestamp>,
    pub(crate) blob: Blob,
}

impl Source {
    /// A file that a person chose or dropped.
    pub(crate) fn from_file(file: web_sys::File) -> Self {
        let file = gloo_file::File::from(file);
        let modified = file.last_modified_time().duration_since(UNIX_EPOCH).ok();
        Self {
            name: file.name(),
            modified: modified.map(|since| Timestamp::from_unix(since.as_secs() as i64)),
            blob: file.into(),
        }
    }

    /// A text that came without a file.
    pub(crate) fn from_text(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), modified: None, blob: Blob::new(text) }
    }

    fn slice(&self, from: u64) -> Option<Slice> {
        let to = self.blob.size().min(from + SLICE);
        (from < to).then(|| Slice {
            bytes: to - from,
            buffer: AsRef::<web_sys::Blob>::as_ref(&self.blob.slice(from, to)).array_buffer(),
        })
    }
}

/// A part of a source that is on its way.
struct Slice {
    bytes: u64,
    buffer: Promise,
}

/// What became of sending one file.
enum Sent {
    /// All of it is on its way; these answers are not heard yet.
    Whole(Vec<Answer>),
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
        clock::sleep(PATIENCE).await;
        if page.is_batch(batch) {
            page.patient.set(false);
        }
    });
    spawn_local(async move {
        // A worker that stops says so itself, by the link.
        let _ = read_all(page, batch, sources, mode).await;
        if page.is_batch(batch) {
            page.reading.set(None);
        }
    });
}

/// Questions are sent without waiting for the answers before, as far as memory allows: a small file
/// takes one way to the worker and back, from its first byte to its cards.
async fn read_all(page: Page, batch: u32, sources: Vec<Source>, mode: Mode) -> Result<(), Gone> {
    page.link().ask(&Request::Begin { mode, now: clock::now() });
    let total = sources.iter().map(|source| source.blob.size()).sum();
    let files = sources.len();
    let (mut before, mut rows) = (0, 0);
    let mut read = Vec::new();
    for (place, source) in sources.into_iter().enumerate() {
        let mut found = 0;
        let mut hear = |reply| match reply {
            Reply::FileFailed(error) => Some(Failure::Read(error)),
            Reply::Progress { bytes, rows: so_far } => {
                found = so_far;
                if page.is_batch(batch) {
                    let name = source.name.clone();
                    let (file, bytes, rows) = (place + 1, before + bytes, rows + found);
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
        hear(Reply::Progress { bytes: 0, rows: 0 });
        let sent = send(page, batch, &source, &mut hear).await?;
        if matches!(sent, Sent::Stopped) {
            return Ok(());
        }
        // Nothing comes between the question whether the batch is still wanted and its commit.
        let judged = (place + 1 == files).then(|| page.commit(mode));
        let mut failure = None;
        match sent {
            Sent::Whole(answers) => {
                for answer in answers {
                    // Behind a failure the session only refuses.
                    failure = failure.or(hear(answer.reply().await?));
                }
            }
            Sent::Failed(failed) => failure = Some(failed),
            Sent::Stopped => {}
        }
        rows += found;
        before += source.blob.size();
        match failure {
            None => read.push(source),
            Some(failure) if page.is_batch(batch) => page.failures.update(|failures| failures.push(failure)),
            Some(_) => {}
        }
        if let Some(judged) = judged {
            page.opened(judged, read, mode).await;
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
    hear: &mut impl FnMut(Reply) -> Option<Failure>,
) -> Result<Sent, Gone> {
    let link = page.link();
    let (name, bytes) = (source.name.clone(), source.blob.size());
    let mut from = 0;
    let mut next = source.slice(from);
    let mut answers = vec![link.ask(&Request::File { name, bytes, modified: source.modified })];
    while let Some(slice) = next {
        let buffer = buffer(slice).await;
        if !page.is_batch(batch) {
            return Ok(Sent::Stopped);
        }
        let Some(buffer) = buffer else {
            link.ask(&Request::AbandonFile);
            return Ok(Sent::Failed(Failure::Unreadable { name: source.name.clone(), read: from, bytes }));
        };
        from += SLICE;
        next = source.slice(from);
        answers.push(link.slice(&buffer));
        while next.is_some() && answers.len() > UNANSWERED {
            let failure = hear(answers.remove(0).reply().await?);
            if !page.is_batch(batch) {
                return Ok(Sent::Stopped);
            }
            if let Some(failure) = failure {
                return Ok(Sent::Failed(failure));
            }
        }
    }
    answers.push(link.ask(&Request::EndOfFile));
    Ok(Sent::Whole(answers))
}

/// The bytes; none where the file cannot be read. Of one that has become shorter not every browser
/// says so.
async fn buffer(slice: Slice) -> Option<ArrayBuffer> {
    let buffer: ArrayBuffer = JsFuture::from(slice.buffer).await.ok()?.dyn_into().ok()?;
    (u64::from(buffer.byte_length()) == slice.bytes).then_some(buffer)
}

/// Works out the SHA-256 of every input that has none yet; an input that can no longer be read
/// stays without, and so does every input while other files are read. Stops where the result changes.
pub(crate) async fn digest(page: Page) -> Result<(), Gone> {
    let link = page.link();
    let (batch, result) = (page.batch(), page.result());
    let is_wanted = || page.is_batch(batch) && page.result() == result;
    let inputs = page.overview.with_untracked(|overview| {
        overview.as_ref().map(|overview| overview.inputs.clone()).unwrap_or_default()
    });
    let mut sources = page.sources();
    for (place, input) in inputs.iter().enumerate() {
        let found = sources.iter().position(|s| s.name == input.name && s.blob.size() == input.bytes);
        let Some(source) = found.map(|found| sources.remove(found)) else { continue };
        if input.sha256.is_some() {
            continue;
        }
        // Where the session refuses, slices would go into the file that it reads; and where another
        // result came in before, the place is that of another input.
        if link.ask(&Request::Digest(place as u32)).reply().await? != Reply::Done || !is_wanted() {
            return Ok(());
        }
        let mut from = 0;
        let mut end = Request::EndOfFile;
        let mut next = source.slice(from);
        let mut heard = None;
        while let Some(slice) = next {
            let buffer = buffer(slice).await;
            if !is_wanted() {
                return Ok(());
            }
            let Some(buffer) = buffer else {
                end = Request::AbandonFile;
                break;
            };
            from += SLICE;
            next = source.slice(from);
            if let Some(answer) = heard.replace(link.slice(&buffer)) {
                answer.reply().await?;
            }
        }
        if !is_wanted() {
            return Ok(());
        }
        link.ask(&end).reply().await?;
    }
    Ok(())
}
