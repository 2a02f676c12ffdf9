//! Findings made by hand, for what is said of them.

use credential_report_viewer::checks::{CheckId, SubjectKind};
use credential_report_viewer::finding::{Evidence, Finding, Subject};
use credential_report_viewer::report::{CellValue, Column, ReadCell, Timestamp};

/// A time, as a report has it.
pub(crate) fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// A finding of a check with nothing known but the subject.
pub(crate) fn bare(check: CheckId) -> Finding {
    let kind = check.check().rule.subject();
    let slot = matches!(kind, SubjectKind::AccessKey | SubjectKind::Certificate).then_some(1);
    Finding {
        uid: String::new(),
        check,
        severity: check.check().severity,
        account: None,
        partition: None,
        user: (kind != SubjectKind::Account).then(|| "andrew".to_owned()),
        arn: None,
        subject: Subject { kind, slot, created: None },
        evidence: Evidence::default(),
    }
}

/// A finding of a check by its id, with an age of 1,761 days and a limit of 45.
pub(crate) fn full(id: &str) -> Finding {
    let mut finding = bare(CheckId::from_name(id).unwrap());
    finding.subject.created = finding.subject.slot.map(|_| time("2016-07-27T14:41:00Z"));
    finding.evidence.age_days = Some(1761);
    finding.evidence.threshold_days = Some(45);
    finding
}

/// The same, resting on these cells.
pub(crate) fn with_cells(id: &str, cells: &[(Column, &str)]) -> Finding {
    let mut finding = full(id);
    let cell = |&(column, raw): &(Column, &str)| {
        let flag = raw.trim().to_ascii_lowercase().parse().ok().map(CellValue::Flag);
        let time = || Timestamp::parse(raw).ok().map(CellValue::Time);
        ReadCell { column, raw: raw.to_owned(), value: flag.or_else(time) }
    };
    finding.evidence.cells = cells.iter().map(cell).collect();
    finding
}
