//! What decisions ask of each account, as the reports have it.

use super::task::{LastUse, Origin, Subject, Task};
use crate::assessment::{Inputs, RowId};
use crate::checks::SubjectKind;
use crate::report::{AccessKey, MissingInput, Timestamp, User};
use crate::review::{self, Action, Decided, Decision, Decisions, Target};

/// What is to be done in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountTasks {
    /// Its 12 digits.
    pub account: String,
    /// `aws`, `aws-cn`, `aws-us-gov`, …; `None` where no row says.
    pub partition: Option<String>,
    /// The tasks, in the order of decisions.
    pub tasks: Vec<Task>,
}

/// The decisions that are to be carried out, by account: those to disable, rotate or delete that are open or
/// overdue, as far as they are `shown`: of a user on its row, of an account on none.
pub fn account_tasks(
    inputs: &Inputs,
    Decided { decisions, review }: Decided<'_>,
    shown: &dyn Fn(&Decision, Option<RowId>) -> bool,
) -> Vec<AccountTasks> {
    let mut accounts: Vec<AccountTasks> = Vec::new();
    for place in 0..decisions.entries().len() as u32 {
        let Some(decision) = decisions.get(place).filter(|_| review.state(place).is_to_do()) else {
            continue;
        };
        if !matches!(decision.action, Action::Disable | Action::Rotate | Action::Delete) {
            continue;
        }
        let at = accounts.partition_point(|one| one.account < decision.account);
        if accounts.get(at).is_none_or(|one| one.account != decision.account) {
            let account = decision.account.clone();
            accounts.insert(at, AccountTasks { account, partition: None, tasks: Vec::new() });
        }
        let Some(account) = accounts.get_mut(at) else { continue };
        let mut list = TaskList { origin: origin(decisions, place), decision, tasks: &mut account.tasks };
        if decision.target == Target::Account && shown(decision, None) {
            list.push(None, Subject::Other);
        }
        for found in review.matches(place).filter(|found| shown(decision, Some(found.row))) {
            let (Some(user), Some(loaded)) = (inputs.user(found.row), inputs.report_of(found.row)) else {
                continue;
            };
            account.partition = account.partition.take().or_else(|| user.partition().map(str::to_owned));
            list.add(&user, loaded.report.as_of().0, found.subject);
        }
    }
    accounts.retain(|account| !account.tasks.is_empty());
    accounts
}

fn origin(decisions: &Decisions, place: u32) -> Origin {
    match decisions.entries().get(place as usize).and_then(|entry| entry.place.as_ref()) {
        Some(place) => Origin::File(place.file.clone(), place.line),
        None => Origin::Unsaved(place + 1),
    }
}

/// Takes the tasks of one decision.
struct TaskList<'a> {
    origin: Origin,
    decision: &'a Decision,
    tasks: &'a mut Vec<Task>,
}

impl TaskList<'_> {
    /// Adds what the decision asks for of a user. `report` is when the report was generated.
    fn add(&mut self, user: &User<'_>, report: Timestamp, subject: Option<review::Subject>) {
        if user.is_root() {
            self.push(None, Subject::Other);
            return;
        }
        let name = Some(user.name());
        match (self.decision.action, subject) {
            (Action::Disable, None) => {
                match user.password_enabled() {
                    Ok(false) => {}
                    Ok(true) => self.push(name, Subject::Password { report }),
                    Err(_) => self.push(name, Subject::Other),
                }
                for slot in [1, 2] {
                    let key = user.access_key(slot);
                    if may_be_active(key.active(), key.exists()) {
                        self.push(name, of_key(&key, key.active() == Ok(true)));
                    }
                    let certificate = user.certificate(slot);
                    if may_be_active(certificate.active(), certificate.exists()) {
                        self.push(name, Subject::Other);
                    }
                }
            }
            (_, Some((SubjectKind::Password, _))) if user.password_enabled() == Ok(true) => {
                self.push(name, Subject::Password { report });
            }
            (_, Some((SubjectKind::AccessKey, Some(slot)))) => {
                self.push(name, of_key(&user.access_key(slot), true));
            }
            _ => self.push(name, Subject::Other),
        }
    }

    fn push(&mut self, user: Option<&str>, subject: Subject) {
        self.tasks.push(Task {
            origin: self.origin.clone(),
            action: self.decision.action,
            is_of_whole_user: self.decision.credential().is_none(),
            user: user.map(str::to_owned),
            subject,
        });
    }
}

/// Whether a key or certificate is active, or the report does not tell.
fn may_be_active(active: Result<bool, MissingInput>, exists: Result<bool, MissingInput>) -> bool {
    active != Ok(false) && exists != Ok(false)
}

/// A key, where the report tells enough of it.
fn of_key(key: &AccessKey<'_, '_>, is_known: bool) -> Subject {
    let last_used = match key.last_used() {
        Ok(Some(time)) => LastUse::At(time),
        Ok(None) => LastUse::Never,
        Err(_) => LastUse::Unknown,
    };
    match key.created() {
        Ok(Some(created)) if is_known => Subject::AccessKey { created, last_used },
        _ => Subject::Other,
    }
}
