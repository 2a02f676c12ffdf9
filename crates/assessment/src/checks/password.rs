//! The checks of console passwords.

use super::framework;
use super::root::no_time;
use super::{Area, Check, Preset, Rule, Severity, Verdict, command};
use crate::report::Column;

const UNUSED_PASSWORDS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html";
const PASSWORD_POLICY: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html";

/// A console password without a second factor.
pub const MFA_DISABLED: Check = Check {
    id: "console-mfa-disabled",
    area: Area::Mfa,
    severity: Severity::High,
    escalates: false,
    root: false,
    fails_when: "the password is enabled and `mfa_active` is false",
    presets: Preset::ALL,
    frameworks: framework::CONSOLE_MFA,
    references: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html"],
    commands: &[command::LIST_MFA],
    rule: Rule::Password(|user, _| {
        if !user.password_enabled()? {
            return Ok(Verdict::NotApplicable);
        }
        Ok(if user.mfa_active()? { Verdict::Pass } else { Verdict::FAIL })
    }),
};

/// A console password that was used once, but not of late.
pub const UNUSED: Check = Check {
    id: "console-unused",
    area: Area::LastUse,
    severity: Severity::Medium,
    escalates: true,
    root: false,
    fails_when: "the password is enabled, was used, and is unused for `unused_days`",
    presets: Preset::ALL,
    frameworks: framework::UNUSED,
    references: &[UNUSED_PASSWORDS],
    commands: command::RETIRE_PASSWORD,
    rule: Rule::Password(|user, context| {
        if !user.password_enabled()? {
            return Ok(Verdict::NotApplicable);
        }
        let Some(used) = user.password_last_used()? else { return Ok(Verdict::NotApplicable) };
        let (age, limit) = (context.age(used), context.thresholds.unused_days);
        Ok(Verdict::fail_if(age >= limit, age, limit))
    }),
};

/// A console password that was never used, and is not new.
pub const NEVER_USED: Check = Check {
    id: "console-never-used",
    area: Area::LastUse,
    severity: Severity::Medium,
    escalates: true,
    root: false,
    fails_when: "the password is enabled, was never used, and its age since it was last changed (where that is missing, since the user was created) is at least `never_used_days`",
    presets: Preset::ALL,
    frameworks: framework::UNUSED,
    references: &[UNUSED_PASSWORDS],
    commands: command::RETIRE_PASSWORD,
    rule: Rule::Password(|user, context| {
        if !user.password_enabled()? || user.password_was_used()? {
            return Ok(Verdict::NotApplicable);
        }
        let age = context.age(user.password_set()?);
        let limit = context.thresholds.never_used_days;
        Ok(Verdict::fail_if(age >= limit, age, limit))
    }),
};

/// A console password that was not changed for long.
pub const OLD: Check = Check {
    id: "password-old",
    area: Area::Rotation,
    severity: Severity::Low,
    escalates: true,
    root: false,
    fails_when: "the password is enabled and was last changed more than `password_max_age_days` ago",
    presets: &[Preset::Recommended, Preset::PciDss401],
    frameworks: framework::NONE,
    references: &[PASSWORD_POLICY],
    commands: &[command::LOOK_AT_PASSWORD, command::RESET_PASSWORD],
    rule: Rule::Password(|user, context| {
        if !user.password_enabled()? {
            return Ok(Verdict::NotApplicable);
        }
        let changed = user.password_last_changed()?.ok_or(no_time(Column::PasswordLastChanged))?;
        let (age, limit) = (context.age(changed), context.thresholds.password_max_age_days);
        Ok(Verdict::fail_if(age > limit, age, limit))
    }),
};

/// A console password past the day by which the account wants it changed.
pub const EXPIRED: Check = Check {
    id: "password-expired",
    area: Area::Rotation,
    severity: Severity::Low,
    escalates: false,
    root: false,
    fails_when: "the password is enabled and `password_next_rotation` is in the past",
    presets: &[Preset::Recommended],
    frameworks: framework::NONE,
    references: &[PASSWORD_POLICY],
    commands: &[
        command::PASSWORD_POLICY,
        command::LOOK_AT_PASSWORD,
        command::LIST_KEYS,
        command::DELETE_PASSWORD,
    ],
    rule: Rule::Password(|user, context| {
        if !user.password_enabled()? {
            return Ok(Verdict::NotApplicable);
        }
        let Some(expires) = user.password_next_rotation()? else { return Ok(Verdict::NotApplicable) };
        Ok(if expires < context.as_of {
            Verdict::fail_at_age(Some(context.age(expires)))
        } else {
            Verdict::Pass
        })
    }),
};

/// Passwords of the account do not expire: it probably has no password policy that says so.
pub const EXPIRY_NOT_SET: Check = Check {
    id: "password-expiry-not-set",
    area: Area::Rotation,
    severity: Severity::Low,
    escalates: false,
    root: false,
    fails_when: "at least one enabled password never expires: the account probably has no password policy with an expiration. One finding per account",
    presets: &[Preset::Recommended],
    frameworks: framework::NONE,
    references: &[PASSWORD_POLICY],
    // What sets a password policy replaces the whole of it, so it is not offered for pasting.
    commands: &[command::PASSWORD_POLICY],
    rule: Rule::Account(|passwords| match (passwords.without_expiry, passwords.missing) {
        (1.., _) => Ok(Verdict::FAIL),
        (0, Some(missing)) => Err(missing),
        (0, None) if passwords.enabled > 0 => Ok(Verdict::Pass),
        (0, None) => Ok(Verdict::NotApplicable),
    }),
};
