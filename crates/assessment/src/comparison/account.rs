//! Two reports of one account, compared.

use super::cause::expiry_cause;
use super::compared::History;
use super::credential::{Matching, Partner, SlotBits, account_checks};
use super::fact::Fact;
use super::finding_change::FindingChange;
use super::identity::{Bond, Identity, Unit};
use super::outcome::{Cause, Fate, Outcome};
use super::pair::{Pair, Sides};
use super::since::Starts;
use super::summary::{ComparedReport, Summary, TrendPoint};
use super::user_change::{ChangeKind, UserChange};
use crate::assessment::{Inputs, Layout, ReportOfAccount, RowId, RowVerdicts, bits};
use crate::checks::{CheckId, Verdict};
use crate::report::{AccountName, Report, Timestamp, User};

/// Two reports of one account, compared.
#[derive(Debug)]
pub struct AccountComparison {
    account: AccountName,
    then: ReportOfAccount,
    now: ReportOfAccount,
    units: Vec<Unit>,
    is_blind_to_re_creation: bool,
    /// The units whose findings are not all unchanged, in order.
    fates: Vec<(u32, Fates)>,
    /// What became of the users of these units, in order; others are as they were.
    changes: Vec<(u32, ChangeKind)>,
    /// The findings about the account as a whole.
    about_account: Vec<AboutAccount>,
    starts: Starts,
    /// Whether the starts are those of the earlier report; else those of the current one.
    starts_are_of_then: bool,
    /// The times of all reports of the account, the oldest first.
    times: Vec<Timestamp>,
    summary: Summary,
    trend: Vec<TrendPoint>,
}

/// What became of the findings on one user, as bits of verdicts: the new ones are those of the current
/// report, all others of the earlier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Fates {
    new: u64,
    resolved: u64,
    cleared: u64,
    not_judged: u64,
}

impl Fates {
    fn add(&mut self, outcome: Outcome, bit: u64) {
        match outcome {
            Outcome::New => self.new |= bit,
            Outcome::Unchanged => {}
            Outcome::Resolved => self.resolved |= bit,
            Outcome::Cleared => self.cleared |= bit,
            Outcome::NotJudged => self.not_judged |= bit,
        }
    }
}

/// What became of a finding about the account.
#[derive(Debug)]
struct AboutAccount {
    check: CheckId,
    fate: Fate,
    failed: bool,
    fails: bool,
    since: Option<Timestamp>,
}

/// What is needed to compare two reports of an account.
pub(super) struct Comparing<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) sides: Sides<'a>,
    pub(super) slots: SlotBits,
}

impl<'a> Comparing<'a> {
    pub(super) fn reports(&self) -> Option<(&'a Report, &'a Report)> {
        let report = |number: u32| Some(&self.inputs.reports().get(number as usize)?.report);
        Some((report(self.sides.then.report)?, report(self.sides.now.report)?))
    }

    fn then(&self, row: u32) -> Option<User<'a>> {
        self.reports()?.0.get(row)
    }

    fn now(&self, row: u32) -> Option<User<'a>> {
        self.reports()?.1.get(row)
    }

    fn pair(&self, unit: &Unit) -> Option<Pair<'a>> {
        let (then, now) = unit.both()?;
        Some(Pair::new(self.then(then)?, self.now(now)?))
    }

    fn layout(&self) -> &Layout {
        self.sides.now.layout
    }

    /// The row and the bit that an unchanged finding has in the earlier report.
    fn earlier_bit(&self, unit: &Unit, bit: u32) -> Option<(u32, u32)> {
        let (check, slot) = self.layout().bits[bit as usize];
        let pair = self.pair(unit)?;
        let Partner::Slot(then) = pair.was(check.check().rule.subject(), slot) else { return None };
        Some((unit.then()?, u32::from(self.layout().first[check.index()] + then)))
    }

    /// Why a finding of the current report is new.
    fn why_new(&self, unit: &Unit, pair: Option<&Pair<'_>>, bit: u32) -> Fate {
        let (check, slot) = self.layout().bits[bit as usize];
        match pair {
            Some(pair) => pair.why_new(&self.sides, check, slot),
            None if check.check().root => Cause::NewlyJudged.into(),
            None => {
                debug_assert!(unit.both().is_none());
                Cause::Created.into()
            }
        }
    }

    /// Why a finding of the earlier report is no longer there.
    fn why_gone(&self, pair: Option<&Pair<'_>>, bit: u32) -> Fate {
        let (check, slot) = self.layout().bits[bit as usize];
        match pair {
            Some(pair) => pair.why_gone(&self.sides, check, slot),
            None if check.check().root => Cause::NoRow.into(),
            None => Cause::UserDeleted.into(),
        }
    }
}

impl AccountComparison {
    pub(super) fn new(
        comparing: &Comparing<'_>,
        (account, then, now): (&AccountName, ReportOfAccount, ReportOfAccount),
        identity: Identity,
    ) -> Option<Self> {
        let figures = |of: ReportOfAccount, side: &crate::assessment::Side<'_>| side.figures(of.account);
        let mut comparison = Self {
            account: account.clone(),
            then,
            now,
            units: identity.units,
            is_blind_to_re_creation: identity.is_blind_to_re_creation,
            fates: Vec::new(),
            changes: Vec::new(),
            about_account: Vec::new(),
            starts: Starts::default(),
            starts_are_of_then: true,
            times: Vec::new(),
            summary: Summary::new(
                &figures(now, &comparing.sides.now)?,
                &figures(then, &comparing.sides.then)?,
            ),
            trend: Vec::new(),
        };
        let units = std::mem::take(&mut comparison.units);
        for (number, unit) in (0..).zip(&units) {
            comparison.look_at(comparing, number, unit);
        }
        comparison.units = units;
        comparison.look_at_account(comparing);
        Some(comparison)
    }

    /// Keeps with which report the findings begin, of which account and times.
    pub(super) fn set_history(
        &mut self,
        (starts, are_of_then): (Starts, bool),
        times: Vec<Timestamp>,
        trend: Vec<TrendPoint>,
    ) {
        (self.starts, self.starts_are_of_then, self.times, self.trend) = (starts, are_of_then, times, trend);
    }

    fn look_at(&mut self, comparing: &Comparing<'_>, number: u32, unit: &Unit) {
        let (sides, none) = (&comparing.sides, RowVerdicts::default());
        let failed = unit.then().map_or(none, |row| sides.then.verdicts(row)).fails;
        let fails = unit.now().map_or(none, |row| sides.now.verdicts(row)).fails;
        let users = unit.both().and_then(|(then, now)| Some((comparing.then(then)?, comparing.now(now)?)));
        let is_alike = users.as_ref().is_some_and(|(then, now)| then.has_cells_of(now));
        // Of most users nothing is different, and what fails is about none of two keys or certificates.
        let is_looked_at = !is_alike || failed != fails || comparing.slots.of_any_slot(failed) != 0;
        let pair = users
            .filter(|_| is_looked_at)
            .map(|(then, now)| if is_alike { Pair::alike(then, now) } else { Pair::new(then, now) });
        let carried = match &pair {
            Some(pair) => comparing.slots.carry(failed, &pair.keys, &pair.certificates),
            None if is_alike => failed,
            None => 0,
        };
        let unchanged = fails & carried;
        self.summary.count(Outcome::Unchanged, None, u64::from(unchanged.count_ones()));
        let mut fates = Fates::default();
        for bit in bits(fails & !unchanged) {
            let fate = comparing.why_new(unit, pair.as_ref(), bit);
            self.count(&mut fates, fate, bit);
        }
        let kept = pair.as_ref().map_or(unchanged, |pair| kept(comparing.slots, failed, unchanged, pair));
        for bit in bits(failed & !kept) {
            let fate = comparing.why_gone(pair.as_ref(), bit);
            self.count(&mut fates, fate, bit);
        }
        if fates != Fates::default() {
            self.fates.push((number, fates));
        }
        let is_root = || {
            let user = unit.now().and_then(|row| comparing.now(row));
            user.or_else(|| comparing.then(unit.then()?)).is_some_and(|user| user.is_root())
        };
        let change = match unit.bond {
            Bond::Same => None,
            bond => ChangeKind::of(bond, is_root()),
        };
        let has_facts = || !is_alike && pair.as_ref().is_some_and(|pair| !pair.facts().is_empty());
        if let Some(change) = change.or_else(|| has_facts().then_some(ChangeKind::Changed)) {
            self.changes.push((number, change));
            self.summary.count_user(change);
        }
    }

    fn count(&mut self, fates: &mut Fates, fate: Fate, bit: u32) {
        fates.add(fate.outcome(), 1 << bit);
        self.summary.count(fate.outcome(), fate.cause, 1);
    }

    fn look_at_account(&mut self, comparing: &Comparing<'_>) {
        let fails = |verdict| matches!(verdict, Ok(Verdict::Fail(_)));
        for check in account_checks().filter(|check| comparing.sides.now.is_on(*check)) {
            let then = comparing.sides.then.evaluate_account(check, self.then.account);
            let now = comparing.sides.now.evaluate_account(check, self.now.account);
            let (failed, fails_now) = (fails(then), fails(now));
            let fate = match (then, now) {
                _ if failed && fails_now => Fate::UNCHANGED,
                (Err(_), _) if fails_now => Cause::NewlyJudged.into(),
                _ if fails_now => Cause::Changed.into(),
                (_, Err(missing)) if failed => missing.into(),
                _ if failed => self.expiry_cause(comparing).unwrap_or(Cause::Unexplained).into(),
                _ => continue,
            };
            self.summary.count(fate.outcome(), fate.cause, 1);
            self.about_account.push(AboutAccount { check, fate, failed, fails: fails_now, since: None });
        }
    }

    fn expiry_cause(&self, comparing: &Comparing<'_>) -> Option<Cause> {
        expiry_cause(self.units.iter().filter_map(|unit| {
            let then = comparing.then(unit.then()?)?;
            Some((then, unit.both().and_then(|(_, now)| comparing.now(now))))
        }))
    }

    /// Keeps since when a finding about the account fails, for each check as a number in its order.
    pub(super) fn set_account_starts(&mut self, start: impl Fn(CheckId) -> usize) {
        for about in &mut self.about_account {
            if about.fate == Fate::UNCHANGED {
                about.since = self.times.get(start(about.check)).copied();
            }
        }
    }

    /// The account.
    pub fn account(&self) -> &AccountName {
        &self.account
    }

    /// The rows of the earlier report.
    pub fn then(&self) -> ReportOfAccount {
        self.then
    }

    /// The rows of the current report.
    pub fn now(&self) -> ReportOfAccount {
        self.now
    }

    /// How many findings and users had which fate.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The figures of every report of the account, the oldest first.
    pub fn trend(&self) -> &[TrendPoint] {
        &self.trend
    }

    /// Whether users were told by ARN alone, so that one who was re-created would not be noticed.
    pub fn is_blind_to_re_creation(&self) -> bool {
        self.is_blind_to_re_creation
    }

    /// The users with a change, by number, in no order.
    pub fn changed_users(&self) -> impl ExactSizeIterator<Item = (u32, ChangeKind)> {
        self.changes.iter().copied()
    }

    /// The row of a user among those of all reports: that of the current report where it has the user, else
    /// that of the earlier.
    pub fn row(&self, inputs: &Inputs, unit: u32, outcome: Outcome) -> Option<RowId> {
        let unit = self.units.get(unit as usize)?;
        let now = unit.now().filter(|_| outcome.fails_now());
        let (report, row) = match now {
            Some(row) => (self.now.report, row),
            None => (self.then.report, unit.then()?),
        };
        Some(inputs.reports().get(report as usize)?.row(row))
    }

    /// The row of a user whatever became of it.
    pub fn row_of_user(&self, inputs: &Inputs, unit: u32) -> Option<RowId> {
        self.row(inputs, unit, Outcome::New)
    }

    /// The users who have findings of an outcome, by number, with the bits of these.
    pub(super) fn with_outcome(
        &self,
        comparing: &Comparing<'_>,
        outcome: Outcome,
    ) -> Vec<(u32, RowVerdicts)> {
        let sides = &comparing.sides;
        let verdicts = |unit: &Unit| {
            if outcome.fails_now() {
                unit.now().map(|row| sides.now.verdicts(row))
            } else {
                unit.then().map(|row| sides.then.verdicts(row))
            }
        };
        if outcome == Outcome::Unchanged {
            let mut fates = self.fates.iter().peekable();
            return (0..)
                .zip(&self.units)
                .filter_map(|(number, unit)| {
                    let new = fates.next_if(|(of, _)| *of == number).map_or(0, |(_, fates)| fates.new);
                    let all = verdicts(unit)?;
                    Some((number, all.of(!new)))
                })
                .filter(|(_, verdicts)| verdicts.fails != 0)
                .collect();
        }
        self.fates
            .iter()
            .filter_map(|(number, fates)| {
                let mask = match outcome {
                    Outcome::New => fates.new,
                    Outcome::Unchanged => 0,
                    Outcome::Resolved => fates.resolved,
                    Outcome::Cleared => fates.cleared,
                    Outcome::NotJudged => fates.not_judged,
                };
                Some((*number, verdicts(self.units.get(*number as usize)?)?.of(mask)))
            })
            .filter(|(_, verdicts)| verdicts.fails != 0)
            .collect()
    }

    /// The new findings among the verdicts on a row of the current report.
    pub(super) fn new_bits(&self, row: u32) -> u64 {
        let Some(number) = self.unit_of_now(row) else { return 0 };
        let place = self.fates.binary_search_by_key(&number, |(number, _)| *number);
        place.map_or(0, |place| self.fates[place].1.new)
    }

    /// What became of the user of a row of the current report; `None` where nothing is different.
    pub(super) fn change_of(&self, row: u32) -> Option<ChangeKind> {
        let number = self.unit_of_now(row)?;
        let place = self.changes.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(self.changes[place].1)
    }

    /// The oldest time from which on one of the findings on a row of the current report fails without a gap:
    /// that of the current report where all are new.
    pub(super) fn open_since(&self, comparing: &Comparing<'_>, row: u32, fails: u64) -> Option<Timestamp> {
        let unit = self.units.get(self.unit_of_now(row)? as usize)?;
        let unchanged = bits(fails & !self.new_bits(row));
        let since = unchanged.filter_map(|bit| self.since(comparing, unit, bit)).min();
        since.or_else(|| self.times.last().copied())
    }

    fn unit_of_now(&self, row: u32) -> Option<u32> {
        // The users of the current report come first, in the order of rows.
        let place = self.units.partition_point(|unit| unit.now().is_some_and(|other| other < row));
        let unit = self.units.get(place)?;
        (unit.now() == Some(row)).then_some(place as u32)
    }

    /// Why a finding of the current report is new, or since when it fails.
    pub(super) fn history(&self, comparing: &Comparing<'_>, row: u32, bit: u32) -> Option<History> {
        let number = self.unit_of_now(row)?;
        let unit = self.units.get(number as usize)?;
        Some(if self.new_bits(row) & (1 << bit) != 0 {
            let pair = comparing.pair(unit);
            History { cause: comparing.why_new(unit, pair.as_ref(), bit).cause, since: None }
        } else {
            History { cause: None, since: self.since(comparing, unit, bit) }
        })
    }

    fn since(&self, comparing: &Comparing<'_>, unit: &Unit, bit: u32) -> Option<Timestamp> {
        let start = if self.starts_are_of_then {
            let (row, bit) = comparing.earlier_bit(unit, bit)?;
            self.starts.of(row, bit)
        } else {
            self.starts.of(unit.now()?, bit)
        };
        self.times.get(start).copied()
    }

    /// What became of the findings of an outcome on a user, in table order.
    pub(super) fn finding_changes(
        &self,
        comparing: &Comparing<'_>,
        number: u32,
        outcome: Outcome,
        selected: RowVerdicts,
    ) -> Vec<FindingChange> {
        let Some(unit) = self.units.get(number as usize) else { return Vec::new() };
        let pair = comparing.pair(unit);
        let one = |bit| self.finding_change(comparing, (unit, pair.as_ref()), outcome, bit);
        bits(selected.fails).filter_map(one).collect()
    }

    fn finding_change(
        &self,
        comparing: &Comparing<'_>,
        (unit, pair): (&Unit, Option<&Pair<'_>>),
        outcome: Outcome,
        bit: u32,
    ) -> Option<FindingChange> {
        let sides = &comparing.sides;
        let (check, slot) = comparing.layout().bits[bit as usize];
        let kind = check.check().rule.subject();
        let of_then = |row: u32, bit: u32| {
            let user = comparing.then(row)?;
            let verdicts = sides.then.verdicts(row).of(1 << bit);
            sides.then.findings(comparing.inputs, &user, verdicts).pop()
        };
        let of_now = |row: u32| {
            let user = comparing.now(row)?;
            sides.now.findings(comparing.inputs, &user, sides.now.verdicts(row).of(1 << bit)).pop()
        };
        let mut change = match outcome {
            Outcome::Unchanged => {
                let (row, bit) = comparing.earlier_bit(unit, bit)?;
                let mut change = FindingChange::new(Fate::UNCHANGED, of_then(row, bit), of_now(unit.now()?))?;
                change.since = self.since(comparing, unit, bit_of_now(comparing, check, slot));
                change
            }
            Outcome::New => {
                let fate = comparing.why_new(unit, pair, bit);
                let mut change = FindingChange::new(fate, None, of_now(unit.now()?))?;
                if let Some(pair) = pair {
                    let was = pair.was(kind, slot);
                    change.cells_before =
                        Pair::cells_of_other(&pair.then, &change.finding.evidence.cells, kind, was);
                }
                change
            }
            Outcome::Resolved | Outcome::Cleared | Outcome::NotJudged => {
                let fate = comparing.why_gone(pair, bit);
                let mut change = FindingChange::new(fate, of_then(unit.then()?, bit), None)?;
                if let Some(pair) = pair {
                    let became = pair.became(kind, slot);
                    change.cells =
                        Pair::cells_of_other(&pair.now, &change.finding.evidence.cells, kind, became);
                }
                change
            }
        };
        change.account.clone_from(&self.account.id);
        Some(change)
    }

    /// The checks whose finding about the account as a whole has an outcome.
    pub(super) fn about_account(&self, outcome: Outcome) -> impl Iterator<Item = CheckId> {
        self.about_account
            .iter()
            .filter(move |about| about.fate.outcome() == outcome)
            .map(|about| about.check)
    }

    /// What became of the finding of a check about the account as a whole.
    pub(super) fn account_change(&self, comparing: &Comparing<'_>, check: CheckId) -> Option<FindingChange> {
        let about = self.about_account.iter().find(|about| about.check == check)?;
        let (sides, inputs) = (&comparing.sides, comparing.inputs);
        let of_then = || sides.then.account_finding(inputs, check, self.then.account);
        let of_now = || sides.now.account_finding(inputs, check, self.now.account);
        let then = about.failed.then(of_then).flatten();
        let mut change = FindingChange::new(about.fate, then, about.fails.then(of_now).flatten())?;
        change.since = about.since;
        change.account.clone_from(&self.account.id);
        Some(change)
    }

    /// Why the findings of an outcome on a user are what they are.
    pub(super) fn cause_of(
        &self,
        comparing: &Comparing<'_>,
        number: u32,
        outcome: Outcome,
        bit: u32,
    ) -> Option<Cause> {
        let unit = self.units.get(number as usize)?;
        let pair = comparing.pair(unit);
        match outcome {
            Outcome::New => comparing.why_new(unit, pair.as_ref(), bit).cause,
            Outcome::Unchanged => None,
            Outcome::Resolved | Outcome::Cleared | Outcome::NotJudged => {
                comparing.why_gone(pair.as_ref(), bit).cause
            }
        }
    }

    /// Why the finding of a check about the account as a whole is what it is.
    pub(super) fn cause_of_account(&self, check: CheckId) -> Option<Cause> {
        self.about_account.iter().find(|about| about.check == check)?.fate.cause
    }

    /// Why a finding about the account is new, or since when it fails.
    pub(super) fn account_history(&self, check: CheckId) -> Option<History> {
        let about = self.about_account.iter().find(|about| about.check == check && about.fails)?;
        Some(History { cause: about.fate.cause, since: about.since })
    }

    /// What became of a user.
    pub(super) fn user_change(
        &self,
        comparing: &Comparing<'_>,
        number: u32,
        change: ChangeKind,
    ) -> Option<UserChange> {
        let unit = self.units.get(number as usize)?;
        let then = unit.then().and_then(|row| comparing.then(row));
        let now = unit.now().and_then(|row| comparing.now(row));
        let user = now.as_ref().or(then.as_ref())?;
        let facts: Vec<Fact> = comparing.pair(unit).map(|pair| pair.facts()).unwrap_or_default();
        let renamed = then.as_ref().filter(|_| change == ChangeKind::Renamed);
        Some(UserChange {
            row: self.row_of_user(comparing.inputs, number)?,
            account: self.account.id.clone(),
            arn: user.arn().unwrap_or_default(),
            user: user.name().to_owned(),
            change,
            renamed_from: renamed.and_then(User::arn),
            is_guess: unit.bond == Bond::Renamed,
            facts,
        })
    }
}

fn bit_of_now(comparing: &Comparing<'_>, check: CheckId, slot: u8) -> u32 {
    u32::from(comparing.layout().first[check.index()] + slot)
}

/// The verdicts of the earlier row that are unchanged: what is carried there, carried back.
fn kept(slots: SlotBits, failed: u64, unchanged: u64, pair: &Pair<'_>) -> u64 {
    let back = |matching: &Matching| matching.turned();
    failed & slots.carry(unchanged, &back(&pair.keys), &back(&pair.certificates))
}

/// What of a report is named wherever two are compared.
pub(super) fn compared(inputs: &Inputs, of: ReportOfAccount) -> Option<ComparedReport> {
    let loaded = inputs.reports().get(of.report as usize)?;
    let (as_of, as_of_source) = loaded.report.as_of();
    Some(ComparedReport {
        input: of.report,
        name: loaded.report.file().name.clone(),
        sha256: loaded.sha256.clone(),
        as_of,
        as_of_source,
    })
}
