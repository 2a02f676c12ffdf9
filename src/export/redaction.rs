//! Aliases in place of names, to show how things stand without saying whose.
//!
//! What is written is built anew from fields that are named here one by one; what is not named is left out.
//! An alias is the HMAC-SHA-256 of kind and name under a random key, in base 32: without the key nobody can
//! try names until one fits.

use std::fmt::{self, Write};

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::assessment::Inputs;
use crate::checks::{KeyToDeactivate, SubjectKind};
use crate::comparison::{AccountChanges, ComparedReport, Fact, FactValue, FindingChange, UserChange};
use crate::finding::{Evidence, Finding, Subject};
use crate::query::Query;
use crate::report::{CellValue, Column, ReadCell, Timestamp, User, Warning, WarningKind, sorted};
use crate::review::{Owner, Owners};

/// What a file with a key begins with.
const KEY_FILE: &str = "credential-report-redaction-key/1";

/// What stands for the search text.
const SEARCH: &str = "(redacted)";

/// What root is called in every report, which says nothing of anybody.
pub(super) const ROOT: &str = "<root_account>";

/// How many characters an alias has at the least, and at the most.
const SHORTEST: usize = 4;
const LONGEST: usize = 12;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const DAY: i64 = 86_400;

/// The secret that aliases hang on: 256 random bits.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactionKey([u8; 32]);

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("not a redaction key")]
pub struct RedactionKeyError;

impl RedactionKey {
    /// A key of random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads what [`RedactionKey::to_file`] wrote.
    ///
    /// # Errors
    /// The text is no key.
    pub fn from_file(text: &str) -> Result<Self, RedactionKeyError> {
        let text = text.trim_start_matches('\u{feff}').trim();
        let digits = text.strip_prefix(KEY_FILE).ok_or(RedactionKeyError)?.trim();
        if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(RedactionKeyError);
        }
        let mut key = [0; 32];
        for (byte, place) in key.iter_mut().zip((0..).step_by(2)) {
            let pair = digits.get(place..place + 2).ok_or(RedactionKeyError)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| RedactionKeyError)?;
        }
        Ok(Self(key))
    }

    /// The text of a file that holds the key.
    pub fn to_file(self) -> String {
        let mut text = format!("{KEY_FILE} ");
        for byte in self.0 {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\n');
        text
    }
}

/// Of a secret nothing is shown.
impl fmt::Debug for RedactionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedactionKey(…)")
    }
}

/// What has an alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    Account,
    User,
    Owner,
}

impl NameKind {
    fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::User => "user",
            Self::Owner => "owner",
        }
    }
}

/// Gives names their aliases.
pub(crate) struct Redactor {
    mac: Hmac<Sha256>,
    /// The hashes of all names of a kind, in order: as long as two begin alike, aliases are longer.
    accounts: Vec<u64>,
    users: Vec<u64>,
    owners: Vec<u64>,
    /// The names of the files.
    files: Vec<String>,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").field("users", &self.users.len()).finish_non_exhaustive()
    }
}

impl Redactor {
    /// Looks at all names, whatever is exported: an alias is the same in every form.
    pub(crate) fn new(inputs: &Inputs, owners: Option<&Owners>, key: RedactionKey) -> Self {
        let mut redactor = Self {
            mac: mac(key),
            accounts: Vec::new(),
            users: Vec::new(),
            owners: Vec::new(),
            files: Vec::new(),
        };
        for owner in owners.map(Owners::people).unwrap_or_default() {
            redactor.owners.push(redactor.hash(NameKind::Owner.name(), owner.key()));
        }
        for loaded in inputs.reports() {
            redactor.files.push(loaded.report.file().name.clone());
            for account in loaded.report.accounts() {
                redactor.accounts.push(redactor.hash(NameKind::Account.name(), &account.id));
            }
            for user in loaded.report.users() {
                redactor.users.push(redactor.hash(NameKind::User.name(), user.name()));
            }
        }
        for hashes in [&mut redactor.accounts, &mut redactor.users, &mut redactor.owners] {
            sorted::sort(hashes);
            hashes.dedup();
        }
        redactor
    }

    fn hash(&self, kind: &str, value: &str) -> u64 {
        let mut mac = self.mac.clone();
        mac.update(kind.as_bytes());
        mac.update(b"\0");
        mac.update(value.as_bytes());
        let bytes = mac.finalize().into_bytes();
        bytes.iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
    }

    fn alias(&self, kind: NameKind, name: &str) -> String {
        let hash = self.hash(kind.name(), name);
        let hashes = match kind {
            NameKind::Account => &self.accounts,
            NameKind::User => &self.users,
            NameKind::Owner => &self.owners,
        };
        let place = hashes.partition_point(|other| *other < hash);
        let before = place.checked_sub(1).and_then(|before| hashes.get(before));
        let after = hashes[place..].iter().find(|other| **other != hash);
        let alike = before.into_iter().chain(after).map(|other| characters_alike(hash, *other)).max();
        let length = alike.map_or(SHORTEST, |alike| (alike + 1).clamp(SHORTEST, LONGEST));
        format!("{}-{}", kind.name(), characters(hash, length))
    }

    pub(super) fn account(&self, account: &str) -> String {
        self.alias(NameKind::Account, account)
    }

    pub(super) fn owner(&self, owner: &Owner) -> String {
        self.alias(NameKind::Owner, owner.key())
    }

    pub(super) fn user(&self, user: &str, is_root: bool) -> String {
        if is_root { ROOT.to_owned() } else { self.alias(NameKind::User, user) }
    }

    /// The ARN of a user or of root, without a path; `None` where the account is not known.
    pub(super) fn arn(
        &self,
        partition: Option<&str>,
        account: Option<&str>,
        user: Option<&str>,
        is_root: bool,
    ) -> Option<String> {
        let account = self.account(account?);
        let partition = known_partition(partition).unwrap_or("aws");
        Some(match user.filter(|_| !is_root) {
            Some(user) => format!("arn:{partition}:iam::{account}:user/{}", self.user(user, false)),
            None => format!("arn:{partition}:iam::{account}:root"),
        })
    }

    /// The ARN of the user of a row.
    pub(super) fn arn_of(&self, user: &User<'_>) -> Option<String> {
        self.arn(user.partition(), user.account(), Some(user.name()), user.is_root())
    }

    /// A finding without names, cells, and moments to the second.
    pub(super) fn finding(&self, finding: &Finding) -> Finding {
        let Finding { uid, check, severity, account, partition, user, arn: _, subject, evidence } = finding;
        let is_root = check.check().root || user.is_none();
        let alias_of_arn = self.arn(partition.as_deref(), account.as_deref(), user.as_deref(), is_root);
        let alias_of_user = user.as_deref().map(|user| self.user(user, is_root));
        let whom = alias_of_arn.as_deref().or(alias_of_user.as_deref()).unwrap_or("unknown-account");
        let own = uid.strip_prefix(check.name()).map_or(uid.as_str(), |rest| rest.trim_start_matches('/'));
        // What else a uid tells apart: the path, the moment of creation, the ordinal.
        let code = || characters(self.hash("subject", own), LONGEST);
        let uid = match subject.kind {
            SubjectKind::AccessKey | SubjectKind::Certificate => {
                format!("{}/{whom}/{}/{}", check.name(), subject.kind.name(), code())
            }
            SubjectKind::Account | SubjectKind::User | SubjectKind::Password if is_plain(own, finding) => {
                format!("{}/{whom}", check.name())
            }
            SubjectKind::Account | SubjectKind::User | SubjectKind::Password => {
                format!("{}/{whom}/{}", check.name(), code())
            }
        };
        Finding {
            uid,
            check: *check,
            severity: *severity,
            account: account.as_deref().map(|account| self.account(account)),
            partition: known_partition(partition.as_deref()).map(str::to_owned),
            user: alias_of_user,
            arn: alias_of_arn,
            subject: Subject { kind: subject.kind, slot: subject.slot, created: subject.created.map(day) },
            evidence: evidence_without_text(evidence),
        }
    }

    /// An account's comparison without names and digests.
    pub(super) fn account_changes(&self, changes: &AccountChanges) -> AccountChanges {
        let AccountChanges { account, partition, earlier, current, is_blind_to_re_creation, summary, trend } =
            changes;
        let report = |report: &ComparedReport| ComparedReport {
            name: Self::file_of(report.input as usize),
            sha256: None,
            input: report.input,
            as_of: report.as_of,
            as_of_source: report.as_of_source,
        };
        AccountChanges {
            account: self.account(account),
            partition: known_partition(Some(partition)).unwrap_or("aws").to_owned(),
            earlier: report(earlier),
            current: report(current),
            is_blind_to_re_creation: *is_blind_to_re_creation,
            summary: summary.clone(),
            trend: trend.clone(),
        }
    }

    /// What became of a user, without names, and moments to the second.
    pub(crate) fn user_change(&self, of: &UserChange) -> UserChange {
        let UserChange { row, account, arn, user, change, renamed_from, is_guess, facts } = of;
        let is_root = user == ROOT;
        let alias_of_arn = |arn: &str, user: &str| {
            self.arn(arn.split(':').nth(1), Some(account), Some(user), is_root).unwrap_or_default()
        };
        let value = |value: FactValue| match value {
            FactValue::Flag(flag) => FactValue::Flag(flag),
            FactValue::Time(time) => FactValue::Time(time.map(day)),
        };
        let fact = |fact: &Fact| Fact {
            kind: fact.kind,
            subject: fact.subject,
            created: fact.created.map(day),
            before: value(fact.before),
            now: value(fact.now),
        };
        UserChange {
            row: *row,
            account: self.account(account),
            arn: alias_of_arn(arn, user),
            user: self.user(user, is_root),
            change: *change,
            // The name is what stands behind the path.
            renamed_from: renamed_from
                .as_deref()
                .map(|arn| alias_of_arn(arn, arn.rsplit('/').next().unwrap_or(arn))),
            is_guess: *is_guess,
            facts: facts.iter().map(fact).collect(),
        }
    }

    /// What became of a finding, without names, cells, and moments to the second.
    pub(crate) fn finding_change(&self, change: &FindingChange) -> FindingChange {
        let FindingChange {
            account,
            outcome,
            cause,
            column,
            finding,
            severity,
            severity_before,
            since,
            cells_before: _,
            cells: _,
        } = change;
        FindingChange {
            account: self.account(account),
            outcome: *outcome,
            cause: *cause,
            column: *column,
            finding: self.finding(finding),
            severity: *severity,
            severity_before: *severity_before,
            since: *since,
            cells_before: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// What a file is called, by its place from 0.
    pub(super) fn file_of(place: usize) -> String {
        format!("file-{}", place + 1)
    }

    /// What the file of a name is called.
    pub(super) fn file(&self, name: &str) -> String {
        self.files.iter().position(|file| file == name).map_or_else(|| "file".to_owned(), Self::file_of)
    }

    /// A warning without the text of a cell, and without columns that AWS does not have.
    pub(super) fn warning(&self, warning: &Warning) -> Warning {
        let Warning { input, line, column, value: _, kind, more, more_lines } = warning;
        Warning {
            input: self.file(input),
            line: *line,
            column: column.as_deref().and_then(Column::from_name).map(|column| column.name().to_owned()),
            value: None,
            more: *more,
            more_lines: more_lines.clone(),
            kind: match kind {
                WarningKind::Replaced { account, by } => {
                    WarningKind::Replaced { account: self.account(account), by: self.file(by) }
                }
                WarningKind::SameTime { account, by } => {
                    WarningKind::SameTime { account: self.account(account), by: self.file(by) }
                }
                WarningKind::SameReport { account, first } => {
                    WarningKind::SameReport { account: self.account(account), first: self.file(first) }
                }
                WarningKind::SameFile { first } => WarningKind::SameFile { first: self.file(first) },
                WarningKind::ForeignFlags { words: _ } => {
                    WarningKind::ForeignFlags { words: "…".to_owned() }
                }
                WarningKind::CellCount { .. }
                | WarningKind::OpenQuote
                | WarningKind::NoUser
                | WarningKind::NotAUser
                | WarningKind::Secret
                | WarningKind::LineBreaksLost
                | WarningKind::LinesBeforeHeader { .. }
                | WarningKind::WithoutHeader
                | WarningKind::SurplusCells { .. }
                | WarningKind::NameOfArn
                | WarningKind::CommasInName
                | WarningKind::Time(_)
                | WarningKind::Flag
                | WarningKind::Arn
                | WarningKind::ArnOfOther
                | WarningKind::UnknownColumn
                | WarningKind::UnnamedColumns { .. }
                | WarningKind::RepeatedColumn
                | WarningKind::RepeatedArn { .. }
                | WarningKind::Encoding
                | WarningKind::Decoded { .. }
                | WarningKind::DoubtfullyDecoded { .. }
                | WarningKind::NotDecoded { .. }
                | WarningKind::CutOff => kind.clone(),
            },
        }
    }

    /// A question without its search text and names.
    pub(super) fn query(&self, query: &Query) -> Query {
        let Query {
            sort,
            descending,
            search,
            severities,
            checks,
            accounts,
            kinds,
            key_age,
            last_use,
            console_mfa,
            owners,
            without_owner,
            leavers,
            changes,
            causes,
            decisions,
            fine,
            offset,
            limit,
        } = query;
        Query {
            sort: *sort,
            descending: *descending,
            search: if search.trim().is_empty() { String::new() } else { SEARCH.to_owned() },
            severities: severities.clone(),
            checks: checks.clone(),
            accounts: accounts.iter().map(|account| self.account(account)).collect(),
            kinds: kinds.clone(),
            key_age: *key_age,
            last_use: *last_use,
            console_mfa: *console_mfa,
            owners: owners.iter().map(|owner| self.alias(NameKind::Owner, owner)).collect(),
            without_owner: *without_owner,
            leavers: *leavers,
            changes: changes.clone(),
            causes: causes.clone(),
            decisions: decisions.clone(),
            fine: *fine,
            offset: *offset,
            limit: *limit,
        }
    }
}

/// The hash of nothing yet. A key shorter than a block is filled up with zeros, as RFC 2104 has it.
fn mac(key: RedactionKey) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..key.0.len()].copy_from_slice(&key.0);
    Hmac::new(&block.into())
}

/// Whether a uid tells nothing but check and ARN, and the ARN has no path.
fn is_plain(own: &str, finding: &Finding) -> bool {
    match (&finding.arn, &finding.user) {
        (Some(arn), _) if own == arn => arn.bytes().filter(|byte| *byte == b'/').count() < 2,
        (None, Some(user)) => own == user,
        (None, None) => own == "unknown-account",
        _ => false,
    }
}

/// Ages, limits and what a sentence needs of cells, without their text.
fn evidence_without_text(evidence: &Evidence) -> Evidence {
    let Evidence { age_days, threshold_days, pattern, deactivate, concerned, cells } = evidence;
    let cell = |cell: &ReadCell| ReadCell {
        column: cell.column,
        raw: String::new(),
        value: cell.value.map(|value| match value {
            CellValue::Time(time) => CellValue::Time(day(time)),
            CellValue::Flag(flag) => CellValue::Flag(flag),
        }),
    };
    Evidence {
        age_days: *age_days,
        threshold_days: *threshold_days,
        pattern: *pattern,
        deactivate: deactivate.map(|key| KeyToDeactivate { slot: key.slot, created: None }),
        concerned: *concerned,
        cells: cells.iter().map(cell).collect(),
    }
}

/// The day of a moment, from its first second: which second it was can be looked up in the logs.
pub(super) fn day(time: Timestamp) -> Timestamp {
    Timestamp::from_unix(time.unix() - time.unix().rem_euclid(DAY))
}

/// The partitions of AWS; in a report anything may stand there.
pub(super) fn known_partition(partition: Option<&str>) -> Option<&'static str> {
    const KNOWN: [&str; 8] =
        ["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"];
    KNOWN.into_iter().find(|known| Some(*known) == partition)
}

/// The first characters of a hash in base 32.
fn characters(hash: u64, length: usize) -> String {
    (1..=length.min(LONGEST))
        .filter_map(|place| ALPHABET.get((hash >> (64 - 5 * place) & 31) as usize))
        .map(|byte| char::from(*byte))
        .collect()
}

/// How many of the first characters of two hashes are the same.
fn characters_alike(a: u64, b: u64) -> usize {
    (a ^ b).leading_zeros() as usize / 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor(users: Vec<u64>) -> Redactor {
        let (accounts, owners, files) = (Vec::new(), Vec::new(), Vec::new());
        Redactor { mac: mac(RedactionKey([7; 32])), accounts, users, owners, files }
    }

    #[test]
    fn an_alias_is_longer_where_two_meet() {
        let alone = redactor(Vec::new());
        let hash = alone.hash("user", "ann");
        let alias = alone.user("ann", false);
        assert_eq!(alias, format!("user-{}", characters(hash, 4)));
        assert!(alias[5..].bytes().all(|byte| ALPHABET.contains(&byte)));
        let mut users = vec![hash, hash ^ 1 << (64 - 28)];
        users.sort_unstable();
        assert_eq!(redactor(users).user("ann", false), format!("user-{}", characters(hash, 6)));
    }

    #[test]
    fn a_key_is_read_as_it_was_written_and_never_shown() {
        let key = RedactionKey::new(std::array::from_fn(|place| place as u8 * 7));
        assert_eq!(RedactionKey::from_file(&key.to_file()), Ok(key));
        assert_eq!(RedactionKey::from_file(&key.to_file().replace('\n', "\r\n")), Ok(key));
        assert_eq!(format!("{key:?}"), "RedactionKey(…)");
        for text in ["", "0123", KEY_FILE, &key.to_file()[..90], &format!("{}0", key.to_file().trim())] {
            assert_eq!(RedactionKey::from_file(text), Err(RedactionKeyError), "{text}");
        }
    }

    /// As `printf 'user\0ann' | openssl mac -digest SHA256 -macopt hexkey:0707… HMAC` has it.
    #[test]
    fn a_hash_is_hmac_sha_256() {
        assert_eq!(redactor(Vec::new()).hash("user", "ann"), 0xa86f_17cf_85d7_121b);
    }

    #[test]
    fn the_same_name_has_other_aliases_of_other_kinds_and_under_other_keys() {
        let one = redactor(Vec::new());
        let other = Redactor { mac: mac(RedactionKey([8; 32])), ..redactor(Vec::new()) };
        let name = "123456789012";
        assert_ne!(one.account(name)[8..], one.user(name, false)[5..]);
        assert_ne!(one.account(name), other.account(name));
    }
}
