//! The made-up reports, each with the findings that are expected of it, to the last byte: an export
//! without the texts that are the same in all of them, and without the version.
//!
//! `BLESS=1 cargo test --test reports` writes what is found as what is expected; look at the
//! difference before you commit it.
#![allow(clippy::unwrap_used)]

mod common;

use credential_report_viewer::assessment::CheckTally;
use credential_report_viewer::checks;

use common::fixtures;

/// An export without the texts of the checks, the limits, and the version, a line each.
fn without_texts(export: &str) -> String {
    let emptied = [("  \"tool\": {", "{},"), ("  \"checks\": {", "{},"), ("  \"limits\": [", "[]")];
    let line = |line: &str| match emptied.iter().find(|(start, _)| line.starts_with(start)) {
        Some((start, empty)) => format!("{}{empty}\n", &start[..start.len() - 1]),
        None => format!("{line}\n"),
    };
    export.lines().map(line).collect()
}

#[test]
fn every_report_gives_the_findings_that_are_expected() {
    let bless = std::env::var_os("BLESS").is_some_and(|value| !value.is_empty() && value != "0");
    let mut unexpected = Vec::new();
    for fixture in fixtures::all() {
        let found = without_texts(&common::export(&mut fixture.open(), None));
        if bless {
            std::fs::write(fixture.expected(), found).unwrap();
            continue;
        }
        let expected = std::fs::read_to_string(fixture.expected()).unwrap_or_default();
        if found != expected {
            let differing = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
            let (found, expected) = differing.unwrap_or(("one ends early", ""));
            unexpected.push(format!("{}:\nfound    {found}\nexpected {expected}", fixture.name()));
        }
    }
    assert!(unexpected.is_empty(), "{}", unexpected.join("\n"));
}

#[test]
fn nothing_is_expected_of_a_report_that_is_gone() {
    let known: Vec<_> = fixtures::all().iter().map(fixtures::Fixture::expected).collect();
    for entry in std::fs::read_dir(fixtures::folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().ends_with(".findings.json") {
            assert!(known.contains(&path), "{}", path.display());
        }
    }
}

#[test]
fn every_check_fails_on_some_report_and_passes_on_some_other() {
    let tallies: Vec<Vec<CheckTally>> =
        fixtures::all().iter().map(|fixture| common::overview_of(&mut fixture.open()).checks).collect();
    for id in checks::ids() {
        let of_check = || tallies.iter().map(|tallies| tallies[id.index()]);
        assert!(of_check().any(|tally| tally.failed > 0), "{id:?} fails nowhere");
        assert!(of_check().any(|tally| tally.failed == 0 && tally.passed > 0), "{id:?} passes nowhere");
        assert!(of_check().any(|tally| tally.not_judged > 0), "{id:?} is judged everywhere");
    }
}

#[test]
fn the_counts_of_a_check_are_those_of_its_subjects() {
    for fixture in fixtures::all() {
        let overview = common::overview_of(&mut fixture.open());
        let roots = u64::from(overview.kinds[0]);
        let users = u64::from(overview.users) - roots;
        for tally in overview.checks {
            let subjects = tally.passed + tally.failed + tally.not_applicable + tally.not_judged;
            let check = tally.check.check();
            let rows = if check.root { roots } else { users };
            let expected = match check.rule {
                checks::Rule::Account(_) => overview.accounts.len() as u64,
                checks::Rule::User(_) | checks::Rule::Password(_) => rows,
                checks::Rule::AccessKey(_) | checks::Rule::Certificate(_) => 2 * rows,
            };
            let expected = if tally.on { expected } else { 0 };
            assert_eq!(subjects, expected, "{:?} in {}", tally.check, fixture.name());
        }
    }
}
