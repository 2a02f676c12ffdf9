//! Markup on the page: written as the page is set, and listened to by the document, for it has no
//! listeners of its own.

use credential_report_viewer::finding::Finding;
use credential_report_viewer::markup::{Markup, Setting, inside, opened};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

use crate::app::page_state::Page;
use crate::app::{clipboard, clock};

/// How long a button says that it copied, in milliseconds.
const COPIED_FOR: i32 = 2000;

/// Writes HTML as the page is set now.
pub(crate) fn html(page: Page, write: impl FnOnce(&mut Markup, &Setting<'_>)) -> String {
    let language = page.language.get_untracked();
    let policy = page.policy.get_untracked();
    let as_of = page.overview.with_untracked(|overview| overview.as_ref().map(|overview| overview.as_of));
    let setting = Setting {
        text: page.text(),
        policy: &policy,
        as_of: as_of.unwrap_or_else(clock::now),
        day: &|time| clock::day(language, time),
        open: page.printing.get_untracked(),
    };
    let mut markup = Markup::default();
    write(&mut markup, &setting);
    markup.finish()
}

/// Fills findings when they are opened, copies the text beside a button, and shows the card of a row.
pub(crate) fn listen(page: Page) {
    let fill = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if let Some(details) = target(&event).filter(|target| target.matches(".finding[open]") == Ok(true)) {
            fill(page, &details);
        }
    });
    // A toggle does not bubble: it is heard on its way down.
    let fill_function = fill.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback_and_bool("toggle", fill_function, true);
    fill.forget();
    let click = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let Some(button) = target(&event).and_then(|target| target.closest("button").ok().flatten()) else {
            return;
        };
        if button.class_list().contains("copy") {
            copy(page, &button);
        } else if button.class_list().contains("show-card") {
            toggle_card(page, &button);
        }
    });
    let _ = document().add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
    click.forget();
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn fill(page: Page, details: &Element) {
    if details.query_selector(".inside").ok().flatten().is_some() {
        return;
    }
    let Some(uid) = details.get_attribute("data-uid") else { return };
    let find = |findings: &[Finding]| findings.iter().find(|finding| finding.uid == uid).cloned();
    let found = page.cards.with_untracked(|cards| {
        let cards = cards.as_ref()?;
        find(&cards.account_findings).or_else(|| cards.cards.iter().find_map(|card| find(&card.findings)))
    });
    if let Some(finding) = found {
        let html = html(page, |html, setting| inside(html, &finding, setting.text));
        let _ = details.insert_adjacent_html("beforeend", &html);
    }
}

/// Opens the card of a row below it, or closes it.
fn toggle_card(page: Page, button: &Element) {
    let Some(row) = button.closest("tr").ok().flatten() else { return };
    let is_open = button.get_attribute("aria-expanded").is_some_and(|expanded| expanded == "true");
    if is_open {
        if let Some(opened) = row.next_element_sibling() {
            opened.remove();
        }
    } else {
        let number = row.get_attribute("data-row").and_then(|number| number.parse::<u32>().ok());
        let html = page.cards.with_untracked(|cards| {
            let card = cards.as_ref()?.cards.iter().find(|card| Some(card.row) == number)?;
            Some(html(page, |html, setting| opened(html, card, setting)))
        });
        let Some(html) = html else { return };
        let _ = row.insert_adjacent_html("afterend", &html);
    }
    let _ = button.set_attribute("aria-expanded", if is_open { "false" } else { "true" });
}

/// Copies the text in front of a button, and lets the button say so.
fn copy(page: Page, button: &Element) {
    let Some(what) = button.previous_element_sibling().and_then(|code| code.text_content()) else { return };
    let Some(words) = button.first_element_child() else { return };
    spawn_local(async move {
        let t = &page.text().page;
        words.set_text_content(Some(if clipboard::copy(&what).await { t.copied } else { t.copy_failed }));
        clock::sleep(COPIED_FOR).await;
        words.set_text_content(Some(t.copy));
    });
}
