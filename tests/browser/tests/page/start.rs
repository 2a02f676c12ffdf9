//! How the page starts in browsers that lack something.

use browser_tests::{Browser, Page, Place, with_page};
use serde_json::json;

/// The page in a browser without this, where one can be made: in Chromium.
async fn without(missing: &str, test: impl AsyncFnOnce(&Page)) {
    if Browser::chosen() != Browser::Chromium {
        return;
    }
    with_page(Place::Disk, async |page| {
        let script = json!({ "source": format!("delete {missing};") });
        page.cdp("Page.addScriptToEvaluateOnNewDocument", script).await;
        page.web.goto(page.url()).await.unwrap();
        page.holds(&format!("return typeof {missing} === 'undefined';")).await;
        test(page).await;
    })
    .await;
}

#[tokio::test]
async fn where_arrays_read_no_base64_the_page_starts_by_older_means() {
    without("Uint8Array.fromBase64", async |page| page.appears("#drop").await).await;
}

#[tokio::test]
async fn where_gzip_cannot_be_undone_the_page_says_which_browsers_it_needs() {
    without("window.DecompressionStream", async |page| {
        page.appears("#unsupported").await;
        assert!(!page.sees("#drop").await && !page.sees("#start").await);
    })
    .await;
}
