//! The findings as Markdown: a heading an account, an item to tick off a finding, for tickets and letters.
//!
//! A tracker takes only so much text, so that it comes in parts. Each begins with its number in a comment,
//! and with the heading of the account that it goes on with.

mod item;
pub(super) mod writing;

use std::collections::VecDeque;
use std::fmt::Write;

use self::item::{Item, item};
use self::writing::{code, length};
use super::PART_BYTES;
use super::form_table::Parts;
use super::owner::account_name;
use super::redaction::Redactor;
use super::request::ExportRequest;
use super::walk::{Walk, history};
use crate::checks::Severity;
use crate::finding::Finding;
use crate::query::{account_findings, filter};
use crate::review::Reviewed;
use crate::text::Text;

/// How many characters a part has at the most.
pub const MAX_CHARACTERS: usize = 65_536;

/// Room for the comment that a part begins with, however many parts there are.
const COMMENT: usize = 64;

/// How many bytes of items are made to look at.
const BEGINNING: usize = 4096;

/// The list under way.
#[derive(Debug)]
pub(super) struct Markdown {
    text: &'static Text,
    walk: Walk,
    redactor: Option<Redactor>,
    /// The findings about accounts, by account.
    about_accounts: Vec<Finding>,
    place: Place,
    /// Items that come next.
    items: VecDeque<Item>,
    stage: Stage,
}

/// How far the list is.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// The next of the rows.
    row: usize,
    /// The next of the findings about accounts.
    about: usize,
}

#[derive(Debug)]
enum Stage {
    /// Every part says how many there are: they are counted first.
    Counting {
        full: u64,
        part: Part,
    },
    /// The part that comes next, from 1, of so many.
    Writing {
        part: u64,
        of: u64,
    },
    Done,
}

/// A part that is being put together.
#[derive(Debug)]
struct Part {
    text: String,
    length: usize,
    /// The account whose heading stands above; `None` where there is none yet.
    account: Option<String>,
}

impl Part {
    fn new(head: String) -> Self {
        Self { length: length(&head), text: head, account: None }
    }

    /// Takes an item, with the heading of its account where that is another; false if there is no room.
    fn take(&mut self, item: &Item, text: &Text) -> bool {
        let mut block = String::new();
        if self.account.as_ref() != Some(&item.account) {
            block.push_str("\n## ");
            match item.account.as_str() {
                "" => block.push_str(text.export.account_unknown),
                account => {
                    let mut number_and_name = code(account);
                    if !item.account_name.is_empty() {
                        number_and_name.push(' ');
                        number_and_name.push_str(&code(&item.account_name));
                    }
                    block.push_str(&(text.export.account)(&number_and_name));
                }
            }
            block.push('\n');
        }
        block.push('\n');
        block.push_str(&item.text);
        let length = length(&block);
        if self.length + length + COMMENT > MAX_CHARACTERS {
            return false;
        }
        self.text.push_str(&block);
        self.length += length;
        self.account = Some(item.account.clone());
        true
    }
}

impl Markdown {
    pub(super) fn new(compared: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let walk = Walk::new(compared, request.filter.as_ref());
        let about_accounts = account_findings(compared, walk.query()).cloned().collect();
        let mut list = Self {
            text: request.language.text(),
            walk,
            redactor,
            about_accounts,
            place: Place::default(),
            items: VecDeque::new(),
            stage: Stage::Done,
        };
        list.stage = Stage::Counting { full: 0, part: Part::new(list.head(compared, 1)) };
        list
    }

    /// What a part begins with: the first one says what the list is of.
    fn head(&self, compared: Reviewed<'_>, part: u64) -> String {
        let (t, page) = (&self.text.export, &self.text.page);
        if part > 1 {
            return format!("# {} ({})\n", t.markdown_title, t.continued);
        }
        let assessment = compared.assessment;
        let redacted_query = self.redactor.as_ref().map(|redactor| redactor.query(self.walk.query()));
        let query = redacted_query.as_ref().unwrap_or(self.walk.query());
        let filters: Vec<String> = filter::ALL
            .iter()
            .filter_map(|filter| (filter.value)(query))
            .map(|value| self.text.filter(value))
            .collect();
        let filters = if filters.is_empty() { t.no_filter.to_owned() } else { code(&filters.join(" · ")) };
        let users = self.walk.rows().len() as u64;
        let mut head = format!("# {}\n\n", t.markdown_title);
        for (label, value) in [
            (t.as_of, assessment.as_of().to_string().replace('T', " ").replace('Z', " UTC")),
            (t.policy, self.text.preset(assessment.policy().preset()).to_owned()),
            (t.filter, filters),
            (t.count, format!("{} · {}", (page.findings)(self.walk.findings(compared)), (page.users)(users))),
        ] {
            // Writing to a string does not fail.
            let _ = writeln!(head, "- {label}: {value}");
        }
        if self.redactor.is_some() {
            let _ = writeln!(head, "- {}", t.redacted);
        }
        head
    }

    /// Finds the next items; false where there are none left.
    fn look_on(&mut self, compared: Reviewed<'_>) -> bool {
        let row = self.walk.rows().get(self.place.row).copied();
        let user = row.and_then(|row| compared.inputs.user(row));
        let account = user.as_ref().map(|user| user.account().unwrap_or_default());
        let about = self.about_accounts.get(self.place.about);
        if let Some(about) = about
            && account.is_none_or(|account| about.account.as_deref().unwrap_or_default() <= account)
        {
            self.items.push_back(item(
                about,
                account_name(compared, about.account.as_deref(), self.redactor.as_ref()),
                history(compared, about, None),
                self.text,
                self.redactor.as_ref(),
            ));
            self.place.about += 1;
            return true;
        }
        let Some(row) = row else { return false };
        self.place.row += 1;
        let Some(user) = user else { return true };
        let found = compared.assessment.findings(row, &user, self.walk.verdicts(compared, row));
        for severity in Severity::ALL {
            for finding in found.iter().filter(|finding| finding.severity == severity) {
                self.items.push_back(item(
                    finding,
                    account_name(compared, finding.account.as_deref(), self.redactor.as_ref()),
                    compared.history(row, finding),
                    self.text,
                    self.redactor.as_ref(),
                ));
            }
        }
        true
    }

    /// Fills a part with the items that come next; false where there are none left.
    fn fill(&mut self, compared: Reviewed<'_>, part: &mut Part, room: usize) -> Filled {
        let mut read = 0;
        loop {
            while let Some(item) = self.items.front() {
                if !part.take(item, self.text) {
                    return Filled::Full;
                }
                read += item.text.len();
                self.items.pop_front();
            }
            if read > room {
                return Filled::InPart;
            }
            if !self.look_on(compared) {
                return Filled::Last;
            }
        }
    }
}

/// How a part is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filled {
    /// There is room for more.
    InPart,
    /// The next item does not fit.
    Full,
    /// There are no more items.
    Last,
}

impl Parts for Markdown {
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Counting { mut full, mut part } => {
                let mut read = 0;
                self.stage = loop {
                    match self.fill(compared, &mut part, PART_BYTES) {
                        Filled::Full => {
                            full += 1;
                            read += part.text.len();
                            part = Part::new(self.head(compared, full + 1));
                        }
                        Filled::InPart => {}
                        Filled::Last => {
                            self.place = Place::default();
                            break Stage::Writing { part: 1, of: full + 1 };
                        }
                    }
                    if read > PART_BYTES {
                        break Stage::Counting { full, part };
                    }
                };
                Vec::new()
            }
            Stage::Writing { part: number, of } => {
                let mut part = Part::new(self.head(compared, number));
                let filled = self.fill(compared, &mut part, usize::MAX);
                if filled == Filled::Full {
                    self.stage = Stage::Writing { part: number + 1, of };
                } else if number == 1 && part.account.is_none() {
                    let _ = writeln!(part.text, "\n{}", self.text.page.no_findings);
                }
                let end = if filled == Filled::Full { "\n" } else { "" };
                format!("<!-- part {number} of {of} -->\n\n{}{end}", part.text).into_bytes()
            }
            Stage::Done => Vec::new(),
        }
    }

    fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    /// Without the comment: nobody waits for the parts to be counted.
    fn beginning(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        let mut part = Part::new(self.head(compared, 1));
        self.fill(compared, &mut part, BEGINNING);
        part.text.into_bytes()
    }
}
