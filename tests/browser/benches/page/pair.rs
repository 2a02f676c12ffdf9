//! Two reports of a million users, compared; and ten thousand decisions about them.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use browser_tests::{File, Page};
use serde_json::{Value, json};

use crate::figure::Figure;
use crate::generate::{a_month_later, generate, report};
use crate::watch::{LONG, WATCH_TASKS, number, opened};

const USERS: &str = "1000000";

/// One decision about every hundredth user.
fn decisions(csv: &str) -> File {
    let decision = |(number, row): (usize, &str)| {
        let cells: Vec<&str> = row.split(',').collect();
        json!({
            "id": number.to_string(),
            "account": cells[1].split(':').nth(4),
            "arn": cells[1],
            "user_created": cells[2],
            "action": if number % 2 == 0 { "keep" } else { "disable" },
            "checks": "all",
            "reason": "Vendor appliance cannot use a role",
            "by": "k.sato@example.com",
            "on": "2026-10-11",
            "until": "2026-12-31",
        })
    };
    let rows = csv.lines().skip(2).step_by(100).enumerate();
    let decisions: Vec<Value> = rows.map(decision).collect();
    let file = json!({ "schema": "credential-report-decisions/1", "decisions": decisions });
    File::new("decisions.json", file.to_string())
}

/// Measures the page once: two rounds of half a gigabyte tell nothing more.
pub(crate) async fn figures(page: &Page) -> Vec<Figure> {
    let csv = generate(&[USERS]);
    let files = [report(USERS, csv.clone()), a_month_later(USERS, &csv)];
    let size = files.iter().map(|file| file.bytes.len() as f64).sum::<f64>() / 1e6;
    page.open().await;
    page.run(WATCH_TASKS, &[]).await;
    let time = opened(page, &files).await;
    let memory = number(page, "window.memory").await / 1e6;
    let compared = number(page, "window.longest").await;
    page.run(WATCH_TASKS, &[]).await;
    page.browse("#add", &[decisions(&csv)]).await;
    page.appears("#review:not(:empty)").await;
    let decided = number(page, "window.longest").await;
    println!(
        "\n## Two reports of a million users, {size:.0} MB\n\n\
         Chosen → compared, cards painted: {time:.0} ms. Worker's memory: {memory:.0} MB. Longest task of \
         the page's thread: {compared:.0} ms, when 10,000 decisions come: {decided:.0} ms (0: none over {LONG})."
    );
    vec![
        Figure::new("two reports of 1,000,000 users: worker's memory, to both files", memory / size, 0.8),
        Figure::new("longest task while they are compared, in ms", compared, LONG),
        Figure::new("longest task when 10,000 decisions come, in ms", decided, LONG),
    ]
}
