//! The time in the name that the console gives a report.

use super::time::Timestamp;

/// The time in `status_reports_2018-03-27T03-01-45+00-00.csv`, wherever it stands in the name, or the
/// path; of several the last one.
pub(super) fn time_in(name: &str) -> Option<Timestamp> {
    (0..name.len()).rev().filter(|&at| name.is_char_boundary(at)).find_map(|at| time_at(&name[at..]))
}

fn time_at(text: &str) -> Option<Timestamp> {
    let stamp = text.get(..19)?;
    let (date, clock) = stamp.split_once('T')?;
    if date.len() != 10 || clock.len() != 8 || clock.matches('-').count() != 2 {
        return None;
    }
    let offset = match text.get(19..25) {
        Some(offset) if is_offset(offset) => {
            offset.replacen('-', ":", if offset.starts_with('-') { 2 } else { 1 })
        }
        _ => "Z".to_owned(),
    };
    // An offset west of Greenwich begins with the very sign that stands for a colon elsewhere.
    let offset = match offset.strip_prefix(':') {
        Some(rest) => format!("-{rest}"),
        None => offset,
    };
    Timestamp::parse(&format!("{date}T{}{offset}", clock.replace('-', ":"))).ok()
}

fn is_offset(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [b'+' | b'-', a, b, b'-', c, d] if [a, b, c, d].iter().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_consoles_names_tell_the_time() {
        for (name, time) in [
            ("status_reports_2018-03-27T03-01-45+00-00.csv", Some("2018-03-27T03:01:45Z")),
            ("status_reports_2018-03-27T03-01-45+00-00 (1).csv", Some("2018-03-27T03:01:45Z")),
            ("レポート_2018-03-27T12-01-45+09-00.csv", Some("2018-03-27T03:01:45Z")),
            ("x2018-03-26T22-01-45-05-00", Some("2018-03-27T03:01:45Z")),
            ("prod-2018-03-27T03-01-45Z.csv", Some("2018-03-27T03:01:45Z")),
            (
                "all-2019-01-01T00-00-00Z.zip › 2018-03-27T03-01-45Z/123456789012.csv",
                Some("2018-03-27T03:01:45Z"),
            ),
            ("report-2018-03-27.csv", None),
            ("0001-01-01T00-00-00+09-00.csv", None),
            ("9999-12-31T23-59-59-01-00.csv", None),
            ("status_reports_2018-13-27T03-01-45+00-00.csv", None),
            ("", None),
        ] {
            assert_eq!(time_in(name).map(|time| time.to_string()).as_deref(), time, "{name}");
        }
    }
}
