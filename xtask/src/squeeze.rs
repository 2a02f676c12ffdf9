//! Makes text shorter: by esbuild where it is, else where that is certain not to change
//! the meaning: comments on lines of their own, indentation and empty lines.

use std::{
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

/// Makes scripts and style shorter.
#[derive(Debug, Default)]
pub(crate) struct Minifier {
    /// esbuild, if it is there.
    pub(crate) program: Option<PathBuf>,
}

impl Minifier {
    /// The same script, shorter; names at its top level stay.
    pub(crate) fn script(&self, text: &str) -> Result<String> {
        self.run("js", text).unwrap_or_else(|| Ok(script(text)))
    }

    /// The same style sheet, shorter.
    pub(crate) fn style(&self, text: &str) -> Result<String> {
        self.run("css", text).unwrap_or_else(|| Ok(style(text)))
    }

    fn run(&self, language: &str, text: &str) -> Option<Result<String>> {
        let program = self.program.as_ref()?;
        Some(minify(Command::new(program).arg(format!("--loader={language}")), text))
    }
}

fn minify(esbuild: &mut Command, text: &str) -> Result<String> {
    let mut child = esbuild
        .args(["--minify", "--charset=utf8", "--log-level=error"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start esbuild")?;
    // It reads all before it writes anything.
    child.stdin.take().context("esbuild takes no input")?.write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "esbuild failed ({})", output.status);
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}

/// A script with its comments and indentation taken out.
///
/// Only whole lines are comments to this: it knows no strings. A script in which a
/// line could begin within a string is left as it is.
fn script(text: &str) -> String {
    let spans_lines = |line: &str| line.ends_with('\\') || line.matches('`').count() % 2 == 1;
    if text.lines().any(spans_lines) {
        return text.to_owned();
    }
    let mut squeezed = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            squeezed.push_str(line);
            squeezed.push('\n');
        }
    }
    squeezed
}

/// A style sheet without comments and indentation.
fn style(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, from) = rest.split_at(at);
        bare.push_str(before);
        let length = if from.starts_with("/*") {
            bare.push(' ');
            let end = from.find("*/").map_or(from.len(), |end| end + 2);
            rest = &from[end..];
            continue;
        } else if from.starts_with('/') {
            1
        } else {
            string_length(from)
        };
        bare.push_str(&from[..length]);
        rest = &from[length..];
    }
    bare.push_str(rest);
    lines(&bare)
}

/// The length of the quoted string that the text begins with.
fn string_length(text: &str) -> usize {
    let mut characters = text.char_indices();
    let quote = characters.next().map(|(_, quote)| quote);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if Some(character) == quote {
            return at + character.len_utf8();
        }
    }
    text.len()
}

/// Markup without comments and indentation.
pub(crate) fn markup(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        bare.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    lines(&bare)
}

fn lines(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        squeezed.push_str(line);
        squeezed.push('\n');
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_keeps_what_only_looks_like_a_comment() {
        let text = "\
/**
 * @returns {number}
 */
function f() {
    // Why.
    const address = \"https://example\"; // kept

    return address;
}
/* one line */
";
        let squeezed = "\
function f() {
const address = \"https://example\"; // kept
return address;
}
";
        assert_eq!(script(text), squeezed);
    }

    #[test]
    fn a_script_with_strings_over_lines_is_left_alone() {
        let text = "const text = `\n    // not a comment\n`;\n";
        assert_eq!(script(text), text);
    }

    #[test]
    fn a_style_sheet_keeps_its_strings() {
        let text = "\
/* over
   lines */
a::after {
    content: \"/* '\\\" */\"; /* gone */
}
b { background: url('x//y') }
";
        let squeezed = "\
a::after {
content: \"/* '\\\" */\";
}
b { background: url('x//y') }
";
        assert_eq!(style(text), squeezed);
    }

    #[test]
    fn a_comment_in_a_style_sheet_parts_what_stands_around_it() {
        assert_eq!(style("a/* */b {}"), "a b {}\n");
        assert_eq!(style("a {} /* open"), "a {}\n");
    }

    #[test]
    fn markup_loses_its_comments() {
        assert_eq!(markup("<p>\n  <!-- a\n b --> text\n</p>"), "<p>\ntext\n</p>\n");
    }
}
