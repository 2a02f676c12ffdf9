//! The evaluation of what is read: asked of the worker when files, policy or as-of time change, and
//! shown.

use std::sync::Arc;

use credential_report_viewer::markup::NotesPage;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::report::{Timestamp, WarningKind};
use credential_report_viewer::session::{Mode, Reply, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::deciding::Refusal;
use crate::app::failure::Failure;
use crate::app::notice::Notice;
use crate::app::page_state::{Page, PageState};
use crate::app::pending_result::{PendingResult, PendingUsers};
use crate::app::source::Source;
use crate::app::{changes, focus, settings, shown_cards};

/// A page with a worker, which knows the policy.
pub(crate) fn start() -> Page {
    let page = PageState::new();
    page.link().start(move |location| stopped(page, location));
    send_policy(page);
    page
}

/// Commits the batch that was sent, and asks for its users.
///
/// From here on nothing ends the batch: the session will have committed it before it receives a
/// cancel or a newer batch, and so the result is shown whatever came in between. Only where
/// everything was forgotten it is not, for the session forgets after it has committed.
pub(crate) fn commit(page: Page, mode: Mode) -> PendingResult {
    let mut query = page.query();
    if mode == Mode::Replace {
        start_anew(&mut query);
    }
    evaluate(page, &Request::Commit, &query)
}

/// From how many users on it takes the worker longer than a frame to find the first of them.
const MANY_USERS: u32 = 250_000;

/// Shows the result of a batch that was committed: whether there is one.
pub(crate) async fn opened(page: Page, pending: PendingResult, read: Vec<Source>, mode: Mode) -> bool {
    let Ok((Reply::Overview(overview), users)) = pending.reply().await else { return false };
    let is_first = page.overview.with_untracked(Option::is_none);
    if is_first && overview.users >= MANY_USERS && page.forgotten() == users.forgotten {
        // Its numbers are drawn while the worker looks for users.
        note_opened(page, &overview, read, mode);
        show_overview(page, overview, users.query.clone());
        spawn_local(async move {
            if let Some((_, cards)) = wanted(page, users).await {
                show_cards(page, *cards);
            }
        });
        return true;
    }
    let Some((query, cards)) = wanted(page, users).await else { return false };
    note_opened(page, &overview, read, mode);
    show(page, overview, query, *cards);
    true
}

/// Notes which files were opened, and says what is to be said of that, before their result is shown.
fn note_opened(page: Page, overview: &Overview, read: Vec<Source>, mode: Mode) {
    let before = page.overview.get_untracked();
    if before.is_none() {
        focus::keep();
    }
    let added = read.len() as u64;
    match mode {
        Mode::Replace | Mode::Anew => {
            page.sources.set_value(read);
            let names =
                before.as_ref().map(|before| before.inputs.iter().map(|input| input.name.clone()).collect());
            page.notice.set(names.map(Notice::Replaced));
            page.view.update(|view| start_anew(&mut view.query));
        }
        Mode::Add => {
            page.sources.update_value(|sources| sources.extend(read));
            page.notice.set(before.as_ref().map(|_| Notice::Added(added)));
        }
    }
    if let Some(first) = same_report(before.as_deref(), overview) {
        page.notice.set(Some(Notice::Same(first)));
    }
}

/// A file that was opened now and holds a report that was there already.
fn same_report(before: Option<&Overview>, overview: &Overview) -> Option<String> {
    let before = before.map_or(0, |of| of.warnings_total);
    let is_same =
        |kind: &WarningKind| matches!(kind, WarningKind::SameReport { .. } | WarningKind::SameFile { .. });
    let mut warnings = overview.warnings.iter().filter(|warning| is_same(&warning.kind));
    warnings.next_back().filter(|_| overview.warnings_total > before).map(|of| of.input.clone())
}

/// What was sought in a former result is not sought in the one that replaces it.
fn start_anew(query: &mut Query) {
    query.search.clear();
    query.accounts.clear();
    query.offset = 0;
}

/// Evaluates by another policy, and remembers it.
pub(crate) fn set_policy(page: Page, policy: Policy) {
    settings::keep_policy(&policy);
    page.policy.set(policy);
    send_policy(page);
}

fn send_policy(page: Page) {
    re_evaluate(page, &Request::SetPolicy(page.policy.get_untracked()));
}

/// Evaluates as of another moment; `None` is what the inputs say.
pub(crate) fn set_as_of(page: Page, as_of: Option<Timestamp>) {
    re_evaluate(page, &Request::SetAsOf(as_of));
}

fn re_evaluate(page: Page, request: &Request) {
    let pending = evaluate(page, request, &page.query());
    spawn_local(async move {
        if let Ok((Reply::Overview(overview), users)) = pending.reply().await
            && let Some((query, cards)) = wanted(page, users).await
        {
            show(page, overview, query, *cards);
        }
    });
}

/// Makes, changes or withdraws decisions, and shows what the result is then.
pub(crate) async fn decide(page: Page, request: &Request) -> Result<(), Refusal> {
    match evaluate(page, request, &page.query()).reply().await {
        Ok((Reply::NotDecided(fault), _)) => Err(Refusal::Fault(fault)),
        Ok((Reply::Refused { .. }, _)) => Err(Refusal::Unknown),
        Ok((Reply::Overview(overview), users)) => {
            if let Some((query, cards)) = wanted(page, users).await {
                // What is decided about stays open.
                let opened = page.opened.get_value();
                show(page, overview, query, *cards);
                page.opened.set_value(opened);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The decisions are in a file now.
pub(crate) async fn decisions_saved(page: Page) {
    let forgotten = page.forgotten();
    if let Ok(Reply::Overview(overview)) = page.link().ask(&Request::DecisionsSaved).reply().await
        && page.forgotten() == forgotten
    {
        page.overview.set(Some(Arc::from(overview)));
    }
}

/// Asks for a result, and at once for the first users that the view will want of it.
fn evaluate(page: Page, request: &Request, query: &Query) -> PendingResult {
    PendingResult::ask(&page.link(), request, shown_cards::beginning(query), page.forgotten())
}

/// Waits for the users that were asked for with a result; `None` where none are wanted any more.
async fn wanted(page: Page, users: PendingUsers) -> Option<(Query, Box<Cards>)> {
    let (forgotten, query) = (users.forgotten, users.query.clone());
    let cards = users.cards().await.filter(|_| page.forgotten() == forgotten)?;
    Some((query, cards))
}

/// Shows a result and its users at once, so that the page is painted once.
fn show(page: Page, overview: Box<Overview>, query: Query, cards: Cards) {
    show_overview(page, overview, query);
    show_cards(page, cards);
}

/// Shows the numbers of a result, of which users were asked for.
fn show_overview(page: Page, overview: Box<Overview>, query: Query) {
    page.asked.set_value(Some((page.next_result(), query)));
    page.notes.set(NotesPage::default());
    page.overview.set(Some(Arc::from(overview)));
}

/// Shows the users that were asked for with a result, and asks for what is wanted besides.
fn show_cards(page: Page, cards: Cards) {
    shown_cards::show(page, cards, false);
    shown_cards::refresh(page);
    changes::refresh(page);
}

/// The worker stopped, and with it went what it held; another one is there.
fn stopped(page: Page, location: String) {
    page.forget();
    page.exporting.set(false);
    page.notice.set(None);
    page.failures.set(vec![Failure::Stopped { location }]);
    send_policy(page);
}
