//! Small pieces that many components share.

use credential_report_viewer::card::AreaStatus;
use credential_report_viewer::checks::Severity;
pub(super) use credential_report_viewer::markup::account;
use credential_report_viewer::markup::{Markup, Setting};
use credential_report_viewer::overview::Overview;
use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;

use crate::app::markup::{self, Part};
use crate::app::page_state::Page;

/// Markup of the result, written anew whenever that changes.
pub(super) fn of_overview(page: Page, write: fn(&mut Markup, &Overview, &Setting<'_>)) -> Part {
    markup::part(move || {
        page.overview.with(|overview| {
            let Some(overview) = overview.as_deref() else { return String::new() };
            markup::html(page, |html, setting| write(html, overview, setting))
        })
    })
}

/// Markup of the result, in which numbers are pressed by which the view filters.
pub(super) fn of_filters(page: Page, write: fn(&mut Markup, &Overview, &ViewState, &Setting<'_>)) -> Part {
    markup::part(move || {
        page.overview.with(|overview| {
            let Some(overview) = overview.as_deref() else { return String::new() };
            page.view.with_untracked(|view| {
                markup::html(page, |html, setting| write(html, overview, view, setting))
            })
        })
    })
}

/// The shape of a severity; its word stands beside it.
pub(super) fn mark(severity: Severity) -> impl IntoView {
    shape(severity.name())
}

/// The shape of how an area stands: that of the severity found, a tick, a dash, a question.
pub(super) fn status_mark(status: AreaStatus) -> impl IntoView {
    shape(status.name())
}

fn shape(name: &'static str) -> impl IntoView {
    view! { <i class=format!("mark {name}") aria-hidden="true"></i> }
}

/// A name and the words for it.
pub(super) type Choice = (String, String);

/// A list to choose one of, with its label.
pub(super) fn select(
    page: Page,
    (id, label): (&'static str, &'static str),
    choices: Signal<Vec<Choice>>,
    chosen: Signal<String>,
    choose: fn(Page, &str),
) -> AnyView {
    let html = move || {
        let chosen = chosen.get_untracked();
        let mut markup = Markup::default();
        choices.with(|choices| {
            for (name, words) in choices {
                let mut attributes = vec![("value", name.as_str())];
                if *name == chosen {
                    attributes.push(("selected", ""));
                }
                markup.leaf("option", &attributes, words);
            }
        });
        markup.finish()
    };
    view! {
        <label>
            <span>{label}</span>
            <select
                id=id
                inner_html=html
                prop:value=move || chosen.get()
                on:change=move |event| choose(page, &event_target_value(&event))
            ></select>
        </label>
    }
    .into_any()
}

/// A sentence in which backticks mark what is typed or read literally.
pub(super) fn rich(text: &str) -> impl IntoView + use<> {
    let mut markup = Markup::default();
    markup.rich(text);
    view! { <span inner_html=markup.finish()></span> }
}
