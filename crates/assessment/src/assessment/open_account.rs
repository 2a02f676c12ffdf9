//! What is counted of one account at a time: the rows of an account mostly stand together.

use rustc_hash::FxHashMap;

use super::account::AccountTally;
use super::evaluator::Evaluator;
use super::verdicts::{Layout, RowVerdicts};
use crate::report::{Column, User};

/// How many rows have the same verdicts; there are few kinds of them.
pub(super) type Rows = FxHashMap<RowVerdicts, u32>;

/// What is counted of the account whose rows are looked at, before it goes to the tally of that.
#[derive(Debug, Default)]
pub(super) struct OpenAccount {
    /// The place of its tally among those of all accounts.
    pub(super) account: usize,
    services: Words,
    regions: Words,
    /// How many users have the same shape, by its place among the known ones, and the same verdicts.
    alike: FxHashMap<(u32, RowVerdicts), u32>,
}

/// How often words occur, by their numbers. A table costs less than a search for each cell, but a report may have
/// as many words as accounts: so there is one table, for the account that is open.
#[derive(Debug, Default)]
struct Words {
    counts: Vec<u32>,
    /// The words that occur.
    met: Vec<usize>,
}

impl OpenAccount {
    /// Counts a user by the place of its shape and its verdicts, and the words of its row.
    #[inline(always)]
    pub(super) fn count(&mut self, user: &User<'_>, place: u32, verdicts: RowVerdicts) {
        *self.alike.entry((place, verdicts)).or_default() += 1;
        self.services.add(user.word_number(Column::AccessKey1LastUsedService));
        self.services.add(user.word_number(Column::AccessKey2LastUsedService));
        self.regions.add(user.word_number(Column::AccessKey1LastUsedRegion));
        self.regions.add(user.word_number(Column::AccessKey2LastUsedRegion));
    }

    /// Adds what was counted to the tally of the account, and the verdicts to those of all rows.
    pub(super) fn settle(
        &mut self,
        tally: &mut AccountTally,
        evaluator: &Evaluator<'_>,
        layout: &Layout,
        rows: &mut Rows,
    ) {
        self.services.settle(&mut tally.services);
        self.regions.settle(&mut tally.regions);
        // A table that one account made large would cost every later one: it goes.
        for ((place, verdicts), users) in std::mem::take(&mut self.alike) {
            if let Some(counted) = evaluator.counted(place) {
                tally.count_users(counted, users);
            }
            tally.count_verdicts(layout, verdicts, users.into());
            *rows.entry(verdicts).or_default() += users;
        }
    }
}

impl Words {
    #[inline(always)]
    fn add(&mut self, word: Option<usize>) {
        let Some(word) = word else { return };
        if self.counts.len() <= word {
            self.make_room(word);
        }
        let count = &mut self.counts.as_mut_slice()[word];
        if *count == 0 {
            self.met.push(word);
        }
        *count += 1;
    }

    #[inline(never)]
    fn make_room(&mut self, word: usize) {
        self.counts.resize(word + 1, 0);
    }

    fn settle(&mut self, counts: &mut FxHashMap<usize, u32>) {
        for word in self.met.drain(..) {
            *counts.entry(word).or_default() += std::mem::take(&mut self.counts[word]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::assessment::{Assessment, Fingerprint, Inputs};
    use crate::policy::Policy;
    use crate::report::{AsOfSource, FileFacts, Report, Timestamp};

    #[test]
    fn an_account_counts_its_own_users_and_words_alone_wherever_its_rows_stand() {
        let row = |number: usize| {
            let account = number % 500;
            format!(
                "\nann{number},arn:aws:iam::{account:012}:user/ann{number},true,service-{account},region-{account}"
            )
        };
        let header =
            "user,arn,access_key_1_active,access_key_1_last_used_service,access_key_2_last_used_region";
        let text = header.to_owned() + &(0..1000).map(row).collect::<String>();
        let file = FileFacts { name: "all.csv".to_owned(), bytes: text.len() as u64, modified: None };
        let now = Timestamp::from_unix(0);
        let report = Report::read(file, text.as_bytes(), now).unwrap();
        let mut inputs = Inputs::default();
        inputs.add([(report, Fingerprint { bytes: text.len() as u64, hash: 0 })]);
        let assessment = Assessment::new(&inputs, Policy::default(), now, AsOfSource::NewestEvent);
        let accounts = assessment.accounts(&inputs);
        assert_eq!((accounts.len(), assessment.users()), (500, 1000));
        for (number, account) in accounts.into_iter().enumerate() {
            assert_eq!((account.users, account.kinds), (2, [0, 0, 2, 0, 0]));
            assert_eq!(account.services, [(format!("service-{number}"), 2)]);
            assert_eq!(account.regions, [(format!("region-{number}"), 2)]);
        }
    }
}
