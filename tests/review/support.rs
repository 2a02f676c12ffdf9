//! Reports and decisions of tests.

use credential_report_viewer::assessment::{Assessment, Fingerprint, Inputs};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::report::{AsOfSource, FileFacts, Report, Timestamp};
use credential_report_viewer::review::{Decisions, Review, State, read_decisions};
use serde_json::{Value, json};

pub(crate) const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,\
    password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,\
    access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,\
    cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated\n";

pub(crate) const ACCOUNT: &str = "111122223333";

pub(crate) fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// A report that says of itself when it was generated, by its name.
pub(crate) fn report(text: &str, generated: &str) -> Report {
    let name = format!("status_reports_{}.csv", generated.replace(':', "-").replace('Z', "+00-00"));
    let file = FileFacts { name, bytes: text.len() as u64, modified: None };
    let report = Report::read(file, text.as_bytes(), time("2030-01-01T00:00:00Z")).unwrap();
    assert_eq!(report.as_of().0, time(generated));
    report
}

/// A result, with what it was made of.
pub(crate) struct Judged {
    pub(crate) inputs: Inputs,
    pub(crate) assessment: Assessment,
    pub(crate) decisions: Decisions,
    pub(crate) review: Review,
}

impl Judged {
    pub(crate) fn new(reports: Vec<Report>, policy: Policy, as_of: &str, decisions: Decisions) -> Self {
        let mut inputs = Inputs::default();
        for (number, report) in (0..).zip(reports) {
            inputs.add([(report, Fingerprint { bytes: 0, hash: number })]);
        }
        let mut assessment = Assessment::new(&inputs, policy, time(as_of), AsOfSource::Chosen);
        let review = Review::new(&inputs, &assessment, &decisions);
        review.apply(&inputs, &mut assessment, &decisions);
        Self { inputs, assessment, decisions, review }
    }

    pub(crate) fn states(&self) -> Vec<&'static str> {
        self.review.states().iter().map(|state| state.name()).collect()
    }

    pub(crate) fn state(&self) -> State {
        assert_eq!(self.review.states().len(), 1);
        self.review.state(0)
    }

    /// The uids of open findings, and of accepted ones.
    pub(crate) fn uids(&self) -> (Vec<String>, Vec<String>) {
        let (mut open, mut accepted) = (Vec::new(), Vec::new());
        for loaded in self.inputs.reports() {
            for user in loaded.report.users() {
                let row = loaded.row(user.index());
                let Some(verdicts) = self.assessment.verdicts(row) else { continue };
                let of = |verdicts| self.assessment.findings(row, &user, verdicts);
                open.extend(of(verdicts).into_iter().map(|finding| finding.uid));
                accepted.extend(of(self.assessment.accepted(row)).into_iter().map(|finding| finding.uid));
            }
        }
        open.extend(self.assessment.account_findings().iter().map(|finding| finding.uid.clone()));
        accepted.extend(self.assessment.accepted_account_findings().iter().map(|f| f.uid.clone()));
        open.sort_unstable();
        accepted.sort_unstable();
        (open, accepted)
    }
}

/// The JSON of a file of decisions.
pub(crate) fn file(decisions: &[Value]) -> String {
    json!({"schema": "credential-report-decisions/1", "decisions": decisions}).to_string()
}

pub(crate) fn read(decisions: &[Value]) -> Decisions {
    Decisions::join([read_decisions("decisions.json", &file(decisions)).unwrap()])
}

/// A decision that is sound, with other members in place of its own; `null` takes one out.
pub(crate) fn decision(changes: &Value) -> Value {
    let mut decision = json!({
        "id": "2026-11-25-001", "account": ACCOUNT, "arn": "arn:aws:iam::111122223333:user/ann",
        "user_created": "2020-01-01T00:00:00Z", "action": "keep", "checks": ["*"],
        "reason": "Vendor appliance cannot use a role", "by": "k.sato@example.com", "on": "2026-11-25",
        "until": "2027-04-30"
    });
    let members = decision.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            members.shift_remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    decision
}
