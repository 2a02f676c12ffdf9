//! Forms that are part of more than one export.

use serde::{Serialize, Serializer};

use crate::checks::{BySeverity, Severity};
use crate::finding::Subject;
use crate::report::{ReadCell, Timestamp};

/// The program that wrote it.
#[derive(Serialize)]
pub(super) struct ToolForm {
    name: &'static str,
    version: &'static str,
}

impl ToolForm {
    pub(super) const THIS: Self =
        Self { name: "credential-report-viewer", version: env!("CARGO_PKG_VERSION") };
}

#[derive(Serialize)]
pub(super) struct BySeverityForm {
    critical: u64,
    high: u64,
    medium: u64,
    low: u64,
    info: u64,
}

impl From<BySeverity> for BySeverityForm {
    fn from(counts: BySeverity) -> Self {
        Self {
            critical: counts.of(Severity::Critical),
            high: counts.of(Severity::High),
            medium: counts.of(Severity::Medium),
            low: counts.of(Severity::Low),
            info: counts.of(Severity::Info),
        }
    }
}

#[derive(Serialize)]
pub(super) struct SubjectForm {
    kind: &'static str,
    slot: Option<u8>,
    created: Option<Timestamp>,
}

impl From<&Subject> for SubjectForm {
    fn from(subject: &Subject) -> Self {
        Self { kind: subject.kind.name(), slot: subject.slot, created: subject.created }
    }
}

/// The raw text of cells, in the order of columns.
pub(super) fn by_column<S: Serializer>(cells: &&[ReadCell], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(cells.iter().map(|cell| (cell.column.name(), &cell.raw)))
}
