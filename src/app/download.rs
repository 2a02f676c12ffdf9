//! Handing a file to the person.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Saves the parts, joined, as a file of this name. Whether the browser could make the file.
pub(crate) fn save(name: &str, parts: &[Vec<u8>]) -> bool {
    try_save(name, parts).is_some()
}

fn try_save(name: &str, parts: &[Vec<u8>]) -> Option<()> {
    let parts: Array = parts.iter().map(|part| Uint8Array::from(part.as_slice())).collect();
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let anchor: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The download holds the blob by itself once it has begun, which no event tells.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(60),
    );
    Some(())
}
