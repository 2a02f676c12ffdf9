//! Events of OCSF, held against the rules of its classes.

use std::sync::LazyLock;

use credential_report_viewer::assessment::Kind;
use credential_report_viewer::export::{ExportRequest, Form, OcsfClass};
use credential_report_viewer::query::Query;
use credential_report_viewer::session::Session;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::common::{self, days_ago, file, fixtures, report, root, time, user};
use crate::{HOSTILE, crowd, findings, open, report_of_names};

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    let rules = serde_json::from_str(include_str!("ocsf-1.6.0.schema.json")).unwrap();
    jsonschema::draft202012::new(&rules).unwrap()
});

fn events(session: &mut Session, class: OcsfClass, filter: Option<Query>) -> Vec<Value> {
    let request = ExportRequest { class, filter, ..Form::Ocsf.into() };
    let text = common::export_as(session, request);
    let events: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(text.lines().count(), if events.is_empty() { 1 } else { events.len() + 2 });
    events
}

#[track_caller]
fn assert_valid(event: &Value) {
    let errors: Vec<String> =
        VALIDATOR.iter_errors(event).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}\n{event}", errors.join("\n"));
}

/// The pointers of all values that are null, or empty.
fn valueless(value: &Value, at: &str) -> Vec<String> {
    match value {
        Value::Null => vec![at.to_owned()],
        Value::String(text) if text.is_empty() && !at.contains("/cells/") => vec![at.to_owned()],
        Value::Array(items) if items.is_empty() => vec![at.to_owned()],
        Value::Array(items) => items.iter().flat_map(|item| valueless(item, &format!("{at}/-"))).collect(),
        Value::Object(members) if members.is_empty() => vec![at.to_owned()],
        Value::Object(members) => {
            members.iter().flat_map(|(name, member)| valueless(member, &format!("{at}/{name}"))).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn every_event_keeps_the_rules_of_its_class() {
    let mut sessions: Vec<Session> = fixtures::all().iter().map(fixtures::Fixture::open).collect();
    sessions.push(open(report_of_names(HOSTILE)));
    let mut seen = 0;
    for session in &mut sessions {
        let expected = findings(session, None);
        for class in OcsfClass::ALL {
            let events = events(session, class, None);
            assert_eq!(events.len(), expected.len());
            for (event, finding) in events.iter().zip(&expected) {
                assert_valid(event);
                assert_eq!(valueless(event, ""), [""; 0], "{event}");
                assert_eq!(event["class_uid"], class.uid());
                assert_eq!(event["type_uid"], class.uid() * 100 + 1);
                assert_eq!(event["finding_info"]["uid"], finding["uid"]);
                assert_eq!(event["message"], finding["message"]);
                assert_eq!(event["metadata"]["event_code"], finding["check"]);
                let cells = &event["resources"][0]["data"]["cells"];
                let is_none = finding["evidence"]["cells"].as_object().unwrap().is_empty();
                assert!(is_none || *cells == finding["evidence"]["cells"]);
                seen += 1;
            }
        }
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn the_rules_refuse_what_ocsf_refuses() {
    let event =
        events(&mut fixtures::named("neglected.csv").open(), OcsfClass::ComplianceFinding, None).remove(0);
    assert_valid(&event);
    for (pointer, value) in [
        ("/time", json!("2026-09-11")),
        ("/severity_id", json!(7)),
        ("/activity_id", json!(4)),
        ("/type_uid", json!(200_401)),
        ("/class_uid", json!(2004)),
        ("/cloud/account/type_id", json!(3)),
        ("/metadata/version", json!(1)),
        ("/compliance/status_id", json!("Fail")),
        ("/resources/0/role_id", json!(5)),
        ("/time_dt", json!("11 September")),
    ] {
        let mut other = event.clone();
        *other.pointer_mut(pointer).unwrap() = value;
        assert!(!VALIDATOR.is_valid(&other), "{pointer}");
    }
    for (pointer, member) in [
        ("", "cloud"),
        ("", "compliance"),
        ("", "finding_info"),
        ("", "metadata"),
        ("", "time"),
        ("/finding_info", "uid"),
        ("/metadata", "version"),
        ("/remediation", "desc"),
        ("/finding_info/analytic", "type_id"),
    ] {
        let mut other = event.clone();
        other.pointer_mut(pointer).unwrap().as_object_mut().unwrap().shift_remove(member).unwrap();
        assert!(!VALIDATOR.is_valid(&other), "{pointer}/{member}");
    }
    // Deprecated, or of no class.
    for (pointer, member) in [("", "resource"), ("/compliance", "status_detail"), ("", "finding")] {
        let mut other = event.clone();
        other.pointer_mut(pointer).unwrap().as_object_mut().unwrap().insert(member.to_owned(), json!({}));
        assert!(!VALIDATOR.is_valid(&other), "{pointer}/{member}");
    }
}

#[test]
fn an_event_says_what_a_siem_asks_for() {
    let mut session = fixtures::named("neglected.csv").open();
    let all = events(&mut session, OcsfClass::ComplianceFinding, None);
    let of_check = |check: &str| all.iter().find(|event| event["metadata"]["event_code"] == check).unwrap();
    let key = of_check("access-key-not-rotated");
    assert_eq!(key["time"], time(common::AS_OF).unix() * 1000);
    assert_eq!(key["time_dt"], common::AS_OF);
    assert_eq!(key["status_id"], 1);
    assert_eq!(key["metadata"]["profiles"], json!(["cloud", "datetime"]));
    assert_eq!(key["metadata"].get("labels"), None);
    assert_eq!(key["cloud"], json!({"provider": "AWS", "account": {"uid": "111122223333", "type_id": 10}}));
    assert_eq!(key["compliance"]["status_id"], 3);
    assert!(key["compliance"]["standards"].as_array().unwrap().contains(&json!("CIS 7.0")));
    assert!(key["compliance"]["requirements"].as_array().unwrap().contains(&json!("CIS 7.0 2.12")));
    assert_eq!(key["resources"][0]["type"], "AwsIamUser");
    assert_eq!(key["resources"][0]["data"]["kind"], "access-key");
    assert!(key["unmapped"]["commands"].as_array().unwrap().len() > 1);
    let severities: Vec<i64> = all.iter().map(|event| event["severity_id"].as_i64().unwrap()).collect();
    assert!(severities.is_sorted_by(|a, b| a >= b));
    assert_eq!(severities.first(), Some(&5));
    assert_eq!(of_check("root-mfa-disabled")["resources"][0]["type"], "AwsAccount");
    let account = of_check("password-expiry-not-set");
    assert_eq!(account["resources"][0]["type"], "AwsAccount");
    assert_eq!(account["resources"][0].get("name"), None);

    let detection = events(&mut session, OcsfClass::DetectionFinding, None);
    let key =
        detection.iter().find(|event| event["metadata"]["event_code"] == "access-key-not-rotated").unwrap();
    assert_eq!(key.get("compliance"), None);
    assert!(key["unmapped"]["requirements"].as_array().unwrap().contains(&json!("CIS 7.0 2.12")));
}

#[test]
fn where_nobody_is_named_nothing_is_left_empty() {
    let report = common::file(
        "few.csv",
        "user,password_enabled,mfa_active,password_next_rotation\nann,true,false,N/A",
    );
    for event in events(&mut open(report), OcsfClass::ComplianceFinding, None) {
        assert_valid(&event);
        assert_eq!(event["cloud"], json!({"provider": "AWS"}));
    }
}

#[test]
fn many_events_are_one_array() {
    let mut session = open(crowd(400));
    let all = events(&mut session, OcsfClass::DetectionFinding, None);
    assert_eq!(all.len(), findings(&mut session, None).len());
    all.iter().step_by(50).for_each(assert_valid);
}

#[test]
fn what_was_resolved_since_the_earlier_report_is_closed() {
    let of = |days: i64, mfa: &str| {
        let as_of = days_ago(days).replace(':', "-").replace('Z', "+00-00");
        let bob = user("bob").password().with("mfa_active", mfa);
        file(&format!("status_reports_{as_of}.csv"), report(&[root(), bob]))
    };
    let mut session = common::open(&[of(30, "false"), of(0, "true")]);
    for class in OcsfClass::ALL {
        let events = events(&mut session, class, None);
        let closed: Vec<&Value> = events.iter().filter(|event| event["activity_id"] == 3).collect();
        assert_eq!(closed.len(), 1, "{events:?}");
        let event = closed[0];
        assert_valid(event);
        assert_eq!(valueless(event, ""), [""; 0], "{event}");
        assert_eq!((&event["status_id"], &event["type_uid"]), (&json!(4), &json!(class.uid() * 100 + 3)));
        assert_eq!(event["metadata"]["event_code"], "console-mfa-disabled");
        let unmapped = (&event["unmapped"]["change"], &event["unmapped"]["cause"]);
        assert_eq!(unmapped, (&json!("resolved"), &json!("mfa-enabled")));
        assert_eq!(event["unmapped"].get("commands"), None);
        if class == OcsfClass::ComplianceFinding {
            assert_eq!(event["compliance"]["status_id"], 1);
        }
    }
    // Nobody of now has them.
    let human = Query { kinds: vec![Kind::Human], ..Query::default() };
    let events = events(&mut session, OcsfClass::ComplianceFinding, Some(human));
    assert!(events.iter().all(|event| event["activity_id"] != 3));
}
