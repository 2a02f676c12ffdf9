//! The built command on the made-up reports: what it prints, says and ends with.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The moment that the made-up reports are judged as of.
const AS_OF: &str = "2026-09-11T13:15:19Z";

fn reports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/reports")
}

fn report(name: &str) -> String {
    reports().join(name).to_str().unwrap().to_owned()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_credential-report"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// Runs the command on a text that comes through a pipe.
fn run_on(input: &[u8], arguments: &[&str]) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn parsed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// An export without what the expected findings leave out: the texts that are the same in all of
/// them, and the version.
fn without_texts(export: &str) -> String {
    let emptied = [("  \"tool\": {", "{},"), ("  \"checks\": {", "{},"), ("  \"limits\": [", "[]")];
    let line = |line: &str| match emptied.iter().find(|(start, _)| line.starts_with(start)) {
        Some((start, empty)) => format!("{}{empty}\n", &start[..start.len() - 1]),
        None => format!("{line}\n"),
    };
    export.lines().map(line).collect()
}

#[test]
fn every_report_gives_the_bytes_that_are_expected() {
    let folder = TempDir::new().unwrap();
    let policy = folder.path().join("policy.json");
    let mut seen = 0;
    for entry in fs::read_dir(reports()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_of_another = [".findings.json", ".settings.json"].iter().any(|end| name.ends_with(end));
        if !path.is_file() || name.starts_with('.') || is_of_another {
            continue;
        }
        let stem = path.with_extension("");
        let settings: Value = fs::read(format!("{}.settings.json", stem.display()))
            .map_or(Value::Null, |bytes| serde_json::from_slice(&bytes).unwrap());
        let mut arguments = vec![path.to_str().unwrap()];
        if let Some(own) = settings.get("policy") {
            fs::write(&policy, own.to_string()).unwrap();
            arguments.extend(["--policy", policy.to_str().unwrap()]);
        }
        match settings.get("as_of") {
            None => arguments.extend(["--as-of", AS_OF]),
            Some(Value::String(chosen)) => arguments.extend(["--as-of", chosen]),
            Some(other) => assert_eq!(other, &Value::Null, "{name}"),
        }
        let output = run(&arguments);
        let expected = fs::read_to_string(format!("{}.findings.json", stem.display())).unwrap();
        assert_eq!(code(&output), 0, "{name}: {}", err(&output));
        assert!(without_texts(&out(&output)) == expected, "{name}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn standard_input_is_a_report_like_any_other() {
    let bytes = fs::read(report("neglected.csv")).unwrap();
    let piped = run_on(&bytes, &["-", "--as-of", AS_OF]);
    let named = run(&[&report("neglected.csv"), "--as-of", AS_OF]);
    assert_eq!(code(&piped), 0);
    assert_eq!(out(&piped).replace("\"standard input\"", "\"neglected.csv\""), out(&named));
}

#[test]
fn a_text_that_is_not_utf_8_is_read_as_the_page_reads_it() {
    let name = [0x8e, 0x52, 0x93, 0x63]; // 山田 in Shift_JIS
    let arn = b",arn:aws:iam::111122223333:user/";
    let header = b"user,arn,mfa_active,password_enabled\r\n";
    let report = [header.as_slice(), &name, arn, &name, b",false,true\r\n"].concat();
    let findings = parsed(&run_on(&report, &["-", "--as-of", AS_OF]));
    assert_eq!(findings["findings"][0]["user"], "山田");
}

#[test]
fn filters_are_those_of_the_page() {
    let arguments = ["--check", "console-unused,user-dormant", "--severity", "high", "--severity", "low"];
    let more = ["--account", "111122223333", "--search", "a b", "--as-of", AS_OF];
    let neglected = report("neglected.csv");
    let output = run(&[&[neglected.as_str()], arguments.as_slice(), &more].concat());
    let filter = json!({
        "search": "a b",
        "severities": ["high", "low"],
        "checks": ["console-unused", "user-dormant"],
        "accounts": ["111122223333"]
    });
    assert_eq!(parsed(&output)["filter"], filter);
    let all = parsed(&run(&[&neglected, "--as-of", AS_OF]));
    let some = parsed(&run(&[&neglected, "--as-of", AS_OF, "--check", "user-dormant"]));
    assert_eq!(some["summary"]["findings"], all["summary"]["by_check"]["user-dormant"]);
    assert_eq!(all["filter"], Value::Null);
}

#[test]
fn a_preset_is_known_by_its_name() {
    let findings = parsed(&run(&[&report("neglected.csv"), "--policy", "cis-7.0"]));
    assert_eq!(findings["policy"]["preset"], "cis-7.0");
}

#[test]
fn fail_on_looks_at_the_findings_that_are_printed() {
    let neglected = report("neglected.csv");
    let ends = |more: &[&str]| code(&run(&[&[neglected.as_str(), "--as-of", AS_OF], more].concat()));
    assert_eq!(ends(&[]), 0);
    assert_eq!(ends(&["--fail-on", "critical"]), 1);
    assert_eq!(ends(&["--fail-on", "info"]), 1);
    // All that this check finds is low.
    assert_eq!(ends(&["--fail-on", "low", "--check", "access-key-inactive"]), 1);
    assert_eq!(ends(&["--fail-on", "medium", "--check", "access-key-inactive"]), 0);
    assert_eq!(ends(&["--fail-on", "medium", "--severity", "low"]), 0);
    assert_eq!(ends(&["--fail-on", "low", "--search", "nobody-of-this-name"]), 0);
}

#[test]
fn the_result_is_printed_whatever_fail_on_says() {
    let plain = run(&[&report("neglected.csv"), "--as-of", AS_OF]);
    let failing = run(&[&report("neglected.csv"), "--as-of", AS_OF, "--fail-on", "low"]);
    assert_eq!((code(&plain), code(&failing)), (0, 1));
    assert_eq!(out(&plain), out(&failing));
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_count() {
    let folder = TempDir::new().unwrap();
    let (bad, empty) = (folder.path().join("bad.txt"), folder.path().join("empty.csv"));
    fs::write(&bad, "nothing of the kind").unwrap();
    fs::write(&empty, "").unwrap();
    let missing = folder.path().join("missing.csv");
    let paths: Vec<&str> = [&bad, &empty, &missing].into_iter().map(|path| path.to_str().unwrap()).collect();
    let tidy = report("tidy.csv");
    let alone = run(&[&tidy, "--as-of", AS_OF]);
    let output = run(&[paths[0], paths[1], &tidy, paths[2], "--as-of", AS_OF]);
    assert_eq!(code(&output), 3);
    assert_eq!(out(&output), out(&alone));
    let said = err(&output);
    assert!(
        said.contains(&format!("{}: This is text, but not a credential report. Download", paths[0])),
        "{said}"
    );
    assert!(said.contains(&format!("{}: The file is empty.", paths[1])), "{said}");
    assert!(said.contains(&format!("{}: The file cannot be read: ", paths[2])), "{said}");
    assert_eq!(said.lines().count(), 3, "{said}");
}

#[test]
fn a_folder_is_walked_through_and_what_is_no_report_is_left_aside() {
    let folder = TempDir::new().unwrap();
    let reports = folder.path().join("reports");
    fs::create_dir_all(reports.join("2026/08")).unwrap();
    fs::create_dir_all(reports.join(".git")).unwrap();
    fs::copy(report("tidy.csv"), reports.join("2026/08/tidy.csv")).unwrap();
    fs::copy(report("neglected.csv"), reports.join(".git/neglected.csv")).unwrap();
    fs::write(reports.join("notes.txt"), "nothing of the kind").unwrap();
    fs::write(reports.join("keys.csv"), "Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,wJalr\n")
        .unwrap();
    let output = run(&[reports.to_str().unwrap(), "--as-of", AS_OF]);
    let said = err(&output);
    assert_eq!(code(&output), 0, "{said}");
    let inputs = parsed(&output)["inputs"].clone();
    assert_eq!(
        (inputs.as_array().unwrap().len(), &inputs[0]["name"]),
        (1, &json!("reports/2026/08/tidy.csv"))
    );
    assert_eq!(inputs[0]["sha256"].as_str().unwrap().len(), 64);
    assert!(said.contains("1 reports, 2 other files ignored:"), "{said}");
    assert!(said.contains("  reports/keys.csv: ") && said.contains("  reports/notes.txt: "), "{said}");
    assert!(!said.contains("wJalr"), "{said}");
}

#[test]
fn a_file_that_cannot_be_read_outweighs_a_finding() {
    let output = run(&[&report("neglected.csv"), "no-such-file", "--fail-on", "low"]);
    assert_eq!(code(&output), 3);
    assert!(!output.stdout.is_empty());
}

#[test]
fn where_no_report_is_read_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("findings.json");
    for format in ["findings", "summary"] {
        let output = run(&["no-such-file", "--format", format, "-o", path.to_str().unwrap()]);
        assert_eq!(code(&output), 3);
        assert!(output.stdout.is_empty());
        assert!(err(&output).contains("No report was read"), "{}", err(&output));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_odd_about_a_report_is_said_with_line_and_column() {
    let output = run(&[&report("broken-rows.csv"), "--as-of", AS_OF]);
    assert_eq!(code(&output), 0);
    let said = err(&output);
    assert!(
        said.contains("broken-rows.csv, line 6 · mfa_active “yes”: The cell is neither `true` nor `false`."),
        "{said}"
    );
    let japanese = err(&run(&[&report("broken-rows.csv"), "--as-of", AS_OF, "--language", "ja"]));
    assert_ne!(said, japanese);
    assert_eq!(said.lines().count(), japanese.lines().count());
}

#[test]
fn many_warnings_are_counted() {
    let names: Vec<String> = (0..100).map(|number| format!(",more {number}")).collect();
    let names = names.concat();
    let text = format!("user,mfa_active{names}\nann,true{}\n", ",".repeat(100));
    let said = err(&run_on(text.as_bytes(), &["-", "--as-of", AS_OF]));
    assert_eq!(said.lines().count(), 21, "{said}");
    assert!(said.contains("The first 20 of 100; the export contains all of them."), "{said}");
}

#[test]
fn a_command_line_that_does_not_work_ends_with_two() {
    let tidy = report("tidy.csv");
    let ends = |more: &[&str], told: &[&str]| {
        let output = run(&[&[tidy.as_str()], more].concat());
        assert_eq!(code(&output), 2, "{more:?}");
        assert!(output.stdout.is_empty(), "{more:?}");
        assert!(told.iter().all(|told| err(&output).contains(told)), "{more:?}: {}", err(&output));
    };
    ends(&["--format", "pdf"], &["findings", "letters", "summary"]);
    ends(&["--change", "fixed"], &["resolved"]);
    ends(&["--check", "no-such-check"], &["user-dormant"]);
    ends(&["--severity", "worse"], &["critical"]);
    ends(&["--fail-on", "worse"], &["critical"]);
    ends(&["--as-of", "yesterday"], &["not a time"]);
    ends(&["--policy", "no-such-policy"], &["recommended, cis-7.0"]);
    ends(&["--policy", &tidy], &["This is not a check policy"]);
    ends(&["--language", "fr"], &["en, ja"]);
    ends(&["--no-such-option"], &["--no-such-option"]);
    let nothing = run(&[]);
    assert_eq!(code(&nothing), 2);
}

#[test]
fn the_output_is_a_file_that_is_there_at_once() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("findings.json");
    fs::write(&path, "what was there before").unwrap();
    let arguments = [&report("neglected.csv"), "--as-of", AS_OF];
    let printed = run(&arguments);
    let output = run(&[arguments.as_slice(), &["-o", path.to_str().unwrap()]].concat());
    assert_eq!((code(&output), output.stdout.len()), (0, 0));
    assert_eq!(fs::read(&path).unwrap(), printed.stdout);
    // Nothing is left beside it.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let dash = run(&[arguments.as_slice(), &["-o", "-"]].concat());
    assert_eq!(dash.stdout, printed.stdout);
}

#[test]
fn an_output_that_cannot_be_written_ends_with_two() {
    let folder = TempDir::new().unwrap();
    let nowhere = folder.path().join("no-such-folder/findings.json");
    let input = folder.path().join("report.csv");
    fs::copy(report("tidy.csv"), &input).unwrap();
    for path in [folder.path(), &nowhere, &input] {
        let output = run(&[input.to_str().unwrap(), "-o", path.to_str().unwrap()]);
        assert_eq!(code(&output), 2, "{}", path.display());
        assert!(err(&output).contains("cannot be written"), "{}", err(&output));
    }
    assert_eq!(fs::read(&input).unwrap(), fs::read(report("tidy.csv")).unwrap());
}

#[test]
fn a_reader_who_leaves_is_no_trouble() {
    for format in ["findings", "summary"] {
        let mut child = command(&["-", "--as-of", AS_OF, "--format", format])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Nothing is printed before all is read: by then nobody listens.
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(&fs::read(report("neglected.csv")).unwrap()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), err(&output).as_str()), (0, ""));
    }
}

#[test]
fn the_summary_counts_what_the_findings_hold() {
    let arguments = [&report("neglected.csv"), "--as-of", AS_OF];
    let findings = parsed(&run(&arguments));
    let text = out(&run(&[arguments.as_slice(), &["--format", "summary"]].concat()));
    let counts = &findings["summary"];
    for part in [
        "Account: 111122223333\nAs of: 2026-09-11T13:15:19Z (set by you)\nCheck policy: Recommended\n"
            .to_owned(),
        format!("\n{} users · {} with findings\n", counts["users"], counts["users_with_findings"]),
        format!("\n{} findings\n", counts["findings"]),
        format!("{}  Critical\n", counts["by_severity"]["critical"]),
        format!("(console-mfa-disabled): {} failed · ", counts["by_check"]["console-mfa-disabled"]),
        "\nUsers with the worst findings\n  <root_account>: Critical 2 · High 2 · Medium 1\n".to_owned(),
    ] {
        assert!(text.contains(&part), "{part:?} is not in\n{text}");
    }
    // By default it is for people alone, and a pipe is none.
    assert_eq!(out(&run(&arguments)).as_bytes().first(), Some(&b'{'));
}

#[test]
fn the_summary_follows_the_filters() {
    let arguments = [
        &report("neglected.csv"),
        "--as-of",
        AS_OF,
        "--severity",
        "high",
        "--check",
        "user-dormant,console-unused",
        "--search",
        "BELLA",
    ];
    let findings = parsed(&run(&arguments));
    let text = out(&run(&[arguments.as_slice(), &["--format", "summary"]].concat()));
    let counts = &findings["summary"];
    for part in [
        "Filters: “BELLA” · High · Dormant user and 1 more\n1 of 10 users\n".to_owned(),
        format!("\n{} findings\n", counts["findings"]),
        format!("Dormant user (user-dormant): {} finding\n", counts["by_check"]["user-dormant"]),
        format!("Users with the worst findings\n  bella: High {}\n", counts["findings"]),
    ] {
        assert!(text.contains(&part), "{part:?} is not in\n{text}");
    }
}

#[test]
fn the_summary_is_in_japanese_too() {
    let summary = |language| {
        let report = report("neglected.csv");
        out(&run(&[&report, "--as-of", AS_OF, "--format", "summary", "--language", language]))
    };
    let (english, japanese) = (summary("en"), summary("ja"));
    assert!(japanese.starts_with("アカウント: 111122223333\n基準日時: "), "{japanese}");
    assert_eq!(english.lines().count(), japanese.lines().count());
    let foreign: Vec<&str> =
        japanese.lines().filter(|line| english.contains(line) && !line.is_empty()).collect();
    assert_eq!(foreign, [""; 0]);
}

#[test]
fn a_report_does_not_command_the_terminal() {
    let report = "user,mfa_active,password_enabled\n\u{1b}[2Jeve,maybe,true\n";
    let output = run_on(report.as_bytes(), &["-", "--as-of", AS_OF, "--format", "summary"]);
    assert!(!out(&output).contains('\u{1b}') && !err(&output).contains('\u{1b}'));
    let hostile = run(&[&self::report("hostile-names.csv"), "--as-of", AS_OF, "--format", "summary"]);
    assert!(out(&hostile).contains(r"\u{202e}gnp.exe"), "{}", out(&hostile));
}

#[test]
fn the_command_tells_of_itself() {
    let help = run(&["--help"]);
    assert_eq!(code(&help), 0);
    assert!(out(&help).contains("Usage: credential-report [OPTIONS] FILES…"), "{}", out(&help));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let completions = out(&run(&["--completions", shell]));
        assert!(completions.contains("fail-on"), "{shell}: {completions}");
    }
    let man = out(&run(&["--man"]));
    assert!(man.contains(".SH SYNOPSIS") && man.contains(r"\-\-fail\-on"), "{man}");
    assert_eq!(code(&run(&["--man", &report("tidy.csv")])), 2);
}

/// Reports of one account in a folder: a month apart, with a key that is idle in both, and a user who comes.
fn month_apart(folder: &TempDir) -> [String; 2] {
    const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,\
        password_last_changed,mfa_active,access_key_1_active,access_key_1_last_rotated,\
        access_key_1_last_used_date";
    let row = |name: &str, password: &str, mfa: &str, key: &str| {
        format!("{name},arn:aws:iam::123456789012:user/{name},2025-03-01T09:00:00Z,{password},{mfa},{key}\n")
    };
    let never = "false,N/A,N/A";
    let ann = |mfa| row("ann", "true,2026-08-01T00:00:00Z,2026-01-01T00:00:00Z", mfa, "false,N/A,N/A");
    let bot = row("bot", never, "false", "true,2025-03-01T09:00:00Z,2026-05-01T00:00:00Z");
    let cat = row("cat", never, "false", "true,2026-08-20T00:00:00Z,2026-09-01T00:00:00Z");
    [
        ("status_reports_2026-08-11T13-15-19+00-00.csv", format!("{HEADER}\n{}{bot}", ann("false"))),
        ("status_reports_2026-09-11T13-15-19+00-00.csv", format!("{HEADER}\n{}{bot}{cat}", ann("true"))),
    ]
    .map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    })
}

#[test]
fn changes_are_printed_whichever_report_comes_first() {
    let folder = TempDir::new().unwrap();
    let [earlier, current] = month_apart(&folder);
    let output = run(&[&earlier, &current, "--format", "changes"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    for arguments in [
        [&current, &earlier, "--format", "changes"],
        [&current, "--format=changes", "--against", &earlier],
        [&current, &earlier, "--format=changes", &format!("--against={earlier}")],
    ] {
        let arguments: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
        assert_eq!(out(&run(&arguments)), out(&output), "{arguments:?}");
    }
    let changes = parsed(&output);
    assert_eq!(changes["schema"], "credential-report-changes/1");
    let account = &changes["accounts"][0];
    assert_eq!(account["account"], "123456789012");
    assert_eq!(account["earlier"]["as_of"], "2026-08-11T13:15:19Z");
    assert_eq!(account["earlier"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(account["users"][1]["change"], "added");
    assert_eq!(account["summary"]["by_cause"]["mfa-enabled"], 1);
    assert_eq!(account["summary"]["by_outcome"]["unchanged"], 2);
}

#[test]
fn findings_and_changes_are_filtered_by_what_became_of_them() {
    let folder = TempDir::new().unwrap();
    let [earlier, current] = month_apart(&folder);
    let of = |format: &str, change: &str| {
        let output = run(&[&earlier, &current, "--format", format, "--change", change]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        parsed(&output)
    };
    let resolved = of("changes", "resolved");
    let findings = resolved["accounts"][0]["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!((&findings[0]["user"], &findings[0]["cause"]), (&json!("ann"), &json!("mfa-enabled")));
    assert_eq!(of("findings", "resolved")["findings"], json!([]));
    let unchanged = of("findings", "unchanged");
    let findings = unchanged["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2);
    assert!(findings.iter().all(|finding| finding["change"] == "unchanged" && finding["user"] == "bot"));
    assert_eq!(findings[0]["since"], "2026-08-11T13:15:19Z");
    assert_eq!(unchanged["filter"]["changes"], json!(["unchanged"]));
}

#[test]
fn the_newest_report_alone_is_compared_with_none() {
    let folder = TempDir::new().unwrap();
    let [earlier, current] = month_apart(&folder);
    let changes = parsed(&run(&[&earlier, &current, "--format", "changes", "--newest-only"]));
    assert_eq!(changes["accounts"], json!([]));
    let findings = parsed(&run(&[&earlier, &current, "--newest-only"]));
    assert!(findings["findings"].as_array().unwrap().iter().all(|finding| finding.get("change").is_none()));
    let both = run(&[&current, "--newest-only", "--against", &earlier]);
    assert_eq!(code(&both), 2);
}

#[test]
fn a_report_to_compare_with_that_is_none_is_said() {
    let folder = TempDir::new().unwrap();
    let [earlier, current] = month_apart(&folder);
    // The newer one cannot be the earlier one.
    let output = run(&[&earlier, "--format", "changes", "--against", &current]);
    assert_eq!(code(&output), 0);
    assert!(err(&output).contains("is not an earlier report of any of these accounts"), "{}", err(&output));
    let missing = folder.path().join("missing.csv");
    let output = run(&[&current, "--format", "changes", "--against", missing.to_str().unwrap()]);
    assert_eq!(code(&output), 3);
    assert_eq!(parsed(&output)["accounts"], json!([]));
}
