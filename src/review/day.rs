//! A day of the calendar, in UTC.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::report::{DAY, Timestamp};

/// A day of UTC, counted from 1970-01-01; as text `2026-11-25`.
///
/// Decisions know days, not moments: what is on a day holds from its first second to its last, wherever the
/// machine is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

/// How long a day is as text.
const LENGTH: usize = "2026-11-25".len();

impl Day {
    /// Reads `YYYY-MM-DD`, and nothing else; the years 1 to 9999.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != LENGTH || !is_plain {
            return None;
        }
        // A day that the calendar does not have is no time either.
        Timestamp::parse(&format!("{text}T00:00:00Z")).ok().map(Self::of)
    }

    /// The day of a moment.
    pub const fn of(time: Timestamp) -> Self {
        Self(time.unix().div_euclid(DAY))
    }

    /// Its first second, 00:00:00.
    pub const fn start(self) -> Timestamp {
        Timestamp::from_unix(self.0 * DAY)
    }

    /// Its last second, 23:59:59.
    pub const fn end(self) -> Timestamp {
        Timestamp::from_unix(self.0 * DAY + DAY - 1)
    }

    /// So many days later.
    pub const fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// How many days later than another it is; negative where it is earlier.
    pub const fn days_since(self, other: Self) -> i64 {
        self.0 - other.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.start().date())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_i64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a day"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_one_way_alone() {
        for text in ["2026-11-25", "0001-01-01", "9999-12-31", "2024-02-29", "1969-12-31"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "2026-11-25T00:00:00Z",
            "2026-11-2",
            "2026/11/25",
            "26-11-2025",
            "2026-02-29",
            "2026-13-01",
            "0000-01-01",
            " 2026-11-25",
            "２026-11-2",
            "+026-11-25",
            "",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_has_its_first_and_its_last_second() {
        let day = Day::parse("2027-04-30").unwrap();
        assert_eq!(day.start().to_string(), "2027-04-30T00:00:00Z");
        assert_eq!(day.end().to_string(), "2027-04-30T23:59:59Z");
        assert_eq!((Day::of(day.start()), Day::of(day.end())), (day, day));
        assert_eq!(Day::of(Timestamp::from_unix(day.end().unix() + 1)), day.plus(1));
        assert_eq!(Day::of(Timestamp::from_unix(-1)).to_string(), "1969-12-31");
        assert_eq!(day.plus(1).to_string(), "2027-05-01");
        assert_eq!(day.days_since(day.plus(-30)), 30);
    }
}
