//! Where things stand in a picture: bars of a histogram, moments on a line. Numbers only.

use crate::card::TimeFact;
use crate::overview::Bar;
use crate::report::Timestamp;

/// A bar of a histogram, in units of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BarBox {
    /// The left edge.
    pub x: f64,
    /// The width.
    pub width: f64,
    /// The top edge.
    pub y: f64,
    /// The height; 0 for nothing, else at least [`LEAST`].
    pub height: f64,
}

/// The height of the smallest number that is not 0, so that one of a million can be seen.
pub const LEAST: f64 = 2.0;

/// Bars of equal width, side by side, the highest as high as the picture.
pub fn bars(counts: &[u64], width: f64, height: f64) -> Vec<BarBox> {
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let step = width / counts.len().max(1) as f64;
    counts
        .iter()
        .enumerate()
        .map(|(place, &count)| {
            let tall = if count == 0 { 0.0 } else { (count as f64 / most * height).max(LEAST) };
            BarBox { x: step * place as f64, width: step, y: height - tall, height: tall }
        })
        .collect()
}

/// Where the policy's limit lies: before the first bar that is over it.
pub fn limit(bars: &[Bar], width: f64, columns: usize) -> Option<f64> {
    let place = bars.iter().position(|bar| bar.over)?;
    Some(width / columns.max(1) as f64 * place as f64)
}

/// How much of a gauge an age fills, 0 to 1, and where its limit lies; a gauge ends at twice the
/// limit, or at the age, whichever is more.
pub fn gauge(age: u32, limit: u32) -> (f64, f64) {
    let end = f64::from(age.max(limit.saturating_mul(2)).max(1));
    (f64::from(age) / end, f64::from(limit) / end)
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
        let from =
            times.into_iter().filter_map(|fact| fact.time).min().map_or(as_of, |oldest| oldest.min(as_of));
        Self { from, to: as_of }
    }

    /// Where a moment lies, 0 at the oldest and 1 at the as-of time, which later moments share.
    pub fn place(self, time: Timestamp) -> f64 {
        let whole = self.to.unix().saturating_sub(self.from.unix());
        if whole <= 0 {
            return 1.0;
        }
        let part = time.unix().saturating_sub(self.from.unix());
        (part as f64 / whole as f64).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::DayRange;
    use crate::report::Column;

    fn fact(time: Option<i64>) -> TimeFact {
        TimeFact {
            column: Column::UserCreationTime,
            raw: None,
            time: time.map(Timestamp::from_unix),
            age_days: None,
            oddity: None,
        }
    }

    #[test]
    fn the_highest_bar_fills_the_picture_and_one_of_many_is_seen() {
        let bars = bars(&[1, 0, 1_000_000], 30.0, 60.0);
        assert_eq!((bars[0].x, bars[1].x, bars[2].x), (0.0, 10.0, 20.0));
        assert_eq!((bars[0].height, bars[1].height, bars[2].height), (LEAST, 0.0, 60.0));
        assert_eq!((bars[1].y, bars[2].y), (60.0, 0.0));
    }

    #[test]
    fn no_bars_and_empty_bars_make_no_trouble() {
        assert!(bars(&[], 10.0, 10.0).is_empty());
        assert!(bars(&[0, 0], 10.0, 10.0).iter().all(|bar| bar.height == 0.0));
    }

    #[test]
    fn the_limit_lies_before_the_first_bar_over_it() {
        let bar = |over| Bar { days: DayRange { from: 0, to: None }, count: 1, over };
        assert_eq!(limit(&[bar(false), bar(true), bar(true)], 30.0, 3), Some(10.0));
        assert_eq!(limit(&[bar(false)], 30.0, 1), None);
    }

    #[test]
    fn a_gauge_shows_age_and_limit_and_never_overflows() {
        assert_eq!(gauge(45, 90), (0.25, 0.5));
        assert_eq!(gauge(900, 90), (1.0, 0.1));
        assert_eq!(gauge(0, 0), (0.0, 0.0));
        let (age, limit) = gauge(u32::MAX, u32::MAX);
        assert!(age <= 1.0 && limit <= 1.0);
    }

    #[test]
    fn moments_lie_between_the_oldest_and_the_as_of_time() {
        let span = Span::new([&fact(Some(100)), &fact(None), &fact(Some(150))], Timestamp::from_unix(200));
        assert_eq!(span.place(Timestamp::from_unix(100)), 0.0);
        assert_eq!(span.place(Timestamp::from_unix(150)), 0.5);
        assert_eq!(span.place(Timestamp::from_unix(900)), 1.0);
    }

    #[test]
    fn a_span_without_length_puts_everything_at_its_end() {
        let span = Span::new([&fact(Some(900))], Timestamp::from_unix(200));
        assert_eq!(span.place(Timestamp::from_unix(900)), 1.0);
        assert_eq!(Span::new([], Timestamp::from_unix(i64::MAX)).place(Timestamp::from_unix(i64::MIN)), 1.0);
    }
}
