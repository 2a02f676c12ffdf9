//! A result, and what became of it since earlier reports: the history of each finding that fails now.

use serde::{Deserialize, Serialize};

use super::Comparison;
use super::account::{AccountComparison, Comparing};
use super::outcome::{Cause, Outcome};
use super::user_change::ChangeKind;
use crate::assessment::{Assessment, Inputs, RowId, RowVerdicts, bits};
use crate::finding::Finding;
use crate::report::{Timestamp, User};

/// A result, compared with earlier reports where there are any.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The reports.
    pub inputs: &'a Inputs,
    /// The result.
    pub assessment: &'a Assessment,
    /// What became of it since the earlier reports; `None` where there are none.
    pub comparison: Option<&'a Comparison>,
}

/// Why a finding is new, or since when it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Why it is new; `None`: it is unchanged.
    pub cause: Option<Cause>,
    /// The time of the oldest report from which on an unchanged finding fails without a gap.
    pub since: Option<Timestamp>,
}

impl History {
    /// New or unchanged.
    pub fn outcome(&self) -> Outcome {
        if self.cause.is_some() { Outcome::New } else { Outcome::Unchanged }
    }
}

impl<'a> Compared<'a> {
    /// The comparison of the account of a row of the result, and the number of the row in its report.
    fn of_row(&self, row: RowId) -> Option<(&'a AccountComparison, Comparing<'a>, u32)> {
        let (report, index) = self.inputs.place(row)?;
        let user = self.inputs.reports().get(report as usize)?.report.get(index)?;
        let comparison = self.comparison?;
        let account = comparison.of(report, user.account_number())?;
        Some((account, comparison.comparing(self.inputs, self.assessment, account)?, index))
    }

    /// Why the finding of a check on a row of the result is new, or since when it fails; `None` where its
    /// account has no earlier report.
    pub fn history(&self, row: RowId, finding: &Finding) -> Option<History> {
        let (account, comparing, index) = self.of_row(row)?;
        let slot = finding.subject.slot.map_or(0, |slot| slot - 1);
        let bit = self.assessment.layout().first[finding.check.index()] + slot;
        account.history(&comparing, index, bit.into())
    }

    /// Why a finding about an account is new, or since when it fails.
    pub fn account_history(&self, finding: &Finding) -> Option<History> {
        let key = (finding.account.as_deref()?, finding.partition.as_deref()?);
        self.comparison?.named(key)?.account_history(finding.check)
    }

    /// The result, or what the policy said of an earlier report: whichever looked at a row.
    pub fn of_whichever(&self, row: RowId) -> Self {
        let earlier = || {
            let (report, _) = self.inputs.place(row)?;
            self.comparison?.earlier.get(&report)
        };
        match earlier().filter(|earlier| earlier.verdicts(row).is_some()) {
            Some(assessment) => Self { inputs: self.inputs, assessment, comparison: None },
            None => *self,
        }
    }

    /// What became of the user of a row of the result; `None` where nothing is different, or nobody knows.
    pub fn change(&self, row: RowId) -> Option<ChangeKind> {
        let (account, _, index) = self.of_row(row)?;
        account.change_of(index)
    }

    /// The time of the oldest report from which on a finding on a row of the result fails without a gap, the
    /// oldest of all its findings.
    pub fn open_since(&self, row: RowId, verdicts: RowVerdicts) -> Option<Timestamp> {
        if verdicts.fails == 0 {
            return None;
        }
        let (account, comparing, index) = self.of_row(row)?;
        account.open_since(&comparing, index, verdicts.fails)
    }

    /// Of the verdicts on a user of a report, by number, those whose findings have one of these outcomes and
    /// causes; what is empty does not narrow. None, where its account has no earlier report.
    pub fn narrowed(
        &self,
        (report, user): (u32, &User<'_>),
        verdicts: RowVerdicts,
        outcomes: &[Outcome],
        causes: &[Cause],
    ) -> RowVerdicts {
        let none = RowVerdicts::default();
        if verdicts.fails == 0 {
            return none;
        }
        let of = |of: &'a Comparison| Some((of, of.of(report, user.account_number())?));
        let Some((comparison, account)) = self.comparison.and_then(of) else { return none };
        let new = account.new_bits(user.index());
        let asks_for = |outcome| outcomes.is_empty() || outcomes.contains(&outcome);
        let mut mask = if asks_for(Outcome::New) { new } else { 0 };
        if !causes.is_empty() {
            let Some(comparing) = comparison.comparing(self.inputs, self.assessment, account) else {
                return none;
            };
            let cause = |bit: u32| account.history(&comparing, user.index(), bit)?.cause;
            let is_asked = |bit: &u32| cause(*bit).is_some_and(|cause| causes.contains(&cause));
            mask = bits(verdicts.fails & mask).filter(is_asked).fold(0, |mask, bit| mask | 1 << bit);
        } else if asks_for(Outcome::Unchanged) {
            mask |= !new;
        }
        verdicts.of(mask)
    }
}
