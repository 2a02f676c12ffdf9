//! What is seen while files are dragged over the window. It takes no part in the drag itself, so
//! that nothing flickers.

use credential_report_viewer::markup::Markup;
use credential_report_viewer::session::Mode;
use leptos::prelude::*;

use super::parts::place;
use crate::app::markup::part;
use crate::app::page_state::Page;

pub(super) fn overlay(page: Page) -> AnyView {
    let html = part(move || page.dragging.get().map(|over| write(page, over)).unwrap_or_default());
    place("div", &[("aria-hidden", "true")], html)
}

fn write(page: Page, over: Mode) -> String {
    let t = &page.text().page;
    let mut html = Markup::default();
    html.open("div", &[("id", "overlay")]);
    let halves: &[_] = match page.overview.with_untracked(Option::is_some) {
        true => &[(Mode::Replace, t.drop_replaces), (Mode::Add, t.drop_adds)],
        false => &[(Mode::Replace, t.drop_now)],
    };
    for (mode, words) in halves {
        html.leaf("p", &[("class", if *mode == over { "on" } else { "" })], words);
    }
    html.finish()
}
