//! What concerns whole accounts, above what concerns users: a line for each check.

use credential_report_viewer::markup::about_accounts;
use leptos::prelude::*;

use super::parts::place;
use crate::app::markup::{self, part};
use crate::app::page_state::Page;

pub(super) fn account_findings(page: Page) -> AnyView {
    place("div", &[], part(move || write(page).unwrap_or_default()))
}

fn write(page: Page) -> Option<String> {
    page.printing.track();
    let cards = page.cards.get().filter(|cards| cards.offset == 0 && !cards.about_accounts.is_empty())?;
    Some(markup::html(page, |html, setting| {
        let label = setting.text.page.about_accounts;
        html.open("section", &[("class", "account-findings"), ("aria-label", label)]);
        about_accounts(html, &cards, setting);
        html.close();
    }))
}
