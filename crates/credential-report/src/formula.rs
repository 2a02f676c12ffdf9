//! Text that a spreadsheet would take for a formula (OWASP ASVS 5.0, V1.2.10).

use std::borrow::Cow;

/// Whether a spreadsheet may take a text for a formula that begins with this.
fn is_sign(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠')
}

/// Whether a text begins with a sign, apostrophes aside.
fn is_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(is_sign)
}

/// A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe, and so does what
/// begins like a text that got one.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_like_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_like_formula(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_guarded_and_read_as_it_was() {
        for sign in ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"] {
            for text in [sign.to_owned(), format!("{sign}1+1"), format!("'{sign}x"), format!("''{sign}x")] {
                assert_eq!(guarded(&text), format!("'{text}"));
                assert_eq!(unguarded(&guarded(&text)), text);
            }
        }
        for text in ["", "'", "''", "a", "a=b", "'a", "o'neil", " =1", "ann@example.com", "日本"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }
}
