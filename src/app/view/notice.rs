//! What just happened, in a line that can be put away.

use credential_report_viewer::markup::Markup;
use leptos::prelude::*;

use super::parts::place;
use crate::app::markup::part;
use crate::app::notice::Notice;
use crate::app::page_state::Page;

pub(super) fn notice(page: Page) -> AnyView {
    // The region is there before its words are, else not every screen reader says them.
    let html = part(move || page.notice.get().map(|notice| write(page, notice)).unwrap_or_default());
    place("div", &[("role", "status"), ("class", "notice-place")], html)
}

fn write(page: Page, notice: Notice) -> String {
    let t = &page.text().page;
    let words = match notice {
        Notice::Replaced(names) => (t.notice_replaced)(&names.join(", ")),
        Notice::Added(files) => (t.notice_added)(files),
        Notice::Beside(names, has_result) => (t.notice_beside)(&names.join(", "), has_result),
        Notice::Same(file) => (page.text().changes.same_notice)(&file),
        Notice::Taken(reports, others) => (t.notice_taken)(reports, others),
        Notice::Saved(name) => (t.notice_saved)(&name),
        Notice::Copied => t.notice_copied.to_owned(),
        Notice::Closed => t.notice_closed.to_owned(),
    };
    let mut html = Markup::default();
    html.open("p", &[("id", "notice")]);
    html.leaf("span", &[], &words);
    html.leaf("button", &[("type", "button"), ("class", "link"), ("id", "dismiss")], t.dismiss);
    html.finish()
}
