//! Every sentence that a person sees, in one typed table per language.
//!
//! A table is a plain `static`, and a sentence with facts in it is a function of every language: one
//! that is missing does not compile. The JSON export is English always.
//!
//! Backticks in a text mark what is typed or read literally: commands and the names of columns.

mod changes;
mod check;
mod decide;
mod en;
mod export;
mod filter;
mod glance;
mod ja;
mod letters;
mod owners;
mod page;
mod review;
mod sentences;

pub use changes::ChangeText;
pub use check::CheckText;
pub use decide::DecideText;
pub use export::ExportText;
pub use glance::GlanceText;
pub use letters::LetterText;
pub use owners::OwnerText;
pub use page::PageText;
pub use review::ReviewText;
pub use sentences::account;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::checks;

/// A language of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Japanese.
    #[serde(rename = "ja")]
    Japanese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// The BCP 47 tag: `en`, `ja`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// The table of this language.
    pub fn text(self) -> &'static Text {
        match self {
            Self::English => &ENGLISH,
            Self::Japanese => &JAPANESE,
        }
    }
}

/// The table of one language.
pub struct Text {
    /// Which language.
    pub language: Language,
    /// What is said about each check, in table order.
    pub checks: [CheckText; checks::COUNT],
    /// The labels and sentences of the page itself.
    pub page: PageText,
    /// What is said of what became of findings and users since an earlier report.
    pub changes: &'static ChangeText,
    /// The words of what is seen at a glance.
    pub glance: GlanceText,
    /// What exports say, and what is said about them.
    pub export: ExportText,
    /// What is said of decisions.
    pub review: &'static ReviewText,
    /// What is said where decisions are made.
    pub decide: &'static DecideText,
    /// What is said of owners and accounts.
    pub owners: OwnerText,
    /// What stands in letters to owners.
    pub letters: &'static LetterText,
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Which one it is tells all that is in it.
        f.debug_struct("Text").field("language", &self.language).finish_non_exhaustive()
    }
}

/// The English table.
pub static ENGLISH: Text = Text {
    language: Language::English,
    checks: en::checks::CHECKS,
    page: en::page::PAGE,
    changes: &en::changes::CHANGES,
    glance: en::glance::GLANCE,
    export: en::export::EXPORT,
    review: &en::review::REVIEW,
    decide: &en::decide::DECIDE,
    owners: en::owners::OWNERS,
    letters: &en::letters::LETTERS,
};

/// The Japanese table.
pub static JAPANESE: Text = Text {
    language: Language::Japanese,
    checks: ja::checks::CHECKS,
    page: ja::page::PAGE,
    changes: &ja::changes::CHANGES,
    glance: ja::glance::GLANCE,
    export: ja::export::EXPORT,
    review: &ja::review::REVIEW,
    decide: &ja::decide::DECIDE,
    owners: ja::owners::OWNERS,
    letters: &ja::letters::LETTERS,
};
