//! A `users.csv` that came back from a spreadsheet: rows in which somebody decided are decisions.

use super::action::Action;
use super::day::Day;
use super::decision::{Checks, Decision, Target};
use super::decisions::{Entry, Unreadable};
use super::decisions_file::{account_of_arn, quoted};
use super::invalid::{Fault, Place};
use super::side_file::account_digits;
use crate::checks::CheckId;
use crate::report::{DAY, DecodedText, Decoder, Table, TableRow, Timestamp, is_same_column};

/// The decisions of a `users.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFile {
    /// Its name.
    pub name: String,
    /// The decisions, in the order of lines, and the lines that are none although somebody wrote into them.
    pub rows: Vec<Entry>,
}

/// What a row has to do with a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Account,
    Arn,
    Created,
    Findings,
    Decision,
    Reason,
    By,
    On,
    Until,
    ApprovedBy,
    Ticket,
    Note,
}

/// The columns, as `users.csv` has them. A note may be added to it.
const FIELDS: [(Field, &str); 12] = [
    (Field::Account, "account"),
    (Field::Arn, "arn"),
    (Field::Created, "created_utc"),
    (Field::Findings, "findings"),
    (Field::Decision, "decision"),
    (Field::Reason, "reason"),
    (Field::By, "by"),
    (Field::On, "on"),
    (Field::Until, "until"),
    (Field::ApprovedBy, "approved_by"),
    (Field::Ticket, "ticket"),
    (Field::Note, "note"),
];

/// Those that somebody fills in.
const FILLED: [Field; 8] = [
    Field::Decision,
    Field::Reason,
    Field::By,
    Field::On,
    Field::Until,
    Field::ApprovedBy,
    Field::Ticket,
    Field::Note,
];

/// What people write for an action, besides its name: the words that the page shows.
const WORDS: [(Action, &[&str]); 6] = [
    (Action::Keep, &["継続", "維持"]),
    (Action::Rotate, &["ローテーション"]),
    (Action::Disable, &["無効化", "非アクティブ化"]),
    (Action::Delete, &["削除"]),
    (Action::AddMfa, &["MFA 設定", "MFA設定"]),
    (Action::Ask, &["所有者に確認", "確認"]),
];

impl Field {
    fn name(self) -> &'static str {
        FIELDS.iter().find(|(field, _)| *field == self).map_or("", |(_, name)| name)
    }
}

fn action_of(word: &str) -> Option<Action> {
    let own = Action::ALL.into_iter().find(|action| is_same_column(action.name(), word));
    own.or_else(|| WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(action, _)| *action))
}

impl SheetFile {
    /// Reads a file; `None` where it has no header of `users.csv`.
    pub fn read(name: &str, bytes: &[u8], decoder: Option<Decoder>) -> Option<Self> {
        let decoded = DecodedText::new(bytes, decoder);
        let field_of = |name: &str| {
            let known = FIELDS.iter().find(|(_, known)| is_same_column(known, name));
            known.map(|(field, _)| *field)
        };
        let table = Table::find(&decoded.text, 3, &|name| field_of(name).is_some())?;
        let fields: Vec<Option<Field>> = table.names().iter().map(|name| field_of(name)).collect();
        let has = |field: Field| fields.contains(&Some(field));
        if !has(Field::Decision) || !(has(Field::Arn) || has(Field::Account)) {
            return None;
        }
        let reading = Reading { file: name, fields };
        let rows = table.rows().filter_map(|row| reading.row(&row)).collect();
        Some(Self { name: name.to_owned(), rows })
    }
}

/// What is wrong with a row, and in which column.
type Wrong = (Fault, Option<Field>);

struct Reading<'f> {
    file: &'f str,
    fields: Vec<Option<Field>>,
}

impl Reading<'_> {
    fn cell<'r>(&self, row: &'r TableRow, field: Field) -> &'r str {
        let place = self.fields.iter().position(|of| *of == Some(field));
        place.map_or("", |place| row.unguarded_cell(place))
    }

    /// The decision of a row; `None` where nobody decided.
    fn row(&self, row: &TableRow) -> Option<Entry> {
        let place = |field: Option<Field>| Place {
            file: self.file.to_owned(),
            line: row.line,
            column: None,
            cell: field.map(|field| field.name().to_owned()),
            index: None,
        };
        let is_broken = row.is_open || !row.is_empty_from(self.fields.len());
        if !is_broken && FILLED.iter().all(|field| self.cell(row, *field).is_empty()) {
            return None;
        }
        let read = if row.is_open {
            Err((Fault::OpenQuote, None))
        } else if is_broken {
            let (found, expected) = (row.len() as u32, self.fields.len() as u32);
            Err((Fault::SurplusCells { found, expected }, None))
        } else {
            self.decision(row)
        };
        let (content, cut) = match read {
            Ok((decision, cut)) => (Ok(decision), cut),
            Err((fault, field)) => {
                (Err(Unreadable { id: None, fault, place: place(field), raw: String::new() }), 0)
            }
        };
        Some(Entry { place: Some(place(None)), content, cut })
    }

    fn decision(&self, row: &TableRow) -> Result<(Decision, u32), Wrong> {
        let needed = |field: Field| match self.cell(row, field) {
            "" => Err((Fault::MissingMember(field.name().to_owned()), Some(field))),
            cell => Ok(cell),
        };
        let word = needed(Field::Decision)?;
        let action = action_of(word).ok_or_else(|| {
            let (member, value) = (Field::Decision.name().to_owned(), quoted(word));
            (Fault::UnknownWord { member, value }, Some(Field::Decision))
        })?;
        let arn = needed(Field::Arn)?;
        let account =
            account_of_arn(arn).ok_or_else(|| (Fault::NotAnArn(quoted(arn)), Some(Field::Arn)))?.to_owned();
        // The ARN says of which account the user is; a number that a spreadsheet spoilt is no matter.
        let written = account_digits(self.cell(row, Field::Account));
        if written.is_some_and(|(digits, _)| digits != account) {
            return Err((Fault::ArnOfOtherAccount, Some(Field::Account)));
        }
        let (user_created, cut) = self.created(row)?;
        let checks = self.checks(row, action)?;
        let by = needed(Field::By)?.to_owned();
        let (on, until) = (day(needed(Field::On)?, Field::On)?, needed(Field::Until)?);
        let until = day(until, Field::Until)?;
        let text = |field: Field| self.cell(row, field).to_owned();
        let decision = Decision {
            id: format!("{on}-L{}", row.line),
            account,
            target: Target::User { arn: arn.to_owned(), user_created, credential: None },
            action,
            checks,
            reason: text(Field::Reason),
            by,
            on,
            until,
            approved_by: text(Field::ApprovedBy),
            ticket: text(Field::Ticket),
            note: text(Field::Note),
        };
        match decision.fault() {
            None => Ok((decision, cut)),
            Some(fault) => {
                let field = match fault {
                    Fault::UntilBeforeOn { .. } => Field::Until,
                    Fault::ShortReason { .. } | Fault::MissingMember(_) => Field::Reason,
                    _ => Field::Decision,
                };
                Err((fault, Some(field)))
            }
        }
    }

    /// When the user was created, and how many seconds a spreadsheet has cut off at the most.
    fn created(&self, row: &TableRow) -> Result<(Option<Timestamp>, u32), Wrong> {
        let cell = self.cell(row, Field::Created);
        if cell.is_empty() {
            return Ok((None, 0));
        }
        let cut = match cell.matches(':').count() {
            0 => DAY as u32 - 1,
            1 => 59,
            _ => 0,
        };
        Timestamp::parse(cell).map(|time| (Some(time), cut)).map_err(|_| {
            let (member, value) = (Field::Created.name().to_owned(), quoted(cell));
            (Fault::UnreadableTime { member, value }, Some(Field::Created))
        })
    }

    /// The findings that an exception is about; of other decisions none, for they are about the user.
    fn checks(&self, row: &TableRow, action: Action) -> Result<Option<Checks>, Wrong> {
        if action != Action::Keep {
            return Ok(None);
        }
        let cell = self.cell(row, Field::Findings);
        let mut checks = Vec::new();
        for id in cell.split_whitespace() {
            let Some(check) = CheckId::from_name(id) else {
                return Err((Fault::UnknownCheck(quoted(id)), Some(Field::Findings)));
            };
            checks.push(check);
        }
        if checks.is_empty() {
            return Err((Fault::MissingMember(Field::Findings.name().to_owned()), Some(Field::Findings)));
        }
        Ok(Some(Checks::of(checks)))
    }
}

/// A day in any form that can be read in one way only; a clock beside it says midnight.
fn day(cell: &str, field: Field) -> Result<Day, Wrong> {
    let time = Timestamp::parse(cell).ok().filter(|time| time.unix().rem_euclid(DAY) == 0);
    time.map(Day::of).ok_or_else(|| {
        let (member, value) = (field.name().to_owned(), quoted(cell));
        (Fault::UnreadableDay { member, value }, Some(field))
    })
}

/// Whether the decision of a row says what another one says: the sheet was exported with that.
pub fn is_retold(row: &Decision, other: &Decision) -> bool {
    let told = |decision: &Decision| {
        let Decision { action, reason, by, on, until, approved_by, ticket, .. } = decision;
        let texts = [reason, by, approved_by, ticket].map(|text| text.trim().to_owned());
        (*action, texts, *on, *until)
    };
    let is_same_arn = row.arn().zip(other.arn()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    is_same_arn && other.credential().is_none() && told(row) == told(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:iam::012345678901:user/ops/ann";
    const HEADER: &str =
        "account,arn,user,created_utc,findings,decision,reason,by,on,until,approved_by,ticket,state";

    fn rows(lines: &[&str]) -> Vec<Entry> {
        let text = format!("{HEADER}\n{}", lines.join("\n")).replace("ARN", ARN);
        SheetFile::read("users.csv", text.as_bytes(), None).unwrap().rows
    }

    fn decision(line: &str) -> Decision {
        rows(&[line]).remove(0).content.unwrap()
    }

    /// Line, column and fault of a row that is no decision.
    fn wrong(row: &Entry) -> (u32, Option<&str>, &Fault) {
        let unreadable = row.content.as_ref().unwrap_err();
        (unreadable.place.line, unreadable.place.cell.as_deref(), &unreadable.fault)
    }

    #[test]
    fn a_row_is_about_the_whole_user_and_covers_what_was_found() {
        let line = "0123-4567-8901,ARN,ann,2016-07-27 14:41:00,console-unused access-key-unused,Keep,\
                    \"Vendor appliance, no role\",k@x,2026-11-25,2027-04-30,m@x,'=SEC-1,";
        let Decision {
            id,
            account,
            target,
            action,
            checks,
            reason,
            by,
            on,
            until,
            approved_by,
            ticket,
            note,
        } = decision(line);
        assert_eq!((id.as_str(), account.as_str(), action), ("2026-11-25-L2", "012345678901", Action::Keep));
        let created = Timestamp::parse("2016-07-27T14:41:00Z").ok();
        assert_eq!(target, Target::User { arn: ARN.to_owned(), user_created: created, credential: None });
        let ids = ["console-unused", "access-key-unused"].map(|id| CheckId::from_name(id).unwrap());
        assert_eq!(checks, Some(Checks::of(ids)));
        assert_eq!([on.to_string(), until.to_string()], ["2026-11-25", "2027-04-30"]);
        assert_eq!(
            [reason, by, approved_by, ticket, note],
            ["Vendor appliance, no role", "k@x", "m@x", "=SEC-1", ""]
        );
    }

    #[test]
    fn days_are_read_as_spreadsheets_write_them_and_none_is_guessed() {
        let on = |day: &str| {
            let mut rows = rows(&[&format!(",ARN,ann,,,delete,,k,{day},2027/12/31,,,")]);
            rows.remove(0).content.map(|decision| decision.on.to_string()).map_err(|wrong| wrong.fault)
        };
        for day in
            ["2026-11-25", "2026/11/25", "25.11.2026", "2026年11月25日", "11/25/2026", "2026/11/25 0:00"]
        {
            assert_eq!(on(day).as_deref(), Ok("2026-11-25"), "{day}");
        }
        for day in ["5/6/2026", "46351", "soon", "2026-11-25 10:00", "2026-02-30"] {
            let (member, value) = ("on".to_owned(), day.to_owned());
            assert_eq!(on(day).unwrap_err(), Fault::UnreadableDay { member, value }, "{day}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named_and_the_others_count() {
        let rows = rows(&[
            ",ARN,ann,,,,,,,,,,done",
            ",ARN,ann,,,smash,,k,2026-11-25,2026-12-01,,,",
            ",arn:aws:iam::account-A3X2:user/u,u,,,delete,,k,2026-11-25,2026-12-01,,,",
            ",ARN,ann,,no-such-check,keep,long enough to do,k,2026-11-25,2026-12-01,,,",
            ",ARN,ann,,,keep,long enough to do,k,2026-11-25,2026-12-01,,,",
            ",ARN,ann,,console-unused,keep,short,k,2026-11-25,2026-12-01,,,",
            ",ARN,ann,,,delete,,,2026-11-25,2026-12-01,,,",
            ",ARN,ann,,,,for later,,,,,,",
            ",ARN,ann,,,delete,a,b,k,2026-11-25,2026-12-01,,,x",
            ",ARN,ann,,,rotate,,k,2026-11-25,2026-12-01,,,",
            ",ARN,ann,,,delete,,k,2026-12-25,2026-12-01,,,",
            "999988887777,ARN,ann,,,delete,,k,2026-11-25,2026-12-01,,,",
            ",ARN,ann,5/6/2020 10:00,,delete,,k,2026-11-25,2026-12-01,,,",
            ",ARN,ann,,,無効化,,k,2026-11-25,2026-12-01,,,",
        ]);
        assert_eq!(rows.len(), 13);
        let found: Vec<_> = rows.iter().filter(|row| row.content.is_err()).map(wrong).collect();
        let places: Vec<_> = found.iter().map(|(line, column, _)| (*line, *column)).collect();
        assert_eq!(
            places,
            [
                (3, Some("decision")),
                (4, Some("arn")),
                (5, Some("findings")),
                (6, Some("findings")),
                (7, Some("reason")),
                (8, Some("by")),
                (9, Some("decision")),
                (10, None),
                (11, Some("decision")),
                (12, Some("until")),
                (13, Some("account")),
                (14, Some("created_utc")),
            ]
        );
        assert_eq!(found[7].2, &Fault::SurplusCells { found: 14, expected: 13 });
        assert_eq!(rows[12].content.as_ref().map(|decision| decision.action), Ok(Action::Disable));
    }

    #[test]
    fn cut_seconds_are_put_back_where_the_minute_fits() {
        let created = |text: &str| Timestamp::parse(text).unwrap();
        for (cell, of_report, expected) in [
            ("2016/7/27 14:41", "2016-07-27T14:41:35Z", "2016-07-27T14:41:35Z"),
            ("2016/7/27 14:41", "2016-07-27T14:42:00Z", "2016-07-27T14:41:00Z"),
            ("2016/7/27", "2016-07-27T14:41:35Z", "2016-07-27T14:41:35Z"),
            ("2016-07-27 14:41:00", "2016-07-27T14:41:35Z", "2016-07-27T14:41:00Z"),
        ] {
            let mut row = rows(&[&format!(",ARN,ann,{cell},,delete,,k,2026-11-25,2026-12-01,,,")]).remove(0);
            row.complete_time(created(of_report));
            let Ok(Decision { target: Target::User { user_created, .. }, .. }) = row.content else {
                panic!("{row:?}")
            };
            assert_eq!(user_created, Some(created(expected)), "{cell}");
        }
    }

    #[test]
    fn only_a_users_csv_is_one() {
        assert!(SheetFile::read("a", b"user,arn,owner\na,b,c", None).is_none());
        assert!(SheetFile::read("a", b"arn,decision,by\n", None).is_some_and(|sheet| sheet.rows.is_empty()));
    }
}
