//! The scripts that carry out decisions: stage 1 deactivates, stage 2 deletes what stage 1 deactivated.
//!
//! A script is Bash 3.2 and the AWS CLI, and nothing else. What it does stands in four files of Bash beside
//! this one; what is written here are its settings and one line for each password and access key. Nothing that
//! a person or a report wrote goes into it but names of IAM's own alphabet, in quotes.
//!
//! | module | holds |
//! |---|---|
//! | `task` | what decisions ask for, one credential each |
//! | `collect` | these, from decisions and reports |
//! | `scripts` | the scripts of all accounts, as an export |
//! | `undo` | the file of stage 1 that stage 2 counts its days by |

mod collect;
mod scripts;
mod task;
mod undo;

use std::fmt::Write;

use rustc_hash::FxHashSet;

pub use collect::{AccountTasks, account_tasks};
pub(super) use scripts::Scripts;
pub use task::{LastUse, Origin, Subject, Task};
pub use undo::{Deactivation, UndoError, read_undo};

use crate::report::sorted;
use crate::review::Action;

/// Which of the two scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// `disable-ACCOUNT.sh`: access keys become inactive, console passwords are deleted.
    Disable,
    /// `delete-ACCOUNT.sh`: access keys are deleted.
    Delete,
}

/// How many characters a name of IAM has at the most.
const LONGEST_NAME: usize = 64;

impl Stage {
    /// How the name of its file begins.
    pub fn name(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Delete => "delete",
        }
    }

    /// What it is, in comments, and what it does, in functions.
    fn template(self) -> (&'static str, &'static str) {
        match self {
            Self::Disable => (include_str!("disable_head.sh"), include_str!("disable.sh")),
            Self::Delete => (include_str!("delete_head.sh"), include_str!("delete.sh")),
        }
    }
}

/// What both scripts do alike.
const SHARED: &str = include_str!("shared.sh");

/// Writes the script of an account. `deactivated` is what the undo files of stage 1 say, and of no use to stage
/// 1 itself. `None` for an account that is not 12 digits, and where there is nothing to do, by hand or else.
pub fn script(stage: Stage, tasks: &AccountTasks, deactivated: &[Deactivation]) -> Option<String> {
    let account = tasks.account.as_str();
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Lines { work, manual } = lines(stage, &tasks.tasks);
    if work.is_empty() && manual.is_empty() {
        return None;
    }
    let (head, functions) = stage.template();
    let mut text = head.replace("@ACCOUNT@", account);
    let _ = writeln!(text, "# Manual steps: {}", manual.len());
    for origin in &manual {
        let _ = writeln!(text, "#   {origin}");
    }
    // The list of work may hold no password, or no key.
    text.push_str("\n# shellcheck disable=SC2317,SC2329\n");
    let _ = write!(text, "ACCOUNT='{account}'\nMANUAL={}\n", manual.len());
    let region = region(tasks.partition.as_deref());
    if stage == Stage::Disable {
        let option = region.map(|region| format!(" --region {region}")).unwrap_or_default();
        let _ = writeln!(text, "REGION='{option}'");
    }
    if let Some(region) = region {
        let _ = writeln!(text, "export AWS_REGION={region} AWS_DEFAULT_REGION={region}");
    }
    text.push_str(SHARED);
    text.push_str(functions);
    if stage == Stage::Delete {
        let since = deactivated
            .iter()
            .map(|deactivation| format!("since '{}' '{}'", deactivation.at, deactivation.key_id));
        function(&mut text, "stage_1", since);
    }
    function(&mut text, "work", work);
    // Bash reads a script as it goes: so far it has only learnt what to do, and a file that was cut off does
    // nothing.
    text.push_str("\nmain ${1+\"$@\"}\n");
    Some(text)
}

/// Writes a function of these lines.
fn function(text: &mut String, name: &str, lines: impl IntoIterator<Item = String>) {
    let _ = write!(text, "\n{name}() {{\n    :\n");
    for line in lines {
        let _ = writeln!(text, "    {line}");
    }
    text.push_str("}\n");
}

/// The region in which the IAM of a partition is; the one of the person's own settings where that will do.
fn region(partition: Option<&str>) -> Option<&'static str> {
    match partition? {
        "aws-cn" => Some("cn-north-1"),
        "aws-us-gov" => Some("us-gov-west-1"),
        "aws-iso" => Some("us-iso-east-1"),
        "aws-iso-b" => Some("us-isob-east-1"),
        _ => None,
    }
}

/// What a script is made of.
struct Lines {
    /// A call of a function for each credential, in order, each once.
    work: Vec<String>,
    /// The decisions that it does not carry out, or not wholly.
    manual: Vec<Origin>,
}

fn lines(stage: Stage, tasks: &[Task]) -> Lines {
    // A key that somebody decided only to deactivate is not deleted because somebody else decided that.
    let stays = |task: &Task| task.action == Action::Disable && !task.is_of_whole_user;
    let staying: FxHashSet<String> = tasks.iter().filter(|task| stays(task)).filter_map(key).collect();
    let mut lines = Lines { work: Vec::new(), manual: Vec::new() };
    for task in tasks {
        let line = match (stage, task.subject) {
            (Stage::Disable, Subject::Password { report }) => {
                quoted_name(task).map(|name| format!("password {name} '{report}'"))
            }
            // Stage 1 has deleted it.
            (Stage::Delete, Subject::Password { .. }) => continue,
            (Stage::Delete, _) if task.action == Action::Disable => continue,
            (Stage::Delete, Subject::AccessKey { .. })
                if key(task).is_some_and(|key| staying.contains(&key)) =>
            {
                None
            }
            (_, Subject::AccessKey { last_used, .. }) => {
                key(task).map(|key| format!("key {key} {}", last_used.quoted()))
            }
            (_, Subject::Other) => None,
        };
        match line {
            Some(line) => lines.work.push(line),
            None if lines.manual.last() != Some(&task.origin) => lines.manual.push(task.origin.clone()),
            None => {}
        }
    }
    sorted::sort(&mut lines.work);
    lines.work.dedup();
    lines
}

/// The user and the creation time of a key, as a script says them.
fn key(task: &Task) -> Option<String> {
    match task.subject {
        Subject::AccessKey { created, .. } => quoted_name(task).map(|name| format!("{name} '{created}'")),
        Subject::Password { .. } | Subject::Other => None,
    }
}

/// The name of the user in quotes; `None` for root, and for a name that IAM would not give.
fn quoted_name(task: &Task) -> Option<String> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    let name = task.user.as_deref()?;
    let is_safe = (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(is_allowed);
    is_safe.then(|| format!("'{name}'"))
}
