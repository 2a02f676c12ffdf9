//! One of two reports that are compared, held against the policy.

use std::ops::Range;

use super::accepted::Accepted;
use super::account::{AccountFigures, AccountTally};
use super::evaluator::{evaluate, subject_exists};
use super::findings::account_finding;
use super::inputs::Inputs;
use super::ordinals::Ordinals;
use super::row_id::RowId;
use super::verdicts::{Layout, RowVerdicts};
use super::{Assessment, NOT_LOOKED_AT, Part};
use crate::checks::{CheckId, CheckSet, Context, Rule, RuleResult, Verdict};
use crate::finding::Finding;
use crate::policy::Policy;
use crate::report::User;

impl Assessment {
    /// Evaluates the accounts of a report, by number, of which there are newer ones, as of its own time.
    pub(crate) fn of_earlier(inputs: &Inputs, policy: &Policy, report: u32) -> Option<Self> {
        let as_of = inputs.reports().get(report as usize)?.report.as_of();
        Some(Self::of_part(inputs, policy.clone(), as_of, Part::EarlierOf(report)))
    }

    /// The reports that are looked at, by number.
    pub(super) fn reports(&self) -> Range<u32> {
        self.reports.clone()
    }

    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// A report that is looked at, by number.
    pub(crate) fn side(&self, inputs: &Inputs, report: u32) -> Side<'_> {
        let verdicts = inputs.reports().get(report as usize).and_then(|loaded| {
            let first = loaded.row(0).index().checked_sub(self.first_row as usize)?;
            self.verdicts.get(first..first + loaded.report.len())
        });
        Side {
            report,
            first_row: inputs.reports().get(report as usize).map_or(RowId(0), |loaded| loaded.row(0)),
            accepted: &self.accepted,
            layout: &self.layout,
            context: self.context(),
            on: self.policy.checks,
            verdicts: verdicts.unwrap_or_default(),
            ordinals: &self.ordinals,
            accounts: &self.accounts,
        }
    }
}

/// A report, and what the policy says of its rows as of a moment.
pub(crate) struct Side<'a> {
    pub(crate) report: u32,
    first_row: RowId,
    accepted: &'a Accepted,
    pub(crate) layout: &'a Layout,
    pub(crate) context: Context<'a>,
    on: CheckSet,
    verdicts: &'a [RowVerdicts],
    pub(super) ordinals: &'a Ordinals,
    accounts: &'a [AccountTally],
}

impl Side<'_> {
    /// Whether the policy has a check on.
    pub(crate) fn is_on(&self, check: CheckId) -> bool {
        self.on.contains(check)
    }

    /// The verdicts on a row, what is accepted of them too: reports differ in what they say alone. None fails
    /// where it is not looked at.
    #[inline]
    pub(crate) fn verdicts(&self, index: u32) -> RowVerdicts {
        let row = self.verdicts.get(index as usize).copied().unwrap_or_default();
        if row.fails == NOT_LOOKED_AT {
            return RowVerdicts::default();
        }
        row.and(self.accepted.of(RowId(self.first_row.0 + index)))
    }

    /// What a check says of a user, or of a credential of it in a slot, from 0; it does not apply to what
    /// certainly is not there.
    pub(crate) fn evaluate(&self, check: CheckId, user: &User<'_>, slot: u8) -> RuleResult {
        let rule = check.check().rule;
        if subject_exists(rule, user, slot) == Ok(false) {
            return Ok(Verdict::NotApplicable);
        }
        self.evaluate_rule(check, user, slot)
    }

    /// What the rule of a check says, whether its subject is there or not. What it reads is remembered by
    /// the user alone.
    pub(crate) fn evaluate_rule(&self, check: CheckId, user: &User<'_>, slot: u8) -> RuleResult {
        user.forget_reads();
        evaluate(check.check().rule, user, slot, &self.context)
    }

    /// What a check says of an account.
    pub(crate) fn evaluate_account(&self, check: CheckId, account: u32) -> RuleResult {
        match (check.check().rule, self.tally(account)) {
            (Rule::Account(rule), Some(tally)) => rule(&tally.expiry),
            _ => Ok(Verdict::NotApplicable),
        }
    }

    /// The finding of a check about an account.
    pub(crate) fn account_finding(&self, inputs: &Inputs, check: CheckId, account: u32) -> Option<Finding> {
        let report = &inputs.reports().get(self.report as usize)?.report;
        Some(account_finding(check, report, self.tally(account)?))
    }

    /// The figures of an account.
    pub(crate) fn figures(&self, account: u32) -> Option<AccountFigures> {
        self.tally(account).map(AccountTally::figures)
    }

    fn tally(&self, account: u32) -> Option<&AccountTally> {
        let key = (self.report, account);
        let place = self.accounts.binary_search_by_key(&key, |tally| (tally.report, tally.account)).ok()?;
        self.accounts.get(place)
    }
}
