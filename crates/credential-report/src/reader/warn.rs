//! What is odd about a text, told once for each kind and column.

use std::borrow::Cow;
use std::mem::{Discriminant, discriminant};

use super::Reader;
use crate::cell::{ForeignFlags, flag_code};
use crate::column::{CellKind, Column};
use crate::encoding::Guess;
use crate::error::{Warning, WarningKind};
use crate::report::{PlacedWarning, Report};
use crate::secret;

/// How much of an odd cell a warning quotes, in characters.
pub(super) const QUOTED: usize = 300;

/// Warnings that are one: of a kind, of the numbers that its sentence tells, in a column.
pub(super) type Group = (Discriminant<WarningKind>, u64, Option<Box<str>>);

impl Reader {
    /// The text of bytes: a copy where they are not UTF-8.
    pub(super) fn text<'t>(&self, bytes: &'t [u8]) -> Cow<'t, str> {
        self.work.add(bytes.len());
        match (std::str::from_utf8(bytes), self.decoder) {
            (Ok(text), _) => text.into(),
            (Err(_), Some(decoder)) => (decoder.decode)(bytes).into(),
            (Err(_), None) => String::from_utf8_lossy(bytes),
        }
    }

    /// The text of a cell without the blanks round it.
    pub(super) fn cell_text<'t>(&self, bytes: &'t [u8]) -> Cow<'t, str> {
        // Blanks may be any of Unicode's, and to find none takes long. In other encodings a blank may end in any byte.
        let has_none = [bytes.first(), bytes.last()].iter().flatten().all(|byte| byte.is_ascii_graphic());
        match self.text(bytes) {
            Cow::Borrowed(text) if has_none => text.into(),
            Cow::Borrowed(text) => text.trim().into(),
            Cow::Owned(text) => text.trim().to_owned().into(),
        }
    }

    /// Tells of text that is not what its bytes say for sure: a header, or a cell of a row that is kept.
    pub(super) fn tell_encoding(&mut self, line: u32, column: Option<Column>, bytes: &[u8], text: &str) {
        // What is not UTF-8 has no text of ASCII alone, in whatever encoding.
        if text.is_ascii() {
            return;
        }
        let is_utf8 = std::str::from_utf8(bytes).is_ok();
        // UTF-16 has become UTF-8 before, with such characters for what could not be read.
        if is_utf8 && !text.contains(char::REPLACEMENT_CHARACTER) {
            return;
        }
        let column = column.map(Column::name);
        let value = column.map(|_| text);
        let kind = match self.decoder.filter(|_| !is_utf8) {
            None => WarningKind::Encoding,
            Some(decoder) => {
                let encoding = decoder.encoding.to_owned();
                match Guess::of(bytes, text) {
                    Guess::Wrong => WarningKind::NotDecoded { encoding },
                    Guess::Doubtful => WarningKind::DoubtfullyDecoded { encoding },
                    Guess::Likely => {
                        // It is one fact about the file.
                        let first = |kind| (placed(Some(line), column, value, kind), 0);
                        let kind = WarningKind::Decoded { encoding, places: 1 };
                        self.decoded.get_or_insert_with(|| first(kind)).1 += 1;
                        return;
                    }
                }
            }
        };
        self.warn(Some(line), column, value, kind);
    }

    /// Tells of text that was decoded, once.
    pub(super) fn tell_decoded(&mut self) {
        if let (Some((first, places)), Some(decoder)) = (self.decoded.take(), self.decoder) {
            let kind = WarningKind::Decoded { encoding: decoder.encoding.to_owned(), places };
            self.report.warnings.push(PlacedWarning { kind, ..first });
        }
    }

    /// Warns of a cell of a row that is kept.
    pub(super) fn warn_of_cell(&mut self, line: u32, column: Column, text: &str, kind: WarningKind) {
        self.warn(Some(line), Some(column.name()), Some(text), kind);
    }

    pub(super) fn warn(
        &mut self,
        line: Option<u32>,
        column: Option<&str>,
        value: Option<&str>,
        kind: WarningKind,
    ) {
        let group = (discriminant(&kind), numbers(&kind), column.map(Into::into));
        if let Some(warning) = self.groups.get(&group).and_then(|place| self.report.warnings.get_mut(*place))
        {
            warning.more += 1;
            if let Some(line) = line.filter(|_| warning.more_lines.len() < Warning::LINES) {
                warning.more_lines.push(line);
            }
            return;
        }
        if self.report.warnings.len() >= Report::MAX_WARNINGS {
            self.report.more_warnings += 1;
            return;
        }
        self.groups.insert(group, self.report.warnings.len());
        self.report.warnings.push(placed(line, column, value, kind));
    }

    /// Takes back the warnings of a kind.
    pub(super) fn unwarn(&mut self, is: impl Fn(&WarningKind) -> bool) {
        self.report.warnings.retain(|warning| !is(&warning.kind));
        self.groups.clear();
        for (place, warning) in self.report.warnings.iter().enumerate() {
            let group = (discriminant(&warning.kind), numbers(&warning.kind), warning.column.clone());
            self.groups.insert(group, place);
        }
    }

    /// Decides whether words of another place stand for `true` and `false`: where they fill a column, and
    /// no others do.
    pub(super) fn settle_foreign_flags(&mut self) {
        self.report.has_foreign_flags = self.report.foreign_flags.iter().any(ForeignFlags::any);
        if !self.report.has_foreign_flags {
            return;
        }
        for &column in Column::ALL {
            let CellKind::Flag(place) = column.cell() else { continue };
            let flags = &self.report.foreign_flags[usize::from(place)];
            if !flags.any() {
                continue;
            }
            let (line, words) = (flags.line, flags.pair());
            let mut foreign = 0_u32;
            let mut own = false;
            for row in self.report.rows.iter() {
                match row.flag(place) {
                    flag_code::FOREIGN_FALSE | flag_code::FOREIGN_TRUE => foreign += 1,
                    flag_code::MISSING
                    | flag_code::EMPTY
                    | flag_code::NOT_APPLICABLE
                    | flag_code::NOT_SUPPORTED => {}
                    _ => own = true,
                }
            }
            let flags = &mut self.report.foreign_flags[usize::from(place)];
            flags.is_mixed |= own;
            if flags.is_mixed {
                let value = flags.pair();
                let mut warning = placed(Some(line), Some(column.name()), Some(&value), WarningKind::Flag);
                warning.more = foreign.saturating_sub(1);
                self.report.warnings.push(warning);
            } else {
                self.warn(Some(line), Some(column.name()), None, WarningKind::ForeignFlags { words });
            }
        }
    }
}

/// The numbers that the sentence of a warning tells, so that another one is another warning.
fn numbers(kind: &WarningKind) -> u64 {
    match kind {
        WarningKind::Time(issue) => *issue as u64,
        WarningKind::CellCount { found, expected } | WarningKind::SurplusCells { found, expected } => {
            u64::from(*found) << 32 | u64::from(*expected)
        }
        _ => 0,
    }
}

/// A warning that quotes no more than so much, and no secret.
pub(super) fn placed(
    line: Option<u32>,
    column: Option<&str>,
    value: Option<&str>,
    kind: WarningKind,
) -> PlacedWarning {
    let value = value.filter(|text| !secret::holds_secret(text)).map(|text| {
        let text = text.trim_end_matches(['\r', '\n']);
        match text.char_indices().nth(QUOTED) {
            Some((end, _)) => format!("{}…", &text[..end]).into(),
            None => text.into(),
        }
    });
    PlacedWarning { line, column: column.map(Into::into), value, kind, more: 0, more_lines: Vec::new() }
}
