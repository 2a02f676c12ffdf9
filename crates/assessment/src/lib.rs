//! Holds credential reports against a policy as of a moment: verdicts, totals, and findings on demand.
//!
//! It knows no query, no card, no sentence and no browser.
//!
//! | module | holds |
//! |---|---|
//! | [`thresholds`] | what counts as too old or unused, in days |
//! | [`histogram`] | ages in bars |
//! | [`checks`] | one table of every check, each with its rule |
//! | [`policy`] | thresholds and the checks that are on; its JSON |
//! | [`finding`] | a check that failed, on whom, and by which cells |
//! | [`assessment`] | reports × policy × as-of → verdict masks, totals, findings on demand |
//! | [`comparison`] | two reports of an account → what became of findings and users |

use credential_report as report;

pub mod assessment;
pub mod checks;
pub mod comparison;
pub mod finding;
pub mod histogram;
pub mod policy;
pub mod thresholds;
