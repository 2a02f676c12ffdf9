//! How decisions stand: days, bindings, what is done, what is accepted.

use credential_report_viewer::checks::{BySeverity, Preset};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::review::{Fault, State};
use serde_json::{Value, json};

use crate::support::{HEADER, Judged, decision, read, report};

/// A user with a password and two old keys, one of them inactive; two certificates, one active.
const ANN: &str = "ann,arn:aws:iam::111122223333:user/ann,2020-01-01T00:00:00Z,true,N/A,2020-01-02T00:00:00Z,N/A,\
    false,true,2020-02-01T00:00:00Z,N/A,false,2020-03-01T00:00:00Z,N/A,true,2020-04-01T00:00:00Z,false,\
    2020-05-01T00:00:00Z\n";
const ROOT: &str = "<root_account>,arn:aws:iam::111122223333:root,2019-01-01T00:00:00Z,not_supported,\
    2026-11-20T00:00:00Z,not_supported,not_supported,false,true,2019-02-01T00:00:00Z,N/A,false,N/A,N/A,false,\
    N/A,false,N/A\n";

fn judged_at(rows: &str, as_of: &str, generated: &str, decisions: &[Value]) -> Judged {
    let reports = vec![report(&format!("{HEADER}{rows}"), generated)];
    Judged::new(reports, Policy::default(), as_of, read(decisions))
}

fn judged(rows: &str, as_of: &str, decisions: &[Value]) -> Judged {
    judged_at(rows, as_of, "2026-11-26T00:00:00Z", decisions)
}

fn state(rows: &str, as_of: &str, changes: &Value) -> State {
    judged(rows, as_of, &[decision(changes)]).state()
}

#[test]
fn the_last_day_counts_to_its_last_second() {
    for (as_of, keep, work) in [
        ("2026-11-24T23:59:59Z", State::NotYet, State::NotYet),
        ("2026-11-25T00:00:00Z", State::InForce, State::Open),
        ("2027-03-30T23:59:59Z", State::InForce, State::Open),
        ("2027-03-31T00:00:00Z", State::Soon, State::Open),
        ("2027-04-29T00:00:00Z", State::Soon, State::Open),
        ("2027-04-29T23:59:59Z", State::Soon, State::Open),
        ("2027-04-30T00:00:00Z", State::Soon, State::Open),
        ("2027-04-30T23:59:59Z", State::Soon, State::Open),
        ("2027-05-01T00:00:00Z", State::Expired, State::Overdue),
        ("2027-05-01T23:59:59Z", State::Expired, State::Overdue),
    ] {
        assert_eq!(state(ANN, as_of, &json!({})), keep, "{as_of}");
        for action in ["disable", "delete", "add-mfa", "ask"] {
            assert_eq!(state(ANN, as_of, &json!({"action": action})), work, "{action} {as_of}");
        }
        let accepts = judged(ANN, as_of, &[decision(&json!({}))]).assessment.accepted_total() > 0;
        assert_eq!(accepts, keep.accepts(), "{as_of}");
    }
}

#[test]
fn a_decision_binds_to_user_and_credential() {
    let key = |created: &str| json!({"credential": {"kind": "access-key", "created": created}});
    let now = "2026-12-01T00:00:00Z";
    for (changes, expected) in [
        (json!({"user_created": "2020-01-01T00:00:01Z"}), State::MatchesNothing),
        (json!({"user_created": null}), State::InForce),
        (json!({"arn": "arn:aws:iam::111122223333:user/ANN"}), State::InForce),
        (json!({"arn": "arn:aws:iam::111122223333:user/an"}), State::MatchesNothing),
        (json!({"arn": "arn:aws:iam::111122223333:user/ann2"}), State::MatchesNothing),
        (json!({"arn": "arn:aws:iam::111122223333:user/team/ann"}), State::MatchesNothing),
        (json!({"arn": "arn:aws-cn:iam::111122223333:user/ann"}), State::MatchesNothing),
        (json!({"arn": "arn:aws:iam::111122223333:root", "user_created": null}), State::MatchesNothing),
        (
            json!({"account": "444455556666", "arn": "arn:aws:iam::444455556666:user/ann"}),
            State::AccountNotLoaded,
        ),
        (key("2020-02-01T00:00:00Z"), State::InForce),
        (key("2020-02-01T00:00:01Z"), State::MatchesNothing),
        (key("2020-04-01T00:00:00Z"), State::MatchesNothing),
        (json!({"credential": {"kind": "certificate", "created": "2020-04-01T00:00:00Z"}}), State::InForce),
        (json!({"credential": {"kind": "password"}}), State::InForce),
        (
            json!({"credential": {"kind": "access-key", "created": "2020-02-01T00:00:00Z", "ordinal": 2}}),
            State::MatchesNothing,
        ),
    ] {
        assert_eq!(state(ANN, now, &changes), expected, "{changes}");
    }
    // The path is compared exactly, the name behind it is not.
    let moved = ANN.replace(":user/ann", ":user/Team/Ann");
    let at = |arn: &str| state(&moved, now, &json!({"arn": format!("arn:aws:iam::111122223333:user/{arn}")}));
    assert_eq!((at("Team/ann"), at("team/Ann")), (State::InForce, State::MatchesNothing));
}

#[test]
fn of_two_of_one_second_the_ordinal_tells() {
    let twins = ANN
        .replace("2020-03-01T00:00:00Z", "2020-02-01T00:00:00Z")
        .replace("N/A,false,2020-02", "N/A,true,2020-02");
    let now = "2026-12-01T00:00:00Z";
    let key = |ordinal: Option<u8>| {
        let mut credential = json!({"kind": "access-key", "created": "2020-02-01T00:00:00Z"});
        if let Some(ordinal) = ordinal {
            credential["ordinal"] = ordinal.into();
        }
        decision(&json!({"credential": credential, "checks": ["access-key-not-rotated"]}))
    };
    assert_eq!(judged(&twins, now, &[key(None)]).state(), State::MatchesNothing);
    for (ordinal, ending) in [(1, "Z"), (2, "#2")] {
        let judged = judged(&twins, now, &[key(Some(ordinal))]);
        assert_eq!(judged.state(), State::InForce);
        let (_, accepted) = judged.uids();
        assert_eq!(accepted.len(), 1);
        assert!(accepted[0].ends_with(ending), "{accepted:?}");
    }
}

#[test]
fn what_the_report_shows_is_done() {
    let now = "2026-12-01T00:00:00Z";
    let key = |created: &str| json!({"kind": "access-key", "created": created});
    let certificate = |created: &str| json!({"kind": "certificate", "created": created});
    let (active, inactive, gone) =
        (key("2020-02-01T00:00:00Z"), key("2020-03-01T00:00:00Z"), key("2021-01-01T00:00:00Z"));
    for (action, credential, expected) in [
        ("disable", &active, State::Open),
        ("disable", &inactive, State::Done),
        ("disable", &gone, State::Done),
        ("rotate", &active, State::Open),
        ("rotate", &inactive, State::Done),
        ("rotate", &gone, State::Done),
        ("delete", &active, State::Open),
        ("delete", &inactive, State::Open),
        ("delete", &gone, State::Done),
        ("ask", &gone, State::MatchesNothing),
        ("keep", &gone, State::MatchesNothing),
        ("keep", &inactive, State::InForce),
        ("disable", &certificate("2020-04-01T00:00:00Z"), State::Open),
        ("disable", &certificate("2020-05-01T00:00:00Z"), State::Done),
        ("disable", &json!({"kind": "password"}), State::Open),
        ("delete", &json!({"kind": "password"}), State::Open),
    ] {
        let changes = json!({"action": action, "credential": credential});
        assert_eq!(state(ANN, now, &changes), expected, "{changes}");
    }
    let off = ANN
        .replace("Z,true,N/A", "Z,false,N/A")
        .replace("false,true,2020-02", "false,false,2020-02")
        .replace("N/A,true,2020-04", "N/A,false,2020-04");
    for (rows, action, expected) in [
        (ANN, "disable", State::Open),
        (&off, "disable", State::Done),
        (&off, "delete", State::Open),
        (&off, "add-mfa", State::Done),
        (&ANN.replace("N/A,false,true", "N/A,true,true"), "add-mfa", State::Done),
        (ROOT, "disable", State::Done),
        (ROOT, "ask", State::MatchesNothing),
        // Where a column is missing nobody knows.
        (&off.replace("false,2020-05", "?,2020-05"), "disable", State::Open),
        // Somebody else of the same name.
        (&ANN.replace("2020-01-01T00:00:00Z", "2024-01-01T00:00:00Z"), "delete", State::Done),
        (&ANN.replace("2020-01-01T00:00:00Z", "?"), "delete", State::MatchesNothing),
    ] {
        assert_eq!(state(rows, now, &json!({"action": action})), expected, "{action} {rows}");
    }
    for kind in ["disable", "delete"] {
        assert_eq!(
            state(&off, now, &json!({"action": kind, "credential": {"kind": "password"}})),
            State::Done
        );
    }
}

#[test]
fn a_report_from_before_says_nothing_of_what_is_not_in_it() {
    let gone = json!({"action": "delete", "arn": "arn:aws:iam::111122223333:user/misspelt"});
    for (generated, expected) in [
        ("2026-11-24T23:59:59Z", State::MatchesNothing),
        ("2026-11-25T00:00:00Z", State::Done),
        ("2026-11-26T00:00:00Z", State::Done),
    ] {
        let judged = judged_at(ANN, "2026-12-01T00:00:00Z", generated, &[decision(&gone)]);
        assert_eq!(judged.state(), expected, "{generated}");
    }
    // What is in it is in it.
    let inactive =
        json!({"action": "disable", "credential": {"kind": "access-key", "created": "2020-03-01T00:00:00Z"}});
    let judged = judged_at(ANN, "2026-12-01T00:00:00Z", "2026-11-24T00:00:00Z", &[decision(&inactive)]);
    assert_eq!(judged.state(), State::Done);
}

#[test]
fn a_decision_counts_no_longer_than_the_policy_lets_it() {
    let reports = || vec![report(&format!("{HEADER}{ANN}"), "2026-11-26T00:00:00Z")];
    let year = decision(&json!({"until": "2027-11-25"}));
    let longer = decision(&json!({"id": "2", "until": "2027-11-26"}));
    let with = |policy: Policy| {
        Judged::new(reports(), policy, "2026-12-01T00:00:00Z", read(&[year.clone(), longer.clone()]))
    };
    let judged = with(Policy::default());
    assert_eq!(judged.states(), ["in-force", "invalid"]);
    let invalid = judged.review.invalid(&judged.decisions, 1).unwrap();
    assert_eq!(invalid.fault, Fault::TooLong { days: 366, most: 365 });
    assert_eq!(invalid.place.unwrap().index, Some(1));
    let mut policy = Policy::default();
    policy.set_decision_max_days("366").unwrap();
    assert_eq!(with(policy).states(), ["in-force", "in-force"]);
}

#[test]
fn what_is_accepted_leaves_the_totals_and_nothing_else_does() {
    let now = "2026-12-01T00:00:00Z";
    let rows = format!("{ROOT}{ANN}");
    let none = judged(&rows, now, &[]);
    let (all, _) = none.uids();
    let uids = |changes: &[Value]| {
        let decisions: Vec<Value> = (0..)
            .zip(changes)
            .map(|(id, changes)| {
                let mut changes = changes.clone();
                changes["id"] = format!("{id}").into();
                decision(&changes)
            })
            .collect();
        let judged = judged(&rows, now, &decisions);
        let (open, accepted) = judged.uids();
        let totals = judged.assessment.totals();
        assert_eq!(totals.by_severity.total(), open.len() as u64);
        assert_eq!(judged.assessment.accepted_total(), accepted.len() as u64);
        let failed: u64 = totals.checks.iter().map(|tally| tally.failed).sum();
        let of_areas: u64 = totals.by_area.iter().map(BySeverity::total).sum();
        let of_accounts: u64 =
            judged.assessment.accounts(&judged.inputs).iter().map(|a| a.by_severity.total()).sum();
        assert_eq!(
            (failed, of_areas, of_accounts),
            (open.len() as u64, open.len() as u64, open.len() as u64)
        );
        let mut both = [open, accepted.clone()].concat();
        both.sort_unstable();
        assert_eq!(both, all);
        accepted
    };
    let root = json!({"arn": "arn:aws:iam::111122223333:root", "user_created": "2019-01-01T00:00:00Z"});
    let account = json!({"scope": "account", "arn": null, "user_created": null});
    assert!(uids(&[json!({})]).iter().all(|uid| uid.contains("user/ann")));
    assert!(uids(std::slice::from_ref(&root)).iter().all(|uid| uid.starts_with("root-")));
    assert_eq!(
        uids(std::slice::from_ref(&account)),
        ["password-expiry-not-set/arn:aws:iam::111122223333:root"]
    );
    assert_eq!(uids(&[json!({}), root, account]), all);
    assert_eq!(
        uids(&[json!({"checks": ["access-key-not-rotated", "root-mfa-disabled"]})]),
        ["access-key-not-rotated/arn:aws:iam::111122223333:user/ann/access-key/2020-02-01T00:00:00Z"]
    );
    let password = uids(&[json!({"credential": {"kind": "password"}})]);
    assert!(
        !password.is_empty()
            && password.iter().all(|uid| uid.starts_with("console-") || uid.starts_with("password-old/")),
        "{password:?}"
    );
    let key = json!({"credential": {"kind": "access-key", "created": "2020-02-01T00:00:00Z"}});
    let of_key = uids(&[key]);
    assert!(!of_key.is_empty() && of_key.iter().all(|uid| uid.ends_with("access-key/2020-02-01T00:00:00Z")));
    assert!(uids(&[json!({"action": "ask"})]).is_empty());
    assert!(uids(&[json!({"on": "2026-12-02"})]).is_empty());
}

#[test]
fn accepting_again_and_nothing_brings_all_back() {
    let rows = format!("{ROOT}{ANN}");
    let mut judged = judged(&rows, "2026-12-01T00:00:00Z", &[decision(&json!({}))]);
    let none = self::judged(&rows, "2026-12-01T00:00:00Z", &[]);
    judged.assessment.accept(&judged.inputs, &[], |_| false);
    assert_eq!(format!("{:?}", judged.assessment.totals()), format!("{:?}", none.assessment.totals()));
    assert_eq!(judged.uids(), none.uids());
}

#[test]
fn presets_have_no_opinion_on_how_long_a_decision_counts() {
    let mut policy = Preset::Cis70.policy();
    policy.set_decision_max_days("30").unwrap();
    assert_eq!(policy.preset(), Some(Preset::Cis70));
    assert_eq!(Policy::from_json(&policy.to_json()).unwrap(), policy);
    assert!(policy.set_decision_max_days("0").is_err());
    assert!(!Policy::default().to_json().contains("decision_max_days"));
}
