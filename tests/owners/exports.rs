//! Owners and names of accounts in exports, and of redacted ones nothing but aliases.

use std::fs;

use credential_report_viewer::export::{ExportRequest, Form, OcsfClass, RedactionKey};
use serde_json::Value;

use super::opened;
use crate::common;

const OWNERS: &str = "user,account,owner,email,team,manager,note\n\
                      ann,123456789012,=Canary Ann,ann@canary.example,Canary Team,Canary Boss,Canary Note\n\
                      ann,123456789012,Canary Bob,b canary@x,Ops,,\n\
                      bob,,Canary Bob,b canary@x,Ops,,\n";
const ACCOUNTS: &str = "account,name\n123456789012,Canary Account\n";

fn files() -> [(&'static str, &'static str); 2] {
    [("owners.csv", OWNERS), ("accounts.csv", ACCOUNTS)]
}

fn exported(form: Form) -> String {
    common::export_as(&mut opened(&files()).0, form.into())
}

fn finding_of(json: &Value, user: &str) -> Value {
    json["findings"].as_array().unwrap().iter().find(|finding| finding["user"] == user).unwrap().clone()
}

#[test]
fn findings_name_owner_and_account_where_they_are_known() {
    let json: Value = serde_json::from_str(&exported(Form::Findings)).unwrap();
    let schema: Value =
        serde_json::from_str(&fs::read_to_string("docs/findings-v1.schema.json").unwrap()).unwrap();
    let errors: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&json)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    let ann = finding_of(&json, "ann");
    assert_eq!(ann["account_name"], "Canary Account");
    let owner =
        serde_json::json!({"name": "=Canary Ann", "email": "ann@canary.example", "team": "Canary Team"});
    assert_eq!(ann["owner"], owner);
    assert_eq!(ann["other_owners"][0]["name"], "Canary Bob");
    let all = json["findings"].as_array().unwrap();
    let elsewhere = all.iter().find(|finding| finding["account"] == common::OTHER).unwrap();
    assert_eq!((elsewhere.get("owner"), elsewhere.get("account_name")), (None, None));
}

#[test]
fn tables_have_owner_team_email_and_account_name() {
    for (form, columns) in [
        (Form::FindingsCsv, ["owner", "team", "account_name"]),
        (Form::UsersCsv, ["owner", "email", "account_name"]),
    ] {
        let text = exported(form);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().unwrap().clone();
        let place = |name: &str| header.iter().position(|column| column == name).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let of = |user: &str| {
            let row = rows.iter().find(|row| &row[place("user")] == user).unwrap();
            columns.map(|column| row[place(column)].to_owned())
        };
        let [owner, second, account] = of("ann");
        assert_eq!((owner.as_str(), account.as_str()), ("'=Canary Ann; Canary Bob", "Canary Account"));
        let expected =
            if form == Form::FindingsCsv { "Canary Team; Ops" } else { "ann@canary.example; b canary@x" };
        assert_eq!(second, expected);
        let unnamed = rows.iter().filter(|row| row[place("owner")].is_empty());
        assert_eq!(unnamed.count(), 3);
    }
}

#[test]
fn an_event_has_the_owner_but_no_address_that_ocsf_refuses() {
    for class in OcsfClass::ALL {
        let request = ExportRequest { class, ..Form::Ocsf.into() };
        let text = common::export_as(&mut opened(&files()).0, request);
        let events: Vec<Value> = serde_json::from_str(&text).unwrap();
        let of = |user: &str| {
            let is_of = |event: &&Value| event["resources"][0]["name"] == user;
            events.iter().find(is_of).unwrap()
        };
        let owner = |user: &str| of(user)["resources"][0]["owner"].clone();
        assert_eq!(
            owner("ann"),
            serde_json::json!({"name": "=Canary Ann", "email_addr": "ann@canary.example"})
        );
        assert_eq!(owner("bob"), serde_json::json!({"name": "Canary Bob"}));
        assert_eq!(of("ann")["cloud"]["account"]["name"], "Canary Account");
    }
}

#[test]
fn a_redacted_export_has_aliases_alone() {
    let redaction = Some(RedactionKey::new([7; 32]));
    let mut owners = Vec::new();
    let forms = Form::ALL.into_iter();
    for form in
        forms.filter(|form| form.can_be_redacted() && !matches!(form, Form::RedactionTable | Form::Changes))
    {
        let request = ExportRequest { redaction, ..form.into() };
        let text = common::export_as(&mut opened(&files()).0, request);
        assert!(!text.to_lowercase().contains("canary"), "{}", form.name());
        let aliases = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let mut aliases: Vec<String> =
            aliases.filter(|word| word.starts_with("owner-")).map(str::to_owned).collect();
        aliases.sort_unstable();
        aliases.dedup();
        let has_owners =
            matches!(form, Form::Findings | Form::FindingsCsv | Form::UsersCsv | Form::Ocsf | Form::Letters);
        if has_owners {
            assert_eq!(aliases.len(), 2, "{}", form.name());
            owners.push(aliases);
        }
    }
    // The same in every form.
    owners.dedup();
    assert_eq!(owners.len(), 1);
    let request = ExportRequest { redaction, ..Form::RedactionTable.into() };
    let table = common::export_as(&mut opened(&files()).0, request);
    for alias in &owners[0] {
        assert!(table.lines().any(|line| line.starts_with(&format!("owner,{alias},"))), "{table}");
    }
}
