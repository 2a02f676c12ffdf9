//! The cards of the page.

use credential_report_viewer::card::Card;
use credential_report_viewer::markup::{Markup, Setting, card};
use leptos::prelude::*;

use super::empty::empty;
use super::parts::fixed;
use crate::app::effect::effect;
use crate::app::element::by_id;
use crate::app::markup;
use crate::app::page_state::Page;

pub(super) fn cards(page: Page) -> AnyView {
    let t = &page.text().page;
    draw(page, "cards", |markup, user, setting| {
        markup.open("li", &[]);
        card(markup, user, setting);
        markup.close();
    });
    let attributes = [("class", "cards"), ("id", "cards"), ("aria-label", t.layout_cards)];
    view! {
        {empty(page)}
        {fixed("ul", &attributes, String::new())}
    }
    .into_any()
}

/// Draws the users of the page into the list of this id: those of another answer replace what is there,
/// more of the same answer are added to it.
pub(super) fn draw(page: Page, id: &'static str, write: fn(&mut Markup, &Card, &Setting<'_>)) {
    let mut drawn = Drawn::default();
    effect(move || {
        let cards = page.cards.get();
        let cards = cards.as_ref().map_or(&[][..], |cards| &cards.cards);
        let (answer, printing) = (page.answers.get_value(), page.printing.get());
        let drawn_now = page.drawn.get();
        let Some(list) = by_id(id) else { return };
        let all = cards.len();
        let to = if printing { all } else { drawn_now.min(all) };
        let is_same = (drawn.answer, drawn.printing) == (answer, printing);
        let from = if is_same { drawn.number } else { 0 };
        if from == 0 {
            list.set_inner_html("");
        }
        if from < to {
            let html = markup::html(page, |markup, setting| {
                for card in &cards[from..to] {
                    write(markup, card, setting);
                }
            });
            // It fails only for an element that has no parent, or a position that is none.
            let _ = list.insert_adjacent_html("beforeend", &html);
            markup::open_again(page);
        }
        drawn = Drawn { answer, printing, number: to };
    });
}

/// What a list shows.
#[derive(Clone, Copy, Default)]
struct Drawn {
    /// Which answer they are of; the first is 1.
    answer: u32,
    printing: bool,
    /// How many users of the answer, from the first.
    number: usize,
}
