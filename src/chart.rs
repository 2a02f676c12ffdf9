//! Where things stand in a picture: bars of a histogram, moments on a line. Whole numbers only, in
//! units of the picture: code that writes fractions is larger than all of this.

use crate::card::TimeFact;
use crate::histogram::Bar;
use crate::report::Timestamp;

/// The height of the smallest number that is not 0, so that one of a million can be seen.
pub const LEAST: u32 = 2;

/// The heights of bars, the highest as high as the picture.
pub fn heights(counts: &[u64], height: u32) -> Vec<u32> {
    let most = counts.iter().copied().max().unwrap_or(0);
    counts.iter().map(|&count| if count == 0 { 0 } else { share(count, most, height).max(LEAST) }).collect()
}

/// How many bars stand before the policy's limit; `None` where no bar is over it.
pub fn limit(bars: &[Bar]) -> Option<usize> {
    bars.iter().position(|bar| bar.over)
}

/// Whether labels at the first and at the last of so many columns have room beside a label at a limit
/// that this many of them come before.
pub fn ends_have_room(limit: Option<usize>, columns: usize) -> (bool, bool) {
    (limit.is_none_or(|at| at * 5 >= columns), limit.is_none_or(|at| at * 10 <= columns * 7))
}

/// How many doublings of its limit a gauge has room for: a limit of 90 days, and 31 years.
const DOUBLINGS: u32 = 7;

/// How much of a gauge of this length an age fills, and where its limit lies.
///
/// The limit lies at the same place of every gauge, at three tenths; up to it the scale is even, and
/// beyond it every doubling takes a tenth: 2,860 days do not look like 91.
pub fn gauge(age: u32, limit: u32, length: u32) -> (u32, u32) {
    let step = length / (DOUBLINGS + 3);
    let mark = length - DOUBLINGS * step;
    if age <= limit {
        return (share(age.into(), limit.into(), mark), mark);
    }
    let Some(doublings) = age.checked_div(limit).map(u32::ilog2).filter(|times| *times < DOUBLINGS) else {
        return (length, mark);
    };
    let doubled = u64::from(limit) << doublings;
    (mark + doublings * step + share(u64::from(age) - doubled, doubled, step), mark)
}

/// A part of a whole, on a length; all of it where the part is larger, nothing of nothing.
pub fn share(part: u64, whole: u64, length: u32) -> u32 {
    if whole == 0 {
        return 0;
    }
    let exact = (u128::from(part) * u128::from(length) + u128::from(whole) / 2) / u128::from(whole);
    u32::try_from(exact).map_or(length, |exact| exact.min(length))
}

/// An axis of moments: as far apart as they are in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moments {
    from: Timestamp,
    to: Timestamp,
}

impl Moments {
    /// From the first of the moments to the last.
    pub fn new(moments: impl Iterator<Item = Timestamp> + Clone) -> Self {
        let none = Timestamp::from_unix(0);
        Self { from: moments.clone().min().unwrap_or(none), to: moments.max().unwrap_or(none) }
    }

    /// Where a moment lies on an axis of this length.
    pub fn x_of(self, moment: Timestamp, length: u32) -> u32 {
        let seconds = |to: Timestamp| to.unix().saturating_sub(self.from.unix()).max(0).unsigned_abs();
        share(seconds(moment), seconds(self.to), length)
    }
}

/// The span of a time line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: Timestamp,
    to: Timestamp,
}

impl Span {
    /// From the oldest of the times to the as-of time.
    pub fn new<'a>(times: impl IntoIterator<Item = &'a TimeFact>, as_of: Timestamp) -> Self {
        let oldest = times.into_iter().filter_map(|fact| fact.time).min();
        Self { from: oldest.map_or(as_of, |oldest| oldest.min(as_of)), to: as_of }
    }

    /// Where a moment lies on a line of this length: the oldest at 0, the as-of time at the end,
    /// which later moments share.
    pub fn x_of(self, time: Timestamp, length: u32) -> u32 {
        let since =
            |time: Timestamp| u64::try_from(time.unix().saturating_sub(self.from.unix())).unwrap_or_default();
        match since(self.to) {
            0 => length,
            whole => share(since(time), whole, length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::histogram::DayRange;
    use crate::report::Column;

    fn fact(time: Option<i64>) -> TimeFact {
        TimeFact {
            column: Column::UserCreationTime,
            raw: None,
            time: time.map(Timestamp::from_unix),
            age_days: None,
            issue: None,
        }
    }

    #[test]
    fn the_highest_bar_fills_the_picture_and_one_of_many_is_seen() {
        assert_eq!(heights(&[1, 0, 500_000, 1_000_000], 60), [LEAST, 0, 30, 60]);
        assert_eq!(heights(&[u64::MAX], 60), [60]);
    }

    #[test]
    fn no_bars_and_empty_bars_make_no_trouble() {
        assert!(heights(&[], 10).is_empty());
        assert_eq!(heights(&[0, 0], 10), [0, 0]);
    }

    #[test]
    fn the_limit_lies_before_the_first_bar_over_it() {
        let bar = |over| Bar { days: DayRange { from: 0, to: None }, count: 1, over };
        assert_eq!(limit(&[bar(false), bar(true), bar(true)]), Some(1));
        assert_eq!(limit(&[bar(false)]), None);
    }

    #[test]
    fn a_label_gives_way_to_a_limit_near_it() {
        assert_eq!(ends_have_room(None, 10), (true, true));
        assert_eq!(
            [1, 2, 7, 8].map(|at| ends_have_room(Some(at), 10)),
            [(false, true), (true, true), (true, true), (true, false)]
        );
    }

    #[test]
    fn a_gauge_has_its_limit_at_one_place_and_tells_old_from_very_old() {
        assert_eq!([0, 45, 90].map(|age| gauge(age, 90, 1000)), [(0, 300), (150, 300), (300, 300)]);
        assert_eq!([91, 180, 270, 2860].map(|age| gauge(age, 90, 1000).0), [301, 400, 450, 799]);
        assert_eq!([90 * 128 - 1, 90 * 128, u32::MAX].map(|age| gauge(age, 90, 1000).0), [1000; 3]);
        assert_eq!([0, 1].map(|age| gauge(age, 0, 1000)), [(0, 300), (1000, 300)]);
        assert_eq!(gauge(u32::MAX, u32::MAX, 100), (30, 30));
    }

    #[test]
    fn a_share_is_rounded_and_stays_within_the_length() {
        assert_eq!((share(1, 3, 100), share(2, 3, 100), share(9, 3, 100)), (33, 67, 100));
        assert_eq!(share(u64::MAX, 1, u32::MAX), u32::MAX);
    }

    #[test]
    fn moments_lie_between_the_oldest_and_the_as_of_time() {
        let span = Span::new([&fact(Some(100)), &fact(None), &fact(Some(150))], Timestamp::from_unix(200));
        let x = |seconds| span.x_of(Timestamp::from_unix(seconds), 10);
        assert_eq!((x(100), x(150), x(900), x(-5)), (0, 5, 10, 0));
    }

    #[test]
    fn a_span_without_length_puts_everything_at_its_end() {
        let span = Span::new([&fact(Some(900))], Timestamp::from_unix(200));
        assert_eq!(span.x_of(Timestamp::from_unix(900), 10), 10);
        let endless = Span::new([], Timestamp::from_unix(i64::MAX));
        assert_eq!(endless.x_of(Timestamp::from_unix(i64::MIN), 10), 10);
    }
}
