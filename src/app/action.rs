//! What the buttons, links and fields of markup do. They have no listeners of their own: they say it in
//! their attributes, and the document listens.
//!
//! | attribute | what |
//! |---|---|
//! | `data-filter` | filters, and no longer when clicked again: see `ViewState::toggle_filters` |
//! | `data-go` | goes to another view: see `ViewState::go` |
//! | `data-panel` | opens a dialog |
//! | `data-list` | lists the decisions in a state, or all |
//! | `data-turn`, `data-way` | turns the pages of a list of the notes |
//! | `href="#…"` | jumps within the page |
//! | `data-mode` | opens the files that are chosen |

use credential_report_viewer::session::Mode;
use credential_report_viewer::text::Language;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlSelectElement};

use crate::app::markup::{elements, target};
use crate::app::page_state::Page;
use crate::app::panel::Panel;
use crate::app::settings::Theme;
use crate::app::{decisions, export, focus, intake, problem};

/// Listens, and keeps it said which filters are set.
pub(crate) fn listen(page: Page) {
    on("click", page, clicked);
    on("change", page, changed);
    // A toggle does not bubble: it is caught on its way down.
    on("toggle", page, |page, event, target| {
        if event.type_() == "toggle" && target.matches(".problem") == Ok(true) {
            problem::toggled(page, target);
        }
    });
    Effect::new(move |_| {
        page.view.with(|view| {
            for button in elements("[data-filter]") {
                let is_on = view.has_filters(&button.get_attribute("data-filter").unwrap_or_default());
                let _ = button.set_attribute("aria-pressed", if is_on { "true" } else { "false" });
            }
        });
    });
}

fn on(name: &str, page: Page, act: fn(Page, &Event, &Element)) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if let Some(target) = target(&event) {
            act(page, &event, &target);
        }
    });
    let function = listener.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback_and_bool(name, function, true);
    listener.forget();
}

fn clicked(page: Page, event: &Event, target: &Element) {
    let Ok(Some(button)) = target.closest("button, a") else { return };
    let says = |name: &str| button.get_attribute(name);
    if let Some(filters) = says("data-filter") {
        page.view.update(|view| view.toggle_filters(&filters));
    } else if let Some(to) = says("data-go") {
        page.view.update(|view| view.go(&to));
    } else if let Some(panel) = says("data-panel") {
        page.panel.set(Panel::from_name(&panel));
    } else if let Some(state) = says("data-list") {
        decisions::list(page, &state);
        page.panel.set(Some(Panel::Decisions));
    } else if let Some(list) = says("data-turn") {
        let forward = says("data-way").is_some_and(|way| way == "forward");
        page.notes.update(|notes| notes.turn(&list, forward));
    } else if says("href").is_some_and(|href| href.starts_with('#')) {
        focus::jump(event, &button);
    } else {
        match button.id().as_str() {
            "sample" => intake::sample_chosen(page),
            "export" => export::everything(page),
            "close" => decisions::close(page),
            "error-dismiss" => page.failures.update(Vec::clear),
            _ => {}
        }
    }
}

fn changed(page: Page, event: &Event, target: &Element) {
    if let Some(mode) = target.get_attribute("data-mode") {
        intake::chosen(page, event, if mode == "add" { Mode::Add } else { Mode::Replace });
        return;
    }
    let Some(select) = target.dyn_ref::<HtmlSelectElement>() else { return };
    let value = select.value();
    match select.id().as_str() {
        "language" => {
            if let Some(language) = Language::ALL.into_iter().find(|language| language.tag() == value) {
                page.set_language(language);
                focus::move_to("#language");
            }
        }
        "theme" => {
            if let Some(theme) = Theme::from_name(&value) {
                page.set_theme(theme);
            }
        }
        _ => {}
    }
}
