//! Ages in bars: a histogram whose limit lies between two bars.

use serde::{Deserialize, Serialize};

/// A range of days, `from` included, `to` not; no `to` is without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayRange {
    /// The first day of the range.
    pub from: u32,
    /// The first day after it.
    pub to: Option<u32>,
}

impl DayRange {
    /// Whether an age lies in the range.
    pub fn contains(self, days: u32) -> bool {
        days >= self.from && self.to.is_none_or(|to| days < to)
    }
}

/// A bar of a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// The ages it covers, in days.
    pub days: DayRange,
    /// How many credentials.
    pub count: u64,
    /// Whether it lies beyond the policy's limit.
    pub over: bool,
}

/// The bars of a histogram whose `limit`-th day is the first of a bar: thirds below, multiples above.
pub(crate) fn bars(limit: u32, thirds: &[u32], multiples: &[u32]) -> Vec<Bar> {
    let mut edges: Vec<u32> = vec![0];
    edges.extend(thirds.iter().map(|third| (u64::from(limit) * u64::from(*third) / 3) as u32));
    edges.extend(multiples.iter().map(|multiple| limit.saturating_mul(*multiple)));
    edges.dedup();
    edges
        .iter()
        .enumerate()
        .map(|(at, &from)| Bar {
            days: DayRange { from, to: edges.get(at + 1).copied() },
            count: 0,
            over: from >= limit,
        })
        .collect()
}

/// How often each age occurs, by the day: no bar need be looked for while counting.
#[derive(Debug, Default)]
pub(crate) struct Ages(Vec<u32>);

impl Ages {
    #[inline(always)]
    pub(crate) fn count(&mut self, age: u32) {
        let day = age as usize;
        if self.0.len() <= day {
            self.make_room(day);
        }
        self.0.as_mut_slice()[day] += 1;
    }

    #[inline(never)]
    fn make_room(&mut self, day: usize) {
        self.0.resize(day + 1, 0);
    }

    /// Adds them to their bars: how many there are, and how many of them beyond the limit.
    pub(crate) fn add_to(&self, bars: &mut [Bar]) -> (u64, u64) {
        let (mut all, mut over) = (0, 0);
        for bar in bars {
            // Days that no age reaches are not in the list.
            let to = bar.days.to.map_or(self.0.len(), |to| self.0.len().min(to as usize));
            let ages = self.0.get(bar.days.from as usize..to).unwrap_or_default();
            let count: u64 = ages.iter().map(|count| u64::from(*count)).sum();
            bar.count += count;
            all += count;
            over += if bar.over { count } else { 0 };
        }
        (all, over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_age_is_in_the_bar_of_its_days_and_over_from_the_limit_on() {
        let ages = [0, 14, 15, 44, 45, 46, 89, 90, 900, 30_000];
        let mut counted = Ages::default();
        for age in ages {
            counted.count(age);
        }
        let mut bars = bars(45, &[1, 2, 3], &[2, 4, 8]);
        assert_eq!(counted.add_to(&mut bars), (10, 6));
        for bar in bars {
            let of_bar = ages.iter().filter(|age| bar.days.contains(**age)).count();
            assert_eq!(bar.count, of_bar as u64, "{:?}", bar.days);
        }
    }
}
