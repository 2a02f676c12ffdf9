//! Findings, made of verdicts when somebody looks at them.

use super::Assessment;
use super::account::AccountTally;
use super::inputs::Inputs;
use super::judging::judge;
use super::verdicts::{RowVerdicts, bits, severity};
use crate::checks::{CheckId, Failure, SubjectKind, Verdict};
use crate::finding::{Evidence, Finding, Subject};
use crate::report::{Report, Timestamp, User};

impl Assessment {
    /// The findings on a user, in table order: those of `selected`, which is part of its verdicts.
    pub fn findings(
        &self,
        inputs: &Inputs,
        report: usize,
        user: &User<'_>,
        selected: RowVerdicts,
    ) -> Vec<Finding> {
        let mut findings = Vec::with_capacity(selected.fails.count_ones() as usize);
        let all = self.verdicts(report, user.index()).unwrap_or_default().fails;
        for bit in bits(selected.fails) {
            let (check, slot) = self.layout.bits[bit as usize];
            user.forget_reads();
            let Ok(Verdict::Fail(failure)) = judge(check.check().judge, user, slot, &self.context()) else {
                continue;
            };
            let mut finding = finding(check, user, slot, failure);
            let mut same = 0;
            // Two keys made in the same second fail alike, or the report has the user twice.
            if slot == 1 && all & (1 << (bit - 1)) != 0 && created(check, user, 0) == finding.subject.created
            {
                same += 1;
            }
            if let Some(loaded) = inputs.reports().get(report) {
                let here = loaded.report.earlier_rows_of_same_arn(user.index()).map(|row| (report, row));
                let elsewhere = loaded.namesakes.get(&user.index()).into_iter().flatten();
                for (report, row) in here.chain(elsewhere.map(|(report, row)| (*report as usize, *row))) {
                    let fails = self.verdicts(report, row).unwrap_or_default().fails;
                    let Some(twin) = inputs.reports()[report].report.get(row) else { continue };
                    same += bits(fails & self.layout.of_check(check))
                        .filter(|bit| {
                            created(check, &twin, self.layout.bits[*bit as usize].1)
                                == finding.subject.created
                        })
                        .count();
                }
            }
            if same > 0 {
                finding.uid = format!("{}#{}", finding.uid, same + 1);
            }
            findings.push(finding);
        }
        findings
    }
}

fn finding(check: CheckId, user: &User<'_>, slot: u8, failure: Failure) -> Finding {
    // Before anything else is read: these are the cells that the verdict rests on.
    let cells = user.cells_read();
    let kind = check.check().judge.subject();
    let created = created(check, user, slot);
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
            deactivate: failure.deactivate,
            concerned: None,
            cells,
        },
    }
}

/// When the subject of a check was made, where it is a key or certificate.
fn created(check: CheckId, user: &User<'_>, slot: u8) -> Option<Timestamp> {
    match check.check().judge.subject() {
        SubjectKind::AccessKey => user.access_key(slot + 1).created().ok().flatten(),
        SubjectKind::Certificate => user.certificate(slot + 1).created().ok().flatten(),
        SubjectKind::Account | SubjectKind::User | SubjectKind::Password => None,
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
