//! How far the files are read, once that takes long enough to ask.

use leptos::prelude::*;

use crate::app::page_state::Page;
use crate::app::reading::{FilesRead, Reading};

pub(super) fn reading(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let shown = Memo::new(move |_| !page.patient.get() && page.reading.with(Option::is_some));
    // Of a folder nobody knows how much is still to come: its bar has no value.
    let of = move |what: fn(&FilesRead) -> u64| {
        move || page.reading.with(|reading| reading.as_ref().and_then(Reading::files).map(what))
    };
    let name = move || {
        page.reading.with(|reading| {
            reading.as_ref().map(|reading| match reading {
                Reading::Folder { name, .. } => name.clone(),
                Reading::Files(read) if read.files == 1 => read.name.clone(),
                Reading::Files(read) => (t.file_of_files)(&read.name, read.file as u64, read.files as u64),
            })
        })
    };
    let so_far = move || {
        page.reading.with(|reading| {
            reading.as_ref().map(|reading| match reading {
                Reading::Folder { found, .. } => (t.found_so_far)(*found as u64),
                Reading::Files(read) => {
                    (t.read_so_far)(&text.size(read.bytes), &text.size(read.total), read.rows)
                }
            })
        })
    };
    view! {
        <Show when=move || shown.get()>
            <section id="reading" aria-labelledby="reading-title">
                <h2 id="reading-title">{t.reading}" "<span>{name}</span></h2>
                <progress max=of(|reading| reading.total.max(1)) value=of(|reading| reading.bytes) aria-labelledby="reading-title"></progress>
                <p>{so_far}</p>
                <button type="button" id="cancel" on:click=move |_| page.cancel()>{t.cancel}</button>
            </section>
        </Show>
    }
}
