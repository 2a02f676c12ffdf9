//! Rows in few bytes: names in one arena, times and words as numbers, flags as bits.

use super::cell::{flag_code, time_code, word_code};
use super::column::{FLAGS, TIMES, WORDS};

/// A row of a report: 72 bytes, whatever stands in it.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Codes of [`time_code`], or seconds since 1970.
    pub(crate) times: [u32; TIMES],
    /// Four bits a flag, by its place among the flags.
    pub(crate) flags: u32,
    /// Codes of [`word_code`], or numbers of words.
    pub(crate) words: [u16; WORDS],
    /// Whether the times of this row end in `Z`, not in `+00:00`.
    pub(crate) zulu: bool,
    /// Whether this is the root user.
    pub(crate) root: bool,
    /// Where the name begins in the arena.
    pub(crate) name: u32,
    /// The name's length, in bytes.
    pub(crate) name_len: u32,
    /// The number of the ARN up to the name, see [`super::ArnPrefix`].
    pub(crate) arn_prefix: u32,
    /// The line of the file, from 1.
    pub(crate) line: u32,
}

impl Row {
    /// A row of which nothing was read yet.
    pub(crate) const EMPTY: Self = Self {
        times: [time_code::MISSING; TIMES],
        flags: 0,
        words: [word_code::MISSING; WORDS],
        zulu: true,
        root: false,
        name: 0,
        name_len: 0,
        arn_prefix: 0,
        line: 0,
    };

    #[inline(always)]
    pub(crate) fn flag(&self, place: u8) -> u32 {
        const { assert!(FLAGS * 4 <= 32 && flag_code::MISSING == 0) };
        self.flags >> (place * 4) & 0xf
    }

    /// Whether a time or a flag is kept as text.
    #[inline]
    pub(crate) fn has_odd_cell(&self) -> bool {
        // A flag is odd where its bits are those of the code; zero nibbles of the difference tell.
        let odd = self.flags ^ (flag_code::ODD * 0x1111_1111);
        let zero = odd.wrapping_sub(0x1111_1111) & !odd & 0x8888_8888;
        zero != 0 || self.times.contains(&time_code::ODD)
    }

    #[inline]
    pub(crate) fn set_flag(&mut self, place: u8, code: u32) {
        self.flags |= code << (place * 4);
    }
}

/// A list that grows by chunks: nothing is ever moved, so that growing needs no second copy.
#[derive(Debug)]
pub(crate) struct Chunked<T> {
    chunks: Vec<Vec<T>>,
    len: usize,
}

/// Entries of a chunk; a power of two.
const CHUNK: usize = 1 << 16;

impl<T> Default for Chunked<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }
}

impl<T> Chunked<T> {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn push(&mut self, entry: T) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(entry),
            _ => {
                // A small report need not pay for a whole chunk; a second chunk means a large one.
                let room = if self.chunks.is_empty() { 64 } else { CHUNK };
                let mut chunk = Vec::with_capacity(room);
                chunk.push(entry);
                self.chunks.push(chunk);
            }
        }
        self.len += 1;
    }

    #[inline]
    pub(crate) fn get(&self, index: usize) -> &T {
        &self.chunks[index / CHUNK][index % CHUNK]
    }

    /// All entries, a chunk at a time.
    pub(crate) fn chunks(&self) -> impl Iterator<Item = &[T]> {
        self.chunks.iter().map(Vec::as_slice)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flatten()
    }
}

/// The names of a report, one after the other, without a separator.
#[derive(Debug, Default)]
pub(crate) struct Names {
    chunks: Vec<String>,
}

/// Bytes of a chunk of names; a power of two. A name never spans two.
const NAMES: usize = 4 << 20;

impl Names {
    /// Keeps a name: where it begins. `None` where 4 GiB of names are full, or the name is longer
    /// than a chunk.
    #[inline]
    pub(crate) fn push(&mut self, name: &str) -> Option<u32> {
        if name.len() > NAMES {
            return None;
        }
        if self.chunks.last().is_none_or(|chunk| chunk.len() + name.len() > NAMES) {
            let room = if self.chunks.is_empty() { 1024 } else { NAMES };
            self.chunks.push(String::with_capacity(room));
        }
        let number = self.chunks.len() - 1;
        let chunk = self.chunks.last_mut()?;
        let start = u32::try_from(number * NAMES + chunk.len()).ok()?;
        chunk.push_str(name);
        Some(start)
    }

    /// The memory that they take, in bytes.
    pub(crate) fn memory_bytes(&self) -> u64 {
        self.chunks.iter().map(|chunk| chunk.capacity() as u64).sum()
    }

    #[inline]
    pub(crate) fn get(&self, start: u32, len: u32) -> &str {
        let (chunk, at) = (start as usize / NAMES, start as usize % NAMES);
        // Places come from `push` alone, so they are always there.
        self.chunks.get(chunk).and_then(|chunk| chunk.get(at..at + len as usize)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stays_small() {
        assert_eq!(size_of::<Row>(), 72);
    }

    #[test]
    fn chunks_hold_what_was_pushed() {
        let mut list = Chunked::default();
        for n in 0..3 * CHUNK + 5 {
            list.push(n);
        }
        assert_eq!(list.len(), 3 * CHUNK + 5);
        assert!(list.iter().enumerate().all(|(at, n)| at == *n && list.get(at) == n));
    }

    #[test]
    fn names_never_span_two_chunks() {
        let mut names = Names::default();
        let long = "n".repeat(NAMES - 10);
        let starts: Vec<u32> =
            ["ann", &long, "bob", "christopher"].iter().map(|name| names.push(name).unwrap()).collect();
        assert_eq!(names.get(starts[0], 3), "ann");
        assert_eq!(names.get(starts[1], long.len() as u32), long);
        assert_eq!(names.get(starts[2], 3), "bob");
        assert_eq!(names.get(starts[3], 11), "christopher");
        assert_eq!(names.push(&"n".repeat(NAMES + 1)), None);
    }
}
