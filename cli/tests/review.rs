//! The built command says who answers for whom and how decisions stand, and writes to owners.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const OWNERS: &str = "user,owner,email,team,active\n\
                      bella,Ann Lee,ann@x.com,Core,true\n\
                      twin,Ann Lee,ann@x.com,Core,true\n\
                      importer,Bea,bea@x.com,Data,false\n";

/// Exceptions for a user and for root, work that is overdue and work that is done, and what cannot be read.
const DECISIONS: &str = r#"{"schema": "credential-report-decisions/1", "decisions": [
  {"id": "1", "account": "111122223333", "arn": "arn:aws:iam::111122223333:user/bella", "action": "keep",
   "checks": ["*"], "reason": "Leaves at the end of the year", "by": "k.sato", "on": "2026-09-01",
   "until": "2026-12-31"},
  {"id": "2", "account": "111122223333", "arn": "arn:aws:iam::111122223333:user/etl/importer",
   "action": "disable", "by": "k.sato", "on": "2026-08-01", "until": "2026-09-01"},
  {"id": "3", "account": "111122223333", "arn": "arn:aws:iam::111122223333:user/nobody",
   "action": "disable", "by": "k.sato", "on": "2026-08-01", "until": "2026-12-31"}]}"#;

/// A folder with owners and decisions.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("owners.csv"), OWNERS).unwrap();
    fs::write(folder.path().join("decisions.json"), DECISIONS).unwrap();
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/reports/neglected.csv");
    Command::new(env!("CARGO_BIN_EXE_credential-report"))
        .arg(report)
        .args(["--as-of", "2026-09-11T13:15:19Z"])
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[track_caller]
fn out(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_summary_says_how_decisions_stand() {
    let folder = folder();
    let before = out(&run(&folder, &["--format", "summary"]));
    assert!(!before.contains("Decisions:"), "{before}");
    let summary = out(&run(&folder, &["decisions.json", "owners.csv", "--format", "summary"]));
    let at = summary.find("\nDecisions: 3 of 10 decided · ").unwrap_or_else(|| panic!("{summary}"));
    let mut lines = summary[at + 1..].lines();
    let heading = lines.next().unwrap();
    let accepted: u64 =
        heading.split(" · ").nth(1).unwrap().strip_suffix(" accepted").unwrap().parse().unwrap();
    let states: Vec<&str> = lines.take(3).collect();
    assert_eq!(states, ["  1  Done", "  1  Overdue", "  1  In effect"]);
    // What is accepted is in no other number.
    let total = |text: &str| -> u64 {
        let line = text.lines().find(|line| line.ends_with(" findings") && !line.contains('·')).unwrap();
        line.split(' ').next().unwrap().parse().unwrap()
    };
    assert!(accepted > 0);
    assert_eq!(total(&before), total(&summary) + accepted);
    assert!(!summary.contains("\n  bella: "), "{summary}");
    assert!(
        summary.contains("1 user with enabled credentials and an owner who is no longer active"),
        "{summary}"
    );
    let japanese = out(&run(&folder, &["decisions.json", "--format", "summary", "--language", "ja"]));
    assert!(japanese.contains("\n判定: "), "{japanese}");
}

#[test]
fn a_decision_that_cannot_be_read_is_named_and_counted() {
    let folder = folder();
    let broken = DECISIONS.replace("\"action\": \"keep\"", "\"action\": \"fly\"");
    fs::write(folder.path().join("broken.json"), broken).unwrap();
    let output = run(&folder, &["broken.json", "--format", "summary"]);
    assert_eq!(output.status.code(), Some(3));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("broken.json") && errors.contains("fly"), "{errors}");
    let summary = String::from_utf8(output.stdout).unwrap();
    assert!(
        summary.contains("\n  1  Invalid\n") && summary.contains("\nDecisions: 2 of 10 decided\n"),
        "{summary}"
    );
}

#[test]
fn an_owner_is_a_filter_by_name_or_address() {
    let folder = folder();
    let users = |owner: &[&str]| {
        let table = out(&run(&folder, &[&["owners.csv", "--format", "users-csv"], owner].concat()));
        let rows = table.lines().skip(1).map(|line| line.split(',').nth(3).unwrap().to_owned());
        rows.collect::<Vec<_>>()
    };
    assert_eq!(users(&[]).len(), 10);
    assert_eq!(users(&["--owner", "ANN@x.com"]), ["bella", "twin"]);
    assert_eq!(users(&["--owner", "Ann Lee", "--owner", "bea"]), ["bella", "importer", "twin"]);
    assert_eq!(users(&["--owner", "zed"]), Vec::<String>::new());
}

#[test]
fn letters_go_to_a_folder_a_part_a_file_and_hold_no_other_users() {
    let folder = folder();
    let letters = |arguments: &[&str]| {
        // The folder need not be there.
        out(&run(&folder, &[&["owners.csv", "--format", "letters", "-o", "letters/"], arguments].concat()));
        let path = folder.path().join("letters");
        let mut files: Vec<String> = fs::read_dir(&path)
            .unwrap()
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .collect();
        files.sort();
        fs::remove_dir_all(path).unwrap();
        files
    };
    let all = letters(&[]);
    assert_eq!(all.len(), 3, "{all:?}");
    let of = |name: &str| all.iter().find(|letter| letter.contains(&format!(": `{name}`"))).unwrap();
    assert!(of("Ann Lee").contains("## `bella`") && of("Ann Lee").contains("## `twin`"));
    assert!(!of("Ann Lee").contains("importer") && !of("Bea").contains("bella"));
    assert!(of("Bea").contains("no longer active"));
    let one = letters(&["--owner", "ann lee", "--language", "ja"]);
    assert_eq!(one.len(), 1);
    assert!(
        one[0].contains("## `bella`") && !one[0].contains("importer") && !one[0].contains("Decision"),
        "{one:?}"
    );
    for letter in letters(&["--answer-by", "2026-12-24"]) {
        assert!(letter.contains("- Reply by: 2026-12-24\n"), "{letter}");
    }
    let output = run(&folder, &["owners.csv", "--format", "letters", "--answer-by", "soon"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("a day is written as in"), "{output:?}");
    // Without a file of owners nobody can be written to.
    let output = run(&folder, &["--format", "letters"]);
    assert!(output.stdout.is_empty() || output.status.code() != Some(0), "{output:?}");
}
