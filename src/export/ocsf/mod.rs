//! The findings as events of the Open Cybersecurity Schema Framework, 1.6.0: an array of JSON, an event a
//! line, of the class Compliance Finding (2003) or Detection Finding (2004).

mod event;

use self::event::{Event, Setting};
use super::PART_BYTES;
use super::form_table::Parts;
use super::lines::item;
use super::redaction::Redactor;
use super::request::{ExportRequest, OcsfClass};
use super::walk::{Walk, Which, history};
use crate::review::{Decided, Reviewed};

/// The version of the framework.
pub const VERSION: &str = "1.6.0";

/// The array under way.
#[derive(Debug)]
pub(super) struct Ocsf {
    class: OcsfClass,
    walk: Walk,
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
    Done,
}

impl Ocsf {
    pub(super) fn new(compared: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let walk = Walk::of(Which::All, compared, request.filter.as_ref());
        Self { class: request.class, walk, redactor, stage: Stage::Head }
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
                        let redacted = redactor.map(|redactor| redactor.finding(finding));
                        let finding = redacted.as_ref().unwrap_or(finding);
                        item(&Event::new(finding, history, is_accepted, setting), &mut any, &mut out);
                    });
                    if goes_on {
                        Stage::Events { any }
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
