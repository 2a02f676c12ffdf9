//! Language, theme, keyboard, paste, print, address, and the states without cards.

use browser_tests::{Browser, Library, Page, Place, Start, reports, with_page};
use credential_report_viewer::checks::Severity;
use credential_report_viewer::query::SortKey;
use serde_json::{Value, json};
use thirtyfour::Key;
use thirtyfour::common::print::PrintParameters;

/// Texts that can be seen and are neither Japanese nor someone's words: the report's, a command's.
async fn texts_that_are_not_japanese(page: &Page) -> Vec<String> {
    let found = page
        .run(
            "const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
             const found = [];
             const passed = 'code, pre, kbd, time, script, style, noscript, [lang=en], .references, .frameworks, .cells th, .place, .origin, #inputs td, #inputs th[scope=row], h3, .concerned, .sub i, #source, tr[data-user] th, .fact dd';
             while (walker.nextNode()) {
                 const text = walker.currentNode.textContent.trim();
                 const parent = walker.currentNode.parentElement;
                 if (parent.closest(passed) || parent.getClientRects().length === 0) continue;
                 if (/[A-Za-z]{4,}/.test(text) && !/[\\u3040-\\u30ff\\u4e00-\\u9fff]/.test(text)) found.push(text);
             }
             for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
                 if (element.closest(passed)) continue;
                 for (const name of ['aria-label', 'title', 'placeholder']) {
                     const text = element.getAttribute(name) ?? '';
                     if (/[A-Za-z]{4,}/.test(text) && !/[\\u3040-\\u30ff\\u4e00-\\u9fff]/.test(text)) found.push(`${name}: ${text}`);
                 }
             }
             return found;",
            &[],
        )
        .await;
    serde_json::from_value(found).unwrap()
}

#[tokio::test]
async fn a_browser_that_prefers_japanese_gets_japanese_everywhere() {
    with_page(Start::in_japanese(Place::Disk), async |page| {
        page.until("the language", Some("ja".to_owned()), async || page.attribute("html", "lang").await)
            .await;
        let nothing: Vec<String> = Vec::new();
        let name = ["Credential Report Viewer".to_owned()];
        let without_name = async || {
            let mut found = texts_that_are_not_japanese(page).await;
            found.retain(|text| !name.contains(text) && !text.starts_with("Credential Report Viewer 0."));
            found
        };
        assert_eq!(without_name().await, nothing, "the first screen");
        page.drop_files(&[reports::mixed(), reports::other()]).await;
        page.appears("[data-user=zoe]").await;
        page.open_card("zoe").await;
        page.click("[data-user=zoe] details summary").await;
        page.appears("[data-user=zoe] .inside").await;
        page.click("[data-user=zoe] .more summary").await;
        page.appears("[data-user=zoe] .references").await;
        for layout in ["cards", "table", "problems", "facts"] {
            page.click(&format!("[data-layout={layout}]")).await;
            page.until(layout, nothing.clone(), without_name).await;
        }
        for (button, dialog) in DIALOGS {
            page.click(button).await;
            page.appears(dialog).await;
            assert_eq!(without_name().await, nothing, "{dialog}");
            page.click(&format!("{dialog} [data-close]")).await;
            page.vanishes(dialog).await;
        }
    })
    .await;
}

/// What opens a dialog over a result, and the dialog.
pub(crate) const DIALOGS: &[(&str, &str)] = &[
    ("#policy-button", "#policy"),
    ("#as-of", "#as-of-dialog"),
    ("#export-more", "#export-dialog"),
    ("#shortcuts-button", "#shortcuts"),
    (".foot button.link", "#privacy"),
];

#[tokio::test]
async fn the_language_is_switched_kept_and_leaves_the_export_english() {
    with_page(Place::Server, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.shows(&library.users(|_| {})).await;
        page.fill("#search", "zoe").await;
        page.shows(&["zoe"]).await;
        page.choose("#language", "ja").await;
        page.until("the language", Some("ja".to_owned()), async || page.attribute("html", "lang").await)
            .await;
        page.shows(&["zoe"]).await;
        page.focuses("#language").await;
        assert!(page.text("#export").await.contains("JSON"));
        assert_ne!(page.text("#export").await, "Export JSON");
        assert_eq!(page.value("#search").await, "zoe");
        assert_eq!(page.hash().await, "lang=ja");
        assert_eq!(page.export().await.1, library.export());

        page.web.goto(page.server.url("?again")).await.unwrap();
        page.appears("#drop").await;
        assert_eq!(page.attribute("html", "lang").await.as_deref(), Some("ja"));
        page.choose("#language", "en").await;
        page.until("the language", Some("en".to_owned()), async || page.attribute("html", "lang").await)
            .await;
        assert_eq!(page.text("#sample").await, "Try a sample");
    })
    .await;
}

async fn background(page: &Page) -> Value {
    page.run(
        "return getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color;",
        &[],
    )
    .await
}

#[tokio::test]
async fn a_theme_is_chosen_and_kept() {
    with_page(Place::Server, async |page| {
        page.choose("#theme", "light").await;
        let light = background(page).await;
        page.choose("#theme", "dark").await;
        let dark = background(page).await;
        assert_ne!(light, dark);
        page.reload().await;
        assert_eq!(background(page).await, dark);
        assert_eq!(page.value("#theme").await, "dark");
        if page.browser == Browser::Chromium {
            page.choose("#theme", "system").await;
            for (preferred, seen) in [("light", &light), ("dark", &dark)] {
                page.prefers(preferred).await;
                assert_eq!(&background(page).await, seen, "{preferred}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn from_the_sample_to_an_exported_file_by_keyboard_alone() {
    with_page(Place::Disk, async |page| {
        for _ in 0..30 {
            page.press_key(Key::Tab).await;
            if page.is_focused("#sample").await {
                break;
            }
        }
        page.focuses("#sample").await;
        page.press_key(Key::Enter).await;
        page.appears("[data-user]").await;
        let (_, exported) = page.download(async || page.press("e").await).await;
        let exported: Value = serde_json::from_slice(&exported).unwrap();
        assert_eq!(exported["schema"], "credential-report-findings/1");
    })
    .await;
}

#[tokio::test]
async fn keys_walk_open_search_and_explain() {
    with_page(Place::Disk, async |page| {
        let report = reports::mixed();
        let users = Library::open(std::slice::from_ref(&report)).users(|_| {});
        page.drop_files(&[report]).await;
        page.shows(&users).await;
        let card = |place: usize| format!("[data-user='{}']", users[place]);
        page.press("j").await;
        page.focuses(&card(0)).await;
        page.press("jj").await;
        page.focuses(&card(2)).await;
        page.press("k").await;
        page.focuses(&card(1)).await;
        page.press_key(Key::Enter).await;
        page.appears(&format!("{}.opened", card(1))).await;
        page.focuses(&card(1)).await;
        page.press_key(Key::Enter).await;
        page.vanishes(&format!("{}.opened", card(1))).await;
        page.focuses(&card(1)).await;

        page.press("/").await;
        page.focuses("#search").await;
        // Letters are letters in a field.
        page.press("bje?/").await;
        page.until("the search", "bje?/".to_owned(), async || page.value("#search").await).await;
        page.appears("#no-match").await;
        assert!(!page.sees("dialog").await);
        page.fill("#search", "").await;
        page.shows(&users).await;

        page.run("document.activeElement.blur();", &[]).await;
        page.press("j").await;
        page.focuses(&card(0)).await;
        page.press("?").await;
        page.appears("#shortcuts").await;
        let keys = page.texts("#shortcuts kbd").await;
        for key in ["/", "j", "k", "Enter", "e", "?"] {
            assert!(keys.iter().any(|shown| shown == key), "{key} is not in {keys:?}");
        }
        // The focus stays in the dialog, wherever it goes.
        for _ in 0..5 {
            page.press_key(Key::Tab).await;
            assert!(page.is_focused("#shortcuts, #shortcuts *, body").await);
        }
        page.press_key(Key::Escape).await;
        page.vanishes("#shortcuts").await;
        page.focuses(&card(0)).await;
    })
    .await;
}

#[tokio::test]
async fn a_dialog_gives_the_focus_back_to_what_opened_it() {
    with_page(Place::Server, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        for (button, dialog) in DIALOGS {
            page.click(button).await;
            page.appears(dialog).await;
            page.press_key(Key::Escape).await;
            page.vanishes(dialog).await;
            page.focuses(button).await;
        }
    })
    .await;
}

#[tokio::test]
async fn control_o_opens_the_file_chooser_at_any_time() {
    with_page(Place::Server, async |page| {
        page.run(
            "window.opened = 0;
             HTMLInputElement.prototype.click = function () { if (this.type === 'file') window.opened += 1; };",
            &[],
        )
        .await;
        page.press_with(Key::Control, 'o').await;
        page.holds("return window.opened === 1;").await;
        page.drop_files(&[reports::single()]).await;
        page.shows(&["Bob"]).await;
        page.press("/").await;
        page.press_with(Key::Control, 'o').await;
        page.holds("return window.opened === 2;").await;
    })
    .await;
}

#[tokio::test]
async fn a_report_can_be_pasted_as_csv_or_json_anywhere_or_into_the_dialog() {
    with_page(Place::Disk, async |page| {
        let report = reports::mixed();
        let csv = String::from_utf8(report.bytes.clone()).unwrap();
        let json =
            String::from_utf8(reports::as_cli_json(&reports::other(), "2024-05-31T12:00:00+00:00").bytes)
                .unwrap();
        let users = Library::open(&[report]).users(|_| {});
        page.copy(&csv).await;
        page.paste().await;
        page.shows(&users).await;
        assert_eq!(page.attribute("#as-of-source", "data-source").await.as_deref(), Some("newest-event"));
        page.copy(&json).await;
        page.paste().await;
        page.shows(&Library::open(&[reports::other()]).users(|_| {})).await;
        assert_eq!(page.attribute("#as-of-source", "data-source").await.as_deref(), Some("generated-time"));
        // Into a field goes what is pasted there.
        page.copy("ops").await;
        page.click("#search").await;
        page.paste().await;
        page.shows(&["ops-terraform"]).await;

        page.click("#close").await;
        page.copy(&csv).await;
        page.click("#paste").await;
        page.focuses("#paste-text").await;
        page.paste().await;
        page.click("#paste-read").await;
        page.shows(&users).await;
        page.copy("not a report").await;
        page.paste().await;
        page.appears("#error").await;
        page.shows(&users).await;
    })
    .await;
}

#[tokio::test]
async fn files_show_an_overlay_and_anything_else_does_not() {
    with_page(Place::Server, async |page| {
        page.run(
            "const data = new DataTransfer();
             data.setData('text/plain', 'x');
             window.taken = !document.body.dispatchEvent(new DragEvent('dragover', {
                 dataTransfer: data, bubbles: true, cancelable: true,
             }));",
            &[],
        )
        .await;
        assert_eq!(page.run("return window.taken;", &[]).await, json!(false));
        assert!(!page.sees("#overlay").await);
        page.drag(&[reports::single()]).await;
        page.appears("#overlay").await;
        // A drag that leaves the window is not told to the page.
        page.vanishes("#overlay").await;
    })
    .await;
}

#[tokio::test]
async fn no_findings_and_no_match_are_told_apart() {
    with_page(Place::Server, async |page| {
        page.drop_files(&[reports::fine()]).await;
        page.appears("#no-problems").await;
        assert!(!page.sees("#no-match").await);
        let fine = page.text("#no-problems").await;
        page.fill("#search", "nobody").await;
        page.appears("#no-match").await;
        assert!(!page.sees("#no-problems").await);
        assert_ne!(page.text("#no-match").await, fine);
        page.counts("0 of 3 users · 0 findings · 1 filter").await;
    })
    .await;
}

#[tokio::test]
async fn back_and_reload_keep_the_view_and_the_address_says_nothing_of_the_report() {
    with_page(Place::Disk, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(std::slice::from_ref(&report)).await;
        page.shows(&library.users(|_| {})).await;
        page.choose("#sort", "name").await;
        let by_name = library.users(|query| (query.sort, query.descending) = (SortKey::Name, false));
        page.shows(&by_name).await;
        page.click(".chip[data-severity=high]").await;
        let high = library.users(|query| {
            (query.sort, query.descending) = (SortKey::Name, false);
            query.severities = vec![Severity::High];
        });
        page.shows(&high).await;
        page.until("the address", "sort=name&severity=high".to_owned(), async || page.hash().await).await;

        page.web.back().await.unwrap();
        page.shows(&by_name).await;
        assert_eq!(page.value("#sort").await, "name");
        page.web.forward().await.unwrap();
        page.shows(&high).await;
        page.fill("#search", "zoe").await;
        page.shows(&["zoe"]).await;
        assert_eq!(page.hash().await, "sort=name&severity=high");

        page.reload().await;
        page.drop_files(&[report]).await;
        page.shows(&high).await;
        assert_eq!(page.value("#sort").await, "name");
        assert_eq!(
            page.attribute(".chip[data-severity=high]", "aria-pressed").await.as_deref(),
            Some("true")
        );
    })
    .await;
}

#[tokio::test]
async fn paper_explains_the_problems_that_are_shown_and_no_others() {
    with_page(Place::Server, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        let explained = async || {
            page.run("dispatchEvent(new Event('beforeprint'));", &[]).await;
            page.appears("#explained").await;
            page.holds(
                "const checks = selector => [...new Set([...document.querySelectorAll(selector)]
                     .map(element => element.dataset.check))].sort().join();
                 return checks('#explained [data-check]') !== ''
                     && checks('#explained [data-check]') === checks('#cards [data-check], .account-findings [data-check]');",
            )
            .await;
            let number = page.number_of("#explained [data-check]").await;
            page.run("dispatchEvent(new Event('afterprint'));", &[]).await;
            page.vanishes("#explained").await;
            number
        };
        let all = explained().await;
        page.fill("#search", "zoe").await;
        page.shows(&["zoe"]).await;
        assert!(explained().await < all);
    })
    .await;
}

#[tokio::test]
async fn paper_holds_every_card_open_and_who_judged_by_what() {
    if Browser::chosen() != Browser::Chromium {
        return;
    }
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        let pdf = page.web.print_page(PrintParameters::default()).await.unwrap();
        let pdf = lopdf::Document::load_mem(&pdf).unwrap();
        let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
        // Glyphs come with the spaces between them, or without.
        let text: String = pdf.extract_text(&pages).unwrap().split_whitespace().collect();
        for words in [
            "zoe",
            "frank-etl",
            "1111-2222-3333",
            "recommended",
            "Reviewedby",
            "Date",
            "CredentialReportViewer0.",
            "Whyitmatters",
            "Whattodo",
        ] {
            assert!(text.to_lowercase().contains(&words.to_lowercase()), "{words} is not in {text}");
        }
        // The first page is the summary, the cards follow it.
        let first: String = pdf.extract_text(&[1]).unwrap().split_whitespace().collect();
        assert!(first.contains("Summary") && first.contains("Checksthatfailed"), "{first}");
        assert!(!first.contains("frank-etl"), "{first}");
        assert!(pages.len() <= 7, "{} pages", pages.len());
        for words in ["ExportJSON", "Openanother", "Dismiss"] {
            assert!(!text.contains(words), "{words} is in {text}");
        }
        // Afterwards all is as it was.
        page.until("findings that are open", 0, async || page.number_of("details.finding[open]").await).await;
    })
    .await;
}

#[tokio::test]
async fn a_row_of_the_table_opens_the_card_of_that_very_user() {
    with_page(Place::Disk, async |page| {
        let used = "2024-05-20T08:00:00Z";
        let rows =
            ["ann", "joanna", "Ann-2"].map(|name| reports::human(reports::ACCOUNT, name, used, used, false));
        page.drop_files(&[reports::report(&rows)]).await;
        page.appears("[data-user=joanna]").await;
        page.click(".chip[data-severity=high]").await;
        page.click("[data-layout=table]").await;
        page.appears("#table [data-user=ann]").await;
        page.click("#table tr[data-user=ann] .show-card").await;
        page.appears("#table .opened .card[data-user=ann]").await;
        assert_eq!(page.number_of("#table tr.opened").await, 1);
        assert_eq!(
            page.attribute("#table tr[data-user=ann] .show-card", "aria-expanded").await.as_deref(),
            Some("true")
        );
        // What was filtered by and sought stays as it was.
        assert_eq!(page.value("#search").await, "");
        assert_eq!(
            page.attribute(".chip[data-severity=high]", "aria-pressed").await.as_deref(),
            Some("true")
        );
        page.click("#table .opened .finding summary").await;
        page.appears("#table .opened .finding .inside").await;
        page.click("#table tr[data-user=ann] .show-card").await;
        page.vanishes("#table .opened").await;
    })
    .await;
}

#[tokio::test]
async fn of_root_is_said_what_is_so_to_those_who_do_not_see_too() {
    for (mfa, says, never) in
        [(true, "Root MFA: on", "Root MFA: off"), (false, "Root MFA: off", "Root MFA: on")]
    {
        with_page(Place::Disk, async |page| {
            page.drop_files(&[reports::report(&[reports::root(reports::ACCOUNT, mfa)])]).await;
            page.appears("#area-mfa").await;
            let heard = page.run("return document.querySelector('#area-mfa').textContent", &[]).await;
            let heard = heard.as_str().unwrap();
            assert!(heard.contains(says) && !heard.contains(never), "{heard}");
        })
        .await;
    }
}
