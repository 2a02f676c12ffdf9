//! A file of decisions, `credential-report-decisions/1`, read: each by itself, so that one that is wrong
//! costs no other.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::action::Action;
use super::day::Day;
use super::decision::{Checks, Creation, Credential, Decision, Target};
use super::decisions::{Entry, Unreadable};
use super::invalid::{Fault, Place};
use crate::checks::{CheckId, SubjectKind};
use crate::report::{ReadErrorKind, Timestamp, holds_secret};

/// The name and version of the form.
pub const SCHEMA: &str = "credential-report-decisions/1";

/// How many characters of a text are quoted.
const QUOTED: usize = 60;

/// Reads a file: its decisions in order, each with its place.
///
/// # Errors
/// The file is no JSON, or of another form or version.
pub fn read_decisions(file: &str, text: &str) -> Result<Vec<Entry>, ReadErrorKind> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let broken = |error: serde_json::Error| ReadErrorKind::BrokenJson { reason: error.to_string() };
    let members: Members<'_> = serde_json::from_str(text).map_err(broken)?;
    let schema = members.get("schema").map(RawValue::get).unwrap_or_default();
    let schema: String = serde_json::from_str(schema).unwrap_or_default();
    if schema != SCHEMA {
        return Err(ReadErrorKind::UnknownSchema { schema: quoted(&schema), known: SCHEMA.to_owned() });
    }
    let list = members.get("decisions").map_or("[]", RawValue::get);
    let items: Vec<&RawValue> = serde_json::from_str(list)
        .map_err(|_| ReadErrorKind::BrokenJson { reason: "`decisions` is not a list".to_owned() })?;
    let mut cursor = Cursor { text, offset: 0, line: 1, column: 1 };
    let mut entries = Vec::with_capacity(items.len());
    for (index, item) in (0..).zip(items) {
        cursor.advance(offset_in(text, item.get()));
        let place = |cursor: &Cursor<'_>| Place {
            file: file.to_owned(),
            line: cursor.line,
            column: Some(cursor.column),
            cell: None,
            index: Some(index),
        };
        entries.push(match Reading::new(item.get()).and_then(Reading::decision) {
            Ok(decision) => Entry { place: Some(place(&cursor)), content: Ok(decision), cut: 0 },
            Err(wrong) => {
                let id = serde_json::from_str::<Members<'_>>(item.get())
                    .ok()
                    .and_then(|members| serde_json::from_str(members.get("id")?.get()).ok());
                let mut at = cursor;
                at.advance(wrong.at.map_or(0, |at| offset_in(text, at)));
                let unreadable =
                    Unreadable { id, fault: wrong.fault, place: place(&at), raw: item.get().to_owned() };
                Entry { place: Some(place(&cursor)), content: Err(unreadable), cut: 0 }
            }
        });
    }
    Ok(entries)
}

/// Where a part of a text begins in it.
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// A place in a text that only moves on, so that its line and column are counted once.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    line: u32,
    column: u32,
}

impl Cursor<'_> {
    fn advance(&mut self, to: usize) {
        for letter in self.text.get(self.offset..to).unwrap_or_default().chars() {
            if letter == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.offset = self.offset.max(to);
    }
}

/// The members of an object, in order, with what stands there as it is written.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| *value)
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfObject;

        impl<'de> Visitor<'de> for OfObject {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    members.push((Cow::Owned(name), map.next_value()?));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(OfObject)
    }
}

/// What is wrong, and at which part of the text; `None`: with the decision as a whole.
struct Wrong<'a> {
    fault: Fault,
    at: Option<&'a str>,
}

impl Wrong<'_> {
    fn of_all<T>(fault: Fault) -> Result<T, Self> {
        Err(Self { fault, at: None })
    }
}

/// The members of a decision, by name.
const MEMBERS: [&str; 15] = [
    "id",
    "account",
    "arn",
    "scope",
    "user_created",
    "credential",
    "action",
    "checks",
    "reason",
    "by",
    "on",
    "until",
    "approved_by",
    "ticket",
    "note",
];

/// Those of a credential.
const CREDENTIAL: [&str; 3] = ["kind", "created", "ordinal"];

/// An object that is being read.
struct Reading<'a> {
    members: Members<'a>,
    /// What stands before the names of its members where they are told.
    within: &'static str,
}

impl<'a> Reading<'a> {
    fn new(text: &'a str) -> Result<Self, Wrong<'a>> {
        Self::object(text, "", &MEMBERS)
    }

    fn object(text: &'a str, within: &'static str, known: &[&str]) -> Result<Self, Wrong<'a>> {
        let at = |fault, at: &'a str| Err(Wrong { fault, at: Some(at) });
        let Ok(members) = serde_json::from_str::<Members<'a>>(text) else {
            let fault = if within.is_empty() {
                Fault::NotAnObject
            } else {
                Fault::WrongType("credential".to_owned())
            };
            return at(fault, text);
        };
        for (place, (name, value)) in members.0.iter().enumerate() {
            let told = || format!("{within}{}", quoted(name));
            if !known.contains(&name.as_ref()) {
                return at(Fault::UnknownMember(told()), value.get());
            }
            if members.0.iter().take(place).any(|(other, _)| other == name) {
                return at(Fault::RepeatedMember(told()), value.get());
            }
        }
        Ok(Self { members, within })
    }

    /// The text of a member; `None` where it is not there.
    fn text(&self, name: &str) -> Result<Option<(String, &'a str)>, Wrong<'a>> {
        let Some(value) = self.members.get(name).map(RawValue::get) else { return Ok(None) };
        match serde_json::from_str(value) {
            Ok(text) => Ok(Some((text, value))),
            Err(_) => Err(Wrong { fault: Fault::WrongType(self.told(name)), at: Some(value) }),
        }
    }

    fn told(&self, name: &str) -> String {
        format!("{}{name}", self.within)
    }

    /// The text of a member that must be there and say something.
    fn needed(&self, name: &str) -> Result<(String, &'a str), Wrong<'a>> {
        match self.text(name)? {
            Some((text, at)) if text.trim().is_empty() => {
                Err(Wrong { fault: Fault::MissingMember(self.told(name)), at: Some(at) })
            }
            Some(found) => Ok(found),
            None => Wrong::of_all(Fault::MissingMember(self.told(name))),
        }
    }

    fn day(&self, name: &str) -> Result<(Day, &'a str), Wrong<'a>> {
        let (text, at) = self.needed(name)?;
        match Day::parse(&text) {
            Some(day) => Ok((day, at)),
            None => Err(Wrong {
                fault: Fault::UnreadableDay { member: self.told(name), value: quoted(&text) },
                at: Some(at),
            }),
        }
    }

    fn time(&self, name: &str) -> Result<Option<Timestamp>, Wrong<'a>> {
        let Some((text, at)) = self.text(name)? else { return Ok(None) };
        match read_time(&text) {
            Some(time) => Ok(Some(time)),
            None => Err(Wrong {
                fault: Fault::UnreadableTime { member: self.told(name), value: quoted(&text) },
                at: Some(at),
            }),
        }
    }

    fn decision(self) -> Result<Decision, Wrong<'a>> {
        let text = |name: &str| Ok(self.text(name)?.map(|(text, _)| text).unwrap_or_default());
        let (id, _) = self.needed("id")?;
        let (account, at) = self.needed("account")?;
        if !is_account(&account) {
            return Err(Wrong { fault: Fault::NotAnAccount(quoted(&account)), at: Some(at) });
        }
        let target = self.target(&account)?;
        let (word, at) = self.needed("action")?;
        let Some(action) = Action::from_name(&word) else {
            let fault = Fault::UnknownWord { member: "action".to_owned(), value: quoted(&word) };
            return Err(Wrong { fault, at: Some(at) });
        };
        let action_at = at;
        let checks = self.checks()?;
        let (by, _) = self.needed("by")?;
        let ((on, _), (until, until_at)) = (self.day("on")?, self.day("until")?);
        let reason = self.text("reason")?;
        let reason_at = reason.as_ref().map(|(_, at)| *at);
        let decision = Decision {
            id,
            account,
            target,
            action,
            checks,
            reason: reason.map(|(reason, _)| reason).unwrap_or_default(),
            by,
            on,
            until,
            approved_by: text("approved_by")?,
            ticket: text("ticket")?,
            note: text("note")?,
        };
        match decision.fault() {
            None => Ok(decision),
            Some(fault) => {
                let at = match &fault {
                    Fault::RotatesNoKey => Some(action_at),
                    Fault::UntilBeforeOn { .. } => Some(until_at),
                    Fault::ShortReason { .. } => reason_at,
                    _ => None,
                };
                Err(Wrong { fault, at })
            }
        }
    }

    fn target(&self, account: &str) -> Result<Target, Wrong<'a>> {
        if let Some((scope, at)) = self.text("scope")? {
            if scope != "account" {
                let fault = Fault::UnknownWord { member: "scope".to_owned(), value: quoted(&scope) };
                return Err(Wrong { fault, at: Some(at) });
            }
            for name in ["arn", "user_created", "credential"] {
                if let Some(value) = self.members.get(name) {
                    return Err(Wrong { fault: Fault::UnfitMember(name.to_owned()), at: Some(value.get()) });
                }
            }
            return Ok(Target::Account);
        }
        let (arn, at) = self.needed("arn")?;
        match account_of_arn(&arn) {
            Some(of) if of == account => {}
            Some(_) => return Err(Wrong { fault: Fault::ArnOfOtherAccount, at: Some(at) }),
            None => return Err(Wrong { fault: Fault::NotAnArn(quoted(&arn)), at: Some(at) }),
        }
        Ok(Target::User { arn, user_created: self.time("user_created")?, credential: self.credential()? })
    }

    fn credential(&self) -> Result<Option<Credential>, Wrong<'a>> {
        let Some(value) = self.members.get("credential") else { return Ok(None) };
        let reading = Self::object(value.get(), "credential.", &CREDENTIAL)?;
        let (kind, at) = reading.needed("kind")?;
        let kinds = [SubjectKind::Password, SubjectKind::AccessKey, SubjectKind::Certificate];
        let Some(kind) = kinds.into_iter().find(|known| known.name() == kind) else {
            let fault = Fault::UnknownWord { member: "credential.kind".to_owned(), value: quoted(&kind) };
            return Err(Wrong { fault, at: Some(at) });
        };
        if kind == SubjectKind::Password {
            for name in ["created", "ordinal"] {
                if let Some(value) = reading.members.get(name) {
                    let fault = Fault::UnfitMember(format!("credential.{name}"));
                    return Err(Wrong { fault, at: Some(value.get()) });
                }
            }
            return Ok(Some(Credential::Password));
        }
        let Some(created) = reading.time("created")? else {
            let fault = Fault::MissingMember("credential.created".to_owned());
            return Err(Wrong { fault, at: Some(value.get()) });
        };
        let ordinal = match reading.members.get("ordinal").map(RawValue::get) {
            None => None,
            Some(written) => match serde_json::from_str::<u8>(written) {
                Ok(ordinal @ 1..=2) => Some(ordinal),
                _ => return Err(Wrong { fault: Fault::UnknownOrdinal, at: Some(written) }),
            },
        };
        Ok(Credential::new(kind, Creation { created, ordinal }))
    }

    fn checks(&self) -> Result<Option<Checks>, Wrong<'a>> {
        let Some(value) = self.members.get("checks").map(RawValue::get) else { return Ok(None) };
        let Ok(names) = serde_json::from_str::<Vec<&RawValue>>(value) else {
            return Err(Wrong { fault: Fault::WrongType("checks".to_owned()), at: Some(value) });
        };
        let mut checks = Vec::new();
        for name in &names {
            let at = name.get();
            let Ok(text) = serde_json::from_str::<String>(at) else {
                return Err(Wrong { fault: Fault::WrongType("checks".to_owned()), at: Some(at) });
            };
            if text == "*" && names.len() == 1 {
                return Ok(Some(Checks::All));
            }
            match CheckId::from_name(&text) {
                Some(check) => checks.push(check),
                None => return Err(Wrong { fault: Fault::UnknownCheck(quoted(&text)), at: Some(at) }),
            }
        }
        Ok(Some(Checks::of(checks)))
    }
}

/// A text as it may be told: its beginning, and nothing of what may be a secret.
pub(super) fn quoted(text: &str) -> String {
    if holds_secret(text) {
        return "…".to_owned();
    }
    let mut quoted: String = text.chars().take(QUOTED).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    quoted
}

/// A moment as AWS writes it, with day, second and offset.
fn read_time(text: &str) -> Option<Timestamp> {
    let is_whole = text.as_bytes().get(10) == Some(&b'T') && text.len() >= "2016-07-27T14:41:00Z".len();
    Timestamp::parse(text).ok().filter(|_| is_whole)
}

/// Whether a text is 12 digits.
pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The account of the ARN of a user or of root; `None` for any other text.
pub(super) fn account_of_arn(arn: &str) -> Option<&str> {
    let (partition, rest) = arn.strip_prefix("arn:")?.split_once(":iam::")?;
    let (account, whom) = rest.split_once(':')?;
    let is_partition = partition.starts_with("aws") && !partition.contains([':', '/', ' ']);
    let is_user = whom.strip_prefix("user/").is_some_and(|path| !path.is_empty() && !path.ends_with('/'));
    (is_partition && is_account(account) && (whom == "root" || is_user)).then_some(account)
}
