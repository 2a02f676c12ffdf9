//! Findings by area and severity: a table whose every number filters, with a picture of each row.

use credential_report_viewer::chart;
use credential_report_viewer::checks::{Area, BySeverity, CheckId, Severity};
use credential_report_viewer::overview::Overview;
use leptos::html::Details;
use leptos::prelude::*;

use super::parts::mark;
use crate::app::page_state::Page;

pub(super) fn matrix(page: Page, overview: &Overview) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let most = overview.by_area.iter().map(BySeverity::total).max().unwrap_or(0).max(1);
    let shown: Vec<Severity> = Severity::ALL
        .into_iter()
        .filter(|s| *s != Severity::Info || overview.by_severity.of(*s) > 0)
        .collect();
    let rows = Area::ALL.into_iter().zip(overview.by_area).map(|(area, counts)| {
        let cells = shown
            .iter()
            .map(|&severity| cell(page, Some(area), severity, counts.of(severity)))
            .collect_view();
        view! {
            <tr>
                <th scope="row">{text.area(area)}</th>
                <td class="picture">{picture(counts, most)}</td>
                {cells}
                <td class="sum">{text.number(counts.total())}</td>
            </tr>
        }
    });
    // Opened by a person, or to be printed.
    let open = RwSignal::new(false);
    let node = NodeRef::<Details>::new();
    view! {
        <details
            class="matrix"
            id="matrix"
            node_ref=node
            prop:open=move || open.get() || page.printing.get()
            on:toggle=move |_| if let Some(details) = node.get_untracked() && !page.printing.get_untracked() {
                open.set(details.open());
            }
        >
            <summary>{(t.findings_by_area)(overview.findings)}</summary>
            <div class="scroll">
            <table>
                <caption class="visually-hidden">{t.area_and_severity}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.area}</th>
                        <td class="picture" aria-hidden="true"></td>
                        {shown.iter().map(|&severity| view! {
                            <th scope="col" class=severity.name()>{mark(severity)}{text.severity(severity)}</th>
                        }).collect_view()}
                        <th scope="col">{t.all}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            </div>
        </details>
    }
}

/// How many findings, as parts of a bar; the widest row is full.
fn picture(counts: BySeverity, most: u64) -> impl IntoView {
    let mut x = 0;
    let parts = Severity::ALL.map(|severity| {
        let width = chart::share(counts.of(severity), most, 1000);
        let from = x;
        x += width;
        view! { <rect class=severity.name() x=from y="0" width=width height="8"/> }
    });
    view! { <svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">{parts}</svg> }
}

fn cell(page: Page, area: Option<Area>, severity: Severity, count: u64) -> impl IntoView {
    let text = page.text();
    let checks: Vec<CheckId> = area.into_iter().flat_map(Area::checks).collect();
    let mine = checks.clone();
    let on =
        Memo::new(move |_| page.view.with(|v| v.query.checks == mine && v.query.severities == [severity]));
    let toggle = move |_| {
        let checks = checks.clone();
        let wanted = !on.get_untracked();
        page.ask(move |query| {
            query.checks = if wanted { checks } else { Vec::new() };
            query.severities = if wanted { vec![severity] } else { Vec::new() };
        });
    };
    view! {
        <td>
            {match count {
                0 => view! { <span class="zero">"0"</span> }.into_any(),
                _ => view! {
                    <button type="button" class="link" aria-pressed=move || on.get().to_string() on:click=toggle>{text.number(count)}</button>
                }.into_any(),
            }}
        </td>
    }
}
