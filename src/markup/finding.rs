//! A finding: its title, and opened, what it rests on, why it matters and what to do.

use super::{Markup, Setting, decide_button, history};
use crate::checks::{CheckId, Severity, SubjectKind};
use crate::comparison::History;
use crate::finding::Finding;
use crate::remediation;
use crate::text::Text;

/// A finding to unfold, with what became of it. What is inside is made when it is first opened: most never
/// are.
pub fn finding(markup: &mut Markup, finding: &Finding, became: Option<History>, setting: &Setting<'_>) {
    let text = setting.text;
    let severity = finding.severity.name();
    let class = format!("finding {severity}");
    let mut attributes = vec![
        ("class", class.as_str()),
        ("data-check", finding.check.name()),
        ("data-uid", &finding.uid),
        ("data-severity", severity),
    ];
    if setting.open {
        attributes.push(("open", ""));
    }
    markup.open("details", &attributes);
    markup.open("summary", &[]);
    markup.severity(finding.severity);
    markup.visually_hidden(&format!("{}: ", text.severity(finding.severity)));
    markup.text(text.check(finding.check).title);
    history(markup, became, setting);
    markup.close();
    if setting.open {
        markup.open("div", &[("class", "inside")]);
        evidence(markup, finding, text);
        markup.close();
    }
    markup.close();
}

/// What is inside a finding.
pub fn inside(markup: &mut Markup, finding: &Finding, setting: &Setting<'_>) {
    let text = setting.text;
    markup.open("div", &[("class", "inside")]);
    markup.open("div", &[("class", "seen")]);
    evidence(markup, finding, text);
    markup.close();
    markup.open("div", &[("class", "advice")]);
    advise(markup, finding.check, text);
    commands(markup, finding, text);
    let about = (finding.subject.kind, finding.subject.slot);
    decide_button(markup, about, Some(finding.check), setting);
    markup.open("details", &[("class", "more")]);
    markup.leaf("summary", &[], text.glance.more_about);
    references(markup, finding.check, finding.partition.as_deref(), text);
    markup.close();
    markup.close();
    markup.close();
}

/// A check with the worst severity of its findings, why it matters and what to do, for paper: there it is
/// said once, not with each finding.
pub fn problem(markup: &mut Markup, check: CheckId, severity: Severity, text: &Text) {
    markup.open("section", &[("class", "explained inside"), ("data-check", check.name())]);
    markup.open("h3", &[]);
    markup.severity(severity);
    markup.text(text.check(check).title);
    markup.close();
    advise(markup, check, text);
    references(markup, check, None, text);
    markup.close();
}

const LABEL: &[(&str, &str)] = &[("class", "label")];

fn evidence(markup: &mut Markup, finding: &Finding, text: &Text) {
    let t = &text.page;
    sentence(markup, "message", &text.finding(finding));
    if finding.evidence.cells.is_empty() {
        return;
    }
    markup.open("table", &[("class", "cells")]);
    markup.leaf("caption", LABEL, t.evidence);
    markup.open("tbody", &[]);
    for cell in &finding.evidence.cells {
        markup.open("tr", &[]);
        markup.leaf("th", &[("scope", "row")], cell.column.name());
        markup.open("td", &[]);
        markup.leaf("code", &[], if cell.raw.is_empty() { t.empty_cell } else { &cell.raw });
        markup.close();
        markup.close();
    }
    markup.close();
    markup.close();
}

/// Why a check matters, and what to do.
fn advise(markup: &mut Markup, check: CheckId, text: &Text) {
    let t = &text.page;
    let check = text.check(check);
    markup.leaf("p", LABEL, t.why);
    sentence(markup, "why", check.why);
    markup.leaf("p", LABEL, t.fix);
    markup.open("ol", &[("class", "fix")]);
    for step in check.steps() {
        markup.open("li", &[]);
        markup.rich(step);
        markup.close();
    }
    markup.close();
}

/// Where the console is, what AWS says, and the sections of frameworks.
fn references(markup: &mut Markup, check: CheckId, partition: Option<&str>, text: &Text) {
    let entry = check.check();
    markup.open("p", &[("class", "references")]);
    link(markup, remediation::console_url(partition), text.page.iam_console);
    for reference in entry.references {
        markup.text(" · ");
        link(markup, reference, last_part(reference));
    }
    markup.close();
    if !entry.frameworks.is_empty() {
        markup.open("dl", &[("class", "frameworks")]);
        for (framework, sections) in entry.frameworks {
            let sections = sections.join(", ");
            markup.open("div", if sections.len() > 12 { &[("class", "long")] } else { &[] });
            markup.leaf("dt", &[], &framework.label());
            markup.leaf("dd", &[], &sections);
            markup.close();
        }
        markup.close();
    }
}

/// What to type into a terminal, a command a line, with a button that copies all.
fn commands(markup: &mut Markup, finding: &Finding, text: &Text) {
    let commands = remediation::commands(finding);
    if remediation::is_withheld(finding) {
        sentence(markup, "hint", text.page.no_commands);
    }
    let of_subject = finding.subject.created.filter(|_| finding.subject.kind == SubjectKind::AccessKey);
    let of_two = finding.evidence.deactivate.and_then(|key| key.created);
    if let Some(created) = of_subject.or(of_two)
        && !commands.is_empty()
    {
        sentence(markup, "hint", &text.key_by_creation(created));
    }
    if !commands.is_empty() {
        markup.open("div", &[("class", "command")]);
        markup.leaf("code", &[], &commands.join("\n"));
        markup.open("button", &[("type", "button"), ("class", "copy")]);
        markup.leaf("span", &[("aria-live", "polite")], text.page.copy);
        markup.close();
        markup.close();
    }
}

fn sentence(markup: &mut Markup, class: &str, text: &str) {
    markup.open("p", &[("class", class)]);
    markup.rich(text);
    markup.close();
}

fn link(markup: &mut Markup, url: &str, words: &str) {
    markup.leaf("a", &[("href", url), ("target", "_blank"), ("rel", "noreferrer noopener")], words);
}

/// The last part of an address, which tells what it is about.
fn last_part(url: &str) -> &str {
    let path = url.trim_start_matches("https://").trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".html")
}
