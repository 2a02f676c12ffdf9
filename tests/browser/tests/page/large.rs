//! Files that take time: progress, cancel, changes of mind.

use browser_tests::{File, Library, Page, Place, reports, with_page};
use serde_json::json;

const USERS: usize = 100_000;

/// From now on slices of this file, or all of it, wait on their way to the page; but so many do not.
async fn hold_slices(page: &Page, file: &File, but: u32) {
    page.run(
        "const { arrayBuffer: read, slice } = Blob.prototype;
         let [name, open] = arguments;
         const slices = new WeakSet();
         const released = new Promise(resolve => { (window.release ??= {})[name] = resolve; });
         Blob.prototype.slice = function (...range) {
             const part = slice.apply(this, range);
             if (this.name === name) slices.add(part);
             return part;
         };
         Blob.prototype.arrayBuffer = function () {
             if (this.name !== name && !slices.has(this)) return read.call(this);
             if (open-- > 0) return read.call(this).finally(() => { window.slicesRead = (window.slicesRead ?? 0) + 1; });
             return released.then(() => read.call(this));
         };",
        &[json!(file.name), json!(but)],
    )
    .await;
}

async fn release_slices(page: &Page, file: &File) {
    page.run("window.release[arguments[0]]();", &[json!(file.name)]).await;
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
        hold_slices(page, &file, 2).await;
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
        release_slices(page, &file).await;
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
async fn the_newest_file_wins() {
    with_page(Place::Server, async |page| {
        let (older, newer) = (large(), reports::single());
        hold_slices(page, &older, 1).await;
        hold_slices(page, &newer, 0).await;
        page.browse("#browse", std::slice::from_ref(&older)).await;
        page.appears("#reading progress").await;
        page.drop_files(std::slice::from_ref(&newer)).await;
        page.until("the newer file", true, async || page.text("#reading").await.contains(&newer.name)).await;
        // What comes late of the older file is not taken for a part of the newer one.
        release_slices(page, &older).await;
        release_slices(page, &newer).await;
        page.shows(&["Bob"]).await;
        page.vanishes("#reading").await;
        assert_eq!(page.export().await.1, Library::open(&[newer]).export());
    })
    .await;
}

#[tokio::test]
async fn a_commit_that_is_under_way_is_shown_whatever_comes_in_between() {
    with_page(Place::Server, async |page| {
        let held = File::new("held.csv", "user");
        hold_slices(page, &held, 0).await;
        // The second message behind a file's bytes asks for the users of the committed result; then another
        // file comes.
        page.run(
            "const post = Worker.prototype.postMessage;
             let left = 0;
             Worker.prototype.postMessage = function (message, transfer) {
                 post.call(this, message, transfer);
                 if (message[2] !== null) left = 3;
                 left -= 1;
                 if (left !== 0) return;
                 Worker.prototype.postMessage = post;
                 const data = new DataTransfer();
                 data.items.add(new File(['user'], 'held.csv'));
                 document.body.dispatchEvent(new DragEvent('drop', {
                     dataTransfer: data, bubbles: true, cancelable: true, clientX: 1, clientY: 1,
                 }));
             };",
            &[],
        )
        .await;
        page.drop_files(&[reports::single()]).await;
        page.appears("#reading progress").await;
        page.click("#cancel").await;
        page.vanishes("#reading").await;
        page.shows(&["Bob"]).await;
        release_slices(page, &held).await;
        assert_eq!(page.export().await.1, Library::open(&[reports::single()]).export());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_read_is_told_and_the_result_stays() {
    with_page(Place::Server, async |page| {
        page.drop_files(&[reports::single()]).await;
        page.shows(&["Bob"]).await;
        let file = reports::many(60_000);
        hold_slices(page, &file, 1).await;
        page.browse("#browse", std::slice::from_ref(&file)).await;
        page.appears("#reading progress").await;
        // The first slice is in the page: only the second can be another file's.
        page.holds("return window.slicesRead === 1;").await;
        page.change_chosen(&file.name);
        release_slices(page, &file).await;
        page.until("the error's file", true, async || page.text("#error").await.contains(&file.name)).await;
        let error = page.text("#error").await;
        assert!(error.contains(" 1.0 MB of "), "{error}");
        page.vanishes("#reading").await;
        page.shows(&["Bob"]).await;
    })
    .await;
}

#[tokio::test]
async fn of_many_files_sizes_are_asked_while_the_first_are_read_and_not_after_a_cancel() {
    with_page(Place::Server, async |page| {
        page.drop_files(&[reports::single()]).await;
        page.shows(&["Bob"]).await;
        page.run(
            "const size = Object.getOwnPropertyDescriptor(Blob.prototype, 'size').get;
             window.measured = new Set();
             Object.defineProperty(Blob.prototype, 'size', { get() {
                 if (this instanceof File) window.measured.add(this.name);
                 return size.call(this);
             } });
             window.read = Blob.prototype.arrayBuffer;
             window.waiting = [];
             Blob.prototype.arrayBuffer = function () {
                 return new Promise((resolve, reject) => {
                     window.waiting.push(() => window.read.call(this).then(resolve, reject));
                 });
             };",
            &[],
        )
        .await;
        let many: Vec<File> =
            (0..1_000).map(|number| File::new(&format!("{number}.csv"), reports::single().bytes)).collect();
        page.drop_files(&many).await;
        page.appears("#cancel").await;
        let so_far = page.text("#reading-so-far").await;
        assert!(so_far.contains(" of about "), "{so_far}");
        page.click("#cancel").await;
        page.vanishes("#reading").await;
        page.run(
            "Blob.prototype.arrayBuffer = window.read;
             window.waiting.forEach(read => read());",
            &[],
        )
        .await;
        // What is dropped now is read after all that was on its way.
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        let measured = page.run("return window.measured.size;", &[]).await;
        assert!(measured.as_u64().is_some_and(|files| files < 400), "{measured}");
    })
    .await;
}

#[tokio::test]
async fn a_file_beyond_all_memory_is_refused_and_the_result_stays() {
    with_page(Place::Server, async |page| {
        page.drop_files(&[reports::single()]).await;
        page.shows(&["Bob"]).await;
        page.run(
            "const huge = new File([], 'huge.csv');
             Object.defineProperty(huge, 'size', { value: 9e9 });
             huge.slice = (from, to) => new Blob([new Uint8Array(to - from)]);
             const data = { types: ['Files'], files: { length: 1, item: () => huge } };
             const drop = new DragEvent('drop', { bubbles: true, cancelable: true, clientX: 1, clientY: 1 });
             Object.defineProperty(drop, 'dataTransfer', { value: data });
             document.body.dispatchEvent(drop);",
            &[],
        )
        .await;
        page.until("the limit", true, async || page.text("#error").await.contains("3,584 MiB")).await;
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

#[tokio::test]
async fn five_thousand_accounts_are_as_few_elements_as_two_hundred() {
    with_page(Place::Server, async |page| {
        let used = "2024-05-20T08:00:00Z";
        let rows: Vec<String> = (0..5_000)
            .map(|account| reports::human(&format!("{account:012}"), "ann", used, used, false))
            .collect();
        let file = reports::report(&rows);
        page.drop_files(std::slice::from_ref(&file)).await;
        page.counts_users("5,000 users").await;
        for layout in ["cards", "table", "problems", "facts"] {
            page.click(&format!("[data-layout={layout}]")).await;
            page.until("the layout", true, async || {
                page.attribute(&format!("[data-layout={layout}]"), "aria-pressed").await.as_deref()
                    == Some("true")
            })
            .await;
            let elements = page.run("return document.querySelectorAll('*').length;", &[]).await;
            assert!(elements.as_u64().unwrap() < 12_000, "{layout}: {elements} elements");
        }
        page.click("[data-layout=facts]").await;
        page.fill("#search", "0000-0000-4999").await;
        page.appears("#facts tr[data-account='000000004999']").await;
        page.until("one account", 1, async || page.number_of("#facts tr[data-account]").await).await;
        // Not every driver tells the text of what is far below the window.
        page.holds(
            "return document.querySelector('#inputs')?.textContent.includes('and 4,980 more') ?? false;",
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn the_numbers_of_very_many_users_are_there_before_the_users() {
    with_page(Place::Server, async |page| {
        let report = reports::many(250_000);
        hold_users(page).await;
        page.browse("#browse", std::slice::from_ref(&report)).await;
        page.appears("#result .areas section").await;
        page.click("#close").await;
        page.appears("#first-screen").await;
        // Users who come after their result was closed are shown to nobody, in no later result either.
        page.run("window.releaseUsers();", &[]).await;

        hold_users(page).await;
        page.browse("#browse", &[report]).await;
        page.appears("#result .areas section").await;
        page.vanishes("#reading").await;
        assert_eq!(page.number_of("[data-user]").await, 0);
        assert!(!page.text(".chips").await.contains('0'), "numbers that nobody knows yet");
        page.run("window.releaseUsers();", &[]).await;
        page.until("the cards of a page", 48, async || page.number_of("[data-user]").await).await;
        page.counts_users("250,000 users").await;
    })
    .await;
}

/// From now on the reply about the users of the next result waits, and all behind it do.
async fn hold_users(page: &Page) {
    // The only request that is longer than a byte and follows one that is none is the one behind the commit.
    page.run(
        "const post = Worker.prototype.postMessage;
         let last = 0;
         Worker.prototype.postMessage = function (message, transfer) {
             const length = message[1]?.length ?? 0;
             if (last === 1 && length > 1) {
                 Worker.prototype.postMessage = post;
                 const [receive, first, held] = [this.onmessage, message[0], []];
                 this.onmessage = (event) => {
                     if (event.data[0] < first) receive.call(this, event);
                     else held.push(event);
                 };
                 window.releaseUsers = () => {
                     this.onmessage = receive;
                     held.forEach((event) => receive.call(this, event));
                 };
             }
             last = length;
             post.call(this, message, transfer);
         };",
        &[],
    )
    .await;
}
