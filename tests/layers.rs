//! The layers of the project: every `use` line is held against the picture, and none may point up.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A part of the project whose modules are layers: its folder, the name that others call it by, and its
/// layers, top to bottom. A module may use those of the lines below, and those to its right in its line.
struct Picture {
    folder: &'static str,
    name: &'static str,
    lines: &'static [&'static [&'static str]],
}

impl Picture {
    /// What is before the name of a module within the part.
    fn within(&self) -> &'static str {
        if self.folder == "src/app" { "crate::app::" } else { "crate::" }
    }
}

/// The library, whose lower layers are packages of their own.
const LIBRARY: &[&[&str]] = &[
    &["session"],
    &["export", "markup", "view_state", "chart"],
    &["text", "remediation"],
    &["problems", "groups", "overview", "accounts", "by_owner", "query", "card"],
    &["review"],
    &["comparison"],
    &["assessment"],
    &["finding", "policy"],
    &["checks"],
    &["thresholds", "histogram"],
    &["report"],
];

/// The page.
const APP: &[&[&str]] = &[
    &["view"],
    &["shortcuts", "action", "intake", "print", "problem", "change_group", "markup", "decisions", "export"],
    &["files", "digest"],
    &["evaluation"],
    &["changes"],
    &["shown_cards", "shown_accounts", "shown_owners"],
    &["page_state", "pending_result"],
    &["deciding", "failure", "notice", "panel", "reading"],
    &["folder", "portion"],
    &[
        "link",
        "address",
        "settings",
        "clipboard",
        "worker",
        "warm_up",
        "export_blob",
        "download",
        "moment",
        "clock",
        "element",
        "focus",
        "effect",
        "watched",
        "sample",
        "source",
        "panic",
    ],
];

/// What reads reports.
const READING: &[&[&str]] = &[
    &["archive", "input", "table"],
    &["json"],
    &["content"],
    &["wrapped", "base64", "utf16"],
    &["reader"],
    &["user", "report"],
    &["recognise", "header", "split", "file_name"],
    &["odd_cells", "rows"],
    &["read_cell", "cell"],
    &["error", "missing"],
    &[
        "archive_issue",
        "as_of",
        "file_facts",
        "formula",
        "column",
        "time",
        "cell_issue",
        "encoding",
        "secret",
        "work",
        "sorted",
    ],
];

const PICTURES: &[Picture] = &[
    Picture { folder: "src/app", name: "app", lines: APP },
    Picture { folder: "crates/credential-report/src", name: "credential_report", lines: READING },
    Picture { folder: "src", name: "credential_report_viewer", lines: LIBRARY },
    Picture { folder: "crates/assessment/src", name: "credential_report_assessment", lines: LIBRARY },
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of Rust below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort_unstable();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found
}

/// The module of the first level that a file belongs to.
fn module(folder: &Path, file: &Path) -> String {
    let first = file.strip_prefix(folder).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The code of a file, without its tests and comments.
fn code(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules of the first level that a text names behind a prefix, as in `crate::checks` or
/// `crate::{checks, policy}`.
fn named(code: &str, prefix: &str) -> BTreeSet<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].ends_with(is_word) {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        let mut add = |text: &str| {
            let word: String = text.trim_start().chars().take_while(|c| is_word(*c)).collect();
            if word.chars().next().is_some_and(|first| first.is_ascii_lowercase()) {
                found.insert(word);
            }
        };
        match rest.strip_prefix('{') {
            None => add(rest),
            Some(list) => {
                let mut depth = 0;
                let mut start = 0;
                for (place, letter) in list.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            add(&list[start..place]);
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            add(&list[start..place]);
                            start = place + 1;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

/// Where a module stands: its line from the top, and its place in the line.
fn place(lines: &[&[&str]], module: &str) -> Option<(usize, usize)> {
    lines
        .iter()
        .enumerate()
        .find_map(|(line, modules)| Some((line, modules.iter().position(|other| *other == module)?)))
}

/// The arrows that point up or to the left, and the modules that the picture does not have.
fn faults(picture: &Picture) -> Vec<String> {
    let folder = root().join(picture.folder);
    let mut faults = Vec::new();
    for file in files(&folder) {
        let from = module(&folder, &file);
        if ["lib", "main", "app", "mod"].contains(&from.as_str()) {
            continue;
        }
        let Some(here) = place(picture.lines, &from) else {
            faults.push(format!("{}: `{from}` stands in no layer", file.display()));
            continue;
        };
        let code = code(&file);
        let mut used = named(&code, picture.within());
        // Below the first level `super` is the module itself.
        let is_first_level = file.parent() == Some(&*folder)
            || (file.ends_with("mod.rs") && file.parent().and_then(Path::parent) == Some(&*folder));
        if is_first_level {
            used.extend(named(&code, "super::"));
        }
        for to in used {
            match place(picture.lines, &to) {
                Some(there) if to == from || there > here => {}
                Some(_) => faults.push(format!("{}: `{from}` uses `{to}` above it", file.display())),
                None => {
                    faults
                        .push(format!("{}: `{from}` uses `{to}`, which stands in no layer", file.display()));
                }
            }
        }
    }
    faults
}

#[test]
fn no_arrow_points_up() {
    let faults: Vec<String> = PICTURES.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_shells_use_the_library_and_nothing_uses_them() {
    for picture in PICTURES {
        for file in files(&root().join(picture.folder)) {
            let is_shell =
                file.components().any(|part| part.as_os_str() == "app") || file.ends_with("main.rs");
            let code = code(&file);
            assert!(is_shell || !named(&code, "crate::").contains("app"), "{}", file.display());
            assert!(!code.contains("credential_report_cli"), "{}", file.display());
            let above = ["credential_report_viewer", "credential_report_assessment"];
            let others = above.into_iter().filter(|other| *other != picture.name);
            for other in others.filter(|_| picture.folder.starts_with("crates/")) {
                assert!(!code.contains(&format!("{other}::")), "{} uses {other}", file.display());
            }
        }
    }
}

#[test]
fn an_arrow_that_points_up_is_found() {
    let code =
        "use crate::{session::Session, text::{self, Text}};\nuse crate::checks;\nlet x = crate::report::X;";
    let found: Vec<String> = named(code, "crate::").into_iter().collect();
    assert_eq!(found, ["checks", "report", "session", "text"]);
    assert!(place(LIBRARY, "session") < place(LIBRARY, "text"));
    assert!(place(LIBRARY, "query") < place(LIBRARY, "card"));
}
