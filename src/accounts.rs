//! The accounts of a result: searched, sorted, a page at a time.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::assessment::AccountSummary;
use crate::checks::Severity;
use crate::comparison::{Compared, Outcome};
use crate::query::{AccountTerms, Order, Query, SortKey, account_findings};
use crate::report::{Timestamp, sorted};
use crate::review::Reviewed;

/// By what accounts are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountSort {
    /// The number of critical findings, then high, and so on.
    #[default]
    Findings,
    /// The number of the account.
    Account,
    /// The number of users.
    Users,
    /// Whether root has MFA.
    RootMfa,
    /// The active access keys of root.
    RootKeys,
    /// When root was last used.
    RootUse,
    /// The share of console users with MFA.
    Mfa,
    /// The number of active keys beyond the limit.
    OldKeys,
    /// The age of the oldest active key.
    OldestKey,
    /// The time of the report.
    ReportTime,
    /// The number of findings that are new since the earlier report, then of those that were resolved.
    Changes,
}

impl AccountSort {
    /// Every one, in the order of the table's columns.
    pub const ALL: [Self; 11] = [
        Self::Account,
        Self::Users,
        Self::Findings,
        Self::RootMfa,
        Self::RootKeys,
        Self::RootUse,
        Self::Mfa,
        Self::OldKeys,
        Self::OldestKey,
        Self::ReportTime,
        Self::Changes,
    ];

    /// The name in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Findings => "findings",
            Self::Account => "account",
            Self::Users => "users",
            Self::RootMfa => "root-mfa",
            Self::RootKeys => "root-keys",
            Self::RootUse => "root-use",
            Self::Mfa => "mfa",
            Self::OldKeys => "old-keys",
            Self::OldestKey => "oldest-key",
            Self::ReportTime => "report-time",
            Self::Changes => "changes",
        }
    }

    /// Whether a person expects the largest first: worst, most, oldest, newest.
    pub fn descends_at_first(self) -> bool {
        !matches!(self, Self::Account | Self::RootMfa | Self::Mfa | Self::ReportTime)
    }

    /// The numbers to sort an account by; `None` where there is nothing to compare, which comes last.
    fn key(self, row: &AccountRow) -> Option<[u64; 5]> {
        let account = &row.summary;
        let one = |number: u64| Some([number, 0, 0, 0, 0]);
        match self {
            Self::Findings => Some(Severity::ALL.map(|severity| account.by_severity.of(severity))),
            Self::Account => account.account.parse().ok().and_then(one),
            Self::Users => one(account.users.into()),
            Self::RootMfa => account.root_mfa.map(u64::from).and_then(one),
            Self::RootKeys => account.has_root.then_some(account.root_keys.into()).and_then(one),
            Self::RootUse => account.root_used.and_then(|time| one(time.unix().max(0) as u64)),
            Self::Mfa => row.mfa_share().and_then(one),
            Self::OldKeys => one(account.keys_over.into()),
            Self::OldestKey => account.oldest_key_days.and_then(|days| one(days.into())),
            Self::ReportTime => one(row.as_of.unix().max(0) as u64),
            Self::Changes => row.changes.map(|changes| [changes.new, changes.resolved, 0, 0, 0]),
        }
    }
}

/// A question about accounts. Search, severities, accounts, and that there are no findings count of the
/// account; the other filters of a [`Query`] find accounts with a user, or a finding, that matches all of
/// them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountQuery {
    /// By what to sort.
    pub sort: AccountSort,
    /// Whether the largest comes first.
    pub descending: bool,
    /// Parts of account numbers, with or without hyphens, or of names, apart by spaces; all must occur.
    pub search: String,
    /// Accounts with a finding of one of these severities.
    pub severities: Vec<Severity>,
    /// These accounts.
    pub accounts: Vec<String>,
    /// Only accounts without any finding.
    pub fine: bool,
    /// Accounts with a user or a finding about the account that matches this.
    pub users: Option<Box<Query>>,
    /// How many accounts to skip.
    pub offset: u32,
    /// How many accounts to return at the most.
    pub limit: u32,
}

impl AccountQuery {
    /// Takes the filters of a query.
    #[must_use]
    pub fn filtered_by(mut self, query: &Query) -> Self {
        self.search.clone_from(&query.search);
        self.severities.clone_from(&query.severities);
        self.accounts.clone_from(&query.accounts);
        self.fine = query.fine;
        let users = Query {
            search: String::new(),
            accounts: Vec::new(),
            ..Query { sort: SortKey::default(), descending: false, offset: 0, limit: 0, ..query.clone() }
        };
        let own = Query { severities: Vec::new(), fine: false, ..users.clone() };
        self.users = own.is_narrow().then(|| Box::new(users));
        self
    }

    /// Whether it asks what became of findings since the earlier report.
    pub fn asks_for_changes(&self) -> bool {
        self.sort == AccountSort::Changes || self.users.as_ref().is_some_and(|users| users.asks_for_changes())
    }

    fn includes(&self, terms: &AccountTerms, account: &AccountSummary, name: Option<&str>) -> bool {
        terms.are_in(&account.account, name)
            && (self.accounts.is_empty() || self.accounts.contains(&account.account))
            && (self.severities.is_empty()
                || self.severities.iter().any(|severity| account.by_severity.of(*severity) > 0))
            && (!self.fine || account.by_severity.total() == 0)
    }
}

/// An account of the result, with the time of its report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// What is counted for it.
    pub summary: AccountSummary,
    /// What it is called, where a file of accounts says so.
    pub name: Option<String>,
    /// The name of the file that it came from.
    pub file: String,
    /// The time of its report.
    pub as_of: Timestamp,
    /// What became of its findings since the earlier report; `None` without one.
    pub changes: Option<AccountChangeCounts>,
}

/// How many findings of an account are new since the earlier report, and how many were resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChangeCounts {
    /// Those that are new.
    pub new: u64,
    /// Those that were resolved.
    pub resolved: u64,
}

impl AccountRow {
    /// How many console users, root aside, there are.
    pub fn console_users(&self) -> u32 {
        let account = &self.summary;
        account.mfa_with + account.mfa_without + account.mfa_unknown
    }

    /// The share of console users with MFA, in thousandths; `None` where there are none.
    fn mfa_share(&self) -> Option<u64> {
        (u64::from(self.summary.mfa_with) * 1000).checked_div(self.console_users().into())
    }
}

/// A page of accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// All accounts of the result.
    pub total: u32,
    /// Those that the question matches.
    pub matching: u32,
    /// How many of these were skipped.
    pub offset: u32,
    /// The accounts of this page, in order.
    pub rows: Vec<AccountRow>,
}

impl Accounts {
    /// Answers a question.
    pub(crate) fn new(compared: Reviewed<'_>, query: &AccountQuery) -> Self {
        let Compared { inputs, assessment, comparison } = *compared;
        let with_users = query.users.as_deref().map(|users| with_users(compared, users));
        let is_left = |account: &AccountSummary| {
            with_users.as_ref().is_none_or(|accounts| accounts.contains(&account.account))
        };
        let terms = AccountTerms::new(&query.search);
        let name = |account: &AccountSummary| compared.organization.and_then(|of| of.name(&account.account));
        let all = assessment.accounts(inputs);
        let total = all.len() as u32;
        let mut rows: Vec<AccountRow> = all
            .into_iter()
            .filter(|account| query.includes(&terms, account, name(account)) && is_left(account))
            .filter_map(|summary| {
                let loaded = inputs.reports().get(summary.input as usize)?;
                let of_account = comparison.and_then(|of| of.named((&summary.account, &summary.partition)));
                let changes = of_account.map(|of| AccountChangeCounts {
                    new: of.summary().of(Outcome::New),
                    resolved: of.summary().of(Outcome::Resolved),
                });
                Some(AccountRow {
                    changes,
                    name: name(&summary).map(str::to_owned),
                    file: loaded.report.file().name.clone(),
                    as_of: loaded.report.as_of().0,
                    summary,
                })
            })
            .collect();
        // Those of equal rank stay in the order of their numbers.
        sorted::sort_by(&mut rows, |a, b| {
            let order = |a: [u64; 5], b: [u64; 5]| if query.descending { b.cmp(&a) } else { a.cmp(&b) };
            match (query.sort.key(a), query.sort.key(b)) {
                (Some(a), Some(b)) => order(a, b),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => Ordering::Equal,
            }
        });
        let matching = rows.len() as u32;
        let offset = query.offset.min(matching);
        let rows = rows.into_iter().skip(offset as usize).take(query.limit as usize).collect();
        Self { total, matching, offset, rows }
    }
}

/// The accounts of users, and of findings about accounts, that a query matches.
fn with_users(compared: Reviewed<'_>, query: &Query) -> FxHashSet<String> {
    let mut accounts: FxHashSet<String> =
        account_findings(compared, query).filter_map(|finding| finding.account.clone()).collect();
    // Users of one account stand together in a report.
    let mut last = String::new();
    for row in Order::all_rows(compared, query) {
        let Some(user) = compared.inputs.user(row) else { continue };
        let account = user.account().unwrap_or_default();
        if account != last || accounts.is_empty() {
            account.clone_into(&mut last);
            accounts.insert(account.to_owned());
        }
    }
    accounts
}
