//! Who answers for a user, as exports say it.

use serde::Serialize;

use super::redaction::Redactor;
use super::table::{Cell, text_cell};
use crate::assessment::RowId;
use crate::review::{OwnerOfUser, Reviewed};

/// Who answers for a user. What nobody says is left out; of a redacted one all but an alias.
#[derive(Debug, Serialize)]
pub(super) struct OwnerForm {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) email: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    team: String,
    /// Whether it is a guess by the e-mail address.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    guess: bool,
}

/// What stands between several owners in a cell.
const JOINT: &str = "; ";

/// Those who answer for the user of a row; none for an account.
pub(super) fn owners(
    reviewed: Reviewed<'_>,
    row: Option<RowId>,
    redactor: Option<&Redactor>,
) -> Vec<OwnerForm> {
    let of_row = reviewed.owners.zip(row).map(|(owners, row)| owners.of_row(row)).unwrap_or_default();
    let form = |OwnerOfUser { owner, is_guess, .. }: OwnerOfUser| match redactor {
        Some(redactor) => OwnerForm {
            name: redactor.owner(&owner),
            email: String::new(),
            team: String::new(),
            guess: is_guess,
        },
        None => OwnerForm { name: owner.name, email: owner.email, team: owner.team, guess: is_guess },
    };
    of_row.into_iter().map(form).collect()
}

/// The cells of a table about owners: names, teams, e-mail addresses, each once.
pub(super) fn owner_cells(owners: &[OwnerForm]) -> [Cell<'static>; 3] {
    let cell = |text: fn(&OwnerForm) -> &String| {
        let mut texts: Vec<&str> = Vec::new();
        for owner in owners {
            let text = text(owner).as_str();
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        text_cell(texts.join(JOINT))
    };
    [cell(|owner| &owner.name), cell(|owner| &owner.team), cell(|owner| &owner.email)]
}

/// The name of an account, unless names are aliases: then its number has one.
pub(super) fn account_name<'a>(
    reviewed: Reviewed<'a>,
    account: Option<&str>,
    redactor: Option<&Redactor>,
) -> Option<&'a str> {
    reviewed.account_name(account).filter(|_| redactor.is_none())
}
