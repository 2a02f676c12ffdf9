//! Secrets planted at every place of a report, in every form, and found nowhere.
#![allow(clippy::format_push_string, reason = "what is told is put together once")]

use base64::Engine as _;
use credential_report_viewer::query::Query;
use credential_report_viewer::session::Reply;

use super::*;

/// Key ids, their secrets and sign-in URLs, which are quoted from nowhere.
const SECRETS: [&str; 4] = [
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "https://111122223333.signin.aws.amazon.com/console",
];

/// A password looks like anything: it is not quoted from where nobody knows what stands there.
const PASSWORD: &str = "Kx7)wHq2(";

/// All that anybody is told of a file: messages, warnings, cards, the export, and what the session keeps.
fn told(bytes: impl Into<Vec<u8>>) -> String {
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: time(NOW) });
    let mut told = String::new();
    if let Err(error) = common::feed(&mut session, &file("a", bytes), usize::MAX) {
        told += &format!("{error} {error:?}");
        for text in [&ENGLISH, &JAPANESE] {
            told += &(text.read_error(&error.kind) + &text.read_advice(&error.kind));
        }
    }
    if let Reply::Overview(overview) = session.handle(Request::Commit) {
        told += &format!("{overview:?}");
        for warning in &overview.warnings {
            told += &(ENGLISH.warning(&warning.kind) + &JAPANESE.warning(&warning.kind));
        }
        let cards = common::query(&mut session, &Query { limit: 50, ..Query::default() });
        told += &format!("{cards:?}");
        for card in &cards.cards {
            told += &format!("{:?}", session.handle(Request::Card(card.row)));
        }
        told += &common::export(&mut session, None);
    }
    told + &format!("{session:?}")
}

#[track_caller]
fn assert_untold(bytes: impl Into<Vec<u8>>, secret: &str, place: &str) {
    let told = told(bytes);
    assert!(!told.contains(secret), "{secret} at {place}: {told}");
}

/// A report with one cell in the place of another.
fn planted(row: usize, column: usize, cell: &str) -> String {
    let csv = report(&rows());
    let mut lines: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    lines[row][column] = cell;
    lines.iter().map(|cells| cells.join(",")).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_secret_in_a_cell_is_told() {
    for row in 0..4 {
        for column in 0..22 {
            for secret in SECRETS {
                assert_untold(planted(row, column, secret), secret, &format!("{row}, {column}"));
            }
        }
        for column in 0..2 {
            assert_untold(planted(row, column, PASSWORD), PASSWORD, &format!("{row}, {column}"));
        }
    }
    for column in 2..22 {
        assert_untold(planted(0, column, PASSWORD), PASSWORD, &format!("the header, {column}"));
    }
}

#[test]
fn no_file_of_secrets_is_told_wherever_it_was_joined() {
    let url = SECRETS[3];
    let files = [
        format!("User name,Password,Console sign-in URL\nkondo,{PASSWORD},{url}\n"),
        format!("User name,Password\nkondo,{PASSWORD}\n"),
        format!("ユーザー名,パスワード\nkondo,{PASSWORD}\n"),
        format!("Access key ID,Secret access key\n{},{}\n", SECRETS[0], SECRETS[2]),
        format!("AWSAccessKeyId={}\nAWSSecretKey={}\n", SECRETS[0], SECRETS[2]),
        format!("[default]\naws_access_key_id = {}\naws_secret_access_key = {}\n", SECRETS[1], SECRETS[2]),
        format!("{},{}\n", SECRETS[0], SECRETS[2]),
        format!("kondo,{PASSWORD},{url}\n"),
    ];
    let reports = [report(&rows()), "user,mfa_active\nann,true\nbob,false".to_owned()];
    for file in &files {
        let mut texts = vec![file.clone(), file.replace('\n', "\r\n"), file.replace(',', ";")];
        for report in &reports {
            let (header, body) = report.split_once('\n').unwrap();
            texts.extend([
                format!("{report}\n{file}"),
                format!("{report}{file}"),
                format!("{file}{report}"),
                format!("{header}\n{file}{body}"),
                format!("{body}\n{file}{header}"),
                format!("{file}{file}{report}\n{file}"),
            ]);
        }
        for text in texts {
            let forms = [
                text.clone().into_bytes(),
                utf16(&format!("\u{feff}{text}"), true),
                STANDARD.encode(&text).into_bytes(),
                json!({ "Content": text }).to_string().into_bytes(),
                format!("Content: {}\n", STANDARD.encode(&text)).into_bytes(),
            ];
            for form in forms {
                let told = told(form);
                for secret in SECRETS.iter().chain([&PASSWORD]) {
                    assert!(!told.contains(secret), "{secret} of {text}: {told}");
                }
            }
        }
    }
}
