//! What an export will hold, before it is made.

use serde::{Deserialize, Serialize};

use super::Redactor;
use super::ocsf::resolved;
use super::request::{ExportRequest, Form, Requirement};
use super::script::{Scripts, Stage};
use super::walk::Walk;
use crate::comparison::{ChangeList, ChangeQuery, Compared};
use crate::query::Query;
use crate::review::Reviewed;

/// How many lines are shown, and how much of each.
const LINES: usize = 12;
const LINE: usize = 400;

/// What an export will hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// How many findings are asked for.
    pub findings: u64,
    /// How many users.
    pub users: u64,
    /// How many accounts they are of.
    pub accounts: u64,
    /// Its first lines; long ones are cut.
    pub lines: Vec<String>,
    /// The forms that cannot be made of this result, and what is missing.
    pub missing: Vec<(Form, Requirement)>,
}

impl Preview {
    /// Looks at what is asked for, and makes its beginning.
    pub fn new(compared: Reviewed<'_>, request: &ExportRequest) -> Self {
        let (findings, users, accounts) = if request.form == Form::Changes {
            changes(*compared, request)
        } else if request.form.is_script() {
            let stage = if request.form == Form::DeleteScript { Stage::Delete } else { Stage::Disable };
            let scripts = Scripts::new(stage, compared, request, None);
            (0, scripts.users(), scripts.accounts())
        } else {
            let walk = Walk::new(compared, request.filter.as_ref());
            let resolved = match request.form {
                Form::Ocsf => resolved(compared, request.filter.as_ref()).len(),
                _ => 0,
            };
            (walk.findings(compared) + resolved, walk.rows().len() as u64, walk.accounts(compared) as u64)
        };
        // A table of aliases names everybody.
        let is_shown = request.form != Form::RedactionTable;
        let redactor = request.redaction.map(|key| Redactor::new(compared.inputs, compared.owners, key));
        let text = if is_shown {
            (request.form.entry().start)(compared, request, redactor).beginning(compared)
        } else {
            Vec::new()
        };
        let missing = |form: Form| {
            let requirement = form.requires().filter(|requirement| !requirement.is_met(compared))?;
            Some((form, requirement))
        };
        Self {
            findings,
            users,
            accounts,
            lines: String::from_utf8_lossy(&text).lines().take(LINES).map(cut).collect(),
            missing: Form::ALL.into_iter().filter_map(missing).collect(),
        }
    }
}

/// How many findings and users that something became of, and of how many accounts.
fn changes(compared: Compared<'_>, request: &ExportRequest) -> (u64, u64, u64) {
    let query: ChangeQuery = request.filter.as_ref().map(Query::about_changes).unwrap_or_default();
    let Some(comparison) = compared.comparison else { return (0, 0, 0) };
    let of_users = ChangeQuery { limit: 0, ..query.clone() };
    let (users, _) = comparison.user_changes(compared.inputs, compared.assessment, &of_users);
    (ChangeList::new(compared, &query).len(), users, comparison.wanted(&query).count() as u64)
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.trim_start_matches('\u{feff}').to_owned(),
    }
}
