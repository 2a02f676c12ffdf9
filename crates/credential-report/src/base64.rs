//! The `Content` of the API's answer, decoded in slices.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::error::ReadErrorKind;
use super::time::Timestamp;

/// Turns slices of base64 into bytes. White space and the quotes of a JSON string are passed over;
/// what follows a tab is the rest of the answer of `--output text`.
#[derive(Debug, Default)]
pub(super) struct Base64 {
    pending: Vec<u8>,
    /// Bytes of base64 that were decoded.
    decoded: u64,
    padded: bool,
    trailer: Option<Vec<u8>>,
}

/// The most that is kept of what follows the base64.
const TRAILER: usize = 200;

impl Base64 {
    /// The bytes that the next slice stands for.
    pub(super) fn decode(&mut self, text: &[u8]) -> Result<Vec<u8>, ReadErrorKind> {
        for &byte in text {
            match byte {
                _ if self.trailer.is_some() => {
                    if let Some(trailer) = &mut self.trailer
                        && trailer.len() < TRAILER
                    {
                        trailer.push(byte);
                    }
                }
                b'\t' if !self.pending.is_empty() || self.decoded > 0 => self.trailer = Some(Vec::new()),
                b' ' | b'\t' | b'\r' | b'\n' | b'"' => {}
                // The mark of UTF-8, which some shells write first.
                0xef | 0xbb | 0xbf if self.pending.is_empty() && self.decoded == 0 => {}
                _ => self.pending.push(byte),
            }
        }
        let whole = self.pending.len() / 4 * 4;
        self.take(whole)
    }

    /// The bytes that are left when the text has ended.
    pub(super) fn finish(&mut self) -> Result<Vec<u8>, ReadErrorKind> {
        // Some tools drop the padding.
        if !self.padded {
            while !self.pending.is_empty() && !self.pending.len().is_multiple_of(4) {
                self.pending.push(b'=');
            }
        }
        self.take(self.pending.len())
    }

    fn take(&mut self, len: usize) -> Result<Vec<u8>, ReadErrorKind> {
        let broken = |offset: usize| ReadErrorKind::BrokenBase64 { offset: self.decoded + offset as u64 };
        if len > 0 && self.padded {
            return Err(broken(0));
        }
        let bytes = STANDARD.decode(&self.pending[..len]).map_err(|error| {
            broken(match error {
                base64::DecodeError::InvalidByte(at, _)
                | base64::DecodeError::InvalidLastSymbol(at, _)
                | base64::DecodeError::InvalidLength(at) => at,
                base64::DecodeError::InvalidPadding => len,
            })
        })?;
        self.padded = len > 0 && self.pending[len - 1] == b'=';
        self.pending.drain(..len);
        self.decoded += len as u64;
        Ok(bytes)
    }

    /// The time in the rest of the answer.
    pub(super) fn generated(&self) -> Option<Timestamp> {
        let trailer = std::str::from_utf8(self.trailer.as_deref()?).ok()?;
        trailer.split_whitespace().find_map(|word| Timestamp::parse(word).ok())
    }
}

/// Whether a text begins like base64, and like nothing else.
pub(super) fn looks_like_base64(head: &str) -> bool {
    let head = head.trim_start_matches(['"', ' ', '\r', '\n', '\t']);
    let body = head.split(['\t', '"']).next().unwrap_or_default();
    let digits = body.bytes().filter(|b| !matches!(b, b'\r' | b'\n' | b' ')).count();
    // A line of words has blanks; base64 breaks its lines and nothing else.
    digits >= 16
        && !body.trim().contains(' ')
        && body
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'\r' | b'\n' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Result<Vec<u8>, ReadErrorKind> {
        let mut decoder = Base64::default();
        let mut bytes = decoder.decode(text.as_bytes())?;
        bytes.extend(decoder.finish()?);
        Ok(bytes)
    }

    #[test]
    fn every_cut_gives_the_same_bytes() {
        let text =
            "dXNlcixhcm4K\r\n\"PHJvb3RfYWNjb3VudD4s\nYXJu\"OmF3cw==\t2026-09-11T13:15:19+00:00\ttext/csv\n";
        for cut in 0..=text.len() {
            let mut decoder = Base64::default();
            let mut bytes = decoder.decode(&text.as_bytes()[..cut]).unwrap();
            bytes.extend(decoder.decode(&text.as_bytes()[cut..]).unwrap());
            bytes.extend(decoder.finish().unwrap());
            assert_eq!(String::from_utf8(bytes).unwrap(), "user,arn\n<root_account>,arn:aws", "cut at {cut}");
            assert_eq!(decoder.generated().unwrap().to_string(), "2026-09-11T13:15:19Z");
        }
    }

    #[test]
    fn padding_may_be_missing_and_trouble_has_a_place() {
        assert_eq!(whole("dXNlcg"), Ok(b"user".to_vec()));
        assert_eq!(whole("dXNl*g=="), Err(ReadErrorKind::BrokenBase64 { offset: 4 }));
        assert_eq!(whole("dXNlcg==dXNl"), Err(ReadErrorKind::BrokenBase64 { offset: 6 }));
    }

    #[test]
    fn base64_is_told_from_words() {
        assert!(looks_like_base64("dXNlcixhcm4sdXNlcl9jcmVh\ndGlvbl90aW1l"));
        assert!(looks_like_base64("\"dXNlcixhcm4sdXNlcl9jcmVh\""));
        assert!(!looks_like_base64("hello world this is a text"));
        assert!(!looks_like_base64("user,arn,user_creation_time"));
        assert!(!looks_like_base64("short"));
    }
}
