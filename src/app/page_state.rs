//! The state of the page: what it shows, and nothing else. The report is the worker's.

use std::sync::Arc;

use credential_report_viewer::accounts::Accounts;
use credential_report_viewer::by_owner::OwnerGroups;
use credential_report_viewer::card::Card;
use credential_report_viewer::comparison::ComparisonSummary;
use credential_report_viewer::export::RedactionKey;
use credential_report_viewer::markup::NotesPage;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::report::ReadError;
use credential_report_viewer::review::ListedDecision;
use credential_report_viewer::session::{DecisionQuery, Mode, Request};
use credential_report_viewer::text::{Language, Text};
use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;
use rustc_hash::FxHashSet;

use crate::app::deciding::Deciding;
use crate::app::effect::effect;
use crate::app::failure::Failure;
use crate::app::link::Link;
use crate::app::notice::Notice;
use crate::app::panel::Panel;
use crate::app::reading::Reading;
use crate::app::settings::{self, Theme};
use crate::app::source::Source;
use crate::app::watched::{Kept, Watched};
use crate::app::{address, focus};

/// The page's signals. There is one page, as long as the window lives, so that every part of the view
/// can hold a mere reference to it.
pub(crate) type Page = &'static PageState;

/// What [`Page`] refers to.
pub(crate) struct PageState {
    link: StoredValue<Link, LocalStorage>,
    /// The files of the result.
    pub(crate) sources: StoredValue<Vec<Source>, LocalStorage>,
    batch: Kept<u32>,
    forgotten: Kept<u32>,
    result: Kept<u32>,
    /// Whether an answer about users is awaited.
    pub(crate) asking: Kept<bool>,
    /// Of which result which users are shown, or asked for.
    pub(crate) asked: Kept<Option<(u32, Query)>>,
    /// How often cards have arrived.
    pub(crate) answers: Kept<u32>,
    pub(crate) language: Watched<Language>,
    pub(crate) theme: Watched<Theme>,
    pub(crate) policy: Watched<Policy>,
    pub(crate) view: Watched<ViewState>,
    pub(crate) overview: Watched<Option<Arc<Overview>>>,
    pub(crate) cards: Watched<Option<Arc<Cards>>>,
    /// The page of accounts that is shown, where accounts are.
    pub(crate) accounts: Watched<Option<Arc<Accounts>>>,
    /// The page of owners that is shown, where owners are.
    pub(crate) owners: Watched<Option<Arc<OwnerGroups>>>,
    /// What became of the result since earlier reports, once it is known.
    pub(crate) comparison: Watched<Option<Arc<ComparisonSummary>>>,
    /// The cards of users of earlier reports that are shown.
    pub(crate) earlier_cards: Kept<Vec<Card>>,
    /// How many of the cards are drawn: those that are seen first come first, the others a few at a
    /// time, so that the page answers all the while.
    pub(crate) drawn: Watched<usize>,
    /// The rows of the cards that are open.
    pub(crate) opened: Kept<FxHashSet<u32>>,
    pub(crate) reading: Watched<Option<Reading>>,
    /// Whether reading has just begun, and nothing need be said of it yet.
    pub(crate) patient: Watched<bool>,
    pub(crate) failures: Watched<Vec<Failure>>,
    /// The files of folders and ZIP files that are no reports, and why.
    pub(crate) left_aside: Watched<Vec<ReadError>>,
    /// Which page of its long lists notes show.
    pub(crate) notes: Watched<NotesPage>,
    pub(crate) notice: Watched<Option<Notice>>,
    pub(crate) dragging: Watched<Option<Mode>>,
    pub(crate) panel: Watched<Option<Panel>>,
    /// What is being decided about.
    pub(crate) deciding: Kept<Option<Deciding>>,
    /// Which decisions are listed.
    pub(crate) listed: Watched<DecisionQuery>,
    /// The decisions that are listed.
    pub(crate) decisions: Kept<Vec<ListedDecision>>,
    /// Who decided last.
    pub(crate) decided_by: Kept<String>,
    /// Whether everything is opened, to be printed.
    pub(crate) printing: Watched<bool>,
    /// Whether what is shown has aliases in place of names, to be printed.
    pub(crate) redacted: Watched<bool>,
    /// What is printed in place of the page.
    pub(crate) paper: Watched<Option<String>>,
    /// Whether an export is under way.
    pub(crate) exporting: Watched<bool>,
    /// The key of the aliases in redacted exports, once there is one.
    pub(crate) redaction_key: Watched<Option<RedactionKey>>,
}

impl PageState {
    /// The page as it is at first; its worker is not started yet.
    pub(crate) fn new() -> Page {
        let view = address::read(&ViewState::default());
        let language = view.language.unwrap_or_else(settings::language);
        Box::leak(Box::new(Self {
            link: StoredValue::new_local(Link::new()),
            sources: StoredValue::new_local(Vec::new()),
            batch: Kept::new(0),
            forgotten: Kept::new(0),
            result: Kept::new(0),
            asking: Kept::new(false),
            asked: Kept::new(None),
            answers: Kept::new(0),
            language: Watched::new(language),
            theme: Watched::new(settings::theme()),
            policy: Watched::new(settings::policy()),
            view: Watched::new(view),
            overview: Watched::new(None),
            cards: Watched::new(None),
            accounts: Watched::new(None),
            owners: Watched::new(None),
            comparison: Watched::new(None),
            earlier_cards: Kept::new(Vec::new()),
            drawn: Watched::new(0),
            opened: Kept::new(FxHashSet::default()),
            reading: Watched::new(None),
            patient: Watched::new(false),
            failures: Watched::new(Vec::new()),
            left_aside: Watched::new(Vec::new()),
            notes: Watched::new(NotesPage::default()),
            notice: Watched::new(None),
            dragging: Watched::new(None),
            panel: Watched::new(None),
            deciding: Kept::new(None),
            listed: Watched::new(DecisionQuery::default()),
            decisions: Kept::new(Vec::new()),
            decided_by: Kept::new(String::new()),
            printing: Watched::new(false),
            redacted: Watched::new(false),
            paper: Watched::new(None),
            exporting: Watched::new(false),
            redaction_key: Watched::new(None),
        }))
    }

    /// Writes the view to the address whenever it changes, and reads it on Back and Forward.
    pub(crate) fn keep_address(&'static self) {
        effect(move || address::write(&self.view.with(ViewState::to_hash)));
        address::on_back(move || {
            let view = self.view.with_untracked(address::read);
            if let Some(language) = view.language {
                self.language.set(language);
            }
            if self.view.with_untracked(|now| *now != view) {
                self.view.set(view);
            }
        });
    }

    /// The table of the language in effect. The view is built anew when the language changes, so
    /// nothing in it need follow the signal.
    pub(crate) fn text(&'static self) -> &'static Text {
        self.language.get_untracked().text()
    }

    /// The way to the worker.
    pub(crate) fn link(&'static self) -> Link {
        self.link.get_value()
    }

    /// Begins a batch; every older one ends.
    pub(crate) fn next_batch(&'static self) -> u32 {
        self.batch.update_value(|batch| *batch = batch.wrapping_add(1));
        self.batch()
    }

    pub(crate) fn batch(&'static self) -> u32 {
        self.batch.get_value()
    }

    /// Whether this batch is still wanted.
    pub(crate) fn is_batch(&'static self, batch: u32) -> bool {
        self.batch() == batch
    }

    /// Ends the batch that is under way. One that is being committed can no longer be ended.
    pub(crate) fn cancel(&'static self) {
        self.next_batch();
        self.reading.set(None);
        self.link().ask(&Request::Cancel);
    }

    /// How often the result was forgotten; what was asked before then is of no use.
    pub(crate) fn forgotten(&'static self) -> u32 {
        self.forgotten.get_value()
    }

    /// How often the result has changed.
    pub(crate) fn result(&'static self) -> u32 {
        self.result.get_value()
    }

    /// Counts another result.
    pub(crate) fn next_result(&'static self) -> u32 {
        self.result.update_value(|result| *result = result.wrapping_add(1));
        self.result()
    }

    /// The query that the view asks now.
    pub(crate) fn query(&'static self) -> Query {
        self.view.with_untracked(|view| view.query.clone())
    }

    /// Changes the query; the first page of the answer is shown.
    pub(crate) fn ask(&'static self, change: impl FnOnce(&mut Query)) {
        self.view.update(|view| {
            change(&mut view.query);
            view.to_first_page();
        });
    }

    /// Speaks another language from now on.
    pub(crate) fn set_language(&'static self, language: Language) {
        settings::keep_language(language);
        self.view.update(|view| view.language = Some(language));
        self.language.set(language);
    }

    pub(crate) fn set_theme(&'static self, theme: Theme) {
        settings::keep_theme(theme);
        self.theme.set(theme);
    }

    /// How many decisions were made, changed or withdrawn since they were saved.
    pub(crate) fn not_saved(&'static self) -> u32 {
        self.overview.with_untracked(|overview| overview.as_ref().map_or(0, |of| of.review.not_saved))
    }

    /// Forgets everything of the report, here and in the worker.
    pub(crate) fn close(&'static self) {
        focus::keep();
        self.forget();
        self.notice.set(Some(Notice::Closed));
        self.link().ask(&Request::Close);
    }

    /// Forgets everything of the report.
    pub(crate) fn forget(&'static self) {
        self.forgotten.update_value(|forgotten| *forgotten = forgotten.wrapping_add(1));
        // Replies about the result are not shown any more.
        self.next_result();
        self.next_batch();
        self.reading.set(None);
        self.failures.update(Vec::clear);
        self.left_aside.update(Vec::clear);
        self.panel.set(None);
        self.sources.set_value(Vec::new());
        self.overview.set(None);
        self.cards.set(None);
        self.accounts.set(None);
        self.owners.set(None);
        self.comparison.set(None);
        self.earlier_cards.set_value(Vec::new());
        self.redaction_key.set(None);
        self.decided_by.set_value(String::new());
        self.view.update(|view| {
            let language = view.language;
            *view = ViewState { language, ..ViewState::default() };
        });
    }
}
