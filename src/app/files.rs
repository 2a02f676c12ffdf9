//! Files that are read in slices, the next one on its way while the session works on the last.

use std::collections::VecDeque;

use credential_report_viewer::report::{ReadError, is_archive};
use credential_report_viewer::session::{Mode, Reply, Request};
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::GetValue;
use leptos::task::spawn_local;

use crate::app::failure::Failure;
use crate::app::link::{PendingReply, WorkerStopped};
use crate::app::notice::Notice;
use crate::app::page_state::Page;
use crate::app::reading::{FilesRead, Reading};
use crate::app::source::{Slice, Source};
use crate::app::{clock, evaluation};

/// How many requests may be unanswered when the next slice of a large file is waited for.
const UNANSWERED: usize = 1;

/// After how long a person is told that a file is being read, in milliseconds.
const SHOW_PROGRESS_AFTER: i32 = 100;

/// What became of sending one file.
enum Sent {
    /// All of it is on its way; these replies are still to come.
    Whole {
        replies: Vec<PendingReply>,
        is_archive: bool,
    },
    Failed(Failure),
    /// Another batch, or a person, put an end to it.
    Stopped,
}

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

/// How many files may be on their way at once; of many small ones most of the time is the way.
const FILES_UNDER_WAY: usize = 24;

/// What is known of the batch while it is read.
struct Progress {
    page: Page,
    batch: u32,
    files: usize,
    total: u64,
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

/// A file whose replies are still to come.
struct UnderWay {
    source: Source,
    number: usize,
    sent: Sent,
}

/// Requests are sent without waiting for the replies before, as far as memory allows: a small file
/// takes one way to the worker and back, from its first byte to its cards.
async fn read_all(page: Page, batch: u32, sources: Vec<Source>, mode: Mode) -> Result<(), WorkerStopped> {
    let is_sample = |sources: &Vec<Source>| !sources.is_empty() && sources.iter().all(|of| of.is_sample);
    let replaces_sample = mode == Mode::Replace && is_sample(&page.sources.get_value());
    let begins = if replaces_sample { Mode::Anew } else { mode };
    page.link().ask(&Request::Begin { mode: begins, now: clock::now() });
    let mut progress = Progress {
        page,
        batch,
        files: sources.len(),
        total: sources.iter().map(Source::size).sum(),
        before: 0,
        rows: 0,
        read: Vec::new(),
        reports: 0,
        failures: Vec::new(),
        left_aside: Vec::new(),
        beside: Vec::new(),
        is_several: false,
    };
    let files = sources.len();
    let mut under_way: VecDeque<UnderWay> = VecDeque::new();
    let mut sources = sources.into_iter().enumerate();
    // The first slices of the files that come next are on their way from the disk.
    let mut ahead: VecDeque<(usize, Source, Option<Slice>)> = VecDeque::new();
    let mut pending = None;
    loop {
        while ahead.len() < FILES_UNDER_WAY
            && let Some((index, source)) = sources.next()
        {
            let slice = source.slice(0);
            ahead.push_back((index, source, slice));
        }
        let Some((index, source, first)) = ahead.pop_front() else { break };
        progress.show(&source, index + 1, 0, 0);
        let sent = send(&progress, index + 1, &source, first).await?;
        if matches!(sent, Sent::Stopped) {
            return Ok(());
        }
        let is_archive = matches!(sent, Sent::Whole { is_archive: true, .. });
        let is_large = source.size() > Slice::BYTES || is_archive;
        let is_last = index + 1 == files;
        // Nothing comes between asking whether the batch is still wanted and its commit. A ZIP file is to
        // be unpacked before.
        if is_last && !is_archive {
            pending = Some(evaluation::commit(page, mode));
        }
        under_way.push_back(UnderWay { source, number: index + 1, sent });
        let most = if is_large || is_last { 0 } else { FILES_UNDER_WAY };
        while under_way.len() > most
            && let Some(file) = under_way.pop_front()
        {
            progress.receive(file).await?;
        }
        if pending.is_none() && !page.is_batch(batch) {
            return Ok(());
        }
    }
    let pending = pending.unwrap_or_else(|| evaluation::commit(page, mode));
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
                total: self.total,
                rows: self.rows + rows,
            })));
        }
    }

    /// Waits for the replies about a file, and unpacks it where it is a ZIP file.
    async fn receive(&mut self, file: UnderWay) -> Result<(), WorkerStopped> {
        let UnderWay { source, number, sent } = file;
        let mut found = 0;
        let mut failure = None;
        let (mut is_archive, mut is_side_file) = (false, false);
        match sent {
            Sent::Whole { replies, .. } => {
                for reply in replies {
                    match reply.reply().await? {
                        // Behind a failure the session only refuses.
                        Reply::FileFailed(error) if failure.is_none() => failure = Some(Failure::Read(error)),
                        Reply::Progress { bytes, rows } => {
                            found = rows;
                            self.show(&source, number, bytes, rows);
                        }
                        Reply::FileRead { rows } => found = rows.into(),
                        Reply::Archive { .. } => is_archive = true,
                        Reply::SideFileRead { .. } => is_side_file = true,
                        _ => {}
                    }
                }
            }
            Sent::Failed(failed) => failure = Some(failed),
            Sent::Stopped => {}
        }
        self.is_several |= source.in_folder || is_archive;
        if is_archive {
            failure = self.unpack(&source, number, &mut found).await?;
        } else if failure.is_none() && !is_side_file {
            self.reports += 1;
        }
        self.rows += found;
        self.before += source.size();
        match failure {
            // The page hands out the bytes of reports again, by their numbers.
            None if is_side_file => self.beside.push(source.name),
            None => self.read.push(source),
            Some(Failure::Read(error)) if source.in_folder => self.left_aside.push(error),
            Some(failure) => self.failures.push(failure),
        }
        Ok(())
    }

    /// Unpacks a ZIP file part by part: between two of them a person can cancel.
    async fn unpack(
        &mut self,
        source: &Source,
        number: usize,
        found: &mut u64,
    ) -> Result<Option<Failure>, WorkerStopped> {
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
                    return Ok(Some(Failure::Read(error)));
                }
                _ => break,
            }
        }
        Ok(None)
    }
}

/// Sends a file, slice by slice. While the worker reads one, the next waits there, and the one after
/// that is on its way from the disk.
async fn send(
    progress: &Progress,
    number: usize,
    source: &Source,
    first: Option<Slice>,
) -> Result<Sent, WorkerStopped> {
    let (page, batch) = (progress.page, progress.batch);
    let link = page.link();
    let (name, bytes) = (source.name.clone(), source.size());
    let (mut from, mut is_archive) = (0, false);
    let mut next = first;
    let mut replies = vec![link.ask(&Request::File { name, bytes, modified: source.modified })];
    while let Some(slice) = next {
        let buffer = slice.buffer().await;
        if !page.is_batch(batch) {
            return Ok(Sent::Stopped);
        }
        let Some(buffer) = buffer else {
            link.ask(&Request::AbandonFile);
            return Ok(Sent::Failed(Failure::Unreadable { name: source.name.clone(), read: from, bytes }));
        };
        is_archive |= from == 0 && is_archive_at(&buffer);
        from += Slice::BYTES;
        next = source.slice(from);
        replies.push(link.slice(&buffer));
        while next.is_some() && replies.len() > UNANSWERED {
            let reply = replies.remove(0).reply().await?;
            if !page.is_batch(batch) {
                return Ok(Sent::Stopped);
            }
            match reply {
                Reply::FileFailed(error) => return Ok(Sent::Failed(Failure::Read(error))),
                Reply::Progress { bytes, rows } => progress.show(source, number, bytes, rows),
                _ => {}
            }
        }
    }
    replies.push(link.ask(&Request::EndOfFile));
    Ok(Sent::Whole { replies, is_archive })
}

/// Whether a file begins as a ZIP file does, whatever its name.
fn is_archive_at(buffer: &ArrayBuffer) -> bool {
    let length = buffer.byte_length().min(4);
    is_archive(&Uint8Array::new_with_byte_offset_and_length(buffer, 0, length).to_vec())
}
