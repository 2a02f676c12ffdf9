//! The documents say what the code does, and the code keeps to what the documents promise of it.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use credential_report_viewer::export::{
    ExportRequest, Form, OcsfClass, findings_csv, redaction_table, users_csv,
};

#[path = "../examples/checks.rs"]
#[allow(dead_code, reason = "its `main` is for the command line")]
mod print;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The files under a folder, those of `skipped` folders aside.
fn files(folder: &Path, skipped: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if skipped.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        if path.is_dir() { found.extend(files(&path, skipped)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn the_list_of_checks_is_printed_from_the_table() {
    let (printed, written) = (print::document().unwrap(), read("docs/CHECKS.md"));
    let differing = printed.lines().zip(written.lines()).find(|(printed, written)| printed != written);
    assert!(
        printed == written,
        "print it anew: cargo run --example checks > docs/CHECKS.md\nthe first difference: {differing:?}"
    );
}

/// The names in the first column of the table that follows a heading, and of those after it up to the next
/// heading.
fn first_column(text: &str, heading: &str) -> Vec<String> {
    let (_, rest) = text.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
    let section = rest.split("\n## ").next().unwrap().split("\n### ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| row.split('`').next().unwrap().to_owned()).collect()
}

#[test]
fn the_list_of_exports_names_every_format_column_and_member() {
    let text = read("docs/EXPORTS.md");
    let formats: Vec<&str> = Form::ALL.iter().map(|form| form.name()).collect();
    let preface = text.split("\n## ").next().unwrap();
    let named: Vec<&str> = preface
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .filter(|name| *name != "--format")
        .collect();
    assert_eq!(named, formats);
    assert_eq!(first_column(&text, "### findings-csv"), findings_csv::COLUMNS);
    assert_eq!(first_column(&text, "### users-csv"), users_csv::COLUMNS);
    assert_eq!(first_column(&text, "## Redacted"), redaction_table::COLUMNS);

    // The schema of the JSON is held against the code by other tests.
    let schema: serde_json::Value = serde_json::from_str(&read("docs/findings-v1.schema.json")).unwrap();
    let members = |pointer: &str| {
        let properties = schema.pointer(pointer).unwrap().as_object().unwrap();
        properties.keys().cloned().collect::<Vec<String>>()
    };
    let mut expected = members("/properties");
    expected.extend(members("/$defs/finding/properties"));
    assert_eq!(first_column(&text, "## findings: JSON"), expected);

    let report = "user,arn,password_enabled,mfa_active\nann,arn:aws:iam::123456789012:user/ann,true,false";
    let mut session = common::open(&[common::file("report.csv", report)]);
    let mut attributes: Vec<String> = Vec::new();
    for class in OcsfClass::ALL {
        let request = ExportRequest { class, ..Form::Ocsf.into() };
        let events: serde_json::Value =
            serde_json::from_str(&common::export_as(&mut session, request)).unwrap();
        attributes.extend(events[0].as_object().unwrap().keys().cloned());
    }
    let listed = first_column(&text, "## ocsf");
    assert!(attributes.iter().all(|name| listed.contains(name)), "{attributes:?}");
    assert!(listed.iter().all(|name| attributes.contains(name)), "{listed:?}");
}

#[test]
fn the_examples_of_exports_have_the_columns_and_members_of_the_code() {
    let text = read("docs/EXPORTS.md");
    let blocks = |kind: &str| -> Vec<String> {
        let start = format!("\n```{kind}\n");
        text.split(&start).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
    };
    let heads: Vec<Vec<String>> = blocks("csv")
        .iter()
        .map(|block| {
            let mut reader = csv::Reader::from_reader(block.as_bytes());
            let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
            assert!(reader.records().map(Result::unwrap).count() > 0);
            head
        })
        .collect();
    let columns: [&[&str]; 3] = [&findings_csv::COLUMNS, &users_csv::COLUMNS, &redaction_table::COLUMNS];
    assert_eq!(heads, columns);
    let json = blocks("json");
    let finding: serde_json::Value = serde_json::from_str(&json[0]).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&read("docs/findings-v1.schema.json")).unwrap();
    let of_finding = serde_json::json!({ "$ref": "#/$defs/finding", "$defs": schema["$defs"] });
    assert!(jsonschema::draft202012::new(&of_finding).unwrap().is_valid(&finding));
    let rules: serde_json::Value =
        serde_json::from_str(&read("tests/exports/ocsf-1.6.0.schema.json")).unwrap();
    let event: serde_json::Value = serde_json::from_str(&json[1]).unwrap();
    assert!(jsonschema::draft202012::new(&rules).unwrap().is_valid(&event));
}

/// The texts between single backticks, code blocks aside.
fn quoted(markdown: &str) -> Vec<String> {
    let prose: String = markdown.split("```").step_by(2).collect::<Vec<_>>().join("\n").replace("``", "");
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether a quoted text is meant as a path of the repository.
fn is_path(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"./_-*".contains(&byte);
    let ends_like_one = [".rs", ".toml", ".md", ".html", ".css", ".json", ".js", ".csv"];
    text.bytes().all(plain) && (text.contains('/') || ends_like_one.iter().any(|end| text.ends_with(end)))
}

#[test]
fn the_architecture_is_short_and_every_path_that_it_names_exists() {
    let text = read("ARCHITECTURE.md");
    assert!(text.lines().count() <= 60, "{} lines", text.lines().count());
    // What is built is not in the repository.
    let built = ["dist/", "target/", "screenshots/"];
    let paths: Vec<String> = quoted(&text).into_iter().filter(|text| is_path(text)).collect();
    assert!(paths.len() > 10, "{paths:?}");
    for path in paths.iter().filter(|path| !built.iter().any(|folder| path.starts_with(folder))) {
        assert!(root().join(path.trim_end_matches('*')).exists(), "{path} is named, but does not exist");
    }
}

/// What two languages of a document have in common: the levels of headings, in order; the commands, without
/// what is said of them; and where links lead.
fn bones(name: &str, other: &str) -> (Vec<usize>, Vec<String>, BTreeSet<String>) {
    let text = read(name);
    let (mut levels, mut commands, mut is_code) = (Vec::new(), Vec::new(), false);
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_code {
            commands.push(line.split(" #").next().unwrap().trim_end().to_owned());
        } else if line.starts_with('#') {
            levels.push(line.chars().take_while(|c| *c == '#').count());
        }
    }
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    (levels, commands, links.filter(|target| *target != other).map(str::to_owned).collect())
}

#[test]
fn the_japanese_documents_say_what_the_english_ones_do() {
    for (english, japanese) in [("README.md", "README.ja.md"), ("docs/REVIEW.md", "docs/REVIEW.ja.md")] {
        let name = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let (own, other) = (name(english), name(japanese));
        assert!(
            read(english).contains(&format!("]({other})")) && read(japanese).contains(&format!("]({own})"))
        );
        let ((levels, commands, links), theirs) = (bones(english, &other), bones(japanese, &own));
        assert!(levels.len() > 5 && !commands.is_empty(), "{english}");
        assert_eq!((&levels, &commands), (&theirs.0, &theirs.1), "{english}");
        if english == "README.md" {
            assert_eq!(links, theirs.2);
        }
    }
}

#[test]
fn the_links_of_the_documents_lead_somewhere() {
    for name in ["README.md", "README.ja.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = read(name);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap();
            // Pictures are taken of the built page.
            if file.is_empty() || file.contains("://") || file.starts_with("docs/pictures/") {
                continue;
            }
            assert!(root().join(file).exists(), "{name} links to {target}, which does not exist");
        }
    }
}

#[test]
fn no_element_carries_a_style_of_its_own() {
    // The page's policy refuses the attribute, so that the style would be missing in silence. A
    // property set by script (`style:width=`) is another matter.
    let mut sources = files(&root().join("src"), &[]);
    sources.push(root().join("index.html"));
    for path in sources {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for (number, line) in (1..).zip(text.lines()) {
            let is_styled = line.contains(" style=") && !is_comment(line);
            assert!(!is_styled, "{}:{number}: {line}", path.display());
        }
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[test]
fn nothing_panics_on_purpose_outside_of_tests() {
    let mut sources = files(&root().join("src"), &[]);
    sources.extend(files(&root().join("examples"), &[]));
    sources.extend(files(&root().join("cli/src"), &[]));
    for path in sources.iter().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
        let text = std::fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in (1..).zip(code.lines()) {
            let found = [".unwrap(", ".expect("].into_iter().find(|found| line.contains(found));
            assert!(found.is_none() || is_comment(line), "{}:{number}: {line}", path.display());
        }
    }
}

#[test]
fn the_library_knows_no_browser_and_no_clock() {
    for path in files(&root().join("src"), &["src/app", "src/main.rs"]) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let foreign =
            ["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo", "SystemTime", "Instant::now", "Utc::now"];
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !is_comment(line)) {
            let found = foreign.iter().find(|name| line.contains(**name));
            assert!(found.is_none(), "{}:{number}: {line}", path.display());
        }
    }
}

/// The fields of the table of the page's texts.
fn fields() -> Vec<String> {
    let table = read("src/text/page.rs");
    let lines = table.lines().filter_map(|line| line.trim().strip_prefix("pub "));
    lines.filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect()
}

#[test]
fn every_text_of_the_page_is_in_use() {
    let code: String = ["src/app", "src/markup"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), &[]))
        .chain([root().join("src/text/filter.rs")])
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .chain([root().join("src/text/filter.rs")])
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let is_used = |field: &String| {
        let access = format!(".{field}");
        let in_word = |at: usize| {
            code[at + access.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        };
        code.match_indices(&access).any(|(at, _)| !in_word(at))
    };
    let unused: Vec<String> = fields().into_iter().filter(|field| !is_used(field)).collect();
    assert!(fields().len() > 200 && unused.is_empty(), "{unused:?}");
}

#[test]
fn every_text_of_the_page_differs_between_the_languages() {
    let value = |table: &str, field: &str| {
        let (_, rest) = table.split_once(&format!("\n    {field}: ")).unwrap_or_else(|| panic!("no {field}"));
        // A value ends where the next field, a comment or the end of the table begins.
        let ends = rest.match_indices("\n    ").map(|(at, _)| at);
        let end = ends
            .into_iter()
            .find(|at| rest[at + 5..].starts_with(|c: char| c.is_ascii_lowercase() || c == '/'));
        rest[..end.unwrap_or(rest.len())].to_owned()
    };
    let (english, japanese) = (read("src/text/en/page.rs"), read("src/text/ja/page.rs"));
    let same: Vec<String> =
        fields().into_iter().filter(|field| value(&english, field) == value(&japanese, field)).collect();
    assert_eq!(same, SAME_IN_BOTH);
}

/// What is the same in both languages: the name of an input, which goes into the export, and "MFA".
const SAME_IN_BOTH: [&str; 2] = ["pasted_name", "question_mfa"];
