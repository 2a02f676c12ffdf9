//! From reports and decisions to scripts, through the session.

use credential_report_viewer::export::script::read_undo;
use credential_report_viewer::export::{ExportRequest, Form, RedactionKey};
use credential_report_viewer::query::Query;
use credential_report_viewer::session::{Mode, Reply, Request, Session};
use serde_json::{Value, json};

use crate::account::{ACCOUNT, Account, time};

const OTHER: &str = "444455556666";

const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,\
    access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,\
    access_key_2_last_rotated,access_key_2_last_used_date,cert_1_active,cert_1_last_rotated,cert_2_active,\
    cert_2_last_rotated\n";

/// When the report was generated; its file says so by its name.
const GENERATED: &str = "2026-11-24T00:00:00Z";

/// The cells behind the user's creation: the password, two keys, two certificates.
fn row(account: &str, name: &str, cells: &str) -> String {
    let arn = format!("arn:aws:iam::{account}:user/{name}");
    format!("{name},{arn},2015-01-01T00:00:00Z,{cells}\n")
}

const NO_KEY: &str = "false,N/A,N/A";
const NO_CERTIFICATE: &str = "false,N/A,false,N/A";

/// Ann has a password, a key in use, an inactive one and a certificate; bob a key alone.
fn report() -> String {
    let ann = "true,2026-11-20T08:00:00Z,true,true,2016-07-27T14:41:00Z,2026-11-23T08:00:00Z,\
               false,2017-01-01T00:00:00Z,N/A,true,2016-01-01T00:00:00Z,false,N/A";
    let bob = format!("false,N/A,false,true,2018-01-01T00:00:00Z,N/A,{NO_KEY},{NO_CERTIFICATE}");
    let root = format!(
        "<root_account>,arn:aws:iam::{ACCOUNT}:root,2015-01-01T00:00:00Z,not_supported,N/A,true,\
         true,2016-01-01T00:00:00Z,N/A,{NO_KEY},{NO_CERTIFICATE}\n"
    );
    format!("{HEADER}{root}{}{}", row(ACCOUNT, "ann", ann), row(ACCOUNT, "bob", &bob))
}

fn other_report() -> String {
    let cells = format!("false,N/A,false,true,2018-01-01T00:00:00Z,N/A,{NO_KEY},{NO_CERTIFICATE}");
    format!("{HEADER}{}", row(OTHER, "zoe", &cells))
}

/// A decision about a user of the account; a member that is `null` is left out.
fn decision(user: &str, action: &str, changes: &Value) -> Value {
    let mut decision = json!({
        "account": ACCOUNT, "arn": format!("arn:aws:iam::{ACCOUNT}:user/{user}"),
        "user_created": "2015-01-01T00:00:00Z", "action": action, "by": "k.sato@example.com",
        "on": "2026-11-01", "until": "2026-12-31"
    });
    for (name, value) in changes.as_object().unwrap() {
        decision[name] = value.clone();
    }
    decision.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    decision
}

fn key(created: &str) -> Value {
    json!({"credential": {"kind": "access-key", "created": created}})
}

fn password() -> Value {
    json!({"credential": {"kind": "password"}})
}

/// The decisions as a file, each on a line of its own from the second on.
fn file(decisions: &[Value]) -> String {
    let lines: Vec<String> = decisions
        .iter()
        .enumerate()
        .map(|(number, decision)| {
            let mut decision = decision.clone();
            decision["id"] = json!(format!("2026-11-01-{:03}", number + 1));
            decision.to_string()
        })
        .collect();
    format!("{{\"schema\": \"credential-report-decisions/1\", \"decisions\": [\n{}\n]}}", lines.join(",\n"))
}

fn open(files: &[(&str, String)]) -> Session {
    let mut session = Session::new();
    let now = time("2026-11-25T14:30:40Z");
    session.handle(Request::Begin { mode: Mode::Replace, now });
    for (name, text) in files {
        session.handle(Request::File { name: (*name).to_owned(), bytes: text.len() as u64, modified: None });
        session.handle(Request::Slice(text.clone().into_bytes()));
        let reply = session.handle(Request::EndOfFile);
        assert!(!matches!(reply, Reply::FileFailed(_)), "{reply:?}");
    }
    session.handle(Request::Commit);
    session
}

const REPORT_FILE: &str = "status_reports_2026-11-24T00-00-00+00-00.csv";
const OTHER_FILE: &str = "status_reports_2026-11-24T00-00-01+00-00.csv";

fn with(decisions: &[Value]) -> Session {
    open(&[(REPORT_FILE, report()), ("decisions.json", file(decisions))])
}

/// The scripts of a form, each with the name of its file.
fn scripts(session: &mut Session, request: ExportRequest) -> Vec<(String, String)> {
    let mut scripts = Vec::new();
    let mut reply = session.handle(Request::Export(Box::new(request)));
    loop {
        let Reply::Part { bytes, last, name } = reply else { panic!("{reply:?}") };
        scripts.extend(name.map(|name| (name, String::from_utf8(bytes).unwrap())));
        if last {
            return scripts;
        }
        reply = session.handle(Request::NextPart);
    }
}

/// The lines of work, and how many manual steps there are, of the only script of a form.
fn work(session: &mut Session, form: Form) -> (Vec<String>, usize, String) {
    let scripts = scripts(session, form.into());
    let [(name, script)] = scripts.as_slice() else { panic!("{scripts:?}") };
    let stage = if form == Form::DisableScript { "disable" } else { "delete" };
    assert_eq!(*name, format!("{stage}-{ACCOUNT}.sh"));
    let (_, rest) = script.split_once("\nwork() {\n    :\n").unwrap();
    let lines = rest.split_once("}\n").unwrap().0.lines().map(|line| line.trim().to_owned()).collect();
    let (_, manual) = script.split_once("\n# Manual steps: ").unwrap();
    (lines, manual.lines().next().unwrap().parse().unwrap(), script.clone())
}

#[test]
fn to_disable_a_user_is_its_password_and_its_active_keys() {
    let mut session = with(&[decision("ann", "disable", &json!({}))]);
    let (lines, manual, script) = work(&mut session, Form::DisableScript);
    assert_eq!(
        lines,
        [
            "key 'ann' '2016-07-27T14:41:00Z' '2026-11-23T08:00:00Z'".to_owned(),
            format!("password 'ann' '{GENERATED}'"),
        ]
    );
    // The certificate is not scripted.
    assert_eq!(manual, 1);
    assert!(script.contains("\n#   decisions.json, line 2\n"), "{script}");
    assert_eq!(scripts(&mut session, Form::DeleteScript.into()), []);
}

#[test]
fn a_decision_about_a_credential_is_about_no_other() {
    let mut session = with(&[
        decision("ann", "delete", &key("2016-07-27T14:41:00Z")),
        decision("bob", "rotate", &key("2018-01-01T00:00:00Z")),
        decision("ann", "disable", &password()),
    ]);
    let (lines, manual, _) = work(&mut session, Form::DisableScript);
    assert_eq!(
        lines,
        [
            "key 'ann' '2016-07-27T14:41:00Z' '2026-11-23T08:00:00Z'".to_owned(),
            "key 'bob' '2018-01-01T00:00:00Z' never".to_owned(),
            format!("password 'ann' '{GENERATED}'"),
        ]
    );
    assert_eq!(manual, 0);
    let (lines, manual, _) = work(&mut session, Form::DeleteScript);
    assert_eq!((lines.len(), manual), (2, 0));
}

#[test]
fn root_certificates_and_the_deletion_of_users_are_left_to_a_person() {
    let root = format!("arn:aws:iam::{ACCOUNT}:root");
    let certificate = json!({"credential": {"kind": "certificate", "created": "2016-01-01T00:00:00Z"}});
    let mut session = with(&[
        decision("ann", "delete", &json!({})),
        decision(
            "",
            "delete",
            &json!({"arn": root, "credential": {"kind": "access-key", "created": "2016-01-01T00:00:00Z"}}),
        ),
        decision("", "disable", &json!({"arn": root})),
        decision("ann", "rotate", &certificate),
        decision("", "disable", &json!({"arn": null, "user_created": null, "scope": "account"})),
    ]);
    let (lines, manual, script) = work(&mut session, Form::DisableScript);
    assert_eq!((lines.len(), manual), (0, 5), "{script}");
    assert!(!script.contains("'ann'") && !script.contains("root"), "{script}");
    let (lines, manual, _) = work(&mut session, Form::DeleteScript);
    assert_eq!((lines.len(), manual), (0, 3));
}

#[test]
fn what_is_done_invalid_not_yet_or_no_work_is_in_no_script() {
    let bobs = || key("2018-01-01T00:00:00Z");
    let and = |more: Value| {
        let mut all = bobs();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    for (what, decision) in [
        ("invalid", decision("bob", "disable", &and(json!({"until": "soon"})))),
        ("unknown member", decision("bob", "disable", &and(json!({"untill": "2026-12-31"})))),
        ("too long", decision("bob", "disable", &and(json!({"until": "2028-12-31"})))),
        ("not yet", decision("bob", "disable", &and(json!({"on": "2026-12-01"})))),
        ("done", decision("ann", "disable", &key("2017-01-01T00:00:00Z"))),
        ("another key", decision("bob", "disable", &key("2018-01-01T00:00:01Z"))),
        ("another user", decision("bob", "disable", &and(json!({"user_created": "2016-01-01T00:00:00Z"})))),
        ("no such user", decision("bobby", "disable", &json!({}))),
        ("keep", decision("bob", "keep", &and(json!({"checks": ["*"], "reason": "the vendor cannot"})))),
        ("ask", decision("bob", "ask", &bobs())),
    ] {
        let mut session = with(&[decision]);
        for form in [Form::DisableScript, Form::DeleteScript] {
            assert_eq!(scripts(&mut session, form.into()), [], "{what}");
        }
    }
    let mut session = with(&[decision("bob", "disable", &and(json!({"until": "2026-11-02"})))]);
    assert_eq!(work(&mut session, Form::DisableScript).0.len(), 1, "overdue");
    assert_eq!(scripts(&mut open(&[(REPORT_FILE, report())]), Form::DisableScript.into()), []);
}

#[test]
fn there_is_a_script_an_account_in_which_something_is_to_be_done() {
    let zoe = json!({"account": OTHER, "arn": format!("arn:aws:iam::{OTHER}:user/zoe")});
    let decisions = [decision("zoe", "disable", &zoe), decision("bob", "disable", &json!({}))];
    let files = [(REPORT_FILE, report()), (OTHER_FILE, other_report()), ("decisions.json", file(&decisions))];
    let mut session = open(&files);
    let all = scripts(&mut session, Form::DisableScript.into());
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [format!("disable-{ACCOUNT}.sh"), format!("disable-{OTHER}.sh")]);
    assert!(!all[0].1.contains("zoe") && !all[1].1.contains("bob"));

    let one = |query: Query| {
        let request = ExportRequest { filter: Some(query), ..Form::DisableScript.into() };
        scripts(&mut open(&files), request)
    };
    assert_eq!(one(Query { accounts: vec![OTHER.to_owned()], ..Query::default() }), all[1..]);
    assert_eq!(one(Query { search: "bob".to_owned(), ..Query::default() }), all[..1]);
    assert_eq!(one(Query { search: "nobody".to_owned(), ..Query::default() }), []);
}

#[test]
fn a_preview_says_how_many_users_and_accounts_there_are() {
    let decisions =
        [decision("ann", "disable", &json!({})), decision("bob", "delete", &key("2018-01-01T00:00:00Z"))];
    let preview = |form: Form| {
        let reply = with(&decisions).handle(Request::Preview(Box::new(form.into())));
        let Reply::Preview(preview) = reply else { panic!("{reply:?}") };
        assert!(!preview.missing.iter().any(|(missing, _)| missing.is_script()));
        (preview.users, preview.accounts, preview.lines.len())
    };
    assert_eq!(preview(Form::DisableScript), (2, 1, 12));
    assert_eq!(preview(Form::DeleteScript).1, 1);
    let none = [decision("ann", "disable", &json!({}))];
    let reply = with(&none).handle(Request::Preview(Box::new(Form::DeleteScript.into())));
    let Reply::Preview(preview) = reply else { panic!("{reply:?}") };
    assert_eq!((preview.users, preview.accounts, preview.lines.len()), (0, 0, 0));
}

#[test]
fn a_script_cannot_be_redacted() {
    let mut session = with(&[decision("bob", "delete", &key("2018-01-01T00:00:00Z"))]);
    for form in [Form::DisableScript, Form::DeleteScript] {
        let request = ExportRequest { redaction: Some(RedactionKey::new([7; 32])), ..form.into() };
        assert_eq!(scripts(&mut session, request), []);
    }
}

#[test]
fn decided_disabled_and_deleted() {
    let account = Account::new(
        "whole_way",
        &[
            "ann AKIAANN1 Active 2016-07-27T14:41:00 2026-11-23T08:00:00 s3",
            "ann AKIAANN2 Inactive 2017-01-01T00:00:00 None N/A",
            "bob AKIABOB1 Active 2018-01-01T00:00:00 None N/A",
        ],
        &["ann 2015-02-01T00:00:00"],
    );
    let mut session = with(&[
        decision("ann", "disable", &json!({})),
        decision("bob", "rotate", &key("2018-01-01T00:00:00Z")),
    ]);
    let (_, script) = scripts(&mut session, Form::DisableScript.into()).remove(0);
    let ran = account.run(&script, &["--apply"]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(ran.out.contains("Changed: 3. Already done: 0. Refused: 0. Manual steps: 1 "), "{ran:?}");
    let undo = read_undo(&account.read_left(&account.left()[0])).unwrap();

    let request = ExportRequest { undo, ..Form::DeleteScript.into() };
    let (_, script) = scripts(&mut session, request).remove(0);
    assert_eq!(account.run(&script, &["--apply"]).exit, 1, "too early");
    account.write("now", "2026-12-09T14:30:40Z");
    let ran = account.run(&script, &["--apply"]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    // What was decided to be disabled stays.
    assert_eq!(
        account.read("keys"),
        "ann AKIAANN1 Inactive 2016-07-27T14:41:00 2026-11-23T08:00:00 s3\n\
         ann AKIAANN2 Inactive 2017-01-01T00:00:00 None N/A\n"
    );
}
