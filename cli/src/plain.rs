//! Text of others on a terminal.

/// A text in which nothing commands a terminal or turns the order of letters: such characters are
/// written as `\u{1b}`.
pub(crate) fn plain(text: &str) -> String {
    let commands = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}' | '\u{2029}')
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    };
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if commands(c) { plain.extend(c.escape_unicode()) } else { plain.push(c) }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_commands_a_terminal() {
        assert_eq!(plain("a\u{1b}[2J\r\nb\u{9b}\u{202e}c"), "a\\u{1b}[2J\\u{d}\\u{a}b\\u{9b}\\u{202e}c");
        assert_eq!(plain("山田 太郎 – é"), "山田 太郎 – é");
    }
}
