//! The form in which a decision is made or changed.

use credential_report_viewer::markup::{TEXT_FIELDS, decision_form};
use credential_report_viewer::review::Action;
use credential_report_viewer::session::Draft;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::dialog::modal;
use crate::app::deciding::Refusal;
use crate::app::page_state::Page;
use crate::app::{decisions, markup};

pub(super) fn dialog(page: Page) -> impl IntoView {
    let deciding = page.deciding.get_value();
    let refused = RwSignal::new(None::<Refusal>);
    let html = deciding
        .as_ref()
        .map(|deciding| markup::html(page, |html, setting| decision_form(html, &deciding.form, setting)));
    let text = page.text();
    let why = move || {
        refused.with(|refused| match refused {
            Some(Refusal::Fault(fault)) => Some((text.review.fault)(fault)),
            Some(Refusal::Unknown) => Some(text.decide.refused.to_owned()),
            None => None,
        })
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match draft() {
            Ok(draft) => decisions::done(page, draft, refused),
            Err(fault) => refused.set(Some(Refusal::Fault(fault))),
        }
    };
    let content = view! {
        <p id="decide-about"><b>{deciding.map(|deciding| deciding.title)}</b></p>
        <form id="decide-form" novalidate inner_html=html on:submit=submit></form>
        <p class="refused" id="decide-refused" role="alert">{why}</p>
    };
    modal(page, "decide-dialog", text.decide.title, false, content.into_any())
}

/// What the form holds.
fn draft() -> Result<Draft, credential_report_viewer::review::Fault> {
    let chosen = document().query_selector("[name=decide-action]:checked").ok().flatten();
    let name = chosen.and_then(|input| input.get_attribute("value")).unwrap_or_default();
    let action = Action::from_name(&name).unwrap_or(Action::Ask);
    let input = |id: &str| document().get_element_by_id(id)?.dyn_into::<HtmlInputElement>().ok();
    let value = |id: &str| input(id).map(|input| input.value()).unwrap_or_default();
    let is_broad = input("decide-broad").is_some_and(|input| input.checked());
    let days = (value("decide-on"), value("decide-until"));
    Draft::read(action, (&days.0, &days.1), TEXT_FIELDS.map(value), is_broad)
}
