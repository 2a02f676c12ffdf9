//! Who answers for which user: files of owners, joined to the users of a result.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::owners_file::{Owner, OwnerKey, OwnersFile};
use super::side_file::{SideIssue, SideIssueKind};
use crate::assessment::{Assessment, Inputs, RowId};
use crate::report::{User, sorted};

/// The owners of the users of a result.
#[derive(Debug, Default)]
pub struct Owners {
    /// The lines of all files.
    lines: Vec<Line>,
    /// Everybody who is named, each once.
    people: Vec<Owner>,
    /// For each row the number of its set of owners, from 1; 0 for none.
    of_row: Vec<u32>,
    /// The lines that a row has, those of the same person once.
    sets: Vec<OwnerSet>,
    /// Rows of users with enabled credentials, all of whose owners have left.
    leavers: Vec<RowId>,
    summary: OwnersSummary,
}

/// A line of a file, and the person whom it names.
#[derive(Debug)]
struct Line {
    owner: Owner,
    file: u32,
    number: u32,
    person: u32,
}

/// Who answers for a user.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct OwnerSet {
    lines: Box<[u32]>,
    is_guess: bool,
}

/// Who answers for a user, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerOfUser {
    /// The owner, as the line names her or him.
    pub owner: Owner,
    /// Whether it is a guess: the user is called as the owner's e-mail address is, or as the part before its
    /// `@`.
    pub is_guess: bool,
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// What files of owners tell of a result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnersSummary {
    /// The names of the files.
    pub files: Vec<String>,
    /// Users of the result, roots included.
    pub users: u32,
    /// Those whose owner is known, or guessed.
    pub matched: u32,
    /// Those whose owner is a guess.
    pub guessed: u32,
    /// Those who have two owners or more.
    pub several: u32,
    /// Those with enabled credentials whose owner is no longer active.
    pub leavers: u32,
    /// Everybody who answers for a user, by name; nobody where there are more than [`OwnersSummary::PEOPLE`].
    pub people: Vec<Owner>,
    /// Lines that name an owner.
    pub lines: u32,
    /// Lines whose user no report has.
    pub lines_without_user: u32,
    /// The first things that are odd, of [`OwnersSummary::issues_total`].
    pub issues: Vec<SideIssue>,
    /// How many things are odd, lines without user included.
    pub issues_total: u32,
}

impl OwnersSummary {
    /// How many issues a summary carries.
    pub const ISSUES: usize = 200;

    /// How many owners a summary carries: of more, a search finds one sooner than a list.
    pub const PEOPLE: usize = 500;

    /// How many users have no owner.
    pub fn without_owner(&self) -> u32 {
        self.users - self.matched
    }
}

/// How a line found its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// By ARN, or by account and name.
    Exact,
    /// By name alone.
    Name,
    /// By the e-mail address of the owner.
    Guess,
}

/// The accounts, by number and partition, in which lines found a name.
type AccountsOfLines<'a> = FxHashMap<u32, FxHashSet<(Option<&'a str>, Option<&'a str>)>>;

/// The lines by what they are looked up by. Texts are in lower case.
#[derive(Default)]
struct Keys<'k> {
    arns: FxHashMap<&'k str, Vec<u32>>,
    /// By name; each with the account, where the line names one.
    names: FxHashMap<&'k str, Vec<(Option<&'k str>, u32)>>,
    addresses: FxHashMap<&'k str, Vec<(Option<&'k str>, u32)>>,
}

impl<'k> Keys<'k> {
    fn new(files: &'k [OwnersFile]) -> Self {
        let mut keys = Self::default();
        for (number, line) in (0..).zip(files.iter().flat_map(|file| &file.lines)) {
            match &line.key {
                OwnerKey::Arn(arn) => keys.arns.entry(arn).or_default().push(number),
                OwnerKey::AccountUser(account, name) => {
                    keys.names.entry(name).or_default().push((Some(account), number));
                }
                OwnerKey::User(name) => keys.names.entry(name).or_default().push((None, number)),
                OwnerKey::Address(account) => {
                    let account = account.as_deref();
                    for address in &line.addresses {
                        let local = address.split('@').next().filter(|local| !local.is_empty());
                        for name in [Some(address.as_str()), local].into_iter().flatten() {
                            let lines = keys.addresses.entry(name).or_default();
                            if !lines.contains(&(account, number)) {
                                lines.push((account, number));
                            }
                        }
                    }
                }
            }
        }
        keys
    }

    /// The lines that a user is meant by.
    fn lines_of(&self, user: &User<'_>, hear: &mut dyn FnMut(u32, Strength)) {
        let is_of = |account: Option<&str>| account.is_none() || account == user.account();
        if !self.arns.is_empty()
            && let Some(arn) = user.arn()
        {
            for line in self.arns.get(arn.to_lowercase().as_str()).into_iter().flatten() {
                hear(*line, Strength::Exact);
            }
        }
        let name = user.name().to_lowercase();
        for (account, line) in self.names.get(name.as_str()).into_iter().flatten() {
            match account {
                None => hear(*line, Strength::Name),
                Some(_) if is_of(*account) => hear(*line, Strength::Exact),
                Some(_) => {}
            }
        }
        for (account, line) in self.addresses.get(name.as_str()).into_iter().flatten() {
            if is_of(*account) {
                hear(*line, Strength::Guess);
            }
        }
    }
}

impl Owners {
    /// Joins files of owners to the users of a result.
    pub fn new(files: &[OwnersFile], inputs: &Inputs, assessment: &Assessment) -> Self {
        let mut owners = Self { of_row: vec![0; inputs.rows() as usize], ..Self::default() };
        owners.read(files);
        let keys = Keys::new(files);
        // The rows that lines found, and of lines that know but a name, in which accounts.
        let mut hits: Vec<(RowId, Strength, u32)> = Vec::new();
        let mut accounts = AccountsOfLines::default();
        for loaded in inputs.reports() {
            for user in loaded.report.users() {
                let row = loaded.row(user.index());
                if assessment.verdicts(row).is_none() {
                    continue;
                }
                owners.summary.users += 1;
                keys.lines_of(&user, &mut |line, strength| {
                    if strength == Strength::Name {
                        accounts.entry(line).or_default().insert((user.account(), user.partition()));
                    }
                    hits.push((row, strength, line));
                });
            }
        }
        let mut has_user = vec![false; owners.lines.len()];
        for (_, _, line) in &hits {
            if let Some(has_user) = has_user.get_mut(*line as usize) {
                *has_user = true;
            }
        }
        accounts.retain(|_, accounts| accounts.len() > 1);
        hits.retain(|(_, _, line)| !accounts.contains_key(line));
        sorted::sort(&mut hits);
        owners.take(&hits, inputs);
        owners.tell(files, &accounts, &has_user);
        owners.name_people();
        owners
    }

    /// Reads who is named. Lines of one e-mail address are about one person; without an address, those of
    /// one name.
    fn read(&mut self, files: &[OwnersFile]) {
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        for (file, number) in files.iter().zip(0..) {
            for line in &file.lines {
                let by_name = || vec![line.owner.name.to_lowercase()];
                let called = if line.addresses.is_empty() { by_name() } else { line.addresses.clone() };
                let before = called.iter().find_map(|name| known.get(name).copied());
                let person = before.unwrap_or(self.people.len() as u32);
                for name in called {
                    known.entry(name).or_insert(person);
                }
                match self.people.get_mut(person as usize) {
                    Some(owner) => complete(owner, &line.owner),
                    None => self.people.push(line.owner.clone()),
                }
                self.lines.push(Line { owner: line.owner.clone(), file: number, number: line.line, person });
            }
        }
        self.summary.files = files.iter().map(|file| file.name.clone()).collect();
        self.summary.lines = self.lines.len() as u32;
    }

    /// Takes the lines that found a row, row by row. A guess counts only where nobody says better.
    fn take(&mut self, hits: &[(RowId, Strength, u32)], inputs: &Inputs) {
        let mut known: FxHashMap<OwnerSet, u32> = FxHashMap::default();
        for of_row in hits.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(row, best, _)) = of_row.first() else { continue };
            let is_guess = best == Strength::Guess;
            let mut lines: Vec<u32> = Vec::new();
            for (_, strength, line) in of_row {
                let is_new = !lines.iter().any(|other| self.person_of(*other) == self.person_of(*line));
                if (*strength == Strength::Guess) == is_guess && is_new {
                    lines.push(*line);
                }
            }
            self.summary.matched += 1;
            self.summary.guessed += u32::from(is_guess);
            self.summary.several += u32::from(lines.len() > 1);
            let has_left = lines.iter().all(|line| self.is_inactive(*line));
            let set = OwnerSet { lines: lines.into(), is_guess };
            let number = *known.entry(set).or_insert_with_key(|set| {
                self.sets.push(set.clone());
                self.sets.len() as u32
            });
            if let Some(place) = self.of_row.get_mut(row.0 as usize) {
                *place = number;
            }
            if has_left && inputs.user(row).is_some_and(|user| has_enabled_credentials(&user)) {
                self.leavers.push(row);
            }
        }
        self.summary.leavers = self.leavers.len() as u32;
    }

    /// Collects what is odd: of reading, then of joining, file by file.
    fn tell(&mut self, files: &[OwnersFile], accounts: &AccountsOfLines<'_>, has_user: &[bool]) {
        let mut number = 0;
        for file in files {
            for issue in &file.issues {
                self.issue(|| issue.clone());
            }
            for line in &file.lines {
                let is_found = has_user.get(number as usize).copied().unwrap_or_default();
                let kind = match accounts.get(&number) {
                    Some(accounts) => {
                        Some(SideIssueKind::SeveralAccounts { accounts: accounts.len() as u32 })
                    }
                    None if is_found => None,
                    None => {
                        self.summary.lines_without_user += 1;
                        Some(SideIssueKind::UserNotFound)
                    }
                };
                number += 1;
                if let Some(kind) = kind {
                    let (file, line) = (file.name.clone(), Some(line.line));
                    self.issue(|| SideIssue { file, line, column: None, kind });
                }
            }
        }
    }

    /// Names those who answer for a user.
    fn name_people(&mut self) {
        let lines = self.sets.iter().flat_map(|set| &set.lines);
        let mut numbers: Vec<u32> = lines.filter_map(|line| self.person_of(*line)).collect();
        sorted::sort(&mut numbers);
        numbers.dedup();
        if numbers.len() > OwnersSummary::PEOPLE {
            return;
        }
        let owner = |number: u32| self.people.get(number as usize).cloned();
        let mut people: Vec<Owner> = numbers.into_iter().filter_map(owner).collect();
        sorted::sort_by_key(&mut people, |owner| owner.name.to_lowercase());
        self.summary.people = people;
    }

    fn issue(&mut self, issue: impl FnOnce() -> SideIssue) {
        self.summary.issues_total += 1;
        if self.summary.issues.len() < OwnersSummary::ISSUES {
            self.summary.issues.push(issue());
        }
    }

    fn person_of(&self, line: u32) -> Option<u32> {
        self.lines.get(line as usize).map(|line| line.person)
    }

    fn is_inactive(&self, line: u32) -> bool {
        let person = self.person_of(line).and_then(|person| self.people.get(person as usize));
        person.is_some_and(|person| person.active == Some(false))
    }

    fn set_of(&self, row: RowId) -> Option<&OwnerSet> {
        let number = *self.of_row.get(row.0 as usize)?;
        self.sets.get((number as usize).checked_sub(1)?)
    }

    /// What they tell of the result.
    pub fn summary(&self) -> &OwnersSummary {
        &self.summary
    }

    /// Everybody who is named, by number. What several lines say of one is put together.
    pub fn people(&self) -> &[Owner] {
        &self.people
    }

    /// The numbers of those who answer for the user of a row.
    pub fn people_of(&self, row: RowId) -> impl Iterator<Item = u32> {
        let lines = self.set_of(row).map(|set| set.lines.iter()).into_iter().flatten();
        lines.filter_map(|line| self.person_of(*line))
    }

    /// Whether anybody answers for the user of a row.
    pub fn has_owner(&self, row: RowId) -> bool {
        self.set_of(row).is_some()
    }

    /// Those who answer for the user of a row, and how that is known.
    pub fn of_row(&self, row: RowId) -> Vec<OwnerOfUser> {
        let Some(set) = self.set_of(row) else { return Vec::new() };
        let lines = set.lines.iter().filter_map(|line| self.lines.get(*line as usize));
        lines
            .map(|line| {
                let mut owner = line.owner.clone();
                if let Some(person) = self.people.get(line.person as usize) {
                    complete(&mut owner, person);
                }
                let file = self.summary.files.get(line.file as usize).cloned().unwrap_or_default();
                OwnerOfUser { owner, is_guess: set.is_guess, file, line: line.number }
            })
            .collect()
    }

    /// Rows of users with enabled credentials whose owner is no longer active, in order.
    pub fn leavers(&self) -> &[RowId] {
        &self.leavers
    }

    /// Whether a row is one of [`Owners::leavers`].
    pub fn is_leaver(&self, row: RowId) -> bool {
        self.leavers.binary_search(&row).is_ok()
    }
}

/// Fills in what an owner lacks. Somebody of whom one line says that she or he left has left.
fn complete(owner: &mut Owner, other: &Owner) {
    let is_mere_address = owner.name.contains('@') && !other.name.contains('@');
    if owner.name.is_empty() || is_mere_address && !other.name.is_empty() {
        owner.name.clone_from(&other.name);
    }
    for (mine, theirs) in [
        (&mut owner.email, &other.email),
        (&mut owner.team, &other.team),
        (&mut owner.manager, &other.manager),
    ] {
        if mine.is_empty() {
            mine.clone_from(theirs);
        }
    }
    owner.active = match (owner.active, other.active) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (mine, theirs) => mine.or(theirs),
    };
}

/// Whether a user can do anything at all: a password, key or certificate is enabled, as far as is known.
fn has_enabled_credentials(user: &User<'_>) -> bool {
    user.password_enabled() == Ok(true)
        || [1, 2].into_iter().any(|slot| {
            user.access_key(slot).active() == Ok(true) || user.certificate(slot).active() == Ok(true)
        })
}
