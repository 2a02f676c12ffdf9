//! A table of owners as a file has it: who answers for which user.

use serde::{Deserialize, Serialize};

use super::side_file::{Issues, SideIssue, SideIssueKind, account_digits};
use crate::report::{DecodedText, Decoder, Table, TableRow, is_same_column};

/// A file of owners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnersFile {
    /// Its name.
    pub name: String,
    /// The lines that could be read, in order.
    pub lines: Vec<OwnerLine>,
    /// What is odd about it.
    pub issues: Vec<SideIssue>,
}

/// A line of a file of owners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerLine {
    /// The line, from 1.
    pub line: u32,
    /// Which user it is about.
    pub key: OwnerKey,
    /// The addresses of the owner, in lower case.
    pub addresses: Vec<String>,
    /// Who the owner is.
    pub owner: Owner,
}

/// Which user a line is about; every text in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OwnerKey {
    /// The user of this ARN.
    Arn(String),
    /// The user of an account, by its 12 digits and the user's name.
    AccountUser(String, String),
    /// The user of this name, wherever there is only one.
    User(String),
    /// The user who is called as the owner's e-mail address is, or as the part before its `@`; in an account,
    /// where the line names one.
    Address(Option<String>),
}

/// Who answers for a user. What a file does not say is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The name; where there is none, the e-mail address, or the team.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The team or department.
    pub team: String,
    /// Whom the owner reports to.
    pub manager: String,
    /// Whether the owner is still there; `None` where nobody says.
    pub active: Option<bool>,
    /// A remark.
    pub note: String,
}

impl Owner {
    /// What tells her or him from others: the e-mail address, else the name.
    pub fn key(&self) -> &str {
        if self.email.is_empty() { &self.name } else { &self.email }
    }
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Arn,
    Account,
    User,
    Owner,
    DisplayName,
    Email,
    PrincipalName,
    Team,
    Manager,
    Active,
    Note,
}

/// The names of columns. Those of Microsoft Entra's export of users are among them.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Arn, &["arn", "user_arn"]),
    (Field::Account, &["account", "account_id", "aws_account_id", "アカウントID", "アカウント"]),
    (Field::User, &["user", "user_name", "iam_user", "ユーザー名", "ユーザー", "ユーザ名"]),
    (Field::Owner, &["owner", "owner_name", "所有者", "担当者"]),
    (Field::DisplayName, &["display_name", "表示名"]),
    (Field::Email, &["email", "mail", "email_address", "owner_email", "メール", "メールアドレス"]),
    (Field::PrincipalName, &["user_principal_name", "ユーザープリンシパル名"]),
    (Field::Team, &["team", "department", "部署", "部門"]),
    (Field::Manager, &["manager", "上長"]),
    (Field::Active, &["active", "account_enabled", "在籍"]),
    (Field::Note, &["note", "備考"]),
];

/// Words for somebody who is still there, and for somebody who is not, in lower case.
const ACTIVE: &[&str] =
    &["true", "t", "yes", "y", "1", "active", "enabled", "wahr", "vrai", "在籍", "在籍中", "はい", "有", "○"];
const INACTIVE: &[&str] = &[
    "false",
    "f",
    "no",
    "n",
    "0",
    "inactive",
    "disabled",
    "falsch",
    "faux",
    "退職",
    "退職済み",
    "いいえ",
    "無",
    "×",
];

fn field_of(name: &str) -> Option<Field> {
    let is_of = |(_, names): &&(Field, &[&str])| names.iter().any(|known| is_same_column(known, name));
    NAMES.iter().find(is_of).map(|(field, _)| *field)
}

/// What stands where nobody knows anything.
fn is_nothing(cell: &str) -> bool {
    matches!(cell, "" | "-" | "–" | "N/A" | "n/a" | "null" | "<null>" | "なし")
}

impl OwnersFile {
    /// Reads a file; `None` where it has no header of owners.
    pub fn read(name: &str, bytes: &[u8], decoder: Option<Decoder>) -> Option<Self> {
        let decoded = DecodedText::new(bytes, decoder);
        let table = Table::find(&decoded.text, 2, &|name| field_of(name).is_some())?;
        let fields: Vec<Option<Field>> = table.names().iter().map(|name| field_of(name)).collect();
        let mut reading = Reading { fields, names: table.names(), issues: Issues::new(name), filled: 0 };
        if let Some(warning) = decoded.warning {
            reading.issues.push(None, None, SideIssueKind::Encoding(warning));
        }
        let lines = table.rows().filter_map(|row| reading.line(&row)).collect();
        if reading.filled > 0 {
            let kind = SideIssueKind::FilledUp { lines: reading.filled };
            let column = reading.column(Field::Account);
            reading.issues.push(None, column, kind);
        }
        Some(Self { name: name.to_owned(), lines, issues: reading.issues.list })
    }
}

/// A file under way.
struct Reading<'f> {
    fields: Vec<Option<Field>>,
    names: &'f [String],
    issues: Issues<'f>,
    /// How many account numbers were filled up.
    filled: u32,
}

impl<'f> Reading<'f> {
    /// The name of the first column of a field.
    fn column(&self, field: Field) -> Option<&'f str> {
        let place = self.fields.iter().position(|of| *of == Some(field))?;
        self.names.get(place).map(String::as_str)
    }

    /// What a row says of a field: the first of its cells that says anything.
    fn cell<'r>(&self, row: &'r TableRow, field: Field) -> &'r str {
        let places = self.fields.iter().enumerate().filter(|(_, of)| **of == Some(field));
        let mut cells = places.map(|(place, _)| row.unguarded_cell(place));
        cells.find(|cell| !is_nothing(cell)).unwrap_or_default()
    }

    fn issue(&mut self, row: &TableRow, field: Option<Field>, kind: SideIssueKind) {
        let column = field.and_then(|field| self.column(field));
        self.issues.push(Some(row.line), column, kind);
    }

    fn line(&mut self, row: &TableRow) -> Option<OwnerLine> {
        let broken = if row.is_open {
            Some(SideIssueKind::OpenQuote)
        } else if !row.is_empty_from(self.names.len()) {
            let (found, expected) = (row.len() as u32, self.names.len() as u32);
            Some(SideIssueKind::SurplusCells { found, expected })
        } else {
            None
        };
        if let Some(kind) = broken {
            self.issue(row, None, kind);
            return None;
        }
        let text = |field: Field| self.cell(row, field).to_owned();
        let (email, principal_name) = (text(Field::Email), text(Field::PrincipalName));
        let mut addresses: Vec<String> = [&email, &principal_name]
            .into_iter()
            .map(|address| address.to_lowercase())
            .filter(|address| address.contains('@'))
            .collect();
        addresses.dedup();
        let mut owner = Owner {
            name: text(Field::Owner),
            email: if email.is_empty() { principal_name } else { email },
            team: text(Field::Team),
            manager: text(Field::Manager),
            active: None,
            note: text(Field::Note),
        };
        if owner.name.is_empty() {
            owner.name = text(Field::DisplayName);
        }
        if owner.name.is_empty() {
            owner.name.clone_from(if owner.email.is_empty() { &owner.team } else { &owner.email });
        }
        let active = self.cell(row, Field::Active).to_lowercase();
        if !active.is_empty() {
            owner.active = match active.as_str() {
                word if ACTIVE.contains(&word) => Some(true),
                word if INACTIVE.contains(&word) => Some(false),
                _ => None,
            };
            if owner.active.is_none() {
                self.issue(row, Some(Field::Active), SideIssueKind::Active);
            }
        }
        let key = self.key(row, !addresses.is_empty())?;
        // A user beside whom nobody stands has no owner, and that is nothing to tell of.
        let is_anybody = !owner.name.is_empty() || !owner.manager.is_empty();
        is_anybody.then_some(OwnerLine { line: row.line, key, addresses, owner })
    }

    /// Which user a row is about; `None`, and an issue, where that cannot be read.
    fn key(&mut self, row: &TableRow, has_address: bool) -> Option<OwnerKey> {
        let (arn, user) = (self.cell(row, Field::Arn), self.cell(row, Field::User));
        let (arn, field) =
            if arn.is_empty() && user.starts_with("arn:") { (user, Field::User) } else { (arn, Field::Arn) };
        if !arn.is_empty() {
            let arn = arn.to_lowercase();
            if arn.starts_with("arn:") && arn.contains(":iam::") {
                return Some(OwnerKey::Arn(arn));
            }
            self.issue(row, Some(field), SideIssueKind::Arn);
            return None;
        }
        let account = self.cell(row, Field::Account);
        let account = match account_digits(account) {
            Some((digits, is_filled)) => {
                self.filled += u32::from(is_filled);
                Some(digits)
            }
            None if account.is_empty() => None,
            None => {
                self.issue(row, Some(Field::Account), SideIssueKind::Account);
                return None;
            }
        };
        match account {
            Some(account) if !user.is_empty() => Some(OwnerKey::AccountUser(account, user.to_lowercase())),
            None if !user.is_empty() => Some(OwnerKey::User(user.to_lowercase())),
            account if has_address => Some(OwnerKey::Address(account)),
            _ => {
                self.issue(row, Some(Field::User), SideIssueKind::NoUser);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> OwnersFile {
        OwnersFile::read("owners.csv", text.as_bytes(), None).unwrap()
    }

    fn keys(text: &str) -> Vec<OwnerKey> {
        read(text).lines.into_iter().map(|line| line.key).collect()
    }

    /// Line, column and kind of each issue.
    fn issues(text: &str) -> Vec<(Option<u32>, Option<String>, SideIssueKind)> {
        read(text).issues.into_iter().map(|issue| (issue.line, issue.column, issue.kind)).collect()
    }

    #[test]
    fn columns_are_told_in_any_case_and_in_japanese() {
        for text in [
            "user,owner,email,team,manager,active,note\nann,Ann Lee,ann@x.com,Core,Bo,true,n",
            "USER_NAME;Owner;Mail;Department;Manager;AccountEnabled;Note\nann;Ann Lee;ann@x.com;Core;Bo;TRUE;n",
            "ユーザー名\t担当者\tmail\t部署\t上長\t在籍\t備考\nann\tAnn Lee\tann@x.com\tCore\tBo\tはい\tn",
        ] {
            let file = read(text);
            assert_eq!(file.issues, [], "{text}");
            let expected = Owner {
                name: "Ann Lee".to_owned(),
                email: "ann@x.com".to_owned(),
                team: "Core".to_owned(),
                manager: "Bo".to_owned(),
                active: Some(true),
                note: "n".to_owned(),
            };
            assert_eq!(file.lines[0].owner, expected);
            assert_eq!(file.lines[0].key, OwnerKey::User("ann".to_owned()));
        }
    }

    #[test]
    fn the_most_exact_key_of_a_line_counts() {
        let text = "arn,account,user,email,owner\n\
                    arn:aws:iam::111122223333:user/Ann,444455556666,bob,c@x,A\n\
                    ,1111-2222-3333,Ann,c@x,A\n,,Ann,c@x,A\n,,,C@x,A\n,12345678901,,c@x,A\n\
                    ,,arn:aws:iam::111122223333:user/Ann,,A\n";
        let arn = || OwnerKey::Arn("arn:aws:iam::111122223333:user/ann".to_owned());
        assert_eq!(
            keys(text),
            [
                arn(),
                OwnerKey::AccountUser("111122223333".to_owned(), "ann".to_owned()),
                OwnerKey::User("ann".to_owned()),
                OwnerKey::Address(None),
                OwnerKey::Address(Some("012345678901".to_owned())),
                arn(),
            ]
        );
        let filled = SideIssueKind::FilledUp { lines: 1 };
        assert_eq!(issues(text), [(None, Some("account".to_owned()), filled)]);
    }

    #[test]
    fn the_export_of_entra_is_one_as_it_stands() {
        let text = "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,\
                    accountEnabled,usageLocation\nann@x.onmicrosoft.com,Ann Lee,Lee,ann.lee@x.com,Ann,1,Member,,\
                    Core,False,JP\nbob@x.com,,,,,2,Member,,,True,\n";
        let file = read(text);
        let [ann, bob] = file.lines.as_slice() else { panic!("{:?}", file.lines) };
        assert_eq!((ann.owner.name.as_str(), ann.owner.active), ("Ann Lee", Some(false)));
        assert_eq!(ann.addresses, ["ann.lee@x.com", "ann@x.onmicrosoft.com"]);
        assert_eq!((bob.owner.name.as_str(), bob.owner.email.as_str()), ("bob@x.com", "bob@x.com"));
        assert_eq!(bob.key, OwnerKey::Address(None));
    }

    #[test]
    fn a_broken_line_is_named_and_the_others_count() {
        let text = "user,account,arn,owner,active\n\
                    ann,,,Ann,maybe\nbob,1.2E+11,,Bob,\ncid,,ann,Cid,\n,,,Dan,\neve,,,E,ve,x\nfay,,,\"Fay,\ngus,,,Gus,no\nhal,,,,\n";
        let at = |line, column: Option<&str>, kind| (Some(line), column.map(str::to_owned), kind);
        assert_eq!(
            issues(text),
            [
                at(2, Some("active"), SideIssueKind::Active),
                at(3, Some("account"), SideIssueKind::Account),
                at(4, Some("arn"), SideIssueKind::Arn),
                at(5, Some("user"), SideIssueKind::NoUser),
                at(6, None, SideIssueKind::SurplusCells { found: 6, expected: 5 }),
                at(7, None, SideIssueKind::OpenQuote),
            ]
        );
        let names: Vec<String> = read(text).lines.into_iter().map(|line| line.owner.name).collect();
        assert_eq!(names, ["Ann", "Gus"]);
    }

    #[test]
    fn guards_are_taken_off() {
        let file = read("user,owner\n'=ann,'+Ann\n''x,'@A\n");
        let names: Vec<&str> = file.lines.iter().map(|line| line.owner.name.as_str()).collect();
        assert_eq!(names, ["+Ann", "@A"]);
        assert_eq!(file.lines[0].key, OwnerKey::User("=ann".to_owned()));
        assert_eq!(file.lines[1].key, OwnerKey::User("''x".to_owned()));
    }
}
