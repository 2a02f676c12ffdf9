//! The checks of users' access keys.

use super::Pattern;
use super::framework;
use super::root::{age_of_key, no_time};
use super::{
    Area, Check, Context, Failure, KeyToDeactivate, Preset, Rule, RuleResult, Severity, Verdict, command,
};
use crate::report::User;

const ACCESS_KEYS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html";
const ROTATE: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html";
const UNUSED_KEYS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html";
const BEST_PRACTICES: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html";

/// How far a key's creation may lie from its user's for the two to be one act, in seconds.
const SAME_ACT_SECONDS: u64 = 10;

/// An active key that should have been replaced.
pub const NOT_ROTATED: Check = Check {
    id: "access-key-not-rotated",
    area: Area::Rotation,
    severity: Severity::Medium,
    escalates: true,
    root: false,
    fails_when: "the key is active and was created more than `key_max_age_days` ago",
    presets: Preset::ALL,
    frameworks: framework::KEY_ROTATION,
    references: &[ROTATE, BEST_PRACTICES],
    commands: &[
        command::LIST_KEYS,
        command::LAST_USE_OF_KEY,
        command::CREATE_KEY,
        command::DEACTIVATE_KEY,
        command::DELETE_KEY,
    ],
    rule: Rule::AccessKey(|key, context| {
        if !key.active()? {
            return Ok(Verdict::NotApplicable);
        }
        let created = key.created()?.ok_or(no_time(key.created_column()))?;
        let (age, limit) = (context.age(created), context.thresholds.key_max_age_days);
        Ok(Verdict::fail_if(age > limit, age, limit))
    }),
};

/// An active key that was used once, but not of late.
pub const UNUSED: Check = Check {
    id: "access-key-unused",
    area: Area::LastUse,
    severity: Severity::Medium,
    escalates: true,
    root: false,
    fails_when: "the key is active, was used, and is unused for `unused_days`",
    presets: Preset::ALL,
    frameworks: framework::UNUSED,
    references: &[UNUSED_KEYS],
    commands: command::RETIRE_KEY,
    rule: Rule::AccessKey(|key, context| {
        if !key.active()? {
            return Ok(Verdict::NotApplicable);
        }
        let Some(used) = key.last_used()? else { return Ok(Verdict::NotApplicable) };
        let (age, limit) = (context.age(used), context.thresholds.unused_days);
        Ok(Verdict::fail_if(age >= limit, age, limit))
    }),
};

/// An active key that was never used, and is not new.
pub const NEVER_USED: Check = Check {
    id: "access-key-never-used",
    area: Area::LastUse,
    severity: Severity::Medium,
    escalates: true,
    root: false,
    fails_when: "the key is active, was never used, and is at least `never_used_days` old",
    presets: Preset::ALL,
    frameworks: framework::UNUSED,
    references: &[UNUSED_KEYS],
    commands: command::RETIRE_KEY,
    rule: Rule::AccessKey(|key, context| {
        if !key.active()? || key.was_used()? {
            return Ok(Verdict::NotApplicable);
        }
        let created = key.created()?.ok_or(no_time(key.created_column()))?;
        let (age, limit) = (context.age(created), context.thresholds.never_used_days);
        Ok(Verdict::fail_if(age >= limit, age, limit))
    }),
};

/// A key that was deactivated and never deleted.
pub const INACTIVE: Check = Check {
    id: "access-key-inactive",
    area: Area::Credentials,
    severity: Severity::Low,
    escalates: false,
    root: false,
    fails_when: "the key exists and is inactive",
    presets: &[Preset::Recommended],
    frameworks: framework::NONE,
    references: &[ACCESS_KEYS],
    commands: &[command::LIST_KEYS, command::LAST_USE_OF_KEY, command::DELETE_KEY],
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

/// Two active keys at once.
pub const TWO_ACTIVE: Check = Check {
    id: "two-active-access-keys",
    area: Area::Credentials,
    severity: Severity::Medium,
    escalates: false,
    root: false,
    fails_when: "both keys are active. The pattern shows whether both, one (`rotation-unfinished`) or neither was used within `in_use_days`",
    presets: &[Preset::Recommended, Preset::Cis50, Preset::Cis30],
    frameworks: framework::ONE_ACTIVE_KEY,
    references: &[ROTATE],
    commands: command::RETIRE_KEY,
    rule: Rule::User(two_active),
};

fn two_active(user: &User<'_>, context: &Context<'_>) -> RuleResult {
    let keys = [user.access_key(1), user.access_key(2)];
    match (keys[0].active(), keys[1].active()) {
        (Ok(true), Ok(true)) => {}
        (Ok(false), Ok(false)) => return Ok(Verdict::NotApplicable),
        (Ok(false), _) | (_, Ok(false)) => return Ok(Verdict::Pass),
        (first, second) => {
            first?;
            second?;
        }
    }
    let limit = context.thresholds.in_use_days;
    let in_use = |used: Option<_>| used.is_some_and(|used| context.age(used) <= limit);
    // Two active keys are two whatever is known of their use; only the pattern needs it.
    let (pattern, idle) = match (keys[0].last_used(), keys[1].last_used()) {
        (Ok(first), Ok(second)) => match (in_use(first), in_use(second)) {
            (true, true) => (Some(Pattern::BothInUse), None),
            (true, false) => (Some(Pattern::RotationUnfinished), Some(&keys[1])),
            (false, true) => (Some(Pattern::RotationUnfinished), Some(&keys[0])),
            (false, false) => (Some(Pattern::NeitherInUse), None),
        },
        _ => (None, None),
    };
    Ok(Verdict::Fail(Failure {
        age_days: None,
        threshold_days: pattern.map(|_| limit),
        pattern,
        deactivate: idle
            .map(|key| KeyToDeactivate { slot: key.slot(), created: key.created().ok().flatten() }),
    }))
}

/// A user who signs in and whose programs do, too.
pub const WITH_PASSWORD: Check = Check {
    id: "password-and-access-key",
    area: Area::Credentials,
    severity: Severity::Low,
    escalates: false,
    root: false,
    fails_when: "the password is enabled and at least one key is active",
    presets: &[Preset::Recommended],
    frameworks: framework::NONE,
    references: &[BEST_PRACTICES],
    // Which of the two has to go is for a person to say.
    commands: &[command::LOOK_AT_PASSWORD, command::LIST_KEYS, command::LAST_USE_OF_KEY],
    rule: Rule::User(|user, _| {
        let keys = [user.access_key(1).active(), user.access_key(2).active()];
        let (password, any) = (user.password_enabled(), keys.contains(&Ok(true)));
        if password == Ok(false) || keys == [Ok(false); 2] {
            return Ok(if any || password == Ok(true) { Verdict::Pass } else { Verdict::NotApplicable });
        }
        if !any {
            keys[0]?;
            keys[1]?;
        }
        password?;
        Ok(Verdict::FAIL)
    }),
};

/// A key that was created in one step with its user, for nobody in particular.
pub const CREATED_WITH_USER: Check = Check {
    id: "access-key-made-with-user",
    area: Area::Credentials,
    severity: Severity::Low,
    escalates: false,
    root: false,
    fails_when: "the password is enabled, the key is active, and it was created within 10 seconds of the user",
    presets: &[Preset::Recommended, Preset::Cis50, Preset::Cis30, Preset::Cis12],
    frameworks: framework::KEY_AT_CREATION,
    references: &[ACCESS_KEYS],
    commands: command::RETIRE_KEY,
    rule: Rule::AccessKey(|key, _| {
        let (active, password) = (key.active(), key.user().password_enabled());
        if active == Ok(false) || password == Ok(false) {
            return Ok(Verdict::NotApplicable);
        }
        active?;
        password?;
        let created = key.created()?.ok_or(no_time(key.created_column()))?;
        let user = key.user().created()?;
        let apart = created.unix().abs_diff(user.unix());
        Ok(if apart <= SAME_ACT_SECONDS { Verdict::FAIL } else { Verdict::Pass })
    }),
};

/// A user with keys alone and no MFA device; off by default, since a program cannot use one.
pub const MFA_DISABLED: Check = Check {
    id: "user-mfa-disabled",
    area: Area::Mfa,
    severity: Severity::Info,
    escalates: false,
    root: false,
    fails_when: "there is no password, at least one key is active, and `mfa_active` is false",
    presets: &[],
    frameworks: framework::USER_MFA,
    references: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    ],
    commands: &[command::LIST_MFA, command::LIST_KEYS, command::LAST_USE_OF_KEY],
    rule: Rule::User(|user, _| {
        if user.password_enabled()? {
            return Ok(Verdict::NotApplicable);
        }
        let (first, second) = (user.access_key(1).active(), user.access_key(2).active());
        if first != Ok(true) && second != Ok(true) {
            first?;
            second?;
            return Ok(Verdict::NotApplicable);
        }
        Ok(if user.mfa_active()? { Verdict::Pass } else { Verdict::FAIL })
    }),
};
