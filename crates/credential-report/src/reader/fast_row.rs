//! The fast path: a row such as AWS writes it, each cell read once by what is expected of its column.

use super::{Arn, LONGEST_ROW, Reader, Step};
use crate::cell::{self, time_code, word_code};
use crate::column::WORDS;
use crate::error::ReadErrorKind;
use crate::report::{ArnPrefix, ROOT_NAME};
use crate::rows::Row;

/// The place of `password_last_used` among the times: it alone may say `no_information`.
const LAST_USED: u8 = 1;

/// The cells of a row such as AWS writes it.
struct PlainRow<'b> {
    /// Times and flags, and words that say that there is none.
    row: Row,
    name: &'b [u8],
    /// `None` where it is that of the row before with this row's name at its end.
    arn: Option<&'b [u8]>,
    /// The texts of words, by their places.
    words: [&'b [u8]; WORDS],
    /// The length of the row, in bytes.
    len: usize,
}

impl<'b> PlainRow<'b> {
    /// Reads the row at the beginning of a text; `None` for one that AWS would not write.
    #[inline(always)]
    fn read(plan: &[Step], bytes: &'b [u8], delimiter: u8, last: &ArnPrefix) -> Option<Self> {
        let (mut row, mut zulu, mut words) = (Row::EMPTY, None, [[].as_slice(); WORDS]);
        let (mut name, mut arn): (&[u8], Option<&[u8]>) = (&[], Some(&[]));
        let mut rest = bytes;
        let mut steps = plan.iter();
        let mut step = *steps.next()?;
        loop {
            let len = match step {
                Step::Time(place) => match cell::common_time(rest) {
                    Some((code, ends_in_z, len)) => {
                        let is_of_aws = if code <= time_code::LAST_TIME {
                            *zulu.get_or_insert(ends_in_z) == ends_in_z
                        } else {
                            code != time_code::NO_INFORMATION || place == LAST_USED
                        };
                        if !is_of_aws {
                            return None;
                        }
                        row.times[usize::from(place)] = code;
                        len
                    }
                    None if rest.first() == Some(&delimiter) => {
                        row.times[usize::from(place)] = time_code::EMPTY;
                        0
                    }
                    None => return None,
                },
                Step::Flag(place) => {
                    let (code, len) = cell::common_flag(rest).or_else(|| cell::spreadsheet_flag(rest))?;
                    row.set_flag(place, code);
                    len
                }
                Step::User => {
                    let len = plain_text(rest, delimiter)?;
                    name = &rest[..len];
                    len
                }
                Step::Arn => {
                    // Most often the ARN is the one before with another name at its end.
                    let prefix = last.prefix.as_bytes();
                    let guess = prefix.len() + name.len();
                    let is_like_the_last = last.named
                        && rest.get(guess) == Some(&delimiter)
                        && is_same(&rest[..prefix.len()], prefix)
                        && is_same(&rest[prefix.len()..guess], name);
                    let len = if is_like_the_last { guess } else { plain_text(rest, delimiter)? };
                    arn = (!is_like_the_last).then(|| &rest[..len]);
                    len
                }
                Step::Word(place) => {
                    let code = &mut row.words[usize::from(place)];
                    if let [b'N', b'/', b'A', ..] = rest {
                        *code = word_code::NOT_APPLICABLE;
                        3
                    } else {
                        let len = plain_text(rest, delimiter)?;
                        *code = word_code::EMPTY;
                        words[usize::from(place)] = &rest[..len];
                        len
                    }
                }
                Step::Ignore => plain_text(rest, delimiter)?,
            };
            rest = rest.get(len..)?;
            let Some(next) = steps.next() else { break };
            let (behind, after) = rest.split_first()?;
            if *behind != delimiter {
                return None;
            }
            (rest, step) = (after, *next);
        }
        let line_break = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] | [b'\r', _, ..] => 1,
            _ => return None,
        };
        row.zulu = zulu.unwrap_or(true);
        Some(Self { row, name, arn, words, len: bytes.len() - rest.len() + line_break })
    }
}

impl Reader {
    /// Reads a row such as AWS writes it, or with quotes round its first cell and others: its length in bytes, or
    /// `None` for the slow path.
    #[inline]
    pub(super) fn fast_row_in_any_quotes(&mut self, bytes: &[u8]) -> Result<Option<usize>, ReadErrorKind> {
        match self.fast_row(bytes)? {
            None if bytes.starts_with(b"\"") => self.fast_row_in_quotes(bytes),
            taken => Ok(taken),
        }
    }

    #[inline(never)]
    fn fast_row_in_quotes(&mut self, bytes: &[u8]) -> Result<Option<usize>, ReadErrorKind> {
        let Some(delimiter) = self.header.as_ref().map(|header| header.delimiter) else { return Ok(None) };
        let mut row = std::mem::take(&mut self.unquoted);
        let len = unquote(&bytes[..bytes.len().min(LONGEST_ROW)], delimiter, &mut row);
        let taken = match len {
            Some(_) => self.fast_row(&row),
            None => Ok(None),
        };
        self.unquoted = row;
        Ok(taken?.and(len))
    }

    /// Reads a row such as AWS writes it: its length in bytes, or `None` for the slow path.
    #[inline]
    fn fast_row(&mut self, bytes: &[u8]) -> Result<Option<usize>, ReadErrorKind> {
        let Some(header) = &self.header else { return Ok(None) };
        let last = &self.report.arn_prefixes[self.last.arn_prefix as usize];
        let read = PlainRow::read(&self.plan, bytes, header.delimiter, last);
        let Some(PlainRow { mut row, name, arn, words, len }) = read.filter(|read| read.len <= LONGEST_ROW)
        else {
            return Ok(None);
        };
        for (place, word) in words.into_iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            let Some(code) = self.word(word) else { return Ok(None) };
            row.words[place] = code;
        }
        // Blanks round a text need a look, and so does an ARN that may be the name of its column.
        let is_plain = |text: &str| {
            let ends = [text.bytes().next(), text.bytes().next_back()];
            ends.iter().all(|byte| byte.is_some_and(|byte| byte > b' '))
        };
        let Some(name) = std::str::from_utf8(name).ok().filter(|name| is_plain(name)) else {
            return Ok(None);
        };
        let arn = if let Some(arn) = arn {
            let arn = std::str::from_utf8(arn).ok().filter(|arn| is_plain(arn) && arn.starts_with("arn:"));
            // An ARN of somebody else needs a look, and so does what is no name.
            let Some(arn) =
                arn.filter(|arn| arn.ends_with(name) || name == ROOT_NAME && arn.ends_with(":root"))
            else {
                return Ok(None);
            };
            Arn::Text(arn)
        } else {
            Arn::LikeTheLast
        };
        row.line = self.line;
        self.push(row, name, arn, Vec::new())?;
        self.in_secrets = false;
        self.line += 1;
        Ok(Some(len))
    }
}

/// The length of a cell that is plain ASCII without a quote; `None` for any other, and for one
/// that does not end.
#[inline]
fn plain_text(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let (chunks, rest) = bytes.as_chunks();
    let ends_it = |byte: u8| byte == delimiter || byte == b'\n' || byte == b'\r';
    let mut at = 0;
    // Eight bytes at a time, as one number.
    for chunk in chunks {
        let ends = ends(*chunk, delimiter);
        if ends != 0 {
            at += ends.trailing_zeros() as usize / 8;
            return ends_it(bytes[at]).then_some(at);
        }
        at += 8;
    }
    for &byte in rest {
        if ends_it(byte) {
            return Some(at);
        }
        if byte == b'"' || byte >= 0x80 {
            return None;
        }
        at += 1;
    }
    None
}

/// Writes the row at the beginning of a text without the quotes round its cells: its length, quotes included.
/// `None` where a cell needs them, and where the row does not end.
fn unquote(bytes: &[u8], delimiter: u8, row: &mut Vec<u8>) -> Option<usize> {
    row.clear();
    let mut rest = bytes;
    loop {
        let (cell, after) = if let Some(quoted) = rest.strip_prefix(b"\"") {
            let (cell, after) = quoted.split_at(plain_text(quoted, b'"')?);
            if cell.contains(&delimiter) {
                return None;
            }
            (cell, after.strip_prefix(b"\"")?)
        } else {
            rest.split_at(plain_text(rest, delimiter)?)
        };
        row.extend_from_slice(cell);
        let end: &[u8] = match after {
            [b'\n', ..] => b"\n",
            [b'\r', b'\n', ..] => b"\r\n",
            [behind, ..] if *behind == delimiter => &after[..1],
            _ => return None,
        };
        row.extend_from_slice(end);
        rest = &after[end.len()..];
        if end.ends_with(b"\n") {
            return Some(bytes.len() - rest.len());
        }
    }
}

/// The lowest bit of it stands in the first byte that ends plain text: a line break, a quote, one that is not
/// ASCII; 0 where there is none.
#[inline(always)]
fn ends(chunk: [u8; 8], delimiter: u8) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = EACH << 7;
    let chunk = u64::from_le_bytes(chunk);
    // Of the bytes that are this one the first is found; those behind it are of no interest.
    let first = |byte: u8| {
        let differs = chunk ^ (EACH * u64::from(byte));
        differs.wrapping_sub(EACH) & !differs
    };
    (first(delimiter) | first(b'\n') | first(b'\r') | first(b'"') | chunk) & HIGHEST
}

/// Whether two texts are the same. Eight bytes at a time: in WASM `==` goes byte by byte.
#[inline]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    let ((chunks_a, rest_a), (chunks_b, rest_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let equal = |(a, b): (&[u8; 8], &[u8; 8])| u64::from_ne_bytes(*a) == u64::from_ne_bytes(*b);
    a.len() == b.len() && chunks_a.iter().zip(chunks_b).all(equal) && rest_a == rest_b
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, byte by byte.
    fn plain_text_by_bytes(bytes: &[u8], delimiter: u8) -> Option<usize> {
        let ends_it = |byte: u8| [delimiter, b'\n', b'\r'].contains(&byte);
        let at = bytes.iter().position(|&byte| ends_it(byte) || byte == b'"' || byte >= 0x80)?;
        ends_it(bytes[at]).then_some(at)
    }

    proptest! {
        // The same cases in every run.
        #![proptest_config(ProptestConfig {
            cases: 5000,
            rng_seed: proptest::test_runner::RngSeed::Fixed(2016),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn plain_text_ends_where_it_ends_byte_by_byte(
            // Neighbours of what ends it, too: a carry must not make one of the other.
            bytes in proptest::collection::vec(
                proptest::sample::select(b"aaaaaaaa,-;:\t\x08\n\x0b\r\x0c\"#!\x7f\x80\xac\xff\x00\x01".to_vec()), 0..30),
            delimiter in proptest::sample::select(vec![b',', b';', b'\t']),
        ) {
            prop_assert_eq!(plain_text(&bytes, delimiter), plain_text_by_bytes(&bytes, delimiter));
        }
    }
}
