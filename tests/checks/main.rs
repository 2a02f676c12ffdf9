//! Every check at its limits, in every preset.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod credentials;

use credential_report_viewer::assessment::NotJudged;
use credential_report_viewer::checks::{self, CheckId, CheckSet, Preset, Severity};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::report::{Column, MissingReason};
use credential_report_viewer::thresholds::Threshold;

use common::{DAY, Format, Row, days_ago, old_columns, report, report_of, root, tally, user};

/// How many subjects pass, fail, are not applicable and are not judged.
type Counts = [u64; 4];

const PASS: Counts = [1, 0, 0, 0];
const FAIL: Counts = [0, 1, 0, 0];
const NOT_APPLICABLE: Counts = [0, 0, 1, 0];
const NOT_JUDGED: Counts = [0, 0, 0, 1];
/// Of two keys or certificates the one passes, the other slot is empty; and so on.
const KEY_PASSES: Counts = [1, 0, 1, 0];
const KEY_FAILS: Counts = [0, 1, 1, 0];
const NO_KEY: Counts = [0, 0, 2, 0];

/// The recommended thresholds with one check on.
fn only(check: &str) -> Policy {
    Policy { checks: CheckSet::from_iter(CheckId::from_name(check)), ..Policy::default() }
}

fn counts_by(policy: Policy, check: &str, text: &str) -> Counts {
    let mut session = common::judged(text, policy);
    let tally = tally(&common::overview_of(&mut session), check);
    [tally.passed, tally.failed, tally.not_applicable, tally.not_judged]
}

/// What a check says of rows.
fn says(check: &str, rows: &[Row]) -> Counts {
    counts_by(only(check), check, &report(rows))
}

/// What a check says of one row.
fn says_of(check: &str, row: Row) -> Counts {
    says(check, &[row])
}

/// The only finding of a check, as it is exported.
fn finding(check: &str, rows: &[Row]) -> serde_json::Value {
    let mut session = common::judged(&report(rows), only(check));
    let export = common::exported(&mut session, None);
    let findings = export["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings[0].clone()
}

/// Why a check judged nothing, and how many subjects not.
fn missing_inputs(check: &str, text: &str) -> Vec<NotJudged> {
    let mut session = common::judged(text, only(check));
    common::overview_of(&mut session).not_judged
}

/// What could not be evaluated, as column, reason and subjects.
fn reasons(check: &str, text: &str) -> Vec<(&'static str, MissingReason, u64)> {
    missing_inputs(check, text)
        .iter()
        .map(|entry| (entry.column.name(), entry.reason, entry.subjects))
        .collect()
}

/// How an age is held against a limit.
#[derive(Debug, Clone, Copy)]
enum Limit {
    /// Fails from so many days on.
    AtLeast(Threshold),
    /// Fails beyond so many days.
    Over(Threshold),
    /// Fails up to so many days.
    Within(Threshold),
}

impl Limit {
    fn threshold(self) -> Threshold {
        match self {
            Self::AtLeast(threshold) | Self::Over(threshold) | Self::Within(threshold) => threshold,
        }
    }

    /// Ages in seconds round the limit, and whether the check fails there.
    fn ages(self, days: i64) -> [(i64, bool); 7] {
        let fails = |age: i64| match self {
            Self::AtLeast(_) => age >= days * DAY,
            Self::Over(_) => age >= (days + 1) * DAY,
            Self::Within(_) => age < (days + 1) * DAY,
        };
        [
            (days - 1) * DAY,
            days * DAY - 1,
            days * DAY,
            days * DAY + 1,
            (days + 1) * DAY - 1,
            (days + 1) * DAY,
            (days + 2) * DAY,
        ]
        .map(|age| (age, fails(age)))
    }
}

/// A check that rests on an age: its limit, and a row in which the age is that of a moment.
type Aged = (&'static str, Limit, fn(&str) -> Row);

const AGED: &[Aged] = &[
    ("root-used-recently", Limit::Within(Threshold::RootUsedDays), |at| {
        root().with("password_last_used", at)
    }),
    ("root-used-recently", Limit::Within(Threshold::RootUsedDays), |at| {
        root().with("access_key_1_last_used_date", at)
    }),
    ("root-used-recently", Limit::Within(Threshold::RootUsedDays), |at| {
        root().with("access_key_2_last_used_date", at)
    }),
    ("console-unused", Limit::AtLeast(Threshold::UnusedDays), |at| {
        user("ann").password().with("password_last_used", at)
    }),
    ("console-never-used", Limit::AtLeast(Threshold::NeverUsedDays), |at| {
        user("ann").password().with("password_last_used", "no_information").with("password_last_changed", at)
    }),
    ("console-never-used", Limit::AtLeast(Threshold::NeverUsedDays), |at| {
        let row = user("ann").password().with("password_last_used", "N/A");
        row.with("password_last_changed", "N/A").with("user_creation_time", at)
    }),
    ("console-never-used", Limit::AtLeast(Threshold::NeverUsedDays), |at| {
        let row = user("ann").password().with("password_last_used", "");
        row.with("password_last_changed", "").with("user_creation_time", at)
    }),
    ("password-old", Limit::Over(Threshold::PasswordMaxAgeDays), |at| {
        user("ann").password().with("password_last_changed", at)
    }),
    ("access-key-not-rotated", Limit::Over(Threshold::KeyMaxAgeDays), |at| {
        user("bot").key(1, at, &days_ago(0))
    }),
    ("access-key-not-rotated", Limit::Over(Threshold::KeyMaxAgeDays), |at| {
        user("bot").key(2, at, &days_ago(0))
    }),
    ("access-key-unused", Limit::AtLeast(Threshold::UnusedDays), |at| {
        user("bot").key(1, &days_ago(4000), at)
    }),
    ("access-key-unused", Limit::AtLeast(Threshold::UnusedDays), |at| {
        user("bot").key(2, &days_ago(4000), at)
    }),
    ("access-key-never-used", Limit::AtLeast(Threshold::NeverUsedDays), |at| user("bot").key(1, at, "N/A")),
    ("access-key-never-used", Limit::AtLeast(Threshold::NeverUsedDays), |at| user("bot").key(2, at, "N/A")),
    ("user-without-credentials", Limit::AtLeast(Threshold::NoCredentialsDays), |at| {
        user("ann").with("user_creation_time", at)
    }),
    ("user-dormant", Limit::AtLeast(Threshold::DormantDays), |at| {
        user("ann").password().with("password_last_used", at)
    }),
    ("user-dormant", Limit::AtLeast(Threshold::DormantDays), |at| {
        user("ann").password().with("password_last_used", "no_information").with("password_last_changed", at)
    }),
    ("user-dormant", Limit::AtLeast(Threshold::DormantDays), |at| user("bot").key(2, at, "N/A")),
    ("user-dormant", Limit::AtLeast(Threshold::DormantDays), |at| {
        user("bot").password().with("password_last_used", &days_ago(4000)).key(1, &days_ago(4000), at)
    }),
];

#[test]
fn a_check_changes_its_verdict_at_its_limit_in_every_preset_and_both_forms_of_time() {
    for &(check, limit, row) in AGED {
        let id = CheckId::from_name(check).unwrap();
        for &preset in Preset::ALL {
            let policy = preset.policy();
            let days = i64::from(limit.threshold().of(&policy.thresholds));
            for form in Format::BOTH {
                for (age, fails) in limit.ages(days) {
                    let text = report(&[row(&form.seconds_ago(age))]);
                    let failed = counts_by(policy.clone(), check, &text)[1];
                    let expected = u64::from(fails && policy.checks.contains(id));
                    assert_eq!(failed, expected, "{check} at {age} s, {form:?}, {}", preset.name());
                }
            }
        }
    }
}

#[test]
fn the_age_and_the_limit_stand_in_the_evidence() {
    for &(check, limit, row) in AGED {
        let days = i64::from(limit.threshold().of(&Policy::default().thresholds));
        for (age, fails) in limit.ages(days) {
            if fails {
                let finding = finding(check, &[row(&Format::Zulu.seconds_ago(age))]);
                assert_eq!(finding["evidence"]["age_days"], age / DAY, "{check}");
                assert_eq!(finding["evidence"]["threshold_days"], days, "{check}");
            }
        }
    }
}

#[test]
fn a_threshold_of_ones_own_moves_the_limit() {
    for &(check, limit, row) in AGED {
        let mut policy = only(check);
        limit.threshold().set(&mut policy.thresholds, "7").unwrap();
        for (age, fails) in limit.ages(7) {
            let text = report(&[row(&Format::Zulu.seconds_ago(age))]);
            assert_eq!(counts_by(policy.clone(), check, &text)[1], u64::from(fails), "{check} at {age} s");
        }
    }
}

#[test]
fn a_finding_is_one_severity_worse_when_its_age_is_over_a_year() {
    for &(check, limit, row) in AGED {
        let id = CheckId::from_name(check).unwrap();
        let own = id.check().severity;
        let mut policy = only(check);
        limit.threshold().set(&mut policy.thresholds, "300").unwrap();
        for (age, over_a_year) in
            [(365 * DAY, false), (366 * DAY - 1, false), (366 * DAY, true), (366 * DAY + 1, true)]
        {
            if matches!(limit, Limit::Within(_)) {
                limit.threshold().set(&mut policy.thresholds, "3650").unwrap();
            }
            let mut session = common::judged(&report(&[row(&Format::Zulu.seconds_ago(age))]), policy.clone());
            let expected = if over_a_year && id.check().escalates { own.escalated() } else { own };
            let overview = common::overview_of(&mut session);
            assert_eq!(overview.by_severity.of(expected), 1, "{check} at {age} s");
            assert_eq!(overview.findings, 1, "{check} at {age} s");
        }
    }
}

#[test]
fn the_checks_that_escalate_are_these() {
    let escalating: Vec<usize> =
        checks::ids().filter(|id| id.check().escalates).map(CheckId::number).collect();
    assert_eq!(escalating, [7, 8, 9, 12, 13, 14, 22]);
}

#[test]
fn every_check_has_its_severity() {
    use Severity::{Critical, High, Info, Low, Medium};
    let severities: Vec<Severity> = checks::ids().map(|id| id.check().severity).collect();
    assert_eq!(
        severities,
        [
            Critical, Medium, Critical, High, High, High, Medium, Medium, Low, Low, Low, Medium, Medium,
            Medium, Low, Medium, Low, Low, Info, Low, Low, Medium
        ]
    );
}

#[test]
fn a_preset_judges_by_the_checks_that_it_has_on() {
    // A report that every check finds something in.
    let rows = [
        root()
            .with("mfa_active", "false")
            .with("password_last_used", &days_ago(1))
            .key(1, &days_ago(10), "N/A")
            .with("access_key_2_last_rotated", &days_ago(10))
            .with("cert_1_active", "true"),
        user("ann")
            .with("user_creation_time", &days_ago(900))
            .password()
            .with("mfa_active", "false")
            .with("password_last_used", &days_ago(900))
            .with("password_next_rotation", &days_ago(1))
            .key(1, &days_ago(900), &days_ago(800))
            .key(2, &days_ago(800), "N/A")
            .with("cert_2_active", "true"),
        user("ben").password().with("password_next_rotation", "N/A"),
        user("cid")
            .with("user_creation_time", &days_ago(900))
            .password()
            .with("password_last_used", "no_information"),
        user("dot").with("access_key_2_last_rotated", &days_ago(1)),
        user("eve").key(1, &days_ago(1), "N/A"),
        user("fay").with("user_creation_time", &days_ago(31)),
    ];
    for &preset in Preset::ALL {
        let mut session = common::judged(&report(&rows), preset.policy());
        for tally in common::overview_of(&mut session).checks {
            assert_eq!(tally.on, preset.policy().checks.contains(tally.check));
            assert_eq!(tally.failed > 0, tally.on, "{:?} in {}", tally.check, preset.name());
        }
    }
    let mut session = common::judged(&report(&rows), only("user-mfa-disabled"));
    assert_eq!(tally(&common::overview_of(&mut session), "user-mfa-disabled").failed, 1);
}

#[test]
fn a_key_of_root_is_a_finding_active_or_not() {
    let key = |active: &str, created: &str| {
        root().with("access_key_2_active", active).with("access_key_2_last_rotated", created)
    };
    for (row, active, inactive) in [
        (key("false", "N/A"), NO_KEY, NO_KEY),
        (key("true", &days_ago(0)), KEY_FAILS, KEY_PASSES),
        // An active key exists, whatever is known of its creation.
        (key("true", "N/A"), KEY_FAILS, KEY_PASSES),
        (key("false", &days_ago(4000)), KEY_PASSES, KEY_FAILS),
        (key("N/A", &days_ago(4000)), [0, 0, 1, 1], [0, 0, 1, 1]),
        (key("not_supported", "N/A"), [0, 0, 1, 1], [0, 0, 1, 1]),
    ] {
        assert_eq!(says_of("root-access-key-active", row.clone()), active, "{row:?}");
        assert_eq!(says_of("root-access-key-inactive", row.clone()), inactive, "{row:?}");
    }
    let both = root().key(1, &days_ago(5), "N/A").key(2, &days_ago(4), "N/A");
    assert_eq!(says_of("root-access-key-active", both.clone()), [0, 2, 0, 0]);
    assert_eq!(says_of("root-access-key-inactive", both), [2, 0, 0, 0]);
}

#[test]
fn root_without_mfa_is_a_finding_unless_it_cannot_sign_in() {
    let check = "root-mfa-disabled";
    let without = root().with("mfa_active", "false");
    let gov = |row: Row| row.with("arn", "arn:aws-us-gov:iam::123456789012:root");
    assert_eq!(says_of(check, root()), PASS);
    assert_eq!(says_of(check, without.clone()), FAIL);
    assert_eq!(says_of(check, without.clone().with("password_enabled", "not_supported")), FAIL);
    assert_eq!(says_of(check, root().with("password_enabled", "not_supported")), PASS);
    assert_eq!(says_of(check, gov(without.clone())), NOT_APPLICABLE);
    assert_eq!(says_of(check, gov(root())), NOT_APPLICABLE);
    let china = without.clone().with("arn", "arn:aws-cn:iam::123456789012:root");
    assert_eq!(says_of(check, china), FAIL);

    // A member account whose root credentials were removed.
    let member = without.clone().with("password_enabled", "false");
    assert_eq!(says_of(check, member.clone()), NOT_APPLICABLE);
    assert_eq!(says_of(check, member.clone().with("mfa_active", "true")), NOT_APPLICABLE);
    assert_eq!(
        says_of(check, member.clone().with("access_key_2_last_rotated", &days_ago(9))),
        NOT_APPLICABLE
    );
    assert_eq!(says_of(check, member.clone().key(2, &days_ago(9), "N/A")), FAIL);

    assert_eq!(says_of(check, root().with("mfa_active", "not_supported")), NOT_JUDGED);
    assert_eq!(says_of(check, root().with("mfa_active", "N/A")), NOT_JUDGED);
    // Whether there are root credentials at all cannot be told.
    assert_eq!(says_of(check, member.clone().with("access_key_1_active", "maybe")), NOT_JUDGED);
    assert_eq!(says_of(check, member.with("password_enabled", "")), NOT_JUDGED);
    // There certainly are some.
    assert_eq!(says_of(check, without.with("access_key_1_active", "maybe")), FAIL);
}

#[test]
fn root_use_is_the_newest_of_password_and_keys() {
    let check = "root-used-recently";
    let old = root().with("password_last_used", &days_ago(400));
    assert_eq!(says_of(check, root()), PASS);
    assert_eq!(says_of(check, root().with("password_last_used", "no_information")), PASS);
    assert_eq!(says_of(check, old.clone()), PASS);
    assert_eq!(says_of(check, old.clone().with("access_key_1_last_used_date", &days_ago(30))), FAIL);
    assert_eq!(says_of(check, old.clone().with("access_key_2_last_used_date", &days_ago(30))), FAIL);
    let key_older = root()
        .with("password_last_used", &days_ago(1))
        .with("access_key_1_last_used_date", &days_ago(400))
        .with("access_key_2_last_used_date", &days_ago(20));
    assert_eq!(finding(check, &[key_older])["evidence"]["age_days"], 1);
    // A use after the as-of time has age 0.
    assert_eq!(
        finding(check, &[root().with("password_last_used", &days_ago(-3))])["evidence"]["age_days"],
        0
    );
    // A use that cannot be read might be newer than those that can.
    assert_eq!(says_of(check, old.with("access_key_2_last_used_date", "yesterday")), NOT_JUDGED);
    let recent = root().with("password_last_used", &days_ago(1)).with("access_key_1_last_used_date", "?");
    assert_eq!(says_of(check, recent), FAIL);
    // Keys of others are nobody's business here.
    assert_eq!(says(check, &[root(), user("bot").key(1, &days_ago(2), &days_ago(1))]), PASS);
}

#[test]
fn an_active_signing_certificate_is_a_finding() {
    for (check, row) in [("root-signing-certificate", root()), ("signing-certificate-active", user("ann"))] {
        for slot in [1, 2] {
            let active = format!("cert_{slot}_active");
            let created = format!("cert_{slot}_last_rotated");
            assert_eq!(says_of(check, row.clone()), NO_KEY);
            assert_eq!(says_of(check, row.clone().with(&active, "true")), KEY_FAILS);
            assert_eq!(says_of(check, row.clone().with(&created, &days_ago(9))), KEY_PASSES);
            assert_eq!(says_of(check, row.clone().with(&active, "?")), [0, 0, 1, 1]);
        }
        let two = row.with("cert_1_active", "true").with("cert_2_active", "true");
        assert_eq!(says_of(check, two), [0, 2, 0, 0]);
    }
}

#[test]
fn rows_of_root_are_judged_by_the_root_checks_alone() {
    let busy = |row: Row| {
        row.with("mfa_active", "false")
            .with("password_enabled", "true")
            .with("password_last_used", &days_ago(900))
            .with("password_next_rotation", "N/A")
            .key(1, &days_ago(900), "N/A")
            .key(2, &days_ago(900), "N/A")
            .with("cert_1_active", "true")
    };
    for (row, is_root) in [
        (busy(root()), true),
        (busy(user("ann")), false),
        // Some tools lose the brackets: the ARN tells.
        (busy(root()).with("user", "root_account"), true),
        (busy(root()).with("user", "&lt;root_account&gt;"), true),
        // Without an ARN the name does.
        (busy(root()).with("arn", ""), true),
    ] {
        let mut session = common::judged(&report(std::slice::from_ref(&row)), Policy::default());
        for tally in common::overview_of(&mut session).checks {
            let judged = tally.passed + tally.failed + tally.not_judged;
            let concerned = tally.check.check().root == is_root;
            assert!(concerned || judged == 0, "{:?} judged {row:?}", tally.check);
        }
    }
}

#[test]
fn a_moment_after_the_as_of_time_has_age_zero_and_a_warning() {
    let row = user("ann").password().key(1, &days_ago(-4), &days_ago(-5));
    for check in ["console-unused", "access-key-not-rotated", "access-key-unused", "user-dormant"] {
        assert_eq!(says_of(check, row.clone())[1], 0, "{check}");
    }
    let mut session = common::judged(&report(&[row]), Policy::default());
    let export = common::exported(&mut session, None);
    let warned: Vec<_> = export["warnings"].as_array().unwrap().iter().map(|w| &w["column"]).collect();
    assert_eq!(warned, ["access_key_1_last_rotated", "access_key_1_last_used_date"]);
}

#[test]
fn a_report_of_16_columns_is_judged_as_far_as_it_goes() {
    let rows = [
        root().with("password_last_used", &days_ago(400)),
        user("ann").password().key(1, &days_ago(91), &days_ago(91)).key(2, &days_ago(9), "N/A"),
        user("ben").key(2, &days_ago(91), &days_ago(91)),
        user("cid"),
    ];
    let text = report_of(&old_columns(), &rows);
    let missing = |column, subjects| (column, MissingReason::MissingColumn, subjects);
    let first = "access_key_1_last_used_date";
    let second = "access_key_2_last_used_date";
    assert_eq!(reasons("access-key-unused", &text), [missing(first, 1), missing(second, 2)]);
    assert_eq!(reasons("access-key-never-used", &text), [missing(first, 1), missing(second, 2)]);
    assert_eq!(reasons("root-used-recently", &text), [missing(first, 1)]);
    assert_eq!(counts_by(only("access-key-not-rotated"), "access-key-not-rotated", &text), [1, 2, 3, 0]);
    // Ann's password is in use; of Ben's only key nothing is known.
    assert_eq!(counts_by(only("user-dormant"), "user-dormant", &text), [1, 0, 1, 1]);
    let two = counts_by(only("two-active-access-keys"), "two-active-access-keys", &text);
    assert_eq!(two, [1, 1, 1, 0]);
    let recent = report_of(&old_columns(), &[root().with("password_last_used", &days_ago(30))]);
    assert_eq!(counts_by(only("root-used-recently"), "root-used-recently", &recent), FAIL);
}

#[test]
fn a_missing_column_is_counted_for_each_subject_that_needs_it() {
    // What the benchmark's own command leaves: `cut -d, -f1,4,8`.
    let rows = [
        root().with("mfa_active", "false"),
        user("ann").password().with("mfa_active", "false"),
        user("ben").password(),
        user("cid"),
    ];
    let text = report_of(&["user", "password_enabled", "mfa_active"], &rows);
    assert_eq!(counts_by(only("console-mfa-disabled"), "console-mfa-disabled", &text), [1, 1, 1, 0]);
    assert_eq!(counts_by(only("root-mfa-disabled"), "root-mfa-disabled", &text), FAIL);
    let missing = |column, subjects| (column, MissingReason::MissingColumn, subjects);
    for (check, expected) in [
        (
            "root-access-key-active",
            vec![missing("access_key_1_active", 1), missing("access_key_2_active", 1)],
        ),
        (
            "root-access-key-inactive",
            vec![missing("access_key_1_active", 1), missing("access_key_2_active", 1)],
        ),
        ("root-used-recently", vec![missing("password_last_used", 1)]),
        ("root-signing-certificate", vec![missing("cert_1_active", 1), missing("cert_2_active", 1)]),
        ("console-unused", vec![missing("password_last_used", 2)]),
        ("console-never-used", vec![missing("password_last_used", 2)]),
        ("password-old", vec![missing("password_last_changed", 2)]),
        ("password-expired", vec![missing("password_next_rotation", 2)]),
        ("password-expiry-not-set", vec![missing("password_next_rotation", 1)]),
        (
            "access-key-not-rotated",
            vec![missing("access_key_1_active", 3), missing("access_key_2_active", 3)],
        ),
        ("access-key-unused", vec![missing("access_key_1_active", 3), missing("access_key_2_active", 3)]),
        ("access-key-never-used", vec![missing("access_key_1_active", 3), missing("access_key_2_active", 3)]),
        ("access-key-inactive", vec![missing("access_key_1_active", 3), missing("access_key_2_active", 3)]),
        ("two-active-access-keys", vec![missing("access_key_1_active", 3)]),
        // Cid has no password, which settles these two without his keys.
        ("password-and-access-key", vec![missing("access_key_1_active", 2)]),
        (
            "access-key-made-with-user",
            vec![missing("access_key_1_active", 2), missing("access_key_2_active", 2)],
        ),
        ("user-mfa-disabled", vec![missing("access_key_1_active", 1)]),
        ("signing-certificate-active", vec![missing("cert_1_active", 3), missing("cert_2_active", 3)]),
        // Those with a password have a credential; of Cid nothing is known.
        ("user-without-credentials", vec![missing("access_key_1_active", 1)]),
        ("user-dormant", vec![missing("password_last_used", 2), missing("access_key_1_active", 1)]),
    ] {
        assert_eq!(reasons(check, &text), expected, "{check}");
    }
}

#[test]
fn a_column_that_no_check_needs_may_be_missing() {
    let without: Vec<&str> = common::columns()
        .into_iter()
        .filter(|name| !name.ends_with("region") && !name.ends_with("service"))
        .collect();
    let rows = [root(), user("ann").password(), user("bot").key(1, &days_ago(1), "N/A")];
    let mut session = common::judged(&report_of(&without, &rows), Policy::default());
    assert_eq!(common::overview_of(&mut session).not_judged, []);
}

#[test]
fn a_cell_that_cannot_be_read_is_warned_of_and_leaves_the_check_open() {
    for cell in ["yesterday", "5/6/2016 6:13 PM", "2016-02-30T00:00:00Z", "42508.76"] {
        let row = user("bot").key(1, cell, &days_ago(1));
        let text = report(&[row]);
        assert_eq!(
            reasons("access-key-not-rotated", &text),
            [("access_key_1_last_rotated", MissingReason::Unreadable, 1)]
        );
        let mut session = common::judged(&text, Policy::default());
        let overview = common::overview_of(&mut session);
        let warning = &overview.warnings[0];
        assert_eq!((warning.line, warning.column.as_deref()), (Some(2), Some("access_key_1_last_rotated")));
        assert_eq!(warning.value.as_deref(), Some(cell));
        assert_eq!(overview.warnings_total, 1);
    }
}

#[test]
fn the_dates_of_a_spreadsheet_are_judged_where_they_say_one_thing() {
    for (cell, said) in [
        ("2016/5/16 18:13", KEY_FAILS),
        ("5/16/2016 6:13 PM", KEY_FAILS),
        ("16.05.2016 18:13:11", KEY_FAILS),
        ("2016-05-16T20:13:11+02:00", KEY_FAILS),
        ("2016-05-16T18:13:11.123Z", KEY_FAILS),
        ("5/6/2016 6:13 PM", [0, 0, 1, 1]),
        ("05-06-16", [0, 0, 1, 1]),
    ] {
        assert_eq!(says_of("access-key-not-rotated", user("bot").key(1, cell, "N/A")), said, "{cell}");
    }
}

#[test]
fn booleans_are_read_in_any_case() {
    for (cell, said) in [
        ("true", PASS),
        ("TRUE", PASS),
        ("True", PASS),
        (" tRUE ", PASS),
        ("false", FAIL),
        ("FALSE", FAIL),
        ("False", FAIL),
        ("yes", PASS),
        ("1", PASS),
        ("n", FAIL),
        ("FALSCH", FAIL),
        ("maybe", NOT_JUDGED),
        ("2", NOT_JUDGED),
        ("", NOT_JUDGED),
    ] {
        assert_eq!(
            says_of("console-mfa-disabled", user("ann").password().with("mfa_active", cell)),
            said,
            "{cell}"
        );
    }
}

#[test]
fn a_finding_carries_the_raw_cells_that_its_verdict_read() {
    let created = Format::Offset.days_ago(400);
    let row = user("ann")
        .with("user_creation_time", &created)
        .with("password_enabled", "TRUE")
        .with("password_last_used", "no_information")
        .with("password_last_changed", "N/A")
        .with("mfa_active", "False")
        .key(2, "2025/8/7 10:00", "N/A");
    for (check, cells) in [
        ("console-mfa-disabled", vec![("password_enabled", "TRUE"), ("mfa_active", "False")]),
        (
            "console-never-used",
            vec![
                ("user_creation_time", created.as_str()),
                ("password_enabled", "TRUE"),
                ("password_last_used", "no_information"),
                ("password_last_changed", "N/A"),
            ],
        ),
        (
            "access-key-not-rotated",
            vec![("access_key_2_active", "true"), ("access_key_2_last_rotated", "2025/8/7 10:00")],
        ),
        (
            "access-key-never-used",
            vec![
                ("access_key_2_active", "true"),
                ("access_key_2_last_rotated", "2025/8/7 10:00"),
                ("access_key_2_last_used_date", "N/A"),
            ],
        ),
    ] {
        let finding = finding(check, std::slice::from_ref(&row));
        let found: Vec<(&str, &str)> = finding["evidence"]["cells"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(column, raw)| (column.as_str(), raw.as_str().unwrap()))
            .collect();
        assert_eq!(found, cells, "{check}");
    }
}

#[test]
fn every_column_that_a_verdict_needs_is_judged_by_its_name_wherever_it_stands() {
    let rows = [
        root().with("mfa_active", "false").key(1, &days_ago(9), "N/A"),
        user("ann").password().with("mfa_active", "false").key(2, &days_ago(400), &days_ago(100)),
    ];
    let plain = common::overview_of(&mut common::judged(&report(&rows), Policy::default()));
    let mut reversed = common::columns();
    reversed.reverse();
    let turned = common::overview_of(&mut common::judged(&report_of(&reversed, &rows), Policy::default()));
    assert_eq!(plain.checks, turned.checks);
    assert!(Column::ALL.len() == reversed.len() + 1 && plain.findings > 0);
}
