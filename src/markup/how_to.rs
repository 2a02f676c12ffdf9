//! How to get a report: in the console, or with two commands.

use super::{Markup, Setting};
use crate::remediation::{GENERATE_REPORT, GET_REPORT, ORGANIZATION_SCRIPT};

/// All ways, and the script for an organization.
pub fn how_to(markup: &mut Markup, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.page;
    markup.leaf("h3", &[], t.how_to_console);
    markup.open("ol", &[]);
    markup.items(t.how_to_console_steps);
    markup.close();
    markup.leaf("h3", &[], t.how_to_cli);
    markup.leaf("p", &[], t.how_to_cli_text);
    for line in [GENERATE_REPORT, GET_REPORT] {
        markup.open("div", &[("class", "command")]);
        markup.leaf("code", &[], line);
        copy(markup, setting);
        markup.close();
    }
    markup.leaf("p", &[("class", "hint")], t.how_to_rights);
    markup.open("details", &[("class", "script"), ("id", "organization")]);
    markup.leaf("summary", &[], text.glance.how_to_organization);
    markup.leaf("p", &[], text.glance.how_to_organization_text);
    markup.open("div", &[("class", "command")]);
    markup.open("pre", &[("tabindex", "0")]);
    markup.leaf("code", &[], ORGANIZATION_SCRIPT.trim_end());
    markup.close();
    copy(markup, setting);
    markup.close();
    markup.close();
}

/// A button that copies what is before it.
fn copy(markup: &mut Markup, setting: &Setting<'_>) {
    markup.open("button", &[("type", "button"), ("class", "copy")]);
    markup.leaf("span", &[("aria-live", "polite")], setting.text.page.copy);
    markup.close();
}
