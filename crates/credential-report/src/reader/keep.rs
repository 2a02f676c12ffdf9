//! Rows on their way into the report: names, ARN prefixes, accounts, words, and which ARNs are equal.

use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::slow_row::NULL;
use super::{Arn, LastRow, Reader};
use crate::cell::{Meaning, OddCell, time_code, word_code};
use crate::column::{CellKind, Column};
use crate::error::{ReadErrorKind, WarningKind};
use crate::report::{AccountName, ArnPrefix, ROOT_NAME, Report};
use crate::rows::Row;
use crate::secret;
use crate::time::Timestamp;

/// The place of `password_next_rotation` among the times: alone it lies in the future by nature.
const NEXT_ROTATION: usize = 3;

impl Reader {
    /// Keeps a row.
    #[inline]
    pub(super) fn push(
        &mut self,
        mut row: Row,
        name: &str,
        arn: Arn<'_>,
        odd: Vec<(Column, OddCell)>,
    ) -> Result<(), ReadErrorKind> {
        let index = u32::try_from(self.report.rows.len()).map_err(|_| ReadErrorKind::TooManyRows)?;
        row.name = self.report.names.push(name).ok_or(ReadErrorKind::TooManyRows)?;
        row.name_len = name.len() as u32;
        row.root = name == ROOT_NAME;
        match arn {
            Arn::Missing => {}
            Arn::Text(arn) => {
                row.root |= arn.ends_with(":root");
                row.arn_prefix = self.arn_prefix(&row, index, name, arn);
            }
            Arn::LikeTheLast => {
                row.root |= name.ends_with(":root");
                row.arn_prefix = self.last.arn_prefix;
            }
        }
        self.report.has_unattributed |= row.arn_prefix == 0;
        for (column, cell) in odd {
            if let (CellKind::Time(place), Meaning::Time(time)) = (column.cell(), cell.meaning)
                && usize::from(place) != NEXT_ROTATION
            {
                self.note_event(time);
            }
            self.report.odd.push(index, column, cell);
        }
        let mut newest = 0;
        let now = u32::try_from(self.now.unix().max(0)).unwrap_or(u32::MAX).min(time_code::LAST_TIME);
        for (place, time) in row.times.into_iter().enumerate() {
            let has_happened = place != NEXT_ROTATION && time <= now;
            newest = newest.max(if has_happened { time } else { 0 });
        }
        if newest > 0 {
            self.note_event(Timestamp::from_unix(newest.into()));
        }
        self.note_order(&row, index, name);
        self.report.rows.push(row);
        Ok(())
    }

    fn note_event(&mut self, time: Timestamp) {
        if time <= self.now && self.report.newest_event.is_none_or(|newest| time > newest) {
            self.report.newest_event = Some(time);
        }
    }

    /// Sees whether rows are sorted as AWS sorts them: root first, then names ignoring case. Equal
    /// ARNs are neighbours then, and need no search.
    fn note_order(&mut self, row: &Row, index: u32, name: &str) {
        let mut first = row.line;
        let known = &self.report.arn_prefixes[row.arn_prefix as usize];
        let account = known.account;
        // An ARN that is kept as text may be that of any row.
        self.unsorted |= known.prefix.is_empty() && self.report.odd(index, Column::Arn).is_some();
        if self.last.any && self.last.account == account && !row.root {
            let before = self.report.names.get(self.last.name, self.last.name_len);
            if !self.last.root {
                match compare_ignoring_case(before, name) {
                    Ordering::Less => {}
                    Ordering::Equal if before == name && self.last.arn_prefix == row.arn_prefix => {
                        first = self.last.first;
                        if !self.unsorted {
                            let arn = (!known.prefix.is_empty()).then(|| format!("{}{name}", known.prefix));
                            self.note_repeated((index, row.line), index - 1, first, arn.as_deref());
                        }
                    }
                    _ => self.unsorted = true,
                }
            }
        } else {
            let number = account as usize;
            if self.seen_accounts.len() <= number {
                self.seen_accounts.resize(number + 1, false);
            }
            self.unsorted |= std::mem::replace(&mut self.seen_accounts[number], true);
        }
        self.last = LastRow {
            any: true,
            name: row.name,
            name_len: row.name_len,
            arn_prefix: row.arn_prefix,
            account,
            root: row.root,
            first,
        };
    }

    /// Finds equal ARNs in a report that is not sorted.
    pub(super) fn find_repeated_arns(&mut self) {
        if !self.unsorted {
            return;
        }
        self.unwarn(|kind| matches!(kind, WarningKind::RepeatedArn { .. }));
        self.report.repeated.clear();
        let report = &self.report;
        let repeats = if report.odd.any_in(Column::Arn) {
            repeats(report.users().map(|user| user.arn().ok_or(user.name())), report)
        } else {
            // Users of one ARN prefix differ by name, so their ARNs need not be put together.
            let key = |row: &Row| {
                let known = &report.arn_prefixes[row.arn_prefix as usize];
                let is_told_by_name = known.named || known.prefix.is_empty();
                (row.arn_prefix, if is_told_by_name { report.names.get(row.name, row.name_len) } else { "" })
            };
            repeats(report.rows.iter().map(key), report)
        };
        for (row, before, first_line) in repeats {
            let arn = self.report.get(row.0).and_then(|user| user.arn());
            self.note_repeated(row, before, first_line, arn.as_deref());
        }
    }

    /// Notes a row (its number and line) of the same ARN as one before. Rows without any ARN may be
    /// of the same name in several accounts, which is nothing to warn of.
    fn note_repeated(&mut self, (index, line): (u32, u32), before: u32, first_line: u32, arn: Option<&str>) {
        self.report.repeated.push((index, before));
        if let Some(arn) = arn {
            let kind = WarningKind::RepeatedArn { first_line };
            self.warn_of_cell(line, Column::Arn, arn, kind);
        }
    }

    /// The number of the prefix of an ARN; a new one is added.
    fn arn_prefix(&mut self, row: &Row, index: u32, name: &str, arn: &str) -> u32 {
        let last = &self.report.arn_prefixes[self.last.arn_prefix as usize];
        if last.named
            && let Some(rest) = arn.strip_prefix(last.prefix.as_str())
            && rest == name
        {
            return self.last.arn_prefix;
        }
        let parts = AccountName::of(arn);
        let path = arn.splitn(6, ':').nth(5).unwrap_or_default();
        let (prefix, named) = match &parts {
            Some(_) if path == "root" => (arn, false),
            Some(_) if path.starts_with("user/") && arn.ends_with(&format!("/{name}")) => {
                (&arn[..arn.len() - name.len()], true)
            }
            // The ARN cannot be put together again from prefix and name: it is kept as text.
            _ => {
                if !arn.is_empty() {
                    let kind = if parts.is_some() { WarningKind::ArnOfOther } else { WarningKind::Arn };
                    self.warn_of_cell(row.line, Column::Arn, arn, kind);
                    let cell = OddCell { raw: arn.into(), meaning: Meaning::Word }.without_secret(true);
                    self.report.odd.push(index, Column::Arn, cell);
                }
                ("", false)
            }
        };
        let account = self.account(parts.as_ref());
        let key: Box<str> = if prefix.is_empty() { format!("#{account}").into() } else { prefix.into() };
        if account == 0 && prefix.is_empty() {
            return 0;
        }
        if let Some(number) = self.arn_prefixes.get(&key) {
            return *number;
        }
        let number = self.report.arn_prefixes.len() as u32;
        self.report.arn_prefixes.push(ArnPrefix { prefix: prefix.to_owned(), named, account });
        self.arn_prefixes.insert(key, number);
        number
    }

    fn account(&mut self, parts: Option<&AccountName>) -> u32 {
        let Some(parts) = parts else { return 0 };
        let key = (parts.partition.as_str().into(), parts.id.as_str().into());
        if let Some(account) = self.accounts.get(&key) {
            return *account;
        }
        let account = self.report.accounts.len() as u32;
        self.report.accounts.push(parts.clone());
        self.accounts.insert(key, account);
        account
    }

    /// The number of a word; `None` where it is no UTF-8 or there are too many.
    #[inline]
    pub(super) fn word(&mut self, bytes: &[u8]) -> Option<u16> {
        // Regions and services repeat all the time: a few bytes of each find its number at once.
        let key = fingerprint(bytes);
        let slot = key.map(|key| (key ^ (key >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) as usize >> 26 & 63);
        if let (Some(key), Some(slot)) = (key, slot)
            && let Some((known, code)) = self.word_cache[slot]
            && known == key
            && self.report.words.get(usize::from(code)).is_some_and(|word| word.as_bytes() == bytes)
        {
            return Some(code);
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let code = if let Some(code) = self.words.get(text) {
            *code
        } else {
            // What has blanks round it, or may be a secret, is none of AWS's words.
            if text.trim() != text || text == NULL || secret::holds_secret(text) {
                return None;
            }
            let code =
                u16::try_from(self.report.words.len()).ok().filter(|code| *code <= word_code::LAST_WORD)?;
            self.report.words.push(text.into());
            self.words.insert(text.into(), code);
            code
        };
        if let (Some(key), Some(slot)) = (key, slot) {
            self.word_cache[slot] = Some((key, code));
        }
        Some(code)
    }
}

impl AccountName {
    /// Partition and account of `arn:aws:iam::123456789012:…`.
    fn of(arn: &str) -> Option<Self> {
        let mut parts = arn.splitn(6, ':');
        let (scheme, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (_, id, resource) = (parts.next()?, parts.next()?, parts.next()?);
        let is_id = id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit());
        (scheme == "arn" && service == "iam" && !partition.is_empty() && is_id && !resource.is_empty())
            .then(|| Self { id: id.to_owned(), partition: partition.to_owned() })
    }
}

/// The rows (number and line) whose key an earlier row has: with the last such row before, and the
/// line of the first.
fn repeats<K: Eq + Hash>(keys: impl Iterator<Item = K>, report: &Report) -> Vec<((u32, u32), u32, u32)> {
    let mut seen: FxHashMap<K, (u32, u32)> = FxHashMap::default();
    let mut repeats = Vec::new();
    for (index, (key, row)) in keys.zip(report.rows.iter()).enumerate() {
        let index = index as u32;
        match seen.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert((index, row.line));
            }
            Entry::Occupied(mut entry) => {
                let (before, first_line) = entry.get_mut();
                repeats.push(((index, row.line), *before, *first_line));
                *before = index;
            }
        }
    }
    repeats
}

/// A number that tells short words apart; `None` for one that is too short to have it.
#[inline]
fn fingerprint(bytes: &[u8]) -> Option<u64> {
    let (first, last) = (bytes.first_chunk::<2>()?, bytes.last_chunk::<2>()?);
    let middle = bytes[bytes.len() / 2];
    Some(
        u64::from(u16::from_le_bytes(*first))
            | u64::from(u16::from_le_bytes(*last)) << 16
            | u64::from(middle) << 32
            | (bytes.len() as u64 & 0xff) << 40,
    )
}

/// The order of names as AWS sorts them.
pub fn compare_ignoring_case(a: &str, b: &str) -> Ordering {
    // Neighbours have much in common, and mostly in the same case.
    for (a, b) in a.bytes().zip(b.bytes()).filter(|(a, b)| a != b) {
        let order = a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase());
        if order.is_ne() {
            return order;
        }
    }
    a.len().cmp(&b.len())
}
