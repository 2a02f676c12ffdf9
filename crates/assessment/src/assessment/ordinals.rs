//! Which of several findings with the same check, user and credential a finding is.

use rustc_hash::FxHashMap;

use super::Assessment;
use super::inputs::Inputs;
use super::row_id::RowId;
use super::verdicts::{Layout, RowVerdicts, bits};
use crate::checks::SubjectKind;
use crate::report::{Timestamp, User, sorted};

/// For findings on users who stand in several rows, how many like them come before.
///
/// They are counted once, when the rows are evaluated: a row may stand in a file a hundred thousand
/// times.
#[derive(Debug, Default)]
pub(super) struct Ordinals {
    /// The rows with one of the same user before them, in order, each with the place of the number of
    /// its first finding.
    rows: Vec<(RowId, u32)>,
    /// For each finding on these rows, in the order of bits, how many come before it.
    before: Vec<u32>,
}

/// What of a user a uid tells apart, beside check and ARN.
type Credential = (SubjectKind, Option<Timestamp>);

impl Ordinals {
    pub(super) fn new(inputs: &Inputs, assessment: &Assessment) -> Self {
        let mut ordinals = Self::default();
        let mut repeats: Vec<(RowId, RowId)> =
            inputs.repeats_of(assessment.reports()).iter().map(|&(row, first)| (first, row)).collect();
        sorted::sort(&mut repeats);
        let mut seen = Seen { findings: [0; 64], credentials: FxHashMap::default() };
        for same_user in repeats.chunk_by(|a, b| a.0 == b.0) {
            seen.findings.fill(0);
            seen.credentials.clear();
            let first = same_user.first().map(|(first, _)| *first);
            for row in first.into_iter().chain(same_user.iter().map(|(_, row)| *row)) {
                let Some(user) = inputs.user(row) else { continue };
                let Some(verdicts) = assessment.verdicts(row) else { continue };
                if first != Some(row) {
                    ordinals.rows.push((row, ordinals.before.len() as u32));
                }
                for before in seen.look_at(&user, &assessment.layout, verdicts) {
                    if first != Some(row) {
                        ordinals.before.push(before);
                    }
                }
            }
        }
        sorted::sort(&mut ordinals.rows);
        ordinals
    }

    /// How many findings come before one of a row that differ from it in nothing that a uid tells:
    ///
    /// - about a credential: for each credential of the same kind and second in earlier rows of the
    ///   user, and in the earlier slot, one; whether that fails the check or not, so that a credential
    ///   is the same in every finding about it;
    /// - about a user or password: for each earlier row of the user that fails the check, one.
    ///
    /// Rows are of the same user where they have the same ARN, or where they have none and the account
    /// is not known, the same name.
    pub(super) fn before(&self, row: RowId, user: &User<'_>, layout: &Layout, fails: u64, bit: u32) -> u32 {
        let Ok(at) = self.rows.binary_search_by_key(&row, |(row, _)| *row) else {
            let (check, slot) = layout.bits[bit as usize];
            let kind = check.check().rule.subject();
            return u32::from(slot == 1 && exists(user, kind, 0) && are_of_one_second(user, kind));
        };
        let place = (fails & ((1 << bit) - 1)).count_ones() + self.rows[at].1;
        self.before.get(place as usize).copied().unwrap_or_default()
    }
}

/// What was seen of a user in the rows before.
struct Seen {
    /// For each bit the rows that fail.
    findings: [u32; 64],
    credentials: FxHashMap<Credential, u32>,
}

impl Seen {
    /// For each finding on the next row how many come before it.
    fn look_at(&mut self, user: &User<'_>, layout: &Layout, row: RowVerdicts) -> impl Iterator<Item = u32> {
        let mut of_kind = |kind| {
            [0, 1].map(|slot| {
                if !exists(user, kind, slot) {
                    return 0;
                }
                let seen = self.credentials.entry((kind, created(user, kind, slot))).or_default();
                *seen += 1;
                *seen - 1
            })
        };
        let keys = of_kind(SubjectKind::AccessKey);
        let certificates = of_kind(SubjectKind::Certificate);
        bits(row.fails).map(move |bit| {
            let (check, slot) = layout.bits[bit as usize];
            match check.check().rule.subject() {
                SubjectKind::AccessKey => keys[usize::from(slot)],
                SubjectKind::Certificate => certificates[usize::from(slot)],
                SubjectKind::Account | SubjectKind::User | SubjectKind::Password => {
                    let seen = &mut self.findings[bit as usize];
                    *seen += 1;
                    *seen - 1
                }
            }
        })
    }
}

/// Whether a credential certainly exists; slots are from 0.
fn exists(user: &User<'_>, kind: SubjectKind, slot: u8) -> bool {
    match kind {
        SubjectKind::AccessKey => user.access_key(slot + 1).exists() == Ok(true),
        SubjectKind::Certificate => user.certificate(slot + 1).exists() == Ok(true),
        SubjectKind::Account | SubjectKind::User | SubjectKind::Password => false,
    }
}

/// When a key or certificate was created, as far as that can be read; slots are from 0.
pub(crate) fn created(user: &User<'_>, kind: SubjectKind, slot: u8) -> Option<Timestamp> {
    match kind {
        SubjectKind::AccessKey => user.access_key(slot + 1).created().ok().flatten(),
        SubjectKind::Certificate => user.certificate(slot + 1).created().ok().flatten(),
        SubjectKind::Account | SubjectKind::User | SubjectKind::Password => None,
    }
}

/// Whether the creation of a user's two keys or certificates does not tell them apart.
pub(super) fn are_of_one_second(user: &User<'_>, kind: SubjectKind) -> bool {
    created(user, kind, 0) == created(user, kind, 1)
}
