//! HTML for what is drawn by the dozen: cards, rows, findings, time lines. It is made here as text and
//! set at once: a browser's parser makes nodes faster than a program does one by one. All text goes through [`Markup`], which escapes it.

mod card;
mod finding;
mod row;
mod time_line;

pub use card::card;
pub use finding::{finding, inside, problem};
pub use row::{opened, row};

use crate::card::{Card, State};
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
    /// Whether every finding is open to its evidence, to be printed.
    pub open: bool,
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

    /// What only those hear who do not see.
    pub fn visually_hidden(&mut self, text: &str) {
        self.leaf("span", &[("class", "visually-hidden")], text);
    }

    /// The shape of a severity; its word stands beside it.
    pub fn severity(&mut self, severity: Severity) {
        self.mark(severity.name());
    }

    /// The shape of how a question stands.
    pub fn state(&mut self, state: State) {
        self.mark(state.name());
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

/// The worst severity of a user, by shape and word.
fn worst(markup: &mut Markup, card: &Card, text: &Text) {
    if let Some(worst) = card.worst {
        markup.severity(worst);
        markup.text(text.severity(worst));
    } else {
        markup.state(State::Fine);
        markup.text(text.page.no_findings);
    }
}

/// The 12 digits of an account in groups of four, as the console writes them.
pub fn account(digits: &str) -> String {
    if digits.len() == 12 && digits.is_ascii() {
        format!("{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..])
    } else {
        digits.to_owned()
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
    fn digits_stand_in_groups() {
        assert_eq!(account("123456789012"), "1234-5678-9012");
        assert_eq!(account("root"), "root");
    }
}
