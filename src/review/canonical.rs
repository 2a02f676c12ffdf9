//! Decisions as the bytes of a file: the same decisions give the same bytes, and a decision more is a few
//! lines more, so that a version control shows what changed.

use serde::Serialize;
use serde_json::Value;

use super::decision::{Credential, Decision, Target};
use super::decisions::Decisions;
use super::decisions_file::SCHEMA;
use crate::report::Timestamp;

#[derive(Serialize)]
struct FileForm<'a> {
    schema: &'static str,
    decisions: Vec<ItemForm<'a>>,
}

/// What stands in the list: decisions, and as it was what is none, so that nothing is lost.
#[derive(Serialize)]
#[serde(untagged)]
enum ItemForm<'a> {
    Decision(DecisionForm<'a>),
    Other(Value),
}

#[derive(Serialize)]
struct DecisionForm<'a> {
    id: &'a str,
    account: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_created: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<CredentialForm>,
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    checks: Option<Vec<&'static str>>,
    reason: &'a str,
    by: &'a str,
    on: String,
    until: String,
    approved_by: &'a str,
    ticket: &'a str,
    note: &'a str,
}

#[derive(Serialize)]
struct CredentialForm {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ordinal: Option<u8>,
}

impl From<Credential> for CredentialForm {
    fn from(credential: Credential) -> Self {
        Self {
            kind: credential.kind().name(),
            created: credential.creation().map(|creation| creation.created),
            ordinal: credential.creation().and_then(|creation| creation.ordinal),
        }
    }
}

impl<'a> DecisionForm<'a> {
    fn new(decision: &'a Decision) -> Self {
        let user_created = match &decision.target {
            Target::Account => None,
            Target::User { user_created, .. } => *user_created,
        };
        Self {
            id: &decision.id,
            account: &decision.account,
            scope: (decision.target == Target::Account).then_some("account"),
            arn: decision.arn(),
            user_created,
            credential: decision.credential().map(Into::into),
            action: decision.action.name(),
            checks: decision.checks.as_ref().map(super::Checks::names),
            reason: &decision.reason,
            by: &decision.by,
            on: decision.on.to_string(),
            until: decision.until.to_string(),
            approved_by: &decision.approved_by,
            ticket: &decision.ticket,
            note: &decision.note,
        }
    }
}

/// By what decisions stand in order: account, ARN, credential, checks, and then the id. What is none comes
/// last, as it was.
type Key = (bool, String, String, Option<Credential>, Vec<&'static str>, String);

fn key(decision: &Decision) -> Key {
    (
        false,
        decision.account.clone(),
        decision.arn().unwrap_or_default().to_owned(),
        decision.credential(),
        decision.checks.as_ref().map(super::Checks::names).unwrap_or_default(),
        decision.id.clone(),
    )
}

/// Writes decisions as a file: by account, ARN, credential and checks, moved in by two blanks, LF at the end
/// of each line.
pub fn write_decisions(decisions: &Decisions) -> Vec<u8> {
    let mut items: Vec<(Key, ItemForm<'_>)> = Vec::with_capacity(decisions.entries().len());
    for entry in decisions.entries() {
        match &entry.content {
            Ok(decision) => items.push((key(decision), ItemForm::Decision(DecisionForm::new(decision)))),
            Err(unreadable) => {
                if let Ok(other) = serde_json::from_str::<Value>(&unreadable.raw) {
                    let key = (true, String::new(), String::new(), None, Vec::new(), other.to_string());
                    items.push((key, ItemForm::Other(other)));
                }
            }
        }
    }
    items.sort_by(|(a, _), (b, _)| a.cmp(b));
    let form = FileForm { schema: SCHEMA, decisions: items.into_iter().map(|(_, item)| item).collect() };
    // Texts and numbers always serialise.
    let mut bytes = serde_json::to_vec_pretty(&form).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
