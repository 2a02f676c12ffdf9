//! The form in which a decision is made or changed.

use credential_report_viewer::markup::{TEXT_FIELDS, decision_form};
use credential_report_viewer::review::{Action, Fault};
use credential_report_viewer::session::Draft;
use leptos::prelude::*;
use web_sys::{Element, Event};

use super::dialog::{Frame, modal};
use crate::app::element::{input, say, value};
use crate::app::page_state::Page;
use crate::app::{decisions, markup};

pub(super) fn dialog(page: Page) -> AnyView {
    let title = page.text().decide.title;
    let html = page.deciding.with_value(|deciding| {
        let Some(deciding) = deciding else { return String::new() };
        markup::html(page, |html, setting| {
            html.open("p", &[("id", "decide-about")]);
            html.leaf("b", &[], &deciding.title);
            html.close();
            html.open("form", &[("id", "decide-form"), ("novalidate", "")]);
            decision_form(html, &deciding.form, setting);
            html.close();
            html.leaf("p", &[("class", "refused"), ("id", "decide-refused"), ("role", "alert")], "");
        })
    });
    let act = move |event: &Event, _: &Element| {
        if event.type_() == "submit" {
            event.prevent_default();
            match draft() {
                Ok(draft) => decisions::done(page, draft),
                Err(fault) => say("decide-refused", &(page.text().review.fault)(&fault)),
            }
        }
    };
    modal(page, Frame { id: "decide-dialog", title, wide: false }, html, Box::new(act))
}

/// What the form holds.
fn draft() -> Result<Draft, Fault> {
    let chosen = document().query_selector("[name=decide-action]:checked").ok().flatten();
    let name = chosen.and_then(|input| input.get_attribute("value")).unwrap_or_default();
    let action = Action::from_name(&name).unwrap_or(Action::Ask);
    let is_broad = input("decide-broad").is_some_and(|input| input.checked());
    let days = (value("decide-on"), value("decide-until"));
    Draft::read(action, (&days.0, &days.1), TEXT_FIELDS.map(value), is_broad)
}
