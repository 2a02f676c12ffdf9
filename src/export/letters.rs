//! Letters: to each owner which users are hers or his, what was found, and boxes to decide; as Markdown.
//!
//! A letter holds the users of its owner alone. The last one is about users of whom nobody knows an owner.

use std::fmt::Write;

use super::PART_BYTES;
use super::form_table::Parts;
use super::markdown::writing::{code, sentence};
use super::redaction::Redactor;
use super::request::{ExportRequest, answer_by};
use super::walk::Walk;
use crate::assessment::RowId;
use crate::checks::Severity;
use crate::report::{Timestamp, User, sorted};
use crate::review::{Day, Owner, Owners, Reviewed};
use crate::text::{self, Text};

/// The letters under way.
#[derive(Debug)]
pub(super) struct Letters {
    text: &'static Text,
    walk: Walk,
    redactor: Option<Redactor>,
    answer_by: Option<Day>,
    /// Whom the letters are for, in order: a number of [`Owners::people`], or nobody's.
    people: Vec<u32>,
    /// Which of these is to know of which row, by their places; in order.
    pages: Vec<(u32, u32)>,
    next: usize,
    started: bool,
}

impl Letters {
    pub(super) fn new(compared: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let walk = Walk::new(compared, request.filter.as_ref());
        let (people, pages) = compared.owners.map(|owners| pages(owners, &walk)).unwrap_or_default();
        let (text, answer_by) = (request.language.text(), request.answer_by);
        Self { text, walk, redactor, answer_by, people, pages, next: 0, started: false }
    }

    /// The owner of a letter; `None` for that about users without one.
    fn owner<'a>(&self, compared: Reviewed<'a>, letter: u32) -> Option<&'a Owner> {
        let person = *self.people.get(letter as usize)?;
        compared.owners?.people().get(person as usize)
    }

    /// What a letter begins with.
    fn head(&self, compared: Reviewed<'_>, letter: u32, is_first: bool) -> String {
        let (t, export) = (self.text.letters, &self.text.export);
        let owner = self.owner(compared, letter);
        let title = if owner.is_some() { t.title } else { t.title_no_owner };
        let mut head = format!("<!-- {} / {} -->\n\n# {title}", letter + 1, self.people.len());
        if !is_first {
            let _ = write!(head, " ({})", export.continued);
        }
        head.push_str("\n\n");
        // Writing to a string does not fail.
        let mut line = |label: &str, value: &str| {
            let _ = writeln!(head, "- {label}: {value}");
        };
        if let Some(owner) = owner {
            if let Some(redactor) = &self.redactor {
                line(t.to, &code(&redactor.owner(owner)));
            } else {
                let is_other = !owner.email.is_empty() && owner.email != owner.name;
                let email = if is_other { format!(" {}", code(&owner.email)) } else { String::new() };
                line(t.to, &format!("{}{email}", code(&owner.name)));
                let (team, manager) = (self.text.owners.team, self.text.owners.manager);
                for (label, value) in [(team, &owner.team), (manager, &owner.manager)] {
                    if !value.is_empty() {
                        line(label, &code(value));
                    }
                }
            }
        }
        if !is_first {
            return head;
        }
        let as_of = compared.assessment.as_of();
        let reply_by = self.answer_by.unwrap_or_else(|| answer_by(as_of)).to_string();
        line(export.as_of, &moment(as_of));
        line(t.users, &self.pages.iter().filter(|(of, _)| *of == letter).count().to_string());
        line(t.reply_by, &reply_by);
        if self.redactor.is_some() {
            let _ = writeln!(head, "- {}", export.redacted);
        }
        let ask = if owner.is_some() { t.ask } else { t.ask_no_owner };
        let _ = writeln!(head, "\n{}", ask(&reply_by));
        if owner.is_some_and(|owner| owner.active == Some(false)) {
            let _ = writeln!(head, "\n{}", t.ask_left);
        }
        head
    }

    /// A user: what was found, and boxes to decide.
    fn user(&self, compared: Reviewed<'_>, row: RowId, user: &User<'_>, out: &mut String) {
        let (text, t, redactor) = (self.text, self.text.letters, self.redactor.as_ref());
        let name = redactor
            .map_or_else(|| user.name().to_owned(), |redactor| redactor.user(user.name(), user.is_root()));
        let account = user.account().map(|account| {
            let number =
                redactor.map_or_else(|| text::account(account), |redactor| redactor.account(account));
            let name = compared.account_name(Some(account)).filter(|_| redactor.is_none());
            let name = name.map(|name| format!(" {}", code(name))).unwrap_or_default();
            format!("{}{name}", (text.export.account)(&code(&number)))
        });
        let account = account.unwrap_or_else(|| text.export.account_unknown.to_owned());
        let _ = write!(out, "\n## {}\n\n{account}", code(&name));
        if let Ok(created) = user.created() {
            let _ = write!(out, " · {}", (text.export.created)(&created.date()));
        }
        match last_activity(user) {
            Some(used) => {
                let _ = writeln!(out, " · {}", (t.last_activity)(&used.date()));
            }
            None => {
                let _ = writeln!(out, " · {}", t.never_used);
            }
        }
        if compared.owners.is_some_and(|owners| owners.of_row(row).iter().any(|owner| owner.is_guess)) {
            let _ = writeln!(out, "\n{}", t.guessed);
        }
        out.push('\n');
        let found = compared.assessment.findings(row, user, self.walk.verdicts(compared, row));
        for severity in Severity::ALL {
            for finding in found.iter().filter(|finding| finding.severity == severity) {
                let redacted = redactor.map(|redactor| redactor.finding(finding));
                let finding = redacted.as_ref().unwrap_or(finding);
                let _ =
                    writeln!(out, "- **{}**: {}", text.severity(severity), sentence(&text.finding(finding)));
                if let Some(step) = text.check(finding.check).steps().next() {
                    let _ = writeln!(out, "  {}", (text.export.first_step)(&sentence(step)));
                }
            }
        }
        if found.is_empty() {
            let _ = writeln!(out, "- {}", text.page.no_findings);
        }
        let _ = writeln!(out, "\n{}\n", t.decide);
        for decision in [t.keep, t.rotate, t.disable, t.delete, t.other] {
            let _ = writeln!(out, "- [ ] {decision}");
        }
    }
}

impl Parts for Letters {
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        let is_followed = std::mem::replace(&mut self.started, true);
        let Some(&(letter, _)) = self.pages.get(self.next) else { return Vec::new() };
        let before = self.next.checked_sub(1).and_then(|before| self.pages.get(before));
        let is_first = before.is_none_or(|(other, _)| *other != letter);
        let mut out = if is_followed { "\n".to_owned() } else { String::new() };
        out.push_str(&self.head(compared, letter, is_first));
        while let Some(&(of, place)) = self.pages.get(self.next)
            && of == letter
            && out.len() < PART_BYTES
        {
            self.next += 1;
            let row = self.walk.rows().get(place as usize).copied();
            if let Some((row, user)) = row.and_then(|row| Some((row, compared.inputs.user(row)?))) {
                self.user(compared, row, &user, &mut out);
            }
        }
        out.into_bytes()
    }

    fn is_done(&self) -> bool {
        self.started && self.next >= self.pages.len()
    }
}

/// Whom letters are for, and which of them is to know of which row of a walk. Where certain owners are asked
/// for, nobody else gets a letter, not even somebody who answers for the same user.
fn pages(owners: &Owners, walk: &Walk) -> (Vec<u32>, Vec<(u32, u32)>) {
    let nobody = owners.people().len() as u32;
    let wanted: Vec<String> = walk.query().owners.iter().map(|name| name.trim().to_lowercase()).collect();
    let is_wanted = |person: u32| {
        let owner = owners.people().get(person as usize);
        let called = |owner: &Owner| {
            let is_one = |text: &str| wanted.contains(&text.to_lowercase());
            is_one(&owner.name) || is_one(&owner.email)
        };
        wanted.is_empty() || owner.is_some_and(called)
    };
    let mut pages: Vec<(u32, u32)> = Vec::new();
    for (row, place) in walk.rows().iter().zip(0..) {
        pages
            .extend(owners.people_of(*row).filter(|person| is_wanted(*person)).map(|person| (person, place)));
        if !owners.has_owner(*row) && wanted.is_empty() {
            pages.push((nobody, place));
        }
    }
    sorted::sort(&mut pages);
    let mut people: Vec<u32> = pages.iter().map(|(person, _)| *person).collect();
    people.dedup();
    sorted::sort_by_cached_key(&mut people, |person| {
        let owner = owners.people().get(*person as usize);
        (owner.is_none(), owner.map(|owner| (owner.name.to_lowercase(), owner.email.to_lowercase())))
    });
    let mut letters = vec![0; owners.people().len() + 1];
    for (letter, person) in (0..).zip(&people) {
        if let Some(place) = letters.get_mut(*person as usize) {
            *place = letter;
        }
    }
    for (person, _) in &mut pages {
        *person = letters.get(*person as usize).copied().unwrap_or_default();
    }
    sorted::sort(&mut pages);
    (people, pages)
}

/// When password or keys were used last.
fn last_activity(user: &User<'_>) -> Option<Timestamp> {
    let keys = [1, 2].map(|slot| user.access_key(slot).last_used().ok().flatten());
    keys.into_iter().chain([user.password_last_used().ok().flatten()]).flatten().max()
}

/// `2016-11-25 14:30:40 UTC`.
fn moment(time: Timestamp) -> String {
    time.to_string().replace('T', " ").replace('Z', " UTC")
}
