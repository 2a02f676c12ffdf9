//! Made-up reports.

use std::process::Command;

use browser_tests::File;

/// The report of the library's example `generate`, for these arguments.
pub(crate) fn generate(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "credential-report-viewer",
            "--example",
            "generate",
        ])
        .arg("--")
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A report as of the time of the made-up ones.
pub(crate) fn report(name: &str, csv: String) -> File {
    File::new(&format!("status_reports_2026-09-11T13-15-19+00-00-{name}.csv"), csv)
}

/// The same account a month later: some users come and go, some keys are used, replaced, deactivated.
pub(crate) fn a_month_later(name: &str, earlier: &str) -> File {
    let mut lines = earlier.lines();
    let mut text = lines.next().unwrap_or_default().to_owned();
    for (number, line) in lines.enumerate() {
        let mut cells: Vec<&str> = line.split(',').collect();
        match number % 50 {
            7 => continue,
            11 => cells[10] = "2026-10-11T12:00:00Z",
            13 if cells[9] != "N/A" => cells[9] = "2026-10-01T12:00:00Z",
            17 => cells[8] = "false",
            _ => {}
        }
        text.push('\n');
        text.push_str(&cells.join(","));
    }
    File::new(&format!("status_reports_2026-10-11T13-15-19+00-00-{name}.csv"), text)
}
