//! Files beside the reports: told by what they hold, held whole, and read when all of it is there.

use serde::{Deserialize, Serialize};

use crate::report::{DecodedText, Decoder, OtherFile, ReadErrorKind};
use crate::review::{AccountsFile, Entry, OwnersFile, SheetFile, read_decisions};

/// The kinds of files that are read beside reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SideKind {
    /// Decisions, `credential-report-decisions/1`.
    Decisions,
    /// Who answers for which user.
    Owners,
    /// The accounts of an organization.
    Accounts,
    /// A `users.csv` that was filled in.
    Sheet,
}

/// The most that such a file may have, in bytes: it is held whole.
pub(super) const MOST: usize = 256 << 20;

impl SideKind {
    /// The kind of a file that is no report, as far as it is read.
    pub(super) fn of(kind: &ReadErrorKind) -> Option<Self> {
        match kind {
            ReadErrorKind::NotAReport(OtherFile::Decisions) => Some(Self::Decisions),
            ReadErrorKind::NotAReport(OtherFile::Owners) => Some(Self::Owners),
            ReadErrorKind::NotAReport(OtherFile::Accounts) => Some(Self::Accounts),
            ReadErrorKind::NotAReport(OtherFile::Review) => Some(Self::Sheet),
            _ => None,
        }
    }
}

/// What a file beside the reports holds.
#[derive(Debug)]
pub(super) enum SideFile {
    Decisions(Vec<Entry>),
    Owners(OwnersFile),
    Accounts(AccountsFile),
    Sheet(SheetFile),
}

impl SideFile {
    /// Reads a file of a kind.
    pub(super) fn read(
        kind: SideKind,
        name: &str,
        bytes: &[u8],
        decoder: Option<Decoder>,
    ) -> Result<Self, ReadErrorKind> {
        let not = ReadErrorKind::NotAReport;
        match kind {
            SideKind::Decisions => {
                read_decisions(name, &DecodedText::new(bytes, decoder).text).map(Self::Decisions)
            }
            SideKind::Owners => {
                OwnersFile::read(name, bytes, decoder).map(Self::Owners).ok_or(not(OtherFile::Owners))
            }
            SideKind::Accounts => {
                AccountsFile::read(name, bytes, decoder).map(Self::Accounts).ok_or(not(OtherFile::Accounts))
            }
            SideKind::Sheet => {
                SheetFile::read(name, bytes, decoder).map(Self::Sheet).ok_or(not(OtherFile::Review))
            }
        }
    }

    /// How many things it says.
    pub(super) fn entries(&self) -> u32 {
        match self {
            Self::Decisions(entries) => entries.len() as u32,
            Self::Owners(file) => file.lines.len() as u32,
            Self::Accounts(file) => file.accounts.len() as u32,
            Self::Sheet(file) => file.rows.len() as u32,
        }
    }
}
