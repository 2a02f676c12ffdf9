//! Decisions in exports: what is accepted, what was decided, and nothing of it where nothing was.

use credential_report_viewer::export::{ExportRequest, Form, OcsfClass, RedactionKey};
use credential_report_viewer::query::{DecisionFilter, Query};
use credential_report_viewer::review::Action;
use credential_report_viewer::session::{About, Draft, Mode, Reply, Request, Session};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::session::{SAMPLE, cards, draft, open, overview, sample};
use crate::support::{decision, file};

fn export(session: &mut Session, request: ExportRequest) -> String {
    let mut text = Vec::new();
    let mut reply = session.handle(Request::Export(Box::new(request)));
    while let Reply::Part { bytes, last, .. } = reply {
        text.extend(bytes);
        if last {
            return String::from_utf8(text).unwrap();
        }
        reply = session.handle(Request::NextPart);
    }
    panic!("{reply:?}")
}

fn findings(session: &mut Session) -> Value {
    serde_json::from_str(&export(session, Form::Findings.into())).unwrap()
}

/// The sample, with the worst user's findings accepted, and work and a question about others.
fn decided() -> Session {
    let mut session = sample();
    let cards = cards(&mut session, Query::default()).cards;
    let made = [
        (About::User(cards[0].row), draft(Action::Keep)),
        (About::User(cards[1].row), Draft { ticket: "SEC-1".to_owned(), ..draft(Action::Disable) }),
        (About::User(cards[2].row), draft(Action::Ask)),
    ];
    for (about, draft) in made {
        overview(session.handle(Request::Decide { about, draft }));
    }
    session
}

fn rows(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn without_decisions_no_form_says_anything_of_them() {
    let mut session = sample();
    for form in [Form::Findings, Form::FindingsCsv, Form::UsersCsv, Form::Markdown, Form::Ocsf] {
        let text = export(&mut session, form.into());
        for word in ["\"accepted\"", "\"decisions\"", ",accepted,", "in-force"] {
            assert!(!text.contains(word), "{form:?} {word}");
        }
    }
    let text = export(&mut session, Form::Decisions.into());
    assert_eq!(text, "{\n  \"schema\": \"credential-report-decisions/1\",\n  \"decisions\": []\n}\n");
}

#[test]
fn accepted_findings_stand_beside_the_open_ones() {
    let before = findings(&mut sample());
    let mut session = decided();
    let json = findings(&mut session);
    let schema: Value = serde_json::from_str(include_str!("../../docs/findings-v1.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let list = |json: &Value, name: &str| json[name].as_array().cloned().unwrap_or_default();
    let (open, accepted) = (list(&json, "findings"), list(&json, "accepted"));
    assert_eq!(json["summary"]["accepted"], accepted.len());
    assert_eq!(json["summary"]["findings"], open.len());
    let uids = |list: &[Value]| -> Vec<String> {
        let mut uids: Vec<String> = list.iter().map(|f| f["uid"].as_str().unwrap().to_owned()).collect();
        uids.sort_unstable();
        uids
    };
    let both = [open.clone(), accepted.clone()].concat();
    assert_eq!(uids(&both), uids(&list(&before, "findings")));
    assert!(accepted.iter().all(|finding| finding["decision"] == "2026-09-11-001"));
    assert!(accepted.iter().all(|finding| json["checks"][finding["check"].as_str().unwrap()].is_object()));
    let states: Vec<Value> = list(&json, "decisions");
    assert_eq!(states.len(), 3);
    assert!(states.contains(&json!({"id": "2026-09-11-001", "action": "keep", "state": "in-force"})));
    assert!(states.contains(&json!({"id": "2026-09-11-002", "action": "disable", "state": "open"})));

    let table = rows(&export(&mut session, Form::FindingsCsv.into()));
    let of = |status: &str| table.iter().filter(|row| row["status"] == status).count();
    assert_eq!((of("accepted"), of("open")), (accepted.len(), open.len()));
    let row = table.iter().find(|row| row["status"] == "accepted").unwrap();
    assert_eq!((row["decision"].as_str(), row["until"].as_str()), ("keep", "2026-12-10"));
    assert!(table.iter().any(|row| row["status"] == "open" && row["decision"] == "disable"));

    let markdown = export(&mut session, Form::Markdown.into());
    assert!(uids(&open).iter().all(|uid| markdown.contains(uid.as_str())));
    assert!(
        accepted
            .iter()
            .all(|finding| !markdown.contains(&format!("<!-- {} -->", finding["uid"].as_str().unwrap())))
    );

    for class in OcsfClass::ALL {
        let request = ExportRequest { class, ..Form::Ocsf.into() };
        let events: Vec<Value> = serde_json::from_str(&export(&mut session, request)).unwrap();
        let suppressed = events.iter().filter(|event| event["status_id"] == 3).count();
        assert_eq!((suppressed, events.len()), (accepted.len(), accepted.len() + open.len()));
    }
}

#[test]
fn the_sheet_has_what_was_decided_about_whole_users() {
    let mut session = decided();
    let worst = cards(&mut session, Query { decisions: vec![DecisionFilter::Accepted], ..Query::default() });
    assert_eq!(worst.matching, 1);
    let card = &worst.cards[0];
    let key = card.access_keys.first().map(|key| key.slot);
    let table = rows(&export(&mut session, Form::UsersCsv.into()));
    let row = table.iter().find(|row| row["arn"] == card.arn.clone().unwrap()).unwrap();
    assert_eq!((row["decision"].as_str(), row["state"].as_str()), ("keep", "in-force"));
    assert_eq!(row["reason"], "Vendor appliance cannot use a role");
    assert_eq!((row["on"].as_str(), row["until"].as_str()), ("2026-09-11", "2026-12-10"));
    assert!(!row["findings"].is_empty() && row["worst"].is_empty());
    assert!(table.iter().any(|row| row["ticket"] == "SEC-1" && row["state"] == "open"));
    // What is about one key is no decision about the row.
    if let Some(slot) = key {
        overview(session.handle(Request::WithdrawDecisions(vec![0, 1, 2])));
        let about =
            About::Credential(card.row, credential_report_viewer::checks::SubjectKind::AccessKey, Some(slot));
        overview(session.handle(Request::Decide { about, draft: draft(Action::Delete) }));
        let table = rows(&export(&mut session, Form::UsersCsv.into()));
        assert!(table.iter().all(|row| row["decision"].is_empty()));
    }
}

#[test]
fn decisions_are_written_and_come_back() {
    let mut session = decided();
    let text = export(&mut session, Form::Decisions.into());
    let mut again = Session::new();
    let files: [(&str, &[u8]); 2] = [("sample.csv", SAMPLE.as_bytes()), ("d.json", text.as_bytes())];
    overview(open(&mut again, Mode::Replace, &files));
    assert_eq!(export(&mut again, Form::Decisions.into()), text);
    assert_eq!(findings(&mut again), findings(&mut session));
    // Dropped once more it changes nothing.
    overview(open(&mut again, Mode::Add, &[("d.json", text.as_bytes())]));
    assert_eq!(export(&mut again, Form::Decisions.into()), text);
    let filter = Some(Query { decisions: vec![DecisionFilter::Accepted], ..Query::default() });
    let some: Value =
        serde_json::from_str(&export(&mut session, ExportRequest { filter, ..Form::Decisions.into() }))
            .unwrap();
    assert_eq!(some["decisions"].as_array().unwrap().len(), 1);
}

#[test]
fn users_are_found_by_what_was_decided() {
    let mut session = decided();
    let all = cards(&mut session, Query::default()).matching;
    let of = |session: &mut Session, filter| {
        cards(session, Query { decisions: vec![filter], ..Query::default() }).matching
    };
    assert_eq!(of(&mut session, DecisionFilter::Undecided), all - 3);
    assert_eq!(of(&mut session, DecisionFilter::Open), 2);
    assert_eq!(of(&mut session, DecisionFilter::InForce), 1);
    assert_eq!(of(&mut session, DecisionFilter::Overdue), 0);
}

#[test]
fn nothing_that_names_somebody_is_in_a_redacted_form() {
    let mut session = sample();
    let card = cards(&mut session, Query::default()).cards.remove(0);
    let text = file(&[decision(&json!({
        "id": "canary-id", "account": card.account, "arn": card.arn, "user_created": card.created.time,
        "reason": "canary-reason is long enough", "by": "canary-by", "approved_by": "canary-approver",
        "ticket": "canary-ticket", "note": "canary-note", "on": "2026-09-01", "until": "2026-12-31"
    }))]);
    let after = overview(open(&mut session, Mode::Add, &[("canary-file.json", text.as_bytes())]));
    assert!(after.review.accepted > 0);
    for form in
        [Form::Findings, Form::FindingsCsv, Form::UsersCsv, Form::Markdown, Form::Ocsf, Form::Decisions]
    {
        let redaction = Some(RedactionKey::new([7; 32]));
        let text = export(&mut session, ExportRequest { redaction, ..form.into() });
        assert!(!text.contains("canary"), "{form:?}");
        for name in [card.account.as_deref(), card.arn.as_deref()].into_iter().flatten() {
            assert!(!text.contains(name), "{form:?} {name}");
        }
    }
}

/// The record of a review, held against its schema.
fn record(session: &mut Session, request: ExportRequest) -> Value {
    let json: Value = serde_json::from_str(&export(session, request)).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../docs/review-v1.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    json
}

#[test]
fn the_record_of_a_review_has_every_user_and_every_decision() {
    let mut session = decided();
    let json = record(&mut session, Form::Review.into());
    let users = json["users"].as_array().unwrap();
    assert_eq!(users.len() as u64, json["summary"]["users"].as_u64().unwrap());
    assert_eq!(json["filter"], Value::Null);
    assert_eq!((&json["decided"]["users"], &json["decided"]["of"]), (&json!(3), &json!(users.len())));
    assert_eq!(json["decisions_by_action"]["keep"], 1);
    assert_eq!(json["decisions_by_state"]["open"], 2);
    assert_eq!(json["decisions"].as_array().unwrap().len(), 3);
    let accepted = users.iter().find(|user| user["decisions"][0]["action"] == "keep").unwrap();
    assert_eq!(accepted["findings"], json!([]));
    assert!(!accepted["accepted"].as_array().unwrap().is_empty());
    assert!(accepted["worst"].is_null());
    for name in ["reviewer", "reviewed_on", "approver", "approved_on"] {
        assert!(json["sign_off"][name].is_null());
    }
    let decisions = export(&mut session, Form::Decisions.into());
    let digest = format!("{:x}", Sha256::digest(decisions.as_bytes()));
    assert_eq!(json["decisions_sha256"], digest);
    let filter = Some(Query { search: "alice".to_owned(), ..Query::default() });
    let some = record(&mut session, ExportRequest { filter, ..Form::Review.into() });
    assert_eq!(some["filter"]["search"], "alice");
    let redaction = Some(RedactionKey::new([7; 32]));
    let redacted = record(&mut session, ExportRequest { redaction, ..Form::Review.into() });
    assert_eq!(redacted["redacted"], true);
    assert!(!redacted.to_string().contains("2026-09-11-001"));
}

#[test]
fn the_population_is_reconciled_line_by_line() {
    let header = "user,arn,user_creation_time,password_enabled,mfa_active\n";
    let user = |name: &str| {
        format!("{name},arn:aws:iam::111122223333:user/{name},2020-01-01T00:00:00Z,true,false\n")
    };
    let root = "<root_account>,arn:aws:iam::111122223333:root,2019-01-01T00:00:00Z,not_supported,true\n";
    let earlier = format!("{header}{root}{}", user("ann"));
    let broken = "bob,arn:aws:iam::111122223333:user/bob,x\n";
    let text = format!("{header}{root}{}{}{broken}{}{broken}", user("ann"), user("cid"), user("ann"));
    let files: [(&str, &[u8]); 2] = [
        ("status_reports_2026-08-01T00-00-00+00-00.csv", earlier.as_bytes()),
        ("status_reports_2026-09-01T00-00-00+00-00.csv", text.as_bytes()),
    ];
    let mut session = Session::new();
    overview(open(&mut session, Mode::Replace, &files));
    let json = record(&mut session, Form::Review.into());
    let population = |of: &Value| {
        ["lines", "users", "roots", "unreadable", "duplicates", "earlier"]
            .map(|name| of[name].as_u64().unwrap())
    };
    assert_eq!(population(&json["inputs"][0]["population"]), [2, 0, 0, 0, 0, 2]);
    assert_eq!(population(&json["inputs"][1]["population"]), [6, 2, 1, 2, 1, 0]);
    assert_eq!(population(&json["population"]), [8, 2, 1, 2, 1, 2]);
    let unreadable = json["unreadable"].as_array().unwrap();
    let lines: Vec<&Value> = unreadable.iter().flat_map(|of| of["lines"].as_array().unwrap()).collect();
    assert_eq!(lines, [&json!(5), &json!(7)]);
    assert_eq!(json["compared_with"][0]["name"], files[0].0);
    let same: [(&str, &[u8]); 2] = [("a.csv", text.as_bytes()), ("b.csv", text.as_bytes())];
    overview(open(&mut session, Mode::Replace, &same));
    let json = record(&mut session, Form::Review.into());
    assert_eq!(population(&json["population"]), [12, 2, 1, 4, 5, 0]);
}
