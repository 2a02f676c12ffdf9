//! The dialog of the export, by purpose: of everything or of what is shown, to a file, to the clipboard, or
//! to print.

use std::rc::Rc;
use std::sync::Arc;

use credential_report_viewer::export::{
    Counted, ExportRequest, Form, OcsfClass, Preview, Purpose, RedactionKey, Separator, answer_by, file_name,
};
use credential_report_viewer::markup::Markup;
use credential_report_viewer::query::Query;
use credential_report_viewer::review::Day;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Element, Event, HtmlInputElement};

use super::dialog::{Frame, modal};
use super::filters;
use crate::app::effect::effect;
use crate::app::element::{self, input, say};
use crate::app::page_state::Page;
use crate::app::watched::Watched;
use crate::app::{export, markup, moment, print};

/// What is chosen in the dialog.
struct Choice {
    request: Watched<ExportRequest>,
    /// Whether only what is shown is asked for.
    shown: Watched<bool>,
    redacted: Watched<bool>,
    /// What it would hold, once that is known.
    seen: Watched<Option<Arc<Preview>>>,
}

impl Choice {
    fn new(page: Page) -> Self {
        let separator = if moment::has_decimal_comma() { Separator::Semicolon } else { Separator::Comma };
        Self {
            request: Watched::new(ExportRequest { separator, ..ExportRequest::default() }),
            shown: Watched::new(page.view.with_untracked(|view| view.query.is_narrow())),
            redacted: Watched::new(false),
            seen: Watched::new(None),
        }
    }

    /// What is asked for.
    fn asked(&self, page: Page) -> ExportRequest {
        // The question without its page: all that it matches is meant.
        let filter = self.shown.get().then(|| Query { offset: 0, limit: u32::MAX, ..page.query() });
        let request = self.request.get();
        let is_redacted = self.redacted.get() && request.form.can_be_redacted();
        let redaction = is_redacted.then(|| page.redaction_key.get()).flatten();
        ExportRequest { filter, redaction, language: page.language.get(), ..request }
    }
}

pub(super) fn dialog(page: Page) -> AnyView {
    let choice = Rc::new(Choice::new(page));
    let html = markup::html(page, |html, _| write(html, page, &choice));
    let (asking, shown) = (choice.clone(), choice.clone());
    effect(move || preview(page, asking.clone()));
    effect(move || show(page, &shown));
    let act = move |event: &Event, about: &Element| acted(page, &choice, event, about);
    modal(
        page,
        Frame { id: "export-dialog", title: page.text().page.export, wide: true },
        html,
        Box::new(act),
    )
}

/// Looks at what the export would hold.
fn preview(page: Page, choice: Rc<Choice>) {
    let request = choice.asked(page);
    spawn_local(async move {
        if let Some(preview) = export::preview(page, request).await {
            choice.seen.set(Some(Arc::from(preview)));
        }
    });
}

fn write(html: &mut Markup, page: Page, choice: &Choice) {
    let text = page.text();
    let t = &text.export;
    html.open("div", &[("class", "formats")]);
    for (purpose, name) in Purpose::ALL.into_iter().zip(t.purposes) {
        html.open("fieldset", &[]);
        html.leaf("legend", &[], name);
        html.open("div", &[]);
        formats(html, page, purpose);
        html.close();
        if purpose == Purpose::Auditor {
            paper(html, page);
        }
        html.close();
    }
    html.close();
    html.open("div", &[("class", "settings")]);
    scope(html, page, choice);
    options(html, page, choice);
    html.close();
    html.leaf("h3", &[], t.preview);
    html.leaf("pre", &[("id", "export-preview"), ("tabindex", "0")], "");
    html.open("div", &[("class", "made")]);
    html.open("p", &[("id", "export-contents"), ("aria-live", "polite")]);
    html.leaf("span", &[("id", "export-summary")], "");
    html.void("br", &[]);
    html.leaf("code", &[("id", "export-name")], "");
    html.close();
    html.open("div", &[("class", "buttons")]);
    let download = [("type", "button"), ("class", "primary"), ("id", "export-download")];
    html.leaf("button", &download, text.page.download);
    html.leaf("button", &[("type", "button"), ("id", "export-print"), ("hidden", "")], text.page.print);
    html.leaf("button", &[("type", "button"), ("id", "export-copy")], text.page.copy);
    html.close();
    html.close();
}

/// The forms of a purpose, to choose from.
fn formats(html: &mut Markup, page: Page, purpose: Purpose) {
    let t = &page.text().export;
    for form in purpose.forms() {
        let (name, meaning) = t.formats[form as usize];
        let id = input_of(form);
        let mut attributes =
            vec![("type", "radio"), ("name", "export-format"), ("value", form.name()), ("id", &id)];
        if form == Form::default() {
            attributes.push(("checked", ""));
        }
        html.open("label", &[]);
        html.void("input", &attributes);
        html.open("span", &[]);
        html.leaf("b", &[], name);
        html.leaf("span", &[("class", "hint meaning")], meaning);
        if let Some(requirement) = form.requires() {
            html.leaf("span", &[("class", "hint needs")], t.requires[requirement as usize]);
        }
        html.close();
        html.close();
    }
}

fn input_of(form: Form) -> String {
    format!("export-{}", form.name())
}

/// What is printed.
fn paper(html: &mut Markup, page: Page) {
    let t = &page.text().page;
    let matching =
        page.cards.with_untracked(|cards| cards.as_ref().map(|cards| cards.matching)).unwrap_or_default();
    html.open("div", &[("class", "buttons")]);
    html.leaf("button", &[("type", "button"), ("id", "print")], t.print);
    html.close();
    html.leaf("p", &[("class", "hint")], &(t.print_text)(matching.min(print::MAX_USERS).into()));
}

/// Everything, or what is shown.
fn scope(html: &mut Markup, page: Page, choice: &Choice) {
    let t = &page.text().export;
    let narrow = choice.shown.get_untracked();
    let radio = |id: &'static str| vec![("type", "radio"), ("name", "export-scope"), ("id", id)];
    let (mut everything, mut shown) = (radio("export-everything"), radio("export-shown"));
    if narrow {
        shown.push(("checked", ""));
    } else {
        everything.push(("checked", ""));
        shown.push(("disabled", ""));
    }
    html.open("fieldset", &[("class", "scope")]);
    html.leaf("legend", &[], t.what);
    html.open("label", &[]);
    html.void("input", &everything);
    html.text(t.everything);
    html.close();
    html.open("label", &[]);
    html.void("input", &shown);
    html.open("span", &[]);
    html.text(t.shown);
    if !narrow {
        html.text(" ");
        html.leaf("span", &[("class", "hint")], t.shown_needs_filter);
    }
    html.close();
    html.close();
    html.close();
}

/// What can be set: redaction, and what the chosen format has.
fn options(html: &mut Markup, page: Page, choice: &Choice) {
    let t = &page.text().export;
    let semicolon = choice.request.with_untracked(|request| request.separator == Separator::Semicolon);
    html.open("fieldset", &[("class", "scope")]);
    html.leaf("legend", &[], t.options);
    for (label, id, is_on, words) in [
        ("redact-option", "export-redact", false, t.redact),
        ("semicolon-option", "export-semicolon", semicolon, t.semicolon),
        ("detection-option", "export-detection", false, t.detection_finding),
    ] {
        let mut attributes = vec![("type", "checkbox"), ("id", id)];
        if is_on {
            attributes.push(("checked", ""));
        }
        html.open("label", &[("id", label)]);
        html.void("input", &attributes);
        html.text(words);
        html.close();
    }
    let day = page.overview.with_untracked(|overview| overview.as_ref().map(|of| answer_by(of.as_of)));
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    html.open("label", &[("id", "answer-option"), ("hidden", "")]);
    html.text(page.text().letters.reply_by);
    html.void("input", &[("type", "date"), ("id", "export-answer-by"), ("value", &day)]);
    html.close();
    html.open("div", &[("id", "redaction"), ("hidden", "")]);
    html.leaf("p", &[("class", "hint")], t.redact_text);
    html.open("div", &[("class", "buttons")]);
    html.leaf("button", &[("type", "button"), ("id", "redaction-table")], t.table_save);
    html.leaf("button", &[("type", "button"), ("id", "redaction-key")], t.key_save);
    html.open("span", &[("class", "browse")]);
    html.void("input", &[("type", "file"), ("id", "redaction-open"), ("class", "visually-hidden")]);
    html.leaf("label", &[("for", "redaction-open"), ("class", "button")], t.key_open);
    html.close();
    html.close();
    html.close();
    html.leaf("p", &[("class", "refused"), ("id", "export-refused"), ("role", "alert")], "");
    html.close();
}

/// Shows what is chosen, and what the file will hold.
fn show(page: Page, choice: &Choice) {
    let request = choice.asked(page);
    let (form, redacted) = (request.form, choice.redacted.get());
    let seen = choice.seen.get();
    if let Some(redact) = input("export-redact") {
        redact.set_checked(redacted);
        redact.set_disabled(!form.can_be_redacted());
    }
    element::set("semicolon-option", "hidden", !form.has_separator());
    element::set("detection-option", "hidden", form != Form::Ocsf);
    element::set("answer-option", "hidden", form != Form::Letters);
    element::set("redaction", "hidden", !redacted);
    // Scripts of several accounts are no one text; and there may be nothing to do.
    let nothing = form.is_script() && seen.as_ref().is_some_and(|of| of.lines.is_empty());
    element::set("export-download", "disabled", nothing);
    element::set("export-copy", "disabled", form.is_script());
    element::set("export-print", "hidden", form != Form::Letters);
    let name =
        page.overview.with(|overview| overview.as_deref().map(|overview| file_name(overview, &request)));
    say("export-name", &name.unwrap_or_default());
    let Some(preview) = seen else { return };
    say("export-preview", &preview.lines.join("\n"));
    say("export-summary", &summary(page, choice, form, &preview));
    // What cannot be made of this result is grey.
    for form in Form::ALL.into_iter().filter(|form| form.requires().is_some()) {
        let is_missing = preview.missing.iter().any(|(missing, _)| *missing == form);
        element::set(&input_of(form), "disabled", is_missing);
    }
}

/// What the file will hold.
fn summary(page: Page, choice: &Choice, form: Form, preview: &Preview) -> String {
    let text = page.text();
    let (t, words) = (&text.export, &text.page);
    let what = match form.counted() {
        Counted::Findings => (words.findings)(preview.findings),
        Counted::Users => (words.users)(preview.users),
    };
    let filters = if choice.shown.get() { filters::words(page) } else { vec![t.everything.to_owned()] };
    format!("{} · {}", (t.contains)(&what, preview.accounts), filters.join(" · "))
}

fn acted(page: Page, choice: &Choice, event: &Event, about: &Element) {
    let change = |change: &dyn Fn(&mut ExportRequest)| choice.request.update(change);
    let is_on = || event_target_checked(event);
    match (event.type_().as_str(), about.id().as_str()) {
        ("change", "export-everything") => choice.shown.set(false),
        ("change", "export-shown") => choice.shown.set(true),
        ("change", "export-redact") => redact(page, choice, is_on()),
        ("change", "export-semicolon") => {
            let separator = if is_on() { Separator::Semicolon } else { Separator::Comma };
            change(&|request| request.separator = separator);
        }
        ("change", "export-detection") => {
            let class = if is_on() { OcsfClass::DetectionFinding } else { OcsfClass::ComplianceFinding };
            change(&|request| request.class = class);
        }
        ("change", "export-answer-by") => {
            let day = Day::parse(&event_target_value(event));
            change(&|request| request.answer_by = day);
        }
        ("change", "redaction-open") => open_key(page, event),
        ("change", _) => {
            let name = event_target_value(event);
            if let Some(form) = Form::ALL.into_iter().find(|form| form.name() == name) {
                change(&|request| request.form = form);
            }
        }
        ("click", "redaction-table") => export::save_table(page),
        ("click", "redaction-key") => export::save_key(page),
        ("click", "export-download") => start(page, choice, false),
        ("click", "export-copy") => start(page, choice, true),
        ("click", "export-print") => {
            let request = untrack(|| choice.asked(page));
            page.panel.set(None);
            print::letters(page, request);
        }
        ("click", "print") => {
            let key = choice.redacted.get_untracked().then(|| page.redaction_key.get_untracked()).flatten();
            page.panel.set(None);
            print::start(page, key);
        }
        _ => {}
    }
}

fn start(page: Page, choice: &Choice, copy: bool) {
    let request = untrack(|| choice.asked(page));
    page.panel.set(None);
    export::start(page, request, copy);
}

fn redact(page: Page, choice: &Choice, is_on: bool) {
    let has_key = !is_on || export::redaction_key(page).is_some();
    say("export-refused", if has_key { "" } else { page.text().export.no_random });
    choice.redacted.set(is_on && has_key);
    if let Some(redact) = input("export-redact") {
        redact.set_checked(is_on && has_key);
    }
}

/// Reads a key that was saved; its file is small.
fn open_key(page: Page, event: &Event) {
    let input: HtmlInputElement = event_target(event);
    let file = input.files().and_then(|files| files.item(0));
    input.set_value("");
    let Some(file) = file else { return };
    let text = page.text();
    spawn_local(async move {
        let file = gloo_file::File::from(file);
        let read = gloo_file::futures::read_as_text(&file).await;
        let trouble = match read.map(|text| RedactionKey::from_file(&text)) {
            Ok(Ok(key)) => {
                page.redaction_key.set(Some(key));
                String::new()
            }
            Ok(Err(_)) => format!("{}: {}", file.name(), text.export.no_key),
            Err(_) => text.page.error_unreadable.to_owned(),
        };
        say("export-refused", &trouble);
    });
}
