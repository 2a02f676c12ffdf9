//! The sample: two reports of a made-up account, half a year apart, in which every outcome of comparing
//! occurs; who owns which user; and what was decided at the earlier one.

use crate::app::source::Source;

/// The newer of the reports.
pub(crate) const CSV: &str = include_str!("sample.csv");

/// The files: the time in a report's name is when it was generated.
const FILES: [(&str, &str); 4] = [
    ("status_reports_2026-03-11T13-15-19+00-00.csv", include_str!("sample_earlier.csv")),
    ("sample-owners.csv", include_str!("sample_owners.csv")),
    ("sample-decisions.json", include_str!("sample_decisions.json")),
    ("status_reports_2026-09-11T13-15-19+00-00.csv", CSV),
];

/// The sample, as files would be.
pub(crate) fn sources() -> Vec<Source> {
    FILES.map(|(name, text)| Source::from_text(name, text).of_sample()).into()
}
