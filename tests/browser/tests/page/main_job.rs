//! A report goes in, cards are seen, findings come out.

use browser_tests::{Library, Place, Start, reports, with_page};
use credential_report_viewer::checks::Severity;
use credential_report_viewer::histogram::DayRange;
use credential_report_viewer::query::SortKey;

use crate::{changes, decisions};

/// What every entrance leads to.
async fn a_report_is_dropped_judged_and_exported(place: Place) {
    with_page(place, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.shows(&library.users(|_| {})).await;
        assert_eq!(page.attribute(".card", "data-user").await.as_deref(), Some("<root_account>"));
        assert_eq!(page.attribute("#as-of-source", "data-source").await.as_deref(), Some("file-name"));
        assert!(page.text("#source").await.contains("1111-2222-3333"));

        let (name, exported) = page.export().await;
        assert_eq!(name, "credential-findings-111122223333-2024-06-01.json");
        assert_eq!(text(exported), text(library.export()));
        page.appears("#notice").await;
        assert_eq!(page.violations().await, Vec::<String>::new());
    })
    .await;
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_dropped_report_from_disk() {
    a_report_is_dropped_judged_and_exported(Place::Disk).await;
}

#[tokio::test]
async fn a_dropped_report_from_a_server() {
    a_report_is_dropped_judged_and_exported(Place::Server).await;
}

#[tokio::test]
async fn a_chosen_report_and_the_same_file_again() {
    with_page(Place::Disk, async |page| {
        // Without a time in its name, its own time counts.
        let mut report = reports::mixed();
        "report.csv".clone_into(&mut report.name);
        let mut library = Library::open(std::slice::from_ref(&report));
        page.browse("#browse", std::slice::from_ref(&report)).await;
        page.shows(&library.users(|_| {})).await;
        assert_eq!(page.attribute("#as-of-source", "data-source").await.as_deref(), Some("last-modified"));
        assert_eq!(text(page.export().await.1), text(library.export()));

        page.browse("#browse", &[report]).await;
        page.until("what is replaced", true, async || {
            page.text("#notice").await.contains("Replaced report.csv")
        })
        .await;
        page.shows(&library.users(|_| {})).await;
    })
    .await;
}

#[tokio::test]
async fn the_sample_shows_findings_of_every_area() {
    with_page(Place::Disk, async |page| {
        page.click("#sample").await;
        page.appears("[data-user]").await;
        for area in ["#figure-rotation", "#figure-mfa", "#figure-last-use"] {
            assert_ne!(page.text(&format!("{area} b")).await, "0", "{area}");
        }
        let (_, exported) = page.export().await;
        let exported: serde_json::Value = serde_json::from_slice(&exported).unwrap();
        assert_eq!(exported["schema"], "credential-report-findings/1");
        assert_eq!(exported["as_of_source"], "file-name");
    })
    .await;
}

#[tokio::test]
async fn every_key_sorts_both_ways() {
    with_page(Place::Server, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.shows(&library.users(|_| {})).await;
        for key in SortKey::ALL {
            page.choose("#sort", key.name()).await;
            for descending in [key.descends_at_first(), !key.descends_at_first()] {
                let expected = library.users(|query| (query.sort, query.descending) = (key, descending));
                page.shows(&expected).await;
                page.click("#direction").await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn numbers_filter_search_narrows_and_clear_shows_all() {
    with_page(Place::Server, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        let all = library.users(|_| {});
        page.shows(&all).await;
        let findings = library.overview().findings;
        page.counts(&format!("8 users · {findings} findings")).await;

        page.click(".chip[data-severity=high]").await;
        let high = library.users(|query| query.severities = vec![Severity::High]);
        page.shows(&high).await;
        assert!(high.len() < all.len());
        assert!(page.text("#count").await.starts_with(&format!("{} of 8 users · ", high.len())));
        page.click(".chip[data-severity=high]").await;
        page.shows(&all).await;

        page.click("#figure-rotation").await;
        let limit = library.overview().key_ages.limit_days;
        page.shows(&library.users(|query| query.key_age = Some(DayRange { from: limit + 1, to: None })))
            .await;
        page.click("#clear").await;
        page.shows(&all).await;

        page.click("#figure-mfa").await;
        page.shows(&library.users(|query| query.console_mfa = Some(false))).await;
        page.fill("#search", "BOB").await;
        page.shows(&["Bob"]).await;
        assert!(page.text("#count").await.ends_with("2 filters"));
        page.fill("#search", "nobody").await;
        page.appears("#no-match").await;
        page.click("#no-match button").await;
        page.shows(&all).await;
        assert_eq!(page.value("#search").await, "");
    })
    .await;
}

#[tokio::test]
async fn a_finding_opens_to_evidence_reason_and_remedy() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.open_card("carol-ci").await;
        let finding = "[data-user=carol-ci] [data-check=access-key-not-rotated]";
        page.click(&format!("{finding} summary")).await;
        page.appears(&format!("{finding} .inside")).await;
        let inside = page.text(&format!("{finding} .inside")).await;
        for words in ["access_key_1_last_rotated", "2023-01-05T08:00:00Z", "aws iam "] {
            assert!(inside.contains(words), "{words} is not in {inside}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_hold_what_does_not_fit_on_one() {
    with_page(Place::Server, async |page| {
        let report = reports::many(100);
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.shows(&library.users(|_| {})).await;
        page.click("#next").await;
        page.shows(&library.users(|query| query.offset = 48)).await;
        page.click("#next").await;
        let last = library.users(|query| query.offset = 96);
        assert_eq!(last.len(), 4);
        page.shows(&last).await;
        assert_eq!(page.text("#range").await, "97–100 of 100");
        page.click("#previous").await;
        page.shows(&library.users(|query| query.offset = 48)).await;
    })
    .await;
}

#[tokio::test]
async fn closing_forgets_the_report() {
    with_page(Start { suffix: "#sort=name", ..Start::default() }, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=Bob]").await;
        page.click("#close").await;
        page.appears("#drop").await;
        let left = page.run("return document.documentElement.outerHTML;", &[]).await.to_string();
        assert!(!left.contains("carol-ci") && !left.contains("111122223333"));
        page.drop_files(&[reports::single()]).await;
        page.shows(&["Bob"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_redacted_print_names_nobody_and_then_the_names_are_back() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[changes::earlier(), reports::mixed()]).await;
        page.appears("[data-user=Bob]").await;
        decisions::keeps(page, "Bob").await;
        page.fill("#search", "b").await;
        page.appears("[data-user=Bob]").await;
        // What the browser would print.
        page.run(
            "window.print = () => { window.printed = document.title + document.documentElement.outerHTML; };",
            &[],
        )
        .await;
        for layout in ["cards", "table", "problems", "facts", "changes", "cards"] {
            page.click(&format!("[data-layout={layout}]")).await;
            page.click("#export-more").await;
            page.click("#export-redact").await;
            page.run("window.printed = '';", &[]).await;
            page.click("#print").await;
            page.holds("return window.printed !== '';").await;
            let printed = page.run("return window.printed;", &[]).await;
            let printed = printed.as_str().unwrap();
            assert!(printed.contains("account-") && printed.contains("(redacted)"), "{layout}");
            assert!(printed.contains("Redacted: names are aliases"), "{layout}");
            assert!(!printed.contains("SHA-256 not calculated"), "{layout}");
            let names = [
                "bob",
                "alice",
                "frank-etl",
                "zoe",
                "gone-bot",
                reports::ACCOUNT,
                "1111-2222-3333",
                "status_reports",
                "k.sato",
                "cannot use a role",
            ];
            for name in names {
                let at = printed.to_lowercase().find(name);
                let around = at.and_then(|at| printed.get(at.saturating_sub(80)..at + 80));
                assert!(at.is_none(), "{layout}: {name} in {around:?}");
            }
        }
        page.appears("[data-user=Bob]").await;
        assert!(page.text("#source").await.contains("1111-2222-3333"));
    })
    .await;
}
