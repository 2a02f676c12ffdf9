//! Several reports, in several forms, under other policies and as of other moments.

use browser_tests::{File, Library, Page, Place, Start, reports, with_page};
use credential_report_viewer::checks::{CheckId, Preset};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::SortKey;
use serde_json::json;

async fn exports_what_the_library_says(page: &Page, library: &mut Library) {
    let (_, exported) = page.export().await;
    assert_eq!(String::from_utf8(exported).unwrap(), String::from_utf8(library.export()).unwrap());
}

#[tokio::test]
async fn several_files_are_one_result_with_a_filter_by_account() {
    with_page(Place::Disk, async |page| {
        let files = [reports::mixed(), reports::as_cli_json(&reports::other(), "2024-06-02T00:00:00+00:00")];
        let mut library = Library::open(&files);
        page.drop_files(&files).await;
        page.shows(&library.users(|_| {})).await;
        assert_eq!(page.attribute("#as-of-source", "data-source").await.as_deref(), Some("generated-time"));
        exports_what_the_library_says(page, &mut library).await;

        page.choose("#account", reports::OTHER_ACCOUNT).await;
        let accounts = vec![reports::OTHER_ACCOUNT.to_owned()];
        page.shows(&library.users(|query| query.accounts.clone_from(&accounts))).await;
        assert!(!page.hash().await.contains(reports::OTHER_ACCOUNT));
        page.choose("#account", "").await;
        page.choose("#sort", SortKey::Account.name()).await;
        page.shows(&library.users(|query| (query.sort, query.descending) = (SortKey::Account, false))).await;

        page.click("[data-layout=facts]").await;
        page.appears(&format!("#facts tr[data-account='{}']", reports::ACCOUNT)).await;
        page.click(&format!("#facts tr[data-account='{}'] .show-account", reports::ACCOUNT)).await;
        page.appears(&format!("#facts .opened .fact[data-account='{}']", reports::ACCOUNT)).await;
        page.click(&format!("#facts tr[data-account='{}'] .only-account", reports::OTHER_ACCOUNT)).await;
        page.shows(&library.users(|query| {
            (query.sort, query.descending) = (SortKey::Account, false);
            query.accounts.clone_from(&accounts);
        }))
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_second_report_is_added_by_choice_or_by_dropping_it_on_the_right() {
    with_page(Place::Server, async |page| {
        let mut library = Library::open(&[reports::mixed()]);
        page.drop_files(&[reports::mixed()]).await;
        page.shows(&library.users(|_| {})).await;
        library.add(&[reports::other()]);
        page.browse("#add", &[reports::other()]).await;
        page.shows(&library.users(|_| {})).await;
        page.appears("#notice").await;
        exports_what_the_library_says(page, &mut library).await;

        // The same account again, newer: its rows take the place of the older ones.
        let newer =
            File { name: "status_reports_2024-06-03T00-00-00+00-00.csv".to_owned(), ..reports::single() };
        library.add(std::slice::from_ref(&newer));
        page.drop_right(&[newer]).await;
        page.shows(&library.users(|_| {})).await;
        assert_eq!(page.users().await.len(), 3);
        page.appears("#warnings").await;
        assert!(page.text("#warnings").await.contains("status_reports_2024-06-03"));
        exports_what_the_library_says(page, &mut library).await;

        page.drop_files(&[reports::fine()]).await;
        page.shows(&Library::open(&[reports::fine()]).users(|_| {})).await;
    })
    .await;
}

#[tokio::test]
async fn every_form_of_a_report_shows_the_same_users() {
    with_page(Place::Disk, async |page| {
        let report = reports::mixed();
        let text = String::from_utf8(report.bytes.clone()).unwrap();
        let cli = reports::as_cli_json(&report, "2024-06-01T00:00:00+00:00");
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let spreadsheet = text.replace(',', ";").replace('\n', "\r\n");
        let forms = [
            File { name: reports::NAME.replace("csv", "json"), ..cli },
            File { bytes: utf16, ..report.clone() },
            File { bytes: format!("\u{feff}{spreadsheet}").into_bytes(), ..report.clone() },
            File { bytes: text.replace(',', "\t").into_bytes(), ..report.clone() },
        ];
        let expected = Library::open(&[report]).users(|_| {});
        for form in forms {
            page.drop_files(&[reports::single()]).await;
            page.shows(&["Bob"]).await;
            let mut library = Library::open(std::slice::from_ref(&form));
            page.drop_files(&[form]).await;
            page.shows(&expected).await;
            exports_what_the_library_says(page, &mut library).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_in_shift_jis_keeps_its_names() {
    with_page(Place::Disk, async |page| {
        let row =
            reports::human(reports::ACCOUNT, "NAME", "2024-05-20T08:00:00Z", "2024-03-01T08:00:00Z", false);
        let text = format!("{}\n{row}\n", reports::HEADER);
        let mut parts = text.split("NAME");
        let mut bytes = parts.next().unwrap().as_bytes().to_vec();
        for part in parts {
            // 田中
            bytes.extend([0x93, 0x63, 0x92, 0x86]);
            bytes.extend(part.as_bytes());
        }
        page.drop_files(&[File::new(reports::NAME, bytes)]).await;
        page.shows(&["田中"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_changed_threshold_judges_anew_and_is_kept() {
    with_page(Place::Server, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(std::slice::from_ref(&report)).await;
        page.shows(&library.users(|_| {})).await;
        let before = library.overview().findings;

        page.click("#policy-button").await;
        page.fill("#key_max_age_days", "10").await;
        let mut policy = Policy::default();
        policy.thresholds.key_max_age_days = 10;
        library.set_policy(policy.clone());
        let after = library.overview().findings;
        assert!(after > before);
        page.counts(&format!("8 users · {after} findings")).await;
        page.appears("#policy-reset").await;
        page.click("#policy [data-close]").await;
        page.vanishes("#policy").await;
        page.shows(&library.users(|_| {})).await;
        exports_what_the_library_says(page, &mut library).await;

        page.reload().await;
        page.drop_files(std::slice::from_ref(&report)).await;
        page.counts(&format!("8 users · {after} findings")).await;
        exports_what_the_library_says(page, &mut library).await;

        page.click("#policy-button").await;
        page.click("#policy-reset").await;
        page.counts(&format!("8 users · {before} findings")).await;
    })
    .await;
}

#[tokio::test]
async fn a_threshold_out_of_range_is_refused_where_it_stands() {
    with_page(Place::Server, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        let count = format!("8 users · {} findings", library.overview().findings);
        page.counts(&count).await;
        page.click("#policy-button").await;
        for typed in ["0", "3651", ""] {
            page.fill("#unused_days", typed).await;
            page.holds("return document.querySelector('#unused_days').ariaInvalid === 'true';").await;
            let reason = page.text("#unused_days-refused").await;
            assert!(reason.contains("3,650") || reason.contains("3650"), "{reason}");
        }
        page.counts(&count).await;
        page.fill("#unused_days", "30").await;
        page.holds("return document.querySelector('#unused_days').ariaInvalid === 'false';").await;
        assert_eq!(page.text("#unused_days-refused").await, "");
    })
    .await;
}

#[tokio::test]
async fn a_preset_judges_as_the_library_does() {
    with_page(Place::Disk, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.shows(&library.users(|_| {})).await;
        for preset in [Preset::Cis12, Preset::PciDss401] {
            page.click("#policy-button").await;
            page.choose("#preset", preset.name()).await;
            page.click("#policy [data-close]").await;
            library.set_policy(preset.policy());
            page.counts(&format!("8 users · {} findings", library.overview().findings)).await;
            page.shows(&library.users(|_| {})).await;
            exports_what_the_library_says(page, &mut library).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_policy_goes_out_as_a_file_and_comes_back() {
    with_page(Place::Server, async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(&[report]).await;
        page.open_card("zoe").await;
        assert_eq!(page.number_of("[data-user=zoe] [data-check=console-mfa-disabled]").await, 1);
        page.click("#policy-button").await;
        page.fill("#dormant_days", "7").await;
        page.click("#policy input[data-check=console-mfa-disabled]").await;
        let mut without = Policy::default();
        without.thresholds.dormant_days = 7;
        without.checks.remove(CheckId::from_name("console-mfa-disabled").unwrap());
        library.set_policy(without);
        page.counts(&format!("8 users · {} findings", library.overview().findings)).await;
        let (name, exported) = page.download(async || page.click("#policy-export").await).await;
        assert_eq!(name, "credential-report-policy.json");
        let policy = Policy::from_json(std::str::from_utf8(&exported).unwrap()).unwrap();
        assert_eq!(policy.thresholds.dormant_days, 7);

        page.choose("#preset", "recommended").await;
        page.holds("return document.querySelector('#dormant_days').value === '90';").await;
        page.browse("#policy-import", &[File::new("bad.json", "{\"unused_days\": 0}")]).await;
        page.until("the reason", true, async || page.text("#policy-error").await.contains("bad.json")).await;
        assert_eq!(page.value("#dormant_days").await, "90");
        page.browse("#policy-import", &[File::new("policy.json", exported)]).await;
        page.holds("return document.querySelector('#dormant_days').value === '7';").await;
    })
    .await;
}

#[tokio::test]
async fn the_as_of_time_can_be_chosen_and_taken_back() {
    with_page(Start::default(), async |page| {
        let report = reports::mixed();
        let mut library = Library::open(std::slice::from_ref(&report));
        page.drop_files(std::slice::from_ref(&report)).await;
        page.shows(&library.users(|_| {})).await;
        page.click("#as-of").await;
        page.appears("#as-of-time").await;
        // How a moment is typed differs from place to place.
        page.run(
            "document.querySelector('#as-of-time').value = arguments[0];",
            &[json!("2025-06-01T12:00:00")],
        )
        .await;
        page.click("#as-of-set").await;
        library.set_as_of("2025-06-01T12:00:00Z");
        page.until("the source", Some("chosen".to_owned()), async || {
            page.attribute("#as-of-source", "data-source").await
        })
        .await;
        page.shows(&library.users(|_| {})).await;
        exports_what_the_library_says(page, &mut library).await;
        page.open_card("carol-ci").await;
        assert_eq!(
            page.run("return document.querySelector('[data-user=carol-ci] .line .value').textContent;", &[])
                .await,
            "878 days"
        );

        page.click("#as-of").await;
        page.click("#as-of-reset").await;
        let mut library = Library::open(&[report]);
        page.until("the source", Some("file-name".to_owned()), async || {
            page.attribute("#as-of-source", "data-source").await
        })
        .await;
        exports_what_the_library_says(page, &mut library).await;
    })
    .await;
}
