//! What is no report: named, and of a secret nothing is quoted.

use base64::Engine as _;

use super::*;
use credential_report_viewer::report::{ArchiveIssue, OtherFile, ReadErrorKind};
use std::fmt::Write as _;

fn not(other_file: OtherFile) -> ReadErrorKind {
    ReadErrorKind::NotAReport(other_file)
}

#[test]
fn a_near_miss_is_named_and_answered_with_the_next_step() {
    let aws = |code: &str| {
        format!("\nAn error occurred ({code}) when calling the GetCredentialReport operation: Unknown\n")
    };
    let aws_error = |code: &str| not(OtherFile::AwsError(code.to_owned()));
    let header = columns().join(",");
    let started = "{\n    \"State\": \"STARTED\",\n    \"Description\": \"No report exists.\"\n}\n";
    let mut cases: Vec<(Vec<u8>, ReadErrorKind)> = vec![
        (b"".into(), ReadErrorKind::Empty),
        (b"\xef\xbb\xbf".into(), ReadErrorKind::Empty),
        (b" \r\n\r\n".into(), ReadErrorKind::Empty),
        (b"\xff\xfe".into(), ReadErrorKind::Empty),
        (started.into(), not(OtherFile::GenerateAnswer("STARTED".to_owned()))),
        (utf16(&format!("\u{feff}{started}"), true), not(OtherFile::GenerateAnswer("STARTED".to_owned()))),
        (aws("ReportNotPresent").into(), aws_error("ReportNotPresent")),
        (aws("ReportInProgress").into(), aws_error("ReportInProgress")),
        (aws("ReportExpired").into(), aws_error("ReportExpired")),
        (aws("AccessDenied").into(), aws_error("AccessDenied")),
        (utf16(&format!("\u{feff}{}", aws("ReportNotPresent")), true), aws_error("ReportNotPresent")),
        (
            br#"{"Error":{"Code":"ReportInProgress","Message":"x"},"ResponseMetadata":{}}"#.into(),
            aws_error("ReportInProgress"),
        ),
        (br#"{"__type":"com.amazonaws.iam#ReportExpiredException"}"#.into(), aws_error("ReportExpired")),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml".into(), not(OtherFile::Workbook)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".into(), not(OtherFile::Workbook)),
        (b"PK\x03\x04\x14\0\x06\0report.csv".into(), ReadErrorKind::Archive(ArchiveIssue::Damaged)),
        (b"\x1f\x8b\x08\0".into(), not(OtherFile::Gzip)),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3".into(), not(OtherFile::Pdf)),
        (b"<!DOCTYPE html>\n<html><body>Sign in</body></html>".into(), not(OtherFile::Html)),
        (b"\n<HTML>".into(), not(OtherFile::Html)),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".into(), not(OtherFile::Binary)),
        (b"\0\0\0\0\0\0\0\0".into(), not(OtherFile::Binary)),
        (br#"{"schema":"credential-report-findings/1","findings":[]}"#.into(), not(OtherFile::Findings)),
        (br#"{"preset":"custom","unused_days":7}"#.into(), not(OtherFile::Policy)),
        (br#"{"Users":[]}"#.into(), not(OtherFile::Json)),
        (b"[1, 2, 3]".into(), not(OtherFile::Json)),
        (
            b"Dear all, please find attached".into(),
            not(OtherFile::Table(vec!["Dear all".into(), "please find attached".into()])),
        ),
        (b"Nothing of the kind".into(), not(OtherFile::Text)),
        (b"name,price\napple,3\n".into(), not(OtherFile::Table(vec!["name".to_owned(), "price".to_owned()]))),
        (
            b"password_enabled,mfa_active\ntrue,false\n".into(),
            ReadErrorKind::NoUserColumn(vec!["password_enabled".to_owned(), "mfa_active".to_owned()]),
        ),
        (header.clone().into(), ReadErrorKind::NoRows { broken: 0 }),
        (format!("{header}\n\n").into(), ReadErrorKind::NoRows { broken: 0 }),
        (format!("{header}\none\ntwo,2\n").into(), ReadErrorKind::NoRows { broken: 2 }),
        (STANDARD.encode(&header).into(), ReadErrorKind::NoRows { broken: 0 }),
        (
            br#"{"Content": "dXNl*cixhcm4=", "ReportFormat": "text/csv"}"#.into(),
            ReadErrorKind::BrokenBase64 { offset: 4 },
        ),
        (STANDARD.encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").into(), not(OtherFile::Binary)),
        (br#"{"Content": ""}"#.into(), ReadErrorKind::Empty),
    ];
    let cut = api_answer(&report(&rows()));
    let reason = "EOF while parsing a string at line 2 column 1000".to_owned();
    let at = cut.find('\n').unwrap() + 1 + 1000;
    cases.push((cut.as_bytes()[..at].into(), ReadErrorKind::BrokenJson { reason }));
    for (bytes, kind) in cases {
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        let error = common::failure("some.file", bytes);
        assert_eq!(error.kind, kind, "{shown}");
        assert_eq!(error.file, "some.file");
        assert!(error.to_string().starts_with("some.file"), "{error}");
        for text in [&ENGLISH, &JAPANESE] {
            assert!(!text.read_error(&kind).is_empty() && !text.read_advice(&kind).is_empty(), "{kind:?}");
        }
    }
}

/// The secret of the example in AWS's documentation, and the id of its key.
const SECRET: [&str; 2] = ["AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"];

/// Forms in which a secret access key is dropped by mistake.
fn secrets() -> Vec<(&'static str, Vec<u8>)> {
    let [id, secret] = SECRET;
    let csv = format!("Access key ID,Secret access key\n{id},{secret}\n");
    let old = format!(
        "User name,Password,Access key ID,Secret access key,Console login link\nann,,{id},{secret},https://x\n"
    );
    vec![
        ("the console's file", csv.clone().into()),
        ("with a mark and CRLF", format!("\u{feff}{}", csv.replace('\n', "\r\n")).into()),
        ("the console's file of old", old.into()),
        ("semicolons", csv.replace(',', ";").into()),
        ("quotes", csv.replace(id, &format!("\"{id}\"")).into()),
        ("UTF-16", utf16(&format!("\u{feff}{csv}"), true)),
        ("base64", STANDARD.encode(&csv).into()),
        ("no header", format!("{id},{secret}\n").into()),
        ("lines", format!("{id}\n{secret}\n").into()),
        ("a temporary key", format!("key,secret\nASIAIOSFODNN7EXAMPLE,{secret}\n").into()),
        (
            "a profile",
            format!("[default]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n").into(),
        ),
    ]
}

fn is_free_of_secrets(text: &str) -> bool {
    !SECRET.iter().any(|secret| text.contains(secret) || text.contains(&secret[..16]))
        && !text.contains("ASIAIO")
}

#[test]
fn a_secret_access_key_is_refused_and_nothing_of_it_is_shown_or_kept() {
    for (form, bytes) in secrets() {
        let mut session = Session::new();
        session.handle(Request::Begin { mode: Mode::Replace, now: time(NOW) });
        let error = common::feed(&mut session, &file("keys.csv", bytes), 7).unwrap_err();
        assert_eq!(error.kind, not(OtherFile::AccessKeyCsv), "{form}");
        let mut shown = vec![error.to_string(), format!("{error:?}"), serde_json::to_string(&error).unwrap()];
        for text in [&ENGLISH, &JAPANESE] {
            shown.extend([text.read_error(&error.kind), text.read_advice(&error.kind)]);
        }
        common::feed(&mut session, &file("report.csv", report(&rows())), 100).unwrap();
        shown.push(format!("{:?}", session.handle(Request::Commit)));
        shown.push(common::export(&mut session, None));
        shown.push(format!("{session:?}"));
        for text in shown {
            assert!(is_free_of_secrets(&text), "{form}: {text}");
        }
    }
}

#[test]
fn a_secret_that_was_joined_to_a_report_is_not_quoted() {
    let [id, secret] = SECRET;
    for joined in [
        format!("{}\nAccess key ID,Secret access key\n{id},{secret}\n", report(&rows())),
        format!("{}Access key ID,Secret access key\n{id},{secret}\n", report(&rows())),
        format!("{}\n{id},{secret}", report(&rows())),
        format!("{}\n\"{id}\",\"{secret}", report(&rows())),
    ] {
        let mut session = common::open(&[file("all.csv", joined.clone())]);
        let overview = common::overview_of(&mut session);
        assert!(overview.inputs[0].broken_rows > 0);
        let shown = [format!("{overview:?}"), common::export(&mut session, None), format!("{session:?}")];
        assert!(shown.iter().all(|text| is_free_of_secrets(text)), "{joined}");
    }
}

#[test]
fn a_password_that_was_joined_to_a_report_is_neither_shown_nor_exported() {
    let fixture = common::fixtures::named("joined-with-password-file.csv");
    let text = String::from_utf8(fixture.file.bytes.clone()).unwrap();
    // As it is, and without the line break between the files.
    for text in [text.clone(), text.replace("N/A\nUser name", "N/AUser name"), text.replace('\n', "\r\n")] {
        let mut session = common::open(&[file("all.csv", text)]);
        session.handle(Request::SetAsOf(Some(time("2026-11-25T00:00:00Z"))));
        let overview = common::overview_of(&mut session);
        assert!(overview.inputs[0].broken_rows > 0);
        let export = common::export(&mut session, None);
        for secret in ["Kx7", "wHq2", ".signin."] {
            for shown in [&format!("{overview:?}"), &export, &format!("{session:?}")] {
                assert!(!shown.contains(secret), "{secret}: {shown}");
            }
        }
    }
    let mut session = fixture.open();
    let export = common::exported(&mut session, None);
    let found: Vec<_> =
        verdicts(&export).iter().map(|verdict| verdict[0].as_str().unwrap().to_owned()).collect();
    let account = "arn:aws:iam::111122223333";
    assert_eq!(
        found,
        [
            format!("console-mfa-disabled/{account}:user/mori"),
            format!("access-key-not-rotated/{account}:user/deploy-bot/access-key/2026-01-05T10:00:00Z"),
            format!("password-expiry-not-set/{account}:root"),
            format!("access-key-inactive/{account}:user/kondo/access-key/2025-02-01T00:00:00Z"),
        ]
    );
}

#[test]
fn a_line_of_secrets_where_the_header_should_be_is_not_quoted() {
    for line in [
        "kondo,Kx7)wHq2(,https://111122223333.signin.aws.amazon.com/console",
        "user,Kx7)wHq2(",
        "mfa_active,password_enabled,Kx7)wHq2(",
    ] {
        let error = common::failure("a.csv", line);
        assert!(!format!("{error} {error:?}").contains("wHq2"), "{error:?}");
    }
    let mut session = common::open(&[file("a.csv", "user,arn,mfa_active,Kx7)wHq2(\nann,,true,\n")]);
    let overview = common::overview_of(&mut session);
    assert_eq!(overview.warnings[0].kind, WarningKind::UnnamedColumns { count: 1 });
    assert!(!common::export(&mut session, None).contains("wHq2"));
}

#[test]
fn the_same_secret_is_refused_within_the_answer_of_the_api() {
    let [id, secret] = SECRET;
    for text in [
        json!({"AccessKey": {"UserName": "ann", "AccessKeyId": id, "SecretAccessKey": secret}}).to_string(),
        json!({"Content": STANDARD.encode(format!("Access key ID,Secret access key\n{id},{secret}"))})
            .to_string(),
    ] {
        let error = common::failure("answer.json", text);
        assert!(is_free_of_secrets(&format!("{error} {error:?}")), "{error:?}");
        assert!(matches!(error.kind, ReadErrorKind::NotAReport(_)));
    }
}

/// A report of few columns with all that a cut could tear apart: quotes, line breaks and commas in
/// them, letters of several bytes, a second header.
fn brittle() -> String {
    [
        "user,arn,user_creation_time,mfa_active,note",
        "<root_account>,arn:aws:iam::123456789012:root,2016-05-16T18:13:11+00:00,true,",
        "\"an,n\",\"arn:aws:iam::123456789012:user/an,n\",2016-05-16T18:13:11Z,\"TRUE\",\"a \"\"b\"\"\nc, d\"",
        "b,c,arn:aws:iam::123456789012:user/b,c,2016-05-16T18:13:11+00:00,false,x",
        "開発,arn:aws:iam::123456789012:user/開発,2016/5/16 18:13,true,𠮷野家",
        "eve,arn:aws:iam::123456789012:user/eve,2016-05-16T18:13:11+00:00,true,x",
        "arn,user,note,mfa_active,user_creation_time",
        "arn:aws:iam::210987654321:user/fay,fay,\"\",false,2016-05-16T18:13:11+00:00",
    ]
    .join("\n")
}

#[test]
fn a_file_may_be_cut_anywhere() {
    // The form of a file is told by its first 16 KiB; what is cut must lie behind them.
    let mut text = brittle();
    let rows = text.split_once('\n').unwrap().1.to_owned();
    let note = "x".repeat(240);
    for number in 0..60 {
        write!(text, "\narn:aws:iam::123456789012:user/f{number},f{number},{note},false,N/A").unwrap();
    }
    let header = "user,arn,user_creation_time,mfa_active,note";
    // A stray quote costs its own line; all that follows has to be looked at first.
    let stray = "arn:aws:iam::123456789012:user/dan,dan,\"x,maybe,yesterday";
    let text = format!("{text}\n{header}\n{rows}\n{stray}\narn:aws:iam::123456789012:user/eva,eva,,true,N/A");
    for (form, bytes) in forms(&text) {
        if ["quotes", "semicolons", "sep=", "tabs"].iter().any(|rewritten| form.contains(rewritten)) {
            // What is within quotes is rewritten, too.
            continue;
        }
        let whole = read(&bytes, []).unwrap();
        assert_eq!(whole.0, 73, "{form}");
        let tail = bytes.len() * rows.len() / text.len();
        for cut in (bytes.len() - tail..bytes.len()).step_by(29) {
            assert!(read(&bytes, [cut]).unwrap() == whole, "{form}, cut at {cut}");
        }
        assert!(read(&bytes, 0..bytes.len()).unwrap() == whole, "{form}, byte by byte");
        assert!(read(&bytes, (0..bytes.len()).step_by(7)).unwrap() == whole, "{form}, in small slices");
    }
}

#[test]
fn what_is_no_report_fails_alike_however_it_is_cut() {
    for (form, bytes) in secrets() {
        let whole = read(&bytes, []).unwrap_err();
        assert_eq!(read(&bytes, 0..bytes.len()).unwrap_err(), whole, "{form}");
    }
}
