//! The rows that a question matches, in order as far as somebody looks.

use std::cmp::Ordering;
use std::ops::Range;

use super::filter::account_findings;
use super::sort_number::SortNumbers;
use super::user_test::UserTests;
use super::wanted::Wanted;
use super::{AboutAccounts, Cards, Choices, Query, SortKey};
use crate::assessment::{Inputs, LoadedReport, RowId};
use crate::card::Card;
use crate::comparison::Compared;
use crate::finding::Finding;
use crate::report::{User, compare_ignoring_case, sorted};
use crate::review::Reviewed;

/// The rows that a question matches: the work of a question, kept for its pages.
///
/// They are gathered and put in order as far as somebody looks: the first page of a million rows takes one
/// pass over them, which keeps few.
#[derive(Debug)]
pub(crate) struct Order {
    /// All of them, or the first few.
    entries: Vec<Entry>,
    /// How many there are.
    matching: usize,
    /// The part of the entries that is in order.
    settled: Range<usize>,
    /// Findings, of users and accounts, that the question matches.
    pub(crate) findings: u64,
    choices: Choices,
}

/// A row, and a number to sort it by.
type Entry = ([u64; 2], RowId);

/// A question, ready to be asked of every user.
struct Question<'a> {
    compared: Reviewed<'a>,
    query: &'a Query,
    wanted: Wanted,
    /// The question without what the chips of the toolbar set; what they would show is counted by it.
    others: &'a Query,
    /// `None` where that is known without.
    wanted_by_others: Option<Wanted>,
    tests: UserTests<'a>,
    numbers: SortNumbers<'a>,
    ranking: Ranking<'a>,
    keeps: Keeps,
}

/// Which entries are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeps {
    /// The first [`FEW`], in order.
    First,
    /// All, in no order.
    All,
}

impl Question<'_> {
    /// Takes those of some users of a report, by number, that it matches. A call for each part of the users: an
    /// engine makes code faster that is called again.
    #[inline(never)]
    fn take(&self, report: (usize, &LoadedReport), users: &mut Vec<User<'_>>, order: &mut Order) {
        let (compared, assessment) = (self.compared, self.compared.assessment);
        for user in users.drain(..) {
            let row = report.1.row(user.index());
            let Some(all) = assessment.verdicts(row) else { continue };
            if let Some(wanted) = self.wanted_by_others
                && let Some(verdicts) = wanted.of(compared, self.others, (report.0, &user), all)
            {
                order.choices.count(assessment, verdicts);
            }
            let Some(verdicts) = self.wanted.of(compared, self.query, (report.0, &user), all) else {
                continue;
            };
            order.findings += u64::from(verdicts.fails.count_ones());
            order.matching += 1;
            let entry = (self.numbers.of(report.0, row, &user, all), row);
            match self.keeps {
                Keeps::All => order.entries.push(entry),
                Keeps::First => keep_first(&mut order.entries, entry, |a, b| self.ranking.compare(a, b)),
            }
        }
    }
}

impl Order {
    /// Filters, and finds the first rows.
    pub(crate) fn new(compared: Reviewed<'_>, query: &Query) -> Self {
        Self::gather(compared, query, Keeps::First)
    }

    /// All rows that a question matches, in no order.
    pub(crate) fn all_rows(compared: Reviewed<'_>, query: &Query) -> Vec<RowId> {
        let order = Self::gather(compared, query, Keeps::All);
        order.entries.into_iter().map(|(_, row)| row).collect()
    }

    fn gather(compared: Reviewed<'_>, query: &Query, keeps: Keeps) -> Self {
        let Compared { inputs, assessment, .. } = *compared;
        let mut entries = Vec::new();
        if keeps == Keeps::All && !query.is_narrow() {
            entries.reserve(inputs.rows() as usize);
        }
        let findings = account_findings(compared, query).count() as u64;
        let others = query.without_choices();
        let is_counted = others.is_narrow();
        let choices =
            if is_counted { Choices::of_accounts(compared, &others) } else { Choices::of_all(assessment) };
        let mut order = Self { entries, matching: 0, settled: 0..0, findings, choices };
        let mut question = Question {
            compared,
            query,
            wanted: Wanted::new(compared, query),
            wanted_by_others: is_counted.then(|| Wanted::new(compared, &others)),
            others: &others,
            tests: UserTests::new(query, compared),
            numbers: SortNumbers::new(compared, query),
            ranking: Ranking::new(inputs, query),
            keeps,
        };
        for (number, loaded) in inputs.reports().iter().enumerate() {
            question.tests.open(loaded);
            let mut users = Vec::new();
            for part in loaded.report.users_in_parts() {
                users.extend(part);
                question.tests.retain(&mut users);
                question.take((number, loaded), &mut users, &mut order);
            }
        }
        if keeps == Keeps::First {
            order.settled = 0..order.entries.len();
        }
        order
    }

    /// The rows of a part, in order.
    fn rows(
        &mut self,
        compared: Reviewed<'_>,
        query: &Query,
        part: Range<usize>,
    ) -> impl Iterator<Item = RowId> {
        if part.end > self.entries.len() {
            *self = Self::gather(compared, query, Keeps::All);
        }
        if !self.settled.contains(&part.start) || part.end > self.settled.end {
            self.settled = part.clone();
            let ranking = Ranking::new(compared.inputs, query);
            settle(&mut self.entries, part.clone(), |a, b| ranking.compare(a, b));
        }
        self.entries[part].iter().map(|(_, row)| *row)
    }

    /// One page of cards.
    pub(crate) fn page(&mut self, compared: Reviewed<'_>, query: &Query) -> Cards {
        let assessment = compared.assessment;
        let first = (query.offset as usize).min(self.matching);
        let last = first.saturating_add(query.limit as usize).min(self.matching);
        let shown: Vec<Finding> =
            account_findings(compared, query).take(Cards::ACCOUNT_FINDINGS).cloned().collect();
        Cards {
            total: assessment.users(),
            matching: self.matching as u32,
            findings: self.findings,
            choices: self.choices,
            offset: first as u32,
            cards: self
                .rows(compared, query, first..last)
                .filter_map(|row| Card::new(compared, row))
                .collect(),
            about_accounts: about_accounts(compared, query),
            account_histories: shown.iter().map(|finding| compared.account_history(finding)).collect(),
            account_findings: shown,
        }
    }
}

/// How entries are ordered: by number, by name where that is asked for, by row.
struct Ranking<'a> {
    inputs: &'a Inputs,
    by_name: bool,
    descending: bool,
}

impl<'a> Ranking<'a> {
    fn new(inputs: &'a Inputs, query: &Query) -> Self {
        let by_name = matches!(query.sort, SortKey::Name | SortKey::Account);
        Self { inputs, by_name, descending: query.descending }
    }

    #[inline(always)]
    fn compare(&self, a: &Entry, b: &Entry) -> Ordering {
        let order = a.0.cmp(&b.0);
        let order = if self.by_name { order.then_with(|| self.by_names(a.1, b.1)) } else { order };
        order.then(a.1.cmp(&b.1))
    }

    fn by_names(&self, a: RowId, b: RowId) -> Ordering {
        let name = |row: RowId| self.inputs.user(row).map_or("", |user| user.name());
        let order = compare_ignoring_case(name(a), name(b));
        if self.descending { order.reverse() } else { order }
    }
}

/// The rows with accepted findings that a question matches, in order.
pub(crate) fn accepted_rows(reviewed: Reviewed<'_>, query: &Query) -> Vec<RowId> {
    let Compared { inputs, assessment, .. } = *reviewed;
    let wanted = Wanted::new(reviewed, query);
    let mut tests = UserTests::new(query, reviewed);
    let mut opened = None;
    let mut users = Vec::new();
    let is_asked = |row: &RowId| {
        let Some((report, user)) = inputs.numbered_user(*row) else { return false };
        if opened != Some(report)
            && let Some(loaded) = inputs.report_of(*row)
        {
            tests.open(loaded);
            opened = Some(report);
        }
        users.push(user);
        tests.retain(&mut users);
        users.pop().is_some_and(|user| {
            wanted.of(reviewed, query, (report, &user), assessment.accepted(*row)).is_some()
        })
    };
    assessment.accepted_rows().filter(is_asked).collect()
}

/// The checks about whole accounts that fail, in table order.
fn about_accounts(compared: Reviewed<'_>, query: &Query) -> Vec<AboutAccounts> {
    let of = compared.assessment.number_of_accounts();
    let mut about: Vec<AboutAccounts> = Vec::new();
    for finding in account_findings(compared, query) {
        let (check, severity) = (finding.check, finding.severity);
        match about.iter_mut().find(|entry| entry.check == check) {
            Some(entry) => {
                entry.failed += 1;
                entry.severity = entry.severity.max(severity);
            }
            None => about.push(AboutAccounts { check, severity, failed: 1, of }),
        }
    }
    sorted::sort_by_key(&mut about, |entry| entry.check);
    about
}

/// How many entries are kept of a question that is new; a page of cards is not longer.
const FEW: usize = 64;

/// Keeps an entry if it is among the first; those that are kept are in order.
#[inline(always)]
fn keep_first<T>(first: &mut Vec<T>, entry: T, compare: impl Fn(&T, &T) -> Ordering) {
    if first.get(FEW - 1).is_none_or(|last| compare(&entry, last).is_lt()) {
        insert(first, entry, compare);
    }
}

#[inline(never)]
fn insert<T>(first: &mut Vec<T>, entry: T, compare: impl Fn(&T, &T) -> Ordering) {
    first.truncate(FEW - 1);
    let place = first.partition_point(|before| compare(before, &entry).is_lt());
    first.insert(place, entry);
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
    fn the_first_are_what_they_are_when_all_are_sorted() {
        for number in [0, 1, FEW - 1, FEW, FEW + 1, 200] {
            let entries = (0..number).map(|n| (n.wrapping_mul(2_654_435_761) % 61, n));
            let mut first = Vec::new();
            for entry in entries.clone() {
                keep_first(&mut first, entry, Ord::cmp);
            }
            let mut sorted: Vec<_> = entries.collect();
            sorted.sort_unstable();
            sorted.truncate(FEW);
            assert_eq!(first, sorted);
        }
    }
}
