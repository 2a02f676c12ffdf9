//! The problems of a result: its checks, area by area, the worst first, as far as a query is about them.

use std::cmp::Reverse;

use crate::assessment::CheckTally;
use crate::checks::{Area, CheckId, Severity};
use crate::finding::Finding;
use crate::query::{Cards, Query};
use crate::report::sorted;

/// The checks of an area that the filters [by finding](Query::by_finding) leave: those that are on first, of
/// these the worst first.
pub fn of_area(checks: &[CheckTally], area: Area, filter: &Query) -> Vec<CheckTally> {
    let mut tallies: Vec<CheckTally> = checks
        .iter()
        .filter(|tally| tally.check.check().area == area && is_wanted(tally, filter))
        .copied()
        .collect();
    sorted::sort_by_key(&mut tallies, |tally| (!tally.on, Reverse(tally.by_severity.worst())));
    tallies
}

/// The checks that failed, the worst first, and of these those with the most findings.
pub fn failed(checks: &[CheckTally]) -> Vec<CheckTally> {
    let mut failed: Vec<CheckTally> = checks.iter().filter(|tally| tally.failed > 0).copied().collect();
    sorted::sort_by_key(&mut failed, |tally| (Reverse(tally.by_severity.worst()), Reverse(tally.failed)));
    failed
}

/// Whether a check has findings that a filter asks for, or nothing is filtered.
fn is_wanted(tally: &CheckTally, filter: &Query) -> bool {
    let mut severities = Severity::ALL.into_iter().filter(|severity| tally.by_severity.of(*severity) > 0);
    !filter.is_narrow() || severities.any(|severity| filter.includes(tally.check, severity))
}

/// The accounts that a check about accounts concerns.
pub fn accounts(findings: &[Finding], check: CheckId) -> Vec<String> {
    let concerned = findings.iter().filter(|finding| finding.check == check);
    concerned.filter_map(|finding| finding.account.clone()).collect()
}

/// Each check that failed on a page of cards, in table order, with the worst severity that it has there.
pub fn on_page(cards: &Cards) -> Vec<(CheckId, Severity)> {
    let of_users = cards.cards.iter().flat_map(|card| &card.findings);
    let mut worst: Vec<(CheckId, Severity)> = Vec::new();
    for finding in of_users.chain(&cards.account_findings) {
        match worst.iter_mut().find(|(check, _)| *check == finding.check) {
            Some((_, severity)) => *severity = finding.severity.max(*severity),
            None => worst.push((finding.check, finding.severity)),
        }
    }
    sorted::sort(&mut worst);
    worst
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{self, BySeverity};

    /// Tallies of these checks, by number: with one finding of such a severity, passed, or off.
    fn tallies(states: &[(usize, Result<Option<Severity>, ()>)]) -> Vec<CheckTally> {
        let tally = |&(number, state): &(usize, Result<Option<Severity>, ()>)| {
            let mut by_severity = BySeverity::default();
            if let Ok(Some(severity)) = state {
                by_severity.add(severity, 1);
            }
            CheckTally {
                check: CheckId::from_number(number).unwrap(),
                on: state.is_ok(),
                passed: u64::from(state == Ok(None)),
                failed: by_severity.total(),
                not_applicable: 0,
                not_judged: 0,
                users: 0,
                by_severity,
            }
        };
        states.iter().map(tally).collect()
    }

    fn numbers(tallies: &[CheckTally]) -> Vec<usize> {
        tallies.iter().map(|tally| tally.check.number()).collect()
    }

    /// The numbers of the first checks of an area.
    fn of(area: Area) -> [usize; 4] {
        let mut numbers = checks::ids().filter(|id| id.check().area == area).map(CheckId::number);
        std::array::from_fn(|_| numbers.next().unwrap())
    }

    #[test]
    fn the_worst_comes_first_then_what_passed_then_what_is_off() {
        let [a, b, c, d] = of(Area::Rotation);
        let other = of(Area::LastUse)[0];
        let all = tallies(&[
            (a, Err(())),
            (b, Ok(None)),
            (other, Ok(Some(Severity::Critical))),
            (c, Ok(Some(Severity::Low))),
            (d, Ok(Some(Severity::High))),
        ]);
        assert_eq!(numbers(&of_area(&all, Area::Rotation, &Query::default())), [d, c, b, a]);
    }

    #[test]
    fn of_the_checks_that_failed_the_worst_comes_first() {
        let [a, b, c, _] = of(Area::Rotation);
        let other = of(Area::LastUse)[0];
        let all = tallies(&[
            (a, Ok(Some(Severity::Low))),
            (b, Ok(None)),
            (c, Err(())),
            (other, Ok(Some(Severity::High))),
        ]);
        assert_eq!(numbers(&failed(&all)), [other, a]);
    }

    #[test]
    fn a_filter_leaves_the_checks_with_findings_that_it_asks_for() {
        let [a, b, c, _] = of(Area::Rotation);
        let all = tallies(&[(a, Ok(Some(Severity::Low))), (b, Ok(Some(Severity::High))), (c, Ok(None))]);
        let left = |query: Query| numbers(&of_area(&all, Area::Rotation, &query.by_finding()));
        assert_eq!(left(Query { severities: vec![Severity::Low], ..Query::default() }), [a]);
        let checks = vec![CheckId::from_number(b).unwrap(), CheckId::from_number(c).unwrap()];
        assert_eq!(left(Query { checks, ..Query::default() }), [b]);
        assert!(left(Query { fine: true, ..Query::default() }).is_empty());
    }

    #[test]
    fn search_and_accounts_hide_no_problem() {
        let [a, b, _, _] = of(Area::Rotation);
        let all = tallies(&[(a, Ok(Some(Severity::Low))), (b, Ok(None))]);
        let query = Query {
            search: "alice".to_owned(),
            accounts: vec!["123456789012".to_owned()],
            ..Query::default()
        };
        assert_eq!(numbers(&of_area(&all, Area::Rotation, &query.by_finding())), [a, b]);
    }
}
