//! How to get a report.

use credential_report_viewer::markup::how_to;
use leptos::prelude::*;

use super::dialog::told;
use crate::app::markup;
use crate::app::page_state::Page;

pub(super) fn dialog(page: Page) -> AnyView {
    told(page, "how-to", page.text().page.how_to_title, markup::html(page, how_to))
}
