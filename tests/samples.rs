//! Recorded reports of real accounts, read where they are.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use credential_report_viewer::report::{CellIssue, Warning, WarningKind};
use credential_report_viewer::session::{Request, Session};

use common::{samples, time};

/// The findings of a recorded report by check.
fn findings(name: &str, bytes: &[u8]) -> BTreeMap<String, u64> {
    let mut session: Session = common::open(&[common::file(name, bytes)]);
    session.handle(Request::SetAsOf(Some(time(samples::AS_OF))));
    let export = common::exported(&mut session, None);
    assert_eq!(export["as_of"], samples::AS_OF);
    assert_eq!(export["policy"]["preset"], "recommended");
    let by_check: BTreeMap<String, u64> =
        serde_json::from_value(export["summary"]["by_check"].clone()).unwrap();
    assert_eq!(export["findings"].as_array().unwrap().len() as u64, by_check.values().sum::<u64>());
    by_check
}

#[test]
fn the_recorded_reports_give_the_findings_that_were_worked_out_by_hand() {
    let Some(samples) = samples::all() else { return };
    let totals: Vec<(&str, u64)> =
        samples.iter().map(|(name, bytes)| (*name, findings(name, bytes).values().sum())).collect();
    assert_eq!(
        totals,
        [
            ("mixed-account-2016.csv", 35),
            ("old-root-with-key-2016.csv", 23),
            ("upper-case-booleans-2099.csv", 1)
        ]
    );
}

#[test]
fn every_cell_of_a_recorded_report_is_read() {
    let Some(samples) = samples::all() else { return };
    for (name, bytes) in samples {
        let mut session = common::open(&[common::file(name, bytes.clone())]);
        session.handle(Request::SetAsOf(Some(time("2100-01-01T00:00:00Z"))));
        let overview = common::overview_of(&mut session);
        assert_eq!(overview.inputs[0].broken_rows, 0, "{name}");
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
        assert_eq!(overview.users as usize, lines - 1, "{name}");
        // Their authors edited some: a row stands twice, a key shows a use from before it was made.
        let unread = overview.warnings.iter().filter(|warning| {
            !matches!(
                warning.kind,
                WarningKind::Time(CellIssue::BeforeCreation) | WarningKind::RepeatedArn { .. }
            )
        });
        assert_eq!(unread.collect::<Vec<_>>(), Vec::<&Warning>::new(), "{name}");
    }
}

#[test]
fn every_check_can_be_judged_on_a_recorded_report() {
    let Some(samples) = samples::all() else { return };
    for (name, bytes) in samples {
        let mut session = common::open(&[common::file(name, bytes)]);
        session.handle(Request::SetAsOf(Some(time(samples::AS_OF))));
        assert_eq!(common::overview_of(&mut session).not_judged, [], "{name}");
    }
}
