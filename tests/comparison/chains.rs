//! What holds for every chain of reports.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use serde_json::Value;

use credential_report_viewer::session::{Mode, Request, Session};

use crate::common::{self, File, Row, columns, days_ago};
use crate::kit::*;

/// The same cases in every run.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(2016),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A cell of a column: mostly what AWS writes.
fn cell(column: &'static str) -> BoxedStrategy<String> {
    let time = prop_oneof![
        6 => select(vec![400_i64, 380, 200, 150, 100, 92, 60, 40, 20, 3]).prop_map(days_ago),
        3 => Just("N/A".to_owned()),
        1 => Just("?".to_owned()),
    ];
    match column {
        _ if column.ends_with("_active") || column.ends_with("_enabled") => prop_oneof![
            6 => Just("true".to_owned()),
            6 => Just("false".to_owned()),
            1 => Just("?".to_owned()),
            1 => Just("not_supported".to_owned()),
        ]
        .boxed(),
        "password_last_used" => prop_oneof![8 => time, 2 => Just("no_information".to_owned())].boxed(),
        _ => time.boxed(),
    }
}

/// The columns that change.
fn moving() -> Vec<&'static str> {
    columns().into_iter().filter(|name| !matches!(*name, "user" | "arn")).collect()
}

/// Users by place: who is there, under which name, and with which cells.
#[derive(Debug, Clone)]
enum Step {
    Set(usize, &'static str, String),
    SwapKeys(usize),
    Rename(usize, &'static str),
    Move(usize, &'static str),
    Delete(usize),
    Double(usize),
    Create(usize, &'static str),
}

const NAMES: [&str; 6] = ["ann", "Bob", "bot", "cat", "dan", "eve"];

fn step() -> impl Strategy<Value = Step> {
    let set = select(moving())
        .prop_flat_map(|column| (0..8_usize, Just(column), cell(column)))
        .prop_map(|(place, column, cell)| Step::Set(place, column, cell));
    let name = || select(NAMES.to_vec());
    prop_oneof![
        20 => set,
        2 => (0..8_usize).prop_map(Step::SwapKeys),
        1 => (0..8_usize, name()).prop_map(|(place, name)| Step::Rename(place, name)),
        1 => (0..8_usize, select(vec!["/", "/x/"])).prop_map(|(place, path)| Step::Move(place, path)),
        1 => (0..8_usize).prop_map(Step::Delete),
        1 => (0..8_usize).prop_map(Step::Double),
        3 => (0..8_usize, name()).prop_map(|(place, name)| Step::Create(place, name)),
    ]
}

impl Step {
    fn apply(&self, rows: &mut Vec<Row>) {
        let count = rows.len();
        let at = |place: &usize| place % count.max(1);
        if count == 0 && !matches!(self, Self::Create(..)) {
            return;
        }
        match self {
            Self::Set(place, column, cell) => {
                let row = &mut rows[at(place)];
                *row = row.clone().with(column, cell);
            }
            Self::SwapKeys(place) => {
                let row = rows[at(place)].clone();
                let mut swapped = row.clone();
                for end in ["active", "last_rotated", "last_used_date"] {
                    for (slot, other) in [(1, 2), (2, 1)] {
                        let cell = row.cell(&format!("access_key_{other}_{end}"));
                        swapped = swapped.with(&format!("access_key_{slot}_{end}"), cell);
                    }
                }
                rows[at(place)] = swapped;
            }
            Self::Rename(place, name) if !rows[at(place)].cell("arn").ends_with(":root") => {
                let row = rows[at(place)].clone();
                rows[at(place)] = crate::users::in_path(row, "/", name);
            }
            Self::Move(place, path) if !rows[at(place)].cell("arn").ends_with(":root") => {
                let row = rows[at(place)].clone();
                let name = row.cell("user").to_owned();
                rows[at(place)] = crate::users::in_path(row, path, &name);
            }
            Self::Rename(..) | Self::Move(..) => {}
            Self::Delete(place) => {
                rows.remove(at(place));
            }
            Self::Double(place) => {
                let row = rows[at(place)].clone();
                rows.push(row);
            }
            Self::Create(place, name) => {
                let place = if count == 0 { 0 } else { place % (count + 1) };
                rows.insert(place, old(name).key(1, &days_ago(150), "N/A"));
            }
        }
    }
}

/// Reports of one account, the oldest first, and which columns the second lacks.
fn chain() -> impl Strategy<Value = Vec<File>> {
    let steps = vec(vec(step(), 0..14), 2..4);
    let few = prop_oneof![3 => Just(None), 1 => select(moving()).prop_map(Some)];
    (steps, few).prop_map(|(steps, few)| {
        let mut rows = vec![
            quiet_root(),
            console("ann"),
            console("bob").with("mfa_active", "false"),
            old("bot").key(1, &days_ago(200), &days_ago(100)).key(2, &days_ago(150), "N/A"),
        ];
        let count = steps.len();
        let mut files = Vec::new();
        for (place, steps) in steps.iter().enumerate() {
            for step in steps {
                step.apply(&mut rows);
            }
            if rows.is_empty() {
                rows.push(quiet_root());
            }
            let lacking = few.filter(|_| place == 1);
            let columns: Vec<&str> =
                columns().into_iter().filter(|column| Some(*column) != lacking).collect();
            files.push(of_columns((count - 1 - place) as i64 * 30, &columns, &rows));
        }
        files
    })
}

/// The findings of a report alone, as uid and severity.
fn alone(file: &File) -> Vec<(String, String)> {
    let mut session = session(std::slice::from_ref(file));
    pairs(&common::exported(&mut session, None)["findings"], "severity", |_| true)
}

/// Of findings the uid and the severity, sorted.
fn pairs(findings: &Value, severity: &str, keep: impl Fn(&Value) -> bool) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let findings = findings.as_array().unwrap().iter().filter(|finding| keep(finding));
    let mut pairs: Vec<(String, String)> =
        findings.map(|finding| (text(&finding["uid"]), text(&finding[severity]))).collect();
    pairs.sort();
    pairs
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn every_finding_of_either_report_has_one_outcome(files in chain()) {
        let mut session = session(&files);
        let changes = export(&mut session);
        let account = only(&changes);
        let [.., then, now] = &files[..] else { unreachable!() };
        // Those that fail now, each once, are the findings of the current report.
        let fails = pairs(&account["findings"], "severity", |f| !f["severity"].is_null());
        prop_assert_eq!(&fails, &alone(now));
        let same = pairs(&common::exported(&mut session, None)["findings"], "severity", |_| true);
        prop_assert_eq!(&fails, &same);
        // Those that failed are as many as the earlier report has, and where they no longer fail, they
        // are its own; what is unchanged goes by its name of today.
        let failed = alone(then);
        let unchanged = pairs(&account["findings"], "severity_before", |f| f["outcome"] == "unchanged");
        let gone = pairs(&account["findings"], "severity_before", |f| f["severity"].is_null());
        prop_assert_eq!(unchanged.len() + gone.len(), failed.len());
        let mut rest: BTreeMap<&(String, String), usize> = BTreeMap::new();
        for finding in &failed {
            *rest.entry(finding).or_default() += 1;
        }
        for finding in &gone {
            let count = rest.get_mut(finding);
            prop_assert!(count.as_ref().is_some_and(|count| **count > 0), "{:?}", finding);
            *count.unwrap() -= 1;
        }
        // The findings carry the same.
        let export = common::exported(&mut session, None);
        for finding in export["findings"].as_array().unwrap() {
            let twin = account["findings"].as_array().unwrap().iter().find(|f| f["uid"] == finding["uid"] && !f["severity"].is_null());
            let twin = twin.unwrap();
            prop_assert_eq!((&finding["change"], &finding["cause"], &finding["since"]), (&twin["outcome"], &twin["cause"], &twin["since"]));
        }
    }

    #[test]
    fn the_order_of_rows_and_files_does_not_matter(files in chain(), turn: bool) {
        let text = |files: &[File]| export_text(&mut session(files), None);
        let mut other: Vec<File> = files.clone();
        if turn {
            other.reverse();
        } else {
            other.rotate_left(1);
        }
        prop_assert_eq!(text(&files), text(&other));
    }

    #[test]
    fn a_report_compared_with_itself_is_unchanged_but_for_time(files in chain()) {
        let file = &files[0];
        let again = File { name: file.name.replace("status_reports_2026", "status_reports_2027"), ..file.clone() };
        prop_assume!(again.name != file.name);
        let account = only(&export(&mut session(&[file.clone(), again]))).clone();
        let causes: BTreeSet<&str> = account["findings"].as_array().unwrap().iter().filter_map(|f| f["cause"].as_str()).collect();
        prop_assert!(causes.is_subset(&["aged", "time-passed", "newly-judged", "unexplained", "no-time", "unreadable", "missing-column", "not-supported"].into()), "{causes:?}");
        prop_assert!(account["users"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_chain_that_grows_is_compared_as_if_it_had_been_there_at_once() {
    let files: Vec<File> = (0..4)
        .map(|place| {
            let used = days_ago(100 + place * 10);
            at((3 - place) * 30, &[old("bot").key(1, &days_ago(300), &used), console("ann")])
        })
        .collect();
    let mut grown = Session::new();
    grown.handle(Request::SetPolicy(all_checks()));
    for file in &files {
        common::open_into(&mut grown, std::slice::from_ref(file), Mode::Add).unwrap();
    }
    let text = |session: &mut Session| export_text(session, None);
    assert_eq!(text(&mut grown), text(&mut session(&files)));
}
