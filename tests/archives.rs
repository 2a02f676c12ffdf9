//! ZIP files: what is in them is read, whatever is wrong is named, and no one waits for it.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::{Cursor, Write};

use credential_report_viewer::report::{
    Archive, ArchiveIssue, Limits, OtherFile, ReadErrorKind, Step, is_passed_over,
};
use credential_report_viewer::session::{Mode, Reply, Request, Session, UnpackedFile};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use common::{ACCOUNT, OTHER, file, in_account, report, root, time, user};

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    packed_by(CompressionMethod::Deflated, files)
}

fn packed_by(method: CompressionMethod, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn one(account: &str) -> String {
    report(&[in_account(root(), account), in_account(user("ann"), account)])
}

/// Feeds a ZIP file in slices, and unpacks it: what was in it, and in how many parts it came.
fn unpack(
    session: &mut Session,
    bytes: &[u8],
    slice: usize,
) -> Result<(Vec<UnpackedFile>, usize), ReadErrorKind> {
    session.handle(Request::Begin { mode: Mode::Replace, now: time(common::NOW) });
    let name = "all.zip".to_owned();
    session.handle(Request::File { name, bytes: bytes.len() as u64, modified: None });
    for slice in bytes.chunks(slice) {
        assert!(matches!(session.handle(Request::Slice(slice.to_vec())), Reply::Progress { .. }));
    }
    match session.handle(Request::EndOfFile) {
        Reply::Archive { .. } => {}
        Reply::FileFailed(error) => return Err(error.kind),
        other => panic!("{other:?}"),
    }
    let (mut found, mut parts) = (Vec::new(), 0);
    loop {
        parts += 1;
        match session.handle(Request::Unpack) {
            Reply::Unpacked { files, is_done, .. } => {
                found.extend(files);
                if is_done {
                    return Ok((found, parts));
                }
            }
            Reply::FileFailed(error) => return Err(error.kind),
            other => panic!("{other:?}"),
        }
    }
}

fn issue(issue: ArchiveIssue) -> ReadErrorKind {
    ReadErrorKind::Archive(issue)
}

#[test]
fn reports_in_folders_of_a_zip_file_are_read_and_others_left_aside() {
    let (first, second) = (one(ACCOUNT), one(OTHER));
    let files: [(&str, &[u8]); 7] = [
        ("2026-08/status_reports_2026-09-01T00-00-00Z.csv", first.as_bytes()),
        ("b/deep/er.csv", second.as_bytes()),
        ("notes.txt", b"nothing of the kind"),
        ("keys.csv", b"Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI\n"),
        (".hidden/report.csv", first.as_bytes()),
        ("__MACOSX/._er.csv", b"x"),
        ("a/.DS_Store", b"x"),
    ];
    for method in [CompressionMethod::Deflated, CompressionMethod::Stored] {
        let bytes = packed_by(method, &files);
        for slice in [1, 1000, usize::MAX] {
            let mut session = Session::new();
            let (found, _) = unpack(&mut session, &bytes, slice.min(bytes.len())).unwrap();
            let names: Vec<(&str, bool)> =
                found.iter().map(|file| (file.name.as_str(), file.left_aside.is_none())).collect();
            let expected = [
                ("all.zip › 2026-08/status_reports_2026-09-01T00-00-00Z.csv", true),
                ("all.zip › b/deep/er.csv", true),
                ("all.zip › keys.csv", false),
                ("all.zip › notes.txt", false),
            ];
            assert_eq!(names, expected);
            let secret = found[2].left_aside.as_ref().unwrap();
            assert_eq!(secret.kind, ReadErrorKind::NotAReport(OtherFile::AccessKeyCsv));
            let overview = common::overview(session.handle(Request::Commit));
            assert_eq!((overview.accounts.len(), overview.users, overview.inputs.len()), (2, 4, 2));
            assert_eq!(overview.inputs[0].as_of, time("2026-09-01T00:00:00Z"));
            assert_eq!(overview.inputs[0].as_of_source.name(), "file-name");
            assert!(
                overview.inputs.iter().all(|input| input.sha256.as_ref().is_some_and(|sha| sha.len() == 64))
            );
            assert_eq!(overview.inputs[1].bytes, second.len() as u64);
        }
    }
}

#[test]
fn what_is_wrong_with_a_zip_file_is_named() {
    let csv = one(ACCOUNT);
    let good = packed(&[("a.csv", csv.as_bytes())]);
    let failed = |bytes: &[u8]| unpack(&mut Session::new(), bytes, usize::MAX).map(|(files, _)| files);
    for cut in [10, good.len() / 2, good.len() - 5] {
        assert_eq!(failed(&good[..cut]).unwrap_err(), issue(ArchiveIssue::Damaged), "{cut}");
    }
    let left_aside = |bytes: &[u8]| failed(bytes).unwrap()[0].left_aside.clone().unwrap().kind;
    // A byte of the report.
    let mut changed = packed_by(CompressionMethod::Stored, &[("a.csv", csv.as_bytes())]);
    let at = changed.windows(9).position(|bytes| bytes == b"mfa_activ").unwrap();
    changed[at] = b'n';
    assert_eq!(left_aside(&changed), issue(ArchiveIssue::Damaged));
    let mut broken = good.clone();
    let at = 30 + "a.csv".len() + 20;
    broken[at..at + 40].fill(0xff);
    assert_eq!(left_aside(&broken), issue(ArchiveIssue::Damaged));
    // The sign of encryption, in the list of files.
    let mut encrypted = good.clone();
    let list = encrypted.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    encrypted[list + 8] |= 1;
    assert_eq!(left_aside(&encrypted), issue(ArchiveIssue::Encrypted));
    let mut other_method = good.clone();
    other_method[list + 10] = 12;
    assert_eq!(left_aside(&other_method), issue(ArchiveIssue::Method));
    let nested = packed(&[("inner.zip", &good)]);
    assert_eq!(left_aside(&nested), ReadErrorKind::NotAReport(OtherFile::Zip));
    let workbook = packed(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    assert_eq!(failed(&workbook).unwrap_err(), ReadErrorKind::NotAReport(OtherFile::Workbook));
    assert_eq!(failed(&packed(&[])).unwrap(), []);
}

#[test]
fn a_bomb_is_refused_while_it_unpacks_and_the_former_result_stays() {
    let mut session = common::open(&[file("report.csv", one(ACCOUNT))]);
    let before = common::overview_of(&mut session);
    let zeros = vec![b'0'; 64 << 20];
    let csv = one(OTHER);
    let bomb = packed(&[("a.csv", csv.as_bytes()), ("b.csv", &zeros)]);
    assert!(bomb.len() < 200_000);
    let kind = unpack(&mut session, &bomb, usize::MAX).unwrap_err();
    assert_eq!(kind, issue(ArchiveIssue::Bomb { times: 100 }));
    assert_eq!(session.handle(Request::Commit), Reply::NoResult);
    assert_eq!(common::overview_of(&mut session), before);
}

#[test]
fn a_file_that_unpacks_to_more_than_it_says_is_damaged() {
    let csv = one(ACCOUNT);
    let mut bytes = packed(&[("a.csv", csv.as_bytes())]);
    // The size stands in the file's own header and in the list at the end.
    let said = (csv.len() as u32).to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == said).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        bytes[at..at + 4].copy_from_slice(&7_u32.to_le_bytes());
    }
    let (found, _) = unpack(&mut Session::new(), &bytes, usize::MAX).unwrap();
    let error = found[0].left_aside.clone().unwrap();
    assert_eq!(error.kind, issue(ArchiveIssue::Damaged));
}

#[test]
fn a_part_is_small_so_that_cancel_is_answered() {
    // 40 MB that pack badly, in one file, and many small ones.
    let rows: Vec<_> = (0..200_000_u64)
        .map(|n| {
            let name = format!("{:016x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            format!(
                "{name},arn:aws:iam::123456789012:user/{name}{:016x},true",
                n.wrapping_mul(0xbf58_476d_1ce4_e5b9)
            )
        })
        .collect();
    let large = format!("user,arn,mfa_active\n{}\n", rows.join("\n"));
    let bytes = packed(&[("large.csv", large.as_bytes())]);
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: time(common::NOW) });
    session.handle(Request::File { name: "a.zip".to_owned(), bytes: bytes.len() as u64, modified: None });
    session.handle(Request::Slice(bytes));
    session.handle(Request::EndOfFile);
    let mut before = 0;
    let mut parts = 0;
    while let Reply::Unpacked { bytes, is_done: false, .. } = session.handle(Request::Unpack) {
        assert!(bytes - before <= 8 << 20, "{} bytes in one part", bytes - before);
        (before, parts) = (bytes, parts + 1);
        if parts == 2 {
            break;
        }
    }
    assert_eq!(parts, 2);
    assert_eq!(session.handle(Request::Cancel), Reply::Done);
    assert!(matches!(session.handle(Request::Unpack), Reply::Refused { .. }));
    let small = one(ACCOUNT);
    let names: Vec<String> = (0..1200).map(|n| format!("{n:04}.csv")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), small.as_bytes())).collect();
    let (found, parts) = unpack(&mut session, &packed(&files), usize::MAX).unwrap();
    assert_eq!((found.len(), parts >= 3), (1200, true));
}

#[test]
fn what_is_left_of_a_zip_file_is_read_before_the_commit() {
    let mut session = Session::new();
    session.handle(Request::Begin { mode: Mode::Replace, now: time(common::NOW) });
    let bytes = packed(&[("a.csv", one(ACCOUNT).as_bytes())]);
    session.handle(Request::File { name: "a.zip".to_owned(), bytes: bytes.len() as u64, modified: None });
    session.handle(Request::Slice(bytes));
    session.handle(Request::EndOfFile);
    common::feed(&mut session, &file("b.csv", one(OTHER)), 100).unwrap();
    assert_eq!(common::overview(session.handle(Request::Commit)).accounts.len(), 2);
}

#[test]
fn limits_hold() {
    let files: [(&str, &[u8]); 3] = [("a", b"1"), ("b", b"22"), ("c", b"333")];
    let bytes = packed(&files);
    let open = |limits: Limits| Archive::open("z", bytes.clone(), None, limits);
    let few = Limits { files: 2, ..Limits::DEFAULT };
    assert_eq!(open(few).unwrap_err(), issue(ArchiveIssue::TooManyFiles { limit: 2 }));
    let small = Limits { packed: 10, ..Limits::DEFAULT };
    assert_eq!(open(small).unwrap_err(), issue(ArchiveIssue::TooLarge { limit: 10 }));
    let mut archive = open(Limits { unpacked: 4, ..Limits::DEFAULT }).unwrap();
    let refused = loop {
        match archive.step() {
            Ok(Step::End) => panic!("all of it was unpacked"),
            Ok(_) => {}
            Err(issue) => break issue,
        }
    };
    assert_eq!(refused, ArchiveIssue::UnpacksToTooMuch { limit: 4 });
}

#[test]
fn hidden_files_and_those_of_systems_are_passed_over() {
    for path in [".git/x", "a/.DS_Store", "__MACOSX/a.csv", "x/__MACOSX/y"] {
        assert!(is_passed_over(path), "{path}");
    }
    for path in ["a.csv", "a/b.csv", "./a.csv", "../a.csv"] {
        assert!(!is_passed_over(path), "{path}");
    }
}
