//! Owners: who answers for whom, letters to them, and scripts from what was decided.

use browser_tests::{File, Page, Place, Start, reports, with_page};
use thirtyfour::Key;

use crate::changes;

/// Ann is there and Bea has left; nobody owns the others.
pub(crate) fn owners() -> File {
    let owners = "user,owner,email,team,active\n\
                  Bob,Ann Lee,ann@x.com,Core,true\n\
                  alice,Ann Lee,ann@x.com,Core,true\n\
                  zoe,Bea <b>,bea@x.com,Data,false\n";
    File::new("owners.csv", owners)
}

/// Chooses a format in the dialog of the export, and saves what comes of it.
async fn exported(page: &Page, format: &str) -> (String, String) {
    page.click("#export-more").await;
    page.click(&format!("label:has(> #export-{format})")).await;
    page.holds("return document.querySelector('#export-preview').textContent.length > 0;").await;
    let (name, bytes) = page.intercepted(async || page.click("#export-download").await).await;
    (name, String::from_utf8(bytes).unwrap())
}

#[tokio::test]
async fn users_are_grouped_by_owner_and_a_row_shows_them() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        assert!(!page.sees("[data-layout=owners]").await && !page.sees("#owner").await);
        page.drop_right(&[owners()]).await;
        page.click("[data-layout=owners]").await;
        page.appears("#by-owner table").await;
        assert_eq!(page.hash().await, "view=owners");
        // Who has left users with credentials comes first, then what nobody owns.
        assert_eq!(page.texts("#by-owner tbody .link").await, ["Bea <b>", "No owner", "Ann Lee"]);
        assert_eq!(page.texts("#by-owner tbody tr:last-child td.number:not(.leavers)").await[0], "2");
        page.fill("#search", "ann lee").await;
        page.until("the owner that is sought", 1, async || page.number_of("#by-owner tbody tr").await).await;
        page.fill("#search", "").await;
        page.until("all owners", 3, async || page.number_of("#by-owner tbody tr").await).await;

        page.click("#by-owner [data-owner='bea@x.com']").await;
        page.shows(&["zoe"]).await;
        assert_eq!((page.value("#owner").await.as_str(), page.hash().await.as_str()), ("bea@x.com", ""));
        page.choose("#owner", "ann@x.com").await;
        page.counts_users("2 of 8 users").await;
        page.choose("#owner", "").await;
        page.counts_users("8 users").await;

        page.click("[data-layout=owners]").await;
        page.click("#by-owner [data-go]").await;
        page.counts_users("5 of 8 users").await;
        assert!(page.hash().await.contains("unowned=yes"));
        assert_eq!(page.violations().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn accounts_are_called_by_name_wherever_their_numbers_stand() {
    with_page(Place::Disk, async |page| {
        let accounts = format!(
            "account,name\n{},Payments & <Billing>\n{},Ops\n",
            reports::ACCOUNT,
            reports::OTHER_ACCOUNT
        );
        let accounts = File::new("accounts.csv", accounts);
        let earlier =
            File { name: "status_reports_2024-05-01T12-00-00+00-00.csv".to_owned(), ..reports::other() };
        let files = [changes::earlier(), reports::mixed(), earlier, reports::other(), accounts];
        page.drop_files(&files).await;
        page.appears("[data-user=zoe]").await;
        let name = "1111-2222-3333 Payments & <Billing>";
        let says = async |selector: &str| {
            page.until(selector, true, async || {
                page.texts(selector).await.iter().any(|text| text.contains(name))
            })
            .await;
        };
        says("#cards [data-user=zoe] .account").await;
        says("#inputs td").await;
        page.click("[data-layout=table]").await;
        says("#table [data-user=zoe] .of-account").await;
        page.click("[data-layout=facts]").await;
        says("#facts .only-account").await;
        page.click("[data-layout=changes]").await;
        says("#changes .of-account h3").await;
        says("#changes [data-group=added] .account").await;
        page.fill("#search", "billing").await;
        page.click("[data-layout=table]").await;
        page.appears("#table .of-account mark").await;
    })
    .await;
}

#[tokio::test]
async fn owners_are_walked_through_by_keys() {
    with_page(Start::in_japanese(Place::Disk), async |page| {
        page.drop_files(&[reports::mixed(), owners()]).await;
        page.click("[data-layout=owners]").await;
        page.appears("#by-owner table").await;
        page.press("j").await;
        page.focuses("#by-owner tbody tr:first-child").await;
        page.press("j").await;
        page.press("k").await;
        page.focuses("#by-owner tbody tr:first-child").await;
        page.press_key(Key::Enter).await;
        page.shows(&["zoe"]).await;
    })
    .await;
}

#[tokio::test]
async fn an_owner_gets_a_letter_about_the_own_users_alone() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        page.click("#export-more").await;
        page.until("no letters without owners", true, async || {
            page.attribute("#export-letters", "disabled").await.is_some()
        })
        .await;
        page.click("#export-dialog [data-close]").await;
        page.drop_right(&[owners()]).await;
        page.appears("#owner").await;
        let (name, letters) = exported(page, "letters").await;
        assert_eq!(name, format!("credential-letters-{}-2024-06-01.md", reports::ACCOUNT));
        assert_eq!(letters.matches("\n# ").count(), 3);
        assert_eq!(letters.matches("Reply by: 2024-06-15").count(), 3);
        let bea = letters.split("<!-- ").find(|letter| letter.contains("`Bea <b>`")).unwrap();
        assert!(bea.contains("## `zoe`") && !bea.contains("Bob") && !bea.contains("alice"), "{bea}");
        page.choose("#owner", "ann@x.com").await;
        page.counts_users("2 of 8 users").await;
        let (_, letters) = exported(page, "letters").await;
        assert!(letters.contains("## `Bob`") && !letters.contains("zoe"), "{letters}");

        // Another day to answer by, of letters alone.
        page.click("#export-more").await;
        page.appears("#export-findings").await;
        assert!(!page.sees("#export-answer-by").await);
        page.click("label:has(> #export-letters)").await;
        page.appears("#export-answer-by").await;
        assert_eq!(page.value("#export-answer-by").await, "2024-06-15");
        page.run(
            "const field = document.querySelector('#export-answer-by');
             field.value = '2024-07-01';
             field.dispatchEvent(new Event('change', { bubbles: true }));",
            &[],
        )
        .await;
        page.until("the day in the first lines", true, async || {
            page.text("#export-preview").await.contains("Reply by: 2024-07-01")
        })
        .await;
        let (_, letters) = page.intercepted(async || page.click("#export-download").await).await;
        let letters = String::from_utf8(letters).unwrap();
        assert!(letters.contains("reply by 2024-07-01.") && !letters.contains("2024-06-15"), "{letters}");
    })
    .await;
}

/// Notes the texts of these elements when the page is printed; then prints.
async fn printed(page: &Page, selector: &str, print: impl AsyncFnOnce()) -> Vec<String> {
    page.run(
        "const selector = arguments[0];
         window.printed = null;
         window.print = () => {
             window.printed = [...document.querySelectorAll(selector)].map(part => part.textContent);
         };",
        &[selector.into()],
    )
    .await;
    print().await;
    page.holds("return window.printed !== null;").await;
    serde_json::from_value(page.run("return window.printed;", &[]).await).unwrap()
}

#[tokio::test]
async fn letters_are_printed_a_page_each_and_the_page_is_there_again() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed(), owners()]).await;
        page.appears("#owner").await;
        page.click("#export-more").await;
        assert!(!page.sees("#export-print").await);
        page.click("label:has(> #export-letters)").await;
        let letters = printed(page, "#letters .letter", async || page.click("#export-print").await).await;
        assert_eq!(letters.len(), 3, "{letters:?}");
        let bea = letters.iter().find(|letter| letter.contains("Bea <b>")).unwrap();
        assert!(bea.contains("zoe") && !bea.contains("Bob"), "{bea}");
        page.holds("return document.querySelector('#letters') === null;").await;
        page.appears("[data-user=zoe]").await;
        assert_eq!(page.violations().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn on_paper_two_people_sign_for_the_files_by_their_digests() {
    with_page(Place::Disk, async |page| {
        page.click("#sample").await;
        page.appears("#review [data-go$='=accepted']").await;
        page.click("#export-more").await;
        let [sign_off] =
            printed(page, "#sign-off", async || page.click("#print").await).await.try_into().unwrap();
        assert_eq!(sign_off.matches("SHA-256").count(), 3, "two reports and the decisions: {sign_off}");
        assert!(sign_off.contains("4 of 15 decided") && sign_off.contains("Approved by"), "{sign_off}");
        assert!(!sign_off.contains("not calculated"), "{sign_off}");
        page.holds("return document.querySelector('#sign-off') === null;").await;
    })
    .await;
}

#[tokio::test]
async fn control_p_prints_the_digests_too_and_the_menu_of_the_browser_says_where_they_are() {
    with_page(Place::Disk, async |page| {
        page.click("#sample").await;
        page.appears("#review [data-go$='=accepted']").await;
        // What a browser does that was asked by its own menu.
        let by_menu = async || {
            page.run("dispatchEvent(new Event('beforeprint'));", &[]).await;
            page.appears("#sign-off").await;
            let sign_off = page.text("#sign-off").await;
            page.run("dispatchEvent(new Event('afterprint'));", &[]).await;
            page.vanishes("#sign-off").await;
            sign_off
        };
        let sign_off = by_menu().await;
        assert!(sign_off.contains("SHA-256 not calculated") && sign_off.contains("Ctrl+P"), "{sign_off}");
        let by_keys = printed(page, "#sign-off", async || page.press_with(Key::Control, 'p').await).await;
        let [sign_off] = by_keys.try_into().unwrap();
        assert_eq!(sign_off.matches(" · SHA-256 ").count(), 3, "{sign_off}");
        assert!(!sign_off.contains("not calculated"), "{sign_off}");
        page.holds("return document.querySelector('#sign-off') === null;").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_decided_becomes_a_script() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.open_card("zoe").await;
        page.click("[data-user=zoe] .decided .decide").await;
        page.click("label:has(> #decide-disable)").await;
        page.fill("#decide-by", "k.sato@example.com").await;
        page.click("#decide-done").await;
        page.vanishes("#decide-dialog").await;
        let (name, script) = exported(page, "disable-script").await;
        assert_eq!(name, format!("disable-{}.sh", reports::ACCOUNT));
        assert!(script.starts_with("#!/usr/bin/env bash\n"), "{script}");
        assert!(script.contains("'zoe'") && !script.contains("Bob"), "{script}");
    })
    .await;
}

#[tokio::test]
async fn the_sample_has_owners_and_decisions_that_go_with_it() {
    with_page(Place::Disk, async |page| {
        page.click("#sample").await;
        page.appears("#review [data-go$='=accepted']").await;
        page.appears("[data-user='frank.weber'] .owner").await;
        // They say nothing about a person's own report.
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        page.vanishes("#review p").await;
        assert!(!page.sees("#owner").await && !page.sees(".card .owner").await);
    })
    .await;
}
