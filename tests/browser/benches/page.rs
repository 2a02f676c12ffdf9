//! How fast the built page is beside JavaScript, in one run of one Chromium, on the same files.
//!
//! `cargo xtask bench` builds the page, makes the files and runs this. Numbers on the command line
//! are the users of the reports; without any, 5,000, 100,000 and 1,000,000. What it prints is
//! kept in docs/BENCHMARKS.md.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::cast_precision_loss, reason = "sizes are told in megabytes")]

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use browser_tests::{File, Page, Place, with_page};
use serde_json::{Value, json};

const SIZES: [u32; 3] = [5_000, 100_000, 1_000_000];

/// Rounds for a report; the contestants take turns in each.
const ROUNDS: usize = 7;

/// How long JavaScript may take for a round with a million users.
const CONTEST_PATIENCE: Duration = Duration::from_secs(300);

/// How long a task of the page's thread may take before a person notices, in milliseconds. Browsers
/// tell of longer ones only.
const LONG: f64 = 50.0;

/// The contestants, in the order of the table.
const NAMES: [&str; 13] = [
    "plain read: `File.arrayBuffer()`",
    "PapaParse, parsing alone",
    "PapaParse and six checks",
    "uDSV, streaming, and six checks",
    "a page by hand: PapaParse, six checks, totals, cards by `innerHTML`, painted",
    "**this page: chosen → result with all checks, cards painted**",
    "`Array.prototype.sort` by creation",
    "**this page: sorted by creation, cards painted**",
    "`Array.prototype.filter` by name",
    "**this page: searched by name, cards painted**",
    "`Array.prototype.filter`, console users without MFA",
    "**this page: filtered, cards painted**",
    "**this page: all findings exported**",
];

/// Places in the table that others are held against.
const PLAIN: usize = 0;
const PAPAPARSE_CHECKS: usize = 2;
const UDSV: usize = 3;
const BY_HAND: usize = 4;
const OPENED: usize = 5;
const SORTED: usize = 7;
const SEARCHED: usize = 9;
const FILTERED: usize = 11;
const EXPORTED: usize = 12;

/// Notes when the page is ready, and how large the worker's memory gets: it is told by the module's
/// instance after every message.
const PREPARE: &str = "
    new MutationObserver((_, observer) => {
        if (!document.querySelector('#drop')) return;
        observer.disconnect();
        window.ready = performance.now();
    }).observe(document, { childList: true, subtree: true });
    window.memory = 0;
    new BroadcastChannel('memory').onmessage = ({ data }) => { window.memory = Math.max(window.memory, data); };
    const telling = `{
        const channel = new BroadcastChannel('memory');
        const Instance = WebAssembly.Instance;
        WebAssembly.Instance = function (...given) {
            const instance = new Instance(...given);
            addEventListener('message', () => setTimeout(() => channel.postMessage(instance.exports.memory.buffer.byteLength)));
            return instance;
        };
    }`;
    const Plain = Blob;
    window.Blob = function (parts, options) {
        const isWorker = options?.type === 'text/javascript';
        return new Plain(isWorker ? [telling, ...parts] : parts, options);
    };
    window.Blob.prototype = Plain.prototype;
";

/// From now on, until it is asked, the longest task of the page's thread is noted.
const WATCH_TASKS: &str = "
    window.longest = 0;
    window.tasks?.disconnect();
    window.tasks = new PerformanceObserver((list) => {
        for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
    });
    window.tasks.observe({ type: 'longtask' });
";

/// Waits for the cards that follow what a person does, and notes when they are painted.
const WATCH: &str = "
    const [event, selector] = arguments;
    const done = window.measured = {};
    const before = document.querySelector('.card');
    let from = 0;
    const observer = new MutationObserver(() => {
        const card = document.querySelector('.card');
        if (!from || !card || card === before) return;
        observer.disconnect();
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => { done.time = performance.now() - from; };
            channel.port2.postMessage(null);
        });
    });
    observer.observe(document.body, { childList: true, subtree: true });
    document.querySelector(selector).addEventListener(event, () => { from = performance.now(); },
        { capture: true, once: true });
";

/// Takes what is exported out of the page's hands, and notes when and how large it is.
const WATCH_EXPORT: &str = "
    const done = window.measured = {};
    const from = performance.now();
    const make = URL.createObjectURL;
    let bytes = 0;
    URL.createObjectURL = (blob) => { bytes = blob.size; return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () {
        done.time = performance.now() - from;
        done.bytes = bytes;
        URL.revokeObjectURL(this.href);
    };
    document.querySelector('#export').click();
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
    const severities = ['critical', 'high', 'medium', 'low'];
    const severityOf = {
        'root-access-key-active': 0, 'root-mfa-disabled': 0, 'console-mfa-disabled': 1,
        'access-key-not-rotated': 2, 'access-key-unused': 2, 'access-key-never-used': 2, 'console-unused': 2,
    };
    const escape = (text) => text.replace(/[&<>\x22]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const days = (text) => isTime(text) ? `${age(text)} days ago` : text;
    // As many cards as this page draws before it first paints, with what stands on them.
    const CARDS = 3;
    const card = ({ row, found }) => `<li><article class='card'><header><h3>${escape(row[0])}</h3>
        <p>${escape(row[1])} · ${row[1].split(':')[4]}</p><b>${found.length ? severities[severityOf[found[0][0]]] : 'no findings'}</b></header>
        <dl><dt>Created</dt><dd>${days(row[2])}</dd><dt>Password</dt><dd>${row[3]}: used ${days(row[4])}, changed ${days(row[5])}</dd>
        <dt>MFA</dt><dd>${row[7]}</dd>${[8, 13].filter((at) => isTime(row[at + 1])).map((at) => `<dt>Access key</dt>
        <dd>${row[at]}: created ${days(row[at + 1])}, used ${days(row[at + 2])} ${escape(row[at + 3])} ${escape(row[at + 4])}</dd>`).join('')}</dl>
        <ul>${found.map((finding) => `<li class='${severities[severityOf[finding[0]]]}'>${finding[0]}</li>`).join('')}</ul></article></li>`;
    const showByHand = async () => {
        const users = [];
        const totals = [0, 0, 0, 0];
        await papa((chunk) => {
            for (const row of chunk.data) {
                if (row.length < 18 || row[0] === 'user') continue;
                const found = [];
                check(row, found);
                let key = 0;
                for (const finding of found) {
                    const severity = severityOf[finding[0]];
                    totals[severity] += 1;
                    key += 1000 ** (3 - severity);
                }
                found.sort((a, b) => severityOf[a[0]] - severityOf[b[0]]);
                users.push({ row, found, key });
            }
        });
        users.sort((a, b) => b.key - a.key);
        const place = document.createElement('section');
        place.innerHTML = `<p>${users.length} users · ${totals.map((count, at) => `${severities[at]} ${count}`).join(' · ')}</p>
            <ul class='cards'>${users.slice(0, CARDS).map(card).join('')}</ul>`;
        document.body.prepend(place);
        await new Promise((painted) => requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = painted;
            channel.port2.postMessage(null);
        }));
        place.remove();
    };
    (async () => {
        const [plain] = await timed(() => file.arrayBuffer());
        // Before the rows below are held as well: a million of them twice is more than a page may have.
        const [byHand] = await timed(() => showByHand());
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
        const [without] = await timed(() => rows.filter((row) => row[3] === 'true' && row[7] === 'false'));
        done([plain, parsed, checked, udsv, byHand, null, sorted, null, filtered, null, without, null, null]);
    })();
";

fn main() {
    let sizes: Vec<u32> = env::args().skip(1).filter_map(|word| word.replace('_', "").parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(with_page(Place::Server, async |page| {
        page.web.set_script_timeout(CONTEST_PATIENCE).await.unwrap();
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": PREPARE })).await;
        let browser =
            page.run("return `${navigator.userAgent}, ${navigator.hardwareConcurrency} cores`;", &[]).await;
        println!("\nThe page: {:.1} kB. {}", page_size(), browser.as_str().unwrap_or_default());
        let mut results = Vec::new();
        for users in sizes {
            let result = contest(page, users).await;
            result.print();
            results.push(result);
        }
        print_figures(&results);
    }));
}

fn page_size() -> f64 {
    let page = env::var_os("CRV_PAGE").expect("cargo xtask bench tells where the page is");
    fs::metadata(page).unwrap().len() as f64 / 1e3
}

/// What was measured on a report.
struct Contest {
    users: u32,
    /// The size of the report, in megabytes.
    size: f64,
    /// The medians, in milliseconds, in the order of the names.
    times: Vec<f64>,
    /// From navigation until the page is ready, in milliseconds.
    ready: f64,
    /// The longest task of the page's thread while a report was opened and asked about, and while it was
    /// exported, in milliseconds; 0 where none was long.
    longest: [f64; 2],
    /// The most memory of the worker's module when the cards were there, and after the export, in
    /// megabytes.
    memory: [f64; 2],
    /// The size of the export, in megabytes.
    exported: f64,
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

async fn contest(page: &Page, users: u32) -> Contest {
    let report = report(users);
    let size = report.bytes.len() as f64 / 1e6;
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); NAMES.len()];
    let mut ready = Vec::new();
    let (mut longest, mut memory, mut exported): ([f64; 2], [f64; 2], f64) = ([0.0; 2], [0.0; 2], 0.0);
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
        ready.push(number(page, "window.ready").await);
        page.run(WATCH_TASKS, &[]).await;
        page.run(WATCH, &[json!("change"), json!("input[type=file]")]).await;
        page.browse("input[type=file]", std::slice::from_ref(&report)).await;
        let opened = measured(page).await;
        page.run(WATCH, &[json!("change"), json!("#sort")]).await;
        let sort = "const sort = document.querySelector('#sort'); sort.value = 'creation';
             sort.dispatchEvent(new Event('change', { bubbles: true }));";
        page.run(sort, &[]).await;
        let sorted = measured(page).await;
        page.run(WATCH, &[json!("input"), json!("#search")]).await;
        let search = "const search = document.querySelector('#search'); search.value = arguments[0];
             search.dispatchEvent(new InputEvent('input', { bubbles: true }));";
        page.run(search, &[json!("kenji")]).await;
        let searched = measured(page).await;
        page.run(WATCH, &[json!("input"), json!("#search")]).await;
        page.run(search, &[json!("")]).await;
        measured(page).await;
        page.run(WATCH, &[json!("click"), json!("#figure-mfa")]).await;
        page.run("document.querySelector('#figure-mfa').click();", &[]).await;
        let filtered = measured(page).await;
        let asked = number(page, "window.longest").await;
        memory[0] = memory[0].max(number(page, "window.memory").await / 1e6);
        for (place, time) in [(OPENED, opened), (SORTED, sorted), (SEARCHED, searched), (FILTERED, filtered)]
        {
            times[place].push(time);
        }
        // The first round warms the disk's cache. The findings of a million users are gigabytes: once is
        // enough.
        if round > 0 {
            longest[0] = longest[0].max(asked);
        }
        if round + 1 == ROUNDS {
            page.click("#clear").await;
            page.run(WATCH_TASKS, &[]).await;
            page.run(WATCH_EXPORT, &[]).await;
            times[EXPORTED].push(measured(page).await);
            longest[1] = number(page, "window.longest").await;
            memory[1] = number(page, "window.memory").await / 1e6;
            exported = number(page, "window.measured.bytes").await / 1e6;
        }
    }
    let times = times.iter_mut().map(|times| median(times)).collect();
    Contest { users, size, times, ready: median(&mut ready), longest, memory, exported }
}

impl Contest {
    fn print(&self) {
        let Self { users, size, times, .. } = self;
        println!("\n## {users} users, {size:.1} MB\n");
        println!("| medians of {ROUNDS} rounds | ms | beside this page |\n|---|---:|---:|");
        for (place, (name, time)) in NAMES.iter().zip(times).enumerate() {
            // Below the line for opening a report each contestant stands above its counterpart.
            let ours = if place <= OPENED { OPENED } else { place + (place + 1) % 2 };
            let ratio = match ours {
                _ if place == EXPORTED => {
                    format!("{:.0} MB at {:.0} MB/s", self.exported, self.exported / time * 1e3)
                }
                ours if ours == place => String::new(),
                ours => format!("{:.2}", time / times[ours]),
            };
            println!("| {name} | {time:.1} | {ratio} |");
        }
        println!(
            "\nWorker's memory: {:.0} MB ({:.2} × the file) with the result, {:.0} MB after the export. \
             Ready {:.0} ms after navigation.\nTasks of the page's thread over {LONG} ms: {}.",
            self.memory[0],
            self.memory[0] / size,
            self.memory[1],
            self.ready,
            match self.longest {
                [0.0, 0.0] => "none".to_owned(),
                [asked, exported] =>
                    format!("the longest {asked:.0} ms while asked, {exported:.0} ms while exporting"),
            }
        );
    }
}

/// The figures that the page is to reach, where their reports were measured.
fn print_figures(results: &[Contest]) {
    let of = |users: u32| results.iter().find(|result| result.users == users);
    let mut lines: Vec<(String, &str, String, bool)> = Vec::new();
    let mut at_most = |what: &str, target: &'static str, value: f64, limit: f64| {
        lines.push((what.to_owned(), target, format!("{value:.2}"), value <= limit));
    };
    for (users, name, target, limit) in [
        (5_000, "5,000 users, chosen → cards painted, to a page by hand", "≤ 1", 1.0),
        (100_000, "100,000 users, the same", "≤ 0.6", 0.6),
        (1_000_000, "1,000,000 users, the same", "≤ 0.4", 0.4),
    ] {
        if let Some(result) = of(users) {
            at_most(name, target, result.times[OPENED] / result.times[BY_HAND], limit);
        }
    }
    if let Some(large) = of(1_000_000) {
        let times = &large.times;
        let ours = times[OPENED];
        at_most("1,000,000 users, chosen → result, to a plain read", "≤ 1.3", ours / times[PLAIN], 1.3);
        at_most("to PapaParse with six checks", "≤ 0.29", ours / times[PAPAPARSE_CHECKS], 1.0 / 3.5);
        at_most("to uDSV streaming with six checks", "≤ 0.5", ours / times[UDSV], 0.5);
        for (what, ours) in [
            ("sort, to JavaScript's", SORTED),
            ("search, to JavaScript's", SEARCHED),
            ("filter, to JavaScript's", FILTERED),
        ] {
            at_most(what, "≤ 0.25", times[ours] / times[ours - 1], 0.25);
        }
        at_most("worker's memory, to the file", "≤ 0.8", large.memory[0] / large.size, 0.8);
        at_most(
            "longest task of the page's thread while opening and asking, in ms",
            "≤ 50",
            large.longest[0],
            LONG,
        );
        at_most("longest task of the page's thread while exporting, in ms", "≤ 50", large.longest[1], LONG);
        if let Some(middle) = of(100_000) {
            let growth = large.times[OPENED] / middle.times[OPENED];
            at_most("growth, 1,000,000 users to 100,000", "≤ 11", growth, 11.0);
        }
    }
    at_most("size of the page, in kB", "≤ 900", page_size(), 900.0);
    println!("\n## Figures to reach\n\n| | at least | measured | reached |\n|---|---:|---:|---|");
    for (what, target, value, reached) in lines {
        println!("| {what} | {target} | {value} | {} |", if reached { "yes" } else { "no" });
    }
}

/// The milliseconds that something took, once it is done.
async fn measured(page: &Page) -> f64 {
    while page.run("return window.measured.time === undefined;", &[]).await == Value::Bool(true) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    number(page, "window.measured.time").await
}

async fn number(page: &Page, what: &str) -> f64 {
    page.run(&format!("return {what};"), &[]).await.as_f64().unwrap_or(f64::NAN)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
