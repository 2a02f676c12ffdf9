//! Which alias stands for which name: what a person keeps, to read answers about a redacted export.

use super::form_table::Parts;
use super::redaction::Redactor;
use super::request::{ExportRequest, Separator};
use super::table::{TablePart, text_cell};
use crate::report::{Report, sorted};
use crate::review::{Owners, Reviewed};

/// The columns, in their order.
pub const COLUMNS: [&str; 3] = ["kind", "alias", "name"];

/// The table under way. It is as long as there are names; each name stands there once.
#[derive(Debug)]
pub(super) struct RedactionTable {
    separator: Separator,
    redactor: Option<Redactor>,
    done: bool,
}

impl RedactionTable {
    pub(super) fn new(_: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        Self { separator: request.separator, redactor, done: false }
    }
}

/// Names in order, each of them once.
fn each_once<'n>(names: &mut Vec<&'n str>) -> impl Iterator<Item = &'n str> {
    sorted::sort_by_key(names, |name| *name);
    names.dedup();
    names.drain(..)
}

impl Parts for RedactionTable {
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        let mut part = TablePart::new(self.separator, false);
        part.start(&COLUMNS);
        self.done = true;
        let Some(redactor) = &self.redactor else { return part.into_bytes() };
        let reports = || compared.inputs.reports().iter().map(|loaded| &loaded.report);
        let mut accounts: Vec<&str> = reports()
            .flat_map(Report::accounts)
            .map(|account| account.id.as_str())
            .filter(|id| !id.is_empty())
            .collect();
        for account in each_once(&mut accounts) {
            part.row(&["account".into(), redactor.account(account).into(), text_cell(account)]);
        }
        for owner in compared.owners.map(Owners::people).unwrap_or_default() {
            let name = owner.email.as_str();
            let name = if name.is_empty() { owner.name.as_str() } else { name };
            part.row(&["owner".into(), redactor.owner(owner).into(), text_cell(name)]);
        }
        let mut users: Vec<&str> = reports()
            .flat_map(Report::users)
            .filter(|user| !user.is_root())
            .map(|user| user.name())
            .collect();
        for user in each_once(&mut users) {
            part.row(&["user".into(), redactor.user(user, false).into(), text_cell(user)]);
        }
        part.into_bytes()
    }

    fn is_done(&self) -> bool {
        self.done
    }
}
