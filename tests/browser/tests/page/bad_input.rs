//! Files that are no reports, or not quite, and a worker that stops.

use browser_tests::{File, Library, Page, Place, reports, with_page};
use serde_json::{Value, json};

/// Files that are no reports, and words that tell so.
fn bad_files() -> Vec<(File, &'static str)> {
    let table = "name,colour\nbanana,yellow\n";
    let headless = "password_enabled,mfa_active,access_key_1_active\ntrue,true,false\n";
    let key =
        "Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    vec![
        (File::new("empty.csv", ""), "empty"),
        (File::new("fruit.csv", table), "colour"),
        (File::new("headless.csv", headless), "user"),
        (File::new("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\xff\xfe\0".to_vec()), "text"),
        (File::new("book.xlsx", b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0xl/workbook.xml".to_vec()), "Excel"),
        (File::new("started.json", "{\"State\": \"STARTED\"}"), "STARTED"),
        (File::new("alice_accessKeys.csv", key), "secret"),
    ]
}

#[tokio::test]
async fn a_bad_file_is_named_and_the_page_stays_ready() {
    with_page(Place::Disk, async |page| {
        for (file, words) in bad_files() {
            page.drop_files(std::slice::from_ref(&file)).await;
            let name = file.name.clone();
            page.until("the error's file", true, async || page.text("#error").await.contains(&name)).await;
            let error = page.text("#error").await;
            assert!(error.to_lowercase().contains(&words.to_lowercase()), "{words} is not in {error}");
            assert!(!error.contains("wJalrXUtnFEMI"), "{error}");
            page.vanishes("#reading").await;
            assert!(page.sees("#drop").await);
        }
        page.drop_files(&[reports::single()]).await;
        page.shows(&["Bob"]).await;
        page.vanishes("#error").await;
        assert_eq!(page.violations().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_bad_file_leaves_the_result_as_it_was() {
    with_page(Place::Server, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.fill("#search", "a").await;
        let shown = library.users(|query| "a".clone_into(&mut query.search));
        page.shows(&shown).await;
        for (file, _) in bad_files() {
            page.drop_files(std::slice::from_ref(&file)).await;
            let name = file.name.clone();
            page.until("the error's file", true, async || page.text("#error").await.contains(&name)).await;
            page.shows(&shown).await;
        }
        assert_eq!(page.export().await.1, library.export());
        page.click("#error-dismiss").await;
        page.vanishes("#error").await;
    })
    .await;
}

#[tokio::test]
async fn among_several_files_the_good_ones_are_read() {
    with_page(Place::Server, async |page| {
        let (bad, _) = bad_files().swap_remove(1);
        let files = [reports::single(), bad, reports::other()];
        let mut library = Library::open(&files);
        page.drop_files(&files).await;
        page.shows(&library.users(|_| {})).await;
        assert!(page.text("#error").await.contains("fruit.csv"));
        assert_eq!(page.export().await.1, library.export());
    })
    .await;
}

#[tokio::test]
async fn what_is_odd_in_a_report_is_told_with_its_place() {
    with_page(Place::Disk, async |page| {
        let report = reports::broken();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.shows(&library.users(|_| {})).await;
        assert_eq!(page.users().await.len(), 2);
        page.appears("#warnings li[data-line='3']").await;
        let short = page.text("#warnings .reason:has(li[data-line='3'])").await;
        assert!(short.contains("23"), "{short}");
        let time = page.text("#warnings li[data-line='4'][data-column=password_last_used]").await;
        assert!(time.contains("last tuesday"), "{time}");
        assert_eq!(page.number_of("#warnings li[data-column=shoe_size]").await, 1);
        let (_, exported) = page.export().await;
        let warnings = serde_json::from_slice::<Value>(&exported).unwrap()["warnings"].clone();
        assert_eq!(warnings.as_array().unwrap().len(), 3);
        assert_eq!(exported, library.export());
    })
    .await;
}

#[tokio::test]
async fn a_missing_column_is_counted_as_not_judged() {
    with_page(Place::Disk, async |page| {
        let rows =
            "user,arn,password_enabled,mfa_active\nbob,arn:aws:iam::111122223333:user/bob,true,false\n";
        page.drop_files(&[File::new(reports::NAME, rows)]).await;
        page.shows(&["bob"]).await;
        page.appears("#not-judged [data-check=access-key-not-rotated]").await;
        let why = page.text("#not-judged [data-check=access-key-not-rotated]").await;
        assert!(why.contains("access_key_1"), "{why}");
        page.open_card("bob").await;
        assert_eq!(page.number_of("[data-user=bob] [data-check=console-mfa-disabled]").await, 1);
    })
    .await;
}

/// From now on the worker gets what is no request, until it stops.
async fn send_nonsense_to_the_worker(page: &Page) {
    page.run(
        "const post = Worker.prototype.postMessage;
         Worker.prototype.postMessage = function () {
             Worker.prototype.postMessage = post;
             post.call(this, [0, 'nonsense', null]);
         };",
        &[],
    )
    .await;
}

#[tokio::test]
async fn a_worker_that_stops_is_told_and_replaced() {
    for place in [Place::Disk, Place::Server] {
        with_page(place, async |page| {
            page.drop_files(&[reports::mixed()]).await;
            page.appears("[data-user=zoe]").await;
            send_nonsense_to_the_worker(page).await;
            page.drop_files(&[reports::other()]).await;
            page.until("the message", true, async || {
                page.text("#error").await.contains("src/app/worker.rs:")
            })
            .await;
            page.vanishes("#reading").await;
            assert!(page.sees("#drop").await);
            assert!(!page.text("body").await.contains("ops-terraform"));

            page.drop_files(&[reports::single()]).await;
            page.shows(&["Bob"]).await;
            page.vanishes("#error").await;
            assert_eq!(page.export().await.1, Library::open(&[reports::single()]).export());
        })
        .await;
    }
}

#[tokio::test]
async fn a_reply_that_cannot_be_read_is_told_as_an_error() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        // What the next two messages of the worker hold: nobody waits for the reply to the first request.
        page.run(
            "const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
             let left = 2;
             Object.defineProperty(MessageEvent.prototype, 'data', { configurable: true, get() {
                 const message = data.get.call(this);
                 if (!Array.isArray(message)) return message;
                 left -= 1;
                 if (left === 0) Object.defineProperty(MessageEvent.prototype, 'data', data);
                 return [message[0], new Uint8Array([255, 255, 255]), null];
             } });",
            &[],
        )
        .await;
        page.drop_files(&[reports::other()]).await;
        page.until("the message", true, async || page.text("#error").await.contains("link.rs: a reply"))
            .await;
        page.vanishes("#reading").await;

        page.drop_files(&[reports::single()]).await;
        page.shows(&["Bob"]).await;
        page.vanishes("#error").await;
    })
    .await;
}

#[tokio::test]
async fn a_page_that_stops_says_what_to_do() {
    with_page(Place::Server, async |page| {
        page.drop_files(&[reports::single()]).await;
        page.shows(&["Bob"]).await;
        page.run(
            "const error = new window.WebAssembly.RuntimeError(arguments[0]);
             window.dispatchEvent(new window.ErrorEvent('error', { error, message: arguments[0] }));",
            &[json!("unreachable")],
        )
        .await;
        page.appears("#panic").await;
        let message = page.text("body").await;
        assert!(message.contains("Reload the page") && message.contains("再読み込み"), "{message}");
        assert!(!message.contains("Bob"));
    })
    .await;
}
