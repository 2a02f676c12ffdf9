//! Files that are read in portions, the next one on its way while the session works on the last.

use std::collections::VecDeque;
use std::rc::Rc;

use credential_report_viewer::report::ReadError;
use credential_report_viewer::session::{Mode, Reply, Request};
use futures::StreamExt;
use js_sys::ArrayBuffer;
use leptos::prelude::GetValue;
use leptos::task::spawn_local;

use crate::app::failure::Failure;
use crate::app::link::{PendingReply, WorkerStopped};
use crate::app::notice::Notice;
use crate::app::page_state::Page;
use crate::app::portion::{Measured, Portion, bytes_of, is_archive_at, portions};
use crate::app::reading::{FilesRead, Reading};
use crate::app::source::{Slice, Source};
use crate::app::{clock, evaluation};

/// How many requests may be unanswered when the next slice of a large file is waited for.
const UNANSWERED: usize = 1;

/// How many portions may be on their way to the worker.
const PORTIONS: usize = 4;

/// After how long a person is told that a file is being read, in milliseconds.
const SHOW_PROGRESS_AFTER: i32 = 100;

/// Reads the files; when all are read, they are the result, or a part of it.
pub(crate) fn open(page: Page, sources: Vec<Source>, mode: Mode) {
    if sources.is_empty() {
        return;
    }
    let batch = page.next_batch();
    page.failures.update(Vec::clear);
    page.notice.set(None);
    be_patient(page, batch);
    spawn_local(async move {
        // A worker that stops is reported by the link.
        let _ = read_all(page, batch, sources, mode).await;
        if page.is_batch(batch) {
            page.reading.set(None);
        }
    });
}

/// Shows how far a batch is only if it takes long enough to ask.
pub(crate) fn be_patient(page: Page, batch: u32) {
    page.patient.set(true);
    spawn_local(async move {
        clock::sleep(SHOW_PROGRESS_AFTER).await;
        if page.is_batch(batch) {
            page.patient.set(false);
        }
    });
}

/// What is known of the batch while it is read.
struct Progress {
    page: Page,
    batch: u32,
    files: usize,
    measured: Rc<Measured>,
    /// Bytes and rows of the files before.
    before: u64,
    rows: u64,
    read: Vec<Source>,
    reports: u64,
    failures: Vec<Failure>,
    left_aside: Vec<ReadError>,
    /// The files that are no reports, but stand beside them.
    beside: Vec<String>,
    is_several: bool,
}

/// A portion whose replies are still to come.
struct UnderWay {
    portion: Portion,
    replies: Vec<PendingReply>,
    is_archive: bool,
}

/// Requests are sent without waiting for the replies before, as far as memory allows: a file takes one way
/// to the worker and back, from its first byte to its cards.
async fn read_all(page: Page, batch: u32, sources: Vec<Source>, mode: Mode) -> Result<(), WorkerStopped> {
    let is_sample = |sources: &Vec<Source>| !sources.is_empty() && sources.iter().all(|of| of.is_sample);
    let replaces_sample = mode == Mode::Replace && is_sample(&page.sources.get_value());
    let begins = if replaces_sample { Mode::Anew } else { mode };
    page.link().ask(&Request::Begin { mode: begins, now: clock::now() });
    let (files, measured) = (sources.len(), Rc::default());
    let mut portions = portions(sources, Rc::clone(&measured));
    let mut one_by_one: VecDeque<Portion> = VecDeque::new();
    let mut progress = Progress {
        page,
        batch,
        files,
        measured,
        before: 0,
        rows: 0,
        read: Vec::new(),
        reports: 0,
        failures: Vec::new(),
        left_aside: Vec::new(),
        beside: Vec::new(),
        is_several: false,
    };
    let mut under_way: VecDeque<UnderWay> = VecDeque::new();
    loop {
        progress.make_room(&mut under_way).await?;
        if !page.is_batch(batch) {
            return Ok(());
        }
        let next = match one_by_one.pop_front() {
            Some(portion) => Some(portion),
            None => portions.next().await,
        };
        let Some(mut portion) = next else { break };
        if let Some((number, source)) = portion.files.first() {
            progress.show(source, *number, 0, 0);
        }
        if portion.bytes > Slice::BYTES {
            under_way.extend(progress.send_slices(portion).await?);
            continue;
        }
        let Some(buffer) = portion.buffer().await else {
            // One of them cannot be read: which, they tell one by one.
            one_by_one.extend(progress.unreadable(portion, 0));
            continue;
        };
        for (portion, buffer, is_archive) in portion.between_archives(buffer) {
            progress.make_room(&mut under_way).await?;
            if !page.is_batch(batch) {
                return Ok(());
            }
            under_way.push_back(progress.send(portion, &buffer, is_archive));
        }
    }
    // Nothing comes between asking whether the batch is still wanted and its commit.
    let pending = evaluation::commit(page, mode);
    for files in under_way {
        progress.receive(files).await?;
    }
    let Progress { read, reports, mut failures, left_aside, beside, is_several, .. } = progress;
    let others = left_aside.len() as u64;
    // What stands beside a result does not take its place.
    let mode = if reports == 0 { Mode::Add } else { mode };
    if reports == 0 && others > 0 {
        failures.push(Failure::NoReports { files: others });
        failures.extend(left_aside.iter().take(SHOWN_FAILURES).cloned().map(Failure::Read));
    }
    if page.is_batch(batch) {
        page.failures.update(|shown| shown.extend(failures));
    }
    let has_result = evaluation::opened(page, pending, read, mode).await;
    if reports == 0 && !beside.is_empty() && page.is_batch(batch) {
        page.notice.set(Some(Notice::Beside(beside, has_result)));
    }
    if has_result {
        page.left_aside.update(|shown| {
            if mode == Mode::Replace {
                shown.clear();
            }
            shown.extend(left_aside);
        });
        if is_several {
            page.notice.set(Some(Notice::Taken(reports, others)));
        }
    }
    Ok(())
}

/// How many files are told where none was a report.
const SHOWN_FAILURES: usize = 3;

impl Progress {
    fn show(&self, source: &Source, file: usize, bytes: u64, rows: u64) {
        if self.page.is_batch(self.batch) {
            self.page.reading.set(Some(Reading::Files(FilesRead {
                name: source.name.clone(),
                file,
                files: self.files,
                bytes: self.before + bytes,
                total: self.measured.total(self.files),
                is_estimate: !self.measured.is_complete(self.files),
                rows: self.rows + rows,
            })));
        }
    }

    /// Waits for replies, if much is on its way, or a ZIP file: that is unpacked before anything comes after it.
    async fn make_room(&mut self, under_way: &mut VecDeque<UnderWay>) -> Result<(), WorkerStopped> {
        while (under_way.back().is_some_and(|last| last.is_archive)
            || under_way.len() >= PORTIONS
            || bytes_of(under_way.iter().map(|sent| &sent.portion)) > Slice::BYTES)
            && let Some(portion) = under_way.pop_front()
        {
            self.receive(portion).await?;
        }
        Ok(())
    }

    /// Sends small files together.
    fn send(&self, portion: Portion, buffer: &ArrayBuffer, is_archive: bool) -> UnderWay {
        let files = portion.files.iter().map(|(_, source)| source.whole_file()).collect();
        UnderWay { replies: vec![self.page.link().files(files, buffer)], portion, is_archive }
    }

    /// Sends a large file, slice by slice. While the worker reads one, the next waits there, and the one
    /// after that is on its way from the disk. `None` where it failed, or nobody wants it any more.
    async fn send_slices(&mut self, mut portion: Portion) -> Result<Option<UnderWay>, WorkerStopped> {
        let Some((number, source)) = portion.files.first().cloned() else { return Ok(None) };
        let (page, batch, link) = (self.page, self.batch, self.page.link());
        let (name, modified, bytes) = (source.name.clone(), source.modified(), portion.bytes);
        let (mut from, mut is_archive) = (0, false);
        let mut next = portion.take_slice();
        let mut replies = vec![link.ask(&Request::File { name, bytes, modified })];
        while let Some(slice) = next {
            let to = from + slice.bytes();
            let buffer = slice.buffer().await;
            if !page.is_batch(batch) {
                return Ok(None);
            }
            let Some(buffer) = buffer else {
                link.ask(&Request::AbandonFile);
                self.unreadable(portion, from);
                return Ok(None);
            };
            is_archive |= from == 0 && is_archive_at(&buffer, 0);
            from = to;
            next = source.slice(from);
            replies.push(link.slice(&buffer));
            while next.is_some() && replies.len() > UNANSWERED {
                let reply = replies.remove(0).reply().await?;
                if !page.is_batch(batch) {
                    return Ok(None);
                }
                match reply {
                    Reply::Progress { bytes, rows } => self.show(&source, number, bytes, rows),
                    Reply::FileFailed(_) => {
                        self.take(number, source, reply).await?;
                        return Ok(None);
                    }
                    _ => {}
                }
            }
        }
        replies.push(link.ask(&Request::EndOfFile));
        Ok(Some(UnderWay { portion, replies, is_archive }))
    }

    /// Waits for the replies about files.
    async fn receive(&mut self, under_way: UnderWay) -> Result<(), WorkerStopped> {
        let UnderWay { portion, replies, .. } = under_way;
        let mut of_files = Vec::new();
        for reply in replies {
            match reply.reply().await? {
                Reply::FilesRead(replies) => of_files = replies,
                Reply::Progress { bytes, rows } => {
                    if let Some((number, source)) = portion.files.first() {
                        self.show(source, *number, bytes, rows);
                    }
                }
                // Behind a failure the session only refuses.
                Reply::Done | Reply::Refused { .. } => {}
                reply => of_files.push(reply),
            }
        }
        let mut of_files = of_files.into_iter();
        for (number, source) in portion.files {
            match of_files.next() {
                Some(reply) => self.take(number, source, reply).await?,
                // Their bytes were not what their sizes say.
                None => drop(self.unreadable(Portion::new(vec![(number, source)]), 0)),
            }
        }
        Ok(())
    }

    /// Keeps that a file could not be read to its end. Several are given back, each by itself.
    fn unreadable(&mut self, portion: Portion, read: u64) -> Vec<Portion> {
        let Portion { mut files, bytes, .. } = portion;
        if files.len() > 1 {
            return files.into_iter().map(|file| Portion::new(vec![file])).collect();
        }
        if let Some((_, source)) = files.pop() {
            self.is_several |= source.in_folder;
            self.before += bytes;
            self.failures.push(Failure::Unreadable { name: source.name, read, bytes });
        }
        Vec::new()
    }

    /// Keeps what became of a file, and unpacks it where it is a ZIP file.
    async fn take(&mut self, number: usize, source: Source, reply: Reply) -> Result<(), WorkerStopped> {
        let (mut rows, mut failure) = (0, None);
        let is_archive = matches!(reply, Reply::Archive { .. });
        let is_side_file = matches!(reply, Reply::SideFileRead { .. });
        self.is_several |= source.in_folder || is_archive;
        match reply {
            Reply::FileFailed(error) => failure = Some(error),
            Reply::FileRead { rows: found } => rows = found.into(),
            Reply::Archive { .. } => failure = self.unpack(&source, number, &mut rows).await?,
            _ => {}
        }
        if failure.is_none() && !is_side_file && !is_archive {
            self.reports += 1;
        }
        self.rows += rows;
        self.before += source.size();
        match failure {
            // The page hands out the bytes of reports again, by their numbers.
            None if is_side_file => self.beside.push(source.name),
            None => self.read.push(source),
            Some(error) if source.in_folder => self.left_aside.push(error),
            Some(error) => self.failures.push(Failure::Read(error)),
        }
        Ok(())
    }

    /// Unpacks a ZIP file part by part: between two of them a person can cancel.
    async fn unpack(
        &mut self,
        source: &Source,
        number: usize,
        found: &mut u64,
    ) -> Result<Option<ReadError>, WorkerStopped> {
        let (reports, left_aside) = (self.reports, self.left_aside.len());
        while self.page.is_batch(self.batch) {
            match self.page.link().ask(&Request::Unpack).reply().await? {
                Reply::Unpacked { rows, files, is_done, .. } => {
                    *found = rows;
                    self.show(source, number, source.size(), rows);
                    for file in files {
                        match file.left_aside {
                            Some(error) => self.left_aside.push(error),
                            None => self.reports += u64::from(file.side.is_none()),
                        }
                    }
                    if is_done {
                        break;
                    }
                }
                Reply::FileFailed(error) => {
                    self.reports = reports;
                    self.left_aside.truncate(left_aside);
                    return Ok(Some(error));
                }
                _ => break,
            }
        }
        Ok(None)
    }
}
