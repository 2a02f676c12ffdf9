//! What went wrong, where the person looks, with the next step.

use credential_report_viewer::groups;
use credential_report_viewer::markup::{FailureReason, failures as write};
use credential_report_viewer::report::{OtherFile, ReadErrorKind};
use leptos::prelude::*;

use super::parts::place;
use crate::app::effect::effect;
use crate::app::failure::Failure;
use crate::app::page_state::Page;
use crate::app::{focus, markup};

pub(super) fn failures(page: Page) -> AnyView {
    let any = Memo::new(move |_| page.failures.with(|failures| !failures.is_empty()));
    effect(move || {
        if any.get() {
            request_animation_frame(|| {
                if let Some(panel) = focus::find("#error") {
                    panel.scroll_into_view_with_bool(false);
                }
            });
        }
    });
    let html = markup::part(move || {
        let reasons = page.failures.with(|failures| reasons(page, failures));
        let is_result_there = page.overview.with(Option::is_some);
        if reasons.is_empty() {
            return String::new();
        }
        markup::html(page, |html, setting| write(html, &reasons, is_result_there, setting))
    });
    // The region is there before its words are, else not every screen reader says them.
    place("div", &[("role", "alert")], html)
}

/// Failures of one reason are told together.
fn reasons(page: Page, failures: &[Failure]) -> Vec<FailureReason> {
    let titles = |list: Vec<&Failure>| list.into_iter().map(|failure| title(page, failure)).collect();
    groups::by_reason(failures, Failure::has_reason_of)
        .into_iter()
        .map(|group| {
            let (what, advice) = words(page, group.first);
            let how_to = is_for_want_of_a_report(group.first);
            FailureReason { shown: titles(group.shown), more: titles(group.more), what, advice, how_to }
        })
        .collect()
}

/// Whether it helps to know how to get a report.
fn is_for_want_of_a_report(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::Read(error) if !matches!(
            error.kind,
            ReadErrorKind::NotAReport(OtherFile::Findings | OtherFile::Policy)
                | ReadErrorKind::TooManyRows
                | ReadErrorKind::OutOfMemory { .. }
        )
    )
}

/// What failed: mostly a file.
fn title(page: Page, failure: &Failure) -> String {
    let text = page.text();
    match failure {
        Failure::Read(error) => text.location(&error.file, error.line),
        Failure::Unreadable { name, .. } | Failure::Folder { name } | Failure::TooManyFiles { name, .. } => {
            name.clone()
        }
        Failure::NoReports { .. } => text.page.files.to_owned(),
        Failure::Stopped { .. } => text.page.error_stopped_title.to_owned(),
        Failure::NotSaved => text.page.export.to_owned(),
    }
}

/// What went wrong, and what to do.
fn words(page: Page, failure: &Failure) -> (String, String) {
    let text = page.text();
    let t = &text.page;
    match failure {
        Failure::Read(error) => (text.read_error(&error.kind), text.read_advice(&error.kind)),
        Failure::Unreadable { read, bytes, .. } => {
            let what = match read {
                0 => t.error_unreadable.to_owned(),
                read => (t.error_unreadable_beyond)(&text.size(*read), &text.size(*bytes)),
            };
            (what, t.error_unreadable_advice.to_owned())
        }
        Failure::Folder { .. } => (t.error_folder.to_owned(), t.error_folder_advice.to_owned()),
        Failure::TooManyFiles { limit, .. } => {
            ((t.error_too_many_files)(*limit), t.error_folder_advice.to_owned())
        }
        Failure::NoReports { files } => ((t.error_no_reports)(*files), String::new()),
        Failure::Stopped { location } => ((t.error_stopped)(location), t.error_stopped_advice.to_owned()),
        Failure::NotSaved => (t.error_not_saved.to_owned(), t.error_not_saved_advice.to_owned()),
    }
}
