//! Files of owners and accounts, and what they tell of the result.

use super::Mode;
use crate::assessment::{Assessment, Inputs};
use crate::review::{AccountsFile, Organization, Owners, OwnersFile};

/// Files of owners and accounts, and what they tell of the result.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) owners: Vec<OwnersFile>,
    pub(super) accounts: Vec<AccountsFile>,
    /// Joined to the result; `None` where there are no such files, or before that was done.
    joined_owners: Option<Owners>,
    organization: Option<Organization>,
    is_joined: bool,
}

impl Beside {
    /// Adds files. One of a name takes the place of the former one of that name; where reports replace
    /// others, so do files of a kind.
    pub(super) fn add(&mut self, files: Self, mode: Mode) {
        if files.owners.is_empty() && files.accounts.is_empty() {
            return;
        }
        let is_kept = |name: &str, names: &[&str]| mode == Mode::Add && !names.contains(&name);
        if !files.owners.is_empty() {
            let names: Vec<&str> = files.owners.iter().map(|file| file.name.as_str()).collect();
            self.owners.retain(|file| is_kept(&file.name, &names));
        }
        if !files.accounts.is_empty() {
            let names: Vec<&str> = files.accounts.iter().map(|file| file.name.as_str()).collect();
            self.accounts.retain(|file| is_kept(&file.name, &names));
        }
        self.owners.extend(files.owners);
        self.accounts.extend(files.accounts);
        self.forget();
    }

    /// Forgets what was joined: the result is another one.
    pub(super) fn forget(&mut self) {
        self.is_joined = false;
    }

    /// Joins them to a result, unless that was done: whether it was to be done.
    pub(super) fn join(&mut self, inputs: &Inputs, assessment: &Assessment) -> bool {
        if std::mem::replace(&mut self.is_joined, true) {
            return false;
        }
        self.joined_owners = (!self.owners.is_empty()).then(|| Owners::new(&self.owners, inputs, assessment));
        self.organization = (!self.accounts.is_empty()).then(|| Organization::new(&self.accounts, inputs));
        true
    }

    /// Who answers for which user; `None` without a file of owners.
    pub(super) fn owners(&self) -> Option<&Owners> {
        self.joined_owners.as_ref()
    }

    /// What accounts are called; `None` without a file of accounts.
    pub(super) fn organization(&self) -> Option<&Organization> {
        self.organization.as_ref()
    }
}
