//! What goes into a script, and what does not.

use std::path::PathBuf;
use std::process::Command;

use credential_report_viewer::export::script::{AccountTasks, LastUse, Origin, Stage, Subject, Task, script};
use credential_report_viewer::review::Action;

use crate::account::{Account, delete, disable, key, password, tasks, time};

const CREATED: &str = "2016-07-27T14:41:00Z";

/// The lines of a function of a script.
fn lines<'a>(script: &'a str, function: &str) -> Vec<&'a str> {
    let (_, rest) = script.split_once(&format!("\n{function}() {{\n    :\n")).unwrap();
    rest.split_once("}\n").unwrap().0.lines().map(str::trim).collect()
}

/// The comments before the first command.
fn head(script: &str) -> Vec<&str> {
    script.lines().take_while(|line| line.starts_with('#')).collect()
}

fn other(action: Action, user: &str, line: u32) -> Task {
    let origin = Origin::File("decisions.json".to_owned(), line);
    Task { subject: Subject::Other, origin, ..key(action, user, CREATED, None) }
}

#[test]
fn a_line_names_the_user_the_creation_and_the_last_use() {
    let list = vec![
        password("bob"),
        key(Action::Disable, "bob", CREATED, Some("2016-11-20T13:37:00Z")),
        key(Action::Rotate, "-x+=,.@_", CREATED, None),
        Task {
            subject: Subject::AccessKey { created: time(CREATED), last_used: LastUse::Unknown },
            ..key(Action::Delete, "carol", CREATED, None)
        },
        // The same again.
        key(Action::Delete, "bob", CREATED, Some("2016-11-20T13:37:00Z")),
    ];
    assert_eq!(
        lines(&disable(list.clone()), "work"),
        [
            "key '-x+=,.@_' '2016-07-27T14:41:00Z' never",
            "key 'bob' '2016-07-27T14:41:00Z' '2016-11-20T13:37:00Z'",
            "key 'carol' '2016-07-27T14:41:00Z' unknown",
            "password 'bob' '2026-11-25T00:00:00Z'",
        ]
    );
    let script = delete(list, &[("2026-11-11T14:30:40Z", "AKIAANN1")]);
    assert_eq!(lines(&script, "stage_1"), ["since '2026-11-11T14:30:40Z' 'AKIAANN1'"]);
    // Bob's key was decided both ways: it is not deleted.
    assert_eq!(
        lines(&script, "work"),
        ["key '-x+=,.@_' '2016-07-27T14:41:00Z' never", "key 'carol' '2016-07-27T14:41:00Z' unknown",]
    );
    assert_eq!(head(&script).last(), Some(&"#   decisions.json, line 7"));
}

#[test]
fn stage_2_deletes_what_was_decided_to_be_deleted_or_rotated_alone() {
    let whole_user = Task { is_of_whole_user: true, ..key(Action::Disable, "ann", CREATED, None) };
    let script = delete(
        vec![
            whole_user,
            key(Action::Delete, "ann", CREATED, None),
            key(Action::Disable, "bob", CREATED, None),
            key(Action::Rotate, "carol", CREATED, None),
            password("dan"),
            other(Action::Disable, "dan", 9),
        ],
        &[],
    );
    let found = lines(&script, "work");
    assert_eq!(
        found.iter().map(|line| line.split('\'').nth(1).unwrap()).collect::<Vec<_>>(),
        ["ann", "carol"]
    );
    assert!(script.contains("\n# Manual steps: 0\n"));
}

#[test]
fn a_key_decided_disable_alone_makes_no_script_of_stage_2() {
    assert_eq!(script(Stage::Delete, &tasks(vec![key(Action::Disable, "ann", CREATED, None)]), &[]), None);
    assert_eq!(script(Stage::Disable, &tasks(Vec::new()), &[]), None);
    let strange = AccountTasks { account: "1'; ls".to_owned(), ..tasks(vec![password("ann")]) };
    assert_eq!(script(Stage::Disable, &strange, &[]), None);
}

#[test]
fn hostile_names_are_left_to_a_person() {
    let long = "a".repeat(65);
    let names = [
        "$(touch pwned)",
        "a'b",
        "a\"b",
        "a`id`",
        "a b",
        "a\nb",
        "a;b",
        "a/b",
        "*",
        "..\\",
        "",
        "ann\u{e9}",
        "a\u{202e}b",
        "a#b",
        "a$b",
        "a\0b",
        &long,
    ];
    let mut list: Vec<Task> = (10..)
        .zip(names)
        .flat_map(|(line, name)| {
            let origin = Origin::File("decisions.json".to_owned(), line);
            let own = |task: Task| Task { origin: origin.clone(), ..task };
            [own(key(Action::Delete, name, CREATED, None)), own(password(name))]
        })
        .collect();
    list.push(Task { user: None, ..other(Action::Delete, "", 99) });
    let account = Account::new("hostile", &[], &[]);
    for script in [disable(list.clone()), delete(list, &[("2026-11-11T14:30:40Z", "AKIAANN1")])] {
        assert_eq!(lines(&script, "work"), [""; 0]);
        let head = head(&script);
        assert!(head.contains(&"# Manual steps: 18"), "{head:?}");
        let named: Vec<&&str> =
            head.iter().filter(|line| line.starts_with("#   decisions.json, line ")).collect();
        assert_eq!(named.len(), 18);
        assert!(names.iter().filter(|name| name.len() > 1).all(|name| !script.contains(*name)));
        let ran = account.run(&script, &["--apply"]);
        assert_eq!((ran.exit, ran.error.as_str()), (0, ""));
        assert!(ran.out.contains("Manual steps: 18 (listed at the top of this file)."), "{ran:?}");
    }
    assert_eq!(account.left(), [""; 0]);
    let script = disable(vec![key(Action::Disable, &"a".repeat(64), CREATED, None)]);
    assert_eq!(lines(&script, "work").len(), 1);
}

#[test]
fn the_name_of_a_file_cannot_end_a_comment() {
    let file = |name: &str| {
        let origin = Origin::File(name.to_owned(), 3);
        disable(vec![Task { origin, ..other(Action::Delete, "ann", 1) }])
    };
    let script = file("a\nrm -rf ~\r\u{2028}$(ls)判定.json");
    assert!(script.contains("\n#   a_rm -rf ____(ls)判定.json, line 3\n"), "{:?}", head(&script));
    let unsaved = Task { origin: Origin::Unsaved(4), ..other(Action::Delete, "ann", 1) };
    assert!(disable(vec![unsaved]).contains("\n#   decision 4, not saved yet\n"));
}

#[test]
fn each_partition_has_its_own_iam() {
    let of = |partition: &str| {
        let list = AccountTasks {
            partition: Some(partition.to_owned()),
            ..tasks(vec![key(Action::Delete, "ann", CREATED, None)])
        };
        script(Stage::Disable, &list, &[]).unwrap()
    };
    assert!(!of("aws").contains("AWS_REGION") && of("aws").contains("\nREGION=''\n"));
    for (partition, region) in [("aws-cn", "cn-north-1"), ("aws-us-gov", "us-gov-west-1")] {
        let script = of(partition);
        assert!(script.contains(&format!("\nexport AWS_REGION={region} AWS_DEFAULT_REGION={region}\n")));
        let account = Account::new(partition, &["ann AKIAANN1 Active 2016-07-27T14:41:00 None N/A"], &[]);
        assert_eq!(account.run(&script, &["--apply"]).exit, 0);
        let undo = account.read_left(&account.left()[0]);
        assert!(undo.contains(&format!(" --region {region} # ")), "{undo}");
        assert_eq!(account.run(&undo, &[]).exit, 0);
        assert!(account.read("keys").contains("AKIAANN1 Active"));
    }
}

/// Where `shellcheck` is, if anywhere.
fn shellcheck() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join("shellcheck")).find(|path| path.is_file())
}

#[test]
fn shellcheck_finds_nothing() {
    let Some(shellcheck) = shellcheck() else {
        // The tests' own runner installs it where it can.
        eprintln!("SKIPPED: shellcheck is not installed, so the scripts are not checked with it");
        return;
    };
    let list =
        vec![key(Action::Delete, "ann", CREATED, None), password("ann"), other(Action::Delete, "ann", 9)];
    let account = Account::new("shellcheck", &[], &[]);
    for (name, script) in [
        ("disable.sh", disable(list.clone())),
        ("passwords.sh", disable(vec![password("ann")])),
        ("manual.sh", disable(vec![other(Action::Delete, "ann", 9)])),
        ("delete.sh", delete(list.clone(), &[("2026-11-11T14:30:40Z", "AKIAANN1")])),
        ("no_undo.sh", delete(list, &[])),
    ] {
        account.leave(name, &script);
        let out = Command::new(&shellcheck)
            .args(["--norc", "--severity=style", name])
            .current_dir(account.here())
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
    }
    // It is no test that cannot fail.
    account.leave("bad.sh", "#!/usr/bin/env bash\nrm $1\n");
    let out =
        Command::new(&shellcheck).args(["--norc", "bad.sh"]).current_dir(account.here()).output().unwrap();
    assert!(!out.status.success());
}
