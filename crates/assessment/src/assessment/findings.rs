//! Findings, made of verdicts when somebody looks at them.

use super::Assessment;
use super::account::AccountTally;
use super::evaluator::evaluate;
use super::inputs::Inputs;
use super::ordinals::{Ordinals, are_of_one_second, created};
use super::row_id::RowId;
use super::side::Side;
use super::verdicts::{Layout, RowVerdicts, bits, severity};
use crate::checks::{CheckId, Context, Failure, KeyToDeactivate, SubjectKind, Verdict};
use crate::finding::{Evidence, Finding, Subject};
use crate::report::{Report, User};

impl Assessment {
    /// The findings on a user, in table order: those of `selected`, which is part of its verdicts, or of
    /// what is accepted of them.
    pub fn findings(&self, row: RowId, user: &User<'_>, selected: RowVerdicts) -> Vec<Finding> {
        let fails = self.all_verdicts(row).unwrap_or_default().fails;
        findings((&self.layout, &self.context(), &self.ordinals), (row, user), fails, selected)
    }
}

impl Side<'_> {
    /// The findings on a user of the report, in table order: those of `selected`, which is part of its
    /// verdicts.
    pub(crate) fn findings(&self, inputs: &Inputs, user: &User<'_>, selected: RowVerdicts) -> Vec<Finding> {
        let Some(loaded) = inputs.reports().get(self.report as usize) else { return Vec::new() };
        let (row, fails) = (loaded.row(user.index()), self.verdicts(user.index()).fails);
        findings((self.layout, &self.context, self.ordinals), (row, user), fails, selected)
    }
}

/// Those of the verdicts on a row that are selected, as findings.
fn findings(
    (layout, context, ordinals): (&Layout, &Context<'_>, &Ordinals),
    (row, user): (RowId, &User<'_>),
    fails: u64,
    selected: RowVerdicts,
) -> Vec<Finding> {
    let of_bit = |bit| {
        let (check, slot) = layout.bits[bit as usize];
        user.forget_reads();
        let Ok(Verdict::Fail(failure)) = evaluate(check.check().rule, user, slot, context) else {
            return None;
        };
        let mut finding = finding(check, user, slot, failure);
        let before = ordinals.before(row, user, layout, fails, bit);
        if before > 0 {
            finding.uid = format!("{}#{}", finding.uid, before + 1);
        }
        Some(finding)
    };
    bits(selected.fails).filter_map(of_bit).collect()
}

fn finding(check: CheckId, user: &User<'_>, slot: u8, failure: Failure) -> Finding {
    // Before anything else is read: these are the cells that the verdict rests on.
    let cells = user.cells_read();
    let kind = check.check().rule.subject();
    let created = created(user, kind, slot);
    let slot = matches!(kind, SubjectKind::AccessKey | SubjectKind::Certificate).then_some(slot + 1);
    let subject = Subject { kind, slot, created };
    let arn = user.arn();
    let whom = arn.clone().unwrap_or_else(|| user.name().to_owned());
    let mut uid = format!("{}/{whom}", check.name());
    if slot.is_some() {
        let created = subject.created.map_or_else(|| "unknown".to_owned(), |created| created.to_string());
        uid = format!("{uid}/{}/{created}", kind.name());
    }
    Finding {
        uid,
        check,
        severity: severity(check, &failure),
        account: user.account().map(str::to_owned),
        partition: user.partition().map(str::to_owned),
        user: Some(user.name().to_owned()),
        arn,
        subject,
        evidence: Evidence {
            age_days: failure.age_days,
            threshold_days: failure.threshold_days,
            pattern: failure.pattern,
            // Of two keys of one second the creation does not tell which is meant.
            deactivate: failure.deactivate.map(|key| KeyToDeactivate {
                created: key.created.filter(|_| !are_of_one_second(user, SubjectKind::AccessKey)),
                ..key
            }),
            concerned: None,
            cells,
        },
    }
}

pub(super) fn account_finding(check: CheckId, report: &Report, account: &AccountTally) -> Finding {
    let name = &report.accounts()[account.account as usize];
    let known = !name.id.is_empty();
    let arn = known.then(|| format!("arn:{}:iam::{}:root", name.partition, name.id));
    Finding {
        uid: format!("{}/{}", check.name(), arn.as_deref().unwrap_or("unknown-account")),
        check,
        severity: check.check().severity,
        account: known.then(|| name.id.clone()),
        partition: known.then(|| name.partition.clone()),
        user: None,
        arn,
        subject: Subject { kind: SubjectKind::Account, slot: None, created: None },
        evidence: Evidence {
            concerned: Some((account.expiry.without_expiry, account.expiry.enabled)),
            ..Evidence::default()
        },
    }
}
