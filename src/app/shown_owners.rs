//! The owners that are shown: asked for as the view wants them.

use std::sync::Arc;

use credential_report_viewer::by_owner::OwnerQuery;
use credential_report_viewer::session::{Reply, Request};
use credential_report_viewer::view_state::ViewState;
use leptos::task::spawn_local;

use crate::app::page_state::Page;

/// Asks for the page of owners that the view wants; an answer that comes too late is left aside.
pub(crate) fn refresh(page: Page, query: OwnerQuery) {
    let result = page.result();
    spawn_local(async move {
        let request = Request::Owners(Box::new(query.clone()));
        let Ok(reply) = page.link().ask(&request).reply().await else { return };
        if let Reply::Owners(owners) = reply
            && page.result() == result
            && page.view.with_untracked(ViewState::owner_query) == query
        {
            page.owners.set(Some(Arc::from(owners)));
        }
    });
}
