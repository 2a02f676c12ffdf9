//! What the page shows, and its form in the page's address.
//!
//! The address holds sort, filters, result view, page and language, nothing of the report: neither the
//! search nor the accounts, which are the report's own words, are written to it.

use std::fmt::Write;

use crate::accounts::{AccountQuery, AccountSort};
use crate::by_owner::OwnerQuery;
use crate::checks::Severity;
use crate::overview::Overview;
use crate::query::filter::{self, Address};
use crate::query::{Cards, Filter, Query, SortKey};
use crate::text::Language;

/// In what form users are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ResultView {
    /// A card for each.
    #[default]
    Cards,
    /// A row for each.
    Table,
    /// Each check with all whom it concerns.
    Problems,
    /// What the report tells about each account.
    UserFlags,
    /// What became of findings and users since the earlier report.
    Changes,
    /// A row for each owner of users.
    Owners,
}

impl ResultView {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Cards, Self::Table, Self::Problems, Self::UserFlags, Self::Changes, Self::Owners];

    /// The name in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::Table => "table",
            Self::Problems => "problems",
            Self::UserFlags => "facts",
            Self::Changes => "changes",
            Self::Owners => "owners",
        }
    }

    /// The one of this name; the first where there is none.
    fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.name() == name).unwrap_or_default()
    }

    /// Whether there is anything to show: owners are there where a file names them.
    pub fn is_offered(self, overview: &Overview) -> bool {
        self != Self::Owners || overview.owners.is_some()
    }

    /// Whether it shows users one by one: these are sorted, and filtered by kind.
    pub fn is_of_users(self) -> bool {
        matches!(self, Self::Cards | Self::Table)
    }
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewState {
    /// Which users, in which order.
    pub query: Query,
    /// In what form.
    pub result_view: ResultView,
    /// Which accounts, where accounts are shown; their filters are those of the users.
    pub accounts: AccountQuery,
    /// How many owners to skip, where owners are shown.
    pub owners_offset: u32,
    /// The language, where the address names one.
    pub language: Option<Language>,
}

impl Default for ViewState {
    fn default() -> Self {
        let sort = SortKey::default();
        let query =
            Query { sort, descending: sort.descends_at_first(), limit: Self::PAGE, ..Query::default() };
        let sort = AccountSort::default();
        let accounts = AccountQuery {
            sort,
            descending: sort.descends_at_first(),
            limit: Self::ACCOUNTS,
            ..AccountQuery::default()
        };
        Self { query, result_view: ResultView::default(), accounts, owners_offset: 0, language: None }
    }
}

impl ViewState {
    /// How many users a page shows.
    pub const PAGE: u32 = 48;

    /// How many accounts a page shows.
    pub const ACCOUNTS: u32 = 50;

    /// How many owners a page shows.
    pub const OWNERS: u32 = 50;

    /// The question about accounts.
    pub fn account_query(&self) -> AccountQuery {
        self.accounts.clone().filtered_by(&self.query)
    }

    /// Turns so many pages of accounts forward, or back; not before the first.
    pub fn turn_accounts(&mut self, pages: i64) {
        let offset = i64::from(self.accounts.offset) + pages * i64::from(Self::ACCOUNTS);
        self.accounts.offset = u32::try_from(offset.max(0)).unwrap_or_default();
    }

    /// The question about owners.
    pub fn owner_query(&self) -> OwnerQuery {
        let (sort, descending) = (SortKey::default(), false);
        let users = Query { sort, descending, offset: 0, limit: 0, ..self.query.clone() };
        OwnerQuery { users, offset: self.owners_offset, limit: Self::OWNERS }
    }

    /// Turns so many pages of owners forward, or back; not before the first.
    pub fn turn_owners(&mut self, pages: i64) {
        let offset = i64::from(self.owners_offset) + pages * i64::from(Self::OWNERS);
        self.owners_offset = u32::try_from(offset.max(0)).unwrap_or_default();
    }

    /// Goes back to the first page of whatever is shown.
    pub fn to_first_page(&mut self) {
        (self.query.offset, self.accounts.offset, self.owners_offset) = (0, 0, 0);
    }

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

    /// Sorts users by this, which turns the order round where they are sorted by it.
    pub fn sort_by(&mut self, key: SortKey) {
        let is_sorted = self.query.sort == key;
        self.query.descending = if is_sorted { !self.query.descending } else { key.descends_at_first() };
        self.query.sort = key;
        self.to_first_page();
    }

    /// Sorts accounts likewise.
    pub fn sort_accounts_by(&mut self, sort: AccountSort) {
        let accounts = &mut self.accounts;
        let is_sorted = accounts.sort == sort;
        accounts.descending = if is_sorted { !accounts.descending } else { sort.descends_at_first() };
        (accounts.sort, accounts.offset) = (sort, 0);
    }

    /// Asks for findings of a severity, or no longer; a name that is none means users without findings.
    pub fn toggle_severity(&mut self, name: &str) {
        let query = &mut self.query;
        if let Some(severity) = Severity::ALL.into_iter().find(|severity| severity.name() == name) {
            query.fine = false;
            match query.severities.iter().position(|other| *other == severity) {
                Some(place) => drop(query.severities.remove(place)),
                None => query.severities.push(severity),
            }
        } else {
            query.fine = !query.fine;
            query.severities.clear();
        }
        self.to_first_page();
    }

    /// Drops the filter of this place in [`filter::ALL`].
    pub fn drop_filter(&mut self, place: usize) {
        if let Some(filter) = filter::ALL.get(place) {
            (filter.clear)(&mut self.query);
            self.to_first_page();
        }
    }

    /// Drops every filter, and the search; sort and result view stay.
    pub fn clear(&mut self) {
        self.query = Query {
            sort: self.query.sort,
            descending: self.query.descending,
            limit: Self::PAGE,
            ..Query::default()
        };
        self.to_first_page();
    }

    /// The filters of a query, as an address writes them: `check=mfa-missing&severity=high`. Buttons hold
    /// it in `data-filter`.
    pub fn filters(query: &Query) -> String {
        let mut filters = String::new();
        for filter in filter::ALL.iter().filter(|filter| filter.is_set(query)) {
            if let Some(address) = &filter.address {
                let joint = if filters.is_empty() { "" } else { "&" };
                // Writing to a string does not fail.
                let _ = write!(filters, "{joint}{}={}", address.name, (address.write)(query));
            }
        }
        filters
    }

    /// Whether these [filters](Self::filters) are set, and to these values.
    pub fn has_filters(&self, filters: &str) -> bool {
        let is_set = |(filter, address, value): (&Filter, &Address, &str)| {
            filter.is_set(&self.query) && (address.write)(&self.query) == value
        };
        !filters.is_empty() && named(filters).all(is_set)
    }

    /// Sets these [filters](Self::filters), or takes them out where they are set so; the first page is shown.
    pub fn toggle_filters(&mut self, filters: &str) {
        let is_on = self.has_filters(filters);
        for (filter, address, value) in named(filters) {
            if is_on {
                (filter.clear)(&mut self.query);
            } else {
                (address.read)(&mut self.query, value);
            }
        }
        self.to_first_page();
    }

    /// Goes where a button leads that says it in `data-go`: `clear` drops every filter, and parts of an
    /// address set filters and the result view; `clear&view=cards&check=mfa-missing`.
    pub fn go(&mut self, to: &str) {
        if to.split('&').any(|part| part == "clear") {
            self.clear();
        }
        for (name, value) in parts(to) {
            if name == "view" {
                self.result_view = ResultView::from_name(value);
            }
        }
        for (_, address, value) in named(to) {
            (address.read)(&mut self.query, value);
        }
    }

    /// Shows the users of an owner, and no others.
    pub fn show_users_of_owner(&mut self, owner: String) {
        self.go("clear&view=cards");
        self.query.owners = vec![owner];
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
        let Query { sort, descending, .. } = &self.query;
        if self.result_view != ResultView::default() {
            put("view", self.result_view.name());
        }
        if *sort != SortKey::default() {
            put("sort", sort.name());
        }
        if *descending != sort.descends_at_first() {
            put("order", if *descending { "descending" } else { "ascending" });
        }
        let AccountQuery { sort, descending, .. } = &self.accounts;
        if *sort != AccountSort::default() {
            put("accounts-by", sort.name());
        }
        if *descending != sort.descends_at_first() {
            put("accounts-order", if *descending { "descending" } else { "ascending" });
        }
        let filters = Self::filters(&self.query);
        for (name, value) in parts(&filters) {
            put(name, value);
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
        let (mut order, mut account_order) = (None, None);
        let hash = hash.trim_start_matches('#');
        for (_, address, value) in named(hash) {
            (address.read)(query, value);
        }
        for (name, value) in parts(hash) {
            match name {
                "view" => state.result_view = ResultView::from_name(value),
                "sort" => {
                    query.sort = SortKey::ALL.into_iter().find(|key| key.name() == value).unwrap_or_default();
                }
                "order" => order = Some(value == "descending"),
                "accounts-by" => {
                    let sorts = AccountSort::ALL.into_iter();
                    state.accounts.sort =
                        sorts.into_iter().find(|sort| sort.name() == value).unwrap_or_default();
                }
                "accounts-order" => account_order = Some(value == "descending"),
                "page" => {
                    let page: u32 = value.parse().unwrap_or(1);
                    query.offset = page.saturating_sub(1).saturating_mul(Self::PAGE);
                }
                "lang" => state.language = Language::ALL.into_iter().find(|language| language.tag() == value),
                _ => {}
            }
        }
        query.descending = order.unwrap_or(query.sort.descends_at_first());
        state.accounts.descending = account_order.unwrap_or(state.accounts.sort.descends_at_first());
        state
    }
}

/// The parts of an address: names and values.
fn parts(address: &str) -> impl Iterator<Item = (&str, &str)> {
    address.split('&').filter_map(|part| part.split_once('='))
}

/// The filters that an address names, with how they are written, and what they are set to.
fn named(address: &str) -> impl Iterator<Item = (&'static Filter, &'static Address, &str)> {
    parts(address).filter_map(|(name, value)| {
        filter::ALL.iter().find_map(|filter| {
            let address = filter.address.as_ref().filter(|address| address.name == name)?;
            Some((filter, address, value))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::Kind;
    use crate::checks::{CheckId, Severity};
    use crate::comparison::{Cause, Outcome};
    use crate::histogram::DayRange;
    use crate::query::{DecisionFilter, LastUse};

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
                last_use: Some(LastUse::Days(DayRange { from: 45, to: Some(90) })),
                console_mfa: Some(false),
                owners: Vec::new(),
                without_owner: true,
                leavers: true,
                changes: vec![Outcome::New],
                causes: vec![Cause::Aged, Cause::KeyReplaced],
                decisions: vec![DecisionFilter::Undecided, DecisionFilter::InForce],
                fine: true,
                offset: 96,
                limit: ViewState::PAGE,
            },
            result_view: ResultView::Table,
            accounts: AccountQuery {
                sort: AccountSort::OldestKey,
                descending: false,
                limit: ViewState::ACCOUNTS,
                ..AccountQuery::default()
            },
            owners_offset: 0,
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
            "view=table&sort=key-age&order=ascending&accounts-by=oldest-key&accounts-order=ascending&severity=critical,low&check=console-unused&kind=human,none\
             &key-age=91-&idle=45-90&mfa=off&unowned=yes&leavers=yes&change=new&cause=aged,key-replaced&decision=undecided,in-force&fine=yes&page=3&lang=ja"
        );
        assert_eq!(state.with_hash(&hash), state);
        let reloaded = ViewState::default().with_hash(&format!("#{hash}"));
        assert_eq!((reloaded.query.search.as_str(), reloaded.query.accounts.len()), ("", 0));
        assert_eq!(reloaded.query.last_use, state.query.last_use);
        for last_use in [LastUse::Never, LastUse::AtLeast(45)] {
            let mut state = full();
            state.query.last_use = Some(last_use);
            assert_eq!(state.with_hash(&state.to_hash()), state);
        }
    }

    #[test]
    fn buttons_set_filters_take_them_out_and_know_whether_they_are_set() {
        let number = Query {
            checks: CheckId::from_name("console-unused").into_iter().collect(),
            severities: vec![Severity::High],
            ..Query::default()
        };
        let filters = ViewState::filters(&number);
        assert_eq!(filters, "severity=high&check=console-unused");
        let mut state = ViewState::default();
        state.query.offset = ViewState::PAGE;
        state.query.search = "alice".to_owned();
        assert!(!state.has_filters(&filters));
        state.toggle_filters(&filters);
        assert!(state.has_filters(&filters) && !state.has_filters("severity=low") && !state.has_filters(""));
        assert_eq!((state.query.offset, ViewState::filters(&state.query)), (0, filters.clone()));
        state.toggle_filters(&filters);
        assert_eq!(ViewState::filters(&state.query), "");
        assert_eq!(state.query.search, "alice");
        // A user without MFA is not one of whom nothing was asked.
        assert!(!state.has_filters("mfa=off"));
        state.toggle_filters("idle=45-or-never");
        assert_eq!(state.query.last_use, Some(LastUse::AtLeast(45)));
        assert!(!state.has_filters("idle=45-90") && !state.has_filters("idle=45-or-never&mfa=off"));
    }

    #[test]
    fn headings_and_chips_are_pressed_again() {
        let mut state = full();
        state.sort_by(SortKey::Name);
        assert_eq!((state.query.sort, state.query.offset), (SortKey::Name, 0));
        assert_eq!(state.query.descending, SortKey::Name.descends_at_first());
        state.sort_by(SortKey::Name);
        assert_eq!(state.query.descending, !SortKey::Name.descends_at_first());
        state.sort_accounts_by(AccountSort::OldestKey);
        assert!(state.accounts.descending);
        state.sort_accounts_by(AccountSort::Account);
        assert_eq!(state.accounts.descending, AccountSort::Account.descends_at_first());

        state.toggle_severity("high");
        assert!(!state.query.fine);
        assert_eq!(state.query.severities, [Severity::Critical, Severity::Low, Severity::High]);
        state.toggle_severity("low");
        assert_eq!(state.query.severities, [Severity::Critical, Severity::High]);
        state.toggle_severity("fine");
        assert!(state.query.fine && state.query.severities.is_empty());
        state.toggle_severity("fine");
        assert!(!state.query.fine);

        let place = filter::ALL.iter().position(|filter| filter.is_set(&state.query)).unwrap();
        let before = state.query.filters();
        state.drop_filter(place);
        state.drop_filter(filter::ALL.len());
        assert_eq!(state.query.filters(), before - 1);
    }

    #[test]
    fn a_button_leads_to_a_view() {
        let mut state = full();
        state.go("view=facts");
        assert_eq!(
            (state.result_view, state.query.filters()),
            (ResultView::UserFlags, full().query.filters())
        );
        state.go("clear&view=cards&check=console-unused");
        assert_eq!(state.to_hash(), {
            let mut wanted = full();
            wanted.clear();
            wanted.result_view = ResultView::Cards;
            wanted.query.checks = full().query.checks;
            wanted.to_hash()
        });
        assert_eq!(state.query.search, "");
        state.go("clear");
        assert_eq!(state.query.filters(), 0);
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
        assert_eq!(
            (state.query.sort, state.query.offset, state.result_view),
            (SortKey::KeyAge, 0, ResultView::Table)
        );
    }
}
