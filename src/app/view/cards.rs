//! The cards of the page.

use credential_report_viewer::card::Card;
use credential_report_viewer::markup::{Markup, Setting, card};
use leptos::html::Ul;
use leptos::prelude::*;
use web_sys::Element;

use super::empty::empty;
use crate::app::markup;
use crate::app::page_state::Page;

pub(super) fn cards(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let list = NodeRef::<Ul>::new();
    draw(
        page,
        move || list.get().map(Into::into),
        |markup, user, setting| {
            markup.open("li", &[]);
            card(markup, user, setting);
            markup.close();
        },
    );
    view! {
        {empty(page)}
        <ul class="cards" id="cards" aria-label=t.layout_cards node_ref=list></ul>
    }
}

/// Draws the users of the page into a list: those of another answer take the place of what is there,
/// more of the same answer are added to it.
pub(super) fn draw(
    page: Page,
    list: impl Fn() -> Option<Element> + 'static,
    write: fn(&mut Markup, &Card, &Setting<'_>),
) {
    Effect::new(move |drawn: Option<Drawn>| {
        let Some(list) = list() else { return Drawn::default() };
        let cards = page.cards.get();
        let cards = cards.as_ref().map_or(&[][..], |cards| &cards.cards);
        let (answer, printing) = (page.answers.get_value(), page.printing.get());
        let all = cards.len();
        let to = if printing { all } else { page.drawn.get().min(all) };
        let same = drawn.filter(|drawn| (drawn.answer, drawn.printing) == (answer, printing));
        let from = same.map_or(0, |drawn| drawn.number);
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
        }
        Drawn { answer, printing, number: to }
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
