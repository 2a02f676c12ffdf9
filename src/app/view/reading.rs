//! How far the files are read, once that takes long enough to ask.

use std::cell::Cell;
use std::rc::Rc;

use credential_report_viewer::markup::Markup;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::parts::place;
use crate::app::clock;
use crate::app::effect::effect;
use crate::app::element::{by_id, say};
use crate::app::markup::part;
use crate::app::page_state::Page;
use crate::app::reading::Reading;

/// How long what is said stays as it is, in milliseconds: reading waits for what is painted.
const SAID_FOR: i32 = 200;

pub(super) fn reading(page: Page) -> AnyView {
    let shown = Memo::new(move |_| !page.patient.get() && page.reading.with(Option::is_some));
    let html = part(move || if shown.get() { write(page) } else { String::new() });
    effect(move || {
        shown.track();
        queue_microtask(move || show(page));
    });
    let is_waiting = Rc::new(Cell::new(false));
    effect(move || {
        page.reading.track();
        if is_waiting.replace(true) {
            return;
        }
        let is_waiting = is_waiting.clone();
        spawn_local(async move {
            clock::sleep(SAID_FOR).await;
            is_waiting.set(false);
            show(page);
        });
    });
    place("div", &[], html)
}

fn write(page: Page) -> String {
    let t = &page.text().page;
    let mut html = Markup::default();
    html.open("section", &[("id", "reading"), ("aria-labelledby", "reading-title")]);
    html.open("h2", &[("id", "reading-title")]);
    html.text(t.reading);
    html.text(" ");
    html.leaf("span", &[("id", "reading-name")], "");
    html.close();
    html.leaf("progress", &[("id", "progress"), ("aria-labelledby", "reading-title")], "");
    html.leaf("p", &[("id", "reading-so-far")], "");
    html.leaf("button", &[("type", "button"), ("id", "cancel")], t.cancel);
    html.finish()
}

/// Says how far it is. Of a folder nobody knows how much is still to come: its bar has no value.
fn show(page: Page) {
    let text = page.text();
    let t = &text.page;
    let (Some(reading), Some(progress)) = (page.reading.get_untracked(), by_id("progress")) else { return };
    let (name, so_far) = match reading {
        Reading::Folder { name, found } => (name, (t.found_so_far)(found as u64)),
        Reading::Files(read) => {
            let _ = progress.set_attribute("max", &read.total.max(1).to_string());
            let _ = progress.set_attribute("value", &read.bytes.to_string());
            let total = text.size(read.total);
            let total = if read.is_estimate { (t.about)(&total) } else { total };
            let so_far = (t.read_so_far)(&text.size(read.bytes), &total, read.rows);
            let name = match read.files {
                1 => read.name,
                files => (t.file_of_files)(&read.name, read.file as u64, files as u64),
            };
            (name, so_far)
        }
    };
    say("reading-name", &name);
    say("reading-so-far", &so_far);
}
