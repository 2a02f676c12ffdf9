//! The header row: which separator, which columns, in which order.

use super::column::{Column, is_same_name};
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
    /// Whether a column is called as another tool calls it.
    is_of_other_tool: bool,
    /// The place of the time when the report was made, which some tools add to each row.
    pub(super) generated: Option<usize>,
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
        Self::of_names(delimiter, names)
    }

    /// The header of these names.
    pub(super) fn of_names(delimiter: u8, names: Vec<String>) -> Self {
        let is_one_of = |name: &String, others: &[(&str, Column)]| {
            others.iter().any(|(other, _)| is_same_name(name, other))
        };
        let mut header = Self {
            delimiter,
            columns: Vec::new(),
            known: Known::default(),
            is_of_other_tool: names.iter().any(|name| is_one_of(name, &OTHER_NAMES[..2])),
            generated: names.iter().position(|name| is_same_name(name, GENERATED)),
            names,
            user: None,
            arn: None,
        };
        let own: Vec<Option<Column>> = header.names.iter().map(|name| Column::from_name(name)).collect();
        for (index, (name, own_name)) in header.names.iter().zip(&own).enumerate() {
            let other = || {
                let column = column_of(name).filter(|_| header.is_of_other_tool);
                column.filter(|column| !own.contains(&Some(*column)))
            };
            let column = own_name.or_else(other).filter(|column| header.known.add(*column));
            match column {
                Some(Column::User) => header.user = Some(index),
                Some(Column::Arn) => header.arn = Some(index),
                _ => {}
            }
            header.columns.push(column);
        }
        header
    }

    /// The header that AWS would have written over a row: in its own order, of 16, 22 or 23 columns, the
    /// second of which is an ARN of IAM. `None` where the row has other cells.
    pub(super) fn of_row(row: &[u8]) -> Option<Self> {
        let is_further = |column: &Column| *column == Column::AdditionalCredentialsInfo;
        DELIMITERS.into_iter().find_map(|delimiter| {
            let mut cells = Cells::default();
            cells.split(row, delimiter);
            if !is_arn_of_iam(cells.get(1).trim_ascii()) {
                return None;
            }
            let columns: Vec<Column> = match cells.len() {
                16 => {
                    let is_old =
                        |column: &&Column| !column.name().contains("_last_used_") && !is_further(column);
                    Column::ALL.iter().filter(is_old).copied().collect()
                }
                22 => Column::ALL.iter().filter(|column| !is_further(column)).copied().collect(),
                23 => Column::ALL.to_vec(),
                _ => return None,
            };
            Some(Self::of_names(delimiter, columns.iter().map(|column| column.name().to_owned()).collect()))
        })
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
    ///
    /// What another tool calls the user is found in many tables; only beside more of a report's columns
    /// does it make one. The same holds for a table of owners, of findings, or of a review.
    pub(super) fn is_report(&self) -> bool {
        let whom = usize::from(self.user.is_some()) + usize::from(self.arn.is_some());
        let is_enough = match self.kind() {
            Some(TableKind::Alibaba) => false,
            Some(_) => self.known() > whom,
            None if self.is_of_other_tool => self.known() > whom,
            None => self.known() > 1 || self.names.len() == 1,
        };
        whom > 0 && is_enough
    }

    /// What the table is by columns that no report has.
    pub(super) fn kind(&self) -> Option<TableKind> {
        let has = |wanted: &[&str]| {
            wanted.iter().any(|wanted| self.names.iter().any(|name| is_same_name(name, wanted)))
        };
        let is_about_users = self.user.is_some()
            || self.arn.is_some()
            || has(&["user_name", "ユーザー名", "ユーザー", "ユーザ名"]);
        let has_address = has(&["email", "mail", "email_address", "メール", "メールアドレス"]);
        if has(&["password_exist", "user_last_logon"]) {
            Some(TableKind::Alibaba)
        } else if has(&["decision", "action"]) && is_about_users {
            Some(TableKind::Review)
        } else if has(&["check"]) && has(&["severity"]) {
            Some(TableKind::Findings)
        } else if has(&["joined_method"]) && has(&["id"]) {
            Some(TableKind::Accounts)
        } else if has(&["owner", "owner_name", "所有者", "担当者"]) && (is_about_users || has_address)
            || is_about_users && has_address
            || has(&["user_principal_name", "ユーザープリンシパル名"])
                && has(&["department", "account_enabled", "mail", "部署"])
        {
            Some(TableKind::Owners)
        } else if has(&["account", "account_id", "aws_account_id", "アカウントID", "アカウント"])
            && has(&["name", "account_name", "アカウント名", "名前"])
            && !is_about_users
        {
            Some(TableKind::Accounts)
        } else {
            None
        }
    }
}

/// What a table is that is no report of AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableKind {
    /// Alibaba Cloud's report on its RAM users.
    Alibaba,
    /// Users and what was decided about them.
    Review,
    /// Findings of this tool.
    Findings,
    /// Users and who answers for them.
    Owners,
    /// Accounts and their names.
    Accounts,
}

/// What another tool calls the user, the ARN, and the state of MFA; the last is known where one of the
/// others stands beside it.
const OTHER_NAMES: [(&str, Column); 3] =
    [("user_name", Column::User), ("user_arn", Column::Arn), ("mfa_enabled", Column::MfaActive)];

/// What Steampipe calls the time when the report was made.
const GENERATED: &str = "generated_time";

/// The column of a name in a header, as AWS or another tool writes it.
pub(super) fn column_of(name: &str) -> Option<Column> {
    let other = || OTHER_NAMES.iter().find(|(other, _)| is_same_name(name, other)).map(|(_, column)| *column);
    Column::from_name(name).or_else(other)
}

/// Cells as a line of CSV, each in quotes; a line break in one is a blank.
pub(super) fn line_of<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\"").replace(['\n', '\r'], " "));
    let mut line = cells.map(quoted).collect::<Vec<_>>().join(",").into_bytes();
    line.push(b'\n');
    line
}

/// Whether a cell is an ARN of IAM.
pub(super) fn is_arn_of_iam(cell: &[u8]) -> bool {
    cell.strip_prefix(b"arn:").is_some_and(|rest| memchr::memmem::find(rest, b":iam::").is_some())
}

/// How many ARNs of IAM stand in a line, up to two.
pub(super) fn arns_of_iam(line: &[u8]) -> usize {
    memchr::memmem::find_iter(line, b":iam::").take(2).count()
}

/// What a line of one quoted cell holds, where each line of a table became one.
pub(super) fn unquoted(line: &str) -> Option<String> {
    let inner = line.trim_start_matches('\u{feff}').trim().strip_prefix('"')?.strip_suffix('"')?;
    (!inner.replace("\"\"", "").contains('"')).then(|| inner.replace("\"\"", "\""))
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
    fn names_in_words_and_of_other_tools_are_known() {
        let columns = |line: &str| Header::find(line).unwrap().columns;
        let (user, arn, mfa) = (Some(Column::User), Some(Column::Arn), Some(Column::MfaActive));
        assert_eq!(columns("User,ARN,MFA Active"), [user, arn, mfa]);
        assert_eq!(columns("User Name,user_arn,mfa-enabled"), [user, arn, mfa]);
        // The name of another tool counts beside another such name alone.
        assert_eq!(columns("user,arn,mfa_enabled"), [user, arn, None]);
        for (line, is_report) in [
            ("user_name,mfa_active", true),
            ("user_arn,mfa_enabled", true),
            ("user_name,user_arn", false),
            ("UserName,Arn,CreateDate,Path", false),
            ("User name,Password,Console sign-in URL", false),
            ("user,user_last_logon,password_exist,mfa_active", false),
        ] {
            assert_eq!(Header::find(line).unwrap().is_report(), is_report, "{line}");
        }
        assert_eq!(Header::find("user_name,mfa_active,generated_time").unwrap().generated, Some(2));
    }

    #[test]
    fn the_header_of_a_row_is_that_of_aws() {
        let row = |cells: usize| format!("ann,arn:aws:iam::123456789012:user/ann{}", ",x".repeat(cells - 2));
        for cells in [16, 22, 23] {
            assert_eq!(Header::of_row(row(cells).as_bytes()).unwrap().columns.len(), cells);
            assert_eq!(Header::of_row(row(cells).replace(',', ";").as_bytes()).unwrap().delimiter, b';');
            assert_eq!(Header::of_row(row(cells).replace("arn:", "").as_bytes()), None);
        }
        assert_eq!(Header::of_row(row(21).as_bytes()), None);
    }

    #[test]
    fn a_line_that_became_one_cell_is_told() {
        assert_eq!(unquoted("\"user,arn\"").as_deref(), Some("user,arn"));
        assert_eq!(unquoted("\"a,\"\"b\"\"\"\r").as_deref(), Some("a,\"b\""));
        assert_eq!(unquoted("\"user\",\"arn\""), None);
        assert_eq!(unquoted("user,arn"), None);
    }

    #[test]
    fn other_tables_are_no_reports() {
        assert!(!Header::find("name,mail").unwrap().is_report());
        assert!(!Header::find("user,mail").unwrap().is_report());
        assert_eq!(Header::find("hello"), None);
    }
}
