//! Which users to show: sort, filter, search, page.

use std::cmp::Ordering;
use std::ops::Range;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::assessment::{Assessment, Inputs, Kind, LoadedReport, RowVerdicts, kind};
use crate::card::Card;
use crate::checks::{BySeverity, CheckId, Severity};
use crate::comparison::{Comparison, Outcome};
use crate::finding::Finding;
use crate::histogram::DayRange;
use crate::report::{Report, Timestamp, User, compare_ignoring_case};

/// By what users are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortKey {
    /// The number of critical findings, then high, and so on.
    #[default]
    Severity,
    /// The name, ignoring case.
    Name,
    /// Account, then name.
    Account,
    /// When the user was made.
    Creation,
    /// The age of the oldest active access key.
    KeyAge,
    /// The newest use of password or keys.
    LastActivity,
    /// The time since an enabled password was changed.
    PasswordAge,
}

impl SortKey {
    /// Every key, the one in force at first first.
    pub const ALL: [Self; 7] = [
        Self::Severity,
        Self::Name,
        Self::Account,
        Self::Creation,
        Self::KeyAge,
        Self::LastActivity,
        Self::PasswordAge,
    ];

    /// The name in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Name => "name",
            Self::Account => "account",
            Self::Creation => "creation",
            Self::KeyAge => "key-age",
            Self::LastActivity => "last-activity",
            Self::PasswordAge => "password-age",
        }
    }

    /// Whether a person expects the largest first: worst, oldest, newest.
    pub fn descends_at_first(self) -> bool {
        matches!(self, Self::Severity | Self::KeyAge | Self::LastActivity | Self::PasswordAge)
    }
}

/// How long a credential has been idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Idle {
    /// Last used so many days ago.
    Days(DayRange),
    /// Never used.
    Never,
    /// Last used so many days ago or more, or never used.
    AtLeast(u32),
}

/// A question about the users of the result. What is empty or `None` does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// By what to sort.
    pub sort: SortKey,
    /// Whether the largest comes first.
    pub descending: bool,
    /// The words to look for in name, ARN and account, ignoring case; all must occur.
    pub search: String,
    /// Users with a finding of one of these severities.
    pub severities: Vec<Severity>,
    /// Users with a finding of one of these checks.
    pub checks: Vec<CheckId>,
    /// Users of these accounts.
    pub accounts: Vec<String>,
    /// Users of these kinds.
    pub kinds: Vec<Kind>,
    /// Users with an active access key of such an age.
    pub key_age: Option<DayRange>,
    /// Users with an enabled password or active key that is idle so long.
    pub idle: Option<Idle>,
    /// Users with an enabled console password, with (`true`) or without (`false`) MFA.
    pub console_mfa: Option<bool>,
    /// Users with a finding that is new, or that is unchanged, since the earlier report.
    pub changes: Vec<Outcome>,
    /// Only users without any finding.
    pub fine: bool,
    /// How many users to skip.
    pub offset: u32,
    /// How many users to return at the most.
    pub limit: u32,
}

impl Query {
    /// Whether it narrows anything; sort and page do not count.
    pub fn is_narrow(&self) -> bool {
        self.filters() > 0
    }

    /// How many filters are in force, the search being one.
    pub fn filters(&self) -> usize {
        [
            !self.search.trim().is_empty(),
            !self.severities.is_empty(),
            !self.checks.is_empty(),
            !self.accounts.is_empty(),
            !self.kinds.is_empty(),
            self.key_age.is_some(),
            self.idle.is_some(),
            self.console_mfa.is_some(),
            !self.changes.is_empty(),
            self.fine,
        ]
        .into_iter()
        .filter(|&on| on)
        .count()
    }

    /// Whether a finding is among those that the question is about.
    pub fn includes(&self, check: CheckId, severity: Severity) -> bool {
        (self.severities.is_empty() || self.severities.contains(&severity))
            && (self.checks.is_empty() || self.checks.contains(&check))
            && !self.fine
    }
}

/// What asking for a severity, or for users without findings, would show beside the other filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Findings, of users and accounts, by severity.
    pub by_severity: BySeverity,
    /// Users without any finding.
    pub fine: u32,
}

/// The answer to a [`Query`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cards {
    /// All users of the result.
    pub total: u32,
    /// Those that the question matches.
    pub matching: u32,
    /// The findings, of users and accounts, that the question matches.
    pub findings: u64,
    /// What each severity would show beside the other filters.
    pub choices: Choices,
    /// How many matching users were skipped.
    pub offset: u32,
    /// The users of this page, in order.
    pub cards: Vec<Card>,
    /// The findings about whole accounts that the question matches.
    pub account_findings: Vec<Finding>,
}

/// The rows that a question matches: the work of a question, kept for its pages.
///
/// They are put in order as far as somebody looks: the first page of a million rows takes one pass
/// over them, not twenty.
#[derive(Debug)]
pub(crate) struct Order {
    entries: Vec<Entry>,
    /// Findings, of users and accounts, that the question matches.
    pub(crate) findings: u64,
    choices: Choices,
}

/// A row, and a number to sort it by.
type Entry = ([u64; 2], u32);

impl Choices {
    /// What asking would show of the whole result.
    fn of_all(assessment: &Assessment) -> Self {
        let totals = assessment.totals();
        Self { by_severity: totals.by_severity, fine: totals.users - totals.users_with_findings }
    }

    /// Adds a user whom the other filters leave.
    fn count(&mut self, assessment: &Assessment, verdicts: RowVerdicts, query: &Query) {
        if verdicts.fails == 0 {
            self.fine += u32::from(query.checks.is_empty() && query.changes.is_empty());
            return;
        }
        let shown =
            if query.checks.is_empty() { verdicts } else { assessment.select(verdicts, &query.checks, &[]) };
        for (severity, count) in Severity::ALL.into_iter().zip(assessment.severity_counts(shown)) {
            self.by_severity.add(severity, count.into());
        }
    }
}

impl Order {
    /// Filters, and finds what to sort by. The room of a former order may be used again.
    pub(crate) fn new(
        inputs: &Inputs,
        assessment: &Assessment,
        comparison: Option<&Comparison>,
        query: &Query,
        former: Option<Self>,
    ) -> Self {
        let mut entries = former.map(|order| order.entries).unwrap_or_default();
        entries.clear();
        if !query.is_narrow() {
            entries.reserve(inputs.rows() as usize);
        }
        let mut findings = account_findings(assessment, comparison, query).count() as u64;
        // What the severities do not decide.
        let others = Query { severities: Vec::new(), fine: false, ..query.clone() };
        let is_counted = others.is_narrow();
        let mut choices = Choices::of_all(assessment);
        if is_counted {
            choices = Choices::default();
            for finding in account_findings(assessment, comparison, &others) {
                choices.by_severity.add(finding.severity, 1);
            }
        }
        let terms = terms(&query.search);
        let by_finding =
            !query.severities.is_empty() || !query.checks.is_empty() || !query.changes.is_empty();
        let keys = Keys::new(inputs, assessment, query);
        let wanted = query.wanted_accounts();
        for (number, loaded) in inputs.reports().iter().enumerate() {
            let accounts: Vec<bool> = loaded
                .report
                .accounts()
                .iter()
                .map(|account| wanted.is_empty() || wanted.contains(account.id.as_str()))
                .collect();
            let search = Search::new(&terms, &loaded.report);
            for user in loaded.report.users() {
                let Some(verdicts) = assessment.verdicts(number, user.index()) else { continue };
                if !accounts[user.account_number() as usize]
                    || !search.matches(&user)
                    || !query.matches_facts(&user, assessment.as_of())
                {
                    continue;
                }
                let verdicts = query.of_changes(comparison, number, &user, verdicts);
                if is_counted {
                    choices.count(assessment, verdicts, query);
                }
                let selected = if by_finding {
                    assessment.select(verdicts, &query.checks, &query.severities)
                } else {
                    verdicts
                };
                if (by_finding && selected.fails == 0) || (query.fine && verdicts.fails != 0) {
                    continue;
                }
                findings += u64::from(selected.fails.count_ones());
                entries.push((keys.of(number, &user), loaded.first_row + user.index()));
            }
        }
        Self { entries, findings, choices }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The rows, in no order.
    pub(crate) fn into_rows(self) -> Vec<u32> {
        self.entries.into_iter().map(|(_, row)| row).collect()
    }

    /// The rows of a part, in order.
    fn rows(&mut self, inputs: &Inputs, query: &Query, part: Range<usize>) -> impl Iterator<Item = u32> {
        let by_name = matches!(query.sort, SortKey::Name | SortKey::Account);
        let name = |row: u32| inputs.user(row).map_or("", |(_, user)| user.name());
        settle(&mut self.entries, part.clone(), |a, b| {
            let names = || {
                let order = compare_ignoring_case(name(a.1), name(b.1));
                if query.descending { order.reverse() } else { order }
            };
            let order = a.0.cmp(&b.0);
            let order = if by_name { order.then_with(names) } else { order };
            order.then(a.1.cmp(&b.1))
        });
        self.entries[part].iter().map(|(_, row)| *row)
    }

    /// One page of cards.
    pub(crate) fn page(
        &mut self,
        inputs: &Inputs,
        assessment: &Assessment,
        comparison: Option<&Comparison>,
        query: &Query,
    ) -> Cards {
        let first = (query.offset as usize).min(self.len());
        let last = first.saturating_add(query.limit as usize).min(self.len());
        Cards {
            total: assessment.users(),
            matching: self.len() as u32,
            findings: self.findings,
            choices: self.choices,
            offset: first as u32,
            cards: self
                .rows(inputs, query, first..last)
                .filter_map(|row| Card::new(inputs, assessment, row))
                .collect(),
            account_findings: account_findings(assessment, comparison, query).cloned().collect(),
        }
    }
}

/// The findings about accounts that a question matches.
pub(crate) fn account_findings<'a>(
    assessment: &'a Assessment,
    comparison: Option<&'a Comparison>,
    query: &'a Query,
) -> impl Iterator<Item = &'a Finding> {
    let about_users = !query.kinds.is_empty()
        || query.key_age.is_some()
        || query.idle.is_some()
        || query.console_mfa.is_some();
    let terms = terms(&query.search);
    let wanted = query.wanted_accounts();
    assessment.account_findings().iter().filter(move |finding| {
        let account = finding.account.as_deref().unwrap_or_default();
        !about_users
            && query.includes(finding.check, finding.severity)
            && (query.changes.is_empty() || is_of_changes(comparison, query, finding))
            && (wanted.is_empty() || wanted.contains(account))
            && terms.iter().all(|term| account.contains(term.as_str()))
    })
}

/// Whether a finding about an account is new or unchanged, as is asked.
fn is_of_changes(comparison: Option<&Comparison>, query: &Query, finding: &Finding) -> bool {
    let partition = finding.partition.as_deref().unwrap_or_default();
    let account = finding.account.as_deref().unwrap_or_default();
    let history = comparison.and_then(|of| of.account_history(account, partition, finding.check));
    history.is_some_and(|history| query.changes.contains(&history.outcome()))
}

impl SortKey {
    /// The number to sort a user by; `None` where there is none. Names go another way.
    fn key(self, assessment: &Assessment, report: usize, user: &User<'_>) -> Option<u64> {
        // Any moment of the calendar, as a number that sorts alike.
        let ordered = |time: Timestamp| (time.unix() as u64) ^ (1 << 63);
        let age = |time: Timestamp| {
            ordered(Timestamp::from_unix(assessment.as_of().unix().saturating_sub(time.unix())))
        };
        let keys = || [user.access_key(1), user.access_key(2)];
        match self {
            Self::Severity => {
                let counts = assessment.severity_counts(assessment.verdicts(report, user.index())?);
                Some(counts.iter().fold(0, |key, count| key << 8 | u64::from((*count).min(255))))
            }
            Self::Creation => user.created().ok().map(ordered),
            Self::KeyAge => keys()
                .iter()
                .filter(|key| key.active() == Ok(true))
                .filter_map(|key| key.created().ok().flatten())
                .map(age)
                .max(),
            Self::LastActivity => [user.password_last_used(), keys()[0].last_used(), keys()[1].last_used()]
                .into_iter()
                .filter_map(|used| used.ok().flatten())
                .map(ordered)
                .max(),
            Self::PasswordAge if user.is_root() || user.password_enabled() == Ok(true) => {
                user.password_last_changed().ok().flatten().map(age)
            }
            Self::PasswordAge | Self::Name | Self::Account => None,
        }
    }
}

impl Query {
    /// The accounts that are asked for, to be looked up: a person may pick thousands of them.
    fn wanted_accounts(&self) -> FxHashSet<&str> {
        self.accounts.iter().map(String::as_str).collect()
    }

    /// The part of the verdicts on a user whose findings are new or unchanged, as is asked.
    pub(crate) fn of_changes(
        &self,
        comparison: Option<&Comparison>,
        report: usize,
        user: &User<'_>,
        verdicts: RowVerdicts,
    ) -> RowVerdicts {
        if self.changes.is_empty() {
            return verdicts;
        }
        let mask =
            |of: &Comparison| of.mask(report as u32, user.account_number(), user.index(), &self.changes);
        verdicts.of(comparison.map_or(0, mask))
    }

    /// Whether a user is one of those that the filters on facts ask for.
    fn matches_facts(&self, user: &User<'_>, as_of: Timestamp) -> bool {
        if !self.kinds.is_empty() && !self.kinds.contains(&kind(user)) {
            return false;
        }
        if let Some(wanted) = self.console_mfa {
            let can_sign_in = !user.is_root() && user.password_enabled() == Ok(true);
            if !can_sign_in || user.mfa_active() != Ok(wanted) {
                return false;
            }
        }
        let active = |slot: u8| user.access_key(slot).active() == Ok(true);
        if let Some(range) = self.key_age
            && ![1, 2].into_iter().filter(|slot| active(*slot)).any(|slot| {
                let created = user.access_key(slot).created().ok().flatten();
                created.is_some_and(|created| range.contains(created.age_days(as_of)))
            })
        {
            return false;
        }
        if let Some(idle) = self.idle {
            if user.is_root() {
                return false;
            }
            let password = (user.password_enabled() == Ok(true)).then(|| user.password_last_used());
            let keys =
                [1, 2].into_iter().filter(|slot| active(*slot)).map(|slot| user.access_key(slot).last_used());
            return password.into_iter().chain(keys).any(|used| match (used, idle) {
                (Ok(None), Idle::Never | Idle::AtLeast(_)) => true,
                (Ok(Some(used)), Idle::Days(range)) => range.contains(used.age_days(as_of)),
                (Ok(Some(used)), Idle::AtLeast(days)) => used.age_days(as_of) >= days,
                _ => false,
            });
        }
        true
    }
}

/// The rank of the account that is not known.
const UNKNOWN: u32 = u32::MAX;

/// For each report and account of it the account's place in the order of all accounts.
fn account_ranks(inputs: &Inputs) -> Vec<Vec<u32>> {
    let ids =
        || inputs.reports().iter().flat_map(|loaded| loaded.report.accounts()).map(|account| &account.id);
    let mut sorted: Vec<&String> = ids().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let rank = |id: &String| {
        if id.is_empty() { UNKNOWN } else { sorted.partition_point(|other| *other < id) as u32 }
    };
    let of_report =
        |loaded: &LoadedReport| loaded.report.accounts().iter().map(|account| rank(&account.id)).collect();
    inputs.reports().iter().map(of_report).collect()
}

/// What makes the numbers by which rows are sorted.
struct Keys<'a> {
    assessment: &'a Assessment,
    sort: SortKey,
    descending: bool,
    /// Where accounts are sorted by, their ranks.
    ranks: Option<Vec<Vec<u32>>>,
}

impl<'a> Keys<'a> {
    fn new(inputs: &Inputs, assessment: &'a Assessment, query: &Query) -> Self {
        let ranks = (query.sort == SortKey::Account).then(|| account_ranks(inputs));
        Self { assessment, sort: query.sort, descending: query.descending, ranks }
    }

    fn of(&self, report: usize, user: &User<'_>) -> [u64; 2] {
        let turn = |key: u64| if self.descending { !key } else { key };
        if matches!(self.sort, SortKey::Name | SortKey::Account) {
            // Most names differ within their first letters, which compare as numbers.
            let (first, second) = first_letters(user.name());
            let rank = match &self.ranks {
                Some(ranks) => ranks[report][user.account_number() as usize],
                None => 0,
            };
            // What has no account comes last, whichever way the others go.
            let rank_first = if rank == UNKNOWN { UNKNOWN } else { turn(rank.into()) as u32 };
            return [u64::from(rank_first) << 32 | u64::from(turn(first.into()) as u32), turn(second)];
        }
        // So does what has no value.
        [self.sort.key(self.assessment, report, user).map_or(u64::MAX, turn), 0]
    }
}

/// The first four letters of a name in lower case, and the next eight, as numbers that sort alike.
fn first_letters(name: &str) -> (u32, u64) {
    let mut letters = [0; 12];
    for (letter, byte) in letters.iter_mut().zip(name.bytes()) {
        *letter = byte.to_ascii_lowercase();
    }
    let [a, b, c, d, rest @ ..] = letters;
    (u32::from_be_bytes([a, b, c, d]), u64::from_be_bytes(rest))
}

/// Puts a part of the entries in order, as if all were sorted; what is before it and behind it stays
/// there, in no order.
fn settle<T>(entries: &mut [T], part: Range<usize>, compare: impl Fn(&T, &T) -> Ordering) {
    let (start, len) = (part.start, part.len());
    if len == 0 {
        return;
    }
    if start > 0 {
        entries.select_nth_unstable_by(start, &compare);
    }
    let rest = &mut entries[start..];
    if len < rest.len() {
        rest.select_nth_unstable_by(len - 1, &compare);
    }
    rest[..len].sort_unstable_by(&compare);
}

/// The words of a search, in lower case.
fn terms(search: &str) -> Vec<String> {
    search.split_whitespace().map(str::to_lowercase).collect()
}

/// A search through one report: what its ARNs have in common is looked through once.
struct Search<'a> {
    terms: &'a [String],
    /// Whether each term may lie across the end of a prefix.
    across: Vec<bool>,
    /// For each place of the report, whether each term occurs in its prefix.
    in_prefix: Vec<Vec<bool>>,
}

impl<'a> Search<'a> {
    fn new(terms: &'a [String], report: &Report) -> Self {
        let in_prefix = if terms.is_empty() {
            Vec::new()
        } else {
            let within =
                |prefix: &str| terms.iter().map(|term| prefix.to_lowercase().contains(term)).collect();
            report.places().iter().map(|place| within(&place.prefix)).collect()
        };
        let across = terms.iter().map(|term| term.contains(['/', ':'])).collect();
        Self { terms, across, in_prefix }
    }

    fn matches(&self, user: &User<'_>) -> bool {
        self.terms.iter().enumerate().all(|(at, term)| {
            self.in_prefix[user.place_number() as usize][at]
                || contains_ignoring_case(user.name(), term)
                // A term may lie across the end of the prefix, or in an ARN that stands aside.
                || ((self.across[at] || user.place().prefix.is_empty())
                    && user.arn().is_some_and(|arn| arn.to_lowercase().contains(term)))
        })
    }
}

/// Whether a text contains a term that is in lower case.
fn contains_ignoring_case(text: &str, term: &str) -> bool {
    if !text.is_ascii() || !term.is_ascii() {
        return text.to_lowercase().contains(term);
    }
    let (text, term) = (text.as_bytes(), term.as_bytes());
    text.windows(term.len().max(1)).any(|window| window.eq_ignore_ascii_case(term)) || term.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_it_is_when_all_are_sorted() {
        let numbers: Vec<u32> = (0..200_u32).map(|n| n.wrapping_mul(2_654_435_761) % 61).collect();
        let entries: Vec<(u32, usize)> = numbers.into_iter().zip(0..).collect();
        let mut sorted = entries.clone();
        sorted.sort_unstable();
        for part in [0..0, 0..1, 0..48, 1..2, 48..96, 150..200, 199..200, 0..200, 200..200] {
            let mut some = entries.clone();
            // Settled before for another part, as when a person leafs through pages.
            settle(&mut some, 40..60, Ord::cmp);
            settle(&mut some, part.clone(), Ord::cmp);
            assert_eq!(some[part.clone()], sorted[part]);
        }
    }

    #[test]
    fn first_letters_sort_as_names_do() {
        let names = ["", "<root_account>", "A", "ab", "abcdefghijkl", "abcdefghijklm", "abcd", "Abce", "zoe"];
        for a in names {
            for b in names {
                let by_letters = first_letters(a).cmp(&first_letters(b));
                assert!(by_letters.is_eq() || by_letters == compare_ignoring_case(a, b), "{a} {b}");
            }
        }
    }
}
