//! Every form of export of a million users.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use browser_tests::Page;
use credential_report_viewer::export::Form;

use crate::figure::Figure;
use crate::generate::{generate, report};
use crate::watch::{LONG, WATCH_TASKS, exported, number, opened};

const USERS: &str = "1000000";

/// The forms that one report alone can be exported as.
const FORMS: [Form; 6] =
    [Form::Findings, Form::FindingsCsv, Form::UsersCsv, Form::Markdown, Form::Ocsf, Form::Review];

/// Measures each form once: they are up to gigabytes. Each in a page of its own, for those of the form before are
/// still being written, and everything waits for that.
pub(crate) async fn figures(page: &Page) -> Vec<Figure> {
    let report = report(USERS, generate(&[USERS]));
    println!(
        "\n## Every form, a million users\n\n| form | MB | MB/s | longest task: dialog, ms | export, ms |\n\
         |---|---:|---:|---:|---:|"
    );
    let (mut longest, mut memory): (f64, f64) = (0.0, 0.0);
    for form in FORMS {
        page.open().await;
        opened(page, std::slice::from_ref(&report)).await;
        page.run(WATCH_TASKS, &[]).await;
        page.click("#export-more").await;
        page.click(&format!("#export-{}", form.name())).await;
        page.appears("#export-preview:not(:empty)").await;
        let dialog = number(page, "window.longest").await;
        page.run(WATCH_TASKS, &[]).await;
        let (time, size) = exported(page, "#export-download").await;
        page.vanishes("#export-download").await;
        let export = number(page, "window.longest").await;
        longest = longest.max(dialog).max(export);
        memory = memory.max(number(page, "window.memory").await / 1e6);
        let speed = size / time * 1e3;
        println!("| {} | {size:.0} | {speed:.0} | {dialog:.0} | {export:.0} |", form.name());
    }
    println!("\nWorker's memory afterwards: at most {memory:.0} MB.");
    vec![Figure::new("longest task while every form of a million users is exported, in ms", longest, LONG)]
}
