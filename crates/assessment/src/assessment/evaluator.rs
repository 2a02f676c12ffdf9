//! Evaluates rows by the rules of a policy.
//!
//! Rows are alike: in most, the same cells hold a time and the same flags are set. What a rule says of
//! a row without having read a time, it says of every row of that shape; so it is asked once for a
//! shape, and row by row only where times decide.

use rustc_hash::FxHashMap;

use super::counted::Counted;
use super::tally::CheckTally;
use super::verdicts::{Layout, RowVerdicts};
use crate::checks::{self, CheckId, CheckSet, Context, ESCALATION_DAYS, Rule, RuleResult, Verdict};
use crate::report::{MissingInput, Shape, User};

/// Shapes that are remembered; a report that is made to have more is evaluated row by row.
const MAX_SHAPES: usize = 1 << 14;

/// A check that is on, ready to be evaluated.
#[derive(Debug, Clone, Copy)]
struct EnabledCheck {
    check: CheckId,
    rule: Rule,
    escalates: bool,
    first_bit: u8,
}

/// A rule and the slot that it looks at, from 0.
type EvaluatedSlot = (EnabledCheck, u8);

/// What a rule said.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Passed,
    NotApplicable,
    Failed { escalated: bool },
    NotJudged(MissingInput),
}

/// What is known of the rows of a shape.
#[derive(Debug)]
struct Known {
    counted: Counted,
    /// The verdicts that hold for every row.
    verdicts: RowVerdicts,
    /// All that was said once for every row.
    said: Vec<(CheckId, Outcome)>,
    /// What must be asked of each row.
    open: Vec<EvaluatedSlot>,
    /// How many rows there were.
    rows: u32,
}

/// How many subjects could not be evaluated, by check and cell.
pub(super) type MissingInputs = FxHashMap<(CheckId, MissingInput), u64>;

/// Rules at work, and what they said so far.
pub(super) struct Evaluator<'p> {
    context: Context<'p>,
    /// The rules for users, and those for root.
    rules: [Vec<EnabledCheck>; 2],
    known: Vec<Known>,
    /// The places of shapes among the known.
    places: FxHashMap<Shape, u32>,
    alike: Alike,
    counts: Counts,
}

/// Users by shape, as lists: of each known shape the first user, of each user the next one of that shape.
#[derive(Default)]
struct Alike {
    first: Vec<u32>,
    next: Vec<u32>,
    /// The places of shapes that have users.
    met: Vec<u32>,
}

/// The end of a list: no user has this number.
const END: u32 = u32::MAX;

impl Alike {
    fn gather(&mut self, found: &[(RowVerdicts, u32)]) {
        self.next.clear();
        self.next.resize(found.len(), END);
        let next = self.next.as_mut_slice();
        // Backwards, so that lists go forwards.
        for (at, (_, place)) in found.iter().enumerate().rev() {
            let Some(first) = self.first.get_mut(*place as usize) else { continue };
            if *first == END {
                self.met.push(*place);
            }
            next[at] = std::mem::replace(first, at as u32);
        }
    }
}

/// How often each outcome was reached. Failures are counted by the verdicts of rows, and what passed is the rest.
struct Counts {
    tallies: Vec<CheckTally>,
    missing_inputs: MissingInputs,
}

impl Counts {
    #[inline(always)]
    fn add(&mut self, check: CheckId, outcome: Outcome, times: u64) {
        if !matches!(outcome, Outcome::Passed | Outcome::Failed { .. }) {
            self.add_rare(check, outcome, times);
        }
    }

    fn add_rare(&mut self, check: CheckId, outcome: Outcome, times: u64) {
        let tally = &mut self.tallies[check.index()];
        match outcome {
            Outcome::Passed | Outcome::Failed { .. } => {}
            Outcome::NotApplicable => tally.not_applicable += times,
            Outcome::NotJudged(missing) => {
                tally.not_judged += times;
                *self.missing_inputs.entry((check, missing)).or_default() += times;
            }
        }
    }
}

impl<'p> Evaluator<'p> {
    pub(super) fn new(context: Context<'p>, on: CheckSet, layout: &Layout, tallies: Vec<CheckTally>) -> Self {
        let mut rules = [Vec::new(), Vec::new()];
        for id in checks::ids().filter(|id| on.contains(*id)) {
            let check = id.check();
            if !matches!(check.rule, Rule::Account(_)) {
                let first_bit = layout.first[id.index()];
                let rule =
                    EnabledCheck { check: id, rule: check.rule, escalates: check.escalates, first_bit };
                rules[usize::from(check.root)].push(rule);
            }
        }
        let counts = Counts { tallies, missing_inputs: MissingInputs::default() };
        Self {
            context,
            rules,
            known: Vec::new(),
            places: FxHashMap::default(),
            alike: Alike::default(),
            counts,
        }
    }

    /// The verdicts on users, and the places of their shapes among the known ones; one past all of them where no
    /// shape tells of a user. Of the others is told what is counted of their shape, in no order.
    ///
    /// Rules are asked shape by shape: a processor foresees what goes the same way again and again.
    pub(super) fn evaluate<'u, 'a>(
        &mut self,
        users: &'u [User<'a>],
        found: &mut Vec<(RowVerdicts, u32)>,
        mut count: impl FnMut(&Counted, &'u User<'a>),
    ) {
        found.clear();
        for user in users {
            let place = user.shape().and_then(|shape| self.place(shape, user));
            found.push(
                match place.and_then(|place| Some((self.known.get(place as usize)?.verdicts, place))) {
                    Some(evaluated) => evaluated,
                    None => (self.evaluate_alone(user), u32::MAX),
                },
            );
        }
        self.alike.gather(found);
        let Alike { first, next, met } = &mut self.alike;
        // Where code is small, indexing a vector is a call, and indexing a slice is not.
        let (found, known, next) = (found.as_mut_slice(), self.known.as_mut_slice(), next.as_slice());
        for place in met.drain(..) {
            let known = &mut known[place as usize];
            let first = std::mem::replace(&mut first[place as usize], END);
            for &(rule, slot) in &known.open {
                let mut at = first as usize;
                while let Some(user) = users.get(at) {
                    // What is open exists: else it would not be.
                    let outcome = evaluate_rule(rule, slot, user, &self.context);
                    found[at].0.add(rule, slot, outcome);
                    self.counts.add(rule.check, outcome, 1);
                    at = next[at] as usize;
                }
            }
            let mut at = first as usize;
            while let Some(user) = users.get(at) {
                known.rows += 1;
                count(&known.counted, user);
                at = next[at] as usize;
            }
        }
    }

    /// What is counted of users of a known shape.
    #[inline(always)]
    pub(super) fn counted(&self, place: u32) -> Option<&Counted> {
        self.known.get(place as usize).map(|known| &known.counted)
    }

    /// Where the shape of this user is known, once it was looked at; `None` where there are too many.
    fn place(&mut self, shape: Shape, user: &User<'_>) -> Option<u32> {
        if let Some(place) = self.places.get(&shape) {
            return Some(*place);
        }
        if self.known.len() == MAX_SHAPES {
            return None;
        }
        let place = self.known.len() as u32;
        let mut known = Known {
            counted: Counted::new(user),
            verdicts: RowVerdicts::default(),
            said: Vec::new(),
            open: Vec::new(),
            rows: 0,
        };
        for rule in &self.rules[usize::from(user.is_root())] {
            for slot in 0..rule.rule.slots() {
                user.forget_reads();
                let outcome = evaluate_slot(*rule, slot, user, &self.context);
                if user.has_left_shape() {
                    known.open.push((*rule, slot));
                } else {
                    known.verdicts.add(*rule, slot, outcome);
                    known.said.push((rule.check, outcome));
                }
            }
        }
        self.known.push(known);
        self.alike.first.push(END);
        self.places.insert(shape, place);
        Some(place)
    }

    /// Judges a row of which nothing is known before.
    fn evaluate_alone(&mut self, user: &User<'_>) -> RowVerdicts {
        let mut row = RowVerdicts::default();
        for &rule in &self.rules[usize::from(user.is_root())] {
            for slot in 0..rule.rule.slots() {
                let outcome = evaluate_slot(rule, slot, user, &self.context);
                row.add(rule, slot, outcome);
                self.counts.add(rule.check, outcome, 1);
            }
        }
        row
    }

    /// How each check went, failures aside, what stood in the way, and what is counted of the users of each known
    /// shape, and how many these are.
    pub(super) fn finish(mut self) -> (Vec<CheckTally>, MissingInputs, impl Iterator<Item = (Counted, u32)>) {
        for known in &self.known {
            for &(check, outcome) in &known.said {
                self.counts.add(check, outcome, known.rows.into());
            }
        }
        let shapes = self.known.into_iter().map(|known| (known.counted, known.rows));
        (self.counts.tallies, self.counts.missing_inputs, shapes)
    }
}

impl RowVerdicts {
    #[inline(always)]
    fn add(&mut self, rule: EnabledCheck, slot: u8, outcome: Outcome) {
        if let Outcome::Failed { escalated } = outcome {
            let bit = 1 << (rule.first_bit + slot);
            self.fails |= bit;
            self.escalated |= if escalated { bit } else { 0 };
        }
    }
}

/// What a rule says. What certainly does not exist (a password that is not enabled, an empty slot) is
/// evaluated by no rule: none applies.
fn evaluate_slot(rule: EnabledCheck, slot: u8, user: &User<'_>, context: &Context<'_>) -> Outcome {
    if subject_exists(rule.rule, user, slot) == Ok(false) {
        Outcome::NotApplicable
    } else {
        evaluate_rule(rule, slot, user, context)
    }
}

/// Whether there is what a rule looks at; slots are from 0.
pub(super) fn subject_exists(rule: Rule, user: &User<'_>, slot: u8) -> Result<bool, MissingInput> {
    match rule {
        Rule::Password(_) => user.password_enabled(),
        Rule::AccessKey(_) => user.access_key(slot + 1).exists(),
        Rule::Certificate(_) => user.certificate(slot + 1).exists(),
        Rule::User(_) | Rule::Account(_) => Ok(true),
    }
}

/// What a rule says of what may exist.
#[inline(always)]
fn evaluate_rule(rule: EnabledCheck, slot: u8, user: &User<'_>, context: &Context<'_>) -> Outcome {
    match evaluate(rule.rule, user, slot, context) {
        Ok(Verdict::Pass) => Outcome::Passed,
        Ok(Verdict::NotApplicable) => Outcome::NotApplicable,
        Ok(Verdict::Fail(failure)) => {
            let escalated = rule.escalates && failure.age_days.is_some_and(|age| age > ESCALATION_DAYS);
            Outcome::Failed { escalated }
        }
        Err(missing) => Outcome::NotJudged(missing),
    }
}

/// What a rule says of a user, or of a credential in a slot, from 0.
#[inline(always)]
pub(super) fn evaluate(rule: Rule, user: &User<'_>, slot: u8, context: &Context<'_>) -> RuleResult {
    match rule {
        Rule::Account(_) => Ok(Verdict::NotApplicable),
        Rule::User(rule) | Rule::Password(rule) => rule(user, context),
        Rule::AccessKey(rule) => rule(&user.access_key(slot + 1), context),
        Rule::Certificate(rule) => rule(&user.certificate(slot + 1), context),
    }
}
