//! What just happened, in a line that can be put away.

use leptos::prelude::*;

use crate::app::notice::Notice;
use crate::app::page_state::Page;

pub(super) fn notice(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let words = move || {
        page.notice.get().map(|notice| match notice {
            Notice::Replaced(names) => (t.notice_replaced)(&names.join(", ")),
            Notice::Added(files) => (t.notice_added)(files),
            Notice::Beside(names, has_result) => (t.notice_beside)(&names.join(", "), has_result),
            Notice::Same(file) => (page.text().changes.same_notice)(&file),
            Notice::Taken(reports, others) => (t.notice_taken)(reports, others),
            Notice::Saved(name) => (t.notice_saved)(&name),
            Notice::Copied => t.notice_copied.to_owned(),
            Notice::Closed => t.notice_closed.to_owned(),
        })
    };
    view! {
        <div role="status" class="notice-place">
            {move || words().map(|words| view! {
                <p id="notice">
                    <span>{words}</span>
                    <button type="button" class="link" on:click=move |_| page.notice.set(None)>{t.dismiss}</button>
                </p>
            })}
        </div>
    }
}
