//! The same report in every form in which it arrives, cut anywhere; and what is no report.
#![allow(clippy::unwrap_used)]

mod common;

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use credential_report_viewer::report::{
    Column, Decoder, FileFacts, Input, Lookalike, ReadError, ReadErrorKind, User, Warning, WarningKind,
};
use credential_report_viewer::session::{Mode, Request, Session};
use credential_report_viewer::text::{ENGLISH, JAPANESE};

use common::{AS_OF, File, NOW, Row, columns, file, report, report_of, root, time, user};

/// A report in which much is found. Its times have no seconds, which a spreadsheet does not show,
/// and lie after the 12th of a month, so that no way of writing them is ambiguous.
fn rows() -> Vec<Row> {
    vec![
        root()
            .with("user_creation_time", "2016-05-16T18:13:00Z")
            .with("password_last_changed", "2016-05-16T18:13:00Z")
            .with("password_last_used", "2026-08-31T07:14:00Z")
            .with("mfa_active", "false"),
        user("-dash")
            .with("user_creation_time", "2019-12-31T23:59:00Z")
            .key(1, "2019-12-31T23:59:00Z", "2025-12-25T13:00:00Z")
            .with("access_key_1_last_used_region", "eu-central-1")
            .with("access_key_1_last_used_service", "s3"),
        user("=cmd@b")
            .with("user_creation_time", "2024-02-29T00:00:00Z")
            .password()
            .with("password_last_used", "no_information")
            .with("password_next_rotation", "N/A")
            .with("mfa_active", "false"),
        user("bot_1")
            .with("arn", "arn:aws:iam::123456789012:user/ci/deep/bot_1")
            .with("user_creation_time", "2025-06-30T12:30:00Z")
            .key(1, "2025-06-30T12:30:00Z", "2026-08-30T13:00:00Z")
            .key(2, "2026-07-13T12:31:00Z", "N/A"),
        user("zoe+x")
            .with("user_creation_time", "2023-11-22T16:45:00Z")
            .with("access_key_2_last_rotated", "2023-11-22T16:45:00Z")
            .with("cert_1_active", "true")
            .with("cert_1_last_rotated", "2023-11-22T16:45:00Z"),
    ]
}

/// What an export says, without what tells one form from another.
fn essence(files: &[File]) -> Value {
    let mut session = common::open(files);
    session.handle(Request::SetAsOf(Some(time(AS_OF))));
    let mut export = common::exported(&mut session, None);
    for member in ["inputs", "as_of_source"] {
        export.as_object_mut().unwrap().remove(member);
    }
    export
}

/// The findings of an export, without the raw cells that they rest on.
fn verdicts(export: &Value) -> Vec<Value> {
    export["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            json!([
                finding["uid"],
                finding["severity"],
                finding["subject"],
                finding["evidence"]["age_days"],
                finding["evidence"]["pattern"]
            ])
        })
        .collect()
}

/// Fails with the first line in which two exports differ: they are long.
#[track_caller]
fn assert_same(found: &Value, expected: &Value, what: &str) {
    let [found, expected] = [found, expected].map(|value| serde_json::to_string_pretty(value).unwrap());
    let differing = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert!(found == expected, "{what}: {differing:?}");
}

fn warnings(export: &Value) -> Vec<&Value> {
    export["warnings"].as_array().unwrap().iter().collect()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
        .collect()
}

/// Every cell of a text without commas in its cells, in quotes.
fn quoted(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(","))
        .collect();
    lines.join("\n")
}

fn lines_of(text: &str, length: usize, ending: &str) -> String {
    let pieces: Vec<&str> =
        text.as_bytes().chunks(length).map(|piece| std::str::from_utf8(piece).unwrap()).collect();
    pieces.join(ending)
}

fn api_answer(csv: &str) -> String {
    let answer = json!({
        "Content": STANDARD.encode(csv),
        "ReportFormat": "text/csv",
        "GeneratedTime": "2026-09-11T13:15:19+00:00",
    });
    serde_json::to_string_pretty(&answer).unwrap()
}

/// A report, as text that means the same in another form, and whether that is CSV.
fn forms(csv: &str) -> Vec<(&'static str, Vec<u8>)> {
    let crlf = csv.replace('\n', "\r\n");
    let semicolons = csv.replace(',', ";");
    let tabs = crlf.replace(',', "\t");
    let base64 = STANDARD.encode(csv);
    let json = api_answer(csv);
    vec![
        ("LF", csv.into()),
        ("LF at the end, too", format!("{csv}\n").into()),
        ("CRLF", crlf.clone().into()),
        ("CRLF at the end, too", format!("{crlf}\r\n").into()),
        ("CR", csv.replace('\n', "\r").into()),
        ("CR at the end, too", format!("{}\r", csv.replace('\n', "\r")).into()),
        ("blank lines", format!("\n\n{}\n\n", csv.replace('\n', "\n\n")).into()),
        ("blank lines with CRLF", format!("\r\n{}\r\n", csv.replace('\n', "\r\n\r\n")).into()),
        ("BOM", format!("\u{feff}{crlf}").into()),
        ("semicolons", semicolons.clone().into()),
        ("BOM and semicolons", format!("\u{feff}{}\r\n", semicolons.replace('\n', "\r\n")).into()),
        ("sep=;", format!("sep=;\r\n{}", semicolons.replace('\n', "\r\n")).into()),
        ("BOM and sep=,", format!("\u{feff}sep=,\n{csv}").into()),
        ("tabs", tabs.clone().into()),
        ("quotes", quoted(csv).into()),
        ("quotes and CRLF", quoted(csv).replace('\n', "\r\n").into()),
        ("quotes and CR", quoted(csv).replace('\n', "\r").into()),
        ("quotes and semicolons", quoted(csv).replace("\",\"", "\";\"").into()),
        ("Unicode text: UTF-16LE, BOM, tabs", utf16(&format!("\u{feff}{tabs}\r\n"), true)),
        ("UTF-16BE with BOM", utf16(&format!("\u{feff}{csv}"), false)),
        ("UTF-16LE without BOM", utf16(&crlf, true)),
        ("UTF-16BE without BOM", utf16(csv, false)),
        ("API JSON", json.clone().into()),
        ("API JSON on one line", json.replace('\n', " ").into()),
        ("API JSON with BOM", format!("\u{feff}{json}\r\n").into()),
        ("API JSON in UTF-16", utf16(&format!("\u{feff}{}", json.replace('\n', "\r\n")), true)),
        ("API JSON with the content decoded", json!({ "Content": csv }).to_string().into()),
        ("base64", base64.clone().into()),
        ("base64 and a line feed", format!("{base64}\n").into()),
        ("base64 without padding", base64.trim_end_matches('=').into()),
        ("base64 in lines", lines_of(&base64, 76, "\r\n").into()),
        ("base64 in short lines", lines_of(&base64, 61, "\n").into()),
        ("base64 in UTF-16", utf16(&format!("\u{feff}{base64}\r\n"), true)),
        ("base64 as a JSON string", format!("\"{base64}\"\n").into()),
        ("--output text", format!("{base64}\t2026-09-11T13:15:19+00:00\ttext/csv\n").into()),
    ]
}

#[test]
fn the_same_report_in_every_form_gives_the_same_findings() {
    let csv = report(&rows());
    let expected = essence(&[file("report.csv", csv.clone())]);
    assert_eq!(expected["findings"].as_array().unwrap().len(), 15);
    assert_eq!(warnings(&expected), Vec::<&Value>::new());
    for (form, bytes) in forms(&csv) {
        assert_same(&essence(&[file("report", bytes)]), &expected, form);
    }
}

#[test]
fn the_form_is_told_and_so_is_the_time_of_generation() {
    let csv = report(&rows());
    for (form, bytes) in forms(&csv) {
        let mut session = common::open(&[file("report", bytes)]);
        let overview = common::overview_of(&mut session);
        let name = overview.inputs[0].form.name();
        let expected = if form.starts_with("API") {
            "api-json"
        } else if form.starts_with("base64") || form.starts_with("--output") {
            "base64"
        } else {
            "csv"
        };
        assert_eq!(name, expected, "{form}");
        let generated = expected == "api-json" && !form.contains("decoded") || form.starts_with("--output");
        let source = if generated { "generated-time" } else { "last-modified" };
        assert_eq!(overview.as_of_source.name(), source, "{form}");
        assert_eq!(overview.as_of, time(AS_OF), "{form}");
    }
}

#[test]
fn what_a_spreadsheet_makes_of_the_cells_changes_no_verdict() {
    let csv = report(&rows());
    let expected = verdicts(&essence(&[file("report.csv", csv.clone())]));
    let upper = csv.replace(",true", ",TRUE").replace(",false", ",FALSE");
    let pandas = csv.replace(",true", ",True").replace(",false", ",False");
    for (form, text) in [
        ("upper-case booleans", upper.clone()),
        ("booleans of pandas", pandas),
        ("the form of AWS before 2024", csv.replace(":00Z", ":00+00:00")),
        ("both forms of AWS", csv.replacen(":00Z", ":00+00:00", 7)),
        ("fractions", csv.replace(":00Z", ":00.500Z")),
        ("empty cells for N/A", csv.replace("N/A", "")),
        ("upper-case header", csv.replacen(&columns().join(","), &columns().join(",").to_uppercase(), 1)),
        ("blanks round cells", csv.replace(",false,", ", false ,").replace("Z,", "Z ,")),
        ("blanks round columns", csv.replacen(&columns().join(","), &columns().join(" , "), 1)),
        ("Japanese", respelt(&upper, |y, m, d, clock| format!("{y}/{m}/{d} {clock}"))),
        ("ISO with a blank", respelt(&upper, |y, m, d, clock| format!("{y}-{m:02}-{d:02} {clock}:00"))),
        ("German", respelt(&upper, |y, m, d, clock| format!("{d:02}.{m:02}.{y} {clock}:00"))),
        ("British", respelt(&upper, |y, m, d, clock| format!("{d:02}/{m:02}/{y} {clock}"))),
        ("American", respelt(&upper, |y, m, d, clock| format!("{m}/{d}/{y} {}", on_twelve_hours(clock)))),
    ] {
        let export = essence(&[file("report.csv", text)]);
        assert_eq!(verdicts(&export), expected, "{form}");
        assert_eq!(warnings(&export), Vec::<&Value>::new(), "{form}");
    }
}

fn on_twelve_hours(clock: &str) -> String {
    let (hour, minute) = clock.split_once(':').unwrap();
    let hour: u32 = hour.parse().unwrap();
    let half = if hour < 12 { "AM" } else { "PM" };
    format!("{}:{minute} {half}", (hour + 11) % 12 + 1)
}

/// Writes every time of a report another way.
fn respelt(csv: &str, spell: fn(u32, u32, u32, &str) -> String) -> String {
    let lines: Vec<String> = csv
        .lines()
        .map(|line| {
            let cells: Vec<String> = line
                .split(',')
                .map(|cell| match cell.strip_suffix(":00Z").and_then(|rest| rest.split_once('T')) {
                    Some((date, clock)) => {
                        let parts: Vec<u32> = date.split('-').map(|part| part.parse().unwrap()).collect();
                        spell(parts[0], parts[1], parts[2], clock)
                    }
                    None => cell.to_owned(),
                })
                .collect();
            cells.join(",")
        })
        .collect();
    lines.join("\n")
}

#[test]
fn an_ambiguous_date_is_named_and_guessed_by_nobody() {
    let csv = report(&[user("bot").key(1, "5/6/2026 6:13 PM", "6.5.2026 18:13")]);
    let export = essence(&[file("report.csv", csv)]);
    assert_eq!(export["findings"], json!([]));
    let warned: Vec<_> = warnings(&export).iter().map(|w| (&w["column"], &w["value"])).collect();
    assert_eq!(
        warned,
        [
            (&json!("access_key_1_last_rotated"), &json!("5/6/2026 6:13 PM")),
            (&json!("access_key_1_last_used_date"), &json!("6.5.2026 18:13"))
        ]
    );
    let text = warnings(&export)[0]["message"].as_str().unwrap();
    assert!(text.contains("cannot be told apart"), "{text}");
}

#[test]
fn a_time_that_leaves_the_calendar_in_utc_is_named() {
    for cell in ["0001-01-01T00:00:00+09:00", "9999-12-31T23:59:59-01:00"] {
        let csv = report(&[user("bot").key(1, cell, "N/A")]);
        let export = essence(&[file("report.csv", csv)]);
        assert_eq!(warnings(&export).len(), 1, "{cell}");
        assert_eq!(warnings(&export)[0]["value"], cell);
        let as_of = export["as_of"].as_str().unwrap();
        assert_eq!(as_of, AS_OF);
    }
}

#[test]
fn columns_are_read_by_name_in_any_order() {
    let expected = essence(&[file("report.csv", report(&rows()))]);
    let mut order = columns();
    for turn in 0..order.len() {
        order.rotate_left(1);
        let export = essence(&[file("report.csv", report_of(&order, &rows()))]);
        assert_eq!(export, expected, "{turn}");
    }
    order.reverse();
    assert_eq!(essence(&[file("report.csv", report_of(&order, &rows()))]), expected);
}

/// A report with another column, the same cell in every row, at a place of its header.
fn with_column(csv: &str, at: usize, name: &str, cell: &str) -> String {
    let lines: Vec<String> = csv
        .lines()
        .enumerate()
        .map(|(number, line)| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells.insert(at, if number == 0 { name } else { cell });
            cells.join(",")
        })
        .collect();
    lines.join("\n")
}

#[test]
fn an_unknown_column_is_left_aside_and_named() {
    let csv = report(&rows());
    let expected = essence(&[file("report.csv", csv.clone())]);
    for at in [0, 1, 2, 13, 22] {
        for cell in ["R&D", "\"a \"\"b\"\", c\"", "開発部", "2016-05-16", ""] {
            let mut export = essence(&[file("report.csv", with_column(&csv, at, "department", cell))]);
            let found = warnings(&export);
            assert_eq!(found.len(), 1, "{cell} at {at}: {found:?}");
            assert_eq!((&found[0]["line"], &found[0]["column"]), (&json!(1), &json!("department")));
            export["warnings"] = json!([]);
            assert_eq!(export, expected, "{cell} at {at}");
        }
    }
}

#[test]
fn a_repeated_column_counts_once() {
    let csv = report(&rows());
    let expected = essence(&[file("report.csv", csv.clone())]);
    let mut export = essence(&[file("report.csv", with_column(&csv, 22, "mfa_active", "true"))]);
    assert_eq!(warnings(&export)[0]["column"], "mfa_active");
    export["warnings"] = json!([]);
    assert_eq!(export, expected);
}

#[test]
fn the_documented_23rd_column_is_known() {
    let csv = report(&rows());
    let expected = essence(&[file("report.csv", csv.clone())]);
    for cell in ["", "N/A", "\"3 keys, 1 certificate\""] {
        let text = with_column(&csv, 22, "additional_credentials_info", cell);
        assert_eq!(essence(&[file("report.csv", text)]), expected, "{cell}");
    }
}

/// What a browser makes of `Shift_JIS`, for the few letters of these tests.
fn shift_jis(bytes: &[u8]) -> String {
    const LETTERS: [([u8; 2], char); 6] = [
        ([0x95, 0x94], '部'),
        ([0x8f, 0x5c], '十'),
        ([0x83, 0x5c], 'ソ'),
        ([0x8e, 0x52], '山'),
        ([0x93, 0x63], '田'),
        ([0xe9, 0x65], '馥'),
    ];
    let mut text = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at..at + 2);
        if let Some((_, letter)) = LETTERS.iter().find(|(letter, _)| Some(letter.as_slice()) == pair) {
            text.push(*letter);
            at += 2;
        } else {
            text.push(match bytes[at] {
                byte if byte.is_ascii() => char::from(byte),
                byte @ 0xa1..=0xdf => char::from_u32(0xff61 + u32::from(byte - 0xa1)).unwrap(),
                _ => char::REPLACEMENT_CHARACTER,
            });
            at += 1;
        }
    }
    text
}

const SHIFT_JIS: Decoder = Decoder { encoding: "Shift_JIS", decode: shift_jis };

/// The warnings of a file that is opened with a decoder.
fn warned(bytes: Vec<u8>) -> Vec<Warning> {
    let mut session = Session::new().with_decoder(SHIFT_JIS);
    common::open_into(&mut session, &[file("report.csv", bytes)], Mode::Replace).unwrap().warnings
}

#[test]
fn text_in_shift_jis_is_one_guess_that_is_told_once() {
    let csv = report(&[user("NAME1"), user("bob"), user("NAME2")]).into_bytes();
    let warnings = warned(replaced(&csv, b"NAME", b"\x8e\x52\x93\x63"));
    let kind = WarningKind::Decoded { encoding: "Shift_JIS".to_owned(), places: 4 };
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!((&warnings[0].kind, warnings[0].line), (&kind, Some(2)));
    assert_eq!((warnings[0].column.as_deref(), warnings[0].value.as_deref()), (Some("user"), Some("山田1")));
    for text in [&ENGLISH, &JAPANESE] {
        assert!(text.warning(&kind).contains("Shift_JIS"));
    }
    assert_eq!(warned(csv), []);
}

#[test]
fn text_in_windows_1252_is_told_where_it_stands() {
    let csv = report(&[user("ann"), user("RenEe"), user("StraSe"), user("MUller")]);
    let western = |from: &str, to: &[u8], bytes: Vec<u8>| replaced(&bytes, from.as_bytes(), to);
    let bytes = western("RenEe", b"Ren\xe9e", csv.into());
    let bytes = western("MUller", b"M\xfcller", western("StraSe", b"Stra\xdfe", bytes));
    let encoding = || "Shift_JIS".to_owned();
    let doubtful = WarningKind::DoubtfullyDecoded { encoding: encoding() };
    let wrong = WarningKind::NotDecoded { encoding: encoding() };
    let found: Vec<_> = warned(bytes.clone())
        .into_iter()
        .filter(|warning| warning.column.as_deref() == Some("user"))
        .map(|warning| (warning.line, warning.value.unwrap(), warning.kind))
        .collect();
    assert_eq!(
        found,
        [
            (Some(3), "Ren馥".to_owned(), doubtful.clone()),
            (Some(4), "Straﾟe".to_owned(), doubtful),
            (Some(5), "M\u{fffd}ller".to_owned(), wrong),
        ]
    );
    // Without a decoder they are told, too.
    let warnings = common::overview_of(&mut common::open(&[file("report.csv", bytes)])).warnings;
    assert_eq!(warnings.len(), 6);
    assert!(warnings.iter().all(|warning| warning.kind == WarningKind::Encoding));
}

#[test]
fn utf16_that_ends_within_a_letter_is_told() {
    let csv = report(&[user("ann"), user("bob")]);
    for little in [true, false] {
        for (ending, line) in [("", 3), ("\n", 4), ("\r\n", 4), ("\r", 4)] {
            let whole = utf16(&format!("\u{feff}{csv}{ending}"), little);
            let half = [whole.as_slice(), b"N"].concat();
            let surrogate = [whole.as_slice(), if little { b"\x00\xd8" } else { b"\xd8\x00" }].concat();
            for bytes in [half, surrogate] {
                for slice in [1, usize::MAX] {
                    let (rows, _, warnings) = read(&bytes, (0..bytes.len()).step_by(slice)).unwrap();
                    let found: Vec<_> =
                        warnings.iter().map(|warning| (&warning.kind, warning.line)).collect();
                    assert_eq!((rows, found), (2, vec![(&WarningKind::CutOff, Some(line))]), "{ending:?}");
                }
            }
            assert_eq!(read(&whole, []).unwrap().2, []);
        }
    }
    let json = [utf16(&format!("\u{feff}{}", api_answer(&csv)), true).as_slice(), b" "].concat();
    let found: Vec<_> =
        read(&json, []).unwrap().2.into_iter().map(|warning| (warning.kind, warning.line)).collect();
    assert_eq!(found, [(WarningKind::CutOff, None)]);
}

#[test]
fn half_a_pair_within_utf16_is_told_where_it_stands() {
    let csv = report(&[user("ann"), user("b~b")]);
    let units: Vec<u16> =
        csv.encode_utf16().map(|unit| if unit == u16::from(b'~') { 0xdc00 } else { unit }).collect();
    let bytes: Vec<u8> = [0xfeff].into_iter().chain(units).flat_map(u16::to_le_bytes).collect();
    let warnings = read(&bytes, []).unwrap().2;
    assert_eq!(warnings[0].kind, WarningKind::Encoding);
    assert_eq!((warnings[0].line, warnings[0].value.as_deref()), (Some(3), Some("b\u{fffd}b")));
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(from) {
            out.extend_from_slice(to);
            at += from.len();
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

#[test]
fn a_column_in_shift_jis_does_no_harm() {
    let csv = report(&rows());
    let expected = essence(&[file("report.csv", csv.clone())]);
    let text = with_column(&csv, 22, "NAME", "CELL").into_bytes();
    // The second byte of each letter of the cell is a backslash.
    let bytes = replaced(&replaced(&text, b"NAME", b"\x95\x94"), b"CELL", b"\x8f\x5c\x83\x5c");
    for (decoder, name) in [(None, "\u{fffd}\u{fffd}"), (Some(SHIFT_JIS), "部")] {
        let mut session = Session::new();
        if let Some(decoder) = decoder {
            session = session.with_decoder(decoder);
        }
        common::open_into(&mut session, &[file("report.csv", bytes.clone())], Mode::Replace).unwrap();
        session.handle(Request::SetAsOf(Some(time(AS_OF))));
        let export = common::exported(&mut session, None);
        assert_eq!(
            export["findings"].as_array().unwrap().len(),
            expected["findings"].as_array().unwrap().len()
        );
        // The column, and that its header is not UTF-8.
        assert_eq!(warnings(&export).len(), 2, "{:?}", export["warnings"]);
        assert!(warnings(&export).iter().any(|warning| warning["column"] == name));
        assert!(warnings(&export).iter().all(|warning| warning["line"] == 1));
    }
}

#[test]
fn names_with_commas_are_whole_quoted_or_not() {
    let named = |name: &str, path: &str| {
        user(name)
            .with("arn", &format!("arn:aws:iam::123456789012:user/{path}{name}"))
            .password()
            .with("mfa_active", "false")
    };
    for (name, path) in
        [("a,b", ""), (",a", ""), ("a,,b,", "x/"), ("true,false", ""), ("b", "p,q/"), ("c,d", "p,q/")]
    {
        let row = named(name, path);
        let arn = row.cell("arn").to_owned();
        let bare = report(&[row.clone(), user("zoe")]);
        let in_quotes = report(&[
            row.with("user", &format!("\"{name}\"")).with("arn", &format!("\"{arn}\"")),
            user("zoe"),
        ]);
        let expected = essence(&[file("report.csv", in_quotes)]);
        assert_eq!(expected["findings"][0]["user"], name);
        assert_eq!(expected["findings"][0]["arn"], arn);
        assert_eq!(warnings(&expected), Vec::<&Value>::new());
        let mut export = essence(&[file("report.csv", bare)]);
        assert_eq!(warnings(&export).len(), 1, "{name}");
        assert_eq!(
            (&warnings(&export)[0]["line"], &warnings(&export)[0]["value"]),
            (&json!(2), &json!(name))
        );
        export["warnings"] = json!([]);
        assert_eq!(export, expected, "{name}");
    }
}

#[test]
fn a_row_with_too_many_or_too_few_cells_is_kept_out_and_the_rest_is_read() {
    let csv = report(&rows());
    let lines: Vec<&str> = csv.lines().collect();
    for (bad, kind) in [
        ("bob,arn:aws:iam::123456789012:user/bob,true", WarningKind::CellCount { found: 3, expected: 22 }),
        ("just a line", WarningKind::CellCount { found: 1, expected: 22 }),
        ("\"bob,arn:aws:iam::123456789012:user/bob", WarningKind::OpenQuote),
    ] {
        for at in 1..=lines.len() {
            let mut with = lines.clone();
            with.insert(at, bad);
            let mut session = common::open(&[file("report.csv", with.join("\n"))]);
            let overview = common::overview_of(&mut session);
            assert_eq!((overview.users, overview.inputs[0].broken_rows), (5, 1), "{bad} at {at}");
            let warning = &overview.warnings[0];
            assert_eq!((&warning.kind, warning.line), (&kind, Some(at as u32 + 1)), "{bad}");
            assert_eq!(warning.value, None, "nothing of a broken row is quoted");
        }
    }
}

#[test]
fn empty_cells_behind_the_last_column_do_no_harm() {
    let csv = report(&rows());
    let expected = essence(&[file("report.csv", csv.clone())]);
    let lines: Vec<String> = csv.lines().map(|line| format!("{line},,")).collect();
    assert_eq!(essence(&[file("report.csv", lines.join("\r\n"))]), expected);
    // A spreadsheet with an empty row above and below.
    let framed = format!("{0}\n{csv}\n{0}\n", ",".repeat(21));
    assert_eq!(essence(&[file("report.csv", framed)]), expected);
}

/// The rows of another account.
fn other_rows() -> Vec<Row> {
    rows()
        .into_iter()
        .map(|row| {
            let arn = row.cell("arn").replace("123456789012", "210987654321");
            row.with("arn", &arn)
        })
        .collect()
}

#[test]
fn merged_files_are_as_good_as_single_ones() {
    let (one, two) = (report(&rows()), report(&other_rows()));
    let expected = essence(&[file("one.csv", one.clone()), file("two.csv", two.clone())]);
    assert_eq!(expected["summary"]["accounts"], 2);
    let body = |csv: &str| csv.split_once('\n').unwrap().1.to_owned();
    let mut reversed = columns();
    reversed.reverse();
    let turned = report_of(&reversed, &other_rows());
    let longer = with_column(&two, 22, "additional_credentials_info", "N/A");
    for (form, text) in [
        ("the header once", format!("{one}\n{}", body(&two))),
        ("a header each", format!("{one}\n{two}\n")),
        ("joined without a line break", format!("{one}{two}")),
        ("joined without a line break, CRLF", format!("{one}{two}").replace('\n', "\r\n")),
        ("joined without a line break, CR", format!("{one}{two}").replace('\n', "\r")),
        ("a mark in the middle", format!("\u{feff}{one}\n\u{feff}{two}")),
        ("a mark and no line break in the middle", format!("\u{feff}{one}\u{feff}{two}")),
        ("quotes in the one", format!("{}\n{two}", quoted(&one))),
        ("quotes in the other", format!("{one}\n{}", quoted(&two))),
        ("quotes in both, and no line break", format!("{}{}", quoted(&one), quoted(&two))),
        ("LF and CRLF", format!("{one}\n{}", two.replace('\n', "\r\n"))),
        ("CRLF and LF", format!("{}\r\n{two}", one.replace('\n', "\r\n"))),
        ("CR and LF", format!("{}\r{two}", one.replace('\n', "\r"))),
        ("LF and CR", format!("{one}\n{}", two.replace('\n', "\r"))),
        ("another column order", format!("{one}\n{turned}")),
        ("another column order first", format!("{turned}\n{one}")),
        ("another column order, no line break", format!("{one}{turned}")),
        ("another column order first, no line break", format!("{turned}{one}")),
        ("a column more in the second", format!("{one}\n{longer}")),
        ("a column more in the first", format!("{longer}\n{one}")),
        ("a column more in the second, no line break", format!("{one}{longer}")),
        ("a column more in the first, no line break", format!("{longer}{one}")),
        ("semicolons in the second", format!("{one}\n{}", two.replace(',', ";"))),
        ("tabs in the first", format!("{}\n{two}", one.replace(',', "\t"))),
    ] {
        assert_same(&essence(&[file("all.csv", text)]), &expected, form);
    }
}

#[test]
fn columns_that_one_of_the_merged_files_lacks_are_missing_there_alone() {
    let text = format!("{}\n{}", report(&rows()), report_of(&common::old_columns(), &other_rows()));
    let export = essence(&[file("all.csv", text)]);
    assert_eq!(warnings(&export), Vec::<&Value>::new());
    let unused: Vec<&Value> = export["not_judged"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["check"] == "access-key-unused")
        .collect();
    let reason = "column access_key_1_last_used_date is not in this report";
    assert_eq!(unused[0], &json!({"check": "access-key-unused", "subjects": 2, "reason": reason}));
    assert_eq!(unused.len(), 2);
}

fn not(lookalike: Lookalike) -> ReadErrorKind {
    ReadErrorKind::NotAReport(lookalike)
}

#[test]
fn a_near_miss_is_named_and_answered_with_the_next_step() {
    let aws = |code: &str| {
        format!("\nAn error occurred ({code}) when calling the GetCredentialReport operation: Unknown\n")
    };
    let aws_error = |code: &str| not(Lookalike::AwsError(code.to_owned()));
    let header = columns().join(",");
    let started = "{\n    \"State\": \"STARTED\",\n    \"Description\": \"No report exists.\"\n}\n";
    let mut cases: Vec<(Vec<u8>, ReadErrorKind)> = vec![
        (b"".into(), ReadErrorKind::Empty),
        (b"\xef\xbb\xbf".into(), ReadErrorKind::Empty),
        (b" \r\n\r\n".into(), ReadErrorKind::Empty),
        (b"\xff\xfe".into(), ReadErrorKind::Empty),
        (started.into(), not(Lookalike::GenerateAnswer("STARTED".to_owned()))),
        (utf16(&format!("\u{feff}{started}"), true), not(Lookalike::GenerateAnswer("STARTED".to_owned()))),
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
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml".into(), not(Lookalike::Workbook)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".into(), not(Lookalike::Workbook)),
        (b"PK\x03\x04\x14\0\x06\0report.csv".into(), not(Lookalike::Zip)),
        (b"\x1f\x8b\x08\0".into(), not(Lookalike::Gzip)),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3".into(), not(Lookalike::Pdf)),
        (b"<!DOCTYPE html>\n<html><body>Sign in</body></html>".into(), not(Lookalike::Html)),
        (b"\n<HTML>".into(), not(Lookalike::Html)),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".into(), not(Lookalike::Binary)),
        (b"\0\0\0\0\0\0\0\0".into(), not(Lookalike::Binary)),
        (br#"{"schema":"credential-report-findings/1","findings":[]}"#.into(), not(Lookalike::Findings)),
        (br#"{"preset":"custom","unused_days":7}"#.into(), not(Lookalike::Policy)),
        (br#"{"Users":[]}"#.into(), not(Lookalike::Json)),
        (b"[1, 2, 3]".into(), not(Lookalike::Json)),
        (
            b"Dear all, please find attached".into(),
            not(Lookalike::Table(vec!["Dear all".into(), "please find attached".into()])),
        ),
        (b"Nothing of the kind".into(), not(Lookalike::Text)),
        (b"name,price\napple,3\n".into(), not(Lookalike::Table(vec!["name".to_owned(), "price".to_owned()]))),
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
        (STANDARD.encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").into(), not(Lookalike::Binary)),
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
        assert_eq!(error.kind, not(Lookalike::AccessKeyCsv), "{form}");
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

/// What is read of a file in slices that end at such places, or why it cannot be read: how many
/// rows, the last of them, where these tests cut, and the warnings.
fn read(
    bytes: &[u8],
    cuts: impl IntoIterator<Item = usize>,
) -> Result<(usize, Vec<String>, Vec<Warning>), ReadError> {
    let facts = FileFacts { name: "report".to_owned(), bytes: bytes.len() as u64, modified: None };
    let mut input = Input::new(facts, time(NOW), None);
    let mut from = 0;
    for cut in cuts.into_iter().chain([bytes.len()]) {
        input.feed(&bytes[from..cut])?;
        from = cut;
    }
    let report = input.finish()?;
    let row = |user: User<'_>| {
        let cells = Column::ALL.iter().map(|column| user.raw(*column));
        format!("{}: {:?}", user.line(), cells.collect::<Vec<_>>())
    };
    let last = report.users().skip(report.len().saturating_sub(8)).map(row).collect();
    Ok((report.len(), last, report.warnings().collect()))
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
