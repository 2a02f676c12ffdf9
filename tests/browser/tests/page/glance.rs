//! What is seen at a glance: counts of what fits, whatever the size of the result.

use browser_tests::{Browser, File, Library, Page, Place, Start, reports, with_page};
use serde_json::json;

/// The cards of the page that are closed: top, bottom and height of each, in pixels of the page.
async fn closed_cards(page: &Page) -> Vec<(i64, i64, i64)> {
    let boxes = page
        .run(
            "return [...document.querySelectorAll('.card.closed')].map(card => {
                 const { top, bottom, height } = card.getBoundingClientRect();
                 return [top + scrollY, bottom + scrollY, height].map(Math.round);
             });",
            &[],
        )
        .await;
    serde_json::from_value(boxes).unwrap()
}

async fn six_cards_are_seen_whole(start: Start) {
    if Browser::chosen() != Browser::Chromium {
        return;
    }
    with_page(start, async |page| {
        page.resize(1440).await;
        page.click("#sample").await;
        page.until("the cards", 15, async || page.number_of(".card.closed").await).await;
        let cards = closed_cards(page).await;
        let whole = cards.iter().filter(|(_, bottom, _)| *bottom <= 900).count();
        assert!(whole >= 6, "{whole} of {cards:?}");
        for (top, _, height) in &cards {
            let row: Vec<_> = cards.iter().filter(|(other, _, _)| other == top).collect();
            assert!(row.iter().all(|(_, _, other)| other == height), "{row:?}");
        }
        // On a phone the first card begins before the second screen ends.
        page.resize(360).await;
        let (top, ..) = closed_cards(page).await[0];
        assert!(top < 1000, "the first card begins at {top}");
        let low = page
            .run(
                "return [...document.querySelectorAll('button, select, input:not(.visually-hidden), summary, label.button')]
                     .filter(control => control.checkVisibility() && control.getBoundingClientRect().height < 23.9)
                     .map(control => `${control.outerHTML.slice(0, 80)} ${control.getBoundingClientRect().height}`);",
                &[],
            )
            .await;
        assert_eq!(low, json!([]));
    })
    .await;
}

#[tokio::test]
async fn six_cards_are_seen_whole_in_english() {
    six_cards_are_seen_whole(Start::from(Place::Disk)).await;
}

#[tokio::test]
async fn six_cards_are_seen_whole_in_japanese() {
    six_cards_are_seen_whole(Start::in_japanese(Place::Disk)).await;
}

/// A thousand accounts in as many files, each with a user whose password does not expire.
fn organization() -> Vec<File> {
    let used = "2024-05-20T08:00:00Z";
    let file = |number: u32| {
        let account = format!("{number:012}");
        let rows = [
            reports::root(&account, !number.is_multiple_of(3)),
            reports::human(&account, "ann", used, used, number.is_multiple_of(2)),
            reports::machine(&account, "ci", "2022-01-05T08:00:00Z", used),
        ];
        let name = format!("status_reports_2024-06-01T00-00-{:02}+00-00-{account}.csv", number % 60);
        File { name, ..reports::report(&rows) }
    };
    (1..=1000).map(file).collect()
}

#[tokio::test]
async fn a_thousand_accounts_are_as_pleasant_as_one() {
    with_page(Place::Server, async |page| {
        if page.browser == Browser::Chromium {
            page.resize(1440).await;
        }
        page.drop_files(&organization()).await;
        page.counts_users("3,000 users").await;
        page.until("the cards of a page", 48, async || page.number_of(".card.closed").await).await;
        let (top, ..) = closed_cards(page).await[0];
        assert!(top < 900, "the first card begins at {top}");
        page.appears(".about.many").await;
        let line = page.text(".about.many summary").await;
        assert!(line.contains("1,000 of 1,000 accounts"), "{line}");
        page.appears("#inputs").await;
        for layout in ["cards", "table", "problems", "facts"] {
            page.click(&format!("[data-layout={layout}]")).await;
            page.appears(&format!("#{layout}")).await;
            page.until("what is drawn", true, async || {
                let drawn = match layout {
                    "cards" => ".card.closed",
                    "table" => "#table tr[data-user]",
                    "facts" => "#facts tr[data-account]",
                    _ => ".problem",
                };
                page.number_of(drawn).await >= 20
            })
            .await;
            let size = page
                .run(
                    "return [document.querySelectorAll('*').length, document.documentElement.scrollHeight];",
                    &[],
                )
                .await;
            assert!(size[0].as_u64().unwrap() < 12_000, "{layout}: {size}");
            assert!(size[1].as_u64().unwrap() < 20 * 900, "{layout}: {size}");
        }
        // Accounts sort, turn pages, and lead to their users.
        page.counts("1,000 accounts").await;
        page.click("[data-sort=account]").await;
        page.appears("#facts tr[data-account='000000000001']").await;
        page.click("#next").await;
        page.appears("#facts tr[data-account='000000000051']").await;
        page.fill("#search", "0000-0000-0777").await;
        page.counts("1 of 1,000 accounts").await;
        page.click("#facts tr[data-account='000000000777'] .only-account").await;
        page.counts_users("3 of 3,000 users").await;
    })
    .await;
}

#[tokio::test]
async fn many_files_that_fail_are_few_lines_and_the_result_stays_in_sight() {
    with_page(Place::Server, async |page| {
        let bad =
            (0..33).map(|number| File::new(&format!("fruit-{number}.csv"), "name,colour\nbanana,yellow\n"));
        let files: Vec<File> = [reports::mixed()].into_iter().chain(bad).collect();
        page.drop_files(&files).await;
        page.appears("#error").await;
        page.appears("[data-user=zoe]").await;
        page.holds("return document.querySelectorAll('#error h2').length === 3;").await;
        assert!(page.text("#error summary").await.contains("30"));
        let (top, height) = (
            page.run("return document.querySelector('#result').getBoundingClientRect().top + scrollY;", &[])
                .await,
            page.run("return innerHeight;", &[]).await,
        );
        assert!(
            top.as_f64().unwrap() < height.as_f64().unwrap() / 2.0,
            "the result begins at {top} of {height}"
        );
        page.click("#error summary").await;
        page.holds("return document.querySelectorAll('#error .names li').length === 30;").await;
    })
    .await;
}

#[tokio::test]
async fn a_card_opens_over_its_row_wherever_it_is_clicked() {
    with_page(Place::Disk, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe].closed").await;
        page.click("[data-user=zoe] .tally").await;
        page.appears("[data-user=zoe].opened").await;
        page.holds(
            "const width = selector => document.querySelector(selector).getBoundingClientRect().width;
             return Math.abs(width('[data-user=zoe]') - width('#cards')) <= 2;",
        )
        .await;
        for words in ["2021-03-01T08:00:00Z", "us-east-1", "status_reports_2024-06-01"] {
            assert!(page.text("[data-user=zoe]").await.contains(words), "{words}");
        }
        // Opened, it can be read and selected; only its name closes it.
        page.click("[data-user=zoe] .lead").await;
        page.appears("[data-user=zoe].opened").await;
        page.click("[data-user=zoe] .show-card").await;
        page.appears("[data-user=zoe].closed").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_searched_for_is_marked_and_stays_in_sight() {
    with_page(Place::Server, async |page| {
        let report = reports::many(200);
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.counts_users("200 users").await;
        page.fill("#search", "EC2").await;
        page.shows(&library.users(|query| "EC2".clone_into(&mut query.search))).await;
        page.until("the mark", "ec2".to_owned(), async || page.text(".card mark").await).await;
        page.run("window.scrollTo(0, 1500);", &[]).await;
        page.holds(
            "return ['#search', '#count', '.chip'].every(selector => {
                 const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
                 return top >= 0 && bottom <= innerHeight;
             });",
        )
        .await;
        page.fill("#search", "user-000100").await;
        page.shows(&["user-000100"]).await;
        page.until("the mark", "user-000100".to_owned(), async || page.text(".card h3 mark").await).await;
    })
    .await;
}

#[tokio::test]
async fn only_what_does_something_is_there() {
    with_page(Place::Server, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        for (layout, is_there) in [("table", true), ("problems", false), ("facts", false), ("cards", true)] {
            page.click(&format!("[data-layout={layout}]")).await;
            page.appears(&format!("#{layout}")).await;
            assert_eq!(page.sees("#sort").await, is_there, "sort over {layout}");
            // Accounts are those with users of a kind.
            assert_eq!(page.sees("#kind").await, is_there || layout == "facts", "kind over {layout}");
        }
        // Where nothing can be judged nothing is called fine, and where all is well no number is 0.
        page.drop_files(&[File::new(reports::NAME, "user,arn\nbob,arn:aws:iam::111122223333:user/bob\n")])
            .await;
        page.shows(&["bob"]).await;
        page.appears("#nothing-evaluated").await;
        page.appears("[data-user=bob][data-severity=unknown]").await;
        page.until("what is not known", 3, async || page.number_of(".verdict.unknown").await).await;
        page.drop_files(&[reports::fine()]).await;
        page.appears("#no-problems").await;
        assert!(page.number_of(".verdict.fine").await > 0 && page.number_of(".figure b").await == 0);
    })
    .await;
}
