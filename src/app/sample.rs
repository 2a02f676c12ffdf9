//! The sample: a made-up report that comes with the page.

use crate::app::source::Source;

/// The report.
pub(crate) const CSV: &str = include_str!("sample.csv");

/// Its file name; the time in it is when the report was generated.
const NAME: &str = "status_reports_2026-09-11T13-15-19+00-00.csv";

/// The report, as a file would be.
pub(crate) fn source() -> Source {
    Source::from_text(NAME, CSV)
}
