//! Nothing leaves the page, nor stays behind.

use std::collections::BTreeSet;

use browser_tests::{Browser, File, Page, Place, reports, with_page};
use serde_json::{Value, json};

const CANARY: &str = "canary-7f3a9c";
const CANARY_ACCOUNT: &str = "999988887777";

fn canary() -> File {
    let rows = [
        reports::root(CANARY_ACCOUNT, false),
        reports::human(CANARY_ACCOUNT, CANARY, "2024-05-20T08:00:00Z", "2023-01-01T08:00:00Z", false),
        reports::machine(CANARY_ACCOUNT, "canary-ci", "2023-01-05T08:00:00Z", "2024-05-31T08:00:00Z"),
        "canary-broken,arn".to_owned(),
    ];
    File { name: format!("{CANARY}.csv"), ..reports::report(&rows) }
}

/// Most of what a person can do with a report.
async fn use_everything(page: &Page) {
    page.drop_files(&[canary()]).await;
    page.appears(&format!("[data-user={CANARY}]")).await;
    page.open_card(CANARY).await;
    page.click(&format!("[data-user={CANARY}] details summary")).await;
    page.appears(&format!("[data-user={CANARY}] .inside")).await;
    page.fill("#search", "canary").await;
    for layout in ["table", "problems", "facts", "cards"] {
        page.click(&format!("[data-layout={layout}]")).await;
        page.holds(&format!(
            "return document.querySelector('[data-layout={layout}]').ariaPressed === 'true';"
        ))
        .await;
    }
    page.choose("#sort", "name").await;
    page.choose("#language", "ja").await;
    page.choose("#language", "en").await;
    page.choose("#theme", "dark").await;
    page.click("#policy-button").await;
    page.choose("#preset", "cis-1.2").await;
    page.click("#policy [data-close]").await;
    let (_, exported) = page.export().await;
    assert!(String::from_utf8(exported).unwrap().contains(CANARY));
    // A bad file too: it is named in the message.
    page.drop_files(&[File::new(&format!("{CANARY}.txt"), format!("{CANARY}\0"))]).await;
    page.appears("#error").await;
}

fn is_report(text: &str) -> bool {
    text.contains("canary") || text.contains(CANARY_ACCOUNT) || text.contains("9999-8888-7777")
}

async fn nothing_is_sent(place: Place) {
    with_page(place, async |page| {
        let opened = page.server.requests();
        if page.browser == Browser::Chromium {
            // What was sent so far is the page itself.
            page.web.get_log("performance").await.unwrap();
        }
        use_everything(page).await;

        assert_eq!(page.server.requests(), opened);
        assert_eq!(opened.len(), usize::from(place == Place::Server));
        let resources =
            page.run("return performance.getEntriesByType('resource').map(e => e.name);", &[]).await;
        for resource in resources.as_array().unwrap() {
            assert!(stays_inside(resource.as_str().unwrap()), "{resource}");
        }
        if page.browser == Browser::Chromium {
            for event in page.web.get_log("performance").await.unwrap() {
                let event: Value = serde_json::from_str(&event.message).unwrap();
                assert_ne!(event["message"]["method"], "Network.webSocketCreated");
                if event["message"]["method"] == "Network.requestWillBeSent" {
                    let url = event["message"]["params"]["request"]["url"].as_str().unwrap();
                    assert!(stays_inside(url), "{url}");
                }
            }
        }
        assert_eq!(page.violations().await, Vec::<String>::new());
    })
    .await;
}

/// Whether an address is one of the page's own memory.
fn stays_inside(url: &str) -> bool {
    url.starts_with("blob:") || url.starts_with("data:")
}

#[tokio::test]
async fn nothing_is_sent_from_disk() {
    nothing_is_sent(Place::Disk).await;
}

#[tokio::test]
async fn nothing_is_sent_from_a_server() {
    nothing_is_sent(Place::Server).await;
}

/// What a page leaves in the browser, in the address and in the title.
pub(crate) async fn traces(page: &Page) -> Value {
    page.run_async(
        "const done = arguments[arguments.length - 1];
         const databases = indexedDB.databases ? indexedDB.databases() : Promise.resolve([]);
         databases.then(databases => done({
             address: location.href,
             title: document.title,
             state: JSON.stringify(history.state),
             kept: JSON.stringify({ ...localStorage }),
             session: JSON.stringify({ ...sessionStorage }),
             cookies: document.cookie,
             databases: databases.length,
         }));",
        &[],
    )
    .await
}

#[tokio::test]
async fn nothing_of_the_report_stays_behind() {
    with_page(Place::Server, async |page| {
        use_everything(page).await;
        let traces = traces(page).await;
        assert!(!is_report(&traces.to_string()), "{traces}");
        assert_eq!(traces["databases"], 0);
        assert_eq!((&traces["cookies"], &traces["session"]), (&json!(""), &json!("{}")));
        let kept: Value = serde_json::from_str(traces["kept"].as_str().unwrap()).unwrap();
        let names: BTreeSet<&str> = kept.as_object().unwrap().keys().map(String::as_str).collect();
        let allowed = ["language", "policy", "theme"].map(|name| format!("credential-report-viewer.{name}"));
        assert_eq!(names, allowed.iter().map(String::as_str).collect());
        if page.browser == Browser::Chromium {
            let log = page.web.get_log("browser").await.unwrap();
            assert!(log.is_empty(), "{log:?}");
        }
    })
    .await;
}

/// Ways to send something, and the directive that stands in each way. `to` is an address that
/// would answer.
const ATTEMPTS: &[(&str, &str)] = &[
    ("connect-src", "fetch(to + 'fetch').catch(() => {})"),
    ("connect-src", "const r = new XMLHttpRequest(); r.open('GET', to + 'xhr'); r.send()"),
    ("connect-src", "new WebSocket(to.replace('http', 'ws') + 'socket')"),
    ("connect-src", "new EventSource(to + 'events')"),
    ("connect-src", "navigator.sendBeacon(to + 'beacon', 'x')"),
    ("img-src", "new Image().src = to + 'image'"),
    ("media-src", "new Audio(to + 'audio').play().catch(() => {})"),
    ("font-src", "new FontFace('x', `url(${to}font)`).load().catch(() => {})"),
    ("script-src-elem", "add('script', 'src', to + 'script')"),
    ("style-src-elem", "add('link', 'href', to + 'style', { rel: 'stylesheet' })"),
    ("frame-src", "add('iframe', 'src', to + 'frame')"),
    ("object-src", "add('object', 'data', to + 'object')"),
    ("form-action", "const f = add('form', 'action', to + 'form', { method: 'post' }); f.submit()"),
];

async fn every_way_out_is_closed(place: Place) {
    with_page(place, async |page| {
        page.drop_files(&[canary()]).await;
        page.appears("[data-user]").await;
        let before = page.server.requests();
        for (directive, attempt) in ATTEMPTS {
            page.run("window.violations.length = 0;", &[]).await;
            let script = format!(
                "const to = arguments[0];
                 const add = (name, attribute, value, others = {{}}) => {{
                     const element = Object.assign(document.createElement(name), others);
                     element.setAttribute(attribute, value);
                     document.body.append(element);
                     return element;
                 }};
                 try {{ {attempt} }} catch {{}}"
            );
            page.run(&script, &[json!(page.server.url(""))]).await;
            page.until(attempt, true, async || {
                page.violations().await.iter().any(|violation| violation.starts_with(directive))
            })
            .await;
        }
        // A worker has the policy of the page that made it.
        let refused = page
            .run_async(
                "const done = arguments[arguments.length - 1];
                 const code = `fetch('${arguments[0]}worker').then(() => postMessage('sent'), () => postMessage('refused'))`;
                 const worker = new Worker(URL.createObjectURL(new Blob([code])));
                 worker.onmessage = event => done(event.data);",
                &[json!(page.server.url(""))],
            )
            .await;
        assert_eq!(refused, "refused");
        assert_eq!(page.server.requests(), before);
    })
    .await;
}

#[tokio::test]
async fn every_way_out_is_closed_from_disk() {
    every_way_out_is_closed(Place::Disk).await;
}

#[tokio::test]
async fn every_way_out_is_closed_from_a_server() {
    every_way_out_is_closed(Place::Server).await;
}

#[tokio::test]
async fn the_page_does_not_name_what_no_policy_covers() {
    with_page(Place::Disk, async |page| {
        let source = page.source();
        assert!(source.contains("connect-src 'none'") && !source.contains("RTCPeerConnection"));
    })
    .await;
}

#[tokio::test]
async fn the_policy_in_force_can_be_read() {
    with_page(Place::Disk, async |page| {
        page.click("#privacy-button").await;
        let shown = page.text("#policy-in-force").await;
        for directive in ["default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"]
        {
            assert!(shown.contains(directive), "{directive} is not in {shown}");
        }
        let first = page.run("return document.head.firstElementChild.httpEquiv;", &[]).await;
        assert_eq!(first, "Content-Security-Policy");
    })
    .await;
}
