//! The decisions as a file of their own, `credential-report-decisions/1`: all of them, or those about what a
//! query matches.

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::form_table::Parts;
use super::redaction::Redactor;
use super::request::ExportRequest;
use super::walk::{Walk, Which};
use crate::assessment::RowId;
use crate::query::Query;
use crate::report::Timestamp;
use crate::review::{Checks, Decided, Decision, Decisions, Reviewed, SCHEMA, Target, write_some};

/// The file under way; it comes at once.
#[derive(Debug)]
pub(super) struct DecisionsJson {
    filter: Option<Query>,
    redactor: Option<Redactor>,
    done: bool,
}

impl DecisionsJson {
    pub(super) fn new(_: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        Self { filter: request.filter.clone().filter(Query::is_narrow), redactor, done: false }
    }
}

impl Parts for DecisionsJson {
    fn next_part(&mut self, reviewed: Reviewed<'_>) -> Vec<u8> {
        self.done = true;
        let Some(decided) = reviewed.decided else { return write_some(&Decisions::default(), |_| true) };
        let asked = self.filter.as_ref().map(|query| asked(reviewed, decided, query));
        let is_meant = |place: u32| asked.as_ref().is_none_or(|places| places.contains(&place));
        match &self.redactor {
            None => write_some(decided.decisions, is_meant),
            Some(redactor) => redacted(decided.decisions, redactor, is_meant),
        }
    }

    fn is_done(&self) -> bool {
        self.done
    }
}

/// The places of the decisions about what a query matches.
fn asked(reviewed: Reviewed<'_>, decided: Decided<'_>, query: &Query) -> FxHashSet<u32> {
    let walk = Walk::of(Which::All, reviewed, Some(query));
    let of_row = |row: &RowId| decided.review.of_row(*row).iter().map(|one| one.decision);
    let mut places: FxHashSet<u32> = walk.rows().iter().flat_map(of_row).collect();
    let accounts: FxHashSet<&str> =
        walk.about_accounts(reviewed).filter_map(|finding| finding.account.as_deref()).collect();
    let is_asked = |decision: &Decision| {
        decision.target == Target::Account && accounts.contains(decision.account.as_str())
    };
    let all = 0..decided.decisions.entries().len() as u32;
    places.extend(all.filter(|place| decided.decisions.get(*place).is_some_and(is_asked)));
    places
}

#[derive(Serialize)]
struct FileForm {
    schema: &'static str,
    redacted: bool,
    decisions: Vec<RedactedForm>,
}

/// What is told of a decision without saying whose it is.
#[derive(Serialize)]
struct RedactedForm {
    account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<RedactedCredential>,
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    checks: Option<Vec<&'static str>>,
    on: String,
    until: String,
}

#[derive(Serialize)]
struct RedactedCredential {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
}

fn redacted(decisions: &Decisions, redactor: &Redactor, is_meant: impl Fn(u32) -> bool) -> Vec<u8> {
    let form = |decision: &Decision| RedactedForm {
        account: redactor.account(&decision.account),
        scope: (decision.target == Target::Account).then_some("account"),
        arn: decision.arn().and_then(|arn| {
            let (partition, _) = arn.strip_prefix("arn:")?.split_once(':')?;
            let name = arn.rsplit_once('/').map(|(_, name)| name);
            redactor.arn(Some(partition), Some(&decision.account), name, name.is_none())
        }),
        credential: decision.credential().map(|credential| RedactedCredential {
            kind: credential.kind().name(),
            created: credential.creation().map(|creation| Timestamp::date(creation.created)),
        }),
        action: decision.action.name(),
        checks: decision.checks.as_ref().map(Checks::names),
        on: decision.on.to_string(),
        until: decision.until.to_string(),
    };
    let places = decisions.in_order().into_iter().filter(|place| is_meant(*place));
    let decisions = places.filter_map(|place| decisions.get(place)).map(form).collect();
    let file = FileForm { schema: SCHEMA, redacted: true, decisions };
    // Texts always serialise.
    let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
