//! The record of a review as JSON, `credential-report-review/1`; its schema is docs/review-v1.schema.json.
//!
//! Every user stands in it, the clean ones too; the head says of what it is, and reconciles the lines of the
//! files with the users, so that nobody can be missing unsaid.

mod form;
mod population;

use sha2::{Digest, Sha256};

use self::form::{
    AccountForm, ComparedForm, DecidedForm, DecisionForm, HeadForm, InputForm, NamedAccountForm, SignOffForm,
    SummaryForm, UserForm,
};
use self::population::{Population, unreadable};
use super::PART_BYTES;
use super::digest::hexadecimal;
use super::form::{Counts, ToolForm};
use super::form_table::Parts;
use super::lines::{Lines, item};
use super::redaction::Redactor;
use super::request::ExportRequest;
use super::walk::Walk;
use crate::assessment::{InputSummary, LoadedReport};
use crate::comparison::ComparisonSummary;
use crate::query::Members;
use crate::report::sorted;
use crate::review::{Action, Reviewed, State, write_decisions};
use crate::text::ENGLISH;

/// The name and version of the form.
pub const SCHEMA: &str = "credential-report-review/1";

/// The JSON under way.
#[derive(Debug)]
pub(super) struct ReviewJson {
    walk: Walk,
    redactor: Option<Redactor>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    /// The users from one on.
    Users {
        next: usize,
    },
    Done,
}

impl ReviewJson {
    pub(super) fn new(reviewed: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        Self { walk: Walk::new(reviewed, request.filter.as_ref()), redactor, stage: Stage::Head }
    }

    fn head(&self, reviewed: Reviewed<'_>, out: &mut Vec<u8>) {
        let (inputs, assessment) = (reviewed.inputs, reviewed.assessment);
        let redactor = self.redactor.as_ref();
        let of_input = |(place, loaded): (usize, &LoadedReport)| {
            let population = Population::of(reviewed, loaded);
            InputForm::new(place, InputSummary::from(loaded), population, redactor)
        };
        let forms: Vec<InputForm> = inputs.reports().iter().enumerate().map(of_input).collect();
        let population = forms.iter().map(|form| form.population).sum();
        let query = self.walk.query();
        let redacted_query = redactor.map(|redactor| redactor.query(query));
        let totals = assessment.totals();
        let accounts = assessment.accounts(inputs);
        let summary = reviewed.decided.map(|decided| decided.summary(inputs, assessment)).unwrap_or_default();
        let name = |account: &str| {
            reviewed.account_name(Some(account)).filter(|_| redactor.is_none()).map(str::to_owned)
        };
        let without_report = reviewed.organization.map(|organization| {
            let accounts = organization.summary().without_report.iter();
            accounts.map(|account| NamedAccountForm::new(account, redactor)).collect()
        });
        let compared: Option<ComparisonSummary> =
            reviewed.comparison.map(|comparison| comparison.summary(inputs, assessment));
        let digest = reviewed
            .decided
            .filter(|_| redactor.is_none())
            .map(|decided| hexadecimal(&Sha256::digest(write_decisions(decided.decisions))));
        let mut lines = Lines::begin(out);
        lines.members(&HeadForm {
            schema: SCHEMA,
            redacted: redactor.map(|_| true),
            tool: ToolForm::THIS,
            as_of: assessment.as_of(),
            as_of_source: assessment.as_of_source().name(),
            policy: assessment.policy(),
            filter: Members(redacted_query.as_ref().unwrap_or(query)),
            inputs: forms,
            population,
            unreadable: unreadable(inputs, redactor),
            accounts: accounts
                .iter()
                .map(|account| AccountForm::new(account, name(&account.account), redactor))
                .collect(),
            accounts_without_report: without_report,
            compared_with: compared
                .iter()
                .flat_map(|summary| &summary.accounts)
                .map(|changes| ComparedForm::new(inputs, changes, redactor))
                .collect(),
            summary: SummaryForm {
                users: totals.users,
                users_with_findings: totals.users_with_findings,
                findings: totals.by_severity.total(),
                accepted: assessment.accepted_total(),
                by_severity: totals.by_severity.into(),
            },
            decided: DecidedForm { users: summary.users_decided, of: totals.users },
            decisions_by_action: by_letter(Action::ALL.map(Action::name), summary.by_action),
            decisions_by_state: by_letter(State::ALL.map(State::name), summary.by_state),
            decisions_sha256: digest,
            not_in_report: ENGLISH.limits(),
        });
        lines.list("users");
    }

    fn tail(&self, reviewed: Reviewed<'_>, any: bool, out: &mut Vec<u8>) {
        out.extend_from_slice(if any { b"\n  ]" } else { b"]" });
        let list = Lines::go_on(out).list("decisions");
        let mut any = false;
        if let Some(decided) = reviewed.decided {
            for place in decided.decisions.in_order() {
                item(
                    &DecisionForm::new(decided, place, reviewed.owners, self.redactor.is_some()),
                    &mut any,
                    list,
                );
            }
        }
        list.extend_from_slice(if any { b"\n  ]" } else { b"]" });
        Lines::go_on(list).member("sign_off", &SignOffForm::blank());
        list.extend_from_slice(b"\n}\n");
    }
}

impl Parts for ReviewJson {
    fn next_part(&mut self, reviewed: Reviewed<'_>) -> Vec<u8> {
        let mut out = Vec::new();
        while self.stage != Stage::Done && out.len() < PART_BYTES {
            self.stage = match self.stage {
                Stage::Head => {
                    self.head(reviewed, &mut out);
                    Stage::Users { next: 0 }
                }
                Stage::Users { next } => {
                    if let Some(&row) = self.walk.rows().get(next) {
                        if let Some(user) = reviewed.inputs.user(row) {
                            let form = UserForm::new(reviewed, row, &user, self.redactor.as_ref());
                            item(&form, &mut (next > 0), &mut out);
                        }
                        Stage::Users { next: next + 1 }
                    } else {
                        self.tail(reviewed, next > 0, &mut out);
                        Stage::Done
                    }
                }
                Stage::Done => Stage::Done,
            };
        }
        out
    }

    fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }
}

/// How many there are of each name, by letter.
fn by_letter<const N: usize>(names: [&'static str; N], counts: [u32; N]) -> Counts {
    let mut counts: Counts = names.into_iter().zip(counts.map(u64::from)).collect();
    sorted::sort_by_key(&mut counts, |(name, _)| *name);
    counts
}
