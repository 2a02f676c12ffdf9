//! Pictures of every state, to be looked at. They are kept in a folder that is not committed.

use std::panic::{AssertUnwindSafe, resume_unwind};

use browser_tests::{Browser, File, NoPicture, Page, Place, Start, reports, with_page};
use futures_util::FutureExt;

/// Takes pictures in three widths and both themes.
async fn pictures(page: &Page, state: &str) {
    for width in [360, 768, 1440] {
        page.resize(width).await;
        for theme in ["light", "dark"] {
            page.prefers(theme).await;
            page.picture(&format!("{state}-{width}-{theme}")).await;
        }
    }
    page.resize(1440).await;
    page.prefers("light").await;
}

/// Pictures need what only Chromium's driver can do. One that stops drawing is given up for another, once:
/// nothing is judged by a picture.
async fn with_pictures(language: &'static str, test: impl AsyncFn(&Page)) {
    if Browser::chosen() != Browser::Chromium {
        return;
    }
    let start = Start { languages: language, place: Place::Disk, suffix: "" };
    match AssertUnwindSafe(with_page(start, &test)).catch_unwind().await {
        Ok(()) => {}
        Err(panic) if panic.is::<NoPicture>() => with_page(start, test).await,
        Err(panic) => resume_unwind(panic),
    }
}

async fn states_before_a_result(page: &Page, language: &str) {
    let state = |name: &str| format!("{language}-{name}");
    pictures(page, &state("empty")).await;
    page.click("#privacy-button").await;
    page.appears("#privacy").await;
    pictures(page, &state("privacy")).await;
    page.click("#privacy [data-close]").await;
    page.drop_files(&[File::new("alice_accessKeys.csv", "Access key ID,Secret access key\nAKIA,secret\n")])
        .await;
    page.appears("#error").await;
    pictures(page, &state("failed")).await;
    page.run("Blob.prototype.arrayBuffer = () => new Promise(() => {});", &[]).await;
    page.drop_files(&[reports::single()]).await;
    page.appears("#reading").await;
    pictures(page, &state("reading")).await;
}

async fn states_of_a_result(page: &Page, language: &str) {
    let state = |name: &str| format!("{language}-{name}");
    page.click("#sample").await;
    page.appears("[data-user]").await;
    pictures(page, &state("sample")).await;
    page.open_card("frank.weber").await;
    pictures(page, &state("card")).await;
    page.click("[data-user] details summary").await;
    page.appears("[data-user] .inside").await;
    pictures(page, &state("finding")).await;
    for layout in ["table", "problems", "facts"] {
        page.click(&format!("[data-layout={layout}]")).await;
        page.appears(&format!("#{layout}")).await;
        pictures(page, &state(layout)).await;
    }
    page.click("[data-layout=cards]").await;
    page.appears("#cards").await;
    page.click("#policy-button").await;
    page.fill("#unused_days", "10").await;
    page.appears("#policy-reset").await;
    pictures(page, &state("policy")).await;
    page.click("#policy-reset").await;
    page.click("#policy [data-close]").await;
    page.fill("#search", "nobody").await;
    page.appears("#no-match").await;
    pictures(page, &state("nothing-matches")).await;
    page.drop_files(&[reports::single()]).await;
    page.shows(&["Bob"]).await;
    pictures(page, &state("one-user")).await;
    page.drop_files(&[reports::fine()]).await;
    page.appears("#no-problems").await;
    pictures(page, &state("everything-fine")).await;
    page.drop_files(&[reports::mixed(), reports::other(), reports::broken()]).await;
    page.appears("[data-user=ops-terraform]").await;
    pictures(page, &state("several")).await;
    page.resize(768).await;
    page.is_printed().await;
    page.appears(".inside").await;
    page.picture(&state("paper")).await;
}

#[tokio::test]
async fn before_a_result() {
    with_pictures("en", async |page| states_before_a_result(page, "en").await).await;
}

#[tokio::test]
async fn before_a_result_in_japanese() {
    with_pictures("ja", async |page| states_before_a_result(page, "ja").await).await;
}

#[tokio::test]
async fn of_a_result() {
    with_pictures("en", async |page| states_of_a_result(page, "en").await).await;
}

#[tokio::test]
async fn of_a_result_in_japanese() {
    with_pictures("ja", async |page| states_of_a_result(page, "ja").await).await;
}

#[tokio::test]
async fn of_five_thousand_users() {
    with_pictures("en", async |page| {
        page.browse("#browse", &[reports::many(5_000)]).await;
        page.counts_users("5,000 users").await;
        pictures(page, "en-5000").await;
    })
    .await;
}

#[tokio::test]
async fn of_a_drag() {
    with_pictures("en", async |page| {
        // The overlay goes when no more of the drag is heard.
        page.run("window.setTimeout = () => 0;", &[]).await;
        page.drag(&[reports::single()]).await;
        page.appears("#overlay").await;
        pictures(page, "en-dragging").await;
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        page.drag(&[reports::single()]).await;
        page.appears("#overlay").await;
        pictures(page, "en-dragging-over").await;
    })
    .await;
}
