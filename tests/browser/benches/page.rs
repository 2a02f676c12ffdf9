//! How fast the built page is beside JavaScript, in one run of one Chromium, on the same files.
//!
//! `cargo xtask bench` builds the page, makes the files and runs this. Numbers on the command line
//! are the users of the reports; without any, 5,000 and 100,000.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::cast_precision_loss, reason = "sizes are told in megabytes")]

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use browser_tests::{File, Page, Place, with_page};
use serde_json::{Value, json};

const SIZES: [u32; 2] = [5_000, 100_000];

/// Rounds for a report; the contestants take turns in each.
const ROUNDS: usize = 7;

/// The contestants, in the order of the table.
const NAMES: [&str; 9] = [
    "plain read: File.arrayBuffer()",
    "PapaParse, parsing alone",
    "PapaParse and six checks",
    "uDSV and six checks",
    "this page: chosen to cards painted",
    "Array.prototype.sort by creation",
    "this page: sorted by creation",
    "Array.prototype.filter by name",
    "this page: searched by name",
];

/// Waits for the cards that follow what a person does, and notes when they are painted.
const WATCH: &str = "
    const [event, selector] = arguments;
    const done = window.measured = { longest: 0 };
    const before = document.querySelector('.card');
    const longTasks = new PerformanceObserver((list) => {
        for (const task of list.getEntries()) done.longest = Math.max(done.longest, task.duration);
    });
    longTasks.observe({ type: 'longtask' });
    let from = 0;
    const observer = new MutationObserver(() => {
        const card = document.querySelector('.card');
        if (!from || !card || card === before) return;
        observer.disconnect();
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => {
                done.time = performance.now() - from;
                setTimeout(() => { longTasks.disconnect(); done.complete = true; }, 0);
            };
            channel.port2.postMessage(null);
        });
    });
    observer.observe(document.body, { childList: true, subtree: true });
    document.querySelector(selector).addEventListener(event, () => { from = performance.now(); },
        { capture: true, once: true });
";

/// What JavaScript does: read, parse, check, sort and filter, each timed on its own.
const CONTEST: &str = r"
    const done = arguments[arguments.length - 1];
    const file = document.querySelector('#contest').files[0];
    const now = Date.UTC(2026, 8, 11, 13, 15, 19);
    const age = (text) => Math.floor((now - Date.parse(text)) / 86400000);
    const isTime = (text) => text.charCodeAt(0) === 50;
    const check = (row, found) => {
        const root = row[0] === '<root_account>';
        const key = (at) => {
            if (row[at] !== 'true') return;
            if (root) { found.push(['root-access-key-active', row[1], at]); return; }
            if (age(row[at + 1]) > 90) found.push(['access-key-not-rotated', row[1], at]);
            if (isTime(row[at + 2])) {
                if (age(row[at + 2]) >= 45) found.push(['access-key-unused', row[1], at]);
            } else if (age(row[at + 1]) >= 45) found.push(['access-key-never-used', row[1], at]);
        };
        key(8);
        key(13);
        if (row[3] !== 'true') return;
        if (row[7] === 'false') found.push([root ? 'root-mfa-disabled' : 'console-mfa-disabled', row[1]]);
        if (!root && isTime(row[4]) && age(row[4]) >= 45) found.push(['console-unused', row[1]]);
    };
    const timed = async (act) => {
        const from = performance.now();
        const result = await act();
        return [performance.now() - from, result];
    };
    const papa = (step) => new Promise((complete) => {
        Papa.parse(file, step ? { chunk: step, complete } : { complete });
    });
    (async () => {
        const [plain] = await timed(() => file.arrayBuffer());
        const [parsed, result] = await timed(() => papa());
        let found = [];
        const [checked] = await timed(() => papa((chunk) => { for (const row of chunk.data) check(row, found); }));
        found = [];
        const [udsv] = await timed(async () => {
            const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
            let parser = null;
            for (;;) {
                const { done, value } = await reader.read();
                if (done) break;
                parser ??= uDSV.initParser(uDSV.inferSchema(value));
                parser.chunk(value, parser.stringArrs, (rows) => { for (const row of rows) check(row, found); });
            }
            parser.end();
        });
        const rows = result.data.slice(1).filter((row) => row.length > 2);
        const [sorted] = await timed(() => rows.slice().sort((a, b) => (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0)));
        const [filtered] = await timed(() => rows.filter((row) => row[0].toLowerCase().includes('kenji')));
        done([plain, parsed, checked, udsv, null, sorted, null, filtered, null]);
    })();
";

fn main() {
    let sizes: Vec<u32> = env::args().skip(1).filter_map(|word| word.replace('_', "").parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(with_page(Place::Server, async |page| {
        for users in sizes {
            contest(page, users).await;
        }
    }));
}

/// The report of the library's example `generate`.
fn report(users: u32) -> File {
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
        .args(["--", &users.to_string()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    File::new(&format!("status_reports_2026-09-11T13-15-19+00-00-{users}.csv"), output.stdout)
}

async fn contest(page: &Page, users: u32) {
    let report = report(users);
    let size = report.bytes.len() as f64 / 1e6;
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); NAMES.len()];
    let mut longest: f64 = 0.0;
    for round in 0..ROUNDS {
        page.open().await;
        for library in ["CRV_PAPAPARSE", "CRV_UDSV"] {
            let path =
                PathBuf::from(env::var_os(library).expect("cargo xtask bench tells where the peers are"));
            let peer = fs::read_to_string(path).unwrap();
            page.run(&format!("{peer}\n;if (typeof uDSV === 'object') window.uDSV = uDSV;"), &[]).await;
        }
        page.run(
            "const input = document.createElement('input'); input.type = 'file'; input.id = 'contest';
             document.body.append(input);",
            &[],
        )
        .await;
        page.browse("#contest", std::slice::from_ref(&report)).await;
        let answers = page.run_async(CONTEST, &[]).await;
        for (times, answer) in times.iter_mut().zip(answers.as_array().unwrap()) {
            times.extend(answer.as_f64());
        }
        page.open().await;
        page.run(WATCH, &[json!("change"), json!("input[type=file]")]).await;
        page.browse("input[type=file]", std::slice::from_ref(&report)).await;
        let opened = measured(page).await;
        page.run(WATCH, &[json!("change"), json!("#sort")]).await;
        page.choose("#sort", "creation").await;
        let sorted = measured(page).await;
        page.run(WATCH, &[json!("input"), json!("#search")]).await;
        page.run(
            "const search = document.querySelector('#search'); search.value = 'kenji';
             search.dispatchEvent(new InputEvent('input', { bubbles: true }));",
            &[],
        )
        .await;
        let searched = measured(page).await;
        for (place, (time, _)) in [(4, opened), (6, sorted), (8, searched)] {
            times[place].push(time);
        }
        // The first round warms the disk's cache.
        if round > 0 {
            longest = longest.max(opened.1).max(sorted.1).max(searched.1);
        }
    }
    let ours = median(&mut times[4].clone());
    println!("\n{users} users, {size:.1} MB, medians of {ROUNDS} rounds\n");
    println!("| | ms | beside this page |\n|---|---:|---:|");
    for (place, (name, mut times)) in NAMES.iter().zip(times).enumerate() {
        let own = median(&mut times);
        let ratio = if place < 5 { format!("{:.2}", own / ours) } else { String::new() };
        println!("| {name} | {own:.1} | {ratio} |");
    }
    println!("\nlongest task of the page's thread: {longest:.0} ms");
}

async fn measured(page: &Page) -> (f64, f64) {
    page.holds("return window.measured.complete === true;").await;
    let Value::Object(measured) = page.run("return window.measured;", &[]).await else {
        panic!("nothing measured")
    };
    (measured["time"].as_f64().unwrap(), measured["longest"].as_f64().unwrap())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
