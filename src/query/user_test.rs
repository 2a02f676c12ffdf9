//! Tests of users: filters at work, report by report.

use rustc_hash::FxHashSet;

use super::Query;
use super::filter::{self, Leaves};
use crate::assessment::{LoadedReport, RowId};
use crate::report::User;
use crate::review::{Owners, Reviewed};

/// Whether a user is one of those that a filter leaves.
pub(super) trait UserTest {
    /// Looks once at what the users of a report share; those that are asked about next are of it.
    fn open(&mut self, _report: &LoadedReport) {}

    /// Whether the user is left.
    fn passes(&self, user: &User<'_>) -> bool;

    /// Takes out those that are not. A list at a time, so that asking for each is no call through a table.
    fn retain(&self, users: &mut Vec<User<'_>>) {
        users.retain(|user| self.passes(user));
    }
}

impl<F: Fn(&User<'_>) -> bool> UserTest for F {
    fn passes(&self, user: &User<'_>) -> bool {
        self(user)
    }
}

/// The tests of all filters that a query sets. One that is not set costs nothing.
pub(super) struct UserTests<'q>(Vec<Box<dyn UserTest + 'q>>);

impl<'q> UserTests<'q> {
    pub(super) fn new(query: &'q Query, reviewed: Reviewed<'q>) -> Self {
        let test = |filter: &filter::Filter| match filter.leaves {
            Leaves::Users(make) | Leaves::Accounts(make, _) => Some(make(query, reviewed)),
            Leaves::Findings(_) | Leaves::Histories(_) | Leaves::Decided | Leaves::NoFindings => None,
        };
        Self(filter::set_by(query).filter_map(test).collect())
    }

    pub(super) fn open(&mut self, report: &LoadedReport) {
        for test in &mut self.0 {
            test.open(report);
        }
    }

    /// Takes out the users that a filter does not leave.
    pub(super) fn retain(&self, users: &mut Vec<User<'_>>) {
        for test in &self.0 {
            test.retain(users);
        }
    }
}

/// Users of certain accounts.
pub(super) struct OfAccounts<'q> {
    /// To be looked up: a person may pick thousands of them.
    wanted: FxHashSet<&'q str>,
    /// For each account of the report whether it is wanted.
    of_report: Vec<bool>,
}

impl<'q> OfAccounts<'q> {
    pub(super) fn new(wanted: &'q [String]) -> Self {
        Self { wanted: wanted.iter().map(String::as_str).collect(), of_report: Vec::new() }
    }
}

impl UserTest for OfAccounts<'_> {
    fn open(&mut self, loaded: &LoadedReport) {
        self.of_report.clear();
        self.of_report
            .extend(loaded.report.accounts().iter().map(|account| self.wanted.contains(account.id.as_str())));
    }

    fn passes(&self, user: &User<'_>) -> bool {
        self.of_report[user.account_number() as usize]
    }
}

/// Users of certain owners, or without any, or whose owner has left.
pub(super) struct OfOwners<'q> {
    owners: Option<&'q Owners>,
    asks: Asks,
    /// The first row of the report.
    first_row: RowId,
}

/// What is asked of the owner of a user.
enum Asks {
    /// To be one of these people, by number.
    People(Vec<bool>),
    /// Not to be known.
    Nobody,
    /// To have left, while the user has enabled credentials.
    Leaver,
}

impl<'q> OfOwners<'q> {
    /// Owners of one of these names or e-mail addresses, ignoring case.
    pub(super) fn named(names: &[String], reviewed: Reviewed<'q>) -> Self {
        let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
        let people = reviewed.owners.map(Owners::people).unwrap_or_default();
        let is_meant = |text: &str| names.contains(&text.to_lowercase());
        let people = people.iter().map(|owner| is_meant(&owner.name) || is_meant(&owner.email)).collect();
        Self::new(Asks::People(people), reviewed)
    }

    pub(super) fn none(reviewed: Reviewed<'q>) -> Self {
        Self::new(Asks::Nobody, reviewed)
    }

    pub(super) fn leavers(reviewed: Reviewed<'q>) -> Self {
        Self::new(Asks::Leaver, reviewed)
    }

    fn new(asks: Asks, reviewed: Reviewed<'q>) -> Self {
        Self { owners: reviewed.owners, asks, first_row: RowId(0) }
    }
}

impl UserTest for OfOwners<'_> {
    fn open(&mut self, loaded: &LoadedReport) {
        self.first_row = loaded.row(0);
    }

    fn passes(&self, user: &User<'_>) -> bool {
        // Without a file of owners nobody has one.
        let Some(owners) = self.owners else { return matches!(self.asks, Asks::Nobody) };
        let row = RowId(self.first_row.0 + user.index());
        match &self.asks {
            Asks::People(people) => {
                owners.people_of(row).any(|person| people.get(person as usize).copied().unwrap_or_default())
            }
            Asks::Nobody => !owners.has_owner(row),
            Asks::Leaver => owners.is_leaver(row),
        }
    }
}
