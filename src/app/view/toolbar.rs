//! Which users are shown, in what order, in what form. What is chosen is marked where it stands: it is not
//! written anew under the hands of who chooses.

use credential_report_viewer::assessment::Kind;
use credential_report_viewer::card::AreaStatus;
use credential_report_viewer::checks::Severity;
use credential_report_viewer::comparison::{Cause, ComparisonSummary, Outcome};
use credential_report_viewer::markup::{Markup, named_account};
use credential_report_viewer::overview::Overview;
use credential_report_viewer::query::SortKey;
use credential_report_viewer::text::Text;
use credential_report_viewer::view_state::{ResultView, ViewState};
use leptos::prelude::*;

use super::filters;
use super::parts::{Choice, fixed, place, select};
use crate::app::effect::effect;
use crate::app::element;
use crate::app::markup::{elements, part};
use crate::app::page_state::Page;

pub(super) fn toolbar(page: Page) -> AnyView {
    let text = page.text();
    let orders = part(move || {
        let (overview, comparison) = (page.overview.get(), page.comparison.get());
        page.view.with(|view| orders(text, view, overview.as_deref(), comparison.as_deref()))
    });
    effect(move || {
        page.overview.track();
        page.comparison.track();
        page.view.track();
        // Once the lists are there.
        queue_microtask(move || show_chosen(page));
    });
    view! {
        <div class="toolbar">
            {fixed("div", &[("class", "layouts scroll"), ("role", "group"), ("aria-label", text.page.view)], layouts(text))}
            {place("div", &[("class", "orders scroll")], orders)}
        </div>
    }
    .into_any()
}

/// Search, filters and count, which stay in sight.
pub(super) fn finder(page: Page) -> AnyView {
    let text = page.text();
    effect(move || show_search(page));
    effect(move || show_chips(page));
    view! {
        <section class="finder" aria-label=text.page.toolbar>
            {fixed("label", &[("class", "search")], search())}
            {fixed("div", &[("class", "chips scroll")], chips(text))}
            {filters::count(page)}
        </section>
    }
    .into_any()
}

fn layouts(text: &Text) -> String {
    let mut html = Markup::default();
    for layout in ResultView::ALL {
        let name = match layout {
            ResultView::Cards => text.page.layout_cards,
            ResultView::Table => text.page.layout_table,
            ResultView::Problems => text.page.layout_problems,
            ResultView::UserFlags => text.page.layout_facts,
            ResultView::Changes => text.changes.title,
            ResultView::Owners => text.owners.by_owner,
        };
        let go = format!("view={}", layout.name());
        html.leaf("button", &[("type", "button"), ("data-layout", layout.name()), ("data-go", &go)], name);
    }
    html.finish()
}

/// How many accounts can be chosen from: of more the search finds one sooner than a list.
const CHOICES: std::ops::RangeInclusive<usize> = 2..=500;

/// The lists to choose from that are of use in this view.
fn orders(
    text: &Text,
    view: &ViewState,
    overview: Option<&Overview>,
    comparison: Option<&ComparisonSummary>,
) -> String {
    let mut html = Markup::default();
    let layout = view.result_view;
    // The choice that narrows nothing.
    let all = || (String::new(), text.page.all.to_owned());
    if layout.is_of_users() || matches!(layout, ResultView::UserFlags | ResultView::Owners) {
        let mut kinds = vec![all()];
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            // A kind is told by its place: it has no name elsewhere.
            kinds.push((place.to_string(), text.kind(kind).to_owned()));
        }
        select(&mut html, ("kind", text.page.kind), &kinds);
    }
    let accounts = overview.map_or(&[][..], |overview| &overview.accounts);
    let names = overview.map(Overview::account_names).unwrap_or_default();
    if layout != ResultView::UserFlags && CHOICES.contains(&accounts.len()) {
        let mut choices = vec![all()];
        for of in accounts {
            choices.push((of.account.clone(), named_account(names, &of.account)));
        }
        select(&mut html, ("account", text.page.account), &choices);
    }
    let owners = overview.and_then(|overview| overview.owners.as_ref());
    let people = owners.map_or(&[][..], |owners| &owners.people);
    if !people.is_empty() {
        let mut choices = vec![all()];
        for owner in people {
            choices.push((owner.key().to_owned(), owner.name.clone()));
        }
        select(&mut html, ("owner", text.owners.filter_owner), &choices);
    }
    if let Some(summary) = comparison.filter(|summary| !summary.accounts.is_empty())
        && layout != ResultView::Problems
    {
        changes(&mut html, text, view, summary, all());
    }
    if layout.is_of_users() {
        let keys = SortKey::ALL.map(|key| (key.name().to_owned(), text.sort_key(key).to_owned()));
        html.open("div", &[("class", "sort")]);
        select(&mut html, ("sort", text.page.sort), &keys);
        direction(&mut html, text, view.query.descending);
        html.close();
    }
    html.finish()
}

/// What became of findings since the earlier report, and why. Users have none that were resolved, so that
/// they are asked for new and unchanged ones.
fn changes(html: &mut Markup, text: &Text, view: &ViewState, summary: &ComparisonSummary, all: Choice) {
    let t = text.changes;
    let is_of_changes = view.result_view == ResultView::Changes;
    let (outcome, cause) = (view.query.changes.first().copied(), view.query.causes.first().copied());
    let has = |of: Outcome| is_of_changes || matches!(of, Outcome::New | Outcome::Unchanged);
    let mut outcomes = vec![all.clone()];
    for of in Outcome::ALL {
        if has(of) || outcome == Some(of) {
            outcomes.push((of.name().to_owned(), text.outcome(of).to_owned()));
        }
    }
    select(html, ("change", t.filter_change), &outcomes);
    // Of all findings few ask why.
    if !is_of_changes && outcome.is_none() && cause.is_none() {
        return;
    }
    let mut causes = vec![all];
    for of in Cause::ALL.iter().copied() {
        let is_asked = outcome.map_or_else(|| has(of.outcome()), |asked| asked == of.outcome());
        if is_asked && summary.total.of_cause(of) > 0 || cause == Some(of) {
            causes.push((of.name().to_owned(), text.cause(of).to_owned()));
        }
    }
    select(html, ("cause", t.filter_cause), &causes);
}

/// The button that turns the order round.
fn direction(html: &mut Markup, text: &Text, descending: bool) {
    let (name, words, arrow) = match descending {
        true => ("descending", text.page.descending, "M6 1v9M2.5 6.8 6 10.3l3.5-3.5"),
        false => ("ascending", text.page.ascending, "M6 11V2M2.5 5.2 6 1.7l3.5 3.5"),
    };
    html.open(
        "button",
        &[
            ("type", "button"),
            ("id", "direction"),
            ("data-direction", name),
            ("aria-label", words),
            ("title", words),
        ],
    );
    html.open(
        "svg",
        &[
            ("viewBox", "0 0 12 12"),
            ("width", "12"),
            ("height", "12"),
            ("aria-hidden", "true"),
            ("focusable", "false"),
        ],
    );
    html.leaf(
        "path",
        &[("d", arrow), ("fill", "none"), ("stroke", "currentColor"), ("stroke-width", "1.5")],
        "",
    );
    html.close();
    html.close();
}

/// Marks what is chosen.
fn show_chosen(page: Page) {
    let has_owners = page.overview.with_untracked(|overview| {
        overview.as_deref().is_some_and(|overview| ResultView::Owners.is_offered(overview))
    });
    page.view.with_untracked(|view| {
        let query = &view.query;
        for button in elements("[data-layout]") {
            let is_on = button.get_attribute("data-layout").as_deref() == Some(view.result_view.name());
            press(&button, is_on);
            let is_owners = button.get_attribute("data-layout").as_deref() == Some(ResultView::Owners.name());
            let _ = button.toggle_attribute_with_force("hidden", is_owners && !is_on && !has_owners);
        }
        let kind = query.kinds.first().and_then(|kind| Kind::ALL.iter().position(|of| of == kind));
        element::choose("kind", &kind.map(|place| place.to_string()).unwrap_or_default());
        element::choose("account", query.accounts.first().map(String::as_str).unwrap_or_default());
        element::choose("owner", query.owners.first().map(String::as_str).unwrap_or_default());
        element::choose("change", query.changes.first().map(|of| of.name()).unwrap_or_default());
        element::choose("cause", query.causes.first().map(|of| of.name()).unwrap_or_default());
        element::choose("sort", query.sort.name());
    });
}

fn press(button: &web_sys::Element, is_on: bool) {
    let _ = button.set_attribute("aria-pressed", if is_on { "true" } else { "false" });
}

fn search() -> String {
    let mut html = Markup::default();
    html.leaf("span", &[("class", "visually-hidden"), ("id", "search-label")], "");
    let field = [("type", "search"), ("id", "search"), ("autocomplete", "off"), ("spellcheck", "false")];
    html.void("input", &field);
    html.leaf("kbd", &[("aria-hidden", "true")], "/");
    html.finish()
}

/// Says what is searched, and for what.
fn show_search(page: Page) {
    let text = page.text();
    page.view.with(|view| {
        let words = match view.result_view {
            ResultView::UserFlags => text.glance.search_accounts,
            _ => text.page.search,
        };
        element::say("search-label", words);
        let Some(field) = element::input("search") else { return };
        field.set_placeholder(words);
        if field.value() != view.query.search {
            field.set_value(&view.query.search);
        }
    });
}

fn chips(text: &Text) -> String {
    let mut html = Markup::default();
    html.open("div", &[("class", "chips-of"), ("role", "group"), ("aria-label", text.page.severities)]);
    html.leaf("span", &[("class", "counted"), ("aria-hidden", "true")], text.page.findings_heading);
    for severity in Severity::ALL {
        let class = format!("chip {}", severity.name());
        html.open("button", &[("type", "button"), ("class", &class), ("data-severity", severity.name())]);
        html.severity(severity);
        html.text(text.severity(severity));
        html.text(" ");
        html.leaf("b", &[], "");
        html.close();
    }
    html.close();
    html.open("div", &[("class", "chips-of of-users")]);
    html.leaf("span", &[("class", "counted"), ("aria-hidden", "true")], text.page.users_heading);
    html.open("button", &[("type", "button"), ("class", "chip fine square"), ("data-severity", "fine")]);
    html.status(AreaStatus::Fine);
    html.text(text.page.users_without_findings);
    html.text(" ");
    html.leaf("b", &[], "");
    html.finish()
}

/// Says what each chip would show beside the other filters, as far as the last answer tells.
fn show_chips(page: Page) {
    let text = page.text();
    let known = page.cards.with(|cards| cards.as_ref().map(|cards| cards.choices));
    let choices = known.unwrap_or_default();
    page.view.with(|view| {
        for chip in elements(".chip") {
            let name = chip.get_attribute("data-severity").unwrap_or_default();
            let severity = Severity::ALL.into_iter().find(|severity| severity.name() == name);
            let (is_on, count) = match severity {
                Some(severity) => {
                    (view.query.severities.contains(&severity), choices.by_severity.of(severity))
                }
                None => (view.query.fine, choices.fine.into()),
            };
            let is_empty = count == 0 && !is_on;
            press(&chip, is_on);
            let _ = chip.toggle_attribute_with_force("disabled", is_empty);
            let _ = chip.toggle_attribute_with_force("hidden", is_empty && severity == Some(Severity::Info));
            if let Ok(Some(number)) = chip.query_selector("b") {
                // Before the first answer there is no number, which is not 0.
                number.set_text_content(known.map(|_| text.number(count)).as_deref());
            }
        }
    });
}
