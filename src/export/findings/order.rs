//! The order of findings within a severity: account, ARN, check, slot.

use crate::assessment::{Inputs, RowId};
use crate::checks::CheckId;
use crate::finding::Finding;

/// Whether a finding about an account comes before one about a user.
pub(super) fn before(about: &Finding, finding: &Finding) -> bool {
    fn key(finding: &Finding) -> (Option<&str>, Option<&str>, CheckId) {
        // Where there is no ARN the name stands for it, as it does among users.
        let whom = finding.arn.as_deref().or(finding.user.as_deref());
        (finding.account.as_deref(), whom, finding.check)
    }
    key(about) < key(finding)
}

/// Sorts rows by account, ARN and line. ARNs differ in path and name only within an account, so
/// that they are put together where it matters alone.
pub(super) fn sort_by_arn(inputs: &Inputs, rows: &mut [RowId]) {
    struct Key<'a> {
        account: &'a str,
        prefix: &'a str,
        name: &'a str,
        odd: Option<String>,
        row: RowId,
    }
    impl Key<'_> {
        /// The bytes of prefix and name as if they were one text.
        fn arn(&self) -> impl Iterator<Item = u8> {
            let (prefix, name) = self.odd.as_deref().map_or((self.prefix, self.name), |odd| (odd, ""));
            prefix.bytes().chain(name.bytes())
        }
    }
    let mut keyed: Vec<Key<'_>> = rows
        .iter()
        .filter_map(|&row| {
            let user = inputs.user(row)?;
            let known = user.arn_prefix();
            let odd = if known.prefix.is_empty() { user.arn() } else { None };
            let name = if known.named || known.prefix.is_empty() { user.name() } else { "" };
            Some(Key { account: user.account().unwrap_or_default(), prefix: &known.prefix, name, odd, row })
        })
        .collect();
    keyed.sort_unstable_by(|a, b| {
        a.account
            .cmp(b.account)
            .then_with(|| {
                if a.odd.is_none() && b.odd.is_none() && a.prefix == b.prefix {
                    a.name.cmp(b.name)
                } else {
                    a.arn().cmp(b.arn())
                }
            })
            .then(a.row.cmp(&b.row))
    });
    for (place, key) in rows.iter_mut().zip(keyed) {
        *place = key.row;
    }
}
