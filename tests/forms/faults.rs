//! Every kind of fault, brought into random reports: the findings stay, or the place is named.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;

use credential_report_viewer::report::{CellIssue, ReadErrorKind};

use super::*;

/// A time of whole minutes, after the 12th of its month: no way of writing it is ambiguous.
fn minute() -> impl Strategy<Value = String> {
    (2010_u16..2026, 1_u8..=12, 13_u8..=28, 0_u8..24, 0_u8..60).prop_map(
        |(year, month, day, hour, minute)| format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z"),
    )
}

/// A user as AWS reports it.
fn any_row() -> impl Strategy<Value = Row> {
    (vec(minute(), 6), any::<[bool; 5]>()).prop_map(|(mut times, [password, mfa, first, second, used])| {
        times.sort_unstable();
        let mut row = user("u").with("user_creation_time", &times[0]);
        if password {
            row = row
                .with("password_enabled", "true")
                .with("password_last_changed", &times[1])
                .with("password_last_used", if used { &times[2] } else { "no_information" });
        }
        row = row.with("mfa_active", if mfa { "true" } else { "false" });
        if first {
            row = row.key(1, &times[3], if used { &times[4] } else { "N/A" });
        }
        if second {
            row = row.with("access_key_2_last_rotated", &times[5]);
        }
        row
    })
}

/// Reports of a few users, each with root and with both words of each pair of booleans somewhere.
fn any_report() -> impl Strategy<Value = Vec<Row>> {
    vec(any_row(), 2..7).prop_map(|rows| {
        let named = |(number, row): (usize, Row)| {
            let name = ["ann", "bot_1", "-dash", "=cmd@b", "zoe+x", "c.d", "e-f"][number];
            row.with("user", name).with("arn", &format!("arn:aws:iam::{}:user/{name}", common::ACCOUNT))
        };
        let root = root()
            .with("user_creation_time", "2016-05-16T18:13:00Z")
            .with("password_last_changed", "2016-05-16T18:13:00Z");
        std::iter::once(root).chain(rows.into_iter().enumerate().map(named)).collect()
    })
}

/// What a person is told of a file, beside its findings.
type Told = fn(&[Warning]) -> bool;

/// A kind of fault of which nothing is lost.
struct Fault {
    name: &'static str,
    /// The report with the fault, at a place that the number chooses.
    bring: fn(&str, usize) -> String,
    told: Told,
}

const fn fault(name: &'static str, bring: fn(&str, usize) -> String, told: Told) -> Fault {
    Fault { name, bring, told }
}

/// The rows between which something is put, the header first.
fn put_between(csv: &str, place: usize, line: &str) -> String {
    let mut lines: Vec<&str> = csv.lines().collect();
    lines.insert(1 + place % lines.len(), line);
    lines.join("\n")
}

/// A report without its header, or with the header behind some of its rows.
fn header_moved(csv: &str, place: usize) -> String {
    let mut lines: Vec<&str> = csv.lines().collect();
    lines.rotate_left(1);
    match place % lines.len() {
        0 => lines.truncate(lines.len() - 1),
        behind => lines.swap(behind, csv.lines().count() - 1),
    }
    lines.join("\n")
}

/// The words for true and false of other places.
const PAIRS: [[&str; 2]; 8] = [
    ["t", "f"],
    ["1", "0"],
    ["y", "n"],
    ["yes", "no"],
    ["WAHR", "FALSCH"],
    ["VRAI", "FAUX"],
    ["VERDADERO", "FALSO"],
    ["VERO", "FALSO"],
];

/// The times of a report, each written another way.
fn times_as(csv: &str, way: usize) -> String {
    match way % 8 {
        0 => csv.replace(":00Z", ":00+00"),
        1 => csv.replace(":00Z", ":00+0000"),
        2 => respelt(csv, |y, m, d, clock| format!("{y}-{m:02}-{d:02} {clock}:00 +0000 UTC")),
        3 => respelt(csv, |y, m, d, clock| format!("{y}{m:02}{d:02}T{}00Z", clock.replace(':', ""))),
        4 => respelt(csv, |y, m, d, clock| format!("{d}.{m}.{y} {clock}")),
        5 => respelt(csv, |y, m, d, clock| format!("{y}年{m}月{d}日 {clock}")),
        6 => respelt(csv, |y, m, d, clock| format!("{y}-{m:02}-{d:02}T{clock}:00.123456789Z")),
        _ => csv.replace(":00Z", ":00+00:00"),
    }
}

/// Whether one warning, and nothing else, is told.
fn one(warnings: &[Warning], is: fn(&WarningKind) -> bool) -> bool {
    warnings.len() == 1 && is(&warnings[0].kind)
}

/// All the kinds of which nothing is lost, as the specification lists them.
const FAULTS: [Fault; 13] = [
    fault(
        "lines before the header",
        |csv, at| {
            let lines = ["#TYPE System.Object", "Credential report, Tokyo", "$ cat report.csv", "a\nb, c\nd"];
            format!("{}\n{csv}", lines[at % lines.len()])
        },
        |warnings| one(warnings, |kind| matches!(kind, WarningKind::LinesBeforeHeader { .. })),
    ),
    fault("the separator's line", |csv, _| format!("sep=,\n{csv}"), <[_]>::is_empty),
    fault("empty lines", |csv, at| put_between(&format!("\n\n{csv}"), 2 + at, "\n"), <[_]>::is_empty),
    fault("no header in first place", header_moved, |warnings| {
        one(warnings, |kind| *kind == WarningKind::WithoutHeader)
    }),
    fault(
        "headings in words",
        |csv, way| {
            let header = columns().join(",");
            let spelt = match way % 4 {
                0 => header.replace('_', " ").to_uppercase(),
                1 => header.replace('_', "-"),
                2 => header.replacen("user,arn", "user_name,user_arn", 1).replacen(
                    "mfa_active",
                    "mfa_enabled",
                    1,
                ),
                _ => header.replace(',', " , "),
            };
            csv.replacen(&header, &spelt, 1)
        },
        <[_]>::is_empty,
    ),
    fault(
        "blanks round the cells",
        |csv, way| csv.replace(',', [", ", " ,", "\u{a0},", " ,  "][way % 4]),
        <[_]>::is_empty,
    ),
    fault(
        "words of other places for true and false",
        |csv, pair| {
            let [yes, no] = PAIRS[pair % PAIRS.len()];
            csv.replace(",true", &format!(",{yes}")).replace(",false", &format!(",{no}"))
        },
        |warnings| warnings.iter().all(|told| matches!(told.kind, WarningKind::ForeignFlags { .. })),
    ),
    fault("times of other tools", times_as, <[_]>::is_empty),
    fault(
        "rows that are no users",
        |csv, place| {
            let notes = ["Total users: 5", "\"Exported by the audit team, 2026\"", "Σ (all)"];
            put_between(csv, place, &format!("{}{}", notes[place % 3], ",".repeat(21)))
        },
        |warnings| one(warnings, |kind| *kind == WarningKind::NotAUser),
    ),
    fault(
        "commas alone",
        |csv, place| put_between(csv, place, &",".repeat(21)),
        |warnings| warnings.len() <= 1,
    ),
    fault(
        "more cells than columns",
        |csv, place| {
            let mut lines: Vec<String> = csv.lines().map(str::to_owned).collect();
            let row = 1 + place % (lines.len() - 1);
            lines[row] += ",x,y";
            lines.join("\n")
        },
        |warnings| one(warnings, |kind| matches!(kind, WarningKind::SurplusCells { .. })),
    ),
    fault(
        "an index column",
        |csv, _| {
            let number = |(row, line): (usize, &str)| match row {
                0 => format!(",{line}"),
                row => format!("{row},{line}"),
            };
            csv.lines().enumerate().map(number).collect::<Vec<_>>().join("\n")
        },
        |warnings| warnings.len() <= 1,
    ),
    fault("empty cells for N/A", |csv, _| csv.replace("N/A", ""), <[_]>::is_empty),
];

/// A session with a file, its export, and what is told of the file.
fn opened(text: &str) -> Result<(Value, Vec<Warning>), ReadError> {
    let mut session = Session::new();
    let overview = common::open_into(&mut session, &[file("a.csv", text)], Mode::Replace)?;
    session.handle(Request::SetAsOf(Some(time(AS_OF))));
    Ok((common::exported(&mut session, None), overview.warnings))
}

/// The findings about users of other names; what is said of the account rests on all rows.
fn about_others<'a>(export: &'a Value, name: &str) -> Vec<&'a Value> {
    let is_of_other = |user: &Value| user.is_string() && user != name;
    export["findings"].as_array().unwrap().iter().filter(|finding| is_of_other(&finding["user"])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 40,
        rng_seed: RngSeed::Fixed(2027),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Every such fault leaves the findings as they were, and tells what it has to.
    #[test]
    fn a_fault_costs_no_finding(rows in any_report(), place in 0_usize..1000) {
        let csv = report(&rows);
        let (plain, warnings) = opened(&csv).unwrap();
        prop_assert_eq!(&warnings, &[], "{}", csv);
        for fault in &FAULTS {
            let text = (fault.bring)(&csv, place);
            let (export, warnings) = opened(&text).map_err(|error| {
                TestCaseError::fail(format!("{}: {error}\n{text}", fault.name))
            })?;
            prop_assert_eq!(verdicts(&export), verdicts(&plain), "{}\n{}", fault.name, text);
            prop_assert_eq!(&export["summary"]["users"], &plain["summary"]["users"], "{}\n{}", fault.name, text);
            prop_assert!((fault.told)(&warnings), "{}: {:?}\n{}", fault.name, warnings, text);
        }
    }

    /// A report whose line breaks were lost is named so, whatever stands in their place.
    #[test]
    fn lost_line_breaks_are_named(rows in any_report(), blank in select(vec!["", " ", "  ", "\t"])) {
        let kind = opened(&report(&rows).replace('\n', blank)).unwrap_err().kind;
        prop_assert_eq!(kind, ReadErrorKind::LineBreaksLost);
    }

    /// A cell that is no time costs no other user a finding; it is named at its place, and no finding
    /// rests on it.
    #[test]
    fn a_cell_that_is_no_time_is_named_and_not_judged(
        rows in any_report(),
        row: Index,
        column: Index,
        (cell, issue) in select(vec![
            ("1970-01-01T00:00:00Z", CellIssue::Impossible),
            ("0001-01-01T00:00:00Z", CellIssue::Impossible),
            ("2005-12-31T23:59:59Z", CellIssue::Impossible),
            ("5/6/2026 6:13 PM", CellIssue::Ambiguous),
            ("1767607200", CellIssue::Number),
            ("46027.5", CellIssue::Number),
            ("yesterday", CellIssue::Unreadable),
            ("2026-02-30T00:00:00Z", CellIssue::Unreadable),
        ]),
    ) {
        let (plain, _) = opened(&report(&rows)).unwrap();
        let times: Vec<&str> = columns()
            .into_iter()
            .filter(|name| ["_time", "_last_changed", "_last_used", "_last_rotated", "_used_date"].iter().any(|end| name.ends_with(end)))
            .collect();
        let column = times[column.index(times.len())];
        let at = 1 + row.index(rows.len() - 1);
        let name = rows[at].cell("user").to_owned();
        let mut rows = rows;
        rows[at] = rows[at].clone().with(column, cell);
        let (export, warnings) = opened(&report(&rows)).unwrap();
        prop_assert_eq!(about_others(&export, &name), about_others(&plain, &name));
        let place = (Some(u32::try_from(at).unwrap() + 2), Some(column));
        prop_assert!(
            warnings.iter().any(|told| (told.line, told.column.as_deref()) == place
                && told.kind == WarningKind::Time(issue)),
            "{:?}: {:?}", place, warnings
        );
        for finding in export["findings"].as_array().unwrap() {
            if finding["user"] == *name && finding["evidence"]["age_days"].is_number() {
                prop_assert_ne!(&finding["evidence"]["cells"][column], cell, "{}", finding);
            }
        }
    }

    /// A row with too few cells is lost alone, and its line is told.
    #[test]
    fn a_broken_row_is_lost_alone(rows in any_report(), row: Index, cells in 2_usize..15) {
        let csv = report(&rows);
        let (plain, _) = opened(&csv).unwrap();
        let at = 1 + row.index(rows.len() - 1);
        let name = rows[at].cell("user").to_owned();
        let mut lines: Vec<String> = csv.lines().map(str::to_owned).collect();
        lines[at + 1] = lines[at + 1].split(',').take(cells).collect::<Vec<_>>().join(",");
        let (export, warnings) = opened(&lines.join("\n")).unwrap();
        prop_assert_eq!(about_others(&export, &name), about_others(&plain, &name));
        prop_assert!(export["findings"].as_array().unwrap().iter().all(|finding| finding["user"] != *name));
        prop_assert_eq!(warnings.len(), 1);
        prop_assert_eq!(warnings[0].line, Some(u32::try_from(at).unwrap() + 2));
        prop_assert_eq!(&warnings[0].kind, &WarningKind::CellCount { found: u32::try_from(cells).unwrap(), expected: 22 });
    }

    /// The same fault in many rows is one warning with its number.
    #[test]
    fn a_fault_of_many_rows_is_told_once(many in 2_usize..300, word in select(vec!["maybe", "-", "2"])) {
        let rows: Vec<Row> =
            (0..many).map(|number| user(&format!("u{number}")).with("mfa_active", word)).collect();
        let (_, warnings) = opened(&report(&rows)).unwrap();
        prop_assert_eq!(warnings.len(), 1);
        prop_assert_eq!(warnings[0].more as usize, many - 1);
    }
}
