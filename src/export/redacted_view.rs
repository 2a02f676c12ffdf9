//! What is shown, with aliases in place of names: to be printed without saying whose it is.
//!
//! As in exports every field is named here, one by one; what has text of a report in it is left out.

use super::redaction::{ROOT, Redactor, day, known_partition};
use crate::accounts::{AccountRow, Accounts};
use crate::assessment::{AccountSummary, InputSummary};
use crate::by_owner::{OwnerGroup, OwnerGroups};
use crate::card::{Card, CertificateFact, FlagFact, KeyFact, TimeFact};
use crate::comparison::ComparisonSummary;
use crate::finding::Finding;
use crate::overview::Overview;
use crate::query::Cards;
use crate::report::{CellValue, Timestamp};
use crate::review::{AcceptedFinding, NamedAccount, OrganizationSummary, Owner, OwnerOfUser, OwnersSummary};

/// What stands for the text of a cell that is nothing known.
const OTHER_TEXT: &str = "…";

/// What AWS writes where there is no time or no flag.
const KNOWN_TEXTS: [&str; 4] = ["", "N/A", "no_information", "not_supported"];

impl Redactor {
    /// The result at a glance.
    pub(crate) fn overview(&self, overview: Overview) -> Overview {
        let Overview {
            inputs,
            accounts,
            as_of,
            as_of_source,
            policy,
            users,
            users_with_findings,
            findings,
            by_severity,
            users_by_worst,
            by_area,
            kinds,
            checks,
            not_judged,
            key_ages,
            mfa,
            last_use,
            account_findings,
            warnings,
            warnings_by_reason: _,
            warnings_total,
            review,
            decisions_sha256: _,
            owners,
            organization,
        } = overview;
        Overview {
            inputs: inputs.into_iter().enumerate().map(|(place, input)| self.input(place, input)).collect(),
            accounts: accounts.into_iter().map(|account| self.account_summary(account)).collect(),
            as_of,
            as_of_source,
            policy,
            users,
            users_with_findings,
            findings,
            by_severity,
            users_by_worst,
            by_area,
            kinds,
            checks,
            not_judged,
            key_ages,
            mfa,
            last_use,
            account_findings: account_findings.iter().map(|finding| self.shown_finding(finding)).collect(),
            warnings: warnings.iter().map(|warning| self.warning(warning)).collect(),
            // Without their words reasons may be the same.
            warnings_by_reason: Vec::new(),
            warnings_total,
            // Numbers alone.
            review,
            decisions_sha256: None,
            owners: owners.map(|of| Box::new(self.owners(*of))),
            organization: organization.map(|of| Box::new(self.organization(*of))),
        }
    }

    /// What files of owners tell, by alias.
    fn owners(&self, owners: OwnersSummary) -> OwnersSummary {
        let OwnersSummary {
            files: _,
            users,
            matched,
            guessed,
            several,
            leavers,
            people,
            lines,
            lines_without_user,
            issues: _,
            issues_total,
        } = owners;
        OwnersSummary {
            files: Vec::new(),
            users,
            matched,
            guessed,
            several,
            leavers,
            people: people.iter().map(|owner| self.shown_owner(owner)).collect(),
            lines,
            lines_without_user,
            issues: Vec::new(),
            issues_total,
        }
    }

    /// The accounts of an organization, by alias.
    fn organization(&self, organization: OrganizationSummary) -> OrganizationSummary {
        let OrganizationSummary { files: _, accounts, names: _, without_report, strangers, issues: _ } =
            organization;
        let account = |account: NamedAccount| NamedAccount {
            id: self.account(&account.id),
            name: String::new(),
            email: String::new(),
            ..account
        };
        OrganizationSummary {
            files: Vec::new(),
            accounts,
            names: Vec::new(),
            without_report: without_report.into_iter().map(account).collect(),
            strangers: strangers.iter().map(|id| self.account(id)).collect(),
            issues: Vec::new(),
        }
    }

    /// An owner: an alias, and whether there is still somebody behind it.
    fn shown_owner(&self, owner: &Owner) -> Owner {
        Owner { name: self.owner(owner), active: owner.active, ..Owner::default() }
    }

    /// A page of owners.
    pub(crate) fn owner_groups(&self, groups: OwnerGroups) -> OwnerGroups {
        let group = |group: OwnerGroup| OwnerGroup {
            owner: group.owner.as_ref().map(|owner| self.shown_owner(owner)),
            ..group
        };
        OwnerGroups { groups: groups.groups.into_iter().map(group).collect(), ..groups }
    }

    fn input(&self, place: usize, input: InputSummary) -> InputSummary {
        let InputSummary {
            name: _,
            form,
            bytes,
            sha256: _,
            rows,
            broken_rows,
            accounts,
            replaced_accounts,
            as_of,
            as_of_source,
        } = input;
        let aliases = |accounts: Vec<String>| accounts.iter().map(|account| self.account(account)).collect();
        InputSummary {
            name: Self::file_of(place),
            form,
            bytes,
            sha256: None,
            rows,
            broken_rows,
            accounts: aliases(accounts),
            replaced_accounts: aliases(replaced_accounts),
            as_of,
            as_of_source,
        }
    }

    fn account_summary(&self, account: AccountSummary) -> AccountSummary {
        AccountSummary {
            // That it is not known names nobody.
            account: Some(account.account)
                .filter(|id| !id.is_empty())
                .map_or_else(String::new, |id| self.account(&id)),
            partition: known_partition(Some(&account.partition)).unwrap_or("aws").to_owned(),
            root_used: account.root_used.map(day),
            created: account.created.map(day),
            services: Vec::new(),
            regions: Vec::new(),
            ..account
        }
    }

    /// A page of accounts.
    pub(crate) fn accounts(&self, accounts: Accounts) -> Accounts {
        let row = |row: AccountRow| AccountRow {
            file: Self::file_of(row.summary.input as usize),
            summary: self.account_summary(row.summary),
            name: None,
            ..row
        };
        Accounts { rows: accounts.rows.into_iter().map(row).collect(), ..accounts }
    }

    /// A page of users.
    pub(crate) fn cards(&self, cards: Cards) -> Cards {
        let Cards {
            total,
            matching,
            findings,
            choices,
            offset,
            cards,
            about_accounts,
            account_findings,
            account_histories,
        } = cards;
        Cards {
            total,
            matching,
            findings,
            choices,
            offset,
            cards: cards.into_iter().map(|card| self.card(card)).collect(),
            about_accounts,
            account_findings: account_findings.iter().map(|finding| self.shown_finding(finding)).collect(),
            account_histories,
        }
    }

    /// A finding; of its cells what was read, not the text.
    fn shown_finding(&self, finding: &Finding) -> Finding {
        let mut finding = self.finding(finding);
        for cell in &mut finding.evidence.cells {
            cell.raw = match cell.value {
                Some(CellValue::Time(time)) => time.date(),
                Some(CellValue::Flag(flag)) => flag.to_string(),
                None => OTHER_TEXT.to_owned(),
            };
        }
        finding
    }

    /// A user.
    pub(crate) fn card(&self, card: Card) -> Card {
        let is_root = card.user == ROOT;
        let Card {
            row,
            user,
            arn: _,
            account,
            account_name: _,
            partition,
            input,
            line,
            kind,
            is_kind_known,
            worst,
            rotation,
            mfa,
            last_use,
            created,
            password_enabled,
            password_last_used,
            password_never_used,
            password_last_changed,
            password_next_rotation,
            mfa_active,
            access_keys,
            certificates,
            additional: _,
            findings,
            not_judged,
            histories,
            change,
            accepted,
            decisions: _,
            owners,
            is_leaver,
        } = card;
        Card {
            row,
            arn: self.arn(partition.as_deref(), account.as_deref(), Some(&user), is_root),
            user: self.user(&user, is_root),
            account: account.map(|account| self.account(&account)),
            account_name: None,
            partition: known_partition(partition.as_deref()).map(str::to_owned),
            input: self.file(&input),
            line,
            kind,
            is_kind_known,
            worst,
            rotation,
            mfa,
            last_use,
            created: time(created),
            password_enabled: flag(password_enabled),
            password_last_used: time(password_last_used),
            password_never_used,
            password_last_changed: time(password_last_changed),
            password_next_rotation: time(password_next_rotation),
            mfa_active: flag(mfa_active),
            access_keys: access_keys.into_iter().map(key).collect(),
            certificates: certificates.into_iter().map(certificate).collect(),
            additional: None,
            findings: findings.iter().map(|finding| self.shown_finding(finding)).collect(),
            not_judged,
            histories,
            change,
            accepted: accepted
                .iter()
                .map(|of| AcceptedFinding { finding: self.shown_finding(&of.finding), decision: of.decision })
                .collect(),
            // They are all about who, why and by whom.
            decisions: Vec::new(),
            owners: owners
                .iter()
                .map(|of| OwnerOfUser {
                    owner: self.shown_owner(&of.owner),
                    is_guess: of.is_guess,
                    file: String::new(),
                    line: of.line,
                })
                .collect(),
            is_leaver,
        }
    }

    /// What became of findings and users, at a glance.
    pub(crate) fn comparison(&self, summary: ComparisonSummary) -> ComparisonSummary {
        let ComparisonSummary { against, total, accounts, without } = summary;
        let accounts = accounts.iter().map(|account| self.account_changes(account)).collect();
        ComparisonSummary { against, total, accounts, without }
    }
}

/// A time to the day, and of its cell no more than that.
fn time(fact: TimeFact) -> TimeFact {
    let TimeFact { column, raw, time, age_days, issue } = fact;
    let time = time.map(day);
    let raw = raw.map(|raw| time.map_or_else(|| known(raw), Timestamp::date));
    TimeFact { column, raw, time, age_days, issue }
}

fn flag(fact: FlagFact) -> FlagFact {
    let FlagFact { column, raw, value } = fact;
    let raw = raw.map(|raw| value.map_or_else(|| known(raw), |value| value.to_string()));
    FlagFact { column, raw, value }
}

fn known(raw: String) -> String {
    if KNOWN_TEXTS.contains(&raw.as_str()) { raw } else { OTHER_TEXT.to_owned() }
}

fn key(fact: KeyFact) -> KeyFact {
    let KeyFact { slot, active, created, last_used, never_used, region: _, service: _ } = fact;
    KeyFact {
        slot,
        active: flag(active),
        created: time(created),
        last_used: time(last_used),
        never_used,
        region: None,
        service: None,
    }
}

fn certificate(fact: CertificateFact) -> CertificateFact {
    let CertificateFact { slot, active, created } = fact;
    CertificateFact { slot, active: flag(active), created: time(created) }
}
