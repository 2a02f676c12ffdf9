//! An item to tick off: a finding, since when, and what to do first.

use std::fmt::Write;

use super::writing::{code, comment, length, sentence};
use crate::checks::SubjectKind;
use crate::comparison::History;
use crate::export::redaction::Redactor;
use crate::finding::Finding;
use crate::remediation;
use crate::text::{self, Text};

/// How long an id and a command may be; what is longer is no name that AWS would give.
const MAX_LENGTH: usize = 4096;

/// An item of the list.
#[derive(Debug)]
pub(super) struct Item {
    /// The account, as its heading names it; empty where nobody knows.
    pub(super) account: String,
    /// What the account is called; empty where nobody says.
    pub(super) account_name: String,
    /// Its lines.
    pub(super) text: String,
}

/// The item of a finding.
pub(super) fn item(
    finding: &Finding,
    account_name: Option<&str>,
    history: Option<History>,
    text: &Text,
    redactor: Option<&Redactor>,
) -> Item {
    let redacted = redactor.map(|redactor| redactor.finding(finding));
    let commands = if redactor.is_some() { Vec::new() } else { remediation::commands(finding) };
    let finding = redacted.as_ref().unwrap_or(finding);
    let t = &text.export;

    let whom = finding.user.as_deref().map(|user| format!(" · {}", code(user))).unwrap_or_default();
    let mut lines =
        format!("- [ ] **{}**{whom} · {}", text.severity(finding.severity), sentence(&text.finding(finding)));
    // Writing to a string does not fail.
    if let Some(created) = finding.subject.created {
        let moment = created.to_string().replace('T', " ").replace('Z', " UTC");
        let created = if redactor.is_some() { created.date() } else { moment };
        let _ = write!(lines, "  \n  {}", (t.created)(&created));
    }
    // A new finding has no time from which on it fails.
    if let Some(since) = history.and_then(|history| history.since) {
        let _ = write!(lines, "  \n  {}", (t.open_since)(&since.date()));
    }
    if let Some(step) = text.check(finding.check).steps().next() {
        let _ = write!(lines, "  \n  {}", (t.first_step)(&sentence(step)));
    }
    lines.push('\n');
    if !commands.is_empty() && commands.iter().all(|command| command.len() <= MAX_LENGTH) {
        let of_subject = finding.subject.created.filter(|_| finding.subject.kind == SubjectKind::AccessKey);
        let of_two = finding.evidence.deactivate.and_then(|key| key.created);
        if let Some(created) = of_subject.or(of_two) {
            let _ = writeln!(lines, "\n  {}", sentence(&text.key_by_creation(created)));
        }
        lines.push_str("\n  ```sh\n");
        for command in &commands {
            let _ = writeln!(lines, "  {command}");
        }
        lines.push_str("  ```\n");
    }
    let uid = comment(&finding.uid);
    if length(&uid) <= MAX_LENGTH {
        let _ = writeln!(lines, "\n  {uid}");
    }
    Item {
        account: finding.account.as_deref().map(text::account).unwrap_or_default(),
        account_name: account_name.unwrap_or_default().to_owned(),
        text: lines,
    }
}
