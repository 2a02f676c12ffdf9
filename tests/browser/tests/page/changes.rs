//! Two reports of an account: the line on what changed, the layout of changes, filters and the export.

use browser_tests::{File, Library, Page, Place, Start, reports, with_page};
use credential_report_viewer::comparison::{Cause, Outcome};
use serde_json::Value;
use thirtyfour::Key;

/// An earlier report of the account of [`reports::mixed`], a month older.
pub(crate) fn earlier() -> File {
    let rows = [
        reports::root(reports::ACCOUNT, false),
        reports::human(reports::ACCOUNT, "alice", "2024-04-30T08:00:00Z", "2024-03-01T08:00:00Z", false),
        reports::human(reports::ACCOUNT, "Bob", "2024-04-20T08:00:00Z", "2023-01-01T08:00:00Z", false),
        reports::machine(reports::ACCOUNT, "carol-ci", "2023-01-05T08:00:00Z", "2024-04-30T08:00:00Z"),
        reports::machine(reports::ACCOUNT, "gone-bot", "2022-01-05T08:00:00Z", "2022-04-30T08:00:00Z"),
    ];
    File { name: "status_reports_2024-05-01T00-00-00+00-00.csv".to_owned(), ..reports::report(&rows) }
}

/// A report that is a month older still.
pub(crate) fn earliest() -> File {
    let rows = [
        reports::root(reports::ACCOUNT, true),
        reports::machine(reports::ACCOUNT, "carol-ci", "2023-01-05T08:00:00Z", "2024-03-30T08:00:00Z"),
    ];
    File { name: "status_reports_2024-04-01T00-00-00+00-00.csv".to_owned(), ..reports::report(&rows) }
}

pub(crate) async fn opens_changes(page: &Page) {
    page.drop_files(&[earlier(), reports::mixed()]).await;
    page.appears("#since button").await;
    page.click("[data-layout=changes]").await;
    page.appears("#changes .group").await;
}

#[tokio::test]
async fn the_line_leads_to_what_changed_and_to_what_is_unchanged() {
    with_page(Place::Disk, async |page| {
        let files = [earlier(), reports::mixed()];
        let mut library = Library::open(&files);
        page.drop_files(&files).await;
        page.appears("#since button").await;
        let line = page.text("#since").await;
        assert!(line.starts_with("Since 1 May 2024 (31 days)"), "{line}");
        assert!(line.contains("1 user deleted"), "{line}");

        // What is unchanged are cards; each says since when.
        page.click("[data-goal=unchanged]").await;
        page.shows(&library.users(|query| query.changes = vec![Outcome::Unchanged])).await;
        assert!(page.text("[data-user=Bob] .tags").await.contains("Open 31+ d"));
        assert!(page.hash().await.contains("change=unchanged"));

        // What is resolved is in the layout of changes, and nothing else then.
        page.click("[data-goal=resolved]").await;
        page.appears("#changes [data-group=resolved] [data-user=alice]").await;
        page.vanishes("#changes [data-group=added]").await;
        let causes = page.texts("#changes [data-group=resolved] .cause").await;
        assert!(causes.iter().any(|cause| cause == "MFA added"), "{causes:?}");
        assert!(causes.iter().any(|cause| cause == "User deleted"), "{causes:?}");
    })
    .await;
}

#[tokio::test]
async fn changes_are_grouped_and_a_deleted_user_has_a_card() {
    with_page(Place::Disk, async |page| {
        opens_changes(page).await;
        page.appears("#changes [data-group=added] [data-user=zoe]").await;
        page.appears("#changes [data-group=deleted] .deleted [data-user=gone-bot]").await;
        assert_eq!(page.text("#changes .deleted-mark").await, "Deleted user");
        // It opens and closes as any other, and so do its findings.
        page.click("#changes .deleted [data-check=access-key-unused] summary").await;
        page.appears("#changes .deleted .finding[open] .inside").await;
        page.click("#changes .deleted .show-card").await;
        page.appears("#changes .deleted .card.closed").await;
        let groups = page
            .run("return [...document.querySelectorAll('#changes .group')].map(g => g.dataset.group);", &[])
            .await;
        let groups: Vec<String> = serde_json::from_value(groups).unwrap();
        assert_eq!(groups.first().map(String::as_str), Some("resolved"), "{groups:?}");
        assert!(page.number_of("#changes .trend tbody tr").await == 2);
        // The search narrows them as it narrows users.
        page.fill("#search", "gone-bot").await;
        page.vanishes("#changes [data-group=added]").await;
        page.appears("#changes [data-group=deleted]").await;
    })
    .await;
}

#[tokio::test]
async fn the_newest_report_alone_is_one_click_and_the_same_report_is_said() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user]").await;
        page.drop_right(&[earlier()]).await;
        page.appears("#newest-only").await;
        page.click("#newest-only").await;
        page.appears("#compare-again").await;
        page.vanishes("[data-user] .tag.history").await;
        page.click("#compare-again").await;
        page.appears("#newest-only").await;
        page.drop_right(&[File { name: "again.csv".to_owned(), ..reports::mixed() }]).await;
        page.appears("#notice").await;
    })
    .await;
}

#[tokio::test]
async fn changes_are_told_in_japanese_and_reached_by_keyboard() {
    with_page(Start::in_japanese(Place::Disk), async |page| {
        page.drop_files(&[earlier(), reports::mixed()]).await;
        page.appears("#since button").await;
        let line = page.text("#since").await;
        assert!(line.contains("から") && line.contains("解決済み"), "{line}");
        page.run("document.querySelector('[data-goal=resolved]').focus();", &[]).await;
        page.press_key(Key::Enter).await;
        page.appears("#changes [data-group=resolved]").await;
        let exported: Value = serde_json::from_slice(&page.export().await.1).unwrap();
        assert_eq!(exported["findings"][0]["change"], "unchanged");
    })
    .await;
}

#[tokio::test]
async fn another_earlier_report_is_chosen_by_keyboard() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[earlier(), reports::mixed()]).await;
        page.appears("#since button").await;
        // Of a single earlier report there is nothing to choose.
        page.vanishes("#against").await;
        page.drop_right(&[earliest()]).await;
        page.appears("#against").await;
        assert!(page.text("#since").await.starts_with("Since 1 May 2024"));
        assert_eq!(page.number_of("#against option").await, 2);
        page.run("document.querySelector('#against').focus();", &[]).await;
        page.press_key(Key::Up).await;
        page.until("the oldest report", true, async || {
            page.text("#since").await.starts_with("Since 1 Apr 2024 (61 days)")
        })
        .await;
        page.click("[data-layout=changes]").await;
        page.appears("#changes .over-time").await;
        assert_eq!(page.number_of("#changes .trend tbody tr").await, 3);
        page.appears("#changes [data-group=created] .when").await;
        let when = page.text("#changes [data-group=created] .when").await;
        assert!(when.ends_with("between 1 Apr 2024 and 1 Jun 2024"), "{when}");
    })
    .await;
}

#[tokio::test]
async fn changes_and_causes_are_filters_of_every_layout() {
    with_page(Place::Disk, async |page| {
        let files = [earlier(), reports::mixed()];
        let mut library = Library::open(&files);
        page.drop_files(&files).await;
        page.appears("#change").await;
        page.choose("#change", "new").await;
        let new = library.users(|query| query.changes = vec![Outcome::New]);
        page.shows(&new).await;
        page.choose("#cause", "created").await;
        page.shows(&library.users(|query| {
            query.changes = vec![Outcome::New];
            query.causes = vec![Cause::Created];
        }))
        .await;
        // Another change has other causes.
        page.choose("#change", "unchanged").await;
        page.shows(&library.users(|query| query.changes = vec![Outcome::Unchanged])).await;
        assert_eq!(page.value("#cause").await, "");
        page.click("[data-layout=facts]").await;
        page.until("what changed in the account", true, async || {
            let changes = page.text("#facts tbody .changes").await;
            changes.contains("new") && changes.contains("resolved")
        })
        .await;
        page.click("[data-layout=changes]").await;
        page.choose("#change", "resolved").await;
        page.appears("#changes [data-group=resolved]").await;
        page.vanishes("#changes [data-group=created]").await;
        page.choose("#cause", "mfa-enabled").await;
        page.until("what MFA resolved", vec!["MFA added".to_owned()], async || {
            let mut causes = page.texts("#changes [data-group=resolved] .cause").await;
            causes.dedup();
            causes
        })
        .await;
        page.click("#clear").await;
        page.appears("#changes [data-group=created]").await;
    })
    .await;
}
