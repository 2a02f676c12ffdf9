//! The decisions of a person: those of several files, and those made since.

use rustc_hash::FxHashMap;

use super::decision::{Decision, Target};
use super::invalid::{Fault, Invalid, Place};
use crate::assessment::Inputs;
use crate::report::Timestamp;

/// What a file says of one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands; `None` for one that was made in the page.
    pub place: Option<Place>,
    /// The decision, or why it is none.
    pub content: Result<Decision, Unreadable>,
    /// How many seconds a spreadsheet has cut off the time of the user's creation, at the most: it shows minutes,
    /// or days, and that is what it saves. 0 for a time to the second.
    pub cut: u32,
}

/// What stands in the place of a decision, and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its id, as far as it has one.
    pub id: Option<String>,
    /// Why it is none.
    pub fault: Fault,
    /// Where that stands.
    pub place: Place,
    /// What stands there, as JSON, so that it is kept when the decisions are saved; empty where it is not
    /// to be: a line of a table stays in its file.
    pub raw: String,
}

/// The decisions of several files, and those made since, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    entries: Vec<Entry>,
    /// The file of each entry, by number; those made in the page have the number of none.
    files: Vec<u32>,
    number_of_files: u32,
    /// For each entry the one that has the same id, where there is one.
    twins: FxHashMap<u32, u32>,
}

/// The number of no file.
const NO_FILE: u32 = u32::MAX;

impl Decisions {
    /// The decisions of several files, each with its entries in order. A decision that stands in two files,
    /// equal in all members, counts once; an id used twice else makes invalid whatever bears it.
    pub fn join(files: impl IntoIterator<Item = Vec<Entry>>) -> Self {
        let mut decisions = Self::default();
        for file in files {
            decisions.add_file(file);
        }
        decisions
    }

    /// Adds the decisions of one more file.
    pub fn add_file(&mut self, entries: Vec<Entry>) {
        let known: FxHashMap<String, Vec<usize>> = {
            let mut known: FxHashMap<String, Vec<usize>> = FxHashMap::default();
            for (place, entry) in self.entries.iter().enumerate() {
                if let Ok(decision) = &entry.content {
                    known.entry(decision.id.clone()).or_default().push(place);
                }
            }
            known
        };
        for entry in entries {
            let is_known = entry.content.as_ref().is_ok_and(|decision| {
                let same = known.get(&decision.id).into_iter().flatten();
                same.filter_map(|place| self.entries.get(*place)).any(|other| other.content == entry.content)
            });
            if !is_known {
                self.files.push(self.number_of_files);
                self.entries.push(entry);
            }
        }
        self.number_of_files += 1;
        self.find_twins();
    }

    /// Adds decisions that were made in the page.
    pub fn add(&mut self, decisions: impl IntoIterator<Item = Decision>) {
        self.entries.extend(decisions.into_iter().map(|decision| Entry {
            place: None,
            content: Ok(decision),
            cut: 0,
        }));
        self.files.resize(self.entries.len(), NO_FILE);
        self.find_twins();
    }

    /// Puts another decision in the place of one, by its place; nothing where there is none.
    pub fn replace(&mut self, place: u32, decision: Decision) {
        if let (Some(entry), Some(file)) =
            (self.entries.get_mut(place as usize), self.files.get_mut(place as usize))
        {
            *entry = Entry { place: None, content: Ok(decision), cut: entry.cut };
            *file = NO_FILE;
            self.find_twins();
        }
    }

    /// Puts back the seconds that spreadsheets cut off times of creation, where a report has the user; those of
    /// other users wait for theirs.
    pub fn complete_times(&mut self, inputs: &Inputs) {
        let mut waiting: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (place, entry) in self.entries.iter().enumerate().filter(|(_, entry)| entry.cut > 0) {
            if let Some(arn) = entry.content.as_ref().ok().and_then(Decision::arn) {
                waiting.entry(arn.to_lowercase()).or_default().push(place);
            }
        }
        if waiting.is_empty() {
            return;
        }
        for user in inputs.reports().iter().flat_map(|loaded| loaded.report.users()) {
            let places = user.arn().and_then(|arn| waiting.get(&arn.to_lowercase()));
            if let (Some(places), Ok(created)) = (places, user.created()) {
                for place in places {
                    if let Some(entry) = self.entries.get_mut(*place) {
                        entry.complete_time(created);
                    }
                }
            }
        }
    }

    /// Takes decisions out, by their places.
    pub fn remove(&mut self, places: &[u32]) {
        if places.is_empty() {
            return;
        }
        let is_left = |place: usize| !places.contains(&(place as u32));
        let mut place = 0..;
        self.entries.retain(|_| place.next().is_none_or(is_left));
        let mut place = 0..;
        self.files.retain(|_| place.next().is_none_or(is_left));
        self.find_twins();
    }

    /// The entries; a decision is told by its place among them, from 0.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The decision of a place; `None` where what stands there is none.
    pub fn get(&self, place: u32) -> Option<&Decision> {
        self.entries.get(place as usize)?.content.as_ref().ok()
    }

    /// Whether the entry of a place is a decision that counts, as far as the files tell.
    pub fn is_sound(&self, place: u32) -> bool {
        self.get(place).is_some() && !self.twins.contains_key(&place)
    }

    /// Why the entry of a place cannot count, as far as the files tell.
    pub fn invalid(&self, place: u32) -> Option<Invalid> {
        let entry = self.entries.get(place as usize)?;
        match &entry.content {
            Err(unreadable) => Some(Invalid {
                place: Some(unreadable.place.clone()),
                id: unreadable.id.clone(),
                fault: unreadable.fault.clone(),
            }),
            Ok(decision) => {
                let twin = self.twins.get(&place)?;
                let other = self.entries.get(*twin as usize).and_then(|other| other.place.clone());
                Some(Invalid {
                    place: entry.place.clone(),
                    id: Some(decision.id.clone()),
                    fault: Fault::RepeatedId { other },
                })
            }
        }
    }

    /// Finds the entries that bear an id twice.
    fn find_twins(&mut self) {
        let mut twins = FxHashMap::default();
        let mut first: FxHashMap<&str, u32> = FxHashMap::default();
        for (place, entry) in (0..).zip(&self.entries) {
            let Some(id) = entry.id() else { continue };
            let before = *first.entry(id).or_insert(place);
            if before != place {
                twins.insert(place, before);
                twins.entry(before).or_insert(place);
            }
        }
        self.twins = twins;
    }
}

impl Entry {
    /// Puts back the seconds that were cut off, if `created`, which a report has, is the time meant.
    pub(super) fn complete_time(&mut self, created: Timestamp) {
        if let Ok(Decision { target: Target::User { user_created: Some(written), .. }, .. }) =
            &mut self.content
            && (0..=i64::from(self.cut)).contains(&(created.unix() - written.unix()))
        {
            *written = created;
            self.cut = 0;
        }
    }

    /// Its id, as far as it has one.
    pub fn id(&self) -> Option<&str> {
        match &self.content {
            Ok(decision) => Some(&decision.id),
            Err(unreadable) => unreadable.id.as_deref(),
        }
    }
}
