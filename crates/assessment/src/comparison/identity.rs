//! Who of an earlier report is who in a later one: by ARN and creation time, never by line or slot.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::report::{Report, Timestamp, User, compare_ignoring_case, work};

/// Stands for no row.
const NONE: u32 = u32::MAX;

/// How a user of one report hangs together with one of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
    /// The same ARN.
    Same,
    /// The same name under another path.
    Moved,
    /// Another name, but the same creation times of user and keys: a guess.
    Renamed,
    /// The same ARN, but another user, who was created since.
    ReCreated,
    /// There is none in the later report.
    Gone,
    /// There was none in the earlier report.
    Come,
}

/// A user of one of two reports, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    then: u32,
    now: u32,
    pub(super) bond: Bond,
}

impl Unit {
    /// Its row in the earlier report.
    pub(super) fn then(&self) -> Option<u32> {
        (self.then != NONE).then_some(self.then)
    }

    /// Its row in the later report.
    pub(super) fn now(&self) -> Option<u32> {
        (self.now != NONE).then_some(self.now)
    }

    /// The rows of a user who is in both reports.
    pub(super) fn both(&self) -> Option<(u32, u32)> {
        matches!(self.bond, Bond::Same | Bond::Moved | Bond::Renamed).then_some((self.then, self.now))
    }
}

/// The rows of an account in a report, in their order.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) report: &'a Report,
    pub(super) rows: &'a [u32],
}

impl<'a> Rows<'a> {
    fn user(&self, place: u32) -> Option<User<'a>> {
        self.report.get(*self.rows.get(place as usize)?)
    }

    fn row(&self, place: u32) -> u32 {
        self.rows.get(place as usize).copied().unwrap_or(NONE)
    }
}

/// Who is who in two reports of an account.
pub(super) struct Identity {
    /// First the users of the later report, in the order of rows, then those who are gone.
    pub(super) units: Vec<Unit>,
    /// Whether a user was told by ARN alone, so that one who was re-created would not be noticed.
    pub(super) is_blind_to_re_creation: bool,
}

impl Identity {
    pub(super) fn new(then: Rows<'_>, now: Rows<'_>) -> Self {
        let mut matcher = Matcher {
            then,
            now,
            partner: vec![NONE; now.rows.len()],
            bonds: vec![Bond::Come; now.rows.len()],
            is_taken: vec![false; then.rows.len()],
            gone: Vec::new(),
            come: Vec::new(),
            is_blind: false,
        };
        matcher.pair_roots();
        if then.report.is_sorted() && now.report.is_sorted() {
            matcher.pair_in_order();
        }
        matcher.pair_the_rest();
        matcher.finish()
    }
}

struct Matcher<'a> {
    then: Rows<'a>,
    now: Rows<'a>,
    /// For each place among the later rows the place among the earlier.
    partner: Vec<u32>,
    bonds: Vec<Bond>,
    /// Whether the place among the earlier rows has a partner.
    is_taken: Vec<bool>,
    /// The places of users who have no partner yet, root aside, in either report.
    gone: Vec<u32>,
    come: Vec<u32>,
    is_blind: bool,
}

impl Matcher<'_> {
    fn pair(&mut self, then: u32, now: u32, bond: Bond) {
        self.partner[now as usize] = then;
        self.bonds[now as usize] = bond;
        self.is_taken[then as usize] = true;
    }

    fn pair_all(&mut self, pairs: Vec<(u32, u32)>, bond: Bond) {
        if pairs.is_empty() {
            return;
        }
        for (then, now) in pairs {
            self.pair(then, now, bond);
        }
        self.gone.retain(|place| !self.is_taken[*place as usize]);
        self.come.retain(|place| self.partner[*place as usize] == NONE);
    }

    /// Root is root, whatever its row says.
    fn pair_roots(&mut self) {
        let roots = |rows: Rows<'_>| -> Vec<u32> {
            let is_root = |place: &u32| rows.user(*place).is_some_and(|user| user.is_root());
            (0..rows.rows.len() as u32).filter(is_root).collect()
        };
        for (then, now) in roots(self.then).into_iter().zip(roots(self.now)) {
            self.pair(then, now, Bond::Same);
        }
    }

    /// Pairs users of reports in which each stands once, in the order of names: both are walked through
    /// together.
    fn pair_in_order(&mut self) {
        let (mut then, mut now) = (0, 0);
        while let (Some(a), Some(b)) = (self.then.user(then), self.now.user(now)) {
            work::step();
            match (a.is_root(), b.is_root()) {
                (true, _) => then += 1,
                (_, true) => now += 1,
                // Most names are the same to the letter.
                _ if a.name() == b.name() => {
                    if is_same_arn(&a, &b) {
                        self.pair_if_same(then, now, &a, &b);
                    }
                    then += 1;
                    now += 1;
                }
                _ => match compare_ignoring_case(a.name(), b.name()) {
                    Ordering::Less => then += 1,
                    Ordering::Greater => now += 1,
                    Ordering::Equal => {
                        if is_same_arn(&a, &b) {
                            self.pair_if_same(then, now, &a, &b);
                        }
                        then += 1;
                        now += 1;
                    }
                },
            }
        }
    }

    /// Pairs two rows of one ARN, unless they are of users created at two times: whether it did.
    fn pair_if_same(&mut self, then: u32, now: u32, a: &User<'_>, b: &User<'_>) -> bool {
        let (created_then, created_now) = (a.created().ok(), b.created().ok());
        let is_blind = created_then.is_none() || created_now.is_none();
        let is_same = is_blind || created_then == created_now;
        if is_same {
            self.is_blind |= is_blind;
            self.pair(then, now, Bond::Same);
        }
        is_same
    }

    /// Pairs the users who have no partner yet, by hashes of what identifies them.
    fn pair_the_rest(&mut self) {
        self.find_free();
        let arn = |user: &User<'_>| Some(hash(&Lowered(&arn_parts(user))));
        let same_created = |a: &User<'_>, b: &User<'_>| a.created() == b.created();
        self.join(
            Bond::Same,
            |user| Some(hash(&(user.created().ok()?, arn(user)?))),
            |a, b| same_created(a, b) && is_same_arn(a, b),
        );
        self.pair_by_arn_alone();
        self.join(
            Bond::Moved,
            |user| Some(hash(&(user.created().ok()?, Lowered(&("".into(), arn_parts(user).1))))),
            |a, b| same_created(a, b) && is_same_name(a, b) && arn_parts(a).0 != arn_parts(b).0,
        );
        self.pair_all(self.renamed(), Bond::Renamed);
        self.join(Bond::ReCreated, arn, is_same_arn);
    }

    /// Pairs rows of one ARN of which either does not tell when the user was created, in their order.
    fn pair_by_arn_alone(&mut self) {
        if self.gone.is_empty() || self.come.is_empty() {
            return;
        }
        let arn = |user: &User<'_>| hash(&Lowered(&arn_parts(user)));
        let is_blind = |user: &User<'_>| user.created().is_err();
        let of = |blind: bool| {
            Waiting::new(&self.gone, |place| {
                self.then.user(place).filter(|user| is_blind(user) == blind).map(|user| arn(&user))
            })
        };
        let (mut blind, mut others) = (of(true), of(false));
        let mut pairs = Vec::new();
        for &place in &self.come {
            let Some(user) = self.now.user(place) else { continue };
            let is_same = |other: u32| self.then.user(other).is_some_and(|other| is_same_arn(&other, &user));
            let key = arn(&user);
            let first = blind.find(key, is_same);
            let other = if is_blind(&user) { others.find(key, is_same) } else { None };
            let is_other_first = match (&first, &other) {
                (Some(first), Some(other)) => other.place < first.place,
                (first, _) => first.is_none(),
            };
            let (waiting, found) = if is_other_first { (&mut others, other) } else { (&mut blind, first) };
            if let Some(found) = found {
                pairs.push((found.place, place));
                waiting.remove(key, &found);
            }
        }
        self.is_blind |= !pairs.is_empty();
        self.pair_all(pairs, Bond::Same);
    }

    /// Finds the users who have no partner yet, root aside.
    fn find_free(&mut self) {
        let is_user = |rows: Rows<'_>, place: &u32| rows.user(*place).is_some_and(|user| !user.is_root());
        let then = (0..).zip(&self.is_taken).filter(|(_, taken)| !**taken).map(|(place, _)| place);
        let now = (0..).zip(&self.partner).filter(|(_, of)| **of == NONE).map(|(place, _)| place);
        self.gone = then.filter(|place| is_user(self.then, place)).collect();
        self.come = now.filter(|place| is_user(self.now, place)).collect();
    }

    /// Pairs users without a partner that are the same, each once, in their order.
    fn join(
        &mut self,
        bond: Bond,
        key: impl Fn(&User<'_>) -> Option<u64>,
        is_same: impl Fn(&User<'_>, &User<'_>) -> bool,
    ) {
        if self.gone.is_empty() || self.come.is_empty() {
            return;
        }
        let mut waiting = Waiting::new(&self.gone, |place| self.then.user(place).and_then(|user| key(&user)));
        let mut pairs = Vec::new();
        for &place in &self.come {
            let Some(user) = self.now.user(place) else { continue };
            let Some(key) = key(&user) else { continue };
            let is_it = |other: u32| self.then.user(other).is_some_and(|other| is_same(&other, &user));
            if let Some(found) = waiting.find(key, is_it) {
                pairs.push((found.place, place));
                waiting.remove(key, &found);
            }
        }
        self.pair_all(pairs, bond);
    }

    /// Users who are gone and users who have come, of the same creation times of user and keys, where no
    /// other two are.
    fn renamed(&self) -> Vec<(u32, u32)> {
        if self.gone.is_empty() || self.come.is_empty() {
            return Vec::new();
        }
        let mut alike: FxHashMap<Creations, Alike> = FxHashMap::default();
        for &place in &self.gone {
            if let Some(key) = self.then.user(place).as_ref().and_then(Creations::of) {
                let alike = alike.entry(key).or_default();
                alike.gone = Some(place);
                alike.count[0] += 1;
            }
        }
        for &place in &self.come {
            if let Some(key) = self.now.user(place).as_ref().and_then(Creations::of)
                && let Some(alike) = alike.get_mut(&key)
            {
                alike.come = Some(place);
                alike.count[1] += 1;
            }
        }
        let only = alike.into_values().filter(|alike| alike.count == [1, 1]);
        only.filter_map(|alike| Some((alike.gone?, alike.come?))).collect()
    }

    fn finish(self) -> Identity {
        let (then, now) = (self.then, self.now);
        let of_now = (0..).zip(&self.partner).zip(&self.bonds).map(|((place, partner), bond)| Unit {
            then: then.row(*partner),
            now: now.row(place),
            bond: *bond,
        });
        let gone = (0..).zip(&self.is_taken).filter(|(_, is_taken)| !**is_taken);
        let gone = gone.map(|(place, _)| Unit { then: then.row(place), now: NONE, bond: Bond::Gone });
        Identity { units: of_now.chain(gone).collect(), is_blind_to_re_creation: self.is_blind }
    }
}

/// Users who are gone and wait for a partner, by hashes of what identifies them, each in its order.
struct Waiting<'a> {
    gone: &'a [u32],
    /// The first of each key, and for each the next one of the same key.
    first: FxHashMap<u64, u32>,
    next: Vec<u32>,
}

/// One of those who wait.
struct Found {
    place: u32,
    at: u32,
    /// The one before it of the same key.
    before: u32,
}

impl<'a> Waiting<'a> {
    fn new(gone: &'a [u32], key: impl Fn(u32) -> Option<u64>) -> Self {
        let (mut first, mut next) = (FxHashMap::default(), vec![NONE; gone.len()]);
        for (at, place) in gone.iter().enumerate().rev() {
            if let Some(key) = key(*place) {
                next[at] = first.insert(key, at as u32).unwrap_or(NONE);
            }
        }
        Self { gone, first, next }
    }

    /// The first of a key that is the one, for two may have one hash.
    fn find(&self, key: u64, is_it: impl Fn(u32) -> bool) -> Option<Found> {
        let (mut before, mut at) = (NONE, *self.first.get(&key)?);
        while let Some(&place) = self.gone.get(at as usize) {
            work::step();
            if is_it(place) {
                return Some(Found { place, at, before });
            }
            (before, at) = (at, self.next[at as usize]);
        }
        None
    }

    fn remove(&mut self, key: u64, found: &Found) {
        let next = self.next[found.at as usize];
        match self.next.get_mut(found.before as usize) {
            Some(before) => *before = next,
            None => {
                self.first.insert(key, next);
            }
        }
    }
}

/// Users of the same creation times: one of each report, and how many there are.
#[derive(Default)]
struct Alike {
    gone: Option<u32>,
    come: Option<u32>,
    count: [u32; 2],
}

/// The creation times of a user and of its keys, of which there is at least one.
#[derive(PartialEq, Eq, Hash)]
struct Creations {
    user: Timestamp,
    keys: [Option<Timestamp>; 2],
}

impl Creations {
    fn of(user: &User<'_>) -> Option<Self> {
        let mut keys = [1, 2].map(|slot| user.access_key(slot).created().ok().flatten());
        if keys[0] > keys[1] {
            keys.swap(0, 1);
        }
        // The later one stands last, and nothing comes before everything.
        keys[1]?;
        Some(Self { user: user.created().ok()?, keys })
    }
}

/// Of an ARN all up to the last `/`, and the name behind it.
type ArnParts<'a> = (Cow<'a, str>, Cow<'a, str>);

fn arn_parts<'a>(user: &User<'a>) -> ArnParts<'a> {
    let (known, name) = (user.arn_prefix(), user.name());
    if known.named && !name.contains('/') {
        return (known.prefix.as_str().into(), name.into());
    }
    let arn = user.arn().unwrap_or_default();
    let (path, name) = arn.split_at(arn.rfind('/').map_or(0, |slash| slash + 1));
    (path.to_owned().into(), name.to_owned().into())
}

/// Whether two ARNs are the same: the name ignoring case, the rest exactly.
fn is_same_arn(a: &User<'_>, b: &User<'_>) -> bool {
    let (known_a, known_b) = (a.arn_prefix(), b.arn_prefix());
    if known_a.named && known_b.named && a.name() == b.name() && known_a.prefix == known_b.prefix {
        return true;
    }
    is_same_name(a, b) && arn_parts(a).0 == arn_parts(b).0
}

fn is_same_name(a: &User<'_>, b: &User<'_>) -> bool {
    arn_parts(a).1.eq_ignore_ascii_case(&arn_parts(b).1)
}

/// An ARN, hashed without regard to the case of the name.
struct Lowered<'a, 'b>(&'b ArnParts<'a>);

impl Hash for Lowered<'_, '_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.0.hash(state);
        for byte in self.0.1.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
        state.write_u8(0xff);
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The rows of a report by account.
pub(super) struct RowsByAccount {
    rows: Vec<u32>,
    /// Where the rows of each account begin; one more than there are accounts.
    starts: Vec<u32>,
}

impl RowsByAccount {
    pub(super) fn new(report: &Report) -> Self {
        let mut starts = vec![0; report.accounts().len() + 1];
        for user in report.users() {
            starts[user.account_number() as usize + 1] += 1;
        }
        for account in 1..starts.len() {
            starts[account] += starts[account - 1];
        }
        let mut ends = starts.clone();
        let mut rows = vec![0; report.len()];
        for user in report.users() {
            let end = &mut ends[user.account_number() as usize];
            rows[*end as usize] = user.index();
            *end += 1;
        }
        Self { rows, starts }
    }

    pub(super) fn of(&self, account: u32) -> &[u32] {
        let place = |account: usize| self.starts.get(account).map(|start| *start as usize);
        match (place(account as usize), place(account as usize + 1)) {
            (Some(start), Some(end)) => self.rows.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }
}
