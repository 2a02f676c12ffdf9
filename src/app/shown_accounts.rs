//! The accounts that are shown: asked for as the view wants them.

use std::sync::Arc;

use credential_report_viewer::accounts::AccountQuery;
use credential_report_viewer::session::{Reply, Request};
use credential_report_viewer::view_state::ViewState;
use leptos::task::spawn_local;

use crate::app::page_state::Page;

/// Asks for the page of accounts that the view wants; an answer that comes too late is left aside.
pub(crate) fn refresh(page: Page, query: AccountQuery) {
    let result = page.result();
    spawn_local(async move {
        let Ok(reply) = page.link().ask(&Request::Accounts(query.clone())).reply().await else { return };
        if let Reply::Accounts(accounts) = reply
            && page.result() == result
            && page.view.with_untracked(ViewState::account_query) == query
        {
            page.accounts.set(Some(Arc::new(*accounts)));
        }
    });
}
