//! Which reports are compared, and since when a finding fails.

use serde_json::json;

use credential_report_viewer::comparison::{Against, Outcome};
use credential_report_viewer::session::{Mode, Reply, Request, Session};

use crate::common::{self, File, days_ago};
use crate::kit::*;
use crate::users::in_path;

#[test]
fn since_follows_neighbouring_reports_and_ends_at_a_gap() {
    let fails = || old("bot").key(1, &days_ago(200), &days_ago(170));
    let passes = || old("bot").key(1, &days_ago(200), &days_ago(100)).with("access_key_1_active", "false");
    let unread = || old("bot").key(1, &days_ago(200), "?");
    let lacks = || old("bot");
    let moved = || {
        in_path(fails().key(1, "N/A", "N/A"), "/x/", "bot").with("access_key_1_active", "false").key(
            2,
            &days_ago(200),
            &days_ago(170),
        )
    };
    for (rows, since) in [
        (vec![fails(), fails(), fails(), fails()], 90),
        (vec![passes(), fails(), fails(), fails()], 60),
        (vec![fails(), passes(), fails(), fails()], 30),
        (vec![fails(), unread(), fails(), fails()], 30),
        (vec![fails(), lacks(), fails(), fails()], 30),
        (vec![fails(), moved(), moved(), fails()], 90),
    ] {
        let files: Vec<File> =
            rows.into_iter().zip([90, 60, 30, 0]).map(|(row, days)| at(days, &[row])).collect();
        let mut session = session(&files);
        let account = only(&export(&mut session)).clone();
        let found = finding(&account, "access-key-unused");
        assert_eq!((&found["outcome"], &found["since"]), (&json!("unchanged"), &json!(days_ago(since))));
        assert_eq!(account["trend"].as_array().unwrap().len(), 4);
        // In the findings it is the same.
        let findings = common::exported(&mut session, None);
        let found = finding(&findings, "access-key-unused");
        assert_eq!(
            (&found["change"], &found["since"], &found["cause"]),
            (&json!("unchanged"), &json!(days_ago(since)), &json!(null))
        );
    }
}

#[test]
fn a_person_chooses_with_which_report_to_compare() {
    let row =
        |active: &str| old("bot").key(1, &days_ago(200), &days_ago(170)).with("access_key_1_active", active);
    let files = [at(60, &[row("true")]), at(30, &[row("false")]), at(0, &[row("true")])];
    let mut session = session(&files);
    let outcome = |session: &mut Session| {
        let account = only(&export(session)).clone();
        let found = finding(&account, "access-key-unused").clone();
        (
            account["earlier"]["as_of"].as_str().unwrap().to_owned(),
            found["outcome"].clone(),
            found["since"].clone(),
        )
    };
    let previous = (days_ago(30), json!("new"), json!(null));
    assert_eq!(outcome(&mut session), previous);
    let Reply::Comparison(summary) = session.handle(Request::CompareWith(Against::Input(0))) else {
        panic!()
    };
    assert_eq!((summary.accounts[0].earlier.input, summary.total.of(Outcome::Unchanged)), (0, 4));
    // It fails on both sides, but right before the current one there is a gap.
    assert_eq!(outcome(&mut session), (days_ago(60), json!("unchanged"), json!(days_ago(0))));
    // The current report is no earlier one.
    session.handle(Request::CompareWith(Against::Input(2)));
    assert_eq!(outcome(&mut session), previous);
    let Reply::Comparison(summary) = session.handle(Request::CompareWith(Against::Nothing)) else { panic!() };
    assert_eq!((summary.accounts.len(), summary.without), (0, 1));
    assert_eq!(export(&mut session)["accounts"], json!([]));
    assert!(common::exported(&mut session, None)["findings"][0].get("change").is_none());
    // A new result forgets the choice.
    common::open_into(&mut session, &files, Mode::Replace).unwrap();
    assert_eq!(outcome(&mut session), previous);
}

#[test]
fn without_an_earlier_report_nothing_is_added() {
    let rows = [quiet_root(), console("ann").with("mfa_active", "false")];
    let mut one = session(&[at(0, &rows)]);
    let findings = common::exported(&mut one, None);
    assert!(findings["findings"].as_array().unwrap().iter().all(|f| f.get("change").is_none()));
    assert_eq!(export(&mut one)["accounts"], json!([]));
    // Rows without a known account are never compared.
    let nameless = |days: i64| of_columns(days, &["user", "mfa_active", "password_enabled"], &rows);
    assert_eq!(export(&mut session(&[nameless(APART), nameless(0)]))["accounts"], json!([]));
}
