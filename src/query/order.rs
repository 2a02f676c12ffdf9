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
/// They are put in order as far as somebody looks: the first page of a million rows takes one pass
/// over them, not twenty.
#[derive(Debug)]
pub(crate) struct Order {
    entries: Vec<Entry>,
    /// The part of them that is in order.
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
            order.entries.push((self.numbers.of(report.0, row, &user, all), row));
        }
    }
}

impl Order {
    /// Filters, and finds what to sort by. The room of a former order may be used again.
    pub(crate) fn new(compared: Reviewed<'_>, query: &Query, former: Option<Self>) -> Self {
        let Compared { inputs, assessment, .. } = *compared;
        let mut entries = former.map(|order| order.entries).unwrap_or_default();
        entries.clear();
        if !query.is_narrow() {
            entries.reserve(inputs.rows() as usize);
        }
        let findings = account_findings(compared, query).count() as u64;
        let others = query.without_choices();
        let is_counted = others.is_narrow();
        let choices =
            if is_counted { Choices::of_accounts(compared, &others) } else { Choices::of_all(assessment) };
        let mut order = Self { entries, settled: 0..0, findings, choices };
        let mut question = Question {
            compared,
            query,
            wanted: Wanted::new(compared, query),
            wanted_by_others: is_counted.then(|| Wanted::new(compared, &others)),
            others: &others,
            tests: UserTests::new(query, compared),
            numbers: SortNumbers::new(compared, query),
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
        order
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The rows, in no order.
    pub(crate) fn into_rows(self) -> Vec<RowId> {
        self.entries.into_iter().map(|(_, row)| row).collect()
    }

    /// The rows of a part, in order.
    fn rows(&mut self, inputs: &Inputs, query: &Query, part: Range<usize>) -> impl Iterator<Item = RowId> {
        if !self.settled.contains(&part.start) || part.end > self.settled.end {
            // The rest of the first page is asked for next.
            let end = if part.start == 0 { part.end.max(FEW.min(self.len())) } else { part.end };
            self.settled = part.start..end;
            let by_name = matches!(query.sort, SortKey::Name | SortKey::Account);
            let name = |row: RowId| inputs.user(row).map_or("", |user| user.name());
            settle(&mut self.entries, self.settled.clone(), |a, b| {
                let names = || {
                    let order = compare_ignoring_case(name(a.1), name(b.1));
                    if query.descending { order.reverse() } else { order }
                };
                let order = a.0.cmp(&b.0);
                let order = if by_name { order.then_with(names) } else { order };
                order.then(a.1.cmp(&b.1))
            });
        }
        self.entries[part].iter().map(|(_, row)| *row)
    }

    /// One page of cards.
    pub(crate) fn page(&mut self, compared: Reviewed<'_>, query: &Query) -> Cards {
        let Compared { inputs, assessment, .. } = *compared;
        let first = (query.offset as usize).min(self.len());
        let last = first.saturating_add(query.limit as usize).min(self.len());
        let shown: Vec<Finding> =
            account_findings(compared, query).take(Cards::ACCOUNT_FINDINGS).cloned().collect();
        Cards {
            total: assessment.users(),
            matching: self.len() as u32,
            findings: self.findings,
            choices: self.choices,
            offset: first as u32,
            cards: self.rows(inputs, query, first..last).filter_map(|row| Card::new(compared, row)).collect(),
            about_accounts: about_accounts(compared, query),
            account_histories: shown.iter().map(|finding| compared.account_history(finding)).collect(),
            account_findings: shown,
        }
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

/// So many entries at the beginning are found by one look at each of the others; a page of cards is not longer.
const FEW: usize = 64;

/// How many of the others are looked at in one call.
const PART: usize = 512;

/// Puts those of some entries that come before the last of the first ones in their places among these, in exchange
/// for that last one; the first ones are in order and stay so.
#[inline(never)]
fn exchange<T: Copy>(first: &mut [T], others: &mut [T], compare: &impl Fn(&T, &T) -> Ordering) {
    for other in others {
        let Some(last) = first.last_mut().filter(|last| compare(other, last).is_lt()) else { continue };
        let entry = std::mem::replace(other, *last);
        let place = first.partition_point(|before| compare(before, &entry).is_lt());
        first.copy_within(place..first.len() - 1, place + 1);
        first[place] = entry;
    }
}

/// Puts a part of the entries in order, as if all were sorted; what is before it and behind it stays
/// there, in no order.
fn settle<T: Copy>(entries: &mut [T], part: Range<usize>, compare: impl Fn(&T, &T) -> Ordering) {
    let (start, len) = (part.start, part.len());
    if len == 0 {
        return;
    }
    if start == 0 && len <= FEW {
        let (first, rest) = entries.split_at_mut(len);
        first.sort_unstable_by(&compare);
        rest.chunks_mut(PART).for_each(|part| exchange(first, part, &compare));
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
}
