//! Sentences with facts in them, in English.

use crate::assessment::{Kind, NotJudged};
use crate::card::{Oddity, State};
use crate::checks::{Area, Preset, Severity, SubjectKind};
use crate::finding::{Finding, Subject};
use crate::policy::PolicyError;
use crate::query::SortKey;
use crate::remediation::{GENERATE_REPORT, GET_REPORT};
use crate::report::{
    AsOfSource, Form, Lookalike, Obstacle, ReadErrorKind, TimeError, Timestamp, WarningKind,
};
use crate::text::sentences::{AwsError, aws_error, clip, clip_reason, columns, creation, grouped, mebibytes};
use crate::thresholds::Threshold;

pub(in crate::text) fn days(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{} days", grouped(days.into())) }
}

pub(in crate::text) fn ago(age: u32) -> String {
    if age == 0 { "less than a day ago".to_owned() } else { format!("{} ago", days(age)) }
}

/// `; the limit is 90 days`, where there is one.
pub(super) fn limit(finding: &Finding) -> String {
    finding.evidence.threshold_days.map(|limit| format!("; the limit is {}", days(limit))).unwrap_or_default()
}

/// `; it was made 2016-07-27 (1,925 days ago)`, as far as it is known.
pub(super) fn made(finding: &Finding) -> String {
    match (finding.subject.created, finding.evidence.age_days) {
        (Some(created), Some(age)) => format!("; it was made {} ({})", created.date(), ago(age)),
        (Some(created), None) => format!("; it was made {}", created.date()),
        (None, Some(age)) => format!("; it was made {}", ago(age)),
        (None, None) => String::new(),
    }
}

pub(in crate::text) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Critical",
        Severity::High => "High",
        Severity::Medium => "Medium",
        Severity::Low => "Low",
        Severity::Info => "Info",
    }
}

pub(in crate::text) fn area(area: Area) -> &'static str {
    match area {
        Area::Rotation => "Rotation",
        Area::Mfa => "MFA",
        Area::LastUse => "Last use",
        Area::Credentials => "Credentials",
    }
}

pub(in crate::text) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Root => "Root user",
        Kind::Human => "Person",
        Kind::Machine => "Program",
        Kind::Both => "Person and program",
        Kind::None => "No active credentials",
    }
}

pub(in crate::text) fn state(state: State) -> &'static str {
    match state {
        State::Found(worst) => severity(worst),
        State::Fine => "No problem",
        State::NotApplicable => "Not applicable",
        State::NotJudged => "Not judged",
    }
}

pub(in crate::text) fn oddity(oddity: Oddity) -> &'static str {
    match oddity {
        Oddity::Unreadable => "cannot be read as a time",
        Oddity::Ambiguous => "day and month cannot be told apart",
        Oddity::Future => "after the time of the report",
        Oddity::BeforeCreation => "before the credential was made",
    }
}

pub(in crate::text) fn subject_kind(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Account => "Account",
        SubjectKind::User => "User",
        SubjectKind::Password => "Console password",
        SubjectKind::AccessKey => "Access key",
        SubjectKind::Certificate => "Signing certificate",
    }
}

pub(in crate::text) fn subject(subject: &Subject) -> String {
    let thing = subject_kind(subject.kind);
    subject.slot.map_or_else(|| thing.to_owned(), |slot| format!("{thing} {slot}"))
}

pub(in crate::text) fn as_of_source(source: AsOfSource) -> &'static str {
    match source {
        AsOfSource::Chosen => "set by you",
        AsOfSource::GeneratedTime => "GeneratedTime in the answer of the API",
        AsOfSource::FileName => "time in the file's name",
        AsOfSource::LastModified => "last modification of the file",
        AsOfSource::NewestEvent => "newest event in the report",
    }
}

pub(in crate::text) fn form(form: Form) -> &'static str {
    match form {
        Form::Csv => "CSV",
        Form::ApiJson => "JSON answer of the API",
        Form::Base64 => "Base64",
    }
}

pub(in crate::text) fn preset(preset: Option<Preset>) -> &'static str {
    match preset {
        Some(Preset::Recommended) => "Recommended",
        Some(Preset::Cis70) => "CIS AWS Foundations 7.0",
        Some(Preset::Cis50) => "CIS AWS Foundations 5.0",
        Some(Preset::Cis30) => "CIS AWS Foundations 3.0",
        Some(Preset::Cis12) => "CIS AWS Foundations 1.2",
        Some(Preset::AwsFsbp) => "AWS Foundational Security Best Practices",
        Some(Preset::PciDss401) => "PCI DSS 4.0.1",
        None => "Custom",
    }
}

pub(in crate::text) fn threshold(threshold: Threshold) -> &'static str {
    match threshold {
        Threshold::UnusedDays => "Unused",
        Threshold::NeverUsedDays => "Never used",
        Threshold::KeyMaxAgeDays => "Age of access keys",
        Threshold::PasswordMaxAgeDays => "Age of passwords",
        Threshold::RootUsedDays => "Recent use of root",
        Threshold::DormantDays => "Dormant user",
        Threshold::InUseDays => "Key in use",
        Threshold::NoCredentialsDays => "User without credentials",
    }
}

pub(in crate::text) fn threshold_meaning(threshold: Threshold) -> &'static str {
    match threshold {
        Threshold::UnusedDays => "A password or key last used this many days ago or earlier is unused.",
        Threshold::NeverUsedDays => "A password or key that was never used is a finding from this age on.",
        Threshold::KeyMaxAgeDays => "An active access key older than this must be replaced.",
        Threshold::PasswordMaxAgeDays => "A console password older than this must be changed.",
        Threshold::RootUsedDays => "Use of the root user within this many days is recent.",
        Threshold::DormantDays => "A user is dormant when every credential has been idle for this long.",
        Threshold::InUseDays => "Of two active keys, one used within this many days is in use.",
        Threshold::NoCredentialsDays => "A user without any credential is a finding from this age on.",
    }
}

pub(in crate::text) fn sort_key(key: SortKey) -> &'static str {
    match key {
        SortKey::Severity => "Severity",
        SortKey::Name => "Name",
        SortKey::Account => "Account",
        SortKey::Creation => "Creation",
        SortKey::KeyAge => "Age of access key",
        SortKey::LastActivity => "Last activity",
        SortKey::PasswordAge => "Age of password",
    }
}

pub(in crate::text) fn read_error(kind: &ReadErrorKind) -> String {
    match kind {
        ReadErrorKind::Empty => "The file is empty.".to_owned(),
        ReadErrorKind::NotAReport(lookalike) => not_a_report(lookalike),
        ReadErrorKind::NoUserColumn(names) => format!(
            "The header has columns of a credential report ({}), but neither `user` nor `arn`.",
            columns(names)
        ),
        ReadErrorKind::NoRows { broken: 0 } => "The report has a header, but no rows.".to_owned(),
        ReadErrorKind::NoRows { broken: 1 } => {
            "The report has a single row, and it cannot be read.".to_owned()
        }
        ReadErrorKind::NoRows { broken } => {
            format!("None of the report's {} rows can be read.", grouped((*broken).into()))
        }
        ReadErrorKind::BrokenBase64 { offset } => {
            format!(
                "The report's `Content` is not valid base64 from character {} on.",
                grouped(offset.saturating_add(1))
            )
        }
        ReadErrorKind::BrokenJson { reason } => {
            format!("The JSON is malformed or breaks off: {}.", clip_reason(reason))
        }
        ReadErrorKind::TooManyRows => "There are more rows than one result can hold.".to_owned(),
        ReadErrorKind::OutOfMemory { limit } => format!(
            "With this file, the open files would need more than {} of memory, the most that they can have.",
            mebibytes(*limit)
        ),
    }
}

fn not_a_report(lookalike: &Lookalike) -> String {
    match lookalike {
        Lookalike::GenerateAnswer(state) => format!(
            "This is the answer of `generate-credential-report` (state {}), not the report itself.",
            clip(state)
        ),
        Lookalike::AwsError(code) => {
            let meaning = match aws_error(code) {
                AwsError::NotPresent => "no report has been generated for the account yet",
                AwsError::InProgress => "the report is still being generated",
                AwsError::Expired => "the last report is older than four hours",
                AwsError::Denied => "whoever asked may not read the report",
                AwsError::Other => "AWS refused to hand out the report",
            };
            format!("This is an error of AWS, `{}`: {meaning}.", clip(code))
        }
        Lookalike::Workbook => "This is an Excel workbook, not a report as text.".to_owned(),
        Lookalike::Zip => "This is a ZIP archive.".to_owned(),
        Lookalike::Gzip => "This is a gzip archive.".to_owned(),
        Lookalike::Pdf => "This is a PDF.".to_owned(),
        Lookalike::Html => "This is a web page.".to_owned(),
        Lookalike::AccessKeyCsv => {
            "This is the access key file that the console hands out when a key is made. It holds a \
             secret; nothing of it is shown or kept."
                .to_owned()
        }
        Lookalike::Findings => {
            "These are findings that this page exported, not a credential report.".to_owned()
        }
        Lookalike::Policy => "This is a policy that this page exported, not a credential report.".to_owned(),
        Lookalike::Json => "This is JSON, but not the answer of `get-credential-report`.".to_owned(),
        Lookalike::Table(names) if names.is_empty() => {
            "This is a table, but its columns are not those of a credential report.".to_owned()
        }
        Lookalike::Table(names) => {
            format!(
                "This is a table, but its columns are not those of a credential report: {}.",
                columns(names)
            )
        }
        Lookalike::Binary => "This is a binary file, not text.".to_owned(),
        Lookalike::Text => "This is text, but not a credential report.".to_owned(),
    }
}

pub(in crate::text) fn read_advice(kind: &ReadErrorKind) -> String {
    let lookalike = match kind {
        ReadErrorKind::NotAReport(lookalike) => lookalike,
        ReadErrorKind::Empty => {
            return format!(
                "The download may have been cut off, or the command may have failed. {}",
                get_the_report()
            );
        }
        ReadErrorKind::NoUserColumn(_) => {
            return "Keep at least one of the columns `user` and `arn`, or use the report as AWS hands it \
                    out."
                .to_owned();
        }
        ReadErrorKind::NoRows { broken: 0 } => {
            return format!("Every report has at least the row of the root user. {}", get_the_report());
        }
        ReadErrorKind::NoRows { .. } => {
            return format!("The file was probably changed after its download. {}", get_the_report());
        }
        ReadErrorKind::BrokenBase64 { .. } | ReadErrorKind::BrokenJson { .. } => {
            return format!("The file was probably cut off or changed. {}", get_the_report());
        }
        ReadErrorKind::TooManyRows => {
            return "Split the file, and look at one part after the other.".to_owned();
        }
        ReadErrorKind::OutOfMemory { .. } => {
            return "Close what is open, or split the file, and look at one part after the other.".to_owned();
        }
    };
    match lookalike {
        Lookalike::GenerateAnswer(_) => format!("Wait some seconds, run `{GET_REPORT}`, and open that file."),
        Lookalike::AwsError(code) => match aws_error(code) {
            AwsError::NotPresent => {
                format!("Run `{GENERATE_REPORT}`, wait some seconds, then run `{GET_REPORT}`.")
            }
            AwsError::InProgress => format!("Wait some seconds, then run `{GET_REPORT}` again."),
            AwsError::Expired => {
                format!("Generate a new one with `{GENERATE_REPORT}`, then run `{GET_REPORT}`.")
            }
            AwsError::Denied => "Ask for the permissions `iam:GenerateCredentialReport` and \
                                 `iam:GetCredentialReport`, or let somebody who has them fetch the report."
                .to_owned(),
            AwsError::Other => format!("Resolve what the error names, then run `{GET_REPORT}` again."),
        },
        Lookalike::Workbook => {
            "Open it in the spreadsheet and save it as “CSV UTF-8”. Better still, use the file as AWS \
             hands it out: a spreadsheet may change its dates."
                .to_owned()
        }
        Lookalike::Zip | Lookalike::Gzip => "Unpack it, and open the report that is in it.".to_owned(),
        Lookalike::AccessKeyCsv => {
            "Store the key in a secret manager and delete this file. If others may have seen it, \
             deactivate the key and make a new one."
                .to_owned()
        }
        Lookalike::Findings => "Open the credential report that the findings were made from.".to_owned(),
        Lookalike::Policy => "Import it under Policy.".to_owned(),
        Lookalike::Pdf
        | Lookalike::Html
        | Lookalike::Json
        | Lookalike::Table(_)
        | Lookalike::Binary
        | Lookalike::Text => get_the_report(),
    }
}

fn get_the_report() -> String {
    format!("Download the credential report in the IAM console, or run `{GET_REPORT}`.")
}

pub(in crate::text) fn warning(kind: &WarningKind) -> String {
    match kind {
        WarningKind::CellCount { found, expected } => format!(
            "The row has {}, but the header has {}; the row was kept out.",
            cells(*found),
            grouped((*expected).into())
        ),
        WarningKind::OpenQuote => "A quote is opened and never closed; the row was kept out.".to_owned(),
        WarningKind::NoUser => "The row has neither a name nor an ARN; it was kept out.".to_owned(),
        WarningKind::Secret => "The row has no ARN, but what looks like an access key or a sign-in URL; it was \
                                kept out, and nothing of it is shown."
            .to_owned(),
        WarningKind::CommasInName => {
            "The name holds commas without quotes; the row was put together by its ARN.".to_owned()
        }
        WarningKind::Time(TimeError::Unreadable) => "The cell cannot be read as a time.".to_owned(),
        WarningKind::Time(TimeError::Ambiguous) => {
            "Day and month of this date cannot be told apart, so it was not read.".to_owned()
        }
        WarningKind::Flag => "The cell says neither `true` nor `false`.".to_owned(),
        WarningKind::Arn => "The ARN is not one of IAM, so the account is unknown.".to_owned(),
        WarningKind::ArnOfOther => "The ARN names someone else than the row.".to_owned(),
        WarningKind::UnknownColumn => "A credential report has no such column; it was left aside.".to_owned(),
        WarningKind::UnnamedColumns { count: 1 } => "A credential report does not have one of the columns; it \
                                                     was left aside. The line does not look like a header, so \
                                                     its text is not shown."
            .to_owned(),
        WarningKind::UnnamedColumns { count } => format!(
            "A credential report does not have {} of the columns; they were left aside. The line does not look \
             like a header, so its text is not shown.",
            grouped((*count).into())
        ),
        WarningKind::RepeatedColumn => "The column stands more than once; the first one counts.".to_owned(),
        WarningKind::RepeatedArn { first_line } => {
            format!("The same ARN stands in line {}; both rows were kept.", grouped((*first_line).into()))
        }
        WarningKind::Future => "The time is after that of the report; its age counts as 0 days.".to_owned(),
        WarningKind::BeforeCreation => "The last use is before the credential was made.".to_owned(),
        WarningKind::Encoding => {
            "Replacement characters stand here for bytes that are not valid text.".to_owned()
        }
        WarningKind::Decoded { encoding, places: 1 } => {
            format!("The text here is not UTF-8; it was read as {encoding}, which is a guess.")
        }
        WarningKind::Decoded { encoding, places } => format!(
            "The text here and in {} is not UTF-8; it was read as {encoding}, which is a guess.",
            more_places(places.saturating_sub(1))
        ),
        WarningKind::DoubtfullyDecoded { encoding } => {
            format!("The text here is not UTF-8; it was read as {encoding}, but looks like another encoding.")
        }
        WarningKind::NotDecoded { encoding } => format!(
            "The text here is neither UTF-8 nor {encoding}; replacement characters stand for what cannot be read."
        ),
        WarningKind::CutOff => {
            "The file ends within a character of UTF-16; its last bytes are no text, and were left out.".to_owned()
        }
        WarningKind::Replaced { account, by } => format!(
            "This report of account {} is kept for comparing only; the result is that of a newer report, {}.",
            clip(account),
            clip(by)
        ),
        WarningKind::SameTime { account, by } => format!(
            "This report of account {} has the same time as {} but different rows; the latter was opened \
             later and counts as the newer one.",
            clip(account),
            clip(by)
        ),
        WarningKind::SameReport { account, first } => format!(
            "The rows of account {} are the same as in {}, at the same time; they are counted once.",
            clip(account),
            clip(first)
        ),
        WarningKind::SameFile { first } => {
            format!("The file has the same bytes as {}; its rows are counted once.", clip(first))
        }
    }
}

fn more_places(count: u32) -> String {
    if count == 1 { "one more place".to_owned() } else { format!("{} more places", grouped(count.into())) }
}

fn cells(count: u32) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{} cells", grouped(count.into())) }
}

pub(in crate::text) fn obstacle(not_judged: &NotJudged) -> String {
    let column = not_judged.column.name();
    match not_judged.obstacle {
        Obstacle::MissingColumn => format!("column {column} is not in this report"),
        Obstacle::Unreadable => format!("column {column} cannot be read"),
        Obstacle::NotSupported => format!("column {column} says not_supported"),
        Obstacle::NoTime => format!("column {column} holds no time"),
    }
}

pub(in crate::text) fn policy_error(error: &PolicyError) -> String {
    match error {
        PolicyError::OutOfRange { name, value, least, most } => format!(
            "`{}` is “{}”; it must be a whole number of days from {} to {}.",
            clip(name),
            clip(value),
            grouped((*least).into()),
            grouped((*most).into())
        ),
        PolicyError::Unreadable { reason } => format!("This is not a policy: {}.", clip_reason(reason)),
        PolicyError::UnknownCheck { id } => format!("There is no check called “{}”.", clip(id)),
        PolicyError::UnknownPreset { name, known } => {
            format!("There is no preset called “{}”; the presets are {known}.", clip(name))
        }
    }
}

pub(in crate::text) fn key_by_creation(created: Timestamp) -> String {
    format!(
        "The report has no key ids: in place of `ACCESS_KEY_ID` put that of the key whose `CreateDate` is \
         {} (UTC).",
        creation(created)
    )
}

pub(in crate::text) fn limits() -> &'static [&'static str] {
    &[
        "Roles and their temporary credentials are not in the report.",
        "Users of IAM Identity Center are not in the report.",
        "Service-specific credentials, those of CodeCommit or Amazon Bedrock for instance, are not in the \
         report.",
        "SSH public keys are not in the report.",
        "Of a user with more than two access keys or certificates the report shows two.",
        "The report tells whether an MFA device is active, but not its type, nor how many there are.",
        "Groups and policies are not in the report, and so not who is an administrator.",
        "Access key ids are not in the report; a key is told by the time when it was made.",
        "Tags are not in the report, and so not who owns a user.",
        "The report does not tell whether root's MFA is a hardware device: if \
         `aws iam get-account-summary` has `AccountMFAEnabled` 1 and `aws iam list-virtual-mfa-devices` \
         does not list a device of root, it is one, or a passkey.",
        "The report does not tell whether central root access is on in the organization: \
         `aws iam list-organizations-features`, run in the management account, does.",
    ]
}
