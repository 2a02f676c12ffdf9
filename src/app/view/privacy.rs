//! How to see for yourself that nothing is sent, and what a policy cannot promise.

use leptos::prelude::*;

use super::dialog::modal;
use crate::app::page_state::Page;

/// The policy in effect, one directive a line; it is the first thing in the page's head.
fn policy() -> String {
    document()
        .query_selector("meta[http-equiv=Content-Security-Policy]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
        .split(';')
        .map(str::trim)
        .filter(|directive| !directive.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn dialog(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let policy = policy();
    let content = view! {
        <p>{t.privacy_text}</p>
        <ol class="steps">{t.privacy_steps.map(|(what, how)| view! { <li><b>{what}</b>" "{how}</li> })}</ol>
        <h3>{t.privacy_policy}</h3>
        {match policy.is_empty() {
            true => view! { <p>{t.privacy_no_policy}</p> }.into_any(),
            false => view! { <pre id="policy-in-force" tabindex="0"><code>{policy}</code></pre> }.into_any(),
        }}
        <p class="hint">{t.privacy_policy_text}</p>
        <h3>{t.privacy_limits}</h3>
        <ul>{t.privacy_limits_text.map(|limit| view! { <li>{limit}</li> })}</ul>
        <h3>{t.privacy_kept}</h3>
        <p>{t.privacy_kept_text}</p>
    };
    modal(page, "privacy", t.check_yourself, false, content.into_any())
}
