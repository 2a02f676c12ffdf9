//! The dialog of the export, by purpose: of everything or of what is shown, to a file, to the clipboard, or
//! to print.

use std::sync::Arc;

use credential_report_viewer::export::{
    Counted, ExportRequest, Form, OcsfClass, Preview, Purpose, RedactionKey, Separator, file_name,
};
use credential_report_viewer::query::Query;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::dialog::modal;
use super::filters;
use crate::app::page_state::Page;
use crate::app::{export, markup, moment, print};

/// What is chosen in the dialog.
#[derive(Clone, Copy)]
struct Choice {
    request: RwSignal<ExportRequest>,
    /// Whether only what is shown is asked for.
    shown: RwSignal<bool>,
    redacted: RwSignal<bool>,
}

impl Choice {
    /// What is asked for.
    fn asked(self, page: Page) -> ExportRequest {
        // The question without its page: all that it matches is meant.
        let filter = self.shown.get().then(|| Query { offset: 0, limit: u32::MAX, ..page.query() });
        let request = self.request.get();
        let is_redacted = self.redacted.get() && request.form.can_be_redacted();
        let redaction = is_redacted.then(|| page.redaction_key.get()).flatten();
        ExportRequest { filter, redaction, language: page.language.get(), ..request }
    }

    fn change(self, change: impl FnOnce(&mut ExportRequest)) {
        self.request.update(change);
    }
}

pub(super) fn dialog(page: Page) -> impl IntoView {
    let t = &page.text().export;
    let narrow = page.view.with_untracked(|view| view.query.is_narrow());
    let separator = if moment::has_decimal_comma() { Separator::Semicolon } else { Separator::Comma };
    let choice = Choice {
        request: RwSignal::new(ExportRequest { separator, ..ExportRequest::default() }),
        shown: RwSignal::new(narrow),
        redacted: RwSignal::new(false),
    };
    let seen = RwSignal::new(None::<Arc<Preview>>);
    Effect::new(move |_| export::preview(page, choice.asked(page), seen));
    Effect::new(move |_| {
        if let Some(preview) = seen.get() {
            disable(&preview);
        }
    });
    let start = move |copy: bool| {
        let request = untrack(move || choice.asked(page));
        page.panel.set(None);
        export::start(page, request, copy);
    };
    let choose = move |event: web_sys::Event| {
        let name = event_target_value(&event);
        if let Some(form) = Form::ALL.into_iter().find(|form| form.name() == name) {
            choice.change(|request| request.form = form);
        }
    };
    // Scripts of several accounts are no one text; and there may be nothing to do.
    let is_script = move || choice.request.with(|request| request.form.is_script());
    let nothing =
        move || is_script() && seen.with(|seen| seen.as_ref().is_some_and(|of| of.lines.is_empty()));
    let content = view! {
        <div class="formats" on:change=choose>
            {Purpose::ALL.into_iter().zip(t.purposes).map(|(purpose, name)| view! {
                <fieldset>
                    <legend>{name}</legend>
                    <div inner_html=formats(page, purpose)></div>
                    {(purpose == Purpose::Auditor).then(|| paper(page, choice))}
                </fieldset>
            }).collect_view()}
        </div>
        <div class="settings">
            <fieldset class="scope">
                <legend>{t.what}</legend>
                <label>
                    <input type="radio" name="export-scope" id="export-everything" checked=!narrow
                        on:change=move |_| choice.shown.set(false)/>
                    {t.everything}
                </label>
                <label>
                    <input type="radio" name="export-scope" id="export-shown" checked=narrow disabled=!narrow
                        on:change=move |_| choice.shown.set(true)/>
                    <span>{t.shown}{(!narrow).then(|| view! { " "<span class="hint">{t.shown_needs_filter}</span> })}</span>
                </label>
            </fieldset>
            {options(page, choice)}
        </div>
        <h3>{t.preview}</h3>
        <pre id="export-preview" tabindex="0">{move || seen.get().map(|preview| preview.lines.join("\n"))}</pre>
        <div class="made">
            {contents(page, choice, seen)}
            <div class="buttons">
                <button type="button" class="primary" id="export-download" disabled=nothing on:click=move |_| start(false)>{page.text().page.download}</button>
                <button type="button" id="export-copy" disabled=is_script on:click=move |_| start(true)>{page.text().page.copy}</button>
            </div>
        </div>
    };
    modal(page, "export-dialog", page.text().page.export, true, content.into_any())
}

/// The forms of a purpose, to choose from.
fn formats(page: Page, purpose: Purpose) -> String {
    let t = &page.text().export;
    markup::html(page, |html, _| {
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
    })
}

fn input_of(form: Form) -> String {
    format!("export-{}", form.name())
}

/// Greys what cannot be made of this result.
fn disable(preview: &Preview) {
    for form in Form::ALL.into_iter().filter(|form| form.requires().is_some()) {
        let input = document().get_element_by_id(&input_of(form));
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            input.set_disabled(preview.missing.iter().any(|(missing, _)| *missing == form));
        }
    }
}

/// What can be set: redaction, and what the chosen format has.
fn options(page: Page, choice: Choice) -> impl IntoView + use<> {
    let t = &page.text().export;
    let trouble = RwSignal::new(None::<String>);
    let form = Memo::new(move |_| choice.request.with(|request| request.form));
    let redact = move |event: web_sys::Event| {
        let is_on = event_target_checked(&event);
        let has_key = !is_on || export::redaction_key(page).is_some();
        trouble.set((!has_key).then(|| t.no_random.to_owned()));
        choice.redacted.set(is_on && has_key);
    };
    let semicolon = move |event: web_sys::Event| {
        let separator = if event_target_checked(&event) { Separator::Semicolon } else { Separator::Comma };
        choice.change(|request| request.separator = separator);
    };
    let detection = move |event: web_sys::Event| {
        let class = if event_target_checked(&event) {
            OcsfClass::DetectionFinding
        } else {
            OcsfClass::ComplianceFinding
        };
        choice.change(|request| request.class = class);
    };
    view! {
        <fieldset class="scope">
            <legend>{t.options}</legend>
            <label>
                <input type="checkbox" id="export-redact" prop:checked=move || choice.redacted.get()
                    disabled=move || !form.get().can_be_redacted() on:change=redact/>
                {t.redact}
            </label>
            <label hidden=move || !form.get().has_separator()>
                <input type="checkbox" id="export-semicolon"
                    checked=choice.request.with_untracked(|request| request.separator == Separator::Semicolon)
                    on:change=semicolon/>
                {t.semicolon}
            </label>
            <label hidden=move || form.get() != Form::Ocsf>
                <input type="checkbox" id="export-detection" on:change=detection/>
                {t.detection_finding}
            </label>
            <div hidden=move || !choice.redacted.get()>
                <p class="hint">{t.redact_text}</p>
                <div class="buttons">
                    <button type="button" id="redaction-table" on:click=move |_| export::save_table(page)>{t.table_save}</button>
                    <button type="button" id="redaction-key" on:click=move |_| export::save_key(page)>{t.key_save}</button>
                    <span class="browse">
                        <input type="file" id="redaction-open" class="visually-hidden"
                            on:change=move |event| open_key(page, &event, trouble)/>
                        <label for="redaction-open" class="button">{t.key_open}</label>
                    </span>
                </div>
            </div>
            <p class="refused" role="alert">{move || trouble.get()}</p>
        </fieldset>
    }
}

/// What the file will hold, and its name.
fn contents(page: Page, choice: Choice, seen: RwSignal<Option<Arc<Preview>>>) -> impl IntoView + use<> {
    let text = page.text();
    let (t, words) = (&text.export, &text.page);
    let summary = move || {
        let preview = seen.get()?;
        let what = match choice.request.with(|request| request.form.counted()) {
            Counted::Findings => (words.findings)(preview.findings),
            Counted::Users => (words.users)(preview.users),
        };
        let filters = if choice.shown.get() { filters::words(page) } else { vec![t.everything.to_owned()] };
        Some(format!("{} · {}", (t.contains)(&what, preview.accounts), filters.join(" · ")))
    };
    let name = move || {
        let request = choice.asked(page);
        page.overview.with(|overview| overview.as_deref().map(|overview| file_name(overview, &request)))
    };
    view! {
        <p id="export-contents" aria-live="polite">{summary}<br/><code>{name}</code></p>
    }
}

/// What is printed.
fn paper(page: Page, choice: Choice) -> impl IntoView + use<> {
    let t = &page.text().page;
    let matching =
        page.cards.with_untracked(|cards| cards.as_ref().map(|cards| cards.matching)).unwrap_or_default();
    view! {
        <div class="buttons">
            <button type="button" id="print" on:click=move |_| {
                let key = choice.redacted.get_untracked().then(|| page.redaction_key.get_untracked()).flatten();
                page.panel.set(None);
                print::start(page, key);
            }>{t.print}</button>
        </div>
        <p class="hint">{(t.print_text)(matching.min(print::MAX_USERS).into())}</p>
    }
}

/// Reads a key that was saved; its file is small.
fn open_key(page: Page, event: &web_sys::Event, trouble: RwSignal<Option<String>>) {
    let input: HtmlInputElement = event_target(event);
    let file = input.files().and_then(|files| files.item(0));
    input.set_value("");
    let Some(file) = file else { return };
    let text = page.text();
    spawn_local(async move {
        let file = gloo_file::File::from(file);
        let read = gloo_file::futures::read_as_text(&file).await;
        match read.map(|text| RedactionKey::from_file(&text)) {
            Ok(Ok(key)) => {
                trouble.set(None);
                page.redaction_key.set(Some(key));
            }
            Ok(Err(_)) => trouble.set(Some(format!("{}: {}", file.name(), text.export.no_key))),
            Err(_) => trouble.set(Some(text.page.error_unreadable.to_owned())),
        }
    });
}
