//! The check of users' signing certificates.

use super::root::age_of_certificate;
use super::{Area, Check, Preset, Rule, Severity, Verdict, framework};

/// An active signing certificate: a credential of the SOAP interfaces that hardly anything needs.
pub const ACTIVE: Check = Check {
    id: "signing-certificate-active",
    area: Area::Credentials,
    severity: Severity::Low,
    escalates: false,
    root: false,
    fails_when: "the certificate is active",
    presets: &[Preset::Recommended],
    frameworks: framework::NONE,
    references: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials.html"],
    commands: &[
        "list-signing-certificates {user}",
        "update-signing-certificate {user} --certificate-id CERTIFICATE_ID --status Inactive",
        "delete-signing-certificate {user} --certificate-id CERTIFICATE_ID",
    ],
    rule: Rule::Certificate(|certificate, context| {
        if certificate.active()? {
            Ok(Verdict::fail_at_age(age_of_certificate(certificate, context)))
        } else {
            // Whether an inactive certificate exists changes no verdict, only the count of passes.
            Ok(if certificate.exists() == Ok(true) { Verdict::Pass } else { Verdict::NotApplicable })
        }
    }),
};
