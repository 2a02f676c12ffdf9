//! The filters: one table, from which matching, the export, the address and the page derive.
//!
//! A new one is a field of [`Query`], an entry here, and its words in `text`.

use rustc_hash::FxHashSet;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::search::{AccountTerms, Search};
use super::user_test::{OfAccounts, OfOwners, UserTest};
use super::{DecisionFilter, LastUse, Query};
use crate::assessment::{Kind, kind};
use crate::checks::{CheckId, Severity};
use crate::comparison::{Cause, History, Outcome};
use crate::finding::Finding;
use crate::histogram::DayRange;
use crate::report::{AccessKey, Timestamp, User};
use crate::review::Reviewed;

/// Every filter, in the order of exports, of the address and of the page.
pub const ALL: &[Filter] = &[
    SEARCH,
    SEVERITIES,
    CHECKS,
    ACCOUNTS,
    KINDS,
    KEY_AGE,
    LAST_USE,
    CONSOLE_MFA,
    OWNERS,
    WITHOUT_OWNER,
    LEAVERS,
    CHANGES,
    CAUSES,
    DECISIONS,
    WITHOUT_FINDINGS,
];

/// All that there is to know of a filter, its words aside.
pub struct Filter {
    /// What a query sets it to; `None` where it does not narrow.
    pub value: fn(&Query) -> Option<FilterValue<'_>>,
    /// Takes it out of a query.
    pub clear: fn(&mut Query),
    /// Its part of the page's address; `None` for the report's own words, which are kept out of it.
    pub address: Option<Address>,
    /// Its member of `filter` in exports.
    pub member: Member,
    /// Whether the page tells what it would show beside the other filters, see [`super::Choices`].
    pub(super) is_choice: bool,
    /// What it leaves of a result.
    pub(super) leaves: Leaves,
}

/// What a filter is set to; as JSON what exports say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FilterValue<'q> {
    /// Words that all occur in name, ARN, account, or services and regions of last use, or begin a kind.
    Search(&'q str),
    /// A finding of one of these severities.
    Severities(&'q [Severity]),
    /// A finding of one of these checks.
    Checks(&'q [CheckId]),
    /// One of these accounts.
    Accounts(&'q [String]),
    /// One of these kinds.
    Kinds(&'q [Kind]),
    /// An active access key of such an age.
    KeyAge(DayRange),
    /// A credential that was last used so long ago.
    LastUse(LastUse),
    /// A console password, with or without MFA.
    ConsoleMfa(bool),
    /// An owner of one of these names or e-mail addresses.
    Owners(&'q [String]),
    /// No owner; always `true`.
    WithoutOwner(bool),
    /// Enabled credentials, and an owner who has left; always `true`.
    Leavers(bool),
    /// A finding of one of these outcomes since the earlier report.
    Changes(&'q [Outcome]),
    /// A finding that is new for one of these causes.
    Causes(&'q [Cause]),
    /// One of these decisions.
    Decisions(&'q [DecisionFilter]),
    /// No finding; always `true`.
    WithoutFindings(bool),
}

/// How a filter is written to the page's address, and read from it.
pub struct Address {
    /// Its name there; never changed once published.
    pub name: &'static str,
    /// What stands there for what a query sets.
    pub write: fn(&Query) -> String,
    /// Sets what stands there, as far as it can be understood.
    pub read: fn(&mut Query, &str),
}

/// How a filter is written to exports.
pub struct Member {
    /// Its name there; never changed once published.
    pub name: &'static str,
    /// What stands there where other filters are set, but this one is not; else it is left out.
    pub unset: Option<FilterValue<'static>>,
}

/// Makes the test of a query about a result.
type MakeUserTest = for<'q> fn(&'q Query, Reviewed<'q>) -> Box<dyn UserTest + 'q>;

/// Whether a finding about an account is left.
type AccountTest<'q> = Box<dyn Fn(&Finding) -> bool + 'q>;

/// What a filter leaves of a result.
pub(super) enum Leaves {
    /// Users by what their rows say, and no finding about an account.
    Users(MakeUserTest),
    /// Users and findings about accounts.
    Accounts(MakeUserTest, for<'q> fn(&'q Query, Reviewed<'q>) -> AccountTest<'q>),
    /// Findings, and the users who have them.
    Findings(fn(&Query, CheckId, Severity) -> bool),
    /// Findings by what became of them since the earlier report, and the users who have them.
    Histories(fn(&Query, History) -> bool),
    /// Users by what was decided about them.
    Decided,
    /// Users without any finding.
    NoFindings,
}

const SEARCH: Filter = Filter {
    value: |query| Some(query.search.trim()).filter(|words| !words.is_empty()).map(FilterValue::Search),
    clear: |query| query.search.clear(),
    address: None,
    member: Member { name: "search", unset: Some(FilterValue::Search("")) },
    is_choice: false,
    leaves: Leaves::Accounts(
        |query, reviewed| Box::new(Search::new(&query.search, reviewed)),
        |query, reviewed| {
            let terms = AccountTerms::new(&query.search);
            Box::new(move |finding| {
                terms.are_in(account(finding), reviewed.account_name(finding.account.as_deref()))
            })
        },
    ),
};

const SEVERITIES: Filter = Filter {
    value: |query| some(&query.severities).map(FilterValue::Severities),
    clear: |query| query.severities.clear(),
    address: Some(Address {
        name: "severity",
        write: |query| join(&query.severities, Severity::name),
        read: |query, text| query.severities = split(text, &Severity::ALL, Severity::name),
    }),
    member: Member { name: "severities", unset: Some(FilterValue::Severities(&[])) },
    is_choice: true,
    leaves: Leaves::Findings(|query, _, severity| query.severities.contains(&severity)),
};

const CHECKS: Filter = Filter {
    value: |query| some(&query.checks).map(FilterValue::Checks),
    clear: |query| query.checks.clear(),
    address: Some(Address {
        name: "check",
        write: |query| join(&query.checks, CheckId::name),
        read: |query, text| query.checks = text.split(',').filter_map(CheckId::from_name).collect(),
    }),
    member: Member { name: "checks", unset: Some(FilterValue::Checks(&[])) },
    is_choice: false,
    leaves: Leaves::Findings(|query, check, _| query.checks.contains(&check)),
};

const ACCOUNTS: Filter = Filter {
    value: |query| some(&query.accounts).map(FilterValue::Accounts),
    clear: |query| query.accounts.clear(),
    address: None,
    member: Member { name: "accounts", unset: Some(FilterValue::Accounts(&[])) },
    is_choice: false,
    leaves: Leaves::Accounts(
        |query, _| Box::new(OfAccounts::new(&query.accounts)),
        |query, _| {
            // To be looked up: a person may pick thousands of them.
            let wanted: FxHashSet<&str> = query.accounts.iter().map(String::as_str).collect();
            Box::new(move |finding| wanted.contains(account(finding)))
        },
    ),
};

const KINDS: Filter = Filter {
    value: |query| some(&query.kinds).map(FilterValue::Kinds),
    clear: |query| query.kinds.clear(),
    address: Some(Address {
        name: "kind",
        write: |query| join(&query.kinds, Kind::name),
        read: |query, text| query.kinds = split(text, &Kind::ALL, Kind::name),
    }),
    member: Member { name: "kinds", unset: None },
    is_choice: false,
    leaves: Leaves::Users(|query, _| Box::new(|user: &User<'_>| query.kinds.contains(&kind(user)))),
};

const KEY_AGE: Filter = Filter {
    value: |query| query.key_age.map(FilterValue::KeyAge),
    clear: |query| query.key_age = None,
    address: Some(Address {
        name: "key-age",
        write: |query| query.key_age.map_or_else(String::new, write_range),
        read: |query, text| query.key_age = read_range(text),
    }),
    member: Member { name: "key_age_days", unset: None },
    is_choice: false,
    leaves: Leaves::Users(|query, reviewed| {
        let as_of = reviewed.assessment.as_of();
        Box::new(move |user: &User<'_>| has_key_of_age(query, user, as_of))
    }),
};

const LAST_USE: Filter = Filter {
    value: |query| query.last_use.map(FilterValue::LastUse),
    clear: |query| query.last_use = None,
    address: Some(Address {
        name: "idle",
        write: |query| match query.last_use {
            Some(LastUse::Never) => NEVER.to_owned(),
            Some(LastUse::Days(range)) => write_range(range),
            Some(LastUse::AtLeast(days)) => format!("{days}{OR_NEVER}"),
            None => String::new(),
        },
        read: |query, text| {
            query.last_use = match text.strip_suffix(OR_NEVER) {
                Some(days) => days.parse().ok().map(LastUse::AtLeast),
                None if text == NEVER => Some(LastUse::Never),
                None => read_range(text).map(LastUse::Days),
            };
        },
    }),
    member: Member { name: "idle", unset: None },
    is_choice: false,
    leaves: Leaves::Users(|query, reviewed| {
        let as_of = reviewed.assessment.as_of();
        Box::new(move |user: &User<'_>| was_last_used(query, user, as_of))
    }),
};

const CONSOLE_MFA: Filter = Filter {
    value: |query| query.console_mfa.map(FilterValue::ConsoleMfa),
    clear: |query| query.console_mfa = None,
    address: Some(Address {
        name: "mfa",
        write: |query| if query.console_mfa == Some(true) { "on" } else { "off" }.to_owned(),
        read: |query, text| query.console_mfa = Some(text == "on"),
    }),
    member: Member { name: "console_mfa", unset: None },
    is_choice: false,
    leaves: Leaves::Users(|query, _| {
        Box::new(|user: &User<'_>| {
            let can_sign_in = !user.is_root() && user.password_enabled() == Ok(true);
            can_sign_in && user.mfa_active().ok() == query.console_mfa
        })
    }),
};

const OWNERS: Filter = Filter {
    value: |query| some(&query.owners).map(FilterValue::Owners),
    clear: |query| query.owners.clear(),
    address: None,
    member: Member { name: "owners", unset: None },
    is_choice: false,
    leaves: Leaves::Users(|query, reviewed| Box::new(OfOwners::named(&query.owners, reviewed))),
};

const WITHOUT_OWNER: Filter = Filter {
    value: |query| query.without_owner.then_some(FilterValue::WithoutOwner(true)),
    clear: |query| query.without_owner = false,
    address: Some(Address {
        name: "unowned",
        write: |_| YES.to_owned(),
        read: |query, text| query.without_owner = text == YES,
    }),
    member: Member { name: "without_owner", unset: None },
    is_choice: false,
    leaves: Leaves::Users(|_, reviewed| Box::new(OfOwners::none(reviewed))),
};

const LEAVERS: Filter = Filter {
    value: |query| query.leavers.then_some(FilterValue::Leavers(true)),
    clear: |query| query.leavers = false,
    address: Some(Address {
        name: "leavers",
        write: |_| YES.to_owned(),
        read: |query, text| query.leavers = text == YES,
    }),
    member: Member { name: "owner_left", unset: None },
    is_choice: false,
    leaves: Leaves::Users(|_, reviewed| Box::new(OfOwners::leavers(reviewed))),
};

const CHANGES: Filter = Filter {
    value: |query| some(&query.changes).map(FilterValue::Changes),
    clear: |query| query.changes.clear(),
    address: Some(Address {
        name: "change",
        write: |query| join(&query.changes, Outcome::name),
        read: |query, text| query.changes = split(text, &Outcome::ALL, Outcome::name),
    }),
    member: Member { name: "changes", unset: None },
    is_choice: false,
    leaves: Leaves::Histories(|query, history| query.changes.contains(&history.outcome())),
};

const CAUSES: Filter = Filter {
    value: |query| some(&query.causes).map(FilterValue::Causes),
    clear: |query| query.causes.clear(),
    address: Some(Address {
        name: "cause",
        write: |query| join(&query.causes, Cause::name),
        read: |query, text| query.causes = split(text, Cause::ALL, Cause::name),
    }),
    member: Member { name: "causes", unset: None },
    is_choice: false,
    leaves: Leaves::Histories(|query, history| {
        history.cause.is_some_and(|cause| query.causes.contains(&cause))
    }),
};

const DECISIONS: Filter = Filter {
    value: |query| some(&query.decisions).map(FilterValue::Decisions),
    clear: |query| query.decisions.clear(),
    address: Some(Address {
        name: "decision",
        write: |query| join(&query.decisions, DecisionFilter::name),
        read: |query, text| query.decisions = split(text, &DecisionFilter::ALL, DecisionFilter::name),
    }),
    member: Member { name: "decisions", unset: None },
    is_choice: false,
    leaves: Leaves::Decided,
};

const WITHOUT_FINDINGS: Filter = Filter {
    value: |query| query.fine.then_some(FilterValue::WithoutFindings(true)),
    clear: |query| query.fine = false,
    address: Some(Address {
        name: "fine",
        write: |_| YES.to_owned(),
        read: |query, text| query.fine = text == YES,
    }),
    member: Member { name: "without_findings", unset: None },
    is_choice: true,
    leaves: Leaves::NoFindings,
};

impl Filter {
    /// Whether a query sets it.
    pub fn is_set(&self, query: &Query) -> bool {
        (self.value)(query).is_some()
    }

    /// Whether it decides which findings are shown, and not of whom alone.
    pub(super) fn is_by_finding(&self) -> bool {
        matches!(self.leaves, Leaves::Findings(_) | Leaves::Histories(_) | Leaves::NoFindings)
    }
}

/// The filters that a query sets.
pub(super) fn set_by(query: &Query) -> impl Iterator<Item = &'static Filter> {
    ALL.iter().filter(|filter| filter.is_set(query))
}

/// The open findings about accounts that a query matches.
pub(crate) fn account_findings<'a>(
    compared: Reviewed<'a>,
    query: &'a Query,
) -> impl Iterator<Item = &'a Finding> {
    matching_account_findings(compared, query, compared.assessment.account_findings())
}

/// Those of some findings about accounts that a query matches.
pub(crate) fn matching_account_findings<'a>(
    compared: Reviewed<'a>,
    query: &'a Query,
    findings: &'a [Finding],
) -> impl Iterator<Item = &'a Finding> {
    let tests: Option<Vec<AccountTest<'a>>> = set_by(query)
        .map(|filter| match filter.leaves {
            Leaves::Accounts(_, make) => Some(make(query, compared)),
            Leaves::Findings(includes) => {
                Some(Box::new(move |finding: &Finding| includes(query, finding.check, finding.severity))
                    as AccountTest<'a>)
            }
            Leaves::Histories(includes) => Some(Box::new(move |finding: &Finding| {
                compared.account_history(finding).is_some_and(|history| includes(query, history))
            }) as AccountTest<'a>),
            Leaves::Users(_) | Leaves::Decided | Leaves::NoFindings => None,
        })
        .collect();
    let is_left =
        move |finding: &&Finding| tests.as_ref().is_some_and(|tests| tests.iter().all(|test| test(finding)));
    findings.iter().filter(is_left)
}

/// What `filter` holds in exports; serialised as `null` where no filter is set.
pub(crate) struct Members<'q>(pub(crate) &'q Query);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.0.is_narrow() {
            return serializer.serialize_none();
        }
        let mut members = serializer.serialize_map(None)?;
        for filter in ALL {
            if let Some(value) = (filter.value)(self.0).or(filter.member.unset) {
                members.serialize_entry(filter.member.name, &value)?;
            }
        }
        members.end()
    }
}

fn account(finding: &Finding) -> &str {
    finding.account.as_deref().unwrap_or_default()
}

/// Whether a user has an active access key of the age that is asked for.
fn has_key_of_age(query: &Query, user: &User<'_>, as_of: Timestamp) -> bool {
    let Some(range) = query.key_age else { return true };
    [1, 2].map(|slot| user.access_key(slot)).iter().filter(|key| key.active() == Ok(true)).any(|key| {
        let created = key.created().ok().flatten();
        created.is_some_and(|created| range.contains(created.age_days(as_of)))
    })
}

/// Whether a user has an enabled password or an active access key that was last used as long ago as is
/// asked for.
fn was_last_used(query: &Query, user: &User<'_>, as_of: Timestamp) -> bool {
    let Some(wanted) = query.last_use else { return true };
    if user.is_root() {
        return false;
    }
    let password = (user.password_enabled() == Ok(true)).then(|| user.password_last_used());
    let keys = [1, 2].map(|slot| user.access_key(slot));
    let keys = keys.iter().filter(|key| key.active() == Ok(true)).map(AccessKey::last_used);
    password.into_iter().chain(keys).filter_map(Result::ok).any(|used| wanted.contains(used, as_of))
}

/// What stands in the address for never used.
const NEVER: &str = "never";

/// What follows the days where never used counts, too.
const OR_NEVER: &str = "-or-never";

/// What stands in the address for a filter that is set or is not.
const YES: &str = "yes";

fn some<T>(list: &[T]) -> Option<&[T]> {
    (!list.is_empty()).then_some(list)
}

fn write_range(range: DayRange) -> String {
    let to = range.to.map_or_else(String::new, |to| to.to_string());
    format!("{}-{to}", range.from)
}

fn read_range(text: &str) -> Option<DayRange> {
    let (from, to) = text.split_once('-')?;
    let to = if to.is_empty() { None } else { Some(to.parse().ok()?) };
    Some(DayRange { from: from.parse().ok()?, to })
}

fn join<T: Copy>(values: &[T], name: fn(T) -> &'static str) -> String {
    values.iter().map(|value| name(*value)).collect::<Vec<_>>().join(",")
}

fn split<T: Copy>(text: &str, all: &[T], name: fn(T) -> &'static str) -> Vec<T> {
    text.split(',').filter_map(|part| all.iter().copied().find(|value| name(*value) == part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A query that sets every filter.
    fn full() -> Query {
        Query {
            search: "alice".to_owned(),
            severities: vec![Severity::Critical],
            checks: CheckId::from_number(1).into_iter().collect(),
            accounts: vec!["123456789012".to_owned()],
            kinds: vec![Kind::Human],
            key_age: Some(DayRange { from: 91, to: None }),
            last_use: Some(LastUse::Never),
            console_mfa: Some(false),
            owners: vec!["Ann Lee".to_owned()],
            without_owner: true,
            leavers: true,
            changes: vec![Outcome::New],
            causes: vec![Cause::Aged],
            decisions: vec![DecisionFilter::Overdue],
            fine: true,
            ..Query::default()
        }
    }

    #[test]
    fn every_filter_is_set_cleared_and_named_by_itself() {
        let mut query = full();
        for (done, filter) in ALL.iter().enumerate() {
            assert_eq!(query.filters(), ALL.len() - done);
            (filter.clear)(&mut query);
            assert!(!filter.is_set(&query), "{}", filter.member.name);
            assert_eq!(ALL.iter().filter(|other| other.member.name == filter.member.name).count(), 1);
            let address = |filter: &Filter| filter.address.as_ref().map(|address| address.name);
            let same = ALL.iter().filter(|other| address(other) == address(filter)).count();
            assert!(same == 1 || filter.address.is_none());
        }
        assert_eq!(query, Query::default());
    }

    #[test]
    fn what_the_address_has_of_a_filter_sets_it_and_nothing_else() {
        for filter in ALL {
            let Some(address) = &filter.address else { continue };
            let mut query = Query::default();
            (address.read)(&mut query, &(address.write)(&full()));
            assert_eq!((filter.value)(&query), (filter.value)(&full()), "{}", address.name);
            assert_eq!(query.filters(), 1, "{}", address.name);
        }
    }
}
