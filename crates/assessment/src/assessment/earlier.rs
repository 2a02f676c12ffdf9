//! An earlier report of accounts, held against the policy as of its own time.

use std::ops::Range;

use super::account::{AccountFigures, AccountTally};
use super::findings::account_finding;
use super::judging::{judge, subject_exists};
use super::ordinals::Ordinals;
use super::verdicts::Layout;
use super::{Assessment, Part, REPLACED, RowVerdicts};
use crate::assessment::Inputs;
use crate::checks::{CheckId, CheckSet, Context, Judge, Judgement, PasswordExpiry, Verdict};
use crate::finding::Finding;
use crate::policy::Policy;
use crate::report::{Timestamp, User};

/// What the policy says of the rows of an earlier report, as of its own time.
#[derive(Debug)]
pub(crate) struct Earlier {
    report: u32,
    as_of: Timestamp,
    verdicts: Vec<RowVerdicts>,
    accounts: Vec<OfAccount>,
    ordinals: Ordinals,
}

/// What is kept of an account.
#[derive(Debug)]
struct OfAccount {
    account: u32,
    expiry: PasswordExpiry,
    figures: AccountFigures,
}

impl Earlier {
    /// Evaluates the accounts of a report of which there are newer ones.
    pub(crate) fn new(inputs: &Inputs, policy: &Policy, report: u32) -> Option<Self> {
        let as_of = inputs.reports().get(report as usize)?.report.as_of();
        let mut assessment = Assessment::of_part(inputs, policy.clone(), as_of, Part::EarlierOf(report));
        let of_account = |tally: &AccountTally| OfAccount {
            account: tally.account,
            expiry: tally.expiry,
            figures: tally.figures(),
        };
        Some(Self {
            report,
            as_of: as_of.0,
            verdicts: assessment.verdicts.pop()?,
            accounts: assessment.accounts.iter().map(of_account).collect(),
            ordinals: assessment.ordinals,
        })
    }
}

impl Assessment {
    /// The reports that are looked at.
    pub(super) fn reports(&self) -> Range<u32> {
        self.first_report..self.first_report + self.verdicts.len() as u32
    }

    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The rows of a report that make the result.
    pub(crate) fn current(&self, report: u32) -> Side<'_> {
        let verdicts = self.verdicts.get(report as usize);
        Side {
            report,
            layout: &self.layout,
            context: self.context(),
            on: self.policy.checks,
            verdicts: verdicts.map_or(&[], Vec::as_slice),
            ordinals: &self.ordinals,
            accounts: Accounts::Current(&self.accounts),
        }
    }

    /// The rows of an earlier report.
    pub(crate) fn earlier<'a>(&'a self, earlier: &'a Earlier) -> Side<'a> {
        Side {
            report: earlier.report,
            layout: &self.layout,
            context: Context { as_of: earlier.as_of, ..self.context() },
            on: self.policy.checks,
            verdicts: &earlier.verdicts,
            ordinals: &earlier.ordinals,
            accounts: Accounts::Earlier(&earlier.accounts),
        }
    }
}

/// A report, and what the policy says of its rows as of a moment.
pub(crate) struct Side<'a> {
    pub(crate) report: u32,
    pub(crate) layout: &'a Layout,
    pub(crate) context: Context<'a>,
    on: CheckSet,
    verdicts: &'a [RowVerdicts],
    pub(super) ordinals: &'a Ordinals,
    accounts: Accounts<'a>,
}

/// What is known of accounts.
#[derive(Clone, Copy)]
enum Accounts<'a> {
    Current(&'a [AccountTally]),
    Earlier(&'a [OfAccount]),
}

impl Side<'_> {
    /// Whether the policy has a check on.
    pub(crate) fn is_on(&self, check: CheckId) -> bool {
        self.on.contains(check)
    }

    /// The verdicts on a row; none fails where it is not looked at.
    #[inline]
    pub(crate) fn verdicts(&self, index: u32) -> RowVerdicts {
        let row = self.verdicts.get(index as usize).copied().unwrap_or_default();
        if row.fails == REPLACED { RowVerdicts::default() } else { row }
    }

    /// What a check says of a user, or of a credential of it in a slot, from 0; it does not apply to what
    /// certainly is not there.
    pub(crate) fn evaluate(&self, check: CheckId, user: &User<'_>, slot: u8) -> Judgement {
        let rule = check.check().judge;
        if subject_exists(rule, user, slot) == Ok(false) {
            return Ok(Verdict::NotApplicable);
        }
        self.evaluate_rule(check, user, slot)
    }

    /// What the rule of a check says, whether its subject is there or not. What it reads is remembered by
    /// the user alone.
    pub(crate) fn evaluate_rule(&self, check: CheckId, user: &User<'_>, slot: u8) -> Judgement {
        user.forget_reads();
        judge(check.check().judge, user, slot, &self.context)
    }

    /// What a check says of an account.
    pub(crate) fn evaluate_account(&self, check: CheckId, account: u32) -> Judgement {
        match (check.check().judge, self.expiry(account)) {
            (Judge::Account(rule), Some(expiry)) => rule(expiry),
            _ => Ok(Verdict::NotApplicable),
        }
    }

    /// The finding of a check about an account.
    pub(crate) fn account_finding(&self, inputs: &Inputs, check: CheckId, account: u32) -> Option<Finding> {
        let report = &inputs.reports().get(self.report as usize)?.report;
        Some(account_finding(check, report, account, self.expiry(account)?))
    }

    fn expiry(&self, account: u32) -> Option<&PasswordExpiry> {
        match self.accounts {
            Accounts::Current(_) => self.tally(account).map(|tally| &tally.expiry),
            Accounts::Earlier(accounts) => of_account(accounts, account).map(|of| &of.expiry),
        }
    }

    /// The figures of an account.
    pub(crate) fn figures(&self, account: u32) -> Option<AccountFigures> {
        match self.accounts {
            Accounts::Current(_) => self.tally(account).map(AccountTally::figures),
            Accounts::Earlier(accounts) => of_account(accounts, account).map(|of| of.figures.clone()),
        }
    }

    fn tally(&self, account: u32) -> Option<&AccountTally> {
        let Accounts::Current(tallies) = self.accounts else { return None };
        let key = (self.report, account);
        let place = tallies.binary_search_by_key(&key, |tally| (tally.report, tally.account)).ok()?;
        tallies.get(place)
    }
}

fn of_account(accounts: &[OfAccount], account: u32) -> Option<&OfAccount> {
    let place = accounts.binary_search_by_key(&account, |of| of.account).ok()?;
    accounts.get(place)
}
