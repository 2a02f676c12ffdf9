//! Rows of text split into cells, as CSV has them: a cell in quotes may hold separators, line breaks,
//! and quotes written twice.

use std::cell::RefCell;

use csv_core::ReadRecordResult;

/// The separators that a header may show.
pub(super) const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

thread_local! {
    /// What splits rows, by separator. The tables of one take longer to build than a header to read, and
    /// csv-core's copies forget them.
    static SPLITTERS: [RefCell<csv_core::Reader>; 3] = DELIMITERS.map(|delimiter| RefCell::new(splitter(delimiter)));
}

fn splitter(delimiter: u8) -> csv_core::Reader {
    csv_core::ReaderBuilder::new().delimiter(delimiter).build()
}

/// Where in a row a byte stands, as far as quotes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    CellStart,
    Plain,
    Quoted,
    /// Behind a quote that ends the quoted part, unless another one follows.
    Quote,
}

impl At {
    /// Where the next byte stands.
    #[inline]
    pub(super) fn behind(self, byte: u8, delimiter: u8) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::Quote,
            (Self::Quoted, _) | (Self::Quote | Self::CellStart, b'"') => Self::Quoted,
            (_, byte) if byte == delimiter => Self::CellStart,
            _ => Self::Plain,
        }
    }
}

/// The cells of a row: their text, one after the other, and where each ends.
#[derive(Debug, Default)]
pub(super) struct Cells {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    /// Splits the row at the beginning of a text, which may begin with the mark of UTF-8.
    pub(super) fn split(&mut self, text: &[u8], delimiter: u8) {
        SPLITTERS.with(|splitters| {
            let mut known = DELIMITERS.iter().zip(splitters);
            match known.find(|(known, _)| **known == delimiter) {
                Some((_, splitter)) => self.split_by(&mut splitter.borrow_mut(), text),
                None => self.split_by(&mut splitter(delimiter), text),
            }
        });
    }

    fn split_by(&mut self, splitter: &mut csv_core::Reader, text: &[u8]) {
        splitter.reset();
        let mut rest = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        // They grow where that is too little: no row pays for the widest one before it.
        self.text.resize(512, 0);
        self.ends.resize(32, 0);
        let (mut written, mut ended) = (0, 0);
        let mut is_whole = false;
        loop {
            let (result, read, wrote, found) =
                splitter.read_record(rest, &mut self.text[written..], &mut self.ends[ended..]);
            rest = &rest[read..];
            written += wrote;
            ended += found;
            match result {
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                // No line break at the end: an empty input says that there is none to come.
                ReadRecordResult::InputEmpty if !is_whole => is_whole = true,
                ReadRecordResult::InputEmpty | ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        self.text.truncate(written);
        self.ends.truncate(ended);
    }

    /// Adds text to the last cell, and ends it.
    fn push(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
        self.ends.push(self.text.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes the cells have together.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// The text of a cell; nothing past the last one.
    pub(super) fn get(&self, index: usize) -> &[u8] {
        self.text_of(index, index)
    }

    /// The text from one cell to another, as if both were one.
    fn text_of(&self, first: usize, last: usize) -> &[u8] {
        let start = if first == 0 { 0 } else { self.ends.get(first - 1).copied().unwrap_or_default() };
        let end = self.ends.get(last).copied().unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Whether all cells from one on are empty.
    pub(super) fn are_empty_from(&self, index: usize) -> bool {
        self.text_of(index, self.len().max(1) - 1).is_empty()
    }

    pub(super) fn truncate(&mut self, cells: usize) {
        self.ends.truncate(cells);
        self.text.truncate(self.ends.last().copied().unwrap_or_default());
    }

    /// The cells from one to another as they were before they were split at commas.
    pub(super) fn joined(&self, first: usize, last: usize) -> Vec<u8> {
        let cells: Vec<&[u8]> = (first..=last).map(|index| self.get(index)).collect();
        cells.join(&b',')
    }

    /// The same with some cells joined at commas: where each such group begins, and how many cells
    /// follow its first. Groups come in order.
    pub(super) fn with_joined(&self, groups: &[(usize, usize)]) -> Self {
        let mut joined = Self::default();
        let mut index = 0;
        while index < self.len() {
            let more = groups.iter().find(|(at, _)| *at == index).map_or(0, |(_, more)| *more);
            joined.push(&self.joined(index, index + more));
            index += more + 1;
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str, delimiter: u8) -> Vec<String> {
        let mut cells = Cells::default();
        cells.split(text.as_bytes(), delimiter);
        cells.iter().map(|cell| String::from_utf8(cell.to_vec()).unwrap()).collect()
    }

    #[test]
    fn cells_are_joined_as_they_were() {
        let mut cells = Cells::default();
        cells.split(b"a,b,c,,d,,", b',');
        assert_eq!((cells.len(), cells.get(2), cells.get(9)), (7, b"c".as_slice(), b"".as_slice()));
        assert!(cells.are_empty_from(5) && !cells.are_empty_from(4) && cells.are_empty_from(7));
        let joined = cells.with_joined(&[(0, 1), (3, 2)]);
        let texts: Vec<&[u8]> = joined.iter().collect();
        assert_eq!(texts, [b"a,b".as_slice(), b"c", b",d,", b""]);
        cells.truncate(2);
        assert_eq!((cells.len(), cells.joined(0, 1)), (2, b"a,b".to_vec()));
        assert_eq!(cells.with_joined(&[]).iter().count(), 2);
    }

    proptest! {
        // The same cases in every run.
        #![proptest_config(ProptestConfig {
            cases: 2000,
            rng_seed: proptest::test_runner::RngSeed::Fixed(2016),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn a_row_is_split_as_the_csv_crate_splits_it(
            text in "(\u{feff})?[a,;\"é][a,;\t\"\n\ré]{0,20}",
            delimiter in proptest::sample::select(vec![b',', b';', b'\t']),
        ) {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter)
                .from_reader(text.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            let expected: Vec<&str> = record.iter().collect();
            prop_assert_eq!(cells(&text, delimiter), expected.clone());
            // Byte by byte a row ends in the same place.
            let mut at = At::CellStart;
            let mut ends = 0;
            for byte in text.trim_start_matches('\u{feff}').bytes() {
                if matches!(byte, b'\n' | b'\r') && at != At::Quoted {
                    break;
                }
                at = at.behind(byte, delimiter);
                ends += usize::from(at == At::CellStart);
            }
            prop_assert_eq!(ends + 1, expected.len());
        }
    }
}
