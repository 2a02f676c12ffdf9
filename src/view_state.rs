//! What the page shows, and its form in the page's address.
//!
//! The address holds sort, filters, layout, page and language, nothing of the report: neither the
//! search nor the accounts, which are the report's own words, are written to it.

use std::fmt::Write;

use crate::assessment::Kind;
use crate::checks::{CheckId, Severity};
use crate::histogram::DayRange;
use crate::query::{Cards, Idle, Query, SortKey};
use crate::text::Language;

/// In what form users are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// A card for each.
    #[default]
    Cards,
    /// A row for each.
    Table,
    /// Each check with all whom it concerns.
    Problems,
    /// What the report tells about each account.
    Facts,
}

impl Layout {
    /// Every layout, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Cards, Self::Table, Self::Problems, Self::Facts];

    /// The name in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::Table => "table",
            Self::Problems => "problems",
            Self::Facts => "facts",
        }
    }
}

/// What follows the days where never used counts, too.
const OR_NEVER: &str = "-or-never";

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewState {
    /// Which users, in which order.
    pub query: Query,
    /// In what form.
    pub layout: Layout,
    /// The language, where the address names one.
    pub language: Option<Language>,
}

impl Default for ViewState {
    fn default() -> Self {
        let sort = SortKey::default();
        let query =
            Query { sort, descending: sort.descends_at_first(), limit: Self::PAGE, ..Query::default() };
        Self { query, layout: Layout::default(), language: None }
    }
}

impl ViewState {
    /// How many users a page shows.
    pub const PAGE: u32 = 48;

    /// The page shown, from 1.
    pub fn page(&self) -> u32 {
        self.query.offset / Self::PAGE + 1
    }

    /// How many users of an answer its page shows; not all of their cards may be here yet.
    pub fn shown(cards: &Cards) -> u32 {
        cards.matching.saturating_sub(cards.offset).min(Self::PAGE)
    }

    /// Turns so many pages forward, or back; not before the first.
    pub fn turn(&mut self, pages: i64) {
        let offset = i64::from(self.query.offset) + pages * i64::from(Self::PAGE);
        self.query.offset = u32::try_from(offset.max(0)).unwrap_or_default();
    }

    /// Drops every filter, and the search; sort and layout stay.
    pub fn clear(&mut self) {
        self.query = Query {
            sort: self.query.sort,
            descending: self.query.descending,
            limit: Self::PAGE,
            ..Query::default()
        };
    }

    /// The address's part after `#`; empty where nothing differs from the start.
    pub fn to_hash(&self) -> String {
        let mut hash = String::new();
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                let joint = if hash.is_empty() { "" } else { "&" };
                // Writing to a string does not fail.
                let _ = write!(hash, "{joint}{name}={value}");
            }
        };
        let Query { sort, descending, severities, checks, kinds, key_age, idle, console_mfa, fine, .. } =
            &self.query;
        if self.layout != Layout::default() {
            put("view", self.layout.name());
        }
        if *sort != SortKey::default() {
            put("sort", sort.name());
        }
        if *descending != sort.descends_at_first() {
            put("order", if *descending { "descending" } else { "ascending" });
        }
        put("severity", &join(severities.iter().map(|severity| severity.name())));
        put("check", &join(checks.iter().map(|check| check.name())));
        put("kind", &join(kinds.iter().map(|kind| kind_name(*kind))));
        if let Some(range) = key_age {
            put("key-age", &range_name(*range));
        }
        match idle {
            Some(Idle::Never) => put("idle", "never"),
            Some(Idle::Days(range)) => put("idle", &range_name(*range)),
            Some(Idle::AtLeast(days)) => put("idle", &format!("{days}{OR_NEVER}")),
            None => {}
        }
        match console_mfa {
            Some(true) => put("mfa", "on"),
            Some(false) => put("mfa", "off"),
            None => {}
        }
        if *fine {
            put("fine", "yes");
        }
        if self.page() > 1 {
            put("page", &self.page().to_string());
        }
        if let Some(language) = self.language {
            put("lang", language.tag());
        }
        hash
    }

    /// What an address says; what it may not hold (search, accounts) is taken from `self`, and
    /// what cannot be understood is as at the start.
    #[must_use]
    pub fn with_hash(&self, hash: &str) -> Self {
        let mut state = Self::default();
        state.query.search.clone_from(&self.query.search);
        state.query.accounts.clone_from(&self.query.accounts);
        let query = &mut state.query;
        let mut order = None;
        for (name, value) in hash.trim_start_matches('#').split('&').filter_map(|part| part.split_once('=')) {
            match name {
                "view" => {
                    state.layout =
                        Layout::ALL.into_iter().find(|layout| layout.name() == value).unwrap_or_default();
                }
                "sort" => {
                    query.sort = SortKey::ALL.into_iter().find(|key| key.name() == value).unwrap_or_default();
                }
                "order" => order = Some(value == "descending"),
                "severity" => {
                    query.severities = split(value, |v| Severity::ALL.into_iter().find(|s| s.name() == v));
                }
                "check" => query.checks = split(value, CheckId::from_name),
                "kind" => {
                    query.kinds = split(value, |v| Kind::ALL.into_iter().find(|kind| kind_name(*kind) == v));
                }
                "key-age" => query.key_age = range(value),
                "idle" if value == "never" => query.idle = Some(Idle::Never),
                "idle" => {
                    query.idle = match value.strip_suffix(OR_NEVER) {
                        Some(days) => days.parse().ok().map(Idle::AtLeast),
                        None => range(value).map(Idle::Days),
                    };
                }
                "mfa" => query.console_mfa = Some(value == "on"),
                "fine" => query.fine = value == "yes",
                "page" => {
                    let page: u32 = value.parse().unwrap_or(1);
                    query.offset = page.saturating_sub(1).saturating_mul(Self::PAGE);
                }
                "lang" => state.language = Language::ALL.into_iter().find(|language| language.tag() == value),
                _ => {}
            }
        }
        query.descending = order.unwrap_or(query.sort.descends_at_first());
        state
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Root => "root",
        Kind::Human => "human",
        Kind::Machine => "machine",
        Kind::Both => "both",
        Kind::None => "none",
    }
}

fn range_name(range: DayRange) -> String {
    let to = range.to.map_or_else(String::new, |to| to.to_string());
    format!("{}-{to}", range.from)
}

fn range(text: &str) -> Option<DayRange> {
    let (from, to) = text.split_once('-')?;
    let to = if to.is_empty() { None } else { Some(to.parse().ok()?) };
    Some(DayRange { from: from.parse().ok()?, to })
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(",")
}

fn split<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    value.split(',').filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> ViewState {
        ViewState {
            query: Query {
                sort: SortKey::KeyAge,
                descending: false,
                search: "alice".to_owned(),
                severities: vec![Severity::Critical, Severity::Low],
                checks: CheckId::from_name("console-unused").into_iter().collect(),
                accounts: vec!["123456789012".to_owned()],
                kinds: vec![Kind::Human, Kind::None],
                key_age: Some(DayRange { from: 91, to: None }),
                idle: Some(Idle::Days(DayRange { from: 45, to: Some(90) })),
                console_mfa: Some(false),
                changes: Vec::new(),
                fine: true,
                offset: 96,
                limit: ViewState::PAGE,
            },
            layout: Layout::Table,
            language: Some(Language::Japanese),
        }
    }

    #[test]
    fn the_start_has_no_address() {
        assert_eq!(ViewState::default().to_hash(), "");
        assert_eq!(ViewState::default().with_hash(""), ViewState::default());
    }

    #[test]
    fn every_part_goes_to_the_address_and_back_but_nothing_of_the_report() {
        let state = full();
        let hash = state.to_hash();
        assert_eq!(
            hash,
            "view=table&sort=key-age&order=ascending&severity=critical,low&check=console-unused&kind=human,none\
             &key-age=91-&idle=45-90&mfa=off&fine=yes&page=3&lang=ja"
        );
        assert_eq!(state.with_hash(&hash), state);
        let reloaded = ViewState::default().with_hash(&format!("#{hash}"));
        assert_eq!((reloaded.query.search.as_str(), reloaded.query.accounts.len()), ("", 0));
        assert_eq!(reloaded.query.idle, state.query.idle);
        for idle in [Idle::Never, Idle::AtLeast(45)] {
            let mut state = full();
            state.query.idle = Some(idle);
            assert_eq!(state.with_hash(&state.to_hash()), state);
        }
    }

    #[test]
    fn a_spoiled_address_is_read_as_far_as_it_goes() {
        let state = ViewState::default()
            .with_hash("#sort=%3Cb%3E&severity=high,worse&page=-2&idle=x&key-age=9&view=&=&a");
        assert_eq!(state.query.severities, [Severity::High]);
        assert_eq!((state.query.sort, state.page(), state.query.key_age), (SortKey::Severity, 1, None));
        assert_eq!(ViewState::default().with_hash("page=4294967295").query.limit, ViewState::PAGE);
    }

    #[test]
    fn pages_are_turned_and_the_last_one_is_short() {
        let mut state = ViewState::default();
        state.turn(2);
        assert_eq!(state.query.offset, 2 * ViewState::PAGE);
        state.turn(-1);
        assert_eq!(state.page(), 2);
        state.turn(-2);
        assert_eq!(state.page(), 1);
        let shown = |offset| ViewState::shown(&Cards { matching: 100, offset, ..Cards::default() });
        assert_eq!([0, 48, 96, 144].map(shown), [48, 48, 4, 0]);
    }

    #[test]
    fn clearing_keeps_the_sort() {
        let mut state = full();
        state.clear();
        assert!(!state.query.is_narrow());
        assert_eq!((state.query.sort, state.query.offset, state.layout), (SortKey::KeyAge, 0, Layout::Table));
    }
}
