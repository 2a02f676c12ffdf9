//! Owners: read in every form, joined by the best key, shown, searched, filtered, grouped.

use credential_report_viewer::by_owner::{OwnerGroups, OwnerQuery};
use credential_report_viewer::card::Card;
use credential_report_viewer::export::Form;
use credential_report_viewer::query::Query;
use credential_report_viewer::review::{OwnersSummary, SideIssueKind};
use credential_report_viewer::session::{DecisionQuery, Mode, Reply, Request, Session};

use super::{cards, feed, names, open, opened, session};
use crate::common::{ACCOUNT, OTHER};

fn summary(text: &str) -> OwnersSummary {
    *opened(&[("owners.csv", text)]).1.owners.unwrap()
}

fn card(session: &mut Session, user: &str, account: &str) -> Card {
    let cards = cards(session, Query::default()).cards;
    cards.into_iter().find(|card| card.user == user && card.account.as_deref() == Some(account)).unwrap()
}

/// The names of the owners of `user` in an account.
fn owners(session: &mut Session, user: &str, account: &str) -> Vec<String> {
    card(session, user, account).owners.into_iter().map(|owner| owner.owner.name).collect()
}

#[test]
fn every_form_of_spreadsheets_is_read() {
    let plain = "ユーザー名,アカウントID,所有者,部署\r\nann,123456789012,山田,開発\r\nbob,,佐藤,運用\r\n";
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{}", plain.replace(',', "\t")).encode_utf16().flat_map(to_bytes).collect()
    };
    let forms: Vec<Vec<u8>> = vec![
        plain.into(),
        format!("\u{feff}{plain}").into(),
        plain.replace(',', ";").into(),
        plain.replace(',', "\t").into(),
        plain.lines().flat_map(|line| ["\"", line, "\"\r\n"]).collect::<String>().into(),
        plain.replace("ann", "\"ann\"").into(),
        format!("所有者の一覧,,,\r\n\r\n{plain}").into(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        encoding_rs::SHIFT_JIS.encode(plain).0.into_owned(),
        encoding_rs::SHIFT_JIS.encode(&plain.replace(',', ";")).0.into_owned(),
    ];
    for (number, bytes) in forms.iter().enumerate() {
        let (mut session, _) = opened(&[]);
        let overview = open(&mut session, Mode::Add, &[("owners.csv", bytes)]);
        let summary = overview.owners.unwrap();
        assert_eq!((summary.matched, summary.lines), (2, 2), "{number}");
        assert_eq!(owners(&mut session, "ann", ACCOUNT), ["山田"], "{number}");
        assert_eq!(card(&mut session, "bob", ACCOUNT).owners[0].owner.team, "運用", "{number}");
    }
}

#[test]
fn users_lines_and_doubts_are_counted() {
    let summary = summary(
        "arn,account,user,owner,email\n\
         arn:aws:iam::123456789012:user/ANN,,,Ann,\n\
         ,123456789012,BOB,Bob,\n\
         ,123456789012,bob,Bea,\n\
         ,,ann,Anybody,\n\
         ,,nobody,Zed,\n\
         ,,,Cid,CID@x.com\n\
         ,210987654321,ann,Ann,\n\
         broken,,,X,\n",
    );
    assert_eq!((summary.users, summary.matched, summary.without_owner()), (5, 4, 1));
    assert_eq!((summary.guessed, summary.several, summary.lines_without_user), (1, 1, 1));
    let issues: Vec<_> = summary.issues.iter().map(|issue| (issue.line, &issue.kind)).collect();
    assert_eq!(
        issues,
        [
            (Some(9), &SideIssueKind::Arn),
            (Some(5), &SideIssueKind::SeveralAccounts { accounts: 2 }),
            (Some(6), &SideIssueKind::UserNotFound),
        ]
    );
    assert_eq!(summary.issues[0].column.as_deref(), Some("arn"));
}

#[test]
fn a_guess_counts_only_where_nobody_says_better() {
    let (mut session, _) = opened(&[
        ("entra.csv", "userPrincipalName,displayName,department\nann@x.com,Ann Lee,Core\n"),
        ("owners.csv", "user,account,owner\nann,123456789012,Zoe\n"),
    ]);
    assert_eq!(owners(&mut session, "ann", ACCOUNT), ["Zoe"]);
    assert!(!card(&mut session, "ann", ACCOUNT).owners[0].is_guess);
    let other = card(&mut session, "ann", OTHER).owners.remove(0);
    assert_eq!((other.owner.name.as_str(), other.is_guess, other.line), ("Ann Lee", true, 2));
}

#[test]
fn who_has_left_comes_first() {
    // The directory says that Ann has left; the list of owners says what is hers.
    let (mut session, overview) = opened(&[
        ("entra.csv", "userPrincipalName,accountEnabled\nann@x.com,FALSE\nbea@x.com,TRUE\n"),
        ("owners.csv", "user,owner,email\nbob,Ann Lee,Ann@x.com\ncid,Ann Lee,ann@x.com\n"),
    ]);
    // `cid` has nothing that is enabled; both users called `ann` are guessed to be hers.
    assert_eq!(overview.owners.unwrap().leavers, 3);
    let leavers = Query { leavers: true, ..Query::default() };
    assert_eq!(names(&mut session, leavers), ["ann1", "ann2", "bob2"]);
    assert!(card(&mut session, "bob", ACCOUNT).is_leaver && !card(&mut session, "cid", ACCOUNT).is_leaver);
    let groups = groups(&mut session, OwnerQuery { limit: 10, ..OwnerQuery::default() });
    let told: Vec<_> = groups
        .groups
        .iter()
        .map(|group| (group.owner.as_ref().map(|owner| owner.name.as_str()), group.users, group.leavers))
        .collect();
    assert_eq!(told, [(Some("Ann Lee"), 4, 3), (None, 1, 0)]);
    assert_eq!(groups.total, 2);
}

fn groups(session: &mut Session, query: OwnerQuery) -> OwnerGroups {
    match session.handle(Request::Owners(Box::new(query))) {
        Reply::Owners(groups) => *groups,
        other => panic!("{other:?}"),
    }
}

#[test]
fn owners_are_grouped_searched_and_filtered() {
    let text = "user,account,owner,email,team\nann,123456789012,Ann,ann@x.com,Core\n\
                bob,123456789012,Ann,ann@x.com,Core\nann,210987654321,Bob,,Ops\n";
    let (mut session, overview) = opened(&[("owners.csv", text)]);
    let people: Vec<_> = overview.owners.unwrap().people.iter().map(|owner| owner.key().to_owned()).collect();
    assert_eq!(people, ["ann@x.com", "Bob"]);
    let search = |words: &str| Query { search: words.to_owned(), ..Query::default() };
    assert_eq!(names(&mut session, search("ops")), ["ann1"]);
    assert_eq!(names(&mut session, search("ANN@x")), ["ann2", "bob2"]);
    assert_eq!(names(&mut session, search("core bob")), ["bob2"]);
    let of = |owners: &[&str]| Query {
        owners: owners.iter().map(|owner| (*owner).to_owned()).collect(),
        ..Query::default()
    };
    assert_eq!(names(&mut session, of(&["ann"])), ["ann2", "bob2"]);
    assert_eq!(names(&mut session, of(&["Ann@X.com", "bob"])), ["ann1", "ann2", "bob2"]);
    assert_eq!(names(&mut session, of(&["zed"])), Vec::<String>::new());
    let without_owner = Query { without_owner: true, ..Query::default() };
    assert_eq!(names(&mut session, without_owner.clone()), ["<root_account>2", "cid2"]);
    let page = |offset, limit| OwnerQuery { offset, limit, ..OwnerQuery::default() };
    let all = groups(&mut session, page(0, 10));
    let told: Vec<_> = all
        .groups
        .iter()
        .map(|group| (group.owner.as_ref().map(|owner| owner.name.as_str()), group.users))
        .collect();
    assert_eq!(told, [(None, 2), (Some("Ann"), 2), (Some("Bob"), 1)]);
    let findings: u64 = all.groups.iter().map(|group| group.by_severity.total()).sum();
    let about_users = cards(&mut session, Query::default());
    assert_eq!(findings, about_users.findings - about_users.account_findings.len() as u64);
    assert_eq!(groups(&mut session, page(1, 1)).groups, all.groups[1..2]);
    let of_ops = OwnerQuery { users: search("ops"), limit: 10, offset: 0 };
    assert_eq!(groups(&mut session, of_ops).groups.len(), 1);
}

#[test]
fn of_each_owner_it_is_told_what_is_decided_and_overdue() {
    let decision = |id: u32, user: &str, until: &str| {
        format!(
            r#"{{"id": "{id}", "account": "{ACCOUNT}", "arn": "arn:aws:iam::{ACCOUNT}:user/{user}",
              "action": "disable", "by": "k", "on": "2026-01-05", "until": "{until}"}}"#
        )
    };
    let decisions = [
        decision(1, "ann", "2026-02-01"),
        decision(2, "ann", "2026-03-01"),
        decision(3, "bob", "2026-12-31"),
        decision(4, "cid", "2026-02-01"),
    ];
    let decisions =
        format!(r#"{{"schema": "credential-report-decisions/1", "decisions": [{}]}}"#, decisions.join(", "));
    let owners = "user,account,owner\nann,123456789012,Ann\nbob,123456789012,Ann\nann,210987654321,Ann\n";
    let (mut session, _) = opened(&[("owners.csv", owners), ("decisions.json", &decisions)]);
    let groups = groups(&mut session, OwnerQuery { limit: 10, ..OwnerQuery::default() }).groups;
    let told: Vec<_> = groups
        .iter()
        .map(|group| {
            let name = group.owner.as_ref().map_or("nobody", |owner| owner.name.as_str());
            (name, group.users, group.decided, group.overdue)
        })
        .collect();
    // `cid` has no credentials, so that what was decided is done.
    assert_eq!(told, [("nobody", 2, 1, 0), ("Ann", 3, 2, 2)]);
}

#[test]
fn who_decides_about_the_own_user_reviews_alone() {
    let decision = |id: &str, user: &str, by: &str, approved_by: &str| {
        format!(
            r#"{{"id": "{id}", "account": "{ACCOUNT}", "arn": "arn:aws:iam::{ACCOUNT}:user/{user}",
              "action": "ask", "by": "{by}", "on": "2026-01-05", "until": "2026-12-31",
              "approved_by": "{approved_by}"}}"#
        )
    };
    let decisions = [
        decision("by address", "ann", "Ann@X.com ", "Bob"),
        decision("by name", "bob", "ann lee", ""),
        decision("another's", "bob", "Zoe", "Ann Lee"),
        decision("twice", "cid", "Zoe", "zoe"),
        decision("nobody's", "cid", "Ann Lee", "Zoe"),
    ];
    let decisions =
        format!(r#"{{"schema": "credential-report-decisions/1", "decisions": [{}]}}"#, decisions.join(", "));
    let owners = "user,account,owner,email\nann,123456789012,Ann Lee,ann@x.com\nbob,123456789012,Ann Lee,\n";
    let (mut session, _) = opened(&[("owners.csv", owners), ("decisions.json", &decisions)]);
    let query = DecisionQuery { limit: 10, ..DecisionQuery::default() };
    let Reply::Decisions(listed) = session.handle(Request::Decisions(query)) else { panic!() };
    let alone = listed.decisions.iter().filter(|one| one.is_self_review);
    let mut alone: Vec<&str> = alone.map(|one| one.decision.as_ref().unwrap().id.as_str()).collect();
    alone.sort_unstable();
    assert_eq!(alone, ["by address", "by name", "twice"]);
    let on_cards = |user: &str, session: &mut Session| {
        let decisions = card(session, user, ACCOUNT).decisions;
        decisions.iter().filter(|one| one.is_self_review).count()
    };
    assert_eq!(["ann", "bob", "cid"].map(|user| on_cards(user, &mut session)), [1, 1, 1]);
    let json = crate::common::export_as(&mut session, Form::Review.into());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let decisions = json["decisions"].as_array().unwrap().iter();
    let mut marked: Vec<&str> =
        decisions.filter(|one| one["self_review"] == true).map(|one| one["id"].as_str().unwrap()).collect();
    marked.sort_unstable();
    assert_eq!(marked, alone);
}

#[test]
fn a_file_of_the_same_name_takes_the_place_of_the_former() {
    let (mut session, _) = opened(&[("owners.csv", "user,owner\nbob,Ann\n")]);
    let again: &[(&str, &[u8])] = &[("owners.csv", b"user,owner\nbob,Bea\n")];
    open(&mut session, Mode::Add, again);
    assert_eq!(owners(&mut session, "bob", ACCOUNT), ["Bea"]);
    open(&mut session, Mode::Add, &[("more.csv", b"user,owner\nbob,Cid\n")]);
    assert_eq!(owners(&mut session, "bob", ACCOUNT), ["Bea", "Cid"]);
    open(&mut session, Mode::Replace, again);
    assert_eq!(owners(&mut session, "bob", ACCOUNT), ["Bea"]);
    session.handle(Request::Close);
    let overview = open(&mut session, Mode::Replace, &[("report.csv", super::reports().as_bytes())]);
    assert_eq!(overview.owners, None);
}

#[test]
fn a_policy_or_another_moment_leaves_owners_and_a_new_report_joins_anew() {
    let (mut session, before) = opened(&[("owners.csv", "user,account,owner\ndot,123456789012,Dot\n")]);
    assert_eq!(before.owners.unwrap().matched, 0);
    let newer = crate::common::report(&[crate::common::user("dot")]);
    let mut reports = vec![("newer.csv", newer.as_bytes())];
    let name = "status_reports_2026-09-20T00-00-00+00-00.csv";
    reports[0].0 = name;
    let after = open(&mut session, Mode::Add, &reports);
    assert_eq!(after.owners.unwrap().matched, 1);
    let again = crate::common::overview(session.handle(Request::SetPolicy(after.policy)));
    assert_eq!(again.owners.unwrap().matched, 1);
}

#[test]
fn owners_alone_are_no_result() {
    let mut session = session();
    session.handle(Request::Begin { mode: Mode::Replace, now: crate::common::time(crate::common::NOW) });
    feed(&mut session, "owners.csv", b"user,owner\nann,Ann\n");
    assert_eq!(session.handle(Request::Commit), Reply::NoResult);
    let overview = open(&mut session, Mode::Add, &[("report.csv", super::reports().as_bytes())]);
    assert_eq!(overview.owners.unwrap().lines, 1);
}

#[test]
fn what_stands_beside_a_sample_goes_with_it() {
    let decisions = r#"{"schema": "credential-report-decisions/1", "decisions": [{"id": "1", "account": "123456789012",
        "arn": "arn:aws:iam::123456789012:user/bob", "action": "ask", "by": "k", "on": "2026-01-05",
        "until": "2026-12-31"}]}"#;
    let side = [("owners.csv", "user,owner\nbob,Ann\n"), ("decisions.json", decisions)];
    let told = |overview: credential_report_viewer::overview::Overview| {
        (overview.owners.map(|owners| owners.matched), overview.review.decisions)
    };
    let reports = super::reports();
    let report: &[(&str, &[u8])] = &[("report.csv", reports.as_bytes())];
    let (mut session, before) = opened(&side);
    assert_eq!(told(before), (Some(1), 1));
    // Without a report it stays.
    let after = open(&mut session, Mode::Anew, &[("accounts.csv", b"account,name\n123456789012,Prod\n")]);
    assert_eq!(told(after), (Some(1), 1));
    assert_eq!(told(open(&mut session, Mode::Replace, report)), (Some(1), 1));
    assert_eq!(told(open(&mut session, Mode::Anew, report)), (None, 0));
}
