//! The checks of users as a whole.

use super::root::no_time;
use super::{Area, Check, Context, Preset, Rule, RuleResult, Severity, Verdict, command, framework};
use crate::report::{MissingInput, Timestamp, User};

const UNUSED: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html";

/// A user that nobody can use: no password, no key, no certificate.
pub const WITHOUT_CREDENTIALS: Check = Check {
    id: "user-without-credentials",
    area: Area::Credentials,
    severity: Severity::Low,
    escalates: false,
    root: false,
    fails_when: "the password is not enabled, no key and no certificate exists, and the user is at least `no_credentials_days` old",
    presets: &[Preset::Recommended],
    frameworks: framework::NONE,
    references: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html"],
    commands: &[
        "list-attached-user-policies {user}",
        "list-user-policies {user}",
        "list-groups-for-user {user}",
        "list-ssh-public-keys {user}",
        "list-service-specific-credentials {user}",
        command::LIST_MFA,
        // AWS refuses this while anything hangs on the user.
        "delete-user {user}",
    ],
    rule: Rule::User(without_credentials),
};

fn without_credentials(user: &User<'_>, context: &Context<'_>) -> RuleResult {
    let present = [
        user.password_enabled(),
        user.access_key(1).exists(),
        user.access_key(2).exists(),
        user.certificate(1).exists(),
        user.certificate(2).exists(),
    ];
    if present.contains(&Ok(true)) {
        return Ok(Verdict::NotApplicable);
    }
    for credential in present {
        credential?;
    }
    let (age, limit) = (context.age(user.created()?), context.thresholds.no_credentials_days);
    Ok(Verdict::fail_if(age >= limit, age, limit))
}

/// A user whose credentials are all unused.
pub const DORMANT: Check = Check {
    id: "user-dormant",
    area: Area::LastUse,
    severity: Severity::Medium,
    escalates: true,
    root: false,
    fails_when: "there is an enabled password or an active key, and each of them is unused for at least `dormant_days`: since its last use, or if it was never used, since it was set or created. The age is the smallest of these",
    presets: &[Preset::Recommended],
    frameworks: framework::NONE,
    references: &[UNUSED],
    commands: &[
        command::LIST_KEYS,
        command::LAST_USE_OF_KEY,
        command::DEACTIVATE_KEY,
        command::DELETE_PASSWORD,
        command::DELETE_KEY,
    ],
    rule: Rule::User(dormant),
};

fn dormant(user: &User<'_>, context: &Context<'_>) -> RuleResult {
    let limit = context.thresholds.dormant_days;
    let (mut least, mut missing) = (None, None);
    for slot in 0..=2 {
        let since = if slot == 0 { password_idle_since(user) } else { key_idle_since(user, slot) };
        match since {
            Ok(Some(since)) => {
                let age = context.age(since);
                if age < limit {
                    // One credential in use is enough, whatever cannot be read of the others.
                    return Ok(Verdict::Pass);
                }
                least = Some(least.map_or(age, |least: u32| least.min(age)));
            }
            Ok(None) => {}
            Err(reason) => missing = missing.or(Some(reason)),
        }
    }
    match (missing, least) {
        (Some(reason), _) => Err(reason),
        (None, None) => Ok(Verdict::NotApplicable),
        (None, Some(age)) => Ok(Verdict::fail_if(true, age, limit)),
    }
}

/// Since when an enabled password is unused; `None` where there is none.
fn password_idle_since(user: &User<'_>) -> Result<Option<Timestamp>, MissingInput> {
    if !user.password_enabled()? {
        return Ok(None);
    }
    match user.password_last_used()? {
        Some(used) => Ok(Some(used)),
        None => user.password_set().map(Some),
    }
}

/// Since when an active key is unused; `None` where there is none.
fn key_idle_since(user: &User<'_>, slot: u8) -> Result<Option<Timestamp>, MissingInput> {
    let key = user.access_key(slot);
    if !key.active()? {
        return Ok(None);
    }
    match key.last_used()? {
        Some(used) => Ok(Some(used)),
        None => key.created()?.ok_or(no_time(key.created_column())).map(Some),
    }
}
