//! The intake of reports: a drop, a choice, a paste, or the sample. All end in [`files::open`].

use credential_report_viewer::report::{Limits, is_passed_over};
use credential_report_viewer::session::Mode;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{ClipboardEvent, DragEvent, Event, FileList, HtmlInputElement};

use crate::app::failure::Failure;
use crate::app::folder::{self, Folder};
use crate::app::page_state::Page;
use crate::app::reading::Reading;
use crate::app::source::Source;
use crate::app::{files, focus, sample};

/// How long after the last `dragover` a drag counts as gone; it comes at least three times a second.
const DRAG_ENDS: std::time::Duration = std::time::Duration::from_millis(600);

/// Listens for drops and pastes anywhere.
pub(crate) fn listen(page: Page) {
    let last = StoredValue::new(0_u32);
    let over = move |event: DragEvent| {
        if !holds_files(&event) {
            return;
        }
        event.prevent_default();
        page.dragging.set(Some(mode_at(page, &event)));
        last.update_value(|last| *last = last.wrapping_add(1));
        let mine = last.get_value();
        set_timeout(
            move || {
                if last.try_get_value() == Some(mine) {
                    page.dragging.set(None);
                }
            },
            DRAG_ENDS,
        );
    };
    let drop = move |event: DragEvent| {
        page.dragging.set(None);
        let Some(files) =
            event.data_transfer().and_then(|data| data.files()).filter(|files| files.length() > 0)
        else {
            return;
        };
        event.prevent_default();
        let mode = mode_at(page, &event);
        let (is_folder, folders) =
            event.data_transfer().map(|data| folder::dropped(&data)).unwrap_or_default();
        let mut plain = sources(&files);
        if folders.is_empty() {
            files::open(page, plain, mode);
            return;
        }
        let mut is_folder = is_folder.into_iter();
        plain.retain(|_| !is_folder.next().unwrap_or(false));
        spawn_local(open_folders(page, plain, folders, mode));
    };
    let paste = move |event: ClipboardEvent| {
        let Some(data) = event.clipboard_data() else { return };
        if let Some(files) = data.files().filter(|files| files.length() > 0) {
            event.prevent_default();
            files::open(page, sources(&files), Mode::Replace);
        } else if !focus::is_in_field(&event)
            && let Ok(text) = data.get_data("text/plain")
            && !text.trim().is_empty()
        {
            event.prevent_default();
            pasted(page, &text);
        }
    };
    let over = window_event_listener(ev::dragover, over);
    let drop = window_event_listener(ev::drop, drop);
    let paste = window_event_listener(ev::paste, paste);
    on_cleanup(move || {
        over.remove();
        drop.remove();
        paste.remove();
    });
}

/// Opens what was dropped, once the folders were walked through; unless something newer came meanwhile.
async fn open_folders(page: Page, mut found: Vec<Source>, folders: Vec<Folder>, mode: Mode) {
    page.cancel();
    let batch = page.batch();
    files::be_patient(page, batch);
    let mut failures = Vec::new();
    for folder in folders {
        let name = folder.name().to_owned();
        let before = found.len();
        let is_wanted = |count| {
            let is_wanted = page.is_batch(batch);
            if is_wanted {
                page.reading.set(Some(Reading::Folder { name: name.clone(), found: before + count }));
            }
            is_wanted
        };
        match folder.files(&is_wanted).await {
            Some(files) if files.is_too_much => {
                let limit = Limits::DEFAULT.files.into();
                failures.push(Failure::TooManyFiles { name, limit });
            }
            Some(files) => found.extend(files.sources),
            None => failures.push(Failure::Folder { name }),
        }
    }
    if !page.is_batch(batch) {
        return;
    }
    page.reading.set(None);
    page.failures.update(Vec::clear);
    files::open(page, found, mode);
    page.failures.update(|shown| shown.extend(failures));
}

/// During a drag the files cannot be seen yet, only that there are some.
fn holds_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().iter().any(|kind| kind == "Files"))
}

/// Over a result, the right half of the window adds to it.
fn mode_at(page: Page, event: &DragEvent) -> Mode {
    let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(f64::MAX);
    let right = f64::from(event.client_x()) > width / 2.0;
    if right && page.overview.with_untracked(Option::is_some) { Mode::Add } else { Mode::Replace }
}

fn sources(files: &FileList) -> Vec<Source> {
    (0..files.length()).filter_map(|index| files.item(index)).map(Source::from_file).collect()
}

/// Files were chosen in a file input. It is emptied, so that the same file can be chosen again.
pub(crate) fn chosen(page: Page, event: &Event, mode: Mode) {
    let input: HtmlInputElement = event_target(event);
    let mut found = input.files().map(|files| sources(&files)).unwrap_or_default();
    input.set_value("");
    found.retain(|source| !source.in_folder || !is_passed_over(&source.name));
    if found.len() > Limits::DEFAULT.files as usize {
        let limit = Limits::DEFAULT.files.into();
        let name =
            found.first().and_then(|first| first.name.split('/').next()).unwrap_or_default().to_owned();
        page.failures.set(vec![Failure::TooManyFiles { name, limit }]);
        return;
    }
    files::open(page, found, mode);
}

/// A text was pasted.
pub(crate) fn pasted(page: Page, text: &str) {
    files::open(page, vec![Source::from_text(page.text().page.pasted_name, text)], Mode::Replace);
}

/// The sample was chosen.
pub(crate) fn sample_chosen(page: Page) {
    files::open(page, sample::sources(), Mode::Replace);
}
