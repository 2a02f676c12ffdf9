//! The built command writes every format as the page does, to a file, a folder or standard output.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

/// Runs the command on a made-up report, judged as of the moment of all tests.
fn run(arguments: &[&str]) -> Output {
    run_on("neglected.csv", arguments)
}

fn run_on(report: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_credential-report"))
        .arg(tests().join("reports").join(report))
        .args(["--as-of", "2026-09-11T13:15:19Z"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[track_caller]
fn out(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", err(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn expected(name: &str) -> String {
    fs::read_to_string(tests().join("exports/expected").join(name)).unwrap()
}

#[test]
fn every_format_is_written_as_the_page_writes_it() {
    for report in ["neglected", "hostile-names", "no-arns"] {
        for (format, ending) in
            [("findings-csv", "findings.csv"), ("users-csv", "users.csv"), ("markdown", "md")]
        {
            let output = run_on(&format!("{report}.csv"), &["--format", format]);
            assert!(out(&output) == expected(&format!("{report}.{ending}")), "{report}, {format}");
        }
    }
    let events: serde_json::Value = serde_json::from_str(&out(&run(&["--format", "ocsf"]))).unwrap();
    assert_eq!(events.as_array().unwrap().len(), expected("neglected.ocsf.jsonl").lines().count());
}

#[test]
fn the_options_of_a_format_are_heard() {
    let detection = out(&run(&["--format", "ocsf", "--ocsf-class", "2004"]));
    assert!(detection.contains("\"class_uid\":2004") && !detection.contains("2003"), "{detection}");
    let table = out(&run(&["--format", "users-csv", "--separator", "semicolon"]));
    assert!(table.starts_with("\u{feff}account;account_name;arn;user;"), "{table}");
    let japanese = out(&run(&["--format", "markdown", "--language", "ja"]));
    assert!(japanese.contains("基準日時: 2026-09-11"), "{japanese}");
    // A table is English always.
    assert_eq!(
        out(&run(&["--format", "findings-csv", "--language", "ja"])),
        expected("neglected.findings.csv")
    );
    let some = out(&run(&["--format", "findings-csv", "--check", "user-dormant"]));
    assert!(some.lines().skip(1).all(|line| line.contains(",user-dormant,")) && some.lines().count() > 1);
    for arguments in [["--ocsf-class", "2001"], ["--separator", "tab"], ["--format", "sarif"]] {
        assert_eq!(run(&arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn markdown_goes_to_a_folder_a_part_a_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_str().unwrap();
    out(&run(&["--format", "markdown", "-o", path]));
    let part = folder.path().join("credential-findings-111122223333-2026-09-11-1.md");
    assert_eq!(fs::read_to_string(part).unwrap(), expected("neglected.md"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    // A form of one file has no place in a folder.
    for format in ["findings", "findings-csv", "ocsf", "summary"] {
        assert_eq!(run(&["--format", format, "-o", path]).status.code(), Some(2), "{format}");
    }
    let file = folder.path().join("one.md");
    out(&run(&["--format", "markdown", "-o", file.to_str().unwrap()]));
    assert_eq!(fs::read_to_string(file).unwrap(), expected("neglected.md"));
}

#[test]
fn a_key_is_made_once_and_redacts_alike() {
    let folder = TempDir::new().unwrap();
    let key = folder.path().join("key");
    let key_path = key.to_str().unwrap();
    let redacted = |format: &str| out(&run(&["--format", format, "--redact", "--redaction-key", key_path]));
    let findings = redacted("findings");
    let written = fs::read_to_string(&key).unwrap();
    assert!(written.starts_with("credential-report-redaction-key/1 "), "{written}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o077, 0);
    }
    assert_eq!(redacted("findings"), findings);
    assert_eq!(fs::read_to_string(&key).unwrap(), written);
    assert!(findings.contains("\"redacted\": true"));
    let table = redacted("redaction-table");
    let bella = table.lines().find(|line| line.ends_with(",bella")).unwrap().split(',').nth(1).unwrap();
    for format in ["findings", "findings-csv", "users-csv", "markdown", "ocsf"] {
        let text = redacted(format);
        assert!(
            text.contains(bella) && !text.contains("bella") && !text.contains("111122223333"),
            "{format}"
        );
    }
    // Without a file every run has a key of its own.
    let alone = || out(&run(&["--format", "users-csv", "--redact"]));
    assert_ne!(alone(), alone());
}

#[test]
fn what_cannot_be_redacted_is_refused() {
    let folder = TempDir::new().unwrap();
    let (bad, report) = (folder.path().join("bad"), tests().join("reports/tidy.csv"));
    fs::write(&bad, "no key").unwrap();
    for (arguments, told) in [
        (vec!["--format", "summary", "--redact"], "The summary cannot be redacted."),
        (vec!["--format", "redaction-table"], "only with `--redact`"),
        (vec!["--redact", "--redaction-key", bad.to_str().unwrap()], "This is not a redaction key."),
        (vec!["--redact", "--redaction-key", report.to_str().unwrap()], "This is not a redaction key."),
        (vec!["--redaction-key", "key"], "--redact"),
        (vec!["--redact", "--redaction-key", "no-such-folder/key"], "cannot be written"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert!(err(&output).contains(told), "{arguments:?}: {}", err(&output));
    }
    assert_eq!(fs::read_to_string(&bad).unwrap(), "no key");
}

/// Decisions about a user of the made-up report, as a file.
fn decisions(folder: &TempDir, name: &str, changes: &[(&str, &str)]) -> PathBuf {
    let user: serde_json::Value = {
        let findings: serde_json::Value =
            serde_json::from_str(&out(&run(&["--format", "findings"]))).unwrap();
        let findings = findings["findings"].as_array().unwrap().clone();
        findings.into_iter().find(|finding| finding["user"].is_string()).unwrap()
    };
    let mut decision = serde_json::json!({
        "id": "1", "account": user["account"], "arn": user["arn"], "action": "keep", "checks": ["*"],
        "reason": "Vendor appliance cannot use a role", "by": "k.sato@example.com", "on": "2026-09-01",
        "until": "2026-12-31"
    });
    for (name, value) in changes {
        decision[*name] = (*value).into();
    }
    let file = serde_json::json!({"schema": "credential-report-decisions/1", "decisions": [decision]});
    let path = folder.path().join(name);
    fs::write(&path, serde_json::to_string_pretty(&file).unwrap()).unwrap();
    path
}

#[test]
fn decisions_are_files_beside_the_reports() {
    let folder = TempDir::new().unwrap();
    let path = decisions(&folder, "decisions.json", &[]);
    let path = path.to_str().unwrap();
    let findings: serde_json::Value =
        serde_json::from_str(&out(&run(&[path, "--format", "findings"]))).unwrap();
    let accepted = findings["accepted"].as_array().unwrap();
    assert!(!accepted.is_empty());
    let worst = accepted[0]["severity"].as_str().unwrap();
    let user = accepted[0]["user"].as_str().unwrap();
    let asked = ["--search", user, "--fail-on", worst, "--format", "findings"];
    assert_eq!(run(&asked).status.code(), Some(1));
    assert_eq!(run(&[&[path], &asked[..]].concat()).status.code(), Some(0), "accepted findings do not count");
    // What is written is read again, and written as it was.
    let written = out(&run(&[path, "--format", "decisions"]));
    fs::write(path, &written).unwrap();
    assert_eq!(out(&run(&[path, "--format", "decisions"])), written);
}

#[test]
fn a_decision_that_does_not_count_is_named_and_the_output_is_written() {
    let folder = TempDir::new().unwrap();
    let path = decisions(&folder, "bad.json", &[("until", "2026-02-30")]);
    let output = run(&[path.to_str().unwrap(), "--format", "findings", "--fail-on", "info"]);
    assert_eq!(output.status.code(), Some(3), "3 wins over 1");
    let said = err(&output);
    assert!(said.contains("bad.json, line 15, column 16") && said.contains("2026-02-30"), "{said}");
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(findings["decisions"][0]["state"], "invalid");
    let path = folder.path().join("other.json");
    fs::write(&path, "{\"schema\": \"credential-report-decisions/2\", \"decisions\": []}").unwrap();
    let output = run(&[path.to_str().unwrap(), "--format", "findings"]);
    assert_eq!(output.status.code(), Some(3));
    let said = err(&output);
    assert!(said.contains("other.json") && said.contains("credential-report-decisions/2"), "{said}");
}

#[test]
fn the_record_of_a_review_names_its_files_by_their_digests() {
    let record: serde_json::Value = serde_json::from_str(&out(&run(&["--format", "review"]))).unwrap();
    let digest = record["inputs"][0]["sha256"].as_str().unwrap();
    assert_eq!((digest.len(), record["decisions_sha256"].is_null()), (64, true));
    assert!(!record["users"].as_array().unwrap().is_empty());
}

#[test]
fn the_time_zone_of_the_machine_is_no_matter() {
    let folder = TempDir::new().unwrap();
    let path = decisions(&folder, "decisions.json", &[("until", "2026-09-11")]);
    for (as_of, state) in [
        ("2026-09-11T00:00:00Z", "soon"),
        ("2026-09-11T23:59:59Z", "soon"),
        ("2026-09-12T00:00:00Z", "expired"),
    ] {
        for zone in ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"] {
            let output = Command::new(env!("CARGO_BIN_EXE_credential-report"))
                .env("TZ", zone)
                .arg(tests().join("reports/neglected.csv"))
                .arg(&path)
                .args(["--as-of", as_of, "--format", "findings"])
                .stdin(Stdio::null())
                .output()
                .unwrap();
            let findings: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
            assert_eq!(findings["decisions"][0]["state"], state, "{as_of} in {zone}");
        }
    }
}
