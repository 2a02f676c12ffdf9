//! The print of the page: every matching user, with everything open.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::page_state::Page;
use crate::app::{clock, shown_cards};

/// How many users are printed at the most: beyond that nobody reads them, and browsers give up.
pub(crate) const MAX_USERS: u32 = 1000;

/// Opens everything while the browser prints, whoever asked it to.
pub(crate) fn listen(page: Page) {
    let before = window_event_listener_untyped("beforeprint", move |_| page.printing.set(true));
    let after = window_event_listener_untyped("afterprint", move |_| page.printing.set(false));
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
}

/// Prints all users that match, not only those of the page; then shows the page again.
pub(crate) fn start(page: Page) {
    spawn_local(async move {
        shown_cards::show_first(page, MAX_USERS).await;
        page.printing.set(true);
        // What is printed must be there first: the browser takes the page as it is.
        clock::sleep(50).await;
        // A browser that cannot print says so itself.
        let _ = window().print();
        page.printing.set(false);
        shown_cards::refresh(page);
    });
}
