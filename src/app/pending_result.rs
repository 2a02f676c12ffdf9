//! A result on its way from the worker, with the users that were asked of it.

use credential_report_viewer::overview::Overview;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::session::{Reply, Request};

use crate::app::link::{Link, PendingReply};

/// A result on its way, with the users that were asked of it.
pub(crate) struct PendingResult {
    forgotten: u32,
    overview: PendingReply,
    cards: PendingReply,
    query: Query,
}

/// A result and its users, which the query asked for.
pub(crate) struct ReadyResult {
    /// How often results had been forgotten when this one was asked for.
    pub(crate) forgotten: u32,
    pub(crate) overview: Box<Overview>,
    pub(crate) cards: Box<Cards>,
    pub(crate) query: Query,
}

impl PendingResult {
    /// Asks for a result, and at once for users of it.
    pub(crate) fn ask(link: &Link, request: &Request, query: Query, forgotten: u32) -> Self {
        let overview = link.ask(request);
        let cards = link.ask(&Request::Query(query.clone()));
        Self { forgotten, overview, cards, query }
    }

    /// Waits for the result and its users; `None` where there is none.
    pub(crate) async fn receive(self) -> Option<ReadyResult> {
        let Ok(Reply::Overview(overview)) = self.overview.reply().await else { return None };
        let Ok(Reply::Cards(cards)) = self.cards.reply().await else { return None };
        Some(ReadyResult { forgotten: self.forgotten, overview, cards, query: self.query })
    }
}
