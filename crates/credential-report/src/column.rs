//! The columns of a credential report, found by header name.

use serde::{Deserialize, Serialize};

macro_rules! columns {
    ($($variant:ident => $name:literal,)*) => {
        /// A column that the report is known to have.
        ///
        /// Names and order follow AWS, *Getting credential reports for your AWS account*.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum Column {
            $(#[doc = concat!("`", $name, "`")] #[serde(rename = $name)] $variant,)*
        }

        impl Column {
            /// Every column, in the order AWS documents.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in the header row.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

columns! {
    User => "user",
    Arn => "arn",
    UserCreationTime => "user_creation_time",
    PasswordEnabled => "password_enabled",
    PasswordLastUsed => "password_last_used",
    PasswordLastChanged => "password_last_changed",
    PasswordNextRotation => "password_next_rotation",
    MfaActive => "mfa_active",
    AccessKey1Active => "access_key_1_active",
    AccessKey1LastRotated => "access_key_1_last_rotated",
    AccessKey1LastUsedDate => "access_key_1_last_used_date",
    AccessKey1LastUsedRegion => "access_key_1_last_used_region",
    AccessKey1LastUsedService => "access_key_1_last_used_service",
    AccessKey2Active => "access_key_2_active",
    AccessKey2LastRotated => "access_key_2_last_rotated",
    AccessKey2LastUsedDate => "access_key_2_last_used_date",
    AccessKey2LastUsedRegion => "access_key_2_last_used_region",
    AccessKey2LastUsedService => "access_key_2_last_used_service",
    Cert1Active => "cert_1_active",
    Cert1LastRotated => "cert_1_last_rotated",
    Cert2Active => "cert_2_active",
    Cert2LastRotated => "cert_2_last_rotated",
    AdditionalCredentialsInfo => "additional_credentials_info",
}

impl Column {
    /// The column of this header cell; letter case, blanks, underscores and hyphens do not count.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        let first = letters(name).next();
        let mut begin_like_it =
            Self::ALL.iter().copied().filter(|column| column.name().as_bytes().first().copied() == first);
        begin_like_it.find(|column| letters(column.name()).eq(letters(name)))
    }

    /// What kind of cell stands in the column.
    #[inline(always)]
    pub(crate) fn cell(self) -> CellKind {
        match self {
            Self::User => CellKind::User,
            Self::Arn => CellKind::Arn,
            Self::UserCreationTime => CellKind::Time(0),
            Self::PasswordLastUsed => CellKind::Time(1),
            Self::PasswordLastChanged => CellKind::Time(2),
            Self::PasswordNextRotation => CellKind::Time(3),
            Self::AccessKey1LastRotated => CellKind::Time(4),
            Self::AccessKey1LastUsedDate => CellKind::Time(5),
            Self::AccessKey2LastRotated => CellKind::Time(6),
            Self::AccessKey2LastUsedDate => CellKind::Time(7),
            Self::Cert1LastRotated => CellKind::Time(8),
            Self::Cert2LastRotated => CellKind::Time(9),
            Self::PasswordEnabled => CellKind::Flag(0),
            Self::MfaActive => CellKind::Flag(1),
            Self::AccessKey1Active => CellKind::Flag(2),
            Self::AccessKey2Active => CellKind::Flag(3),
            Self::Cert1Active => CellKind::Flag(4),
            Self::Cert2Active => CellKind::Flag(5),
            Self::AccessKey1LastUsedRegion => CellKind::Word(0),
            Self::AccessKey1LastUsedService => CellKind::Word(1),
            Self::AccessKey2LastUsedRegion => CellKind::Word(2),
            Self::AccessKey2LastUsedService => CellKind::Word(3),
            Self::AdditionalCredentialsInfo => CellKind::Word(4),
        }
    }
}

/// Whether two names of columns are one, as people write them.
pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    letters(one.trim()).eq(letters(other.trim()))
}

/// What counts of the name of a column.
fn letters(name: &str) -> impl Iterator<Item = u8> {
    let counts = |byte: &u8| !matches!(byte, b'_' | b'-') && !byte.is_ascii_whitespace();
    name.bytes().filter(counts).map(|byte| byte.to_ascii_lowercase())
}

/// The kind of cell, with its place among the cells of that kind in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    User,
    Arn,
    Time(u8),
    Flag(u8),
    Word(u8),
}

/// How many time cells a row has.
pub(crate) const TIMES: usize = 10;
/// How many `true`/`false` cells a row has.
pub(crate) const FLAGS: usize = 6;
/// How many cells of repeated words (regions, services) a row has.
pub(crate) const WORDS: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_found_by_its_name_in_any_case() {
        for &column in Column::ALL {
            assert_eq!(Column::from_name(column.name()), Some(column));
            assert_eq!(Column::from_name(&format!(" {} ", column.name().to_uppercase())), Some(column));
            for sign in [" ", "-", ""] {
                assert_eq!(Column::from_name(&column.name().replace('_', sign)), Some(column));
            }
        }
        assert_eq!(Column::from_name("MFA Active"), Some(Column::MfaActive));
        assert_eq!(Column::from_name("department"), None);
    }

    #[test]
    fn places_within_a_kind_are_unique_and_dense() {
        let mut seen = [vec![], vec![], vec![]];
        for column in Column::ALL {
            match column.cell() {
                CellKind::Time(n) => seen[0].push(n),
                CellKind::Flag(n) => seen[1].push(n),
                CellKind::Word(n) => seen[2].push(n),
                CellKind::User | CellKind::Arn => {}
            }
        }
        for (places, count) in seen.iter_mut().zip([TIMES, FLAGS, WORDS]) {
            places.sort_unstable();
            assert_eq!(*places, (0..count as u8).collect::<Vec<_>>());
        }
    }
}
