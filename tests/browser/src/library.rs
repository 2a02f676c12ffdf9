//! What the library says, natively, of the same files.

use credential_report_viewer::export::ExportRequest;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::session::{Mode, Reply, Request, Session};
use credential_report_viewer::view_state::ViewState;

use crate::File;

/// A session that is asked as the page asks its own.
#[derive(Debug)]
pub struct Library {
    session: Session,
    files: Vec<File>,
}

impl Library {
    /// A session that has read these files.
    pub fn open(files: &[File]) -> Self {
        let mut library = Self { session: Session::new(), files: Vec::new() };
        library.read(files, Mode::Replace);
        library
    }

    /// Reads more files beside those that are there.
    pub fn add(&mut self, files: &[File]) {
        self.read(files, Mode::Add);
    }

    fn read(&mut self, files: &[File], mode: Mode) {
        // The clock counts for events in the future only, and the tests' files have none.
        let now = Timestamp::parse("2024-07-01T00:00:00Z").unwrap();
        self.ask(Request::Begin { mode, now });
        for file in files {
            self.ask(Request::File {
                name: file.name.clone(),
                bytes: file.bytes.len() as u64,
                modified: file.modified.map(|seconds| Timestamp::from_unix(seconds as i64)),
            });
            self.ask(Request::Slice(file.bytes.clone()));
            if let Reply::FileRead { .. } = self.ask(Request::EndOfFile) {
                self.files.push(file.clone());
            }
        }
        self.ask(Request::Commit);
    }

    fn ask(&mut self, request: Request) -> Reply {
        let reply = self.session.handle(request);
        assert!(!matches!(reply, Reply::Refused { .. }), "{reply:?}");
        reply
    }

    /// Judges by this policy.
    pub fn set_policy(&mut self, policy: Policy) {
        self.ask(Request::SetPolicy(policy));
    }

    /// Judges as of this moment.
    pub fn set_as_of(&mut self, time: &str) {
        self.ask(Request::SetAsOf(Some(Timestamp::parse(time).unwrap())));
    }

    /// The result at a glance.
    pub fn overview(&mut self) -> Overview {
        match self.ask(Request::Overview) {
            Reply::Overview(overview) => *overview,
            other => panic!("{other:?}"),
        }
    }

    /// The page's question at first, changed; answered with the first page of users.
    pub fn query(&mut self, change: impl FnOnce(&mut Query)) -> Cards {
        match self.ask(Request::Query(question(change))) {
            Reply::Cards(cards) => *cards,
            other => panic!("{other:?}"),
        }
    }

    /// The names of these users, in order.
    pub fn users(&mut self, change: impl FnOnce(&mut Query)) -> Vec<String> {
        self.query(change).cards.into_iter().map(|card| card.user).collect()
    }

    /// All findings, as JSON.
    pub fn export(&mut self) -> Vec<u8> {
        self.export_by(None)
    }

    /// The findings that such a question finds, as JSON.
    pub fn export_shown(&mut self, change: impl FnOnce(&mut Query)) -> Vec<u8> {
        self.export_by(Some(asked(change)))
    }

    fn export_by(&mut self, query: Option<Query>) -> Vec<u8> {
        self.export_as(query.into())
    }

    /// An export in any form.
    pub fn export_as(&mut self, request: ExportRequest) -> Vec<u8> {
        for (place, file) in self.files.clone().into_iter().enumerate() {
            self.ask(Request::Digest(place as u32));
            self.ask(Request::Slice(file.bytes));
            self.ask(Request::EndOfFile);
        }
        let mut all = Vec::new();
        let mut reply = self.ask(Request::Export(Box::new(request)));
        loop {
            match reply {
                Reply::Part { bytes, last, .. } => {
                    all.extend(bytes);
                    if last {
                        return all;
                    }
                }
                other => panic!("{other:?}"),
            }
            reply = self.ask(Request::NextPart);
        }
    }
}

/// The page's question at first, changed, of all that it matches: what the page asks of an export.
pub fn asked(change: impl FnOnce(&mut Query)) -> Query {
    Query { limit: u32::MAX, ..question(change) }
}

fn question(change: impl FnOnce(&mut Query)) -> Query {
    let mut query = ViewState::default().query;
    change(&mut query);
    query
}
