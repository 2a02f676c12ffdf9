//! Accounts of an organization: names beside numbers, and accounts without a report.

use credential_report_viewer::accounts::AccountQuery;
use credential_report_viewer::export::{ExportRequest, Form, RedactionKey};
use credential_report_viewer::query::Query;
use credential_report_viewer::session::{Reply, Request};

use super::{cards, names, opened};
use crate::common;

const LIST: &str = r#"{"Accounts": [
  {"Id": "123456789012", "Arn": "arn:aws:organizations::1:account/o-1/123456789012", "Email": "a@x.com",
   "Name": "Prod Payments", "Status": "ACTIVE", "JoinedMethod": "CREATED"},
  {"Id": "555566667777", "Name": "Sandbox", "State": "SUSPENDED"}], "NextToken": "x"}
{"Accounts": [{"Id": "888899990000", "Name": "Dev", "Status": "ACTIVE"}]}"#;

#[test]
fn names_stand_beside_numbers_and_what_is_missing_is_said() {
    let (mut session, overview) = opened(&[("accounts.json", LIST)]);
    let named = ("123456789012".to_owned(), "Prod Payments".to_owned());
    assert_eq!(overview.account_names(), [named]);
    let told = overview.organization.unwrap();
    let missing: Vec<_> =
        told.without_report.iter().map(|account| (account.name.as_str(), account.is_closed())).collect();
    assert_eq!((told.accounts, missing), (3, vec![("Sandbox", true), ("Dev", false)]));
    assert_eq!(told.strangers, ["210987654321"]);
    assert_eq!(told.issues, []);
    let shown = cards(&mut session, Query::default()).cards;
    let named = |name: Option<&str>| shown.iter().filter(|card| card.account_name.as_deref() == name).count();
    assert_eq!((named(Some("Prod Payments")), named(None)), (4, 1));
    let search = |words: &str| Query { search: words.to_owned(), ..Query::default() };
    assert_eq!(names(&mut session, search("payments ann")), ["ann2"]);
    let query = AccountQuery { search: "payments".to_owned(), limit: 10, ..AccountQuery::default() };
    let Reply::Accounts(accounts) = session.handle(Request::Accounts(query)) else { panic!() };
    assert_eq!((accounts.total, accounts.matching), (2, 1));
    assert_eq!(accounts.rows[0].name.as_deref(), Some("Prod Payments"));
}

#[test]
fn a_ticket_names_the_account_of_a_number_and_a_redacted_one_does_not() {
    let (mut session, _) = opened(&[("accounts.json", LIST)]);
    let headings = |text: &str| {
        let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
        headings.map(str::to_owned).collect::<Vec<_>>()
    };
    let text = common::export_as(&mut session, Form::Markdown.into());
    assert_eq!(headings(&text), ["Account `1234-5678-9012` `Prod Payments`", "Account `2109-8765-4321`"]);
    let redaction = Some(RedactionKey::new([7; 32]));
    let text = common::export_as(&mut session, ExportRequest { redaction, ..Form::Markdown.into() });
    assert_eq!(headings(&text).len(), 2);
    assert!(!text.contains("Payments") && !text.contains("5678"), "{text}");
}

#[test]
fn a_table_does_as_well() {
    let (_, overview) =
        opened(&[("accounts.csv", "アカウントID,アカウント名\n123456789012,本番\n210987654321,開発\n")]);
    let told = overview.organization.unwrap();
    assert_eq!((told.accounts, told.without_report.len(), told.strangers.len()), (2, 0, 0));
}
