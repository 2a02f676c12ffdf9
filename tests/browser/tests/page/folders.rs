//! Reports in ZIP files and folders, with what else lies there.

use std::io::{Cursor, Write};

use browser_tests::{File, Library, Page, Place, reports, with_page};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(name: &str, files: &[(&str, &[u8])]) -> File {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(*path, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    File::new(name, writer.finish().unwrap().into_inner())
}

/// Drops a folder: what a browser answers about one is put in the place of the file that stands for it.
async fn drop_folder(page: &Page, name: &str, files: &[(&str, &[u8])]) {
    let files: Vec<Value> =
        files.iter().map(|(path, bytes)| json!([path, String::from_utf8_lossy(bytes)])).collect();
    page.run(
        "const [name, files] = arguments;
         const file = (path, text) => ({
             isFile: true, isDirectory: false, name: path,
             file: done => done(new File([text], path, { lastModified: 1717200000000 })),
         });
         const folder = (name, files) => {
             const inside = files.filter(([path]) => !path.includes('/')).map(([path, text]) => file(path, text));
             const folders = new Set(files.filter(([path]) => path.includes('/')).map(([path]) => path.split('/')[0]));
             for (const one of folders) {
                 const of = files.filter(([path]) => path.startsWith(one + '/'));
                 inside.push(folder(one, of.map(([path, text]) => [path.slice(one.length + 1), text])));
             }
             return {
                 isFile: false, isDirectory: true, name,
                 // One at a time: whoever asks but once misses the others.
                 createReader: () => ({ readEntries: done => done(inside.splice(0, 1)) }),
             };
         };
         const entry = folder(name, files);
         DataTransferItem.prototype.webkitGetAsEntry = () => entry;
         DataTransferItem.prototype.getAsFileSystemHandle = undefined;
         const data = new DataTransfer();
         data.items.add(new File(['x'], name));
         document.body.dispatchEvent(new DragEvent('drop', {
             dataTransfer: data, bubbles: true, cancelable: true, clientX: 10, clientY: 10,
         }));",
        &[json!(name), json!(files)],
    )
    .await;
}

#[tokio::test]
async fn a_zip_file_gives_its_reports_and_says_what_else_is_in_it() {
    with_page(Place::Disk, async |page| {
        let (first, second) = (reports::mixed(), reports::other());
        let mut library = Library::open(&[first.clone(), second.clone()]);
        let files: [(&str, &[u8]); 4] = [
            ("2024/a.csv", &first.bytes),
            ("2024/b/other.csv", &second.bytes),
            ("readme.txt", b"nothing of the kind"),
            ("__MACOSX/._a.csv", b"x"),
        ];
        // What a file is its bytes tell, not its name.
        page.drop_files(&[zip("accounts.download", &files)]).await;
        page.shows(&library.users(|_| {})).await;
        assert!(page.text("#notice").await.contains("2 reports, 1 other file ignored"));
        assert!(page.text("#inputs").await.contains("accounts.download › 2024/b/other.csv"));
        assert!(page.attribute("#left-aside", "open").await.is_none());
        page.click("#left-aside summary").await;
        assert!(page.text("#left-aside").await.contains("accounts.download › readme.txt"));
        // A damaged one is named, and the result stays.
        let mut damaged = zip("damaged.zip", &files);
        damaged.bytes.truncate(200);
        page.drop_files(&[damaged]).await;
        page.until("the error", true, async || page.text("#error").await.contains("damaged.zip")).await;
        page.shows(&library.users(|_| {})).await;
        assert_eq!(page.violations().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_folder_without_end_tells_what_was_found_and_can_be_cancelled() {
    with_page(Place::Server, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.shows(&library.users(|_| {})).await;
        // Each folder has one file and one such folder, and answers when it is told to.
        page.run(
            "window.asked = 0;
             const file = { isFile: true, isDirectory: false, name: 'a.csv', file: done => done(new File(['x'], 'a.csv')) };
             const folder = () => {
                 const inside = [() => file, folder];
                 return {
                     isFile: false, isDirectory: true, name: 'deep',
                     createReader: () => ({ readEntries: done => {
                         window.asked += 1;
                         window.answer = () => done(inside.splice(0, 1).map(make => make()));
                     } }),
                 };
             };
             const entry = folder();
             DataTransferItem.prototype.webkitGetAsEntry = () => entry;
             DataTransferItem.prototype.getAsFileSystemHandle = undefined;
             const data = new DataTransfer();
             data.items.add(new File(['x'], 'deep'));
             document.body.dispatchEvent(new DragEvent('drop', {
                 dataTransfer: data, bubbles: true, cancelable: true, clientX: 10, clientY: 10,
             }));",
            &[],
        )
        .await;
        // Of a folder three answers: the file, the folder in it, and that there is no more.
        let asks = "const [done] = arguments; const before = window.asked; window.answer();
             setTimeout(() => done(window.asked - before));";
        for _ in 0..6 {
            assert_eq!(page.run_async(asks, &[]).await, json!(1));
        }
        page.until("the number of files", true, async || {
            page.text("#reading").await.contains("2 files found so far")
        })
        .await;
        assert!(page.text("#reading-title").await.contains("deep"));
        assert!(page.attribute("#reading progress", "value").await.is_none());
        page.click("#cancel").await;
        page.vanishes("#reading").await;
        assert_eq!(page.run_async(asks, &[]).await, json!(0));
        page.shows(&library.users(|_| {})).await;
    })
    .await;
}

#[tokio::test]
async fn a_folder_is_walked_through_to_its_end() {
    with_page(Place::Server, async |page| {
        let (first, second) = (reports::mixed(), reports::other());
        let mut library = Library::open(&[first.clone(), second.clone()]);
        let files: [(&str, &[u8]); 4] = [
            ("a.csv", &first.bytes),
            ("deep/er/b.csv", &second.bytes),
            ("deep/notes.txt", b"nothing of the kind"),
            (".git/config", b"x"),
        ];
        drop_folder(page, "reports", &files).await;
        page.shows(&library.users(|_| {})).await;
        assert!(page.text("#notice").await.contains("2 reports, 1 other file ignored"));
        assert!(page.text("#inputs").await.contains("reports/deep/er/b.csv"));
        drop_folder(page, "empty", &[("notes.txt", b"nothing of the kind")]).await;
        page.until("the error", true, async || page.text("#error").await.contains("notes.txt")).await;
        page.shows(&library.users(|_| {})).await;
    })
    .await;
}
