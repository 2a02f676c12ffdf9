//! A finding: its title, and opened, what it rests on, why it matters and what to do.

use credential_report_viewer::advice;
use credential_report_viewer::finding::{Finding, SubjectKind};
use leptos::html::Details;
use leptos::prelude::*;

use super::parts::{command, mark, rich};
use crate::app::state::Page;

/// What is inside is made when it is first opened: most findings never are.
pub(super) fn finding(page: Page, finding: Finding) -> impl IntoView {
    let text = page.text();
    let open = RwSignal::new(false);
    let node = NodeRef::<Details>::new();
    let Finding { severity, check, .. } = finding;
    let uid = finding.uid.clone();
    let title = text.check(check).title;
    let shown = Memo::new(move |_| open.get() || page.printing.get());
    view! {
        <details
            class=format!("finding {}", severity.name())
            data-check=check.name()
            data-uid=uid
            data-severity=severity.name()
            node_ref=node
            prop:open=move || shown.get()
            on:toggle=move |_| if let Some(details) = node.get_untracked() && !page.printing.get_untracked() {
                open.set(details.open());
            }
        >
            <summary>{mark(severity)}<span class="unseen">{text.severity(severity)}": "</span>{title}</summary>
            {move || shown.get().then(|| inside(page, &finding))}
        </details>
    }
}

pub(super) fn inside(page: Page, finding: &Finding) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let check = text.check(finding.check);
    let commands = advice::commands(finding);
    let entry = finding.check.check();
    view! {
            <div class="inside">
                <p class="message">{rich(&text.finding(finding))}</p>
                {(!finding.evidence.cells.is_empty()).then(|| view! {
                    <table class="cells">
                        <caption class="label">{t.evidence}</caption>
                        <tbody>
                            {finding.evidence.cells.iter().map(|(column, cell)| view! {
                                <tr>
                                    <th scope="row">{column.name()}</th>
                                    <td><code>{if cell.is_empty() { t.empty_cell } else { cell.as_str() }.to_owned()}</code></td>
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                })}
                <p class="label">{t.why}</p>
                <p>{rich(check.why)}</p>
                <p class="label">{t.fix}</p>
                <ol class="fix">{check.steps().map(|step| view! { <li>{rich(step)}</li> }).collect_view()}</ol>
                {finding.subject.created.filter(|_| finding.subject.kind == SubjectKind::AccessKey && !commands.is_empty()).map(|created| view! { <p class="hint">{rich(&text.key_by_creation(created))}</p> })}
                {commands.iter().map(|line| command(page, line)).collect_view()}
                <p class="references">
                    <a href=advice::console_url(finding.partition.as_deref()) target="_blank" rel="noreferrer noopener">{t.iam_console}</a>
                    {entry.references.iter().map(|reference| view! {
                        " · "<a href=*reference target="_blank" rel="noreferrer noopener">{address(reference)}</a>
                    }).collect_view()}
                </p>
                {(!entry.frameworks.is_empty()).then(|| view! {
                    <dl class="frameworks">
                        {entry.frameworks.iter().map(|(framework, sections)| view! {
                            <div class:long=(sections.join(", ").len() > 12)>
    <dt>{framework.label()}</dt><dd>{sections.join(", ")}</dd></div>
                        }).collect_view()}
                    </dl>
                })}
            </div>
        }
}

/// The last part of an address, which tells what it is about.
fn address(url: &str) -> String {
    let path = url.trim_start_matches("https://").trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".html").to_owned()
}
