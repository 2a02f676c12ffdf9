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
use super::link::Gone;
use super::state::{Failure, Page, Reading};

/// How many bytes are read at once.
const SLICE: u64 = 4 << 20;

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

/// How the reading of one file ended.
enum End {
    Read,
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

async fn read_all(page: Page, batch: u32, sources: Vec<Source>, mode: Mode) -> Result<(), Gone> {
    let link = page.link();
    link.ask(Request::Begin { mode, now: clock::now() }).await?;
    let total = sources.iter().map(|source| source.blob.size()).sum();
    let files = sources.len();
    let mut before = 0;
    let mut rows = 0;
    let mut read = Vec::new();
    for (place, source) in sources.into_iter().enumerate() {
        if !page.is_batch(batch) {
            return Ok(());
        }
        let progress = move |bytes: u64, rows: u64, name: &str| {
            let name = name.to_owned();
            page.reading.set(Some(Reading {
                name,
                file: place + 1,
                files,
                bytes: before + bytes,
                total,
                rows,
            }));
        };
        progress(0, rows, &source.name);
        match read_one(page, batch, &source, |bytes, more| progress(bytes, rows + more, &source.name)).await?
        {
            (End::Read, found) => {
                rows += found;
                before += source.blob.size();
                read.push(source);
            }
            (End::Failed(failure), _) => {
                before += source.blob.size();
                page.failures.update(|failures| failures.push(failure));
            }
            (End::Stopped, _) => return Ok(()),
        }
    }
    if !page.is_batch(batch) {
        return Ok(());
    }
    if read.is_empty() {
        link.ask(Request::Cancel).await?;
        return Ok(());
    }
    if let Reply::Overview(overview) = link.ask(Request::Commit).await?
        && page.is_batch(batch)
    {
        page.opened(*overview, read, mode);
    }
    Ok(())
}

async fn read_one(
    page: Page,
    batch: u32,
    source: &Source,
    progress: impl Fn(u64, u64),
) -> Result<(End, u64), Gone> {
    let link = page.link();
    let bytes = source.blob.size();
    link.ask(Request::File { name: source.name.clone(), bytes, modified: source.modified }).await?;
    let (mut from, mut rows) = (0, 0);
    let mut next = source.slice(from);
    while let Some(slice) = next {
        let Some(buffer) = buffer(slice).await else {
            if !page.is_batch(batch) {
                return Ok((End::Stopped, 0));
            }
            link.ask(Request::AbandonFile).await?;
            return Ok((End::Failed(Failure::Unreadable { name: source.name.clone() }), 0));
        };
        if !page.is_batch(batch) {
            return Ok((End::Stopped, 0));
        }
        from += SLICE;
        next = source.slice(from);
        match link.slice(buffer).await? {
            Reply::FileFailed(error) => return Ok((End::Failed(Failure::Read(error)), 0)),
            Reply::Progress { bytes, rows: found } => {
                rows = found;
                if page.is_batch(batch) {
                    progress(bytes, rows);
                }
            }
            _ => {}
        }
        if !page.is_batch(batch) {
            return Ok((End::Stopped, 0));
        }
    }
    Ok(match link.ask(Request::EndOfFile).await? {
        Reply::FileRead { rows: found } => (End::Read, rows.max(u64::from(found))),
        Reply::FileFailed(error) => (End::Failed(Failure::Read(error)), 0),
        _ => (End::Stopped, 0),
    })
}

/// The bytes; none where the file cannot be read. Of one that has become shorter not every browser
/// says so.
async fn buffer(slice: Slice) -> Option<ArrayBuffer> {
    let buffer: ArrayBuffer = JsFuture::from(slice.buffer).await.ok()?.dyn_into().ok()?;
    (u64::from(buffer.byte_length()) == slice.bytes).then_some(buffer)
}

/// Works out the SHA-256 of every input that has none yet; an input that can no longer be read
/// stays without. Stops where a new batch begins.
pub(crate) async fn digest(page: Page) -> Result<(), Gone> {
    let link = page.link();
    let batch = page.batch();
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
        link.ask(Request::Digest(place as u32)).await?;
        let mut from = 0;
        let mut end = Request::EndOfFile;
        while let Some(slice) = source.slice(from) {
            let Some(buffer) = buffer(slice).await else {
                end = Request::AbandonFile;
                break;
            };
            if !page.is_batch(batch) {
                return Ok(());
            }
            link.slice(buffer).await?;
            from += SLICE;
        }
        if !page.is_batch(batch) {
            return Ok(());
        }
        link.ask(end).await?;
    }
    Ok(())
}
