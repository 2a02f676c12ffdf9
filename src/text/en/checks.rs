//! The checks, in English.

use super::sentences::{ago, created, days, limit, subject};
use crate::checks;
use crate::checks::Pattern;
use crate::report::Column;
use crate::text::CheckText;
use crate::text::sentences::{self, Since, grouped, moment};

/// The texts of each check, in table order.
pub(in crate::text) const CHECKS: [CheckText; checks::COUNT] = [
    CheckText {
        id: "root-access-key-active",
        title: "Root access key is active",
        why: "A root access key can do anything in the account, and no IAM policy can limit it. Requests \
              signed with it need no MFA, so anyone who obtains the key controls the account.",
        fix: "Find out which program uses the key: the report shows the service and region of its last \
              use, and CloudTrail shows the API calls of the root user.\n\
              Give that program a role with temporary credentials and only the permissions it needs.\n\
              Sign in to the console as the root user, deactivate the key under Security credentials, and \
              wait until you are sure that nothing fails; until then you can reactivate the key.\n\
              Delete the key there.\n\
              In a member account of an organization, you can delete the root user's credentials with \
              centralized root access, without signing in as the root user. In AWS GovCloud (US), where \
              the root user cannot sign in, manage the key through the AWS CLI with the root key itself.",
        finding: |f| format!("Root {} is active{}.", subject(&f.subject).to_lowercase(), created(f)),
    },
    CheckText {
        id: "root-access-key-inactive",
        title: "Inactive root access key still exists",
        why: "An inactive key cannot be used, but anyone signed in as the root user can reactivate it, and \
              its secret may still be stored in an old configuration. The root user should have no access \
              keys at all.",
        fix: "Check in CloudTrail that nothing has failed since the key was deactivated.\n\
              Sign in to the console as the root user and delete the key under Security credentials. This \
              cannot be undone.\n\
              In a member account of an organization, you can delete the root user's keys with centralized \
              root access, without signing in as the root user.",
        finding: |f| {
            format!("Root {} is inactive but still exists{}.", subject(&f.subject).to_lowercase(), created(f))
        },
    },
    CheckText {
        id: "root-mfa-disabled",
        title: "Root user without MFA",
        why: "The root user can do anything in the account, including closing it. Without MFA, the \
              password alone is enough to sign in, and so is control of the mailbox used to reset it.",
        fix: "Sign in to the console as the root user and register an MFA device under Security \
              credentials; a passkey or a hardware security key resists phishing.\n\
              Register a second device and keep it somewhere else, so that losing one does not lock you \
              out.\n\
              In a member account of an organization, you can delete all the root user's credentials with \
              centralized root access; then there is nothing left to protect.",
        finding: |_| "The root user has no active MFA device.".to_owned(),
    },
    CheckText {
        id: "root-used-recently",
        title: "Root user was used recently",
        why: "Very few tasks require the root user, no IAM policy limits it, and logs do not show which \
              person acted. Recent use means that everyday work is done as the root user, or that someone \
              has access who should not.",
        fix: "Check in CloudTrail what was done as the root user, and ask everyone who can sign in as the \
              root user whether it was them.\n\
              If nobody knows about it, treat the account as compromised: change the root password, check \
              MFA and keys, and open a case with AWS Support.\n\
              If it was everyday work, give that work to a role with the permissions it needs.\n\
              From then on, do not use the root user.",
        finding: |f| {
            let with = match sentences::newest_use(f) {
                Some(Column::PasswordLastUsed) => " with its password",
                Some(Column::AccessKey1LastUsedDate) => " with access key 1",
                Some(Column::AccessKey2LastUsedDate) => " with access key 2",
                _ => "",
            };
            match (f.evidence.age_days, f.evidence.threshold_days) {
                (Some(age), Some(limit)) => format!(
                    "The root user was last used {}{with} (recent: within {}).",
                    ago(age),
                    days(limit)
                ),
                (Some(age), None) => format!("The root user was last used {}{with}.", ago(age)),
                (None, _) => "The root user was used recently.".to_owned(),
            }
        },
    },
    CheckText {
        id: "root-signing-certificate",
        title: "Root signing certificate is active",
        why: "The private key of this X.509 certificate can sign requests to some legacy AWS interfaces as \
              the root user, without MFA. Hardly any tool needs such certificates today.",
        fix: "Find out whether a legacy tool still signs with it, for example one that bundles instance \
              store-backed AMIs.\n\
              Sign in to the console as the root user, deactivate the certificate under Security \
              credentials, and wait until you are sure that nothing fails.\n\
              Delete the certificate there.\n\
              In a member account of an organization, you can delete it with centralized root access, \
              without signing in as the root user.",
        finding: |f| format!("Root {} is active{}.", subject(&f.subject).to_lowercase(), created(f)),
    },
    CheckText {
        id: "console-mfa-disabled",
        title: "Console password without MFA",
        why: "Anyone who guesses, finds or phishes this password can sign in; nothing else is required.",
        fix: "Ask whether the user still needs the console. If not, delete the console password. The \
              user's access keys remain active; review them separately.\n\
              If so, have the user register an MFA device under Security credentials; a passkey or a \
              hardware security key resists phishing.\n\
              Attach a policy that denies everything except registering MFA while \
              `aws:MultiFactorAuthPresent` is not true. It also denies requests signed with the user's \
              access keys without MFA.\n\
              For people, IAM Identity Center with temporary credentials is better than an IAM password.",
        finding: |_| "The console password is enabled, but no MFA device is active.".to_owned(),
    },
    CheckText {
        id: "console-unused",
        title: "Console password unused",
        why: "An unused password is useful only to an attacker, and nobody notices when it is stolen. \
              Often its owner has changed jobs or left.",
        fix: "Find out who owns the user and whether the console is still needed.\n\
              If not, delete the console password. The user and its permissions remain, and you can set a \
              new password at any time. The user's access keys remain active; review them separately.\n\
              Wait a few weeks.\n\
              If nobody has missed it and no other credential of the user is in use, delete the user.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("The console password was last used {}{}.", ago(age), limit(f)),
            None => format!("The console password has been unused for too long{}.", limit(f)),
        },
    },
    CheckText {
        id: "console-never-used",
        title: "Console password never used",
        why: "A password that was never used to sign in is often the initial one, sent by email or chat \
              and never changed. Nobody needs it, and anyone who finds it can use it.",
        fix: "Find out who the password was set for and whether the console is needed at all; users for \
              programs do not need it.\n\
              If not, delete the console password. The user and its permissions remain, and you can set a \
              new password at any time. The user's access keys remain active; review them separately.\n\
              Wait a few weeks.\n\
              If nobody has missed it and no other credential of the user is in use, delete the user.",
        finding: |f| {
            let since = sentences::password_since(f);
            match (f.evidence.age_days, since) {
                (Some(age), Since::Tracking(day)) => format!(
                    "The console password shows no use since AWS started tracking it on {day} (last set {}).",
                    ago(age)
                ),
                (Some(age), Since::Changed) => {
                    format!("The console password has not been used since it was set {}.", ago(age))
                }
                (Some(age), Since::UserCreated) => {
                    format!("The console password has not been used since the user was created {}.", ago(age))
                }
                (None, _) => "The console password has never been used.".to_owned(),
            }
        },
    },
    CheckText {
        id: "password-old",
        title: "Console password not changed",
        why: "The older a password, the more places it may have leaked to: other sites, old notes, old \
              devices. Some standards, including PCI DSS, set a maximum age.",
        fix: "Ask whether the user still needs the console. If not, delete the console password. The \
              user's access keys remain active; review them separately.\n\
              If so, have the password changed: the user changes it under Security credentials, or you \
              require a new password at the next sign-in. The user needs the `iam:ChangePassword` \
              permission.\n\
              Make sure that MFA is on; it does more than a password change.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("The console password was last changed {}{}.", ago(age), limit(f)),
            None => format!("The console password is too old{}.", limit(f)),
        },
    },
    CheckText {
        id: "password-expired",
        title: "Console password has expired",
        why: "The password has expired and nobody has signed in to renew it, a sign that the user is no \
              longer needed. It is still enabled, and unless the account forbids it, anyone who knows the \
              old password can set a new one at sign-in.",
        fix: "Find out who owns the user and whether the console is still needed.\n\
              If not, delete the console password; you can set a new one at any time. The user's access \
              keys do not expire with the password and remain active; review them separately.\n\
              If so, the user sets a new password at the next sign-in. If the password policy prevents \
              this after expiration, an administrator sets it.\n\
              Wait a few weeks, and delete the user if none of its credentials is in use.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("The console password expired {}.", ago(age)),
            None => "The console password has expired.".to_owned(),
        },
    },
    CheckText {
        id: "password-expiry-not-set",
        title: "Passwords do not expire",
        why: "The report shows no expiration for enabled passwords, so the account probably has no \
              password policy that sets one. The passwords of people who have left then remain valid until \
              someone deletes them.",
        fix: "Check the password policy of the account.\n\
              Decide whether your rules require expiration. Some do not if every user has MFA and unused \
              passwords are deleted; in that case, turn this check off.\n\
              If they do, set the expiration under Account settings in the IAM console. The command \
              `aws iam update-account-password-policy` replaces the whole policy: specify every setting, \
              because omitted settings return to their defaults.",
        finding: |f| match f.evidence.concerned {
            Some((1, 1)) => "The one enabled password does not expire.".to_owned(),
            Some((some, all)) if some == all => {
                format!("None of the {} enabled passwords expires.", grouped(all))
            }
            Some((1, all)) => format!("1 of {} enabled passwords does not expire.", grouped(all)),
            Some((some, all)) => {
                format!("{} of {} enabled passwords do not expire.", grouped(some), grouped(all))
            }
            None => "Enabled passwords do not expire.".to_owned(),
        },
    },
    CheckText {
        id: "access-key-not-rotated",
        title: "Access key not rotated",
        why: "An access key is valid until someone deactivates it. The older it is, the more \
              configurations, images, backups and laptops hold a copy, and the harder it is to know which.",
        fix: "Find out which program uses the key and whether it can use a role with temporary credentials \
              instead; then there is nothing left to rotate.\n\
              If it cannot, create a second key. A user can have at most two keys: delete an inactive one \
              first.\n\
              Move every program to the new key, and wait until the last use of the old key stops \
              changing.\n\
              Deactivate the old key; you can reactivate it if something fails.\n\
              Wait a few weeks, and then delete the old key.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("{} is {} old{}.", subject(&f.subject), days(age), limit(f)),
            None => format!("{} is too old{}.", subject(&f.subject), limit(f)),
        },
    },
    CheckText {
        id: "access-key-unused",
        title: "Access key unused",
        why: "A key that no program needs anymore can still do everything its user can, and nobody notices \
              when someone else uses it.",
        fix: "Find out what the key was for: the report shows the service and region of its last use.\n\
              Deactivate the key; you can reactivate it. If the user has a console password, it remains \
              enabled; review it separately.\n\
              Wait long enough for monthly, quarterly and yearly jobs to run.\n\
              Delete the key. If the work is still needed, give it to a role with temporary credentials.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("{} was last used {}{}.", subject(&f.subject), ago(age), limit(f)),
            None => format!("{} has been unused for too long{}.", subject(&f.subject), limit(f)),
        },
    },
    CheckText {
        id: "access-key-never-used",
        title: "Access key never used",
        why: "No program depends on a key that was never used, yet someone received its secret and it is \
              stored somewhere. It is the safest credential to delete.",
        fix: "Ask the owner of the user what the key was created for.\n\
              Deactivate the key; you can reactivate it. If the user has a console password, it remains \
              enabled; review it separately.\n\
              Wait a few weeks; use in the last few hours may not be in the report yet.\n\
              Delete the key. If a program does need access, prefer a role with temporary credentials.",
        finding: |f| match (f.evidence.age_days, sentences::key_tracked_from(f)) {
            (Some(age), Some(day)) => format!(
                "{} shows no use since AWS started tracking it on {day} (created {}).",
                subject(&f.subject),
                ago(age)
            ),
            (Some(age), None) => {
                format!("{} has not been used since it was created {}.", subject(&f.subject), ago(age))
            }
            (None, _) => format!("{} has never been used.", subject(&f.subject)),
        },
    },
    CheckText {
        id: "access-key-inactive",
        title: "Inactive access key still exists",
        why: "An inactive key cannot be used, but it can be reactivated, and it takes one of the two slots \
              that rotation needs. Deactivation is a step toward deletion, not a substitute for it.",
        fix: "Find out when the key was deactivated, for example in CloudTrail (`UpdateAccessKey`).\n\
              Wait until you are sure that nothing has failed without it.\n\
              Delete the key. This cannot be undone.",
        finding: |f| format!("{} is inactive but still exists{}.", subject(&f.subject), created(f)),
    },
    CheckText {
        id: "two-active-access-keys",
        title: "Two active access keys",
        why: "Two active keys are meant for the few days of a rotation. After that, the second is one more \
              secret that can leak, and it is unclear which program uses which.",
        fix: "Find out which program uses which key: the report shows the service, region and time of each \
              last use.\n\
              If one is not in use, deactivate it; you can reactivate it. If both are in use, move the \
              programs to the newer one, or to roles with temporary credentials, and deactivate the other.\n\
              Wait a few weeks.\n\
              Delete the deactivated key.",
        finding: |f| {
            let within = f
                .evidence
                .threshold_days
                .map_or_else(|| "recently".to_owned(), |n| format!("in the last {}", days(n)));
            match (f.evidence.pattern, f.evidence.deactivate) {
                (Some(Pattern::BothInUse), _) => {
                    format!("Both access keys are active, and both were used {within}.")
                }
                (Some(Pattern::RotationUnfinished), Some(key)) => {
                    let which = match key.created {
                        Some(created) => format!("the one created {}", moment(created)),
                        None => format!("access key {}", key.slot),
                    };
                    format!("Both access keys are active; {which} is not in use and can be deactivated.")
                }
                (Some(Pattern::RotationUnfinished), None) => {
                    "Both access keys are active; one is not in use and can be deactivated.".to_owned()
                }
                (Some(Pattern::NeitherInUse), _) => {
                    format!("Both access keys are active, but neither was used {within}.")
                }
                (None, _) => "Both access keys are active.".to_owned(),
            }
        },
    },
    CheckText {
        id: "password-and-access-key",
        title: "Console password and access key on one user",
        why: "A user shared by a person and a program has the permissions of both, and logs do not show \
              who did what. When the person leaves, deleting the user stops the program.",
        fix: "Find out whether a program or the same person uses the access key.\n\
              Give a program its own role with temporary credentials; have a person use `aws login` or IAM \
              Identity Center instead of the key.\n\
              Deactivate the key or delete the password, whichever is no longer needed; the other one \
              still works. You can reactivate a key, and you can set a new password.\n\
              Wait a few weeks, and then delete the deactivated key.",
        finding: |f| {
            if sentences::active_keys(f) == 2 {
                "The user has a console password and two active access keys.".to_owned()
            } else {
                "The user has a console password and an active access key.".to_owned()
            }
        },
    },
    CheckText {
        id: "access-key-made-with-user",
        title: "Access key created with the user",
        why: "Such a key was created in the same step as the user, usually in case it would be needed. \
              Create a key only when a program needs it, so that its purpose and location are known.",
        fix: "Check the last use of the key to find out whether any program uses it.\n\
              If none does, deactivate it; you can reactivate it. The console password remains enabled; \
              review it separately.\n\
              Wait a few weeks, and then delete the key.\n\
              If one does, give it a role with temporary credentials, or its own key.",
        finding: |f| match f.subject.created {
            Some(created) => {
                format!(
                    "{} was created within seconds of the user, on {}.",
                    subject(&f.subject),
                    created.date()
                )
            }
            None => format!("{} was created within seconds of the user.", subject(&f.subject)),
        },
    },
    CheckText {
        id: "user-mfa-disabled",
        title: "User with access keys but no MFA",
        why: "Access keys work without MFA unless a policy requires it with `aws:MultiFactorAuthPresent`. \
              Without an MFA device, this user cannot satisfy such a policy.",
        fix: "Find out whether a program or a person uses the keys.\n\
              For a program, MFA does not help: give it a role with temporary credentials, and deactivate \
              the keys.\n\
              For a person, register an MFA device and require MFA in the policies of the user, or better, \
              use IAM Identity Center.\n\
              Wait a few weeks, and then delete the deactivated keys.",
        finding: |_| "The user has an active access key, no console password, and no MFA device.".to_owned(),
    },
    CheckText {
        id: "signing-certificate-active",
        title: "Signing certificate is active",
        why: "Signing certificates (X.509) are used only by some legacy AWS interfaces. Most have been \
              forgotten, and like access keys they remain valid until someone deactivates them.",
        fix: "Find out whether a legacy tool still signs with it, for example one that bundles instance \
              store-backed AMIs.\n\
              Deactivate the certificate; you can reactivate it.\n\
              Wait a few weeks.\n\
              Delete the certificate.",
        finding: |f| format!("{} is active{}.", subject(&f.subject), created(f)),
    },
    CheckText {
        id: "user-without-credentials",
        title: "User without credentials",
        why: "This user has no console password, access key or signing certificate, so it is probably a \
              leftover. Its permissions remain, and anyone who can create a key for it gets them.",
        fix: "Find out what else depends on the user: policies, groups, SSH keys and service-specific \
              credentials are not in the report, and the user may still be in use through them.\n\
              Detach its policies and remove the user from its groups; this can be undone.\n\
              Wait a few weeks.\n\
              Delete the user.",
        finding: |f| match f.evidence.age_days {
            Some(age) => {
                format!("The user has no console password, access key or certificate (created {}).", ago(age))
            }
            None => "The user has no console password, access key or certificate.".to_owned(),
        },
    },
    CheckText {
        id: "user-dormant",
        title: "Dormant user",
        why: "None of this user's credentials has been used for a long time, but all of them still work. \
              Probably the person has left or the program is gone.",
        fix: "Find out who or what the user was for.\n\
              Deactivate its access keys and delete its console password; doing only one leaves the other \
              usable. You can reactivate keys, and you can set a new password.\n\
              Wait a few weeks.\n\
              Delete the keys, and then the user.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!(
                "No console password or access key of the user has been used for {}{}.",
                days(age),
                limit(f)
            ),
            None => format!("No console password or access key of the user is in use{}.", limit(f)),
        },
    },
];
