//! Where decisions are made: those of files, those made since, and what is not in a file yet.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::assessment::{Assessment, Inputs, RowId, RowVerdicts};
use crate::checks::{self, BySeverity, CheckId, SubjectKind};
use crate::comparison::Compared;
use crate::export::hexadecimal;
use crate::query::{Order, Query, Wanted, account_findings};
use crate::report::User;
use crate::review::{
    Action, Checks, Creation, Credential, Day, Decided, Decision, Decisions, Entry, Fault, ListedDecision,
    Owners, Review, ReviewSummary, Reviewed, SheetFile, State, Target, is_retold, write_decisions,
};

/// What a person decides about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A finding on a row: its check, and the slot of a key or certificate.
    Finding(RowId, CheckId, Option<u8>),
    /// A credential of the user of a row: its kind, and the slot of a key or certificate.
    Credential(RowId, SubjectKind, Option<u8>),
    /// The user of a row, with all credentials.
    User(RowId),
    /// An account, by its 12 digits: the findings about it.
    Account(String),
    /// All that a question matches: each user by itself, and of an exception each account. Its page does not
    /// count.
    Matching(Box<Query>),
}

/// What a person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What is to become of it.
    pub action: Action,
    /// The checks that an exception covers; `None`: those that fail now on what it is about.
    pub checks: Option<Checks>,
    /// Why.
    pub reason: String,
    /// Who decides.
    pub by: String,
    /// The first day on which it counts.
    pub on: Day,
    /// The last.
    pub until: Day,
    /// Who approved it; empty where nobody did.
    pub approved_by: String,
    /// Where it is followed; empty where it is not.
    pub ticket: String,
    /// Anything else.
    pub note: String,
}

/// A question about decisions. What is empty or false does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionQuery {
    /// Decisions in these states.
    pub states: Vec<State>,
    /// Decisions of these actions.
    pub actions: Vec<Action>,
    /// Only exceptions that cover whatever is found.
    pub broad: bool,
    /// Only exceptions in effect for a critical finding, or one of root.
    pub grave: bool,
    /// How many to skip.
    pub offset: u32,
    /// How many to return at the most.
    pub limit: u32,
}

/// A page of decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionPage {
    /// How many the question matches.
    pub matching: u32,
    /// How many of them were skipped.
    pub offset: u32,
    /// Those of this page: exceptions for critical findings and root first, then as they came.
    pub decisions: Vec<ListedDecision>,
}

/// The decisions of a session.
#[derive(Debug, Default)]
pub(super) struct Desk {
    decisions: Decisions,
    review: Review,
    /// The ids of those that were made, changed or withdrawn since they were saved.
    not_saved: FxHashSet<String>,
}

impl Desk {
    /// The decisions, and how they stand; `None` where there are none.
    pub(super) fn decided(&self) -> Option<Decided<'_>> {
        let decided = Decided { decisions: &self.decisions, review: &self.review };
        Some(decided).filter(|_| !self.decisions.is_empty())
    }

    /// Adds the decisions of a file.
    pub(super) fn add_file(&mut self, entries: Vec<Entry>) {
        self.forget_rows_of(&entries);
        self.decisions.add_file(entries);
    }

    /// Forgets the rows of sheets that say what these decisions say: a sheet may come before the file that it
    /// was exported with.
    fn forget_rows_of(&mut self, entries: &[Entry]) {
        let known = by_arn(entries);
        let is_known = |entry: &Entry| {
            let row = entry.content.as_ref().ok().filter(|_| is_of_sheet(entry));
            // Under its own id the row itself was saved.
            row.is_some_and(|row| {
                of_arn(&known, row).any(|other| other.id != row.id && is_retold(row, other))
            })
        };
        let places = self.places(is_known);
        let ids = places.iter().filter_map(|place| self.decisions.get(*place)).map(|row| row.id.as_str());
        for id in ids {
            self.not_saved.remove(id);
        }
        self.decisions.remove(&places);
    }

    /// The places of some entries.
    fn places(&self, is_one: impl Fn(&Entry) -> bool) -> Vec<u32> {
        let entries = (0..).zip(self.decisions.entries());
        entries.filter(|(_, entry)| is_one(entry)).map(|(place, _)| place).collect()
    }

    /// Adds the decisions of filled-in sheets, which no file of decisions has yet. A sheet of a name takes the
    /// place of the former one of that name; a row that was exported with a decision says nothing new.
    pub(super) fn add_sheets(&mut self, mut sheets: Vec<SheetFile>) {
        // By name, whatever order they came in.
        while let Some((next, _)) = sheets.iter().enumerate().min_by_key(|(_, sheet)| &sheet.name) {
            let sheet = sheets.swap_remove(next);
            let is_former = |entry: &Entry| {
                is_of_sheet(entry) && entry.place.as_ref().is_some_and(|place| place.file == sheet.name)
            };
            let former = self.places(is_former);
            self.decisions.remove(&former);
            let known = by_arn(self.decisions.entries());
            let is_new = |row: &Entry| {
                let row = row.content.as_ref();
                !row.is_ok_and(|row| of_arn(&known, row).any(|other| is_retold(row, other)))
            };
            let mut ids: FxHashSet<&str> = self.decisions.entries().iter().filter_map(Entry::id).collect();
            ids.retain(|id| id.contains("-L"));
            let mut rows: Vec<Entry> = sheet.rows.into_iter().filter(is_new).collect();
            for decision in rows.iter_mut().filter_map(|row| row.content.as_mut().ok()) {
                // Several owners answer on one day, in the same line of their sheets.
                let own = decision.id.clone();
                let mut number = 2;
                while ids.contains(decision.id.as_str()) {
                    decision.id = format!("{own}-{number}");
                    number += 1;
                }
                self.not_saved.insert(decision.id.clone());
            }
            self.decisions.add_file(rows);
        }
    }

    /// Puts back the seconds that spreadsheets cut off times of creation, where a report has the user.
    pub(super) fn complete_times(&mut self, inputs: &Inputs) {
        self.decisions.complete_times(inputs);
    }

    /// Holds the decisions against a result, and takes out of it what they accept.
    pub(super) fn hold(&mut self, inputs: &Inputs, assessment: &mut Assessment) {
        self.review = Review::new(inputs, assessment, &self.decisions);
        self.review.apply(inputs, assessment, &self.decisions);
    }

    /// What is counted of the decisions.
    pub(super) fn summary(&self, inputs: &Inputs, assessment: &Assessment) -> ReviewSummary {
        let none = ReviewSummary::default;
        let summary = self.decided().map_or_else(none, |decided| decided.summary(inputs, assessment));
        ReviewSummary { not_saved: self.not_saved.len() as u32, ..summary }
    }

    /// The SHA-256 of the file that all decisions make; `None` where there are none.
    pub(super) fn digest(&self) -> Option<String> {
        let decided = self.decided()?;
        Some(hexadecimal(&Sha256::digest(write_decisions(decided.decisions))))
    }

    /// All decisions were saved.
    pub(super) fn saved(&mut self) {
        self.not_saved.clear();
    }

    /// Makes decisions; none of them where one is not sound.
    pub(super) fn decide(
        &mut self,
        subjects: Vec<(String, Target, Option<Checks>)>,
        draft: &Draft,
        most: u32,
    ) -> Result<(), Fault> {
        let mut ids = Ids::new(&self.decisions, draft.on);
        let mut made = Vec::with_capacity(subjects.len());
        for (account, target, failing) in subjects {
            made.push(sound(draft.decision(ids.next(), account, target, failing), most)?);
        }
        self.not_saved.extend(made.iter().map(|decision| decision.id.clone()));
        self.decisions.add(made);
        Ok(())
    }

    /// Puts another decision in the place of one, about the same.
    pub(super) fn change(&mut self, place: u32, draft: &Draft, most: u32) -> Result<(), Fault> {
        let Some(before) = self.decisions.get(place) else { return Ok(()) };
        let decision = draft.decision(
            before.id.clone(),
            before.account.clone(),
            before.target.clone(),
            before.checks.clone(),
        );
        let decision = sound(decision, most)?;
        self.not_saved.insert(decision.id.clone());
        self.decisions.replace(place, decision);
        Ok(())
    }

    /// Takes decisions back.
    pub(super) fn withdraw(&mut self, places: &[u32]) {
        let entries = places.iter().filter_map(|place| self.decisions.entries().get(*place as usize));
        self.not_saved.extend(entries.map(|entry| entry.id().unwrap_or_default().to_owned()));
        self.decisions.remove(places);
    }

    /// A page of decisions.
    pub(super) fn page(
        &self,
        inputs: &Inputs,
        assessment: &Assessment,
        owners: Option<&Owners>,
        query: &DecisionQuery,
    ) -> DecisionPage {
        let decided = Decided { decisions: &self.decisions, review: &self.review };
        let is_asked = |place: &u32| {
            let (decision, state) = (self.decisions.get(*place), self.review.state(*place));
            (query.states.is_empty() || query.states.contains(&state))
                && (query.actions.is_empty() || decision.is_some_and(|of| query.actions.contains(&of.action)))
                && (!query.broad || decision.is_some_and(Decision::is_broad))
        };
        let is_grave = |place: &u32| {
            self.review.state(*place).accepts() && decided.listed(inputs, assessment, None, *place).is_grave
        };
        let all = 0..self.decisions.entries().len() as u32;
        let (grave, others): (Vec<u32>, Vec<u32>) = all.filter(is_asked).partition(is_grave);
        let places = if query.grave { grave } else { [grave, others].concat() };
        let shown = places.iter().skip(query.offset as usize).take(query.limit as usize);
        DecisionPage {
            matching: places.len() as u32,
            offset: query.offset,
            decisions: shown.map(|place| decided.listed(inputs, assessment, owners, *place)).collect(),
        }
    }
}

/// Whether an entry is a row of a sheet.
fn is_of_sheet(entry: &Entry) -> bool {
    entry.place.as_ref().is_some_and(|place| place.index.is_none())
}

/// Decisions about users, by ARN in lower case.
fn by_arn(entries: &[Entry]) -> FxHashMap<String, Vec<&Decision>> {
    let mut by_arn: FxHashMap<String, Vec<&Decision>> = FxHashMap::default();
    for decision in entries.iter().filter_map(|entry| entry.content.as_ref().ok()) {
        if let Some(arn) = decision.arn() {
            by_arn.entry(arn.to_lowercase()).or_default().push(decision);
        }
    }
    by_arn
}

/// Those of them that are about the user of a row.
fn of_arn<'a>(
    by_arn: &FxHashMap<String, Vec<&'a Decision>>,
    row: &Decision,
) -> impl Iterator<Item = &'a Decision> {
    let known = row.arn().and_then(|arn| by_arn.get(&arn.to_lowercase()));
    known.into_iter().flatten().copied()
}

/// A decision that can count, for no longer than it may.
fn sound(decision: Decision, most: u32) -> Result<Decision, Fault> {
    let days = decision.until.days_since(decision.on);
    if let Some(fault) = decision.fault() {
        return Err(fault);
    }
    if days > i64::from(most) {
        return Err(Fault::TooLong { days: u32::try_from(days).unwrap_or(u32::MAX), most });
    }
    Ok(decision)
}

impl Draft {
    /// What a form holds: days as `2026-11-25`; then the reason, who decides, who approved, ticket and note.
    ///
    /// # Errors
    /// A day that cannot be read.
    pub fn read(
        action: Action,
        (on, until): (&str, &str),
        texts: [String; 5],
        is_broad: bool,
    ) -> Result<Self, Fault> {
        let day = |member: &str, value: &str| {
            let (member, value) = (member.to_owned(), value.to_owned());
            match (Day::parse(&value), value.is_empty()) {
                (Some(day), _) => Ok(day),
                (None, true) => Err(Fault::MissingMember(member)),
                (None, false) => Err(Fault::UnreadableDay { member, value }),
            }
        };
        let (on, until) = (day("on", on)?, day("until", until)?);
        let [reason, by, approved_by, ticket, note] = texts;
        let checks = is_broad.then_some(Checks::All);
        Ok(Self { action, checks, reason, by, on, until, approved_by, ticket, note })
    }

    fn decision(&self, id: String, account: String, target: Target, failing: Option<Checks>) -> Decision {
        let checks = self.checks.clone().or(failing).filter(|_| self.action == Action::Keep);
        Decision {
            id,
            account,
            target,
            action: self.action,
            checks,
            reason: self.reason.trim().to_owned(),
            by: self.by.trim().to_owned(),
            on: self.on,
            until: self.until,
            approved_by: self.approved_by.trim().to_owned(),
            ticket: self.ticket.trim().to_owned(),
            note: self.note.trim().to_owned(),
        }
    }
}

/// Ids that no decision has: the day, and a number from the highest on.
struct Ids {
    day: String,
    last: u32,
}

impl Ids {
    fn new(decisions: &Decisions, day: Day) -> Self {
        let day = format!("{day}-");
        let number = |id: &str| id.strip_prefix(day.as_str())?.parse::<u32>().ok();
        let numbers = decisions.entries().iter().filter_map(|entry| number(entry.id()?));
        Self { last: numbers.max().unwrap_or_default(), day }
    }

    fn next(&mut self) -> String {
        self.last = self.last.saturating_add(1);
        format!("{}{:03}", self.day, self.last)
    }
}

/// What a decision is about, each with the checks that fail there; what nothing tells for certain is left out.
pub(super) fn subjects(
    reviewed: Reviewed<'_>,
    about: &About,
    action: Action,
) -> Vec<(String, Target, Option<Checks>)> {
    let of = |row: RowId, subject: Option<(SubjectKind, Option<u8>)>, verdicts: RowVerdicts| {
        let user = reviewed.inputs.user(row)?;
        let (account, target) = target(&user, subject)?;
        Some((account, target, Some(Checks::of(failing(reviewed.compared, verdicts)))))
    };
    let verdicts = |row: RowId, subject| {
        let bits = reviewed.assessment.bits(checks::CheckSet::all(), subject);
        reviewed.assessment.verdicts(row).unwrap_or_default().of(bits)
    };
    match about {
        About::User(row) => of(*row, None, verdicts(*row, None)).into_iter().collect(),
        About::Credential(row, kind, slot) => {
            let subject = Some((*kind, *slot));
            of(*row, subject, verdicts(*row, subject)).into_iter().collect()
        }
        About::Finding(row, check, slot) => {
            let kind = check.check().rule.subject();
            let is_credential = !matches!(kind, SubjectKind::User | SubjectKind::Account);
            let subject = is_credential.then_some((kind, *slot));
            let set = [*check].into_iter().collect();
            let bits = reviewed.assessment.bits(set, Some((kind, *slot)));
            let all = reviewed.assessment.verdicts(*row).unwrap_or_default();
            of(*row, subject, all.of(bits)).into_iter().collect()
        }
        About::Account(account) => {
            let findings = reviewed.assessment.account_findings().iter();
            let failing = findings.filter(|finding| finding.account.as_ref() == Some(account));
            let checks = Checks::of(failing.map(|finding| finding.check));
            vec![(account.clone(), Target::Account, Some(checks))]
        }
        About::Matching(query) => {
            let mut rows = Order::all_rows(reviewed, query);
            rows.sort_unstable();
            let wanted = Wanted::new(reviewed, query);
            let is_keep = action == Action::Keep;
            let of_row = |row: RowId| {
                let (report, user) = reviewed.inputs.numbered_user(row)?;
                let all = reviewed.assessment.verdicts(row)?;
                let asked = wanted.of(reviewed, query, (report, &user), all)?;
                of(row, None, asked).filter(|_| !is_keep || asked.fails != 0)
            };
            let mut subjects: Vec<_> = rows.into_iter().filter_map(of_row).collect();
            let mut accounts: Vec<(&str, Vec<CheckId>)> = Vec::new();
            for finding in account_findings(reviewed, query).filter(|_| is_keep) {
                let Some(account) = finding.account.as_deref() else { continue };
                match accounts.last_mut() {
                    Some((last, checks)) if *last == account => checks.push(finding.check),
                    _ => accounts.push((account, vec![finding.check])),
                }
            }
            let of_account = |(account, checks): (&str, Vec<CheckId>)| {
                (account.to_owned(), Target::Account, Some(Checks::of(checks)))
            };
            subjects.extend(accounts.into_iter().map(of_account));
            subjects
        }
    }
}

/// The checks of some verdicts.
fn failing(compared: Compared<'_>, verdicts: RowVerdicts) -> Vec<CheckId> {
    let mut by_check = [0; checks::COUNT];
    compared.assessment.count(verdicts, &mut BySeverity::default(), &mut by_check);
    checks::ids().zip(by_check).filter(|(_, count)| *count > 0).map(|(check, _)| check).collect()
}

/// A user, or a credential of it, so that it is told from any other; `None` where the report does not tell.
fn target(user: &User<'_>, subject: Option<(SubjectKind, Option<u8>)>) -> Option<(String, Target)> {
    let (account, arn) = (user.account()?.to_owned(), user.arn()?);
    let created = |slot: u8| match subject {
        Some((SubjectKind::AccessKey, _)) => user.access_key(slot).created().ok().flatten(),
        Some((SubjectKind::Certificate, _)) => user.certificate(slot).created().ok().flatten(),
        _ => None,
    };
    let credential = match subject {
        None => None,
        Some((SubjectKind::Password, _)) => Some(Credential::Password),
        Some((kind, slot)) => {
            let slot = slot?;
            let own = created(slot)?;
            let is_twin = created(3 - slot.clamp(1, 2)) == Some(own);
            Some(Credential::new(kind, Creation { created: own, ordinal: is_twin.then_some(slot) })?)
        }
    };
    Some((account, Target::User { arn, user_created: user.created().ok(), credential }))
}
