//! Rows of text to a report, slice by slice.
//!
//! A row takes the fast path if its cells are such as AWS writes them, or a spreadsheet that saved them with
//! quotes or capitals: each is then read once, by what is expected of its column. Any other row (other dates,
//! line breaks and commas in cells, text that is not ASCII) takes the slow path. Both give the same rows; a
//! property test compares them.

mod fast_row;
mod first_header;
mod joined_header;
mod keep;
mod open_quote;
mod slow_row;
mod warn;
mod work;

use rustc_hash::FxHashMap;

use super::encoding::Decoder;
use super::error::{Format, ReadErrorKind};
use super::file_facts::FileFacts;
use super::header::Header;
use super::odd_cells::OddCells;
use super::report::{AccountName, ArnPrefix, PlacedWarning, Report};
use super::rows::{Chunked, Names};
use super::sorted;
use super::split::Cells;
use super::time::Timestamp;

use first_header::BeforeHeader;
pub use keep::compare_ignoring_case;
use open_quote::OpenQuote;
use warn::Group;
use work::Work;

/// The longest row whose quotes may hold line breaks, in bytes. A quote that is not closed by then
/// is a stray one: it costs its own line, not the rest of the file.
const LONGEST_ROW: usize = 64 * 1024;

/// Turns slices of text into a report.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing about where the text stands")]
pub(super) struct Reader {
    now: Timestamp,
    decoder: Option<Decoder>,
    /// The first place whose text a decoder read, and how many there are.
    decoded: Option<(PlacedWarning, u32)>,
    /// The header in force; `None` until the first row.
    header: Option<Header>,
    /// The header as it stands in its line.
    header_text: Vec<u8>,
    /// What stands before the first header.
    before: BeforeHeader,
    /// Whether each line of the table became one quoted cell.
    lines_are_quoted: bool,
    /// Whether the lines belong to a file of secrets, until a user's row or a header follows.
    in_secrets: bool,
    /// The place of each warning among those of the report.
    groups: FxHashMap<Group, usize>,
    plan: Vec<Step>,
    /// Whether rows of this header can take the fast path.
    fast: bool,
    /// The beginning of a row whose end is in the next slice.
    carry: Vec<u8>,
    /// How much of that was looked at before.
    looked_at: usize,
    /// How many bytes of text came before it.
    offset: u64,
    /// Whether the beginning of the line was dropped, since it is too long, and the rest goes, too.
    dropping: bool,
    line: u32,
    /// The cells of the row that was split last.
    cells: Cells,
    /// The row that was read last of those in quotes, without them.
    unquoted: Vec<u8>,
    open_quote: OpenQuote,
    work: Work,
    report: Report,
    arn_prefixes: FxHashMap<Box<str>, u32>,
    accounts: FxHashMap<(Box<str>, Box<str>), u32>,
    words: FxHashMap<Box<str>, u16>,
    word_cache: Vec<Option<(u64, u16)>>,
    last: LastRow,
    /// Whether rows came in an order in which equal ones need not be neighbours.
    unsorted: bool,
    seen_accounts: Vec<bool>,
}

/// What is expected of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    User,
    Arn,
    Time(u8),
    Flag(u8),
    Word(u8),
    Ignore,
}

/// The row before, to see whether rows are sorted and to guess the next ARN.
#[derive(Debug, Default)]
struct LastRow {
    any: bool,
    name: u32,
    name_len: u32,
    arn_prefix: u32,
    account: u32,
    root: bool,
    /// The line of the first of the rows with this ARN.
    first: u32,
}

/// What a row says of its ARN.
#[derive(Debug, Clone, Copy)]
enum Arn<'a> {
    /// Nothing.
    Missing,
    /// This.
    Text(&'a str),
    /// It is that of the row before with this row's name at its end.
    LikeTheLast,
}

/// What became of the bytes at the beginning of a slice.
enum Taken {
    Bytes(usize),
    Incomplete,
}

impl Reader {
    pub(super) fn new(now: Timestamp, decoder: Option<Decoder>) -> Self {
        let unknown = ArnPrefix { prefix: String::new(), named: false, account: 0 };
        let nobody = AccountName { id: String::new(), partition: String::new() };
        Self {
            now,
            decoder,
            decoded: None,
            header: None,
            header_text: Vec::new(),
            before: BeforeHeader::default(),
            lines_are_quoted: false,
            in_secrets: false,
            groups: FxHashMap::default(),
            plan: Vec::new(),
            fast: false,
            carry: Vec::new(),
            looked_at: 0,
            offset: 0,
            dropping: false,
            line: 1,
            cells: Cells::default(),
            unquoted: Vec::new(),
            open_quote: OpenQuote::new(),
            work: Work::default(),
            report: Report {
                file: FileFacts { name: String::new(), bytes: 0, modified: None },
                form: Format::Csv,
                generated: None,
                newest_event: None,
                rows: Chunked::default(),
                names: Names::default(),
                arn_prefixes: vec![unknown],
                accounts: vec![nobody],
                has_unattributed: false,
                words: Vec::new(),
                odd: OddCells::default(),
                foreign_flags: Default::default(),
                has_foreign_flags: false,
                warnings: Vec::new(),
                more_warnings: 0,
                broken_rows: 0,
                repeated: Vec::new(),
                sorted: false,
            },
            arn_prefixes: FxHashMap::default(),
            accounts: FxHashMap::default(),
            words: FxHashMap::default(),
            word_cache: vec![None; 64],
            last: LastRow::default(),
            unsorted: false,
            seen_accounts: Vec::new(),
        }
    }

    pub(super) fn rows(&self) -> u64 {
        self.report.rows.len() as u64
    }

    pub(super) fn memory_bytes(&self) -> u64 {
        self.report.memory_bytes()
    }

    /// Takes the next bytes of the text.
    pub(super) fn feed(&mut self, mut bytes: &[u8]) -> Result<(), ReadErrorKind> {
        while !self.carry.is_empty() && !bytes.is_empty() {
            // What was looked at in vain is looked at again when there is twice as much: a long row is
            // not looked at from its beginning for each of its pieces.
            let wanted = (2 * self.looked_at).saturating_sub(self.carry.len()).min(bytes.len());
            let end = memchr::memchr(b'\n', &bytes[wanted..]).map_or(bytes.len(), |at| wanted + at + 1);
            self.carry.extend_from_slice(&bytes[..end]);
            bytes = &bytes[end..];
            if self.carry.len() < 2 * self.looked_at {
                return Ok(());
            }
            let mut held = std::mem::take(&mut self.carry);
            self.work.add(held.len());
            let taken = self.rows_in(&held, false)?;
            held.drain(..taken);
            self.offset += taken as u64;
            self.looked_at = held.len();
            self.carry = held;
        }
        if !bytes.is_empty() {
            let taken = self.rows_in(bytes, false)?;
            self.offset += taken as u64;
            self.carry.extend_from_slice(&bytes[taken..]);
            self.looked_at = self.carry.len();
        }
        Ok(())
    }

    /// The line in which the text ends that was fed so far.
    pub(super) fn last_line(&self) -> u32 {
        let breaks = |pair: &[u8]| pair[0] == b'\n' || pair[0] == b'\r' && pair.get(1) != Some(&b'\n');
        let held = (0..self.carry.len()).filter(|at| breaks(&self.carry[*at..])).count();
        self.line + held as u32
    }

    /// Whether a header is in force, so that rows may follow.
    pub(super) fn has_header(&self) -> bool {
        self.header.is_some()
    }

    /// Begins a line where the text so far has not ended in one, as a file does that others follow.
    pub(super) fn end_line(&mut self) -> Result<(), ReadErrorKind> {
        if self.carry.is_empty() {
            return Ok(());
        }
        let mut held = std::mem::take(&mut self.carry);
        if !held.ends_with(b"\n") {
            held.push(b'\n');
        }
        self.work.add(held.len());
        let taken = self.rows_in(&held, false)?;
        held.drain(..taken);
        self.offset += taken as u64;
        self.looked_at = held.len();
        self.carry = held;
        Ok(())
    }

    /// What comes next begins in this line.
    pub(super) fn at_line(&mut self, line: u32) {
        self.line = line;
    }

    /// The report, when all text was fed.
    pub(super) fn finish(mut self) -> Result<Report, ReadErrorKind> {
        self.finish_in_place()?;
        Ok(self.report)
    }

    fn finish_in_place(&mut self) -> Result<(), ReadErrorKind> {
        let held = std::mem::take(&mut self.carry);
        self.rows_in(&held, true)?;
        if self.header.is_none() {
            return Err(self.before.what());
        }
        if self.report.rows.len() == 0 {
            return Err(self.no_rows());
        }
        self.find_repeated_arns();
        self.report.sorted = !self.unsorted && self.report.repeated.is_empty();
        self.settle_foreign_flags();
        self.tell_decoded();
        sorted::sort_by_key(&mut self.report.warnings, |warning| warning.line);
        Ok(())
    }

    /// Reads the rows that are whole: how many bytes these were.
    fn rows_in(&mut self, bytes: &[u8], last: bool) -> Result<usize, ReadErrorKind> {
        let mut at = 0;
        if self.header.is_none() {
            match self.find_header(bytes, last)? {
                Taken::Bytes(taken) => at = taken,
                Taken::Incomplete => return Ok(0),
            }
            if self.header.is_none() {
                return Ok(at);
            }
        }
        while at < bytes.len() {
            let rest = &bytes[at..];
            if self.fast
                && !self.dropping
                && let Some(taken) = self.fast_row_in_any_quotes(rest)?
            {
                at += taken;
                continue;
            }
            match self.slow_row(rest, self.offset + at as u64, last)? {
                Taken::Bytes(taken) => at += taken,
                Taken::Incomplete => break,
            }
        }
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use super::warn::QUOTED;
    use super::{LONGEST_ROW, Reader};
    use crate::encoding::Decoder;
    use crate::error::{ReadErrorKind, WarningKind};
    use crate::time::Timestamp;
    use crate::{Column, ROOT_NAME, Report, User};

    const HEADER: &str = "user,arn,user_creation_time,mfa_active,additional_credentials_info";

    fn row(name: &str) -> String {
        format!("{name},arn:aws:iam::123456789012:user/{name},2016-05-16T18:13:11+00:00,true,x")
    }

    fn read(pieces: &[&[u8]]) -> Result<Report, ReadErrorKind> {
        let mut reader = Reader::new(Timestamp::from_unix(2_000_000_000), None);
        for piece in pieces {
            reader.feed(piece)?;
        }
        reader.finish()
    }

    /// Names, lines and what is odd.
    fn essence(report: &Report) -> String {
        let row = |user: User<'_>| {
            let cells: Vec<_> = Column::ALL.iter().map(|column| user.raw(*column)).collect();
            format!("{} {cells:?}\n", user.line())
        };
        let rows: String = report.users().map(row).collect();
        format!("{rows}{:?} {}", report.warnings, report.broken_rows)
    }

    fn names(report: &Report) -> Vec<(&str, u32)> {
        report.users().map(|user| (user.name(), user.line())).collect()
    }

    #[test]
    fn every_cut_gives_the_same_report() {
        let long = "y".repeat(40);
        for text in [
            format!("{HEADER}\n{}\n{}", row("ann"), row("bob")),
            format!("\u{feff}{HEADER}\r\n{}\r\n{}\r\n", row("ann"), row("bob")),
            format!("{HEADER}\r{}\r{}\r", row("ann"), row("bob")),
            format!("sep=,\r\n\r\n{HEADER}\n\n{}\n", row("ann")),
            format!(
                "{HEADER}\n\"an,n\",\"arn:aws:iam::123456789012:user/an,n\",,\"TRUE\",\"a \"\"b\"\"\nc\"\n{}",
                row("bob")
            ),
            format!("{HEADER}\n{}\n\"\"\"\r\n\",a,,,\"\r\"\r\n{}", row("ann"), row("bob")),
            format!("{HEADER}\n\"stray,{}\n{}\n{}", row("ann"), row("bob"), row("cid")),
            format!(
                "{HEADER}\n開発,arn:aws:iam::123456789012:user/開発,2016/5/16 18:13,x,𠮷\n{}",
                row("a,b")
            ),
            format!("{HEADER}\n{}{HEADER}\n{}{HEADER},more\n{},z", row("ann"), row("bob"), row("cid")),
            format!("{HEADER}\n{}\nmfa_active,user\nfalse,dan\n{HEADER}\n{}", row("ann"), row("eve")),
            format!("{HEADER}\nx\n\n,,,,\n{}\n{long}\n{}", row("ann"), row("bob")),
        ] {
            let bytes = text.as_bytes();
            let whole = essence(&read(&[bytes]).unwrap());
            // The header is the same in all of them; its cuts are tried in one.
            let from = if text.starts_with(HEADER) { HEADER.len() - 3 } else { 0 };
            for cut in from..=bytes.len() {
                let parts = read(&[&bytes[..cut], &bytes[cut..]]).unwrap();
                assert_eq!(essence(&parts), whole, "{text:?} cut at {cut}");
            }
            let every: Vec<&[u8]> = bytes.chunks(1).collect();
            assert_eq!(essence(&read(&every).unwrap()), whole, "{text:?}");
        }
    }

    #[test]
    fn lines_may_end_in_several_ways_in_one_file() {
        let text = format!("{HEADER}\r{}\n{}\r\n{}\r\r\n{}", row("ann"), row("bob"), row("cid"), row("dan"));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!(names(&report), [("ann", 2), ("bob", 3), ("cid", 4), ("dan", 6)]);
        assert_eq!(report.warnings, []);
    }

    #[test]
    fn a_quoted_cell_may_hold_line_breaks_and_a_stray_quote_costs_its_line() {
        let text = format!("{HEADER}\n{}\"a\nb\r\nc\"\n{}\n", row("ann").trim_end_matches('x'), row("bob"));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!(names(&report), [("ann", 2), ("bob", 5)]);

        let text =
            format!("{HEADER}\n{}\"a\n{}\n{}\n", row("ann").trim_end_matches('x'), row("bob"), row("cid"));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!(names(&report), [("bob", 3), ("cid", 4)]);
        assert_eq!((report.broken_rows, report.warnings[0].line), (1, Some(2)));
        assert_eq!(report.warnings[0].kind, WarningKind::OpenQuote);
    }

    #[test]
    fn a_line_that_is_too_long_is_one_broken_row_however_it_is_cut() {
        let long = "z".repeat(3 * LONGEST_ROW);
        let open = format!("\"{}", "q\n".repeat(LONGEST_ROW));
        for middle in [long.clone(), format!("{}{long}", row("ann")), format!("\"{long}")] {
            let text = format!("{HEADER}\n{middle}\n{}\n", row("bob"));
            let whole = read(&[text.as_bytes()]).unwrap();
            assert_eq!(names(&whole), [("bob", 3)]);
            assert_eq!((whole.broken_rows, whole.warnings.len()), (1, 1));
            for size in [1000, LONGEST_ROW - 1, LONGEST_ROW, LONGEST_ROW + 1, 2 * LONGEST_ROW] {
                let slices: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
                assert_eq!(essence(&read(&slices).unwrap()), essence(&whole), "{size}");
            }
        }
        let text = format!("{HEADER}\n{open}\n{}\n", row("bob"));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!(report.len(), 1);
        assert_eq!(report.warnings[0].kind, WarningKind::OpenQuote);
    }

    #[test]
    fn a_warning_quotes_no_more_than_so_many_letters_and_no_secret_or_broken_row() {
        let secrets = "AKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI";
        let odd = row("bob").replace("true", &"y".repeat(5000));
        let text = format!("{HEADER}\n{}\n{secrets}\n{odd}\n{}", "x".repeat(5000), row("ann"));
        let report = read(&[text.as_bytes()]).unwrap();
        let quoted: Vec<_> = report
            .warnings
            .iter()
            .map(|warning| warning.value.as_deref().map(|value| value.chars().count()))
            .collect();
        assert_eq!(quoted, [None, None, Some(QUOTED + 1)]);
    }

    #[test]
    fn a_cell_with_a_secret_is_not_quoted() {
        for cell in [
            "AKIAIOSFODNN7EXAMPLE",
            "id ASIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "https://111122223333.signin.aws.amazon.com/console",
        ] {
            let text = format!("{HEADER}\n{}", row("ann").replace("true", cell));
            let report = read(&[text.as_bytes()]).unwrap();
            assert_eq!(report.warnings.len(), 1);
            assert_eq!((&report.warnings[0].kind, &report.warnings[0].value), (&WarningKind::Flag, &None));
        }
    }

    #[test]
    fn a_row_that_is_told_by_no_arn_and_holds_a_secret_is_kept_out() {
        for (header, row) in [
            ("user,mfa_active", "AKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            ("user,arn,mfa_active", "kondo,Kx7)wHq2(,https://111122223333.signin.aws.amazon.com/console"),
            ("user,mfa_active,note", ",ann,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ] {
            let text = format!("{header}\nann,true,true\nbob,true\n{row}\n");
            let report = read(&[text.as_bytes()]).unwrap();
            let last = report.warnings.last().unwrap();
            assert_eq!((&last.kind, &last.value, last.line), (&WarningKind::Secret, &None, Some(4)), "{row}");
            assert_eq!((report.len(), report.broken_rows), (1, 2), "{row}");
        }
    }

    #[test]
    fn a_row_of_a_user_ends_a_file_of_secrets_on_either_path() {
        let secrets = "Access key ID,Secret access key";
        let plain = row("ann");
        let quoted = format!("\"{}\"", plain.replace(',', "\",\""));
        for row in [plain.replace("true", "TRUE"), format!("{quoted},"), plain, quoted] {
            let text = format!("{HEADER}\n{secrets}\n{row}\nx,y\n");
            let report = read(&[text.as_bytes()]).unwrap();
            let kinds: Vec<_> = report.warnings.iter().map(|warning| &warning.kind).collect();
            assert_eq!(
                kinds,
                [&WarningKind::Secret, &WarningKind::CellCount { found: 2, expected: 5 }],
                "{row}"
            );
        }
    }

    #[test]
    fn places_of_one_kind_in_one_column_are_one_warning() {
        let mut text = format!("{HEADER}\n{}\n", row("ann"));
        text.push_str(&"x\n".repeat(30_000));
        text.push_str("x,y\n");
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!(report.broken_rows, 30_001);
        let found: Vec<_> = report.warnings().map(|warning| (warning.line, warning.more)).collect();
        assert_eq!(found, [(Some(3), 29_999), (Some(30_003), 0)]);
        assert_eq!(report.warnings().next().unwrap().more_lines, [4, 5, 6, 7]);
    }

    #[test]
    fn warnings_beyond_the_limit_are_counted() {
        let letter = |number: usize| char::from(b'a' + number as u8);
        let names: Vec<String> = (0..Report::MAX_WARNINGS + 7)
            .map(|n| [n / 17_576, n / 676 % 26, n / 26 % 26, n % 26].map(letter).iter().collect())
            .collect();
        let text = format!("user,mfa_active,{}\nann,true{}\n", names.join(","), ",".repeat(names.len()));
        let report = read(&[text.as_bytes()]).unwrap();
        assert_eq!((report.warnings.len(), report.more_warnings), (Report::MAX_WARNINGS, 7));
        assert_eq!(report.warnings_total() as usize, names.len());
    }

    #[test]
    fn a_row_is_the_same_on_the_fast_path_and_the_slow_path() {
        let cells = [
            "",
            "N/A",
            "no_information",
            "not_supported",
            "true",
            "TRUE",
            "False",
            "2016-05-16T18:13:11Z",
            " ",
            " x",
            "x ",
        ];
        let header =
            "user,arn,user_creation_time,password_last_used,mfa_active,access_key_1_last_used_region";
        for place in 0..6 {
            for cell in cells {
                let mut row = ["ann", "arn:aws:iam::123456789012:user/ann", "N/A", "N/A", "false", "s3"];
                row[place] = cell;
                let plain = format!("{header}\n{}\n", row.join(","));
                let quoted = format!("{header}\n\"{}\"\n", row.join("\",\""));
                // One more cell is none of a row that AWS writes.
                let slow = format!("{header}\n\"{}\",\n", row.join("\",\""));
                let [plain, quoted, slow] =
                    [plain, quoted, slow].map(|text| essence(&read(&[text.as_bytes()]).unwrap()));
                assert_eq!([&plain, &quoted], [&slow; 2], "{cell:?} at {place}");
            }
        }
    }

    #[test]
    fn blanks_round_a_cell_are_those_of_any_encoding() {
        // In Shift_JIS a wide blank is 0x81 and `@`.
        let decoder = Decoder { encoding: "Shift_JIS", decode: |_| "ann\u{3000}".to_owned() };
        for cell in [b"ann\x81@".as_slice(), "ann\u{3000}".as_bytes(), b" ann\t", b"ann"] {
            let mut reader = Reader::new(Timestamp::from_unix(2_000_000_000), Some(decoder));
            reader.feed(&[b"user,mfa_active\n", cell, b",true\n"].concat()).unwrap();
            assert_eq!(names(&reader.finish().unwrap()), [("ann", 2)], "{cell:?}");
        }
    }

    #[test]
    fn a_name_is_taken_from_the_arn_where_it_is_missing() {
        for (row, name) in [
            (",arn:aws:iam::123456789012:user/a/b/ann,,true,", Some("ann")),
            ("  ,arn:aws:iam::123456789012:root,,true,", Some(ROOT_NAME)),
            ("\"\",arn:aws:iam::123456789012:group/x,,true,", None),
            (",arn:aws:iam::123456789012:user/,,true,", None),
        ] {
            let text = format!("{HEADER}\n{row}\nzoe,,,true,\n");
            let report = read(&[text.as_bytes()]).unwrap();
            let found = names(&report);
            assert_eq!(found.len(), 1 + usize::from(name.is_some()), "{row}");
            match name {
                Some(name) => assert_eq!(found[0], (name, 2)),
                None => assert_eq!(report.warnings[0].kind, WarningKind::NoUser),
            }
        }
    }

    #[test]
    fn equal_arns_are_found_wherever_they_stand() {
        let of = |order: &[&str]| {
            let rows: Vec<String> = order.iter().map(|name| row(name)).collect();
            let report = read(&[format!("{HEADER}\n{}", rows.join("\n")).as_bytes()]).unwrap();
            report.repeated().to_vec()
        };
        assert_eq!(of(&["ann", "ann", "bob"]), [(1, 0)]);
        assert_eq!(of(&["ann", "bob", "ann"]), [(2, 0)]);
        assert_eq!(of(&["bob", "ann", "bob", "bob"]), [(2, 0), (3, 2)]);
        assert_eq!(of(&["ann", "ann", "ann"]), [(1, 0), (2, 1)]);
        // Names are unique ignoring case, but what differs in case is not the same.
        assert_eq!(of(&["ann", "Ann", "ann"]), [(2, 0)]);
    }
}
