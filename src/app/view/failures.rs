//! What went wrong, where the person looks, with the next step.

use credential_report_viewer::report::{Lookalike, ReadErrorKind};
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
                    <ul>{page.failures.get().iter().map(|failure| one(page, failure)).collect_view()}</ul>
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

fn one(page: Page, failure: &Failure) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let (title, what, advice, how_to) = match failure {
        Failure::Read(error) => {
            let how_to = !matches!(
                error.kind,
                ReadErrorKind::NotAReport(Lookalike::Findings | Lookalike::Policy)
                    | ReadErrorKind::TooManyRows
                    | ReadErrorKind::OutOfMemory { .. }
            );
            (
                text.location(&error.file, error.line),
                text.read_error(&error.kind),
                text.read_advice(&error.kind),
                how_to,
            )
        }
        Failure::Unreadable { name, read, bytes } => {
            let what = match read {
                0 => t.error_unreadable.to_owned(),
                read => (t.error_unreadable_beyond)(&text.size(*read), &text.size(*bytes)),
            };
            (name.clone(), what, t.error_unreadable_advice.to_owned(), false)
        }
        Failure::Stopped { location } => (
            t.error_stopped_title.to_owned(),
            (t.error_stopped)(location),
            t.error_stopped_advice.to_owned(),
            false,
        ),
        Failure::NotSaved => {
            (t.export.to_owned(), t.error_not_saved.to_owned(), t.error_not_saved_advice.to_owned(), false)
        }
    };
    view! {
        <li>
            <h2>{title}</h2>
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
