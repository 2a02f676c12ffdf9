//! An export as a blob, put together in the worker: the page would wait for the browser at each of its parts.

use credential_report_viewer::session::{Reply, Request};
use js_sys::{Array, Uint8Array};
use web_sys::Blob;

use crate::app::download;

/// How many bytes make a blob: a browser takes its time for each.
const TOGETHER: usize = 16 << 20;

/// The export under way. What was written is blobs, so that no memory holds all of it.
#[derive(Default)]
pub(crate) struct ExportBlob {
    media_type: &'static str,
    blobs: Array,
    recent: Array,
    recent_bytes: usize,
    /// Whether the browser had no room for a blob.
    failed: bool,
    /// Whether what is answered next is a part.
    is_asked: bool,
}

impl ExportBlob {
    /// Begins anew with an export that is asked for.
    pub(crate) fn hear(&mut self, request: &Request) {
        self.is_asked = matches!(request, Request::NextPart);
        if let Request::Export(export) = request {
            *self = Self { media_type: export.form.media_type(), ..Self::default() };
        }
    }

    /// Takes a part. With the last one it gives the export, with a part that is a file of its own that file;
    /// `None` where the browser has no room.
    pub(crate) fn take(&mut self, reply: &Reply) -> Option<Blob> {
        let Reply::Part { bytes, last, name } = reply else {
            if self.is_asked {
                // There is no such export any more.
                *self = Self::default();
            }
            return None;
        };
        self.recent.push(&Uint8Array::from(bytes.as_slice()));
        self.recent_bytes += bytes.len();
        if *last || name.is_some() || self.recent_bytes >= TOGETHER {
            let blob = download::join(&std::mem::take(&mut self.recent), self.media_type);
            self.recent_bytes = 0;
            self.failed |= blob.is_none();
            self.blobs.push(&blob.into());
        }
        if !last && name.is_none() || self.failed {
            return None;
        }
        let blobs = std::mem::take(&mut self.blobs);
        download::join(&blobs, self.media_type)
    }
}
