//! Numbers that sort as users do.

use super::{Query, SortKey};
use crate::assessment::{Inputs, LoadedReport, RowId, RowVerdicts};
use crate::report::{Timestamp, User, sorted};
use crate::review::Reviewed;

impl SortKey {
    /// The number to sort a user by; `None` where there is none. Names go another way.
    fn key(self, compared: Reviewed<'_>, row: RowId, user: &User<'_>, verdicts: RowVerdicts) -> Option<u64> {
        let assessment = compared.assessment;
        // Any moment of the calendar, as a number that sorts alike.
        let ordered = |time: Timestamp| (time.unix() as u64) ^ (1 << 63);
        let age = |time: Timestamp| {
            ordered(Timestamp::from_unix(assessment.as_of().unix().saturating_sub(time.unix())))
        };
        let keys = || [user.access_key(1), user.access_key(2)];
        match self {
            Self::Severity => {
                let counts = assessment.severity_counts(verdicts);
                Some(counts.iter().fold(0, |key, count| key << 8 | u64::from((*count).min(255))))
            }
            Self::Creation => user.created().ok().map(ordered),
            Self::KeyAge => keys()
                .iter()
                .filter(|key| key.active() == Ok(true))
                .filter_map(|key| key.created().ok().flatten())
                .map(age)
                .max(),
            Self::LastActivity => [user.password_last_used(), keys()[0].last_used(), keys()[1].last_used()]
                .into_iter()
                .filter_map(|used| used.ok().flatten())
                .map(ordered)
                .max(),
            Self::PasswordAge if user.is_root() || user.password_enabled() == Ok(true) => {
                user.password_last_changed().ok().flatten().map(age)
            }
            Self::OpenSince => compared.open_since(row, verdicts).map(ordered),
            Self::PasswordAge | Self::Name | Self::Account => None,
        }
    }
}

/// The rank of the account that is not known.
const UNKNOWN: u32 = u32::MAX;

/// For each report and account of it the account's place in the order of all accounts.
fn account_ranks(inputs: &Inputs) -> Vec<Vec<u32>> {
    let each =
        || inputs.reports().iter().flat_map(|loaded| loaded.report.accounts()).map(|account| &account.id);
    let mut ids: Vec<&String> = each().collect();
    sorted::sort_by(&mut ids, Ord::cmp);
    ids.dedup();
    let rank = |id: &String| {
        if id.is_empty() { UNKNOWN } else { ids.partition_point(|other| *other < id) as u32 }
    };
    let of_report =
        |loaded: &LoadedReport| loaded.report.accounts().iter().map(|account| rank(&account.id)).collect();
    inputs.reports().iter().map(of_report).collect()
}

/// What makes the numbers by which rows are sorted.
pub(super) struct SortNumbers<'a> {
    compared: Reviewed<'a>,
    sort: SortKey,
    descending: bool,
    /// Where accounts are sorted by, their ranks.
    ranks: Option<Vec<Vec<u32>>>,
}

impl<'a> SortNumbers<'a> {
    pub(super) fn new(compared: Reviewed<'a>, query: &Query) -> Self {
        let ranks = (query.sort == SortKey::Account).then(|| account_ranks(compared.inputs));
        Self { compared, sort: query.sort, descending: query.descending, ranks }
    }

    pub(super) fn of(&self, report: usize, row: RowId, user: &User<'_>, verdicts: RowVerdicts) -> [u64; 2] {
        let turn = |key: u64| if self.descending { !key } else { key };
        if matches!(self.sort, SortKey::Name | SortKey::Account) {
            // Most names differ within their first letters, which compare as numbers.
            let (first, second) = first_letters(user.name());
            let rank = match &self.ranks {
                Some(ranks) => ranks[report][user.account_number() as usize],
                None => 0,
            };
            // What has no account comes last, whichever way the others go.
            let rank_first = if rank == UNKNOWN { UNKNOWN } else { turn(rank.into()) as u32 };
            return [u64::from(rank_first) << 32 | u64::from(turn(first.into()) as u32), turn(second)];
        }
        // So does what has no value.
        [self.sort.key(self.compared, row, user, verdicts).map_or(u64::MAX, turn), 0]
    }
}

/// The first four letters of a name in lower case, and the next eight, as numbers that sort alike.
fn first_letters(name: &str) -> (u32, u64) {
    let mut letters = [0; 12];
    for (letter, byte) in letters.iter_mut().zip(name.bytes()) {
        *letter = byte.to_ascii_lowercase();
    }
    let [a, b, c, d, rest @ ..] = letters;
    (u32::from_be_bytes([a, b, c, d]), u64::from_be_bytes(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::compare_ignoring_case;

    #[test]
    fn first_letters_sort_as_names_do() {
        let names = ["", "<root_account>", "A", "ab", "abcdefghijkl", "abcdefghijklm", "abcd", "Abce", "zoe"];
        for a in names {
            for b in names {
                let by_letters = first_letters(a).cmp(&first_letters(b));
                assert!(by_letters.is_eq() || by_letters == compare_ignoring_case(a, b), "{a} {b}");
            }
        }
    }
}
