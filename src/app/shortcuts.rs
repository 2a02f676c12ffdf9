//! The shortcuts, in one table; the dialog that lists them is built from it.

use credential_report_viewer::text::PageText;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::app::focus::{find, is_in_field};
use crate::app::page_state::Page;
use crate::app::panel::Panel;
use crate::app::{export, print};

/// A key and what it does.
pub(crate) struct Shortcut {
    /// As [`KeyboardEvent::key`] names it.
    key: &'static str,
    /// Whether Ctrl or Cmd is held; such a key works in fields too.
    control: bool,
    /// How the dialog writes it.
    pub(crate) label: &'static str,
    /// What it does, in words.
    pub(crate) says: fn(&PageText) -> &'static str,
    /// What it does. Whether it did anything.
    run: fn(Page) -> bool,
}

/// Every key.
pub(crate) const SHORTCUTS: &[Shortcut] = &[
    Shortcut { key: "o", control: true, label: "Ctrl/⌘ O", says: |t| t.key_open, run: open },
    Shortcut { key: "/", control: false, label: "/", says: |t| t.key_search, run: |_| focus("#search") },
    Shortcut { key: "j", control: false, label: "j", says: |t| t.key_next, run: |_| walk(1) },
    Shortcut { key: "k", control: false, label: "k", says: |t| t.key_previous, run: |_| walk(-1) },
    Shortcut { key: "Enter", control: false, label: "Enter", says: |t| t.key_enter, run: |_| unfold() },
    Shortcut { key: "e", control: false, label: "e", says: |t| t.key_export, run: export_all },
    Shortcut { key: "p", control: true, label: "Ctrl/⌘ P", says: |t| t.print, run: print_all },
    Shortcut { key: "?", control: false, label: "?", says: |t| t.key_help, run: help },
];

/// Listens for the keys.
pub(crate) fn listen(page: Page) {
    let keys = window_event_listener(ev::keydown, move |event| {
        if page.panel.with_untracked(Option::is_none) && pressed(page, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());
}

fn pressed(page: Page, event: &KeyboardEvent) -> bool {
    let control = event.ctrl_key() || event.meta_key();
    if event.alt_key() || event.is_composing() || (is_in_field(event) && !control) {
        return false;
    }
    let key = event.key();
    let found = SHORTCUTS.iter().find(|shortcut| {
        shortcut.control == control
            && (shortcut.key == key || (control && shortcut.key.eq_ignore_ascii_case(&key)))
    });
    found.is_some_and(|shortcut| (shortcut.run)(page))
}

fn open(_: Page) -> bool {
    let Some(input) = find("#browse") else { return false };
    input.click();
    true
}

fn focus(selector: &str) -> bool {
    find(selector).is_some_and(|element| element.focus().is_ok())
}

/// Goes to the next or previous card, row or problem.
fn walk(by: i32) -> bool {
    let Ok(stops) = document().query_selector_all("[data-stop]") else { return false };
    let active = document().active_element();
    let here = (0..stops.length()).find(|index| {
        let stop = stops.item(*index);
        active.as_ref().is_some_and(|active| stop.is_some_and(|stop| stop.contains(Some(active))))
    });
    let next = match here {
        Some(index) => i64::from(index) + i64::from(by),
        None if by > 0 => 0,
        None => return false,
    };
    let stop = u32::try_from(next).ok().and_then(|index| stops.item(index));
    let Some(stop) = stop.and_then(|stop| stop.dyn_into::<HtmlElement>().ok()) else { return false };
    stop.focus().is_ok()
}

/// Opens what is in the card that has the focus, or closes it.
fn unfold() -> bool {
    let Some(active) = document().active_element().filter(|element| element.has_attribute("data-stop"))
    else {
        return false;
    };
    let Some(first) = active.query_selector("summary, button").ok().flatten() else { return false };
    first.unchecked_into::<HtmlElement>().click();
    true
}

fn export_all(page: Page) -> bool {
    let any = page.overview.with_untracked(Option::is_some);
    if any {
        export::everything(page);
    }
    any
}

/// Prints as the page does: all users that match, and the digests of the files.
fn print_all(page: Page) -> bool {
    let any = page.overview.with_untracked(Option::is_some);
    if any {
        print::start(page, None);
    }
    any
}

fn help(page: Page) -> bool {
    page.panel.set(Some(Panel::Shortcuts));
    true
}
