//! A source: something that a report can be read from, more than once, in slices.

use std::time::UNIX_EPOCH;

use credential_report_viewer::report::Timestamp;
use gloo_file::Blob;
use js_sys::{ArrayBuffer, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Something that a report can be read from, more than once.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) modified: Option<Timestamp>,
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
        let file = gloo_file::File::from(file);
        let modified = file.last_modified_time().duration_since(UNIX_EPOCH).ok();
        Self {
            name: path.unwrap_or_else(|| file.name()),
            in_folder,
            is_sample: false,
            modified: modified.map(|since| Timestamp::from_unix(since.as_secs() as i64)),
            blob: file.into(),
        }
    }

    /// A file of a folder, by its path.
    pub(crate) fn in_folder(file: web_sys::File, path: String) -> Self {
        Self { name: path, in_folder: true, ..Self::from_file(file) }
    }

    /// A text that came without a file.
    pub(crate) fn from_text(name: &str, text: &str) -> Self {
        let (name, blob) = (name.to_owned(), Blob::new(text));
        Self { name, modified: None, in_folder: false, is_sample: false, blob }
    }

    /// It, as part of the sample.
    pub(crate) fn of_sample(self) -> Self {
        Self { is_sample: true, ..self }
    }

    /// Its size, in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.blob.size()
    }

    /// Begins to read the slice that starts here; `None` at the end.
    pub(crate) fn slice(&self, from: u64) -> Option<Slice> {
        let to = self.size().min(from + Slice::BYTES);
        (from < to).then(|| Slice {
            bytes: to - from,
            buffer: AsRef::<web_sys::Blob>::as_ref(&self.blob.slice(from, to)).array_buffer(),
        })
    }
}

/// A part of a source that is on its way.
pub(crate) struct Slice {
    bytes: u64,
    buffer: Promise,
}

impl Slice {
    /// How many bytes are read at once.
    pub(crate) const BYTES: u64 = 8 << 20;

    /// Waits for the bytes; `None` where the file cannot be read. Of one that has become shorter not
    /// every browser says so.
    pub(crate) async fn buffer(self) -> Option<ArrayBuffer> {
        let buffer: ArrayBuffer = JsFuture::from(self.buffer).await.ok()?.dyn_into().ok()?;
        (u64::from(buffer.byte_length()) == self.bytes).then_some(buffer)
    }
}
