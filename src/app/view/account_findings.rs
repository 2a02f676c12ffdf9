//! Findings about whole accounts, above those about users.

use leptos::prelude::*;

use super::finding::finding;
use super::parts::account;
use crate::app::state::Page;

pub(super) fn account_findings(page: Page) -> impl IntoView {
    let t = &page.text().page;
    move || {
        let cards = page.cards.get()?;
        (!cards.account_findings.is_empty() && cards.offset == 0).then(|| {
            view! {
                <section class="account-findings" aria-label=t.about_accounts>
                    {cards.account_findings.iter().cloned().map(|item| {
                        let digits = item.account.clone().unwrap_or_default();
                        view! {
                            <div class="credential">
                                <h3>{t.account}" "{account(&digits)}</h3>
                                <div>{finding(page, item)}</div>
                            </div>
                        }
                    }).collect_view()}
                </section>
            }
        })
    }
}
