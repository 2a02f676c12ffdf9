//! Judging rows by the rules of a policy.
//!
//! Rows are alike: in most, the same cells hold a time and the same flags are set. What a rule says of
//! a row without having read a time, it says of every row of that shape; so it is asked once for a
//! shape, and row by row only where times decide.

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::tally::CheckTally;
use super::verdicts::{Layout, RowVerdicts, severity};
use crate::checks::{self, CheckId, CheckSet, Context, Judge, Judgement, Severity, Verdict};
use crate::report::{Shape, Unjudged, User};

/// Shapes that are remembered; a report that is made to have more is judged row by row.
const MOST_SHAPES: usize = 1 << 14;

/// A check that is on, ready to be judged.
#[derive(Debug, Clone, Copy)]
struct Rule {
    check: CheckId,
    judge: Judge,
    severity: Severity,
    first_bit: u8,
}

/// A rule and the slot that it looks at, from 0.
type Asked = (Rule, u8);

/// What a rule said.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Passed,
    NotApplicable,
    Failed { escalated: bool },
    NotJudged(Unjudged),
}

/// What is known of the rows of a shape.
#[derive(Debug)]
struct Known {
    facts: Facts,
    /// The verdicts that hold for every row.
    verdicts: RowVerdicts,
    /// All that was said once for every row.
    said: Vec<(CheckId, Outcome)>,
    /// What must be asked of each row.
    open: Vec<Asked>,
    /// How many rows there were.
    rows: u64,
}

/// How many subjects could not be judged, by check and cell.
pub(super) type Obstacles = FxHashMap<(CheckId, Unjudged), u64>;

/// Rules at work, and what they said so far.
pub(super) struct Judging<'p> {
    context: Context<'p>,
    /// The rules for users, and those for root.
    rules: [Vec<Rule>; 2],
    known: Vec<Known>,
    /// The places of shapes among the known.
    places: FxHashMap<Shape, u32>,
    counts: Counts,
}

/// How often each outcome was reached. Failures are counted by the verdicts of rows.
struct Counts {
    tallies: Vec<CheckTally>,
    obstacles: Obstacles,
}

impl Counts {
    fn add(&mut self, check: CheckId, outcome: Outcome, times: u64) {
        let tally = &mut self.tallies[check.index()];
        match outcome {
            Outcome::Passed => tally.passed += times,
            Outcome::NotApplicable => tally.not_applicable += times,
            Outcome::Failed { .. } => {}
            Outcome::NotJudged(unjudged) => {
                tally.not_judged += times;
                *self.obstacles.entry((check, unjudged)).or_default() += times;
            }
        }
    }
}

impl<'p> Judging<'p> {
    pub(super) fn new(context: Context<'p>, on: CheckSet, layout: &Layout, tallies: Vec<CheckTally>) -> Self {
        let mut rules = [Vec::new(), Vec::new()];
        for id in checks::ids().filter(|id| on.contains(*id)) {
            let check = id.check();
            if !matches!(check.judge, Judge::Account(_)) {
                let first_bit = layout.first[id.index()];
                let rule = Rule { check: id, judge: check.judge, severity: check.severity, first_bit };
                rules[usize::from(check.root)].push(rule);
            }
        }
        let counts = Counts { tallies, obstacles: Obstacles::default() };
        Self { context, rules, known: Vec::new(), places: FxHashMap::default(), counts }
    }

    /// Judges a row by every rule that looks at it.
    pub(super) fn judge(&mut self, user: &User<'_>) -> (RowVerdicts, Facts) {
        let Some(place) = user.shape().and_then(|shape| self.place(shape, user)) else {
            return (self.judge_alone(user), Facts::new(user));
        };
        let known = &mut self.known[place as usize];
        known.rows += 1;
        let mut row = known.verdicts;
        for &(rule, slot) in &known.open {
            // What is open exists: else it would not be.
            let outcome = hear(rule, slot, user, &self.context);
            row.add(rule, slot, outcome);
            self.counts.add(rule.check, outcome, 1);
        }
        (row, known.facts)
    }

    /// Where the shape of this user is known, once it was looked at; `None` where there are too many.
    fn place(&mut self, shape: Shape, user: &User<'_>) -> Option<u32> {
        if let Some(place) = self.places.get(&shape) {
            return Some(*place);
        }
        if self.known.len() == MOST_SHAPES {
            return None;
        }
        let place = self.known.len() as u32;
        let mut known = Known {
            facts: Facts::new(user),
            verdicts: RowVerdicts::default(),
            said: Vec::new(),
            open: Vec::new(),
            rows: 0,
        };
        for rule in &self.rules[usize::from(user.is_root())] {
            for slot in 0..rule.judge.slots() {
                user.forget_reads();
                let outcome = ask(*rule, slot, user, &self.context);
                if user.has_left_shape() {
                    known.open.push((*rule, slot));
                } else {
                    known.verdicts.add(*rule, slot, outcome);
                    known.said.push((rule.check, outcome));
                }
            }
        }
        self.known.push(known);
        self.places.insert(shape, place);
        Some(place)
    }

    /// Judges a row of which nothing is known before.
    fn judge_alone(&mut self, user: &User<'_>) -> RowVerdicts {
        let mut row = RowVerdicts::default();
        for &rule in &self.rules[usize::from(user.is_root())] {
            for slot in 0..rule.judge.slots() {
                let outcome = ask(rule, slot, user, &self.context);
                row.add(rule, slot, outcome);
                self.counts.add(rule.check, outcome, 1);
            }
        }
        row
    }

    /// How each check went, failures aside, and what stood in the way.
    pub(super) fn finish(mut self) -> (Vec<CheckTally>, Obstacles) {
        for known in &self.known {
            for &(check, outcome) in &known.said {
                self.counts.add(check, outcome, known.rows);
            }
        }
        (self.counts.tallies, self.counts.obstacles)
    }
}

impl RowVerdicts {
    fn add(&mut self, rule: Rule, slot: u8, outcome: Outcome) {
        if let Outcome::Failed { escalated } = outcome {
            let bit = 1 << (rule.first_bit + slot);
            self.fails |= bit;
            self.escalated |= if escalated { bit } else { 0 };
        }
    }
}

/// What a rule says. What certainly does not exist (a password that is not enabled, an empty slot) is
/// judged by no rule: none applies.
fn ask(rule: Rule, slot: u8, user: &User<'_>, context: &Context<'_>) -> Outcome {
    let exists = subject_exists(rule.judge, user, slot);
    if exists == Ok(false) { Outcome::NotApplicable } else { hear(rule, slot, user, context) }
}

/// Whether there is what a rule looks at; slots are from 0.
pub(super) fn subject_exists(rule: Judge, user: &User<'_>, slot: u8) -> Result<bool, Unjudged> {
    match rule {
        Judge::Password(_) => user.password_enabled(),
        Judge::AccessKey(_) => user.access_key(slot + 1).exists(),
        Judge::Certificate(_) => user.certificate(slot + 1).exists(),
        Judge::User(_) | Judge::Account(_) => Ok(true),
    }
}

/// What a rule says of what may exist.
fn hear(rule: Rule, slot: u8, user: &User<'_>, context: &Context<'_>) -> Outcome {
    match judge(rule.judge, user, slot, context) {
        Ok(Verdict::Pass) => Outcome::Passed,
        Ok(Verdict::NotApplicable) => Outcome::NotApplicable,
        Ok(Verdict::Fail(failure)) => {
            Outcome::Failed { escalated: severity(rule.check, &failure) != rule.severity }
        }
        Err(unjudged) => Outcome::NotJudged(unjudged),
    }
}

/// What a rule says of a user, or of a credential in a slot, from 0.
pub(super) fn judge(rule: Judge, user: &User<'_>, slot: u8, context: &Context<'_>) -> Judgement {
    match rule {
        Judge::Account(_) => Ok(Verdict::NotApplicable),
        Judge::User(rule) | Judge::Password(rule) => rule(user, context),
        Judge::AccessKey(rule) => rule(&user.access_key(slot + 1), context),
        Judge::Certificate(rule) => rule(&user.certificate(slot + 1), context),
    }
}
