//! The page beside JavaScript on one report: opened, sorted, searched, filtered, exported.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::env;
use std::fs;
use std::path::PathBuf;

use browser_tests::Page;
use serde_json::json;

use crate::figure::Figure;
use crate::generate::{generate, report};
use crate::papaparse::INPUT;
use crate::watch::{LONG, WATCH, WATCH_TASKS, exported, measured, median, number, opened};

/// Rounds for a report; the contestants take turns in each.
const ROUNDS: usize = 7;

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
    const CARDS = 6;
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

/// What was measured on a report.
pub(crate) struct Contest {
    pub(crate) users: u32,
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

impl Contest {
    /// Measures the page and its peers on a report.
    pub(crate) async fn of(page: &Page, users: u32) -> Self {
        let report = report(&users.to_string(), generate(&[&users.to_string()]));
        let size = report.bytes.len() as f64 / 1e6;
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); NAMES.len()];
        let mut ready = Vec::new();
        let (mut longest, mut memory, mut findings): ([f64; 2], [f64; 2], f64) = ([0.0; 2], [0.0; 2], 0.0);
        for round in 0..ROUNDS {
            page.open().await;
            for library in ["CRV_PAPAPARSE", "CRV_UDSV"] {
                let path =
                    PathBuf::from(env::var_os(library).expect("cargo xtask bench tells where the peers are"));
                let peer = fs::read_to_string(path).unwrap();
                page.run(&format!("{peer}\n;if (typeof uDSV === 'object') window.uDSV = uDSV;"), &[]).await;
            }
            page.run(INPUT, &[]).await;
            page.browse("#contest", std::slice::from_ref(&report)).await;
            let answers = page.run_async(CONTEST, &[]).await;
            for (times, answer) in times.iter_mut().zip(answers.as_array().unwrap()) {
                times.extend(answer.as_f64());
            }
            page.open().await;
            ready.push(number(page, "window.ready").await);
            page.run(WATCH_TASKS, &[]).await;
            let opened = opened(page, std::slice::from_ref(&report)).await;
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
            for (place, time) in
                [(OPENED, opened), (SORTED, sorted), (SEARCHED, searched), (FILTERED, filtered)]
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
                let (time, size) = exported(page, "#export").await;
                times[EXPORTED].push(time);
                findings = size;
                longest[1] = number(page, "window.longest").await;
                memory[1] = number(page, "window.memory").await / 1e6;
            }
        }
        let times = times.iter_mut().map(|times| median(times)).collect();
        Contest { users, size, times, ready: median(&mut ready), longest, memory, exported: findings }
    }

    /// Prints what was measured as a table.
    pub(crate) fn print(&self) {
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
pub(crate) fn figures(results: &[Contest]) -> Vec<Figure> {
    let of = |users: u32| results.iter().find(|result| result.users == users);
    let mut figures = Vec::new();
    for (users, name, limit) in [
        (5_000, "5,000 users, chosen → cards painted, to a page by hand", 1.0),
        (100_000, "100,000 users, the same", 0.6),
        (1_000_000, "1,000,000 users, the same", 0.4),
    ] {
        if let Some(result) = of(users) {
            figures.push(Figure::new(name, result.times[OPENED] / result.times[BY_HAND], limit));
        }
    }
    if let Some(large) = of(1_000_000) {
        let times = &large.times;
        let ours = times[OPENED];
        figures.extend([
            Figure::new("1,000,000 users, chosen → result, to a plain read", ours / times[PLAIN], 1.3),
            Figure::new("to PapaParse with six checks", ours / times[PAPAPARSE_CHECKS], 1.0 / 3.5),
            Figure::new("to uDSV streaming with six checks", ours / times[UDSV], 0.5),
            Figure::new("sort, to JavaScript's", times[SORTED] / times[SORTED - 1], 0.25),
            Figure::new("search, to JavaScript's", times[SEARCHED] / times[SEARCHED - 1], 0.25),
            Figure::new("filter, to JavaScript's", times[FILTERED] / times[FILTERED - 1], 0.25),
            Figure::new("worker's memory, to the file", large.memory[0] / large.size, 0.8),
            Figure::new(
                "longest task of the page's thread while opening and asking, in ms",
                large.longest[0],
                LONG,
            ),
            Figure::new("longest task of the page's thread while exporting, in ms", large.longest[1], LONG),
        ]);
        if let Some(middle) = of(100_000) {
            let growth = large.times[OPENED] / middle.times[OPENED];
            figures.push(Figure::new("growth, 1,000,000 users to 100,000", growth, 11.0));
        }
    }
    figures
}
