//! By owner: who answers for whom, and how that stands.

use super::closed::severities;
use super::{Markup, Setting};
use crate::by_owner::{OwnerGroup, OwnerGroups};
use crate::checks::Severity;

/// The table of a page of owners. A name shows the users (`data-owner`, or `data-go` of those without an owner).
pub fn by_owner(markup: &mut Markup, owners: &OwnerGroups, setting: &Setting<'_>) {
    let (t, page) = (&setting.text.owners, &setting.text.page);
    markup.open("table", &[("class", "users owners"), ("aria-label", t.by_owner)]);
    markup.open("thead", &[]);
    markup.open("tr", &[]);
    for (class, words) in [
        ("owner", t.owner),
        ("team", t.team),
        ("number", page.users_heading),
        ("number with-findings", t.with_findings),
        ("counts", page.findings_heading),
        ("number leavers", t.left_enabled),
        ("number decided-of", t.decided),
        ("number", t.overdue),
    ] {
        markup.leaf("th", &[("scope", "col"), ("class", class)], words);
    }
    markup.close();
    markup.close();
    markup.open("tbody", &[]);
    for group in &owners.groups {
        row(markup, group, setting);
    }
    markup.close();
    markup.close();
}

fn row(markup: &mut Markup, group: &OwnerGroup, setting: &Setting<'_>) {
    let text = setting.text;
    let t = &text.owners;
    let class = group.by_severity.worst().map_or("fine", Severity::name);
    markup.open(
        "tr",
        &[
            ("class", class),
            ("tabindex", "-1"),
            ("data-stop", ""),
            ("data-leavers", &group.leavers.to_string()),
        ],
    );
    markup.open("th", &[("scope", "row")]);
    let begin = |markup: &mut Markup, name: &'static str, value: &str| {
        let class = [("type", "button"), ("class", "link"), ("title", t.show), (name, value)];
        markup.open("button", &class);
    };
    if let Some(owner) = &group.owner {
        begin(markup, "data-owner", owner.key());
        markup.marked(&owner.name, setting.terms);
        markup.close();
        if !owner.email.is_empty() && owner.email != owner.name {
            markup.open("span", &[("class", "hint")]);
            markup.marked(&owner.email, setting.terms);
            markup.close();
        }
        if owner.active == Some(false) {
            markup.leaf("span", &[("class", "tag")], t.has_left);
        }
        if group.leavers > 0 {
            // Where there is no room for the column.
            markup.open("span", &[("class", "left-enabled")]);
            markup.severity(Severity::High);
            markup.text(&format!("{}: {}", t.left_enabled, text.number(group.leavers.into())));
            markup.close();
        }
    } else {
        begin(markup, "data-go", "clear&view=cards&unowned=yes");
        markup.text(t.no_owner);
        markup.close();
    }
    markup.close();
    markup.open("td", &[("class", "team")]);
    markup.marked(group.owner.as_ref().map_or("", |owner| &owner.team), setting.terms);
    markup.close();
    let number = |markup: &mut Markup, class: &str, words: &str| {
        markup.leaf("td", &[("class", &format!("number {class}"))], words);
    };
    let some = |count: u32| if count == 0 { "–".to_owned() } else { text.number(count.into()) };
    number(markup, "", &text.number(group.users.into()));
    number(markup, "with-findings", &some(group.users_with_findings));
    markup.open("td", &[("class", "counts")]);
    severities(markup, |severity| group.by_severity.of(severity), setting);
    markup.close();
    markup.open("td", &[("class", "number leavers")]);
    if group.leavers > 0 {
        markup.severity(Severity::High);
    }
    markup.text(&some(group.leavers));
    markup.close();
    number(markup, "decided-of", &(text.glance.some_of)(group.decided.into(), group.users.into()));
    number(markup, "", &some(group.overdue));
    markup.close();
}
