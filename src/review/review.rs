//! Decisions held against a result: how each stands, and which findings are accepted.

use rustc_hash::FxHashMap;

use super::action::Action;
use super::day::Day;
use super::decision::{Checks, Credential, Decision, Target};
use super::decisions::Decisions;
use super::find_user::{Wanted, find_users};
use super::invalid::{Fault, Invalid};
use super::state::State;
use crate::assessment::{Assessment, Inputs, RowId};
use crate::checks::{CheckSet, SubjectKind};
use crate::finding::Finding;
use crate::report::{Timestamp, User, sorted};

/// An exception that ends in so many days ends soon.
const SOON_DAYS: i64 = 30;

/// Decisions held against a result, as of its time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// How each decision stands, by its place.
    states: Vec<State>,
    /// Those that count for too long: how many days, and how many there may be.
    too_long: FxHashMap<u32, (u32, u32)>,
    /// What decisions are about, in the order of rows.
    matches: Vec<Match>,
    /// Of each decision its first match among those, by decision.
    by_decision: Vec<u32>,
    firsts: Vec<u32>,
    /// The findings that exceptions accept: of rows in order.
    accepted: Vec<(RowId, u64)>,
    /// The decisions about accounts that accept, by the number of the account.
    about_accounts: FxHashMap<String, Vec<u32>>,
}

/// A credential of a user: its kind, and the slot of a key or certificate, from 1.
pub type Subject = (SubjectKind, Option<u8>);

/// A user of the result that a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The row.
    pub row: RowId,
    /// The decision, by its place.
    pub decision: u32,
    /// What of the user it is about; `None`: the user with all credentials.
    pub subject: Option<Subject>,
    /// The bits of the verdicts on the row that it accepts.
    pub accepts: u64,
}

/// What a row says of a credential that is looked for.
enum Found {
    /// It is there: the user, or this credential.
    There(Option<Subject>),
    /// It certainly is not.
    Gone,
    /// The row does not tell.
    Unclear,
}

/// What was found of a decision so far.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    is_there: bool,
    is_unclear: bool,
    /// Whether a row that it is about shows that the work is not done.
    is_undone: bool,
}

impl Review {
    /// Holds decisions against a result.
    pub fn new(inputs: &Inputs, assessment: &Assessment, decisions: &Decisions) -> Self {
        if decisions.is_empty() {
            return Self::default();
        }
        let most = assessment.policy().decision_max_days;
        let as_of = assessment.as_of();
        let times = report_times(inputs);
        let mut review = Self { states: vec![State::Invalid; decisions.entries().len()], ..Self::default() };
        let mut wanted = Vec::new();
        // What counts, as far as the decision alone tells.
        let mut counting: Vec<(u32, &Decision)> = Vec::new();
        for place in 0..decisions.entries().len() as u32 {
            let Some(decision) = decisions.get(place).filter(|_| decisions.is_sound(place)) else { continue };
            let days = decision.until.days_since(decision.on);
            if days > i64::from(most) {
                review.too_long.insert(place, (u32::try_from(days).unwrap_or(u32::MAX), most));
                continue;
            }
            if times.contains_key(decision.account.as_str()) {
                if let Some(arn) = decision.arn() {
                    wanted.push(Wanted { number: place, account: &decision.account, arn });
                }
                counting.push((place, decision));
            } else {
                review.set(place, State::AccountNotLoaded);
            }
        }
        let mut evidence = vec![Evidence::default(); decisions.entries().len()];
        find_users(inputs, assessment, wanted, |place, row, user| {
            let (Some(decision), Some(evidence)) = (decisions.get(place), evidence.get_mut(place as usize))
            else {
                return;
            };
            match find(decision, user) {
                Found::There(subject) => {
                    evidence.is_there = true;
                    evidence.is_undone |= !is_done(decision.action, subject, user);
                    review.matches.push(Match { row, decision: place, subject, accepts: 0 });
                }
                Found::Gone => {}
                Found::Unclear => evidence.is_unclear = true,
            }
        });
        for (place, decision) in counting {
            let evidence = evidence.get(place as usize).copied().unwrap_or_default();
            let is_on_time =
                times.get(decision.account.as_str()).is_some_and(|time| *time >= decision.on.start());
            review.set(place, state(decision, evidence, as_of, is_on_time));
        }
        review.accept(assessment, decisions);
        review
    }

    fn set(&mut self, place: u32, state: State) {
        if let Some(own) = self.states.get_mut(place as usize) {
            *own = state;
        }
    }

    /// Finds what is accepted, and puts matches in order.
    fn accept(&mut self, assessment: &Assessment, decisions: &Decisions) {
        let mut masks: FxHashMap<(CheckBits, Option<Subject>), u64> = FxHashMap::default();
        for one in &mut self.matches {
            let is_accepting = self.states.get(one.decision as usize).is_some_and(|state| state.accepts());
            let Some(checks) = decisions.get(one.decision).filter(|_| is_accepting).and_then(exception)
            else {
                continue;
            };
            let mask = *masks
                .entry((CheckBits::of(checks), one.subject))
                .or_insert_with(|| assessment.bits(checks, one.subject));
            one.accepts = assessment.all_verdicts(one.row).map_or(0, |all| all.fails) & mask;
        }
        sorted::sort(&mut self.matches);
        for of_row in self.matches.chunk_by(|a, b| a.row == b.row) {
            let mask = of_row.iter().fold(0, |mask, one| mask | one.accepts);
            if let Some(first) = of_row.first().filter(|_| mask != 0) {
                self.accepted.push((first.row, mask));
            }
        }
        // Counted out by decision, so that each has its matches together.
        let mut firsts = vec![0; self.states.len() + 1];
        for one in &self.matches {
            if let Some(next) = firsts.get_mut(one.decision as usize + 1) {
                *next += 1;
            }
        }
        let mut sum = 0;
        for first in &mut firsts {
            sum += *first;
            *first = sum;
        }
        let mut by_decision = vec![0; self.matches.len()];
        let mut next = firsts.clone();
        for (number, one) in (0..).zip(&self.matches) {
            if let Some(place) = next.get_mut(one.decision as usize) {
                if let Some(slot) = by_decision.get_mut(*place as usize) {
                    *slot = number;
                }
                *place += 1;
            }
        }
        (self.firsts, self.by_decision) = (firsts, by_decision);
        for (place, state) in (0..).zip(&self.states) {
            if let Some(decision) = decisions.get(place).filter(|_| state.accepts())
                && decision.target == Target::Account
            {
                self.about_accounts.entry(decision.account.clone()).or_default().push(place);
            }
        }
    }

    /// Takes what is accepted out of a result.
    pub fn apply(&self, inputs: &Inputs, assessment: &mut Assessment, decisions: &Decisions) {
        assessment.accept(inputs, &self.accepted, |finding| self.acceptor(decisions, finding).is_some());
    }

    /// How the decision of a place stands.
    pub fn state(&self, place: u32) -> State {
        self.states.get(place as usize).copied().unwrap_or(State::Invalid)
    }

    /// How all decisions stand, by their places.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// Why the decision of a place is invalid; `None` where it is not.
    pub fn invalid(&self, decisions: &Decisions, place: u32) -> Option<Invalid> {
        decisions.invalid(place).or_else(|| {
            let (days, most) = *self.too_long.get(&place)?;
            let entry = decisions.entries().get(place as usize)?;
            let fault = Fault::TooLong { days, most };
            Some(Invalid { place: entry.place.clone(), id: entry.id().map(str::to_owned), fault })
        })
    }

    /// The users that the decision of a place is about, in the order of rows. An account's has none.
    pub fn matches(&self, place: u32) -> impl Iterator<Item = &Match> {
        let at = |place: usize| self.firsts.get(place).copied().unwrap_or_default() as usize;
        let range = at(place as usize)..at(place as usize + 1);
        let numbers = self.by_decision.get(range).unwrap_or_default();
        numbers.iter().filter_map(|number| self.matches.get(*number as usize))
    }

    /// The decisions about the user of a row, or about a credential of it.
    pub fn of_row(&self, row: RowId) -> &[Match] {
        let start = self.matches.partition_point(|one| one.row < row);
        let rest = self.matches.get(start..).unwrap_or_default();
        let end = rest.iter().position(|one| one.row != row).unwrap_or(rest.len());
        &rest[..end]
    }

    /// The rows that a decision is about, in order, each once.
    pub fn rows(&self) -> impl Iterator<Item = RowId> {
        self.matches.chunk_by(|a, b| a.row == b.row).filter_map(|of_row| Some(of_row.first()?.row))
    }

    /// The bits of the verdicts on a row that are accepted.
    pub fn accepted(&self, row: RowId) -> u64 {
        let place = self.accepted.binary_search_by_key(&row, |(row, _)| *row);
        place.ok().and_then(|place| self.accepted.get(place)).map_or(0, |(_, mask)| *mask)
    }

    /// The exception that accepts a finding, by its place; of several the first. `bit` is that of a finding on
    /// a row, see [`Assessment::bit`].
    pub fn acceptor_on_row(&self, row: RowId, bit: u64) -> Option<u32> {
        self.of_row(row).iter().find(|one| one.accepts & bit != 0).map(|one| one.decision)
    }

    /// The exception that accepts a finding about an account.
    pub fn acceptor(&self, decisions: &Decisions, finding: &Finding) -> Option<u32> {
        if finding.subject.kind != SubjectKind::Account {
            return None;
        }
        let places = self.about_accounts.get(finding.account.as_deref()?)?;
        let covers = |place: &&u32| {
            decisions.get(**place).and_then(exception).is_some_and(|checks| checks.contains(finding.check))
        };
        places.iter().find(covers).copied()
    }
}

/// A set of checks, to be looked up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct CheckBits(u32);

impl CheckBits {
    fn of(checks: CheckSet) -> Self {
        let bits = crate::checks::ids().filter(|id| checks.contains(*id)).map(|id| 1 << id.index());
        Self(bits.fold(0, |set, bit| set | bit))
    }
}

/// The checks that an exception covers; `None` for other decisions.
fn exception(decision: &Decision) -> Option<CheckSet> {
    let is_exception = decision.action == Action::Keep;
    decision.checks.as_ref().filter(|_| is_exception).map(Checks::set)
}

/// The accounts of the result, by number, with the time of the newest report that it has of each.
fn report_times(inputs: &Inputs) -> FxHashMap<&str, Timestamp> {
    let mut times: FxHashMap<&str, Timestamp> = FxHashMap::default();
    for loaded in inputs.reports() {
        let time = loaded.report.as_of().0;
        for (number, account) in (0..).zip(loaded.report.accounts()) {
            if !account.id.is_empty() && loaded.is_current(number) {
                let newest = times.entry(&account.id).or_insert(time);
                *newest = time.max(*newest);
            }
        }
    }
    times
}

/// How a decision stands that is sound, and whose account is there.
fn state(decision: &Decision, evidence: Evidence, as_of: Timestamp, is_on_time: bool) -> State {
    if as_of < decision.on.start() {
        return State::NotYet;
    }
    let is_keep = decision.action == Action::Keep;
    let is_about_account = decision.target == Target::Account;
    if !is_about_account {
        let can_be_done = !matches!(decision.action, Action::Keep | Action::Ask);
        let is_done = if evidence.is_there {
            !evidence.is_undone && !evidence.is_unclear
        } else {
            !evidence.is_unclear && is_on_time
        };
        if can_be_done && is_done {
            return State::Done;
        }
        if !evidence.is_there {
            return State::MatchesNothing;
        }
    }
    let is_over = as_of > decision.until.end();
    let days_left = decision.until.days_since(Day::of(as_of));
    match (is_keep, is_over) {
        (true, true) => State::Expired,
        (false, true) => State::Overdue,
        (true, false) if days_left <= SOON_DAYS => State::Soon,
        (true, false) => State::InForce,
        (false, false) => State::Open,
    }
}

/// What the row of a user of the decision's ARN says of what it is about.
fn find(decision: &Decision, user: &User<'_>) -> Found {
    let Target::User { user_created, credential, .. } = &decision.target else { return Found::Unclear };
    match (user_created, user.created()) {
        (None, _) => {}
        (Some(wanted), Ok(created)) if *wanted == created => {}
        // Another user of the same name.
        (Some(_), Ok(_)) => return Found::Gone,
        (Some(_), Err(_)) => return Found::Unclear,
    }
    let Some(credential) = credential else { return Found::There(None) };
    let Some(creation) = credential.creation() else {
        let is_off = user.password_enabled() == Ok(false);
        // A password that is off is one that work is done on, and nothing to keep.
        let is_answer = matches!(decision.action, Action::Disable | Action::Delete | Action::AddMfa);
        return if is_off && !is_answer {
            Found::Gone
        } else {
            Found::There(Some((SubjectKind::Password, None)))
        };
    };
    let slots = [1, 2].map(|slot| (slot, slot_of(*credential, user, slot)));
    let same: Vec<u8> = slots
        .iter()
        .filter(|(_, slot)| slot.created == Some(creation.created))
        .map(|(slot, _)| *slot)
        .collect();
    let there = |slot: u8| Found::There(Some((credential.kind(), Some(slot))));
    match (same.as_slice(), creation.ordinal) {
        ([one], None) => there(*one),
        ([first, _], Some(1)) => there(*first),
        ([_, second], Some(2)) => there(*second),
        ([], _) if slots.iter().all(|(_, slot)| slot.is_known) => Found::Gone,
        _ => Found::Unclear,
    }
}

/// What a row says of a slot for keys or certificates.
struct Slot {
    created: Option<Timestamp>,
    /// Whether it says when that was, or that nothing is in the slot.
    is_known: bool,
}

fn slot_of(credential: Credential, user: &User<'_>, slot: u8) -> Slot {
    let (created, exists) = if credential.kind() == SubjectKind::Certificate {
        let certificate = user.certificate(slot);
        (certificate.created(), certificate.exists())
    } else {
        let key = user.access_key(slot);
        (key.created(), key.exists())
    };
    let created = created.ok().flatten();
    Slot { created, is_known: created.is_some() || exists == Ok(false) }
}

/// Whether a row shows that what was decided about something on it is done. What is unclear is not.
fn is_done(action: Action, subject: Option<Subject>, user: &User<'_>) -> bool {
    let off = |enabled: Option<bool>| enabled == Some(false);
    let password = || user.password_enabled().ok();
    let key = |slot| user.access_key(slot);
    let certificate = |slot| user.certificate(slot);
    match (action, subject) {
        (Action::AddMfa, _) => user.mfa_active() == Ok(true) || off(password()),
        (Action::Disable | Action::Delete, Some((SubjectKind::Password, _))) => off(password()),
        (Action::Disable | Action::Rotate, Some((SubjectKind::AccessKey, Some(slot)))) => {
            off(key(slot).active().ok())
        }
        (Action::Disable | Action::Rotate, Some((SubjectKind::Certificate, Some(slot)))) => {
            off(certificate(slot).active().ok())
        }
        (Action::Disable, None) => {
            let is_off = |active: Option<bool>, exists: Option<bool>| off(active) || off(exists);
            off(password())
                && [1, 2].into_iter().all(|slot| {
                    is_off(key(slot).active().ok(), key(slot).exists().ok())
                        && is_off(certificate(slot).active().ok(), certificate(slot).exists().ok())
                })
        }
        // What is there is not deleted; and there is nothing that an exception or a question asks for.
        (Action::Delete | Action::Disable | Action::Rotate | Action::Keep | Action::Ask, _) => false,
    }
}
