//! What a question leaves of the result.

use rustc_hash::FxHashSet;

use super::search::terms;
use super::{Idle, Query};
use crate::assessment::{Assessment, kind};
use crate::finding::Finding;
use crate::report::{Timestamp, User};

/// The findings about accounts that a question matches.
pub(crate) fn account_findings<'a>(
    assessment: &'a Assessment,
    query: &'a Query,
) -> impl Iterator<Item = &'a Finding> {
    let about_users = !query.kinds.is_empty()
        || query.key_age.is_some()
        || query.idle.is_some()
        || query.console_mfa.is_some();
    let terms = terms(&query.search);
    let wanted = query.wanted_accounts();
    assessment.account_findings().iter().filter(move |finding| {
        let account = finding.account.as_deref().unwrap_or_default();
        !about_users
            && query.includes(finding.check, finding.severity)
            && (wanted.is_empty() || wanted.contains(account))
            && terms.iter().all(|term| account.contains(term.as_str()))
    })
}

impl Query {
    /// The accounts that are asked for, to be looked up: a person may pick thousands of them.
    pub(super) fn wanted_accounts(&self) -> FxHashSet<&str> {
        self.accounts.iter().map(String::as_str).collect()
    }

    /// Whether a user is one of those that the filters on facts ask for.
    pub(super) fn matches_facts(&self, user: &User<'_>, as_of: Timestamp) -> bool {
        if !self.kinds.is_empty() && !self.kinds.contains(&kind(user)) {
            return false;
        }
        if let Some(wanted) = self.console_mfa {
            let can_sign_in = !user.is_root() && user.password_enabled() == Ok(true);
            if !can_sign_in || user.mfa_active() != Ok(wanted) {
                return false;
            }
        }
        let active = |slot: u8| user.access_key(slot).active() == Ok(true);
        if let Some(range) = self.key_age
            && ![1, 2].into_iter().filter(|slot| active(*slot)).any(|slot| {
                let created = user.access_key(slot).created().ok().flatten();
                created.is_some_and(|created| range.contains(created.age_days(as_of)))
            })
        {
            return false;
        }
        if let Some(idle) = self.idle {
            if user.is_root() {
                return false;
            }
            let password = (user.password_enabled() == Ok(true)).then(|| user.password_last_used());
            let keys =
                [1, 2].into_iter().filter(|slot| active(*slot)).map(|slot| user.access_key(slot).last_used());
            return password.into_iter().chain(keys).any(|used| match (used, idle) {
                (Ok(None), Idle::Never | Idle::AtLeast(_)) => true,
                (Ok(Some(used)), Idle::Days(range)) => range.contains(used.age_days(as_of)),
                (Ok(Some(used)), Idle::AtLeast(days)) => used.age_days(as_of) >= days,
                _ => false,
            });
        }
        true
    }
}
