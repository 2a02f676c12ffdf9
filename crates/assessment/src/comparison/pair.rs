//! A user who is in both reports.

use super::cell::{Meaning, cells_of, credential, in_slot};
use super::credential::{Matching, Partner};
use super::outcome::{Cause, Fate};
use crate::assessment::Side;
use crate::checks::{CheckId, SubjectKind};
use crate::report::{Column, ReadCell, User};

/// A user who is in both reports, and which of the credentials are the same.
pub(super) struct Pair<'a> {
    pub(super) then: User<'a>,
    pub(super) now: User<'a>,
    pub(super) keys: Matching,
    pub(super) certificates: Matching,
    /// Whether flags and times certainly are the same in both.
    is_alike: bool,
}

/// The two reports of an account, each held against the policy.
pub(super) struct Sides<'a> {
    pub(super) then: Side<'a>,
    pub(super) now: Side<'a>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(then: User<'a>, now: User<'a>) -> Self {
        let keys = Matching::new(&then, &now, SubjectKind::AccessKey);
        let certificates = Matching::new(&then, &now, SubjectKind::Certificate);
        Self { then, now, keys, certificates, is_alike: false }
    }

    /// A user whose flags and times are the same in both reports: so are the credentials.
    pub(super) fn alike(then: User<'a>, now: User<'a>) -> Self {
        let keys = Matching::of_alike(&now, SubjectKind::AccessKey);
        let certificates = Matching::of_alike(&now, SubjectKind::Certificate);
        Self { then, now, keys, certificates, is_alike: true }
    }

    pub(super) fn matching(&self, kind: SubjectKind) -> &Matching {
        if kind == SubjectKind::Certificate { &self.certificates } else { &self.keys }
    }

    /// What the subject of a finding of the later report was in the earlier one.
    pub(super) fn was(&self, kind: SubjectKind, slot: u8) -> Partner {
        match kind {
            SubjectKind::AccessKey | SubjectKind::Certificate => self.matching(kind).of_now(slot),
            SubjectKind::Password if self.then.password_enabled() == Ok(false) => Partner::Absent,
            SubjectKind::Password | SubjectKind::User | SubjectKind::Account => Partner::Slot(slot),
        }
    }

    /// What became of the subject of a finding of the earlier report.
    pub(super) fn became(&self, kind: SubjectKind, slot: u8) -> Partner {
        match kind {
            SubjectKind::AccessKey | SubjectKind::Certificate => self.matching(kind).of_then(slot),
            SubjectKind::Password if self.now.password_enabled() == Ok(false) => Partner::Absent,
            SubjectKind::Password | SubjectKind::User | SubjectKind::Account => Partner::Slot(slot),
        }
    }

    /// Why a finding of the later report is there, which the earlier one does not have.
    pub(super) fn why_new(&self, sides: &Sides<'_>, check: CheckId, slot: u8) -> Fate {
        let kind = check.check().rule.subject();
        let cause = match self.was(kind, slot) {
            Partner::Absent => Cause::Created,
            Partner::Unclear => Cause::NewlyJudged,
            Partner::Slot(was) => match sides.then.evaluate(check, &self.then, was) {
                Err(_) => Cause::NewlyJudged,
                Ok(_) if self.has_changed(sides, check, was, slot) => Cause::Changed,
                Ok(_) => Cause::Aged,
            },
        };
        cause.into()
    }

    /// Whether a cell that either verdict reads says something else in the later report.
    fn has_changed(&self, sides: &Sides<'_>, check: CheckId, then: u8, now: u8) -> bool {
        if self.is_alike {
            return false;
        }
        let _ = sides.then.evaluate_rule(check, &self.then, then);
        let read_then: Vec<Column> = self.then.columns_read().collect();
        let _ = sides.now.evaluate_rule(check, &self.now, now);
        let read_now: Vec<Column> = self.now.columns_read().collect();
        let of_user = read_then.iter().chain(&read_now).filter(|column| credential(**column).is_none());
        if of_user.copied().any(|column| self.differs(column, column)) {
            return true;
        }
        let kind = check.check().rule.subject();
        if matches!(kind, SubjectKind::AccessKey | SubjectKind::Certificate) {
            return self.credential_has_changed((&read_then, then), (&read_now, now), kind, false);
        }
        // The cells of a user as a whole are those of all its keys.
        [SubjectKind::AccessKey, SubjectKind::Certificate].into_iter().any(|kind| {
            let is_read = |column: &&Column| credential(**column).is_some_and(|(of, _)| of == kind);
            if !read_then.iter().chain(&read_now).any(|column| is_read(&column)) {
                return false;
            }
            let matching = self.matching(kind);
            let is_active = |column: &Column| in_slot(*column, 0) == active_column(kind);
            let reads_active = read_then.iter().chain(&read_now).any(is_active);
            let pairs = |(then, now)| {
                self.credential_has_changed((&read_then, then), (&read_now, now), kind, reads_active)
            };
            (!matching.is_clear() && self.count_has_changed(kind))
                || matching.pairs().any(pairs)
                || matching
                    .then()
                    .filter(|(_, partner)| *partner == Partner::Absent)
                    .any(|(slot, _)| is_something(&self.then, &read_then, kind, slot, reads_active))
                || matching
                    .now()
                    .filter(|(_, partner)| *partner == Partner::Absent)
                    .any(|(slot, _)| is_something(&self.now, &read_now, kind, slot, reads_active))
        })
    }

    /// Whether the cells of a credential that were read, in its slot of either report, say something else.
    fn credential_has_changed(
        &self,
        (read_then, then): (&[Column], u8),
        (read_now, now): (&[Column], u8),
        kind: SubjectKind,
        with_active: bool,
    ) -> bool {
        let of_then = read_then.iter().filter(|column| credential(**column) == Some((kind, then)));
        let of_now = read_now.iter().filter(|column| credential(**column) == Some((kind, now)));
        let active = with_active.then(|| active_column(kind));
        let mut columns = of_then.chain(of_now).copied().chain(active);
        columns.any(|column| self.differs(in_slot(column, then), in_slot(column, now)))
    }

    /// Whether two cells can be read and mean something else.
    pub(super) fn differs(&self, then: Column, now: Column) -> bool {
        match (Meaning::of(&self.then, then), Meaning::of(&self.now, now)) {
            (Some(then), Some(now)) => then != now,
            _ => false,
        }
    }

    /// Whether another number of keys, or of certificates, is active, as far as all of them can be read.
    fn count_has_changed(&self, kind: SubjectKind) -> bool {
        let count = |user: &User<'_>| -> Option<usize> {
            let active = [0, 1].map(|slot| user.flag(in_slot(active_column(kind), slot)).ok());
            Some([active[0]?, active[1]?].into_iter().filter(|is_active| *is_active).count())
        };
        match (count(&self.then), count(&self.now)) {
            (Some(then), Some(now)) => then != now,
            _ => false,
        }
    }

    /// What became of a finding that the later report does not have.
    pub(super) fn why_gone(&self, sides: &Sides<'_>, check: CheckId, slot: u8) -> Fate {
        let kind = check.check().rule.subject();
        let candidates = match self.became(kind, slot) {
            Partner::Slot(now) => vec![now],
            Partner::Absent => Vec::new(),
            Partner::Unclear => {
                let pairs: Vec<u8> = self.matching(kind).pairs().map(|(_, now)| now).collect();
                [0, 1].into_iter().filter(|now| !pairs.contains(now)).collect()
            }
        };
        for now in candidates {
            if let Err(missing) = sides.now.evaluate(check, &self.now, now) {
                return missing.into();
            }
        }
        self.cause(sides, check, slot).unwrap_or(Cause::Unexplained).into()
    }

    /// The cells of a finding on the other side: the same ones of the same credential, which stands in a
    /// slot there; none where it is not there.
    pub(super) fn cells_of_other(
        other: &User<'_>,
        cells: &[ReadCell],
        kind: SubjectKind,
        partner: Partner,
    ) -> Vec<ReadCell> {
        let Partner::Slot(slot) = partner else { return Vec::new() };
        let is_credential = matches!(kind, SubjectKind::AccessKey | SubjectKind::Certificate);
        let place = |column: Column| if is_credential { in_slot(column, slot) } else { column };
        cells_of(other, cells.iter().map(|cell| place(cell.column)))
    }
}

/// The column of the first slot that says whether a credential is active.
fn active_column(kind: SubjectKind) -> Column {
    if kind == SubjectKind::Certificate { Column::Cert1Active } else { Column::AccessKey1Active }
}

/// Whether cells of a credential that were read say something else than those of an empty slot do.
fn is_something(user: &User<'_>, read: &[Column], kind: SubjectKind, slot: u8, with_active: bool) -> bool {
    let read = read.iter().copied().filter(|column| credential(*column) == Some((kind, slot)));
    let mut columns = read.chain(with_active.then(|| in_slot(active_column(kind), slot)));
    columns.any(|column| Meaning::of(user, column).is_some_and(|meaning| !meaning.is_of_empty_slot()))
}
