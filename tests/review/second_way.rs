//! Random decisions over random reports, judged in a second way: row by row, cell by cell, as the words of the
//! specification have it, without anything of the library but its findings.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{HEADER, Judged, decision, read, report};
use credential_report_viewer::policy::Policy;

const NAMES: [&str; 5] = ["ann", "ANN", "ann2", "an", "bob"];
const PATHS: [&str; 3] = ["", "team/", "Team/"];
const TIMES: [&str; 3] = ["2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", "2022-01-01T00:00:00Z"];
const ACCOUNTS: [&str; 2] = ["111122223333", "444455556666"];
const GENERATED: &str = "2026-06-15T12:00:00Z";

/// A user, as cells.
#[derive(Debug, Clone)]
struct Row {
    account: usize,
    /// `None` for root.
    name: Option<(usize, usize)>,
    created: usize,
    password: bool,
    mfa: bool,
    /// Keys, then certificates: whether active, and when created; `None` for an empty slot.
    slots: [Option<(bool, usize)>; 4],
}

impl Row {
    fn arn(&self) -> String {
        let whom = self
            .name
            .map_or("root".to_owned(), |(path, name)| format!("user/{}{}", PATHS[path], NAMES[name]));
        format!("arn:aws:iam::{}:{whom}", ACCOUNTS[self.account])
    }

    fn line(&self) -> String {
        let user = self.name.map_or("<root_account>", |(_, name)| NAMES[name]);
        let password = match (self.name, self.password) {
            (None, _) => "not_supported".to_owned(),
            (_, password) => password.to_string(),
        };
        let active = |slot: usize| self.slots[slot].is_some_and(|(active, _)| active);
        let created = |slot: usize| self.slots[slot].map_or("N/A", |(_, created)| TIMES[created]);
        format!(
            "{user},{},{},{password},N/A,{},N/A,{},{},{},N/A,{},{},N/A,{},{},{},{}\n",
            self.arn(),
            TIMES[self.created],
            TIMES[self.created],
            self.mfa,
            active(0),
            created(0),
            active(1),
            created(1),
            active(2),
            created(2),
            active(3),
            created(3)
        )
    }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let slot = || proptest::option::of((any::<bool>(), 0..TIMES.len()));
    let name = prop_oneof![1 => Just(None), 5 => (0..PATHS.len(), 0..NAMES.len()).prop_map(Some)];
    let row =
        (0..2_usize, name, 0..TIMES.len(), any::<bool>(), any::<bool>(), [slot(), slot(), slot(), slot()])
            .prop_map(|(account, name, created, password, mfa, slots)| Row {
                account,
                name,
                created,
                password,
                mfa,
                slots,
            });
    // Each ARN once.
    proptest::collection::vec(row, 1..12).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.arn().to_lowercase());
        rows.dedup_by_key(|row| row.arn().to_lowercase());
        rows
    })
}

fn decisions() -> impl Strategy<Value = Value> {
    let name = prop_oneof![1 => Just(None), 6 => (0..PATHS.len(), 0..NAMES.len()).prop_map(Some)];
    let credential = proptest::option::of((0..3_usize, 0..TIMES.len(), proptest::option::of(1..3_u8)));
    let checks = prop_oneof![
        Just(json!(["*"])),
        Just(json!(["access-key-not-rotated", "console-mfa-disabled", "root-access-key-active"])),
        Just(json!(["user-dormant", "password-expiry-not-set", "access-key-inactive"]))
    ];
    let days = (-40..40_i64, 0..80_i64);
    (
        (0..3_usize, name, proptest::option::of(0..TIMES.len()), credential),
        (0..6_usize, checks, days, 0..8_u8),
    )
        .prop_map(|((account, name, created, credential), (action, checks, (on, days), whole))| {
            let account = ["111122223333", "444455556666", "777788889999"][account];
            let whom =
                name.map_or("root".to_owned(), |(path, name)| format!("user/{}{}", PATHS[path], NAMES[name]));
            let action = ["keep", "rotate", "disable", "delete", "add-mfa", "ask"][action];
            let on = day_number(GENERATED) + on;
            let mut changes = json!({
                "account": account, "arn": format!("arn:aws:iam::{account}:{whom}"), "user_created": null,
                "action": action, "checks": checks, "on": day_text(on), "until": day_text(on + days)
            });
            if let Some(created) = created {
                changes["user_created"] = TIMES[created].into();
            }
            match credential {
                Some((0, ..)) => changes["credential"] = json!({"kind": "password"}),
                Some((kind, created, ordinal)) => {
                    let kind = ["access-key", "certificate"][kind - 1];
                    changes["credential"] = json!({"kind": kind, "created": TIMES[created]});
                    if let Some(ordinal) = ordinal {
                        changes["credential"]["ordinal"] = ordinal.into();
                    }
                }
                None => {}
            }
            if whole == 0 {
                changes["scope"] = "account".into();
                for name in ["arn", "credential", "user_created"] {
                    changes[name] = Value::Null;
                }
            }
            decision(&changes)
        })
}

/// Days since the beginning of 1970, by adding up months.
fn day_number(text: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().unwrap();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let years: i64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    years + lengths[..month as usize - 1].iter().sum::<i64>() + day - 1
}

/// The day of a number: years and months are taken off until a day is left.
fn day_text(number: i64) -> String {
    let mut text = "1970-01-01".to_owned();
    for (from, last) in [(0..4, 2200), (5..7, 12), (8..10, 31)] {
        let first = text[from.clone()].parse::<i64>().unwrap();
        let parts = (first..=last).map(|part| {
            let mut later = text.clone();
            later.replace_range(from.clone(), &format!("{part:0width$}", width = from.len()));
            later
        });
        text = parts.take_while(|later| day_number(later) <= number).last().unwrap();
    }
    text
}

/// What the words of the specification say of a decision: its state, and the rows and slots it is about.
fn second_way(decision: &Value, rows: &[Row]) -> &'static str {
    let text = |name: &str| decision[name].as_str().unwrap_or_default();
    let action = text("action");
    let credential = decision["credential"].as_object();
    let kind = credential.map(|credential| credential["kind"].as_str().unwrap());
    if action == "rotate" && !matches!(kind, Some("access-key" | "certificate")) {
        return "invalid";
    }
    if !rows.iter().any(|row| ACCOUNTS[row.account] == text("account")) {
        return "account-not-loaded";
    }
    let (now, on, until) = (day_number(GENERATED), day_number(text("on")), day_number(text("until")));
    if now < on {
        return "not-yet";
    }
    let by_day = match (action, now > until) {
        ("keep", true) => "expired",
        (_, true) => "overdue",
        ("keep", false) if until - now <= 30 => "soon",
        ("keep", false) => "in-force",
        _ => "open",
    };
    if text("scope") == "account" {
        return by_day;
    }
    let (before, name) = text("arn").rsplit_once('/').unwrap_or((text("arn"), ""));
    let row = rows.iter().find(|row| {
        let arn = row.arn();
        let (own_before, own_name) = arn.rsplit_once('/').unwrap_or((&arn, ""));
        own_before == before
            && own_name.to_lowercase() == name.to_lowercase()
            && decision["user_created"].as_str().is_none_or(|created| created == TIMES[row.created])
    });
    let is_work = !matches!(action, "keep" | "ask");
    let gone = if is_work { "done" } else { "matches-nothing" };
    let Some(row) = row else { return gone };
    let active = |slot: usize| row.slots[slot].is_some_and(|(active, _)| active);
    let has_password = row.name.is_none() || row.password;
    let done = match kind {
        None => match action {
            "disable" => row.name.is_some() && !row.password && !(0..4).any(active),
            "add-mfa" => row.mfa || !has_password,
            _ => false,
        },
        Some("password") => {
            if !has_password && !is_work {
                return "matches-nothing";
            }
            match action {
                "disable" | "delete" => !has_password,
                "add-mfa" => row.mfa || !has_password,
                _ => false,
            }
        }
        Some(kind) => {
            let credential = credential.unwrap();
            let first = if kind == "access-key" { 0 } else { 2 };
            let created = credential["created"].as_str().unwrap();
            let same: Vec<usize> = (first..first + 2)
                .filter(|slot| row.slots[*slot].is_some_and(|(_, time)| TIMES[time] == created))
                .collect();
            let ordinal = credential.get("ordinal").and_then(Value::as_u64);
            let slot = match (same.len(), ordinal) {
                (0, _) => return gone,
                (1, None) => same[0],
                (2, Some(ordinal)) => same[ordinal as usize - 1],
                _ => return "matches-nothing",
            };
            match action {
                "disable" | "rotate" => !active(slot),
                "add-mfa" => row.mfa || !has_password,
                _ => false,
            }
        }
    };
    if done { "done" } else { by_day }
}

/// Whether the words of the specification say that a decision covers a finding, by its uid.
fn covers(decision: &Value, rows: &[Row], uid: &str) -> bool {
    let (check, whom) = uid.split_once('/').unwrap();
    let checks: Vec<&str> =
        decision["checks"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    if checks != ["*"] && !checks.contains(&check) {
        return false;
    }
    let account = decision["account"].as_str().unwrap();
    if check == "password-expiry-not-set" || decision["scope"].is_string() {
        return check == "password-expiry-not-set"
            && decision["scope"].is_string()
            && whom == format!("arn:aws:iam::{account}:root");
    }
    let arn = decision["arn"].as_str().unwrap();
    // What the finding is about: `…/access-key/TIME`, with `#2` for the later of two.
    let row = rows
        .iter()
        .find(|row| {
            whom == row.arn()
                || whom.starts_with(&format!("{}/access-key/", row.arn()))
                || whom.starts_with(&format!("{}/certificate/", row.arn()))
        })
        .unwrap();
    let same = |a: &str, b: &str| match (a.rsplit_once('/'), b.rsplit_once('/')) {
        (Some((a, x)), Some((b, y))) => a == b && x.eq_ignore_ascii_case(y),
        _ => a == b,
    };
    if !same(&row.arn(), arn)
        || decision["user_created"].as_str().is_some_and(|created| created != TIMES[row.created])
    {
        return false;
    }
    let subject = &whom[row.arn().len()..];
    match decision["credential"].as_object() {
        None => true,
        Some(credential) => match credential["kind"].as_str().unwrap() {
            "password" => {
                check.starts_with("console-") || matches!(check, "password-old" | "password-expired")
            }
            kind => {
                let suffix = if credential.get("ordinal") == Some(&json!(2)) { "#2" } else { "" };
                subject == format!("/{kind}/{}{suffix}", credential["created"].as_str().unwrap())
            }
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_decisions_stand_as_the_words_say(
        rows in rows(),
        mut list in proptest::collection::vec(decisions(), 1..10),
        is_sorted in any::<bool>(),
    ) {
        for (id, decision) in list.iter_mut().enumerate() {
            decision["id"] = format!("{id}").into();
        }
        let mut in_order: Vec<&Row> = rows.iter().collect();
        if is_sorted {
            in_order.sort_by_key(|row| {
                let name = row.name.map(|(_, name)| NAMES[name].to_lowercase());
                (row.account, name)
            });
        }
        let text: String = in_order.iter().map(|row| row.line()).collect();
        let reports = vec![report(&format!("{HEADER}{text}"), GENERATED)];
        let judged = Judged::new(reports, Policy::default(), GENERATED, read(&list));
        let expected: Vec<&str> = list.iter().map(|decision| second_way(decision, &rows)).collect();
        prop_assert_eq!(judged.states(), expected.clone(), "{:#?}\n{}", list, text);

        let (open, accepted) = judged.uids();
        let accepts = |uid: &String| list.iter().zip(&expected).any(|(decision, state)| {
            decision["action"] == "keep" && matches!(*state, "in-force" | "soon") && covers(decision, &rows, uid)
        });
        for uid in &open {
            prop_assert!(!accepts(uid), "{} is open\n{:#?}\n{}", uid, list, text);
        }
        for uid in &accepted {
            prop_assert!(accepts(uid), "{} is accepted\n{:#?}\n{}", uid, list, text);
        }
    }
}
