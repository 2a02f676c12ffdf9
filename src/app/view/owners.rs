//! A row for each owner, a page at a time.

use credential_report_viewer::markup::by_owner;
use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;

use super::empty::empty;
use super::pager::turner;
use super::parts::place;
use crate::app::effect::effect;
use crate::app::markup::{self, part};
use crate::app::page_state::Page;
use crate::app::shown_owners;

pub(super) fn owners(page: Page) -> AnyView {
    effect(move || {
        page.overview.track();
        shown_owners::refresh(page, page.view.with(ViewState::owner_query));
    });
    let range = move || {
        let owners = page.owners.get()?;
        Some((owners.offset, owners.groups.len() as u32, owners.total))
    };
    view! {
        {empty(page)}
        {place("div", &[("id", "by-owner")], part(move || write(page)))}
        {turner(page, "owners", range)}
    }
    .into_any()
}

fn write(page: Page) -> String {
    let overview = page.overview.get();
    let owners = page.owners.get().filter(|owners| !owners.groups.is_empty());
    markup::html(page, |html, setting| {
        if overview.is_some_and(|overview| overview.owners.is_none()) {
            html.leaf("p", &[("class", "hint"), ("id", "no-owners")], setting.text.owners.no_file);
        } else if let Some(owners) = owners {
            by_owner(html, &owners, setting);
        }
    })
}
