//! Sentences with facts in them: which there are, and what every language needs to write them.

use crate::accounts::AccountSort;
use crate::assessment::{Kind, NotJudged};
use crate::card::AreaStatus;
use crate::checks::{Area, CheckId, Preset, Severity, SubjectKind};
use crate::comparison::{Cause, ChangeKind, FactKind, Outcome};
use crate::finding::{Finding, Subject};
use crate::policy::PolicyError;
use crate::query::SortKey;
use crate::report::{AsOfSource, CellIssue, Column, Format, ReadErrorKind, Timestamp, WarningKind};
use crate::thresholds::Threshold;

use super::{CheckText, Language, Text, en, ja};

/// Declares the sentences once; each is a function of the same name in every language, so one that
/// is missing in a language does not compile.
macro_rules! sentences {
    ($($(#[$doc:meta])* fn $name:ident($($fact:ident: $type:ty),*) -> $text:ty;)*) => {
        impl Text {
            $(
                $(#[$doc])*
                pub fn $name(&self, $($fact: $type),*) -> $text {
                    match self.language {
                        Language::English => en::sentences::$name($($fact),*),
                        Language::Japanese => ja::sentences::$name($($fact),*),
                    }
                }
            )*
        }
    };
}

sentences! {
    /// A number of days: `1 day`, `1,925 days`.
    fn days(days: u32) -> String;
    /// How long ago: `less than a day ago`, `1 day ago`, `1,925 days ago`.
    fn ago(days: u32) -> String;

    /// The name of a severity.
    fn severity(severity: Severity) -> &'static str;
    /// The severity of a check, and the one of old findings: `Medium, high over 365 days`.
    fn check_severity(check: CheckId) -> String;
    /// The name of an area.
    fn area(area: Area) -> &'static str;
    /// What a user probably is.
    fn kind(kind: Kind) -> &'static str;
    /// How an area stands, in a word.
    fn area_status(status: AreaStatus) -> &'static str;
    /// What is odd about a cell.
    fn cell_issue(issue: CellIssue) -> &'static str;
    /// What kind of thing a finding is about.
    fn subject_kind(kind: SubjectKind) -> &'static str;
    /// The very thing that a finding is about: `Access key 1`.
    fn subject(subject: &Subject) -> String;
    /// Where the as-of time comes from.
    fn as_of_source(source: AsOfSource) -> &'static str;
    /// The form in which a report arrived.
    fn form(form: Format) -> &'static str;
    /// The name of a preset; without one the policy is custom.
    fn preset(preset: Option<Preset>) -> &'static str;
    /// The label of a threshold.
    fn threshold(threshold: Threshold) -> &'static str;
    /// What a threshold means, in a sentence.
    fn threshold_meaning(threshold: Threshold) -> &'static str;
    /// By what users are sorted.
    fn sort_key(key: SortKey) -> &'static str;
    /// The column of the table of accounts that they are sorted by.
    fn account_sort(sort: AccountSort) -> &'static str;

    /// What became of a finding.
    fn outcome(outcome: Outcome) -> &'static str;
    /// Why a finding is new, or is no longer there.
    fn cause(cause: Cause) -> &'static str;
    /// What became of a user.
    fn user_change(change: ChangeKind) -> &'static str;
    /// What is different about a user.
    fn fact(fact: FactKind) -> &'static str;

    /// Why a file is no report that can be read: the facts.
    fn read_error(kind: &ReadErrorKind) -> String;
    /// What to do about a file that is no report.
    fn read_advice(kind: &ReadErrorKind) -> String;
    /// What is odd about a location in a report, and how it was read.
    fn warning(kind: &WarningKind) -> String;
    /// How many more places of the same kind there are, and the lines of the first of them.
    fn more_lines(more: u32, lines: &[u32]) -> String;
    /// Why a check could not be evaluated.
    fn reason(not_judged: &NotJudged) -> String;
    /// Why a policy was refused.
    fn policy_error(error: &PolicyError) -> String;
    /// How to tell which of a user's keys is meant; the report has no key ids.
    fn key_by_creation(created: Timestamp) -> String;
    /// What a credential report cannot tell, a sentence each.
    fn limits() -> &'static [&'static str];
}

impl Text {
    /// A number with its thousands separated: `1,925`.
    pub fn number(&self, number: u64) -> String {
        grouped(number)
    }

    /// Bytes, in the unit that suits them: `12.5 kB`.
    pub fn size(&self, bytes: u64) -> String {
        match bytes {
            0..1_000 => format!("{} B", self.number(bytes)),
            1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
            _ => format!("{}.{} MB", self.number(bytes / 1_000_000), bytes % 1_000_000 / 100_000),
        }
    }

    /// A file, and the line in it where there is one.
    pub fn location(&self, file: &str, line: Option<u32>) -> String {
        line.map_or_else(|| file.to_owned(), |line| (self.page.file_and_line)(file, line.into()))
    }

    /// The texts of a check.
    pub fn check(&self, check: CheckId) -> &CheckText {
        &self.checks[check.index()]
    }

    /// The one sentence that matters about a finding, with its numbers.
    pub fn finding(&self, finding: &Finding) -> String {
        (self.check(finding.check).finding)(finding)
    }
}

/// `1,925`; both languages separate thousands by a comma.
pub(in crate::text) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The 12 digits of an account in groups of four, as the console writes them.
pub fn account(digits: &str) -> String {
    if digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..])
    } else {
        digits.to_owned()
    }
}

/// A text from the file, cut to a length that fits into a sentence.
pub(in crate::text) fn clip(text: &str) -> String {
    clip_to(text, 60)
}

/// What a reader of JSON said, as the end of a sentence.
pub(in crate::text) fn clip_reason(text: &str) -> String {
    clip_to(text.trim_end_matches('.'), 200)
}

fn clip_to(text: &str, most: usize) -> String {
    // Backticks mark code in a sentence; those of others would mark something else.
    let mut clipped: String = text.chars().take(most).map(|c| if c == '`' { '\'' } else { c }).collect();
    if text.chars().nth(most).is_some() {
        clipped.push('…');
    }
    clipped
}

/// The first columns of a table that is no report, or of a header without names.
pub(in crate::text) fn columns(names: &[String]) -> String {
    const MOST: usize = 5;
    let mut list = names.iter().take(MOST).map(|name| clip(name)).collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        list.push_str(", …");
    }
    list
}

/// `64 MiB`, for limits, which are whole numbers of it.
pub(in crate::text) fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", grouped(bytes >> 20))
}

/// The moment as the AWS CLI begins it, whatever it writes for the offset: `2016-07-27T14:41:00`.
pub(in crate::text) fn creation(created: Timestamp) -> String {
    created.to_string().trim_end_matches('Z').to_owned()
}

/// The moment to the second: `2016-07-27 14:41:00 UTC`.
pub(in crate::text) fn moment(time: Timestamp) -> String {
    time.to_string().replace('T', " ").replace('Z', " UTC")
}

/// What an error of AWS means for somebody who wants a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum AwsError {
    NotPresent,
    InProgress,
    Expired,
    Denied,
    Other,
}

/// Sorts an error of AWS by its code; the API's reference and its answers spell some differently.
pub(in crate::text) fn aws_error(code: &str) -> AwsError {
    let has = |word: &str| code.contains(word);
    if has("ReportNotPresent") {
        AwsError::NotPresent
    } else if has("ReportInProgress") || has("ReportNotReady") {
        AwsError::InProgress
    } else if has("ReportExpired") {
        AwsError::Expired
    } else if has("AccessDenied") || has("Unauthorized") {
        AwsError::Denied
    } else {
        AwsError::Other
    }
}

/// Since when AWS records the use of access keys: 2015-04-22.
const KEYS_TRACKED: (Timestamp, &str) = (Timestamp::from_unix(1_429_660_800), "2015-04-22");

/// Since when AWS records the use of passwords: 2014-10-20.
const PASSWORDS_TRACKED: (Timestamp, &str) = (Timestamp::from_unix(1_413_763_200), "2014-10-20");

/// Since when a password shows no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Since {
    /// It is older than the records of its use, which began on this day.
    Tracking(&'static str),
    /// It was last changed.
    Changed,
    /// The user was created: nothing is known of a change.
    UserCreated,
}

/// Since when the password of a finding shows no use, by the cells that the verdict read.
pub(in crate::text) fn password_since(finding: &Finding) -> Since {
    let (time, since) = match finding.evidence.time(Column::PasswordLastChanged) {
        Some(time) => (Some(time), Since::Changed),
        None => match finding.evidence.time(Column::UserCreationTime) {
            Some(time) => (Some(time), Since::UserCreated),
            None => (None, Since::Changed),
        },
    };
    let (tracked, day) = PASSWORDS_TRACKED;
    if time.is_some_and(|time| time < tracked) { Since::Tracking(day) } else { since }
}

/// The day from which the use of a finding's key is recorded, where the key is older than that.
pub(in crate::text) fn key_tracked_from(finding: &Finding) -> Option<&'static str> {
    let (tracked, day) = KEYS_TRACKED;
    finding.subject.created.is_some_and(|created| created < tracked).then_some(day)
}

/// Of password and keys the one that was used last, by the column of its last use.
pub(in crate::text) fn newest_use(finding: &Finding) -> Option<Column> {
    [Column::PasswordLastUsed, Column::AccessKey1LastUsedDate, Column::AccessKey2LastUsedDate]
        .into_iter()
        .filter_map(|column| Some((finding.evidence.time(column)?, column)))
        .max_by_key(|(time, _)| *time)
        .map(|(_, column)| column)
}

/// How many of the cells that a verdict read say that a key is active.
pub(in crate::text) fn active_keys(finding: &Finding) -> usize {
    [Column::AccessKey1Active, Column::AccessKey2Active]
        .into_iter()
        .filter(|column| finding.evidence.flag(*column) == Some(true))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        assert_eq!(account("123456789012"), "1234-5678-9012");
        assert_eq!(account("root"), "root");
        assert_eq!(account("account-A3X2"), "account-A3X2");
    }
}
