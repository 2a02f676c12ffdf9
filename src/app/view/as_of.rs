//! The moment that every age is measured to, where it comes from, and another one.

use credential_report_viewer::markup::{Markup, Setting};
use credential_report_viewer::overview::Overview;
use credential_report_viewer::report::{AsOfSource, Timestamp};
use leptos::prelude::*;
use web_sys::{Element, Event};

use super::dialog::{Frame, modal};
use crate::app::element::{say, value};
use crate::app::page_state::Page;
use crate::app::{clock, evaluation, markup, moment};

pub(super) fn dialog(page: Page) -> AnyView {
    let t = &page.text().page;
    let now = page.overview.get_untracked();
    let html = markup::html(page, |html, setting| write(html, now.as_deref(), setting));
    let act = move |event: &Event, about: &Element| {
        if event.type_() != "click" {
            return;
        }
        let time = match about.id().as_str() {
            "as-of-set" => match Timestamp::parse(&value("as-of-time")) {
                Ok(time) => Some(time),
                Err(_) => return say("as-of-refused", t.as_of_refused),
            },
            "as-of-now" => Some(clock::now()),
            "as-of-reset" => None,
            _ => return,
        };
        evaluation::set_as_of(page, time);
        page.panel.set(None);
    };
    modal(page, Frame { id: "as-of-dialog", title: t.as_of_title, wide: false }, html, Box::new(act))
}

fn write(html: &mut Markup, now: Option<&Overview>, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    html.leaf("p", &[], t.as_of_text);
    let mut reset = vec![("type", "button"), ("id", "as-of-reset")];
    if let Some(now) = now {
        html.open("p", &[]);
        html.leaf("b", &[], &(setting.moment)(now.as_of));
        html.text(" · ");
        html.text(text.as_of_source(now.as_of_source));
        html.close();
    }
    if now.is_none_or(|now| now.as_of_source != AsOfSource::Chosen) {
        reset.push(("disabled", ""));
    }
    html.open("p", &[("class", "field")]);
    html.leaf("label", &[("for", "as-of-time")], t.as_of_label);
    html.void(
        "input",
        &[
            ("id", "as-of-time"),
            ("type", "datetime-local"),
            ("step", "1"),
            ("value", &now.map(|now| moment::for_input(now.as_of)).unwrap_or_default()),
            ("aria-describedby", "as-of-refused"),
        ],
    );
    html.close();
    html.leaf("p", &[("class", "refused"), ("id", "as-of-refused"), ("role", "alert")], "");
    html.open("div", &[("class", "buttons")]);
    html.leaf("button", &[("type", "button"), ("class", "primary"), ("id", "as-of-set")], t.as_of_set);
    html.leaf("button", &[("type", "button"), ("id", "as-of-now")], t.as_of_now);
    html.leaf("button", &reset, t.as_of_reset);
    html.close();
    html.leaf("h3", &[], t.as_of_order);
    html.open("ol", &[]);
    let order = [
        AsOfSource::Chosen,
        AsOfSource::GeneratedTime,
        AsOfSource::FileName,
        AsOfSource::LastModified,
        AsOfSource::NewestEvent,
    ];
    html.items(order.map(|source| text.as_of_source(source)));
    html.close();
}
