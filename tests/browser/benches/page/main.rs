//! How fast the built page is beside JavaScript, in one run of one Chromium, on the same files.
//!
//! `cargo xtask bench` builds the page, makes the files and runs this. Numbers on the command line
//! are the users of the reports; without any, 5,000, 100,000 and 1,000,000. `accounts` is a thousand
//! accounts, `pair` two reports compared, `spreadsheet` a report as spreadsheets save it, `exports` every
//! form of export; where nothing is asked for, all of it. What it prints is kept in docs/BENCHMARKS.md.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::cast_precision_loss, reason = "sizes are told in megabytes")]

mod contest;
mod exports;
mod figure;
mod generate;
mod organization;
mod pair;
mod papaparse;
mod spreadsheet;
mod watch;

use std::env;
use std::fs;
use std::time::Duration;

use browser_tests::{Place, with_page};
use serde_json::json;

use contest::Contest;
use figure::Figure;

const SIZES: [u32; 3] = [5_000, 100_000, 1_000_000];

/// How long JavaScript may take for a round with a million users.
const PATIENCE: Duration = Duration::from_secs(300);

fn main() {
    // Cargo adds options of its own.
    let words: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let sizes: Vec<u32> = words.iter().filter_map(|word| word.replace('_', "").parse().ok()).collect();
    let is_wanted = |part: &str| words.is_empty() || words.iter().any(|word| word == part);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(with_page(Place::Server, async |page| {
        page.web.set_script_timeout(PATIENCE).await.unwrap();
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch::PREPARE })).await;
        let browser =
            page.run("return `${navigator.userAgent}, ${navigator.hardwareConcurrency} cores`;", &[]).await;
        println!("\nThe page: {:.1} kB. {}", page_size(), browser.as_str().unwrap_or_default());
        let mut results = Vec::new();
        for users in if words.is_empty() { &SIZES[..] } else { &sizes } {
            let result = Contest::of(page, *users).await;
            result.print();
            results.push(result);
        }
        let mut figures = contest::figures(&results);
        if is_wanted("accounts") {
            figures.extend(organization::figures(page).await);
        }
        if is_wanted("pair") {
            figures.extend(pair::figures(page).await);
        }
        if is_wanted("spreadsheet") {
            figures.extend(spreadsheet::figures(page).await);
        }
        if is_wanted("exports") {
            figures.extend(exports::figures(page).await);
        }
        figures.push(Figure::new("size of the page, in kB", page_size(), 900.0));
        figure::print(&figures);
    }));
}

fn page_size() -> f64 {
    let page = env::var_os("CRV_PAGE").expect("cargo xtask bench tells where the page is");
    fs::metadata(page).unwrap().len() as f64 / 1e3
}
