//! Nothing sticks out, however narrow the window, in either language.

use browser_tests::{Browser, Page, Place, Start, reports, with_page};

use crate::experience::DIALOGS;

/// The widths of a phone, of a tablet, and of screens: also that of 200 % zoom on one.
const WIDTHS: [u32; 6] = [360, 720, 768, 1280, 1440, 2560];

/// What sticks out of the window, of its card or of its dialog, unless it can be scrolled there.
async fn what_sticks_out(page: &Page, state: &str, found: &mut Vec<String>) {
    for width in WIDTHS {
        page.resize(width).await;
        let names = page
            .run(
                "const boxes = [document.documentElement, ...document.querySelectorAll('.card, table, dialog')];
                 const names = boxes.flatMap(box => {
                     const edge = box === document.documentElement ? box.clientWidth : box.getBoundingClientRect().right;
                     return [...box.querySelectorAll('*')].filter(element => {
                         const { right, width } = element.getBoundingClientRect();
                         return width > 0 && right > edge + 1 && element.checkVisibility()
                             && !element.closest('.visually-hidden, .scroll, #overlay, .skip, pre, svg *');
                     });
                 }).map(element => `${element.localName}.${element.getAttribute('class')} ${element.textContent.slice(0, 30)}`);
                 return [...new Set(names)].slice(0, 5);",
                &[],
            )
            .await;
        found
            .extend(names.as_array().unwrap().iter().map(|name| format!("{state}, {width} px wide: {name}")));
    }
}

async fn every_state_fits(start: Start) {
    if Browser::chosen() != Browser::Chromium {
        return;
    }
    with_page(start, async |page| {
        let mut found = Vec::new();
        what_sticks_out(page, "first screen", &mut found).await;
        page.click("#privacy-button").await;
        page.appears("#privacy").await;
        what_sticks_out(page, "privacy", &mut found).await;
        page.click("#privacy [data-close]").await;
        page.click("#sample").await;
        page.appears("[data-user]").await;
        page.drop_right(&[reports::mixed(), reports::other(), reports::broken()]).await;
        page.appears("#account").await;
        what_sticks_out(page, "closed cards", &mut found).await;
        page.open_card("zoe").await;
        page.click("[data-user=zoe] details summary").await;
        page.appears("[data-user=zoe] .inside").await;
        page.click("#matrix summary").await;
        for layout in ["cards", "table", "problems", "facts"] {
            page.click(&format!("[data-layout={layout}]")).await;
            page.appears(&format!("#{layout}")).await;
            what_sticks_out(page, layout, &mut found).await;
            if layout == "table" || layout == "facts" {
                page.click(&format!("#{layout} tbody button")).await;
                page.appears(&format!("#{layout} .opened")).await;
                what_sticks_out(page, &format!("{layout}, a row open"), &mut found).await;
            }
        }
        page.click("[data-layout=owners]").await;
        page.appears("#by-owner table").await;
        what_sticks_out(page, "owners", &mut found).await;
        for (button, dialog) in DIALOGS {
            page.click(button).await;
            page.appears(dialog).await;
            what_sticks_out(page, dialog, &mut found).await;
            page.click(&format!("{dialog} [data-close]")).await;
            page.vanishes(dialog).await;
        }
        assert!(found.is_empty(), "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn every_state_fits_in_english() {
    every_state_fits(Start::from(Place::Disk)).await;
}

#[tokio::test]
async fn every_state_fits_in_japanese() {
    every_state_fits(Start::in_japanese(Place::Disk)).await;
}
