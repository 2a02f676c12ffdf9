//! Makes the module small: LZMA takes a quarter less than the gzip that browsers undo
//! by themselves. The loader has its own decoder for exactly this form.

use std::io::Write as _;

use anyhow::{Context, Result};
use lzma_rust2::{LzmaOptions, LzmaWriter};

/// A `.lzma` file with 4 literal context bits and no position bits; these suit WASM,
/// and `loader.js` counts on them.
pub(crate) fn lzma(bytes: &[u8]) -> Result<Vec<u8>> {
    let options = LzmaOptions { lc: 4, lp: 0, pb: 0, nice_len: 273, ..LzmaOptions::with_preset(9) };
    let size = u64::try_from(bytes.len()).context("the module is too large")?;
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(size))?;
    writer.write_all(bytes)?;
    writer.finish().context("cannot compress the module")
}

/// Bytes as printable ASCII without `<`, `\\` and `~`: 13 or 14 bits become two of 91
/// characters, as basE91 does it. It takes a twelfth less than base64.
pub(crate) fn as_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 16 / 13 + 2);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held |= u32::from(*byte) << bits;
        bits += 8;
        if bits > 13 {
            // Of 14 bits those are taken whole that fit beside the largest number of 13.
            let short = held & 0x1fff;
            let (value, taken) = if short > 88 { (short, 13) } else { (held & 0x3fff, 14) };
            held >>= taken;
            bits -= taken;
            text.extend([character(value % 91), character(value / 91)]);
        }
    }
    if bits > 0 {
        text.push(character(held % 91));
        if bits > 7 || held > 90 {
            text.push(character(held / 91));
        }
    }
    text
}

/// The character of a digit, 0 to 90.
fn character(digit: u32) -> char {
    let code = digit + u32::from(b'!');
    let code = code + u32::from(code >= u32::from(b'<'));
    let code = code + u32::from(code >= u32::from(b'\\'));
    char::from_u32(code).unwrap_or('!')
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, reason = "the low byte is what is wanted")]
mod tests {
    use std::io::Read as _;

    use lzma_rust2::LzmaReader;

    use super::*;

    #[test]
    fn what_is_compressed_can_be_undone() -> Result<()> {
        let bytes: Vec<u8> = (0_u32..5000).flat_map(|n| (n * n % 251).to_le_bytes()).collect();
        let packed = lzma(&bytes)?;
        assert!(packed.len() < bytes.len() / 2);
        let mut back = Vec::new();
        LzmaReader::new_mem_limit(&packed[..], u32::MAX, None)?.read_to_end(&mut back)?;
        assert_eq!(back, bytes);
        Ok(())
    }

    #[test]
    fn the_header_is_what_the_loader_counts_on() -> Result<()> {
        let packed = lzma(b"\0asm")?;
        assert_eq!(packed[0], 4, "lc 4, lp 0, pb 0");
        assert_eq!(packed[5..13], 4_u64.to_le_bytes());
        Ok(())
    }

    #[test]
    fn text_has_nothing_that_could_end_its_element() {
        let bytes: Vec<u8> = (0_u32..70_000).map(|n| ((n * 7919) >> 3) as u8).collect();
        let text = as_text(&bytes);
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<\\~".contains(&byte)));
        assert!(text.len() * 4 < bytes.len() * 5, "{} of {}", text.len(), bytes.len());
    }

    #[test]
    fn text_can_be_undone() {
        for length in [0, 1, 2, 3, 100, 4096] {
            let bytes: Vec<u8> = (0..length).map(|n: u32| (n * n + length) as u8).collect();
            assert_eq!(undo(&as_text(&bytes)), bytes, "{length}");
        }
    }

    /// What `loader.js` does.
    fn undo(text: &str) -> Vec<u8> {
        let digit = |byte: u8| u32::from(byte) - 33 - u32::from(byte > b'<') - u32::from(byte > b'\\');
        let (mut out, mut held, mut bits, mut first) = (Vec::new(), 0_u32, 0, None);
        for digit in text.bytes().map(digit) {
            let Some(low) = first.take() else {
                first = Some(digit);
                continue;
            };
            let value = low + digit * 91;
            held |= value << bits;
            bits += if value & 0x1fff > 88 { 13 } else { 14 };
            while bits > 7 {
                out.push(held as u8);
                held >>= 8;
                bits -= 8;
            }
        }
        if let Some(low) = first {
            out.push((held | (low << bits)) as u8);
        }
        out
    }
}
