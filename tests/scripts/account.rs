//! An account of a made-up AWS, in which scripts are run.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use credential_report_viewer::export::script::{
    AccountTasks, Deactivation, LastUse, Origin, Stage, Subject, Task, script,
};
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::review::Action;

pub(crate) const ACCOUNT: &str = "111122223333";

/// When the clock stands in the account.
pub(crate) const NOW: &str = "2026-11-25T14:30:40Z";

/// When the report was generated.
pub(crate) const REPORT: &str = "2026-11-25T00:00:00Z";

pub(crate) fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The folder of an account: the made-up `aws` and what it knows in one folder, what scripts leave in another.
pub(crate) struct Account {
    folder: PathBuf,
}

/// How a script ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) exit: i32,
    pub(crate) out: String,
    pub(crate) error: String,
}

impl Ran {
    /// The line about something.
    pub(crate) fn about(&self, what: &str) -> &str {
        self.out.lines().find(|line| line.contains(what)).unwrap_or_else(|| panic!("{what}: {self:?}"))
    }
}

impl Account {
    /// An account with these keys and passwords, as the made-up `aws` has them.
    pub(crate) fn new(test: &str, keys: &[&str], passwords: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scripts").join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("aws/answers")).unwrap();
        fs::create_dir_all(folder.join("here")).unwrap();
        let account = Self { folder };
        for (name, text) in [("aws", include_str!("aws.sh")), ("date", include_str!("date.sh"))] {
            account.write(name, text);
            let program = account.folder.join("aws").join(name);
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let lines = |lines: &[&str]| lines.iter().flat_map(|line| [line, "\n"]).collect::<String>();
        for (name, text) in [
            ("account", format!("{ACCOUNT}\n")),
            ("keys", lines(keys)),
            ("passwords", lines(passwords)),
            ("users", String::new()),
            ("style", "Z".to_owned()),
            ("denied", String::new()),
            ("failing", String::new()),
            ("now", NOW.to_owned()),
            ("calls", String::new()),
        ] {
            account.write(name, &text);
        }
        account
    }

    /// Changes what the made-up `aws` knows or does.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join("aws").join(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join("aws").join(name)).unwrap()
    }

    /// The commands that the made-up `aws` was given since it was last asked for them, without the first, which
    /// asks for the account.
    pub(crate) fn calls(&self) -> Vec<String> {
        let calls = self.read("calls");
        self.write("calls", "");
        let mut calls = calls.lines().map(str::to_owned);
        assert_eq!(calls.next().as_deref(), Some("sts get-caller-identity --query Account --output text"));
        calls.collect()
    }

    /// Those of them that change something.
    pub(crate) fn changes(&self) -> Vec<String> {
        let reads = ["iam list-", "iam get-"];
        self.calls().into_iter().filter(|call| !reads.iter().any(|read| call.starts_with(read))).collect()
    }

    /// The files that scripts left.
    pub(crate) fn left(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.join("here")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    pub(crate) fn read_left(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join("here").join(name)).unwrap()
    }

    pub(crate) fn leave(&self, name: &str, text: &str) {
        fs::write(self.folder.join("here").join(name), text).unwrap();
    }

    pub(crate) fn here(&self) -> PathBuf {
        self.folder.join("here")
    }

    /// Runs a script in a folder that has nothing but what scripts left.
    pub(crate) fn run(&self, script: &str, arguments: &[&str]) -> Ran {
        let file = self.folder.join("script.sh");
        fs::write(&file, script).unwrap();
        let path = format!("{}:{}", self.folder.join("aws").display(), std::env::var("PATH").unwrap());
        let out = Command::new(std::env::var("CRV_BASH").unwrap_or_else(|_| "bash".to_owned()))
            .arg(&file)
            .args(arguments)
            .current_dir(self.here())
            .env("PATH", path)
            .output()
            .expect("bash");
        Ran {
            exit: out.status.code().unwrap(),
            out: String::from_utf8(out.stdout).unwrap(),
            error: String::from_utf8(out.stderr).unwrap(),
        }
    }
}

/// A decision about the key of a user that was created at a time, and last used at another.
pub(crate) fn key(action: Action, user: &str, created: &str, last_used: Option<&str>) -> Task {
    Task {
        origin: Origin::File("decisions.json".to_owned(), 7),
        action,
        is_of_whole_user: false,
        user: Some(user.to_owned()),
        subject: Subject::AccessKey {
            created: time(created),
            last_used: last_used.map_or(LastUse::Never, |used| LastUse::At(time(used))),
        },
    }
}

/// A decision to disable the password of a user.
pub(crate) fn password(user: &str) -> Task {
    let subject = Subject::Password { report: time(REPORT) };
    Task { subject, ..key(Action::Disable, user, REPORT, None) }
}

pub(crate) fn tasks(tasks: Vec<Task>) -> AccountTasks {
    AccountTasks { account: ACCOUNT.to_owned(), partition: Some("aws".to_owned()), tasks }
}

/// The script of stage 1.
pub(crate) fn disable(list: Vec<Task>) -> String {
    script(Stage::Disable, &tasks(list), &[]).unwrap()
}

/// The script of stage 2, that knows when stage 1 deactivated keys.
pub(crate) fn delete(list: Vec<Task>, deactivated: &[(&str, &str)]) -> String {
    let deactivated: Vec<Deactivation> = deactivated
        .iter()
        .map(|(at, key_id)| Deactivation { at: time(at), key_id: (*key_id).to_owned() })
        .collect();
    script(Stage::Delete, &tasks(list), &deactivated).unwrap()
}
