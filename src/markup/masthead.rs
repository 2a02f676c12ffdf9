//! The head of the page: what is in effect, and what can be done.

use super::{Markup, Setting};
use crate::overview::Overview;
use crate::text::Language;

/// AWS makes a new report at most every four hours.
const OLD: i64 = 4 * 3600;

/// Which accounts are shown, and as of when.
pub fn source(markup: &mut Markup, overview: &Overview, setting: &Setting<'_>) {
    let t = &setting.text.page;
    let first = overview.accounts.first().filter(|first| !first.account.is_empty());
    let first = first.map(|first| setting.account(&first.account));
    let others = overview.accounts.len().saturating_sub(1) as u64;
    markup.leaf("b", &[], first.as_deref().unwrap_or(t.account_unknown));
    if others > 0 {
        markup.text(" ");
        markup.text(&(t.and_more)(others));
    }
    dot(markup);
    markup.text(&(t.users)(overview.users.into()));
    dot(markup);
    markup.text(t.as_of);
    markup.text(" ");
    markup
        .open("button", &[("type", "button"), ("id", "as-of"), ("class", "inline"), ("data-panel", "as-of")]);
    markup.leaf("time", &[("datetime", &overview.as_of.to_string())], &(setting.moment)(overview.as_of));
    markup.close();
}

fn dot(markup: &mut Markup) {
    markup.leaf("span", &[("class", "dot")], " · ");
}

/// Where the as-of time comes from, how old the report is, in seconds, and what the result does not tell.
pub fn origin(markup: &mut Markup, overview: &Overview, age: i64, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    let (warnings, not_evaluated) = (overview.warnings_total, overview.not_evaluated());
    let old = (age >= OLD).then(|| (t.old_report)(age.unsigned_abs()));
    let from = overview.as_of_source;
    markup.leaf("span", &[("id", "as-of-source"), ("data-source", from.name())], text.as_of_source(from));
    if age >= 0 {
        dot(markup);
        let title = old.as_deref().map(|old| [("title", old)]);
        markup.leaf("span", title.as_ref().map_or(&[], |title| title), &(t.report_age)(age.unsigned_abs()));
    }
    if let Some(old) = &old {
        markup.visually_hidden(&format!(" {old} "));
        dot(markup);
        markup.leaf(
            "button",
            &[("type", "button"), ("id", "old"), ("class", "link"), ("data-panel", "how-to")],
            t.how_to_new,
        );
    }
    if warnings > 0 {
        dot(markup);
        jump(markup, "#warnings", &(t.warnings_count)(warnings));
    }
    if not_evaluated > 0 {
        dot(markup);
        jump(markup, "#not-judged", &(t.not_evaluated_count)(not_evaluated));
    }
}

fn jump(markup: &mut Markup, to: &str, words: &str) {
    markup.leaf("a", &[("href", to), ("class", "jump")], words);
}

/// What can be done with the result.
pub fn actions(markup: &mut Markup, overview: &Overview, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    browse(markup, "add", "add", t.add, "button");
    browse(markup, "browse", "replace", t.open_other, "button");
    markup.open("button", &[("type", "button"), ("id", "policy-button"), ("data-panel", "policy")]);
    markup.text(t.policy);
    markup.text(" ");
    markup.leaf("small", &[("id", "policy-name")], text.preset(overview.policy.preset()));
    markup.close();
    markup.open("span", &[("class", "split")]);
    markup.leaf("button", &[("type", "button"), ("id", "export"), ("class", "primary")], t.export_json);
    markup.leaf(
        "button",
        &[
            ("type", "button"),
            ("id", "export-more"),
            ("class", "primary"),
            ("aria-label", t.export_more),
            ("title", t.export_more),
            ("data-panel", "export"),
        ],
        "▾",
    );
    markup.close();
    markup.leaf("button", &[("type", "button"), ("id", "close")], t.close);
}

/// A real file input with its label for a button. What is chosen replaces the result, or is added to it.
pub(super) fn browse(markup: &mut Markup, id: &str, mode: &str, label: &str, class: &str) {
    let attributes =
        [("type", "file"), ("multiple", ""), ("id", id), ("class", "visually-hidden"), ("data-mode", mode)];
    choose(markup, &attributes, id, label, class);
}

/// A file input of these attributes.
pub(super) fn choose(
    markup: &mut Markup,
    attributes: &[(&'static str, &str)],
    id: &str,
    label: &str,
    class: &str,
) {
    markup.open("span", &[("class", "browse")]);
    markup.void("input", attributes);
    markup.leaf("label", &[("for", id), ("class", class)], label);
    markup.close();
}

/// The language, and the theme by its name; and the keys.
pub fn preferences(markup: &mut Markup, theme: &str, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    select(markup, "language", t.language);
    for language in Language::ALL {
        let tag = language.tag();
        let is_chosen = language == text.language;
        option(markup, &[("value", tag), ("lang", tag)], is_chosen, language.text().page.language_name);
    }
    markup.close();
    select(markup, "theme", t.theme);
    for (name, words) in [("system", t.theme_system), ("light", t.theme_light), ("dark", t.theme_dark)] {
        option(markup, &[("value", name)], name == theme, words);
    }
    markup.close();
    markup.leaf(
        "button",
        &[
            ("type", "button"),
            ("id", "shortcuts-button"),
            ("class", "quiet"),
            ("aria-label", t.shortcuts),
            ("title", t.shortcuts),
            ("data-panel", "shortcuts"),
        ],
        "?",
    );
}

/// Begins a select with its label.
fn select(markup: &mut Markup, id: &str, label: &str) {
    markup.leaf("label", &[("class", "visually-hidden"), ("for", id)], label);
    markup.open("select", &[("id", id)]);
}

fn option(markup: &mut Markup, attributes: &[(&'static str, &str)], is_chosen: bool, words: &str) {
    let mut attributes = attributes.to_vec();
    if is_chosen {
        attributes.push(("selected", ""));
    }
    markup.leaf("option", &attributes, words);
}
