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

#[cfg(test)]
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
}
