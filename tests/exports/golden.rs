//! Recorded and made-up reports, each with the exports that are expected of it, to the last byte: those of
//! OCSF without the texts that are the same for all findings of a check, and without the version.
//!
//! `BLESS=1 cargo test --test exports golden` writes what is found as what is expected; look at the
//! difference before you commit it.

use std::path::PathBuf;

use credential_report_viewer::export::{ExportRequest, Form, RedactionKey};
use credential_report_viewer::session::{Request, Session};
use serde_json::Value;

use crate::common::{self, file, fixtures, samples};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

/// The reports that stand for all.
fn sessions() -> Vec<(String, Session)> {
    let recorded = ["mixed-account-2016.csv", "old-root-with-key-2016.csv", "upper-case-booleans-2099.csv"];
    let made_up =
        ["neglected.csv", "hostile-names.csv", "no-arns.csv", "two-keys.csv", "sixteen-columns.csv"];
    let mut sessions = Vec::new();
    for name in recorded {
        let bytes = std::fs::read(folder().join("reports").join(name)).unwrap();
        let mut session = common::open(&[file(name, bytes.clone())]);
        session.handle(Request::SetAsOf(Some(common::time(samples::AS_OF))));
        common::digest(&mut session, 0, &bytes);
        sessions.push((name.trim_end_matches(".csv").to_owned(), session));
    }
    for name in made_up {
        sessions.push((name.trim_end_matches(".csv").to_owned(), fixtures::named(name).open()));
    }
    sessions
}

/// Events without what is said of a check.
fn without_texts(ocsf: &str) -> String {
    let mut events: Vec<Value> = serde_json::from_str(ocsf).unwrap();
    for event in &mut events {
        for pointer in [
            "/finding_info/title",
            "/finding_info/desc",
            "/finding_info/analytic/name",
            "/compliance/control",
            "/remediation/desc",
            "/metadata/product/version",
        ] {
            *event.pointer_mut(pointer).unwrap() = Value::Null;
        }
    }
    let lines: Vec<String> = events.iter().map(|event| format!("{event}\n")).collect();
    lines.concat()
}

#[test]
fn every_form_of_a_report_is_as_expected() {
    let bless = std::env::var_os("BLESS").is_some_and(|value| !value.is_empty() && value != "0");
    let mut unexpected = Vec::new();
    for (name, mut session) in sessions() {
        let redaction = Some(RedactionKey::new([7; 32]));
        for (ending, request) in [
            ("findings.csv", Form::FindingsCsv.into()),
            ("users.csv", Form::UsersCsv.into()),
            ("md", Form::Markdown.into()),
            ("ocsf.jsonl", Form::Ocsf.into()),
            ("users-redacted.csv", ExportRequest { redaction, ..Form::UsersCsv.into() }),
        ] {
            let mut found = common::export_as(&mut session, request);
            if ending == "ocsf.jsonl" {
                found = without_texts(&found);
            }
            let path = folder().join("expected").join(format!("{name}.{ending}"));
            if bless {
                std::fs::write(&path, &found).unwrap();
                continue;
            }
            let expected = std::fs::read_to_string(&path).unwrap_or_default();
            if found != expected {
                let differing = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
                let (found, expected) = differing.unwrap_or(("one ends early", ""));
                unexpected.push(format!("{}:\nfound    {found}\nexpected {expected}", path.display()));
            }
        }
    }
    assert!(unexpected.is_empty(), "{}", unexpected.join("\n"));
}
