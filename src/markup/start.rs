//! The first screen: what this is, the ways in, how to get a report, and what becomes of it.

use super::masthead::{browse, choose};
use super::{Markup, Setting, how_to};

/// All of it.
pub fn start(markup: &mut Markup, setting: &Setting<'_>) {
    let t = &setting.text.page;
    markup.open("div", &[("class", "opening")]);
    markup.leaf("p", &[("class", "lead")], t.lead);
    markup.open("p", &[("class", "privacy")]);
    shield(markup);
    markup.open("span", &[]);
    markup.text(t.privacy_line);
    markup.text(" ");
    button(
        markup,
        &[("class", "link"), ("id", "privacy-button"), ("data-panel", "privacy")],
        t.check_yourself,
    );
    markup.close();
    markup.close();
    markup.open("section", &[("class", "drop"), ("id", "drop"), ("aria-labelledby", "drop-title")]);
    markup.leaf("h2", &[("id", "drop-title")], t.drop_title);
    markup.leaf("p", &[], t.drop_hint);
    markup.open("div", &[("class", "ways")]);
    browse(markup, "browse", "replace", t.browse, "button primary");
    let folder = [
        ("type", "file"),
        ("multiple", ""),
        ("webkitdirectory", ""),
        ("id", "choose-folder"),
        ("class", "visually-hidden"),
        ("data-mode", "replace"),
    ];
    choose(markup, &folder, "choose-folder", t.choose_folder, "button");
    button(markup, &[("id", "sample")], t.sample);
    button(markup, &[("id", "paste"), ("data-panel", "paste")], t.paste);
    markup.close();
    markup.leaf("p", &[("class", "hint")], t.sample_hint);
    markup.close();
    markup.open("ul", &[("class", "questions")]);
    for (question, says) in [
        (t.question_rotation, t.question_rotation_text),
        (t.question_mfa, t.question_mfa_text),
        (t.question_last_use, t.question_last_use_text),
    ] {
        markup.open("li", &[]);
        markup.leaf("h3", &[], question);
        markup.leaf("p", &[], says);
        markup.close();
    }
    markup.close();
    markup.close();
    markup.open("section", &[("class", "how-to"), ("aria-labelledby", "how-to-title")]);
    markup.leaf("h2", &[("id", "how-to-title")], t.how_to_title);
    how_to(markup, setting);
    markup.close();
}

fn button(markup: &mut Markup, attributes: &[(&'static str, &str)], words: &str) {
    let mut all = vec![("type", "button")];
    all.extend_from_slice(attributes);
    markup.leaf("button", &all, words);
}

fn shield(markup: &mut Markup) {
    let size = [
        ("class", "shield"),
        ("viewBox", "0 0 16 16"),
        ("width", "16"),
        ("height", "16"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    markup.open("svg", &size);
    for line in ["M8 1 14 3v4.6C14 11.2 11.6 14 8 15.2 4.4 14 2 11.2 2 7.6V3Z", "m5.2 8 2 2 3.6-4"] {
        let attributes = [("d", line), ("fill", "none"), ("stroke", "currentColor"), ("stroke-width", "1.4")];
        markup.leaf("path", &attributes, "");
    }
    markup.close();
}
