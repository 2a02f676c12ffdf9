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
    Shortcuts,
}
