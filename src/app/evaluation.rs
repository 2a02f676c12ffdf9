//! The evaluation of what is read: asked of the worker when files, policy or as-of time change, and
//! shown.

use std::sync::Arc;

use credential_report_viewer::markup::NotesPage;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::Query;
use credential_report_viewer::report::{Timestamp, WarningKind};
use credential_report_viewer::session::{Mode, Reply, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::deciding::Refusal;
use crate::app::failure::Failure;
use crate::app::notice::Notice;
use crate::app::page_state::{Page, PageState};
use crate::app::pending_result::{PendingResult, ReadyResult};
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

/// Shows the result of a batch that was committed: whether there is one.
pub(crate) async fn opened(page: Page, pending: PendingResult, read: Vec<Source>, mode: Mode) -> bool {
    let Some(ready) = receive(page, pending).await else { return false };
    let before = page.overview.get_untracked();
    if before.is_none() {
        focus::keep();
    }
    let added = read.len() as u64;
    match mode {
        Mode::Replace | Mode::Anew => {
            page.sources.set_value(read);
            let names = before.map(|before| before.inputs.iter().map(|input| input.name.clone()).collect());
            page.notice.set(names.map(Notice::Replaced));
            page.view.update(|view| start_anew(&mut view.query));
        }
        Mode::Add => {
            page.sources.update_value(|sources| sources.extend(read));
            page.notice.set(before.map(|_| Notice::Added(added)));
        }
    }
    if let Some(first) = same_report(page, &ready) {
        page.notice.set(Some(Notice::Same(first)));
    }
    show(page, ready);
    true
}

/// A file that was opened now and holds a report that was there already.
fn same_report(page: Page, ready: &ReadyResult) -> Option<String> {
    let before = page.overview.with_untracked(|overview| overview.as_ref().map_or(0, |of| of.warnings_total));
    let is_same =
        |kind: &WarningKind| matches!(kind, WarningKind::SameReport { .. } | WarningKind::SameFile { .. });
    let mut warnings = ready.overview.warnings.iter().filter(|warning| is_same(&warning.kind));
    warnings.next_back().filter(|_| ready.overview.warnings_total > before).map(|of| of.input.clone())
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
        if let Some(ready) = receive(page, pending).await {
            show(page, ready);
        }
    });
}

/// Makes, changes or withdraws decisions, and shows what the result is then.
pub(crate) async fn decide(page: Page, request: &Request) -> Result<(), Refusal> {
    let query = shown_cards::beginning(&page.query());
    let forgotten = page.forgotten();
    let (overview, cards) = (page.link().ask(request), page.link().ask(&Request::Query(query.clone())));
    match (overview.reply().await, cards.reply().await) {
        (Ok(Reply::NotDecided(fault)), _) => Err(Refusal::Fault(fault)),
        (Ok(Reply::Overview(overview)), Ok(Reply::Cards(cards))) if page.forgotten() == forgotten => {
            // What is decided about stays open.
            let opened = page.opened.get_value();
            show(page, ReadyResult { forgotten, overview, cards, query });
            page.opened.set_value(opened);
            Ok(())
        }
        (Ok(Reply::Refused { .. }), _) => Err(Refusal::Unknown),
        _ => Ok(()),
    }
}

/// The decisions are in a file now.
pub(crate) async fn decisions_saved(page: Page) {
    if let Ok(Reply::Overview(overview)) = page.link().ask(&Request::DecisionsSaved).reply().await {
        page.overview.set(Some(Arc::from(overview)));
    }
}

/// Asks for a result, and at once for the first users that the view will want of it.
fn evaluate(page: Page, request: &Request, query: &Query) -> PendingResult {
    PendingResult::ask(&page.link(), request, shown_cards::beginning(query), page.forgotten())
}

/// Waits for a result; `None` where there is none, or none is wanted any more.
async fn receive(page: Page, pending: PendingResult) -> Option<ReadyResult> {
    pending.receive().await.filter(|ready| ready.forgotten == page.forgotten())
}

/// Shows a result and its users at once, so that the page is painted once.
fn show(page: Page, ready: ReadyResult) {
    page.asked.set_value(Some((page.next_result(), ready.query)));
    page.notes.set(NotesPage::default());
    page.overview.set(Some(Arc::new(*ready.overview)));
    shown_cards::show(page, *ready.cards, false);
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
