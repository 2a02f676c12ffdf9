//! The foot of the page, and of what is printed.

use leptos::prelude::*;

use super::parts::account;
use crate::app::clock;
use crate::app::page_state::Page;
use crate::app::panel::Panel;

/// How many accounts the foot of a printed page names.
const NAMED: usize = 12;

pub(super) fn footer(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let version = env!("CARGO_PKG_VERSION");
    view! {
        <footer class="foot">
            <p>
                {t.foot_privacy}" "
                <button type="button" class="link" on:click=move |_| page.panel.set(Some(Panel::Privacy))>{t.check_yourself}</button>
            </p>
            <p class="version">{t.name}" "{version}</p>
            {move || page.overview.get().map(|overview| {
                let more = overview.accounts.len().saturating_sub(NAMED) as u64;
                let named = overview.accounts.iter().take(NAMED).map(|a| account(&a.account));
                let accounts: Vec<String> = named.chain((more > 0).then(|| (t.and_more)(more))).collect();
                let language = page.language.get_untracked();
                view! {
                    <div class="paper">
                        {page.redacted.get().then(|| view! { <p id="redacted">{text.export.redacted}</p> })}
                        <p>
                            {t.print_accounts}" "{accounts.join(", ")}" · "
                            {t.as_of}" "{clock::moment(language, overview.as_of)}" ("{text.as_of_source(overview.as_of_source)}") · "
                            {t.policy}" "{text.preset(overview.policy.preset())}" · "
                            {t.name}" "{version}
                        </p>
                        <p class="reviewer"><span>{t.print_reviewer}</span><span>{t.print_date}</span></p>
                    </div>
                }
            })}
        </footer>
    }
}
