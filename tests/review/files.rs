//! Files of decisions: what is read, what is invalid and where, and the bytes of those written.

use credential_report_viewer::report::ReadErrorKind;
use credential_report_viewer::review::{Day, Decisions, Fault, read_decisions, write_decisions};
use serde_json::{Value, json};

use crate::support::{decision, file, read};

fn fault(changes: &Value) -> Option<Fault> {
    let decisions = read(&[decision(changes)]);
    decisions.invalid(0).map(|invalid| invalid.fault)
}

#[test]
fn each_fault_is_told_by_itself() {
    let text = str::to_owned;
    let key = |credential: Value| json!({"credential": credential});
    let day = |text| Day::parse(text).unwrap();
    for (changes, expected) in [
        (json!({"nots": "x"}), Fault::UnknownMember(text("nots"))),
        (json!({"id": null}), Fault::MissingMember(text("id"))),
        (json!({"id": " "}), Fault::MissingMember(text("id"))),
        (json!({"id": 7}), Fault::WrongType(text("id"))),
        (json!({"account": null}), Fault::MissingMember(text("account"))),
        (json!({"account": "11112222333"}), Fault::NotAnAccount(text("11112222333"))),
        (json!({"arn": null}), Fault::MissingMember(text("arn"))),
        (json!({"arn": "ann"}), Fault::NotAnArn(text("ann"))),
        (
            json!({"arn": "arn:aws:iam::111122223333:role/ann"}),
            Fault::NotAnArn(text("arn:aws:iam::111122223333:role/ann")),
        ),
        (json!({"arn": "arn:aws:iam::444455556666:user/ann"}), Fault::ArnOfOtherAccount),
        (json!({"scope": "account"}), Fault::UnfitMember(text("arn"))),
        (json!({"scope": "user"}), Fault::UnknownWord { member: text("scope"), value: text("user") }),
        (
            json!({"user_created": "2020-01-01"}),
            Fault::UnreadableTime { member: text("user_created"), value: text("2020-01-01") },
        ),
        (json!({"action": "mute"}), Fault::UnknownWord { member: text("action"), value: text("mute") }),
        (json!({"action": null}), Fault::MissingMember(text("action"))),
        (json!({"checks": null}), Fault::MissingMember(text("checks"))),
        (json!({"checks": []}), Fault::MissingMember(text("checks"))),
        (json!({"checks": "*"}), Fault::WrongType(text("checks"))),
        (json!({"checks": ["access-key-olde"]}), Fault::UnknownCheck(text("access-key-olde"))),
        (json!({"checks": ["*", "user-dormant"]}), Fault::UnknownCheck(text("*"))),
        (json!({"reason": null}), Fault::MissingMember(text("reason"))),
        (json!({"reason": "too short"}), Fault::ShortReason { characters: 9, least: 10 }),
        (json!({"reason": " too short "}), Fault::ShortReason { characters: 9, least: 10 }),
        (json!({"by": ""}), Fault::MissingMember(text("by"))),
        (json!({"on": null}), Fault::MissingMember(text("on"))),
        (json!({"on": "2026-11-31"}), Fault::UnreadableDay { member: text("on"), value: text("2026-11-31") }),
        (
            json!({"until": "30.4.2027"}),
            Fault::UnreadableDay { member: text("until"), value: text("30.4.2027") },
        ),
        (
            json!({"until": "2026-11-24"}),
            Fault::UntilBeforeOn { on: day("2026-11-25"), until: day("2026-11-24") },
        ),
        (json!({"action": "rotate"}), Fault::RotatesNoKey),
        (json!({"action": "rotate", "credential": {"kind": "password"}}), Fault::RotatesNoKey),
        (key(json!("password")), Fault::WrongType(text("credential"))),
        (
            key(json!({"kind": "ssh-key"})),
            Fault::UnknownWord { member: text("credential.kind"), value: text("ssh-key") },
        ),
        (key(json!({"kind": "access-key"})), Fault::MissingMember(text("credential.created"))),
        (
            key(json!({"kind": "password", "created": "2020-01-01T00:00:00Z"})),
            Fault::UnfitMember(text("credential.created")),
        ),
        (
            key(json!({"kind": "access-key", "created": "yesterday"})),
            Fault::UnreadableTime { member: text("credential.created"), value: text("yesterday") },
        ),
        (
            key(json!({"kind": "access-key", "created": "2020-01-01T00:00:00Z", "ordinal": 3})),
            Fault::UnknownOrdinal,
        ),
        (
            key(json!({"kind": "access-key", "created": "2020-01-01T00:00:00Z", "slot": 1})),
            Fault::UnknownMember(text("credential.slot")),
        ),
    ] {
        assert_eq!(fault(&changes), Some(expected), "{changes}");
    }
    for changes in [
        json!({}),
        json!({"until": "2026-11-25"}),
        json!({"reason": "無効化できません。"}),
        json!({"action": "ask", "checks": null, "reason": null}),
        json!({"action": "disable", "checks": null, "reason": "x"}),
        json!({"scope": "account", "arn": null, "user_created": null}),
        json!({"user_created": null}),
        json!({"arn": "arn:aws-cn:iam::111122223333:root"}),
        json!({"credential": {"kind": "certificate", "created": "2020-01-01T00:00:00+00:00", "ordinal": 2}}),
    ] {
        let expected = (changes == json!({"reason": "無効化できません。"}))
            .then_some(Fault::ShortReason { characters: 9, least: 10 });
        assert_eq!(fault(&changes), expected, "{changes}");
    }
}

#[test]
fn a_fault_is_told_at_its_place_and_costs_no_other() {
    let good = decision(&json!({})).to_string();
    let bad = decision(&json!({"id": "2"})).to_string().replace("\"2026-11-25\"", "\n   \"soon\"");
    let text = format!(
        "{{\"schema\": \"credential-report-decisions/1\",\n \"decisions\": [\n  {good},\n  {bad}, 7]}}"
    );
    let decisions = Decisions::join([read_decisions("a.json", &text).unwrap()]);
    assert_eq!(decisions.invalid(0), None);
    let invalid = decisions.invalid(1).unwrap();
    let place = invalid.place.unwrap();
    assert_eq!((place.file.as_str(), place.line, place.column, place.index), ("a.json", 5, Some(4), Some(1)));
    assert_eq!(invalid.id.as_deref(), Some("2"));
    let place = decisions.invalid(2).unwrap().place.unwrap();
    assert_eq!((decisions.invalid(2).unwrap().fault, place.index), (Fault::NotAnObject, Some(2)));
    assert_eq!(
        text.lines().nth(place.line as usize - 1).unwrap().chars().nth(place.column.unwrap() as usize - 1),
        Some('7')
    );
}

#[test]
fn another_schema_is_refused_by_name() {
    for (text, schema) in [
        (r#"{"schema": "credential-report-decisions/2", "decisions": []}"#, "credential-report-decisions/2"),
        (r#"{"decisions": []}"#, ""),
        (r#"{"schema": 1, "decisions": []}"#, ""),
    ] {
        let known = "credential-report-decisions/1".to_owned();
        let expected = ReadErrorKind::UnknownSchema { schema: schema.to_owned(), known };
        assert_eq!(read_decisions("a.json", text), Err(expected));
    }
    for text in [
        "",
        "[]",
        "{\"schema\": \"credential-report-decisions/1\", \"decisions\": [",
        r#"{"schema": "credential-report-decisions/1", "decisions": {}}"#,
    ] {
        assert!(matches!(read_decisions("a.json", text), Err(ReadErrorKind::BrokenJson { .. })), "{text}");
    }
}

#[test]
fn a_secret_is_never_quoted() {
    let secret = "AKIAIOSFODNN7EXAMPLE";
    for changes in
        [json!({"action": secret}), json!({"on": secret}), json!({"checks": [secret]}), json!({secret: 1})]
    {
        let fault = format!("{:?}", fault(&changes).unwrap());
        assert!(!fault.contains(secret), "{fault}");
    }
}

#[test]
fn equal_in_two_files_counts_once_and_an_id_used_twice_not_at_all() {
    let entries = |decisions: &[Value]| read_decisions("a.json", &file(decisions)).unwrap();
    let alone = |decision: &Value| entries(std::slice::from_ref(decision));
    let (one, other) = (decision(&json!({})), decision(&json!({"ticket": "SEC-1"})));
    let same_in_other_words = decision(&json!({"note": "", "user_created": "2020-01-01T09:00:00+09:00"}));
    let joined = Decisions::join([alone(&one), alone(&same_in_other_words)]);
    assert_eq!((joined.entries().len(), joined.is_sound(0)), (1, true));
    for files in [
        vec![alone(&one), alone(&other)],
        vec![entries(&[one.clone(), one.clone()])],
        vec![entries(&[one.clone(), other.clone()])],
        vec![entries(&[one.clone(), decision(&json!({"on": "never"}))])],
    ] {
        let joined = Decisions::join(files);
        assert_eq!(joined.entries().len(), 2);
        for place in 0..2 {
            assert!(!joined.is_sound(place) && joined.invalid(place).is_some());
        }
    }
    let mut three = Decisions::join([alone(&one), alone(&other)]);
    assert!(matches!(three.invalid(0).unwrap().fault, Fault::RepeatedId { other: Some(_) }));
    three.remove(&[1]);
    assert!(three.is_sound(0));
}

#[test]
fn written_bytes_are_canonical_and_read_again_as_they_were() {
    let key = |ordinal: Option<u8>| {
        let mut credential = json!({"kind": "access-key", "created": "2016-07-27T14:41:00Z"});
        if let Some(ordinal) = ordinal {
            credential["ordinal"] = ordinal.into();
        }
        credential
    };
    let all = [
        decision(
            &json!({"id": "5", "account": "444455556666", "arn": "arn:aws:iam::444455556666:root", "user_created": null}),
        ),
        decision(&json!({"id": "4", "credential": key(Some(2)), "action": "rotate", "checks": null})),
        decision(
            &json!({"id": "3", "credential": key(None), "checks": ["user-dormant", "access-key-not-rotated"]}),
        ),
        decision(&json!({"id": "2", "credential": {"kind": "password"}, "note": "日本語\n\"x\""})),
        decision(&json!({"id": "1"})),
        decision(&json!({"id": "0", "scope": "account", "arn": null, "user_created": null})),
        decision(&json!({"id": "9", "on": "someday", "extra": [1, {"b": 1, "a": 2}]})),
        json!("no decision"),
    ];
    let bytes = write_decisions(&read(&all));
    let text = String::from_utf8(bytes.clone()).unwrap();
    let ids: Vec<&str> =
        text.lines().filter_map(|line| line.trim().strip_prefix("\"id\": \"")?.strip_suffix("\",")).collect();
    assert_eq!(ids, ["0", "1", "2", "3", "4", "5", "9"]);
    assert!(text.starts_with("{\n  \"schema\": \"credential-report-decisions/1\",\n  \"decisions\": [\n    {\n      \"id\": \"0\",\n"));
    assert!(text.ends_with("\n  ]\n}\n") && !text.contains('\r'));
    let again = Decisions::join([read_decisions("b.json", &text).unwrap()]);
    assert_eq!(write_decisions(&again), bytes);
    let mut turned = all.to_vec();
    turned.reverse();
    assert_eq!(write_decisions(&read(&turned)), bytes, "the order of files is no matter");
    let one = [&all[1..3], &all[4..]].concat();
    let fewer = String::from_utf8(write_decisions(&read(&one))).unwrap();
    let lost: Vec<&str> = text.lines().filter(|line| !fewer.contains(line)).collect();
    assert!(lost.iter().all(|line| !line.contains("\"id\": \"1\"")), "{lost:?}");
}
