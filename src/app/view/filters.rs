//! How many users are shown, and by what they were filtered.

use credential_report_viewer::markup::Markup;
use credential_report_viewer::query::{Filter, Query, filter};
use credential_report_viewer::view_state::ResultView;
use leptos::prelude::*;

use super::parts::place;
use crate::app::effect::effect;
use crate::app::element;
use crate::app::markup::part;
use crate::app::page_state::Page;

pub(super) fn count(page: Page) -> AnyView {
    effect(move || element::say("count", &counted(page).unwrap_or_default()));
    effect(move || {
        let is_of_users = page.view.with(|view| view.result_view.is_of_users());
        element::set("decide-shown", "hidden", !is_of_users);
        let words = page.text().decide.decide_about_shown;
        let matching = page.cards.with(|cards| cards.as_ref().map(|cards| cards.matching));
        element::say("decide-shown", &matching.map(|number| words(number.into())).unwrap_or_default());
    });
    view! {
        <div class="count">
            <p id="count" role="status" aria-live="polite"></p>
            <button type="button" id="decide-shown" class="link" hidden></button>
            {place("ul", &[("class", "tokens"), ("id", "tokens")], part(move || tokens(page)))}
        </div>
    }
    .into_any()
}

/// How many are shown. What is counted are the cards that are here, not those that are still asked for.
fn counted(page: Page) -> Option<String> {
    let text = page.text();
    let t = &text.page;
    if page.view.with(|view| view.result_view) == ResultView::UserFlags {
        let accounts = page.accounts.get()?;
        return Some((text.glance.accounts_of)(accounts.matching.into(), accounts.total.into()));
    }
    let cards = page.cards.get()?;
    let filters = page.view.with_untracked(|view| view.query.filters()) as u64;
    let findings = (t.findings)(cards.findings);
    if filters == 0 {
        return Some(format!("{} · {findings}", (t.users)(cards.total.into())));
    }
    let users = (t.users_of)(cards.matching.into(), cards.total.into());
    Some(format!("{users} · {findings} · {}", (t.filters)(filters)))
}

/// Each filter that is set, to be dropped, and the button that drops all.
fn tokens(page: Page) -> String {
    let t = &page.text().page;
    let query = page.view.with(|view| view.query.clone());
    // Aliases stand for names in what is printed, but not in what is looked for.
    let is_told = !page.redacted.get();
    let mut html = Markup::default();
    for (place, filter) in filter::ALL.iter().enumerate().filter(|_| is_told) {
        let Some(words) = word(page, filter, &query) else { continue };
        let says = (t.drop_filter)(&words);
        html.open("li", &[]);
        html.open("button", &[("type", "button"), ("data-drop", &place.to_string()), ("aria-label", &says)]);
        html.text(&words);
        html.leaf("span", &[("aria-hidden", "true")], " ×");
        html.close();
        html.close();
    }
    let tokens = html.finish();
    if tokens.is_empty() {
        return tokens;
    }
    let mut html = Markup::default();
    html.open("li", &[]);
    let clear = [("type", "button"), ("id", "clear"), ("class", "link"), ("data-go", "clear")];
    html.leaf("button", &clear, t.clear);
    tokens + &html.finish()
}

/// Each filter that is set, in words.
pub(super) fn words(page: Page) -> Vec<String> {
    let query = page.query();
    filter::ALL.iter().filter_map(|filter| word(page, filter, &query)).collect()
}

/// What a filter is set to, in words; `None` for one that is not.
fn word(page: Page, filter: &Filter, query: &Query) -> Option<String> {
    Some(page.text().filter((filter.value)(query)?))
}
