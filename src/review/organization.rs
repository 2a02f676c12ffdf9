//! The accounts of an organization, as `aws organizations list-accounts` or a table lists them.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::side_file::{Issues, SideIssue, SideIssueKind, account_digits};
use crate::assessment::Inputs;
use crate::report::{DecodedText, Decoder, Table, is_same_column, sorted};

/// A file of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsFile {
    /// Its name.
    pub name: String,
    /// The accounts, in order.
    pub accounts: Vec<NamedAccount>,
    /// What is odd about it.
    pub issues: Vec<SideIssue>,
}

/// An account of an organization.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedAccount {
    /// The 12 digits.
    pub id: String,
    /// The name.
    pub name: String,
    /// The e-mail address of root; empty where the file does not say.
    pub email: String,
    /// `ACTIVE`, `SUSPENDED`, …; empty where the file does not say.
    pub status: String,
    /// The line of the file, from 1; of JSON the place in the list.
    pub line: u32,
}

impl NamedAccount {
    /// Whether the account is suspended or closed: nobody can get a report of it.
    pub fn is_closed(&self) -> bool {
        !self.status.is_empty() && !self.status.eq_ignore_ascii_case("active")
    }
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Id,
    Name,
    Email,
    Status,
}

const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &["account", "account_id", "aws_account_id", "id", "アカウントID", "アカウント"]),
    (Field::Name, &["name", "account_name", "アカウント名", "名前"]),
    (Field::Email, &["email", "mail", "メール", "メールアドレス"]),
    (Field::Status, &["status", "state", "状態", "ステータス"]),
];

fn field_of(name: &str) -> Option<Field> {
    let is_of = |(_, names): &&(Field, &[&str])| names.iter().any(|known| is_same_column(known, name));
    NAMES.iter().find(is_of).map(|(field, _)| *field)
}

impl AccountsFile {
    /// Reads a file; `None` where it lists no accounts.
    pub fn read(name: &str, bytes: &[u8], decoder: Option<Decoder>) -> Option<Self> {
        let decoded = DecodedText::new(bytes, decoder);
        let mut issues = Issues::new(name);
        if let Some(warning) = decoded.warning {
            issues.push(None, None, SideIssueKind::Encoding(warning));
        }
        let text = decoded.text.trim_start();
        let accounts = if text.starts_with(['{', '[']) {
            of_json(text, &mut issues)?
        } else {
            of_table(&decoded.text, &mut issues)?
        };
        Some(Self { name: name.to_owned(), accounts, issues: issues.list })
    }
}

/// Reads the pages of `list-accounts`: one, several behind one another, or a list of them.
fn of_json(text: &str, issues: &mut Issues<'_>) -> Option<Vec<NamedAccount>> {
    let mut accounts = Vec::new();
    let (mut is_any, mut line) = (false, 0);
    let mut pages = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    loop {
        let page = match pages.next() {
            None => break,
            Some(Ok(page)) => page,
            Some(Err(error)) => {
                issues.push(Some(error.line() as u32), None, SideIssueKind::BrokenJson);
                break;
            }
        };
        let pages = match page {
            Value::Array(pages) => pages,
            page => vec![page],
        };
        for page in &pages {
            // A list of accounts may stand there without the object around it.
            let whole = std::slice::from_ref(page);
            let listed = page.get("Accounts").and_then(Value::as_array);
            let bare = page.get("Id").map(|_| whole);
            let Some(listed) = listed.map(Vec::as_slice).or(bare) else { continue };
            is_any = true;
            for account in listed {
                line += 1;
                let text = |name: &str| account.get(name).and_then(Value::as_str).unwrap_or_default();
                let status = if text("Status").is_empty() { text("State") } else { text("Status") };
                let cells = [text("Id"), text("Name"), text("Email"), status];
                accounts.extend(named(cells, line, [Some("Id"), Some("Name")], issues).map(|named| named.0));
            }
        }
    }
    is_any.then_some(accounts)
}

fn of_table(text: &str, issues: &mut Issues<'_>) -> Option<Vec<NamedAccount>> {
    let table = Table::find(text, 2, &|name| field_of(name).is_some())?;
    let fields: Vec<Option<Field>> = table.names().iter().map(|name| field_of(name)).collect();
    let place = |field: Field| fields.iter().position(|of| *of == Some(field));
    let (id, name) = (place(Field::Id)?, place(Field::Name)?);
    let column = |place: usize| table.names().get(place).map(String::as_str);
    let mut accounts = Vec::new();
    let mut filled = 0;
    for row in table.rows() {
        if row.is_open {
            issues.push(Some(row.line), None, SideIssueKind::OpenQuote);
            continue;
        }
        if !row.is_empty_from(fields.len()) {
            let (found, expected) = (row.len() as u32, fields.len() as u32);
            issues.push(Some(row.line), None, SideIssueKind::SurplusCells { found, expected });
            continue;
        }
        let cell = |place: Option<usize>| place.map_or("", |place| row.unguarded_cell(place));
        let cells = [cell(Some(id)), cell(Some(name)), cell(place(Field::Email)), cell(place(Field::Status))];
        if let Some((account, is_filled)) = named(cells, row.line, [column(id), column(name)], issues) {
            filled += u32::from(is_filled);
            accounts.push(account);
        }
    }
    if filled > 0 {
        issues.push(None, column(id), SideIssueKind::FilledUp { lines: filled });
    }
    Some(accounts)
}

/// An account, and whether its number was filled up; `None`, and an issue, where number or name are missing.
fn named(
    [id, name, email, status]: [&str; 4],
    line: u32,
    [id_column, name_column]: [Option<&str>; 2],
    issues: &mut Issues<'_>,
) -> Option<(NamedAccount, bool)> {
    let Some((id, is_filled)) = account_digits(id) else {
        issues.push(Some(line), id_column, SideIssueKind::Account);
        return None;
    };
    if name.is_empty() {
        issues.push(Some(line), name_column, SideIssueKind::NoName);
    }
    let [name, email, status] = [name, email, status].map(str::to_owned);
    Some((NamedAccount { id, name, email, status, line }, is_filled))
}

/// The accounts of an organization, those of several files together, and which of them have no report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// By number.
    accounts: Vec<NamedAccount>,
    summary: OrganizationSummary,
}

/// What files of accounts tell of a result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationSummary {
    /// The names of the files.
    pub files: Vec<String>,
    /// How many accounts the organization has.
    pub accounts: u32,
    /// What those with a report here are called: numbers and names, by number.
    pub names: Vec<(String, String)>,
    /// Those without a report here, by number.
    pub without_report: Vec<NamedAccount>,
    /// The accounts with a report that the organization does not have, by number.
    pub strangers: Vec<String>,
    /// What is odd about the files.
    pub issues: Vec<SideIssue>,
}

impl Organization {
    /// Joins files of accounts to the reports. The first name of an account counts.
    pub fn new(files: &[AccountsFile], inputs: &Inputs) -> Self {
        let mut organization = Self::default();
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let summary = &mut organization.summary;
        for file in files {
            summary.files.push(file.name.clone());
            summary.issues.extend(file.issues.iter().cloned());
            for account in &file.accounts {
                let place = *places.entry(account.id.clone()).or_insert(organization.accounts.len());
                let Some(known) = organization.accounts.get_mut(place) else {
                    organization.accounts.push(account.clone());
                    continue;
                };
                if known.name.is_empty() {
                    known.name.clone_from(&account.name);
                }
                if known.name != account.name && !account.name.is_empty() {
                    let kind = SideIssueKind::OtherName { account: account.id.clone() };
                    let (file, line) = (file.name.clone(), Some(account.line));
                    summary.issues.push(SideIssue { file, line, column: None, kind });
                }
            }
        }
        sorted::sort_by(&mut organization.accounts, |a, b| a.id.cmp(&b.id));
        let accounts = inputs.reports().iter().flat_map(|loaded| loaded.report.accounts());
        let mut loaded: Vec<&str> =
            accounts.map(|account| account.id.as_str()).filter(|id| !id.is_empty()).collect();
        sorted::sort(&mut loaded);
        loaded.dedup();
        let has_report = |id: &str| loaded.binary_search(&id).is_ok();
        summary.accounts = organization.accounts.len() as u32;
        let named = |id: &&str| {
            let account = find(&organization.accounts, id).filter(|account| !account.name.is_empty())?;
            Some((account.id.clone(), account.name.clone()))
        };
        summary.names = loaded.iter().filter_map(named).collect();
        summary.without_report =
            organization.accounts.iter().filter(|account| !has_report(&account.id)).cloned().collect();
        summary.strangers = loaded
            .iter()
            .filter(|id| find(&organization.accounts, id).is_none())
            .map(|id| (*id).to_owned())
            .collect();
        organization
    }

    /// The name of an account.
    pub fn name(&self, account: &str) -> Option<&str> {
        let name = find(&self.accounts, account).map(|account| account.name.as_str());
        name.filter(|name| !name.is_empty())
    }

    /// The accounts, by number.
    pub fn accounts(&self) -> impl Iterator<Item = &NamedAccount> {
        self.accounts.iter()
    }

    /// What the files tell of the result.
    pub fn summary(&self) -> &OrganizationSummary {
        &self.summary
    }
}

/// An account among those that stand in order.
fn find<'a>(accounts: &'a [NamedAccount], id: &str) -> Option<&'a NamedAccount> {
    let place = accounts.binary_search_by(|account| account.id.as_str().cmp(id)).ok()?;
    accounts.get(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> AccountsFile {
        AccountsFile::read("accounts.json", text.as_bytes(), None).unwrap()
    }

    fn account(id: &str, name: &str, status: &str, line: u32) -> NamedAccount {
        let [id, name, status] = [id, name, status].map(str::to_owned);
        NamedAccount { id, name, email: String::new(), status, line }
    }

    #[test]
    fn pages_of_list_accounts_are_joined() {
        let page = |id: &str, name: &str, state: &str| {
            format!("{{\"Accounts\": [{{\"Id\": \"{id}\", \"Name\": \"{name}\", {state}}}]}}")
        };
        let one = page("111122223333", "prod", "\"Status\": \"ACTIVE\"");
        let two = page("012345678901", "dev", "\"State\": \"SUSPENDED\"");
        let expected =
            [account("111122223333", "prod", "ACTIVE", 1), account("012345678901", "dev", "SUSPENDED", 2)];
        for text in [format!("{one}\n{two}"), format!("{one}{two}"), format!("[{one},\n{two}]")] {
            let file = read(&text);
            assert_eq!((file.accounts, file.issues), (expected.to_vec(), vec![]), "{text}");
        }
        assert_eq!([expected[0].is_closed(), expected[1].is_closed()], [false, true]);
        let broken = read(&format!("{one}\n{{\"Accounts\": [{{\"Id\""));
        assert_eq!((broken.accounts.len(), broken.issues[0].line), (1, Some(2)));
        assert!(AccountsFile::read("a", b"{\"Users\": []}", None).is_none());
    }

    #[test]
    fn a_broken_account_is_named_and_the_others_count() {
        let file = read(
            "{\"Accounts\": [{\"Id\": 5, \"Name\": \"a\"}, 7, {\"Id\": \"111122223333\"}, \
             {\"Id\": \"444455556666\", \"Name\": \"b\"}]}",
        );
        let kinds: Vec<_> = file.issues.iter().map(|issue| (issue.line, &issue.kind)).collect();
        assert_eq!(
            kinds,
            [
                (Some(1), &SideIssueKind::Account),
                (Some(2), &SideIssueKind::Account),
                (Some(3), &SideIssueKind::NoName)
            ]
        );
        assert_eq!(file.accounts.len(), 2);
    }

    #[test]
    fn a_table_of_accounts_is_read() {
        let file =
            read("アカウントID;アカウント名;Status\n1111-2222-3333;本番;ACTIVE\n12345678901;'=dev;\nx;y;\n");
        let expected = [account("111122223333", "本番", "ACTIVE", 2), account("012345678901", "=dev", "", 3)];
        assert_eq!(file.accounts, expected);
        let kinds: Vec<_> = file.issues.iter().map(|issue| (issue.line, &issue.kind)).collect();
        let filled = SideIssueKind::FilledUp { lines: 1 };
        assert_eq!(kinds, [(Some(4), &SideIssueKind::Account), (None, &filled)]);
        assert!(AccountsFile::read("a", b"account,user\n1,2", None).is_none());
    }
}
