//! A result, and what is known of it beside the reports.

use std::ops::Deref;

use super::decided::Decided;
use super::organization::Organization;
use super::owners::Owners;
use crate::assessment::RowId;
use crate::comparison::Compared;

/// A result, compared with earlier reports, and what other files say of it: who answers for whom, what
/// accounts are called, what was decided. It costs nothing where there are no such files.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// The result.
    pub compared: Compared<'a>,
    /// Who answers for which user; `None` without a file of owners.
    pub owners: Option<&'a Owners>,
    /// What accounts are called; `None` without a file of accounts.
    pub organization: Option<&'a Organization>,
    /// What was decided, and how that stands; `None` without decisions.
    pub decided: Option<Decided<'a>>,
}

impl<'a> Deref for Reviewed<'a> {
    type Target = Compared<'a>;

    fn deref(&self) -> &Compared<'a> {
        &self.compared
    }
}

impl<'a> Reviewed<'a> {
    /// The result, or what the policy said of an earlier report: whichever looked at a row. Of an earlier one
    /// nobody says who answered then, or what was decided.
    pub fn of_whichever(&self, row: RowId) -> Self {
        let is_of_result = self.compared.assessment.verdicts(row).is_some();
        let owners = self.owners.filter(|_| is_of_result);
        let decided = self.decided.filter(|_| is_of_result);
        Self { compared: self.compared.of_whichever(row), owners, decided, ..*self }
    }

    /// The name of an account.
    pub fn account_name(&self, account: Option<&str>) -> Option<&'a str> {
        self.organization?.name(account?)
    }
}
