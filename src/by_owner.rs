//! Users by owner: who answers for whom, and how that stands.

use serde::{Deserialize, Serialize};

use crate::checks::{BySeverity, Severity};
use crate::query::{Order, Query, Wanted};
use crate::report::sorted;
use crate::review::{Owner, Reviewed, State};

/// A question about owners.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnerQuery {
    /// Which users count; its sort and page do not.
    pub users: Query,
    /// How many owners to skip.
    pub offset: u32,
    /// How many owners to return at the most.
    pub limit: u32,
}

/// An owner, and those for whom she or he answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerGroup {
    /// The owner; `None` for the users of whom nobody knows one.
    pub owner: Option<Owner>,
    /// Users that the question matches.
    pub users: u32,
    /// Those with at least one finding that the question matches.
    pub users_with_findings: u32,
    /// Those with enabled credentials, where the owner is no longer active.
    pub leavers: u32,
    /// Findings that the question matches.
    pub by_severity: BySeverity,
    /// Those about whom something was decided.
    pub decided: u32,
    /// Decisions about them that are overdue.
    pub overdue: u32,
}

/// A page of owners.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerGroups {
    /// How many owners have users that the question matches, *nobody* being one.
    pub total: u32,
    /// How many of them were skipped.
    pub offset: u32,
    /// The owners of this page: those who have left users with enabled credentials, then nobody, then the
    /// others; within these the worst findings first, then by name.
    pub groups: Vec<OwnerGroup>,
}

impl OwnerGroups {
    /// Answers a question. A user of two owners counts for both.
    pub(crate) fn new(reviewed: Reviewed<'_>, query: &OwnerQuery) -> Self {
        let Some(owners) = reviewed.owners else { return Self::default() };
        let (inputs, assessment) = (reviewed.inputs, reviewed.assessment);
        let wanted = Wanted::new(reviewed, &query.users);
        let people = owners.people();
        // The last one is nobody's.
        let mut groups: Vec<OwnerGroup> = people
            .iter()
            .map(|owner| OwnerGroup { owner: Some(owner.clone()), ..OwnerGroup::default() })
            .collect();
        groups.push(OwnerGroup::default());
        for row in Order::all_rows(reviewed, &query.users) {
            let verdicts = inputs.numbered_user(row).and_then(|(report, user)| {
                wanted.of(reviewed, &query.users, (report, &user), assessment.verdicts(row)?)
            });
            let counts = assessment.severity_counts(verdicts.unwrap_or_default());
            let is_leaver = owners.is_leaver(row);
            let (mut is_decided, mut overdue) = (false, 0);
            for (.., state) in reviewed.decided.into_iter().flat_map(|decided| decided.of_row(row)) {
                is_decided = true;
                overdue += u32::from(state == State::Overdue);
            }
            let nobody = (!owners.has_owner(row)).then_some(people.len() as u32);
            for person in owners.people_of(row).chain(nobody) {
                let Some(group) = groups.get_mut(person as usize) else { continue };
                group.users += 1;
                group.users_with_findings += u32::from(counts.iter().any(|count| *count > 0));
                group.leavers += u32::from(is_leaver);
                group.decided += u32::from(is_decided);
                group.overdue += overdue;
                for (severity, count) in Severity::ALL.into_iter().zip(counts) {
                    group.by_severity.add(severity, count.into());
                }
            }
        }
        groups.retain(|group| group.users > 0);
        sorted::sort_by_cached_key(&mut groups, |group| {
            let rank = if group.leavers > 0 { 0 } else { 1 + u8::from(group.owner.is_some()) };
            let worst = Severity::ALL.map(|severity| u64::MAX - group.by_severity.of(severity));
            (rank, worst, group.owner.as_ref().map(|owner| owner.name.to_lowercase()))
        });
        let total = groups.len() as u32;
        let offset = query.offset.min(total);
        let groups = groups.into_iter().skip(offset as usize).take(query.limit as usize).collect();
        Self { total, offset, groups }
    }
}
