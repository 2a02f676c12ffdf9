//! A finding: a check that failed, on whom, and by which cells.

use serde::{Deserialize, Serialize};

use crate::checks::{CheckId, KeyToDeactivate, Pattern, Severity, SubjectKind};
use crate::report::{CellValue, Column, ReadCell, Timestamp};

/// The very thing that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Its kind.
    pub kind: SubjectKind,
    /// 1 or 2, for a key or certificate.
    pub slot: Option<u8>,
    /// When the key or certificate was created.
    pub created: Option<Timestamp>,
}

/// What a verdict rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The age that the check names, in days.
    pub age_days: Option<u32>,
    /// The limit that it was held against, in days.
    pub threshold_days: Option<u32>,
    /// How two active keys are used.
    pub pattern: Option<Pattern>,
    /// Of two active keys the one to deactivate.
    pub deactivate: Option<KeyToDeactivate>,
    /// For an account: how many of how many enabled passwords are concerned.
    pub concerned: Option<(u64, u64)>,
    /// Each cell that the verdict read, in the order of the columns.
    pub cells: Vec<ReadCell>,
}

impl Evidence {
    /// The time in a cell that the verdict read.
    pub fn time(&self, column: Column) -> Option<Timestamp> {
        match self.value(column)? {
            CellValue::Time(time) => Some(time),
            CellValue::Flag(_) => None,
        }
    }

    /// What a cell of `true` or `false` says that the verdict read.
    pub fn flag(&self, column: Column) -> Option<bool> {
        match self.value(column)? {
            CellValue::Flag(flag) => Some(flag),
            CellValue::Time(_) => None,
        }
    }

    fn value(&self, column: Column) -> Option<CellValue> {
        self.cells.iter().find(|cell| cell.column == column)?.value
    }
}

/// A check that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The same for the same credential in every report: check, arn, and the credential.
    pub uid: String,
    /// Which check.
    pub check: CheckId,
    /// How bad, after escalation.
    pub severity: Severity,
    /// The 12 digits of the account; `None` where the report does not say.
    pub account: Option<String>,
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: Option<String>,
    /// The user's name, `<root_account>` for root; `None` for a finding about an account.
    pub user: Option<String>,
    /// The user's ARN, for a finding about an account that of its root.
    pub arn: Option<String>,
    /// What it is about.
    pub subject: Subject,
    /// What it rests on.
    pub evidence: Evidence,
}
