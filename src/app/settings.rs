//! The settings, remembered between visits: theme, language, policy. Storage that refuses is ignored.

use credential_report_viewer::policy::Policy;
use credential_report_viewer::text::Language;
use leptos::prelude::{document, window};
use web_sys::Storage;

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// Puts the theme into effect; the sheets read the attribute.
    pub(crate) fn show(self) {
        if let Some(root) = document().document_element() {
            // The name is a constant that is a fine attribute.
            let _ = root.set_attribute("data-theme", self.name());
        }
    }
}

const THEME: &str = "credential-report-viewer.theme";
const LANGUAGE: &str = "credential-report-viewer.language";
const POLICY: &str = "credential-report-viewer.policy";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn keep(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

pub(crate) fn theme() -> Theme {
    load(THEME).and_then(|name| Theme::from_name(&name)).unwrap_or_default()
}

pub(crate) fn keep_theme(theme: Theme) {
    keep(THEME, theme.name());
}

/// The language chosen once, else that of the browser.
pub(crate) fn language() -> Language {
    let named = |tag: &str| Language::ALL.into_iter().find(|language| tag.starts_with(language.tag()));
    load(LANGUAGE)
        .and_then(|tag| named(&tag))
        .or_else(|| {
            let languages = window().navigator().languages();
            languages.iter().find_map(|tag| named(&tag.as_string()?))
        })
        .unwrap_or_default()
}

pub(crate) fn keep_language(language: Language) {
    keep(LANGUAGE, language.tag());
}

/// Tells screen readers and fonts which language the page speaks.
pub(crate) fn show_language(language: Language) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.tag());
    }
}

pub(crate) fn policy() -> Policy {
    load(POLICY).and_then(|json| Policy::from_json(&json).ok()).unwrap_or_default()
}

pub(crate) fn keep_policy(policy: &Policy) {
    keep(POLICY, &policy.to_json());
}
