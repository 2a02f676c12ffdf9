//! Reads AWS IAM credential reports and judges them: bytes, a policy and an as-of time go in,
//! findings come out. Nothing in here knows a browser, a clock or a global.
//!
//! | module | from | to |
//! |---|---|---|
//! | [`report`] | bytes | compact rows, warnings with line and column |
//! | [`policy`] | – | thresholds and the checks that are on |
//! | [`checks`] | a user and a policy | verdicts; one table holds them all |
//! | [`assessment`] | reports, policy, as-of | verdict masks, totals, findings on demand |
//! | [`query`] | assessment | a sorted, filtered page of cards |
//! | [`export`] | assessment | the findings as JSON |
//! | [`session`] | a request | a reply: the whole app without a screen |
//! | [`text`] | facts | sentences, in English and Japanese |
//! | [`markup`] | cards, findings | their HTML, escaped |
//! | [`view_state`] | what is shown | the part of the address after `#` |
//! | [`chart`] | numbers, moments | where they stand in a picture |
//! | [`advice`] | a finding | the commands that mend it |

pub mod advice;
pub mod assessment;
pub mod card;
pub mod chart;
pub mod checks;
pub mod export;
pub mod finding;
pub mod markup;
pub mod overview;
pub mod policy;
pub mod query;
pub mod report;
pub mod session;
pub mod text;
pub mod view_state;
#[cfg(test)]
mod work;
