//! Sentences with facts in them, in English.

use crate::accounts::AccountSort;
use crate::assessment::{Kind, NotJudged};
use crate::card::AreaStatus;
use crate::checks::{Area, CheckId, ESCALATION_DAYS, Preset, Severity, SubjectKind};
use crate::finding::{Finding, Subject};
use crate::policy::PolicyError;
use crate::query::SortKey;
use crate::remediation::{GENERATE_REPORT, GET_REPORT};
use crate::report::{
    ArchiveIssue, AsOfSource, CellIssue, Format, MissingReason, OtherFile, ReadErrorKind, Timestamp,
    WarningKind,
};
use crate::text::sentences::{AwsError, aws_error, clip, clip_reason, columns, creation, grouped, mebibytes};
use crate::thresholds::Threshold;

pub(in crate::text) use super::changes::{cause, fact, outcome, user_change};

pub(in crate::text) fn days(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{} days", grouped(days.into())) }
}

pub(in crate::text) fn ago(age: u32) -> String {
    if age == 0 { "less than a day ago".to_owned() } else { format!("{} ago", days(age)) }
}

/// ` (limit: 90 days)`, where there is one.
pub(super) fn limit(finding: &Finding) -> String {
    finding.evidence.threshold_days.map(|limit| format!(" (limit: {})", days(limit))).unwrap_or_default()
}

/// ` (created 2016-07-27, 1,925 days ago)`, as far as it is known.
pub(super) fn created(finding: &Finding) -> String {
    match (finding.subject.created, finding.evidence.age_days) {
        (Some(created), Some(age)) => format!(" (created {}, {})", created.date(), ago(age)),
        (Some(created), None) => format!(" (created {})", created.date()),
        (None, Some(age)) => format!(" (created {})", ago(age)),
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

pub(in crate::text) fn check_severity(check: CheckId) -> String {
    let check = check.check();
    let own = severity(check.severity);
    if !check.escalates {
        return own.to_owned();
    }
    let worse = severity(check.severity.escalated()).to_lowercase();
    format!("{own}, {worse} over {}", days(ESCALATION_DAYS))
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

pub(in crate::text) fn area_status(status: AreaStatus) -> &'static str {
    match status {
        AreaStatus::Found(worst) => severity(worst),
        AreaStatus::Fine => "OK",
        AreaStatus::NotApplicable => "Not applicable",
        AreaStatus::NotJudged => "Not evaluated",
    }
}

pub(in crate::text) fn cell_issue(issue: CellIssue) -> &'static str {
    match issue {
        CellIssue::Unreadable => "cannot be read as a time",
        CellIssue::Ambiguous => "day and month are ambiguous",
        CellIssue::Number => "a number, not a date",
        CellIssue::Impossible => "earlier than 2006, before AWS existed",
        CellIssue::Future => "later than the report",
        CellIssue::BeforeCreation => "earlier than the creation of the credential",
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
        AsOfSource::GeneratedTime => "GeneratedTime in the API response",
        AsOfSource::FileName => "time in the file name",
        AsOfSource::LastModified => "last modified time of the file",
        AsOfSource::NewestEvent => "newest time in the report",
    }
}

pub(in crate::text) fn form(form: Format) -> &'static str {
    match form {
        Format::Csv => "CSV",
        Format::ApiJson => "JSON",
        Format::Base64 => "Base64",
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
        Threshold::KeyMaxAgeDays => "Access key age",
        Threshold::PasswordMaxAgeDays => "Password age",
        Threshold::RootUsedDays => "Recent root use",
        Threshold::DormantDays => "Dormant user",
        Threshold::InUseDays => "Key in use",
        Threshold::NoCredentialsDays => "User without credentials",
    }
}

pub(in crate::text) fn threshold_meaning(threshold: Threshold) -> &'static str {
    match threshold {
        Threshold::UnusedDays => {
            "A password or key last used this many days ago or earlier counts as unused."
        }
        Threshold::NeverUsedDays => {
            "A password or key that was never used is reported once it is this many days old."
        }
        Threshold::KeyMaxAgeDays => "An active access key older than this must be rotated.",
        Threshold::PasswordMaxAgeDays => "A console password older than this must be changed.",
        Threshold::RootUsedDays => "Use of the root user within this many days counts as recent.",
        Threshold::DormantDays => "A user is dormant if all its credentials have been unused for this long.",
        Threshold::InUseDays => {
            "If a user has two active keys, a key used within this many days counts as in use."
        }
        Threshold::NoCredentialsDays => {
            "A user without credentials is reported once it is this many days old."
        }
    }
}

pub(in crate::text) fn sort_key(key: SortKey) -> &'static str {
    match key {
        SortKey::Severity => "Severity",
        SortKey::Name => "Name",
        SortKey::Account => "Account",
        SortKey::Creation => "Created",
        SortKey::KeyAge => "Access key age",
        SortKey::LastActivity => "Last activity",
        SortKey::PasswordAge => "Password age",
        SortKey::OpenSince => "Open since",
    }
}

pub(in crate::text) fn account_sort(sort: AccountSort) -> &'static str {
    match sort {
        AccountSort::Findings => "Findings",
        AccountSort::Account => "Account",
        AccountSort::Users => "Users",
        AccountSort::RootMfa => "Root MFA",
        AccountSort::RootKeys => "Root keys",
        AccountSort::RootUse => "Root last used",
        AccountSort::Mfa => "With MFA",
        AccountSort::OldKeys => "Old keys",
        AccountSort::OldestKey => "Oldest key",
        AccountSort::ReportTime => "Report",
        AccountSort::Changes => "Changes",
    }
}

pub(in crate::text) fn read_error(kind: &ReadErrorKind) -> String {
    match kind {
        ReadErrorKind::Empty => "The file is empty.".to_owned(),
        ReadErrorKind::NotAReport(other_file) => not_a_report(other_file),
        ReadErrorKind::NoUserColumn(names) => format!(
            "The header has columns of a credential report ({}), but neither `user` nor `arn`.",
            columns(names)
        ),
        ReadErrorKind::NoRows { broken: 0 } => "The report has a header, but no rows.".to_owned(),
        ReadErrorKind::NoRows { broken: 1 } => {
            "The report has only one row, and it cannot be read.".to_owned()
        }
        ReadErrorKind::NoRows { broken } => {
            format!("None of the report's {} rows can be read.", grouped((*broken).into()))
        }
        ReadErrorKind::LineBreaksLost => {
            "The line breaks of this report are lost: several rows are on one line.".to_owned()
        }
        ReadErrorKind::BrokenBase64 { offset } => {
            format!(
                "The report's `Content` is not valid Base64 from character {} on.",
                grouped(offset.saturating_add(1))
            )
        }
        ReadErrorKind::UnknownSchema { schema, known } if schema.is_empty() => {
            format!("The file does not name its schema; this page reads {known}.")
        }
        ReadErrorKind::UnknownSchema { schema, known } => {
            format!("The file has the schema {schema}; this page reads {known}.")
        }
        ReadErrorKind::BrokenJson { reason } => {
            format!("The JSON is malformed or is truncated: {}.", clip_reason(reason))
        }
        ReadErrorKind::Archive(issue) => archive(*issue),
        ReadErrorKind::TooManyRows => "The files have more rows than one result can hold.".to_owned(),
        ReadErrorKind::OutOfMemory { limit } => format!(
            "With this file, the open files would need more memory than the page can use (limit: {}).",
            mebibytes(*limit)
        ),
    }
}

fn archive(issue: ArchiveIssue) -> String {
    match issue {
        ArchiveIssue::Damaged => "The ZIP file is damaged or incomplete.".to_owned(),
        ArchiveIssue::Encrypted => "The file is encrypted with a password.".to_owned(),
        ArchiveIssue::Method => "The file uses a compression method other than Deflate.".to_owned(),
        ArchiveIssue::TooManyFiles { limit } => {
            format!("The ZIP file contains more than {} files.", grouped(limit.into()))
        }
        ArchiveIssue::TooLarge { limit } => format!("The ZIP file is larger than {}.", mebibytes(limit)),
        ArchiveIssue::UnpacksToTooMuch { limit } => {
            format!("The files in the ZIP file are larger than {} together.", mebibytes(limit))
        }
        ArchiveIssue::Bomb { times } => format!(
            "The ZIP file extracts to more than {times} times its size, as no reports do; it was not read further."
        ),
    }
}

fn not_a_report(other_file: &OtherFile) -> String {
    match other_file {
        OtherFile::GenerateAnswer(state) => format!(
            "This is the output of `generate-credential-report` (state: {}), not the report itself.",
            clip(state)
        ),
        OtherFile::AwsError(code) => {
            let meaning = match aws_error(code) {
                AwsError::NotPresent => "no report has been generated for the account yet",
                AwsError::InProgress => "the report is still being generated",
                AwsError::Expired => "the last report is older than four hours",
                AwsError::Denied => "the caller is not allowed to get the report",
                AwsError::Other => "AWS did not return the report",
            };
            format!("This is an AWS error, `{}`: {meaning}.", clip(code))
        }
        OtherFile::Workbook => "This is an Excel workbook, not a report in text form.".to_owned(),
        OtherFile::Zip => "This is a ZIP archive.".to_owned(),
        OtherFile::Gzip => "This is a gzip archive.".to_owned(),
        OtherFile::Pdf => "This is a PDF.".to_owned(),
        OtherFile::Html => "This is a web page.".to_owned(),
        OtherFile::AccessKeyCsv => {
            "This is the CSV file that the console offers when you create an access key. It contains a \
             secret access key; none of it is shown or stored."
                .to_owned()
        }
        OtherFile::PasswordCsv => {
            "This file contains a console password or a sign-in link. None of it is shown or stored.".to_owned()
        }
        OtherFile::Decisions => "This is a file of decisions, not a credential report.".to_owned(),
        OtherFile::Changes => "These are exported changes, not a credential report.".to_owned(),
        OtherFile::Review => "This is a review sheet, not a credential report.".to_owned(),
        OtherFile::Owners => "This is a list of users and their owners, not a credential report.".to_owned(),
        OtherFile::Accounts => "This is a list of AWS accounts, not a credential report.".to_owned(),
        OtherFile::Alibaba => {
            "This is the credential report of Alibaba Cloud RAM. This page reads the report of AWS IAM."
                .to_owned()
        }
        OtherFile::Custodian => {
            "These are resources from Cloud Custodian, not a credential report.".to_owned()
        }
        OtherFile::NoContent => {
            "This is a response of `get-credential-report` without its `Content`, so it contains no rows.".to_owned()
        }
        OtherFile::DrawnTable => {
            "This is a table drawn with spaces or lines, not CSV. Where a cell ends is a guess, so it was not \
             read."
                .to_owned()
        }
        OtherFile::Findings => "These are exported findings, not a credential report.".to_owned(),
        OtherFile::Policy => "This is an exported check policy, not a credential report.".to_owned(),
        OtherFile::Json => "This is JSON, but not the output of `get-credential-report`.".to_owned(),
        OtherFile::Table(names) if names.is_empty() => {
            "This is a table, but its columns are not those of a credential report.".to_owned()
        }
        OtherFile::Table(names) => {
            format!(
                "This is a table, but its columns are not those of a credential report: {}.",
                columns(names)
            )
        }
        OtherFile::Binary => "This is a binary file, not text.".to_owned(),
        OtherFile::Text => "This is text, but not a credential report.".to_owned(),
    }
}

pub(in crate::text) fn read_advice(kind: &ReadErrorKind) -> String {
    let other_file = match kind {
        ReadErrorKind::NotAReport(other_file) => other_file,
        ReadErrorKind::Empty => {
            return format!(
                "The download may have stopped early, or the command may have failed. {}",
                get_the_report()
            );
        }
        ReadErrorKind::NoUserColumn(_) => {
            return "Keep at least one of the columns `user` and `arn`, or use the report as downloaded from \
                    AWS."
                .to_owned();
        }
        ReadErrorKind::NoRows { broken: 0 } => {
            return format!("Every report has at least a row for the root user. {}", get_the_report());
        }
        ReadErrorKind::NoRows { .. } => {
            return format!("The file was probably changed after it was downloaded. {}", get_the_report());
        }
        ReadErrorKind::UnknownSchema { .. } => {
            return "Use the version of this page that wrote the file, or a newer one.".to_owned();
        }
        ReadErrorKind::BrokenBase64 { .. } | ReadErrorKind::BrokenJson { .. } => {
            return format!("The file was probably truncated or changed. {}", get_the_report());
        }
        ReadErrorKind::Archive(ArchiveIssue::Encrypted | ArchiveIssue::Method | ArchiveIssue::Damaged) => {
            return "Extract it yourself, and open the reports or their folder.".to_owned();
        }
        ReadErrorKind::Archive(_) => {
            return "Extract only the reports, and open them or their folder.".to_owned();
        }
        ReadErrorKind::LineBreaksLost => {
            return format!(
                "Copy the report with its line breaks, or use the file itself. {}",
                get_the_report()
            );
        }
        ReadErrorKind::TooManyRows => {
            return "Split the file, and open the parts one at a time.".to_owned();
        }
        ReadErrorKind::OutOfMemory { .. } => {
            return "Close the open files, or split this file and open the parts one at a time.".to_owned();
        }
    };
    match other_file {
        OtherFile::GenerateAnswer(_) => format!("Wait a few seconds, run `{GET_REPORT}`, and open the file it creates."),
        OtherFile::AwsError(code) => match aws_error(code) {
            AwsError::NotPresent => {
                format!("Run `{GENERATE_REPORT}`, wait a few seconds, and then run `{GET_REPORT}`.")
            }
            AwsError::InProgress => format!("Wait a few seconds, and then run `{GET_REPORT}` again."),
            AwsError::Expired => {
                format!("Generate a new one with `{GENERATE_REPORT}`, and then run `{GET_REPORT}`.")
            }
            AwsError::Denied => "Ask for the permissions `iam:GenerateCredentialReport` and \
                                 `iam:GetCredentialReport`, or ask someone who has them to get the report."
                .to_owned(),
            AwsError::Other => format!("Fix the cause of the error, and then run `{GET_REPORT}` again."),
        },
        OtherFile::Workbook => {
            "Open it in a spreadsheet program and save it as “CSV UTF-8”. Better still, use the original file \
             from AWS: a spreadsheet program can change its dates."
                .to_owned()
        }
        OtherFile::Zip | OtherFile::Gzip => "Extract it, and open the report inside.".to_owned(),
        OtherFile::AccessKeyCsv => {
            "Store the key in a secrets manager and delete this file. If others may have seen it, \
             deactivate the key and create a new one."
                .to_owned()
        }
        OtherFile::PasswordCsv => {
            "Store the password in a password manager and delete this file. If others may have seen it, change \
             the password."
                .to_owned()
        }
        OtherFile::Decisions | OtherFile::Changes | OtherFile::Review | OtherFile::Owners | OtherFile::Accounts => {
            "Open it together with a credential report.".to_owned()
        }
        OtherFile::NoContent => format!("Run `{GET_REPORT}` without `--query`, and open its whole output."),
        OtherFile::DrawnTable => format!("Save the table as CSV. {}", get_the_report()),
        OtherFile::Findings => "Open the credential report that these findings came from.".to_owned(),
        OtherFile::Policy => "Import it under Check policy.".to_owned(),
        OtherFile::Pdf
        | OtherFile::Html
        | OtherFile::Alibaba
        | OtherFile::Custodian
        | OtherFile::Json
        | OtherFile::Table(_)
        | OtherFile::Binary
        | OtherFile::Text => get_the_report(),
    }
}

fn get_the_report() -> String {
    format!("Download the credential report in the IAM console, or run `{GET_REPORT}`.")
}

pub(in crate::text) fn warning(kind: &WarningKind) -> String {
    match kind {
        WarningKind::CellCount { found, expected } => format!(
            "The row has {}, but the header has {}; the row was skipped.",
            cells(*found),
            grouped((*expected).into())
        ),
        WarningKind::OpenQuote => "A quote is opened but never closed; the row was skipped.".to_owned(),
        WarningKind::NoUser => "The row has neither a name nor an ARN; it was skipped.".to_owned(),
        WarningKind::NotAUser => {
            "The row is not a user: it has no ARN, and no name that IAM allows or nothing \
                                  about credentials. It was skipped."
                .to_owned()
        }
        WarningKind::Secret => {
            "The line is from a file of secrets, or contains an access key or a sign-in link. It \
                                was skipped, and none of it is shown."
                .to_owned()
        }
        WarningKind::LineBreaksLost => "Several rows are on this line; it was skipped.".to_owned(),
        WarningKind::LinesBeforeHeader { count: 1 } => "1 line before the header was skipped.".to_owned(),
        WarningKind::LinesBeforeHeader { count } => {
            format!("{} lines before the header were skipped.", grouped((*count).into()))
        }
        WarningKind::WithoutHeader => {
            "There is no header before this row; the rows were read in AWS's column order.".to_owned()
        }
        WarningKind::ForeignFlags { words } => {
            format!(
                "The words {} were read as `true` and `false`: the whole column has no others.",
                clip(words)
            )
        }
        WarningKind::SurplusCells { found, expected } => format!(
            "The row has {}, but the header has {}; the ones beyond the last column were ignored.",
            cells(*found),
            grouped((*expected).into())
        ),
        WarningKind::NameOfArn => {
            "The name is not one that IAM allows; the name in the ARN is used.".to_owned()
        }
        WarningKind::CommasInName => {
            "The name contains unquoted commas; the row was reconstructed from its ARN.".to_owned()
        }
        WarningKind::Time(CellIssue::Unreadable) => "The cell cannot be read as a time.".to_owned(),
        WarningKind::Time(CellIssue::Ambiguous) => {
            "Day and month of this date are ambiguous, so it was ignored.".to_owned()
        }
        WarningKind::Time(CellIssue::Number) => {
            "The cell is a number, not a date; it was not read.".to_owned()
        }
        WarningKind::Time(CellIssue::Impossible) => {
            "The time is earlier than 2006, before AWS existed; it was not read.".to_owned()
        }
        WarningKind::Flag => "The cell is neither `true` nor `false`.".to_owned(),
        WarningKind::Arn => "This is not an IAM ARN, so the account is unknown.".to_owned(),
        WarningKind::ArnOfOther => "The ARN belongs to a different user than the row.".to_owned(),
        WarningKind::UnknownColumn => "This is not a credential report column; it was ignored.".to_owned(),
        WarningKind::UnnamedColumns { count: 1 } => "One column is not a credential report column; it was \
                                                     ignored. The line does not look like a header, so its \
                                                     text is not shown."
            .to_owned(),
        WarningKind::UnnamedColumns { count } => format!(
            "{} columns are not credential report columns; they were ignored. The line does not look like a \
             header, so its text is not shown.",
            grouped((*count).into())
        ),
        WarningKind::RepeatedColumn => "The column appears more than once; the first one is used.".to_owned(),
        WarningKind::RepeatedArn { first_line } => {
            format!("The same ARN appears in line {}; both rows were kept.", grouped((*first_line).into()))
        }
        WarningKind::Time(CellIssue::Future) => {
            "The time is later than the report; its age counts as 0 days.".to_owned()
        }
        WarningKind::Time(CellIssue::BeforeCreation) => {
            "The last use is earlier than the creation of the credential.".to_owned()
        }
        WarningKind::Encoding => {
            "Some bytes here are not valid text; they are shown as replacement characters.".to_owned()
        }
        WarningKind::Decoded { encoding, places: 1 } => {
            format!("The text here is not UTF-8; it was read as {encoding}, which is a guess.")
        }
        WarningKind::Decoded { encoding, places } => format!(
            "The text here and in {} is not UTF-8; it was read as {encoding}, which is a guess.",
            more_places(places.saturating_sub(1))
        ),
        WarningKind::DoubtfullyDecoded { encoding } => {
            format!(
                "The text here is not UTF-8; it was read as {encoding}, but it looks like another encoding."
            )
        }
        WarningKind::NotDecoded { encoding } => format!(
            "The text here is neither UTF-8 nor {encoding}; what cannot be read is shown as replacement characters."
        ),
        WarningKind::CutOff => {
            "The file ends within a UTF-16 character; its last bytes are not text and were ignored."
                .to_owned()
        }
        WarningKind::Replaced { account, by } => format!(
            "This report of account {} is used only for comparison; the result is from a newer report, {}.",
            clip(account),
            clip(by)
        ),
        WarningKind::SameTime { account, by } => format!(
            "This report of account {0} has the same time as {1} but different rows; {1} was opened later and \
             counts as the newer one.",
            clip(account),
            clip(by)
        ),
        WarningKind::SameReport { account, first } => format!(
            "The rows of account {} are the same as in {}, at the same time; they are counted once.",
            clip(account),
            clip(first)
        ),
        WarningKind::SameFile { first } => {
            format!("The file is identical to {}; its rows are counted once.", clip(first))
        }
    }
}

pub(in crate::text) fn more_lines(more: u32, lines: &[u32]) -> String {
    let listed: Vec<String> = lines.iter().map(|line| grouped((*line).into())).collect();
    let lines = if lines.len() < more as usize { ", …" } else { "" };
    let word = if more == 1 { "line" } else { "lines" };
    format!("{} more: {word} {}{lines}", grouped(more.into()), listed.join(", "))
}

fn more_places(count: u32) -> String {
    if count == 1 { "one more place".to_owned() } else { format!("{} more places", grouped(count.into())) }
}

fn cells(count: u32) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{} cells", grouped(count.into())) }
}

pub(in crate::text) fn reason(not_judged: &NotJudged) -> String {
    let column = not_judged.column.name();
    match not_judged.reason {
        MissingReason::MissingColumn => format!("column {column} is not in this report"),
        MissingReason::Unreadable => format!("column {column} cannot be read"),
        MissingReason::NotSupported => format!("column {column} is not_supported"),
        MissingReason::NoTime => format!("column {column} contains no time"),
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
        PolicyError::Unreadable { reason } => format!("This is not a check policy: {}.", clip_reason(reason)),
        PolicyError::UnknownCheck { id } => format!("There is no check called “{}”.", clip(id)),
        PolicyError::UnknownPreset { name, known } => {
            format!("There is no preset called “{}”; the presets are {known}.", clip(name))
        }
    }
}

pub(in crate::text) fn key_by_creation(created: Timestamp) -> String {
    format!(
        "The report has no access key IDs. Replace `ACCESS_KEY_ID` with the ID of the key whose \
         `CreateDate` is {} (UTC).",
        creation(created)
    )
}

pub(in crate::text) fn limits() -> &'static [&'static str] {
    &[
        "Roles and their temporary credentials are not in the report.",
        "IAM Identity Center users are not in the report.",
        "Service-specific credentials, such as those for CodeCommit or Amazon Bedrock, are not in the \
         report.",
        "SSH public keys are not in the report.",
        "For a user with more than two access keys or certificates, the report shows only two.",
        "The report shows whether an MFA device is active, but not its type or how many there are.",
        "Groups and policies are not in the report, so it does not show who is an administrator.",
        "Access key IDs are not in the report; a key is identified by its creation time.",
        "Tags are not in the report, so it does not show who owns a user.",
        "The report does not show whether the root user's MFA device is a hardware device. If \
         `aws iam get-account-summary` returns `AccountMFAEnabled` 1 and \
         `aws iam list-virtual-mfa-devices` lists no device for the root user, it is a hardware device or a \
         passkey.",
        "The report does not show whether centralized root access is enabled in the organization. To find \
         out, run `aws iam list-organizations-features` in the management account.",
    ]
}
