//! Reads AWS IAM credential reports and evaluates them: bytes, a policy and an as-of time go in, findings
//! come out. Nothing in here knows a browser, a clock or a global.
//!
//! The layers, top to bottom; a line uses only what is below it:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`session`] | a request | a reply: the whole app without a screen |
//! | [`problems`] | assessment | the checks by area, the worst first |
//! | [`export`] | assessment, comparison | findings and changes as JSON |
//! | [`groups`] | things | those that share a reason, together |
//! | [`markup`] | what is shown | its HTML, escaped |
//! | [`view_state`] | what is shown | the part of the address after `#` |
//! | [`chart`] | numbers, moments | where they are in a picture |
//! | [`text`] | facts | sentences, in English and Japanese |
//! | [`remediation`] | a finding | the commands that resolve it |
//! | [`query`] | assessment | a sorted, filtered page of cards |
//! | [`accounts`] | assessment | a sorted, searched page of accounts |
//! | [`by_owner`] | assessment, owners | a page of owners, and how their users stand |
//! | [`overview`] | assessment | the result at a glance |
//! | [`card`] | a row | a user as the page shows it |
//! | [`review`] | decisions | what was decided, and how that stands |
//! | [`comparison`] | assessments of two reports | what became of findings and users: package `credential-report-assessment` |
//! | [`assessment`], [`finding`], [`policy`], [`checks`], [`thresholds`], [`histogram`] | reports, policy, as-of | verdicts, totals, findings: package `credential-report-assessment` |
//! | [`report`] | bytes | compact rows, warnings with line and column: package `credential-report` |

pub use credential_report as report;
pub use credential_report_assessment::{
    assessment, checks, comparison, finding, histogram, policy, thresholds,
};

pub mod accounts;
pub mod by_owner;
pub mod card;
pub mod chart;
pub mod export;
pub mod groups;
pub mod markup;
pub mod overview;
pub mod problems;
pub mod query;
pub mod remediation;
pub mod review;
pub mod session;
pub mod text;
pub mod view_state;
