//! Findings, made of verdicts when somebody looks at them.

use super::Assessment;
use super::earlier::Side;
use super::inputs::Inputs;
use super::judging::judge;
use super::ordinals::{are_of_one_second, created};
use super::verdicts::{RowVerdicts, bits, severity};
use crate::checks::{CheckId, Failure, KeyToDeactivate, PasswordExpiry, SubjectKind, Verdict};
use crate::finding::{Evidence, Finding, Subject};
use crate::report::{Report, User};

impl Assessment {
    /// The findings on a user, in table order: those of `selected`, which is part of its verdicts.
    pub fn findings(
        &self,
        inputs: &Inputs,
        report: usize,
        user: &User<'_>,
        selected: RowVerdicts,
    ) -> Vec<Finding> {
        self.current(report as u32).findings(inputs, user, selected)
    }
}

impl Side<'_> {
    /// The findings on a user of the report, in table order: those of `selected`, which is part of its
    /// verdicts.
    pub(crate) fn findings(&self, inputs: &Inputs, user: &User<'_>, selected: RowVerdicts) -> Vec<Finding> {
        let Some(loaded) = inputs.reports().get(self.report as usize) else { return Vec::new() };
        let row = loaded.first_row + user.index();
        let fails = self.verdicts(user.index()).fails;
        let of_bit = |bit| {
            let (check, slot) = self.layout.bits[bit as usize];
            user.forget_reads();
            let Ok(Verdict::Fail(failure)) = judge(check.check().judge, user, slot, &self.context) else {
                return None;
            };
            let mut finding = finding(check, user, slot, failure);
            let before = self.ordinals.before(row, user, self.layout, fails, bit);
            if before > 0 {
                finding.uid = format!("{}#{}", finding.uid, before + 1);
            }
            Some(finding)
        };
        bits(selected.fails).filter_map(of_bit).collect()
    }
}

fn finding(check: CheckId, user: &User<'_>, slot: u8, failure: Failure) -> Finding {
    // Before anything else is read: these are the cells that the verdict rests on.
    let cells = user.cells_read();
    let kind = check.check().judge.subject();
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

/// A finding about an account, by its number within the report.
pub(super) fn account_finding(
    check: CheckId,
    report: &Report,
    account: u32,
    expiry: &PasswordExpiry,
) -> Finding {
    let name = &report.accounts()[account as usize];
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
            concerned: Some((expiry.without_expiry, expiry.enabled)),
            ..Evidence::default()
        },
    }
}
