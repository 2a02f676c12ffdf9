//! What the result does not show: not evaluated, warnings, not in the report; and the files read.

use credential_report_viewer::assessment::{InputSummary, NotJudged};
use credential_report_viewer::groups;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::report::{ReadError, Warning};
use leptos::prelude::*;

use super::parts::{account, rich};
use crate::app::clock;
use crate::app::page_state::Page;

pub(super) fn notes(page: Page, overview: &Overview) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let (rows, turn) = paged(page, FILES, overview.inputs.clone(), move |input| file(page, input).into_any());
    view! {
        <section class="notes" aria-label=t.notes>
            <div class="trouble">
            <section class="note" id="not-judged" tabindex="-1">
                <h2>{t.not_evaluated}</h2>
                {match overview.not_judged.is_empty() {
                    true => view! { <p class="hint">{t.all_evaluated}</p> }.into_any(),
                    false => view! {
                        <p class="hint">{(t.not_evaluated_text)(overview.not_evaluated())}</p>
                        <ul>{overview.not_judged.iter().map(|item| not_judged(page, item)).collect_view()}</ul>
                    }.into_any(),
                }}
            </section>
            <section class="note" id="warnings" tabindex="-1">
                <h2>{t.warnings}</h2>
                {match overview.warnings.is_empty() {
                    true => view! { <p class="hint">{t.no_warnings}</p> }.into_any(),
                    false => warnings(page, overview).into_any(),
                }}
            </section>
            </div>
            <section class="note" id="not-in-report" tabindex="-1">
                <h2>{t.not_in_report}</h2>
                <ul>{text.limits().iter().map(|limit| view! { <li>{rich(limit)}</li> }).collect_view()}</ul>
            </section>
            <section class="note wide" id="inputs" tabindex="-1">
                <h2>{t.files}</h2>
                <div class="scroll" tabindex="0" role="region" aria-label=t.files>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{t.file}</th><th scope="col">{t.form}</th><th scope="col">{t.size}</th>
                                <th scope="col">{t.rows}</th><th scope="col">{t.accounts}</th><th scope="col">{t.report_time}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {turn}
                {move || left_aside(page)}
            </section>
        </section>
    }
}

fn not_judged(page: Page, item: &NotJudged) -> impl IntoView + use<> {
    let text = page.text();
    view! {
        <li data-check=item.check.name() data-subjects=item.subjects>
            <b>{text.check(item.check).title}</b>" · "{(text.page.times)(item.subjects)}<br/>
            <span class="hint">{rich(&text.reason(item))}</span>
        </li>
    }
}

fn warnings(page: Page, overview: &Overview) -> impl IntoView + use<> {
    let t = &page.text().page;
    let shown = overview.warnings.len() as u64;
    let total = overview.warnings_total;
    let (shown_reasons, turn) =
        paged(page, REASONS, reasons(&overview.warnings), move |group| reason(page, group));
    view! {
        {(shown < total).then(|| view! { <p class="hint">{(t.first_warnings)(shown, total)}</p> })}
        <div class="warnings">{shown_reasons}</div>
        {turn}
    }
}

/// Warnings of one reason: those that are shown at once, and those that are unfolded.
type Reason = (Vec<Warning>, Vec<Warning>);

fn reasons(warnings: &[Warning]) -> Vec<Reason> {
    let owned = |list: Vec<&Warning>| list.into_iter().cloned().collect();
    let groups = groups::by_reason(warnings, |a, b| a.kind == b.kind);
    groups.into_iter().map(|group| (owned(group.shown), owned(group.more))).collect()
}

/// A reason, and the places that it is said of.
fn reason(page: Page, (shown, more): &Reason) -> AnyView {
    let text = page.text();
    let place = move |item: &Warning| {
        view! {
            <li data-line=item.line.map(|line| line.to_string()) data-column=item.column.clone()>
                <span class="place">{text.location(&item.input, item.line)}{item.column.as_ref().map(|column| view! { " · "<code>{column.clone()}</code> })}</span>
                {item.value.as_ref().map(|value| view! { " "<code class="cell">{value.clone()}</code> })}
                {(item.more > 0).then(|| view! { " "<span class="hint">{text.more_lines(item.more, &item.more_lines)}</span> })}
            </li>
        }
    };
    view! {
        <div class="reason">
            <p>{shown.first().map(|first| rich(&text.warning(&first.kind)))}</p>
            <ul>{shown.iter().map(place).collect_view()}</ul>
            {(!more.is_empty()).then(|| view! {
                <details>
                    <summary>{(text.glance.more_places)(more.len() as u64)}</summary>
                    <ul class="long">{more.iter().map(place).collect_view()}</ul>
                </details>
            })}
        </div>
    }
    .into_any()
}

/// How many reasons of warnings, and how many files, are shown at once.
const REASONS: usize = 8;
const FILES: usize = 10;

/// Things a page at a time, with what turns the pages where there is more than one.
fn paged<T: Send + Sync + 'static>(
    page: Page,
    a_page: usize,
    things: Vec<T>,
    draw: impl Fn(&T) -> AnyView + Send + Sync + 'static,
) -> (impl IntoView, impl IntoView) {
    let t = &page.text().page;
    let (number, pages) = (things.len(), groups::pages(things.len(), a_page));
    let things = StoredValue::new(things);
    let at = RwSignal::new(0_usize);
    let shown = move || {
        let (from, number) = if page.printing.get() { (0, number) } else { (at.get() * a_page, a_page) };
        things.with_value(|things| things.iter().skip(from).take(number).map(&draw).collect_view())
    };
    let turn = (pages > 1).then(|| view! {
            <nav class="pager small" aria-label=t.pages>
                <button type="button" disabled=move || at.get() == 0 on:click=move |_| at.update(|at| *at -= 1)>{t.previous}</button>
                <span>{move || {
                    let from = at.get() * a_page;
                    (t.range)(from as u64 + 1, number.min(from + a_page) as u64, number as u64)
                }}</span>
                <button type="button" disabled=move || at.get() + 1 == pages on:click=move |_| at.update(|at| *at += 1)>{t.next}</button>
            </nav>
    });
    (shown, turn)
}

/// How many of the files that were left aside are named.
const LEFT_ASIDE: usize = 200;

/// The files of folders and ZIP files that are no reports.
fn left_aside(page: Page) -> impl IntoView + use<> {
    let text = page.text();
    let others = page.left_aside.get();
    let item = |error: &ReadError| {
        view! { <li><span class="place">{error.file.clone()}</span>" "{rich(&text.read_error(&error.kind))}</li> }
    };
    let more = others.len().saturating_sub(LEFT_ASIDE) as u64;
    (!others.is_empty() && !page.redacted.get()).then(|| {
        view! {
            <details id="left-aside">
                <summary>{(text.page.left_aside)(others.len() as u64)}</summary>
                <ul>
                    {others.iter().take(LEFT_ASIDE).map(item).collect_view()}
                    {(more > 0).then(|| view! { <li>{(text.page.and_more)(more)}</li> })}
                </ul>
            </details>
        }
    })
}

/// How many accounts of a file are named.
const NAMED: usize = 20;

fn file(page: Page, input: &InputSummary) -> impl IntoView + use<> {
    let text = page.text();
    let t = &text.page;
    let rows = match input.broken_rows {
        0 => text.number(input.rows.into()),
        broken => (t.rows_and_broken)(input.rows.into(), broken.into()),
    };
    let more = input.accounts.len().saturating_sub(NAMED) as u64;
    let mut accounts: Vec<String> = input
        .accounts
        .iter()
        .take(NAMED)
        .map(|digits| match input.replaced_accounts.contains(digits) {
            true => format!("{} ({})", account(digits), t.replaced),
            false => account(digits),
        })
        .collect();
    if more > 0 {
        accounts.push((t.and_more)(more));
    }
    let moment = clock::moment(page.language.get_untracked(), input.as_of);
    view! {
        <tr>
            <th scope="row">{input.name.clone()}</th>
            <td>{text.form(input.form)}</td>
            <td class="number">{text.size(input.bytes)}</td>
            <td class="number">{rows}</td>
            <td>{accounts.join(", ")}</td>
            <td>{moment}" · "{text.as_of_source(input.as_of_source)}</td>
        </tr>
    }
}
