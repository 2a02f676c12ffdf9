//! What stands round a report, before it, between its parts, or in its place.
#![allow(clippy::format_collect, reason = "lines are few, and shortest so")]

use std::fmt::Write as _;

use base64::Engine as _;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;

use super::*;

/// The verdicts on a text, and how many users it has.
fn found(text: impl Into<Vec<u8>>) -> Result<(Vec<Value>, Value), ReadError> {
    let mut session = Session::new();
    common::open_into(&mut session, &[file("a", text)], Mode::Replace)?;
    session.handle(Request::SetAsOf(Some(time(AS_OF))));
    let export = common::exported(&mut session, None);
    Ok((verdicts(&export), export["summary"]["users"].clone()))
}

fn rows_as_json(csv: &str, null: bool) -> Vec<Value> {
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let names = lines.next().unwrap();
    let value = |cell: &str| match cell {
        "true" => json!(true),
        "false" => json!(false),
        "N/A" if null => Value::Null,
        cell => json!(cell),
    };
    let row = |cells: Vec<&str>| {
        names.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), value(cell))).collect()
    };
    lines.map(row).collect()
}

/// A report within other text, each as some tool writes it.
fn wrapped(csv: &str) -> Vec<(&'static str, String)> {
    let base64 = STANDARD.encode(csv);
    let escaped = csv.replace('\r', "\\r").replace('\n', "\\n");
    let time = "2026-09-11T13:15:19+00:00";
    let rows = rows_as_json(csv, true);
    let lines: Vec<&str> = csv.lines().collect();
    let answer = json!({"Content": base64, "GeneratedTime": time, "ReportFormat": "text/csv"});
    vec![
        ("YAML", format!("Content: {base64}\nGeneratedTime: '{time}'\nReportFormat: text/csv\n")),
        (
            "YAML in lines",
            format!("Content: >-\n  {}\nGeneratedTime: '{time}'\n", lines_of(&base64, 76, "\n  ")),
        ),
        ("YAML, decoded", format!("Content: |\n  {}\nGeneratedTime: '{time}'\n", csv.replace('\n', "\n  "))),
        ("YAML, decoded, in quotes", format!("Content: \"{escaped}\"\nGeneratedTime: '{time}'\n")),
        ("text", format!("{base64}\t{time}\ttext/csv\n")),
        (
            "XML",
            format!(
                "<GetCredentialReportResponse>\n <Content>{base64}</Content>\n <GeneratedTime>{time}</GeneratedTime>\n"
            ),
        ),
        ("XML with its declaration", format!("<?xml version=\"1.0\"?>\n<R><Content>{base64}</Content></R>")),
        (
            "a drawn table",
            format!("-----\n|  Content  |  {base64}  |\n|  GeneratedTime  |  {time}  |\n-----\n"),
        ),
        (
            "Python's repr",
            format!(
                "{{'Content': b'{escaped}', 'GeneratedTime': datetime.datetime(2026, 9, 11, 13, 15, 19, tzinfo=tzutc())}}"
            ),
        ),
        ("Python's repr of base64", format!("{{'Content': '{base64}', 'GeneratedTime': '{time}'}}")),
        ("bytes", format!("b'{escaped}'\n")),
        ("a log line", format!("2026-09-11 13:15:20 INFO report={escaped}\n2026-09-11 13:15:21 INFO done\n")),
        ("text in text", format!("log: \"{{\\\"Content\\\": \\\"{}\\\"}}\"", csv.replace('\n', "\\\\n"))),
        (
            "certutil",
            format!(
                "-----BEGIN CERTIFICATE-----\r\n{}\r\n-----END CERTIFICATE-----\r\n",
                lines_of(&base64, 64, "\r\n")
            ),
        ),
        (
            "a terminal",
            format!(
                "[me@host ~]$ aws iam get-credential-report --output text --query Content | base64 -d\n{csv}\n[me@host ~]$ "
            ),
        ),
        (
            "a terminal, base64",
            format!(
                "$ aws iam get-credential-report\n{}\n$ ",
                serde_json::to_string_pretty(&answer).unwrap()
            ),
        ),
        ("PowerShell's list", format!("Content       : {base64}\nGeneratedTime : {time}\n")),
        ("grep's names of files", csv.lines().map(|line| format!("reports/a.csv:{line}\n")).collect()),
        ("a log of lines", csv.lines().map(|line| format!("2026-09-11T13:15:20.5Z INFO {line}\n")).collect()),
        ("a title", format!("Credential report of production\n\n{csv}")),
        ("three titles", format!("a\nb, c\nd\n{csv}")),
        ("PowerShell's type", format!("#TYPE System.Object\r\n{}", quoted(csv).replace('\n', "\r\n"))),
        ("lines in quotes", csv.lines().map(|line| format!("\"{line}\"\n")).collect()),
        ("JSON rows", serde_json::to_string(&rows).unwrap()),
        ("JSON rows, pretty", serde_json::to_string_pretty(&rows).unwrap()),
        ("JSON rows in a member", json!({"rows": rows, "columns": []}).to_string()),
        ("JSON rows, one a line", rows.iter().map(|row| format!("{row}\n")).collect()),
        ("JSON rows, not null", serde_json::to_string(&rows_as_json(csv, false)).unwrap()),
        ("JSON lines", serde_json::to_string(&lines).unwrap()),
        ("JSON lines, pretty", serde_json::to_string_pretty(&lines).unwrap()),
        (
            "log events",
            lines
                .iter()
                .map(|line| format!("{}\n", json!({"log": format!("{line}\n"), "stream": "stdout"})))
                .collect(),
        ),
        ("answers in a list", json!([answer]).to_string()),
        ("an answer in a member", json!({"123456789012": answer}).to_string()),
        ("JSON of bytes", json!({"Content": format!("b'{escaped}'")}).to_string()),
        ("JSON and a prompt", format!("{}\n[me@host ~]$ ", serde_json::to_string_pretty(&answer).unwrap())),
        ("no header", lines[1..].join("\n")),
        ("sorted", {
            let mut sorted = lines.clone();
            sorted.sort_unstable();
            sorted.join("\n")
        }),
        ("no header and a title", format!("title\n{}", lines[1..].join("\n"))),
        ("headings in words", csv.replacen(lines[0], &lines[0].replace('_', " ").to_uppercase(), 1)),
        ("hyphens", csv.replacen(lines[0], &lines[0].replace('_', "-"), 1)),
        (
            "names of Steampipe",
            csv.replacen("user,arn,", "user_name,user_arn,", 1).replacen("mfa_active", "mfa_enabled", 1),
        ),
        ("blanks behind commas", csv.replace(',', ", ")),
        ("blanks before commas", csv.replace(',', " ,")),
        ("null", csv.replace("N/A", "<null>")),
        ("totals", format!("{csv}\n{}\nTotal users: 5{}\n", ",".repeat(21), ",".repeat(21))),
        ("a note", format!("{csv}\n\"Exported by the audit team, 2026\"{}\n", ",".repeat(21))),
    ]
}

#[test]
fn a_report_is_found_in_whatever_stands_round_it() {
    let csv = report(&rows());
    let expected = found(csv.clone()).unwrap();
    for (form, text) in wrapped(&csv) {
        let of_form = found(text).unwrap_or_else(|error| panic!("{form}: {error}"));
        assert_eq!(of_form, expected, "{form}");
    }
}

#[test]
fn two_reports_are_found_in_one_file_of_any_form() {
    let [one, two] = [report(&rows()), report(&other_rows())];
    let expected = found(format!("{one}\n{two}")).unwrap();
    for ((form, one), (_, two)) in wrapped(&one).into_iter().zip(wrapped(&two)) {
        if form.contains("terminal")
            || form.starts_with("no header")
            || form.contains("a log of")
            || form.contains("grep")
            || ["sorted", "lines in quotes"].contains(&form)
        {
            continue;
        }
        let of_form = found(format!("{one}\n{two}")).unwrap_or_else(|error| panic!("{form}: {error}"));
        assert_eq!(of_form, expected, "{form}");
    }
}

#[test]
fn words_for_true_and_false_are_read_where_they_fill_a_column() {
    let csv = report(&rows());
    let expected = found(csv.clone()).unwrap();
    for [yes, no] in [
        ["t", "f"],
        ["1", "0"],
        ["y", "n"],
        ["Yes", "No"],
        ["WAHR", "FALSCH"],
        ["VRAI", "FAUX"],
        ["VERDADERO", "FALSO"],
        ["VERO", "FALSO"],
    ] {
        let text = csv.replace(",true", &format!(",{yes}")).replace(",false", &format!(",{no}"));
        assert_eq!(found(text).unwrap(), expected, "{yes}/{no}");
    }
    // Of a column with both nothing is judged, and it is told once.
    let text = csv.replacen(",false", ",0", 1);
    let mut session = common::open(&[file("a.csv", text)]);
    let warnings = common::overview_of(&mut session).warnings;
    assert_eq!(
        warnings.iter().filter(|warning| warning.kind == WarningKind::Flag).count(),
        1,
        "{warnings:?}"
    );
}

#[test]
fn one_reason_is_one_warning() {
    let many: Vec<Row> = (0..5000).map(|n| user(&format!("u{n:04}")).with("mfa_active", "maybe")).collect();
    let mut session = common::open(&[file("a.csv", report(&many))]);
    let overview = common::overview_of(&mut session);
    assert_eq!((overview.warnings.len(), overview.warnings[0].more), (1, 4999));
    assert_eq!(overview.warnings[0].more_lines, [3, 4, 5, 6]);
    let export = common::exported(&mut session, None);
    assert_eq!(
        (&warnings(&export)[0]["count"], &warnings(&export)[0]["lines"]),
        (&json!(5000), &json!([2, 3, 4, 5, 6]))
    );
}

#[test]
fn a_report_without_line_breaks_is_named() {
    let csv = report(&rows());
    let lines: Vec<&str> = csv.lines().collect();
    let body = lines[1..].join(" ");
    for text in [
        csv.replace('\n', " "),
        csv.replace('\n', ""),
        csv.replace('\n', "  "),
        format!("{}\n{body}", lines[0]),
    ] {
        let kind = found(text.clone()).unwrap_err().kind;
        assert_eq!(kind, credential_report_viewer::report::ReadErrorKind::LineBreaksLost, "{text}");
    }
}

/// Ways in which a good report is mangled without losing anything.
fn mangle(csv: &str, how: usize) -> String {
    let header = csv.lines().next().unwrap().to_owned();
    match how {
        0 => format!("title, of some kind\n{csv}"),
        1 => csv.replace(',', ", "),
        2 => csv.replacen(&header, &header.replace('_', " "), 1),
        3 => csv.replace(",true", ",t").replace(",false", ",f"),
        4 => format!("{csv}\nTotal: 5{}", ",".repeat(21)),
        5 => csv.replace(":00Z", ":00+0000"),
        6 => csv.replace('\n', "\r\n"),
        7 => format!(
            "{csv}\nUser name,Password,Console sign-in URL\nkondo,Kx7)wHq2(,https://1.signin.aws.amazon.com/console\n"
        ),
        8 => csv
            .lines()
            .map(|line| if line == header { format!("{line}\n") } else { format!("{line},,\n") })
            .collect(),
        9 => format!("#TYPE x\n{csv}"),
        _ => csv.replace(":00Z", ":00 +0000 UTC").replace('T', " "),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150,
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Two faults at once do no more harm than one.
    #[test]
    fn mixtures_of_faults_give_the_same_findings(first in 0_usize..10, second in 0_usize..10, form: Index) {
        let csv = report(&rows());
        let expected = found(csv.clone()).unwrap();
        let mangled = mangle(&mangle(&csv, first), second);
        prop_assert_eq!(&found(mangled.clone()).unwrap(), &expected, "{} and {}", first, second);
        let plain: Vec<_> = wrapped(&mangled).into_iter().filter(|(form, _)| {
            ["YAML", "text", "XML", "Python's repr", "bytes", "certutil", "a terminal", "a title"].contains(form)
        }).collect();
        // What is told by how a header begins needs AWS's own.
        if first != 2 && second != 2 && first != 1 && second != 1 && ![0, 9].contains(&first) && ![0, 9].contains(&second) {
            let (form, text) = &plain[form.index(plain.len())];
            prop_assert_eq!(&found(text.clone()).unwrap(), &expected, "{} and {} as {}", first, second, form);
        }
    }

    /// A file that breaks off is read as far as it goes, or named.
    #[test]
    fn a_file_cut_off_anywhere_is_read_or_named(form: Index, cut: Index, slice in select(vec![1_usize, 13, 1000, 100_000])) {
        let csv = report(&rows());
        let all = wrapped(&csv);
        let (form, text) = &all[form.index(all.len())];
        let cut = &text.as_bytes()[..cut.index(text.len() + 1)];
        let whole = read(cut, []);
        let pieces = read(cut, (0..cut.len()).step_by(slice));
        prop_assert!(whole == pieces, "{}: {:?} {:?}", form, whole, pieces);
        if let Err(error) = whole {
            for table in [&ENGLISH, &JAPANESE] {
                let mut told = String::new();
                write!(told, "{}{}", table.read_error(&error.kind), table.read_advice(&error.kind)).unwrap();
                prop_assert!(!told.is_empty());
            }
        }
    }
}
