//! A result on its way from the worker, with the users that were asked of it.

use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::session::{Reply, Request};

use crate::app::link::{Link, PendingReply, WorkerStopped};

/// A result on its way, with the users that were asked of it.
pub(crate) struct PendingResult {
    overview: PendingReply,
    users: PendingUsers,
}

/// Users on their way.
pub(crate) struct PendingUsers {
    /// How often results had been forgotten when they were asked for.
    pub(crate) forgotten: u32,
    pub(crate) query: Query,
    cards: PendingReply,
}

impl PendingResult {
    /// Asks for a result, and at once for users of it.
    pub(crate) fn ask(link: &Link, request: &Request, query: Query, forgotten: u32) -> Self {
        let overview = link.ask(request);
        let cards = link.ask(&Request::Query(query.clone()));
        Self { overview, users: PendingUsers { forgotten, query, cards } }
    }

    /// Waits for the reply, which has the result; its users are on their way then.
    pub(crate) async fn reply(self) -> Result<(Reply, PendingUsers), WorkerStopped> {
        Ok((self.overview.reply().await?, self.users))
    }
}

impl PendingUsers {
    /// Waits for them; `None` where there are none.
    pub(crate) async fn cards(self) -> Option<Box<Cards>> {
        match self.cards.reply().await {
            Ok(Reply::Cards(cards)) => Some(cards),
            _ => None,
        }
    }
}
