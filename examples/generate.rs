//! Prints a made-up credential report of any size: the same rows for the same arguments.
//!
//! ```text
//! cargo run --release --example generate -- USERS [--accounts N] [--seed N] [--as-of TIME] > report.csv
//! ```
//!
//! The mixture is that of a grown organisation: half of the users sign in, a good part of them
//! without MFA; half hold keys, many of them old, some never used; every account begins with its
//! root. Times end in `Z`, rows are sorted as AWS sorts them.
#![allow(clippy::print_stderr, reason = "a command says on the terminal what is wrong")]

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use credential_report_viewer::report::{Column, Timestamp};

const USAGE: &str = "usage: generate USERS [--accounts N] [--seed N] [--as-of TIME]";

/// AWS allows no more users in an account.
const USERS_OF_ACCOUNT: u64 = 5_000;

const DAY: i64 = 86_400;

const GIVEN: [&str; 16] = [
    "aiko", "anna", "ben", "chen", "daichi", "emma", "fatima", "hana", "ivan", "jun", "kenji", "liam",
    "maria", "noor", "olga", "sora",
];
const MACHINES: [&str; 8] =
    ["backup", "billing-export", "ci-deploy", "etl", "log-shipper", "mailer", "monitoring", "terraform"];
const REGIONS: [&str; 4] = ["ap-northeast-1", "us-east-1", "eu-west-1", "us-west-2"];
const SERVICES: [&str; 6] = ["s3", "ec2", "sts", "dynamodb", "iam", "cloudwatch"];

/// Numbers that look random and are not: `SplitMix64`.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }

    /// A moment at the most so many days before another; small ages are likelier than large ones.
    fn before(&mut self, time: Timestamp, days: u64) -> Timestamp {
        let reach = (self.below(days) + 1).min(self.below(days * 2) + 1) as i64;
        Timestamp::from_unix(time.unix() - self.below((reach * DAY) as u64) as i64)
    }
}

struct Arguments {
    users: u64,
    accounts: u64,
    seed: u64,
    as_of: Timestamp,
}

fn arguments(mut words: impl Iterator<Item = String>) -> Result<Arguments, Box<dyn Error>> {
    let users = words.next().ok_or(USAGE)?.replace('_', "").parse().map_err(|_| USAGE)?;
    let mut arguments = Arguments {
        users,
        accounts: users.div_ceil(USERS_OF_ACCOUNT).max(1),
        seed: 1,
        as_of: Timestamp::parse("2026-09-11T13:15:19Z")?,
    };
    while let Some(word) = words.next() {
        let value = words.next().ok_or(USAGE)?;
        match word.as_str() {
            "--accounts" => arguments.accounts = value.parse()?,
            "--seed" => arguments.seed = value.parse()?,
            "--as-of" => arguments.as_of = Timestamp::parse(&value)?,
            _ => return Err(USAGE.into()),
        }
    }
    Ok(arguments)
}

/// A user's name that sorts by its number.
fn name(numbers: &mut Numbers, number: u64) -> String {
    // The first letters rise with the number, so that rows come sorted as they are made.
    let letters: String =
        format!("{number:05}").bytes().map(|digit| char::from(b'a' + (digit - b'0') * 2)).collect();
    if numbers.chance(55) {
        format!("{letters}.{}", numbers.one_of(&GIVEN))
    } else {
        format!("{letters}-{}", numbers.one_of(&MACHINES))
    }
}

struct Key {
    active: bool,
    created: Option<Timestamp>,
    used: Option<Timestamp>,
}

fn key(numbers: &mut Numbers, user: Timestamp, as_of: Timestamp, percent: u64) -> Key {
    if !numbers.chance(percent) {
        return Key { active: false, created: None, used: None };
    }
    let days = ((as_of.unix() - user.unix()) / DAY).max(1) as u64;
    let created = if numbers.chance(15) { user } else { numbers.before(as_of, days) };
    let since = ((as_of.unix() - created.unix()) / DAY).max(1) as u64;
    let used = numbers.chance(75).then(|| numbers.before(as_of, since));
    Key { active: numbers.chance(85), created: Some(created), used: used.filter(|used| *used >= created) }
}

fn text(time: Option<Timestamp>) -> String {
    time.map_or_else(|| "N/A".to_owned(), |time| time.to_string())
}

fn write_keys(out: &mut impl Write, numbers: &mut Numbers, keys: &[Key; 2]) -> io::Result<()> {
    for key in keys {
        let (region, service) = match key.used {
            None => ("N/A", "N/A"),
            Some(_) => match numbers.one_of(&SERVICES) {
                // The region of S3 is not tracked.
                "s3" => ("N/A", "s3"),
                service => (numbers.one_of(&REGIONS), service),
            },
        };
        write!(out, ",{},{},{},{region},{service}", key.active, text(key.created), text(key.used))?;
    }
    writeln!(out, ",false,N/A,false,N/A")
}

fn write_root(
    out: &mut impl Write,
    numbers: &mut Numbers,
    account: &str,
    as_of: Timestamp,
) -> io::Result<()> {
    let created = numbers.before(Timestamp::from_unix(as_of.unix() - 1000 * DAY), 3000);
    let used = numbers.chance(40).then(|| numbers.before(as_of, 400));
    let key = Key { active: numbers.chance(5), created: None, used: None };
    let key = Key { created: key.active.then_some(created), ..key };
    write!(
        out,
        "<root_account>,arn:aws:iam::{account}:root,{created},true,{},{created},not_supported,{}",
        used.map_or_else(|| "no_information".to_owned(), |used| used.to_string()),
        numbers.chance(90),
    )?;
    write_keys(out, numbers, &[key, Key { active: false, created: None, used: None }])
}

fn write_user(
    out: &mut impl Write,
    numbers: &mut Numbers,
    account: &str,
    number: u64,
    as_of: Timestamp,
) -> io::Result<()> {
    let name = name(numbers, number);
    let created = numbers.before(as_of, 2500);
    let age = ((as_of.unix() - created.unix()) / DAY).max(1) as u64;
    let password = numbers.chance(50);
    let changed = password.then(|| numbers.before(as_of, age)).map(|changed| changed.max(created));
    let used = if !password {
        "N/A".to_owned()
    } else if numbers.chance(12) {
        "no_information".to_owned()
    } else {
        numbers.before(as_of, age.min(500)).max(created).to_string()
    };
    let expires = changed
        .filter(|_| account.ends_with(['0', '2', '4', '6', '8']))
        .map(|changed| Timestamp::from_unix(changed.unix() + 90 * DAY));
    let mfa = password && numbers.chance(70);
    write!(
        out,
        "{name},arn:aws:iam::{account}:user/{name},{created},{password},{used},{},{},{mfa}",
        text(changed),
        text(expires),
    )?;
    let keys =
        [key(numbers, created, as_of, if password { 35 } else { 85 }), key(numbers, created, as_of, 12)];
    write_keys(out, numbers, &keys)
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments = arguments(std::env::args().skip(1))?;
    let mut numbers = Numbers(arguments.seed);
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    // The last column is documented and does not arrive.
    let header: Vec<&str> = Column::ALL.iter().map(|column| column.name()).take(22).collect();
    writeln!(out, "{}", header.join(","))?;
    let each = arguments.users.div_ceil(arguments.accounts.max(1)).max(1);
    let mut left = arguments.users;
    for number in 0..arguments.accounts {
        let account = format!("{:012}", 100_000_000_001 + number * 7);
        let users = left.min(each);
        left -= users;
        if users == 0 {
            break;
        }
        write_root(&mut out, &mut numbers, &account, arguments.as_of)?;
        for user in 1..users {
            write_user(&mut out, &mut numbers, &account, user, arguments.as_of)?;
        }
    }
    out.flush()?;
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
