//! How fast the library is without a browser: reading, evaluator, asking, exporting.
//!
//! `cargo bench`; the throughput is that of the report's bytes.

use std::process::Command;
use std::sync::OnceLock;

use credential_report_viewer::assessment::{Assessment, Fingerprint, Inputs, Kind};
use credential_report_viewer::checks::{CheckId, Preset, Severity};
use credential_report_viewer::comparison::Against;
use credential_report_viewer::histogram::DayRange;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{LastUse, Query, SortKey};
use credential_report_viewer::report::{AsOfSource, FileFacts, Report, Timestamp};
use credential_report_viewer::review::{Action, Checks, Day, Decision, Decisions, Entry, Review, Target};
use credential_report_viewer::session::{Mode, Reply, Request, Session};
use divan::Bencher;
use divan::counter::BytesCount;

const USERS: [u32; 2] = [5_000, 100_000];

const SIZES: [u32; 4] = [5_000, 100_000, PAIR, MILLION];

fn main() {
    divan::Divan::from_args().sample_count(15).main();
}

/// The report of the example `generate`, made once for each size.
fn report(users: u32) -> &'static [u8] {
    static REPORTS: [OnceLock<Vec<u8>>; 4] = [const { OnceLock::new() }; 4];
    let place = SIZES.iter().position(|size| *size == users).unwrap_or_default();
    REPORTS[place].get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--release", "--example", "generate", "--", &users.to_string()])
            .output();
        output.map(|output| output.stdout).unwrap_or_default()
    })
}

fn now() -> Timestamp {
    // 2026-09-11T13:15:19Z, the as-of time of the made-up reports.
    Timestamp::from_unix(1_789_132_519)
}

fn facts(bytes: usize) -> FileFacts {
    FileFacts { name: "report.csv".to_owned(), bytes: bytes as u64, modified: Some(now()) }
}

fn loaded(users: u32) -> Session {
    let bytes = report(users);
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: now() });
    let FileFacts { name, bytes: size, modified } = facts(bytes.len());
    session.handle(Request::File { name, bytes: size, modified });
    session.handle(Request::Slice(bytes.to_vec()));
    session.handle(Request::EndOfFile);
    session.handle(Request::Commit);
    session
}

#[divan::bench(args = USERS)]
fn read(bencher: Bencher<'_, '_>, users: u32) {
    let bytes = report(users);
    bencher.counter(BytesCount::new(bytes.len())).bench(|| Report::read(facts(bytes.len()), bytes, now()));
}

/// What the `csv` crate needs to split the same bytes, for comparison.
#[divan::bench(args = USERS)]
fn split_with_csv_crate(bencher: Bencher<'_, '_>, users: u32) {
    let bytes = report(users);
    bencher.counter(BytesCount::new(bytes.len())).bench(|| {
        let mut reader = csv::Reader::from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        let mut cells = 0;
        while reader.read_byte_record(&mut record).unwrap_or_default() {
            cells += record.len();
        }
        cells
    });
}

#[divan::bench(args = USERS)]
fn evaluate(bencher: Bencher<'_, '_>, users: u32) {
    let bytes = report(users).len();
    let policies: [Policy; 2] = [Policy::default(), Preset::Cis12.policy()];
    let mut session = loaded(users);
    let mut turn = 0;
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        turn += 1;
        session.handle(Request::SetPolicy(policies[turn % 2].clone()))
    });
}

#[divan::bench(args = SortKey::ALL)]
fn sort_100_000(bencher: Bencher<'_, '_>, sort: SortKey) {
    let mut session = loaded(100_000);
    let mut descending = false;
    bencher.bench_local(|| {
        // The other way round each time, so that no answer is one that was kept.
        descending = !descending;
        session.handle(Request::Query(Query { sort, descending, limit: 48, ..Query::default() }))
    });
}

#[divan::bench]
fn search_100_000(bencher: Bencher<'_, '_>) {
    let mut session = loaded(100_000);
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        let search = if turn % 2 == 0 { "terra" } else { "kenji" }.to_owned();
        session.handle(Request::Query(Query { search, limit: 48, ..Query::default() }))
    });
}

/// Each filter by itself, the search aside.
#[divan::bench(args = ["severities", "checks", "accounts", "kinds", "key_age", "last_use", "console_mfa", "fine"])]
fn filter_100_000(bencher: Bencher<'_, '_>, filter: &str) {
    let mut session = loaded(100_000);
    let days = DayRange { from: 91, to: None };
    let mut query = Query { limit: 48, ..Query::default() };
    match filter {
        "severities" => query.severities = vec![Severity::High],
        "checks" => query.checks = CheckId::from_name("access-key-not-rotated").into_iter().collect(),
        "accounts" => query.accounts = vec!["000000000001".to_owned()],
        "kinds" => query.kinds = vec![Kind::Human],
        "key_age" => query.key_age = Some(days),
        "last_use" => query.last_use = Some(LastUse::AtLeast(45)),
        "console_mfa" => query.console_mfa = Some(false),
        _ => query.fine = true,
    }
    bencher.bench_local(|| {
        query.descending = !query.descending;
        session.handle(Request::Query(query.clone()))
    });
}

#[divan::bench(args = USERS)]
fn export(bencher: Bencher<'_, '_>, users: u32) {
    let mut session = loaded(users);
    bencher.bench_local(|| {
        let mut bytes = 0;
        let mut reply = session.handle(Request::Export(Box::default()));
        while let Reply::Part { bytes: part, last, .. } = &reply {
            bytes += part.len();
            if *last {
                break;
            }
            reply = session.handle(Request::NextPart);
        }
        bytes
    });
}

/// Two reports of one account: what comparing takes beside evaluating each.
const PAIR: u32 = 200_000;

/// A month later: some keys are used again, replaced and deactivated, some users come and go.
fn later(earlier: &str) -> String {
    let mut lines = earlier.lines();
    let mut text = lines.next().unwrap_or_default().to_owned();
    for (number, line) in lines.enumerate() {
        let mut cells: Vec<&str> = line.split(',').collect();
        match number % 50 {
            7 => continue,
            11 if cells.len() > 10 => cells[10] = "2026-09-11T12:00:00Z",
            13 if cells.len() > 9 && cells[9] != "N/A" => cells[9] = "2026-09-01T12:00:00Z",
            17 if cells.len() > 8 => cells[8] = "false",
            _ => {}
        }
        text.push('\n');
        text.push_str(&cells.join(","));
    }
    text
}

fn two_reports() -> Session {
    let earlier = report(PAIR);
    let newer = later(std::str::from_utf8(earlier).unwrap_or_default());
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: now() });
    for (name, bytes) in [
        ("status_reports_2026-08-11T13-15-19+00-00.csv", earlier),
        ("status_reports_2026-09-11T13-15-19+00-00.csv", newer.as_bytes()),
    ] {
        session.handle(Request::File { name: name.to_owned(), bytes: bytes.len() as u64, modified: None });
        session.handle(Request::Slice(bytes.to_vec()));
        session.handle(Request::EndOfFile);
    }
    session.handle(Request::Commit);
    session
}

#[divan::bench]
fn evaluate_one_of_200_000(bencher: Bencher<'_, '_>) {
    let mut session = two_reports();
    bencher.bench_local(|| session.handle(Request::SetPolicy(Policy::default())));
}

/// The earlier report is evaluated in this, too.
#[divan::bench]
fn evaluate_the_other_and_compare_200_000(bencher: Bencher<'_, '_>) {
    let mut session = two_reports();
    bencher.bench_local(|| session.handle(Request::CompareWith(Against::Previous)));
}

/// From bytes to the whole of the findings as JSON.
#[divan::bench(args = USERS)]
fn report_to_findings(bencher: Bencher<'_, '_>, users: u32) {
    let bytes = report(users).len();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut session = loaded(users);
        let mut size = 0;
        let mut reply = session.handle(Request::Export(Box::default()));
        while let Reply::Part { bytes: part, last, .. } = &reply {
            size += part.len();
            if *last {
                break;
            }
            reply = session.handle(Request::NextPart);
        }
        size
    });
}

/// The largest report, and how many decisions are about users of it.
const MILLION: u32 = 1_000_000;
const DECISIONS: usize = 10_000;

fn million() -> Inputs {
    let bytes = report(MILLION);
    let mut inputs = Inputs::default();
    if let Ok(report) = Report::read(facts(bytes.len()), bytes, now()) {
        inputs.add([(report, Fingerprint { bytes: 0, hash: 0 })]);
    }
    inputs
}

/// One decision in a hundred users, half of them exceptions.
fn decisions(inputs: &Inputs) -> Decisions {
    let users = inputs.reports().iter().flat_map(|loaded| loaded.report.users()).step_by(100);
    let on = Day::of(now());
    let decision = |(number, user): (usize, credential_report_viewer::report::User<'_>)| {
        Some(Decision {
            id: number.to_string(),
            account: user.account()?.to_owned(),
            target: Target::User { arn: user.arn()?, user_created: user.created().ok(), credential: None },
            action: if number % 2 == 0 { Action::Keep } else { Action::Disable },
            checks: Some(Checks::All),
            reason: "Vendor appliance cannot use a role".to_owned(),
            by: "k.sato@example.com".to_owned(),
            on,
            until: on.plus(90),
            approved_by: String::new(),
            ticket: String::new(),
            note: String::new(),
        })
    };
    let entries = users.enumerate().filter_map(decision).take(DECISIONS);
    Decisions::join([entries.map(|decision| Entry { place: None, content: Ok(decision), cut: 0 }).collect()])
}

fn judged(inputs: &Inputs) -> Assessment {
    Assessment::new(inputs, Policy::default(), now(), AsOfSource::Chosen)
}

#[divan::bench]
fn evaluate_1_000_000(bencher: Bencher<'_, '_>) {
    let inputs = million();
    bencher.bench_local(|| judged(&inputs));
}

/// What decisions cost beside that: at the most a tenth of it.
#[divan::bench]
fn hold_10_000_decisions_against_1_000_000(bencher: Bencher<'_, '_>) {
    let inputs = million();
    let (decisions, mut assessment) = (decisions(&inputs), judged(&inputs));
    bencher.bench_local(|| {
        let review = Review::new(&inputs, &assessment, &decisions);
        review.apply(&inputs, &mut assessment, &decisions);
    });
}
