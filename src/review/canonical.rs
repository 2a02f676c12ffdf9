//! Decisions as the bytes of a file: the same decisions give the same bytes, and a decision more is a few
//! lines more, so that a version control shows what changed.

use serde::Serialize;
use serde_json::Value;

use super::decision::{Credential, Decision, Target};
use super::decisions::{Decisions, Entry};
use super::decisions_file::SCHEMA;
use crate::report::{Timestamp, sorted};

#[derive(Serialize)]
struct FileForm<'a> {
    schema: &'static str,
    decisions: Vec<ItemForm<'a>>,
}

/// What stands in the list: decisions, and as it was what is none, so that nothing is lost.
#[derive(Serialize)]
#[serde(untagged)]
enum ItemForm<'a> {
    Decision(Box<DecisionForm<'a>>),
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

impl Decisions {
    /// The places of all entries in the order of a file: by account, ARN, credential, checks and id; what is
    /// no decision comes last.
    pub fn in_order(&self) -> Vec<u32> {
        let of_entry = |entry: &Entry| match &entry.content {
            Ok(decision) => key(decision),
            Err(other) => {
                // Blanks make no difference.
                let text = serde_json::from_str::<Value>(&other.raw).map(|value| value.to_string());
                (true, text.unwrap_or_default(), String::new(), None, Vec::new(), String::new())
            }
        };
        let keys: Vec<Key> = self.entries().iter().map(of_entry).collect();
        sorted::sorted_places(keys.len(), &|a, b| keys.get(a as usize).cmp(&keys.get(b as usize)))
    }
}

/// Writes decisions as a file: by account, ARN, credential and checks, moved in by two blanks, LF at the end
/// of each line.
pub fn write_decisions(decisions: &Decisions) -> Vec<u8> {
    write_some(decisions, |_| true)
}

/// Writes those decisions as a file whose places are meant.
pub fn write_some(decisions: &Decisions, is_meant: impl Fn(u32) -> bool) -> Vec<u8> {
    let entries = decisions.in_order().into_iter().filter(|place| is_meant(*place));
    let form = |place: u32| match &decisions.entries().get(place as usize)?.content {
        Ok(decision) => Some(ItemForm::Decision(Box::new(DecisionForm::new(decision)))),
        Err(other) => serde_json::from_str(&other.raw).ok().map(ItemForm::Other),
    };
    let items = entries.filter_map(form);
    let file = FileForm { schema: SCHEMA, decisions: items.collect() };
    // Texts and numbers always serialise.
    let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
