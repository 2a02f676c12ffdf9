//! Text that is not UTF-8: who reads it, and how likely that is right.

/// Turns bytes that are not UTF-8 into text; the page lends its `TextDecoder` for `Shift_JIS`, which
/// Japanese spreadsheets write.
#[derive(Debug, Clone, Copy)]
pub struct Decoder {
    /// The encoding that it takes the bytes for, as a warning names it.
    pub encoding: &'static str,
    /// The text of some bytes; what is none in this encoding becomes U+FFFD.
    pub decode: fn(&[u8]) -> String,
}

/// How a guess at the encoding came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    Likely,
    /// It is text, but another encoding is more likely.
    Doubtful,
    /// Some of it is no text in this encoding.
    Wrong,
}

impl Guess {
    /// Judges bytes that are not UTF-8 by the text that they became as `Shift_JIS`.
    pub(super) fn of(bytes: &[u8], text: &str) -> Self {
        // Letters of Western Europe are single bytes above 0xA0 among those of ASCII. Japanese ones of
        // these ranges come several together, and two-byte ones mostly begin below 0xA0.
        let stands_alone = !bytes.iter().any(|byte| (0x80..0xa0).contains(byte))
            && !bytes.windows(2).any(|pair| pair.iter().all(|byte| *byte >= 0x80));
        if text.contains(char::REPLACEMENT_CHARACTER) {
            Self::Wrong
        } else if stands_alone || has_kana_in_word(text) {
            Self::Doubtful
        } else {
            Self::Likely
        }
    }
}

/// Whether half-width katakana stand beside a letter of ASCII, as no Japanese text has them, but `ß` and
/// its like taken for them do.
fn has_kana_in_word(text: &str) -> bool {
    let is_kana = |c: char| ('\u{ff61}'..='\u{ff9f}').contains(&c);
    text.chars()
        .zip(text.chars().skip(1))
        .any(|(a, b)| is_kana(a) && b.is_ascii_alphabetic() || a.is_ascii_alphabetic() && is_kana(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn western_text_is_told_from_japanese() {
        // Each with what a browser makes of it as Shift_JIS.
        for (bytes, text, guess) in [
            (b"\x8e\x52\x93\x63".as_slice(), "山田", Guess::Likely),
            (b"\x8aJ\x94\xad dev", "開発 dev", Guess::Likely),
            (b"A\x8e\xd0", "A社", Guess::Likely),
            (b"\xd4\xcf\xc0\xde", "ﾔﾏﾀﾞ", Guess::Likely),
            (b"Ren\xe9e", "Ren馥", Guess::Doubtful),
            (b"Fran\xe7ois", "Fran輟is", Guess::Doubtful),
            (b"Stra\xdfe", "Straﾟe", Guess::Doubtful),
            (b"Gro\xdf\xdf", "Groﾟﾟ", Guess::Doubtful),
            (b"M\xfcller", "M\u{fffd}ller", Guess::Wrong),
            (b"Jos\xe9", "Jos\u{fffd}", Guess::Wrong),
        ] {
            assert_eq!(Guess::of(bytes, text), guess, "{text}");
        }
    }
}
