//! What the page holds: what it shows, and nothing else. The report is the worker's.

use std::sync::Arc;

use credential_report_viewer::card::Card;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::report::{ReadError, Timestamp};
use credential_report_viewer::session::{Mode, Reply, Request};
use credential_report_viewer::text::{Language, Text};
use credential_report_viewer::view_state::ViewState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::files::Source;
use super::link::{Answer, Link};
use super::settings::{self, Theme};
use super::{address, clock, entrances};

/// How far a batch of files is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) name: String,
    pub(crate) file: usize,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    pub(crate) total: u64,
    pub(crate) rows: u64,
}

/// What went wrong, to be told where the person looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The session read the file, and it is no report.
    Read(ReadError),
    /// The browser could read so much of the file, and no more.
    Unreadable { name: String, read: u64, bytes: u64 },
    /// The worker stopped, at this place in the program.
    Stopped { place: String },
    /// The browser refused to make a file or to copy.
    NotSaved,
}

/// What just happened, said once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// These files took the place of others.
    Replaced(Vec<String>),
    /// So many files were added.
    Added(u64),
    /// A file of this name was handed to the browser.
    Saved(String),
    /// The findings are on the clipboard.
    Copied,
    /// The result is forgotten.
    Closed,
}

/// A dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Panel {
    Privacy,
    HowTo,
    Paste,
    Policy,
    AsOf,
    Export,
    Shortcuts,
}

/// A result on its way, with the users that were asked of it.
pub(crate) struct Judged {
    forgotten: u32,
    overview: Answer,
    cards: Answer,
    query: Query,
}

/// A result and its users, which the query asked for.
struct Heard {
    overview: Box<Overview>,
    cards: Box<Cards>,
    query: Query,
}

/// The question whose answer is the beginning of the answer to this one.
fn beginning(query: &Query) -> Query {
    Query { limit: query.limit.min(DRAWN_FIRST), ..query.clone() }
}

/// What was sought in a former result is not sought in the one that takes its place.
fn start_anew(query: &mut Query) {
    query.search.clear();
    query.accounts.clear();
    query.offset = 0;
}

/// How many cards are asked for and drawn before the browser first paints: those that are seen below
/// the totals.
const DRAWN_FIRST: u32 = 3;

/// How many are drawn before each time that it paints again.
const DRAWN_NEXT: usize = 9;

/// The page's signals. There is one page, as long as the window lives, so that every part of the view
/// can hold a mere reference to it.
pub(crate) type Page = &'static State;

/// What [`Page`] refers to.
pub(crate) struct State {
    link: StoredValue<Option<Link>, LocalStorage>,
    sources: StoredValue<Vec<Source>, LocalStorage>,
    batch: StoredValue<u32>,
    /// How often the result was forgotten; what was asked before then is of no use.
    forgotten: StoredValue<u32>,
    asking: StoredValue<bool>,
    /// Of which result which users are shown, or asked for.
    asked: StoredValue<Option<(u32, Query)>>,
    /// How often the result has changed.
    judged: StoredValue<u32>,
    /// How often cards have arrived.
    pub(crate) answers: StoredValue<u32>,
    pub(crate) language: RwSignal<Language>,
    pub(crate) theme: RwSignal<Theme>,
    pub(crate) policy: RwSignal<Policy>,
    pub(crate) view: RwSignal<ViewState>,
    pub(crate) overview: RwSignal<Option<Arc<Overview>>>,
    pub(crate) cards: RwSignal<Option<Arc<Cards>>>,
    /// How many of the cards are drawn: those that are seen first come first, the others a few at a
    /// time, so that the page answers all the while.
    pub(crate) drawn: RwSignal<usize>,
    pub(crate) reading: RwSignal<Option<Reading>>,
    /// Whether reading has just begun, and nothing need be said of it yet.
    pub(crate) patient: RwSignal<bool>,
    pub(crate) failures: RwSignal<Vec<Failure>>,
    pub(crate) notice: RwSignal<Option<Notice>>,
    pub(crate) dragging: RwSignal<Option<Mode>>,
    pub(crate) panel: RwSignal<Option<Panel>>,
    /// Whether everything is opened, to be printed.
    pub(crate) printing: RwSignal<bool>,
    /// Whether an export is being made.
    pub(crate) exporting: RwSignal<bool>,
}

impl State {
    /// The page as it is at first, with a worker.
    pub(crate) fn start() -> Page {
        let view = address::read(&ViewState::default());
        let language = view.language.unwrap_or_else(settings::language);
        let page: Page = Box::leak(Box::new(Self {
            link: StoredValue::new_local(None),
            sources: StoredValue::new_local(Vec::new()),
            batch: StoredValue::new(0),
            forgotten: StoredValue::new(0),
            asking: StoredValue::new(false),
            asked: StoredValue::new(None),
            judged: StoredValue::new(0),
            answers: StoredValue::new(0),
            language: RwSignal::new(language),
            theme: RwSignal::new(settings::theme()),
            policy: RwSignal::new(settings::policy()),
            view: RwSignal::new(view),
            overview: RwSignal::new(None),
            cards: RwSignal::new(None),
            drawn: RwSignal::new(0),
            reading: RwSignal::new(None),
            patient: RwSignal::new(false),
            failures: RwSignal::new(Vec::new()),
            notice: RwSignal::new(None),
            dragging: RwSignal::new(None),
            panel: RwSignal::new(None),
            printing: RwSignal::new(false),
            exporting: RwSignal::new(false),
        }));
        page.link.set_value(Some(Link::new(move |place| page.stopped(place))));
        page.tell_policy();
        page
    }

    /// The table of the language in force. The view is built anew when the language changes, so
    /// nothing in it need follow the signal.
    pub(crate) fn text(&'static self) -> &'static Text {
        self.language.get_untracked().text()
    }

    /// The way to the worker.
    pub(crate) fn link(&'static self) -> Link {
        self.link.with_value(Clone::clone).unwrap_or_else(|| Link::new(|_| {}))
    }

    pub(crate) fn sources(&'static self) -> Vec<Source> {
        self.sources.get_value()
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

    /// How often the result has changed.
    pub(crate) fn result(&'static self) -> u32 {
        self.judged.get_value()
    }

    /// Ends the batch that is under way. One that is being committed can no longer be ended.
    pub(crate) fn cancel(&'static self) {
        self.next_batch();
        self.reading.set(None);
        self.link().ask(&Request::Cancel);
    }

    /// Commits the batch that was sent, and asks for its users.
    ///
    /// From here on nothing ends the batch: the session will have committed it before it hears of a
    /// cancel or of a newer batch, and so the answer is shown whatever came in between. Only where
    /// everything was forgotten it is not, for the session forgets after it has committed.
    pub(crate) fn commit(&'static self, mode: Mode) -> Judged {
        let (_, mut query) = self.wanted();
        if mode == Mode::Replace {
            start_anew(&mut query);
        }
        self.judge(&Request::Commit, &query)
    }

    /// A batch is read and committed.
    pub(crate) async fn opened(&'static self, judged: Judged, read: Vec<Source>, mode: Mode) {
        let Some(heard) = self.hear(judged).await else { return };
        let before = self.overview.get_untracked();
        if before.is_none() {
            entrances::keep_focus();
        }
        let added = read.len() as u64;
        match mode {
            Mode::Replace => {
                self.sources.set_value(read);
                let names =
                    before.map(|before| before.inputs.iter().map(|input| input.name.clone()).collect());
                self.notice.set(names.map(Notice::Replaced));
                self.view.update(|view| start_anew(&mut view.query));
            }
            Mode::Add => {
                self.sources.update_value(|sources| sources.extend(read));
                self.notice.set(before.map(|_| Notice::Added(added)));
            }
        }
        self.show(heard);
    }

    /// Asks for a result, and at once for the first users that the view will want of it.
    fn judge(&'static self, request: &Request, query: &Query) -> Judged {
        let link = self.link();
        let query = beginning(query);
        let overview = link.ask(request);
        let cards = link.ask(&Request::Query(query.clone()));
        Judged { forgotten: self.forgotten.get_value(), overview, cards, query }
    }

    /// Waits for a result and its users; `None` where there is none, or none is wanted any more.
    async fn hear(&'static self, judged: Judged) -> Option<Heard> {
        let Ok(Reply::Overview(overview)) = judged.overview.reply().await else { return None };
        let Ok(Reply::Cards(cards)) = judged.cards.reply().await else { return None };
        let is_wanted = self.forgotten.get_value() == judged.forgotten;
        is_wanted.then_some(Heard { overview, cards, query: judged.query })
    }

    /// Shows a result and its users at once, so that the page is painted once.
    fn show(&'static self, heard: Heard) {
        self.judged.update_value(|judged| *judged = judged.wrapping_add(1));
        self.asked.set_value(Some((self.judged.get_value(), heard.query)));
        self.overview.set(Some(Arc::new(*heard.overview)));
        self.arrived(*heard.cards, false);
        self.refresh();
    }

    /// Asks for the page of users that the view wants: for those that are seen first, then for all.
    /// While an answer is awaited, later wishes become one.
    pub(crate) fn refresh(&'static self) {
        if self.asking.get_value() {
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            while self.overview.with_untracked(Option::is_some) {
                let wanted = self.wanted();
                let asked = self.asked.get_value();
                if asked.as_ref() == Some(&wanted) {
                    break;
                }
                let first = (wanted.0, beginning(&wanted.1));
                let continues = asked.as_ref() == Some(&first);
                let question = if continues { wanted.clone() } else { first };
                self.asked.set_value(Some(question.clone()));
                let Ok(reply) = self.link().ask(&Request::Query(question.1)).reply().await else {
                    break;
                };
                if let Reply::Cards(cards) = reply
                    && self.wanted() == wanted
                {
                    self.arrived(*cards, continues);
                }
            }
            self.asking.set_value(false);
        });
    }

    /// Of which result which users are wanted.
    fn wanted(&'static self) -> (u32, Query) {
        (self.judged.get_value(), self.view.with_untracked(|view| view.query.clone()))
    }

    /// Shows so many users at once, from the first; until the next [`State::refresh`].
    pub(crate) async fn show_first(&'static self, limit: u32) {
        let query = self.view.with_untracked(|view| Query { offset: 0, limit, ..view.query.clone() });
        if let Ok(Reply::Cards(cards)) = self.link().ask(&Request::Query(query)).reply().await {
            self.asked.set_value(None);
            self.arrived(*cards, false);
        }
    }

    /// Shows an answer, which may begin with what is shown already.
    fn arrived(&'static self, cards: Cards, continues: bool) {
        // The address may name a page that this result does not have.
        if cards.cards.is_empty() && cards.matching > 0 && cards.offset > 0 {
            self.view.update(|view| view.query.offset = 0);
            return;
        }
        let count = cards.cards.len();
        if !continues {
            // Before what follows: those who look at the cards ask which answer they are of.
            self.answers.update_value(|answers| *answers = answers.wrapping_add(1));
            self.drawn.set(count.min(DRAWN_FIRST as usize));
        }
        self.cards.set(Some(Arc::new(cards)));
        self.draw_more(count, self.answers.get_value());
    }

    /// Draws the rest of the cards once those before are painted, unless others come first.
    fn draw_more(&'static self, count: usize, answer: u32) {
        spawn_local(async move {
            while self.drawn.get_untracked() < count {
                clock::painted().await;
                if self.answers.get_value() != answer {
                    return;
                }
                self.drawn.update(|drawn| *drawn = count.min(*drawn + DRAWN_NEXT));
            }
        });
    }

    /// Changes the question; the first page of the answer is shown.
    pub(crate) fn ask(&'static self, change: impl FnOnce(&mut Query)) {
        self.view.update(|view| {
            change(&mut view.query);
            view.query.offset = 0;
        });
    }

    /// Users that a question of its own finds, apart from what is shown.
    pub(crate) async fn find(&'static self, query: Query) -> Vec<Card> {
        match self.link().ask(&Request::Query(query)).reply().await {
            Ok(Reply::Cards(cards)) => cards.cards,
            _ => Vec::new(),
        }
    }

    fn judge_again(&'static self, request: &Request) {
        let judged = self.judge(request, &self.wanted().1);
        spawn_local(async move {
            if let Some(heard) = self.hear(judged).await {
                self.show(heard);
            }
        });
    }

    fn tell_policy(&'static self) {
        self.judge_again(&Request::SetPolicy(self.policy.get_untracked()));
    }

    /// Judges by another policy, and remembers it.
    pub(crate) fn set_policy(&'static self, policy: Policy) {
        settings::keep_policy(&policy);
        self.policy.set(policy);
        self.tell_policy();
    }

    /// Judges as of another moment; `None` is what the inputs say.
    pub(crate) fn set_as_of(&'static self, as_of: Option<Timestamp>) {
        self.judge_again(&Request::SetAsOf(as_of));
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

    /// Forgets everything of the report.
    pub(crate) fn close(&'static self) {
        entrances::keep_focus();
        self.forget();
        self.notice.set(Some(Notice::Closed));
        self.link().ask(&Request::Close);
    }

    fn forget(&'static self) {
        self.forgotten.update_value(|forgotten| *forgotten = forgotten.wrapping_add(1));
        self.next_batch();
        self.reading.set(None);
        self.failures.update(Vec::clear);
        self.panel.set(None);
        self.sources.set_value(Vec::new());
        self.overview.set(None);
        self.cards.set(None);
        self.view.update(|view| {
            let language = view.language;
            *view = ViewState { language, ..ViewState::default() };
        });
    }

    /// The worker stopped, and with it went what it held; another one is there.
    fn stopped(&'static self, place: String) {
        self.forget();
        self.exporting.set(false);
        self.notice.set(None);
        self.failures.set(vec![Failure::Stopped { place }]);
        self.tell_policy();
    }
}
