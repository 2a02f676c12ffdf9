//! Portions: files that are read and sent at once.

use std::cell::Cell;
use std::rc::Rc;

use credential_report_viewer::report::is_archive;
use futures::SinkExt;
use futures::channel::mpsc::{self, Receiver};
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::task::spawn_local;

use crate::app::clock;
use crate::app::source::{Slice, Source};

/// How many files are read and sent together at the most: of many small ones most of the time is the way.
const FILES_TOGETHER: usize = 64;

/// How many bytes files have that are sent together, at the most: the worker answers nothing meanwhile.
const BYTES_TOGETHER: u64 = 1 << 20;

/// How many portions wait on their way from the disk.
const PORTIONS: usize = 2;

/// What is read and sent at once: small files, or a large one by slices. Each file with its number.
pub(crate) struct Portion {
    pub(crate) files: Vec<(usize, Source)>,
    pub(crate) bytes: u64,
    /// It, or the first slice of it, on its way from the disk; `None` if nobody asked yet, or nothing is there.
    slice: Option<Slice>,
}

impl Portion {
    pub(crate) fn new(files: Vec<(usize, Source)>) -> Self {
        Self { bytes: files.iter().map(|(_, source)| source.size()).sum(), files, slice: None }
    }

    /// Begins to read it, or the first slice of it.
    fn begin(&mut self) {
        if self.slice.is_none() {
            self.slice = match self.files.as_slice() {
                [(_, source)] => source.slice(0),
                files => Slice::joined(files.iter().map(|(_, source)| source)),
            };
        }
    }

    /// It, or the first slice of it; `None` if there is nothing to read.
    pub(crate) fn take_slice(&mut self) -> Option<Slice> {
        self.begin();
        self.slice.take()
    }

    /// Waits for the bytes of all of it; `None` where one of the files cannot be read.
    pub(crate) async fn buffer(&mut self) -> Option<ArrayBuffer> {
        match self.take_slice() {
            Some(slice) => slice.buffer().await,
            None => (self.bytes == 0).then(|| ArrayBuffer::new(0)),
        }
    }

    /// It with its bytes, each ZIP file apart.
    pub(crate) fn between_archives(self, buffer: ArrayBuffer) -> Vec<(Self, ArrayBuffer, bool)> {
        let mut at = 0;
        let mut apart: Vec<(Self, bool)> = Vec::new();
        for file in self.files {
            let is_archive = is_archive_at(&buffer, at);
            at += file.1.size() as u32;
            match apart.last_mut() {
                Some((portion, false)) if !is_archive => portion.push(file),
                _ => apart.push((Self::new(vec![file]), is_archive)),
            }
        }
        if let [(_, is_archive)] = apart.as_slice() {
            let is_archive = *is_archive;
            return apart.pop().map(|(portion, _)| (portion, buffer, is_archive)).into_iter().collect();
        }
        let mut from = 0;
        let part = |(portion, is_archive): (Self, bool)| {
            let to = from + portion.bytes as u32;
            let bytes = buffer.slice_with_end(from, to);
            from = to;
            (portion, bytes, is_archive)
        };
        apart.into_iter().map(part).collect()
    }

    fn push(&mut self, file: (usize, Source)) {
        self.bytes += file.1.size();
        self.files.push(file);
    }
}

/// How much of a batch is measured.
#[derive(Default)]
pub(crate) struct Measured {
    files: Cell<usize>,
    bytes: Cell<u64>,
}

impl Measured {
    /// Whether all of so many files are measured.
    pub(crate) fn is_complete(&self, files: usize) -> bool {
        self.files.get() == files
    }

    /// How many bytes a batch of so many files has: an estimate, until all are measured.
    pub(crate) fn total(&self, files: usize) -> u64 {
        (self.bytes.get() as f64 * files as f64 / self.files.get().max(1) as f64) as u64
    }
}

/// Which files are read at once, made while the first of them are read: a browser asks the system for the size
/// of each. It ends when nobody takes them any more.
pub(crate) fn portions(sources: Vec<Source>, measured: Rc<Measured>) -> Receiver<Portion> {
    let (mut made, portions) = mpsc::channel(PORTIONS);
    spawn_local(async move {
        let mut sources = (1..).zip(sources).peekable();
        while let Some(first) = sources.next() {
            let mut portion = Portion::new(vec![first]);
            while portion.files.len() < FILES_TOGETHER
                && let Some(file) =
                    sources.next_if(|(_, source)| portion.bytes + source.size() <= BYTES_TOGETHER)
            {
                portion.push(file);
            }
            measured.files.update(|files| files + portion.files.len());
            measured.bytes.update(|bytes| bytes + portion.bytes);
            portion.begin();
            if made.send(portion).await.is_err() {
                return;
            }
            // The page answers a person between two of them.
            clock::give_way().await;
        }
    });
    portions
}

pub(crate) fn bytes_of<'a>(portions: impl IntoIterator<Item = &'a Portion>) -> u64 {
    portions.into_iter().map(|portion| portion.bytes).sum()
}

/// Whether a file that begins here begins as a ZIP file does, whatever its name.
pub(crate) fn is_archive_at(buffer: &ArrayBuffer, at: u32) -> bool {
    let length = buffer.byte_length().saturating_sub(at).min(4);
    is_archive(&Uint8Array::new_with_byte_offset_and_length(buffer, at, length).to_vec())
}
