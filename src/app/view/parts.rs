//! Small pieces that many components share.

use credential_report_viewer::card::State;
use credential_report_viewer::checks::Severity;
use credential_report_viewer::markup::Markup;
pub(super) use credential_report_viewer::markup::account;
use leptos::prelude::*;

use crate::app::page_state::Page;

/// The shape of a severity; its word stands beside it.
pub(super) fn mark(severity: Severity) -> impl IntoView {
    shape(severity.name())
}

/// The shape of how a question stands: that of the severity found, a tick, a dash, a question.
pub(super) fn state_mark(state: State) -> impl IntoView {
    shape(state.name())
}

fn shape(name: &'static str) -> impl IntoView {
    view! { <i class=format!("mark {name}") aria-hidden="true"></i> }
}

/// A line to type into a terminal, with a button that copies it.
pub(super) fn command(page: Page, line: &str) -> impl IntoView + use<> {
    view! {
        <div class="command">
            <code>{line.to_owned()}</code>
            <button type="button" class="copy"><span aria-live="polite">{page.text().page.copy}</span></button>
        </div>
    }
}

/// A sentence in which backticks mark what is typed or read literally.
pub(super) fn rich(text: &str) -> impl IntoView + use<> {
    let mut markup = Markup::default();
    markup.rich(text);
    view! { <span inner_html=markup.finish()></span> }
}
