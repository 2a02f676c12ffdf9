//! `PapaParse`, parsing alone.

use std::env;
use std::fs;

use browser_tests::{File, Page};

/// Parses the files one after the other, as a script by hand would.
const PARSE: &str = "
    const done = arguments[arguments.length - 1];
    (async () => {
        const files = [...document.querySelector('#contest').files];
        const from = performance.now();
        for (const file of files) await new Promise(complete => Papa.parse(file, { complete }));
        done(performance.now() - from);
    })();
";

/// Adds a file input of its own to the page: what is chosen there the page does not open.
pub(crate) const INPUT: &str = "
    const input = document.createElement('input'); input.type = 'file'; input.id = 'contest';
    input.multiple = true; document.body.append(input);
";

/// The milliseconds that `PapaParse` takes merely to parse files, in a page of its own.
pub(crate) async fn parsed(page: &Page, files: &[File]) -> f64 {
    let papaparse = env::var_os("CRV_PAPAPARSE").expect("cargo xtask bench tells where the peers are");
    page.open().await;
    page.run(&fs::read_to_string(papaparse).unwrap(), &[]).await;
    page.run(INPUT, &[]).await;
    page.browse("#contest", files).await;
    page.run_async(PARSE, &[]).await.as_f64().unwrap_or(f64::NAN)
}
