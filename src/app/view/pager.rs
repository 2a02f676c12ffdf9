//! Pages of users or accounts: only one is ever on the screen.

use credential_report_viewer::markup::{Markup, Pager};
use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;

use super::parts::place;
use crate::app::markup::part;
use crate::app::page_state::Page;

/// Turns pages of users.
pub(super) fn pager(page: Page) -> AnyView {
    turner(page, "users", move || {
        let cards = page.cards.get()?;
        Some((cards.offset, ViewState::shown(&cards), cards.matching))
    })
}

/// Turns pages of the main list: how many are before this one, on it, and in all.
pub(super) fn turner(
    page: Page,
    list: &'static str,
    range: impl Fn() -> Option<(u32, u32, u32)> + Send + 'static,
) -> AnyView {
    let html = part(move || {
        let Some((offset, shown, all)) = range() else { return String::new() };
        let mut html = Markup::default();
        let pager = Pager { list, offset: offset.into(), shown: shown.into(), all: all.into() };
        pager.write(&mut html, "pager", true, page.text());
        html.finish()
    });
    place("div", &[], html)
}
