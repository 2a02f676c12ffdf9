//! A panel: which dialog is open.

/// A dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Panel {
    Privacy,
    HowTo,
    Paste,
    Policy,
    AsOf,
    Export,
    Decide,
    Decisions,
    Leave,
    Shortcuts,
}

impl Panel {
    /// The dialog of this name, which buttons hold in `data-panel`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "privacy" => Self::Privacy,
            "how-to" => Self::HowTo,
            "paste" => Self::Paste,
            "policy" => Self::Policy,
            "as-of" => Self::AsOf,
            "export" => Self::Export,
            "shortcuts" => Self::Shortcuts,
            _ => return None,
        })
    }
}
