//! A histogram of ages: every bar is a button that filters, and a table says the same in words.

use super::Markup;
use super::filter_button::filter_button;
use crate::chart;
use crate::view_state::ViewState;

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
    /// What it filters by, as in [`ViewState::filters`].
    pub(super) filters: String,
}

/// What stands round the bars.
pub(super) struct Frame<'a> {
    pub(super) caption: &'a str,
    pub(super) ages: &'a str,
    pub(super) number: &'a str,
    pub(super) first: &'a str,
    pub(super) limit: &'a str,
    pub(super) last: &'a str,
    /// How many columns stand before the limit.
    pub(super) at: Option<usize>,
}

pub(super) fn histogram(markup: &mut Markup, frame: &Frame<'_>, columns: &[Column], view: &ViewState) {
    let counts: Vec<u64> = columns.iter().map(|column| column.number).collect();
    let all = counts.len();
    let position = frame.at.map(|at| format!("left: calc(100% * {at} / {all})"));
    let (has_first, has_last) = chart::ends_have_room(frame.at, all);
    markup.open("div", &[("class", "histogram")]);
    markup.open("div", &[("class", "bars"), ("role", "group"), ("aria-label", frame.caption)]);
    for (column, height) in columns.iter().zip(chart::heights(&counts, HEIGHT)) {
        bar(markup, column, height, view);
    }
    if let Some(position) = &position {
        markup.leaf("i", &[("class", "limit"), ("data-style", position), ("aria-hidden", "true")], "");
    }
    markup.close();
    markup.open("p", &[("class", "axis"), ("aria-hidden", "true")]);
    let shown = |is_shown: bool| ("class", if is_shown { "" } else { "hidden" });
    markup.leaf("span", &[shown(has_first)], frame.first);
    if let Some(position) = &position {
        markup.leaf("b", &[("data-style", position)], frame.limit);
    }
    markup.leaf("span", &[shown(has_last)], frame.last);
    markup.close();
    markup.open("div", &[("class", "visually-hidden")]);
    markup.open("table", &[]);
    markup.leaf("caption", &[], frame.caption);
    markup.open("thead", &[]);
    markup.open("tr", &[]);
    markup.leaf("th", &[("scope", "col")], frame.ages);
    markup.leaf("th", &[("scope", "col")], frame.number);
    markup.close();
    markup.close();
    markup.open("tbody", &[]);
    for column in columns {
        markup.open("tr", &[]);
        markup.leaf("th", &[("scope", "row")], &column.name);
        markup.leaf("td", &[], &column.count);
        markup.close();
    }
    markup.close();
    markup.close();
    markup.close();
    markup.close();
}

fn bar(markup: &mut Markup, column: &Column, height: u32, view: &ViewState) {
    let label = format!("{}: {}", column.name, column.count);
    let class = if column.over { "bar over" } else { "bar" };
    let filters = if column.number == 0 { "" } else { &column.filters };
    filter_button(markup, &[("class", class), ("aria-label", &label), ("title", &label)], filters, view);
    let picture = format!("0 0 10 {HEIGHT}");
    markup.open("svg", &svg(&picture));
    let (y, height) = ((HEIGHT - height).to_string(), height.to_string());
    markup.leaf("rect", &[("x", "0"), ("width", "10"), ("y", &y), ("height", &height)], "");
    markup.close();
    markup.close();
}

/// The attributes of a picture that fills its place, and says nothing that is not said in words.
pub(super) fn svg(view_box: &str) -> [(&'static str, &str); 4] {
    [("viewBox", view_box), ("preserveAspectRatio", "none"), ("aria-hidden", "true"), ("focusable", "false")]
}
