//! Tests of users: filters at work, report by report.

use rustc_hash::FxHashSet;

use super::Query;
use super::filter::{self, Leaves};
use crate::report::{Report, Timestamp, User};

/// Whether a user is one of those that a filter leaves.
pub(super) trait UserTest {
    /// Looks once at what the users of a report share; those that are asked about next are of it.
    fn open(&mut self, _report: &Report) {}

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
    pub(super) fn new(query: &'q Query, as_of: Timestamp) -> Self {
        let test = |filter: &filter::Filter| match filter.leaves {
            Leaves::Users(make) | Leaves::Accounts(make, _) => Some(make(query, as_of)),
            Leaves::Findings(_) | Leaves::Histories(_) | Leaves::Decided | Leaves::NoFindings => None,
        };
        Self(filter::set_by(query).filter_map(test).collect())
    }

    pub(super) fn open(&mut self, report: &Report) {
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
    fn open(&mut self, report: &Report) {
        self.of_report.clear();
        self.of_report
            .extend(report.accounts().iter().map(|account| self.wanted.contains(account.id.as_str())));
    }

    fn passes(&self, user: &User<'_>) -> bool {
        self.of_report[user.account_number() as usize]
    }
}
