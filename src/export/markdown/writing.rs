//! Text that is Markdown in no part of it: names as code, sentences escaped, ids in comments.

use std::fmt::Write;

/// How many characters of a name are written; AWS allows 64.
const NAME: usize = 256;

/// A name as code, so that nothing in it is a mark, a mention or a link. A line break in it is a blank.
pub(in crate::export) fn code(name: &str) -> String {
    let mut name: String = name.chars().map(|c| if breaks_line(c) { ' ' } else { c }).collect();
    if let Some((end, _)) = name.char_indices().nth(NAME) {
        name.truncate(end);
        name.push('…');
    }
    if name.trim_matches(' ').is_empty() {
        "–".clone_into(&mut name);
    }
    // Longer than any run of backticks within.
    let longest = name.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if name.starts_with(['`', ' ']) || name.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{blank}{name}{blank}{fence}")
}

/// A sentence, in which backticks mark what is typed or read literally; every other mark is escaped.
pub(in crate::export) fn sentence(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    let parts: Vec<&str> = text.split('`').collect();
    for (place, part) in parts.iter().enumerate() {
        // The last one is no code where a backtick is never closed.
        if place % 2 == 1 && place + 1 < parts.len() {
            written.push_str(&code(part));
        } else {
            if place % 2 == 1 {
                written.push_str("\\`");
            }
            escape(part, &mut written);
        }
    }
    written
}

/// Escapes every mark of Markdown and HTML.
fn escape(text: &str, written: &mut String) {
    for c in text.chars() {
        match c {
            _ if breaks_line(c) => written.push(' '),
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            // What GitHub takes for a mention when all is read, escaped or not.
            '@' => written.push_str("&#64;<!-- -->"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '+' | '!' | '|' | '~' | '$' => {
                written.push('\\');
                written.push(c);
            }
            _ => written.push(c),
        }
    }
}

/// A comment that nothing in a text ends: all but plain characters are percent-encoded, and so are two
/// hyphens in a row.
pub(in crate::export) fn comment(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    written.push_str("<!-- ");
    for part in text.split_inclusive("--") {
        let (plain, hyphens) = part.strip_suffix("--").map_or((part, ""), |plain| (plain, "%2D%2D"));
        for byte in plain.bytes() {
            if byte.is_ascii_alphanumeric() || b"_+=,.@:/#-".contains(&byte) {
                written.push(char::from(byte));
            } else {
                // Writing to a string does not fail.
                let _ = write!(written, "%{byte:02X}");
            }
        }
        written.push_str(hyphens);
    }
    written.push_str(" -->");
    written
}

/// How long a text is where it is counted: in UTF-16, so that it is too long nowhere.
pub(in crate::export) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_code_whatever_is_in_it() {
        assert_eq!(code("andrew"), "`andrew`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(" a"), "`  a `");
        assert_eq!(code("a\r\nb\u{2028}c"), "`a  b c`");
        assert_eq!(code("\n"), "`–`");
        assert_eq!(code(&"a".repeat(300)).chars().count(), 259);
    }

    #[test]
    fn a_sentence_has_no_mark_but_code() {
        assert_eq!(sentence("a *b* <c> `d_e` @f"), "a \\*b\\* &lt;c&gt; `d_e` &#64;<!-- -->f");
        assert_eq!(sentence("a `b"), "a \\`b");
    }

    #[test]
    fn nothing_ends_a_comment() {
        assert_eq!(
            comment("a/arn:aws:iam::1:user/x--><b>"),
            "<!-- a/arn:aws:iam::1:user/x%2D%2D%3E%3Cb%3E -->"
        );
        assert_eq!(comment("---"), "<!-- %2D%2D- -->");
        assert_eq!(comment("a\nb é%"), "<!-- a%0Ab%20%C3%A9%25 -->");
        assert_eq!(comment("-"), "<!-- - -->");
    }
}
