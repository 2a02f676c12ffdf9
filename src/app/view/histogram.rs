//! A histogram of ages: every bar is a button that filters, and a table says the same in words.

use credential_report_viewer::chart;
use leptos::prelude::*;

const HEIGHT: u32 = 44;

/// A bar, ready to be shown.
pub(super) struct Column {
    /// Its ages, in words.
    pub(super) name: String,
    /// How many, in words.
    pub(super) count: String,
    /// How many.
    pub(super) number: u64,
    /// Whether it lies beyond the limit.
    pub(super) over: bool,
    /// Whether it is the one by which users are filtered.
    pub(super) on: Signal<bool>,
    /// Filters by it, or no longer.
    pub(super) toggle: Callback<()>,
}

/// What stands round the bars.
pub(super) struct Frame {
    pub(super) caption: &'static str,
    pub(super) ages: &'static str,
    pub(super) number: &'static str,
    pub(super) first: String,
    pub(super) limit: String,
    pub(super) last: String,
    /// How many columns stand before the limit.
    pub(super) at: Option<usize>,
}

pub(super) fn histogram(frame: &Frame, columns: Vec<Column>) -> impl IntoView + use<> {
    let counts: Vec<u64> = columns.iter().map(|column| column.number).collect();
    let heights = chart::heights(&counts, HEIGHT);
    let all = counts.len();
    let lines: Vec<(String, String)> = columns.iter().map(|c| (c.name.clone(), c.count.clone())).collect();
    let position = frame.at.map(|at| format!("calc(100% * {at} / {all})"));
    let (has_first, has_last) = chart::ends_have_room(frame.at, all);
    view! {
        <div class="histogram">
            <div class="bars" role="group" aria-label=frame.caption>
                {columns.into_iter().zip(heights).map(|(column, height)| bar(column, height)).collect_view()}
                {position.clone().map(|position| view! { <i class="limit" style:left=position aria-hidden="true"></i> })}
            </div>
            <p class="axis" aria-hidden="true">
                <span class:hidden=!has_first>{frame.first.clone()}</span>
                {position.map(|position| view! { <b style:left=position>{frame.limit.clone()}</b> })}
                <span class:hidden=!has_last>{frame.last.clone()}</span>
            </p>
            <div class="visually-hidden">
                <table>
                    <caption>{frame.caption}</caption>
                    <thead><tr><th scope="col">{frame.ages}</th><th scope="col">{frame.number}</th></tr></thead>
                    <tbody>
                        {lines.into_iter().map(|(name, count)| view! { <tr><th scope="row">{name}</th><td>{count}</td></tr> }).collect_view()}
                    </tbody>
                </table>
            </div>
        </div>
    }
}

fn bar(column: Column, height: u32) -> impl IntoView {
    let Column { name, count, over, on, toggle, number } = column;
    let label = format!("{name}: {count}");
    view! {
        <button
            type="button"
            class="bar"
            class:over=over
            aria-pressed=move || on.get().to_string()
            aria-label=label.clone()
            title=label
            disabled=number == 0
            on:click=move |_| toggle.run(())
        >
            <svg viewBox=format!("0 0 10 {HEIGHT}") preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect x="0" width="10" y=HEIGHT - height height=height/>
            </svg>
        </button>
    }
}
