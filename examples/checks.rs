//! Prints docs/CHECKS.md: every check, from the table of the code.
//!
//! ```text
//! cargo run --example checks > docs/CHECKS.md
//! ```
#![allow(clippy::print_stdout, reason = "a command prints what it is asked for")]

use std::fmt::{self, Write};

use credential_report_viewer::checks::{self, CheckId, Framework, Preset, SubjectKind};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::text::ENGLISH;
use credential_report_viewer::thresholds::Threshold;

const INTRODUCTION: &str = "\
# Checks
<!-- Printed by `cargo run --example checks > docs/CHECKS.md`; a test holds it to the table in src/checks. -->
Every check evaluates either the row of the root user or all other rows, never both. For each subject the result is
*pass*, *fail* with the cells it read, *not applicable*, or *not evaluated* if a column is missing or a cell cannot be
read.

- The **age** of a time is counted in whole days up to the as-of time; a time in the future has age 0.
- **Unused for N days**: the age is N or more. **More than N days ago**: the age is over N. **Within N days**: the age
  is N or less.
- A key or certificate **exists** if it is active or has a `last_rotated` time, which is when it was created: a key is
  never rotated in place, it is replaced.
- **Medium, high over 365 days**: the severity is one level higher if the age is over 365 days.
";

/// The whole document.
pub(crate) fn document() -> Result<String, fmt::Error> {
    let mut out = INTRODUCTION.to_owned();
    overview(&mut out)?;
    policies(&mut out)?;
    for check in checks::ids() {
        section(&mut out, check)?;
    }
    writeln!(out, "\n## Not in the report\n")?;
    for limit in ENGLISH.limits() {
        writeln!(out, "- {limit}")?;
    }
    Ok(out)
}

fn overview(out: &mut String) -> fmt::Result {
    writeln!(
        out,
        "\n| # | check | subject | severity | fails when | frameworks |\n|---|---|---|---|---|---|"
    )?;
    for check in checks::ids() {
        let rule = check.check();
        let off = if Policy::default().checks.contains(check) { "" } else { ", off by default" };
        // The newest benchmark stands for the others, which the check's own section lists.
        let shown = |framework: &Framework| !matches!(framework, Framework::Config | Framework::Nist);
        let mut named: Vec<String> = Vec::new();
        for (framework, sections) in rule.frameworks.iter().filter(|(framework, _)| shown(framework)) {
            let is_older = matches!(framework, Framework::Cis(_)) && !named.is_empty();
            if !is_older {
                named.push(format!("{}: {}", framework.label(), sections.join(", ")));
            }
        }
        writeln!(
            out,
            "| {} | [`{}`](#{1}) | {} | {}{off} | {} | {} |",
            check.number(),
            check.name(),
            subject(check),
            ENGLISH.check_severity(check).to_lowercase(),
            rule.fails_when,
            named.join("; "),
        )?;
    }
    Ok(())
}

fn subject(check: CheckId) -> &'static str {
    let is_of_root = check.check().root;
    match check.check().rule.subject() {
        SubjectKind::Account => "account",
        SubjectKind::User if is_of_root => "root",
        SubjectKind::User => "user",
        SubjectKind::Password => "password",
        SubjectKind::AccessKey if is_of_root => "each root key",
        SubjectKind::AccessKey => "key",
        SubjectKind::Certificate if is_of_root => "each root certificate",
        SubjectKind::Certificate => "certificate",
    }
}

fn policies(out: &mut String) -> fmt::Result {
    writeln!(out, "\n## Check policy\n\n| threshold | days | meaning |\n|---|---|---|")?;
    for threshold in Threshold::ALL {
        let days = threshold.of(&Policy::default().thresholds);
        writeln!(out, "| `{}` | {days} | {} |", threshold.name(), ENGLISH.threshold_meaning(*threshold))?;
    }
    writeln!(out, "\n| preset | name | checks that are on | thresholds that differ |\n|---|---|---|---|")?;
    for &preset in Preset::ALL {
        let policy = preset.policy();
        let on: Vec<String> = checks::ids()
            .filter(|check| policy.checks.contains(*check))
            .map(|check| check.number().to_string())
            .collect();
        let differing: Vec<String> = Threshold::ALL
            .iter()
            .filter(|threshold| {
                threshold.of(&policy.thresholds) != threshold.of(&Policy::default().thresholds)
            })
            .map(|threshold| format!("`{}` {}", threshold.name(), threshold.of(&policy.thresholds)))
            .collect();
        let name = ENGLISH.preset(Some(preset));
        writeln!(out, "| `{}` | {name} | {} | {} |", preset.name(), on.join(" "), differing.join(", "))?;
    }
    Ok(())
}

fn section(out: &mut String, check: CheckId) -> fmt::Result {
    let (rule, text) = (check.check(), ENGLISH.check(check));
    writeln!(out, "\n## {}\n", check.name())?;
    writeln!(out, "**{}** ({}): {}.\n", text.title, ENGLISH.area(rule.area), rule.fails_when)?;
    writeln!(out, "{}\n", text.why)?;
    for (number, step) in (1..).zip(text.steps()) {
        writeln!(out, "{number}. {step}")?;
    }
    if !rule.frameworks.is_empty() {
        let named: Vec<String> = rule
            .frameworks
            .iter()
            .map(|(framework, sections)| format!("{}: {}", framework.label(), sections.join(", ")))
            .collect();
        writeln!(out, "\nFrameworks: {}.", named.join("; "))?;
    }
    let links: Vec<String> = rule.references.iter().map(|address| format!("<{address}>")).collect();
    writeln!(out, "\nSee also: {}", links.join(", "))
}

fn main() -> fmt::Result {
    print!("{}", document()?);
    Ok(())
}
