//! Made-up reports, all as of 2024-06-01T00:00:00Z.

use std::fmt::Write;

use crate::File;

/// The name that the console gives a report of that moment.
pub const NAME: &str = "status_reports_2024-06-01T00-00-00+00-00.csv";

/// The header of every report.
pub const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

/// The account of most reports.
pub const ACCOUNT: &str = "111122223333";

/// The account of [`other`].
pub const OTHER_ACCOUNT: &str = "444455556666";

/// The account of [`broken`].
pub const BROKEN_ACCOUNT: &str = "777788889999";

const NO_KEY: &str = "false,N/A,N/A,N/A,N/A";
const NO_CERTIFICATES: &str = "false,N/A,false,N/A";

/// A report of these rows, under the console's name.
pub fn report(rows: &[String]) -> File {
    File::new(NAME, format!("{HEADER}\n{}\n", rows.join("\n")))
}

/// A row of root, with MFA or without.
pub fn root(account: &str, mfa: bool) -> String {
    format!(
        "<root_account>,arn:aws:iam::{account}:root,2018-01-01T00:00:00Z,true,2023-01-01T00:00:00Z,2023-01-01T00:00:00Z,not_supported,{mfa},{NO_KEY},{NO_KEY},{NO_CERTIFICATES}"
    )
}

/// A row of someone who signs in: last on this day, with a password of that day.
pub fn human(account: &str, name: &str, used: &str, changed: &str, mfa: bool) -> String {
    format!(
        "{name},arn:aws:iam::{account}:user/{name},2022-01-10T08:00:00Z,true,{used},{changed},N/A,{mfa},{NO_KEY},{NO_KEY},{NO_CERTIFICATES}"
    )
}

/// A row of a machine, with a key made on this day and last used on that one.
pub fn machine(account: &str, name: &str, made: &str, used: &str) -> String {
    let (region, service) = if used == "N/A" { ("N/A", "N/A") } else { ("eu-west-1", "ec2") };
    format!(
        "{name},arn:aws:iam::{account}:user/{name},2022-01-10T08:00:00Z,false,N/A,N/A,N/A,false,true,{made},{used},{region},{service},{NO_KEY},{NO_CERTIFICATES}"
    )
}

/// Eight users with all sorts of findings, and some without.
pub fn mixed() -> File {
    report(&[
        root(ACCOUNT, false),
        human(ACCOUNT, "alice", "2024-05-30T08:00:00Z", "2024-03-01T08:00:00Z", true),
        human(ACCOUNT, "Bob", "2024-05-20T08:00:00Z", "2023-01-01T08:00:00Z", false),
        machine(ACCOUNT, "carol-ci", "2023-01-05T08:00:00Z", "2024-05-31T08:00:00Z"),
        machine(ACCOUNT, "dave-backup", "2024-03-01T08:00:00Z", "N/A"),
        human(ACCOUNT, "erin", "no_information", "2022-02-01T08:00:00Z", true),
        machine(ACCOUNT, "frank-etl", "2024-05-01T08:00:00Z", "2024-05-31T08:00:00Z"),
        format!(
            "zoe,arn:aws:iam::{ACCOUNT}:user/zoe,2021-01-10T08:00:00Z,true,2022-05-01T08:00:00Z,2021-02-01T08:00:00Z,N/A,false,true,2021-03-01T08:00:00Z,2021-04-01T08:00:00Z,us-east-1,s3,true,2022-03-01T08:00:00Z,N/A,N/A,N/A,{NO_CERTIFICATES}"
        ),
    ])
}

/// Two users of another account.
pub fn other() -> File {
    let rows = [
        root(OTHER_ACCOUNT, true),
        machine(OTHER_ACCOUNT, "ops-terraform", "2023-11-01T08:00:00Z", "2024-05-31T08:00:00Z"),
    ];
    File { name: "status_reports_2024-05-31T12-00-00+00-00.csv".to_owned(), ..report(&rows) }
}

/// A report in which nothing is to be found.
pub fn fine() -> File {
    let alice = human(ACCOUNT, "alice", "2024-05-30T08:00:00Z", "2024-03-01T08:00:00Z", true);
    report(&[
        root(ACCOUNT, true),
        // Passwords that expire.
        alice.replacen(",N/A,", ",2025-03-01T08:00:00Z,", 1),
        machine(ACCOUNT, "frank-etl", "2024-05-01T08:00:00Z", "2024-05-31T08:00:00Z"),
    ])
}

/// A report of a single user.
pub fn single() -> File {
    report(&[human(ACCOUNT, "Bob", "2024-05-20T08:00:00Z", "2023-01-01T08:00:00Z", false)])
}

/// A report with a row that has too few cells in line 3, an unreadable time in line 4, and a column
/// that nobody knows.
pub fn broken() -> File {
    let rows = [
        format!("{},x", human(BROKEN_ACCOUNT, "alice", "2024-05-30T08:00:00Z", "2024-03-01T08:00:00Z", true)),
        format!("bob,arn:aws:iam::{BROKEN_ACCOUNT}:user/bob,2022-01-10T08:00:00Z"),
        format!("{},y", human(BROKEN_ACCOUNT, "carol", "last tuesday", "2024-03-01T08:00:00Z", false)),
    ];
    File::new(NAME, format!("{HEADER},shoe_size\n{}\n", rows.join("\n")))
}

/// So many users, without anything random.
pub fn many(users: usize) -> File {
    let mut text = format!("{HEADER}\n{}\n", root(ACCOUNT, false));
    for number in 1..users {
        let month = number % 12 + 1;
        let day = number % 28 + 1;
        let year = 2020 + number % 4;
        let name = format!("user-{number:06}");
        let row = if number % 2 == 0 {
            let used = format!("2024-05-{day:02}T10:00:00Z");
            let changed = format!("{year}-{month:02}-{day:02}T10:00:00Z");
            human(ACCOUNT, &name, &used, &changed, number % 3 != 0)
        } else {
            let made = format!("{year}-{month:02}-{day:02}T09:00:00Z");
            let used = if number % 5 == 0 {
                "N/A".to_owned()
            } else {
                format!("2024-0{}-{day:02}T09:00:00Z", number % 5 + 1)
            };
            machine(ACCOUNT, &name, &made, &used)
        };
        let _ = writeln!(text, "{row}");
    }
    File::new(NAME, text)
}

/// The answer of `aws iam get-credential-report` with this report in it.
pub fn as_cli_json(report: &File, generated: &str) -> File {
    use base64::prelude::{BASE64_STANDARD, Engine};
    let answer = format!(
        "{{\n    \"Content\": \"{}\",\n    \"ReportFormat\": \"text/csv\",\n    \"GeneratedTime\": \"{generated}\"\n}}\n",
        BASE64_STANDARD.encode(&report.bytes)
    );
    File::new("credential-report.json", answer)
}
