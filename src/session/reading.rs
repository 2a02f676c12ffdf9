//! Files on their way in, and those that come packed in a ZIP file.

use std::fmt;

use sha2::{Digest, Sha256};
use xxhash_rust::xxh64::Xxh64;

use super::side_file::{self, SideFile, SideKind};
use super::{Mode, UnpackedFile};
use crate::assessment::Fingerprint;
use crate::export::hexadecimal;
use crate::report::{
    Archive, Decoder, FileFacts, Input, Limits, ReadError, ReadErrorKind, Report, Step, Timestamp, is_archive,
};

/// A file of so many times the memory is refused before it is read: a row of a report takes at least
/// half as much memory as it has bytes.
const FILE_TO_MEMORY: u64 = 2;

/// How many bytes are unpacked before a reply, at the least: many small files are one part.
const PART: u64 = 4 << 20;

/// How many files are unpacked before a reply, at the most.
const FILES: usize = 500;

/// How many bytes tell a ZIP file.
const SIGNATURE: usize = 4;

/// Files on their way in.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) mode: Mode,
    now: Timestamp,
    pub(super) reports: Vec<(Report, Fingerprint)>,
    /// The SHA-256 of reports by number, of those that were unpacked.
    pub(super) digests: Vec<(u32, String)>,
    /// What the files beside the reports hold.
    pub(super) side_files: Vec<SideFile>,
    /// The memory that the reports take, those of the former result included, in bytes.
    memory_bytes: u64,
    file: Option<Reading>,
    packed: Option<Unpacking>,
}

/// A file that is being read.
struct Reading {
    input: Input,
    facts: FileFacts,
    stage: Stage,
    /// Of the bytes that were read, how many, and their hash so far.
    bytes: u64,
    hash: Xxh64,
}

#[derive(Debug)]
enum Stage {
    /// Too little is there to tell a ZIP file.
    Start(Vec<u8>),
    /// What may be a report. As long as no row was found its bytes are held: it may be another file that is
    /// read; `None` where that is certain.
    Report(Option<Vec<u8>>),
    /// A file beside the reports, which is held.
    Side(SideKind, Vec<u8>),
    /// A ZIP file, which is held.
    Archive(Vec<u8>),
}

/// What a file holds.
enum Whole {
    Report(Box<(Report, Fingerprint)>),
    Side(SideKind, SideFile),
}

/// A ZIP file that is being unpacked.
#[derive(Debug)]
struct Unpacking {
    archive: Archive,
    name: String,
    file: Option<(Reading, Sha256)>,
    /// Reports, digests, other files and memory before it.
    before: (usize, usize, usize, u64),
    rows: u64,
}

/// What became of a file.
pub(super) enum Read {
    Report {
        rows: u32,
    },
    Archive {
        files: u32,
    },
    Side {
        kind: SideKind,
        entries: u32,
    },
    /// There was none.
    Nothing,
}

/// What a step of unpacking brought.
enum Stepped {
    /// Nothing is left.
    End,
    /// It goes on.
    On,
    /// This file is read.
    File(UnpackedFile),
}

/// A part of a ZIP file that was read.
pub(super) struct Unpacked {
    pub(super) bytes: u64,
    pub(super) rows: u64,
    pub(super) files: Vec<UnpackedFile>,
    pub(super) is_done: bool,
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("input", &self.input)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Reading {
    fn new(facts: FileFacts, now: Timestamp, decoder: Option<Decoder>) -> Self {
        let input = Input::new(facts.clone(), now, decoder);
        Self { input, facts, stage: Stage::Start(Vec::new()), bytes: 0, hash: Xxh64::new(0) }
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        match &mut self.stage {
            Stage::Report(_) => self.feed_report(bytes),
            Stage::Side(_, held) if held.len() + bytes.len() > side_file::MOST => {
                Err(self.input.out_of_memory(side_file::MOST as u64))
            }
            Stage::Archive(held) | Stage::Side(_, held) => {
                held.extend_from_slice(bytes);
                Ok(())
            }
            Stage::Start(start) if start.is_empty() && bytes.len() >= SIGNATURE => self.begin(bytes),
            Stage::Start(start) => {
                start.extend_from_slice(bytes);
                if start.len() < SIGNATURE {
                    return Ok(());
                }
                let start = std::mem::take(start);
                self.begin(&start)
            }
        }
    }

    fn begin(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        if is_archive(bytes) {
            self.stage = Stage::Archive(bytes.to_vec());
            return Ok(());
        }
        self.stage = Stage::Report(Some(Vec::new()));
        self.feed_report(bytes)
    }

    /// Takes bytes of what may be a report, or turns out to be another file that is read.
    fn feed_report(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        let fed = self.input.feed(bytes);
        let Stage::Report(held) = &mut self.stage else { return fed };
        match fed {
            Ok(()) if self.input.rows() > 0 => *held = None,
            Ok(()) => {
                if let Some(held) = held {
                    held.extend_from_slice(bytes);
                }
            }
            Err(error) => {
                let Some((kind, mut held)) = SideKind::of(&error.kind).zip(held.take()) else {
                    return Err(error);
                };
                held.extend_from_slice(bytes);
                self.stage = Stage::Side(kind, held);
            }
        }
        Ok(())
    }

    fn memory_bytes(&self) -> u64 {
        match &self.stage {
            Stage::Archive(held) | Stage::Side(_, held) => held.len() as u64,
            Stage::Report(Some(held)) => self.input.memory_bytes() + held.len() as u64,
            Stage::Start(_) | Stage::Report(None) => self.input.memory_bytes(),
        }
    }

    fn finish(mut self, decoder: Option<Decoder>) -> Result<Whole, ReadError> {
        if let Stage::Start(start) = &mut self.stage {
            let start = std::mem::take(start);
            self.stage = Stage::Report(Some(Vec::new()));
            self.feed_report(&start)?;
        }
        let (kind, held) = match self.stage {
            Stage::Side(kind, held) => (kind, held),
            Stage::Start(_) | Stage::Report(_) | Stage::Archive(_) => {
                let fingerprint = Fingerprint { bytes: self.bytes, hash: self.hash.digest() };
                match self.input.finish() {
                    Ok(report) => return Ok(Whole::Report(Box::new((report, fingerprint)))),
                    Err(error) => match (SideKind::of(&error.kind), self.stage) {
                        (Some(kind), Stage::Report(Some(held))) => (kind, held),
                        _ => return Err(error),
                    },
                }
            }
        };
        let name = self.facts.name;
        match SideFile::read(kind, &name, &held, decoder) {
            Ok(file) => Ok(Whole::Side(kind, file)),
            Err(kind) => Err(ReadError { file: name, line: None, kind }),
        }
    }
}

impl Batch {
    pub(super) fn new(mode: Mode, now: Timestamp, memory_bytes: u64) -> Self {
        Self {
            mode,
            now,
            reports: Vec::new(),
            digests: Vec::new(),
            side_files: Vec::new(),
            memory_bytes,
            file: None,
            packed: None,
        }
    }

    pub(super) fn start_file(
        &mut self,
        facts: FileFacts,
        decoder: Option<Decoder>,
        memory: u64,
    ) -> Result<(), ReadError> {
        self.unpack_all(decoder, memory);
        self.file = None;
        let file = Reading::new(facts, self.now, decoder);
        if file.facts.bytes / FILE_TO_MEMORY > memory {
            return Err(file.input.out_of_memory(memory));
        }
        self.file = Some(file);
        Ok(())
    }

    /// Takes the next bytes of the file: how many there were, and rows.
    pub(super) fn feed(&mut self, bytes: &[u8], memory: u64) -> Result<Option<(u64, u64)>, ReadError> {
        let Some(mut file) = self.file.take() else { return Ok(None) };
        file.feed(bytes)?;
        if self.memory_bytes + file.memory_bytes() > memory {
            return Err(file.input.out_of_memory(memory));
        }
        let progress = (file.bytes, file.input.rows());
        self.file = Some(file);
        Ok(Some(progress))
    }

    pub(super) fn end_file(&mut self, decoder: Option<Decoder>) -> Result<Read, ReadError> {
        let Some(mut file) = self.file.take() else { return Ok(Read::Nothing) };
        if let Stage::Archive(bytes) = &mut file.stage {
            let name = file.facts.name.clone();
            let archive = Archive::open(&name, std::mem::take(bytes), decoder, Limits::DEFAULT)
                .map_err(|kind| ReadError { file: name.clone(), line: None, kind })?;
            let files = archive.files();
            let before = (self.reports.len(), self.digests.len(), self.side_files.len(), self.memory_bytes);
            self.memory_bytes += archive.bytes();
            self.packed = Some(Unpacking { archive, name, file: None, before, rows: 0 });
            return Ok(Read::Archive { files });
        }
        match file.finish(decoder)? {
            Whole::Report(read) => {
                let (report, fingerprint) = *read;
                let rows = report.len() as u32;
                self.memory_bytes += report.memory_bytes();
                self.reports.push((report, fingerprint));
                Ok(Read::Report { rows })
            }
            Whole::Side(kind, side_file) => {
                let entries = side_file.entries();
                self.side_files.push(side_file);
                Ok(Read::Side { kind, entries })
            }
        }
    }

    pub(super) fn abandon_file(&mut self) {
        self.file = None;
        if let Some(packed) = self.packed.take() {
            self.forget(&packed);
        }
    }

    /// Forgets what came out of a ZIP file.
    fn forget(&mut self, packed: &Unpacking) {
        let (reports, digests, side_files, memory_bytes) = packed.before;
        self.side_files.truncate(side_files);
        self.reports.truncate(reports);
        self.digests.truncate(digests);
        self.memory_bytes = memory_bytes;
    }

    /// Reads the next part of a ZIP file; `None` where there is none.
    pub(super) fn unpack(
        &mut self,
        decoder: Option<Decoder>,
        memory: u64,
    ) -> Result<Option<Unpacked>, ReadError> {
        let Some(mut packed) = self.packed.take() else { return Ok(None) };
        let start = packed.archive.unpacked();
        let mut files = Vec::new();
        let mut is_done = false;
        while !is_done && packed.archive.unpacked() - start < PART && files.len() < FILES {
            match self.step(&mut packed, decoder, memory) {
                Ok(Stepped::End) => is_done = true,
                Ok(Stepped::On) => {}
                Ok(Stepped::File(file)) => files.push(file),
                Err(kind) => {
                    self.forget(&packed);
                    return Err(ReadError { file: packed.name, line: None, kind });
                }
            }
        }
        let reading = packed.file.as_ref().map_or(0, |(file, _)| file.input.rows());
        let (bytes, rows) = (packed.archive.unpacked(), packed.rows + reading);
        if is_done {
            self.memory_bytes -= packed.archive.bytes();
        } else {
            self.packed = Some(packed);
        }
        Ok(Some(Unpacked { bytes, rows, files, is_done }))
    }

    /// A step of unpacking.
    fn step(
        &mut self,
        packed: &mut Unpacking,
        decoder: Option<Decoder>,
        memory: u64,
    ) -> Result<Stepped, ReadErrorKind> {
        let left_aside = |name: String, kind: ReadErrorKind| {
            let error = ReadError { file: name.clone(), line: None, kind };
            Ok(Stepped::File(UnpackedFile { name, left_aside: Some(error), side: None }))
        };
        match packed.archive.step().map_err(ReadErrorKind::Archive)? {
            Step::End => return Ok(Stepped::End),
            Step::File(facts) => packed.file = Some((Reading::new(facts, self.now, decoder), Sha256::new())),
            Step::Broken(issue) => {
                let name = packed.file.take().map(|(file, _)| file.facts.name).unwrap_or_default();
                return left_aside(name, ReadErrorKind::Archive(issue));
            }
            Step::Bytes(bytes) => {
                let Some((file, sha256)) = &mut packed.file else { return Ok(Stepped::On) };
                sha256.update(&bytes);
                // A ZIP file in a ZIP file is named, not unpacked.
                let fed = if file.bytes == 0 && is_archive(&bytes) {
                    file.input.feed(&bytes)
                } else {
                    file.feed(&bytes)
                };
                if self.memory_bytes + file.memory_bytes() > memory {
                    return Err(ReadErrorKind::OutOfMemory { limit: memory });
                }
                if let Err(error) = fed {
                    packed.archive.skip_file();
                    let name = packed.file.take().map(|(file, _)| file.facts.name).unwrap_or_default();
                    return left_aside(name, error.kind);
                }
            }
            Step::EndOfFile => {
                let Some((file, sha256)) = packed.file.take() else { return Ok(Stepped::On) };
                let name = file.facts.name.clone();
                let (report, fingerprint) = match file.finish(decoder) {
                    Ok(Whole::Report(read)) => *read,
                    Ok(Whole::Side(kind, side_file)) => {
                        self.side_files.push(side_file);
                        return Ok(Stepped::File(UnpackedFile { name, left_aside: None, side: Some(kind) }));
                    }
                    Err(error) => return left_aside(name, error.kind),
                };
                packed.rows += report.len() as u64;
                self.memory_bytes += report.memory_bytes();
                self.digests.push((self.reports.len() as u32, hexadecimal(&sha256.finalize())));
                self.reports.push((report, fingerprint));
                return Ok(Stepped::File(UnpackedFile { name, left_aside: None, side: None }));
            }
        }
        Ok(Stepped::On)
    }

    /// Reads what is left of a ZIP file.
    pub(super) fn unpack_all(&mut self, decoder: Option<Decoder>, memory: u64) {
        while let Ok(Some(unpacked)) = self.unpack(decoder, memory) {
            if unpacked.is_done {
                break;
            }
        }
    }
}
