//! How to see for yourself that nothing is sent, and what a policy cannot promise.

use super::{Markup, Setting};

/// All of it, with the Content Security Policy in force, one directive a line; empty where there is none.
pub fn privacy(markup: &mut Markup, policy: &str, setting: &Setting<'_>) {
    let t = &setting.text.page;
    markup.leaf("p", &[], t.privacy_text);
    markup.open("ol", &[("class", "steps")]);
    for (what, how) in t.privacy_steps {
        markup.open("li", &[]);
        markup.leaf("b", &[], what);
        markup.text(" ");
        markup.text(how);
        markup.close();
    }
    markup.close();
    markup.leaf("h3", &[], t.privacy_policy);
    if policy.is_empty() {
        markup.leaf("p", &[], t.privacy_no_policy);
    } else {
        markup.open("pre", &[("id", "policy-in-force"), ("tabindex", "0")]);
        markup.leaf("code", &[], policy);
        markup.close();
    }
    markup.leaf("p", &[("class", "hint")], t.privacy_policy_text);
    markup.leaf("h3", &[], t.privacy_limits);
    markup.open("ul", &[]);
    markup.items(t.privacy_limits_text);
    markup.close();
    markup.leaf("h3", &[], t.privacy_kept);
    markup.leaf("p", &[], t.privacy_kept_text);
}
