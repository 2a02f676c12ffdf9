//! What the page is watched with: scripts that note times, tasks and memory.

use browser_tests::Page;
use serde_json::Value;

/// How long a task of the page's thread may take before a person notices, in milliseconds. Browsers
/// tell of longer ones only.
pub(crate) const LONG: f64 = 50.0;

/// Notes when the page is ready, and how large the worker's memory gets: it is told by the module's
/// instance after every message.
pub(crate) const PREPARE: &str = "
    new MutationObserver((_, observer) => {
        if (!document.querySelector('#drop')) return;
        observer.disconnect();
        window.ready = performance.now();
    }).observe(document, { childList: true, subtree: true });
    window.memory = 0;
    new BroadcastChannel('memory').onmessage = ({ data }) => { window.memory = Math.max(window.memory, data); };
    const telling = `{
        const channel = new BroadcastChannel('memory');
        const Instance = WebAssembly.Instance;
        WebAssembly.Instance = function (...given) {
            const instance = new Instance(...given);
            const memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
            addEventListener('message', () => setTimeout(() => channel.postMessage(memory.buffer.byteLength)));
            return instance;
        };
    }`;
    const Plain = Blob;
    window.Blob = function (parts, options) {
        const isWorker = options?.type === 'text/javascript';
        return new Plain(isWorker ? [telling, ...parts] : parts, options);
    };
    window.Blob.prototype = Plain.prototype;
";

/// From now on, until it is asked, the longest task of the page's thread is noted.
pub(crate) const WATCH_TASKS: &str = "
    window.longest = 0;
    window.tasks?.disconnect();
    window.tasks = new PerformanceObserver((list) => {
        for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
    });
    window.tasks.observe({ type: 'longtask' });
";

/// Waits for the cards that follow what a person does, and notes when they are painted.
pub(crate) const WATCH: &str = "
    const [event, selector] = arguments;
    let done;
    window.measured = new Promise((resolve) => { done = resolve; });
    const before = document.querySelector('.card');
    let from = 0;
    const observer = new MutationObserver(() => {
        const card = document.querySelector('.card');
        if (!from || !card || card === before) return;
        observer.disconnect();
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => done(performance.now() - from);
            channel.port2.postMessage(null);
        });
    });
    observer.observe(document.body, { childList: true, subtree: true });
    // The window hears of it before the page does.
    addEventListener(event, ({ target }) => { if (target.closest(selector)) from ||= performance.now(); },
        { capture: true });
";

/// Takes what is exported out of the page's hands, and notes when and how large it is, from the click on
/// a button.
pub(crate) const WATCH_EXPORT: &str = "
    let done;
    window.measured = new Promise((resolve) => { done = resolve; });
    const from = performance.now();
    const make = URL.createObjectURL;
    let bytes = 0;
    URL.createObjectURL = (blob) => { bytes = blob.size; return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () {
        window.exported = bytes;
        done(performance.now() - from);
        URL.revokeObjectURL(this.href);
    };
    document.querySelector(arguments[0]).click();
";

/// The milliseconds that something took, once it is done. Nobody asks meanwhile: a question takes the page time.
pub(crate) async fn measured(page: &Page) -> f64 {
    let time = page.run_async("window.measured.then(arguments[arguments.length - 1]);", &[]).await;
    time.as_f64().unwrap_or(f64::NAN)
}

pub(crate) async fn number(page: &Page, what: &str) -> f64 {
    page.run(&format!("return {what};"), &[]).await.as_f64().unwrap_or(f64::NAN)
}

/// Nobody finds a file in less.
const A_SECOND: &str = "setTimeout(arguments[arguments.length - 1], 1000);";

/// Chooses files on the first screen, as soon as a person could: the milliseconds until the cards are painted.
pub(crate) async fn opened(page: &Page, files: &[browser_tests::File]) -> f64 {
    page.run_async(A_SECOND, &[]).await;
    page.run(WATCH, &[Value::from("change"), Value::from("input[type=file]")]).await;
    page.browse("input[type=file]", files).await;
    measured(page).await
}

/// Exports by a button, and takes the file out of the page's hands: its milliseconds and megabytes.
pub(crate) async fn exported(page: &Page, button: &str) -> (f64, f64) {
    page.run(WATCH_EXPORT, &[Value::from(button)]).await;
    let time = measured(page).await;
    (time, number(page, "window.exported").await / 1e6)
}

/// The middle one.
pub(crate) fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
