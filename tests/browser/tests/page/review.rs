//! The whole way of a review: decide, save, come back with the file, prove it by the sheet, act by the script.

use std::collections::BTreeSet;

use browser_tests::{Browser, File, Library, Page, Place, Start, reports, with_page};
use credential_report_viewer::export::Form;
use credential_report_viewer::review::State;
use credential_report_viewer::text::Language;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::accessibility::{axe, is_accessible};
use crate::privacy::traces;

const REASON: &str = "canary reason: the appliance cannot use a role";
const BY: &str = "canary.sato@example.com";

/// What is decided: about a user, a credential and a finding.
const DECIDED: [(&str, &str, State); 3] = [
    ("Bob", "disable", State::Open),
    ("carol-ci", "rotate", State::Open),
    ("dave-backup", "keep", State::InForce),
];

/// The button that decides about a finding.
const ABOUT_FINDING: &str = "[data-user=dave-backup] [data-about='access-key 1 access-key-never-used']";

/// Notes from now on what the page says on the console, where the browser itself does not.
async fn listens(page: &Page) {
    page.run(
        "window.said = [];
         for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
             console[name] = (...words) => window.said.push(words.join(' '));
         }",
        &[],
    )
    .await;
    if let Some(axe) = axe() {
        page.run(&axe, &[]).await;
    }
}

/// What holds at every stage: axe finds nothing, the policy forbade nothing, and nothing of it stays in the browser.
async fn is_sound(page: &Page, stage: &str) {
    if axe().is_some() {
        is_accessible(page, stage).await;
    }
    assert_eq!(page.violations().await, Vec::<String>::new(), "{stage}");
    let traces = traces(page).await;
    let said = page.run("return window.said;", &[]).await;
    assert_eq!(said, json!([]), "{stage}");
    let words = traces.to_string();
    for secret in
        ["canary", "Bob", "carol-ci", "dave-backup", "zoe", reports::ACCOUNT, "1111-2222-3333", "rotate"]
    {
        assert!(!words.contains(secret), "{stage}: {secret} in {traces}");
    }
    assert_eq!((&traces["databases"], &traces["session"]), (&json!(0), &json!("{}")), "{stage}");
    let kept: Value = serde_json::from_str(traces["kept"].as_str().unwrap()).unwrap();
    let kept: BTreeSet<&str> = kept.as_object().unwrap().keys().map(String::as_str).collect();
    let allowed = ["language", "policy", "theme"].map(|name| format!("credential-report-viewer.{name}"));
    assert!(kept.iter().all(|name| allowed.iter().any(|allowed| allowed == name)), "{stage}: {kept:?}");
    if page.browser == Browser::Chromium {
        let log = page.web.get_log("browser").await.unwrap();
        assert!(log.is_empty(), "{stage}: {log:?}");
    }
}

async fn decides(page: &Page, button: &str, action: &str) {
    page.click(button).await;
    page.appears("#decide-form").await;
    page.click(&format!("label:has(> #decide-{action})")).await;
    page.fill("#decide-reason", REASON).await;
    page.fill("#decide-by", BY).await;
    page.click("#decide-done").await;
    page.vanishes("#decide-dialog").await;
}

/// What was saved holds the three decisions, each about what was meant.
fn holds_the_three(name: &str, bytes: &[u8]) {
    assert_eq!(name, format!("credential-decisions-{}-2024-06-01.json", reports::ACCOUNT));
    let json: Value = serde_json::from_slice(bytes).unwrap();
    let decisions = json["decisions"].as_array().unwrap();
    let seen: Vec<_> = decisions
        .iter()
        .map(|decision| (decision["arn"].as_str().unwrap().rsplit('/').next().unwrap(), decision))
        .collect();
    assert_eq!(seen.len(), DECIDED.len());
    for ((user, action, _), (of, decision)) in DECIDED.into_iter().zip(seen) {
        assert_eq!((of, decision["action"].as_str()), (user, Some(action)), "{decision}");
        assert_eq!(decision["by"], BY);
    }
    assert_eq!(decisions[0]["credential"], Value::Null);
    assert_eq!(decisions[1]["credential"]["created"], "2023-01-05T08:00:00Z");
    assert_eq!(decisions[2]["checks"], json!(["access-key-never-used"]));
    assert_eq!(decisions[2]["reason"], REASON);
}

/// Waits until the list of decisions, which is open, says how the three stand, in words of the language.
async fn lists_the_three(page: &Page, language: Language) {
    let text = language.text();
    let expected: Vec<[String; 3]> = DECIDED
        .iter()
        .map(|(user, _, state)| {
            [(*user).to_owned(), state.name().to_owned(), text.decision_state(*state).to_owned()]
        })
        .collect();
    page.until("how the decisions stand", expected, async || {
        let listed = page
            .run(
                "return [...document.querySelectorAll('#decisions .decision')].map(one => [
                     one.querySelector('.whom b').textContent,
                     one.dataset.state,
                     one.querySelector('.state').textContent,
                 ]);",
                &[],
            )
            .await;
        serde_json::from_value::<Vec<[String; 3]>>(listed).unwrap()
    })
    .await;
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The sheet says what is decided of whom, and is the library's.
fn sheet_proves(name: &str, sheet: Vec<u8>, library: &mut Library) {
    assert_eq!(name, format!("credential-users-{}-2024-06-01.csv", reports::ACCOUNT));
    let sheet = text(sheet);
    let bob = sheet.lines().find(|line| line.contains(",Bob,")).unwrap();
    assert!(bob.contains(&format!(",disable,{REASON},{BY},2024-06-01,2024-08-30,")), "{bob}");
    assert!(bob.ends_with(",open"), "{bob}");
    assert_eq!(sheet, text(library.export_as(Form::UsersCsv.into())));
}

/// The script acts on what is to be disabled and rotated, and is the library's.
fn script_acts(name: &str, script: Vec<u8>, library: &mut Library) {
    assert_eq!(name, format!("disable-{}.sh", reports::ACCOUNT));
    let script = text(script);
    assert!(
        script.contains("'Bob'") && script.contains("'carol-ci'") && !script.contains("dave-backup"),
        "{script}"
    );
    assert_eq!(script, text(library.export_as(Form::DisableScript.into())));
}

async fn the_whole_way(start: Start, language: Language) {
    with_page(start, async |page| {
        listens(page).await;
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=Bob]").await;
        let name = if language == Language::Japanese { "ja" } else { "en" };
        assert_eq!(page.attribute("html", "lang").await.as_deref(), Some(name));
        is_sound(page, "a result").await;

        page.open_card("Bob").await;
        decides(page, "[data-user=Bob] .decided .decide", "disable").await;
        page.appears("[data-user=Bob] .decision[data-state=open]").await;
        page.open_card("carol-ci").await;
        decides(page, "[data-user=carol-ci] [data-about='access-key 1']", "rotate").await;
        page.appears("[data-user=carol-ci] .decision[data-state=open]").await;
        page.open_card("dave-backup").await;
        page.click("[data-user=dave-backup] [data-check=access-key-never-used] summary").await;
        page.click(ABOUT_FINDING).await;
        page.appears("#decide-form").await;
        is_sound(page, "a decision").await;
        page.press_key(Key::Escape).await;
        page.vanishes("#decide-dialog").await;
        decides(page, ABOUT_FINDING, "keep").await;
        page.appears("[data-user=dave-backup] .accepted li[data-check=access-key-never-used]").await;
        let words = (language.text().decide.not_saved)(3);
        page.until("what is not saved", words, async || page.text("#review .not-saved").await).await;
        is_sound(page, "three decided").await;

        let (saved_as, saved) = page.download(async || page.click("#review .save-decisions").await).await;
        holds_the_three(&saved_as, &saved);
        page.vanishes("#review .not-saved").await;
        is_sound(page, "saved").await;

        page.reload().await;
        listens(page).await;
        let left = page.run("return document.documentElement.outerHTML;", &[]).await.to_string();
        assert!(!left.contains("canary") && !left.contains(reports::ACCOUNT));
        is_sound(page, "the page anew").await;

        let files = [reports::mixed(), File::new(&saved_as, saved.clone())];
        let mut library = Library::open(&files);
        page.drop_files(&files).await;
        page.click("#review [data-list='']").await;
        lists_the_three(page, language).await;
        is_sound(page, "the decisions again").await;
        page.click("#decisions-dialog [data-close]").await;
        // Nothing was decided since, and the file stays as it is to the byte.
        assert!(!page.sees("#review .not-saved").await);
        let (_, again) = exported(page, Form::Decisions).await;
        assert_eq!(text(again), text(saved));

        let (name, sheet) = exported(page, Form::UsersCsv).await;
        sheet_proves(&name, sheet, &mut library);
        page.click("#export-more").await;
        page.click("#export-disable-script").await;
        page.appears("#export-preview:not(:empty)").await;
        is_sound(page, "the export").await;
        let (name, script) = page.intercepted(async || page.click("#export-download").await).await;
        script_acts(&name, script, &mut library);
        is_sound(page, "the script").await;
    })
    .await;
}

async fn exported(page: &Page, form: Form) -> (String, Vec<u8>) {
    page.click("#export-more").await;
    page.click(&format!("#export-{}", form.name())).await;
    page.download(async || page.click("#export-download").await).await
}

#[tokio::test]
async fn three_are_decided_saved_dropped_again_proved_and_acted_on() {
    the_whole_way(Place::Server.into(), Language::English).await;
}

#[tokio::test]
async fn three_are_decided_saved_dropped_again_proved_and_acted_on_in_japanese() {
    the_whole_way(Start::in_japanese(Place::Server), Language::Japanese).await;
}

/// Goes on, or back, from one thing that can have the focus to the next, until it is this. Nobody goes on behind the
/// end of the page: there are the browser's own buttons.
async fn tabs_to(page: &Page, selector: &str) {
    let is_ahead = "const target = document.querySelector(arguments[0]);
        const where = document.activeElement.compareDocumentPosition(target);
        return !(where & Node.DOCUMENT_POSITION_PRECEDING);";
    for _ in 0..400 {
        if page.is_focused(selector).await {
            return;
        }
        if page.run(is_ahead, &[selector.into()]).await == json!(true) {
            page.press_key(Key::Tab).await;
        } else {
            page.press_with(Key::Shift, Key::Tab.value()).await;
        }
    }
    panic!("{selector} is not reached");
}

/// Goes to a button, and presses it. With what has just come the page may give the focus to another place a frame
/// later.
async fn presses(page: &Page, selector: &str) {
    let frames = "requestAnimationFrame(() => requestAnimationFrame(arguments[arguments.length - 1]));";
    for _ in 0..5 {
        page.appears(selector).await;
        tabs_to(page, selector).await;
        page.run_async(frames, &[]).await;
        if page.is_focused(selector).await {
            page.press_key(Key::Enter).await;
            return;
        }
    }
    panic!("{selector} does not keep the focus");
}

/// Goes to the card of a user, and opens it.
async fn opens_by_keys(page: &Page, user: &str) {
    let card = format!("[data-user='{user}']");
    page.run("document.activeElement.blur();", &[]).await;
    for _ in 0..20 {
        page.press("j").await;
        if page.is_focused(&card).await {
            break;
        }
    }
    page.focuses(&card).await;
    page.press_key(Key::Enter).await;
    page.appears(&format!("{card}.opened")).await;
}

/// Chooses of buttons of which one at a time is chosen, in a dialog.
async fn chooses_by_keys(page: &Page, name: &str, selector: &str) {
    tabs_to(page, &format!("[name='{name}']")).await;
    for _ in 0..20 {
        if page.is_focused(&format!("{selector}:checked")).await {
            return;
        }
        page.press_key(Key::Down).await;
    }
    panic!("{selector} is not chosen");
}

async fn decides_by_keys(page: &Page, button: &str, action: &str) {
    presses(page, button).await;
    page.appears("#decide-form").await;
    chooses_by_keys(page, "decide-action", &format!("#decide-{action}")).await;
    for (field, words) in [("#decide-reason", REASON), ("#decide-by", BY)] {
        tabs_to(page, field).await;
        // What stands in a field that is reached by Tab is selected.
        page.press(words).await;
        page.until(field, words.to_owned(), async || page.value(field).await).await;
    }
    page.press_key(Key::Enter).await;
    page.vanishes("#decide-dialog").await;
}

#[tokio::test]
async fn the_whole_way_by_keyboard_alone() {
    with_page(Place::Disk, async |page| {
        // What Ctrl+O hands over, which a test cannot: the chooser of files is not the page's.
        page.browse("#browse", &[reports::mixed()]).await;
        page.appears("[data-user=Bob]").await;
        opens_by_keys(page, "Bob").await;
        decides_by_keys(page, "[data-user=Bob] .decided .decide", "disable").await;
        page.appears("[data-user=Bob] .decision[data-state=open]").await;
        opens_by_keys(page, "carol-ci").await;
        decides_by_keys(page, "[data-user=carol-ci] [data-about='access-key 1']", "rotate").await;
        page.appears("[data-user=carol-ci] .decision[data-state=open]").await;
        opens_by_keys(page, "dave-backup").await;
        presses(page, "[data-user=dave-backup] [data-check=access-key-never-used] summary").await;
        decides_by_keys(page, ABOUT_FINDING, "keep").await;
        page.appears("[data-user=dave-backup] .accepted li[data-check=access-key-never-used]").await;

        tabs_to(page, "#review .save-decisions").await;
        // What the browser shows of a download takes the keys in Firefox.
        let (name, saved) = page.intercepted(async || page.press_key(Key::Enter).await).await;
        holds_the_three(&name, &saved);
        page.vanishes("#review .not-saved").await;
        // Its button is gone; the focus stays beside it.
        page.focuses("#review button").await;

        // All is in the file, so nothing is asked.
        presses(page, "#close").await;
        page.appears("#sample").await;
        let files = [reports::mixed(), File::new(&name, saved)];
        let mut library = Library::open(&files);
        page.browse("#browse", &files).await;
        page.shows(&library.users(|_| {})).await;
        page.appears("#review [data-list='']").await;
        presses(page, "#review [data-list='']").await;
        lists_the_three(page, Language::English).await;
        page.press_key(Key::Escape).await;
        page.vanishes("#decisions-dialog").await;
        page.focuses("#review [data-list='']").await;

        presses(page, "#export-more").await;
        page.appears("#export-preview:not(:empty)").await;
        chooses_by_keys(page, "export-format", "#export-users-csv").await;
        tabs_to(page, "#export-download").await;
        let (name, sheet) = page.intercepted(async || page.press_key(Key::Enter).await).await;
        sheet_proves(&name, sheet, &mut library);
        page.vanishes("#export-dialog").await;
        presses(page, "#export-more").await;
        page.appears("#export-preview:not(:empty)").await;
        chooses_by_keys(page, "export-format", "#export-disable-script").await;
        page.appears("#export-preview:not(:empty)").await;
        tabs_to(page, "#export-download").await;
        let (name, script) = page.intercepted(async || page.press_key(Key::Enter).await).await;
        script_acts(&name, script, &mut library);
    })
    .await;
}

/// A sheet with cells of the row of a user filled in.
fn filled(sheet: &[u8], user: &str, cells: &[(&str, &str)]) -> Vec<u8> {
    let sheet = String::from_utf8(sheet.to_vec()).unwrap();
    let mut lines: Vec<String> = sheet.split("\r\n").map(str::to_owned).collect();
    let names: Vec<String> = lines[0].trim_start_matches('\u{feff}').split(',').map(str::to_owned).collect();
    let place = |name: &str| names.iter().position(|own| own == name).unwrap();
    let line = lines.iter_mut().find(|line| line.contains(&format!(",{user},"))).unwrap();
    assert!(!line.contains('"'), "{line}");
    let mut row: Vec<&str> = line.split(',').collect();
    for (name, cell) in cells {
        row[place(name)] = cell;
    }
    *line = row.join(",");
    lines.join("\r\n").into_bytes()
}

#[tokio::test]
async fn a_sheet_that_is_filled_in_comes_back_as_decisions() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        let (name, sheet) = exported(page, Form::UsersCsv).await;
        let keep = [
            ("decision", "keep"),
            ("reason", REASON),
            ("by", BY),
            ("on", "2024-06-01"),
            ("until", "2024-12-31"),
        ];
        let sheet = filled(&sheet, "zoe", &keep);
        // A line that cannot be read costs no other.
        let sheet = filled(&sheet, "alice", &[("decision", "smash"), ("by", BY)]);
        page.click("#close").await;
        page.appears("#drop").await;
        page.drop_files(&[File::new(&name, sheet), reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        page.until("what is not saved", "1 unsaved decision".to_owned(), async || {
            page.text("#review .not-saved").await
        })
        .await;
        page.open_card("zoe").await;
        page.appears("[data-user=zoe] .decision[data-state=in-force]").await;
        assert!(page.text("[data-user=zoe] .decision .why").await.contains(REASON));
        page.vanishes("[data-user=zoe] .findings .finding").await;
        page.click("#review [data-list=invalid]").await;
        page.appears("#decisions .decision .refused").await;
        let refused = page.text("#decisions .refused").await;
        assert!(refused.contains(&format!("{name}, line 4, column decision")), "{refused}");
        page.click("#decisions-dialog [data-close]").await;

        // Saved as a file of decisions, it is decided no less.
        let (name, saved) = page.download(async || page.click("#review .save-decisions").await).await;
        page.vanishes("#review .not-saved").await;
        page.reload().await;
        page.drop_files(&[reports::mixed(), File::new(&name, saved)]).await;
        page.appears("#review [data-go$='=accepted']").await;
        page.click("#review [data-go$='=accepted']").await;
        page.shows(&["zoe"]).await;
    })
    .await;
}
