//! axe finds nothing on any state, in either theme.

use std::env;
use std::path::PathBuf;

use browser_tests::{File, Page, Place, Start, reports, with_page};
use serde_json::Value;

use crate::changes;
use crate::experience::DIALOGS;
use crate::owners;

/// The script of axe-core, where `CRV_AXE` says that it is.
pub(crate) fn axe() -> Option<String> {
    let path = PathBuf::from(env::var_os("CRV_AXE")?);
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// What axe finds in both themes, for people to read.
pub(crate) async fn is_accessible(page: &Page, state: &str) {
    for theme in ["light", "dark"] {
        // Over a dialog nothing can be chosen, and the theme is an attribute.
        page.run("document.documentElement.dataset.theme = arguments[0];", &[theme.into()]).await;
        let found = page
            .run_async(
                "const done = arguments[arguments.length - 1];
                 axe.run(document, { resultTypes: ['violations'] }).then(
                     results => done(results.violations.map(violation => ({
                         rule: violation.id,
                         what: violation.nodes.slice(0, 5).map(node => `${node.html.slice(0, 200)} ${node.failureSummary}`),
                     }))),
                     error => done([{ rule: String(error) }]),
                 );",
                &[],
            )
            .await;
        assert!(found == Value::Array(Vec::new()), "{state}, {theme}: {found:#}");
    }
}

async fn with_axe(start: impl Into<Start>, test: impl AsyncFnOnce(&Page)) {
    let Some(axe) = axe() else {
        eprintln!("skipped: CRV_AXE does not say where axe.min.js is");
        return;
    };
    with_page(start, async |page| {
        page.run(&axe, &[]).await;
        test(page).await;
    })
    .await;
}

#[tokio::test]
async fn the_first_screen_and_its_dialogs() {
    with_axe(Place::Disk, async |page| {
        is_accessible(page, "first screen").await;
        for (button, dialog) in [
            ("#privacy-button", "#privacy"),
            ("#paste", "#paste-dialog"),
            ("#shortcuts-button", "#shortcuts"),
        ] {
            page.click(button).await;
            page.appears(dialog).await;
            is_accessible(page, dialog).await;
            page.click(&format!("{dialog} [data-close]")).await;
            page.vanishes(dialog).await;
        }
        page.drop_files(&[File::new("fruit.csv", "name,colour\nbanana,yellow\n")]).await;
        page.appears("#error").await;
        is_accessible(page, "failed").await;
    })
    .await;
}

#[tokio::test]
async fn a_drag_and_a_file_that_is_read() {
    with_axe(Place::Server, async |page| {
        // A drag tells where it is several times a second, as long as it lasts.
        page.drag(&[reports::single()]).await;
        page.run(
            "window.dragged = setInterval(() => {
                 const data = new DataTransfer();
                 data.items.add(new File(['x'], 'x.csv'));
                 document.body.dispatchEvent(new DragEvent('dragover', {
                     dataTransfer: data, bubbles: true, cancelable: true, clientX: 1, clientY: 1,
                 }));
             }, 100);",
            &[],
        )
        .await;
        page.appears("#overlay").await;
        is_accessible(page, "dragging").await;
        page.run("clearInterval(window.dragged);", &[]).await;
        page.vanishes("#overlay").await;
        page.run("Blob.prototype.arrayBuffer = () => new Promise(() => {});", &[]).await;
        page.drop_files(&[reports::single()]).await;
        page.appears("#reading progress").await;
        is_accessible(page, "reading").await;
    })
    .await;
}

#[tokio::test]
async fn the_result_in_every_layout() {
    with_axe(Place::Server, async |page| {
        page.drop_files(&[reports::mixed(), reports::other(), reports::broken()]).await;
        page.appears("[data-user=ops-terraform]").await;
        is_accessible(page, "result").await;
        page.open_card("zoe").await;
        page.click("[data-user=zoe] details summary").await;
        page.appears("[data-user=zoe] .inside").await;
        page.click("#matrix summary").await;
        is_accessible(page, "a card and a finding open").await;
        page.click(".chip[data-severity=high]").await;
        page.appears("#clear").await;
        is_accessible(page, "filtered").await;
        page.click("#clear").await;
        for layout in ["table", "problems", "facts"] {
            page.click(&format!("[data-layout={layout}]")).await;
            page.appears(&format!("#{layout}")).await;
            is_accessible(page, layout).await;
        }
        page.click(".show-account").await;
        page.appears(".fact").await;
        is_accessible(page, "an account open").await;
        page.click("[data-layout=problems]").await;
        page.click("#problems summary").await;
        page.appears("#problems .inside").await;
        is_accessible(page, "a problem open").await;
    })
    .await;
}

#[tokio::test]
async fn the_dialogs_over_a_result() {
    with_axe(Place::Server, async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        for (button, dialog) in DIALOGS {
            page.click(button).await;
            page.appears(dialog).await;
            is_accessible(page, dialog).await;
            page.click(&format!("{dialog} [data-close]")).await;
            page.vanishes(dialog).await;
        }
    })
    .await;
}

#[tokio::test]
async fn results_without_cards() {
    with_axe(Place::Server, async |page| {
        page.drop_files(&[reports::fine()]).await;
        page.appears("#no-problems").await;
        is_accessible(page, "everything fine").await;
        page.fill("#search", "nobody").await;
        page.appears("#no-match").await;
        is_accessible(page, "nothing matches").await;
    })
    .await;
}

#[tokio::test]
async fn a_result_in_japanese() {
    with_axe(Start::in_japanese(Place::Server), async |page| {
        page.drop_files(&[reports::mixed()]).await;
        page.appears("[data-user=zoe]").await;
        is_accessible(page, "result in Japanese").await;
        page.open_card("zoe").await;
        page.click("[data-user=zoe] details summary").await;
        page.appears("[data-user=zoe] .inside").await;
        is_accessible(page, "a card in Japanese").await;
    })
    .await;
}

#[tokio::test]
async fn who_answers_for_whom() {
    for start in [Start::from(Place::Disk), Start::in_japanese(Place::Disk)] {
        with_axe(start, async |page| {
            page.drop_files(&[reports::mixed(), owners::owners()]).await;
            page.appears("[data-user=zoe] .owner").await;
            is_accessible(page, "cards with owners").await;
            page.click("[data-layout=owners]").await;
            page.appears("#by-owner table").await;
            is_accessible(page, "by owner").await;
            page.click("#export-more").await;
            page.click("label:has(> #export-letters)").await;
            page.appears("#export-print").await;
            is_accessible(page, "letters").await;
        })
        .await;
    }
}

#[tokio::test]
async fn what_changed_since_an_earlier_report() {
    for start in [Start::from(Place::Disk), Start::in_japanese(Place::Disk)] {
        with_axe(start, async |page| {
            changes::opens_changes(page).await;
            page.drop_right(&[changes::earliest()]).await;
            page.appears("#against").await;
            page.appears("#changes .deleted").await;
            is_accessible(page, "changes").await;
            page.click("[data-layout=facts]").await;
            page.appears("#facts .changes").await;
            is_accessible(page, "accounts with changes").await;
        })
        .await;
    }
}
