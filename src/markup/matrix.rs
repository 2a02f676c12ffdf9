//! Findings by area and severity: a table whose every number filters, with a picture of each row.

use super::filter_button::filter_button;
use super::histogram::svg;
use super::{Markup, Setting};
use crate::chart;
use crate::checks::{Area, BySeverity, Severity};
use crate::overview::Overview;
use crate::query::Query;
use crate::view_state::ViewState;

/// What is inside the `<details>` of the table: its summary, and the table.
pub fn matrix(markup: &mut Markup, overview: &Overview, view: &ViewState, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let most = overview.by_area.iter().map(BySeverity::total).max().unwrap_or(0).max(1);
    let is_shown =
        |severity: &Severity| *severity != Severity::Info || overview.by_severity.of(*severity) > 0;
    let shown = || Severity::ALL.into_iter().filter(is_shown);
    markup.leaf("summary", &[], &(t.findings_by_area)(overview.findings));
    markup.open("div", &[("class", "scroll")]);
    markup.open("table", &[]);
    markup.leaf("caption", &[("class", "visually-hidden")], t.area_and_severity);
    markup.open("thead", &[]);
    markup.open("tr", &[]);
    markup.leaf("th", &[("scope", "col")], t.area);
    markup.leaf("td", &[("class", "picture"), ("aria-hidden", "true")], "");
    for severity in shown() {
        markup.open("th", &[("scope", "col"), ("class", severity.name())]);
        markup.severity(severity);
        markup.text(text.severity(severity));
        markup.close();
    }
    markup.leaf("th", &[("scope", "col")], t.all);
    markup.close();
    markup.close();
    markup.open("tbody", &[]);
    for (area, counts) in Area::ALL.into_iter().zip(overview.by_area) {
        markup.open("tr", &[]);
        markup.leaf("th", &[("scope", "row")], text.area(area));
        markup.open("td", &[("class", "picture")]);
        picture(markup, counts, most);
        markup.close();
        for severity in shown() {
            markup.open("td", &[]);
            cell(markup, area, severity, counts.of(severity), view, setting);
            markup.close();
        }
        markup.leaf("td", &[("class", "sum")], &text.number(counts.total()));
        markup.close();
    }
    markup.close();
    markup.close();
    markup.close();
}

/// How many findings, as parts of a bar; the widest row is full.
fn picture(markup: &mut Markup, counts: BySeverity, most: u64) {
    markup.open("svg", &svg("0 0 1000 8"));
    let mut x = 0;
    for severity in Severity::ALL {
        let width = chart::share(counts.of(severity), most, 1000);
        let (from, wide) = (x.to_string(), width.to_string());
        let place = [("x", from.as_str()), ("y", "0"), ("width", &wide), ("height", "8")];
        let [a, b, c, d] = place;
        markup.leaf("rect", &[("class", severity.name()), a, b, c, d], "");
        x += width;
    }
    markup.close();
}

fn cell(
    markup: &mut Markup,
    area: Area,
    severity: Severity,
    count: u64,
    view: &ViewState,
    setting: &Setting<'_>,
) {
    if count == 0 {
        markup.leaf("span", &[("class", "zero")], "0");
        return;
    }
    let filters = ViewState::filters(&Query {
        checks: area.checks().collect(),
        severities: vec![severity],
        ..Query::default()
    });
    filter_button(markup, &[("class", "link")], &filters, view);
    markup.text(&setting.text.number(count));
    markup.close();
}
