//! The cards that are shown: asked for as the view wants them, drawn a few at a time.

use std::sync::Arc;

use credential_report_viewer::card::Card;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::session::{Reply, Request};
use leptos::task::spawn_local;
use rustc_hash::FxHashSet;

use crate::app::clock;
use crate::app::page_state::Page;

/// How many cards are asked for and drawn before the browser first paints: those that are seen below
/// the totals.
const DRAWN_FIRST: u32 = 6;

/// How many are drawn before each time that it paints again.
const DRAWN_NEXT: usize = 9;

/// The query whose answer is the beginning of the answer to this one.
pub(crate) fn beginning(query: &Query) -> Query {
    Query { limit: query.limit.min(DRAWN_FIRST), ..query.clone() }
}

/// Asks for the page of users that the view wants: for those that are seen first, then for all.
/// While an answer is awaited, later wishes become one.
pub(crate) fn refresh(page: Page) {
    if page.asking.get_value() {
        return;
    }
    page.asking.set_value(true);
    spawn_local(async move {
        while page.overview.with_untracked(Option::is_some) {
            let wanted = wanted_now(page);
            let asked = page.asked.get_value();
            if asked.as_ref() == Some(&wanted) {
                break;
            }
            let first = (wanted.0, beginning(&wanted.1));
            let continues = asked.as_ref() == Some(&first);
            let next = if continues { wanted.clone() } else { first };
            page.asked.set_value(Some(next.clone()));
            let Ok(reply) = page.link().ask(&Request::Query(next.1)).reply().await else {
                break;
            };
            if let Reply::Cards(cards) = reply
                && wanted_now(page) == wanted
            {
                show(page, *cards, continues);
            }
        }
        page.asking.set_value(false);
    });
}

/// Of which result which users are wanted.
fn wanted_now(page: Page) -> (u32, Query) {
    (page.result(), page.query())
}

/// Shows so many users at once, from the first; until the next [`refresh`].
pub(crate) async fn show_first(page: Page, limit: u32) {
    let query = Query { offset: 0, limit, ..page.query() };
    let forgotten = page.forgotten();
    if let Ok(Reply::Cards(cards)) = page.link().ask(&Request::Query(query)).reply().await
        && page.forgotten() == forgotten
    {
        page.asked.set_value(None);
        show(page, *cards, false);
    }
}

/// Shows an answer, which may begin with what is shown already.
pub(crate) fn show(page: Page, cards: Cards, continues: bool) {
    // The address may name a page that this result does not have.
    if cards.cards.is_empty() && cards.matching > 0 && cards.offset > 0 {
        page.view.update(|view| view.query.offset = 0);
        return;
    }
    let count = cards.cards.len();
    if !continues {
        // Before what follows: those who look at the cards ask which answer they are of.
        page.answers.update_value(|answers| *answers = answers.wrapping_add(1));
        page.drawn.set(count.min(DRAWN_FIRST as usize));
        page.opened.update_value(FxHashSet::clear);
    }
    page.cards.set(Some(Arc::new(cards)));
    draw_more(page, count, page.answers.get_value());
}

/// Draws the rest of the cards once those before are painted, unless others come first.
fn draw_more(page: Page, count: usize, answer: u32) {
    spawn_local(async move {
        while page.drawn.get_untracked() < count {
            clock::painted().await;
            if page.answers.get_value() != answer {
                return;
            }
            page.drawn.update(|drawn| *drawn = count.min(*drawn + DRAWN_NEXT));
        }
    });
}

/// Users that a query of its own finds, apart from what is shown.
pub(crate) async fn find(page: Page, query: Query) -> Vec<Card> {
    match page.link().ask(&Request::Query(query)).reply().await {
        Ok(Reply::Cards(cards)) => cards.cards,
        _ => Vec::new(),
    }
}
