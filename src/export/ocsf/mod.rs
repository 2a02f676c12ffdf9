//! The findings as events of the Open Cybersecurity Schema Framework, 1.6.0: an array of JSON, an event a
//! line, of the class Compliance Finding (2003) or Detection Finding (2004).

mod event;

use self::event::{Event, Setting};
use super::PART_BYTES;
use super::form_table::Parts;
use super::lines::item;
use super::owner::{account_name, owners};
use super::redaction::Redactor;
use super::request::{ExportRequest, OcsfClass};
use super::walk::{Walk, Which, history};
use crate::comparison::{ChangeList, ChangeQuery, Outcome, Place};
use crate::query::Query;
use crate::review::{Decided, Reviewed};

/// The version of the framework.
pub const VERSION: &str = "1.6.0";

/// The array under way.
#[derive(Debug)]
pub(super) struct Ocsf {
    class: OcsfClass,
    walk: Walk,
    /// The findings that were resolved since the earlier report.
    resolved: ChangeList,
    redactor: Option<Redactor>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    /// The events; whether one was written.
    Events {
        any: bool,
    },
    /// Those of findings that were resolved, from a place on.
    Resolved {
        any: bool,
        place: Place,
    },
    Done,
}

impl Ocsf {
    pub(super) fn new(compared: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let walk = Walk::of(Which::All, compared, request.filter.as_ref());
        let resolved = resolved(compared, request.filter.as_ref());
        Self { class: request.class, walk, resolved, redactor, stage: Stage::Head }
    }
}

/// The findings that were resolved since the earlier report; none where a filter asks for users of now, who
/// have none of them.
pub(super) fn resolved(compared: Reviewed<'_>, filter: Option<&Query>) -> ChangeList {
    let query = filter.map(Query::about_changes).unwrap_or_default();
    let is_asked = query.outcomes.is_empty() || query.outcomes.contains(&Outcome::Resolved);
    let is_of_findings = filter.is_none_or(|filter| !filter.asks_by_user());
    if is_asked && is_of_findings {
        ChangeList::new(*compared, &ChangeQuery { outcomes: vec![Outcome::Resolved], ..query })
    } else {
        ChangeList::of_accounts(*compared, &[], &query)
    }
}

impl Parts for Ocsf {
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        let mut out = Vec::new();
        let setting = Setting {
            class: self.class,
            as_of: compared.assessment.as_of(),
            is_redacted: self.redactor.is_some(),
        };
        while self.stage != Stage::Done && out.len() < PART_BYTES {
            self.stage = match self.stage {
                Stage::Head => {
                    out.push(b'[');
                    Stage::Events { any: false }
                }
                Stage::Events { mut any } => {
                    let redactor = self.redactor.as_ref();
                    let goes_on = self.walk.step(compared, |(finding, row)| {
                        let history = history(compared, finding, row);
                        let acceptor = |decided: Decided<'_>| {
                            decided.acceptor(compared.assessment, finding, row).is_some()
                        };
                        let is_accepted = compared.decided.is_some_and(acceptor);
                        let owners = owners(compared, row, redactor);
                        let name = account_name(compared, finding.account.as_deref(), redactor);
                        let redacted = redactor.map(|redactor| redactor.finding(finding));
                        let finding = redacted.as_ref().unwrap_or(finding);
                        let event =
                            Event::new(finding, history, is_accepted, (owners.first(), name), setting);
                        item(&event, &mut any, &mut out);
                    });
                    if goes_on {
                        Stage::Events { any }
                    } else {
                        Stage::Resolved { any, place: Place::default() }
                    }
                }
                Stage::Resolved { mut any, mut place } => {
                    if let Some(changes) = self.resolved.next(*compared, &mut place) {
                        for change in &changes {
                            let redactor = self.redactor.as_ref();
                            let name = account_name(compared, change.finding.account.as_deref(), redactor);
                            let redacted = redactor.map(|redactor| redactor.finding_change(change));
                            let change = redacted.as_ref().unwrap_or(change);
                            item(&Event::of_resolved(change, name, setting), &mut any, &mut out);
                        }
                        Stage::Resolved { any, place }
                    } else {
                        out.extend_from_slice(if any { b"\n]\n" } else { b"]\n" });
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
