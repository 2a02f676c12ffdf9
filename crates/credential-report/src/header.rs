//! The header row: which separator, which columns, in which order.

use super::column::Column;

/// The columns of a table, found in its header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) delimiter: u8,
    /// For each cell of a row its column, or `None` for one that is left aside.
    pub(super) columns: Vec<Option<Column>>,
    /// The names as they stand.
    pub(super) names: Vec<String>,
}

impl Header {
    /// The header in a line, by the separator under which most columns are known; `None` where no
    /// separator shows a table with two cells or any column of the report.
    pub(super) fn find(line: &str) -> Option<Self> {
        let line = line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
        [b',', b';', b'\t']
            .into_iter()
            .filter(|delimiter| *delimiter == b',' || line.as_bytes().contains(delimiter))
            .map(|delimiter| Self::split(line, delimiter))
            .filter(|header| header.names.len() > 1 || header.known() > 0)
            // The first of equals: a comma unless another separator shows more.
            .rev()
            .max_by_key(|header| (header.known(), header.names.len()))
    }

    fn split(line: &str, delimiter: u8) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(line.as_bytes());
        let names: Vec<String> = reader
            .records()
            .next()
            .and_then(Result::ok)
            .map(|record| record.iter().map(str::to_owned).collect())
            .unwrap_or_default();
        let mut columns: Vec<Option<Column>> = Vec::with_capacity(names.len());
        for name in &names {
            let column = Column::from_name(name).filter(|column| !columns.contains(&Some(*column)));
            columns.push(column);
        }
        Self { delimiter, columns, names }
    }

    /// How many columns are the report's.
    pub(super) fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// The place of a column's cell in a row.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|other| *other == Some(column))
    }

    /// Whether rows under this header say who a user is. A lone column of users is a report cut down
    /// to it; in a larger table of another kind `user` or `arn` alone may mean anything.
    pub(super) fn is_report(&self) -> bool {
        (self.has(Column::User) || self.has(Column::Arn)) && (self.known() > 1 || self.names.len() == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told_apart_by_the_columns_that_they_show() {
        for (line, delimiter) in [
            ("user,arn,password_enabled", b','),
            ("\u{feff}user;arn;password_enabled\r", b';'),
            ("\"user\"\t\"arn\"\t\"a,b\"", b'\t'),
        ] {
            let header = Header::find(line).unwrap();
            assert_eq!(header.delimiter, delimiter, "{line}");
            assert!(header.is_report());
            assert_eq!(header.columns[..2], [Some(Column::User), Some(Column::Arn)]);
        }
    }

    #[test]
    fn a_column_counts_once() {
        let header = Header::find("user,arn,user").unwrap();
        assert_eq!(header.columns, [Some(Column::User), Some(Column::Arn), None]);
    }

    #[test]
    fn other_tables_are_no_reports() {
        assert!(!Header::find("name,mail").unwrap().is_report());
        assert!(!Header::find("user,mail").unwrap().is_report());
        assert_eq!(Header::find("hello"), None);
    }
}
