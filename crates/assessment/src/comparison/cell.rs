//! The cells of keys and certificates, whichever slot they stand in.

use crate::checks::SubjectKind;
use crate::report::{Column, ReadCell, Timestamp, User, sorted};

/// The columns of keys and certificates: those of the first slot, and those of the second.
const SLOTS: [(SubjectKind, [Column; 2]); 7] = [
    (SubjectKind::AccessKey, [Column::AccessKey1Active, Column::AccessKey2Active]),
    (SubjectKind::AccessKey, [Column::AccessKey1LastRotated, Column::AccessKey2LastRotated]),
    (SubjectKind::AccessKey, [Column::AccessKey1LastUsedDate, Column::AccessKey2LastUsedDate]),
    (SubjectKind::AccessKey, [Column::AccessKey1LastUsedRegion, Column::AccessKey2LastUsedRegion]),
    (SubjectKind::AccessKey, [Column::AccessKey1LastUsedService, Column::AccessKey2LastUsedService]),
    (SubjectKind::Certificate, [Column::Cert1Active, Column::Cert2Active]),
    (SubjectKind::Certificate, [Column::Cert1LastRotated, Column::Cert2LastRotated]),
];

/// Of a column of a key or certificate the kind, and the slot, from 0.
pub(super) fn credential(column: Column) -> Option<(SubjectKind, u8)> {
    SLOTS.iter().find_map(|(kind, columns)| {
        let slot = columns.iter().position(|of_slot| *of_slot == column)?;
        Some((*kind, slot as u8))
    })
}

/// The same column of another slot, from 0; itself where it is of no slot.
pub(super) fn in_slot(column: Column, slot: u8) -> Column {
    let columns = SLOTS.iter().find(|(_, columns)| columns.contains(&column)).map(|(_, columns)| columns);
    columns.and_then(|columns| columns.get(usize::from(slot))).copied().unwrap_or(column)
}

/// What a cell means, whatever it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Flag(bool),
    /// `None`: the cell says that there is none.
    Time(Option<Timestamp>),
}

impl Meaning {
    /// What a cell means; `None` where it cannot be read.
    pub(super) fn of(user: &User<'_>, column: Column) -> Option<Self> {
        let flag = user.flag(column).ok().map(Self::Flag);
        flag.or_else(|| user.time(column).ok().map(Self::Time))
    }

    /// Whether it is what stands in an empty slot.
    pub(super) fn is_of_empty_slot(self) -> bool {
        matches!(self, Self::Flag(false) | Self::Time(None))
    }
}

/// Cells of a user, where the report has them, in the order of columns.
pub(super) fn cells_of(user: &User<'_>, columns: impl Iterator<Item = Column>) -> Vec<ReadCell> {
    let mut cells: Vec<ReadCell> = columns.filter_map(|column| user.cell(column)).collect();
    sorted::sort_by_key(&mut cells, |cell| cell.column);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_its_like_in_the_other_slot_and_comes_back() {
        for &column in Column::ALL {
            match credential(column) {
                Some((_, slot)) => {
                    let other = in_slot(column, 1 - slot);
                    assert_ne!(other, column);
                    assert_eq!(in_slot(other, slot), column);
                }
                None => assert_eq!(in_slot(column, 1), column),
            }
        }
        assert_eq!(Column::ALL.iter().filter(|column| credential(**column).is_some()).count(), 14);
    }
}
