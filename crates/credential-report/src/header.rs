//! The header row: which separator, which columns, in which order.

use super::column::Column;
use super::split::{Cells, DELIMITERS};

/// The columns of a table, found in its header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) delimiter: u8,
    /// For each cell of a row its column, or `None` for one that is left aside.
    pub(super) columns: Vec<Option<Column>>,
    /// The names as they stand.
    pub(super) names: Vec<String>,
    known: Known,
    /// The place of the name's cell in a row.
    pub(super) user: Option<usize>,
    /// The place of the ARN's cell in a row.
    pub(super) arn: Option<usize>,
}

/// A set of columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Known(u32);

impl Known {
    /// Adds a column: whether it is new.
    pub(super) fn add(&mut self, column: Column) -> bool {
        let before = self.0;
        self.0 |= 1 << column as u32;
        self.0 != before
    }

    pub(super) fn has(self, column: Column) -> bool {
        self.0 >> column as u32 & 1 == 1
    }

    pub(super) fn count(self) -> usize {
        self.0.count_ones() as usize
    }
}

impl Header {
    /// The header in a line, by the separator under which most columns are known; `None` where no
    /// separator shows a table with two cells or any column of the report.
    pub(super) fn find(line: &str) -> Option<Self> {
        let line = line.trim_start_matches(['\u{feff}', '\r', '\n']).trim_end_matches(['\r', '\n']);
        DELIMITERS
            .into_iter()
            .filter(|delimiter| *delimiter == b',' || line.as_bytes().contains(delimiter))
            .map(|delimiter| Self::split(line, delimiter))
            .filter(|header| header.names.len() > 1 || header.known() > 0)
            // The first of equals: a comma unless another separator shows more.
            .rev()
            .max_by_key(|header| (header.known(), header.names.len()))
    }

    fn split(line: &str, delimiter: u8) -> Self {
        let mut cells = Cells::default();
        cells.split(line.as_bytes(), delimiter);
        let names: Vec<String> =
            cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let mut header =
            Self { delimiter, columns: Vec::new(), names, known: Known::default(), user: None, arn: None };
        for (index, name) in header.names.iter().enumerate() {
            let column = Column::from_name(name).filter(|column| header.known.add(*column));
            match column {
                Some(Column::User) => header.user = Some(index),
                Some(Column::Arn) => header.arn = Some(index),
                _ => {}
            }
            header.columns.push(column);
        }
        header
    }

    /// How many columns are the report's.
    pub(super) fn known(&self) -> usize {
        self.known.count()
    }

    /// Whether all cells look like names of columns. A time, an ARN, a URL, a number, a key or a password
    /// does not; where a cell is one, the line is of another kind, and none of its names is told.
    pub(super) fn has_plain_names(&self) -> bool {
        self.names.iter().zip(&self.columns).all(|(name, column)| column.is_some() || is_plain_name(name))
    }

    /// Whether rows under this header say who a user is. A lone column of users is a report cut down
    /// to it; in a larger table of another kind `user` or `arn` alone may mean anything.
    pub(super) fn is_report(&self) -> bool {
        (self.user.is_some() || self.arn.is_some()) && (self.known() > 1 || self.names.len() == 1)
    }
}

/// Whether a text begins with the header of a report; a line `sep=;` for Excel may come before.
pub(super) fn table(text: &str) -> bool {
    text.lines()
        .filter(|line| !is_blank_line(line) && !is_separator_line(line))
        .map(Header::find)
        .next()
        .flatten()
        .is_some_and(|header| header.is_report())
}

/// Whether a line holds nothing, or empty cells only.
pub(super) fn is_blank_line(line: &str) -> bool {
    line.trim_matches(['\u{feff}', ' ', '\r', '\n', ',', ';', '\t']).is_empty()
}

/// Whether a line only tells Excel the separator.
pub(super) fn is_separator_line(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
    line.len() == 5 && line.starts_with("sep=")
}

/// How many bytes must be there before the form is told, unless the file is shorter.
pub(super) const HEAD: usize = 16 * 1024;

/// The longest name of a column that is told, in characters.
const LONGEST_NAME: usize = 64;

/// Whether a cell is made of words, which may be numbers, but not of letters, digits and signs mixed.
fn is_plain_name(name: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || c == char::REPLACEMENT_CHARACTER;
    let is_word = |word: &str| word.chars().all(is_letter) || word.chars().all(|c| c.is_ascii_digit());
    let mut words = name.split([' ', '_', '-']).map(|word| word.trim_end_matches([':', '.']));
    name.chars().count() <= LONGEST_NAME
        && words.all(is_word)
        && (name.is_empty() || name.chars().any(is_letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_look_like_names() {
        for (line, plain) in [
            ("user,arn,department", true),
            ("user,arn,", true),
            ("User name,Password,Console sign-in URL", true),
            ("Access key ID,Secret access key", true),
            ("user,arn,Cost center 12,部署,access_key_3_active,Unnamed: 0", true),
            ("user,arn,Kx7)wHq2(", false),
            ("user,arn,hunter2", false),
            ("user,arn,correct!", false),
            ("user,arn,42", false),
            ("user,arn,2026-11-25", false),
            ("user,arn,2026-11-25T00:00:00Z", false),
            ("user,arn,arn:aws:iam::111122223333:user/ann", false),
            ("user,arn,https://111122223333.signin.aws.amazon.com/console", false),
            ("user,arn,AKIAIOSFODNN7EXAMPLE", false),
            ("user,arn,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", false),
        ] {
            assert_eq!(Header::find(line).unwrap().has_plain_names(), plain, "{line}");
        }
        assert!(!is_plain_name(&"x".repeat(65)));
    }

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
