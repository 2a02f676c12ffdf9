//! The checks of the root user.

use super::framework;
use super::{Area, Check, Context, Preset, Rule, RuleResult, Severity, Verdict, command};
use crate::report::{AccessKey, Certificate, Column, MissingInput, MissingReason, User};

const ROOT_USER: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html";
const CENTRAL_ACCESS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management";

/// An access key of root is active.
pub const ACCESS_KEY_ACTIVE: Check = Check {
    id: "root-access-key-active",
    area: Area::Rotation,
    severity: Severity::Critical,
    escalates: false,
    root: true,
    fails_when: "the key is active",
    presets: Preset::ALL,
    frameworks: framework::ROOT_KEY,
    references: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user_manage_delete-key.html",
        CENTRAL_ACCESS,
    ],
    commands: &[command::ACCOUNT],
    rule: Rule::AccessKey(|key, context| {
        Ok(if key.active()? { Verdict::fail_at_age(age_of_key(key, context)) } else { pass_if_exists(key) })
    }),
};

/// An access key of root exists, though inactive.
pub const ACCESS_KEY_INACTIVE: Check = Check {
    id: "root-access-key-inactive",
    area: Area::Rotation,
    severity: Severity::Medium,
    escalates: false,
    root: true,
    fails_when: "the key exists and is inactive",
    presets: &[Preset::Recommended, Preset::Cis70, Preset::Cis50, Preset::Cis30],
    frameworks: framework::ROOT_KEY,
    references: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user_manage_delete-key.html",
        CENTRAL_ACCESS,
    ],
    commands: &[command::ACCOUNT],
    rule: Rule::AccessKey(|key, context| {
        if key.active()? {
            Ok(Verdict::Pass)
        } else if key.exists()? {
            Ok(Verdict::fail_at_age(age_of_key(key, context)))
        } else {
            Ok(Verdict::NotApplicable)
        }
    }),
};

/// Root can sign in without a second factor.
///
/// Not applicable where root cannot sign in: in AWS `GovCloud` (US), and in a member account without
/// root credentials.
pub const MFA_DISABLED: Check = Check {
    id: "root-mfa-disabled",
    area: Area::Mfa,
    severity: Severity::Critical,
    escalates: false,
    root: true,
    fails_when: "`mfa_active` is false. Not applicable in the partition `aws-us-gov`, and where root has no credentials: `password_enabled` is false and no key is active. `not_supported` counts as having a password",
    presets: Preset::ALL,
    frameworks: framework::ROOT_MFA,
    references: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html",
        CENTRAL_ACCESS,
    ],
    commands: &[command::ACCOUNT],
    rule: Rule::User(mfa_disabled),
};

fn mfa_disabled(root: &User<'_>, _: &Context<'_>) -> RuleResult {
    if root.partition() == Some("aws-us-gov") {
        return Ok(Verdict::NotApplicable);
    }
    // Reports from before about 2024 say `not_supported` of root's password: it had one always.
    let password = match root.password_enabled() {
        Err(MissingInput { reason: MissingReason::NotSupported, .. }) => Ok(true),
        other => other,
    };
    let credentials = [password, root.access_key(1).active(), root.access_key(2).active()];
    if credentials == [Ok(false); 3] {
        return Ok(Verdict::NotApplicable);
    }
    if root.mfa_active()? {
        return Ok(Verdict::Pass);
    }
    if !credentials.contains(&Ok(true)) {
        // Whether there are root credentials at all hangs on each of these.
        for credential in credentials {
            credential?;
        }
    }
    Ok(Verdict::FAIL)
}

/// Root was used: its password or either of its keys.
pub const USED_RECENTLY: Check = Check {
    id: "root-used-recently",
    area: Area::LastUse,
    severity: Severity::High,
    escalates: false,
    root: true,
    fails_when: "the newest of `password_last_used` and the last use of both keys is within `root_used_days`",
    presets: &[Preset::Recommended, Preset::Cis70, Preset::Cis50, Preset::Cis30, Preset::Cis12],
    frameworks: framework::ROOT_USE,
    references: &[ROOT_USER],
    commands: &[command::ACCOUNT],
    rule: Rule::User(used_recently),
};

fn used_recently(root: &User<'_>, context: &Context<'_>) -> RuleResult {
    let uses = [root.password_last_used(), root.access_key(1).last_used(), root.access_key(2).last_used()];
    let newest = uses.iter().filter_map(|used| used.ok().flatten()).max();
    let limit = context.thresholds.root_used_days;
    if let Some(newest) = newest
        && context.age(newest) <= limit
    {
        return Ok(Verdict::fail_if(true, context.age(newest), limit));
    }
    // An unknown use might be newer than those that are known.
    for used in uses {
        used?;
    }
    Ok(Verdict::Pass)
}

/// A signing certificate of root is active.
pub const SIGNING_CERTIFICATE: Check = Check {
    id: "root-signing-certificate",
    area: Area::Credentials,
    severity: Severity::High,
    escalates: false,
    root: true,
    fails_when: "the certificate is active",
    presets: &[Preset::Recommended],
    frameworks: framework::NONE,
    references: &[ROOT_USER],
    commands: &[command::ACCOUNT],
    rule: Rule::Certificate(|certificate, context| {
        if certificate.active()? {
            Ok(Verdict::fail_at_age(age_of_certificate(certificate, context)))
        } else {
            // Whether an inactive certificate exists changes no verdict, only the count of passes.
            Ok(if certificate.exists() == Ok(true) { Verdict::Pass } else { Verdict::NotApplicable })
        }
    }),
};

/// The age of a key where the report tells it; for a sentence, so that a reason does no harm.
pub(super) fn age_of_key(key: &AccessKey<'_, '_>, context: &Context<'_>) -> Option<u32> {
    key.created().ok().flatten().map(|created| context.age(created))
}

/// The age of a certificate where the report tells it.
pub(super) fn age_of_certificate(certificate: &Certificate<'_, '_>, context: &Context<'_>) -> Option<u32> {
    certificate.created().ok().flatten().map(|created| context.age(created))
}

/// A pass for a key that exists, else nothing to evaluate.
fn pass_if_exists(key: &AccessKey<'_, '_>) -> Verdict {
    // Whether an inactive key exists changes no verdict here, only the count of those that pass.
    if key.exists() == Ok(true) { Verdict::Pass } else { Verdict::NotApplicable }
}

/// A reason in a column: it holds no time where one is needed.
pub(super) fn no_time(column: Column) -> MissingInput {
    MissingInput { column, reason: MissingReason::NoTime }
}
