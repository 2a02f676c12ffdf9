//! A borrowed view of one row, typed; every cell that is read through it is remembered.

use std::cell::Cell;
use std::hash::{Hash, Hasher};

use super::cell::{Meaning, flag_code, flag_text, time_code, word_code};
use super::cell_issue::CellIssue;
use super::column::{CellKind, Column, FLAGS, TIMES};
use super::missing::{MissingInput, MissingReason};
use super::read_cell::{CellValue, ReadCell};
use super::report::{ArnPrefix, Report};
use super::rows::Row;
use super::time::Timestamp;

/// What a row is like, times aside: two rows of one shape have the same flags, and times, or the same
/// words instead of times, in the same cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shape(u64);

/// The bit among those of columns that tells that something was read which a shape does not tell: a
/// time, a name, an account.
const BEYOND_SHAPE: u32 = 1 << 31;

/// A user of a report.
#[derive(Debug, Clone)]
pub struct User<'a> {
    report: &'a Report,
    row: &'a Row,
    index: u32,
    /// One bit a column: what a verdict rests on is what it read.
    read: Cell<u32>,
}

impl Report {
    /// The user of a row, from 0; `None` past the end.
    pub fn get(&self, index: u32) -> Option<User<'_>> {
        ((index as usize) < self.len()).then(|| User::new(self, self.rows.get(index as usize), index))
    }

    /// The users, in the order of the file.
    pub fn users(&self) -> impl Iterator<Item = User<'_>> {
        self.rows.iter().enumerate().map(|(index, row)| User::new(self, row, index as u32))
    }

    /// The users in parts of a few hundred. An engine makes code faster that it calls again and again;
    /// in one call it would go through a million rows as slowly as it began.
    pub fn users_in_parts(&self) -> impl Iterator<Item = impl Iterator<Item = User<'_>>> {
        const PART: usize = 512;
        let mut first = 0;
        self.rows.chunks().flat_map(|chunk| chunk.chunks(PART)).map(move |rows| {
            let index = first;
            first += rows.len() as u32;
            rows.iter().zip(index..).map(|(row, index)| User::new(self, row, index))
        })
    }
}

impl<'a> User<'a> {
    pub(crate) fn new(report: &'a Report, row: &'a Row, index: u32) -> Self {
        super::work::step();
        Self { report, row, index, read: Cell::new(0) }
    }

    /// The place in the report, from 0.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// The line of the file, from 1.
    pub fn line(&self) -> u32 {
        self.row.line
    }

    /// The name, `<root_account>` for root.
    pub fn name(&self) -> &'a str {
        self.leave_shape();
        self.report.names.get(self.row.name, self.row.name_len)
    }

    /// Whether this is the root user of its account.
    pub fn is_root(&self) -> bool {
        self.row.root
    }

    /// What its ARN says besides the name.
    #[inline(always)]
    pub fn arn_prefix(&self) -> &'a ArnPrefix {
        self.leave_shape();
        &self.report.arn_prefixes.as_slice()[self.row.arn_prefix as usize]
    }

    /// The number of the ARN prefix within the report.
    pub fn arn_prefix_number(&self) -> u32 {
        self.row.arn_prefix
    }

    /// The number of the account within the report.
    #[inline(always)]
    pub fn account_number(&self) -> u32 {
        self.arn_prefix().account
    }

    /// The 12 digits of the account; `None` where the ARN does not say.
    pub fn account(&self) -> Option<&'a str> {
        let account = &self.report.accounts[self.account_number() as usize].id;
        (!account.is_empty()).then_some(account.as_str())
    }

    /// `aws`, `aws-cn`, `aws-us-gov`, …; `None` where the ARN does not say.
    pub fn partition(&self) -> Option<&'a str> {
        let partition = &self.report.accounts[self.arn_prefix().account as usize].partition;
        (!partition.is_empty()).then_some(partition.as_str())
    }

    /// The ARN as the report has it.
    pub fn arn(&self) -> Option<String> {
        if let Some(odd) = self.report.odd(self.index, Column::Arn) {
            return Some(odd.raw.to_string());
        }
        let known = self.arn_prefix();
        match (known.prefix.is_empty(), known.named) {
            (true, _) => None,
            (false, true) => Some(format!("{}{}", known.prefix, self.name())),
            (false, false) => Some(known.prefix.clone()),
        }
    }

    /// The raw text of a cell; `None` where the report lacks the column.
    pub fn raw(&self, column: Column) -> Option<String> {
        self.leave_shape();
        let odd = || self.report.odd(self.index, column).map(|odd| odd.raw.to_string());
        match column.cell() {
            CellKind::User => odd().or_else(|| Some(self.name().to_owned())),
            CellKind::Arn => self.arn(),
            CellKind::Time(place) => match self.row.times[usize::from(place)] {
                time_code::MISSING => None,
                time_code::EMPTY => Some(String::new()),
                time_code::NOT_APPLICABLE => Some("N/A".to_owned()),
                time_code::NO_INFORMATION => Some("no_information".to_owned()),
                time_code::NOT_SUPPORTED => Some("not_supported".to_owned()),
                time_code::ODD => odd(),
                seconds => Some(Timestamp::from_unix(seconds.into()).write(self.row.zulu)),
            },
            CellKind::Flag(place) => match self.row.flag(place) {
                flag_code::MISSING => None,
                flag_code::ODD => odd(),
                code @ (flag_code::FOREIGN_FALSE | flag_code::FOREIGN_TRUE) => {
                    self.report.foreign_flags[usize::from(place)].word(code).map(str::to_owned)
                }
                code => flag_text(code).map(str::to_owned),
            },
            CellKind::Word(place) => match self.row.words[usize::from(place)] {
                word_code::MISSING => None,
                word_code::EMPTY => Some(String::new()),
                word_code::NOT_APPLICABLE => Some("N/A".to_owned()),
                word_code::ODD => odd(),
                word => self.report.words.get(usize::from(word)).map(ToString::to_string),
            },
        }
    }

    /// The number of a region or service among the words of the report; `None` where there is none.
    pub fn word_number(&self, column: Column) -> Option<usize> {
        let CellKind::Word(place) = column.cell() else { return None };
        let word = self.row.words[usize::from(place)];
        (word <= word_code::LAST_WORD).then_some(usize::from(word))
    }

    /// Whether no time of the row can be odd: none is after the as-of time, and no use before what is
    /// used was made. Quick; what is kept as text may be odd.
    pub fn times_are_plausible(&self, as_of: Timestamp) -> bool {
        const NEXT_ROTATION: usize = 3;
        const USES: [(usize, usize); 3] = [(1, 0), (5, 4), (7, 6)];
        let as_of =
            u32::try_from(as_of.unix().max(0)).unwrap_or(time_code::LAST_TIME).min(time_code::LAST_TIME);
        let times = &self.row.times;
        let past = times.iter().enumerate().all(|(place, &code)| {
            code <= as_of || place == NEXT_ROTATION || (code > time_code::LAST_TIME && code != time_code::ODD)
        });
        // A code above all times is no use; as a creation it is later than any, and looked at again.
        past && USES
            .iter()
            .all(|&(used, made)| times[used] > time_code::LAST_TIME || times[used] >= times[made])
    }

    /// A region or service; `None` where there is none.
    pub fn word(&self, column: Column) -> Option<String> {
        self.raw(column).filter(|text| !text.trim().is_empty() && !text.eq_ignore_ascii_case("N/A"))
    }

    #[inline(always)]
    fn remember(&self, column: Column) {
        self.read.set(self.read.get() | 1 << column as u32);
    }

    /// The shape of the row; `None` where a cell is kept as text, which a shape cannot show.
    pub fn shape(&self) -> Option<Shape> {
        const { assert!(FLAGS * 4 + TIMES * 3 < 64) };
        if self.row.has_odd_cell() || self.report.has_foreign_flags {
            return None;
        }
        let mut shape = u64::from(self.row.flags) << 1 | u64::from(self.row.root);
        for &code in &self.row.times {
            // 0 for a time, then the codes from the last one.
            shape = shape << 3 | u64::from(code.saturating_sub(time_code::LAST_TIME));
        }
        Some(Shape(shape))
    }

    /// Whether something was read since [`User::forget_reads`] that the shape does not tell.
    pub fn has_left_shape(&self) -> bool {
        self.read.get() & BEYOND_SHAPE != 0
    }

    #[inline(always)]
    fn leave_shape(&self) {
        self.read.set(self.read.get() | BEYOND_SHAPE);
    }

    /// Forgets which cells were read.
    pub fn forget_reads(&self) {
        self.read.set(0);
    }

    /// The columns read since [`User::forget_reads`], in their order.
    pub fn columns_read(&self) -> impl Iterator<Item = Column> + use<> {
        let read = self.read.get();
        Column::ALL.iter().copied().filter(move |column| read & (1 << *column as u32) != 0)
    }

    /// Whether the flags and times of two rows certainly are the same. Quick; what is kept in a side table
    /// is not looked at, and so not the same.
    pub fn has_cells_of(&self, other: &User<'_>) -> bool {
        let is_plain = !self.row.has_odd_cell() && !other.row.has_odd_cell();
        is_plain && self.row.flags == other.row.flags && self.row.times == other.row.times
    }

    /// Adds to a hash what the row says: two rows that say the same, in whatever form, add the same.
    pub fn hash_meaning(&self, hasher: &mut impl Hasher) {
        for &column in Column::ALL {
            let unreadable = |missing: MissingInput| (missing.reason, self.raw(column));
            match column.cell() {
                CellKind::Time(_) => self.find_time(column).map_err(unreadable).hash(hasher),
                CellKind::Flag(_) => self.flag(column).map_err(unreadable).hash(hasher),
                CellKind::User | CellKind::Arn | CellKind::Word(_) => self.raw(column).hash(hasher),
            }
        }
    }

    /// The cells read since [`User::forget_reads`], in the order of columns.
    pub fn cells_read(&self) -> Vec<ReadCell> {
        self.columns_read().filter_map(|column| self.cell(column)).collect()
    }

    /// A cell, with what it says; `None` where the report lacks the column.
    pub fn cell(&self, column: Column) -> Option<ReadCell> {
        Some(ReadCell { column, raw: self.raw(column)?, value: self.value(column) })
    }

    /// The time or the flag in a cell.
    fn value(&self, column: Column) -> Option<CellValue> {
        match column.cell() {
            CellKind::Time(_) => self.time(column).ok().flatten().map(CellValue::Time),
            CellKind::Flag(_) => self.flag(column).ok().map(CellValue::Flag),
            CellKind::User | CellKind::Arn | CellKind::Word(_) => None,
        }
    }

    /// The time in a cell; `None` where it says that there is none.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    #[inline(always)]
    pub fn time(&self, column: Column) -> Result<Option<Timestamp>, MissingInput> {
        let time = self.find_time(column);
        if let Ok(Some(_)) = time {
            self.leave_shape();
        }
        time
    }

    /// Why a cell that should hold a time cannot be read; `None` where it can, or holds none.
    pub fn time_issue(&self, column: Column) -> Option<CellIssue> {
        if !matches!(self.time(column), Err(MissingInput { reason: MissingReason::Unreadable, .. })) {
            return None;
        }
        match self.report.odd(self.index, column).map(|odd| odd.meaning) {
            Some(Meaning::BadTime(issue)) => Some(issue),
            _ => Some(CellIssue::Unreadable),
        }
    }

    /// Whether a cell holds a time, whichever.
    #[inline(always)]
    fn has_time(&self, column: Column) -> Result<bool, MissingInput> {
        self.find_time(column).map(|time| time.is_some())
    }

    #[inline(always)]
    fn find_time(&self, column: Column) -> Result<Option<Timestamp>, MissingInput> {
        self.remember(column);
        if let CellKind::Time(place) = column.cell() {
            match self.row.times[usize::from(place)] {
                code @ ..=time_code::LAST_TIME => return Ok(Some(Timestamp::from_unix(code.into()))),
                time_code::NOT_APPLICABLE => return Ok(None),
                _ => {}
            }
        }
        self.find_rare_time(column)
    }

    /// What a cell says that holds neither a time nor `N/A`.
    #[inline(never)]
    fn find_rare_time(&self, column: Column) -> Result<Option<Timestamp>, MissingInput> {
        let CellKind::Time(place) = column.cell() else {
            return Err(MissingInput { column, reason: MissingReason::NoTime });
        };
        let reason = match self.row.times[usize::from(place)] {
            time_code::EMPTY => return Ok(None),
            // Only of passwords does AWS say that it has no information.
            time_code::NO_INFORMATION if column == Column::PasswordLastUsed => return Ok(None),
            time_code::MISSING => MissingReason::MissingColumn,
            time_code::NOT_SUPPORTED => MissingReason::NotSupported,
            time_code::ODD => match self.report.odd(self.index, column).map(|odd| odd.meaning) {
                Some(Meaning::Time(time)) => return Ok(Some(time)),
                Some(Meaning::NotApplicable) => return Ok(None),
                _ => MissingReason::Unreadable,
            },
            _ => MissingReason::Unreadable,
        };
        Err(MissingInput { column, reason })
    }

    /// What a cell of `true` or `false` says.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    #[inline(always)]
    pub fn flag(&self, column: Column) -> Result<bool, MissingInput> {
        self.remember(column);
        if let CellKind::Flag(place) = column.cell() {
            match self.row.flag(place) {
                flag_code::TRUE => return Ok(true),
                flag_code::FALSE => return Ok(false),
                _ => {}
            }
        }
        self.rare_flag(column)
    }

    /// What a cell says that is neither `true` nor `false` as AWS writes them.
    #[inline(never)]
    fn rare_flag(&self, column: Column) -> Result<bool, MissingInput> {
        let CellKind::Flag(place) = column.cell() else {
            return Err(MissingInput { column, reason: MissingReason::Unreadable });
        };
        let reason = match self.row.flag(place) {
            flag_code::UPPER_TRUE | flag_code::TITLE_TRUE => return Ok(true),
            flag_code::UPPER_FALSE | flag_code::TITLE_FALSE => return Ok(false),
            code @ (flag_code::FOREIGN_FALSE | flag_code::FOREIGN_TRUE)
                if !self.report.foreign_flags[usize::from(place)].is_mixed =>
            {
                return Ok(code == flag_code::FOREIGN_TRUE);
            }
            flag_code::MISSING => MissingReason::MissingColumn,
            flag_code::NOT_SUPPORTED => MissingReason::NotSupported,
            flag_code::ODD => match self.report.odd(self.index, column).map(|odd| odd.meaning) {
                Some(Meaning::Flag(value)) => return Ok(value),
                _ => MissingReason::Unreadable,
            },
            _ => MissingReason::Unreadable,
        };
        Err(MissingInput { column, reason })
    }

    /// When the user (for root, the account) was made.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or holds no time.
    pub fn created(&self) -> Result<Timestamp, MissingInput> {
        let column = Column::UserCreationTime;
        self.time(column)?.ok_or(MissingInput { column, reason: MissingReason::NoTime })
    }

    /// Whether a console password is enabled.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    #[inline(always)]
    pub fn password_enabled(&self) -> Result<bool, MissingInput> {
        self.flag(Column::PasswordEnabled)
    }

    /// When the password was last used; `None`: never, since use is tracked (2014-10-20).
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    #[inline(always)]
    pub fn password_last_used(&self) -> Result<Option<Timestamp>, MissingInput> {
        self.time(Column::PasswordLastUsed)
    }

    /// Whether the password was used, whenever that was.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    pub fn password_was_used(&self) -> Result<bool, MissingInput> {
        self.has_time(Column::PasswordLastUsed)
    }

    /// When the password was last changed.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    pub fn password_last_changed(&self) -> Result<Option<Timestamp>, MissingInput> {
        self.time(Column::PasswordLastChanged)
    }

    /// When the password was set: when it was last changed, or where the report does not say, when
    /// the user was made.
    ///
    /// # Errors
    /// Neither cell says.
    pub fn password_set(&self) -> Result<Timestamp, MissingInput> {
        match self.password_last_changed() {
            Ok(Some(changed)) => Ok(changed),
            Ok(None) | Err(MissingInput { reason: MissingReason::MissingColumn, .. }) => self.created(),
            Err(missing) => Err(missing),
        }
    }

    /// When the password expires; `None`: never.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    pub fn password_next_rotation(&self) -> Result<Option<Timestamp>, MissingInput> {
        self.time(Column::PasswordNextRotation)
    }

    /// Whether some MFA device is active.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    pub fn mfa_active(&self) -> Result<bool, MissingInput> {
        self.flag(Column::MfaActive)
    }

    /// The access key of a slot, 1 or 2.
    pub fn access_key(&self, slot: u8) -> AccessKey<'_, 'a> {
        AccessKey { user: self, slot }
    }

    /// The signing certificate of a slot, 1 or 2.
    pub fn certificate(&self, slot: u8) -> Certificate<'_, 'a> {
        Certificate { user: self, slot }
    }
}

/// A credential that can be inactive, and exists if it is active or has a creation time.
fn exists(
    active: Result<bool, MissingInput>,
    created: impl FnOnce() -> Result<bool, MissingInput>,
) -> Result<bool, MissingInput> {
    if active == Ok(true) {
        return Ok(true);
    }
    let created = created();
    if created == Ok(true) {
        return Ok(true);
    }
    active?;
    created?;
    Ok(false)
}

/// An access key of a user, or its empty slot.
#[derive(Debug, Clone, Copy)]
pub struct AccessKey<'u, 'a> {
    user: &'u User<'a>,
    slot: u8,
}

impl<'u, 'a> AccessKey<'u, 'a> {
    /// Whose key it is.
    pub fn user(&self) -> &'u User<'a> {
        self.user
    }

    /// 1 or 2.
    pub fn slot(&self) -> u8 {
        self.slot
    }

    /// The column that says whether it is active.
    pub fn active_column(&self) -> Column {
        if self.slot == 1 { Column::AccessKey1Active } else { Column::AccessKey2Active }
    }

    /// The column of its creation.
    pub fn created_column(&self) -> Column {
        if self.slot == 1 { Column::AccessKey1LastRotated } else { Column::AccessKey2LastRotated }
    }

    /// The column of its last use.
    pub fn last_used_column(&self) -> Column {
        if self.slot == 1 { Column::AccessKey1LastUsedDate } else { Column::AccessKey2LastUsedDate }
    }

    /// The column of the region of its last use.
    pub fn region_column(&self) -> Column {
        if self.slot == 1 { Column::AccessKey1LastUsedRegion } else { Column::AccessKey2LastUsedRegion }
    }

    /// The column of the service of its last use.
    pub fn service_column(&self) -> Column {
        if self.slot == 1 { Column::AccessKey1LastUsedService } else { Column::AccessKey2LastUsedService }
    }

    /// Whether it is active.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    #[inline(always)]
    pub fn active(&self) -> Result<bool, MissingInput> {
        self.user.flag(self.active_column())
    }

    /// When it was made. A key is never rotated in place: AWS calls this `last_rotated`.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    #[inline(always)]
    pub fn created(&self) -> Result<Option<Timestamp>, MissingInput> {
        self.user.time(self.created_column())
    }

    /// When it was last used; `None`: never, since use is tracked (2015-04-22).
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    #[inline(always)]
    pub fn last_used(&self) -> Result<Option<Timestamp>, MissingInput> {
        self.user.time(self.last_used_column())
    }

    /// Whether it was used, whenever that was.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    pub fn was_used(&self) -> Result<bool, MissingInput> {
        self.user.has_time(self.last_used_column())
    }

    /// Whether there is such a key, active or not.
    ///
    /// # Errors
    /// The cells are missing or cannot be read.
    pub fn exists(&self) -> Result<bool, MissingInput> {
        exists(self.active(), || self.user.has_time(self.created_column()))
    }
}

/// A signing certificate of a user, or its empty slot.
#[derive(Debug, Clone, Copy)]
pub struct Certificate<'u, 'a> {
    user: &'u User<'a>,
    slot: u8,
}

impl Certificate<'_, '_> {
    /// 1 or 2.
    pub fn slot(&self) -> u8 {
        self.slot
    }

    /// The column that says whether it is active.
    pub fn active_column(&self) -> Column {
        if self.slot == 1 { Column::Cert1Active } else { Column::Cert2Active }
    }

    /// The column of its creation.
    pub fn created_column(&self) -> Column {
        if self.slot == 1 { Column::Cert1LastRotated } else { Column::Cert2LastRotated }
    }

    /// Whether it is active.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    pub fn active(&self) -> Result<bool, MissingInput> {
        self.user.flag(self.active_column())
    }

    /// When it was made.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    pub fn created(&self) -> Result<Option<Timestamp>, MissingInput> {
        self.user.time(self.created_column())
    }

    /// Whether there is such a certificate, active or not.
    ///
    /// # Errors
    /// The cells are missing or cannot be read.
    pub fn exists(&self) -> Result<bool, MissingInput> {
        exists(self.active(), || self.user.has_time(self.created_column()))
    }
}
