//! Times as spreadsheets and other tools write them.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{DAY, Timestamp, YEARS};
use crate::cell_issue::CellIssue;

/// Seconds in an hour.
const HOUR: i64 = 3600;

/// The longest text that may be a time, in bytes.
const LONGEST: usize = 100;

/// What stands where a time is written in Japanese, and what that means.
const JAPANESE: [(char, &str); 6] =
    [('年', "-"), ('月', "-"), ('日', " "), ('時', ":"), ('分', ":"), ('秒', " ")];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Names of zones that are UTC.
const UTC: [&str; 4] = ["utc", "gmt", "z", "[utc]"];

/// Reads a time that is written in any form but those of RFC 3339; one without a zone is UTC.
pub(super) fn parse(text: &str) -> Result<Timestamp, CellIssue> {
    if let Some(time) = of_numbers(text.as_bytes()) {
        return time;
    }
    parse_any(text)
}

/// Reads what spreadsheets write most often, `2016/5/16 18:13` and the like: digits, with one sign between two
/// numbers. `None` for any other form, and where the clock is none.
fn of_numbers(text: &[u8]) -> Option<Result<Timestamp, CellIssue>> {
    let (a, rest) = Number::first_in(text)?;
    let (&separator, rest) = rest.split_first().filter(|(sign, _)| b"/-.".contains(sign))?;
    let (b, rest) = Number::first_in(rest)?;
    let (c, rest) = Number::first_in(rest.strip_prefix(&[separator])?)?;
    let clock = match rest {
        [] => 0,
        [b' ', clock @ ..] => clock_of_numbers(clock)?,
        _ => return None,
    };
    Some(in_order(separator.into(), [a, b, c]).and_then(|(year, month, day)| {
        let midnight = midnight(year, month, day).ok_or(CellIssue::Unreadable)?;
        at(midnight + clock).ok_or(CellIssue::Unreadable)
    }))
}

/// Of `18:13` and `18:13:11`: seconds into the day.
fn clock_of_numbers(text: &[u8]) -> Option<i64> {
    let (hour, rest) = Number::first_in(text)?;
    let (minute, rest) = Number::first_in(rest.strip_prefix(b":")?)?;
    let (second, rest) = match rest.strip_prefix(b":") {
        Some(rest) => Number::first_in(rest)?,
        None => (Number { value: 0, digits: 1 }, rest),
    };
    let is_clock = |number: &Number, most| number.digits <= 2 && number.value <= most;
    (rest.is_empty() && is_clock(&hour, 23) && is_clock(&minute, 59) && is_clock(&second, 59))
        .then(|| i64::from(hour.value * 3600 + minute.value * 60 + second.value))
}

/// A number of one to four digits, as it is written.
struct Number {
    value: u32,
    digits: usize,
}

impl Number {
    /// The number at the beginning of a text, and what follows it.
    fn first_in(text: &[u8]) -> Option<(Self, &[u8])> {
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = text.split_at(digits);
        let value = number.iter().take(4).fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
        matches!(digits, 1..=4).then_some((Self { value, digits }, rest))
    }

    /// A text that is such a number.
    fn of(text: &str) -> Result<Self, CellIssue> {
        let number = Self::first_in(text.as_bytes()).filter(|(_, rest)| rest.is_empty());
        number.map(|(number, _)| number).ok_or(CellIssue::Unreadable)
    }
}

/// Reads a time in any such form.
fn parse_any(text: &str) -> Result<Timestamp, CellIssue> {
    if text.len() > LONGEST {
        return Err(CellIssue::Unreadable);
    }
    if is_number(text) {
        return basic(text).ok_or(CellIssue::Number);
    }
    let spelt = spelt_out(text);
    if let Some(time) = basic(&spelt) {
        return Ok(time);
    }
    Parts::of(&spelt)?.time()
}

/// Whether a text is a number, as seconds since 1970 are.
fn is_number(text: &str) -> bool {
    let may_be = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    text.bytes().all(may_be) && serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// A text with the signs of Japanese dates, and without what says nothing: the name of a zone in
/// brackets, Go's reading of a clock without a calendar.
fn spelt_out(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains(['(', '=']) {
        return text.trim_end().into();
    }
    let text = text.split(" m=").next().unwrap_or_default();
    let text = text.split(" (").next().unwrap_or_default();
    let mut spelt = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match JAPANESE.iter().find(|(sign, _)| *sign == c) {
            Some((_, meaning)) => spelt.push_str(meaning),
            None => spelt.push(c),
        }
    }
    spelt.replace("午前", " AM ").replace("午後", " PM ").trim_end().to_owned().into()
}

/// `20160506T181300Z`, and the day alone.
fn basic(text: &str) -> Option<Timestamp> {
    let (date, rest) = text.split_at_checked(8)?;
    let digits =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok())?;
    let date = digits(date)?;
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let seconds = match rest.strip_prefix('T') {
        None if rest.is_empty() => 0,
        None => return None,
        Some(rest) => {
            let (clock, zone) = rest.split_at_checked(6)?;
            let clock = digits(clock)?;
            let (hour, minute, second) = (clock / 10_000, clock / 100 % 100, clock % 100);
            if hour > 23 || minute > 59 || second > 59 {
                return None;
            }
            i64::from(hour * 3600 + minute * 60 + second) - zone_seconds(zone)?
        }
    };
    midnight(year, month, day).and_then(|midnight| at(midnight + seconds))
}

/// The parts of a time, each told by its look.
#[derive(Default)]
struct Parts {
    date: Option<(u32, u32, u32)>,
    /// A month that stands as a word, and the numbers beside it.
    month: Option<u32>,
    day: Option<u32>,
    year: Option<u32>,
    clock: Option<i64>,
    /// 0 for AM, 12 for PM.
    half: Option<i64>,
    zone: Option<i64>,
}

impl Parts {
    fn of(text: &str) -> Result<Self, CellIssue> {
        let mut parts = Self::default();
        // A comma is a blank, and so is a `T` between the day and the clock.
        let mut text = Cow::Borrowed(text);
        if text.contains(',') {
            text = text.replace(',', " ").into();
        }
        let between = |at: &usize| {
            let digit =
                |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
            digit(at.checked_sub(1)) && digit(Some(at + 1))
        };
        if let Some(at) = text.find('T').filter(between) {
            text.to_mut().replace_range(at..=at, " ");
        }
        for word in text.split_whitespace() {
            parts.take(word)?;
        }
        Ok(parts)
    }

    fn take(&mut self, word: &str) -> Result<(), CellIssue> {
        let lower = lower(word);
        let once = |is_new: bool| if is_new { Ok(()) } else { Err(CellIssue::Unreadable) };
        if word.contains(':') && word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            let (clock, half, zone) = clock(&lower).ok_or(CellIssue::Unreadable)?;
            once(
                self.clock.is_none()
                    && (half.is_none() || self.half.is_none())
                    && (zone.is_none() || self.zone.is_none()),
            )?;
            (self.clock, self.half, self.zone) = (Some(clock), self.half.or(half), self.zone.or(zone));
        } else if let Some(half) = half_of(&lower) {
            once(self.half.replace(half).is_none())?;
        } else if self.clock.is_some() && word.starts_with(['+', '-']) {
            once(self.zone.replace(zone_seconds(word).ok_or(CellIssue::Unreadable)?).is_none())?;
        } else if let Some(offset) = lower
            .strip_prefix("gmt")
            .or(lower.strip_prefix("utc"))
            .filter(|rest| rest.starts_with(['+', '-']))
        {
            once(self.zone.replace(zone_seconds(offset).ok_or(CellIssue::Unreadable)?).is_none())?;
        } else if UTC.contains(&&*lower) {
            // Behind an offset it says the same again.
            once(self.zone.is_none_or(|zone| zone == 0))?;
            self.zone = Some(0);
        } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
            let number: u32 = word.parse().map_err(|_| CellIssue::Unreadable)?;
            match word.len() {
                4 => once(self.year.replace(number).is_none())?,
                1 | 2 => once(self.day.replace(number).is_none())?,
                _ => return Err(CellIssue::Unreadable),
            }
        } else if let Some(month) = month(&lower) {
            once(self.month.replace(month).is_none())?;
        } else if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            once(self.date.replace(date(word)?).is_none())?;
        } else if !is_weekday(&lower) && lower != "at" && !(self.zone.is_some() && is_zone_name(word)) {
            return Err(CellIssue::Unreadable);
        }
        Ok(())
    }

    fn time(self) -> Result<Timestamp, CellIssue> {
        let date = match (self.date, self.month) {
            (Some(date), None) if self.day.is_none() && self.year.is_none() => Some(date),
            (None, Some(month)) => self.year.zip(self.day).map(|(year, day)| (year, month, day)),
            _ => None,
        };
        let clock = match (self.clock, self.half) {
            (None, None) if self.zone.is_none() => Some(0),
            (Some(clock), None) => Some(clock),
            (Some(clock), Some(half)) if (HOUR..13 * HOUR).contains(&clock) => {
                Some(clock % (12 * HOUR) + half * HOUR)
            }
            _ => None,
        };
        date.and_then(|(year, month, day)| midnight(year, month, day))
            .zip(clock)
            .and_then(|(midnight, clock)| at(midnight + clock - self.zone.unwrap_or(0)))
            .ok_or(CellIssue::Unreadable)
    }
}

/// `2016/5/16`, `16.05.2016`, `06-May-2016`: year, month, day.
fn date(text: &str) -> Result<(u32, u32, u32), CellIssue> {
    let separator = text.chars().find(|c| !c.is_ascii_digit()).ok_or(CellIssue::Unreadable)?;
    if !matches!(separator, '/' | '-' | '.') {
        return Err(CellIssue::Unreadable);
    }
    let mut parts = text.split(separator);
    let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(CellIssue::Unreadable);
    };
    if let Some(month) = month(&lower(b)) {
        let (a, c) = (Number::of(a)?, Number::of(c)?);
        return match (a.digits, c.digits) {
            (1..=2, 4) => Ok((c.value, month, a.value)),
            (4, 1..=2) => Ok((a.value, month, c.value)),
            _ => Err(CellIssue::Unreadable),
        };
    }
    in_order(separator, [Number::of(a)?, Number::of(b)?, Number::of(c)?])
}

/// Year, month, day of three numbers with a separator between them.
fn in_order(separator: char, [a, b, c]: [Number; 3]) -> Result<(u32, u32, u32), CellIssue> {
    let (x, y, z) = (a.value, b.value, c.value);
    match (a.digits, c.digits) {
        (4, 1..=2) => Ok((x, y, z)),
        // Where dates are written with dots, the day always comes first.
        (1..=2, 4) if separator == '.' || x > 12 => Ok((z, y, x)),
        (1..=2, 4) if y > 12 || x == y => Ok((z, x, y)),
        // Both orders must be dates before the choice between them is in doubt.
        (1..=2, 4) if x >= 1 && y >= 1 => Err(CellIssue::Ambiguous),
        (1..=2, 1..=2) => Err(CellIssue::Ambiguous),
        _ => Err(CellIssue::Unreadable),
    }
}

/// A word in small letters.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        word.to_ascii_lowercase().into()
    } else {
        word.into()
    }
}

/// The month of `May` and `may.`.
fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let beginning = word.get(..3)?;
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let number = MONTHS.iter().position(|month| *month == beginning)?;
    (word.len() == 3 || full.get(number).is_some_and(|full| full.starts_with(word)))
        .then_some(number as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && full.iter().any(|day| day.starts_with(word))
}

/// `JST` behind `+0900`.
fn is_zone_name(word: &str) -> bool {
    matches!(word.len(), 3..=5) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn half_of(word: &str) -> Option<i64> {
    match word {
        "am" | "a.m." => Some(0),
        "pm" | "p.m." => Some(12),
        _ => None,
    }
}

/// Of `18:13`, `6:13:11pm`, `18:13:11.5+09:00`: seconds into the day, whether it is the day's first half
/// or second, and the zone.
fn clock(text: &str) -> Option<(i64, Option<i64>, Option<i64>)> {
    let (text, zone) = match text.find(['+', '-']) {
        Some(at) => (&text[..at], Some(zone_seconds(&text[at..])?)),
        None => match UTC.iter().find_map(|name| text.strip_suffix(name)) {
            Some(text) => (text.trim_end_matches('z'), Some(0)),
            None => (text, None),
        },
    };
    let (text, half) = match text
        .strip_suffix("am")
        .map(|text| (text, 0))
        .or(text.strip_suffix("pm").map(|text| (text, 12)))
    {
        Some((text, half)) => (text, Some(half)),
        None => (text, None),
    };
    // In Japanese a colon may follow the last number, too.
    let mut parts = text.trim_end_matches(':').split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
    if parts.next().is_some() {
        return None;
    }
    let second = second.split(['.', ',']).next().unwrap_or_default();
    let number = |text: &str, most: i64| {
        let is_number = matches!(text.len(), 1..=2) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<i64>().ok()).flatten().filter(|number| *number <= most)
    };
    Some((number(hour, 23)? * HOUR + number(minute, 59)? * 60 + number(second, 59)?, half, zone))
}

/// `Z`, `+09`, `+0900`, `-05:30`, and nothing: how far ahead of UTC, in seconds.
fn zone_seconds(zone: &str) -> Option<i64> {
    let sign = match zone.as_bytes().first() {
        None => return Some(0),
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(b'Z' | b'z') if zone.len() == 1 => return Some(0),
        Some(_) => return None,
    };
    let digits = zone.get(1..)?.replacen(':', "", 1);
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() == 2 { (number, 0) } else { (number / 100, number % 100) };
    (hours <= 15 && minutes <= 59).then_some(sign * (hours * HOUR + minutes * 60))
}

/// The first second of a day, since 1970.
fn midnight(year: u32, month: u32, day: u32) -> Option<i64> {
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    Some(date.signed_duration_since(NaiveDate::default()).num_seconds() / DAY * DAY)
}

fn at(seconds: i64) -> Option<Timestamp> {
    Some(Timestamp::from_unix(seconds)).filter(|time| time.is_in_calendar())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // The same cases in every run.
        #![proptest_config(ProptestConfig {
            cases: 20_000,
            rng_seed: proptest::test_runner::RngSeed::Fixed(2016),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn a_time_of_numbers_is_what_any_time_is(
            date in "[0-9]{1,2}[/.-][0-9]{1,2}[/.-](20|19)?[0-9]{1,2}|(20|19)[0-9]{2,3}[/.-][0-9]{1,2}[/.-][0-9]{0,2}",
            clock in "( [0-9]{1,2}:[0-9]{1,3}(:[0-9]{1,2}(:[0-9])?)?)?",
        ) {
            let text = format!("{date}{clock}");
            if let Some(time) = of_numbers(text.as_bytes()) {
                prop_assert_eq!(time, parse_any(&text), "{}", text);
            }
        }
    }

    #[test]
    fn what_spreadsheets_write_is_read_as_numbers() {
        for text in
            ["2016/5/16 18:13", "2016-05-16 18:13:11", "16.05.2016 18:13:11", "2016/05/16", "5/16/2016 6:13"]
        {
            assert!(matches!(of_numbers(text.as_bytes()), Some(Ok(_))), "{text}");
        }
        assert_eq!(of_numbers(b"5/6/2016 6:13"), Some(Err(CellIssue::Ambiguous)));
        for text in
            ["2016/5/16 18:13 PM", "2016/5/16 24:13", "2016/5-16", "20160516", "12345/1/1", "", "May/1/2016"]
        {
            assert_eq!(of_numbers(text.as_bytes()), None, "{text}");
        }
    }
}
