//! What a text is, when it is no credential report: kinds of files, each told by what only it has.

use serde::Deserialize;

use super::column::is_same_name;
use super::error::{OtherFile, ReadErrorKind};
use super::header::{Header, TableKind, arns_of_iam, unquoted};
use super::secret::{holds_secret, is_key_id};

/// How many column names of another table are told.
const NAMES: usize = 8;
/// How many characters of a name are told.
const NAME: usize = 40;

/// What the bytes are by their first few, where these are a signature.
pub(super) fn signature(head: &[u8]) -> Option<OtherFile> {
    match head {
        [b'P', b'K', 3 | 5 | 7, ..] => {
            let inside = |name: &[u8]| memchr::memmem::find(head, name).is_some();
            let workbook =
                inside(b"[Content_Types].xml") || inside(b"xl/") || inside(b"mimetypeapplication/vnd.oasis");
            Some(if workbook { OtherFile::Workbook } else { OtherFile::Zip })
        }
        // The workbook of Excel before 2007.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(OtherFile::Workbook),
        [0x1f, 0x8b, ..] => Some(OtherFile::Gzip),
        [b'%', b'P', b'D', b'F', ..] => Some(OtherFile::Pdf),
        _ => None,
    }
}

/// Tells whether a text, by its beginning, is a file of one kind.
type Recogniser = fn(&str) -> Option<OtherFile>;

/// The kinds of files that are told by a text of any form, in the order in which they are asked for. Each
/// knows its own by what no other kind has.
const KINDS: &[Recogniser] =
    &[own_form, organization, secret, aws_error, custodian, web_page, binary, drawn_table];

/// What a text is, by its beginning, where that is certain; the rest of it need not be read.
pub(super) fn kind(head: &str) -> Option<OtherFile> {
    let head = start(head);
    KINDS.iter().find_map(|recognise| recognise(head))
}

fn start(head: &str) -> &str {
    head.trim_start_matches('\u{feff}').trim_start()
}

/// What a text is that is no report, by its beginning.
pub(super) fn text(head: &str) -> ReadErrorKind {
    let head = start(head);
    if head.is_empty() {
        return ReadErrorKind::Empty;
    }
    if let Some(kind) = kind(head) {
        return ReadErrorKind::NotAReport(kind);
    }
    if is_json(head) {
        return ReadErrorKind::NotAReport(OtherFile::Json);
    }
    if let Some(kind) = side_table(head) {
        return ReadErrorKind::NotAReport(kind);
    }
    let line = head.lines().next().unwrap_or_default();
    match Header::find(line) {
        Some(header) => {
            if arns_of_iam(line.as_bytes()) > 0 && header.known() > 1 {
                return ReadErrorKind::LineBreaksLost;
            }
            table(&header)
        }
        None => ReadErrorKind::NotAReport(OtherFile::Text),
    }
}

/// How many lines the header of a table beside the reports is looked for in.
const TITLES: usize = 20;

/// What a table beside the reports is by the first of its lines that is a header: titles may stand above.
pub(super) fn side_table(text: &str) -> Option<OtherFile> {
    start(text).lines().take(TITLES).find_map(|line| {
        let inner = unquoted(line);
        let header = Header::find(inner.as_deref().unwrap_or(line))?;
        match header.kind()? {
            TableKind::Review => Some(OtherFile::Review),
            TableKind::Owners => Some(OtherFile::Owners),
            TableKind::Accounts => Some(OtherFile::Accounts),
            TableKind::Findings | TableKind::Alibaba => None,
        }
        .filter(|_| !header.is_report())
    })
}

/// What a table is that is no report.
pub(super) fn table(header: &Header) -> ReadErrorKind {
    let other = match header.kind() {
        Some(TableKind::Alibaba) => Some(OtherFile::Alibaba),
        Some(TableKind::Review) => Some(OtherFile::Review),
        Some(TableKind::Findings) => Some(OtherFile::Findings),
        Some(TableKind::Owners) => Some(OtherFile::Owners),
        Some(TableKind::Accounts) => Some(OtherFile::Accounts),
        None => None,
    };
    if let Some(other) = other {
        return ReadErrorKind::NotAReport(other);
    }
    let is_plain = header.has_plain_names();
    let names: Vec<String> = header
        .names
        .iter()
        .zip(&header.columns)
        .filter(|(_, column)| is_plain || column.is_some())
        .take(NAMES)
        .map(|(name, _)| name.trim().chars().take(NAME).collect())
        .collect();
    if header.known() > 1 || (header.known() > 0 && !header.is_report() && header.names.len() == 1) {
        ReadErrorKind::NoUserColumn(names)
    } else {
        ReadErrorKind::NotAReport(OtherFile::Table(names))
    }
}

/// Whether a text begins as JSON does, and not as a prompt, or a section of settings.
pub(super) fn is_json(head: &str) -> bool {
    let head = start(head);
    let next = |sign: char| head.strip_prefix(sign).and_then(|rest| rest.trim_start().chars().next());
    match (next('{'), next('[')) {
        (Some(next), _) => matches!(next, '"' | '}'),
        (_, Some(next)) => matches!(next, '{' | '[' | '"' | ']' | '-' | '0'..='9'),
        _ => matches!(head, "{" | "["),
    }
}

/// The text of a member of the first JSON object in a text, as it is written.
fn member<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let key = format!("\"{name}\"");
    let (_, rest) = head.split_once(key.as_str())?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    rest.split('"').next()
}

/// What this tool itself writes.
fn own_form(head: &str) -> Option<OtherFile> {
    if !head.starts_with('{') {
        return None;
    }
    let Some(schema) = member(head, "schema") else {
        // Where a tool put members in order the schema stands behind the list.
        let first = head.trim_start_matches('{').trim_start();
        return first.starts_with("\"decisions\"").then_some(OtherFile::Decisions);
    };
    let schema = schema.strip_prefix("credential-report-")?;
    Some(match schema.split('/').next()? {
        "findings" => OtherFile::Findings,
        "decisions" => OtherFile::Decisions,
        "changes" => OtherFile::Changes,
        "review" => OtherFile::Review,
        _ => return None,
    })
}

/// The answer of `aws organizations list-accounts`; several of them in a list; or its accounts alone.
fn organization(head: &str) -> Option<OtherFile> {
    if is_list_of_accounts(head) {
        return Some(OtherFile::Accounts);
    }
    let (before, list) = head.split_once("\"Accounts\"")?;
    let is_list = list.trim_start().strip_prefix(':').is_some_and(|list| list.trim_start().starts_with('['));
    let before = before.trim_start();
    let is_first = is_json(head) && !before.strip_prefix('[').unwrap_or(before).contains('[');
    (is_first && is_list && list.contains("\"Id\"")).then_some(OtherFile::Accounts)
}

/// Whether a list of objects begins, the first of which has the number of an account and a name.
fn is_list_of_accounts(head: &str) -> bool {
    let is_list = head.strip_prefix('[').is_some_and(|list| list.trim_start().starts_with('{'));
    let first = head.split('}').next().unwrap_or_default();
    let is_account = |id: &str| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    is_list && member(first, "Id").is_some_and(is_account) && member(first, "Name").is_some()
}

/// Lines that are looked at for a secret.
const LINES: usize = 100;
/// Words that are looked at for a secret.
const WORDS: usize = 400;

/// What AWS hands out once and nobody else should see: the key or the password of a user.
fn secret(head: &str) -> Option<OtherFile> {
    if let Some(kind) = head.lines().take(LINES).find_map(secret_heading) {
        return Some(kind);
    }
    // Key ids are 20 characters and begin so; a credential report holds none.
    if head.split(|c: char| !c.is_ascii_alphanumeric()).take(WORDS).any(is_key_id) {
        return Some(OtherFile::AccessKeyCsv);
    }
    head.lines().take(LINES).any(holds_sign_in_url).then_some(OtherFile::PasswordCsv)
}

/// Which secrets stand below a line, or behind the sign in it, as its words say.
pub(super) fn secret_heading(line: &str) -> Option<OtherFile> {
    const KEY: [&str; 5] =
        ["secretaccesskey", "awssecretkey", "awsaccesskeyid", "シークレットアクセスキー", "アクセスキーid"];
    const PASSWORD: [&str; 4] =
        ["consolesigninurl", "consoleloginlink", "コンソールサインインurl", "コンソールログインリンク"];
    if line.len() > 1000 {
        return None;
    }
    let words: String = line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let has = |words: &str, wanted: &[&str]| wanted.iter().any(|wanted| words.contains(wanted));
    if has(&words, &KEY) || words.contains("accesskeyid") && words.contains("secret") {
        return Some(OtherFile::AccessKeyCsv);
    }
    let mut cells =
        line.split([',', ';', '\t']).map(|cell| cell.trim_matches(['"', ' ', '\u{feff}', '\r', '\n']));
    let is_password = |cell: &str| is_same_name(cell, "password") || cell == "パスワード";
    (has(&words, &PASSWORD) || line.contains([',', ';', '\t']) && cells.any(is_password))
        .then_some(OtherFile::PasswordCsv)
}

fn holds_sign_in_url(text: &str) -> bool {
    text.contains(".signin.") || text.contains("//signin.")
}

/// `An error occurred (ReportNotPresent) when calling the GetCredentialReport operation`.
fn aws_error(head: &str) -> Option<OtherFile> {
    let (_, rest) = head.split_once("error occurred (")?;
    let (code, _) = rest.split_once(')')?;
    Some(OtherFile::AwsError(error_code(code)?))
}

/// The code of an error; nothing that may be another thing.
fn error_code(code: &str) -> Option<String> {
    let is_code = (1..NAME).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_code && !holds_secret(code) && !is_key_id(code)).then(|| code.to_owned())
}

/// What Cloud Custodian writes of the users that it found.
fn custodian(head: &str) -> Option<OtherFile> {
    (is_json(head) && head.contains("\"c7n:")).then_some(OtherFile::Custodian)
}

fn web_page(head: &str) -> Option<OtherFile> {
    let lower: String = head.chars().take(100).collect::<String>().to_ascii_lowercase();
    let tags = ["<!doctype", "<html", "<?xml", "<!--", "<head"];
    tags.iter().any(|tag| lower.starts_with(tag)).then_some(OtherFile::Html)
}

fn binary(head: &str) -> Option<OtherFile> {
    let count = |is: fn(char) -> bool| head.chars().take(1000).filter(|c| is(*c)).count();
    let odd = count(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{1b}'));
    let unknown = count(|c| c == char::REPLACEMENT_CHARACTER);
    (odd > 0 || unknown * 4 > head.chars().take(1000).count()).then_some(OtherFile::Binary)
}

/// A table whose columns are drawn, with names of a report's columns in its first lines.
fn drawn_table(head: &str) -> Option<OtherFile> {
    let is_drawn = |line: &str| {
        let cells: Vec<&str> = if line.contains(['|', '│', '┃']) {
            line.split(['|', '│', '┃']).map(str::trim).collect()
        } else if line.contains("  ") && !line.contains([',', ';', '\t']) {
            line.split("  ").map(str::trim).collect()
        } else {
            return false;
        };
        cells.iter().filter(|cell| super::column::Column::from_name(cell).is_some()).count() > 1
    };
    head.lines().take(5).any(is_drawn).then_some(OtherFile::DrawnTable)
}

/// The members of a JSON object by which it is recognised.
#[derive(Debug, Deserialize)]
pub(super) struct Answer<'a> {
    #[serde(rename = "Content", borrow, default)]
    pub(super) content: Option<std::borrow::Cow<'a, str>>,
    #[serde(rename = "GeneratedTime", default)]
    pub(super) generated: Option<serde_json::Value>,
    #[serde(rename = "ReportFormat", default)]
    format: Option<serde_json::Value>,
    #[serde(rename = "State", default)]
    state: Option<String>,
    #[serde(rename = "Error", alias = "error", default)]
    error: Option<serde_json::Value>,
    #[serde(rename = "Code", alias = "__type", alias = "code", default)]
    code: Option<String>,
    #[serde(default)]
    unused_days: Option<serde_json::Value>,
    #[serde(default)]
    checks_off: Option<serde_json::Value>,
}

impl Answer<'_> {
    /// What the object is, when it holds no report.
    pub(super) fn other_file(&self) -> OtherFile {
        let code = || {
            let nested = self.error.as_ref().and_then(|error| match error {
                serde_json::Value::String(code) => Some(code.clone()),
                other => other.get("Code").or(other.get("code")).and_then(|c| c.as_str()).map(str::to_owned),
            });
            let code = nested.or_else(|| self.code.clone())?;
            // `com.amazonaws.iam#ReportNotPresentException` and the like.
            error_code(code.rsplit(['#', ':']).next().unwrap_or_default().trim_end_matches("Exception"))
        };
        let state = || self.state.as_deref().filter(|state| error_code(state).is_some());
        if self.unused_days.is_some() || self.checks_off.is_some() {
            OtherFile::Policy
        } else if let Some(code) = code() {
            OtherFile::AwsError(code)
        } else if let Some(state) = state() {
            OtherFile::GenerateAnswer(state.to_owned())
        } else if self.generated.is_some() || self.format.is_some() {
            OtherFile::NoContent
        } else {
            OtherFile::Json
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_known() {
        assert_eq!(signature(b"PK\x03\x04....xl/workbook.xml"), Some(OtherFile::Workbook));
        assert_eq!(signature(b"PK\x03\x04....a.csv"), Some(OtherFile::Zip));
        assert_eq!(signature(b"%PDF-1.7"), Some(OtherFile::Pdf));
        assert_eq!(signature(b"user,arn"), None);
    }

    #[test]
    fn json_is_told_from_prompts_and_settings() {
        for (head, json) in [
            ("{\"a\"", true),
            (" {}", true),
            ("[ {", true),
            ("[\"user,arn\"", true),
            ("[1]", true),
            ("[cloudshell-user@ip-10-0-0-1 ~]$", false),
            ("[default]", false),
            ("{'Content': b'", false),
            ("user,arn", false),
        ] {
            assert_eq!(is_json(head), json, "{head}");
        }
    }

    #[test]
    fn near_misses_are_named() {
        use OtherFile::*;
        let not = ReadErrorKind::NotAReport;
        for (head, kind) in [
            (" \r\n", ReadErrorKind::Empty),
            ("<!DOCTYPE html><html>", not(Html)),
            ("Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,x", not(AccessKeyCsv)),
            (
                "\u{feff}User name,Password,Access key ID,Secret access key,Console login link\n",
                not(AccessKeyCsv),
            ),
            ("AKIAIOSFODNN7EXAMPLE,wJalr", not(AccessKeyCsv)),
            (
                "An error occurred (ReportNotPresent) when calling the GetCredentialReport operation: x",
                not(AwsError("ReportNotPresent".into())),
            ),
            ("name,mail\nann,a@b", not(Table(vec!["name".into(), "mail".into()]))),
            (
                "mfa_active,password_enabled\n",
                ReadErrorKind::NoUserColumn(vec!["mfa_active".into(), "password_enabled".into()]),
            ),
            ("kondo,Kx7)wHq2(,https://111122223333.signin.aws.amazon.com/console", not(PasswordCsv)),
            ("kondo,Kx7)wHq2(", not(Table(vec![]))),
            ("User name,Password,Console sign-in URL\nkondo,Kx7)wHq2(,x", not(PasswordCsv)),
            ("AWSAccessKeyId=NOTAKEYID\nAWSSecretKey=x", not(AccessKeyCsv)),
            ("[default]\naws_secret_access_key = x", not(AccessKeyCsv)),
            ("{\"AccessKey\": {\"SecretAccessKey\": \"x\"}}", not(AccessKeyCsv)),
            ("ユーザー名,パスワード\nkondo,x", not(PasswordCsv)),
            (
                "mfa_active,password_enabled,hunter2",
                ReadErrorKind::NoUserColumn(vec!["mfa_active".into(), "password_enabled".into()]),
            ),
            ("hello", not(Text)),
            ("\u{1}\u{2}\u{0}hello", not(Binary)),
            ("[1,2]", not(Json)),
            ("{\n \"schema\": \"credential-report-decisions/1\"}", not(Decisions)),
            ("{ \"decisions\": [{\"id\": \"1\"", not(Decisions)),
            ("{\"schema\": \"credential-report-changes/1\"}", not(Changes)),
            ("{\"schema\": \"credential-report-review/1\"}", not(Review)),
            ("{\"schema\": \"credential-report-findings/1\"}", not(Findings)),
            ("{\"Accounts\": [{\"Id\": \"111122223333\", \"Name\": \"prod\"}]}", not(Accounts)),
            ("user,owner,email\nann,Ann,a@b", not(Owners)),
            ("user,arn,owner\nann,arn:aws:iam::111122223333:user/ann,Ann", not(Owners)),
            ("userPrincipalName,displayName,department\n", not(Owners)),
            ("email,owner,team\n", not(Owners)),
            ("Owners as of 2026\n\nuser;owner\n", not(Owners)),
            ("ユーザー名,所有者,部署\n", not(Owners)),
            ("\"ユーザー名,所有者\"\n", not(Owners)),
            ("アカウントID,アカウント名\n", not(Accounts)),
            ("Id,Arn,Email,Name,Status,JoinedMethod\n", not(Accounts)),
            ("[{\"Accounts\": [{\"Id\": \"111122223333\"", not(Accounts)),
            ("[{\"Id\": \"111122223333\", \"Name\": \"prod\"}]", not(Accounts)),
            ("[{\"Id\": \"1\", \"Name\": \"prod\"}]", not(Json)),
            ("account,account_name\n", not(Accounts)),
            ("account,account_name,arn,user,kind,owner,decision,reason\n", not(Review)),
            ("account,user,arn,check,title,severity\n", not(Findings)),
            ("user,user_creation_time,user_last_logon,password_exist,mfa_active\n", not(Alibaba)),
            ("[{\"UserName\": \"ann\", \"c7n:credential-report\": {}}]", not(Custodian)),
            ("user   password_enabled  mfa_active\nann    true              true", not(DrawnTable)),
            ("| User | ARN | MFA Active |\n|---|---|---|", not(DrawnTable)),
            ("+------+-----+\n| user | arn |\n", not(DrawnTable)),
            (
                "user,arn,mfa_active ann,arn:aws:iam::111122223333:user/ann,true",
                ReadErrorKind::LineBreaksLost,
            ),
            ("[cloudshell-user@ip-10-0-0-1 ~]$ ls", not(Text)),
        ] {
            assert_eq!(text(head), kind, "{head}");
        }
    }
}
