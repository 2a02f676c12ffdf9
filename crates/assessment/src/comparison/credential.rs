//! Which key or certificate of a user is which of the user's later ones: by creation time, never by slot.

use crate::assessment::Layout;
use crate::checks::{self, SubjectKind};
use crate::report::{Timestamp, User};

/// What stands in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Empty,
    /// The report does not tell whether anything does.
    Unknown,
    /// A credential, with its creation time where that can be read.
    Taken(Option<Timestamp>),
}

/// What became of the credential in a slot, or what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Partner {
    /// It stands in this slot, from 0, of the other report.
    Slot(u8),
    /// It is not in the other report. So is what an empty slot holds.
    Absent,
    /// The other report does not tell which it is.
    Unclear,
}

/// The keys, or the certificates, of a user in two reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Matching {
    /// For each slot, from 0, of the earlier report and of the later one.
    then: [Partner; 2],
    now: [Partner; 2],
    taken_then: [bool; 2],
    taken_now: [bool; 2],
}

impl Matching {
    /// Matches the keys or certificates of a user.
    pub(super) fn new(then: &User<'_>, now: &User<'_>, kind: SubjectKind) -> Self {
        Self::of_slots([0, 1].map(|slot| look(then, kind, slot)), [0, 1].map(|slot| look(now, kind, slot)))
    }

    /// Matches those of a user who has the same in both reports.
    pub(super) fn of_alike(user: &User<'_>, kind: SubjectKind) -> Self {
        let slots = [0, 1].map(|slot| look(user, kind, slot));
        Self::of_slots(slots, slots)
    }

    fn of_slots(then: [Slot; 2], now: [Slot; 2]) -> Self {
        let is_taken = |slot: Slot| matches!(slot, Slot::Taken(_));
        let mut matching = Self {
            then: [Partner::Absent; 2],
            now: [Partner::Absent; 2],
            taken_then: then.map(is_taken),
            taken_now: now.map(is_taken),
        };
        for (at, slot) in then.into_iter().enumerate() {
            let is_free = |other: &usize| matching.now[*other] == Partner::Absent && now[*other] == slot;
            if let Slot::Taken(Some(_)) = slot
                && let Some(other) = [0, 1].into_iter().find(is_free)
            {
                matching.pair(at, other);
            }
        }
        let rest = |slots: [Slot; 2], partners: [Partner; 2]| {
            let is_rest = move |at: &usize| is_taken(slots[*at]) && partners[*at] == Partner::Absent;
            [0, 1].into_iter().filter(is_rest)
        };
        let (rest_then, rest_now) = (rest(then, matching.then), rest(now, matching.now));
        if rest_then.clone().chain(rest_now.clone()).next().is_none() {
            return matching;
        }
        let is_single = |slots: [Slot; 2]| slots.into_iter().filter(|slot| is_taken(*slot)).count() == 1;
        if let (Some(at), Some(other)) = (rest_then.clone().next(), rest_now.clone().next())
            && is_single(then)
            && is_single(now)
            && [then[at], now[other]].contains(&Slot::Taken(None))
        {
            matching.pair(at, other);
            return matching;
        }
        let untimed = Slot::Taken(None);
        let may_be = |slot: Slot, others: [Slot; 2], mut rest: Box<dyn Iterator<Item = usize> + '_>| {
            others.contains(&Slot::Unknown) || rest.any(|other| slot == untimed || others[other] == untimed)
        };
        for at in rest_then.clone() {
            if may_be(then[at], now, Box::new(rest_now.clone())) {
                matching.then[at] = Partner::Unclear;
            }
        }
        for at in rest_now {
            if may_be(now[at], then, Box::new(rest_then.clone())) {
                matching.now[at] = Partner::Unclear;
            }
        }
        matching
    }

    fn pair(&mut self, then: usize, now: usize) {
        self.then[then] = Partner::Slot(now as u8);
        self.now[now] = Partner::Slot(then as u8);
    }

    /// What became of the credential in a slot, from 0, of the earlier report.
    pub(super) fn of_then(&self, slot: u8) -> Partner {
        self.then[usize::from(slot)]
    }

    /// What the credential in a slot, from 0, of the later report was.
    pub(super) fn of_now(&self, slot: u8) -> Partner {
        self.now[usize::from(slot)]
    }

    /// The credentials of the earlier report, by slot, and what became of them.
    pub(super) fn then(&self) -> impl Iterator<Item = (u8, Partner)> + use<> {
        taken(self.taken_then, self.then)
    }

    /// The credentials of the later report, by slot, and what they were.
    pub(super) fn now(&self) -> impl Iterator<Item = (u8, Partner)> + use<> {
        taken(self.taken_now, self.now)
    }

    /// The slots, from 0, of credentials that are in both reports.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u8, u8)> + use<> {
        self.then().filter_map(|(slot, partner)| match partner {
            Partner::Slot(now) => Some((slot, now)),
            Partner::Absent | Partner::Unclear => None,
        })
    }

    /// The same seen from the later report.
    pub(super) fn turned(&self) -> Self {
        Self { then: self.now, now: self.then, taken_then: self.taken_now, taken_now: self.taken_then }
    }

    /// Whether every credential of both reports is told from the others.
    pub(super) fn is_clear(&self) -> bool {
        !self.then.contains(&Partner::Unclear) && !self.now.contains(&Partner::Unclear)
    }
}

fn taken(taken: [bool; 2], partners: [Partner; 2]) -> impl Iterator<Item = (u8, Partner)> {
    (0..).zip(taken).zip(partners).filter(|((_, is_taken), _)| *is_taken).map(|((slot, _), of)| (slot, of))
}

fn look(user: &User<'_>, kind: SubjectKind, slot: u8) -> Slot {
    let (exists, created) = if kind == SubjectKind::Certificate {
        let certificate = user.certificate(slot + 1);
        (certificate.exists(), certificate.created())
    } else {
        let key = user.access_key(slot + 1);
        (key.exists(), key.created())
    };
    match exists {
        Ok(true) => Slot::Taken(created.ok().flatten()),
        Ok(false) => Slot::Empty,
        Err(_) => Slot::Unknown,
    }
}

/// The bits of verdicts that are about the credential of a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlotBits {
    keys: [u64; 2],
    certificates: [u64; 2],
}

impl SlotBits {
    pub(super) fn new(layout: &Layout) -> Self {
        let of = |kind, slot| {
            let bits = layout.bits.iter().enumerate();
            bits.filter(|(_, (check, of_slot))| check.check().rule.subject() == kind && *of_slot == slot)
                .fold(0, |mask, (bit, _)| mask | 1 << bit)
        };
        Self {
            keys: [0, 1].map(|slot| of(SubjectKind::AccessKey, slot)),
            certificates: [0, 1].map(|slot| of(SubjectKind::Certificate, slot)),
        }
    }

    /// The verdicts of an earlier row where they stand in the later one; those on credentials that are not
    /// there are left out.
    pub(super) fn carry(self, mask: u64, keys: &Matching, certificates: &Matching) -> u64 {
        let of_slots = |bits: [u64; 2], partners: [Partner; 2]| {
            (0..).zip(bits).zip(partners).fold(0, |carried, ((slot, bits), partner)| {
                let bits = mask & bits;
                // The bits of a check's two slots are neighbours.
                carried
                    | match partner {
                        Partner::Slot(other) if other == slot => bits,
                        Partner::Slot(other) if other > slot => bits << 1,
                        Partner::Slot(_) => bits >> 1,
                        Partner::Absent | Partner::Unclear => 0,
                    }
            })
        };
        (mask & !self.of_any_slot(mask))
            | of_slots(self.keys, keys.then)
            | of_slots(self.certificates, certificates.then)
    }

    /// The verdicts that are about the key or certificate of a slot.
    pub(super) fn of_any_slot(self, mask: u64) -> u64 {
        mask & (self.keys[0] | self.keys[1] | self.certificates[0] | self.certificates[1])
    }
}

/// The checks about an account as a whole.
pub(super) fn account_checks() -> impl Iterator<Item = checks::CheckId> {
    checks::ids().filter(|check| check.check().rule.subject() == SubjectKind::Account)
}

#[cfg(test)]
mod tests {
    use super::*;

    const E: Slot = Slot::Empty;
    const U: Slot = Slot::Unknown;
    const N: Slot = Slot::Taken(None);

    fn at(seconds: i64) -> Slot {
        Slot::Taken(Some(Timestamp::from_unix(seconds)))
    }

    #[test]
    fn credentials_are_told_by_creation_and_of_one_second_by_the_order_of_slots() {
        use Partner::{Absent as A, Slot as S, Unclear as X};
        let (a, b, c) = (at(1), at(2), at(3));
        for (then, now, of_then, of_now) in [
            ([a, b], [a, b], [S(0), S(1)], [S(0), S(1)]),
            ([a, b], [b, a], [S(1), S(0)], [S(1), S(0)]),
            ([a, b], [b, E], [A, S(0)], [S(1), A]),
            ([a, a], [a, a], [S(0), S(1)], [S(0), S(1)]),
            // Of two of one second the first is taken for the one that is left.
            ([a, a], [E, a], [S(1), A], [A, S(0)]),
            ([a, E], [E, b], [A, A], [A, A]),
            ([a, b], [c, a], [S(1), A], [A, S(0)]),
            // Without a time: by kind alone, if there is one on each side.
            ([N, E], [E, N], [S(1), A], [A, S(0)]),
            ([a, E], [N, E], [S(0), A], [S(0), A]),
            ([N, U], [a, E], [S(0), A], [S(0), A]),
            // Else it is not told which is which,
            ([N, N], [N, N], [X, X], [X, X]),
            ([a, b], [N, E], [X, X], [X, A]),
            ([a, b], [N, b], [X, S(1)], [X, S(1)]),
            // but what is not there at all certainly came or went.
            ([E, E], [N, N], [A, A], [A, A]),
            ([N, b], [b, E], [A, S(0)], [S(1), A]),
            ([a, E], [a, N], [S(0), A], [S(0), A]),
            // Where nobody knows what stands in a slot, it may be the one.
            ([a, E], [U, U], [X, A], [A, A]),
            ([U, E], [a, b], [A, A], [X, X]),
            ([a, U], [a, U], [S(0), A], [S(0), A]),
        ] {
            let matching = Matching::of_slots(then, now);
            assert_eq!((matching.then, matching.now), (of_then, of_now), "{then:?} {now:?}");
            assert_eq!(matching.is_clear(), !of_then.contains(&X) && !of_now.contains(&X));
        }
    }

    #[test]
    fn verdicts_follow_their_credentials() {
        let layout = Layout::new();
        let bits = SlotBits::new(&layout);
        let bit =
            |id: &str, slot: u8| 1 << layout.first[checks::CheckId::from_name(id).unwrap().index()] << slot;
        let all = bit("access-key-unused", 0)
            | bit("access-key-inactive", 1)
            | bit("signing-certificate-active", 0)
            | bit("user-dormant", 0);
        let (a, b) = (at(1), at(2));
        let straight = Matching::of_slots([a, b], [a, b]);
        let swapped = Matching::of_slots([a, b], [b, a]);
        let gone = Matching::of_slots([a, b], [b, E]);
        assert_eq!(bits.carry(all, &straight, &straight), all);
        let there = bit("access-key-unused", 1) | bit("access-key-inactive", 0) | bit("user-dormant", 0);
        assert_eq!(bits.carry(all, &swapped, &straight), there | bit("signing-certificate-active", 0));
        assert_eq!(bits.carry(all, &gone, &gone), bit("access-key-inactive", 0) | bit("user-dormant", 0));
    }
}
