//! Two reports of an account, compared: who is who, what became of every finding, and what changed about
//! every user. Facts; it knows no sentence.

mod account;
mod cause;
mod cell;
mod compared;
mod credential;
mod fact;
mod finding_change;
mod identity;
mod list;
mod outcome;
mod pair;
mod since;
mod summary;
mod user_change;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub use self::account::AccountComparison;
pub use self::compared::{Compared, History};
pub use self::fact::{Fact, FactKind, FactValue};
pub use self::finding_change::FindingChange;
pub use self::list::{ChangeList, ChangeQuery, Place};
pub use self::outcome::{Cause, Outcome};
pub use self::summary::{AccountChanges, ComparedReport, ComparisonSummary, Summary, TrendPoint};
pub use self::user_change::{ChangeKind, UserChange};

use self::account::{Comparing, compared};
use self::credential::SlotBits;
use self::identity::{Identity, Rows, RowsByAccount};
use self::pair::Sides;
use self::since::Starts;
use crate::assessment::{Assessment, Inputs, ReportOfAccount, Side};
use crate::checks::Verdict;
use crate::report::{AccountName, Timestamp};

/// With which earlier report the current one of each account is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// The one right before it.
    #[default]
    Previous,
    /// That of an input, by its place; where it has no earlier report of an account, the one right before.
    Input(u32),
    /// None: only the newest counts.
    Nothing,
}

/// The current report of each account compared with an earlier one.
#[derive(Debug)]
pub struct Comparison {
    against: Against,
    /// The earlier reports, by number.
    earlier: FxHashMap<u32, Assessment>,
    /// The accounts of which there is an earlier report, by number and partition.
    accounts: Vec<AccountComparison>,
    /// The place of each among them, by report and number of the account within it.
    places: FxHashMap<(u32, u32), u32>,
    slots: SlotBits,
    total: Summary,
}

impl Comparison {
    /// Compares the current report of each account with an earlier one, both held against the policy: the
    /// earlier as of its own time.
    pub fn new(inputs: &Inputs, assessment: &Assessment, against: Against) -> Self {
        let mut comparison = Self {
            against,
            earlier: FxHashMap::default(),
            accounts: Vec::new(),
            places: FxHashMap::default(),
            slots: SlotBits::new(assessment.layout()),
            total: Summary::default(),
        };
        if against == Against::Nothing {
            return comparison;
        }
        let mut rows: FxHashMap<u32, RowsByAccount> = FxHashMap::default();
        for account in inputs.accounts_with_earlier() {
            let chain = inputs.chain(account);
            for (link, is_earlier) in
                chain.iter().rev().zip(std::iter::once(false).chain(std::iter::repeat(true)))
            {
                let Some(loaded) = inputs.reports().get(link.report as usize) else { continue };
                rows.entry(link.report).or_insert_with(|| RowsByAccount::new(&loaded.report));
                if is_earlier
                    && !comparison.earlier.contains_key(&link.report)
                    && let Some(earlier) = Assessment::of_earlier(inputs, assessment.policy(), link.report)
                {
                    comparison.earlier.insert(link.report, earlier);
                }
            }
            let history = OfAccount { inputs, assessment, comparison: &comparison, rows: &rows, chain };
            if let Some(of_account) = history.compare(account, against) {
                let now = of_account.now();
                comparison.total.add(of_account.summary());
                comparison.places.insert((now.report, now.account), comparison.accounts.len() as u32);
                comparison.accounts.push(of_account);
            }
        }
        comparison
    }

    /// The accounts of which there is an earlier report, by number and partition.
    pub fn accounts(&self) -> &[AccountComparison] {
        &self.accounts
    }

    /// The comparison at a glance.
    pub fn summary(&self, inputs: &Inputs, assessment: &Assessment) -> ComparisonSummary {
        ComparisonSummary {
            against: self.against,
            total: self.total.clone(),
            accounts: self.accounts.iter().filter_map(|account| self.changes(inputs, account)).collect(),
            without: assessment.accounts_total(inputs).saturating_sub(self.accounts.len() as u32),
        }
    }

    /// Whether there is nothing to compare with.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    /// The numbers of all accounts together.
    pub fn total(&self) -> &Summary {
        &self.total
    }

    /// The comparison of an account at a glance.
    pub fn changes(&self, inputs: &Inputs, account: &AccountComparison) -> Option<AccountChanges> {
        Some(AccountChanges {
            account: account.account().id.clone(),
            partition: account.account().partition.clone(),
            earlier: compared(inputs, account.then())?,
            current: compared(inputs, account.now())?,
            is_blind_to_re_creation: account.is_blind_to_re_creation(),
            summary: account.summary().clone(),
            trend: account.trend().to_vec(),
        })
    }

    /// What became of a user with a change, by number.
    pub fn user_change(
        &self,
        inputs: &Inputs,
        assessment: &Assessment,
        account: &AccountComparison,
        (number, change): (u32, ChangeKind),
    ) -> Option<UserChange> {
        account.user_change(&self.comparing(inputs, assessment, account)?, number, change)
    }

    /// The comparison of an account, by number and partition.
    pub fn named(&self, account: (&str, &str)) -> Option<&AccountComparison> {
        let name = |of: &AccountName| (of.id.as_str(), of.partition.as_str()).cmp(&account);
        let place = self.accounts.binary_search_by(|of| name(of.account())).ok()?;
        self.accounts.get(place)
    }

    fn of(&self, report: u32, account: u32) -> Option<&AccountComparison> {
        self.accounts.get(*self.places.get(&(report, account))? as usize)
    }

    fn comparing<'a>(
        &'a self,
        inputs: &'a Inputs,
        assessment: &'a Assessment,
        account: &AccountComparison,
    ) -> Option<Comparing<'a>> {
        let (then, now) = (account.then().report, account.now().report);
        let then = self.earlier.get(&then)?.side(inputs, then);
        let sides = Sides { then, now: assessment.side(inputs, now) };
        Some(Comparing { inputs, sides, slots: self.slots })
    }
}

/// The reports of an account, the oldest first; the last one is current.
struct OfAccount<'a> {
    inputs: &'a Inputs,
    assessment: &'a Assessment,
    comparison: &'a Comparison,
    rows: &'a FxHashMap<u32, RowsByAccount>,
    chain: &'a [ReportOfAccount],
}

impl<'a> OfAccount<'a> {
    /// Compares the current report with the one that is asked for.
    fn compare(&self, account: &AccountName, against: Against) -> Option<AccountComparison> {
        let now = self.chain.len().checked_sub(1)?;
        let previous = now.checked_sub(1)?;
        let then = match against {
            Against::Input(input) => {
                let place = |input: u32| self.chain[..now].iter().position(|link| link.report == input);
                let same = || place(self.inputs.counting(input, account));
                place(input).or_else(same).unwrap_or(previous)
            }
            Against::Previous | Against::Nothing => previous,
        };
        let comparing = self.comparing(then, now)?;
        let names = (account, self.chain[then], self.chain[now]);
        let mut comparison = AccountComparison::new(&comparing, names, self.identity(then, now)?)?;

        // How long a finding has failed is followed through neighbouring reports.
        let is_previous = then == previous;
        let mut starts = Starts::default();
        for number in 1..=if is_previous { previous } else { now } {
            let comparing = self.comparing(number - 1, number)?;
            let units = self.identity(number - 1, number)?.units;
            let (sides, reports) = (&comparing.sides, comparing.reports()?);
            starts = starts.next(sides, reports, &units, self.comparison.slots, number as u32);
        }
        let times = (0..=now).map(|number| self.time(number)).collect::<Option<Vec<Timestamp>>>()?;
        let trend = (0..=now).map(|number| self.point(number)).collect::<Option<Vec<TrendPoint>>>()?;
        comparison.set_history((starts, is_previous), times, trend);
        comparison.set_account_starts(|check| {
            let fails = |number: &usize| {
                let account = self.chain[*number].account;
                let verdict = self.side(*number).map(|side| side.evaluate_account(check, account));
                matches!(verdict, Some(Ok(Verdict::Fail(_))))
            };
            (0..now).rev().take_while(fails).last().unwrap_or(now)
        });
        Some(comparison)
    }

    fn side(&self, number: usize) -> Option<Side<'a>> {
        let report = self.chain.get(number)?.report;
        let assessment = if number + 1 == self.chain.len() {
            self.assessment
        } else {
            self.comparison.earlier.get(&report)?
        };
        Some(assessment.side(self.inputs, report))
    }

    fn comparing(&self, then: usize, now: usize) -> Option<Comparing<'a>> {
        let sides = Sides { then: self.side(then)?, now: self.side(now)? };
        Some(Comparing { inputs: self.inputs, sides, slots: self.comparison.slots })
    }

    fn identity(&self, then: usize, now: usize) -> Option<Identity> {
        Some(Identity::new(self.rows(then)?, self.rows(now)?))
    }

    fn rows(&self, number: usize) -> Option<Rows<'a>> {
        let link = self.chain.get(number)?;
        let report = &self.inputs.reports().get(link.report as usize)?.report;
        Some(Rows { report, rows: self.rows.get(&link.report)?.of(link.account) })
    }

    fn time(&self, number: usize) -> Option<Timestamp> {
        let link = self.chain.get(number)?;
        Some(self.inputs.reports().get(link.report as usize)?.report.as_of().0)
    }

    fn point(&self, number: usize) -> Option<TrendPoint> {
        let link = self.chain.get(number)?;
        let figures = self.side(number)?.figures(link.account)?;
        Some(TrendPoint { input: link.report, as_of: self.time(number)?, figures })
    }
}
