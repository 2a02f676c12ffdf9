//! A thousand accounts in as many files, with one report each and with two.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use browser_tests::{File, Page};

use crate::figure::Figure;
use crate::generate::{a_month_later, generate, report};
use crate::papaparse;
use crate::watch::{WATCH_TASKS, median, number, opened};

/// Rounds; the contestants take turns in each.
const ROUNDS: usize = 5;

const ACCOUNTS: usize = 1_000;

/// How long a change of layout may hold the page's thread, in milliseconds.
const LAYOUT: f64 = 100.0;

/// Shows the accounts, and comes back to the cards.
const CHANGE_LAYOUT: &str = "
    const done = arguments[arguments.length - 1];
    const shown = (layout) => new Promise((is_shown) => {
        document.querySelector(`[data-layout=${layout}]`).click();
        const look = () => document.querySelector(`#${layout} :is(tr, .card)`)
            ? requestAnimationFrame(() => setTimeout(is_shown)) : requestAnimationFrame(look);
        look();
    });
    (async () => { await shown('facts'); await shown('cards'); done(); })();
";

/// A report of some twenty users for each account.
fn reports() -> Vec<String> {
    let csv = generate(&["20000", "--accounts", &ACCOUNTS.to_string()]);
    let (header, rows) = csv.split_once('\n').unwrap();
    let mut reports: Vec<String> = Vec::new();
    for row in rows.lines() {
        if row.starts_with("<root_account>") {
            reports.push(header.to_owned());
        }
        let report = reports.last_mut().unwrap();
        report.push('\n');
        report.push_str(row);
    }
    assert_eq!(reports.len(), ACCOUNTS);
    reports
}

/// Measures the page, and what `PapaParse` takes merely to parse the same files.
pub(crate) async fn figures(page: &Page) -> Vec<Figure> {
    let reports = reports();
    let single: Vec<File> =
        reports.iter().enumerate().map(|(number, csv)| report(&number.to_string(), csv.clone())).collect();
    let later = reports.iter().enumerate().map(|(number, csv)| a_month_later(&number.to_string(), csv));
    let pairs: Vec<File> = single.iter().cloned().chain(later).collect();
    let [mut parsed, mut one, mut two, mut held] = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        parsed.push(papaparse::parsed(page, &single).await);
        page.open().await;
        one.push(opened(page, &single).await);
        page.run(WATCH_TASKS, &[]).await;
        page.run_async(CHANGE_LAYOUT, &[]).await;
        held.push(number(page, "window.longest").await);
        page.open().await;
        two.push(opened(page, &pairs).await);
    }
    let [parsed, one, two, held] = [parsed, one, two, held].map(|mut times| median(&mut times));
    println!(
        "\n## {ACCOUNTS} accounts, a file each\n\n\
         | medians of {ROUNDS} rounds | ms |\n|---|---:|\n\
         | PapaParse, parsing alone | {parsed:.0} |\n\
         | **this page: chosen → cards painted** | {one:.0} |\n\
         | **this page: two reports of each, compared** | {two:.0} |"
    );
    vec![
        Figure::new("1,000 files, chosen → cards painted, to PapaParse parsing alone", one / parsed, 1.0),
        Figure::new("1,000 accounts with two reports each, to one each", two / one, 2.2),
        Figure::new("longest task when 1,000 accounts are shown as a table and back, in ms", held, LAYOUT),
    ]
}
