//! The policy: presets, every threshold, every check. What is changed is evaluated at once.

use std::rc::Rc;

use credential_report_viewer::checks::{Area, CheckId, Preset};
use credential_report_viewer::markup::{Markup, Setting};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::thresholds::Threshold;
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

use super::dialog::{Frame, modal};
use crate::app::effect::effect;
use crate::app::element::{by_id, choose, input, say};
use crate::app::page_state::Page;
use crate::app::watched::Watched;
use crate::app::{download, element, evaluation, markup};

pub(super) fn dialog(page: Page) -> AnyView {
    let title = page.text().page.policy;
    // What a changed policy is compared with.
    let base = Rc::new(Watched::new(page.policy.with_untracked(Policy::nearest_preset)));
    let html = markup::html(page, write);
    let shown = base.clone();
    effect(move || show(page, shown.get()));
    let act = move |event: &Event, about: &Element| acted(page, &base, event, about);
    modal(page, Frame { id: "policy", title, wide: true }, html, Box::new(act))
}

fn write(html: &mut Markup, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    html.leaf("p", &[], t.policy_text);
    html.open("p", &[("class", "field")]);
    html.leaf("label", &[("for", "preset")], t.preset);
    html.open("select", &[("id", "preset")]);
    for preset in Preset::ALL {
        html.leaf("option", &[("value", preset.name())], text.preset(Some(*preset)));
    }
    html.leaf("option", &[("value", "custom"), ("disabled", "")], text.preset(None));
    html.close();
    let reset = [("type", "button"), ("class", "link"), ("id", "policy-reset"), ("hidden", "")];
    html.leaf("button", &reset, "");
    html.close();
    html.leaf("h3", &[], t.thresholds);
    html.open("div", &[("class", "thresholds")]);
    for threshold in Threshold::ALL {
        number(html, *threshold, setting);
    }
    html.close();
    html.leaf("h3", &[], t.checks);
    for area in Area::ALL {
        html.open("fieldset", &[]);
        html.leaf("legend", &[], text.area(area));
        for check in area.checks() {
            switch(html, check, setting);
        }
        html.close();
    }
    html.leaf("h3", &[], t.policy_file);
    html.leaf("p", &[("class", "hint")], t.policy_file_text);
    html.open("div", &[("class", "buttons")]);
    html.leaf("button", &[("type", "button"), ("id", "policy-export")], t.policy_export);
    html.open("span", &[("class", "browse")]);
    html.void("input", &[("type", "file"), ("id", "policy-import"), ("class", "visually-hidden")]);
    html.leaf("label", &[("for", "policy-import"), ("class", "button")], t.policy_import);
    html.close();
    html.close();
    html.leaf("p", &[("class", "refused"), ("id", "policy-error"), ("role", "alert")], "");
}

/// A field for the days of a threshold.
fn number(html: &mut Markup, threshold: Threshold, setting: &Setting<'_>) {
    let (text, id) = (setting.text, threshold.name());
    let (hint, refused) = (format!("{id}-text"), format!("{id}-refused"));
    html.open("div", &[("class", "threshold")]);
    html.leaf("label", &[("for", id)], text.threshold(threshold));
    html.open("span", &[("class", "entry")]);
    html.void(
        "input",
        &[
            ("id", id),
            ("type", "number"),
            ("inputmode", "numeric"),
            ("min", &Threshold::RANGE.start().to_string()),
            ("max", &Threshold::RANGE.end().to_string()),
            ("step", "1"),
            ("aria-describedby", &format!("{hint} {refused}")),
            ("aria-invalid", "false"),
        ],
    );
    html.leaf("span", &[], text.page.days_unit);
    html.close();
    html.open("p", &[("class", "hint"), ("id", &hint)]);
    html.text(text.threshold_meaning(threshold));
    html.text(" ");
    html.leaf("b", &[("class", "differs"), ("id", &format!("{id}-differs"))], "");
    html.close();
    html.leaf("p", &[("class", "refused"), ("id", &refused), ("role", "alert")], "");
    html.close();
}

/// A switch for a check.
fn switch(html: &mut Markup, check: CheckId, setting: &Setting<'_>) {
    let text = setting.text;
    html.open("label", &[("class", "switch")]);
    html.void("input", &[("type", "checkbox"), ("data-check", check.name()), ("id", &switch_of(check))]);
    html.severity(check.check().severity);
    html.open("span", &[]);
    html.text(text.check(check).title);
    html.text(" ");
    html.leaf("small", &[("class", "hint")], &text.check_severity(check));
    html.close();
    html.leaf("b", &[("class", "differs"), ("id", &format!("{}-differs", check.name()))], "");
    html.close();
}

fn switch_of(check: CheckId) -> String {
    format!("switch-{}", check.name())
}

/// Shows the policy, and in what it differs from a preset.
fn show(page: Page, base: Preset) {
    let text = page.text();
    let t = &text.page;
    let (policy, preset) = (page.policy.get(), base.policy());
    choose("preset", policy.name());
    say("policy-reset", &(t.policy_back_to)(text.preset(Some(base))));
    element::set("policy-reset", "hidden", policy.preset().is_some());
    for &threshold in Threshold::ALL {
        let (now, original) = (threshold.of(&policy.thresholds), threshold.of(&preset.thresholds));
        let Some(field) = input(threshold.name()) else { continue };
        // What a person is typing stays as it is, and what is said of it.
        let is_typed = document().active_element().is_some_and(|active| active.id() == field.id());
        if !is_typed && field.value().trim().parse() != Ok(now) {
            field.set_value(&now.to_string());
            refuse(threshold, None);
        }
        let words = if now == original { String::new() } else { (t.preset_has)(original.into()) };
        differ(&field, threshold.name(), &words);
    }
    for area in Area::ALL {
        for check in area.checks() {
            let (on, original) = (policy.checks.contains(check), preset.checks.contains(check));
            let Some(field) = input(&switch_of(check)) else { continue };
            field.set_checked(on);
            let words = match original {
                _ if on == original => "",
                true => t.preset_on,
                false => t.preset_off,
            };
            differ(&field, check.name(), words);
        }
    }
}

/// Says in what a field differs from the preset; nothing where it does not.
fn differ(field: &HtmlInputElement, name: &str, words: &str) {
    say(&format!("{name}-differs"), words);
    if let Ok(Some(around)) = field.closest(".threshold, .switch") {
        let _ = around.class_list().toggle_with_force("changed", !words.is_empty());
    }
}

/// Says why the days of a threshold cannot be taken.
fn refuse(threshold: Threshold, why: Option<&str>) {
    let id = threshold.name();
    if let Some(field) = by_id(id) {
        let _ = field.set_attribute("aria-invalid", if why.is_some() { "true" } else { "false" });
    }
    say_rich(&format!("{id}-refused"), why.unwrap_or_default());
}

/// Says a sentence in which backticks mark what is typed literally.
fn say_rich(id: &str, words: &str) {
    if let Some(element) = by_id(id) {
        let mut markup = Markup::default();
        markup.rich(words);
        element.set_inner_html(&markup.finish());
    }
}

fn acted(page: Page, base: &Watched<Preset>, event: &Event, about: &Element) {
    let id = about.id();
    let typed = || about.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default();
    match (event.type_().as_str(), id.as_str()) {
        ("change", "preset") => {
            if let Some(preset) = Preset::from_name(&event_target_value(event)) {
                base.set(preset);
                evaluation::set_policy(page, preset.policy());
            }
        }
        ("click", "policy-reset") => evaluation::set_policy(page, base.get_untracked().policy()),
        ("click", "policy-export") => export(page),
        ("change", "policy-import") => import(page, event),
        ("input", id) => {
            if let Some(threshold) = Threshold::ALL.iter().find(|threshold| threshold.name() == id) {
                set_threshold(page, *threshold, &typed());
            }
        }
        ("change", _) => {
            if let Some(check) = about.get_attribute("data-check").and_then(|name| CheckId::from_name(&name))
            {
                let mut policy = page.policy.get_untracked();
                match event_target_checked(event) {
                    true => policy.checks.insert(check),
                    false => policy.checks.remove(check),
                }
                evaluation::set_policy(page, policy);
            }
        }
        _ => {}
    }
}

fn set_threshold(page: Page, threshold: Threshold, typed: &str) {
    let mut policy = page.policy.get_untracked();
    match threshold.set(&mut policy.thresholds, typed) {
        Ok(()) => {
            refuse(threshold, None);
            if page.policy.with_untracked(|now| *now != policy) {
                evaluation::set_policy(page, policy);
            }
        }
        Err(error) => refuse(threshold, Some(&page.text().policy_error(&error))),
    }
}

fn export(page: Page) {
    let json = page.policy.with_untracked(Policy::to_json);
    let blob = download::join(&Array::of1(&json.into()), "application/json");
    if blob.and_then(|blob| download::save("credential-report-policy.json", &blob)).is_none() {
        say_rich("policy-error", page.text().page.error_not_saved);
    }
}

/// A policy's file is small: it is read whole.
fn import(page: Page, event: &Event) {
    let input: HtmlInputElement = event_target(event);
    let file = input.files().and_then(|files| files.item(0));
    input.set_value("");
    let Some(file) = file else { return };
    let text = page.text();
    spawn_local(async move {
        let file = gloo_file::File::from(file);
        let read = gloo_file::futures::read_as_text(&file).await;
        let trouble = match read.map(|json| Policy::from_json(&json)) {
            Ok(Ok(policy)) => {
                evaluation::set_policy(page, policy);
                String::new()
            }
            Ok(Err(error)) => format!("{}: {}", file.name(), text.policy_error(&error)),
            Err(_) => text.page.error_unreadable.to_owned(),
        };
        say_rich("policy-error", &trouble);
    });
}
