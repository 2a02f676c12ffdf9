//! Forms that are part of more than one export.

use serde::{Serialize, Serializer};

use crate::checks::{BySeverity, Severity};
use crate::finding::Subject;
use crate::report::{ReadCell, Timestamp};
use crate::review::{Decided, Decision, Entry};

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

/// A decision, and how it stands.
#[derive(Serialize)]
pub(super) struct DecisionStateForm<'a> {
    /// Not of a redacted export, and where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    /// `null` where it cannot be read.
    action: Option<&'static str>,
    state: &'static str,
    /// Only of an exception that covers whatever is found.
    #[serde(skip_serializing_if = "Option::is_none")]
    broad: Option<bool>,
}

impl<'a> DecisionStateForm<'a> {
    pub(super) fn new(decided: Decided<'a>, place: u32, is_redacted: bool) -> Self {
        let entry = decided.decisions.entries().get(place as usize);
        let decision = decided.decisions.get(place);
        Self {
            id: entry.and_then(Entry::id).filter(|_| !is_redacted),
            action: decision.map(|decision| decision.action.name()),
            state: decided.review.state(place).name(),
            broad: decision.is_some_and(Decision::is_broad).then_some(true),
        }
    }
}

/// How many there are of each name, in their order.
pub(super) type Counts = Vec<(&'static str, u64)>;

/// An object of values by name.
pub(super) fn by_name<V: Serialize, S: Serializer>(
    values: &[(&'static str, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(values.iter().map(|(name, value)| (name, value)))
}

/// The raw text of cells, in the order of columns.
pub(super) fn by_column<S: Serializer>(cells: &&[ReadCell], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(cells.iter().map(|cell| (cell.column.name(), &cell.raw)))
}
