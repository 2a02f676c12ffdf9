//! What a text is, when it is no credential report.

use serde::Deserialize;

use super::error::{Lookalike, ReadErrorKind};
use super::header::Header;

/// How many column names of another table are told.
const NAMES: usize = 8;
/// How many characters of a name are told.
const NAME: usize = 40;

/// What the bytes are by their first few, where these are a signature.
pub(super) fn signature(head: &[u8]) -> Option<Lookalike> {
    match head {
        [b'P', b'K', 3 | 5 | 7, ..] => {
            let inside = |name: &[u8]| memchr::memmem::find(head, name).is_some();
            let workbook =
                inside(b"[Content_Types].xml") || inside(b"xl/") || inside(b"mimetypeapplication/vnd.oasis");
            Some(if workbook { Lookalike::Workbook } else { Lookalike::Zip })
        }
        // The workbook of Excel before 2007.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(Lookalike::Workbook),
        [0x1f, 0x8b, ..] => Some(Lookalike::Gzip),
        [b'%', b'P', b'D', b'F', ..] => Some(Lookalike::Pdf),
        _ => None,
    }
}

/// What a text is, by its beginning.
pub(super) fn text(head: &str) -> ReadErrorKind {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.is_empty() {
        return ReadErrorKind::Empty;
    }
    let line = head.lines().next().unwrap_or_default();
    if is_access_key(head) {
        return ReadErrorKind::NotAReport(Lookalike::AccessKeyCsv);
    }
    if let Some(code) = aws_error(head) {
        return ReadErrorKind::NotAReport(Lookalike::AwsError(code));
    }
    let lower: String = head.chars().take(100).collect::<String>().to_ascii_lowercase();
    if ["<!doctype", "<html", "<?xml", "<!--", "<head"].iter().any(|tag| lower.starts_with(tag)) {
        return ReadErrorKind::NotAReport(Lookalike::Html);
    }
    let odd = head.chars().take(1000).filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    let unknown = head.chars().take(1000).filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if odd > 0 || unknown * 4 > head.chars().take(1000).count() {
        return ReadErrorKind::NotAReport(Lookalike::Binary);
    }
    if head.starts_with('[') || head.starts_with('{') {
        return ReadErrorKind::NotAReport(Lookalike::Json);
    }
    match Header::find(line) {
        Some(header) => {
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
                ReadErrorKind::NotAReport(Lookalike::Table(names))
            }
        }
        None => ReadErrorKind::NotAReport(Lookalike::Text),
    }
}

/// Whether a text is the secret that the console hands out when a key is made, or any other text
/// with an access key id near its beginning.
pub(super) fn is_access_key(head: &str) -> bool {
    let line = head.lines().next().unwrap_or_default().to_ascii_lowercase();
    if line.contains("secret access key") || (line.contains("access key id") && line.contains("secret")) {
        return true;
    }
    // Key ids are 20 characters and begin so; a credential report holds none.
    head.split(|c: char| !c.is_ascii_alphanumeric()).take(200).any(is_key_id)
}

fn is_key_id(word: &str) -> bool {
    word.len() == 20
        && (word.starts_with("AKIA") || word.starts_with("ASIA"))
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Whether a text holds what must not be quoted, wherever it stands: the id of an access key, a text
/// that may be its secret, or a URL, which may be the one to sign in.
pub(super) fn holds_secret(text: &str) -> bool {
    let is_secret = |word: &str| {
        let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
        word.len() >= 40
            && has(u8::is_ascii_uppercase)
            && has(u8::is_ascii_lowercase)
            && has(u8::is_ascii_digit)
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_key_id)
        || text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '+'))).any(is_secret)
        || text.contains("://")
        || text.contains(".signin.")
}

/// The code in `An error occurred (ReportNotPresent) when calling the GetCredentialReport operation`.
fn aws_error(head: &str) -> Option<String> {
    let (_, rest) = head.split_once("error occurred (")?;
    let (code, _) = rest.split_once(')')?;
    (code.len() <= NAME && code.bytes().all(|b| b.is_ascii_alphanumeric())).then(|| code.to_owned())
}

/// The members of a JSON object by which it is recognised.
#[derive(Debug, Deserialize)]
pub(super) struct Answer<'a> {
    #[serde(rename = "Content", borrow, default)]
    pub(super) content: Option<std::borrow::Cow<'a, str>>,
    #[serde(rename = "GeneratedTime", default)]
    pub(super) generated: Option<serde_json::Value>,
    #[serde(rename = "State", default)]
    state: Option<String>,
    #[serde(rename = "Error", alias = "error", default)]
    error: Option<serde_json::Value>,
    #[serde(rename = "Code", alias = "__type", alias = "code", default)]
    code: Option<String>,
    #[serde(default)]
    schema: Option<String>,
    #[serde(default)]
    unused_days: Option<serde_json::Value>,
    #[serde(default)]
    checks_off: Option<serde_json::Value>,
}

impl Answer<'_> {
    /// What the object is, when it holds no report.
    pub(super) fn lookalike(&self) -> Lookalike {
        let code = || {
            let nested = self.error.as_ref().and_then(|error| match error {
                serde_json::Value::String(code) => Some(code.clone()),
                other => other.get("Code").or(other.get("code")).and_then(|c| c.as_str()).map(str::to_owned),
            });
            nested.or_else(|| self.code.clone())
        };
        if self.schema.as_deref().is_some_and(|schema| schema.starts_with("credential-report-findings")) {
            Lookalike::Findings
        } else if self.unused_days.is_some() || self.checks_off.is_some() {
            Lookalike::Policy
        } else if let Some(code) = code() {
            // `com.amazonaws.iam#ReportNotPresentException` and the like.
            let code = code.rsplit(['#', ':']).next().unwrap_or_default();
            Lookalike::AwsError(code.trim_end_matches("Exception").chars().take(NAME).collect())
        } else if let Some(state) = &self.state {
            Lookalike::GenerateAnswer(state.chars().take(NAME).collect())
        } else {
            Lookalike::Json
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_known() {
        assert_eq!(signature(b"PK\x03\x04....xl/workbook.xml"), Some(Lookalike::Workbook));
        assert_eq!(signature(b"PK\x03\x04....a.csv"), Some(Lookalike::Zip));
        assert_eq!(signature(b"%PDF-1.7"), Some(Lookalike::Pdf));
        assert_eq!(signature(b"user,arn"), None);
    }

    #[test]
    fn near_misses_are_named() {
        use Lookalike::*;
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
            ("kondo,Kx7)wHq2(,https://111122223333.signin.aws.amazon.com/console", not(Table(vec![]))),
            (
                "mfa_active,password_enabled,hunter2",
                ReadErrorKind::NoUserColumn(vec!["mfa_active".into(), "password_enabled".into()]),
            ),
            ("hello", not(Text)),
            ("\u{1}\u{2}\u{0}hello", not(Binary)),
            ("[1,2]", not(Json)),
        ] {
            assert_eq!(text(head), kind, "{head}");
        }
    }
}
