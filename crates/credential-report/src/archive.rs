//! A ZIP file and what is in it, unpacked step by step.
//!
//! The packed bytes are held; what is unpacked is handed out in pieces and never held whole. A step takes
//! little time, so that whoever asks can stop between two.

use std::fmt;

use crc::{CRC_32_ISO_HDLC, Crc, Digest, Table};
use flate2::{Decompress, FlushDecompress, Status};
use rawzip::{CompressionMethod, ZipArchive};

use super::archive_issue::ArchiveIssue;
use super::encoding::Decoder;
use super::error::{OtherFile, ReadErrorKind};
use super::file_facts::FileFacts;
use super::header::HEAD;
use super::recognise;
use super::sorted;
use super::time::Timestamp;

/// The limits of what is unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files.
    pub files: u32,
    /// Bytes of the ZIP file itself, which is held.
    pub packed: u64,
    /// Bytes of all files together.
    pub unpacked: u64,
    /// Bytes unpacked to bytes packed.
    pub times: u32,
}

impl Limits {
    /// What nobody needs more than: an organization has some hundred reports, of 1.5 MB at the most.
    pub const DEFAULT: Self = Self { files: 20_000, packed: 1 << 30, unpacked: 4 << 30, times: 100 };
}

/// How many bytes a step hands out at the most.
const STEP: usize = 4 << 20;

/// And at the least: of a file that is whole, its end is still to come.
const LEAST: usize = 64;

/// Below so many bytes unpacked a file is no bomb, whatever it was packed to.
const HARMLESS: u64 = 1 << 20;

/// Whether bytes begin as a ZIP file does.
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// A ZIP file that is being unpacked.
#[derive(Debug)]
pub struct Archive {
    limits: Limits,
    bytes: Vec<u8>,
    /// The files that are still to come, the last one first.
    files: Vec<Packed>,
    file: Option<Unpacking>,
    /// Why the file that began cannot be unpacked.
    issue: Option<ArchiveIssue>,
    unpacked: u64,
}

/// A file in it.
#[derive(Debug)]
struct Packed {
    facts: FileFacts,
    /// Where its packed bytes begin and end; `None` where they are not all there.
    range: Option<(usize, usize)>,
    crc: u32,
    /// Why it cannot be unpacked.
    issue: Option<ArchiveIssue>,
    is_deflated: bool,
}

/// The check sum of the files in a ZIP file. One table of a kilobyte does: sixteen of them, as `flate2` has
/// them, no compression makes smaller, and they stand in the page.
static CRC: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// A file on its way out.
struct Unpacking {
    /// Where the packed bytes go on, and where they end.
    from: usize,
    end: usize,
    inflate: Option<Box<Decompress>>,
    hash: Digest<'static, u32, Table<1>>,
    crc: u32,
    bytes: u64,
    size: u64,
}

impl fmt::Debug for Unpacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, end, bytes, size, .. } = self;
        write!(f, "Unpacking {{ {bytes} of {size} bytes, {from}..{end} }}")
    }
}

/// What a step brought.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// A file begins.
    File(FileFacts),
    /// The next bytes of the file.
    Bytes(Vec<u8>),
    /// The file is whole.
    EndOfFile,
    /// The file cannot be unpacked; others may follow.
    Broken(ArchiveIssue),
    /// There are no more files.
    End,
}

impl Archive {
    /// Opens a ZIP file by its bytes. The names of files that are not UTF-8 are read by the decoder.
    ///
    /// # Errors
    /// It is none that can be unpacked, or it is a workbook.
    pub fn open(
        name: &str,
        bytes: Vec<u8>,
        decoder: Option<Decoder>,
        limits: Limits,
    ) -> Result<Self, ReadErrorKind> {
        if bytes.len() as u64 > limits.packed {
            return Err(ReadErrorKind::Archive(ArchiveIssue::TooLarge { limit: limits.packed }));
        }
        // Of a file that breaks off, its beginning tells what it was.
        let damaged = || match recognise::signature(&bytes[..bytes.len().min(HEAD)]) {
            Some(OtherFile::Workbook) => ReadErrorKind::NotAReport(OtherFile::Workbook),
            _ => ReadErrorKind::Archive(ArchiveIssue::Damaged),
        };
        let archive = ZipArchive::from_slice(bytes.as_slice()).map_err(|_| damaged())?;
        let mut files = Vec::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|_| damaged())? {
            let path = entry.file_path();
            let path: &[u8] = path.as_ref();
            let path = match (std::str::from_utf8(path), decoder) {
                (Ok(path), _) => path.to_owned(),
                (Err(_), Some(decoder)) => (decoder.decode)(path),
                (Err(_), None) => String::from_utf8_lossy(path).into_owned(),
            };
            let path = path.replace('\\', "/");
            if path == "[Content_Types].xml" || path == "mimetype" {
                return Err(ReadErrorKind::NotAReport(OtherFile::Workbook));
            }
            if entry.is_dir() || is_passed_over(&path) {
                continue;
            }
            let method = entry.compression_method();
            let issue = if entry.flags().is_encrypted() {
                Some(ArchiveIssue::Encrypted)
            } else if ![CompressionMethod::STORE, CompressionMethod::DEFLATE].contains(&method) {
                Some(ArchiveIssue::Method)
            } else {
                None
            };
            // Where the zone is not told, it is taken for UTC.
            let time = entry.last_modified();
            let (day, clock) =
                ((time.year(), time.month(), time.day()), (time.hour(), time.minute(), time.second()));
            let modified = format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                day.0, day.1, day.2, clock.0, clock.1, clock.2
            );
            // What is not there is told when its turn comes.
            let range = archive.get_entry(entry.wayfinder()).ok().map(|entry| entry.compressed_data_range());
            files.push(Packed {
                facts: FileFacts {
                    name: format!("{name} › {path}"),
                    bytes: entry.uncompressed_size_hint(),
                    modified: Timestamp::parse(&modified).ok(),
                },
                range: range.map(|(start, end)| (start as usize, end as usize)),
                crc: entry.crc32(),
                issue,
                is_deflated: method == CompressionMethod::DEFLATE,
            });
            if files.len() > limits.files as usize {
                return Err(ReadErrorKind::Archive(ArchiveIssue::TooManyFiles { limit: limits.files }));
            }
        }
        sorted::sort_by(&mut files, |one, other| other.facts.name.cmp(&one.facts.name));
        Ok(Self { limits, bytes, files, file: None, issue: None, unpacked: 0 })
    }

    /// How many files are still to come.
    pub fn files(&self) -> u32 {
        self.files.len() as u32
    }

    /// The bytes of the ZIP file, which are held.
    pub fn bytes(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The bytes that were unpacked so far.
    pub fn unpacked(&self) -> u64 {
        self.unpacked
    }

    /// Takes the next step.
    ///
    /// # Errors
    /// It unpacks to more than is allowed; nothing more can be had from it.
    pub fn step(&mut self) -> Result<Step, ArchiveIssue> {
        if let Some(issue) = self.issue.take() {
            return Ok(Step::Broken(issue));
        }
        let Some(mut file) = self.file.take() else { return Ok(self.next_file()) };
        let packed = self.bytes.get(file.from..file.end).unwrap_or_default();
        // As much as is left by what the file says of itself; more than that is damage.
        let left = usize::try_from(file.size.saturating_sub(file.bytes)).unwrap_or(STEP);
        let mut out = vec![0; left.clamp(LEAST, STEP)];
        let (read, written, is_whole) = match &mut file.inflate {
            None => {
                let taken = packed.len().min(out.len());
                out[..taken].copy_from_slice(&packed[..taken]);
                (taken, taken, taken == packed.len())
            }
            Some(inflate) => {
                let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
                let Ok(status) = inflate.decompress(packed, &mut out, FlushDecompress::None) else {
                    return Ok(Step::Broken(ArchiveIssue::Damaged));
                };
                let read = (inflate.total_in() - before_in) as usize;
                let written = (inflate.total_out() - before_out) as usize;
                let is_stuck = read == 0 && written == 0 && status != Status::StreamEnd;
                if is_stuck {
                    return Ok(Step::Broken(ArchiveIssue::Damaged));
                }
                (read, written, status == Status::StreamEnd)
            }
        };
        out.truncate(written);
        file.hash.update(&out);
        file.from += read;
        file.bytes += written as u64;
        self.unpacked += written as u64;
        if file.bytes > file.size {
            return Ok(Step::Broken(ArchiveIssue::Damaged));
        }
        if self.unpacked > self.limits.unpacked {
            return Err(ArchiveIssue::UnpacksToTooMuch { limit: self.limits.unpacked });
        }
        let allowed = (self.bytes.len() as u64).saturating_mul(self.limits.times.into()).max(HARMLESS);
        if self.unpacked > allowed {
            return Err(ArchiveIssue::Bomb { times: self.limits.times });
        }
        if !out.is_empty() {
            // Whether it ends here the next step sees.
            self.file = Some(file);
            return Ok(Step::Bytes(out));
        }
        if !is_whole {
            return Ok(Step::Broken(ArchiveIssue::Damaged));
        }
        let is_same = file.hash.finalize() == file.crc && file.bytes == file.size;
        Ok(if is_same { Step::EndOfFile } else { Step::Broken(ArchiveIssue::Damaged) })
    }

    /// Gives up the file that is on its way.
    pub fn skip_file(&mut self) {
        (self.file, self.issue) = (None, None);
    }

    fn next_file(&mut self) -> Step {
        let Some(packed) = self.files.pop() else { return Step::End };
        // Why it cannot be unpacked is told behind its name.
        self.issue = packed.issue.or(packed.range.is_none().then_some(ArchiveIssue::Damaged));
        if let Some((from, end)) = packed.range.filter(|_| self.issue.is_none()) {
            self.file = Some(Unpacking {
                from,
                end,
                inflate: packed.is_deflated.then(|| Box::new(Decompress::new(false))),
                hash: CRC.digest(),
                crc: packed.crc,
                bytes: 0,
                size: packed.facts.bytes,
            });
        }
        Step::File(packed.facts)
    }
}

/// Whether nobody wants the file at a path: what systems put beside files, and what is hidden.
pub fn is_passed_over(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
}
