//! What went wrong, where the person looks, with the next step.

use super::{Markup, Setting};

/// What went wrong with some files, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureReason {
    /// What failed, mostly files: the first of them.
    pub shown: Vec<String>,
    /// The others, to be unfolded.
    pub more: Vec<String>,
    /// What went wrong.
    pub what: String,
    /// What to do.
    pub advice: String,
    /// Whether to show how to get a report.
    pub how_to: bool,
}

/// How many reasons are told at once; the others are unfolded.
const REASONS: usize = 3;

/// All that went wrong.
pub fn failures(
    markup: &mut Markup,
    reasons: &[FailureReason],
    is_result_there: bool,
    setting: &Setting<'_>,
) {
    let text = setting.text;
    let t = &text.page;
    let (first, others) = reasons.split_at(reasons.len().min(REASONS));
    markup.open("section", &[("id", "error"), ("class", "failures")]);
    markup.open("ul", &[]);
    for reason in first {
        told(markup, reason, setting);
    }
    markup.close();
    if !others.is_empty() {
        markup.open("details", &[("class", "others")]);
        markup.leaf("summary", &[], &(text.glance.more_reasons)(others.len() as u64));
        markup.open("ul", &[("class", "long")]);
        for reason in others {
            told(markup, reason, setting);
        }
        markup.close();
        markup.close();
    }
    markup.open("p", &[("class", "after")]);
    markup.text(if is_result_there { t.error_result_stays } else { t.error_try_again });
    markup.text(" ");
    markup.leaf("button", &[("type", "button"), ("class", "link"), ("id", "error-dismiss")], t.dismiss);
    markup.close();
    markup.close();
}

fn told(markup: &mut Markup, reason: &FailureReason, setting: &Setting<'_>) {
    let text = setting.text;
    markup.open("li", &[]);
    for title in &reason.shown {
        markup.leaf("h2", &[], title);
    }
    if !reason.more.is_empty() {
        markup.open("details", &[]);
        markup.leaf("summary", &[], &(text.glance.more_files)(reason.more.len() as u64));
        markup.open("ul", &[("class", "long names")]);
        markup.items(reason.more.iter().map(String::as_str));
        markup.close();
        markup.close();
    }
    markup.open("p", &[("class", "what")]);
    markup.rich_leaf("span", &[], &reason.what);
    markup.close();
    markup.open("p", &[("class", "advice")]);
    markup.rich_leaf("span", &[], &reason.advice);
    if reason.how_to {
        markup.text(" ");
        let attributes = [("type", "button"), ("class", "link"), ("data-panel", "how-to")];
        markup.leaf("button", &attributes, text.page.how_to_title);
    }
    markup.close();
    markup.close();
}
