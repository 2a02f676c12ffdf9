//! Decisions: what is decided about, sent to the worker, and shown; decisions are kept in a file alone.

use credential_report_viewer::assessment::RowId;
use credential_report_viewer::checks::SubjectKind;
use credential_report_viewer::export::{ExportRequest, Form};
use credential_report_viewer::markup::{self, DecisionForm};
use credential_report_viewer::overview::Overview;
use credential_report_viewer::query::Query;
use credential_report_viewer::review::{Decision, State};
use credential_report_viewer::session::{About, DecisionQuery, Draft, Request};
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::app::deciding::{Deciding, Refusal, To};
use crate::app::element::say;
use crate::app::page_state::Page;
use crate::app::panel::Panel;
use crate::app::{clock, evaluation, export, focus};

/// How many decisions are listed at a time.
pub(crate) const LISTED: u32 = 50;

/// Asks before the page is left with decisions that are in no file.
pub(crate) fn listen(page: Page) {
    let leave = window_event_listener_untyped("beforeunload", move |event| {
        if page.not_saved() > 0 {
            event.prevent_default();
            // Older browsers ask only where this is set.
            let _ = Reflect::set(&event, &"returnValue".into(), &JsValue::TRUE);
        }
    });
    on_cleanup(move || leave.remove());
}

/// Opens the form for what a button is about.
pub(crate) fn decide(page: Page, button: &Element) {
    let Some(about) = button.get_attribute("data-about").as_deref().and_then(markup::read_about) else {
        return;
    };
    let (kind, slot, check) = about;
    let card = button.closest("[data-row]").ok().flatten();
    let of_row = || {
        let card = card.as_ref()?;
        let row = RowId(card.get_attribute("data-row")?.parse().ok()?);
        let what = match (check, kind) {
            (Some(check), _) => About::Finding(row, check, slot),
            (None, SubjectKind::User) => About::User(row),
            (None, kind) => About::Credential(row, kind, slot),
        };
        Some((card.get_attribute("data-user")?, what))
    };
    let of_account = || {
        let uid = button.closest("[data-uid]").ok()??.get_attribute("data-uid")?;
        let account = page.cards.with_untracked(|cards| {
            let findings = &cards.as_ref()?.account_findings;
            findings.iter().find(|finding| finding.uid == uid)?.account.clone()
        })?;
        let name = page.overview.with_untracked(|overview| {
            let names = overview.as_deref().map(Overview::account_names).unwrap_or_default();
            markup::named_account(names, &account)
        });
        Some((name, About::Account(account)))
    };
    if let Some((name, to)) = of_row().or_else(of_account) {
        let words = markup::about_words(&name, about, page.text());
        open(page, (page.text().decide.about)(&words), Some(kind), to);
    }
}

/// Opens the form for all that is shown.
pub(crate) fn decide_shown(page: Page) {
    let query = Query { offset: 0, limit: u32::MAX, ..page.query() };
    let users = page.cards.with_untracked(|cards| cards.as_ref().map_or(0, |cards| cards.matching));
    open(page, (page.text().decide.about_shown)(users.into()), None, About::Matching(Box::new(query)));
}

fn open(page: Page, title: String, kind: Option<SubjectKind>, about: About) {
    let as_of = page.overview.with_untracked(|overview| overview.as_ref().map(|overview| overview.as_of));
    let now = clock::now();
    let by = page.decided_by.get_value();
    let form = DecisionForm::new(kind, as_of.unwrap_or(now), now, &by);
    page.deciding.set_value(Some(Deciding { title, form, to: To::Decide(about) }));
    page.panel.set(Some(Panel::Decide));
}

/// Opens the form for a decision that is there.
pub(crate) fn change(page: Page, place: u32, decision: &Decision) {
    let title = (page.text().decide.about)(&decision.id);
    let form = DecisionForm::of(decision);
    page.deciding.set_value(Some(Deciding { title, form, to: To::Change(place) }));
    page.panel.set(Some(Panel::Decide));
}

/// Decides; the result is shown without what is accepted now.
pub(crate) fn done(page: Page, draft: Draft) {
    let Some(deciding) = page.deciding.get_value() else { return };
    page.decided_by.set_value(draft.by.clone());
    let request = match deciding.to {
        To::Decide(about) => Request::Decide { about, draft },
        To::Change(place) => Request::ChangeDecision { place, draft },
    };
    spawn_local(async move {
        match evaluation::decide(page, &request).await {
            // Closed as a person closes it, it gives the focus back.
            Ok(()) => focus::close_dialog(),
            Err(Refusal::Fault(fault)) => say("decide-refused", &(page.text().review.fault)(&fault)),
            Err(Refusal::Unknown) => say("decide-refused", page.text().decide.refused),
        }
    });
}

/// Takes a decision back.
pub(crate) fn withdraw(page: Page, place: u32) {
    let focused = focus::place();
    spawn_local(async move {
        if evaluation::decide(page, &Request::WithdrawDecisions(vec![place])).await.is_ok() {
            // Places behind it have moved.
            page.listed.update(|query| query.offset = 0);
            clock::painted().await;
            if let Some(focused) = focused {
                focused.restore();
            }
        }
    });
}

/// Lists the decisions in a state, the grave ones, or all.
pub(crate) fn list(page: Page, name: &str) {
    let states = State::ALL.into_iter().filter(|state| state.name() == name).collect();
    let query = DecisionQuery { states, grave: name == "grave", limit: LISTED, ..DecisionQuery::default() };
    page.listed.set(query);
}

/// Saves all decisions as a file.
pub(crate) fn save(page: Page) {
    export::start(page, ExportRequest::from(Form::Decisions), false);
}

/// Forgets everything, but asks first where decisions are in no file.
pub(crate) fn close(page: Page) {
    if page.not_saved() > 0 {
        page.panel.set(Some(Panel::Leave));
    } else {
        page.close();
    }
}
