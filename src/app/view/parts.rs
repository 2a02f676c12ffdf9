//! Small pieces that many components share.

use credential_report_viewer::card::State;
use credential_report_viewer::finding::Severity;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::state::Page;
use crate::app::{clipboard, clock};

/// The shape of a severity; its word stands beside it.
pub(super) fn mark(severity: Severity) -> impl IntoView {
    let shape = match severity {
        Severity::Critical => "M6 0 12 6 6 12 0 6Z",
        Severity::High => "M6 1 12 11.5H0Z",
        Severity::Medium => "M6 1a5 5 0 1 0 .01 0Z",
        Severity::Low => "M6 1a5 5 0 1 0 .01 0ZM6 3a3 3 0 1 1-.01 0Z",
        Severity::Info => "M1 5h10v2H1Z",
    };
    glyph(severity.name(), shape)
}

/// The shape of how a question stands: that of the severity found, a tick, a dash, a question.
pub(super) fn state_mark(state: State) -> impl IntoView {
    match state {
        State::Found(severity) => mark(severity).into_any(),
        State::Fine => glyph("fine", "M1 6.6 2.5 5 5 7.5 9.6 2 11 3.4 5 10.4Z").into_any(),
        State::NotApplicable => glyph("none", "M2 5.4h8v1.2H2Z").into_any(),
        State::NotJudged => glyph(
            "unknown",
            "M5.1 9.4h1.8v1.8H5.1ZM3 3.9A3 3 0 1 1 6.9 6.8v1.4H5.1V5.5H6a1.4 1.4 0 1 0-1.3-1.6Z",
        )
        .into_any(),
    }
}

/// How a question stands, in one word for classes.
pub(super) fn state_class(state: State) -> &'static str {
    match state {
        State::Found(severity) => severity.name(),
        State::Fine => "fine",
        State::NotApplicable => "none",
        State::NotJudged => "unknown",
    }
}

fn glyph(class: &'static str, path: &'static str) -> impl IntoView {
    view! {
        <svg class=format!("mark {class}") viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
            <path d=path fill="currentColor"/>
        </svg>
    }
}

/// The 12 digits in groups of four, as the console writes them.
pub(super) fn account(digits: &str) -> String {
    if digits.len() == 12 && digits.is_ascii() {
        format!("{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..])
    } else {
        digits.to_owned()
    }
}

/// A button that copies a text, and says that it did.
pub(super) fn copy_button(page: Page, what: String) -> impl IntoView {
    let t = &page.text().page;
    let copied = RwSignal::new(None);
    let copy = move |_| {
        let what = what.clone();
        spawn_local(async move {
            copied.set(Some(clipboard::copy(&what).await));
            clock::sleep(2000).await;
            copied.try_set(None);
        });
    };
    view! {
        <button type="button" class="copy" on:click=copy>
            <span aria-live="polite">
                {move || match copied.get() {
                    None => t.copy,
                    Some(true) => t.copied,
                    Some(false) => t.copy_failed,
                }}
            </span>
        </button>
    }
}

/// A line to type into a terminal, with a button that copies it.
pub(super) fn command(page: Page, line: &str) -> impl IntoView + use<> {
    view! {
        <div class="command">
            <code>{line.to_owned()}</code>
            {copy_button(page, line.to_owned())}
        </div>
    }
}

/// Bytes, in the unit that suits them.
pub(super) fn size(page: Page, bytes: u64) -> String {
    let text = page.text();
    match bytes {
        0..1_000 => format!("{} B", text.number(bytes)),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", text.number(bytes / 1_000_000), bytes % 1_000_000 / 100_000),
    }
}

/// A sentence in which backticks mark what is typed or read literally.
pub(super) fn rich(text: &str) -> impl IntoView + use<> {
    let parts: Vec<AnyView> = text
        .split('`')
        .enumerate()
        .map(|(place, part)| match place % 2 {
            0 => part.to_owned().into_any(),
            _ => view! { <code>{part.to_owned()}</code> }.into_any(),
        })
        .collect();
    parts
}
