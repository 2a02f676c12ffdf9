//! A source: something that a report can be read from, more than once, in slices.

use credential_report_viewer::report::Timestamp;
use credential_report_viewer::session::WholeFile;
use gloo_file::Blob;
use js_sys::{Array, ArrayBuffer, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Something that a report can be read from, more than once.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) name: String,
    /// Whether it was found in a folder, where not every file need be a report.
    pub(crate) in_folder: bool,
    /// Whether it is part of the sample.
    pub(crate) is_sample: bool,
    blob: Blob,
}

impl Source {
    /// A file that a person chose or dropped.
    pub(crate) fn from_file(file: web_sys::File) -> Self {
        let path = Reflect::get(&file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
        let path = path.filter(|path| !path.is_empty());
        let in_folder = path.is_some();
        Self {
            name: path.unwrap_or_else(|| file.name()),
            in_folder,
            is_sample: false,
            blob: gloo_file::File::from(file).into(),
        }
    }

    /// A file of a folder, by its path.
    pub(crate) fn in_folder(file: web_sys::File, path: String) -> Self {
        Self { name: path, in_folder: true, ..Self::from_file(file) }
    }

    /// A text that came without a file.
    pub(crate) fn from_text(name: &str, text: &str) -> Self {
        let (name, blob) = (name.to_owned(), Blob::new(text));
        Self { name, in_folder: false, is_sample: false, blob }
    }

    /// It, as part of the sample.
    pub(crate) fn of_sample(self) -> Self {
        Self { is_sample: true, ..self }
    }

    /// When it was last modified; `None` where nobody knows. A browser asks the system.
    pub(crate) fn modified(&self) -> Option<Timestamp> {
        let file: &web_sys::File = AsRef::<web_sys::Blob>::as_ref(&self.blob).dyn_ref()?;
        let seconds = file.last_modified() / 1000.0;
        (seconds >= 0.0).then(|| Timestamp::from_unix(seconds as i64))
    }

    /// What is sent of it beside its bytes.
    pub(crate) fn whole_file(&self) -> WholeFile {
        WholeFile { name: self.name.clone(), bytes: self.size(), modified: self.modified() }
    }

    /// Its size, in bytes. A browser asks the system.
    pub(crate) fn size(&self) -> u64 {
        self.blob.size()
    }

    /// Begins to read the slice that starts here; `None` at the end.
    pub(crate) fn slice(&self, from: u64) -> Option<Slice> {
        let size = self.size();
        let bytes = if from == 0 && size > Slice::BYTES { Slice::FIRST } else { Slice::BYTES };
        let to = size.min(from + bytes);
        // A slice costs a browser as much as reading a small file does.
        let part = if (from, to) == (0, size) { self.blob.clone() } else { self.blob.slice(from, to) };
        let buffer = || AsRef::<web_sys::Blob>::as_ref(&part).array_buffer();
        (from < to).then(|| Slice { bytes: to - from, buffer: buffer() })
    }
}

/// A part of a source that is on its way, or sources that are read at once.
pub(crate) struct Slice {
    bytes: u64,
    buffer: Promise,
}

impl Slice {
    /// How many bytes are read at once.
    pub(crate) const BYTES: u64 = 8 << 20;

    /// How many of a larger file are read first, so that the worker need not wait for more.
    const FIRST: u64 = 1 << 20;

    /// How many bytes it has.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Begins to read sources at once, one behind the other: for each of many small ones a browser takes longer
    /// than for its bytes.
    pub(crate) fn joined<'a>(sources: impl Iterator<Item = &'a Source>) -> Option<Self> {
        let parts: Array = sources.map(|source| AsRef::<web_sys::Blob>::as_ref(&source.blob)).collect();
        let joined = web_sys::Blob::new_with_blob_sequence(&parts).ok()?;
        Some(Self { bytes: joined.size() as u64, buffer: joined.array_buffer() })
    }

    /// Waits for the bytes; `None` where the file cannot be read. Of one that has become shorter not
    /// every browser says so.
    pub(crate) async fn buffer(self) -> Option<ArrayBuffer> {
        let buffer: ArrayBuffer = JsFuture::from(self.buffer).await.ok()?.dyn_into().ok()?;
        (u64::from(buffer.byte_length()) == self.bytes).then_some(buffer)
    }
}
