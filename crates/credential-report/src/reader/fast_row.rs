//! The fast way: a row such as AWS writes it, each cell read once by what is expected of its column.

use super::{Arn, LONGEST_ROW, Reader, Step};
use crate::cell::{self, time_code, word_code};
use crate::error::ReadErrorKind;
use crate::report::ROOT_NAME;
use crate::rows::Row;

/// The place of `password_last_used` among the times: it alone may say `no_information`.
const LAST_USED: u8 = 1;

impl Reader {
    /// Reads a row such as AWS writes it: its length in bytes, or `None` for the thorough way.
    #[inline]
    pub(super) fn fast_row(&mut self, bytes: &[u8]) -> Result<Option<usize>, ReadErrorKind> {
        let Some(header) = &self.header else { return Ok(None) };
        let delimiter = header.delimiter;
        let mut row = Row::EMPTY;
        let mut zulu = None;
        let (mut name, mut arn): (&[u8], &[u8]) = (&[], &[]);
        let mut has_last_prefix = false;
        let mut at = 0;
        let mut step = 0;
        while step < self.plan.len() {
            let rest = &bytes[at..];
            let len = match self.plan[step] {
                Step::Time(place) => {
                    let Some((code, ends_in_z, len)) = cell::common_time(rest) else {
                        if rest.first() != Some(&delimiter) {
                            return Ok(None);
                        }
                        row.times[usize::from(place)] = time_code::EMPTY;
                        at += 1;
                        step += 1;
                        continue;
                    };
                    if code <= time_code::LAST_TIME {
                        if *zulu.get_or_insert(ends_in_z) != ends_in_z {
                            return Ok(None);
                        }
                    } else if code == time_code::NO_INFORMATION && place != LAST_USED {
                        return Ok(None);
                    }
                    row.times[usize::from(place)] = code;
                    len
                }
                Step::Flag(place) => {
                    let Some((code, len)) = cell::common_flag(rest) else { return Ok(None) };
                    row.set_flag(place, code);
                    len
                }
                Step::User => {
                    let Some(len) = plain_text(rest, delimiter) else { return Ok(None) };
                    name = &rest[..len];
                    len
                }
                Step::Arn => {
                    // Most often the ARN is the one before with another name at its end.
                    let last = &self.report.arn_prefixes[self.last.arn_prefix as usize];
                    let prefix = last.prefix.as_bytes();
                    let guess = prefix.len() + name.len();
                    has_last_prefix = last.named
                        && rest.get(guess) == Some(&delimiter)
                        && is_same(&rest[..prefix.len()], prefix)
                        && is_same(&rest[prefix.len()..guess], name);
                    if has_last_prefix {
                        guess
                    } else {
                        let Some(len) = plain_text(rest, delimiter) else { return Ok(None) };
                        arn = &rest[..len];
                        len
                    }
                }
                Step::Word(place) => {
                    if rest.starts_with(b"N/A") {
                        row.words[usize::from(place)] = word_code::NOT_APPLICABLE;
                        3
                    } else {
                        let Some(len) = plain_text(rest, delimiter) else { return Ok(None) };
                        let code = match len {
                            0 => word_code::EMPTY,
                            _ => match self.word(&rest[..len]) {
                                Some(code) => code,
                                None => return Ok(None),
                            },
                        };
                        row.words[usize::from(place)] = code;
                        len
                    }
                }
                Step::Ignore => {
                    let Some(len) = plain_text(rest, delimiter) else { return Ok(None) };
                    len
                }
            };
            at += len;
            step += 1;
            if step < self.plan.len() {
                if bytes.get(at) != Some(&delimiter) {
                    return Ok(None);
                }
                at += 1;
            }
        }
        let end = match &bytes[at..] {
            [b'\r', b'\n', ..] => at + 2,
            [b'\n', ..] | [b'\r', _, ..] => at + 1,
            _ => return Ok(None),
        };
        if end > LONGEST_ROW {
            return Ok(None);
        }
        // Blanks round a text need a look, and so does an ARN that may be the name of its column.
        let is_plain = |text: &str| {
            let ends = [text.bytes().next(), text.bytes().next_back()];
            ends.iter().all(|byte| byte.is_some_and(|byte| byte > b' '))
        };
        let Some(name) = std::str::from_utf8(name).ok().filter(|name| is_plain(name)) else {
            return Ok(None);
        };
        let arn = if has_last_prefix {
            Arn::LikeTheLast
        } else {
            let arn = std::str::from_utf8(arn).ok().filter(|arn| is_plain(arn) && arn.starts_with("arn:"));
            // An ARN of somebody else needs a look, and so does what is no name.
            let Some(arn) =
                arn.filter(|arn| arn.ends_with(name) || name == ROOT_NAME && arn.ends_with(":root"))
            else {
                return Ok(None);
            };
            Arn::Text(arn)
        };
        row.zulu = zulu.unwrap_or(true);
        row.line = self.line;
        self.push(row, name, arn, Vec::new())?;
        self.line += 1;
        Ok(Some(end))
    }
}

/// The length of a cell that is plain ASCII without a quote; `None` for any other, and for one
/// that does not end.
#[inline]
fn plain_text(bytes: &[u8], delimiter: u8) -> Option<usize> {
    for (at, &byte) in bytes.iter().enumerate() {
        if byte == delimiter || byte == b'\n' || byte == b'\r' {
            return Some(at);
        }
        if byte == b'"' || byte >= 0x80 {
            return None;
        }
    }
    None
}

/// Whether two texts are the same. Eight bytes at a time: in WASM `==` goes byte by byte.
#[inline]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    let ((chunks_a, rest_a), (chunks_b, rest_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let equal = |(a, b): (&[u8; 8], &[u8; 8])| u64::from_ne_bytes(*a) == u64::from_ne_bytes(*b);
    a.len() == b.len() && chunks_a.iter().zip(chunks_b).all(equal) && rest_a == rest_b
}
