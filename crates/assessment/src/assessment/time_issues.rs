//! Times that cannot be: after the as-of time, or of a use before creation.

use crate::report::{CellIssue, Column, Timestamp, User};

/// How much earlier than its key a use may be recorded: AWS notes uses within 15 minutes once.
const TRACKING_SECONDS: i64 = 15 * 60;

/// The cells of a user whose times cannot be, and why.
pub fn time_issues(user: &User<'_>, as_of: Timestamp) -> impl Iterator<Item = (Column, CellIssue)> {
    const PAST: [Column; 9] = [
        Column::UserCreationTime,
        Column::PasswordLastUsed,
        Column::PasswordLastChanged,
        Column::AccessKey1LastRotated,
        Column::AccessKey1LastUsedDate,
        Column::AccessKey2LastRotated,
        Column::AccessKey2LastUsedDate,
        Column::Cert1LastRotated,
        Column::Cert2LastRotated,
    ];
    const USES: [(Column, Column); 3] = [
        (Column::PasswordLastUsed, Column::UserCreationTime),
        (Column::AccessKey1LastUsedDate, Column::AccessKey1LastRotated),
        (Column::AccessKey2LastUsedDate, Column::AccessKey2LastRotated),
    ];
    let time = |column: Column| user.time(column).ok().flatten();
    let future =
        PAST.map(|column| time(column).filter(|time| *time > as_of).map(|_| (column, CellIssue::Future)));
    let early = USES.map(|(used, made)| {
        let (used_at, made_at) = (time(used)?, time(made)?);
        (used_at.unix() + TRACKING_SECONDS < made_at.unix()).then_some((used, CellIssue::BeforeCreation))
    });
    future.into_iter().chain(early).flatten()
}
