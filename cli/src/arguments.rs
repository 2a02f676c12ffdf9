//! The command line; help, completions and man page come from this declaration.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, Parser, ValueEnum};
use clap_complete::Shell;
use credential_report_viewer::checks::{self, CheckId, Preset, Severity};
use credential_report_viewer::comparison::Outcome;
use credential_report_viewer::export::script::Deactivation;
use credential_report_viewer::export::{ExportRequest, Form, OcsfClass, RedactionKey, Separator};
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::Query;
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::review::Day;
use credential_report_viewer::text::{ENGLISH, Language};

/// What does not fit beside an option.
const AFTER_HELP: &str = "\
Formats: summary, findings (JSON), changes, decisions, review, findings-csv, users-csv, markdown,
         ocsf, letters, redaction-table, disable-script, delete-script
Presets: recommended, cis-7.0, cis-5.0, cis-3.0, cis-1.2, aws-fsbp, pci-dss-4.0.1
Exit status: 0 success · 1 --fail-on · 2 invalid command line or output · 3 bad file or decision";

/// Finds old, unused and unprotected credentials in AWS IAM credential reports, offline
#[derive(Debug, Parser)]
#[command(
    name = "credential-report",
    version,
    override_usage = "credential-report [OPTIONS] FILES…",
after_help = AFTER_HELP
)]
pub(crate) struct Arguments {
    /// Credential reports: CSV, or JSON from the AWS CLI; decisions; `-` is standard input
    #[arg(value_name = "FILES", required_unless_present_any = ["completions", "man"])]
    pub(crate) files: Vec<PathBuf>,

    /// See below [default: summary on a terminal, else findings]
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<Format>,

    /// The earlier report to compare with [default: the previous one]
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,

    /// Compare with no earlier report
    #[arg(long, conflicts_with = "against")]
    pub(crate) newest_only: bool,

    /// Only new, unchanged, resolved, cleared or not-judged findings
    #[arg(long, value_name = "CHANGE", value_delimiter = ',', hide_possible_values = true, value_parser = named(Outcome::ALL, Outcome::name))]
    pub(crate) change: Vec<Outcome>,

    /// Class of OCSF events: 2003 or 2004 [default: 2003]
    #[arg(long, value_name = "CLASS", default_value = OcsfClass::default().name(), hide_default_value = true, hide_possible_values = true, value_parser = named(OcsfClass::ALL, OcsfClass::name))]
    pub(crate) ocsf_class: OcsfClass,

    /// Separator of CSV: comma or semicolon [default: comma]
    #[arg(long, value_name = "SEPARATOR", default_value = Separator::default().name(), hide_default_value = true, hide_possible_values = true, value_parser = named(Separator::ALL, Separator::name))]
    pub(crate) separator: Separator,

    /// Undo file of disable-ACCOUNT.sh, for delete-script
    #[arg(long, value_name = "FILE")]
    pub(crate) undo: Vec<PathBuf>,

    /// Day to reply by, in letters [default: 14 days after the report]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) answer_by: Option<Day>,

    /// Replace names with aliases
    #[arg(long)]
    pub(crate) redact: bool,

    /// File with the key of the aliases; created if it does not exist
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub(crate) redaction_key: Option<PathBuf>,

    /// Calculate ages as of another time, such as 2026-09-11T13:15:19Z
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse)]
    pub(crate) as_of: Option<Timestamp>,

    /// A preset, or an exported check policy [default: recommended]
    #[arg(long, value_name = "PRESET|FILE", value_parser = policy)]
    pub(crate) policy: Option<Policy>,

    /// Only findings of these checks, by check ID
    #[arg(long, value_name = "ID", value_delimiter = ',', hide_possible_values = true, value_parser = named(checks::ids(), CheckId::name))]
    pub(crate) check: Vec<CheckId>,

    /// Only findings of these severities: critical, high, medium, low, info
    #[arg(long, value_name = "SEVERITY", value_delimiter = ',', hide_possible_values = true, value_parser = named(Severity::ALL, Severity::name))]
    pub(crate) severity: Vec<Severity>,

    /// Only these accounts
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(crate) account: Vec<String>,

    /// Only users of these owners, by name or e-mail address
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) owner: Vec<String>,

    /// Only users whose name, ARN or account contains these words
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub(crate) search: String,

    /// Language of what people read: en or ja
    #[arg(long, value_name = "LANGUAGE", default_value = "en", hide_possible_values = true, value_parser = named(Language::ALL, Language::tag))]
    pub(crate) language: Language,

    /// Exit with 1 if there is a finding of this severity or worse
    #[arg(long, value_name = "SEVERITY", hide_possible_values = true, value_parser = named(Severity::ALL, Severity::name))]
    pub(crate) fail_on: Option<Severity>,

    /// Write to a file once complete; forms of several files to a folder
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,

    /// Completions for bash, elvish, fish, powershell, zsh; --man: man page
    #[arg(long, value_name = "SHELL", hide_possible_values = true, exclusive = true)]
    completions: Option<Shell>,

    // It has no line of its own in the help, which fits a screen.
    /// Print the man page
    #[arg(long, exclusive = true, hide = true)]
    man: bool,
}

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The findings as JSON, as the page exports them
    Findings,
    /// What changed since the earlier report, as JSON
    Changes,
    /// The findings as a table
    FindingsCsv,
    /// The users as a table
    UsersCsv,
    /// The findings as a list to tick off
    Markdown,
    /// The findings as events of OCSF
    Ocsf,
    /// A letter to each owner
    Letters,
    /// Which alias stands for which name
    RedactionTable,
    /// The decisions as JSON
    Decisions,
    /// The record of the review as JSON
    Review,
    /// Scripts that deactivate what was decided so, one an account
    DisableScript,
    /// Scripts that delete what those deactivated, one an account
    DeleteScript,
    /// A short text to read
    Summary,
}

impl Format {
    /// The form that leaves the session; `None` for what the command writes itself.
    pub(crate) fn form(self) -> Option<Form> {
        Some(match self {
            Self::Findings => Form::Findings,
            Self::Changes => Form::Changes,
            Self::FindingsCsv => Form::FindingsCsv,
            Self::UsersCsv => Form::UsersCsv,
            Self::Markdown => Form::Markdown,
            Self::Ocsf => Form::Ocsf,
            Self::Letters => Form::Letters,
            Self::RedactionTable => Form::RedactionTable,
            Self::Decisions => Form::Decisions,
            Self::Review => Form::Review,
            Self::DisableScript => Form::DisableScript,
            Self::DeleteScript => Form::DeleteScript,
            Self::Summary => return None,
        })
    }
}

impl Arguments {
    /// What is asked of an export.
    pub(crate) fn export(
        &self,
        form: Form,
        redaction: Option<RedactionKey>,
        undo: Vec<Deactivation>,
    ) -> ExportRequest {
        ExportRequest {
            form,
            filter: Some(self.query()).filter(Query::is_narrow),
            language: self.language,
            separator: self.separator,
            class: self.ocsf_class,
            redaction,
            undo,
            answer_by: self.answer_by,
        }
    }

    /// The filters, as a question.
    pub(crate) fn query(&self) -> Query {
        Query {
            search: self.search.clone(),
            severities: self.severity.clone(),
            checks: self.check.clone(),
            accounts: self.account.clone(),
            owners: self.owner.clone(),
            changes: self.change.clone(),
            ..Query::default()
        }
    }

    /// What the command prints about itself, where it is asked for that.
    pub(crate) fn own_pages(&self) -> Option<Vec<u8>> {
        let mut command = Self::command();
        let mut page = Vec::new();
        if let Some(shell) = self.completions {
            clap_complete::generate(shell, &mut command, "credential-report", &mut page);
            return Some(page);
        }
        // Writing to memory does not fail.
        self.man.then(|| clap_mangen::Man::new(command).render(&mut page).map(|()| page).unwrap_or_default())
    }
}

/// Reads one of these by its name.
fn named<T: Copy + Send + Sync + 'static>(
    all: impl IntoIterator<Item = T>,
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let all: Vec<T> = all.into_iter().collect();
    PossibleValuesParser::new(all.iter().map(|one| name(*one)))
        .try_map(move |given| all.iter().copied().find(|one| name(*one) == given).ok_or("unknown value"))
}

/// Reads a day.
fn day(text: &str) -> Result<Day, &'static str> {
    Day::parse(text).ok_or("a day is written as in 2026-11-25")
}

/// Reads a policy: the name of a preset, or a file that the page exported.
fn policy(name: &str) -> Result<Policy, String> {
    if let Some(preset) = Preset::from_name(name) {
        return Ok(preset.policy());
    }
    let json = std::fs::read_to_string(name).map_err(|error| {
        let presets: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name()).collect();
        format!("no preset ({}), and not a file: {error}", presets.join(", "))
    })?;
    Policy::from_json(&json).map_err(|error| ENGLISH.policy_error(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_form_of_the_page_can_be_asked_for_and_stands_in_the_help() {
        let formats = Format::value_variants();
        for form in Form::ALL {
            let format = formats.iter().find(|format| format.form() == Some(form)).unwrap();
            assert_eq!(format.to_possible_value().unwrap().get_name(), form.name());
            assert!(AFTER_HELP.contains(form.name()), "{}", form.name());
        }
    }

    #[test]
    fn the_help_fits_a_screen_and_names_every_preset() {
        let help = Arguments::command().render_help().to_string();
        assert!(help.lines().count() <= 36, "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
        assert!(Preset::ALL.iter().all(|preset| help.contains(preset.name())), "{help}");
    }
}
