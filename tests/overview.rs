//! One user, and the result at a glance.
#![allow(clippy::unwrap_used)]

mod common;

use credential_report_viewer::assessment::{ExpiryGuess, Kind, RowId};
use credential_report_viewer::card::{AreaStatus, Card};
use credential_report_viewer::checks::{Area, BySeverity, Severity, SubjectKind};
use credential_report_viewer::overview::{AreaStanding, Overview};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::report::{CellIssue, Column, WarningKind};
use credential_report_viewer::session::{Reply, Request};

use common::{
    ACCOUNT, Row, days_ago, file, in_account, open, overview_of, report, report_of, root, sortable, time,
    user,
};

/// How many findings of each severity a card has, worst first.
fn counts(card: &Card) -> Vec<usize> {
    let of = |severity: &Severity| card.findings.iter().filter(|f| f.severity == *severity).count();
    Severity::ALL.iter().map(of).collect()
}

#[test]
fn a_card_holds_the_facts_the_findings_and_what_was_not_judged() {
    let row = user("ann")
        .with("arn", &format!("arn:aws:iam::{ACCOUNT}:user/staff/ann"))
        .with("user_creation_time", "2026-09-10 12:00")
        .with("password_enabled", "TRUE")
        .with("password_last_used", "no_information")
        .with("password_last_changed", "5/6/2026 6:13 PM")
        .with("password_next_rotation", &days_ago(-3))
        .key(2, &days_ago(100), &days_ago(101))
        .with("access_key_2_last_used_region", "eu-west-1")
        .with("access_key_2_last_used_service", "s3")
        .with("cert_1_last_rotated", &days_ago(7));
    let mut session = open(&[file("a.csv", format!("{}\n", report(&[root(), row])))]);
    let Reply::Card(card) = session.handle(Request::Card(RowId(1))) else { panic!() };
    assert_eq!((card.row, card.line, &*card.user, &*card.input), (RowId(1), 3, "ann", "a.csv"));
    assert_eq!(card.arn.as_deref(), Some("arn:aws:iam::123456789012:user/staff/ann"));
    assert_eq!((card.account.as_deref(), card.partition.as_deref()), (Some(ACCOUNT), Some("aws")));
    assert_eq!((card.kind, card.worst), (Kind::Both, Some(Severity::High)));
    assert_eq!(card.created.time, Some(time("2026-09-10T12:00:00Z")));
    assert_eq!((card.created.age_days, card.created.raw.as_deref()), (Some(1), Some("2026-09-10 12:00")));
    assert_eq!(
        (card.password_enabled.value, card.password_enabled.raw.as_deref()),
        (Some(true), Some("TRUE"))
    );
    assert!(card.password_never_used);
    assert_eq!(card.password_last_changed.issue, Some(CellIssue::Ambiguous));
    assert_eq!((card.password_last_changed.time, card.password_last_changed.age_days), (None, None));
    // What lies ahead by nature is not odd.
    assert_eq!((card.password_next_rotation.age_days, card.password_next_rotation.issue), (Some(0), None));
    assert_eq!(card.mfa_active.value, Some(false));
    let [key] = card.access_keys.as_slice() else { panic!("{:?}", card.access_keys) };
    assert_eq!((key.slot, key.active.value, key.never_used), (2, Some(true), false));
    assert_eq!((key.region.as_deref(), key.service.as_deref()), (Some("eu-west-1"), Some("s3")));
    assert_eq!((key.created.age_days, key.last_used.issue), (Some(100), Some(CellIssue::BeforeCreation)));
    let [certificate] = card.certificates.as_slice() else { panic!("{:?}", card.certificates) };
    assert_eq!(
        (certificate.slot, certificate.active.value, certificate.created.age_days),
        (1, Some(false), Some(7))
    );
    assert_eq!(
        (card.rotation, card.mfa),
        (AreaStatus::Found(Severity::Medium), AreaStatus::Found(Severity::High))
    );
    assert_eq!(card.additional, None);
    let not_judged: Vec<(&str, Column)> =
        card.not_judged.iter().map(|(check, column)| (check.name(), *column)).collect();
    assert_eq!(
        not_judged,
        [
            ("console-never-used", Column::PasswordLastChanged),
            ("password-old", Column::PasswordLastChanged),
            ("user-dormant", Column::PasswordLastChanged)
        ]
    );
    assert!(counts(&card).iter().sum::<usize>() == card.findings.len());
    assert!(card.findings.is_sorted_by_key(|finding| (finding.severity.rank(), finding.check)));
    let kinds: Vec<SubjectKind> = card.findings.iter().map(|finding| finding.subject.kind).collect();
    assert!(kinds.contains(&SubjectKind::AccessKey) && kinds.contains(&SubjectKind::Password));
}

#[test]
fn a_card_of_a_report_cut_down_shows_what_there_is() {
    let text = report_of(&["user", "mfa_active"], &[root(), user("ann")]);
    let mut session = open(&[file("a.csv", text)]);
    let Reply::Card(card) = session.handle(Request::Card(RowId(1))) else { panic!() };
    assert_eq!((card.arn.as_deref(), card.account.as_deref(), card.kind), (None, None, Kind::None));
    assert_eq!((card.created.raw.as_deref(), card.created.time), (None, None));
    assert_eq!((card.password_enabled.value, card.mfa_active.value), (None, Some(false)));
    assert_eq!((card.access_keys.len(), card.certificates.len()), (0, 0));
    assert_eq!(
        (card.rotation, card.mfa, card.last_use),
        (AreaStatus::NotJudged, AreaStatus::NotJudged, AreaStatus::NotJudged)
    );
    assert!(!card.password_never_used);
}

/// The sum of a count over severities.
fn total(overview: &Overview) -> u64 {
    Severity::ALL.iter().map(|severity| overview.by_severity.of(*severity)).sum()
}

#[test]
fn the_numbers_of_an_overview_agree() {
    let mut rows = sortable();
    rows.push(user("fay").password().with("password_next_rotation", "N/A").with("mfa_active", "?"));
    let mut session = open(&[file("a.csv", report(&rows)), file("b.csv", "user,mfa_active\nzoe,true\n")]);
    let result = overview_of(&mut session);
    assert_eq!((result.users, result.kinds.iter().sum::<u32>()), (8, 8));
    assert_eq!(result.findings, total(&result));
    assert_eq!(result.findings, result.checks.iter().map(|tally| tally.failed).sum::<u64>());
    assert_eq!(result.findings, result.by_area.iter().map(BySeverity::total).sum::<u64>());
    assert_eq!(
        result.findings,
        result.accounts.iter().map(|account| account.by_severity.total()).sum::<u64>()
    );
    assert_eq!(u64::from(result.users_with_findings), result.users_by_worst.total());
    assert_eq!(result.users, result.accounts.iter().map(|account| account.users).sum::<u32>());
    let with: u32 = result.accounts.iter().map(|account| account.users_with_findings).sum();
    assert_eq!(result.users_with_findings, with);
    let not_judged: u64 = result.not_judged.iter().map(|entry| entry.subjects).sum();
    assert_eq!(not_judged, result.checks.iter().map(|tally| tally.not_judged).sum::<u64>());
    assert_eq!((result.mfa.with, result.mfa.without, result.mfa.unknown), (1, 1, 1));
    assert_eq!((result.mfa.root_with, result.mfa.root_without), (1, 0));
    assert_eq!(result.key_ages.keys, result.key_ages.bars.iter().map(|bar| bar.count).sum::<u64>());
    let over: u64 = result.key_ages.bars.iter().filter(|bar| bar.over).map(|bar| bar.count).sum();
    assert_eq!((result.key_ages.keys, result.key_ages.over, over), (3, 1, 1));
    let used: u64 = result.last_use.bars.iter().map(|bar| bar.count).sum();
    assert_eq!(result.last_use.credentials, used + result.last_use.never);
    assert_eq!(result.warnings_total, result.warnings.len() as u64);
}

#[test]
fn the_bars_of_a_chart_divide_at_the_limit() {
    for limit in [1, 2, 45, 90, 3650] {
        let mut policy = Policy::default();
        (policy.thresholds.key_max_age_days, policy.thresholds.unused_days) = (limit, limit);
        for age in [0, limit - 1, limit, limit + 1, 4000] {
            let at = days_ago(i64::from(age));
            let mut session = common::judged(&report(&[user("bot").key(1, &at, &at)]), policy.clone());
            let result = overview_of(&mut session);
            // A key is too old beyond its limit, a credential unused from its limit on.
            assert_eq!(result.key_ages.over, u64::from(age > limit), "{age} of {limit}");
            assert_eq!(result.last_use.idle, u64::from(age >= limit), "{age} of {limit}");
            for (bars, over) in
                [(&result.key_ages.bars, result.key_ages.over), (&result.last_use.bars, result.last_use.idle)]
            {
                assert_eq!(bars.iter().filter(|bar| bar.over).map(|bar| bar.count).sum::<u64>(), over);
                let hit: Vec<_> = bars.iter().filter(|bar| bar.count > 0).collect();
                assert!(hit.len() == 1 && hit[0].days.contains(age), "{age} of {limit}: {bars:?}");
                assert!(bars.windows(2).all(|pair| pair[0].days.to == Some(pair[1].days.from)));
                assert_eq!((bars[0].days.from, bars[bars.len() - 1].days.to), (0, None));
            }
        }
    }
}

#[test]
fn each_area_says_how_it_stands() {
    let standing = |csv: String| {
        let result = overview_of(&mut open(&[file("a.csv", csv)]));
        [Area::Rotation, Area::Mfa, Area::LastUse].map(|area| result.standing(area))
    };
    assert_eq!(standing("user,arn\nann,\n".to_owned()), [AreaStanding::Unknown; 3]);
    assert_eq!(standing(report(&[root(), user("ann")])), [AreaStanding::Nothing; 3]);
    let tidy = || {
        let row = user("ann").password().with("mfa_active", "true").with("password_last_used", &days_ago(1));
        row.key(1, &days_ago(9), &days_ago(1))
    };
    assert_eq!(standing(report(&[root(), tidy()])), [AreaStanding::Well; 3]);
    let neglected = user("bob").password().with("mfa_active", "false").key(1, &days_ago(900), "N/A");
    assert_eq!(standing(report(&[root(), tidy(), neglected])), [AreaStanding::Found; 3]);
    // Of one of whom the report does not tell nobody can say that all is well.
    assert_eq!(standing(report(&[root(), tidy().with("mfa_active", "?")]))[1], AreaStanding::Found);
    let nothing = overview_of(&mut open(&[file("a.csv", "user,arn\nann,\n")]));
    let something = overview_of(&mut open(&[file("a.csv", report(&[root(), tidy()]))]));
    assert!(nothing.is_nothing_evaluated() && !something.is_nothing_evaluated());
}

#[test]
fn an_account_tells_its_probable_password_policy_and_where_its_keys_are_used() {
    let expiring = |name: &str, days: i64| {
        user(name)
            .password()
            .with("password_last_changed", &days_ago(30))
            .with("password_next_rotation", &days_ago(30 - days))
    };
    let used = |name: &str, region: &str, service: &str| {
        user(name)
            .key(1, &days_ago(1), &days_ago(0))
            .with("access_key_1_last_used_region", region)
            .with("access_key_1_last_used_service", service)
    };
    let rows = [
        root().with("user_creation_time", "2014-02-03T04:05:06Z"),
        expiring("ann", 90),
        expiring("bob", 60),
        expiring("cid", 90),
        used("dan", "us-east-1", "s3"),
        used("eve", "eu-west-1", "s3"),
        used("fay", "us-east-1", "N/A"),
        used("gil", "N/A", "ec2"),
    ];
    let result = overview_of(&mut open(&[file("a.csv", report(&rows))]));
    let account = &result.accounts[0];
    assert_eq!(account.password_expiry, ExpiryGuess::AfterDays(90));
    assert_eq!(account.services, [("s3".to_owned(), 2), ("ec2".to_owned(), 1)]);
    assert_eq!(account.regions, [("us-east-1".to_owned(), 2), ("eu-west-1".to_owned(), 1)]);
    assert_eq!((account.has_root, account.root_mfa), (true, Some(true)));
    assert_eq!(account.created, Some(time("2014-02-03T04:05:06Z")));
    assert_eq!(account.kinds, [1, 3, 4, 0, 0]);
}

#[test]
fn nothing_is_said_of_the_expiry_of_passwords_that_the_report_does_not_tell() {
    let guess = |csv: String| overview_of(&mut open(&[file("a.csv", csv)])).accounts[0].password_expiry;
    let never = || user("ann").password().with("password_next_rotation", "N/A");
    assert_eq!(guess(report(&[root(), never()])), ExpiryGuess::Never);
    assert_eq!(guess(report(&[root(), user("ann")])), ExpiryGuess::NoPasswords);
    assert_eq!(guess("user,mfa_active\nann,true\n".to_owned()), ExpiryGuess::Unknown);
    let unreadable = never().with("password_next_rotation", "soon");
    assert_eq!(guess(report(&[root(), unreadable])), ExpiryGuess::Unknown);
}

#[test]
fn an_overview_carries_the_first_warnings_and_counts_all() {
    // Each unknown column is a warning of its own.
    let names: Vec<String> = (0..300).map(|number| format!(",more {number}")).collect();
    let names = names.concat();
    let text = format!("{}{names}\nann,true{}", "user,mfa_active", ",".repeat(300));
    let mut session = open(&[file("a.csv", text)]);
    let result = overview_of(&mut session);
    assert_eq!((result.warnings.len(), result.warnings_total), (Overview::WARNINGS, 300));
    assert!(result.warnings.is_sorted_by_key(|warning| warning.line));
    assert_eq!(common::exported(&mut session, None)["warnings"].as_array().unwrap().len(), 300);
}

#[test]
fn a_reason_that_only_later_warnings_have_is_carried_and_each_is_counted() {
    let names: Vec<String> = (0..300).map(|number| format!(",more {number}")).collect();
    let names = names.concat();
    let row = |(name, mfa): (&str, &str)| format!("{name},{mfa}{}", ",".repeat(300));
    let rows = [("ann", "true"), ("bob", "maybe"), ("cid", "false"), ("dot", "perhaps")].map(row);
    let mut session = open(&[file("a.csv", format!("user,mfa_active{names}\n{}", rows.join("\n")))]);
    let result = overview_of(&mut session);
    assert_eq!(result.warnings_by_reason.iter().sum::<u64>(), result.warnings_total);
    let rare = result.warnings.last().unwrap();
    assert_eq!((&rare.kind, rare.line), (&WarningKind::NotAUser, Some(3)));
    assert_eq!(result.warnings.len(), Overview::WARNINGS + 1);
    assert_eq!(result.warnings_by_reason.len(), 2);
}

#[test]
fn of_many_accounts_the_first_findings_are_carried_and_all_are_counted() {
    let never = |name| user(name).password().with("password_next_rotation", "N/A");
    let rows: Vec<Row> =
        (0..300).map(|account| in_account(never("ann"), &format!("{account:012}"))).collect();
    let mut session = open(&[file("merged.csv", report(&rows))]);
    let result = overview_of(&mut session);
    let cards = common::query(&mut session, &Query { limit: 10, ..Query::default() });
    let [about] = cards.about_accounts.as_slice() else { panic!("{:?}", cards.about_accounts) };
    assert_eq!((about.check.name(), about.failed, about.of), ("password-expiry-not-set", 300, 300));
    let first = Cards::ACCOUNT_FINDINGS;
    assert_eq!((cards.account_findings.len(), result.account_findings.len()), (first, first));
    assert_eq!(common::exported(&mut session, None)["summary"]["by_check"]["password-expiry-not-set"], 300);
}
