//! The side table of a report: cells that are kept as text, by row.

use super::cell::OddCell;
use super::column::Column;
use super::rows::Chunked;

/// Cells that are kept as text. Rows come in order, so that those of a row stand together.
#[derive(Debug, Default)]
pub(crate) struct OddCells {
    cells: Chunked<(u32, Column, OddCell)>,
    /// Where the cells of a row begin, by row, up to the last one that has any.
    starts: Vec<u32>,
}

/// A row without such cells.
const NONE: u32 = u32::MAX;

impl OddCells {
    /// Keeps a cell of the row that is being read.
    pub(crate) fn push(&mut self, row: u32, column: Column, cell: OddCell) {
        if self.starts.len() <= row as usize {
            self.starts.resize(row as usize, NONE);
            self.starts.push(self.cells.len() as u32);
        }
        self.cells.push((row, column, cell));
    }

    /// The cell of a row in a column; `None` where it is not kept as text.
    pub(crate) fn get(&self, row: u32, column: Column) -> Option<&OddCell> {
        let start = *self.starts.get(row as usize).filter(|start| **start != NONE)?;
        (start as usize..self.cells.len())
            .map(|at| self.cells.get(at))
            .take_while(|(of, ..)| *of == row)
            .find(|(_, of, _)| *of == column)
            .map(|(.., cell)| cell)
    }

    /// How many cells there are, in all rows.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether any row has such a cell in a column.
    pub(crate) fn any_in(&self, column: Column) -> bool {
        self.cells.iter().any(|(_, of, _)| *of == column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Meaning;

    #[test]
    fn cells_are_found_by_row_and_column() {
        let mut odd = OddCells::default();
        let pushed = [
            (2, Column::Arn, "a"),
            (2, Column::MfaActive, "b"),
            (3, Column::MfaActive, "c"),
            (7, Column::Arn, "d"),
        ];
        for (row, column, text) in pushed {
            odd.push(row, column, OddCell { raw: text.into(), meaning: Meaning::Word });
        }
        for row in 0..9 {
            for &column in Column::ALL {
                let expected = pushed.iter().find(|(of, at, _)| (*of, *at) == (row, column));
                let found = odd.get(row, column).map(|cell| &*cell.raw);
                assert_eq!(found, expected.map(|(.., text)| *text), "{row} {column:?}");
            }
        }
        assert_eq!(odd.len(), 4);
        assert!(odd.any_in(Column::Arn) && !odd.any_in(Column::PasswordEnabled));
    }
}
