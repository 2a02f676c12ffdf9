//! A borrowed view of one row, typed; every cell that is read through it is remembered.

use std::cell::Cell;
use std::hash::{Hash, Hasher};

use super::cell::{Meaning, flag_code, flag_text, time_code, word_code};
use super::column::{CellKind, Column, FLAGS, TIMES};
use super::missing::{Obstacle, Unjudged};
use super::report::{Place, Report};
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
    pub fn place(&self) -> &'a Place {
        self.leave_shape();
        &self.report.places[self.row.place as usize]
    }

    /// The number of the place within the report.
    pub fn place_number(&self) -> u32 {
        self.row.place
    }

    /// The number of the account within the report.
    pub fn account_number(&self) -> u32 {
        self.place().account
    }

    /// The 12 digits of the account; `None` where the ARN does not say.
    pub fn account(&self) -> Option<&'a str> {
        let account = &self.report.accounts[self.account_number() as usize].id;
        (!account.is_empty()).then_some(account.as_str())
    }

    /// `aws`, `aws-cn`, `aws-us-gov`, …; `None` where the ARN does not say.
    pub fn partition(&self) -> Option<&'a str> {
        let partition = &self.report.accounts[self.place().account as usize].partition;
        (!partition.is_empty()).then_some(partition.as_str())
    }

    /// The ARN as the report has it.
    pub fn arn(&self) -> Option<String> {
        if let Some(odd) = self.report.odd(self.index, Column::Arn) {
            return Some(odd.raw.to_string());
        }
        let place = self.place();
        match (place.prefix.is_empty(), place.named) {
            (true, _) => None,
            (false, true) => Some(format!("{}{}", place.prefix, self.name())),
            (false, false) => Some(place.prefix.clone()),
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
    /// used was made. Quick; what stands aside as text may be odd.
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

    /// The shape of the row; `None` where a cell stands aside as text, which a shape cannot tell.
    pub fn shape(&self) -> Option<Shape> {
        const { assert!(FLAGS * 4 + TIMES * 3 < 64) };
        if self.row.has_odd_cell() {
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

    /// Whether the flags and times of two rows certainly are the same. Quick; what stands aside as text is
    /// not looked at, and so not the same.
    pub fn has_cells_of(&self, other: &User<'_>) -> bool {
        let is_plain = !self.row.has_odd_cell() && !other.row.has_odd_cell();
        is_plain && self.row.flags == other.row.flags && self.row.times == other.row.times
    }

    /// Adds to a hash what the row says: two rows that say the same, in whatever form, add the same.
    pub fn hash_meaning(&self, hasher: &mut impl Hasher) {
        for &column in Column::ALL {
            let unreadable = |unjudged: Unjudged| (unjudged.obstacle, self.raw(column));
            match column.cell() {
                CellKind::Time(_) => self.find_time(column).map_err(unreadable).hash(hasher),
                CellKind::Flag(_) => self.flag(column).map_err(unreadable).hash(hasher),
                CellKind::User | CellKind::Arn | CellKind::Word(_) => self.raw(column).hash(hasher),
            }
        }
    }

    /// The cells read since [`User::forget_reads`], with their raw text, in the order of columns.
    pub fn cells_read(&self) -> Vec<(Column, String)> {
        let read = self.read.get();
        Column::ALL
            .iter()
            .filter(|column| read & (1 << **column as u32) != 0)
            .filter_map(|&column| Some((column, self.raw(column)?)))
            .collect()
    }

    /// The time in a cell; `None` where it says that there is none.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    #[inline(always)]
    pub fn time(&self, column: Column) -> Result<Option<Timestamp>, Unjudged> {
        let time = self.find_time(column);
        if let Ok(Some(_)) = time {
            self.leave_shape();
        }
        time
    }

    /// Whether a cell holds a time, whichever.
    #[inline(always)]
    fn has_time(&self, column: Column) -> Result<bool, Unjudged> {
        self.find_time(column).map(|time| time.is_some())
    }

    #[inline(always)]
    fn find_time(&self, column: Column) -> Result<Option<Timestamp>, Unjudged> {
        self.remember(column);
        let CellKind::Time(place) = column.cell() else {
            return Err(Unjudged { column, obstacle: Obstacle::NoTime });
        };
        let code = self.row.times[usize::from(place)];
        if code <= time_code::LAST_TIME {
            return Ok(Some(Timestamp::from_unix(code.into())));
        }
        let obstacle = match code {
            time_code::NOT_APPLICABLE | time_code::EMPTY => return Ok(None),
            // Only of passwords does AWS say that it has no information.
            time_code::NO_INFORMATION if column == Column::PasswordLastUsed => return Ok(None),
            time_code::MISSING => Obstacle::MissingColumn,
            time_code::NOT_SUPPORTED => Obstacle::NotSupported,
            time_code::ODD => match self.report.odd(self.index, column).map(|odd| odd.meaning) {
                Some(Meaning::Time(time)) => return Ok(Some(time)),
                Some(Meaning::NotApplicable) => return Ok(None),
                _ => Obstacle::Unreadable,
            },
            _ => Obstacle::Unreadable,
        };
        Err(Unjudged { column, obstacle })
    }

    /// What a cell of `true` or `false` says.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    #[inline(always)]
    pub fn flag(&self, column: Column) -> Result<bool, Unjudged> {
        self.remember(column);
        let CellKind::Flag(place) = column.cell() else {
            return Err(Unjudged { column, obstacle: Obstacle::Unreadable });
        };
        let obstacle = match self.row.flag(place) {
            flag_code::TRUE | flag_code::UPPER_TRUE | flag_code::TITLE_TRUE => return Ok(true),
            flag_code::FALSE | flag_code::UPPER_FALSE | flag_code::TITLE_FALSE => return Ok(false),
            flag_code::MISSING => Obstacle::MissingColumn,
            flag_code::NOT_SUPPORTED => Obstacle::NotSupported,
            flag_code::ODD => match self.report.odd(self.index, column).map(|odd| odd.meaning) {
                Some(Meaning::Flag(value)) => return Ok(value),
                _ => Obstacle::Unreadable,
            },
            _ => Obstacle::Unreadable,
        };
        Err(Unjudged { column, obstacle })
    }

    /// When the user (for root, the account) was made.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or holds no time.
    pub fn created(&self) -> Result<Timestamp, Unjudged> {
        let column = Column::UserCreationTime;
        self.time(column)?.ok_or(Unjudged { column, obstacle: Obstacle::NoTime })
    }

    /// Whether a console password is enabled.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    #[inline(always)]
    pub fn password_enabled(&self) -> Result<bool, Unjudged> {
        self.flag(Column::PasswordEnabled)
    }

    /// When the password was last used; `None`: never, since use is tracked (2014-10-20).
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    #[inline(always)]
    pub fn password_last_used(&self) -> Result<Option<Timestamp>, Unjudged> {
        self.time(Column::PasswordLastUsed)
    }

    /// Whether the password was used, whenever that was.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    pub fn password_was_used(&self) -> Result<bool, Unjudged> {
        self.has_time(Column::PasswordLastUsed)
    }

    /// When the password was last changed.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    pub fn password_last_changed(&self) -> Result<Option<Timestamp>, Unjudged> {
        self.time(Column::PasswordLastChanged)
    }

    /// When the password was set: when it was last changed, or where the report does not say, when
    /// the user was made.
    ///
    /// # Errors
    /// Neither cell says.
    pub fn password_set(&self) -> Result<Timestamp, Unjudged> {
        match self.password_last_changed() {
            Ok(Some(changed)) => Ok(changed),
            Ok(None) | Err(Unjudged { obstacle: Obstacle::MissingColumn, .. }) => self.created(),
            Err(unjudged) => Err(unjudged),
        }
    }

    /// When the password expires; `None`: never.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    pub fn password_next_rotation(&self) -> Result<Option<Timestamp>, Unjudged> {
        self.time(Column::PasswordNextRotation)
    }

    /// Whether some MFA device is active.
    ///
    /// # Errors
    /// The cell is missing, cannot be read or says `not_supported`.
    pub fn mfa_active(&self) -> Result<bool, Unjudged> {
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
    active: Result<bool, Unjudged>,
    created: impl FnOnce() -> Result<bool, Unjudged>,
) -> Result<bool, Unjudged> {
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
    pub fn active(&self) -> Result<bool, Unjudged> {
        self.user.flag(self.active_column())
    }

    /// When it was made. A key is never rotated in place: AWS calls this `last_rotated`.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    #[inline(always)]
    pub fn created(&self) -> Result<Option<Timestamp>, Unjudged> {
        self.user.time(self.created_column())
    }

    /// When it was last used; `None`: never, since use is tracked (2015-04-22).
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    #[inline(always)]
    pub fn last_used(&self) -> Result<Option<Timestamp>, Unjudged> {
        self.user.time(self.last_used_column())
    }

    /// Whether it was used, whenever that was.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    pub fn was_used(&self) -> Result<bool, Unjudged> {
        self.user.has_time(self.last_used_column())
    }

    /// Whether there is such a key, active or not.
    ///
    /// # Errors
    /// The cells are missing or cannot be read.
    pub fn exists(&self) -> Result<bool, Unjudged> {
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
    pub fn active(&self) -> Result<bool, Unjudged> {
        self.user.flag(self.active_column())
    }

    /// When it was made.
    ///
    /// # Errors
    /// The cell is missing or cannot be read.
    pub fn created(&self) -> Result<Option<Timestamp>, Unjudged> {
        self.user.time(self.created_column())
    }

    /// Whether there is such a certificate, active or not.
    ///
    /// # Errors
    /// The cells are missing or cannot be read.
    pub fn exists(&self) -> Result<bool, Unjudged> {
        exists(self.active(), || self.user.has_time(self.created_column()))
    }
}
