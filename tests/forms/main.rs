//! The same report in every form in which it arrives, cut anywhere; and what is no report.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod faults;
mod other_files;
mod secrets;
mod wrappers;

use base64::Engine as _;

use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use credential_report_viewer::report::{
    Column, Decoder, FileFacts, Input, ReadError, User, Warning, WarningKind,
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
    let csv = report(&[user("bot").key(1, "5/6/2026 6:13 PM", "6-5-2026 18:13")]);
    let export = essence(&[file("report.csv", csv)]);
    assert_eq!(export["findings"], json!([]));
    let warned: Vec<_> = warnings(&export).iter().map(|w| (&w["column"], &w["value"])).collect();
    assert_eq!(
        warned,
        [
            (&json!("access_key_1_last_rotated"), &json!("5/6/2026 6:13 PM")),
            (&json!("access_key_1_last_used_date"), &json!("6-5-2026 18:13"))
        ]
    );
    let text = warnings(&export)[0]["message"].as_str().unwrap();
    assert!(text.contains("are ambiguous"), "{text}");
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
        .map(|warning| (warning.line, warning.more_lines, warning.value.unwrap(), warning.kind))
        .collect();
    assert_eq!(
        found,
        [
            (Some(3), vec![4], "Ren馥".to_owned(), doubtful),
            (Some(5), vec![], "M\u{fffd}ller".to_owned(), wrong),
        ]
    );
    // Without a decoder they are told, too.
    let warnings = common::overview_of(&mut common::open(&[file("report.csv", bytes)])).warnings;
    let places: u32 = warnings.iter().map(|warning| 1 + warning.more).sum();
    assert_eq!((warnings.len(), places), (2, 6));
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
