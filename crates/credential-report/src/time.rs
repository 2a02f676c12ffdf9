//! Times as the report writes them, as whole seconds of UTC.

mod written;

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDateTime, SecondsFormat, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::cell_issue::CellIssue;

/// A moment, in seconds since 1970-01-01T00:00:00Z; fractions of a second are cut off.
///
/// Serialised as `2016-11-25T14:30:40Z` where people read it, else as the number: a moment beyond the
/// calendar has no text that could be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// Years outside of this range are no dates of a report, and cannot be written back in four digits.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1..=9999;

/// The length of `2016-05-16T18:13:11Z`, in bytes.
const SHORTEST_RFC3339: usize = 20;

/// The first second of 2006, in which AWS opened: nothing in a report can be older.
pub(crate) const AWS_OPENED: i64 = 1_136_073_600;

impl Timestamp {
    /// The moment this many seconds after 1970-01-01T00:00:00Z.
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The age at `as_of`, in whole days; 0 for a moment after it.
    #[inline(always)]
    pub const fn age_days(self, as_of: Self) -> u32 {
        let seconds = as_of.0.saturating_sub(self.0);
        if seconds <= 0 { 0 } else { (seconds / DAY) as u32 }
    }

    /// Reads a time in any form that a report has been seen with.
    ///
    /// AWS writes `2024-04-22T19:47:52Z`, before mid-2024 `2016-05-16T18:13:11+00:00`. Other
    /// offsets and fractions of a second are read too, and the forms that spreadsheets and other
    /// tools turn these into. A date without an offset is UTC, as the report is.
    ///
    /// # Errors
    /// [`CellIssue::Ambiguous`] where day and month could be swapped, [`CellIssue::Number`] for a mere
    /// number, else [`CellIssue::Unreadable`].
    pub fn parse(text: &str) -> Result<Self, CellIssue> {
        let text = text.trim();
        if let Some((seconds, len)) = parse_fixed(text.as_bytes())
            && len == text.len()
        {
            return Ok(Self(seconds));
        }
        if text.len() >= SHORTEST_RFC3339
            && let Ok(time) = DateTime::parse_from_rfc3339(text)
        {
            // The year counts in UTC: an offset may lead out of the calendar, or back into it.
            let time = Self(time.timestamp());
            return if time.is_in_calendar() { Ok(time) } else { Err(CellIssue::Unreadable) };
        }
        written::parse(text)
    }

    fn date_time(self) -> Option<NaiveDateTime> {
        DateTime::from_timestamp(self.0, 0).map(|time| time.naive_utc())
    }

    /// `2016-11-25`, the day in UTC.
    pub fn date(self) -> String {
        self.date_time().map_or_else(|| self.0.to_string(), |time| time.date().to_string())
    }

    /// `2016-11-25T143040Z`: a time for the name of a file.
    pub fn for_file_name(self) -> String {
        self.to_string().replace(':', "")
    }

    /// Writes the time as `+00:00` or `Z` ends it; the two forms of AWS itself.
    pub(crate) fn write(self, zulu: bool) -> String {
        let mut text = self.to_string();
        if !zulu && text.ends_with('Z') {
            text.pop();
            text.push_str("+00:00");
        }
        text
    }

    /// Whether the moment lies within the years 1 to 9999 of UTC, which alone have a text.
    pub fn is_in_calendar(self) -> bool {
        self.date_time().is_some_and(|time| YEARS.contains(&time.year()))
    }

    /// Year, month, day, hour, minute in UTC.
    pub fn parts(self) -> Option<(i32, u32, u32, u32, u32)> {
        self.date_time().map(|t| (t.year(), t.month(), t.day(), t.hour(), t.minute()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DateTime::from_timestamp(self.0, 0) {
            Some(time) => f.write_str(&time.to_rfc3339_opts(SecondsFormat::Secs, true)),
            None => write!(f, "{}", self.0),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_i64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Reads `YYYY-MM-DDTHH:MM:SS` and `Z` or `+00:00` at the start of `bytes`: seconds and length.
///
/// The hot path; the general parser is its oracle in a property test.
#[inline(always)]
pub(crate) fn parse_fixed(bytes: &[u8]) -> Option<(i64, usize)> {
    const DATE: Form = Form::new(*b"0000-00-");
    const DAY_AND_HOUR: Form = Form::new(*b"00T00:00");
    const CLOCK: Form = Form::new(*b"00:00:00");
    let (head, rest) = bytes.split_first_chunk::<19>()?;
    let len = match rest {
        [b'Z', ..] => 20,
        [b'+', b'0', b'0', b':', b'0', b'0', ..] => 25,
        _ => return None,
    };
    let date = DATE.pairs(*head.first_chunk()?)?;
    let day = DAY_AND_HOUR.pairs(*head[8..].first_chunk()?)?;
    let clock = CLOCK.pairs(*head.last_chunk()?)?;
    let at = |pairs: u64, place: u32| (pairs >> (place * 8)) as u32 & 0xff;
    let (century, years, month, day) = (at(date, 0), at(date, 2), at(date, 5), at(day, 0));
    let (hour, minute, second) = (at(clock, 0), at(clock, 3), at(clock, 6));
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days_from_civil(century * 100 + years, month, day)?;
    Some((days * DAY + i64::from(hour * 3600 + minute * 60 + second), len))
}

/// What eight bytes of a time look like: digits, and what stands between them. They are read at once, as one
/// number.
struct Form {
    /// The form itself, with `0` for each digit.
    zeros: u64,
    /// 6 for each digit: the value of a digit and 6 have no bit above the lowest four.
    six: u64,
    /// The bits that a time does not have beyond the form.
    none: u64,
}

impl Form {
    const fn new(form: [u8; 8]) -> Self {
        let (mut six, mut none) = ([0; 8], [0xff; 8]);
        let mut place = 0;
        while place < 8 {
            if form[place] == b'0' {
                (six[place], none[place]) = (6, 0xf0);
            }
            place += 1;
        }
        Self { zeros: u64::from_le_bytes(form), six: u64::from_le_bytes(six), none: u64::from_le_bytes(none) }
    }

    /// For each digit, from the lowest byte, the number that it makes with the next one; `None` for a text of
    /// another form.
    #[inline(always)]
    fn pairs(&self, text: [u8; 8]) -> Option<u64> {
        let digits = u64::from_le_bytes(text) ^ self.zeros;
        ((digits | digits.wrapping_add(self.six)) & self.none == 0).then(|| digits * 10 + (digits >> 8))
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar; `None` for a day that it does not have.
#[inline(always)]
fn days_from_civil(year: u32, month: u32, day: u32) -> Option<i64> {
    const DAYS: [u8; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    const BEFORE: [u16; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    /// Days from the first of the year 1 to 1970.
    const TO_1970: i64 = 719_162;
    let years = year.checked_sub(1)?;
    let month = month.wrapping_sub(1) as usize;
    let (days, before) = (*DAYS.get(month)?, *BEFORE.get(month)?);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    if day == 0 || day > u32::from(days) + u32::from(is_leap && month == 1) {
        return None;
    }
    let leap_days = years / 4 - years / 100 + years / 400 + u32::from(is_leap && month > 1);
    Some(i64::from(years * 365 + leap_days + u32::from(before) + day - 1) - TO_1970)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seconds(text: &str) -> Result<i64, CellIssue> {
        Timestamp::parse(text).map(Timestamp::unix)
    }

    #[test]
    fn both_forms_of_aws_are_the_same_moment() {
        assert_eq!(seconds("2016-05-16T18:13:11+00:00"), Ok(1_463_422_391));
        assert_eq!(seconds("2016-05-16T18:13:11Z"), Ok(1_463_422_391));
    }

    #[test]
    fn other_offsets_and_fractions_are_read() {
        assert_eq!(seconds("2016-05-17T03:13:11+09:00"), Ok(1_463_422_391));
        assert_eq!(seconds("2016-05-17T03:13:11+0900"), Ok(1_463_422_391));
        assert_eq!(seconds("2016-05-16T18:13:11.999Z"), Ok(1_463_422_391));
        assert_eq!(seconds("2016-05-16 18:13:11+00:00"), Ok(1_463_422_391));
    }

    #[test]
    fn dates_of_spreadsheets_are_read_where_they_say_one_thing() {
        for text in [
            "2016/5/16 18:13",
            "5/16/2016 6:13 PM",
            "16/5/2016 18:13",
            "16.05.2016 18:13",
            "2016-05-16 18:13:00",
        ] {
            assert_eq!(seconds(text), Ok(1_463_422_380), "{text}");
        }
        assert_eq!(seconds("5/5/2016 12:00 AM"), seconds("2016-05-05T00:00:00Z"));
        assert_eq!(seconds("2016/5/16"), seconds("2016-05-16T00:00:00Z"));
        assert_eq!(seconds("5/6/2016 6:13 PM"), Err(CellIssue::Ambiguous));
        assert_eq!(seconds("5-6-2016"), Err(CellIssue::Ambiguous));
        assert_eq!(seconds("16/05/16"), Err(CellIssue::Ambiguous));
    }

    #[test]
    fn times_of_other_tools_are_read() {
        for text in [
            "2016-05-06 18:13:00 +0000 UTC",
            "2016-05-06 18:13:00.25 +0000 UTC m=+0.000012",
            "2016-05-06 18:13:00.000 UTC",
            "2016-05-06 18:13:00+00",
            "2016-05-06 18:13:00.5+00",
            "2016-05-07 03:13:00+09",
            "2016-05-07 03:13:00 +0900 JST",
            "2016-05-06T18:13:00",
            "20160506T181300Z",
            "20160506T181300+0000",
            "20160507T031300+0900",
            "2016-05-06T18:13:00+0000",
            "2016-05-06T18:13:00.000Z",
            "2016-05-06T18:13Z",
            "2016-05-06 18:13 GMT",
            "2016-05-06T18:13:00Z[UTC]",
            "Fri May 06 2016 18:13:00 GMT+0000 (Coordinated Universal Time)",
            "Sat May 07 2016 03:13:00 GMT+0900 (Japan Standard Time)",
            "Fri, 06 May 2016 18:13:00 GMT",
            "Fri, 6 May 2016 18:13:00 +0000",
            "Fri May  6 18:13:00 2016",
            "Fri May  6 18:13:00 UTC 2016",
            "06-May-2016 18:13:00",
            "May 6, 2016, 6:13:00 PM",
            "May 6, 2016 at 6:13 PM",
            "06.05.2016 18:13",
            "6.5.2016 18:13:00",
            "2016.05.06 18:13",
            "2016年5月6日 18:13",
            "2016年05月06日 18時13分00秒",
            "2016年5月6日18時13分",
            "2016/5/6 午後6:13",
        ] {
            assert_eq!(seconds(text), Ok(1_462_558_380), "{text}");
        }
        for text in ["2016年5月6日", "6 May 2016", "20160506"] {
            assert_eq!(seconds(text), Ok(1_462_492_800), "{text}");
        }
    }

    #[test]
    fn a_mere_number_is_no_date() {
        for text in ["1767607200", "1767607200.5", "1767607200000", "42508.76", "1.7676072E9"] {
            assert_eq!(seconds(text), Err(CellIssue::Number), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        for text in [
            "",
            "yesterday",
            "2016-02-30T00:00:00Z",
            "2016-05-16T24:00:00Z",
            "31/31/2016",
            "0/0/2016",
            "2016-05-16 18:13:00 EST",
            "2016-05-16 18:13:00 +2500",
            "Foo 05 2016 10:00",
            "2016年13月5日",
            "May 6 May 2016",
            "2016/5/16 6:13 XM",
            "2016/5/16 13:13 PM",
            "0000-01-01T00:00:00Z",
        ] {
            assert_eq!(seconds(text), Err(CellIssue::Unreadable), "{text}");
        }
    }

    #[test]
    fn the_year_is_that_of_utc() {
        for text in [
            "0001-01-01T00:00:00+09:00",
            "0001-01-01T08:59:59+0900",
            "9999-12-31T23:59:59-01:00",
            "9999-12-31T23:59:59.9-00:01",
            "0000-12-31T23:59:59Z",
        ] {
            assert_eq!(seconds(text), Err(CellIssue::Unreadable), "{text}");
        }
        assert_eq!(seconds("0001-01-01T09:00:00+09:00"), seconds("0001-01-01T00:00:00Z"));
        assert_eq!(seconds("0000-12-31T23:00:00-01:00"), seconds("0001-01-01T00:00:00Z"));
        assert_eq!(seconds("9999-12-31T22:59:59-01:00"), seconds("9999-12-31T23:59:59Z"));
    }

    #[test]
    fn an_age_is_whole_days_and_never_negative() {
        let as_of = Timestamp::from_unix(10 * DAY);
        assert_eq!(Timestamp::from_unix(9 * DAY + 1).age_days(as_of), 0);
        assert_eq!(Timestamp::from_unix(9 * DAY).age_days(as_of), 1);
        assert_eq!(Timestamp::from_unix(99 * DAY).age_days(as_of), 0);
    }

    proptest! {
        // The same cases in every run.
        #![proptest_config(ProptestConfig {
            rng_seed: proptest::test_runner::RngSeed::Fixed(2016),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn the_fast_path_agrees_with_chrono(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](Z|\\+00:00)") {
            let fast = parse_fixed(text.as_bytes()).map(|(seconds, _)| seconds);
            let oracle = DateTime::parse_from_rfc3339(&text)
                .ok()
                .filter(|time| YEARS.contains(&time.year()) && time.second() < 60 && !text.contains(":60"))
                .map(|time| time.timestamp());
            prop_assert_eq!(fast, oracle);
        }

        #[test]
        fn the_fast_path_takes_only_digits_and_what_stands_between_them(
            text in "20[0-9]{2}-0[1-9]-0[1-9]T0[0-9]:[0-5][0-9]:[0-5][0-9]Z",
            place in 0..19_usize,
            byte in 0..=u8::MAX,
        ) {
            const FORM: &[u8; 19] = b"0000-00-00T00:00:00";
            let mut bytes = text.into_bytes();
            bytes[place] = byte;
            let is_of_form = if FORM[place] == b'0' { byte.is_ascii_digit() } else { byte == FORM[place] };
            let oracle = std::str::from_utf8(&bytes).ok().filter(|_| is_of_form);
            let oracle = oracle.and_then(|text| DateTime::parse_from_rfc3339(text).ok());
            let oracle = oracle.filter(|time| YEARS.contains(&time.year())).map(|time| time.timestamp());
            // A leap second is chrono's alone.
            prop_assume!(!bytes.ends_with(b"60Z"));
            prop_assert_eq!(parse_fixed(&bytes).map(|(seconds, _)| seconds), oracle);
        }

        #[test]
        fn every_second_is_read_back(unix in -62_135_596_800_i64..253_402_300_800) {
            let time = Timestamp::from_unix(unix);
            prop_assert_eq!(Timestamp::parse(&time.write(true)), Ok(time));
            prop_assert_eq!(Timestamp::parse(&time.write(false)), Ok(time));
        }

        #[test]
        fn every_offset_is_read_within_the_calendar_of_utc(
            text in "(000[0-2]|2016|999[89])-(01|12)-(01|31)T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([+-](0[0-9]|1[0-4]):?[0-5][0-9]|Z)",
        ) {
            let time = Timestamp::parse(&text);
            prop_assert!(time.is_ok_and(Timestamp::is_in_calendar) || time == Err(CellIssue::Unreadable));
            if let Ok(time) = time {
                prop_assert_eq!(Timestamp::parse(&time.to_string()), Ok(time));
            }
        }

        #[test]
        fn no_text_panics_or_leads_out_of_the_calendar(text in "(\\PC|[0-9/:T. +-]){0,40}") {
            prop_assert!(Timestamp::parse(&text).map_or(true, Timestamp::is_in_calendar));
        }
    }
}
