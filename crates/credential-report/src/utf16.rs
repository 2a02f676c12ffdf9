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

/// UTF-16, by its mark, or by every other byte being zero.
pub(super) fn endian(head: &[u8]) -> Option<Endian> {
    match head {
        [0xff, 0xfe, ..] => return Some(Endian::Little),
        [0xfe, 0xff, ..] => return Some(Endian::Big),
        _ => {}
    }
    let pairs = head.len().min(400) / 2;
    let zeros = |first: usize| head.iter().skip(first).step_by(2).take(pairs).filter(|b| **b == 0).count();
    if pairs < 4 {
        return None;
    }
    if zeros(1) * 10 > pairs * 9 && zeros(0) == 0 {
        Some(Endian::Little)
    } else if zeros(0) * 10 > pairs * 9 && zeros(1) == 0 {
        Some(Endian::Big)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &str = "user,mfa_active\nann,true\n";

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn utf16_is_told_with_and_without_a_mark() {
        for (bytes, expected) in [
            (utf16(CSV, u16::to_le_bytes), Some(Endian::Little)),
            (utf16(CSV, u16::to_be_bytes), Some(Endian::Big)),
            (utf16("\u{feff}x", u16::to_le_bytes), Some(Endian::Little)),
            (utf16("\u{feff}x", u16::to_be_bytes), Some(Endian::Big)),
            (CSV.into(), None),
            (vec![0; 100], None),
            (vec![b'a', 0], None),
        ] {
            assert_eq!(endian(&bytes), expected, "{bytes:?}");
        }
    }

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
