//! Decisions: a line on how they stand, the list of all, and the question before those that are not saved
//! are forgotten.

use credential_report_viewer::markup::{Markup, Setting, listed_decision, review_line};
use credential_report_viewer::review::State;
use credential_report_viewer::session::{DecisionPage, Reply, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Element, Event};

use super::dialog::{Frame, modal};
use super::parts::{of_overview, place};
use crate::app::decisions::{self, LISTED};
use crate::app::effect::effect;
use crate::app::element::{self, by_id};
use crate::app::markup;
use crate::app::page_state::Page;

/// How the decisions stand.
pub(super) fn line(page: Page) -> AnyView {
    let html = of_overview(page, |html, overview, setting| {
        review_line(html, &overview.review, overview.users, setting);
    });
    place("div", &[("class", "since"), ("id", "review")], html)
}

/// The list of all.
pub(super) fn dialog(page: Page) -> AnyView {
    let title = page.text().decide.list;
    let state = page.listed.with_untracked(|query| match query.states.first() {
        Some(state) => state.name(),
        None if query.grave => "grave",
        None => "",
    });
    let html = markup::html(page, |html, setting| write(html, state, setting));
    effect(move || {
        // Whatever was decided changes the list.
        page.overview.track();
        let query = page.listed.get();
        spawn_local(async move {
            let reply = page.link().ask(&Request::Decisions(query)).reply().await;
            if let Ok(Reply::Decisions(listed)) = reply {
                show(page, *listed);
            }
        });
    });
    let act = move |event: &Event, about: &Element| match (event.type_().as_str(), about.id().as_str()) {
        ("change", "decisions-state") => decisions::list(page, &event_target_value(event)),
        ("click", "decisions-previous") => turn(page, -1),
        ("click", "decisions-next") => turn(page, 1),
        _ => {}
    };
    modal(page, Frame { id: "decisions-dialog", title, wide: true }, html, Box::new(act))
}

fn write(html: &mut Markup, state: &str, setting: &Setting<'_>) {
    let text = setting.text;
    let t = text.decide;
    html.leaf("p", &[("class", "hint")], t.list_text);
    html.open("p", &[("class", "field")]);
    html.leaf("label", &[("for", "decisions-state")], t.state);
    html.open("select", &[("id", "decisions-state")]);
    let states = State::ALL.map(|state| (state.name(), text.decision_state(state)));
    for (name, words) in [("", t.all), ("grave", t.is_grave)].into_iter().chain(states) {
        let selected = [("value", name), ("selected", "")];
        html.leaf("option", if name == state { &selected } else { &selected[..1] }, words);
    }
    html.close();
    html.leaf("button", &[("type", "button"), ("class", "save-decisions")], t.save_file);
    html.close();
    html.leaf("p", &[("class", "hint"), ("id", "no-decisions"), ("hidden", "")], t.nothing);
    html.leaf("ul", &[("class", "decisions"), ("id", "decisions")], "");
    let pager =
        [("class", "pager"), ("id", "decisions-pager"), ("aria-label", text.page.pages), ("hidden", "")];
    html.open("nav", &pager);
    html.leaf("button", &[("type", "button"), ("id", "decisions-previous")], text.page.previous);
    html.leaf("button", &[("type", "button"), ("id", "decisions-next")], text.page.next);
    html.close();
}

fn show(page: Page, listed: DecisionPage) {
    // The dialog may be gone by now.
    let Some(list) = by_id("decisions") else { return };
    list.set_inner_html(&markup::html(page, |html, setting| {
        for decision in &listed.decisions {
            listed_decision(html, decision, setting);
        }
    }));
    element::set("no-decisions", "hidden", listed.matching > 0);
    element::set("decisions-pager", "hidden", listed.matching <= LISTED);
    element::set("decisions-previous", "disabled", listed.offset == 0);
    element::set("decisions-next", "disabled", listed.offset + LISTED >= listed.matching);
    page.decisions.set_value(listed.decisions);
}

fn turn(page: Page, by: i64) {
    page.listed.update(|query| {
        let offset = i64::from(query.offset) + by * i64::from(LISTED);
        query.offset = u32::try_from(offset).unwrap_or_default();
    });
}

/// The question before decisions that are in no file are forgotten.
pub(super) fn leave(page: Page) -> AnyView {
    let t = page.text().decide;
    let html = markup::html(page, |html, _| {
        html.leaf("p", &[], &(t.leave_text)(page.not_saved().into()));
        html.open("div", &[("class", "buttons")]);
        let save = [("type", "button"), ("class", "primary save-decisions"), ("id", "save-and-stay")];
        html.leaf("button", &save, t.save_file);
        html.leaf("button", &[("type", "button"), ("id", "leave")], t.leave);
        html.close();
    });
    let act = move |event: &Event, about: &Element| match (event.type_().as_str(), about.id().as_str()) {
        ("click", "save-and-stay") => page.panel.set(None),
        ("click", "leave") => page.close(),
        _ => {}
    };
    modal(page, Frame { id: "leave-dialog", title: t.leave_title, wide: false }, html, Box::new(act))
}
