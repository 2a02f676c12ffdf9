//! A report as spreadsheets save it.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use browser_tests::Page;

use crate::figure::Figure;
use crate::generate::{generate, report};
use crate::papaparse::parsed;
use crate::watch::{median, opened};

/// Rounds; the contestants take turns in each.
const ROUNDS: usize = 5;

const USERS: &str = "100000";

/// A way to save a report.
struct Saved {
    name: &'static str,
    separator: &'static str,
    /// What becomes of a cell.
    cell: fn(&str) -> String,
}

const SAVED: [Saved; 3] = [
    Saved { name: "semicolons, `TRUE` and `FALSE`", separator: ";", cell: in_capitals },
    Saved { name: "each cell in quotes", separator: ",", cell: |cell| format!("\"{cell}\"") },
    Saved { name: "other dates, `TRUE` and `FALSE`", separator: ",", cell: as_another_date },
];

fn in_capitals(cell: &str) -> String {
    if matches!(cell, "true" | "false") { cell.to_ascii_uppercase() } else { cell.to_owned() }
}

/// `2016/05/16 18:13` for a time.
fn as_another_date(cell: &str) -> String {
    match cell.split_once('T') {
        Some((date, clock)) if cell.starts_with("20") => {
            format!("{} {}", date.replace('-', "/"), &clock[..5])
        }
        _ => in_capitals(cell),
    }
}

impl Saved {
    fn save(&self, csv: &str) -> String {
        let row = |line: &str| line.split(',').map(self.cell).collect::<Vec<_>>().join(self.separator);
        csv.lines().map(|line| row(line) + "\n").collect()
    }
}

/// Measures the page, and what `PapaParse` takes merely to parse the same file.
pub(crate) async fn figures(page: &Page) -> Vec<Figure> {
    let csv = generate(&[USERS]);
    println!("\n## {USERS} users, saved by a spreadsheet\n");
    println!("| medians of {ROUNDS} rounds, ms | PapaParse, parsing alone | this page |\n|---|---:|---:|");
    let mut figures = Vec::new();
    for saved in SAVED {
        let file = [report("saved", saved.save(&csv))];
        let [mut alone, mut ours] = [const { Vec::new() }; 2];
        for _ in 0..ROUNDS {
            alone.push(parsed(page, &file).await);
            page.open().await;
            ours.push(opened(page, &file).await);
        }
        let (alone, ours) = (median(&mut alone), median(&mut ours));
        println!("| {} | {alone:.0} | {ours:.0} |", saved.name);
        let name =
            format!("100,000 users saved by a spreadsheet, {}, to PapaParse parsing alone", saved.name);
        figures.push(Figure::new(&name, ours / alone, 1.0));
    }
    figures
}
