//! A row for each user, for those who scan.

use credential_report_viewer::markup::{Markup, row};
use credential_report_viewer::query::SortKey;
use leptos::prelude::*;

use super::cards::draw;
use super::empty::empty;
use super::parts::{fixed, heading, place};
use crate::app::markup::part;
use crate::app::page_state::Page;

pub(super) fn table(page: Page) -> AnyView {
    let t = &page.text().page;
    draw(page, "rows", row);
    view! {
        {empty(page)}
        <table class="users" id="table" aria-label=t.layout_table>
            {place("thead", &[], part(move || headings(page)))}
            {fixed("tbody", &[("id", "rows")], String::new())}
        </table>
    }
    .into_any()
}

fn headings(page: Page) -> String {
    let t = &page.text().page;
    let (sort, descending) = page.view.with(|view| (view.query.sort, view.query.descending));
    let mut html = Markup::default();
    let by = |html: &mut Markup, key: SortKey, words: &str, class: &str| {
        heading(html, class, words, ("data-by", key.name()), (sort == key).then_some(descending));
    };
    html.open("tr", &[]);
    by(&mut html, SortKey::Severity, t.severity, "severity");
    by(&mut html, SortKey::Name, t.user, "name");
    by(&mut html, SortKey::Account, t.account, "of-account");
    html.leaf("th", &[("scope", "col"), ("class", "kind")], t.kind);
    html.leaf("th", &[("scope", "col"), ("class", "mfa")], "MFA");
    by(&mut html, SortKey::KeyAge, t.oldest_key, "number key-age");
    by(&mut html, SortKey::PasswordAge, t.password, "number password-age");
    by(&mut html, SortKey::LastActivity, t.last_used, "number last-use");
    html.leaf("th", &[("scope", "col"), ("class", "counts")], t.findings_heading);
    html.finish()
}
