//! The script for a whole organization, run with a made-up `aws`.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use credential_report_viewer::remediation::ORGANIZATION_SCRIPT;

/// Two accounts that can be read, one of them one's own, and one whose role may not be assumed.
const AWS: &str = r#"#!/bin/sh
echo "$1 $2 $AWS_ACCESS_KEY_ID" >> asked
case "$1 $2" in
"sts get-caller-identity") printf '111111111111\tarn:aws-us-gov:iam::111111111111:user/ann\n' ;;
"organizations list-accounts") printf '111111111111\t222222222222\t333333333333\n' ;;
"sts assume-role")
  case "$*" in
  *arn:aws-us-gov:iam::222222222222:role/OrganizationAccountAccessRole*) printf 'KEY\tSECRET+/=\tTOKEN\n' ;;
  *) exit 254 ;;
  esac ;;
"iam generate-credential-report") if [ -e "$AWS_ACCESS_KEY_ID.started" ]; then echo COMPLETE; else
  : > "$AWS_ACCESS_KEY_ID.started"; echo STARTED; fi ;;
"iam get-credential-report") echo "of $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN" ;;
*) exit 1 ;;
esac
"#;

#[test]
fn a_file_is_saved_for_each_account_that_can_be_read() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("organization");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join("aws");
    fs::write(&program, AWS).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let waits = folder.join("sleep");
    fs::write(&waits, "#!/bin/sh\n").unwrap();
    fs::set_permissions(&waits, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let out = Command::new("sh")
        .arg("-c")
        .arg(ORGANIZATION_SCRIPT)
        .current_dir(&folder)
        .env("PATH", path)
        .env("AWS_ACCESS_KEY_ID", "OWN")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env_remove("AWS_SESSION_TOKEN")
        .output()
        .expect("a shell");
    assert_eq!(String::from_utf8_lossy(&out.stdout), "111111111111\n222222222222\n");
    assert_eq!(String::from_utf8_lossy(&out.stderr), "333333333333: no report\n");
    let reports = folder.join("credential-reports");
    let saved = |account: &str| fs::read_to_string(reports.join(format!("{account}.json"))).unwrap();
    assert_eq!(fs::read_dir(&reports).unwrap().count(), 2);
    assert_eq!(saved("111111111111").trim_end(), "of OWN");
    assert_eq!(saved("222222222222"), "of KEY SECRET+/= TOKEN\n");
    // Nothing but what reads.
    let asked = fs::read_to_string(folder.join("asked")).unwrap();
    let reads = ["get-", "list-", "generate-", "assume-role"];
    assert!(asked.lines().all(|line| reads.iter().any(|verb| line.contains(verb))), "{asked}");
}
