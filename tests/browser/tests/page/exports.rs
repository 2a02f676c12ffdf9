//! Every form that the dialog of the export offers, byte for byte as the library writes it.

use browser_tests::{File, Library, Page, Place, Start, asked, reports, with_page};
use credential_report_viewer::checks::Severity;
use credential_report_viewer::export::{ExportRequest, Form, OcsfClass, RedactionKey, Separator, file_name};
use credential_report_viewer::text::Language;

use crate::changes;
use crate::owners::owners;

/// A form, what is ticked beside it, and what that asks for.
type Choice = (Form, &'static [&'static str], fn(&mut ExportRequest));

/// What can be chosen. Scripts come last: they are taken from the page's own hands, and so is whatever
/// follows them.
const CHOICES: [Choice; 14] = [
    (Form::Findings, &[], |_| {}),
    (Form::Changes, &[], |_| {}),
    (Form::FindingsCsv, &[], |_| {}),
    (Form::FindingsCsv, &["#export-semicolon"], |asked| asked.separator = Separator::Semicolon),
    (Form::UsersCsv, &[], |_| {}),
    (Form::UsersCsv, &["#export-semicolon"], |asked| asked.separator = Separator::Semicolon),
    (Form::Markdown, &[], |_| {}),
    (Form::Ocsf, &[], |_| {}),
    (Form::Ocsf, &["#export-detection"], |asked| asked.class = OcsfClass::DetectionFinding),
    (Form::Letters, &[], |_| {}),
    (Form::Decisions, &[], |_| {}),
    (Form::Review, &[], |_| {}),
    (Form::DisableScript, &[], |_| {}),
    (Form::DeleteScript, &[], |_| {}),
];

/// Two reports of an account, who owns which user, what the account is called, and decisions: what every form
/// can be made of.
fn everything() -> Vec<File> {
    let account = reports::ACCOUNT;
    let decided = |id: &str, user: &str, what: &str| {
        format!(
            r#"{{"id": "{id}", "account": "{account}", "arn": "arn:aws:iam::{account}:user/{user}", {what},
                "by": "k.sato@example.com", "on": "2024-05-02", "until": "2024-12-31"}}"#
        )
    };
    let decisions = [
        decided("2024-05-02-001", "zoe", r#""action": "disable", "note": "left, \"on\" <leave>""#),
        decided(
            "2024-05-02-002",
            "carol-ci",
            r#""action": "rotate", "credential": {"kind": "access-key", "created": "2023-01-05T08:00:00Z"}"#,
        ),
        decided(
            "2024-05-02-003",
            "dave-backup",
            r#""action": "keep", "checks": ["*"], "reason": "予算が付くまで、=そのまま""#,
        ),
        decided(
            "2024-05-02-004",
            "frank-etl",
            r#""action": "delete", "credential": {"kind": "access-key", "created": "2024-05-01T08:00:00Z"}"#,
        ),
    ];
    let decisions =
        format!(r#"{{"schema": "credential-report-decisions/1", "decisions": [{}]}}"#, decisions.join(","));
    vec![
        changes::earlier(),
        reports::mixed(),
        owners(),
        File::new("accounts.csv", format!("account,name\n{account},Payments & <Billing>\n")),
        File::new("decisions.json", decisions),
    ]
}

async fn opened(page: &Page) -> Library {
    let files = everything();
    page.drop_files(&files).await;
    page.appears("#review [data-go$='=accepted']").await;
    page.appears("#owner").await;
    page.appears("#since button").await;
    Library::open(&files)
}

/// Chooses in the dialog, and saves what comes of it.
async fn downloaded(page: &Page, (form, ticked, _): Choice, more: &[&str]) -> (String, Vec<u8>) {
    page.click("#export-more").await;
    page.click(&format!("#export-{}", form.name())).await;
    for box_or_scope in ticked.iter().chain(more) {
        page.click(box_or_scope).await;
    }
    page.appears("#export-preview:not(:empty)").await;
    page.appears("#export-download:not([disabled])").await;
    let save = async || page.click("#export-download").await;
    let saved = if form.is_script() { page.intercepted(save).await } else { page.download(save).await };
    page.vanishes("#export-dialog").await;
    saved
}

/// Every form, with what is ticked for all of them, is what the library makes of the same request.
async fn are_the_librarys(
    page: &Page,
    library: &mut Library,
    choices: impl Iterator<Item = Choice>,
    more: &[&str],
    request: &ExportRequest,
) {
    for choice in choices {
        let (form, _, change) = choice;
        let mut request = ExportRequest { form, ..request.clone() };
        change(&mut request);
        let (name, exported) = downloaded(page, choice, more).await;
        assert_eq!(name, file_name(&library.overview(), &request));
        let (exported, expected) = (text(exported), text(library.export_as(request)));
        assert!(expected.len() > 200, "{name}: {expected}");
        assert_eq!(exported, expected, "{name}");
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn every_form_is_downloaded_as_the_library_writes_it() {
    with_page(Place::Disk, async |page| {
        let mut library = opened(page).await;
        // No form can be offered that is not looked at here.
        page.click("#export-more").await;
        let offered = page.run(
            "return [...document.querySelectorAll('#export-dialog [name=export-format]')].map(of => of.value);",
            &[],
        );
        let mut offered: Vec<String> = serde_json::from_value(offered.await).unwrap();
        let mut known: Vec<&str> = CHOICES.iter().map(|(form, ..)| form.name()).collect();
        known.dedup();
        known.sort_unstable();
        offered.sort_unstable();
        assert_eq!(offered, known);
        assert_eq!(page.number_of("#export-dialog [name=export-format]:disabled").await, 0);
        page.click("#export-dialog [data-close]").await;
        are_the_librarys(page, &mut library, CHOICES.into_iter(), &[], &ExportRequest::default()).await;
        assert_eq!(page.violations().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn every_form_of_what_is_shown_is_downloaded_in_japanese() {
    with_page(Start::in_japanese(Place::Disk), async |page| {
        let mut library = opened(page).await;
        page.click(".chip[data-severity=high]").await;
        let high =
            |query: &mut credential_report_viewer::query::Query| query.severities = vec![Severity::High];
        page.shows(&library.users(high)).await;
        let request = ExportRequest {
            filter: Some(asked(high)),
            language: Language::Japanese,
            ..ExportRequest::default()
        };
        are_the_librarys(page, &mut library, CHOICES.into_iter(), &["#export-shown"], &request).await;
    })
    .await;
}

#[tokio::test]
async fn every_redacted_form_is_the_librarys_under_the_saved_key_and_names_nobody() {
    with_page(Place::Disk, async |page| {
        let mut library = opened(page).await;
        page.click("#export-more").await;
        page.click("#export-redact").await;
        let (name, key) = page.download(async || page.click("#redaction-key").await).await;
        assert_eq!(name, "credential-redaction-key.txt");
        let redaction = Some(RedactionKey::from_file(&text(key)).unwrap());
        let request = ExportRequest { redaction, ..ExportRequest::default() };
        let (_, table) = page.download(async || page.click("#redaction-table").await).await;
        let table_request = ExportRequest { form: Form::RedactionTable, ..request.clone() };
        assert_eq!(text(table), text(library.export_as(table_request)));
        page.click("#export-dialog [data-close]").await;
        page.vanishes("#export-dialog").await;

        let can_be = || CHOICES.into_iter().filter(|(form, ..)| form.can_be_redacted());
        are_the_librarys(page, &mut library, can_be(), &["#export-redact"], &request).await;
        for (form, _, change) in can_be() {
            let mut request = ExportRequest { form, ..request.clone() };
            change(&mut request);
            let exported = text(library.export_as(request));
            assert!(exported.contains("user-"), "{}", form.name());
            for secret in [
                "Bob",
                "zoe",
                "carol-ci",
                "111122223333",
                "1111-2222-3333",
                "Payments",
                "Bea",
                "ann@x.com",
                "k.sato",
                "予算",
            ] {
                assert!(!exported.contains(secret), "{secret} in {}", form.name());
            }
        }
        // What cannot be redacted is not.
        page.click("#export-more").await;
        for form in CHOICES.into_iter().map(|(form, ..)| form).filter(|form| !form.can_be_redacted()) {
            page.click(&format!("#export-{}", form.name())).await;
            page.appears("#export-redact:disabled").await;
        }
    })
    .await;
}
