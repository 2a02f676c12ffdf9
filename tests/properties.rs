//! What holds for every input: nothing panics, and two ways to the same thing agree.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use serde_json::Value;

use credential_report_viewer::assessment::RowId;
use credential_report_viewer::checks::Preset;
use credential_report_viewer::query::{Query, SortKey};
use credential_report_viewer::report::{
    Column, FileFacts, Input, ReadError, Report, Timestamp, User, Warning,
};
use credential_report_viewer::session::{Mode, Reply, Request, Session, WholeFile};

use common::{fixtures, samples, time};

/// The same cases in every run.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(2016),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn read(bytes: &[u8], slice: usize) -> Result<Report, ReadError> {
    let facts = FileFacts { name: "report".to_owned(), bytes: bytes.len() as u64, modified: None };
    let mut input = Input::new(facts, time(common::NOW), None);
    for slice in bytes.chunks(slice.max(1)) {
        input.feed(slice)?;
    }
    input.finish()
}

type Cells = Vec<Option<String>>;

/// Every cell of every row, by column.
fn cells(report: &Report) -> Vec<Cells> {
    let of = |user: User<'_>| Column::ALL.iter().map(|column| user.raw(*column)).collect();
    report.users().map(of).collect()
}

/// The warnings, without their lines.
fn placeless(report: &Report) -> Vec<Warning> {
    report.warnings().map(|warning| Warning { line: None, ..warning }).collect()
}

/// Opens a file, asks for everything, and holds the export to what always holds.
fn look_at_all(bytes: &[u8], slice: usize) {
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: time(common::NOW) });
    let file = common::File { name: "a".to_owned(), bytes: bytes.to_vec(), modified: None };
    if common::feed(&mut session, &file, slice).is_err() {
        return;
    }
    let overview = common::overview(session.handle(Request::Commit));
    let cards = common::query(&mut session, &Query { sort: SortKey::Name, limit: 50, ..Query::default() });
    assert_eq!(cards.matching, overview.users);
    let export = common::exported(&mut session, None);
    let findings = export["findings"].as_array().unwrap();
    assert_eq!(findings.len() as u64, overview.findings);
    let uids: HashSet<&str> = findings.iter().map(|finding| finding["uid"].as_str().unwrap()).collect();
    assert_eq!(uids.len(), findings.len(), "a uid stands twice");
    let ages = |finding: &Value| finding["evidence"]["age_days"].as_i64().is_none_or(|age| age >= 0);
    assert!(findings.iter().all(ages));
}

/// Pieces of which reports, and things like reports, are made.
fn pieces() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(vec![
            ",", ",", "\n", "\r\n", "\r", "\"", "\"\"", ";", "\t", " ", "\u{feff}", "=", "N/A", "no_information",
            "not_supported", "true", "false", "TRUE", "<root_account>", "arn:aws:iam::123456789012:user/ann", "ann",
            "arn:aws:iam::123456789012:root", "arn:aws-cn:iam::000000000001:user/a/b/c,d", "c,d", ":root", "sep=;",
            "2016-05-16T18:13:11+00:00", "2024-04-22T19:47:52Z", "2099-01-01T00:00:00Z", "5/6/2016 6:13 PM", "{", "}",
            "Content", "dXNlcixhcm4=", "AKIAIOSFODNN7EXAMPLE", "開発", "\0", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
        ]).prop_map(str::to_owned),
        2 => select(Column::ALL).prop_map(|column| column.name().to_owned()),
        1 => Just(format!("{}\n", common::columns().join(","))),
        1 => Just("user,arn,mfa_active,password_enabled,access_key_1_active,access_key_1_last_rotated\n".to_owned()),
        1 => "\\PC{0,6}",
    ]
}

/// Real and made-up reports, whole.
fn reports() -> Vec<Vec<u8>> {
    let mut reports: Vec<Vec<u8>> = fixtures::all().into_iter().map(|fixture| fixture.file.bytes).collect();
    reports.extend(samples::all().unwrap_or_default().into_iter().map(|(_, bytes)| bytes));
    reports
}

/// A change to a file.
#[derive(Debug, Clone)]
enum Change {
    Set(Index, u8),
    Remove(Index, usize),
    Repeat(Index, Index, usize),
    Insert(Index, String),
    CutOff(Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<Index>(), 1_usize..300).prop_map(|(at, length)| Change::Remove(at, length)),
        (any::<Index>(), any::<Index>(), 1_usize..600)
            .prop_map(|(from, to, length)| Change::Repeat(from, to, length)),
        (any::<Index>(), pieces()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        any::<Index>().prop_map(Change::CutOff),
    ]
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: &Index, bytes: &Vec<u8>| at.index(bytes.len() + 1);
        match self {
            Self::Set(at, byte) => {
                let at = place(at, bytes);
                if let Some(place) = bytes.get_mut(at) {
                    *place = *byte;
                }
            }
            Self::Remove(at, length) => {
                let from = place(at, bytes);
                bytes.drain(from..bytes.len().min(from + length));
            }
            Self::Repeat(from, to, length) => {
                let from = place(from, bytes);
                let piece = bytes[from..bytes.len().min(from + length)].to_vec();
                let to = place(to, bytes);
                bytes.splice(to..to, piece);
            }
            Self::Insert(at, piece) => {
                let at = place(at, bytes);
                bytes.splice(at..at, piece.bytes());
            }
            // The beginning stays, so that something is left to look at.
            Self::CutOff(at) => bytes.truncate(bytes.len() / 2 + at.index(bytes.len() / 2 + 1)),
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..600), slice in 1_usize..700) {
        look_at_all(&bytes, slice);
    }

    #[test]
    fn no_text_panics(pieces in vec(pieces(), 0..80), slice in 1_usize..700) {
        look_at_all(pieces.concat().as_bytes(), slice);
    }

    #[test]
    fn no_rows_panic(pieces in vec(pieces(), 0..80), slice in 1_usize..700) {
        let text = format!("{}\n{}", common::columns().join(","), pieces.concat());
        look_at_all(text.as_bytes(), slice);
    }

    #[test]
    fn no_utf16_panics(pieces in vec(pieces(), 0..80), slice in 1_usize..700, little: bool, odd: bool) {
        let mut bytes: Vec<u8> = format!("\u{feff}user,arn,mfa_active\n{}", pieces.concat())
            .encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect();
        if odd {
            bytes.pop();
        }
        look_at_all(&bytes, slice);
    }

    #[test]
    fn no_times_panic(cells in vec("[0-9TZ:/. +APM-]{0,24}", 10)) {
        let header = "user,user_creation_time,password_last_used,password_last_changed,password_next_rotation,\
                      access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_last_rotated,\
                      access_key_2_last_used_date,cert_1_last_rotated,cert_2_last_rotated,password_enabled,\
                      access_key_1_active,access_key_2_active,cert_1_active,cert_2_active";
        let text = format!("{header}\nann,{},true,true,true,false,false\n", cells.join(","));
        look_at_all(text.as_bytes(), 100);
    }

    #[test]
    fn a_file_may_be_cut_anywhere(pieces in vec(pieces(), 0..80), slice in 1_usize..60) {
        let text = format!("user,arn,mfa_active\n{}", pieces.concat());
        let (whole, cut) = (read(text.as_bytes(), usize::MAX), read(text.as_bytes(), slice));
        match (whole, cut) {
            (Ok(whole), Ok(cut)) => {
                prop_assert_eq!(cells(&whole), cells(&cut));
                prop_assert!(whole.warnings().eq(cut.warnings()));
            }
            (whole, cut) => prop_assert_eq!(whole.unwrap_err(), cut.unwrap_err()),
        }
    }
}

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn no_change_to_a_report_panics(at: Index, changes in vec(change(), 1..8), slice in 1_usize..5000) {
        let reports = reports();
        let mut bytes = reports[at.index(reports.len())].clone();
        for change in &changes {
            change.apply(&mut bytes);
        }
        look_at_all(&bytes, slice);
    }
}

/// A cell of a column as it may stand in a report without quotes.
fn plain_cell(column: Column) -> BoxedStrategy<String> {
    let name = column.name();
    let pick = |cells: &'static [&'static str]| select(cells).prop_map(str::to_owned);
    let time = (0_i64..4_294_967_296)
        .prop_map(|unix| Timestamp::from_unix(unix).to_string())
        .prop_flat_map(|zulu| select(vec![zulu.replace('Z', "+00:00"), zulu]));
    if name.ends_with("_active") || name.ends_with("_enabled") {
        pick(&[
            "true",
            "false",
            "false",
            "TRUE",
            "False",
            "",
            "N/A",
            "not_supported",
            "truex",
            " true",
            "yes",
        ])
        .boxed()
    } else if name.ends_with("_service") || name.ends_with("_region") || name.starts_with("additional") {
        pick(&["N/A", "N/A", "s3", "us-east-1", "", "n/a", "N/Ax", " ", "sts", "'x", "é"]).boxed()
    } else {
        let odd = pick(&[
            "N/A",
            "N/A",
            "no_information",
            "not_supported",
            "",
            "N/AN/A",
            "no_informationx",
            "2016-02-30T00:00:00Z",
            "5/6/2016",
            "16/5/2016 1:00",
            " ",
            "2016-05-16T18:13:11Zx",
            "2016-05-16T18:13:11.5Z",
            "1969-12-31T23:59:59Z",
            "2200-01-01T00:00:00Z",
        ]);
        prop_oneof![time, odd].boxed()
    }
}

/// A row of cells that need no quotes.
fn plain_row(number: usize) -> impl Strategy<Value = Vec<String>> {
    let mut strategies: Vec<BoxedStrategy<String>> = vec![
        select(vec!["ann", "Ann", "bob", "<root_account>", "user", " x", "x ", "é", ""])
            .prop_map(
                move |name| if name.is_empty() { name.to_owned() } else { format!("{name}{}", number % 3) },
            )
            .boxed(),
        select(vec![
            "arn:aws:iam::123456789012:user/ann0",
            "arn:aws:iam::123456789012:user/p/bob1",
            "arn",
            "",
            "arn:aws:iam::123456789012:root",
            "arn:aws:sts::1:x",
            " arn:aws:iam::123456789012:user/ann1",
        ])
        .prop_map(str::to_owned)
        .boxed(),
    ];
    strategies.extend(Column::ALL[2..].iter().map(|column| plain_cell(*column)));
    strategies
}

fn plain_rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    (0_usize..3, 1_usize..6)
        .prop_flat_map(|(first, count)| (first..first + count).map(plain_row).collect::<Vec<_>>())
}

fn table(rows: &[Vec<String>], quote: impl Fn(&str) -> String) -> String {
    let header: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
    let mut text = header.join(",");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quote(cell)).collect();
        text.push('\n');
        text.push_str(&cells.join(","));
    }
    text.push('\n');
    text
}

proptest! {
    #![proptest_config(cases(500))]

    /// Rows take the fast path where their cells allow it, in quotes or not; those with one more cell never do.
    #[test]
    fn the_fast_path_and_the_slow_path_agree(rows in plain_rows(), in_quotes: bool) {
        let quoted = |cell: &str| format!("\"{cell}\"");
        let plain = if in_quotes { table(&rows, quoted) } else { table(&rows, str::to_owned) };
        let padded: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().cloned().chain([String::new()]).collect()).collect();
        let quoted = table(&padded, quoted);
        match (read(plain.as_bytes(), usize::MAX), read(quoted.as_bytes(), usize::MAX)) {
            (Ok(plain), Ok(quoted)) => {
                prop_assert_eq!(cells(&plain), cells(&quoted));
                prop_assert!(plain.users().map(|user| user.line()).eq(quoted.users().map(|user| user.line())));
                let without_rows = |report: &Report| {
                    placeless(report).into_iter().filter(|warning| !warning.kind.breaks_row()).collect::<Vec<_>>()
                };
                prop_assert_eq!(without_rows(&plain), without_rows(&quoted));
                prop_assert_eq!(plain.as_of(), quoted.as_of());
            }
            (plain, quoted) => prop_assert_eq!(plain.unwrap_err(), quoted.unwrap_err()),
        }
    }

    /// What a writer of CSV has written is read as any reader of CSV reads it.
    #[test]
    fn cells_are_those_that_another_reader_finds(
        rows in vec(("[a-z]{1,4}", "(\\PC|[,\"\n\r;\t]){0,12}", "(\\PC|[,\"\n\r]){0,6}"), 1..6),
        delimiter in select(vec![b',', b';', b'\t']),
        crlf: bool,
        always: bool,
    ) {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .quote_style(if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary })
            .from_writer(Vec::new());
        let header = ["user", "access_key_1_last_used_service", "additional_credentials_info", "mfa_active"];
        writer.write_record(header).unwrap();
        for (number, (name, service, more)) in rows.iter().enumerate() {
            writer.write_record([&format!("{name}{number}"), service, more, "true"]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();

        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes.as_slice());
        let expected: Vec<Vec<String>> =
            reader.records().map(|record| record.unwrap().iter().map(|cell| cell.trim().to_owned()).collect()).collect();
        let report = read(&bytes, usize::MAX).unwrap();
        let found: Vec<Vec<String>> = report
            .users()
            .map(|user| {
                [Column::User, Column::AccessKey1LastUsedService, Column::AdditionalCredentialsInfo, Column::MfaActive]
                    .map(|column| user.raw(column).unwrap())
                    .to_vec()
            })
            .collect();
        prop_assert_eq!(found, expected);
        // Where the text itself says so, some of it was lost before.
        let lost = |warning: Warning| warning.value.is_some_and(|value| value.contains(char::REPLACEMENT_CHARACTER));
        prop_assert!(report.warnings().all(lost));
    }
}

/// What a person may have joined to a report by mistake: lines, and what of them is secret.
fn secret() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    let password = "[A-Z][a-z][0-9][!@#$%^&*()+=|'A-Za-z0-9]{6,12}[0-9a-z]";
    let url = "https://111122223333.signin.aws.amazon.com/console";
    let key = ("(AKIA|ASIA)[A-Z2-7]{16}", "[A-Z][a-z][0-9][A-Za-z0-9/+]{37}");
    prop_oneof![
        password.prop_map(move |password| {
            let lines =
                vec!["User name,Password,Console sign-in URL".to_owned(), format!("kondo,{password},{url}")];
            (lines, vec![password, url.to_owned()])
        }),
        key.prop_map(|(id, secret)| {
            (vec!["Access key ID,Secret access key".to_owned(), format!("{id},{secret}")], vec![id, secret])
        }),
        key.prop_map(|(id, secret)| (vec![format!("{id},{secret}")], vec![id, secret])),
        key.prop_map(|(id, secret)| {
            let lines = vec![
                "[default]".to_owned(),
                format!("aws_access_key_id = {id}"),
                format!("aws_secret_access_key = {secret}"),
            ];
            (lines, vec![id, secret])
        }),
        Just((vec![url.to_owned()], vec![url.to_owned()])),
    ]
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_secret_among_the_lines_of_a_report_is_told(
        report: Index,
        at: Index,
        (lines, secrets) in secret(),
        ending in select(vec!["\n", "\r\n"]),
        glued: bool,
    ) {
        let reports = [
            String::from_utf8(fixtures::named("neglected.csv").file.bytes).unwrap(),
            String::from_utf8(fixtures::named("three-columns.csv").file.bytes).unwrap(),
            "user,arn,mfa_active\nann,arn:aws:iam::123456789012:user/ann,true\nbob,,false\n".to_owned(),
            "user,mfa_active\nann,true\nbob,no\n".to_owned(),
        ];
        let mut with: Vec<String> = reports[report.index(reports.len())].lines().map(str::to_owned).collect();
        let at = at.index(with.len() + 1);
        with.splice(at..at, lines.iter().cloned());
        if glued && at > 0 {
            let first = with.remove(at);
            with[at - 1].push_str(&first);
        }
        let bytes = with.join(ending).into_bytes();

        let mut session = Session::new();
        session.handle(Request::Begin { mode: Mode::Replace, now: time(common::NOW) });
        let file = common::File { name: "a".to_owned(), bytes, modified: None };
        let mut told = match common::feed(&mut session, &file, usize::MAX) {
            Err(error) => format!("{error} {error:?}"),
            Ok(_) => format!("{:?}", common::overview(session.handle(Request::Commit)).warnings),
        };
        if let Reply::Overview(_) = session.handle(Request::Overview) {
            told.push_str(&common::exported(&mut session, None)["warnings"].to_string());
        }
        for secret in secrets {
            prop_assert!(!told.contains(&secret), "{} in {}", secret, told);
        }
    }
}

fn request() -> impl Strategy<Value = Request> {
    let texts = vec![
        "user,arn,mfa_active\nann,arn:aws:iam::123456789012:user/ann,true\n",
        "\nbob,arn:aws:iam::210987654321:user/bob,false\n",
        "nothing of the kind",
        "PK\x03\x04",
        "PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        "",
    ];
    prop_oneof![
        3 => select(vec![Mode::Replace, Mode::Add])
            .prop_map(|mode| Request::Begin { mode, now: Timestamp::from_unix(1_789_132_519) }),
        3 => Just(Request::File { name: "a.csv".to_owned(), bytes: 7, modified: Some(Timestamp::from_unix(0)) }),
        4 => select(texts.clone()).prop_map(|text| Request::Slice(text.into())),
        3 => vec(select(texts), 0..4).prop_map(|texts| {
            let file = |text: &&str| WholeFile { name: "b.csv".to_owned(), bytes: text.len() as u64, modified: None };
            Request::WholeFiles { files: texts.iter().map(file).collect(), bytes: texts.concat().into() }
        }),
        4 => Just(Request::EndOfFile),
        4 => Just(Request::Commit),
        1 => select(vec![Request::AbandonFile, Request::Unpack, Request::Cancel, Request::Close, Request::Overview, Request::NextPart]),
        1 => select(Preset::ALL).prop_map(|preset| Request::SetPolicy(preset.policy())),
        1 => any::<Option<i64>>().prop_map(|unix| Request::SetAsOf(unix.map(Timestamp::from_unix))),
        2 => (select(SortKey::ALL.to_vec()), any::<u32>(), any::<u32>()).prop_map(|(sort, offset, limit)| {
            Request::Query(Query { sort, offset: offset % 3, limit, ..Query::default() })
        }),
        1 => (0_u32..4).prop_map(|row| Request::Card(RowId(row))),
        1 => Just(Request::Export(Box::default())),
        1 => (0_u32..3).prop_map(Request::Digest),
    ]
}

proptest! {
    #![proptest_config(cases(400))]

    /// No order of requests panics, and none takes a result away but those that say so.
    #[test]
    fn requests_may_come_in_any_order(requests in vec(request(), 0..40)) {
        let mut session = Session::new();
        let mut has_result = false;
        for request in requests {
            let reply = session.handle(request.clone());
            match (&request, &reply) {
                (Request::Close, _) => has_result = false,
                (Request::Commit, Reply::Overview(_)) => has_result = true,
                // Beyond the calendar.
                (Request::SetAsOf(Some(_)), Reply::Refused { .. }) => {}
                (Request::Overview | Request::SetPolicy(_) | Request::SetAsOf(_), reply) => {
                    prop_assert_eq!(has_result, matches!(reply, Reply::Overview(_)), "{:?}", request);
                }
                (Request::Query(_), reply) => prop_assert_eq!(has_result, matches!(reply, Reply::Cards(_))),
                _ => {}
            }
        }
        prop_assert_eq!(has_result, matches!(session.handle(Request::Overview), Reply::Overview(_)));
    }
}
