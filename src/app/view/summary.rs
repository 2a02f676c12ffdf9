//! What is printed first, on a page of its own: the checks that failed, the worst first.

use credential_report_viewer::assessment::CheckTally;
use credential_report_viewer::problems;
use leptos::prelude::*;

use super::parts::mark;
use crate::app::page_state::Page;

pub(super) fn summary(page: Page) -> impl IntoView {
    let text = page.text();
    let (t, g) = (&text.page, &text.glance);
    let failed = page.overview.with_untracked(|overview| {
        overview.as_ref().map(|overview| problems::failed(&overview.checks)).unwrap_or_default()
    });
    let row = |tally: &CheckTally| {
        let severity = tally.by_severity.worst()?;
        Some(view! {
            <tr>
                <td class=severity.name()><span class="severity">{mark(severity)}{text.severity(severity)}</span></td>
                <th scope="row">{text.check(tally.check).title}</th>
                <td class="number">{text.number(tally.failed)}</td>
                <td class="number">{text.number(tally.users)}</td>
            </tr>
        })
    };
    view! {
        <section id="summary">
            <h2>{g.summary}</h2>
            {(!failed.is_empty()).then(|| view! {
                <table>
                    <caption>{g.failed_checks}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t.severity}</th>
                            <th scope="col">{g.check}</th>
                            <th scope="col" class="number">{t.findings_heading}</th>
                            <th scope="col" class="number">{t.users_heading}</th>
                        </tr>
                    </thead>
                    <tbody>{failed.iter().filter_map(row).collect_view()}</tbody>
                </table>
            })}
        </section>
    }
}
