//! What a filter is set to, in words.

use super::Text;
use super::sentences::account;
use crate::histogram::DayRange;
use crate::query::{FilterValue, LastUse};

impl Text {
    /// What a filter is set to, in a few words.
    pub fn filter(&self, value: FilterValue<'_>) -> String {
        let t = &self.page;
        let range = |days: DayRange| (t.day_range)(days.from.into(), days.to.map(u64::from));
        match value {
            FilterValue::Search(words) => (t.quoted)(words),
            FilterValue::Severities(severities) => {
                self.either(severities.iter().map(|severity| self.severity(*severity).to_owned()))
            }
            FilterValue::Checks([]) => String::new(),
            FilterValue::Checks([check]) => self.check(*check).title.to_owned(),
            FilterValue::Checks([check, others @ ..]) => {
                format!("{} {}", self.check(*check).title, (t.and_more)(others.len() as u64))
            }
            FilterValue::Accounts(accounts) => self.either(accounts.iter().map(|digits| account(digits))),
            FilterValue::Kinds(kinds) => self.either(kinds.iter().map(|kind| self.kind(*kind).to_owned())),
            FilterValue::KeyAge(days) => (t.filter_key_age)(&range(days)),
            FilterValue::LastUse(LastUse::Never) => t.filter_never_used.to_owned(),
            FilterValue::LastUse(LastUse::AtLeast(days)) => (t.filter_unused_or_never)(days.into()),
            FilterValue::LastUse(LastUse::Days(days)) => (t.filter_unused_for)(&range(days)),
            FilterValue::ConsoleMfa(true) => t.filter_with_mfa.to_owned(),
            FilterValue::ConsoleMfa(false) => t.filter_without_mfa.to_owned(),
            FilterValue::Owners(owners) => {
                format!("{}: {}", self.owners.filter_owner, self.either(owners.iter().cloned()))
            }
            FilterValue::WithoutOwner(_) => self.owners.filter_without_owner.to_owned(),
            FilterValue::Leavers(_) => self.owners.filter_leavers.to_owned(),
            FilterValue::Changes(outcomes) => {
                let names = outcomes.iter().map(|outcome| self.outcome(*outcome).to_owned());
                format!("{}: {}", self.changes.filter_change, self.either(names))
            }
            FilterValue::Causes(causes) => {
                let names = causes.iter().map(|cause| self.cause(*cause).to_owned());
                format!("{}: {}", self.changes.filter_cause, self.either(names))
            }
            FilterValue::Decisions(decisions) => {
                let names = decisions.iter().map(|decision| self.decision_filter(*decision).to_owned());
                format!("{}: {}", self.review.filter_decision, self.either(names))
            }
            FilterValue::WithoutFindings(_) => t.users_without_findings.to_owned(),
        }
    }

    fn either(&self, names: impl Iterator<Item = String>) -> String {
        names.collect::<Vec<_>>().join(self.page.or)
    }
}
