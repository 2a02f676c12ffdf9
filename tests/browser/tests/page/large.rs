//! Files that take time: progress, cancel, changes of mind.

use browser_tests::{File, Library, Page, Place, reports, with_page};
use serde_json::json;

const USERS: usize = 100_000;

/// From now on slices of files wait on their way to the page, all but so many.
async fn hold_slices(page: &Page, but: u32) {
    page.run(
        "const read = window.readSlice ??= Blob.prototype.arrayBuffer;
         let open = arguments[0];
         const waiting = [];
         Blob.prototype.arrayBuffer = function () {
             if (open > 0) {
                 open -= 1;
                 return read.call(this);
             }
             return new Promise(resolve => waiting.push(resolve)).then(() => read.call(this));
         };
         window.releaseSlices = () => {
             Blob.prototype.arrayBuffer = read;
             waiting.forEach(resolve => resolve());
         };",
        &[json!(but)],
    )
    .await;
}

async fn release_slices(page: &Page) {
    page.run("window.releaseSlices();", &[]).await;
}

fn large() -> File {
    File { name: "large_2024-06-01T00-00-00Z.csv".to_owned(), ..reports::many(USERS) }
}

#[tokio::test]
async fn a_hundred_thousand_rows_show_progress_and_can_be_cancelled() {
    with_page(Place::Disk, async |page| {
        let small = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&small));
        let users = library.users(|_| {});
        page.drop_files(&[small]).await;
        page.shows(&users).await;

        let file = large();
        hold_slices(page, 2).await;
        page.browse("#browse", std::slice::from_ref(&file)).await;
        page.appears("#reading progress").await;
        page.holds("const bar = document.querySelector('#reading progress'); return 0 < bar.value && bar.value < bar.max;").await;
        assert_eq!(
            page.run("return document.querySelector('#reading progress').max;", &[]).await,
            json!(file.bytes.len())
        );
        let progress = page.text("#reading").await;
        assert!(progress.contains(&file.name) && progress.contains(" MB of ") && progress.contains("rows"), "{progress}");
        page.click("#cancel").await;
        page.vanishes("#reading").await;
        release_slices(page).await;
        page.shows(&users).await;
        assert_eq!(page.export().await.1, library.export());

        // After a cancel the same file can be read to its end.
        page.browse("#browse", &[file]).await;
        page.counts_users("100,000 users").await;
        page.until("the cards of a page", 48, async || page.number_of("[data-user]").await).await;
        page.vanishes("#reading").await;
        page.fill("#search", "user-099999").await;
        page.shows(&["user-099999"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_read_is_told_and_the_result_stays() {
    with_page(Place::Server, async |page| {
        page.drop_files(&[reports::single()]).await;
        page.shows(&["Bob"]).await;
        hold_slices(page, 1).await;
        let file = reports::many(30_000);
        page.browse("#browse", std::slice::from_ref(&file)).await;
        page.appears("#reading progress").await;
        page.change_chosen(&file.name);
        release_slices(page).await;
        page.until("the error's file", true, async || page.text("#error").await.contains(&file.name)).await;
        page.vanishes("#reading").await;
        page.shows(&["Bob"]).await;
    })
    .await;
}

#[tokio::test]
async fn of_many_questions_the_last_is_answered() {
    with_page(Place::Server, async |page| {
        let report = reports::many(20_000);
        page.browse("#browse", std::slice::from_ref(&report)).await;
        page.counts_users("20,000 users").await;
        page.run(
            "const search = document.querySelector('#search');
             for (let number = 0; number < 300; number += 1) {
                 search.value = `user-${String(number).padStart(6, '0')}`;
                 search.dispatchEvent(new Event('input', { bubbles: true }));
             }",
            &[],
        )
        .await;
        page.shows(&["user-000299"]).await;
        page.counts_users("1 of 20,000 users").await;
    })
    .await;
}

#[tokio::test]
async fn a_large_export_is_what_the_library_says() {
    with_page(Place::Disk, async |page| {
        let report = reports::many(10_000);
        let expected = Library::open(std::slice::from_ref(&report)).export();
        page.browse("#browse", &[report]).await;
        page.counts_users("10,000 users").await;
        let (_, exported) = page.export().await;
        assert!(exported == expected, "{} bytes instead of {}", exported.len(), expected.len());
    })
    .await;
}
