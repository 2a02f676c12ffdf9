//! The sample that comes with the page: every outcome of comparing its two reports occurs.
#![allow(clippy::unwrap_used)]

use credential_report_viewer::comparison::{Cause, ChangeKind, Outcome};
use credential_report_viewer::review::State;
use credential_report_viewer::session::{Mode, Reply, Request, Session};

mod common;

use common::{file, open_into};

#[test]
fn every_outcome_occurs_in_the_sample() {
    let files = [
        file("status_reports_2026-03-11T13-15-19+00-00.csv", include_str!("../src/app/sample_earlier.csv")),
        file("status_reports_2026-09-11T13-15-19+00-00.csv", include_str!("../src/app/sample.csv")),
        file("sample-owners.csv", include_str!("../src/app/sample_owners.csv")),
        file("sample-decisions.json", include_str!("../src/app/sample_decisions.json")),
    ];
    let mut session = Session::new();
    let overview = open_into(&mut session, &files, Mode::Replace).unwrap();
    let owners = overview.owners.unwrap();
    assert_eq!((owners.matched, owners.without_owner(), owners.leavers), (13, 2, 2));
    assert_eq!(owners.issues_total, 0);
    let states = [State::InForce, State::Done, State::Overdue, State::Open];
    assert_eq!(states.map(|state| overview.review.in_state(state)), [1, 2, 1, 1]);
    assert_eq!((overview.review.decisions, overview.review.accepted), (5, 1));
    let Reply::Comparison(summary) = session.handle(Request::Comparison) else { panic!() };
    for outcome in Outcome::ALL {
        assert!(summary.total.of(outcome) > 0, "{outcome:?}");
    }
    for cause in [Cause::Created, Cause::Aged, Cause::Changed, Cause::KeyReplaced, Cause::UsedAgain] {
        assert!(summary.total.of_cause(cause) > 0, "{cause:?}");
    }
    for change in [ChangeKind::Added, ChangeKind::Deleted, ChangeKind::Changed] {
        assert!(summary.total.of_change(change) > 0, "{change:?}");
    }
    let trend = &summary.accounts[0].trend;
    assert!((180..190).contains(&trend[0].as_of.age_days(trend[1].as_of)));
}
