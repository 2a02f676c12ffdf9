//! What went wrong, where the person looks, with the next step.

use credential_report_viewer::groups;
use credential_report_viewer::report::{OtherFile, ReadErrorKind};
use leptos::prelude::*;

use super::parts::rich;
use crate::app::failure::Failure;
use crate::app::focus;
use crate::app::page_state::Page;
use crate::app::panel::Panel;

pub(super) fn failures(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let any = Memo::new(move |_| page.failures.with(|failures| !failures.is_empty()));
    Effect::new(move |_| {
        if any.get() {
            request_animation_frame(|| {
                if let Some(panel) = focus::find("#error") {
                    panel.scroll_into_view_with_bool(false);
                }
            });
        }
    });
    view! {
        // The region is there before its words are, else not every screen reader says them.
        <div role="alert">
            {move || any.get().then(|| view! {
                <section id="error" class="failures">
                    {page.failures.with(|failures| several(page, failures))}
                    <p class="after">
                        {match page.overview.with(Option::is_some) {
                            true => t.error_result_stays,
                            false => t.error_try_again,
                        }}
                        " "
                        <button type="button" class="link" id="error-dismiss" on:click=move |_| page.failures.update(Vec::clear)>{t.dismiss}</button>
                    </p>
                </section>
            })}
        </div>
    }
}

/// How many reasons are told at once; the others are unfolded.
const REASONS: usize = 3;

/// Failures of one reason are told together, and only the first of them at once.
fn several(page: Page, failures: &[Failure]) -> impl IntoView + use<> {
    let text = page.text();
    let reasons: Vec<_> = groups::by_reason(failures, Failure::has_reason_of)
        .into_iter()
        .map(|group| {
            let named = |list: Vec<&Failure>| list.into_iter().map(|failure| title(page, failure)).collect();
            reason(page, group.first, named(group.shown), named(group.more)).into_any()
        })
        .collect();
    let mut reasons = reasons.into_iter();
    let first: Vec<_> = reasons.by_ref().take(REASONS).collect();
    let others: Vec<_> = reasons.collect();
    view! {
        <ul>{first}</ul>
        {(!others.is_empty()).then(|| view! {
            <details class="others">
                <summary>{(text.glance.more_reasons)(others.len() as u64)}</summary>
                <ul class="long">{others}</ul>
            </details>
        })}
    }
}

/// What went wrong with these files, and what to do.
fn reason(page: Page, failure: &Failure, shown: Vec<String>, more: Vec<String>) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let (what, advice) = words(page, failure);
    let how_to = matches!(
        failure,
        Failure::Read(error) if !matches!(
            error.kind,
            ReadErrorKind::NotAReport(OtherFile::Findings | OtherFile::Policy)
                | ReadErrorKind::TooManyRows
                | ReadErrorKind::OutOfMemory { .. }
        )
    );
    view! {
        <li>
            {shown.into_iter().map(|title| view! { <h2>{title}</h2> }).collect_view()}
            {(!more.is_empty()).then(|| view! {
                <details>
                    <summary>{(text.glance.more_files)(more.len() as u64)}</summary>
                    <ul class="long names">{more.into_iter().map(|title| view! { <li>{title}</li> }).collect_view()}</ul>
                </details>
            })}
            <p class="what">{rich(&what)}</p>
            <p class="advice">
                {rich(&advice)}
                {how_to.then(|| view! {
                    " "<button type="button" class="link" on:click=move |_| page.panel.set(Some(Panel::HowTo))>{t.how_to_title}</button>
                })}
            </p>
        </li>
    }
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
