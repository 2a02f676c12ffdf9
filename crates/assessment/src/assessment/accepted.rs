//! Findings that somebody accepted: they leave verdicts and totals, and are kept beside them.

use super::Assessment;
use super::account::AccountTally;
use super::inputs::Inputs;
use super::row_id::RowId;
use super::verdicts::RowVerdicts;
use crate::checks::{CheckId, CheckSet, SubjectKind};
use crate::finding::Finding;
use crate::report::sorted;

/// What was taken out of a result.
#[derive(Debug, Default)]
pub(super) struct Accepted {
    /// Rows in order, each with the verdicts that were taken out.
    rows: Vec<(RowId, RowVerdicts)>,
    /// Findings about accounts, in order.
    findings: Vec<Finding>,
}

impl Accepted {
    /// What was taken out of the verdicts on a row.
    #[inline]
    pub(super) fn of(&self, row: RowId) -> RowVerdicts {
        if self.rows.is_empty() {
            return RowVerdicts::default();
        }
        let place = self.rows.binary_search_by_key(&row, |(row, _)| *row);
        place.ok().and_then(|place| self.rows.get(place)).map_or_else(RowVerdicts::default, |(_, out)| *out)
    }
}

impl Assessment {
    /// Takes findings out of the result: of rows, in order and each once, those under a mask, and those about
    /// accounts that are meant. What was taken out before comes back first.
    ///
    /// Verdicts, totals and findings are then of the rest; comparisons are not changed.
    pub fn accept(&mut self, inputs: &Inputs, rows: &[(RowId, u64)], is_meant: impl Fn(&Finding) -> bool) {
        for (row, out) in std::mem::take(&mut self.accepted.rows) {
            let all = self.verdicts(row).unwrap_or_default().and(out);
            self.set_verdicts(inputs, row, all);
        }
        let mut about_accounts = std::mem::take(&mut self.account_findings);
        if !self.accepted.findings.is_empty() {
            for finding in std::mem::take(&mut self.accepted.findings) {
                self.count_account_finding(inputs, &finding, 1);
                about_accounts.push(finding);
            }
            sorted::sort_by(&mut about_accounts, |a, b| {
                (&a.account, &a.arn, a.check).cmp(&(&b.account, &b.arn, b.check))
            });
        }
        for &(row, mask) in rows {
            let Some(all) = self.verdicts(row) else { continue };
            let out = all.of(mask);
            if out.fails != 0 {
                self.set_verdicts(inputs, row, all.of(!mask));
                self.accepted.rows.push((row, out));
            }
        }
        for finding in about_accounts {
            if is_meant(&finding) {
                self.count_account_finding(inputs, &finding, -1);
                self.accepted.findings.push(finding);
            } else {
                self.account_findings.push(finding);
            }
        }
    }

    /// The verdicts on a row that are accepted.
    pub fn accepted(&self, row: RowId) -> RowVerdicts {
        self.accepted.of(row)
    }

    /// The rows with accepted findings, in order.
    pub fn accepted_rows(&self) -> impl Iterator<Item = RowId> {
        self.accepted.rows.iter().map(|(row, _)| *row)
    }

    /// The accepted findings about whole accounts.
    pub fn accepted_account_findings(&self) -> &[Finding] {
        &self.accepted.findings
    }

    /// How many findings are accepted.
    pub fn accepted_total(&self) -> u64 {
        let of_rows = self.accepted.rows.iter().map(|(_, out)| u64::from(out.fails.count_ones()));
        of_rows.sum::<u64>() + self.accepted.findings.len() as u64
    }

    /// The verdicts on a row, what is accepted of them too.
    pub fn all_verdicts(&self, row: RowId) -> Option<RowVerdicts> {
        self.verdicts(row).map(|rest| rest.and(self.accepted.of(row)))
    }

    /// The bits of verdicts by some checks: about a user with all credentials, or about one subject alone, of
    /// a kind and, where there are two of it, in a slot from 1.
    pub fn bits(&self, checks: CheckSet, subject: Option<(SubjectKind, Option<u8>)>) -> u64 {
        let of_bit = |(bit, (check, slot)): (usize, &(CheckId, u8))| {
            let kind = check.check().rule.subject();
            let is_of_subject = subject
                .is_none_or(|(of, in_slot)| of == kind && in_slot.is_none_or(|in_slot| in_slot == slot + 1));
            u64::from(is_of_subject && checks.contains(*check)) << bit
        };
        self.layout.bits.iter().enumerate().map(of_bit).fold(0, |mask, bit| mask | bit)
    }

    /// The bit of a finding on a row among the verdicts.
    pub fn bit(&self, finding: &Finding) -> u64 {
        let slot = finding.subject.slot.map_or(0, |slot| slot.saturating_sub(1));
        1 << (self.layout.first[finding.check.index()] + slot)
    }

    /// Puts other verdicts on a row, and counts them in place of those before.
    fn set_verdicts(&mut self, inputs: &Inputs, row: RowId, verdicts: RowVerdicts) {
        let Some((report, user)) = inputs.numbered_user(row) else { return };
        let place = row.index().checked_sub(self.first_row as usize);
        let Some(own) = place.and_then(|place| self.verdicts.get_mut(place)) else { return };
        let before = std::mem::replace(own, verdicts);
        let key = (report as u32, user.account_number());
        if let Some(account) = tally(&mut self.accounts, key) {
            for (verdicts, users) in [(before, -1), (verdicts, 1)] {
                self.totals.count_verdicts(&self.layout, verdicts, users);
                account.count_verdicts(&self.layout, verdicts, users);
            }
        }
    }

    fn count_account_finding(&mut self, inputs: &Inputs, finding: &Finding, findings: i64) {
        let is_its = |tally: &&mut AccountTally| {
            let loaded = inputs.reports().get(tally.report as usize);
            let name = loaded.and_then(|loaded| loaded.report.accounts().get(tally.account as usize));
            name.is_some_and(|name| {
                Some(name.id.as_str()) == finding.account.as_deref()
                    && Some(name.partition.as_str()) == finding.partition.as_deref()
            })
        };
        if let Some(account) = self.accounts.iter_mut().find(is_its) {
            self.totals.count_account_finding(account, finding.check, findings);
        }
    }
}

/// The tally of an account of a report, by their numbers.
fn tally(accounts: &mut [AccountTally], key: (u32, u32)) -> Option<&mut AccountTally> {
    let place = accounts.binary_search_by_key(&key, |tally| (tally.report, tally.account)).ok()?;
    accounts.get_mut(place)
}
