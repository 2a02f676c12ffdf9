//! Why a decision cannot count, and where that stands.

use serde::{Deserialize, Serialize};

use super::day::Day;

/// Where a decision stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column: of JSON the character, from 1; `None` where the whole line is meant.
    pub column: Option<u32>,
    /// The name of a table's column.
    pub cell: Option<String>,
    /// The place among the decisions of the file, from 0; `None` in a table, where the line tells.
    pub index: Option<u32>,
}

/// A decision that cannot count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invalid {
    /// Where; `None` for one that was made in the page.
    pub place: Option<Place>,
    /// Its id, as far as it has one.
    pub id: Option<String>,
    /// Why.
    pub fault: Fault,
}

/// What is wrong with a decision. Facts; sentences are the texts'. A text in it is quoted from the file, cut
/// to 60 characters, and never one that may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It is no JSON object.
    NotAnObject,
    /// A member that no decision has.
    UnknownMember(String),
    /// A member that stands twice.
    RepeatedMember(String),
    /// A member that is needed is not there, or empty.
    MissingMember(String),
    /// A member that does not go with the others: an `arn` beside `"scope": "account"`, a `credential`
    /// without `arn`, the `created` of a password.
    UnfitMember(String),
    /// A member is of another type: a text, a number, a list.
    WrongType(String),
    /// A member holds none of the words that it can.
    UnknownWord {
        /// The member.
        member: String,
        /// What stands there.
        value: String,
    },
    /// A check that does not exist.
    UnknownCheck(String),
    /// A day that is none: it is written `2026-11-25`.
    UnreadableDay {
        /// The member.
        member: String,
        /// What stands there.
        value: String,
    },
    /// A time that cannot be read.
    UnreadableTime {
        /// The member.
        member: String,
        /// What stands there.
        value: String,
    },
    /// An account that is not 12 digits.
    NotAnAccount(String),
    /// An ARN that is neither a user's nor root's.
    NotAnArn(String),
    /// The ARN is of another account.
    ArnOfOtherAccount,
    /// An ordinal that is neither 1 nor 2.
    UnknownOrdinal,
    /// Only a key or certificate can be rotated.
    RotatesNoKey,
    /// It ends before it begins.
    UntilBeforeOn {
        /// The first day.
        on: Day,
        /// The last.
        until: Day,
    },
    /// It counts for longer than a decision may.
    TooLong {
        /// How many days there are from the first to the last.
        days: u32,
        /// How many there may be.
        most: u32,
    },
    /// The reason of an exception is too short.
    ShortReason {
        /// How many characters there are.
        characters: u32,
        /// How many there must be.
        least: u32,
    },
    /// A quote in the line of a table that nothing closes.
    OpenQuote,
    /// More cells in the line of a table than its header has columns.
    SurplusCells {
        /// The cells of the line.
        found: u32,
        /// The cells of the header.
        expected: u32,
    },
    /// Another decision has the same id.
    RepeatedId {
        /// Where that stands; `None`: it was made in the page.
        other: Option<Place>,
    },
}
