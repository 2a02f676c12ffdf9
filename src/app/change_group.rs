//! The groups of changes, below each other: what was resolved, what is new and why, what is no longer failing,
//! what can no longer be evaluated, then the users. Only a page of each is ever in the document.

use credential_report_viewer::comparison::{
    AccountChanges, Cause, ChangeKind, ChangeQuery, ComparisonSummary, Outcome,
};
use credential_report_viewer::markup::{
    Markup, Pager, Setting, compared, finding_change, opened_card, trend, user_change,
};
use credential_report_viewer::query::Query;
use credential_report_viewer::report::Column;
use credential_report_viewer::text::Text;
use leptos::task::spawn_local;
use web_sys::Element;

use crate::app::page_state::Page;
use crate::app::{changes, focus, markup, moment};

/// How many changes of a group are shown at once, and how many cards of deleted users.
const SHOWN: u32 = 24;
const CARDS: u32 = 6;

/// How many accounts are named at once.
const ACCOUNTS: u32 = 24;

/// The name of the list of accounts.
const REPORTS: &str = "reports";

/// Findings of one outcome, and of new ones of one cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Findings(Outcome, Option<Cause>),
    Users(ChangeKind),
}

/// In the order in which people want to see them.
const GROUPS: [Group; 12] = [
    Group::Findings(Outcome::Resolved, None),
    Group::Findings(Outcome::New, Some(Cause::Created)),
    Group::Findings(Outcome::New, Some(Cause::Aged)),
    Group::Findings(Outcome::New, Some(Cause::Changed)),
    Group::Findings(Outcome::New, Some(Cause::NewlyJudged)),
    Group::Findings(Outcome::Cleared, None),
    Group::Findings(Outcome::NotJudged, None),
    Group::Users(ChangeKind::Added),
    Group::Users(ChangeKind::Deleted),
    Group::Users(ChangeKind::ReCreated),
    Group::Users(ChangeKind::Renamed),
    Group::Users(ChangeKind::Changed),
];

impl Group {
    fn name(self) -> &'static str {
        match self {
            Self::Findings(outcome, None) => outcome.name(),
            Self::Findings(_, Some(cause)) => cause.name(),
            Self::Users(change) => change.name(),
        }
    }

    fn limit(self) -> u32 {
        if self == Self::Users(ChangeKind::Deleted) { CARDS } else { SHOWN }
    }

    fn title(self, text: &Text) -> String {
        match self {
            Self::Findings(outcome, None) => text.outcome(outcome).to_owned(),
            Self::Findings(outcome, Some(cause)) => {
                format!("{}: {}", text.outcome(outcome), text.cause(cause))
            }
            Self::Users(change) => format!("{}: {}", text.changes.users, text.user_change(change)),
        }
    }

    fn hint(self, text: &Text) -> Option<&'static str> {
        match self {
            Self::Findings(Outcome::Cleared, _) => Some(text.changes.cleared_text),
            Self::Findings(Outcome::NotJudged, _) => Some(text.changes.not_judged_text),
            Self::Findings(..) | Self::Users(_) => None,
        }
    }

    /// What the filters leave of it.
    fn question(self, query: &Query) -> Option<ChangeQuery> {
        let asked = ChangeQuery { outcomes: Vec::new(), causes: Vec::new(), ..query.about_changes() };
        let by_finding = !query.changes.is_empty() || !query.causes.is_empty() || query.asks_by_finding();
        match self {
            Self::Findings(outcome, cause) => {
                let causes = match cause {
                    Some(cause) if query.causes.is_empty() || query.causes.contains(&cause) => vec![cause],
                    Some(_) => return None,
                    None => query.causes.clone(),
                };
                let is_asked = query.changes.is_empty() || query.changes.contains(&outcome);
                is_asked.then(|| ChangeQuery { outcomes: vec![outcome], causes, ..asked })
            }
            Self::Users(_) if by_finding => None,
            Self::Users(change) => Some(ChangeQuery { users: vec![change], ..asked }),
        }
    }
}

/// Writes the groups that the filters leave; each is filled once its changes are here.
pub(crate) fn show(page: Page, place: &Element) {
    let Some(summary) = page.comparison.get_untracked() else { return };
    let query = page.query();
    let t = page.text().changes;
    let groups = GROUPS.iter().filter(|group| group.question(&query).is_some());
    let mut html = Markup::default();
    if summary.accounts.is_empty() {
        html.leaf("p", &[("class", "hint")], t.not_compared);
    } else {
        html.leaf("div", &[("class", "of-accounts"), ("data-group", REPORTS)], "");
        if summary.accounts.iter().any(|account| account.is_blind_to_re_creation) {
            html.leaf("p", &[("class", "hint")], t.blind_to_re_creation);
        }
        for group in groups {
            html.leaf("section", &[("class", "group"), ("data-group", group.name()), ("hidden", "")], "");
        }
    }
    place.set_inner_html(&html.finish());
    for group in markup::elements("#changes [data-group]") {
        fill(page, &group, 0);
    }
}

/// Turns the pages of the group that a button is in.
pub(crate) fn turn(page: Page, button: &Element, forward: bool) {
    let Ok(Some(group)) = button.closest("[data-group]") else { return };
    let offset = group.get_attribute("data-offset").and_then(|offset| offset.parse().ok()).unwrap_or(0_u32);
    let limit = match group_of(&group) {
        Some(of) => of.limit(),
        None => ACCOUNTS,
    };
    fill(page, &group, if forward { offset + limit } else { offset.saturating_sub(limit) });
}

fn group_of(element: &Element) -> Option<Group> {
    let name = element.get_attribute("data-group")?;
    GROUPS.into_iter().find(|group| group.name() == name)
}

/// Shows the changes of a group from this one on.
fn fill(page: Page, element: &Element, offset: u32) {
    let Some(summary) = page.comparison.get_untracked() else { return };
    let _ = element.set_attribute("data-offset", &offset.to_string());
    let Some(group) = group_of(element) else {
        let html = markup::html(page, |html, setting| reports(html, &summary, offset, setting));
        write(element, &html, None);
        return;
    };
    let Some(question) = group.question(&page.query()) else { return };
    let question = ChangeQuery { offset, limit: group.limit(), ..question };
    let element = element.clone();
    spawn_local(async move {
        let Some((matching, changes)) = ask(page, group, question, &summary).await else { return };
        let html = markup::html(page, |html, setting| {
            heading(html, page, group, matching, &summary);
            html.leaf("ul", &[("class", "changes")], "");
            pager(html, group.name(), (offset, group.limit()), matching, setting);
        });
        write(&element, &html, Some(&changes));
        let _ = element.toggle_attribute_with_force("hidden", matching == 0);
    });
}

/// Writes what is in an element, and in its list. What had the focus in it gets it back.
fn write(element: &Element, html: &str, list: Option<&str>) {
    let focused = focus::place();
    element.set_inner_html(html);
    if let (Some(items), Ok(Some(list))) = (list, element.query_selector("ul")) {
        list.set_inner_html(items);
    }
    markup::set_styles();
    if let Some(focused) = focused {
        focused.restore();
    }
}

fn heading(html: &mut Markup, page: Page, group: Group, matching: u64, summary: &ComparisonSummary) {
    let text = page.text();
    html.open("h2", &[]);
    html.text(&group.title(text));
    html.text(" ");
    html.leaf("span", &[("class", "number")], &text.number(matching));
    if let Some(when) = interval(page, group, summary) {
        html.text(" ");
        html.leaf("span", &[("class", "when")], &when);
    }
    html.close();
    if let Some(hint) = group.hint(text) {
        html.leaf("p", &[("class", "hint")], hint);
    }
}

fn pager(html: &mut Markup, list: &str, (offset, limit): (u32, u32), matching: u64, setting: &Setting<'_>) {
    let (offset, limit) = (u64::from(offset), u64::from(limit));
    let shown = matching.saturating_sub(offset).min(limit);
    Pager { list, offset, shown, all: matching }.write(html, "pager", false, setting.text);
}

/// The reports that are compared, and the figures of each over time.
fn reports(html: &mut Markup, summary: &ComparisonSummary, offset: u32, setting: &Setting<'_>) {
    let t = setting.text.changes;
    let total = summary.accounts.len() as u64;
    for of in summary.accounts.iter().skip(offset as usize).take(ACCOUNTS as usize) {
        html.open("section", &[("class", "of-account"), ("data-account", &of.account)]);
        if total > 1 {
            let numbers = [
                (t.resolved)(of.summary.of(Outcome::Resolved)),
                (t.new)(of.summary.of(Outcome::New)),
                (t.unchanged)(of.summary.of(Outcome::Unchanged)),
            ];
            html.open("h3", &[]);
            html.text(&setting.account(&of.account));
            html.text(" ");
            html.leaf("span", &[("class", "hint")], &numbers.join(" · "));
            html.close();
        }
        html.open("dl", &[("class", "compared")]);
        compared(html, of, setting);
        html.close();
        if total == 1 {
            trend(html, &of.trend, setting);
        }
        html.close();
    }
    pager(html, REPORTS, (offset, ACCOUNTS), total, setting);
}

/// Between which days what a group tells of happened; where these differ by account each line says it.
fn interval(page: Page, of: Group, summary: &ComparisonSummary) -> Option<String> {
    let is_event = match of {
        Group::Findings(outcome, cause) => outcome != Outcome::NotJudged && cause != Some(Cause::NewlyJudged),
        Group::Users(_) => true,
    };
    let first = summary.accounts.first().filter(|_| is_event && is_same_interval(summary))?;
    Some(between(page, first))
}

/// Whether the reports of all accounts are of the same days.
fn is_same_interval(summary: &ComparisonSummary) -> bool {
    let days = |of: &AccountChanges| (of.earlier.as_of.date(), of.current.as_of.date());
    let mut all = summary.accounts.iter().map(days);
    let first = all.next();
    all.all(|other| Some(other) == first)
}

fn between(page: Page, account: &AccountChanges) -> String {
    let day = |time| moment::day(page.language.get_untracked(), time);
    (page.text().changes.between)(&day(account.earlier.as_of), &day(account.current.as_of))
}

/// How many a question matches, and the page of it as HTML.
async fn ask(
    page: Page,
    of: Group,
    question: ChangeQuery,
    summary: &ComparisonSummary,
) -> Option<(u64, String)> {
    let is_told = of != Group::Findings(Outcome::NotJudged, None) && !is_same_interval(summary);
    let when = |account: &str| {
        let of = summary.accounts.iter().filter(|_| is_told).find(|other| other.account == account)?;
        Some(between(page, of))
    };
    match of {
        Group::Findings(..) => {
            let found = changes::of_findings(page, question).await?;
            let html = markup::html(page, |html, setting| {
                let mut column = None;
                for change in &found.changes {
                    // What stands in the way of many is named once.
                    if change.column != column {
                        column = change.column;
                        let name = column.map(Column::name).unwrap_or_default();
                        html.open("li", &[("class", "column")]);
                        html.leaf("code", &[], name);
                        html.close();
                    }
                    finding_change(html, change, when(&change.account).as_deref(), setting);
                }
            });
            Some((found.matching, html))
        }
        Group::Users(kind) => {
            let is_deleted = kind == ChangeKind::Deleted;
            let (found, cards) = changes::of_users(page, question, is_deleted).await?;
            let t = page.text().changes;
            let html = markup::html(page, |html, setting| {
                for change in &found.changes {
                    user_change(html, change, when(&change.account).as_deref(), setting);
                    if let Some(of_user) = cards.iter().find(|card| card.row == change.row) {
                        html.open("li", &[("class", "deleted")]);
                        html.leaf("p", &[("class", "deleted-mark")], t.deleted_user);
                        opened_card(html, of_user, setting);
                        html.close();
                    }
                }
            });
            if is_deleted {
                page.earlier_cards.set_value(cards);
            }
            Some((found.matching, html))
        }
    }
}
