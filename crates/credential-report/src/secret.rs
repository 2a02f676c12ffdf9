//! What is never quoted, wherever it stands.

/// Whether a word is the id of an access key.
pub(super) fn is_key_id(word: &str) -> bool {
    word.len() == 20
        && (word.starts_with("AKIA") || word.starts_with("ASIA"))
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Whether a text holds what must not be quoted, wherever it stands: the id of an access key, a text
/// that may be its secret, or a URL, which may be the one to sign in.
pub fn holds_secret(text: &str) -> bool {
    let is_secret = |word: &str| {
        let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
        word.len() >= 40
            && has(u8::is_ascii_uppercase)
            && has(u8::is_ascii_lowercase)
            && has(u8::is_ascii_digit)
    };
    if text.len() < 8 {
        return false;
    }
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_key_id)
        || text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '+'))).any(is_secret)
        || text.contains("://")
        || text.contains(".signin.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_told_from_what_reports_hold() {
        for secret in [
            "AKIAIOSFODNN7EXAMPLE",
            "key ASIAIOSFODNN7EXAMPLE.",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "https://111122223333.signin.aws.amazon.com/console",
            "111122223333.signin.aws.amazon.com",
        ] {
            assert!(holds_secret(secret), "{secret}");
        }
        for other in
            ["us-east-1", "2016-05-16T18:13:11+00:00", "arn:aws:iam::123456789012:user/ann", "AKIA", ""]
        {
            assert!(!holds_secret(other), "{other}");
        }
    }
}
