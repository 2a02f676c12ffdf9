//! The sample: two reports of a made-up account, half a year apart, in which every outcome of comparing
//! occurs.

use crate::app::source::Source;

/// The newer of the reports.
pub(crate) const CSV: &str = include_str!("sample.csv");

/// The reports: the time in a file's name is when the report was generated.
const REPORTS: [(&str, &str); 2] = [
    ("status_reports_2026-03-11T13-15-19+00-00.csv", include_str!("sample_earlier.csv")),
    ("status_reports_2026-09-11T13-15-19+00-00.csv", CSV),
];

/// The reports, as files would be.
pub(crate) fn sources() -> Vec<Source> {
    REPORTS.map(|(name, csv)| Source::from_text(name, csv)).into()
}
