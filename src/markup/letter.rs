//! Letters on paper, a page each, from their Markdown: of that they use headings, lists with boxes, bold words
//! and names as code.

use super::{Markup, Setting};

/// How a line begins, and the element of it. The longer beginnings come first.
const LINES: [(&str, &str); 4] = [("## ", "h3"), ("# ", "h2"), ("- [ ] ", "li"), ("- ", "li")];

/// All letters, each with a place to sign at its end.
pub fn letters(markup: &mut Markup, markdown: &str, setting: &Setting<'_>) {
    let mut is_first = true;
    let mut is_list = false;
    for line in markdown.lines() {
        // Each letter begins with its number in a comment.
        if line.starts_with("<!-- ") {
            end_list(markup, &mut is_list);
            if !std::mem::take(&mut is_first) {
                end(markup, setting);
            }
            markup.open("section", &[("class", "letter")]);
            continue;
        }
        let found =
            LINES.into_iter().find_map(|(begins, tag)| Some((begins, tag, line.strip_prefix(begins)?)));
        match found {
            Some((begins, "li", rest)) => {
                if !std::mem::replace(&mut is_list, true) {
                    markup.open("ul", &[]);
                }
                markup.open("li", if begins == "- [ ] " { &[("class", "box")] } else { &[] });
                inline(markup, rest);
                markup.close();
            }
            _ if line.is_empty() => {}
            // What goes on with an item.
            None if is_list && line.starts_with("  ") => {
                markup.open("li", &[("class", "hint")]);
                inline(markup, line.trim_start());
                markup.close();
            }
            found => {
                end_list(markup, &mut is_list);
                let (tag, rest) = found.map_or(("p", line), |(_, tag, rest)| (tag, rest));
                markup.open(tag, &[]);
                inline(markup, rest);
                markup.close();
            }
        }
    }
    end_list(markup, &mut is_list);
    if !is_first {
        end(markup, setting);
    }
}

/// Ends a letter: who answers, and when.
fn end(markup: &mut Markup, setting: &Setting<'_>) {
    let t = &setting.text.page;
    markup.open("p", &[("class", "reviewer")]);
    markup.leaf("span", &[], t.print_reviewer);
    markup.leaf("span", &[], t.print_date);
    markup.close();
    markup.close();
}

fn end_list(markup: &mut Markup, is_list: &mut bool) {
    if std::mem::take(is_list) {
        markup.close();
    }
}

/// What an entity of Markdown's stands for.
const ENTITIES: [(&str, &str); 4] = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#64;<!-- -->", "@")];

/// The words of a line: bold ones, code, and marks that are escaped.
fn inline(markup: &mut Markup, line: &str) {
    let mut rest = line;
    let mut is_bold = false;
    while let Some(at) = rest.find(['\\', '`', '*', '&']) {
        markup.text(&rest[..at]);
        rest = &rest[at..];
        let fence = rest.len() - rest.trim_start_matches('`').len();
        if let Some(after) = rest.strip_prefix('\\') {
            let end = after.chars().next().map_or(0, char::len_utf8);
            markup.text(&after[..end]);
            rest = &after[end..];
        } else if fence > 0 {
            let (code, after) = code(&rest[fence..], fence);
            markup.leaf("code", &[], code);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("**") {
            if is_bold {
                markup.close();
            } else {
                markup.open("b", &[]);
            }
            is_bold = !is_bold;
            rest = after;
        } else if let Some((entity, text)) = ENTITIES.into_iter().find(|(entity, _)| rest.starts_with(entity))
        {
            markup.text(text);
            rest = &rest[entity.len()..];
        } else {
            markup.text(&rest[..1]);
            rest = &rest[1..];
        }
    }
    markup.text(rest);
    if is_bold {
        markup.close();
    }
}

/// Code up to the run of so many backticks that ends it, and what follows.
fn code(text: &str, fence: usize) -> (&str, &str) {
    let mut from = 0;
    while let Some(at) = text[from..].find('`') {
        let begin = from + at;
        let run = text[begin..].len() - text[begin..].trim_start_matches('`').len();
        if run == fence {
            let inside = &text[..begin];
            // The blank beside a backtick is the fence's.
            let plain = inside.strip_prefix(' ').and_then(|inside| inside.strip_suffix(' '));
            return (plain.filter(|plain| !plain.trim().is_empty()).unwrap_or(inside), &text[begin + run..]);
        }
        from = begin + run;
    }
    (text, "")
}
