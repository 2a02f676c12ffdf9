//! Markup on the page: written as the page is set, and listened to by the document, for it has no
//! listeners of its own.

use credential_report_viewer::assessment::RowId;
use credential_report_viewer::card::Card;
use credential_report_viewer::finding::Finding;
use credential_report_viewer::markup::{
    Markup, Setting, account_details, closed_card, inside, opened, opened_card,
};
use credential_report_viewer::overview::Overview;
use credential_report_viewer::query;
use credential_report_viewer::view_state::ResultView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement};

use crate::app::page_state::Page;
use crate::app::{clipboard, clock, decisions, focus, moment};

/// How long a button says that it copied, in milliseconds.
const COPIED_FOR: i32 = 2000;

/// Writes HTML as the page is set now.
pub(crate) fn html(page: Page, write: impl FnOnce(&mut Markup, &Setting<'_>)) -> String {
    let mut markup = Markup::default();
    let mut write = Some(write);
    with_setting(page, &mut |setting| {
        if let Some(write) = write.take() {
            write(&mut markup, setting);
        }
    });
    markup.finish()
}

/// Says how the page is set now. It is compiled once, not with each of those who write.
fn with_setting(page: Page, write: &mut dyn FnMut(&Setting<'_>)) {
    let language = page.language.get_untracked();
    let policy = page.policy.get_untracked();
    let overview = page.overview.get_untracked();
    let overview = overview.as_deref();
    let terms = page.view.with_untracked(|view| query::terms(&view.query.search));
    let setting = Setting {
        text: page.text(),
        policy: &policy,
        as_of: overview.map_or_else(clock::now, |overview| overview.as_of),
        day: &|time| moment::day(language, time),
        moment: &|time| moment::to_the_minute(language, time),
        open: page.printing.get_untracked(),
        terms: &terms,
        account_names: overview.map(Overview::account_names).unwrap_or_default(),
    };
    write(&setting);
}

/// HTML that is written anew whenever what it is made of changes, for `inner_html`. What had the focus in it
/// gets it back.
pub(crate) fn part(write: impl FnMut() -> String + Send + 'static) -> Part {
    keep_focus(Box::new(write))
}

fn keep_focus(mut write: Part) -> Part {
    let mut last = String::new();
    Box::new(move || {
        let html = write();
        if html != last {
            last.clone_from(&html);
            let focused = focus::place();
            queue_microtask(move || {
                set_styles();
                if let Some(focused) = focused {
                    focused.restore();
                }
            });
        }
        html
    })
}

/// A part of the page that is written anew.
pub(crate) type Part = Box<dyn FnMut() -> String + Send>;

/// Puts the styles into effect that markup may not have as attributes: the page's policy forbids that.
pub(crate) fn set_styles() {
    for element in elements("[data-style]") {
        if let Some(style) = element.get_attribute("data-style") {
            let _ = element.remove_attribute("data-style");
            if let Some(element) = element.dyn_ref::<HtmlElement>() {
                element.style().set_css_text(&style);
            }
        }
    }
}

/// Every element that a selector names.
pub(crate) fn elements(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// Fills findings when they are opened, copies the text beside a button, and shows the card of a row.
pub(crate) fn listen(page: Page) {
    let fill = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if let Some(details) = target(&event).filter(|target| target.matches(".finding[open]") == Ok(true)) {
            fill(page, &details);
        }
    });
    // A toggle does not bubble: it is caught on its way down.
    let fill_function = fill.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback_and_bool("toggle", fill_function, true);
    fill.forget();
    let click = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let Some(target) = target(&event) else { return };
        let within = |selector: &str| target.closest(selector).ok().flatten();
        if let Some(button) = within(".copy") {
            copy(page, &button);
        } else if let Some(button) = within(".decide") {
            decisions::decide(page, &button);
        } else if let Some(button) = within(".change-decision, .withdraw-decision") {
            about_decision(page, &button);
        } else if within(".save-decisions").is_some() {
            decisions::save(page);
        } else if let Some(button) = within(".show-card") {
            toggle(page, &button);
        } else if let Some(button) = within(".show-account") {
            toggle_account(page, &button);
        } else if let Some(row) = within(".only-account").and_then(|button| button.closest("tr").ok()?) {
            show_users_of(page, row.get_attribute("data-account").unwrap_or_default());
        } else if let Some(card) = within(".card.closed").filter(|_| !is_selecting())
            && let Ok(Some(button)) = card.query_selector(".show-card")
        {
            toggle(page, &button);
        }
    });
    let _ = document().add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
    click.forget();
}

/// Changes the decision of a button, or withdraws it. It stands on a card, or in the list.
fn about_decision(page: Page, button: &Element) {
    let Some(place) = button.get_attribute("data-place").and_then(|place| place.parse().ok()) else { return };
    if button.class_list().contains("withdraw-decision") {
        decisions::withdraw(page, place);
        return;
    }
    let on_card = page.cards.with_untracked(|cards| {
        let mut decisions = cards.as_ref()?.cards.iter().flat_map(|card| &card.decisions);
        decisions.find(|one| one.place == place).map(|one| one.decision.clone())
    });
    let listed =
        || page.decisions.with_value(|listed| listed.iter().find(|one| one.place == place)?.decision.clone());
    if let Some(decision) = on_card.or_else(listed) {
        decisions::change(page, place, &decision);
    }
}

/// Whether a person is selecting text, and means no click by it.
fn is_selecting() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

/// The element that an event is about.
pub(crate) fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn fill(page: Page, details: &Element) {
    if details.query_selector(".inside").ok().flatten().is_some() {
        return;
    }
    let Some(uid) = details.get_attribute("data-uid") else { return };
    let find = |findings: &[Finding]| findings.iter().find(|finding| finding.uid == uid).cloned();
    let found = page.cards.with_untracked(|cards| {
        let cards = cards.as_ref()?;
        find(&cards.account_findings).or_else(|| cards.cards.iter().find_map(|card| find(&card.findings)))
    });
    let found = found.or_else(|| {
        page.earlier_cards.with_value(|cards| cards.iter().find_map(|card| find(&card.findings)))
    });
    if let Some(finding) = found {
        let html = html(page, |html, setting| inside(html, &finding, setting));
        let _ = details.insert_adjacent_html("beforeend", &html);
    }
}

/// Opens a card, or closes it: in its place, or below its row of the table.
fn toggle(page: Page, button: &Element) {
    if let Ok(Some(row)) = button.closest("tr.opened") {
        let above = row.previous_element_sibling().and_then(|row| row.query_selector(".show-card").ok()?);
        if let Some(above) = above {
            toggle_below(page, &above);
            focus::to(&above);
        }
    } else if let Ok(Some(card)) = button.closest(".card") {
        toggle_in_place(page, &card);
    } else {
        toggle_below(page, button);
    }
}

/// Opens again what was open before a decision about it was made.
pub(crate) fn open_again(page: Page) {
    for row in page.opened.get_value() {
        let button = format!("#result [data-row='{row}'] .show-card[aria-expanded=false]");
        if let Some(button) = focus::find(&button) {
            toggle(page, &button);
        }
    }
}

/// Notes that the card of a row was opened, or closed.
fn note(page: Page, row: &Element, is_open: bool) {
    let Some(row) = row.get_attribute("data-row").and_then(|row| row.parse().ok()) else { return };
    page.opened.update_value(|opened| {
        if is_open {
            opened.insert(row);
        } else {
            opened.remove(&row);
        }
    });
}

/// HTML of the user whose number an element has.
fn html_of(page: Page, element: &Element, write: fn(&mut Markup, &Card, &Setting<'_>)) -> Option<String> {
    let row = element.get_attribute("data-row").and_then(|number| number.parse().ok()).map(RowId)?;
    let is_it = |card: &&Card| card.row == row;
    let write = |card: &Card| html(page, |html, setting| write(html, card, setting));
    let shown = page.cards.with_untracked(|cards| cards.as_ref()?.cards.iter().find(is_it).map(write));
    shown.or_else(|| page.earlier_cards.with_value(|cards| cards.iter().find(is_it).map(write)))
}

fn toggle_in_place(page: Page, card: &Element) {
    let opens = card.class_list().contains("closed");
    let (Some(place), Some(html)) =
        (card.parent_element(), html_of(page, card, if opens { opened_card } else { closed_card }))
    else {
        return;
    };
    let has_focus = document().active_element().is_some_and(|active| active == *card);
    note(page, card, opens);
    place.set_inner_html(&html);
    let _ = place.class_list().toggle_with_force("opened", opens);
    let focused = if has_focus { ".card" } else { ".show-card" };
    if let Ok(Some(element)) = place.query_selector(focused) {
        focus::to(&element);
    }
}

fn toggle_below(page: Page, button: &Element) {
    toggle_row(button, |row| html_of(page, row, opened));
    if let Ok(Some(row)) = button.closest("tr") {
        note(page, &row, button.get_attribute("aria-expanded").is_some_and(|is_open| is_open == "true"));
    }
}

fn toggle_account(page: Page, button: &Element) {
    toggle_row(button, |row| {
        let digits = row.get_attribute("data-account")?;
        page.accounts.with_untracked(|accounts| {
            let row = accounts.as_ref()?.rows.iter().find(|row| row.summary.account == digits)?;
            Some(html(page, |html, setting| account_details(html, row, setting)))
        })
    });
}

/// Shows the users of an account, and no others.
fn show_users_of(page: Page, account: String) {
    page.view.update(|view| {
        view.clear();
        view.query.accounts = vec![account];
        view.result_view = ResultView::Cards;
    });
}

/// Adds a row below that of a button, or takes it away.
fn toggle_row(button: &Element, below: impl FnOnce(&Element) -> Option<String>) {
    let Some(row) = button.closest("tr").ok().flatten() else { return };
    let is_open = button.get_attribute("aria-expanded").is_some_and(|expanded| expanded == "true");
    if is_open {
        if let Some(opened) = row.next_element_sibling().filter(|row| row.class_list().contains("opened")) {
            opened.remove();
        }
    } else {
        let Some(html) = below(&row) else { return };
        let _ = row.insert_adjacent_html("afterend", &html);
    }
    let _ = button.set_attribute("aria-expanded", if is_open { "false" } else { "true" });
}

/// Copies the text in front of a button, and lets the button say so.
fn copy(page: Page, button: &Element) {
    let Some(what) = button.previous_element_sibling().and_then(|code| code.text_content()) else { return };
    let Some(words) = button.first_element_child() else { return };
    spawn_local(async move {
        let t = &page.text().page;
        words.set_text_content(Some(if clipboard::copy(&what).await { t.copied } else { t.copy_failed }));
        clock::sleep(COPIED_FOR).await;
        words.set_text_content(Some(t.copy));
    });
}
