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
mod owners;
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
use leptos::task::spawn_local;

use self::parts::{fixed, place, sometimes};
use crate::app::effect::effect;
use crate::app::page_state::Page;
use crate::app::panel::Panel;
use crate::app::{action, evaluation, intake, markup, moment, print, settings, shortcuts, shown_cards};

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
    spawn_local(moment::prepare(page.language.get_untracked()));
    effect(move || page.theme.get().show());
    effect(move || settings::show_language(page.language.get()));
    effect(move || {
        page.view.track();
        shown_cards::refresh(page);
    });
    sometimes(move || {
        page.language.track();
        Some(shell(page))
    })
}

fn shell(page: Page) -> AnyView {
    let t = &page.text().page;
    let has_result = Memo::new(move |_| page.overview.with(Option::is_some));
    let content = move || match has_result.get() {
        true => result::result(page),
        false => first_screen(page),
    };
    // These name files and what is looked for.
    let news = move || (!page.redacted.get()).then(|| news(page));
    let footer = move || {
        let overview = page.overview.get();
        let is_redacted = page.redacted.get();
        markup::html(page, |html, setting| foot(html, overview.as_deref(), is_redacted, setting))
    };
    view! {
        <a class="skip" href="#main">{t.skip}</a>
        <div class="sheet">
            {masthead::masthead(page, has_result)}
            <main id="main" tabindex="-1">
                {sometimes(news)}
                {sometimes(move || Some(content()))}
            </main>
            {place("footer", &[("class", "foot")], markup::part(footer))}
        </div>
        {overlay::overlay(page)}
        {sometimes(move || page.paper.get().map(|html| fixed("div", &[("id", "letters")], html)))}
        {sometimes(move || Some(dialog(page, page.panel.get()?)))}
    }
    .into_any()
}

/// What just happened, what is happening, and what went wrong.
fn news(page: Page) -> AnyView {
    view! {
        {notice::notice(page)}
        {reading::reading(page)}
        {failures::failures(page)}
    }
    .into_any()
}

fn first_screen(page: Page) -> AnyView {
    fixed("div", &[("class", "start"), ("id", "first-screen")], markup::html(page, start))
}

fn dialog(page: Page, panel: Panel) -> AnyView {
    match panel {
        Panel::Privacy => privacy::dialog(page),
        Panel::HowTo => how_to::dialog(page),
        Panel::Paste => paste::dialog(page),
        Panel::Policy => policy::dialog(page),
        Panel::AsOf => as_of::dialog(page),
        Panel::Export => export::dialog(page),
        Panel::Decide => decide::dialog(page),
        Panel::Decisions => decisions::dialog(page),
        Panel::Leave => decisions::leave(page),
        Panel::Shortcuts => shortcut_list::dialog(page),
    }
}
