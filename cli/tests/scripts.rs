//! The built command writes the scripts that carry out decisions.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,access_key_1_active,\
                      access_key_1_last_rotated,access_key_1_last_used_date";

/// A folder with reports of two accounts, and a decision to rotate the only key of each user.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (account, user) in [("111122223333", "ann"), ("444455556666", "zoe")] {
        let arn = format!("arn:aws:iam::{account}:user/{user}");
        let report =
            format!("{HEADER}\n{user},{arn},2015-01-01T00:00:00Z,false,N/A,true,2016-07-27T14:41:00Z,N/A\n");
        fs::write(folder.path().join(format!("{user}.csv")), report).unwrap();
        let decisions = format!(
            r#"{{"schema": "credential-report-decisions/1", "decisions": [{{"id": "{user}", "account": "{account}",
            "arn": "{arn}", "credential": {{"kind": "access-key", "created": "2016-07-27T14:41:00Z"}},
            "action": "rotate", "by": "k.sato@example.com", "on": "2026-11-01", "until": "2026-12-31"}}]}}"#
        );
        fs::write(folder.path().join(format!("{user}.json")), decisions).unwrap();
    }
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_credential-report"))
        .args(["--as-of", "2026-11-25T14:30:40Z"])
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", err(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The command refuses: it writes nothing and says why.
#[track_caller]
fn refused(output: &Output, why: &str) {
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &[][..]), "{}", err(output));
    assert!(err(output).contains(why), "{}", err(output));
}

const BOTH: [&str; 4] = ["ann.csv", "ann.json", "zoe.csv", "zoe.json"];
const DISABLE: [&str; 2] = ["--format", "disable-script"];
const DELETE: [&str; 2] = ["--format", "delete-script"];

#[test]
fn the_script_of_an_account_goes_to_standard_output_or_a_file() {
    let folder = folder();
    let script = out(&run(&folder, &[&["ann.csv", "ann.json"], &DISABLE[..]].concat()));
    assert!(
        script.starts_with("#!/usr/bin/env bash\n# Stage 1 of 2 for AWS account 111122223333"),
        "{script}"
    );
    assert!(script.contains("    key 'ann' '2016-07-27T14:41:00Z' never\n"), "{script}");
    let one = run(&folder, &[&BOTH[..], &DISABLE, &["--account", "111122223333"]].concat());
    assert_eq!(out(&one), script);
    let file = run(&folder, &[&["ann.csv", "ann.json"], &DISABLE[..], &["-o", "script.sh"]].concat());
    assert_eq!(out(&file), "");
    assert_eq!(fs::read_to_string(folder.path().join("script.sh")).unwrap(), script);
}

#[test]
fn scripts_of_several_accounts_go_to_a_folder() {
    let folder = folder();
    let all = [&BOTH[..], &DISABLE].concat();
    refused(&run(&folder, &all), "disable-111122223333.sh, disable-444455556666.sh");
    refused(&run(&folder, &[&all[..], &["-o", "script.sh"]].concat()), "--account");
    assert!(!folder.path().join("script.sh").exists());
    fs::create_dir(folder.path().join("scripts")).unwrap();
    assert_eq!(out(&run(&folder, &[&all[..], &["-o", "scripts"]].concat())), "");
    let script = |name: &str| fs::read_to_string(folder.path().join("scripts").join(name)).unwrap();
    assert!(script("disable-111122223333.sh").contains("key 'ann'"));
    assert!(script("disable-444455556666.sh").contains("key 'zoe'"));
}

#[test]
fn a_redacted_script_is_refused() {
    let folder = folder();
    for format in [DISABLE, DELETE] {
        let arguments =
            [&["ann.csv", "ann.json", "--redact", "--redaction-key", "key"], &format[..]].concat();
        refused(&run(&folder, &arguments), "A script cannot be redacted");
    }
    assert!(!folder.path().join("key").exists());
}

#[test]
fn stage_2_needs_the_undo_file_of_stage_1() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("undo.sh", "aws iam update-access-key # 2026-11-01T14:30:40Z AKIAANN1\n");
    write("more.sh", "aws iam update-access-key # 2026-11-02T14:30:40Z AKIAANN2\n");
    write("passwords.sh", "echo # 2026-11-01T14:30:40Z password\n");
    let with = |undo: &[&str]| run(&folder, &[&["ann.csv", "ann.json"], &DELETE[..], undo].concat());
    refused(&with(&[]), "`--undo`");
    refused(&with(&["--undo", "missing.sh"]), "missing.sh: ");
    refused(&with(&["--undo", "ann.csv"]), "ann.csv: Line 1 does not end with `# TIME KEY-ID`");
    refused(&with(&["--undo", "passwords.sh"]), "passwords.sh: This undo file names no access key.");
    refused(&with(&["--undo", "undo.sh", "-o", "undo.sh"]), "it is one of the input files");
    let script = out(&with(&["--undo", "undo.sh", "--undo", "more.sh"]));
    assert!(
        script.starts_with("#!/usr/bin/env bash\n# Stage 2 of 2 for AWS account 111122223333"),
        "{script}"
    );
    assert!(script.contains(
        "    since '2026-11-01T14:30:40Z' 'AKIAANN1'\n    since '2026-11-02T14:30:40Z' 'AKIAANN2'\n"
    ));
}

#[test]
fn where_nothing_is_to_be_done_nothing_is_written() {
    let folder = folder();
    let output = run(&folder, &[&["ann.csv", "-o", "script.sh"], &DISABLE[..]].concat());
    assert_eq!(out(&output), "");
    assert!(err(&output).contains("No decision needs this script"), "{}", err(&output));
    assert!(!Path::new(&folder.path().join("script.sh")).exists());
}
