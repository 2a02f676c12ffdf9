//! The name of the page, what is in effect, and what can be done.

use credential_report_viewer::overview::Overview;
use credential_report_viewer::session::Mode;
use credential_report_viewer::text::Language;
use leptos::prelude::*;

use super::parts::account;
use crate::app::page_state::Page;
use crate::app::panel::Panel;
use crate::app::settings::Theme;
use crate::app::{clock, export, focus, intake};

pub(super) fn masthead(page: Page) -> impl IntoView {
    let t = &page.text().page;
    view! {
        <header class="masthead">
            <h1>{t.name}</h1>
            {move || page.overview.get().map(|overview| source(page, &overview))}
            <div class="preferences">
                <label class="visually-hidden" for="language">{t.language}</label>
                <select
                    id="language"
                    on:change=move |event| {
                        let tag = event_target_value(&event);
                        if let Some(language) = Language::ALL.into_iter().find(|language| language.tag() == tag) {
                            page.set_language(language);
                            focus::move_to("#language");
                        }
                    }
                >
                    {Language::ALL.map(|language| view! {
                        <option value=language.tag() lang=language.tag() selected=language == page.language.get_untracked()>
                            {language.text().page.language_name}
                        </option>
                    })}
                </select>
                <label class="visually-hidden" for="theme">{t.theme}</label>
                <select
                    id="theme"
                    on:change=move |event| {
                        if let Some(theme) = Theme::from_name(&event_target_value(&event)) {
                            page.set_theme(theme);
                        }
                    }
                >
                    {Theme::ALL.map(|theme| view! {
                        <option value=theme.name() selected=theme == page.theme.get_untracked()>
                            {match theme {
                                Theme::System => t.theme_system,
                                Theme::Light => t.theme_light,
                                Theme::Dark => t.theme_dark,
                            }}
                        </option>
                    })}
                </select>
                <button type="button" id="shortcuts-button" class="quiet" aria-label=t.shortcuts title=t.shortcuts
                    on:click=move |_| page.panel.set(Some(Panel::Shortcuts))>"?"</button>
            </div>
            {move || page.overview.get().map(|overview| origin(page, &overview))}
            {move || page.overview.get().map(|overview| actions(page, &overview))}
        </header>
    }
}

/// AWS makes a new report at most every four hours.
const OLD: i64 = 4 * 3600;

/// Which accounts are shown, and as of when.
fn source(page: Page, overview: &Overview) -> impl IntoView + use<> {
    let t = &page.text().page;
    let language = page.language.get_untracked();
    let first = overview.accounts.first().map(|a| account(&a.account)).filter(|digits| !digits.is_empty());
    let others = overview.accounts.len().saturating_sub(1) as u64;
    view! {
        <p id="source">
            <b>{first.unwrap_or_else(|| t.account_unknown.to_owned())}</b>
            {(others > 0).then(|| format!(" {}", (t.and_more)(others)))}
            <span class="dot">" · "</span>
            {(t.users)(overview.users.into())}
            <span class="dot">" · "</span>
            {t.as_of}" "
            <button type="button" id="as-of" class="inline" on:click=move |_| page.panel.set(Some(Panel::AsOf))>
                <time datetime=overview.as_of.to_string()>{clock::moment(language, overview.as_of)}</time>
            </button>
        </p>
    }
}

/// Where the as-of time comes from, how old the report is, and what the result does not tell.
fn origin(page: Page, overview: &Overview) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let age = clock::seconds_since(overview.as_of);
    let warnings = overview.warnings_total;
    let not_evaluated = overview.not_evaluated();
    let old = (age >= OLD).then(|| (t.old_report)(age as u64));
    view! {
        <p class="from">
            <span id="as-of-source" data-source=overview.as_of_source.name()>
                {text.as_of_source(overview.as_of_source)}
            </span>
            {(age >= 0).then(|| view! {
                <span class="dot">" · "</span>
                <span title=old.clone()>{(t.report_age)(age as u64)}</span>
            })}
            {old.map(|old| view! {
                <span class="visually-hidden">" "{old}" "</span>
                <span class="dot">" · "</span>
                <button type="button" id="old" class="link" on:click=move |_| page.panel.set(Some(Panel::HowTo))>{t.how_to_new}</button>
            })}
            {(warnings > 0).then(|| view! {
                <span class="dot">" · "</span>
                <a href="#warnings" class="jump" on:click=focus::jump>{(t.warnings_count)(warnings)}</a>
            })}
            {(not_evaluated > 0).then(|| view! {
                <span class="dot">" · "</span>
                <a href="#not-judged" class="jump" on:click=focus::jump>{(t.not_evaluated_count)(not_evaluated)}</a>
            })}
        </p>
    }
}

/// What can be done with the result.
fn actions(page: Page, overview: &Overview) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    view! {
        <div class="actions">
            {browse(page, "add", Mode::Add, t.add, "button")}
            {browse(page, "browse", Mode::Replace, t.open_other, "button")}
            <button type="button" id="policy-button" on:click=move |_| page.panel.set(Some(Panel::Policy))>
                {t.policy}" "<small id="policy-name">{text.preset(overview.policy.preset())}</small>
            </button>
            <span class="split">
                <button type="button" id="export" class="primary" disabled=move || page.exporting.get()
                    on:click=move |_| export::everything(page)>{t.export_json}</button>
                <button type="button" id="export-more" class="primary" aria-label=t.export_more title=t.export_more
                    on:click=move |_| page.panel.set(Some(Panel::Export))>"▾"</button>
            </span>
            <button type="button" id="close" on:click=move |_| page.close()>{t.close}</button>
        </div>
    }
}

/// A real file input with its label for a button.
pub(super) fn browse(
    page: Page,
    id: &'static str,
    mode: Mode,
    label: &'static str,
    class: &'static str,
) -> impl IntoView {
    view! {
        <span class="browse">
            <input type="file" multiple id=id class="visually-hidden" on:change=move |event| intake::chosen(page, &event, mode)/>
            <label for=id class=class>{label}</label>
        </span>
    }
}
