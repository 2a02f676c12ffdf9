//! Cells in few bits: a time is a `u32`, a flag four bits; what does not fit stands aside as text.

use super::cell_issue::CellIssue;
use super::time::{Timestamp, parse_fixed};

/// The codes of time cells that hold no time in one of AWS's two forms. All other values are
/// seconds since 1970, good until 2106.
pub(crate) mod time_code {
    pub(crate) const NOT_APPLICABLE: u32 = u32::MAX;
    pub(crate) const EMPTY: u32 = u32::MAX - 1;
    pub(crate) const NO_INFORMATION: u32 = u32::MAX - 2;
    pub(crate) const NOT_SUPPORTED: u32 = u32::MAX - 3;
    pub(crate) const MISSING: u32 = u32::MAX - 4;
    /// The text stands in the report's table of odd cells.
    pub(crate) const ODD: u32 = u32::MAX - 5;
    /// The largest value that is a time.
    pub(crate) const LAST_TIME: u32 = u32::MAX - 6;
}

/// The codes of flag cells; four bits each.
pub(crate) mod flag_code {
    pub(crate) const MISSING: u32 = 0;
    pub(crate) const FALSE: u32 = 1;
    pub(crate) const TRUE: u32 = 2;
    pub(crate) const UPPER_FALSE: u32 = 3;
    pub(crate) const UPPER_TRUE: u32 = 4;
    pub(crate) const TITLE_FALSE: u32 = 5;
    pub(crate) const TITLE_TRUE: u32 = 6;
    pub(crate) const NOT_APPLICABLE: u32 = 7;
    pub(crate) const EMPTY: u32 = 8;
    pub(crate) const NOT_SUPPORTED: u32 = 9;
    /// The text stands in the report's table of odd cells.
    pub(crate) const ODD: u32 = 10;
}

/// The codes of word cells. All others number the report's words.
pub(crate) mod word_code {
    pub(crate) const MISSING: u16 = u16::MAX;
    pub(crate) const NOT_APPLICABLE: u16 = u16::MAX - 1;
    pub(crate) const EMPTY: u16 = u16::MAX - 2;
    /// The text stands in the report's table of odd cells.
    pub(crate) const ODD: u16 = u16::MAX - 3;
    /// The largest value that numbers a word.
    pub(crate) const LAST_WORD: u16 = u16::MAX - 4;
}

/// What the text of an odd cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Time(Timestamp),
    Flag(bool),
    /// `N/A` in other letters.
    NotApplicable,
    /// A word; nothing hangs on it.
    Word,
    BadTime(CellIssue),
    BadFlag,
}

/// A cell that its code cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OddCell {
    pub(crate) raw: Box<str>,
    pub(crate) meaning: Meaning,
}

/// A time cell as far as the hot path goes: code, whether a time ends in `Z`, and length in bytes.
#[inline]
pub(crate) fn common_time(bytes: &[u8]) -> Option<(u32, bool, usize)> {
    match bytes {
        [b'0'..=b'9', ..] => {
            let (seconds, len) = parse_fixed(bytes)?;
            let seconds = u32::try_from(seconds).ok().filter(|&s| s <= time_code::LAST_TIME)?;
            Some((seconds, len == 20, len))
        }
        [b'N', b'/', b'A', ..] => Some((time_code::NOT_APPLICABLE, true, 3)),
        [b'n', b'o', b'_', b'i', b'n', b'f', b'o', b'r', b'm', b'a', b't', b'i', b'o', b'n', ..] => {
            Some((time_code::NO_INFORMATION, true, 14))
        }
        [b'n', b'o', b't', b'_', b's', b'u', b'p', b'p', b'o', b'r', b't', b'e', b'd', ..] => {
            Some((time_code::NOT_SUPPORTED, true, 13))
        }
        _ => None,
    }
}

/// A flag cell as far as the hot path goes: code and length in bytes.
#[inline]
pub(crate) fn common_flag(bytes: &[u8]) -> Option<(u32, usize)> {
    match bytes {
        [b'f', b'a', b'l', b's', b'e', ..] => Some((flag_code::FALSE, 5)),
        [b't', b'r', b'u', b'e', ..] => Some((flag_code::TRUE, 4)),
        _ => None,
    }
}

/// A whole time cell of any form: its code and whether a time ends in `Z`, or an odd cell.
pub(crate) fn any_time(text: &str) -> Result<(u32, bool), OddCell> {
    let trimmed = text.trim();
    if let Some((code, zulu, len)) = common_time(trimmed.as_bytes())
        && len == text.len()
    {
        return Ok((code, zulu));
    }
    if trimmed.is_empty() {
        return Ok((time_code::EMPTY, true));
    }
    let meaning = if trimmed.eq_ignore_ascii_case("N/A") {
        Meaning::NotApplicable
    } else {
        match Timestamp::parse(trimmed) {
            Ok(time) => Meaning::Time(time),
            Err(error) => Meaning::BadTime(error),
        }
    };
    Err(OddCell { raw: text.into(), meaning })
}

/// A whole flag cell of any form: its code, or an odd cell.
pub(crate) fn any_flag(text: &str) -> Result<u32, OddCell> {
    let code = match text {
        "false" => flag_code::FALSE,
        "true" => flag_code::TRUE,
        "FALSE" => flag_code::UPPER_FALSE,
        "TRUE" => flag_code::UPPER_TRUE,
        "False" => flag_code::TITLE_FALSE,
        "True" => flag_code::TITLE_TRUE,
        "N/A" => flag_code::NOT_APPLICABLE,
        "not_supported" => flag_code::NOT_SUPPORTED,
        _ => {
            let trimmed = text.trim();
            if trimmed.is_empty() {
                return Ok(flag_code::EMPTY);
            }
            let meaning = if trimmed.eq_ignore_ascii_case("true") {
                Meaning::Flag(true)
            } else if trimmed.eq_ignore_ascii_case("false") {
                Meaning::Flag(false)
            } else if trimmed.eq_ignore_ascii_case("N/A") {
                Meaning::NotApplicable
            } else {
                Meaning::BadFlag
            };
            return Err(OddCell { raw: text.into(), meaning });
        }
    };
    Ok(code)
}

/// The text of a flag cell's code; `None` for a missing or odd one.
pub(crate) fn flag_text(code: u32) -> Option<&'static str> {
    Some(match code {
        flag_code::FALSE => "false",
        flag_code::TRUE => "true",
        flag_code::UPPER_FALSE => "FALSE",
        flag_code::UPPER_TRUE => "TRUE",
        flag_code::TITLE_FALSE => "False",
        flag_code::TITLE_TRUE => "True",
        flag_code::NOT_APPLICABLE => "N/A",
        flag_code::EMPTY => "",
        flag_code::NOT_SUPPORTED => "not_supported",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_in_any_case_and_written_back_as_they_were() {
        for text in ["true", "false", "TRUE", "FALSE", "True", "False", "N/A", "", "not_supported"] {
            assert_eq!(any_flag(text).ok().and_then(flag_text), Some(text));
        }
        assert_eq!(any_flag(" tRue").map_err(|odd| odd.meaning), Err(Meaning::Flag(true)));
        assert_eq!(any_flag("yes").map_err(|odd| odd.meaning), Err(Meaning::BadFlag));
    }

    #[test]
    fn times_that_do_not_fit_stand_aside() {
        assert_eq!(any_time("1970-01-01T00:00:09Z"), Ok((9, true)));
        assert_eq!(any_time("1970-01-01T00:00:09+00:00"), Ok((9, false)));
        assert_eq!(any_time("no_information"), Ok((time_code::NO_INFORMATION, true)));
        for text in
            ["2107-01-01T00:00:00Z", "1969-12-31T23:59:59Z", " 2016-05-16T18:13:11Z", "n/a", "yesterday"]
        {
            assert!(any_time(text).is_err(), "{text}");
        }
    }
}
