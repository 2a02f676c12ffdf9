//! A decision that is being made or changed.

use credential_report_viewer::markup::DecisionForm;
use credential_report_viewer::review::Fault;
use credential_report_viewer::session::About;

/// A decision that is being made or changed.
#[derive(Debug, Clone)]
pub(crate) struct Deciding {
    pub(crate) title: String,
    pub(crate) form: DecisionForm,
    pub(crate) to: To,
}

/// What becomes of the form.
#[derive(Debug, Clone)]
pub(crate) enum To {
    Decide(About),
    Change(u32),
}

/// Why nothing was decided.
pub(crate) enum Refusal {
    Fault(Fault),
    /// The report does not tell what is meant from others.
    Unknown,
}
