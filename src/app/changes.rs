//! What became of findings and users since earlier reports: asked of the worker once a result is shown.

use std::sync::Arc;

use credential_report_viewer::card::Card;
use credential_report_viewer::comparison::{
    Against, ChangeQuery, ComparisonSummary, FindingChange, UserChange,
};
use credential_report_viewer::session::{Changes, Reply, Request};
use leptos::task::spawn_local;

use crate::app::page_state::Page;
use crate::app::{clock, shown_cards};

/// Asks what became of the result that is shown, once it is painted.
pub(crate) fn refresh(page: Page) {
    let result = page.result();
    spawn_local(async move {
        clock::painted().await;
        if page.result() == result {
            ask(page, &Request::Comparison).await;
        }
    });
}

/// Compares with another earlier report, or with none.
pub(crate) fn compare_with(page: Page, against: Against) {
    spawn_local(async move {
        if ask(page, &Request::CompareWith(against)).await {
            page.asked.set_value(None);
            shown_cards::refresh(page);
        }
    });
}

async fn ask(page: Page, request: &Request) -> bool {
    let forgotten = page.forgotten();
    let Ok(Reply::Comparison(summary)) = page.link().ask(request).reply().await else { return false };
    if page.forgotten() != forgotten {
        return false;
    }
    // Cards that came before the comparison do not carry what it says.
    let is_marked = page.cards.with_untracked(|cards| {
        let mut cards = cards.iter().flat_map(|cards| &cards.cards);
        cards.any(|card| card.histories.iter().any(Option::is_some))
    });
    if !is_marked && !summary.accounts.is_empty() {
        page.asked.set_value(None);
        shown_cards::refresh(page);
    }
    page.comparison.set(Some(Arc::<ComparisonSummary>::from(summary)));
    true
}

/// A page of what became of findings.
pub(crate) async fn of_findings(page: Page, query: ChangeQuery) -> Option<Changes<FindingChange>> {
    match page.link().ask(&Request::Changes(query)).reply().await {
        Ok(Reply::Changes(changes)) => Some(*changes),
        _ => None,
    }
}

/// A page of what became of users, and the cards of those who are wanted.
pub(crate) async fn of_users(
    page: Page,
    query: ChangeQuery,
    with_cards: bool,
) -> Option<(Changes<UserChange>, Vec<Card>)> {
    let Ok(Reply::UserChanges(changes)) = page.link().ask(&Request::UserChanges(query)).reply().await else {
        return None;
    };
    let mut cards = Vec::new();
    for change in changes.changes.iter().filter(|_| with_cards) {
        if let Ok(Reply::Card(card)) = page.link().ask(&Request::Card(change.row)).reply().await {
            cards.push(*card);
        }
    }
    Some((*changes, cards))
}
