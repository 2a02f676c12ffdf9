//! The order of findings within a severity: account, ARN, check, slot.

use crate::checks::CheckId;
use crate::finding::Finding;

/// By what findings of one severity stand in order, slots aside.
pub(super) fn key(finding: &Finding) -> (Option<&str>, Option<&str>, CheckId) {
    // Where there is no ARN the name stands for it, as it does among users.
    let whom = finding.arn.as_deref().or(finding.user.as_deref());
    (finding.account.as_deref(), whom, finding.check)
}

/// Whether a finding about an account comes before one about a user.
pub(super) fn before(about: &Finding, finding: &Finding) -> bool {
    key(about) < key(finding)
}
