//! UTF-16 to UTF-8, in slices: "Unicode text" of spreadsheets, and what PowerShell 5 writes.

/// Which byte of a pair comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endian {
    Little,
    Big,
}

/// Turns slices of UTF-16 into UTF-8; a pair or surrogate may lie across two slices.
#[derive(Debug)]
pub(super) struct Utf16 {
    endian: Endian,
    half: Option<u8>,
    surrogate: Option<u16>,
    started: bool,
}

impl Utf16 {
    pub(super) fn new(endian: Endian) -> Self {
        Self { endian, half: None, surrogate: None, started: false }
    }

    /// The text of the next bytes; what cannot be read becomes U+FFFD.
    pub(super) fn decode(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut units = Vec::with_capacity(bytes.len() / 2 + 2);
        units.extend(self.surrogate.take());
        let mut bytes = bytes.iter().copied();
        if let Some(first) = self.half.take() {
            match bytes.next() {
                Some(second) => units.push(self.unit(first, second)),
                None => self.half = Some(first),
            }
        }
        while let Some(first) = bytes.next() {
            match bytes.next() {
                Some(second) => units.push(self.unit(first, second)),
                None => self.half = Some(first),
            }
        }
        if units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            self.surrogate = units.pop();
        }
        let mut text = String::with_capacity(units.len());
        for unit in char::decode_utf16(units) {
            let char = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
            if !self.started && char == '\u{feff}' {
                self.started = true;
                continue;
            }
            self.started = true;
            text.push(char);
        }
        text.into_bytes()
    }

    /// Whether the bytes so far end within a letter.
    pub(super) fn is_cut_off(&self) -> bool {
        self.half.is_some() || self.surrogate.is_some()
    }

    fn unit(&self, first: u8, second: u8) -> u16 {
        match self.endian {
            Endian::Little => u16::from_le_bytes([first, second]),
            Endian::Big => u16::from_be_bytes([first, second]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cut_gives_the_same_text() {
        let text = "\u{feff}user,漢字,𠮷\r\n";
        for endian in [Endian::Little, Endian::Big] {
            let bytes: Vec<u8> = text
                .encode_utf16()
                .flat_map(|unit| match endian {
                    Endian::Little => unit.to_le_bytes(),
                    Endian::Big => unit.to_be_bytes(),
                })
                .collect();
            for cut in 0..=bytes.len() {
                let mut decoder = Utf16::new(endian);
                let mut out = decoder.decode(&bytes[..cut]);
                out.extend(decoder.decode(&bytes[cut..]));
                assert_eq!(String::from_utf8(out).unwrap(), &text[3..], "cut at {cut}");
                assert!(!decoder.is_cut_off());
            }
            // Within the two units of 𠮷, behind the first and behind half of one.
            for (missing, cut_off) in [(8, false), (7, true), (6, true), (5, true), (4, false), (1, true)] {
                let mut decoder = Utf16::new(endian);
                decoder.decode(&bytes[..bytes.len() - missing]);
                assert_eq!(decoder.is_cut_off(), cut_off, "{missing} bytes are missing");
            }
        }
    }
}
