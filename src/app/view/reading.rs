//! How far the files are read, once that takes long enough to ask.

use leptos::prelude::*;

use crate::app::page_state::Page;
use crate::app::reading::Reading;

pub(super) fn reading(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let shown = Memo::new(move |_| !page.patient.get() && page.reading.with(Option::is_some));
    let of = move |what: fn(&Reading) -> u64| {
        move || page.reading.with(|reading| reading.as_ref().map(what).unwrap_or_default())
    };
    let name = move || {
        page.reading.with(|reading| {
            reading.as_ref().map(|reading| match reading.files {
                1 => reading.name.clone(),
                files => (t.file_of_files)(&reading.name, reading.file as u64, files as u64),
            })
        })
    };
    view! {
        <Show when=move || shown.get()>
            <section id="reading" aria-labelledby="reading-title">
                <h2 id="reading-title">{t.reading}" "<span>{name}</span></h2>
                <progress max=of(|reading| reading.total.max(1)) value=of(|reading| reading.bytes) aria-labelledby="reading-title"></progress>
                <p>
                    {move || page.reading.get().map(|reading| {
                        (t.read_so_far)(&text.size(reading.bytes), &text.size(reading.total), reading.rows)
                    })}
                </p>
                <button type="button" id="cancel" on:click=move |_| page.cancel()>{t.cancel}</button>
            </section>
        </Show>
    }
}
