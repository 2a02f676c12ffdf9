//! The page in a browser, and what a person does with it.

use std::env;
use std::fmt::Debug;
use std::fs;
use std::panic::{AssertUnwindSafe, panic_any, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use base64::prelude::{BASE64_STANDARD, Engine};
use futures_util::FutureExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{By, Capabilities, Key, WebDriver, WebElement};

use crate::browser::Driver;
use crate::{Browser, File, Server};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// After how long a driver has stopped answering: longer than it may take itself.
const SILENCE: Duration = Duration::from_secs(60);

/// How often a condition is looked at.
const GLANCE: Duration = Duration::from_millis(15);

/// Where the page is opened from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The file on the disk.
    Disk,
    /// A server.
    Server,
}

/// How a test starts.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    /// Where the page is opened from.
    pub place: Place,
    /// The languages that the browser prefers.
    pub languages: &'static str,
    /// What is added to the page's address.
    pub suffix: &'static str,
}

impl Default for Start {
    fn default() -> Self {
        Self { place: Place::Server, languages: "en-US,en", suffix: "" }
    }
}

impl Start {
    /// In a browser that prefers Japanese. `WebKit` prefers what the system speaks, so that there the
    /// address must say it.
    pub fn in_japanese(place: Place) -> Self {
        let suffix = if Browser::chosen() == Browser::WebKit { "#lang=ja" } else { "" };
        Self { place, languages: "ja,en", suffix }
    }
}

impl From<Place> for Start {
    fn from(place: Place) -> Self {
        Self { place, ..Self::default() }
    }
}

/// The page in a browser of its own.
#[derive(Debug)]
pub struct Page {
    /// Which browser.
    pub browser: Browser,
    /// What hands out the page, and logs who asks.
    pub server: Server,
    /// The session with the browser, for what is not below.
    pub web: WebDriver,
    start: Start,
    folder: TempDir,
}

/// What a test panics with to which Chromium gives no picture: now and then it waits for a frame that
/// never comes.
#[derive(Debug)]
pub struct NoPicture;

/// Opens the page in a new browser, does the test, and closes the browser, come what may. Of a test
/// that fails, a picture is left in the folder of pictures.
pub async fn with_page(start: impl Into<Start>, test: impl AsyncFnOnce(&Page)) {
    let folder = tempfile::Builder::new().prefix("browser-test-").tempdir().unwrap();
    for name in ["profile", "downloads", "files"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    let browser = Browser::chosen();
    let start = start.into();
    let driver = Driver::start(browser, folder.path());
    let wanted = browser.capabilities(
        &folder.path().join("profile"),
        &folder.path().join("downloads"),
        start.languages,
    );
    let Value::Object(wanted) = wanted else { unreachable!("capabilities are an object") };
    let web =
        WebDriver::builder(&driver.url, Capabilities::from(wanted)).request_timeout(SILENCE).await.unwrap();
    web.set_script_timeout(PATIENCE).await.unwrap();
    let page = Page { browser, server: Server::start(built_page()), web, start, folder };

    let outcome = AssertUnwindSafe(async {
        page.open().await;
        test(&page).await;
    })
    .catch_unwind()
    .await;
    if outcome.as_ref().is_err_and(|panic| !panic.is::<NoPicture>())
        && let Ok(picture) = page.web.screenshot_as_png().await
    {
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        keep_picture(&format!("failed/{name}.png"), &picture);
    }
    // A browser that is gone already cannot be closed, and need not be.
    let _ = page.web.quit().await;
    drop(driver);
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn built_page() -> PathBuf {
    let page = env::var_os("CRV_PAGE").map_or_else(|| project().join("dist/index.html"), PathBuf::from);
    assert!(page.is_file(), "the page is not built: cargo xtask build");
    page
}

fn keep_picture(name: &str, picture: &[u8]) {
    let path = project().join("screenshots").join(Browser::chosen().name()).join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, picture).unwrap();
}

/// Looking and waiting.
impl Page {
    /// The address that the page is opened at.
    pub fn url(&self) -> String {
        let url = match self.start.place {
            Place::Disk => format!("file://{}", built_page().canonicalize().unwrap().display()),
            Place::Server => self.server.url(""),
        };
        url + self.start.suffix
    }

    /// The file that is opened, as it is.
    pub fn source(&self) -> String {
        fs::read_to_string(built_page()).unwrap()
    }

    /// Opens the page, and waits until it is ready.
    pub async fn open(&self) {
        self.watch_policy().await;
        self.web.goto(self.url()).await.unwrap();
        self.ready().await;
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.web.refresh().await.unwrap();
        self.ready().await;
    }

    async fn ready(&self) {
        self.appears("#drop").await;
        if self.browser != Browser::Chromium {
            self.run(WATCH_POLICY, &[]).await;
        }
    }

    /// What the page's policy forbade is noted from the first moment on; where the browser cannot
    /// do that, from when the page is ready.
    async fn watch_policy(&self) {
        if self.browser == Browser::Chromium {
            self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH_POLICY })).await;
        }
    }

    /// What the page's policy forbade: the directive and what it was about.
    pub async fn violations(&self) -> Vec<String> {
        self.get("return window.violations;", &[]).await
    }

    /// A command of Chromium's own protocol.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Value {
        self.web.cdp().send_raw(method, parameters).await.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, arguments: &[Value]) -> Value {
        let answer = self.web.execute(script, arguments.to_vec()).await;
        answer.unwrap_or_else(|error| panic!("{script}\n{error}")).json().clone()
    }

    /// Runs a script that says when it is done, by its last argument.
    pub async fn run_async(&self, script: &str, arguments: &[Value]) -> Value {
        let answer = self.web.execute_async(script, arguments.to_vec()).await;
        answer.unwrap_or_else(|error| panic!("{script}\n{error}")).json().clone()
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> T {
        serde_json::from_value(self.run(script, arguments).await).unwrap()
    }

    /// Waits until something is as expected.
    pub async fn until<T: PartialEq + Debug>(&self, what: &str, expected: T, look: impl AsyncFn() -> T) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let seen = look().await;
            if seen == expected {
                return;
            }
            assert!(Instant::now() < deadline, "{what}: expected {expected:?}, but there is {seen:?}");
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until a script answers `true`.
    pub async fn holds(&self, script: &str) {
        self.until(script, true, async || self.run(script, &[]).await == Value::Bool(true)).await;
    }

    /// Waits until there is something of this selector that can be seen.
    pub async fn appears(&self, selector: &str) {
        self.until(selector, true, async || self.sees(selector).await).await;
    }

    /// Waits until there is nothing of this selector that can be seen.
    pub async fn vanishes(&self, selector: &str) {
        self.until(selector, false, async || self.sees(selector).await).await;
    }

    /// Whether there is something of this selector that can be seen.
    pub async fn sees(&self, selector: &str) -> bool {
        self.get(
            // What is in a closed `<details>` has a place, but cannot be seen.
            "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility());",
            &[json!(selector)],
        )
        .await
    }

    /// How many elements there are of this selector.
    pub async fn number_of(&self, selector: &str) -> usize {
        self.get("return document.querySelectorAll(arguments[0]).length;", &[json!(selector)]).await
    }

    /// The texts of these elements, whatever is hidden of them included.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        self.get(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim());",
            &[json!(selector)],
        )
        .await
    }

    /// The text of the first of these elements, as it is seen; empty where there is none.
    pub async fn text(&self, selector: &str) -> String {
        self.get("return document.querySelector(arguments[0])?.innerText?.trim() ?? '';", &[json!(selector)])
            .await
    }

    /// An attribute of the first of these elements.
    pub async fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.get(
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null;",
            &[json!(selector), json!(name)],
        )
        .await
    }

    /// The value of the first of these fields.
    pub async fn value(&self, selector: &str) -> String {
        self.get("return document.querySelector(arguments[0])?.value ?? '';", &[json!(selector)]).await
    }

    /// Whom the page shows, in order.
    pub async fn users(&self) -> Vec<String> {
        self.get("return [...document.querySelectorAll('[data-user]')].map(e => e.dataset.user);", &[]).await
    }

    /// Waits until the page shows these users, in this order.
    pub async fn shows<T: AsRef<str>>(&self, users: &[T]) {
        let users: Vec<String> = users.iter().map(|user| user.as_ref().to_owned()).collect();
        self.until("the users shown", users, async || self.users().await).await;
    }

    /// Waits until the line of counts says this.
    pub async fn counts(&self, words: &str) {
        self.until("the count", words.to_owned(), async || self.text("#count").await).await;
    }

    /// Waits until the line of counts begins with so many users.
    pub async fn counts_users(&self, words: &str) {
        self.until(words, true, async || self.text("#count").await.starts_with(&format!("{words} · "))).await;
    }

    /// The part of the address after `#`.
    pub async fn hash(&self) -> String {
        self.get("return location.hash.slice(1);", &[]).await
    }

    /// The element that has the focus, by a selector that it matches.
    pub async fn is_focused(&self, selector: &str) -> bool {
        self.get("return document.activeElement?.matches(arguments[0]) ?? false;", &[json!(selector)]).await
    }

    /// Waits until the first of these elements has the focus.
    pub async fn focuses(&self, selector: &str) {
        self.until(&format!("focus on {selector}"), true, async || self.is_focused(selector).await).await;
    }
}

/// What a person does.
impl Page {
    /// Waits for an element that can be seen.
    pub async fn find(&self, selector: &str) -> WebElement {
        self.appears(selector).await;
        self.web.find(By::Css(selector)).await.unwrap()
    }

    /// Clicks, as soon as nothing is in the way: while the page grows, things move.
    pub async fn click(&self, selector: &str) {
        self.click_within(selector, selector).await;
    }

    /// Chooses an option of a select.
    pub async fn choose(&self, select: &str, value: &str) {
        self.click_within(select, &format!("{select} option[value='{value}']")).await;
    }

    async fn click_within(&self, shown: &str, selector: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.appears(shown).await;
            self.run(
                "document.querySelector(arguments[0])?.scrollIntoView({ block: 'center', behavior: 'instant' });",
                &[json!(shown)],
            )
            .await;
            self.rests(shown).await;
            self.run(
                "window.clicked = false;
                 document.querySelector(arguments[0])?.addEventListener(
                     'click', () => { window.clicked = true; }, { capture: true, once: true });",
                &[json!(shown)],
            )
            .await;
            let clicked = match self.web.find(By::Css(selector)).await {
                Ok(element) => element.click().await,
                Err(error) => Err(error),
            };
            match clicked {
                // Of an option of a select not every browser says that it was clicked. A driver may
                // have clicked where the element was before something above it grew.
                Ok(()) if shown != selector || self.get("return window.clicked;", &[]).await => return,
                Ok(()) => assert!(Instant::now() < deadline, "{selector}: the click went elsewhere"),
                Err(error) => assert!(Instant::now() < deadline, "{selector}: {error}"),
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until an element stays where it is: what comes into sight gets its true height.
    async fn rests(&self, selector: &str) {
        let place = async || {
            self.run(
                "const { x, y, height } = document.querySelector(arguments[0])?.getBoundingClientRect() ?? {};
                 return [x, y, height];",
                &[json!(selector)],
            )
            .await
        };
        self.until("an element at rest", true, async || {
            let before = place().await;
            let frames =
                "requestAnimationFrame(() => requestAnimationFrame(arguments[arguments.length - 1]));";
            self.run_async(frames, &[]).await;
            place().await == before
        })
        .await;
    }

    /// Opens the card of a user.
    pub async fn open_card(&self, user: &str) {
        self.click(&format!("#cards [data-user='{user}'] .show-card")).await;
        self.appears(&format!("#cards [data-user='{user}'].opened")).await;
    }

    /// Types over what stands in a field.
    pub async fn fill(&self, field: &str, text: &str) {
        let element = self.find(field).await;
        element.send_keys(Key::Control + "a").await.unwrap();
        element.send_keys(if text.is_empty() { Key::Delete + "" } else { text.into() }).await.unwrap();
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub async fn press(&self, keys: &str) {
        self.web.action_chain().send_keys(keys).perform().await.unwrap();
    }

    /// Presses a key that is no letter.
    pub async fn press_key(&self, key: Key) {
        self.web.action_chain().send_keys(key.value()).perform().await.unwrap();
    }

    /// Presses a key while another is held.
    pub async fn press_with(&self, held: Key, key: char) {
        self.web
            .action_chain()
            .key_down(held.value())
            .send_keys(key)
            .key_up(held.value())
            .perform()
            .await
            .unwrap();
    }

    /// Drags files over the window.
    pub async fn drag(&self, files: &[File]) {
        self.hand_over("dragover", files, 0.25).await;
    }

    /// Drops files on the left half of the window.
    pub async fn drop_files(&self, files: &[File]) {
        self.hand_over("drop", files, 0.25).await;
    }

    /// Drops files on the right half of the window, which adds them to a result.
    pub async fn drop_right(&self, files: &[File]) {
        self.hand_over("drop", files, 0.75).await;
    }

    async fn hand_over(&self, event: &str, files: &[File], across: f64) {
        let files: Vec<Value> = files
            .iter()
            .map(|file| {
                json!({
                    "name": file.name,
                    "base64": BASE64_STANDARD.encode(&file.bytes),
                    "modified": file.modified.unwrap_or_default() * 1000,
                })
            })
            .collect();
        self.run(
            "const data = new DataTransfer();
             for (const { name, base64, modified } of arguments[1]) {
                 const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
                 data.items.add(new File([bytes], name, { lastModified: modified }));
             }
             document.body.dispatchEvent(new DragEvent(arguments[0], {
                 dataTransfer: data, bubbles: true, cancelable: true,
                 clientX: innerWidth * arguments[2], clientY: innerHeight / 2,
             }));",
            &[json!(event), json!(files), json!(across)],
        )
        .await;
    }

    /// Chooses files in a file input.
    pub async fn browse(&self, input: &str, files: &[File]) {
        let folder = self.folder.path().join("files");
        let paths: Vec<String> = files.iter().map(|file| file.save(&folder).display().to_string()).collect();
        let input = self.web.find(By::Css(input)).await.unwrap();
        input.send_keys(paths.join("\n")).await.unwrap();
    }

    /// Changes a file that was chosen.
    pub fn change_chosen(&self, name: &str) {
        let path = self.folder.path().join("files").join(name);
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_len(100).unwrap();
        file.set_modified(SystemTime::now()).unwrap();
    }

    /// Copies a text; afterwards nothing has the focus.
    pub async fn copy(&self, text: &str) {
        self.run(
            "const field = document.createElement('textarea');
             field.id = 'to-copy';
             document.body.append(field);
             field.value = arguments[0];
             field.select();",
            &[json!(text)],
        )
        .await;
        self.press_with(Key::Control, 'c').await;
        self.run("document.querySelector('#to-copy').remove();", &[]).await;
    }

    /// Pastes what was copied, wherever the focus is.
    pub async fn paste(&self) {
        self.press_with(Key::Control, 'v').await;
    }

    /// Does what hands out a file, and takes it: its name and what is in it.
    pub async fn download(&self, act: impl AsyncFnOnce()) -> (String, Vec<u8>) {
        if self.browser == Browser::WebKit {
            return self.intercepted(act).await;
        }
        let folder = self.folder.path().join("downloads");
        act().await;
        let mut found = None;
        let deadline = Instant::now() + PATIENCE;
        while found.is_none() {
            assert!(Instant::now() < deadline, "nothing was handed out");
            tokio::time::sleep(GLANCE).await;
            found = finished(&folder);
        }
        let path = found.unwrap();
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        (path.file_name().unwrap().to_string_lossy().into_owned(), bytes)
    }

    /// Takes a file from the page's own hands: a browser may not say where it puts downloads, or ask first whether
    /// a script is safe.
    pub async fn intercepted(&self, act: impl AsyncFnOnce()) -> (String, Vec<u8>) {
        self.run(
            "if (window.taken === undefined) {
                 const blobs = new Map();
                 const make = URL.createObjectURL;
                 URL.createObjectURL = blob => {
                     const url = make.call(URL, blob);
                     blobs.set(url, blob);
                     return url;
                 };
                 const click = HTMLAnchorElement.prototype.click;
                 HTMLAnchorElement.prototype.click = function () {
                     if (!this.download) return click.call(this);
                     const name = this.download;
                     const reader = new FileReader();
                     reader.onload = () => { window.taken = [name, reader.result.split(',')[1]]; };
                     reader.readAsDataURL(blobs.get(this.href));
                 };
             }
             window.taken = null;",
            &[],
        )
        .await;
        act().await;
        self.holds("return window.taken !== null;").await;
        let (name, base64): (String, String) = self.get("return window.taken;", &[]).await;
        (name, BASE64_STANDARD.decode(base64).unwrap())
    }

    /// Exports everything: the file's name and what is in it.
    pub async fn export(&self) -> (String, Vec<u8>) {
        self.download(async || self.click("#export").await).await
    }

    /// Gives the window another width. In Chromium alone.
    pub async fn resize(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Prefers `light` or `dark`, as a system does. In Chromium alone.
    pub async fn prefers(&self, scheme: &str) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.cdp("Emulation.setEmulatedMedia", features).await;
    }

    /// Shows the page as it goes to paper. In Chromium alone.
    pub async fn is_printed(&self) {
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        self.run("dispatchEvent(new Event('beforeprint'));", &[]).await;
    }

    /// Keeps a picture of the page, from its top and as far down as a person scrolls. In Chromium alone.
    /// Panics with [`NoPicture`] where there is no answer.
    pub async fn picture(&self, name: &str) {
        let height = self.run("return document.documentElement.scrollHeight;", &[]).await;
        let height = height.as_u64().unwrap().min(3_200);
        let width = self.run("return innerWidth;", &[]).await;
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let parameters = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let answer = match self.web.cdp().send_raw("Page.captureScreenshot", parameters).await {
            Ok(answer) => answer,
            Err(error) if matches!(error.as_inner(), WebDriverErrorInner::HttpError(_)) => {
                eprintln!("no picture of {name}: {error:?}");
                panic_any(NoPicture)
            }
            Err(error) => panic!("{name}: {error}"),
        };
        keep_picture(
            &format!("{name}.png"),
            &BASE64_STANDARD.decode(answer["data"].as_str().unwrap()).unwrap(),
        );
    }
}

/// A file in the folder of downloads, once it is there whole.
fn finished(folder: &Path) -> Option<PathBuf> {
    // While a browser writes, the file is hidden or has another ending, or an empty one holds its place.
    let paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [path] = paths.as_slice() else { return None };
    let whole = path
        .extension()
        .is_some_and(|ending| ["json", "csv", "md", "txt", "sh"].iter().any(|own| ending == *own))
        && !path.file_name()?.to_str()?.starts_with('.')
        && fs::metadata(path).is_ok_and(|data| data.len() > 0);
    whole.then(|| path.clone())
}

const WATCH_POLICY: &str = "
    window.violations = [];
    document.addEventListener('securitypolicyviolation', event => {
        window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });";
