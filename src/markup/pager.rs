//! What turns the pages of a list.

use super::Markup;
use crate::text::Text;

/// A list of which only a page is shown.
pub struct Pager<'a> {
    /// The name of the list: what its buttons say in `data-turn`, beside `back` or `forward` in `data-way`.
    pub list: &'a str,
    /// How many of the list stand before those that are shown.
    pub offset: u64,
    /// How many are shown.
    pub shown: u64,
    /// How many there are.
    pub all: u64,
}

impl Pager<'_> {
    /// Writes it, where there is more than is shown. The main list of the page has ids to be found by.
    pub fn write(&self, markup: &mut Markup, class: &str, is_main: bool, text: &Text) {
        let (t, to) = (&text.page, self.offset + self.shown);
        if self.offset == 0 && to >= self.all {
            return;
        }
        markup.open("nav", &[("class", class), ("aria-label", t.pages)]);
        self.button(markup, ("back", "previous"), is_main, t.previous, self.offset > 0);
        let range = (t.range)(self.offset + 1, to, self.all);
        markup.leaf("span", if is_main { &[("id", "range")] } else { &[] }, &range);
        self.button(markup, ("forward", "next"), is_main, t.next, to < self.all);
        markup.close();
    }

    fn button(
        &self,
        markup: &mut Markup,
        (way, id): (&str, &str),
        is_main: bool,
        words: &str,
        is_enabled: bool,
    ) {
        let mut attributes = vec![("type", "button"), ("data-turn", self.list), ("data-way", way)];
        if is_main {
            attributes.push(("id", id));
        }
        if !is_enabled {
            attributes.push(("disabled", ""));
        }
        markup.leaf("button", &attributes, words);
    }
}
