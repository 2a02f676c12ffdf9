//! The findings as JSON, `credential-report-findings/1`; its schema is docs/findings-v1.schema.json.
//!
//! The same inputs, policy and as-of time give the same bytes. Parts joined in order make the file,
//! so that a million users need not be held as text.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::assessment::{Assessment, Inputs, NotJudged, RowVerdicts};
use crate::checks::{self, BySeverity, CheckId, Severity};
use crate::comparison::{Cause, Comparison, History};
use crate::finding::{Finding, Subject};
use crate::overview::Overview;
use crate::policy::Policy;
use crate::query::{Idle, Order, Query, SortKey, account_findings};
use crate::remediation;
use crate::report::{Timestamp, User, Warning};
use crate::text::ENGLISH;
use crate::thresholds::Threshold;

/// The name and version of the form.
pub const SCHEMA: &str = "credential-report-findings/1";

/// About how many bytes a part has.
pub(super) const PART: usize = 1 << 20;

/// An export under way.
#[derive(Debug)]
pub struct Export {
    query: Query,
    /// Rows that may have findings, by account and ARN.
    rows: Vec<u32>,
    /// What comes next.
    stage: Stage,
    account_findings: VecDeque<Finding>,
}

/// Rows of one user, which are one in the order of findings; a row may stand in a file a hundred
/// thousand times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Run {
    /// Its first row in the list, and the first behind it.
    first: usize,
    end: usize,
    /// The bits of the verdicts whose findings are not all written.
    left: u64,
    /// The row that comes next.
    next: usize,
}

impl Run {
    /// The bits whose findings are written row by row: findings come by check and slot, then by row.
    fn bits(self) -> u64 {
        if self.end - self.first == 1 { self.left } else { self.left & self.left.wrapping_neg() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    /// The findings of a severity, by its rank, from a run of rows on; within it, from a bit of the
    /// verdicts and a row on.
    Findings {
        rank: usize,
        run: Run,
        any: bool,
    },
    Tail,
    Done,
}

impl Export {
    /// Starts an export of everything, or of what a query matches.
    pub fn new(
        inputs: &Inputs,
        assessment: &Assessment,
        comparison: Option<&Comparison>,
        filter: Option<&Query>,
    ) -> Self {
        let query = Query { sort: SortKey::Severity, ..filter.cloned().unwrap_or_default() };
        let mut rows = Order::new(inputs, assessment, comparison, &query, None).into_rows();
        inputs.sort_by_arn(&mut rows, |row| *row);
        Self { query, rows, stage: Stage::Head, account_findings: VecDeque::new() }
    }

    /// The next part of the text, UTF-8; empty when all was given.
    pub fn next_part(
        &mut self,
        inputs: &Inputs,
        assessment: &Assessment,
        comparison: Option<&Comparison>,
    ) -> Vec<u8> {
        let view = View { inputs, assessment, comparison };
        let mut out = Vec::new();
        while self.stage != Stage::Done && out.len() < PART {
            self.stage = match self.stage {
                Stage::Head => {
                    self.head(&view, &mut out);
                    self.start_severity(&view, 0, false)
                }
                Stage::Findings { rank, run, any } => self.findings(&view, rank, run, any, &mut out),
                Stage::Tail => {
                    tail(inputs, assessment, &mut out);
                    Stage::Done
                }
                Stage::Done => Stage::Done,
            };
        }
        out
    }

    /// Whether all was given.
    pub fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    fn start_severity(&mut self, view: &View<'_>, rank: usize, any: bool) -> Stage {
        match Severity::ALL.get(rank) {
            Some(severity) => {
                self.account_findings = account_findings(view.assessment, view.comparison, &self.query)
                    .filter(|finding| finding.severity == *severity)
                    .cloned()
                    .collect();
                Stage::Findings { rank, run: Run::default(), any }
            }
            None => Stage::Tail,
        }
    }

    fn head(&self, view: &View<'_>, out: &mut Vec<u8>) {
        let View { inputs, assessment, comparison } = *view;
        let overview = Overview::new(inputs, assessment);
        let mut by_severity = overview.by_severity;
        let mut by_check: Vec<u64> = overview.checks.iter().map(|tally| tally.failed).collect();
        let (mut users, mut users_with) =
            (u64::from(overview.users), u64::from(overview.users_with_findings));
        let mut accounts = overview.accounts.iter().filter(|account| !account.account.is_empty()).count();
        if self.query.is_narrow() {
            (by_severity, by_check) = (BySeverity::default(), vec![0; checks::COUNT]);
            (users, users_with) = (self.rows.len() as u64, 0);
            let mut concerned: Vec<(usize, u32)> = Vec::new();
            for finding in account_findings(assessment, comparison, &self.query) {
                by_severity.add(finding.severity, 1);
                by_check[finding.check.index()] += 1;
            }
            for &row in &self.rows {
                let Some((number, user)) = inputs.user(row) else { continue };
                if user.account().is_some() {
                    concerned.push((number, user.account_number()));
                }
                let all = assessment.verdicts(number, user.index()).unwrap_or_default();
                let selected = assessment.select(all, &self.query.checks, &self.query.severities);
                let selected = self.query.of_changes(comparison, number, &user, selected);
                users_with += u64::from(selected.fails != 0);
                assessment.count(selected, &mut by_severity, &mut by_check);
            }
            concerned.sort_unstable();
            concerned.dedup();
            accounts = concerned.len();
        }
        let mut object = Object::open(out);
        object.member("schema", &SCHEMA);
        object.member("tool", &tool());
        object.member("as_of", &overview.as_of);
        object.member("as_of_source", &overview.as_of_source.name());
        object.member("policy", &policy(&overview.policy));
        let inputs: Vec<Value> = overview
            .inputs
            .iter()
            .map(|input| {
                ordered([
                    ("name", json!(input.name)),
                    ("form", json!(input.form.name())),
                    ("bytes", json!(input.bytes)),
                    ("sha256", json!(input.sha256)),
                    ("rows", json!(input.rows)),
                    ("accounts", json!(input.accounts)),
                ])
            })
            .collect();
        object.member("inputs", &inputs);
        object.member("filter", &filter(&self.query));
        let mut severities = Map::new();
        for severity in Severity::ALL {
            severities.insert(severity.name().to_owned(), json!(by_severity.of(severity)));
        }
        let occurring: Vec<CheckId> = checks::ids().filter(|id| by_check[id.index()] > 0).collect();
        let mut counts = Map::new();
        for id in &occurring {
            counts.insert(id.name().to_owned(), json!(by_check[id.index()]));
        }
        object.member(
            "summary",
            &ordered([
                ("accounts", json!(accounts)),
                ("users", json!(users)),
                ("users_with_findings", json!(users_with)),
                ("findings", json!(by_severity.total())),
                ("by_severity", Value::Object(severities)),
                ("by_check", Value::Object(counts)),
            ]),
        );
        let mut texts = Map::new();
        for id in &occurring {
            texts.insert(id.name().to_owned(), check(*id));
        }
        object.member("checks", &Value::Object(texts));
        object.name("findings");
        out.extend_from_slice(b"[");
    }

    /// Writes the findings of one severity until a part is full.
    fn findings(
        &mut self,
        view: &View<'_>,
        rank: usize,
        mut run: Run,
        mut any: bool,
        out: &mut Vec<u8>,
    ) -> Stage {
        let View { inputs, assessment, .. } = *view;
        while out.len() < PART {
            if run.left == 0 {
                let Some(next) = self.run_from(view, rank, run.end) else {
                    while let Some(finding) = self.account_findings.pop_front() {
                        write_finding(&finding, view.account_history(&finding), &mut any, out);
                    }
                    return self.start_severity(view, rank + 1, any);
                };
                run = next;
                continue;
            }
            let bits = run.bits();
            if run.next == run.end {
                run.left &= !bits;
                run.next = run.first;
                continue;
            }
            let row = self.rows[run.next];
            run.next += 1;
            let Some((number, user)) = inputs.user(row) else { continue };
            let wanted = self.verdicts(view, rank, number, &user).of(bits);
            for finding in assessment.findings(inputs, number, &user, wanted) {
                while self.account_findings.front().is_some_and(|about| before(about, &finding)) {
                    if let Some(about) = self.account_findings.pop_front() {
                        write_finding(&about, view.account_history(&about), &mut any, out);
                    }
                }
                let history = view.history(number, &user, &finding);
                write_finding(&finding, history, &mut any, out);
            }
        }
        Stage::Findings { rank, run, any }
    }

    /// The rows of one user from a place of the list on.
    fn run_from(&self, view: &View<'_>, rank: usize, first: usize) -> Option<Run> {
        let inputs = view.inputs;
        let user = inputs.first_row_of_user(*self.rows.get(first)?);
        let (mut end, mut left) = (first, 0);
        while let Some(&row) = self.rows.get(end)
            && inputs.first_row_of_user(row) == user
        {
            if let Some((number, user)) = inputs.user(row) {
                left |= self.verdicts(view, rank, number, &user).fails;
            }
            end += 1;
        }
        Some(Run { first, end, left, next: first })
    }

    /// The verdicts on a row that are asked for, of one severity.
    fn verdicts(&self, view: &View<'_>, rank: usize, report: usize, user: &User<'_>) -> RowVerdicts {
        let severity = Severity::ALL[rank];
        if !self.query.severities.is_empty() && !self.query.severities.contains(&severity) {
            return RowVerdicts::default();
        }
        let all = view.assessment.verdicts(report, user.index()).unwrap_or_default();
        let selected = view.assessment.select(all, &self.query.checks, &[severity]);
        self.query.of_changes(view.comparison, report, user, selected)
    }
}

/// What is exported.
struct View<'a> {
    inputs: &'a Inputs,
    assessment: &'a Assessment,
    /// With the earlier reports, where there are any.
    comparison: Option<&'a Comparison>,
}

impl View<'_> {
    /// Why a finding on a user is new, or since when it fails.
    fn history(&self, report: usize, user: &User<'_>, finding: &Finding) -> Option<History> {
        let slot = finding.subject.slot.map_or(0, |slot| slot - 1);
        let row = (report as u32, user.index());
        self.comparison?.history(self.inputs, self.assessment, row, (finding.check, slot))
    }

    /// Why a finding about an account is new, or since when it fails.
    fn account_history(&self, finding: &Finding) -> Option<History> {
        let (account, partition) = (finding.account.as_deref()?, finding.partition.as_deref()?);
        self.comparison?.account_history(account, partition, finding.check)
    }
}

/// Whether a finding about an account comes before one about a user.
fn before(about: &Finding, finding: &Finding) -> bool {
    fn key(finding: &Finding) -> (Option<&str>, Option<&str>, CheckId) {
        // Where there is no ARN the name stands for it, as it does among users.
        let whom = finding.arn.as_deref().or(finding.user.as_deref());
        (finding.account.as_deref(), whom, finding.check)
    }
    key(about) < key(finding)
}

/// An object that is written member by member, one a line.
pub(super) struct Object<'a> {
    out: &'a mut Vec<u8>,
    any: bool,
}

impl<'a> Object<'a> {
    pub(super) fn open(out: &'a mut Vec<u8>) -> Self {
        out.extend_from_slice(b"{");
        Self { out, any: false }
    }

    pub(super) fn name(&mut self, name: &str) {
        let separator: &[u8] = if self.any { b",\n  \"" } else { b"\n  \"" };
        self.any = true;
        self.out.extend_from_slice(separator);
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\": ");
    }

    pub(super) fn member(&mut self, name: &str, value: &impl Serialize) {
        self.name(name);
        write_value(value, self.out);
    }
}

/// Writes a value; nothing that is written here can fail to serialise.
pub(super) fn write_value(value: &impl Serialize, out: &mut Vec<u8>) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

pub(super) fn ordered<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// What wrote the file.
pub(super) fn tool() -> Value {
    json!({"name": "credential-report-viewer", "version": env!("CARGO_PKG_VERSION")})
}

pub(super) fn policy(policy: &Policy) -> Value {
    let mut object = Map::new();
    object.insert("preset".to_owned(), json!(policy.name()));
    for threshold in Threshold::ALL {
        object.insert(threshold.name().to_owned(), json!(threshold.of(&policy.thresholds)));
    }
    let off: Vec<&str> = checks::ids().filter(|id| !policy.checks.contains(*id)).map(CheckId::name).collect();
    object.insert("checks_off".to_owned(), json!(off));
    Value::Object(object)
}

fn filter(query: &Query) -> Value {
    if !query.is_narrow() {
        return Value::Null;
    }
    let mut object = Map::new();
    object.insert("search".to_owned(), json!(query.search.trim()));
    object.insert("severities".to_owned(), json!(query.severities));
    object.insert("checks".to_owned(), json!(query.checks));
    object.insert("accounts".to_owned(), json!(query.accounts));
    if !query.kinds.is_empty() {
        object.insert("kinds".to_owned(), json!(query.kinds));
    }
    if let Some(range) = query.key_age {
        object.insert("key_age_days".to_owned(), json!(range));
    }
    if let Some(idle) = query.idle {
        let idle = match idle {
            Idle::Never => json!("never"),
            Idle::Days(range) => json!({ "days": range }),
            Idle::AtLeast(days) => json!({ "at_least_days": days }),
        };
        object.insert("idle".to_owned(), idle);
    }
    if let Some(mfa) = query.console_mfa {
        object.insert("console_mfa".to_owned(), json!(mfa));
    }
    if !query.changes.is_empty() {
        object.insert("changes".to_owned(), json!(query.changes));
    }
    if query.fine {
        object.insert("without_findings".to_owned(), json!(true));
    }
    Value::Object(object)
}

fn check(id: CheckId) -> Value {
    let (check, text) = (id.check(), &ENGLISH.checks[id.index()]);
    let mut frameworks = Map::new();
    for (framework, sections) in check.frameworks {
        frameworks.insert(framework.name(), json!(sections));
    }
    ordered([
        ("title", json!(text.title)),
        ("severity", json!(check.severity.name())),
        ("why", json!(text.why)),
        ("fix", json!(text.fix)),
        ("frameworks", Value::Object(frameworks)),
        ("references", json!(check.references)),
    ])
}

/// A finding in the form of the export.
#[derive(Serialize)]
struct FindingForm<'a> {
    uid: &'a str,
    check: CheckId,
    severity: Severity,
    account: Option<&'a str>,
    partition: Option<&'a str>,
    user: Option<&'a str>,
    arn: Option<&'a str>,
    subject: SubjectForm,
    evidence: EvidenceForm<'a>,
    message: String,
    commands: Vec<String>,
    /// Only where there is an earlier report to compare with; so are the next two.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<Option<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Option<Timestamp>>,
}

#[derive(Serialize)]
pub(super) struct SubjectForm {
    kind: &'static str,
    slot: Option<u8>,
    created: Option<Timestamp>,
}

impl From<&Subject> for SubjectForm {
    fn from(subject: &Subject) -> Self {
        Self { kind: subject.kind.name(), slot: subject.slot, created: subject.created }
    }
}

#[derive(Serialize)]
struct EvidenceForm<'a> {
    age_days: Option<u32>,
    threshold_days: Option<u32>,
    pattern: Option<&'static str>,
    cells: CellsForm<'a>,
}

/// The cells, in the order of columns.
struct CellsForm<'a>(&'a Finding);

impl Serialize for CellsForm<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.evidence.cells.iter().map(|(column, raw)| (column.name(), raw)))
    }
}

fn write_finding(finding: &Finding, history: Option<History>, any: &mut bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if *any { b",\n    " } else { b"\n    " });
    *any = true;
    let form = FindingForm {
        uid: &finding.uid,
        check: finding.check,
        severity: finding.severity,
        account: finding.account.as_deref(),
        partition: finding.partition.as_deref(),
        user: finding.user.as_deref(),
        arn: finding.arn.as_deref(),
        subject: SubjectForm::from(&finding.subject),
        evidence: EvidenceForm {
            age_days: finding.evidence.age_days,
            threshold_days: finding.evidence.threshold_days,
            pattern: finding.evidence.pattern.map(crate::checks::Pattern::name),
            cells: CellsForm(finding),
        },
        message: ENGLISH.finding(finding),
        commands: remediation::commands(finding),
        change: history.map(|history| history.outcome().name()),
        cause: history.map(|history| history.cause.map(Cause::name)),
        since: history.map(|history| history.since),
    };
    write_value(&form, out);
}

/// A warning in the form of the export.
#[derive(Serialize)]
struct WarningForm<'a> {
    input: &'a str,
    line: Option<u32>,
    column: Option<&'a str>,
    value: Option<&'a str>,
    message: String,
}

fn tail(inputs: &Inputs, assessment: &Assessment, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\n  ]");
    let mut object = Object { out, any: true };
    let not_judged: Vec<Value> = by_reason(assessment.obstacles())
        .into_iter()
        .map(|((check, reason), subjects)| {
            ordered([("check", json!(check)), ("subjects", json!(subjects)), ("reason", json!(reason))])
        })
        .collect();
    object.member("not_judged", &not_judged);
    object.name("warnings");
    let out = object.out;
    out.extend_from_slice(b"[");
    let mut any = false;
    for warning in inputs.warnings().chain(assessment.time_warnings(inputs)) {
        write_warning(&warning, &mut any, out);
    }
    for loaded in inputs.reports().iter().filter(|loaded| loaded.more_warnings() > 0) {
        let form = WarningForm {
            input: &loaded.report.file().name,
            line: None,
            column: None,
            value: None,
            message: format!("{} more warnings", loaded.more_warnings()),
        };
        write_warning_form(&form, &mut any, out);
    }
    out.extend_from_slice(if any { b"\n  ]" } else { b"]" });
    let mut object = Object { out, any: true };
    object.member("limits", &ENGLISH.limits());
    out.extend_from_slice(b"\n}\n");
}

/// Obstacles by check and sentence: two cells may stand in the way for the same reason.
fn by_reason(obstacles: &[NotJudged]) -> BTreeMap<(CheckId, String), u64> {
    let mut reasons = BTreeMap::new();
    for entry in obstacles {
        *reasons.entry((entry.check, ENGLISH.obstacle(entry))).or_default() += entry.subjects;
    }
    reasons
}

fn write_warning(warning: &Warning, any: &mut bool, out: &mut Vec<u8>) {
    let form = WarningForm {
        input: &warning.input,
        line: warning.line,
        column: warning.column.as_deref(),
        value: warning.value.as_deref(),
        message: ENGLISH.warning(&warning.kind),
    };
    write_warning_form(&form, any, out);
}

fn write_warning_form(form: &WarningForm<'_>, any: &mut bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if *any { b",\n    " } else { b"\n    " });
    *any = true;
    write_value(form, out);
}
