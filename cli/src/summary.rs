//! The result as a short text for people.

use credential_report_viewer::checks::{self, BySeverity, CheckId, Severity};
use credential_report_viewer::finding::Finding;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::query::{Cards, Query, SortKey, filter};
use credential_report_viewer::review::State;
use credential_report_viewer::session::{Reply, Request, Session};
use credential_report_viewer::text::{Language, Text};
use unicode_width::UnicodeWidthStr;

use crate::plain::plain;
use crate::text::{self, CommandText};

/// How many accounts are named.
const ACCOUNTS: usize = 5;

/// How many users are named.
const USERS: u32 = 10;

/// Writes the summary of a result, or of the part of it that a question is about.
pub(crate) fn summary(
    session: &mut Session,
    overview: &Overview,
    query: &Query,
    language: Language,
) -> String {
    let worst = Query { sort: SortKey::Severity, descending: true, limit: USERS, ..query.clone() };
    let cards = ask(session, worst);
    let checks = by_check(session, overview, query);
    let summary =
        Summary { text: language.text(), own: text::of(language), overview, query, cards, lines: Vec::new() };
    summary.write(&checks)
}

/// The result on its way to a text.
struct Summary<'a> {
    text: &'static Text,
    own: &'static CommandText,
    overview: &'a Overview,
    query: &'a Query,
    /// The worst users that the question matches.
    cards: Cards,
    lines: Vec<String>,
}

/// The findings of one check that the question is about.
struct OfCheck {
    check: CheckId,
    by_severity: BySeverity,
}

impl Summary<'_> {
    fn write(mut self, checks: &[OfCheck]) -> String {
        self.head();
        self.severities();
        self.checks(checks);
        self.users();
        self.decisions();
        self.troubles();
        let mut text = self.lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("\n");
        text.push('\n');
        text
    }

    fn head(&mut self) {
        let (t, overview) = (&self.text.page, self.overview);
        let named = |account: &str| match account {
            "" => t.account_unknown.to_owned(),
            digits => digits.to_owned(),
        };
        let mut accounts: Vec<String> =
            overview.accounts.iter().take(ACCOUNTS).map(|account| named(&account.account)).collect();
        if let Some(others) = overview.accounts.len().checked_sub(ACCOUNTS).filter(|others| *others > 0) {
            accounts.push((t.and_more)(others as u64));
        }
        let label = if overview.accounts.len() > 1 { t.accounts } else { t.account };
        let source = self.text.as_of_source(overview.as_of_source);
        let users = if self.query.is_narrow() {
            (t.users_of)(self.cards.matching.into(), self.cards.total.into())
        } else {
            let with = (t.users_with_findings)(overview.users_with_findings.into());
            format!("{} · {with}", (t.users)(overview.users.into()))
        };
        self.lines.extend([
            format!("{label}: {}", accounts.join(", ")),
            format!("{}: {} ({source})", self.own.as_of, overview.as_of),
            format!("{}: {}", t.policy, self.text.preset(overview.policy.preset())),
        ]);
        if self.query.is_narrow() {
            let filters = self.filters();
            self.lines.push(format!("{}: {filters}", self.own.filters));
        }
        self.lines.push(users);
    }

    fn filters(&self) -> String {
        filter::ALL
            .iter()
            .filter_map(|filter| (filter.value)(self.query))
            .map(|value| self.text.filter(value))
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn severities(&mut self) {
        let counts = only(self.query, self.cards.choices.by_severity);
        let number = |severity| self.text.number(counts.of(severity));
        let width = Severity::ALL.into_iter().map(|severity| number(severity).len()).max().unwrap_or(0);
        self.lines.push(String::new());
        self.lines.push((self.text.page.findings)(counts.total()));
        for severity in Severity::ALL.into_iter().filter(|severity| counts.of(*severity) > 0) {
            self.lines.push(format!("  {:>width$}  {}", number(severity), self.text.severity(severity)));
        }
    }

    /// The checks that found something, or could not be evaluated, worst first.
    fn checks(&mut self, checks: &[OfCheck]) {
        let t = &self.text.page;
        let tally = |of: &OfCheck| &self.overview.checks[of.check.index()];
        let is_told = |of: &OfCheck| {
            of.by_severity.total() > 0 || (!self.query.is_narrow() && tally(of).not_judged > 0)
        };
        let mut told: Vec<&OfCheck> = checks.iter().filter(|of| is_told(of)).collect();
        told.sort_by_key(|of| worst(of.by_severity).map_or(Severity::ALL.len(), Severity::rank));
        let mut lines = Vec::new();
        for of in &told {
            let counts = if self.query.is_narrow() {
                (t.findings)(of.by_severity.total())
            } else {
                let tally = tally(of);
                (t.tally)(tally.failed, tally.passed, tally.not_judged)
            };
            let severity = worst(of.by_severity).map_or("–", |severity| self.text.severity(severity));
            let title = self.text.check(of.check).title;
            lines.push(format!("  {}  {title} ({}): {counts}", self.padded(severity), of.check.name()));
        }
        let others = checks.len() - told.len();
        if others > 0 {
            lines.push(format!("  {}", (self.own.other_checks)(&self.text.number(others as u64))));
        }
        self.list(self.text.page.checks, lines);
    }

    fn users(&mut self) {
        let several = self.overview.accounts.len() > 1;
        let mut lines = Vec::new();
        for card in self.cards.cards.iter().filter(|card| card.worst.is_some()) {
            let mut counts = BySeverity::default();
            for finding in card.findings.iter().filter(|finding| is_meant(self.query, finding)) {
                counts.add(finding.severity, 1);
            }
            let counts: Vec<String> = Severity::ALL
                .into_iter()
                .filter(|severity| counts.of(*severity) > 0)
                .map(|severity| format!("{} {}", self.text.severity(severity), counts.of(severity)))
                .collect();
            let account = card.account.as_deref().filter(|_| several);
            let account = account.map(|account| format!(" ({account})")).unwrap_or_default();
            lines.push(format!("  {}{account}: {}", card.user, counts.join(" · ")));
        }
        self.list(self.own.worst_users, lines);
    }

    /// How the decisions stand, of all that is read: whatever is asked for.
    fn decisions(&mut self) {
        let (t, review) = (self.text.decide, &self.overview.review);
        if review.decisions == 0 {
            return;
        }
        let mut told = vec![(t.users_decided)(review.users_decided.into(), self.overview.users.into())];
        let counted = [(review.accepted, t.accepted), (review.grave.into(), t.grave)];
        told.extend(counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| words(count)));
        let number = |state| self.text.number(review.in_state(state).into());
        let states: Vec<State> = State::ALL.into_iter().filter(|state| review.in_state(*state) > 0).collect();
        let width = states.iter().map(|state| number(*state).len()).max().unwrap_or(0);
        let lines = states
            .iter()
            .map(|state| format!("  {:>width$}  {}", number(*state), self.text.decision_state(*state)))
            .collect();
        self.list(&format!("{}: {}", self.own.decisions, told.join(" · ")), lines);
    }

    fn troubles(&mut self) {
        let t = &self.text.page;
        let not_judged: u64 = self.overview.not_judged.iter().map(|item| item.subjects).sum();
        let warnings = self.overview.warnings_total;
        let leavers = self.overview.owners.as_ref().map_or(0, |owners| owners.leavers);
        let owners = self.text.owners.leavers;
        let troubles =
            [(leavers.into(), owners), (not_judged, t.not_evaluated_count), (warnings, t.warnings_count)];
        let troubles: Vec<String> = troubles
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, sentence)| sentence(count))
            .collect();
        if !troubles.is_empty() {
            self.list(&troubles.join(" · "), Vec::new());
        }
    }

    /// Lines below a heading, where there are any.
    fn list(&mut self, heading: &str, lines: Vec<String>) {
        self.lines.extend([String::new(), heading.to_owned()]);
        self.lines.extend(lines);
    }

    /// The name of a severity, as wide as the widest.
    fn padded(&self, name: &str) -> String {
        let widths = Severity::ALL.into_iter().map(|severity| self.text.severity(severity).width());
        let room = widths.max().unwrap_or(0).saturating_sub(name.width());
        format!("{name}{}", " ".repeat(room))
    }
}

/// What each check that is on found.
fn by_check(session: &mut Session, overview: &Overview, query: &Query) -> Vec<OfCheck> {
    let is_asked = |check: CheckId| query.checks.is_empty() || query.checks.contains(&check);
    checks::ids()
        .filter(|check| overview.checks[check.index()].on && is_asked(*check))
        .map(|check| {
            let by_severity = if query.is_narrow() {
                let of_check = Query { checks: vec![check], limit: 0, ..query.clone() };
                only(query, ask(session, of_check).choices.by_severity)
            } else {
                overview.checks[check.index()].by_severity
            };
            OfCheck { check, by_severity }
        })
        .collect()
}

/// The answer to a question about a result that is there.
fn ask(session: &mut Session, query: Query) -> Cards {
    match session.handle(Request::Query(query)) {
        Reply::Cards(cards) => *cards,
        _ => Cards::default(),
    }
}

/// The severities that a question is about.
fn only(query: &Query, mut counts: BySeverity) -> BySeverity {
    for severity in Severity::ALL {
        if !query.severities.is_empty() && !query.severities.contains(&severity) {
            counts.0[severity.rank()] = 0;
        }
    }
    counts
}

fn worst(counts: BySeverity) -> Option<Severity> {
    Severity::ALL.into_iter().find(|severity| counts.of(*severity) > 0)
}

fn is_meant(query: &Query, finding: &Finding) -> bool {
    query.includes(finding.check, finding.severity)
}
