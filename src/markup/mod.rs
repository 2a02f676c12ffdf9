//! HTML for all that is shown and holds no state of its own: cards, rows, findings, charts, notes. It is made
//! here as text and set at once: a browser's parser makes nodes faster than a program does one by one, and
//! the program that writes text is a fraction of one that makes nodes. All text goes through [`Markup`], which
//! escapes it. What its buttons do stands in their `data-` attributes, see [`crate::view_state::ViewState`].

mod about_accounts;
mod account;
mod beside;
mod card;
mod change;
mod charts;
mod closed;
mod decision;
mod empty;
mod failures;
mod filter_button;
mod finding;
mod foot;
mod histogram;
mod how_to;
mod letter;
mod masthead;
mod matrix;
mod notes;
mod owner;
mod pager;
mod privacy;
mod problems;
mod row;
mod sign_off;
mod start;
mod summary;
mod time_line;

pub use about_accounts::about_accounts;
pub use account::{account_details, account_row};
pub use card::{card, opened_card};
use change::{change_tags_in_short, changed, history};
pub use change::{compared, finding_change, trend, user_change};
pub use charts::charts;
pub use closed::closed_card;
pub use decision::{
    DecisionForm, TEXT_FIELDS, about_words, decision_form, listed_decision, read_about, review_line,
};
use decision::{decide_button, decided, decision_tag};
pub use empty::Empty;
pub use failures::{FailureReason, failures};
pub use finding::{finding, inside, problem};
pub use foot::foot;
pub use how_to::how_to;
pub use letter::letters;
pub use masthead::{actions, origin, preferences, source};
pub use matrix::matrix;
pub use notes::{NotesPage, notes};
pub use owner::by_owner;
pub use pager::Pager;
pub use privacy::privacy;
pub use problems::{concerned, problem_inside, problems};
pub use row::{opened, row};
pub use sign_off::sign_off;
pub use start::start;
pub use summary::summary;

pub use crate::text::account;

use std::ops::Range;

use crate::card::{AreaStatus, Card};
use crate::checks::Severity;
use crate::policy::Policy;
use crate::report::Timestamp;
use crate::text::Text;

/// What markup is made with, besides what it shows.
pub struct Setting<'a> {
    /// The language.
    pub text: &'a Text,
    /// The limits that gauges and time lines show.
    pub policy: &'a Policy,
    /// Where time lines end.
    pub as_of: Timestamp,
    /// Writes a day as the language does.
    pub day: &'a dyn Fn(Timestamp) -> String,
    /// Writes a moment as the language does.
    pub moment: &'a dyn Fn(Timestamp) -> String,
    /// Whether every card and finding is open to its evidence, to be printed.
    pub open: bool,
    /// The words that are looked for, in lower case; where they occur they are marked.
    pub terms: &'a [String],
    /// What accounts are called: numbers and names, by number.
    pub account_names: &'a [(String, String)],
}

impl Setting<'_> {
    /// The number of an account, and what it is called.
    pub fn account(&self, digits: &str) -> String {
        named_account(self.account_names, digits)
    }
}

/// The number of an account, and what it is called among these numbers and names, which are by number.
pub fn named_account(names: &[(String, String)], digits: &str) -> String {
    let place = names.binary_search_by(|(number, _)| number.as_str().cmp(digits)).ok();
    match place.and_then(|place| names.get(place)) {
        Some((_, name)) => format!("{} {name}", account(digits)),
        None => account(digits),
    }
}

/// HTML under way. Tags and names of attributes are the program's own; texts and values of attributes
/// may be anybody's, and are escaped.
#[derive(Debug, Default)]
pub struct Markup {
    html: String,
    open: Vec<&'static str>,
}

impl Markup {
    /// Begins an element.
    pub fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.html.push('<');
        self.html.push_str(tag);
        for (name, value) in attributes {
            self.html.push(' ');
            self.html.push_str(name);
            self.html.push_str("=\"");
            self.text(value);
            self.html.push('"');
        }
        self.html.push('>');
        self.open.push(tag);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.html.push_str("</");
            self.html.push_str(tag);
            self.html.push('>');
        }
    }

    /// An element that has no content.
    pub fn void(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.open(tag, attributes);
        self.open.pop();
    }

    /// An element with nothing but a text in it.
    pub fn leaf(&mut self, tag: &'static str, attributes: &[(&'static str, &str)], text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close();
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"']) {
            self.html.push_str(&rest[..at]);
            self.html.push_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => "&quot;",
            });
            rest = &rest[at + 1..];
        }
        self.html.push_str(rest);
    }

    /// A sentence in which backticks mark what is typed or read literally.
    pub fn rich(&mut self, text: &str) {
        for (place, part) in text.split('`').enumerate() {
            match place % 2 {
                0 => self.text(part),
                _ => self.leaf("code", &[], part),
            }
        }
    }

    /// An element with nothing in it but a sentence in which backticks mark what is literal.
    pub fn rich_leaf(&mut self, tag: &'static str, attributes: &[(&'static str, &str)], text: &str) {
        self.open(tag, attributes);
        self.rich(text);
        self.close();
    }

    /// A list item for each text.
    pub fn items<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        for text in texts {
            self.leaf("li", &[], text);
        }
    }

    /// A text in which the words that are looked for are marked.
    pub fn marked(&mut self, text: &str, terms: &[String]) {
        let mut from = 0;
        for found in occurrences(text, terms) {
            self.text(&text[from..found.start]);
            self.leaf("mark", &[], &text[found.clone()]);
            from = found.end;
        }
        self.text(&text[from..]);
    }

    /// What only those hear who do not see.
    pub fn visually_hidden(&mut self, text: &str) {
        self.leaf("span", &[("class", "visually-hidden")], text);
    }

    /// The shape of a severity; its word stands beside it.
    pub fn severity(&mut self, severity: Severity) {
        self.mark(severity.name());
    }

    /// The shape of how an area stands.
    pub fn status(&mut self, status: AreaStatus) {
        self.mark(status.name());
    }

    fn mark(&mut self, name: &str) {
        self.leaf("i", &[("class", &format!("mark {name}")), ("aria-hidden", "true")], "");
    }

    /// The HTML.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.html
    }
}

/// Where terms, which are in lower case, occur in a text, in order and apart from each other.
fn occurrences(text: &str, terms: &[String]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if terms.is_empty() {
        return found;
    }
    for (at, _) in text.char_indices() {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let longest = terms.iter().filter_map(|term| end_of(&text[at..], term)).max();
        if let Some(length) = longest.filter(|length| *length > 0) {
            found.push(at..at + length);
        }
    }
    found
}

/// How long the beginning of a text is that is this term, in any case.
fn end_of(text: &str, term: &str) -> Option<usize> {
    let mut rest = term;
    for (at, letter) in text.char_indices() {
        if rest.is_empty() {
            return Some(at);
        }
        for lower in letter.to_lowercase() {
            rest = rest.strip_prefix(lower)?;
        }
    }
    rest.is_empty().then_some(text.len())
}

/// An account's number, marked where it is looked for, with or without hyphens, and what it is called.
fn marked_account(markup: &mut Markup, digits: &str, name: Option<&str>, terms: &[String]) {
    let is_sought = |term: &String| {
        let term = term.replace('-', "");
        !term.is_empty() && digits.contains(&term)
    };
    if terms.iter().any(is_sought) {
        markup.leaf("mark", &[], &account(digits));
    } else {
        markup.text(&account(digits));
    }
    if let Some(name) = name {
        markup.text(" ");
        markup.marked(name, terms);
    }
}

/// The worst severity of a user, by shape and word.
fn worst(markup: &mut Markup, card: &Card, text: &Text) {
    if let Some(worst) = card.worst {
        markup.severity(worst);
        markup.text(text.severity(worst));
    } else if card.is_not_judged() {
        markup.status(AreaStatus::NotJudged);
        markup.text(text.page.not_evaluated);
    } else {
        markup.status(AreaStatus::Fine);
        markup.text(text.page.no_findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_anybodys_is_escaped() {
        let mut markup = Markup::default();
        markup.open("b", &[("title", "\"><script>'&amp;")]);
        markup.text("<img src=x onerror=alert(1)>&lt;");
        markup.rich("say `<i>` or `");
        assert_eq!(
            markup.finish(),
            "<b title=\"&quot;&gt;&lt;script&gt;'&amp;amp;\">&lt;img src=x onerror=alert(1)&gt;&amp;lt;say \
             <code>&lt;i&gt;</code> or <code></code></b>"
        );
    }

    #[test]
    fn what_is_looked_for_is_marked_in_any_case_and_escaped() {
        let marked = |text: &str, terms: &[&str]| {
            let terms: Vec<String> = terms.iter().map(ToString::to_string).collect();
            let mut markup = Markup::default();
            markup.marked(text, &terms);
            markup.finish()
        };
        assert_eq!(marked("Terraform", &["terra", "raf"]), "<mark>Terra</mark>form");
        assert_eq!(
            marked("a<b>a", &["a", "<B>".to_lowercase().as_str()]),
            "<mark>a</mark><mark>&lt;b&gt;</mark><mark>a</mark>"
        );
        assert_eq!(marked("ÄÖü", &["äö"]), "<mark>ÄÖ</mark>ü");
        assert_eq!(marked("\u{130}x", &["x"]), "\u{130}<mark>x</mark>");
        assert_eq!(marked("nothing", &["", "z"]), "nothing");
    }

    #[test]
    fn an_account_is_marked_with_hyphens_and_without() {
        for term in ["5678", "1234-5678-9012", "4-5"] {
            let mut markup = Markup::default();
            marked_account(&mut markup, "123456789012", None, &[term.to_owned()]);
            assert_eq!(markup.finish(), "<mark>1234-5678-9012</mark>", "{term}");
        }
        let mut markup = Markup::default();
        marked_account(&mut markup, "123456789012", Some("Ann & Co"), &["-".to_owned(), "ann".to_owned()]);
        assert_eq!(markup.finish(), "1234-5678-9012 <mark>Ann</mark> &amp; Co");
    }
}
