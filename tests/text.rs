//! Every sentence in every language.
#![allow(clippy::unwrap_used)]

mod common;

use credential_report_viewer::assessment::{Kind, NotJudged};
use credential_report_viewer::card::AreaStatus;
use credential_report_viewer::checks::{
    self, Area, CheckId, KeyToDeactivate, Pattern, Preset, Severity, SubjectKind,
};
use credential_report_viewer::finding::Finding;
use credential_report_viewer::policy::PolicyError;
use credential_report_viewer::query::{KIND_WORDS, SortKey};
use credential_report_viewer::remediation;
use credential_report_viewer::report::{
    ArchiveIssue, AsOfSource, CellIssue, Column, Format, MissingReason, OtherFile, ReadError, ReadErrorKind,
    WarningKind,
};
use credential_report_viewer::text::{ENGLISH, JAPANESE, Language, Text};
use credential_report_viewer::thresholds::Threshold;

use common::findings::{bare, full, time, with_cells};

fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'))
}

fn english(finding: &Finding) -> String {
    ENGLISH.finding(finding)
}

fn read_errors() -> Vec<ReadErrorKind> {
    let lookalikes = [
        OtherFile::GenerateAnswer("STARTED".to_owned()),
        OtherFile::AwsError("ReportNotPresent".to_owned()),
        OtherFile::AwsError("ReportInProgress".to_owned()),
        OtherFile::AwsError("ReportExpired".to_owned()),
        OtherFile::AwsError("AccessDenied".to_owned()),
        OtherFile::AwsError("ExpiredToken".to_owned()),
        OtherFile::Workbook,
        OtherFile::Zip,
        OtherFile::Gzip,
        OtherFile::Pdf,
        OtherFile::Html,
        OtherFile::AccessKeyCsv,
        OtherFile::PasswordCsv,
        OtherFile::Findings,
        OtherFile::Policy,
        OtherFile::Decisions,
        OtherFile::Changes,
        OtherFile::Review,
        OtherFile::Owners,
        OtherFile::Accounts,
        OtherFile::Alibaba,
        OtherFile::Custodian,
        OtherFile::NoContent,
        OtherFile::DrawnTable,
        OtherFile::Json,
        OtherFile::Table(vec![]),
        OtherFile::Table(vec!["name".to_owned(), "price".to_owned()]),
        OtherFile::Binary,
        OtherFile::Text,
    ];
    let mut kinds = vec![
        ReadErrorKind::Empty,
        ReadErrorKind::NoUserColumn(vec!["mfa_active".to_owned()]),
        ReadErrorKind::NoRows { broken: 0 },
        ReadErrorKind::NoRows { broken: 1 },
        ReadErrorKind::NoRows { broken: 1200 },
        ReadErrorKind::LineBreaksLost,
        ReadErrorKind::Archive(ArchiveIssue::Damaged),
        ReadErrorKind::Archive(ArchiveIssue::Encrypted),
        ReadErrorKind::Archive(ArchiveIssue::Method),
        ReadErrorKind::Archive(ArchiveIssue::TooManyFiles { limit: 20_000 }),
        ReadErrorKind::Archive(ArchiveIssue::TooLarge { limit: 1 << 30 }),
        ReadErrorKind::Archive(ArchiveIssue::UnpacksToTooMuch { limit: 4 << 30 }),
        ReadErrorKind::Archive(ArchiveIssue::Bomb { times: 100 }),
        ReadErrorKind::BrokenBase64 { offset: 1999 },
        ReadErrorKind::BrokenJson { reason: "EOF while parsing a string".to_owned() },
        ReadErrorKind::TooManyRows,
        ReadErrorKind::OutOfMemory { limit: 3584 << 20 },
    ];
    kinds.extend(lookalikes.map(ReadErrorKind::NotAReport));
    kinds
}

fn warnings() -> Vec<WarningKind> {
    vec![
        WarningKind::CellCount { found: 1, expected: 22 },
        WarningKind::OpenQuote,
        WarningKind::NoUser,
        WarningKind::NotAUser,
        WarningKind::Secret,
        WarningKind::LineBreaksLost,
        WarningKind::LinesBeforeHeader { count: 1 },
        WarningKind::LinesBeforeHeader { count: 3 },
        WarningKind::WithoutHeader,
        WarningKind::ForeignFlags { words: "t/f".to_owned() },
        WarningKind::SurplusCells { found: 24, expected: 23 },
        WarningKind::NameOfArn,
        WarningKind::CommasInName,
        WarningKind::Time(CellIssue::Unreadable),
        WarningKind::Time(CellIssue::Ambiguous),
        WarningKind::Time(CellIssue::Number),
        WarningKind::Time(CellIssue::Impossible),
        WarningKind::Flag,
        WarningKind::Arn,
        WarningKind::ArnOfOther,
        WarningKind::UnknownColumn,
        WarningKind::UnnamedColumns { count: 1 },
        WarningKind::UnnamedColumns { count: 3 },
        WarningKind::RepeatedColumn,
        WarningKind::RepeatedArn { first_line: 1200 },
        WarningKind::Time(CellIssue::Future),
        WarningKind::Time(CellIssue::BeforeCreation),
        WarningKind::Encoding,
        WarningKind::Decoded { encoding: "Shift_JIS".to_owned(), places: 1 },
        WarningKind::Decoded { encoding: "Shift_JIS".to_owned(), places: 2 },
        WarningKind::Decoded { encoding: "Shift_JIS".to_owned(), places: 1200 },
        WarningKind::DoubtfullyDecoded { encoding: "Shift_JIS".to_owned() },
        WarningKind::NotDecoded { encoding: "Shift_JIS".to_owned() },
        WarningKind::CutOff,
        WarningKind::Replaced { account: "123456789012".to_owned(), by: "new.csv".to_owned() },
        WarningKind::SameTime { account: "123456789012".to_owned(), by: "other.csv".to_owned() },
        WarningKind::SameReport { account: "123456789012".to_owned(), first: "first.json".to_owned() },
        WarningKind::SameFile { first: "first.csv".to_owned() },
    ]
}

fn policy_errors() -> Vec<PolicyError> {
    vec![
        PolicyError::OutOfRange {
            name: "unused_days".to_owned(),
            value: "0".to_owned(),
            least: 1,
            most: 3650,
        },
        PolicyError::Unreadable { reason: "expected value".to_owned() },
        PolicyError::UnknownCheck { id: "no-such".to_owned() },
        PolicyError::UnknownPreset { name: "cis-9".to_owned(), known: "recommended, cis-7.0".to_owned() },
    ]
}

/// Every name that stands for a value of a closed set, a set at a time.
fn names(text: &Text) -> Vec<Vec<&'static str>> {
    let statuses = [
        AreaStatus::Found(Severity::High),
        AreaStatus::Fine,
        AreaStatus::NotApplicable,
        AreaStatus::NotJudged,
    ];
    let issues = [CellIssue::Unreadable, CellIssue::Ambiguous, CellIssue::Future, CellIssue::BeforeCreation];
    let subjects = [
        SubjectKind::Account,
        SubjectKind::User,
        SubjectKind::Password,
        SubjectKind::AccessKey,
        SubjectKind::Certificate,
    ];
    let sources = [
        AsOfSource::Chosen,
        AsOfSource::GeneratedTime,
        AsOfSource::FileName,
        AsOfSource::LastModified,
        AsOfSource::NewestEvent,
    ];
    let presets = Preset::ALL.iter().copied().map(Some).chain([None]);
    vec![
        Severity::ALL.map(|value| text.severity(value)).to_vec(),
        Area::ALL.map(|value| text.area(value)).to_vec(),
        Kind::ALL.map(|value| text.kind(value)).to_vec(),
        statuses.map(|value| text.area_status(value)).to_vec(),
        issues.map(|value| text.cell_issue(value)).to_vec(),
        subjects.map(|value| text.subject_kind(value)).to_vec(),
        sources.map(|value| text.as_of_source(value)).to_vec(),
        [Format::Csv, Format::ApiJson, Format::Base64].map(|value| text.form(value)).to_vec(),
        presets.map(|value| text.preset(value)).collect(),
        Threshold::ALL.iter().map(|value| text.threshold(*value)).collect(),
        Threshold::ALL.iter().map(|value| text.threshold_meaning(*value)).collect(),
        SortKey::ALL.map(|value| text.sort_key(value)).to_vec(),
        text.limits().to_vec(),
        text.checks.iter().map(|check| check.title).collect(),
    ]
}

/// Every sentence with facts in it.
fn sentences(text: &Text) -> Vec<String> {
    let mut all = Vec::new();
    for check in checks::ids() {
        all.push(text.finding(&bare(check)));
        all.push(text.finding(&full(check.name())));
    }
    for pattern in [Pattern::BothInUse, Pattern::RotationUnfinished, Pattern::NeitherInUse] {
        let mut finding = bare(CheckId::from_name("two-active-access-keys").unwrap());
        finding.evidence.pattern = Some(pattern);
        all.push(text.finding(&finding));
        finding.evidence.threshold_days = Some(30);
        finding.evidence.deactivate =
            Some(KeyToDeactivate { slot: 1, created: Some(time("2016-07-27T14:41:00Z")) });
        all.push(text.finding(&finding));
    }
    for kind in read_errors() {
        all.push(text.read_error(&kind));
        all.push(text.read_advice(&kind));
    }
    all.extend(warnings().iter().map(|kind| text.warning(kind)));
    all.extend(policy_errors().iter().map(|error| text.policy_error(error)));
    all.push(text.key_by_creation(time("2016-07-27T14:41:00Z")));
    all
}

#[test]
fn both_tables_are_in_the_order_of_the_checks() {
    for language in Language::ALL {
        let ids: Vec<&str> = language.text().checks.iter().map(|check| check.id).collect();
        assert_eq!(ids, checks::ids().map(CheckId::name).collect::<Vec<_>>(), "{}", language.tag());
        assert_eq!(language.text().language, language);
    }
}

#[test]
fn a_check_has_a_title_a_reason_and_steps_and_no_loose_ends() {
    for language in Language::ALL {
        let end = if language == Language::Japanese { '。' } else { '.' };
        for check in &language.text().checks {
            assert!(!check.title.ends_with(end) && !check.title.is_empty(), "{}", check.title);
            assert!(check.steps().count() >= 2, "{}", check.id);
            for sentence in check.steps().chain([check.why]) {
                assert!(sentence.ends_with(end), "{}: {sentence}", check.id);
                assert_eq!(sentence, sentence.trim());
                assert!(!sentence.contains("  ") && sentence.matches('`').count() % 2 == 0, "{sentence}");
            }
        }
    }
}

#[test]
fn every_sentence_is_complete_in_its_language() {
    for language in Language::ALL {
        let japanese = language == Language::Japanese;
        for sentence in sentences(language.text()) {
            assert!(sentence.ends_with(if japanese { '。' } else { '.' }), "{sentence}");
            assert_eq!(is_japanese(&sentence), japanese, "{sentence}");
            assert!(!sentence.contains("  ") && !sentence.contains(".."), "{sentence}");
            assert!(sentence.matches('`').count() % 2 == 0, "{sentence}");
            assert!(!sentence.starts_with(char::is_lowercase), "{sentence}");
        }
        for check in &language.text().checks {
            for text in check.steps().chain([check.title, check.why]) {
                assert_eq!(is_japanese(text), japanese, "{text}");
            }
        }
    }
}

#[test]
fn the_two_languages_say_as_much_and_never_the_same() {
    let (english, japanese) = (sentences(&ENGLISH), sentences(&JAPANESE));
    assert_eq!(english.len(), japanese.len());
    for (english, japanese) in english.iter().zip(&japanese) {
        assert_ne!(english, japanese);
    }
    for (english, japanese) in ENGLISH.checks.iter().zip(&JAPANESE.checks) {
        assert_eq!(english.steps().count(), japanese.steps().count(), "{}", english.id);
    }
    assert_eq!(ENGLISH.limits().len(), JAPANESE.limits().len());
}

#[test]
fn names_are_unique_and_differ_between_languages_but_for_proper_names() {
    for (english, japanese) in names(&ENGLISH).into_iter().zip(names(&JAPANESE)) {
        assert_eq!(english.len(), japanese.len());
        for (english, japanese) in english.iter().zip(&japanese) {
            let proper = ["MFA", "CSV", "Base64"].contains(english)
                || english.starts_with("CIS ")
                || english.starts_with("PCI ");
            assert!(!english.is_empty() && !is_japanese(english));
            assert!(proper == (english == japanese) && (proper || is_japanese(japanese)), "{japanese}");
        }
        for mut names in [english, japanese] {
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "a name stands twice: {names:?}");
        }
    }
}

#[test]
fn numbers_have_separators_and_days_a_plural() {
    for (number, written) in [(0, "0"), (999, "999"), (1925, "1,925"), (1_234_567, "1,234,567")] {
        assert_eq!(ENGLISH.number(number), written);
        assert_eq!(JAPANESE.number(number), written);
    }
    assert_eq!(ENGLISH.number(u64::MAX), "18,446,744,073,709,551,615");
    assert_eq!([0, 1, 1925].map(|days| ENGLISH.days(days)), ["0 days", "1 day", "1,925 days"]);
    assert_eq!([0, 1, 1925].map(|days| JAPANESE.days(days)), ["0 日", "1 日", "1,925 日"]);
    assert_eq!([0, 1, 2].map(|days| ENGLISH.ago(days)), ["less than a day ago", "1 day ago", "2 days ago"]);
    assert_eq!([0, 1, 2].map(|days| JAPANESE.ago(days)), ["24 時間以内", "1 日前", "2 日前"]);
}

#[test]
fn a_finding_is_said_in_one_sentence_with_its_numbers() {
    for (id, says) in [
        ("root-access-key-active", "Root access key 1 is active (created 2016-07-27, 1,761 days ago)."),
        (
            "root-access-key-inactive",
            "Root access key 1 is inactive but still exists (created 2016-07-27, 1,761 days ago).",
        ),
        ("root-mfa-disabled", "The root user has no active MFA device."),
        ("root-used-recently", "The root user was last used 1,761 days ago (recent: within 45 days)."),
        ("console-unused", "The console password was last used 1,761 days ago (limit: 45 days)."),
        ("console-never-used", "The console password has not been used since it was set 1,761 days ago."),
        ("password-old", "The console password was last changed 1,761 days ago (limit: 45 days)."),
        ("password-expired", "The console password expired 1,761 days ago."),
        ("access-key-not-rotated", "Access key 1 is 1,761 days old (limit: 45 days)."),
        ("access-key-unused", "Access key 1 was last used 1,761 days ago (limit: 45 days)."),
        ("access-key-never-used", "Access key 1 has not been used since it was created 1,761 days ago."),
        (
            "access-key-inactive",
            "Access key 1 is inactive but still exists (created 2016-07-27, 1,761 days ago).",
        ),
        ("access-key-made-with-user", "Access key 1 was created within seconds of the user, on 2016-07-27."),
        (
            "signing-certificate-active",
            "Signing certificate 1 is active (created 2016-07-27, 1,761 days ago).",
        ),
        (
            "user-without-credentials",
            "The user has no console password, access key or certificate (created 1,761 days ago).",
        ),
        (
            "user-dormant",
            "No console password or access key of the user has been used for 1,761 days \
             (limit: 45 days).",
        ),
    ] {
        assert_eq!(english(&full(id)), says);
    }
    assert_eq!(
        JAPANESE.finding(&full("access-key-not-rotated")),
        "アクセスキー 1 は作成から 1,761 日が経過しています（しきい値: 45 日）。"
    );
    assert_eq!(
        JAPANESE.finding(&full("root-access-key-active")),
        "ルートユーザーのアクセスキー 1 はアクティブです（2016-07-27 作成、1,761 日前）。"
    );
}

#[test]
fn without_evidence_a_finding_is_still_a_sentence() {
    for (id, says) in [
        ("root-access-key-active", "Root access key 1 is active."),
        ("root-used-recently", "The root user was used recently."),
        ("console-unused", "The console password has been unused for too long."),
        ("console-never-used", "The console password has never been used."),
        ("access-key-not-rotated", "Access key 1 is too old."),
        ("two-active-access-keys", "Both access keys are active."),
        ("password-expiry-not-set", "Enabled passwords do not expire."),
        ("user-dormant", "No console password or access key of the user is in use."),
    ] {
        assert_eq!(english(&bare(CheckId::from_name(id).unwrap())), says);
    }
}

#[test]
fn passwords_that_do_not_expire_are_counted() {
    let mut finding = bare(CheckId::from_name("password-expiry-not-set").unwrap());
    for (concerned, says) in [
        ((12, 1200), "12 of 1,200 enabled passwords do not expire."),
        ((1, 20), "1 of 20 enabled passwords does not expire."),
        ((20, 20), "None of the 20 enabled passwords expires."),
        ((1, 1), "The one enabled password does not expire."),
    ] {
        finding.evidence.concerned = Some(concerned);
        assert_eq!(english(&finding), says);
    }
}

#[test]
fn of_two_keys_the_one_to_deactivate_is_named_to_the_second_or_by_its_slot() {
    let mut finding = bare(CheckId::from_name("two-active-access-keys").unwrap());
    finding.evidence.threshold_days = Some(30);
    let created = Some(time("2016-07-27T14:41:00Z"));
    let ends = "is not in use and can be deactivated.";
    for (pattern, created, says) in [
        (Pattern::BothInUse, created, "and both were used in the last 30 days.".to_owned()),
        (Pattern::RotationUnfinished, created, format!("the one created 2016-07-27 14:41:00 UTC {ends}")),
        (Pattern::RotationUnfinished, None, format!("access key 2 {ends}")),
        (Pattern::NeitherInUse, created, "but neither was used in the last 30 days.".to_owned()),
    ] {
        finding.evidence.pattern = Some(pattern);
        finding.evidence.deactivate = Some(KeyToDeactivate { slot: 2, created });
        assert!(english(&finding).ends_with(&says), "{}", english(&finding));
    }
}

#[test]
fn what_was_never_recorded_is_not_called_never_used() {
    let mut key = full("access-key-never-used");
    key.subject.created = Some(time("2015-04-21T23:59:59Z"));
    assert!(
        english(&key).contains("no use since AWS started tracking it on 2015-04-22"),
        "{}",
        english(&key)
    );
    key.subject.created = Some(time("2015-04-22T00:00:00Z"));
    assert!(english(&key).contains("has not been used since it was created"));

    let password = |cells: &[(Column, &str)]| english(&with_cells("console-never-used", cells));
    let old = password(&[(Column::PasswordLastChanged, "2014-10-19T23:59:59+00:00")]);
    assert!(old.contains("no use since AWS started tracking it on 2014-10-20"), "{old}");
    let changed = (Column::PasswordLastChanged, "2014-10-20T00:00:00Z");
    let made = (Column::UserCreationTime, "2013-01-01T00:00:00Z");
    assert!(password(&[made, changed]).contains("since it was set"));
    let young = (Column::UserCreationTime, "2016-01-01T00:00:00Z");
    assert!(password(&[young, (Column::PasswordLastChanged, "N/A")]).contains("since the user was created"));
}

#[test]
fn the_use_of_root_names_its_credential() {
    let finding = with_cells(
        "root-used-recently",
        &[
            (Column::PasswordLastUsed, "2016-11-20T10:00:00+00:00"),
            (Column::AccessKey1LastUsedDate, "N/A"),
            (Column::AccessKey2LastUsedDate, "2016-11-21T10:00:00+00:00"),
        ],
    );
    assert!(english(&finding).contains("1,761 days ago with access key 2 ("), "{}", english(&finding));
    assert!(JAPANESE.finding(&finding).contains("（アクセスキー 2 を使用）"));
}

#[test]
fn the_active_keys_beside_a_password_are_counted() {
    let first = (Column::AccessKey1Active, "TRUE");
    let keys = |second| {
        english(&with_cells("password-and-access-key", &[first, (Column::AccessKey2Active, second)]))
    };
    assert_eq!(keys("false"), "The user has a console password and an active access key.");
    assert_eq!(keys("true"), "The user has a console password and two active access keys.");
}

#[test]
fn a_file_that_is_no_report_is_told_the_next_step() {
    let advice = |kind| ENGLISH.read_advice(&ReadErrorKind::NotAReport(kind));
    let aws = |code: &str| advice(OtherFile::AwsError(code.to_owned()));
    assert!(advice(OtherFile::GenerateAnswer("STARTED".to_owned())).contains(remediation::GET_REPORT));
    assert!(aws("ReportNotPresent").contains(remediation::GENERATE_REPORT));
    assert!(aws("ReportInProgress").starts_with("Wait a few seconds"));
    assert!(aws("ReportExpired").contains(remediation::GENERATE_REPORT));
    assert!(aws("AccessDenied").contains("`iam:GenerateCredentialReport` and `iam:GetCredentialReport`"));
    assert!(advice(OtherFile::Workbook).contains("CSV UTF-8"));
    assert!(advice(OtherFile::AccessKeyCsv).contains("delete this file"));
    assert!(advice(OtherFile::Policy).contains("Check policy"));
    let secret = ENGLISH.read_error(&ReadErrorKind::NotAReport(OtherFile::AccessKeyCsv));
    assert!(secret.contains("secret access key; none of it is shown or stored"));
}

#[test]
fn a_size_has_the_unit_that_suits_it() {
    let sizes = [0, 999, 1_000, 999_999, 1_000_000, 12_345_678_901].map(|bytes| ENGLISH.size(bytes));
    assert_eq!(sizes, ["0 B", "999 B", "1.0 kB", "999.9 kB", "1.0 MB", "12,345.6 MB"]);
}

#[test]
fn a_location_has_a_line_where_there_is_one() {
    assert_eq!(ENGLISH.location("a.csv", Some(1_234)), "a.csv, line 1,234");
    assert_eq!(ENGLISH.location("a.csv", None), "a.csv");
}

#[test]
fn an_error_names_file_and_line_and_a_sentence_cuts_what_is_too_long() {
    let error = |line, kind| ReadError { file: "a.csv".to_owned(), line, kind }.to_string();
    assert_eq!(error(None, ReadErrorKind::Empty), "a.csv: empty");
    let rows = ReadErrorKind::NoRows { broken: 2 };
    assert_eq!(error(Some(3), rows), "a.csv, line 3: no readable row, 2 unreadable");
    let table = OtherFile::Table((0..9).map(|n| format!("{n}{}", "x".repeat(200))).collect());
    let text = ENGLISH.read_error(&ReadErrorKind::NotAReport(table));
    assert!(text.starts_with("This is a table") && text.ends_with("…, ….") && text.len() < 500, "{text}");
}

#[test]
fn numbers_in_errors_and_warnings_are_right() {
    let broken = ReadErrorKind::BrokenBase64 { offset: 1999 };
    assert!(ENGLISH.read_error(&broken).contains("from character 2,000 on"));
    assert!(ENGLISH.read_error(&ReadErrorKind::OutOfMemory { limit: 2 << 30 }).contains("2,048 MiB"));
    assert_eq!(
        ENGLISH.warning(&WarningKind::CellCount { found: 1, expected: 22 }),
        "The row has 1 cell, but the header has 22; the row was skipped."
    );
}

#[test]
fn what_stood_in_the_way_of_a_check_is_named_by_its_column() {
    let reason = |reason| {
        let check = CheckId::from_name("access-key-unused").unwrap();
        let not_judged = NotJudged { check, column: Column::AccessKey1LastUsedDate, reason, subjects: 12 };
        (ENGLISH.reason(&not_judged), JAPANESE.reason(&not_judged))
    };
    let (english, japanese) = reason(MissingReason::MissingColumn);
    assert_eq!(english, "column access_key_1_last_used_date is not in this report");
    assert_eq!(japanese, "このレポートに列 access_key_1_last_used_date がありません");
    for other in [MissingReason::Unreadable, MissingReason::NotSupported, MissingReason::NoTime] {
        assert!(reason(other).0.starts_with("column access_key_1_last_used_date "));
        assert!(is_japanese(&reason(other).1));
    }
}

#[test]
fn limits_give_the_commands_that_answer() {
    for language in Language::ALL {
        let limits = language.text().limits().join("\n");
        for command in ["get-account-summary", "list-virtual-mfa-devices", "list-organizations-features"] {
            assert!(limits.contains(&format!("`aws iam {command}`")), "{command}");
        }
    }
}

#[test]
fn a_key_is_identified_by_its_creation() {
    let created = time("2016-07-27T14:41:00Z");
    assert!(ENGLISH.key_by_creation(created).contains("`CreateDate` is 2016-07-27T14:41:00 (UTC)"));
}

#[test]
fn a_report_of_this_very_minute_is_not_zero_minutes_old() {
    for (seconds, english, japanese) in [
        (30, "less than a minute old", "1 分以内"),
        (60, "1 minute old", "1 分前"),
        (7200, "2 hours old", "2 時間前"),
    ] {
        assert_eq!((ENGLISH.page.report_age)(seconds), english);
        assert_eq!((JAPANESE.page.report_age)(seconds), japanese);
    }
}

#[test]
fn the_words_of_others_mark_no_code_and_do_not_run_on() {
    let error =
        PolicyError::Unreadable { reason: format!("unknown field `unused`, expected {}", "x".repeat(999)) };
    for language in Language::ALL {
        let text = language.text().policy_error(&error);
        assert!(!text.contains('`') && text.contains("field 'unused'") && text.len() < 400, "{text}");
    }
}

#[test]
fn a_severity_that_escalates_names_both() {
    let says = |language: Language, id: &str| language.text().check_severity(CheckId::from_name(id).unwrap());
    for (id, english, japanese) in [
        ("root-mfa-disabled", "Critical", "重大"),
        ("access-key-unused", "Medium, high over 365 days", "中（365 日超は高）"),
        ("password-old", "Low, medium over 365 days", "低（365 日超は中）"),
    ] {
        assert_eq!(says(Language::English, id), english);
        assert_eq!(says(Language::Japanese, id), japanese);
    }
}

#[test]
fn every_word_of_a_kind_is_found_by_the_search() {
    for language in Language::ALL {
        for kind in Kind::ALL {
            let (_, words) = KIND_WORDS.iter().find(|(of, _)| *of == kind).unwrap();
            let label = language.text().kind(kind).to_lowercase();
            let long = |word: &&str| !word.is_ascii() || word.len() > 3;
            for word in label.split_whitespace().filter(long) {
                assert!(words.contains(&word), "{word} of {label}");
            }
        }
    }
}
