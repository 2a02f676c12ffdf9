//! What the buttons, links and fields of markup do. They have no listeners of their own: they say it in
//! their attributes, and the document listens.
//!
//! | attribute | what |
//! |---|---|
//! | `data-filter` | filters, and no longer when clicked again: see `ViewState::toggle_filters` |
//! | `data-go` | goes to another view: see `ViewState::go` |
//! | `data-owner` | shows the users of an owner, and no others |
//! | `data-panel` | opens a dialog |
//! | `data-list` | lists the decisions in a state, or all |
//! | `data-turn`, `data-way` | turns the pages of a list |
//! | `data-by`, `data-sort` | sorts users, or accounts |
//! | `data-severity` | filters by it: see `ViewState::toggle_severity` |
//! | `data-drop` | drops a filter: see `ViewState::drop_filter` |
//! | `href="#…"` | jumps within the page |
//! | `data-mode` | opens the files that are chosen |

use credential_report_viewer::accounts::AccountSort;
use credential_report_viewer::assessment::Kind;
use credential_report_viewer::comparison::{Against, Cause, Outcome};
use credential_report_viewer::query::SortKey;
use credential_report_viewer::session::Mode;
use credential_report_viewer::text::Language;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlSelectElement};

use crate::app::effect::effect;
use crate::app::markup::{elements, target};
use crate::app::page_state::Page;
use crate::app::panel::Panel;
use crate::app::settings::Theme;
use crate::app::{change_group, changes, decisions, element, export, focus, intake, problem};

/// Listens, and keeps it said which filters are set.
pub(crate) fn listen(page: Page) {
    on("click", page, clicked);
    on("change", page, changed);
    on("input", page, |page, _, target| {
        if target.id() == "search" {
            let words = element::value("search");
            page.ask(|query| query.search = words);
        }
    });
    // A toggle does not bubble: it is caught on its way down.
    on("toggle", page, |page, event, target| {
        if event.type_() == "toggle" && target.matches(".problem") == Ok(true) {
            problem::toggled(page, target);
        }
    });
    effect(move || {
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
    } else if let Some(owner) = says("data-owner") {
        page.view.update(|view| view.show_users_of_owner(owner));
    } else if let Some(panel) = says("data-panel") {
        page.panel.set(Panel::from_name(&panel));
    } else if let Some(state) = says("data-list") {
        decisions::list(page, &state);
        page.panel.set(Some(Panel::Decisions));
    } else if let Some(list) = says("data-turn") {
        turn(page, &list, &button, says("data-way").is_some_and(|way| way == "forward"));
    } else if let Some(by) = says("data-by") {
        if let Some(key) = SortKey::ALL.into_iter().find(|key| key.name() == by) {
            page.view.update(|view| view.sort_by(key));
        }
    } else if let Some(by) = says("data-sort") {
        if let Some(sort) = AccountSort::ALL.into_iter().find(|sort| sort.name() == by) {
            page.view.update(|view| view.sort_accounts_by(sort));
        }
    } else if let Some(place) = says("data-drop") {
        page.view.update(|view| view.drop_filter(place.parse().unwrap_or(usize::MAX)));
    } else if let Some(name) = says("data-severity") {
        page.view.update(|view| view.toggle_severity(&name));
    } else if says("href").is_some_and(|href| href.starts_with('#')) {
        focus::jump(event, &button);
    } else {
        match button.id().as_str() {
            "sample" => intake::sample_chosen(page),
            "export" => export::everything(page),
            "close" => decisions::close(page),
            "error-dismiss" => page.failures.update(Vec::clear),
            "dismiss" => page.notice.set(None),
            "cancel" => page.cancel(),
            "decide-shown" => decisions::decide_shown(page),
            "direction" => page.ask(|query| query.descending = !query.descending),
            "compare-again" => changes::compare_with(page, Against::Previous),
            "newest-only" => changes::compare_with(page, Against::Nothing),
            _ => {}
        }
    }
}

/// Turns the pages of a list.
fn turn(page: Page, list: &str, button: &Element, forward: bool) {
    let by = if forward { 1 } else { -1 };
    match list {
        "users" => page.view.update(|view| view.turn(by)),
        "accounts" => page.view.update(|view| view.turn_accounts(by)),
        "owners" => page.view.update(|view| view.turn_owners(by)),
        _ if button.closest("[data-group]").is_ok_and(|group| group.is_some()) => {
            change_group::turn(page, button, forward);
            return;
        }
        _ => {
            page.notes.update(|notes| notes.turn(list, forward));
            return;
        }
    }
    if let Some(top) = focus::find(".toolbar") {
        top.scroll_into_view();
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
        "kind" => {
            let kind = value.parse().ok().and_then(|place: usize| Kind::ALL.get(place).copied());
            page.ask(|query| query.kinds = kind.into_iter().collect());
        }
        "account" => page.ask(|query| {
            query.accounts = if value.is_empty() { Vec::new() } else { vec![value.clone()] };
        }),
        "owner" => page.ask(|query| {
            query.owners = if value.is_empty() { Vec::new() } else { vec![value.clone()] };
        }),
        "change" => {
            let outcome = Outcome::from_name(&value);
            page.ask(|query| {
                query.changes = outcome.into_iter().collect();
                // Another outcome has other causes.
                query.causes.retain(|cause| outcome.is_none_or(|outcome| cause.outcome() == outcome));
            });
        }
        "cause" => page.ask(|query| query.causes = Cause::from_name(&value).into_iter().collect()),
        "sort" => {
            if let Some(key) = SortKey::ALL.into_iter().find(|key| key.name() == value) {
                page.ask(|query| {
                    query.sort = key;
                    query.descending = key.descends_at_first();
                });
            }
        }
        "against" => {
            changes::compare_with(page, value.parse().map_or(Against::Previous, Against::Input));
        }
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
