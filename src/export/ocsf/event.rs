//! An event: the attributes of OCSF 1.6.0 that a finding has a value for. Nothing of it is deprecated there.
//!
//! Classes and objects: <https://schema.ocsf.io/1.6.0/classes/compliance_finding>,
//! <https://schema.ocsf.io/1.6.0/classes/detection_finding>.

use serde::Serialize;

use super::VERSION;
use crate::checks::{CheckId, Pattern, Severity, SubjectKind};
use crate::comparison::{Cause, FindingChange, History, Outcome};
use crate::export::form::by_column;
use crate::export::owner::OwnerForm;
use crate::export::request::OcsfClass;
use crate::finding::Finding;
use crate::remediation;
use crate::report::{ReadCell, Timestamp};
use crate::text::ENGLISH;

/// `category_uid` of findings.
const FINDINGS: u32 = 2;

/// What all events of an export have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) class: OcsfClass,
    pub(super) as_of: Timestamp,
    pub(super) is_redacted: bool,
}

/// `activity_id`: what became of the finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Activity {
    Create = 1,
    /// It was there in an earlier report.
    Update = 2,
    /// It was there in the earlier report, and somebody resolved it.
    Close = 3,
}

/// `status_id` of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    New = 1,
    /// Somebody accepted it.
    Suppressed = 3,
    Resolved = 4,
}

/// `status_id` of `compliance`.
const PASS: u32 = 1;
const FAIL: u32 = 3;

#[derive(Serialize)]
pub(super) struct Event<'a> {
    activity_id: u32,
    category_uid: u32,
    class_uid: u32,
    type_uid: u32,
    time: i64,
    time_dt: Timestamp,
    severity_id: u32,
    status_id: u32,
    message: String,
    metadata: Metadata,
    finding_info: FindingInfo<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    compliance: Option<Compliance>,
    remediation: Remediation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resources: Vec<Resource<'a>>,
    cloud: Cloud<'a>,
    #[serde(skip_serializing_if = "Unmapped::is_empty")]
    unmapped: Unmapped,
}

#[derive(Serialize)]
struct Metadata {
    version: &'static str,
    product: Product,
    profiles: [&'static str; 2],
    event_code: CheckId,
    /// Says of a redacted event that it is one.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    labels: &'static [&'static str],
}

#[derive(Serialize)]
struct Product {
    name: &'static str,
    uid: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct FindingInfo<'a> {
    uid: &'a str,
    title: &'static str,
    desc: &'static str,
    created_time: i64,
    created_time_dt: Timestamp,
    analytic: Analytic,
}

/// The check, as a rule.
#[derive(Serialize)]
struct Analytic {
    uid: CheckId,
    name: &'static str,
    type_id: u32,
}

#[derive(Serialize)]
struct Compliance {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    standards: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    requirements: Vec<String>,
    control: &'static str,
    status_id: u32,
}

#[derive(Serialize)]
struct Remediation {
    desc: &'static str,
    references: &'static [&'static str],
}

#[derive(Serialize)]
struct Resource<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    uid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cloud_partition: Option<&'a str>,
    role_id: u32,
    /// Who looks after it; left out where nobody is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<Owner<'a>>,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Owner<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_addr: Option<&'a str>,
}

/// What the finding is about and rests on.
#[derive(Serialize)]
struct Data<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    slot: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age_days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold_days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "by_column")]
    cells: &'a [ReadCell],
}

#[derive(Serialize)]
struct Cloud<'a> {
    provider: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<Account<'a>>,
}

#[derive(Serialize)]
struct Account<'a> {
    uid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    type_id: u32,
}

/// What OCSF has no attribute for.
#[derive(Serialize)]
struct Unmapped {
    /// Since the earlier report.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Outcome>,
    /// Why it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<Cause>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    commands: Vec<String>,
    /// The sections of frameworks, of a class that has no `compliance`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    requirements: Vec<String>,
}

impl Unmapped {
    fn is_empty(&self) -> bool {
        self.change.is_none() && self.commands.is_empty() && self.requirements.is_empty()
    }
}

impl<'a> Event<'a> {
    /// The event of a finding of the earlier report that was resolved: its cells and ages are of then.
    pub(super) fn of_resolved(
        change: &'a FindingChange,
        account_name: Option<&'a str>,
        setting: Setting,
    ) -> Self {
        let event = Self::new(&change.finding, None, false, (None, account_name), setting);
        let activity = Activity::Close as u32;
        Self {
            activity_id: activity,
            type_uid: setting.class.uid() * 100 + activity,
            status_id: Status::Resolved as u32,
            compliance: event.compliance.map(|compliance| Compliance { status_id: PASS, ..compliance }),
            unmapped: Unmapped {
                change: Some(change.outcome),
                cause: change.cause,
                // There is nothing left to do.
                commands: Vec::new(),
                ..event.unmapped
            },
            ..event
        }
    }

    /// The event of a finding.
    pub(super) fn new(
        finding: &'a Finding,
        history: Option<History>,
        is_accepted: bool,
        (owner, account_name): (Option<&'a OwnerForm>, Option<&'a str>),
        setting: Setting,
    ) -> Self {
        let Setting { class, as_of, is_redacted } = setting;
        let (check, text) = (finding.check.check(), ENGLISH.check(finding.check));
        let activity = match history.map(|history| history.outcome()) {
            Some(Outcome::Unchanged) => Activity::Update,
            _ => Activity::Create,
        } as u32;
        // Of an unchanged finding the first report that is known to have it.
        let created = history.and_then(|history| history.since).unwrap_or(as_of);
        let is_compliance = class == OcsfClass::ComplianceFinding;
        Self {
            activity_id: activity,
            category_uid: FINDINGS,
            class_uid: class.uid(),
            type_uid: class.uid() * 100 + activity,
            time: milliseconds(as_of),
            time_dt: as_of,
            severity_id: severity_id(finding.severity),
            status_id: if is_accepted { Status::Suppressed } else { Status::New } as u32,
            message: ENGLISH.finding(finding),
            metadata: Metadata {
                version: VERSION,
                product: Product {
                    name: "Credential Report Viewer",
                    uid: "credential-report-viewer",
                    version: env!("CARGO_PKG_VERSION"),
                },
                profiles: ["cloud", "datetime"],
                event_code: finding.check,
                labels: if is_redacted { &["redacted"] } else { &[] },
            },
            finding_info: FindingInfo {
                uid: &finding.uid,
                title: text.title,
                desc: text.why,
                created_time: milliseconds(created),
                created_time_dt: created,
                analytic: Analytic { uid: finding.check, name: text.title, type_id: 1 },
            },
            compliance: is_compliance.then(|| Compliance {
                standards: check.frameworks.iter().map(|(framework, _)| framework.label()).collect(),
                requirements: requirements(finding.check),
                control: text.title,
                status_id: FAIL,
            }),
            remediation: Remediation { desc: text.fix, references: check.references },
            resources: resource(finding, owner, is_redacted).into_iter().collect(),
            cloud: Cloud {
                provider: "AWS",
                account: finding.account.as_deref().map(|uid| Account {
                    uid,
                    name: account_name,
                    type_id: 10,
                }),
            },
            unmapped: Unmapped {
                change: history.map(|history| history.outcome()),
                cause: history.and_then(|history| history.cause),
                commands: if is_redacted { Vec::new() } else { remediation::commands(finding) },
                requirements: if is_compliance { Vec::new() } else { requirements(finding.check) },
            },
        }
    }
}

/// The user or the account; `None` where the report names neither.
fn resource<'a>(
    finding: &'a Finding,
    owner: Option<&'a OwnerForm>,
    is_redacted: bool,
) -> Option<Resource<'a>> {
    let (uid, name) = (finding.arn.as_deref(), finding.user.as_deref());
    let is_account = finding.check.check().root || finding.subject.kind == SubjectKind::Account;
    let (subject, evidence) = (&finding.subject, &finding.evidence);
    (uid.is_some() || name.is_some()).then(|| Resource {
        uid,
        name,
        r#type: if is_account { "AwsAccount" } else { "AwsIamUser" },
        cloud_partition: finding.partition.as_deref(),
        role_id: 3,
        owner: owner.map(|owner| Owner {
            name: Some(owner.name.as_str()).filter(|name| !name.is_empty()),
            email_addr: Some(owner.email.as_str()).filter(|email| is_email(email)),
        }),
        data: Data {
            kind: subject.kind.name(),
            slot: subject.slot,
            created: subject.created,
            age_days: evidence.age_days,
            threshold_days: evidence.threshold_days,
            pattern: evidence.pattern.map(Pattern::name),
            cells: if is_redacted { &[] } else { &evidence.cells },
        },
    })
}

/// Whether OCSF takes a text for an e-mail address: `email_t` of its schema, letters of ASCII alone.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_local = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
    let is_domain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
    !local.is_empty()
        && local.bytes().all(is_local)
        && domain.bytes().all(is_domain)
        && domain.split_once('.').is_some_and(|(first, rest)| !first.is_empty() && !rest.is_empty())
}

/// `CIS 7.0 2.12`: the sections that ask for a check.
fn requirements(check: CheckId) -> Vec<String> {
    let sections = check.check().frameworks.iter();
    sections
        .flat_map(|(framework, sections)| {
            sections.iter().map(|section| format!("{} {section}", framework.label()))
        })
        .collect()
}

fn severity_id(severity: Severity) -> u32 {
    match severity {
        Severity::Info => 1,
        Severity::Low => 2,
        Severity::Medium => 3,
        Severity::High => 4,
        Severity::Critical => 5,
    }
}

fn milliseconds(time: Timestamp) -> i64 {
    time.unix() * 1000
}
