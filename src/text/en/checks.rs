//! The checks, in English.

use super::sentences::{ago, days, limit, made, subject};
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
        why: "A root access key may do anything in the account, and no IAM policy can limit it. Requests \
              that it signs need no MFA, so whoever gets hold of the key holds the account.",
        fix: "Find out which program uses the key: the report names the service and region of its last \
              use, CloudTrail the calls made as root.\n\
              Give that program a role with temporary credentials, with the permissions that it needs and \
              no more.\n\
              Sign in as root in the console, deactivate the key under Security credentials, and wait \
              until it is clear that nothing fails; until then the key can be activated again.\n\
              Delete the key there.\n\
              In a member account of an organization, central root access removes root's credentials \
              without a sign-in as root. In AWS GovCloud (US), where root cannot sign in, the key is \
              managed through the AWS CLI with the root key itself.",
        finding: |f| format!("Root {} is active{}.", subject(&f.subject).to_lowercase(), made(f)),
    },
    CheckText {
        id: "root-access-key-inactive",
        title: "Inactive root access key still exists",
        why: "Nobody can use an inactive key, but anyone signed in as root can activate it again, and its \
              secret may still lie in some old configuration. The root user should have no access key at \
              all.",
        fix: "Check in CloudTrail that nothing has failed since the key was deactivated.\n\
              Sign in as root in the console and delete the key under Security credentials. This cannot \
              be undone.\n\
              In a member account of an organization, central root access removes root's keys without a \
              sign-in as root.",
        finding: |f| {
            format!("Root {} is inactive but still exists{}.", subject(&f.subject).to_lowercase(), made(f))
        },
    },
    CheckText {
        id: "root-mfa-disabled",
        title: "Root user without MFA",
        why: "The root user may do anything in the account, close it included. Without MFA its password \
              alone, or control of its mailbox to reset that password, is enough to sign in.",
        fix: "Sign in as root in the console and register an MFA device under Security credentials; a \
              passkey or a hardware security key resists phishing.\n\
              Register a second device and keep it somewhere else, so that the loss of one does not lock \
              you out.\n\
              In a member account of an organization, central root access can remove root's credentials \
              altogether; then there is nothing left to protect.",
        finding: |_| "The root user has no active MFA device.".to_owned(),
    },
    CheckText {
        id: "root-used-recently",
        title: "Root user was used recently",
        why: "Very few tasks need the root user, no IAM policy limits it, and its log does not tell which \
              person acted. Recent use means either that daily work is done as root, or that somebody is \
              there who should not be.",
        fix: "Look in CloudTrail for what was done as root, and ask those who can sign in as root whether \
              it was them.\n\
              If nobody knows of it, treat the account as compromised: change the root password, check \
              MFA and keys, and open a case with AWS Support.\n\
              If it was daily work, give that work to a role with the permissions that it needs.\n\
              Leave the root user alone from then on; a root user that is never used is as it should be.",
        finding: |f| {
            let with = match sentences::newest_use(f) {
                Some(Column::PasswordLastUsed) => " with its password",
                Some(Column::AccessKey1LastUsedDate) => " with access key 1",
                Some(Column::AccessKey2LastUsedDate) => " with access key 2",
                _ => "",
            };
            match (f.evidence.age_days, f.evidence.threshold_days) {
                (Some(age), Some(limit)) => format!(
                    "The root user was last used {}{with}; use within {} counts as recent.",
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
        why: "With the private key of this X.509 certificate, requests to some older AWS interfaces can \
              be signed as root, without MFA. Hardly any tool needs such certificates today.",
        fix: "Find out whether some old tool still signs with it, for instance one that bundles instance \
              store-backed images.\n\
              Sign in as root in the console, deactivate the certificate under Security credentials, and \
              wait until it is clear that nothing fails.\n\
              Delete the certificate there.\n\
              In a member account of an organization, central root access removes it without a sign-in as \
              root.",
        finding: |f| format!("Root {} is active{}.", subject(&f.subject).to_lowercase(), made(f)),
    },
    CheckText {
        id: "console-mfa-disabled",
        title: "Console password without MFA",
        why: "Whoever guesses, finds or phishes this password can sign in; nothing else is asked for.",
        fix: "Ask whether the user still needs the console. If not, delete the console password; its \
              access keys stay alive and are a matter of their own.\n\
              If so, let the user register an MFA device under Security credentials; a passkey or a \
              hardware security key resists phishing.\n\
              Attach a policy that denies everything but the registration of MFA while \
              `aws:MultiFactorAuthPresent` is not true. It stops access keys of the user that are used \
              without MFA, too.\n\
              For people, IAM Identity Center with temporary credentials is better than a password in IAM.",
        finding: |_| "The console password is enabled, but no MFA device is active.".to_owned(),
    },
    CheckText {
        id: "console-unused",
        title: "Console password unused",
        why: "A password that nobody uses helps only those who should not have it, and nobody notices \
              when it is stolen. Often its owner has changed jobs or left.",
        fix: "Find out who owns the user and whether the console is still needed.\n\
              If not, delete the console password. The user and its permissions stay, and a new password \
              can be set at any time. Its access keys stay alive: judge them apart.\n\
              Wait for some weeks.\n\
              When nobody has missed it, and the user has no other credential in use, delete the user.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("The console password was last used {}{}.", ago(age), limit(f)),
            None => format!("The console password has not been used for too long{}.", limit(f)),
        },
    },
    CheckText {
        id: "console-never-used",
        title: "Console password never used",
        why: "A password that nobody ever signed in with is often the first one, sent by mail or chat and \
              never changed. Nobody needs it, and whoever finds it can use it.",
        fix: "Find out for whom the password was set and whether the console is needed at all; users for \
              programs need none.\n\
              If not, delete the console password. The user and its permissions stay, and a new password \
              can be set at any time. Its access keys stay alive: judge them apart.\n\
              Wait for some weeks.\n\
              When nobody has missed it, and the user has no other credential in use, delete the user.",
        finding: |f| {
            let since = sentences::password_since(f);
            match (f.evidence.age_days, since) {
                (Some(age), Since::Tracking(day)) => format!(
                    "The console password shows no use since AWS began to record it on {day}; it was last \
                     set {}.",
                    ago(age)
                ),
                (Some(age), Since::Changed) => {
                    format!("The console password has never been used in the {} since it was set.", days(age))
                }
                (Some(age), Since::UserMade) => format!(
                    "The console password has never been used in the {} since the user was made.",
                    days(age)
                ),
                (None, _) => "The console password has never been used.".to_owned(),
            }
        },
    },
    CheckText {
        id: "password-old",
        title: "Console password not changed",
        why: "The older a password, the more places it may have leaked to: other sites, old notes, former \
              machines. Some rules, PCI DSS among them, set an age at which it must be changed.",
        fix: "Ask whether the user still needs the console. If not, delete the console password; its \
              access keys stay alive and are a matter of their own.\n\
              If so, have it changed: the user does it under Security credentials, or you require a new \
              password at the next sign-in. The user needs the permission `iam:ChangePassword` for it.\n\
              See to it that MFA is on; it does more than any change of password.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("The console password was last changed {}{}.", ago(age), limit(f)),
            None => format!("The console password has not been changed for too long{}.", limit(f)),
        },
    },
    CheckText {
        id: "password-expired",
        title: "Console password has expired",
        why: "The password is past its expiry, so nobody has signed in and renewed it since: a sign of a \
              user that is no longer needed. It is still enabled, and unless the account forbids it, \
              whoever knows the old password can set a new one at sign-in.",
        fix: "Find out who owns the user and whether the console is still needed.\n\
              If not, delete the console password; a new one can be set at any time. Its access keys do \
              not expire with the password and stay alive: judge them apart.\n\
              If so, the user sets a new password at the next sign-in; where the password policy forbids \
              that after expiry, an administrator sets it.\n\
              Wait for some weeks, and delete the user if nothing of it is in use.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("The console password expired {}.", ago(age)),
            None => "The console password has expired.".to_owned(),
        },
    },
    CheckText {
        id: "password-expiry-not-set",
        title: "Passwords do not expire",
        why: "The report shows no expiry for enabled passwords, so the account probably has no password \
              policy that sets one. Passwords of people who left then stay valid until somebody deletes \
              them.",
        fix: "Look at the password policy of the account.\n\
              Decide whether your rules ask for expiry. Where every user has MFA and unused passwords are \
              deleted, some do not; then switch this check off.\n\
              If they do, set the expiry under Account settings in the IAM console. The command \
              `aws iam update-account-password-policy` replaces the whole policy: give every setting with \
              it, or what is left out falls back to its default.",
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
        why: "An access key is valid until somebody deactivates it. The older it is, the more \
              configurations, images, backups and laptops hold a copy, and the less anyone knows which.",
        fix: "Find out which program uses the key, and whether it can use a role with temporary \
              credentials instead; then there is nothing left to rotate.\n\
              If it cannot, make a second key. A user has two at the most: an inactive one must go first.\n\
              Move every program to the new key, and watch until the last use of the old one stands still.\n\
              Deactivate the old key; it can be activated again if something fails.\n\
              Wait for some weeks, then delete the old key.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("{} is {} old{}.", subject(&f.subject), days(age), limit(f)),
            None => format!("{} is too old{}.", subject(&f.subject), limit(f)),
        },
    },
    CheckText {
        id: "access-key-unused",
        title: "Access key unused",
        why: "A key that no program needs any more still opens everything that its user may do, and \
              nobody notices when a stranger starts to use it.",
        fix: "Find out what the key was for: the report names the service and region of its last use.\n\
              Deactivate the key; it can be activated again. The console password, if there is one, stays \
              alive: judge it apart.\n\
              Wait long enough for jobs that run once a month, a quarter or a year.\n\
              Delete the key. If the work is still needed, give it to a role with temporary credentials.",
        finding: |f| match f.evidence.age_days {
            Some(age) => format!("{} was last used {}{}.", subject(&f.subject), ago(age), limit(f)),
            None => format!("{} has not been used for too long{}.", subject(&f.subject), limit(f)),
        },
    },
    CheckText {
        id: "access-key-never-used",
        title: "Access key never used",
        why: "No program depends on a key that was never used, yet its secret was handed out and lies \
              somewhere. It is the easiest credential to do without.",
        fix: "Ask the owner of the user what the key was made for.\n\
              Deactivate the key; it can be activated again. The console password, if there is one, stays \
              alive: judge it apart.\n\
              Wait for some weeks; a use of the last hours may not be in the report yet.\n\
              Delete the key. If a program needs access after all, prefer a role with temporary \
              credentials.",
        finding: |f| match (f.evidence.age_days, sentences::key_tracked_from(f)) {
            (Some(age), Some(day)) => format!(
                "{} shows no use since AWS began to record it on {day}; the key was made {}.",
                subject(&f.subject),
                ago(age)
            ),
            (Some(age), None) => {
                format!("{} has never been used in the {} since it was made.", subject(&f.subject), days(age))
            }
            (None, _) => format!("{} has never been used.", subject(&f.subject)),
        },
    },
    CheckText {
        id: "access-key-inactive",
        title: "Inactive access key still exists",
        why: "Nobody can use an inactive key, but it can be activated again, and it takes one of the two \
              places that rotation needs. Deactivation is a step towards deletion, not its end.",
        fix: "Find out when the key was deactivated, for instance in CloudTrail (`UpdateAccessKey`).\n\
              Wait until it is clear that nothing has failed without it.\n\
              Delete the key. This cannot be undone.",
        finding: |f| format!("{} is inactive but still exists{}.", subject(&f.subject), made(f)),
    },
    CheckText {
        id: "two-active-access-keys",
        title: "Two active access keys",
        why: "Two active keys are meant for the days of a rotation. Beyond that, each is one more secret \
              that can leak, and it is unclear which program uses which.",
        fix: "Find out which program uses which key: the report names service, region and time of each \
              last use.\n\
              If one is not in use, deactivate it; it can be activated again. If both are, move the \
              programs to the newer one, or to roles with temporary credentials, and deactivate the other.\n\
              Wait for some weeks.\n\
              Delete the deactivated key.",
        finding: |f| {
            let within = f
                .evidence
                .threshold_days
                .map_or_else(|| "recently".to_owned(), |n| format!("within {}", days(n)));
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
        why: "A user that both a person and a program sign in with has the permissions of both, and its \
              log does not tell who did what. When the person leaves, deleting the user stops the program.",
        fix: "Find out whether the access key belongs to a program or to the same person.\n\
              Give a program a role with temporary credentials of its own; let a person use `aws login` \
              or IAM Identity Center in place of the key.\n\
              Deactivate the credential that is no longer needed; the other one stays alive. A \
              deactivated key can be activated again, and a new password can be set.\n\
              Wait for some weeks, then delete what was deactivated.",
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
        title: "Access key made together with the user",
        why: "Such a key was made in the same step as the user, usually in case it might be needed. A key \
              should be made when a program asks for one, so that its purpose and its place are known.",
        fix: "Find out whether any program uses the key: look at its last use.\n\
              If none does, deactivate it; it can be activated again. The console password stays alive: \
              judge it apart.\n\
              Wait for some weeks, then delete the key.\n\
              If one does, give it a role with temporary credentials, or a key of its own.",
        finding: |f| match f.subject.created {
            Some(created) => {
                format!("{} was made within seconds of the user, on {}.", subject(&f.subject), created.date())
            }
            None => format!("{} was made within seconds of the user.", subject(&f.subject)),
        },
    },
    CheckText {
        id: "user-mfa-disabled",
        title: "User with access keys and without MFA",
        why: "Access keys work without MFA unless a policy asks for it with `aws:MultiFactorAuthPresent`. \
              Without a device this user cannot meet such a policy.",
        fix: "Find out whether a program or a person uses the keys.\n\
              For a program MFA is of no use: give it a role with temporary credentials, and deactivate \
              the keys.\n\
              For a person, register an MFA device and ask for MFA in the policies of the user, or better \
              use IAM Identity Center.\n\
              Wait for some weeks, then delete the keys that were deactivated.",
        finding: |_| "The user has an active access key, no console password, and no MFA device.".to_owned(),
    },
    CheckText {
        id: "signing-certificate-active",
        title: "Signing certificate is active",
        why: "Signing certificates (X.509) serve some older interfaces of AWS only. Most of them were \
              forgotten, and like an access key they stay valid until somebody deactivates them.",
        fix: "Find out whether some old tool still signs with it, for instance one that bundles instance \
              store-backed images.\n\
              Deactivate the certificate; it can be activated again.\n\
              Wait for some weeks.\n\
              Delete the certificate.",
        finding: |f| format!("{} is active{}.", subject(&f.subject), made(f)),
    },
    CheckText {
        id: "user-without-credentials",
        title: "User without credentials",
        why: "This user has no console password, access key or signing certificate, so it is probably \
              left over. Its permissions stay, and whoever may make a key for it takes them over.",
        fix: "Find out what else hangs on the user: policies, groups, SSH keys and service-specific \
              credentials are not in the report, and the user may still be in use through those.\n\
              Detach the policies and take the user out of its groups; this can be undone.\n\
              Wait for some weeks.\n\
              Delete the user.",
        finding: |f| match f.evidence.age_days {
            Some(age) => {
                format!(
                    "The user was made {} and has no console password, access key or certificate.",
                    ago(age)
                )
            }
            None => "The user has no console password, access key or certificate.".to_owned(),
        },
    },
    CheckText {
        id: "user-dormant",
        title: "Dormant user",
        why: "None of this user's credentials has been in use for a long time, but all of them still \
              work. Probably the person has left or the program is gone.",
        fix: "Find out who or what the user was for.\n\
              Deactivate its access keys and delete its console password: each on its own leaves the \
              other alive. Keys can be activated again, and a new password can be set.\n\
              Wait for some weeks.\n\
              Delete the keys, then the user.",
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
