//! The scripts of all accounts as an export, a file an account.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::{Stage, account_tasks, script};
use crate::assessment::RowId;
use crate::export::form_table::Parts;
use crate::export::redaction::Redactor;
use crate::export::request::ExportRequest;
use crate::export::walk::Walk;
use crate::review::{Decision, Reviewed};

/// The scripts of a stage; none of an account in which nothing is to be done.
#[derive(Debug)]
pub(in crate::export) struct Scripts {
    stage: Stage,
    /// The account and the script of those that are to come.
    left: VecDeque<(String, String)>,
    /// How many users they are about.
    users: u64,
    /// What the file of the last one is called.
    name: Option<String>,
}

impl Scripts {
    /// A redacted script would be of no use to anybody: there is none.
    pub(in crate::export) fn new(
        stage: Stage,
        reviewed: Reviewed<'_>,
        request: &ExportRequest,
        redactor: Option<&Redactor>,
    ) -> Self {
        let mut scripts = Self { stage, left: VecDeque::new(), users: 0, name: None };
        let Some(decided) = reviewed.decided.filter(|_| redactor.is_none()) else { return scripts };
        let filter = request.filter.as_ref();
        let rows = filter.map(|_| {
            let mut rows = Walk::new(reviewed, filter).rows().to_vec();
            rows.sort_unstable();
            rows
        });
        let is_shown = |decision: &Decision, row: Option<RowId>| match (&rows, row, filter) {
            (Some(rows), Some(row), _) => rows.binary_search(&row).is_ok(),
            (_, None, Some(query)) => query.accounts.is_empty() || query.accounts.contains(&decision.account),
            (None, _, _) | (_, _, None) => true,
        };
        for tasks in account_tasks(reviewed.inputs, decided, &is_shown) {
            if let Some(text) = script(stage, &tasks, &request.undo) {
                let users: FxHashSet<&str> =
                    tasks.tasks.iter().filter_map(|task| task.user.as_deref()).collect();
                scripts.users += users.len() as u64;
                scripts.left.push_back((tasks.account, text));
            }
        }
        scripts
    }

    /// How many users something is to be done about.
    pub(in crate::export) fn users(&self) -> u64 {
        self.users
    }

    /// How many scripts are to come.
    pub(in crate::export) fn accounts(&self) -> u64 {
        self.left.len() as u64
    }
}

impl Parts for Scripts {
    fn next_part(&mut self, _: Reviewed<'_>) -> Vec<u8> {
        let Some((account, text)) = self.left.pop_front() else { return Vec::new() };
        self.name = Some(format!("{}-{account}.sh", self.stage.name()));
        text.into_bytes()
    }

    fn is_done(&self) -> bool {
        self.left.is_empty()
    }

    fn part_name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}
