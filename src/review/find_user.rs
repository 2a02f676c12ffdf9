//! The rows of the users that decisions are about.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::assessment::{Assessment, Inputs, LoadedReport, RowId};
use crate::report::{ArnPrefix, User, compare_ignoring_case, sorted};

/// A user that somebody looks for, by an ARN.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// The number that it is known by to whoever looks.
    pub(super) number: u32,
    pub(super) account: &'a str,
    pub(super) arn: &'a str,
}

impl<'a> Wanted<'a> {
    fn is_root(&self) -> bool {
        !self.arn.contains('/')
    }

    /// The ARN up to the name, and the name.
    fn parts(&self) -> (&'a str, &'a str) {
        parts(self.arn)
    }
}

/// An ARN up to the name, and the name: what stands behind the last `/`.
fn parts(arn: &str) -> (&str, &str) {
    arn.rfind('/').map_or((arn, ""), |slash| arn.split_at(slash + 1))
}

/// Calls for every row of the result of each of some users. The name in an ARN is compared ignoring case,
/// all before it exactly.
pub(super) fn find_users<'a>(
    inputs: &'a Inputs,
    assessment: &Assessment,
    mut wanted: Vec<Wanted<'_>>,
    mut found: impl FnMut(u32, RowId, &User<'a>),
) {
    if wanted.is_empty() {
        return;
    }
    sorted::sort_by(&mut wanted, |a, b| {
        let names = || compare_ignoring_case(a.parts().1, b.parts().1);
        a.account.cmp(b.account).then_with(|| b.is_root().cmp(&a.is_root())).then_with(names)
    });
    for loaded in inputs.reports() {
        let mut hear = |number: u32, user: &User<'a>| {
            let row = loaded.row(user.index());
            if assessment.verdicts(row).is_some() {
                found(number, row, user);
            }
        };
        if is_in_order(loaded) {
            find_in_order(loaded, &wanted, &mut hear);
        } else {
            find_by_hash(loaded, &wanted, &mut hear);
        }
    }
}

/// Whether users can be looked up by name: they stand in the order of names, which are those in the ARNs.
fn is_in_order(loaded: &LoadedReport) -> bool {
    let is_plain =
        |prefix: &ArnPrefix| prefix.named || prefix.prefix.is_empty() || prefix.prefix.ends_with(":root");
    loaded.report.is_sorted() && loaded.report.arn_prefixes().iter().all(is_plain)
}

/// Whether the ARN of a row is the one that is looked for.
fn is_same(user: &User<'_>, wanted: &Wanted<'_>) -> bool {
    let known = user.arn_prefix();
    if wanted.is_root() {
        return user.is_root() && user.arn().as_deref() == Some(wanted.arn);
    }
    if user.is_root() {
        return false;
    }
    let (before, name) = wanted.parts();
    if known.named {
        return known.prefix == before && user.name().eq_ignore_ascii_case(name);
    }
    user.arn().is_some_and(|arn| {
        let own = parts(&arn);
        own.0 == before && own.1.eq_ignore_ascii_case(name)
    })
}

/// The first place from which on a test holds, where it holds of none before: by steps that grow, since it is
/// mostly near.
fn first(from: u32, end: u32, holds: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut step) = (from, 1);
    while low < end && low + step <= end && !holds(low + step - 1) {
        low += step;
        step *= 2;
    }
    let mut high = end.min(low.saturating_add(step));
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// Looks users up account by account, in the order of names.
fn find_in_order<'a>(
    loaded: &'a LoadedReport,
    wanted: &[Wanted<'_>],
    found: &mut impl FnMut(u32, &User<'a>),
) {
    let report = &loaded.report;
    let (mut start, rows) = (0, report.len() as u32);
    while start < rows {
        let Some(account) = report.get(start).map(|user| user.account_number()) else { return };
        let is_other = |row| report.get(row).is_none_or(|user| user.account_number() != account);
        let end = first(start, rows, is_other);
        let id = report.accounts().get(account as usize).map_or("", |name| name.id.as_str());
        let from = wanted.partition_point(|one| one.account < id);
        let of_account = wanted[from..].iter().take_while(|one| one.account == id && !id.is_empty());
        let mut place = start;
        for one in of_account {
            let is_reached = |row| {
                report.get(row).is_none_or(|user| match (user.is_root(), one.is_root()) {
                    (_, true) => true,
                    (true, false) => false,
                    (false, false) => compare_ignoring_case(user.name(), one.parts().1) != Ordering::Less,
                })
            };
            place = first(place, end, is_reached);
            if let Some(user) = report.get(place).filter(|user| place < end && is_same(user, one)) {
                found(one.number, &user);
            }
        }
        start = end;
    }
}

/// How many bits the first sieve has.
const SIEVE: u64 = 1 << 17;

/// Goes through all rows, and looks those up whose names may be meant.
fn find_by_hash<'a>(loaded: &'a LoadedReport, wanted: &[Wanted<'_>], found: &mut impl FnMut(u32, &User<'a>)) {
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut sieve = vec![false; SIEVE as usize];
    for (place, one) in wanted.iter().enumerate() {
        let hash = name_hash(if one.is_root() { "" } else { one.parts().1 });
        places.entry(hash).or_default().push(place);
        if let Some(bit) = sieve.get_mut((hash % SIEVE) as usize) {
            *bit = true;
        }
    }
    for user in loaded.report.users() {
        let known = user.arn_prefix();
        let hash = if user.is_root() {
            name_hash("")
        } else if known.named {
            name_hash(user.name())
        } else {
            name_hash(parts(&user.arn().unwrap_or_default()).1)
        };
        if sieve.get((hash % SIEVE) as usize) != Some(&true) {
            continue;
        }
        for place in places.get(&hash).into_iter().flatten() {
            if let Some(one) = wanted.get(*place).filter(|one| is_same(&user, one)) {
                found(one.number, &user);
            }
        }
    }
}

/// The hash of a name without regard to case.
fn name_hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for bytes in name.as_bytes().chunks(8) {
        let mut word = [0; 8];
        for (to, byte) in word.iter_mut().zip(bytes) {
            *to = byte.to_ascii_lowercase();
        }
        u64::from_le_bytes(word).hash(&mut hasher);
    }
    name.len().hash(&mut hasher);
    // The highest bits of this hash are the best.
    hasher.finish().rotate_left(26)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_is_found_wherever_it_is() {
        for end in 0..40 {
            for from in 0..=end {
                for at in from..=end {
                    assert_eq!(first(from, end, |place| place >= at), at, "{from}..{end}");
                }
            }
        }
    }
}
