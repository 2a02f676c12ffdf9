//! Cells in few bits: a time is a `u32`, a flag four bits; what does not fit is kept as text in a side table.

use super::cell_issue::CellIssue;
use super::secret;
use super::time::{AWS_OPENED, Timestamp, parse_fixed};

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
    /// The words of another place, which the report keeps for each column.
    pub(crate) const FOREIGN_FALSE: u32 = 11;
    pub(crate) const FOREIGN_TRUE: u32 = 12;
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

/// Words of other tools and languages for `true` and `false`.
const FOREIGN_FLAGS: [[&str; 2]; 8] = [
    ["t", "f"],
    ["1", "0"],
    ["y", "n"],
    ["yes", "no"],
    ["wahr", "falsch"],
    ["vrai", "faux"],
    ["verdadero", "falso"],
    ["vero", "falso"],
];

/// The words of another place that stand for `true` and `false` in a column.
#[derive(Debug, Clone, Default)]
pub(crate) struct ForeignFlags {
    /// The pairs that the words so far may belong to, a bit each.
    pairs: u8,
    /// The words as they stand in the column, `false` first.
    words: [Option<Box<str>>; 2],
    /// The line of the first of them.
    pub(crate) line: u32,
    /// Whether words of several pairs stand in the column, so that none of them means anything.
    pub(crate) is_mixed: bool,
}

impl ForeignFlags {
    /// The code of a word, where the column has it, or may have it; `None` for any other.
    pub(crate) fn code(&mut self, text: &str, line: u32) -> Option<u32> {
        let lower = text.to_ascii_lowercase();
        let pairs = |place: usize| {
            let of =
                |pairs: u8, (bit, pair): (usize, &[&str; 2])| pairs | u8::from(pair[place] == lower) << bit;
            FOREIGN_FLAGS.iter().enumerate().fold(0, of)
        };
        let (yes, no) = (pairs(0), pairs(1));
        let known = yes | no;
        if known == 0 {
            return None;
        }
        if self.pairs == 0 {
            (self.pairs, self.line) = (known, line);
        }
        let left = self.pairs & known;
        let place = usize::from(no == 0);
        // One spelling of each word is kept: another one is kept as text.
        if left == 0 || self.words[place].as_deref().is_some_and(|word| word != text) {
            self.is_mixed |= left == 0;
            return None;
        }
        self.pairs = left;
        self.words[place].get_or_insert_with(|| text.into());
        Some(if place == 1 { flag_code::FOREIGN_TRUE } else { flag_code::FOREIGN_FALSE })
    }

    /// The word of a code.
    pub(crate) fn word(&self, code: u32) -> Option<&str> {
        self.words[usize::from(code == flag_code::FOREIGN_TRUE)].as_deref()
    }

    /// Whether a column has such words.
    pub(crate) fn any(&self) -> bool {
        self.pairs != 0
    }

    /// Both words, `true` first, as far as they occur.
    pub(crate) fn pair(&self) -> String {
        let words: Vec<&str> = self.words.iter().rev().filter_map(Option::as_deref).collect();
        words.join("/")
    }
}

impl OddCell {
    /// The cell, without its text where that may be a secret.
    pub(crate) fn without_secret(self, is_told_by_arn: bool) -> Self {
        let may_be = match self.meaning {
            Meaning::Time(_) | Meaning::Flag(_) | Meaning::NotApplicable => false,
            Meaning::Word => secret::holds_secret(&self.raw),
            Meaning::BadTime(_) | Meaning::BadFlag => !is_told_by_arn || secret::holds_secret(&self.raw),
        };
        if may_be { Self { raw: HIDDEN.into(), ..self } } else { self }
    }
}

/// What stands for a text that is not quoted.
const HIDDEN: &str = "***";

/// A time cell as far as the hot path goes: code, whether a time ends in `Z`, and length in bytes. A time
/// that cannot be is none of these.
#[inline(always)]
pub(crate) fn common_time(bytes: &[u8]) -> Option<(u32, bool, usize)> {
    match bytes {
        [b'0'..=b'9', ..] => {
            let (seconds, len) = parse_fixed(bytes)?;
            let is_plausible = (AWS_OPENED..=i64::from(time_code::LAST_TIME)).contains(&seconds);
            is_plausible.then_some((seconds as u32, len == 20, len))
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
#[inline(always)]
pub(crate) fn common_flag(bytes: &[u8]) -> Option<(u32, usize)> {
    const TRUE: u32 = u32::from_ne_bytes(*b"true");
    const FALS: u32 = u32::from_ne_bytes(*b"fals");
    // Behind a flag there is always another byte.
    let &[a, b, c, d, e] = bytes.first_chunk()?;
    let start = u32::from_ne_bytes([a, b, c, d]);
    // Which of the two it is cannot be guessed, so nothing branches there.
    let (is_true, from_false) = (start == TRUE, (start ^ FALS) | u32::from(e ^ b'e'));
    let is_flag = is_true || from_false == 0;
    is_flag.then(|| (flag_code::FALSE + u32::from(is_true), 5 - usize::from(is_true)))
}

/// A flag cell as spreadsheets write it: code and length in bytes.
#[inline(never)]
pub(crate) fn spreadsheet_flag(bytes: &[u8]) -> Option<(u32, usize)> {
    match bytes {
        [b'F', b'A', b'L', b'S', b'E', ..] => Some((flag_code::UPPER_FALSE, 5)),
        [b'T', b'R', b'U', b'E', ..] => Some((flag_code::UPPER_TRUE, 4)),
        [b'F', b'a', b'l', b's', b'e', ..] => Some((flag_code::TITLE_FALSE, 5)),
        [b'T', b'r', b'u', b'e', ..] => Some((flag_code::TITLE_TRUE, 4)),
        _ => None,
    }
}

/// A whole time cell of any form, without blanks round it: its code and whether a time ends in `Z`, or an
/// odd cell.
pub(crate) fn any_time(text: &str) -> Result<(u32, bool), OddCell> {
    if let Some((code, zulu, len)) = common_time(text.as_bytes())
        && len == text.len()
    {
        return Ok((code, zulu));
    }
    if text.is_empty() {
        return Ok((time_code::EMPTY, true));
    }
    let meaning = if is_not_applicable(text) {
        Meaning::NotApplicable
    } else {
        match Timestamp::parse(text) {
            Ok(time) if time.unix() < AWS_OPENED => Meaning::BadTime(CellIssue::Impossible),
            Ok(time) => Meaning::Time(time),
            Err(error) => Meaning::BadTime(error),
        }
    };
    Err(OddCell { raw: text.into(), meaning })
}

/// A whole flag cell of any form, without blanks round it: its code, or an odd cell.
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
        "" => flag_code::EMPTY,
        _ => {
            let meaning = if text.eq_ignore_ascii_case("true") {
                Meaning::Flag(true)
            } else if text.eq_ignore_ascii_case("false") {
                Meaning::Flag(false)
            } else if is_not_applicable(text) {
                Meaning::NotApplicable
            } else {
                Meaning::BadFlag
            };
            return Err(OddCell { raw: text.into(), meaning });
        }
    };
    Ok(code)
}

/// `N/A` in other letters, and what databases show for nothing.
fn is_not_applicable(text: &str) -> bool {
    ["N/A", "<null>", "null", "\\N", "None"].iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
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
        assert_eq!(any_flag("tRue").map_err(|odd| odd.meaning), Err(Meaning::Flag(true)));
        assert_eq!(any_flag("yes").map_err(|odd| odd.meaning), Err(Meaning::BadFlag));
    }

    #[test]
    fn times_that_do_not_fit_stand_aside() {
        assert_eq!(any_time("2006-01-01T00:00:09Z"), Ok((1_136_073_609, true)));
        assert_eq!(any_time("2006-01-01T00:00:09+00:00"), Ok((1_136_073_609, false)));
        assert_eq!(any_time("no_information"), Ok((time_code::NO_INFORMATION, true)));
        for text in ["2107-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "n/a", "yesterday"] {
            assert!(any_time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_before_aws_opened_is_none() {
        for text in ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00", "2005-12-31T23:59:59Z", "1/31/1970"]
        {
            let meaning = any_time(text).map_err(|odd| odd.meaning);
            assert_eq!(meaning, Err(Meaning::BadTime(CellIssue::Impossible)), "{text}");
        }
    }

    #[test]
    fn words_of_other_places_are_one_pair() {
        let codes = |words: &[&str]| {
            let mut flags = ForeignFlags::default();
            let codes: Vec<Option<u32>> = words.iter().map(|word| flags.code(word, 1)).collect();
            (codes, flags.is_mixed, flags.pair())
        };
        let (yes, no) = (Some(flag_code::FOREIGN_TRUE), Some(flag_code::FOREIGN_FALSE));
        assert_eq!(codes(&["t", "f", "t"]), (vec![yes, no, yes], false, "t/f".to_owned()));
        assert_eq!(codes(&["FALSO", "VERO"]), (vec![no, yes], false, "VERO/FALSO".to_owned()));
        assert_eq!(codes(&["0", "0"]), (vec![no, no], false, "0".to_owned()));
        assert_eq!(codes(&["VERO", "VERDADERO"]), (vec![yes, None], true, "VERO".to_owned()));
        assert_eq!(codes(&["yes", "n"]), (vec![yes, None], true, "yes".to_owned()));
        assert_eq!(codes(&["maybe"]), (vec![None], false, String::new()));
    }
}
