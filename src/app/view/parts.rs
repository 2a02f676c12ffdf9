//! Small pieces that many components share.

use credential_report_viewer::markup::{Markup, Setting};
use credential_report_viewer::overview::Overview;
use credential_report_viewer::view_state::ViewState;
use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::html::{custom, inner_html};
use leptos::prelude::*;

use crate::app::markup::{self, Part};
use crate::app::page_state::Page;

/// Markup of the result, written anew whenever that changes.
pub(super) fn of_overview(page: Page, write: fn(&mut Markup, &Overview, &Setting<'_>)) -> Part {
    markup::part(move || {
        let Some(overview) = page.overview.get() else { return String::new() };
        markup::html(page, |html, setting| write(html, &overview, setting))
    })
}

/// Markup of the result, in which numbers are pressed by which the view filters.
pub(super) fn of_filters(page: Page, write: fn(&mut Markup, &Overview, &ViewState, &Setting<'_>)) -> Part {
    markup::part(move || {
        let Some(overview) = page.overview.get() else { return String::new() };
        let view = page.view.get_untracked();
        markup::html(page, |html, setting| write(html, &overview, &view, setting))
    })
}

/// An element with markup in it, which is written anew whenever what it is made of changes. All of them are
/// of one type: the view has to be compiled for each type of element, and of its attributes.
pub(super) fn place(tag: &'static str, attributes: &[(&'static str, &str)], html: Part) -> AnyView {
    let attributes = attributes.iter().map(|(name, value)| custom_attribute(*name, (*value).to_owned()));
    let mut all: Vec<AnyAttribute> = attributes.map(IntoAnyAttribute::into_any_attr).collect();
    all.push(inner_html(html).into_any_attr());
    custom(tag).add_any_attr(all).into_any()
}

/// An element with markup in it that stays as it is.
pub(super) fn fixed(tag: &'static str, attributes: &[(&'static str, &str)], html: String) -> AnyView {
    place(tag, attributes, markup::part(move || html.clone()))
}

/// What is there at times: made anew whenever what it looks at changes.
pub(super) fn sometimes(make: impl FnMut() -> Option<AnyView> + Send + 'static) -> AnyView {
    let make: Box<dyn FnMut() -> Option<AnyView> + Send> = Box::new(make);
    make.into_any()
}

/// A name and the words for it.
pub(super) type Choice = (String, String);

/// A list to choose one of, with its label. What is chosen is not said in it.
pub(super) fn select(html: &mut Markup, (id, label): (&str, &str), choices: &[Choice]) {
    html.open("label", &[]);
    html.leaf("span", &[], label);
    html.open("select", &[("id", id)]);
    for (name, words) in choices {
        html.leaf("option", &[("value", name)], words);
    }
    html.close();
    html.close();
}

/// A heading of a table that sorts by its column: its class, its words, what it sorts by, and the direction
/// where the table is sorted by it.
pub(super) fn heading(
    html: &mut Markup,
    class: &str,
    words: &str,
    by: (&'static str, &str),
    descending: Option<bool>,
) {
    let (sorted, arrow) = match descending {
        None => ("none", ""),
        Some(true) => ("descending", " ↓"),
        Some(false) => ("ascending", " ↑"),
    };
    html.open("th", &[("scope", "col"), ("class", class), ("aria-sort", sorted)]);
    html.open("button", &[("type", "button"), ("class", "link"), by]);
    html.text(words);
    html.leaf("span", &[("aria-hidden", "true")], arrow);
    html.close();
    html.close();
}
