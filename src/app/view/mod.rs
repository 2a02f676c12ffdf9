//! What is on the screen, a file for each component. The view is built anew when the language
//! changes: nothing in it need follow that signal.

mod account_findings;
mod accounts;
mod as_of;
mod cards;
mod changes;
mod decide;
mod decisions;
mod dialog;
mod empty;
mod export;
mod failures;
mod filters;
mod how_to;
mod masthead;
mod notes;
mod notice;
mod overlay;
mod pager;
mod parts;
mod paste;
mod policy;
mod privacy;
mod problems;
mod reading;
mod result;
mod shortcut_list;
mod since;
mod table;
mod toolbar;

use credential_report_viewer::markup::{foot, start};
use leptos::prelude::*;

use crate::app::page_state::Page;
use crate::app::panel::Panel;
use crate::app::{action, evaluation, intake, markup, print, settings, shortcuts, shown_cards};

/// The page.
pub(crate) fn app() -> impl IntoView {
    let page = evaluation::start();
    page.keep_address();
    intake::listen(page);
    print::listen(page);
    shortcuts::listen(page);
    markup::listen(page);
    action::listen(page);
    crate::app::decisions::listen(page);
    Effect::new(move |_| page.theme.get().show());
    Effect::new(move |_| settings::show_language(page.language.get()));
    Effect::new(move |_| {
        page.view.track();
        shown_cards::refresh(page);
    });
    move || {
        page.language.track();
        shell(page)
    }
}

fn shell(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let has_result = Memo::new(move |_| page.overview.with(Option::is_some));
    view! {
        <a class="skip" href="#main">{t.skip}</a>
        <div class="sheet">
            {masthead::masthead(page, has_result)}
            <main id="main" tabindex="-1">
                // These name files and what is looked for.
                {move || (!page.redacted.get()).then(|| view! {
                    {notice::notice(page)}
                    {reading::reading(page)}
                    {failures::failures(page)}
                })}
                {move || match has_result.get() {
                    true => result::result(page).into_any(),
                    false => view! {
                        <div class="start" id="first-screen" inner_html=markup::html(page, start)></div>
                    }.into_any(),
                }}
            </main>
            <footer class="foot" inner_html=markup::part(move || page.overview.with(|overview| {
                let is_redacted = page.redacted.get();
                markup::html(page, |html, setting| foot(html, overview.as_deref(), is_redacted, setting))
            }))></footer>
        </div>
        {overlay::overlay(page)}
        {move || page.panel.get().map(|panel| match panel {
            Panel::Privacy => privacy::dialog(page).into_any(),
            Panel::HowTo => how_to::dialog(page).into_any(),
            Panel::Paste => paste::dialog(page).into_any(),
            Panel::Policy => policy::dialog(page).into_any(),
            Panel::AsOf => as_of::dialog(page).into_any(),
            Panel::Export => export::dialog(page).into_any(),
            Panel::Decide => decide::dialog(page).into_any(),
            Panel::Decisions => decisions::dialog(page).into_any(),
            Panel::Leave => decisions::leave(page).into_any(),
            Panel::Shortcuts => shortcut_list::dialog(page).into_any(),
        })}
    }
}
