//! What the result does not show: not evaluated, warnings, not in the report; and the files read.

use super::beside::beside;
use super::{Markup, Pager, Setting};
use crate::assessment::{InputSummary, NotJudged};
use crate::groups;
use crate::overview::Overview;
use crate::report::{ReadError, Warning};

/// Which page of its long lists notes show, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NotesPage {
    /// Of the reasons of warnings.
    pub reasons: usize,
    /// Of the files.
    pub files: usize,
}

impl NotesPage {
    /// Turns the list that a button names in `data-turn`: a page forward, or back.
    pub fn turn(&mut self, list: &str, forward: bool) {
        let at = if list == FILES { &mut self.files } else { &mut self.reasons };
        *at = if forward { *at + 1 } else { at.saturating_sub(1) };
    }
}

/// The names of the lists that are turned.
const FILES: &str = "files";
const REASONS: &str = "reasons";

/// How many reasons of warnings, and how many files, are shown at once.
const REASONS_AT_ONCE: usize = 8;
const FILES_AT_ONCE: usize = 10;

/// How many of the files that were left aside are named.
const LEFT_ASIDE: usize = 200;

/// How many accounts of a file are named.
const NAMED: usize = 20;

/// All notes, with the files of folders and ZIP files that are no reports. Where everything is open, every page
/// of a list is there.
pub fn notes(
    markup: &mut Markup,
    overview: &Overview,
    left_aside: &[ReadError],
    at: NotesPage,
    setting: &Setting<'_>,
) {
    let text = setting.text;
    let t = &text.page;
    markup.open("div", &[("class", "trouble")]);
    note(markup, "note", "not-judged", t.not_evaluated);
    if overview.not_judged.is_empty() {
        hint(markup, t.all_evaluated);
    } else {
        hint(markup, &(t.not_evaluated_text)(overview.not_evaluated()));
        markup.open("ul", &[]);
        for item in &overview.not_judged {
            not_judged(markup, item, setting);
        }
        markup.close();
    }
    markup.close();
    note(markup, "note", "warnings", t.warnings);
    if overview.warnings.is_empty() {
        hint(markup, t.no_warnings);
    } else {
        warnings(markup, overview, at.reasons, setting);
    }
    markup.close();
    beside(markup, overview, setting);
    markup.close();
    note(markup, "note", "not-in-report", t.not_in_report);
    markup.open("ul", &[]);
    for limit in text.limits() {
        markup.open("li", &[]);
        markup.rich_leaf("span", &[], limit);
        markup.close();
    }
    markup.close();
    markup.close();
    note(markup, "note wide", "inputs", t.files);
    files(markup, &overview.inputs, at.files, setting);
    aside(markup, left_aside, setting);
    markup.close();
}

/// Begins a note.
pub(super) fn note(markup: &mut Markup, class: &str, id: &str, heading: &str) {
    markup.open("section", &[("class", class), ("id", id), ("tabindex", "-1")]);
    markup.leaf("h2", &[], heading);
}

pub(super) fn hint(markup: &mut Markup, words: &str) {
    markup.leaf("p", &[("class", "hint")], words);
}

fn not_judged(markup: &mut Markup, item: &NotJudged, setting: &Setting<'_>) {
    let text = setting.text;
    let subjects = item.subjects.to_string();
    markup.open("li", &[("data-check", item.check.name()), ("data-subjects", &subjects)]);
    markup.leaf("b", &[], text.check(item.check).title);
    markup.text(" · ");
    markup.text(&(text.page.times)(item.subjects));
    markup.void("br", &[]);
    markup.open("span", &[("class", "hint")]);
    markup.rich_leaf("span", &[], &text.reason(item));
    markup.close();
    markup.close();
}

fn warnings(markup: &mut Markup, overview: &Overview, at: usize, setting: &Setting<'_>) {
    let text = setting.text;
    let (shown, total) = (overview.warnings.len() as u64, overview.warnings_total);
    if shown < total {
        hint(markup, &(text.page.first_warnings)(shown, total));
    }
    let reasons = groups::by_reason(&overview.warnings, |a, b| a.kind == b.kind);
    let page = Pages::new(reasons.len(), REASONS_AT_ONCE, at, setting);
    markup.open("div", &[("class", "warnings")]);
    let totals = overview.warnings_by_reason.iter().copied().chain(std::iter::repeat(0));
    for (reason, total) in reasons.iter().zip(totals).skip(page.from).take(page.number) {
        let named = (reason.shown.len() + reason.more.len()) as u64;
        let others = total.saturating_sub(named);
        markup.open("div", &[("class", "reason")]);
        markup.open("p", &[]);
        markup.rich_leaf("span", &[], &text.warning(&reason.first.kind));
        markup.close();
        places(markup, false, &reason.shown, setting);
        if !reason.more.is_empty() || others > 0 {
            markup.open("details", &[]);
            markup.leaf("summary", &[], &(text.glance.more_places)(reason.more.len() as u64 + others));
            places(markup, true, &reason.more, setting);
            if others > 0 {
                hint(markup, &(text.page.and_more)(others));
            }
            markup.close();
        }
        markup.close();
    }
    markup.close();
    page.turner(markup, REASONS, setting);
}

/// The places that something is said of.
fn places(markup: &mut Markup, is_long: bool, warnings: &[&Warning], setting: &Setting<'_>) {
    let text = setting.text;
    markup.open("ul", if is_long { &[("class", "long")] } else { &[] });
    for item in warnings {
        let line = item.line.map(|line| line.to_string());
        let line = line.as_deref().map(|line| ("data-line", line));
        let column = item.column.as_deref().map(|column| ("data-column", column));
        let attributes: Vec<(&'static str, &str)> = line.into_iter().chain(column).collect();
        markup.open("li", &attributes);
        markup.open("span", &[("class", "place")]);
        markup.text(&text.location(&item.input, item.line));
        if let Some(column) = &item.column {
            markup.text(" · ");
            markup.leaf("code", &[], column);
        }
        markup.close();
        if let Some(value) = &item.value {
            markup.text(" ");
            markup.leaf("code", &[("class", "cell")], value);
        }
        if item.more > 0 {
            markup.text(" ");
            markup.leaf("span", &[("class", "hint")], &text.more_lines(item.more, &item.more_lines));
        }
        markup.close();
    }
    markup.close();
}

fn files(markup: &mut Markup, inputs: &[InputSummary], at: usize, setting: &Setting<'_>) {
    let t = &setting.text.page;
    let page = Pages::new(inputs.len(), FILES_AT_ONCE, at, setting);
    markup
        .open("div", &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", t.files)]);
    markup.open("table", &[]);
    markup.open("thead", &[]);
    markup.open("tr", &[]);
    for heading in [t.file, t.form, t.size, t.rows, t.accounts, t.report_time] {
        markup.leaf("th", &[("scope", "col")], heading);
    }
    markup.close();
    markup.close();
    markup.open("tbody", &[]);
    for input in inputs.iter().skip(page.from).take(page.number) {
        file(markup, input, setting);
    }
    markup.close();
    markup.close();
    markup.close();
    page.turner(markup, FILES, setting);
}

fn file(markup: &mut Markup, input: &InputSummary, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let rows = match input.broken_rows {
        0 => text.number(input.rows.into()),
        broken => (t.rows_and_broken)(input.rows.into(), broken.into()),
    };
    let named = input.accounts.iter().take(NAMED);
    let mut accounts: Vec<String> = named
        .map(|digits| {
            let is_replaced = input.replaced_accounts.contains(digits);
            let account = setting.account(digits);
            if is_replaced { format!("{account} ({})", t.replaced) } else { account }
        })
        .collect();
    if input.accounts.len() > NAMED {
        accounts.push((t.and_more)((input.accounts.len() - NAMED) as u64));
    }
    let time = format!("{} · {}", (setting.moment)(input.as_of), text.as_of_source(input.as_of_source));
    markup.open("tr", &[]);
    markup.leaf("th", &[("scope", "row")], &input.name);
    markup.leaf("td", &[("class", "form")], text.form(input.form));
    markup.leaf("td", &[("class", "number")], &text.size(input.bytes));
    markup.leaf("td", &[("class", "number")], &rows);
    markup.leaf("td", &[], &accounts.join(", "));
    markup.leaf("td", &[], &time);
    markup.close();
}

/// The files of folders and ZIP files that are no reports.
fn aside(markup: &mut Markup, others: &[ReadError], setting: &Setting<'_>) {
    let text = setting.text;
    if others.is_empty() {
        return;
    }
    markup.open("details", &[("id", "left-aside")]);
    markup.leaf("summary", &[], &(text.page.left_aside)(others.len() as u64));
    markup.open("ul", &[]);
    for error in others.iter().take(LEFT_ASIDE) {
        markup.open("li", &[]);
        markup.leaf("span", &[("class", "place")], &error.file);
        markup.text(" ");
        markup.rich_leaf("span", &[], &text.read_error(&error.kind));
        markup.close();
    }
    if others.len() > LEFT_ASIDE {
        markup.leaf("li", &[], &(text.page.and_more)((others.len() - LEFT_ASIDE) as u64));
    }
    markup.close();
    markup.close();
}

/// What part of a long list is shown.
struct Pages {
    from: usize,
    number: usize,
    all: usize,
}

impl Pages {
    fn new(all: usize, a_page: usize, at: usize, setting: &Setting<'_>) -> Self {
        let at = at.min(groups::pages(all, a_page) - 1);
        let (from, number) = if setting.open { (0, all) } else { (at * a_page, a_page) };
        Self { from, number, all }
    }

    /// What turns the pages, where there is more than one.
    fn turner(&self, markup: &mut Markup, list: &str, setting: &Setting<'_>) {
        let shown = self.number.min(self.all - self.from);
        let (offset, shown, all) = (self.from as u64, shown as u64, self.all as u64);
        Pager { list, offset, shown, all }.write(markup, "pager small", false, setting.text);
    }
}
