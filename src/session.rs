//! The whole app without a screen: a request goes in, a reply comes out.
//!
//! A batch of files goes in as [`Request::Begin`], then for each file [`Request::File`], its bytes
//! in as many [`Request::Slice`]s as you like and [`Request::EndOfFile`], then [`Request::Commit`].
//! Until the commit the former result stands; a batch without any report in it leaves it as it is, and adds
//! the decisions that it holds. Decisions stay until they are withdrawn, or all is forgotten.
//! A ZIP file is answered with [`Reply::Archive`] and read by as many [`Request::Unpack`]s as it takes.

mod beside;
mod desk;
mod reading;
mod reply;
mod request;
mod side_file;

use sha2::{Digest, Sha256};

pub use self::desk::{About, DecisionPage, DecisionQuery, Draft};
pub use self::reply::{Changes, Reply, UnpackedFile};
pub use self::request::{Mode, Request, WholeFile};
pub use self::side_file::SideKind;

use self::beside::Beside;
use self::desk::Desk;
use self::reading::{Batch, Read};
use self::side_file::SideFile;
use crate::accounts::Accounts;
use crate::assessment::{Assessment, Inputs};
use crate::by_owner::OwnerGroups;
use crate::card::Card;
use crate::comparison::{Against, ChangeList, ChangeQuery, Compared, Comparison, ComparisonSummary};
use crate::export::{Export, Preview, RedactionKey, Redactor, Requirement, hexadecimal};
use crate::overview::Overview;
use crate::policy::Policy;
use crate::query::{Order, Query};
use crate::report::{AsOfSource, Decoder, FileFacts, Timestamp};
use crate::review::Reviewed;

/// The memory that reports may take, in bytes. A page's module has 4 GiB at the most; a slice, an
/// answer and what the allocator cannot use take the rest.
const MEMORY: u64 = 3584 << 20;

/// Of so many rows comparing takes no time that anybody notices; of more it waits until somebody asks.
const COMPARED_AT_ONCE: u32 = 20_000;

/// Holds the reports, evaluates them, answers.
#[derive(Debug)]
pub struct Session {
    decoder: Option<Decoder>,
    memory: u64,
    policy: Policy,
    /// The as-of time that a person chose.
    chosen: Option<Timestamp>,
    inputs: Inputs,
    /// `None` while there is no result.
    assessment: Option<Assessment>,
    /// The rows of the last query, for its other pages.
    order: Option<(Query, Order)>,
    batch: Option<Batch>,
    digest: Option<(u32, Sha256)>,
    export: Option<Export>,
    /// With which earlier reports the current ones are compared.
    against: Against,
    /// What that gives, once somebody asked; `None` also where there are no earlier reports.
    comparison: Option<Comparison>,
    /// Who answers for which user, and what accounts are called.
    beside: Beside,
    /// What was decided.
    desk: Desk,
    /// Under which key aliases stand for names in what is shown, and what gives them.
    redaction: Option<RedactionKey>,
    redactor: Option<Redactor>,
    /// The findings of the last question about changes, for its other pages.
    changes: Option<(ChangeQuery, ChangeList)>,
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// A session without a result, under the recommended policy.
    pub fn new() -> Self {
        Self {
            decoder: None,
            memory: MEMORY,
            policy: Policy::default(),
            chosen: None,
            inputs: Inputs::default(),
            assessment: None,
            order: None,
            batch: None,
            digest: None,
            export: None,
            against: Against::default(),
            comparison: None,
            beside: Beside::default(),
            desk: Desk::default(),
            redaction: None,
            redactor: None,
            changes: None,
        }
    }

    /// Reads text that is not UTF-8 by this.
    #[must_use]
    pub fn with_decoder(mut self, decoder: Decoder) -> Self {
        self.decoder = Some(decoder);
        self
    }

    /// Refuses files that need more memory than this together, in bytes.
    #[must_use]
    pub fn with_memory(mut self, bytes: u64) -> Self {
        self.memory = bytes;
        self
    }

    /// Answers a request.
    pub fn handle(&mut self, request: Request) -> Reply {
        let reply = self.answer(request);
        match &self.redactor {
            Some(redactor) => redacted(reply, redactor),
            None => reply,
        }
    }

    fn answer(&mut self, request: Request) -> Reply {
        match request {
            Request::Begin { mode, now } => {
                let memory_bytes =
                    self.inputs.reports().iter().map(|loaded| loaded.report.memory_bytes()).sum();
                self.batch = Some(Batch::new(mode, now, memory_bytes));
                self.digest = None;
                Reply::Done
            }
            Request::File { name, bytes, modified } => self.start_file(FileFacts { name, bytes, modified }),
            Request::Slice(bytes) => self.slice(&bytes),
            Request::EndOfFile => self.end_of_file(),
            Request::WholeFiles { files, bytes } => self.whole_files(files, &bytes),
            Request::Unpack => self.unpack(),
            Request::AbandonFile => {
                if let Some(batch) = &mut self.batch {
                    batch.abandon_file();
                }
                self.digest = None;
                Reply::Done
            }
            Request::Commit => self.commit(),
            Request::Cancel => {
                self.batch = None;
                Reply::Done
            }
            Request::Overview => match self.overview() {
                Reply::Overview(overview) => {
                    let decisions_sha256 = self.desk.digest();
                    Reply::Overview(Box::new(Overview { decisions_sha256, ..*overview }))
                }
                other => other,
            },
            Request::SetPolicy(policy) => {
                self.policy = policy;
                self.evaluate()
            }
            Request::SetAsOf(chosen) if chosen.is_some_and(|chosen| !chosen.is_in_calendar()) => {
                refused("the moment is beyond the calendar")
            }
            Request::SetAsOf(chosen) => {
                self.chosen = chosen;
                self.evaluate()
            }
            Request::Query(query) => self.query(&query),
            Request::Accounts(query) => {
                if query.asks_for_changes() || self.inputs.rows() <= COMPARED_AT_ONCE {
                    self.compare();
                }
                self.reviewed().map_or(Reply::NoResult, |reviewed| {
                    Reply::Accounts(Box::new(Accounts::new(reviewed, &query)))
                })
            }
            Request::Owners(query) => match self.reviewed() {
                Some(reviewed) => Reply::Owners(Box::new(OwnerGroups::new(reviewed, &query))),
                None => Reply::NoResult,
            },
            Request::Card(row) => match self.reviewed() {
                Some(reviewed) => Card::new(reviewed.of_whichever(row), row)
                    .map_or_else(|| refused("there is no such row"), |card| Reply::Card(Box::new(card))),
                None => Reply::NoResult,
            },
            Request::Export(request) => {
                self.compare();
                let Some(reviewed) = self.reviewed() else { return Reply::NoResult };
                if request.form.requires() == Some(Requirement::Owners) && reviewed.owners.is_none() {
                    return refused("no file of owners is open");
                }
                self.export = Some(Export::new(reviewed, &request));
                self.next_part()
            }
            Request::CompareWith(against) => {
                self.against = against;
                self.forget_comparison();
                self.comparison()
            }
            Request::Comparison => self.comparison(),
            Request::Changes(query) => self.changes(&query),
            Request::UserChanges(query) => self.user_changes(&query),
            Request::NextPart => self.next_part(),
            Request::Decide { about, draft } => self.decide(&about, &draft),
            Request::ChangeDecision { place, draft } => {
                match self.desk.change(place, &draft, self.policy.decision_max_days) {
                    Ok(()) => self.hold(),
                    Err(fault) => Reply::NotDecided(fault),
                }
            }
            Request::WithdrawDecisions(places) => {
                self.desk.withdraw(&places);
                self.hold()
            }
            Request::Decisions(query) => match &self.assessment {
                Some(assessment) => Reply::Decisions(Box::new(self.desk.page(
                    &self.inputs,
                    assessment,
                    self.beside.owners(),
                    &query,
                ))),
                None => Reply::NoResult,
            },
            Request::DecisionsSaved => {
                self.desk.saved();
                self.overview()
            }
            Request::Preview(request) => {
                self.compare();
                self.reviewed().map_or(Reply::NoResult, |reviewed| {
                    Reply::Preview(Box::new(Preview::new(reviewed, &request)))
                })
            }
            Request::Digest(input)
                if self.batch.is_none() && (input as usize) < self.inputs.reports().len() =>
            {
                self.digest = Some((input, Sha256::new()));
                Reply::Done
            }
            Request::Digest(_) => refused("there is no such input"),
            Request::Redact(key) => {
                self.redaction = key;
                self.redact();
                Reply::Done
            }
            Request::Close => {
                let policy = std::mem::take(&mut self.policy);
                *self = Self { decoder: self.decoder, memory: self.memory, policy, ..Self::new() };
                Reply::Done
            }
        }
    }

    fn start_file(&mut self, mut file: FileFacts) -> Reply {
        // A clock that was set wrong can date a file beyond the calendar; that says nothing.
        file.modified = file.modified.filter(|modified| modified.is_in_calendar());
        let Some(batch) = &mut self.batch else { return refused("no batch was begun") };
        batch.start_file(file, self.decoder, self.memory).map_or_else(Reply::FileFailed, |()| Reply::Done)
    }

    fn whole_files(&mut self, files: Vec<WholeFile>, bytes: &[u8]) -> Reply {
        if files.iter().fold(0, |sum: u64, file| sum.saturating_add(file.bytes)) != bytes.len() as u64 {
            return refused("the bytes are not those of the files");
        }
        // What is digested are the slices of an input, not other files.
        self.digest = None;
        let mut rest = bytes;
        let of_file = |WholeFile { name, bytes, modified }| {
            let (bytes_of_file, others) = rest.split_at(bytes as usize);
            rest = others;
            self.whole_file(FileFacts { name, bytes, modified }, bytes_of_file)
        };
        Reply::FilesRead(files.into_iter().map(of_file).collect())
    }

    fn whole_file(&mut self, file: FileFacts, bytes: &[u8]) -> Reply {
        let started = self.start_file(file);
        if started != Reply::Done {
            return started;
        }
        match self.slice(bytes) {
            Reply::Progress { .. } => self.end_of_file(),
            failed => failed,
        }
    }

    fn slice(&mut self, bytes: &[u8]) -> Reply {
        if let Some((_, digest)) = &mut self.digest {
            digest.update(bytes);
            return Reply::Done;
        }
        let Some(batch) = &mut self.batch else { return refused("no file was begun") };
        match batch.feed(bytes, self.memory) {
            Ok(Some((bytes, rows))) => Reply::Progress { bytes, rows },
            Ok(None) => refused("no file was begun"),
            Err(error) => Reply::FileFailed(error),
        }
    }

    fn end_of_file(&mut self) -> Reply {
        if let Some((input, digest)) = self.digest.take() {
            self.inputs.set_digest(input, hexadecimal(&digest.finalize()));
            return Reply::Done;
        }
        let Some(batch) = &mut self.batch else { return refused("no file was begun") };
        match batch.end_file(self.decoder) {
            Ok(Read::Report { rows }) => Reply::FileRead { rows },
            Ok(Read::Archive { files }) => Reply::Archive { files },
            Ok(Read::Side { kind, entries }) => Reply::SideFileRead { kind, entries },
            Ok(Read::Nothing) => refused("no file was begun"),
            Err(error) => Reply::FileFailed(error),
        }
    }

    fn unpack(&mut self) -> Reply {
        let Some(batch) = &mut self.batch else { return refused("no file was begun") };
        match batch.unpack(self.decoder, self.memory) {
            Ok(Some(unpacked)) => Reply::Unpacked {
                bytes: unpacked.bytes,
                rows: unpacked.rows,
                files: unpacked.files,
                is_done: unpacked.is_done,
            },
            Ok(None) => refused("no ZIP file was read"),
            Err(error) => Reply::FileFailed(error),
        }
    }

    fn commit(&mut self) -> Reply {
        let Some(mut batch) = self.batch.take() else { return refused("no batch was begun") };
        batch.unpack_all(self.decoder, self.memory);
        let has_side_files = !batch.side_files.is_empty();
        if batch.mode == Mode::Anew && !batch.reports.is_empty() {
            (self.desk, self.beside) = (Desk::default(), Beside::default());
        }
        let (mut files, mut sheets) = (Beside::default(), Vec::new());
        for file in batch.side_files {
            match file {
                SideFile::Decisions(entries) => self.desk.add_file(entries),
                SideFile::Owners(file) => files.owners.push(file),
                SideFile::Accounts(file) => files.accounts.push(file),
                SideFile::Sheet(file) => sheets.push(file),
            }
        }
        self.beside.add(files, batch.mode);
        self.desk.add_sheets(sheets);
        if batch.reports.is_empty() {
            self.desk.complete_times(&self.inputs);
            return if has_side_files { self.hold() } else { Reply::NoResult };
        }
        if batch.mode != Mode::Add {
            self.inputs = Inputs::default();
            self.chosen = None;
            self.against = Against::default();
        }
        let before = self.inputs.reports().len() as u32;
        self.inputs.add(batch.reports);
        for (number, sha256) in batch.digests {
            self.inputs.set_digest(before + number, sha256);
        }
        self.desk.complete_times(&self.inputs);
        self.beside.forget();
        self.evaluate()
    }

    /// Gives every name that is loaded an alias, where that is asked for.
    fn redact(&mut self) {
        let owners = self.beside.owners();
        self.redactor = self.redaction.map(|key| Redactor::new(&self.inputs, owners, key));
    }

    /// Judges what is loaded anew; nothing is read again.
    fn evaluate(&mut self) -> Reply {
        self.forget_comparison();
        let Some(own) = self.inputs.as_of() else { return Reply::NoResult };
        let (as_of, source) = self.chosen.map_or(own, |chosen| (chosen, AsOfSource::Chosen));
        // The former masks go before the new ones come: a million rows need room.
        self.assessment = None;
        self.assessment = Some(Assessment::new(&self.inputs, self.policy.clone(), as_of, source));
        self.hold()
    }

    /// Holds the decisions against the result.
    fn hold(&mut self) -> Reply {
        (self.order, self.export, self.changes) = (None, None, None);
        if let Some(assessment) = &mut self.assessment {
            let is_new = self.beside.join(&self.inputs, assessment);
            self.desk.hold(&self.inputs, assessment);
            if is_new {
                self.redact();
            }
        }
        self.overview()
    }

    fn decide(&mut self, about: &About, draft: &Draft) -> Reply {
        let Some(reviewed) = self.reviewed() else { return Reply::NoResult };
        let subjects = desk::subjects(reviewed, about, draft.action);
        if subjects.is_empty() {
            return refused("nothing there can be told from others");
        }
        match self.desk.decide(subjects, draft, self.policy.decision_max_days) {
            Ok(()) => self.hold(),
            Err(fault) => Reply::NotDecided(fault),
        }
    }

    /// Forgets what was compared, and what is made of it.
    fn forget_comparison(&mut self) {
        (self.order, self.export, self.changes, self.comparison) = (None, None, None, None);
    }

    /// Compares with earlier reports, where there are any and that was not done yet.
    fn compare(&mut self) {
        if self.comparison.is_none()
            && let Some(assessment) = &self.assessment
        {
            let comparison = Comparison::new(&self.inputs, assessment, self.against);
            self.comparison = Some(comparison).filter(|comparison| !comparison.is_empty());
        }
    }

    /// The result, and what is known of what became of it.
    fn compared(&self) -> Option<Compared<'_>> {
        let (inputs, comparison) = (&self.inputs, self.comparison.as_ref());
        self.assessment.as_ref().map(|assessment| Compared { inputs, assessment, comparison })
    }

    /// The result, and what is known of it beside the reports.
    fn reviewed(&self) -> Option<Reviewed<'_>> {
        let (owners, organization) = (self.beside.owners(), self.beside.organization());
        let decided = self.desk.decided();
        self.compared().map(|compared| Reviewed { compared, owners, organization, decided })
    }

    fn comparison(&mut self) -> Reply {
        self.compare();
        let Some(Compared { inputs, assessment, comparison }) = self.compared() else {
            return Reply::NoResult;
        };
        let summary = match comparison {
            Some(comparison) => comparison.summary(inputs, assessment),
            None => ComparisonSummary::of_nothing(self.against, inputs, assessment),
        };
        Reply::Comparison(Box::new(summary))
    }

    fn changes(&mut self, query: &ChangeQuery) -> Reply {
        self.compare();
        let question = ChangeQuery { offset: 0, limit: 0, ..query.clone() };
        let former = self.changes.take().filter(|(former, _)| *former == question);
        let Some(compared) = self.compared() else { return Reply::NoResult };
        let list = former.map_or_else(|| ChangeList::new(compared, &question), |(_, list)| list);
        let changes = Changes {
            matching: list.len(),
            offset: query.offset,
            changes: list.part(compared, (query.offset, query.limit)),
        };
        self.changes = Some((question, list));
        Reply::Changes(Box::new(changes))
    }

    fn user_changes(&mut self, query: &ChangeQuery) -> Reply {
        self.compare();
        let Some(Compared { inputs, assessment, comparison }) = self.compared() else {
            return Reply::NoResult;
        };
        let none = || (0, Vec::new());
        let (matching, changes) =
            comparison.map_or_else(none, |of| of.user_changes(inputs, assessment, query));
        Reply::UserChanges(Box::new(Changes { matching, offset: query.offset, changes }))
    }

    fn overview(&self) -> Reply {
        match &self.assessment {
            Some(assessment) => {
                let review = self.desk.summary(&self.inputs, assessment);
                let overview = Overview { review, ..Overview::new(&self.inputs, assessment) };
                Reply::Overview(Box::new(overview.with(self.beside.owners(), self.beside.organization())))
            }
            None => Reply::NoResult,
        }
    }

    fn query(&mut self, query: &Query) -> Reply {
        if query.asks_for_changes() || self.inputs.rows() <= COMPARED_AT_ONCE {
            self.compare();
        }
        let former = self.order.take();
        let Some(compared) = self.reviewed() else { return Reply::NoResult };
        let question = Query { offset: 0, limit: 0, ..query.clone() };
        let same = former.filter(|(of, _)| *of == question);
        let mut order = same.map_or_else(|| Order::new(compared, &question), |(_, order)| order);
        let page = order.page(compared, query);
        self.order = Some((question, order));
        Reply::Cards(Box::new(page))
    }

    fn next_part(&mut self) -> Reply {
        let export = self.export.take();
        let (Some(mut export), Some(reviewed)) = (export, self.reviewed()) else {
            return refused("no export was begun");
        };
        let (bytes, last) = (export.next_part(reviewed), export.is_done());
        let name = export.part_name().map(str::to_owned);
        self.export = Some(export).filter(|_| !last);
        Reply::Part { bytes, last, name }
    }
}

/// What is shown, with aliases in place of names. Exports and what is said of reading are as they are.
fn redacted(reply: Reply, redactor: &Redactor) -> Reply {
    match reply {
        Reply::Overview(of) => Reply::Overview(Box::new(redactor.overview(*of))),
        Reply::Cards(of) => Reply::Cards(Box::new(redactor.cards(*of))),
        Reply::Accounts(of) => Reply::Accounts(Box::new(redactor.accounts(*of))),
        Reply::Card(of) => Reply::Card(Box::new(redactor.card(*of))),
        Reply::Owners(of) => Reply::Owners(Box::new(redactor.owner_groups(*of))),
        Reply::Comparison(of) => Reply::Comparison(Box::new(redactor.comparison(*of))),
        Reply::Changes(of) => {
            let changes = of.changes.iter().map(|change| redactor.finding_change(change)).collect();
            Reply::Changes(Box::new(Changes { changes, ..*of }))
        }
        Reply::UserChanges(of) => {
            let changes = of.changes.iter().map(|change| redactor.user_change(change)).collect();
            Reply::UserChanges(Box::new(Changes { changes, ..*of }))
        }
        // They are all about who, why and by whom.
        Reply::Decisions(_) => Reply::NoResult,
        Reply::Done
        | Reply::Progress { .. }
        | Reply::FileRead { .. }
        | Reply::FilesRead(_)
        | Reply::Archive { .. }
        | Reply::Unpacked { .. }
        | Reply::FileFailed(_)
        | Reply::NoResult
        | Reply::Part { .. }
        | Reply::Preview(_)
        | Reply::SideFileRead { .. }
        | Reply::NotDecided(_)
        | Reply::Refused { .. } => reply,
    }
}

fn refused(reason: &str) -> Reply {
    Reply::Refused { reason: reason.to_owned() }
}
