//! Decisions: made on a card, saved, and dropped again with the report.

use browser_tests::{File, Page, Place, Start, reports, with_page};
use serde_json::Value;
use thirtyfour::Key;

/// Decides about a user that it stays as it is.
pub(crate) async fn keeps(page: &Page, user: &str) {
    page.open_card(user).await;
    page.click(&format!("[data-user={user}] .decided .decide")).await;
    page.appears("#decide-form").await;
    page.fill("#decide-reason", "Vendor appliance cannot use a role").await;
    page.fill("#decide-by", "k.sato@example.com").await;
    page.click("#decide-done").await;
    page.vanishes("#decide-dialog").await;
}

#[tokio::test]
async fn what_is_decided_is_accepted_saved_and_read_again() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        keeps(page, "Bob").await;
        page.appears("#review [data-go$='=accepted']").await;
        assert!(page.text("#review").await.contains("1 unsaved decision"));
        // The card stays open, and the focus comes back to it.
        page.appears("#cards [data-user=Bob].opened .accepted li").await;
        page.focuses("[data-user=Bob] button").await;
        page.vanishes("[data-user=Bob] .findings .finding").await;

        // A result with decisions that are in no file is not forgotten without a question.
        page.click("#close").await;
        page.appears("#leave-dialog").await;
        let (name, bytes) = page.download(async || page.click("#leave-dialog .save-decisions").await).await;
        page.vanishes("#review .not-saved").await;
        let json: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(json["schema"], "credential-report-decisions/1");
        assert_eq!(json["decisions"][0]["action"], "keep");
        assert_eq!(json["decisions"][0]["reason"], "Vendor appliance cannot use a role");

        page.click("#close").await;
        page.appears("#sample").await;
        page.drop_files(&[reports::mixed(), File::new(&name, bytes)]).await;
        page.appears("#review [data-go$='=accepted']").await;
        page.click("#review [data-go$='=accepted']").await;
        page.shows(&["Bob"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_decision_that_is_not_sound_says_why_and_can_be_changed_and_withdrawn() {
    with_page(Start::in_japanese(Place::Disk), async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears(".card").await;
        page.click("#decide-shown").await;
        page.fill("#decide-reason", "short").await;
        page.fill("#decide-by", "k.sato@example.com").await;
        page.click("#decide-done").await;
        page.until("the reason is too short", true, async || {
            page.text("#decide-refused").await.contains("10")
        })
        .await;
        assert_eq!(page.violations().await, Vec::<String>::new());
        page.fill("#decide-reason", "Vendor appliance cannot use a role").await;
        // Return sends the form.
        page.press_key(Key::Enter).await;
        page.vanishes("#decide-dialog").await;
        page.click("#review [data-list='']").await;
        page.appears("#decisions .decision").await;
        assert_eq!(page.violations().await, Vec::<String>::new());
        let all = page.number_of("#decisions .decision").await;
        page.click("#decisions .withdraw-decision").await;
        page.until("one fewer", all - 1, async || page.number_of("#decisions .decision").await).await;
        page.click("#decisions .change-decision").await;
        page.appears("#decide-form").await;
        // It takes the place of the list, and the focus moves to it with the next frame.
        page.focuses("#decide-dialog [data-close]").await;
        page.fill("#decide-ticket", "SEC-1423").await;
        page.click("#decide-done").await;
        page.vanishes("#decide-dialog").await;
        page.click("#review [data-list='']").await;
        page.until("the ticket", true, async || page.text("#decisions").await.contains("SEC-1423")).await;
    })
    .await;
}

#[tokio::test]
async fn decisions_alone_are_told_and_wait_for_a_report() {
    with_page(Place::Disk, async |page| {
        let account = reports::ACCOUNT;
        let decisions = format!(
            r#"{{"schema": "credential-report-decisions/1", "decisions": [
               {{"id": "1", "account": "{account}", "arn": "arn:aws:iam::{account}:user/Bob", "action": "keep",
                 "checks": ["*"], "reason": "Vendor appliance <b>cannot</b>", "by": "k", "on": "2024-05-01",
                 "until": "2024-12-31"}}, {{"id": "2", "action": "fly"}}]}}"#
        );
        let decisions = File::text("decisions.json", &decisions);
        page.drop_files(std::slice::from_ref(&decisions)).await;
        page.until("what is read", true, async || page.text("#notice").await.contains("decisions.json")).await;
        page.drop_files(&[reports::mixed()]).await;
        page.appears("#review [data-go$='=accepted']").await;
        // What cannot count is counted, and named by file and place.
        page.click("#review [data-list=invalid]").await;
        page.appears("#decisions .decision .refused").await;
        assert!(page.text("#decisions .refused").await.contains("decisions.json, line"));
    })
    .await;
}
