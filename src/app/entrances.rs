//! The ways in: a drop, a choice, a paste. All end in [`files::open`].

use credential_report_viewer::session::Mode;
use credential_report_viewer::text::Language;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, FileList, HtmlElement, HtmlInputElement};

use super::files::{self, Source};
use super::state::Page;

/// How long after the last `dragover` a drag counts as gone; it comes at least three times a second.
const DRAG_ENDS: std::time::Duration = std::time::Duration::from_millis(600);

/// A made-up report.
pub(crate) const SAMPLE: &str = include_str!("sample.csv");

/// Listens for drops and pastes anywhere, and for printing.
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
        files::open(page, sources(&files), mode_at(page, &event));
    };
    let paste = move |event: web_sys::ClipboardEvent| {
        let Some(data) = event.clipboard_data() else { return };
        if let Some(files) = data.files().filter(|files| files.length() > 0) {
            event.prevent_default();
            files::open(page, sources(&files), Mode::Replace);
        } else if !is_field(&event)
            && let Ok(text) = data.get_data("text/plain")
            && !text.trim().is_empty()
        {
            event.prevent_default();
            pasted(page, &text, Mode::Replace);
        }
    };
    let over = window_event_listener(ev::dragover, over);
    let drop = window_event_listener(ev::drop, drop);
    let paste = window_event_listener(ev::paste, paste);
    let before = window_event_listener_untyped("beforeprint", move |_| page.printing.set(true));
    let after = window_event_listener_untyped("afterprint", move |_| page.printing.set(false));
    on_cleanup(move || {
        over.remove();
        drop.remove();
        paste.remove();
        before.remove();
        after.remove();
    });
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
    (0..files.length()).filter_map(|place| files.item(place)).map(Source::from_file).collect()
}

/// Files were chosen in a file input. It is emptied, so that the same file can be chosen again.
pub(crate) fn chosen(page: Page, event: &Event, mode: Mode) {
    let input: HtmlInputElement = event_target(event);
    let found = input.files().map(|files| sources(&files)).unwrap_or_default();
    input.set_value("");
    files::open(page, found, mode);
}

/// A text was pasted.
pub(crate) fn pasted(page: Page, text: &str, mode: Mode) {
    files::open(page, vec![Source::from_text(page.text().page.pasted_name, text)], mode);
}

/// The report that comes with the page. The time in its name says when it was made.
pub(crate) fn sample(page: Page) {
    const NAME: &str = "status_reports_2026-09-11T13-15-19+00-00.csv";
    files::open(page, vec![Source::from_text(NAME, SAMPLE)], Mode::Replace);
}

/// Whether an event is meant for a field that a person types into.
pub(crate) fn is_field(event: &Event) -> bool {
    event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()).is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.is_content_editable()
    })
}

/// Sets the focus, once what is being built is there.
pub(crate) fn focus(selector: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = find(selector) {
            let _ = element.focus();
        }
    });
}

/// Keeps the focus in the page when what has it is about to go: it moves to the content.
pub(crate) fn keep_focus() {
    let has = || document().active_element().is_some_and(|element| element.tag_name() != "BODY");
    if has() {
        request_animation_frame(move || {
            if !has()
                && let Some(main) = find("#main")
            {
                let _ = main.focus();
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        });
    }
}

/// The first element that a selector names.
pub(crate) fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Goes to a place of the page without writing it to the address, which holds the view.
#[expect(clippy::needless_pass_by_value, reason = "handlers are given their event")]
pub(crate) fn jump(event: ev::MouseEvent) {
    event.prevent_default();
    let anchor: HtmlElement = event_target(&event);
    if let Some(target) = anchor.get_attribute("href").and_then(|href| find(&href)) {
        target.scroll_into_view();
        let _ = target.focus();
    }
}

/// Passes over the masthead.
pub(crate) fn skip_to_main(event: ev::MouseEvent) {
    jump(event);
}

/// Tells screen readers and fonts which language the page speaks.
pub(crate) fn name_language(language: Language) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.tag());
    }
}
