//! Times of users, as they are counted.

use super::account::AccountTally;
use super::counted::{Counted, CountedTime};
use super::time_issues::time_issues;
use super::totals::Totals;
use crate::checks::Context;
use crate::histogram::Ages;
use crate::report::User;

/// The times that were counted so far.
pub(super) struct Times<'p> {
    context: Context<'p>,
    key_ages: Ages,
    last_uses: Ages,
    /// Cells whose times cannot be.
    issues: u64,
}

impl<'p> Times<'p> {
    pub(super) fn new(context: Context<'p>) -> Self {
        Self { context, key_ages: Ages::default(), last_uses: Ages::default(), issues: 0 }
    }

    /// Counts the times of a user, for its account too.
    #[inline(always)]
    pub(super) fn count(&mut self, counted: &Counted, user: &User<'_>, account: &mut AccountTally) {
        for time in &counted.times {
            let (CountedTime::Created(column) | CountedTime::Used(column)) = *time else {
                if let (Ok(Some(changed)), Ok(Some(expires))) =
                    (user.password_last_changed(), user.password_next_rotation())
                {
                    account.count_expiry(changed.age_days(expires));
                }
                continue;
            };
            let Ok(Some(at)) = user.time(column) else { continue };
            let age = self.context.age(at);
            if let CountedTime::Created(_) = time {
                self.key_ages.count(age);
                account.count_key(age, age > self.context.thresholds.key_max_age_days);
            } else {
                self.last_uses.count(age);
            }
        }
        let as_of = self.context.as_of;
        if !user.times_are_plausible(as_of) {
            self.issues += time_issues(user, as_of).count() as u64;
        }
    }

    /// Adds what was counted to the totals.
    pub(super) fn settle(self, totals: &mut Totals) {
        totals.time_issues += self.issues;
        let (keys, over) = self.key_ages.add_to(&mut totals.key_ages.bars);
        totals.key_ages.keys += keys;
        totals.key_ages.over += over;
        let (credentials, idle) = self.last_uses.add_to(&mut totals.last_use.bars);
        totals.last_use.credentials += credentials;
        totals.last_use.idle += idle;
    }
}
