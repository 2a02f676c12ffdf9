//! Findings about whole accounts, above those about users.

use credential_report_viewer::markup::finding;
use leptos::prelude::*;

use super::parts::account;
use crate::app::markup;
use crate::app::page_state::Page;

pub(super) fn account_findings(page: Page) -> impl IntoView {
    let t = &page.text().page;
    move || {
        let cards = page.cards.get()?;
        page.printing.track();
        (!cards.account_findings.is_empty() && cards.offset == 0).then(|| {
            view! {
                <section class="account-findings" aria-label=t.about_accounts>
                    {cards.account_findings.iter().map(|item| {
                        let digits = item.account.as_deref().unwrap_or_default();
                        view! {
                            <div class="credential">
                                <h3>{t.account}" "{account(digits)}</h3>
                                <div inner_html=markup::html(page, |html, setting| finding(html, item, setting))></div>
                            </div>
                        }
                    }).collect_view()}
                </section>
            }
        })
    }
}
