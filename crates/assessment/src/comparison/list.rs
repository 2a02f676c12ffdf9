//! What became of findings, in order: a list of it, from which parts are taken.

use serde::{Deserialize, Serialize};

use super::Comparison;
use super::account::AccountComparison;
use super::compared::Compared;
use super::finding_change::FindingChange;
use super::outcome::{Cause, Outcome};
use super::summary::Summary;
use super::user_change::{ChangeKind, UserChange};
use crate::assessment::{Assessment, Inputs, RowId, RowVerdicts, Selection, bits};
use crate::checks::{CheckId, Severity};
use crate::report::{sorted, work};

/// A question about what became of findings. What is empty does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeQuery {
    /// Findings of these outcomes.
    pub outcomes: Vec<Outcome>,
    /// Findings of these causes.
    pub causes: Vec<Cause>,
    /// Findings of these accounts.
    pub accounts: Vec<String>,
    /// Findings of these checks.
    pub checks: Vec<CheckId>,
    /// Findings of these severities: of that now, else of that before.
    pub severities: Vec<Severity>,
    /// Users with these changes; it narrows users alone.
    pub users: Vec<ChangeKind>,
    /// The words to look for in name, ARN and account, ignoring case; all must occur.
    pub search: String,
    /// How many to skip.
    pub offset: u32,
    /// How many to return at the most.
    pub limit: u32,
}

impl ChangeQuery {
    /// Whether it leaves out findings or users of an account that it asks for.
    pub fn narrows_findings(&self) -> bool {
        !self.outcomes.is_empty()
            || !self.causes.is_empty()
            || !self.checks.is_empty()
            || !self.severities.is_empty()
            || !self.search.trim().is_empty()
    }

    fn terms(&self) -> Vec<String> {
        self.search.split_whitespace().map(str::to_lowercase).collect()
    }

    fn wants(&self, account: &str) -> bool {
        self.accounts.is_empty() || self.accounts.iter().any(|id| id == account)
    }

    fn includes(&self, check: CheckId, severity: Severity) -> bool {
        (self.checks.is_empty() || self.checks.contains(&check))
            && (self.severities.is_empty() || self.severities.contains(&severity))
    }

    fn asks_for(&self, outcome: Outcome) -> bool {
        let of_causes = self.causes.iter().any(|cause| cause.outcome() == outcome);
        (self.outcomes.is_empty() || self.outcomes.contains(&outcome))
            && (self.causes.is_empty() || of_causes)
    }
}

/// What became of findings: by outcome, then by severity, worst first, then by account, ARN and check.
#[derive(Debug)]
pub struct ChangeList {
    /// The verdicts of each severity, worst first.
    of_severity: [Selection; 5],
    outcomes: Vec<(Outcome, Vec<Entry>)>,
    /// How many findings there are.
    total: u64,
}

/// Findings of one outcome.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The account, by its place in the comparison.
    account: u32,
    /// Whether the entry before is about the same ARN.
    is_repeated: bool,
    about: About,
}

#[derive(Debug, Clone, Copy)]
enum About {
    /// A user, by number, and the verdicts.
    User { unit: u32, verdicts: RowVerdicts },
    /// The account as a whole.
    Account(CheckId),
}

/// A place in a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    outcome: usize,
    rank: usize,
    /// The next of the entries about one ARN, which are one in the order of findings: its first entry, the
    /// first behind it, and the bits of the verdicts whose findings are not all given.
    run: Run,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Run {
    first: usize,
    end: usize,
    left: u64,
    next: usize,
}

/// Findings that come next: those of one entry, of one severity.
struct Step {
    entry: Entry,
    verdicts: RowVerdicts,
    outcome: Outcome,
}

impl Step {
    fn len(&self) -> u64 {
        match self.entry.about {
            About::User { .. } => u64::from(self.verdicts.fails.count_ones()),
            About::Account(_) => 1,
        }
    }
}

impl ChangeList {
    /// The list that answers a question.
    pub fn new(compared: Compared<'_>, query: &ChangeQuery) -> Self {
        let accounts: Vec<u32> = compared.comparison.into_iter().flat_map(|of| of.wanted(query)).collect();
        Self::of_accounts(compared, &accounts, query)
    }

    /// The list of what a question matches in some accounts, by their places.
    pub fn of_accounts(compared: Compared<'_>, accounts: &[u32], query: &ChangeQuery) -> Self {
        let assessment = compared.assessment;
        let of_severity = Severity::ALL.map(|wanted| assessment.selection(|_, severity| severity == wanted));
        let mut list = Self { of_severity, outcomes: Vec::new(), total: 0 };
        for outcome in Outcome::ALL {
            let mut entries = Vec::new();
            if let Some(comparison) = compared.comparison.filter(|_| query.asks_for(outcome)) {
                for &account in accounts {
                    comparison.list(compared.inputs, assessment, query, (account, outcome), &mut entries);
                }
            }
            let len = |entry: &Entry| match entry.about {
                About::User { verdicts, .. } => u64::from(verdicts.fails.count_ones()),
                About::Account(_) => 1,
            };
            list.total += entries.iter().map(len).sum::<u64>();
            list.outcomes.push((outcome, entries));
        }
        list
    }

    /// How many findings there are.
    pub fn len(&self) -> u64 {
        self.total
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The findings of a part of the list.
    pub fn part(&self, compared: Compared<'_>, (offset, limit): (u32, u32)) -> Vec<FindingChange> {
        let (mut place, mut skip, mut part) = (Place::default(), u64::from(offset), Vec::new());
        while part.len() < limit as usize
            && let Some(step) = self.step(&mut place)
        {
            if step.len() <= skip {
                skip -= step.len();
                continue;
            }
            let findings = compared.changes_of(&step);
            part.extend(findings.into_iter().skip(std::mem::take(&mut skip) as usize));
        }
        part.truncate(limit as usize);
        part
    }

    /// The next few findings from a place on, which moves behind them; `None` at the end.
    pub fn next(&self, compared: Compared<'_>, place: &mut Place) -> Option<Vec<FindingChange>> {
        let step = self.step(place)?;
        Some(compared.changes_of(&step))
    }

    /// The numbers of the list, and of users with a change.
    pub fn summary(&self, compared: Compared<'_>, users: &[(u32, ChangeKind)]) -> Summary {
        let (mut summary, mut place) = (Summary::default(), Place::default());
        while let Some(changes) = self.next(compared, &mut place) {
            for change in changes {
                summary.count(change.outcome, change.cause, 1);
                if let Some(severity) = change.severity {
                    summary.by_severity.add(severity, 1);
                }
                if let Some(severity) = change.severity_before {
                    summary.by_severity_before.add(severity, 1);
                }
            }
        }
        for (_, change) in users {
            summary.count_user(*change);
        }
        summary
    }

    /// What comes next from a place on, which moves behind it.
    fn step(&self, place: &mut Place) -> Option<Step> {
        loop {
            let (outcome, entries) = self.outcomes.get(place.outcome)?;
            let Some(of_severity) = self.of_severity.get(place.rank) else {
                *place = Place { outcome: place.outcome + 1, ..Place::default() };
                continue;
            };
            let run = &mut place.run;
            if run.left == 0 {
                match Run::from(entries, run.end, |entry| entry.of_severity(*of_severity, place.rank)) {
                    Some(next) => *run = next,
                    None => *place = Place { rank: place.rank + 1, run: Run::default(), ..*place },
                }
                continue;
            }
            // Of several rows of one ARN the findings come by check and slot, then by row.
            let bits = if run.end - run.first == 1 { run.left } else { run.left & run.left.wrapping_neg() };
            let Some(entry) = entries.get(run.next).filter(|_| run.next < run.end) else {
                run.left &= !bits;
                run.next = run.first;
                continue;
            };
            run.next += 1;
            let verdicts = entry.of_severity(*of_severity, place.rank).of(bits);
            if verdicts.fails != 0 {
                return Some(Step { entry: *entry, verdicts, outcome: *outcome });
            }
        }
    }
}

impl Run {
    /// The entries about one ARN from an entry on.
    fn from(entries: &[Entry], first: usize, verdicts: impl Fn(&Entry) -> RowVerdicts) -> Option<Self> {
        let mut left = verdicts(entries.get(first)?).fails;
        let mut end = first + 1;
        while let Some(entry) = entries.get(end)
            && entry.is_repeated
        {
            work::step();
            left |= verdicts(entry).fails;
            end += 1;
        }
        Some(Self { first, end, left, next: first })
    }
}

impl Entry {
    /// The verdicts of one severity; of a finding about an account any bit stands for it.
    fn of_severity(&self, of_severity: Selection, rank: usize) -> RowVerdicts {
        work::step();
        match self.about {
            About::User { verdicts, .. } => of_severity.of(verdicts),
            About::Account(check) => {
                let is_of_it = check.check().severity.rank() == rank;
                RowVerdicts { fails: u64::from(is_of_it), escalated: 0 }
            }
        }
    }
}

/// Whether words, which are in small letters, occur in name, ARN or account of the user of a row.
fn has_terms(inputs: &Inputs, row: RowId, terms: &[String]) -> bool {
    if terms.is_empty() {
        return true;
    }
    let Some(user) = inputs.user(row) else { return false };
    let text = format!("{} {}", user.name(), user.arn().unwrap_or_default()).to_lowercase();
    terms.iter().all(|term| text.contains(term.as_str()))
}

impl Comparison {
    /// The accounts that a question asks for, by their places.
    pub fn wanted(&self, query: &ChangeQuery) -> impl DoubleEndedIterator<Item = u32> {
        let accounts = self.accounts().iter().enumerate();
        let wanted = accounts.filter(|(_, account)| query.wants(&account.account().id));
        wanted.map(|(place, _)| place as u32)
    }

    /// The users of an account with a change whom a question asks for, by number, in the order of ARNs.
    pub fn changed_users(
        &self,
        inputs: &Inputs,
        account: &AccountComparison,
        query: &ChangeQuery,
    ) -> Vec<(u32, ChangeKind)> {
        let terms = query.terms();
        let row = |number: u32| account.row_of_user(inputs, number).unwrap_or(RowId(u32::MAX));
        let is_wanted = |(number, change): &(u32, ChangeKind)| {
            (query.users.is_empty() || query.users.contains(change))
                && has_terms(inputs, row(*number), &terms)
        };
        let mut users: Vec<(u32, ChangeKind)> = account.changed_users().filter(is_wanted).collect();
        sorted::sort_by_key(&mut users, |(number, change)| (*change, *number));
        inputs.sort_by_arn(&mut users, |(number, _)| row(*number));
        users
    }

    /// How many users with a change a question matches, and those of its page.
    pub fn user_changes(
        &self,
        inputs: &Inputs,
        assessment: &Assessment,
        query: &ChangeQuery,
    ) -> (u64, Vec<UserChange>) {
        let (mut matching, mut page) = (0, Vec::new());
        let mut skip = query.offset as usize;
        for place in self.wanted(query) {
            let Some(account) = self.accounts().get(place as usize) else { continue };
            let users = self.changed_users(inputs, account, query);
            matching += users.len() as u64;
            let room = query.limit as usize - page.len();
            let shown = users.iter().skip(skip).take(room);
            page.extend(shown.filter_map(|user| self.user_change(inputs, assessment, account, *user)));
            skip = skip.saturating_sub(users.len());
        }
        (matching, page)
    }

    /// Adds to a list what a question matches in an account, of one outcome.
    fn list(
        &self,
        inputs: &Inputs,
        assessment: &Assessment,
        query: &ChangeQuery,
        (account, outcome): (u32, Outcome),
        entries: &mut Vec<Entry>,
    ) {
        let Some(of_account) = self.accounts().get(account as usize) else { return };
        let Some(comparing) = self.comparing(inputs, assessment, of_account) else { return };
        let has_cause = |cause: Option<Cause>| {
            query.causes.is_empty() || cause.is_some_and(|cause| query.causes.contains(&cause))
        };
        let selection = assessment.selection(|check, severity| query.includes(check, severity));
        let mut users: Vec<(u32, RowVerdicts)> = of_account.with_outcome(&comparing, outcome);
        for (unit, verdicts) in &mut users {
            *verdicts = selection.of(*verdicts);
            if !query.causes.is_empty() {
                let cause = |bit: &u32| has_cause(of_account.cause_of(&comparing, *unit, outcome, *bit));
                let mask = bits(verdicts.fails).filter(cause).fold(0, |mask, bit| mask | 1 << bit);
                *verdicts = verdicts.of(mask);
            }
        }
        let row = |unit: u32| of_account.row(inputs, unit, outcome).unwrap_or(RowId(u32::MAX));
        let terms = query.terms();
        users.retain(|(unit, verdicts)| verdicts.fails != 0 && has_terms(inputs, row(*unit), &terms));
        sorted::sort_by_key(&mut users, |(unit, _)| row(*unit));
        inputs.sort_by_arn(&mut users, |(unit, _)| row(*unit));
        // An account goes by the ARN of its root.
        let root = format!("arn:{}:iam::{}:root", of_account.account().partition, of_account.account().id);
        let is_before = |(unit, _): &(u32, RowVerdicts)| {
            let arn = inputs.user(row(*unit)).and_then(|user| user.arn());
            arn.is_none_or(|arn| arn <= root)
        };
        let split = users.partition_point(is_before);
        let mut last = None;
        let mut entry = |(unit, verdicts): (u32, RowVerdicts)| {
            let first = inputs.first_row_of_user(row(unit));
            let is_repeated = last.replace(first) == Some(first);
            Entry { account, is_repeated, about: About::User { unit, verdicts } }
        };
        let rest = users.split_off(split);
        entries.extend(users.into_iter().map(&mut entry));
        let is_asked = |check: &CheckId| {
            query.includes(*check, check.check().severity)
                && has_cause(of_account.cause_of_account(*check))
                && terms.iter().all(|term| of_account.account().id.contains(term.as_str()))
        };
        let about = of_account.about_account(outcome).filter(is_asked);
        entries.extend(about.map(|check| Entry {
            account,
            is_repeated: false,
            about: About::Account(check),
        }));
        entries.extend(rest.into_iter().map(&mut entry));
    }
}

impl Compared<'_> {
    fn changes_of(&self, step: &Step) -> Vec<FindingChange> {
        let place = step.entry.account as usize;
        let of = self.comparison.and_then(|comparison| Some((comparison, comparison.accounts().get(place)?)));
        let Some((comparison, of_account)) = of else { return Vec::new() };
        let Some(comparing) = comparison.comparing(self.inputs, self.assessment, of_account) else {
            return Vec::new();
        };
        match step.entry.about {
            About::User { unit, .. } => {
                of_account.finding_changes(&comparing, unit, step.outcome, step.verdicts)
            }
            About::Account(check) => of_account.account_change(&comparing, check).into_iter().collect(),
        }
    }
}
