//! The policy: presets, every threshold, every check. What is changed is evaluated at once.

use credential_report_viewer::checks::{Area, CheckId, Preset};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::thresholds::Threshold;
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dialog::modal;
use super::parts::{mark, rich};
use crate::app::page_state::Page;
use crate::app::{download, evaluation};

pub(super) fn dialog(page: Page) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    // What a changed policy is compared with.
    let base = RwSignal::new(page.policy.with_untracked(Policy::nearest_preset));
    let trouble = RwSignal::new(None::<String>);
    let custom = Memo::new(move |_| page.policy.with(|policy| policy.preset().is_none()));
    let content = view! {
        <p>{t.policy_text}</p>
        <p class="field">
            <label for="preset">{t.preset}</label>
            <select
                id="preset"
                prop:value=move || page.policy.with(Policy::name)
                on:change=move |event| if let Some(preset) = Preset::from_name(&event_target_value(&event)) {
                    base.set(preset);
                    evaluation::set_policy(page, preset.policy());
                }
            >
                {Preset::ALL.iter().map(|preset| view! {
                    <option value=preset.name() selected=page.policy.with_untracked(Policy::preset) == Some(*preset)>{text.preset(Some(*preset))}</option>
                }).collect_view()}
                <option value="custom" disabled selected=custom.get_untracked()>{text.preset(None)}</option>
            </select>
            {move || custom.get().then(|| view! {
                <button type="button" class="link" id="policy-reset" on:click=move |_| evaluation::set_policy(page, base.get_untracked().policy())>
                    {(t.policy_back_to)(text.preset(Some(base.get())))}
                </button>
            })}
        </p>
        <h3>{t.thresholds}</h3>
        <div class="thresholds">{Threshold::ALL.iter().map(|threshold| number(page, base, *threshold)).collect_view()}</div>
        <h3>{t.checks}</h3>
        {Area::ALL.map(|area| view! {
            <fieldset>
                <legend>{text.area(area)}</legend>
                {area.checks().map(|check| switch(page, base, check)).collect_view()}
            </fieldset>
        })}
        <h3>{t.policy_file}</h3>
        <p class="hint">{t.policy_file_text}</p>
        <div class="buttons">
            <button type="button" id="policy-export" on:click=move |_| {
                let json = page.policy.with_untracked(Policy::to_json);
                let blob = download::join(&Array::of1(&json.into()), "application/json");
                if blob.and_then(|blob| download::save("credential-report-policy.json", &blob)).is_none() {
                    trouble.set(Some(t.error_not_saved.to_owned()));
                }
            }>{t.policy_export}</button>
            <span class="browse">
                <input type="file" id="policy-import" class="visually-hidden" on:change=move |event| import(page, &event, trouble)/>
                <label for="policy-import" class="button">{t.policy_import}</label>
            </span>
        </div>
        <p class="refused" id="policy-error" role="alert">{move || trouble.get().map(|words| rich(&words))}</p>
    };
    modal(page, "policy", t.policy, true, content.into_any())
}

fn number(page: Page, base: RwSignal<Preset>, threshold: Threshold) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let id = threshold.name();
    let refused = RwSignal::new(None::<String>);
    let value = Memo::new(move |_| page.policy.with(|policy| threshold.of(&policy.thresholds)));
    let original = Memo::new(move |_| threshold.of(&base.get().policy().thresholds));
    let changed = move || value.get() != original.get();
    let set = move |event: web_sys::Event| {
        let mut policy = page.policy.get_untracked();
        match threshold.set(&mut policy.thresholds, &event_target_value(&event)) {
            Ok(()) => {
                refused.set(None);
                if page.policy.with_untracked(|now| *now != policy) {
                    evaluation::set_policy(page, policy);
                }
            }
            Err(error) => refused.set(Some(text.policy_error(&error))),
        }
    };
    view! {
        <div class="threshold" class:changed=changed>
            <label for=id>{text.threshold(threshold)}</label>
            <span class="entry">
                <input
                    id=id
                    type="number"
                    inputmode="numeric"
                    min=*Threshold::RANGE.start()
                    max=*Threshold::RANGE.end()
                    step="1"
                    prop:value=move || value.get().to_string()
                    aria-describedby=format!("{id}-text {id}-refused")
                    aria-invalid=move || refused.with(Option::is_some).to_string()
                    on:input=set
                />
                <span>{t.days_unit}</span>
            </span>
            <p class="hint" id=format!("{id}-text")>
                {text.threshold_meaning(threshold)}
                {move || changed().then(|| view! { " "<b class="differs">{(t.preset_has)(original.get().into())}</b> })}
            </p>
            <p class="refused" id=format!("{id}-refused") role="alert">{move || refused.get().map(|words| rich(&words))}</p>
        </div>
    }
}

fn switch(page: Page, base: RwSignal<Preset>, check: CheckId) -> impl IntoView {
    let text = page.text();
    let t = &text.page;
    let on = Memo::new(move |_| page.policy.with(|policy| policy.checks.contains(check)));
    let original = Memo::new(move |_| base.get().policy().checks.contains(check));
    let changed = move || on.get() != original.get();
    view! {
        <label class="switch" class:changed=changed>
            <input
                type="checkbox"
                data-check=check.name()
                prop:checked=move || on.get()
                on:change=move |event| {
                    let mut policy = page.policy.get_untracked();
                    match event_target_checked(&event) {
                        true => policy.checks.insert(check),
                        false => policy.checks.remove(check),
                    }
                    evaluation::set_policy(page, policy);
                }
            />
            {mark(check.check().severity)}
            <span>{text.check(check).title}" "<small class="hint">{text.check_severity(check)}</small></span>
            {move || changed().then(|| view! { <b class="differs">{if original.get() { t.preset_on } else { t.preset_off }}</b> })}
        </label>
    }
}

/// A policy's file is small: it is read whole.
fn import(page: Page, event: &web_sys::Event, trouble: RwSignal<Option<String>>) {
    let input: web_sys::HtmlInputElement = event_target(event);
    let file = input.files().and_then(|files| files.item(0));
    input.set_value("");
    let Some(file) = file else { return };
    let text = page.text();
    spawn_local(async move {
        let file = gloo_file::File::from(file);
        match gloo_file::futures::read_as_text(&file).await {
            Ok(json) => match Policy::from_json(&json) {
                Ok(policy) => {
                    trouble.set(None);
                    evaluation::set_policy(page, policy);
                }
                Err(error) => trouble.set(Some(format!("{}: {}", file.name(), text.policy_error(&error)))),
            },
            Err(_) => trouble.set(Some(text.page.error_unreadable.to_owned())),
        }
    });
}
