//! Decisions: those about a user on its card, a line on how they stand, the list of all, and the form in
//! which one is made.

use super::{Markup, Setting};
use crate::card::Card;
use crate::checks::{CheckId, SubjectKind};
use crate::comparison::ChangeKind;
use crate::query::DecisionFilter;
use crate::report::Timestamp;
use crate::review::{
    Action, Credential, Day, Decision, DecisionOfUser, ListedDecision, ReviewSummary, State, Target,
};
use crate::text::Text;

/// The button that decides about a user, a credential or a finding. Its `data-about` is the kind, the slot of
/// a key or certificate, and the check of a finding: `access-key 1 access-key-unused`.
pub(super) fn decide_button(
    markup: &mut Markup,
    (kind, slot): (SubjectKind, Option<u8>),
    check: Option<CheckId>,
    setting: &Setting<'_>,
) {
    let t = setting.text.decide;
    let about = match check {
        Some(check) => format!("{} {} {}", kind.name(), slot.unwrap_or_default(), check.name()),
        None => format!("{} {}", kind.name(), slot.unwrap_or_default()),
    };
    let is_of_user = kind == SubjectKind::User && check.is_none();
    let class = if is_of_user { "decide" } else { "decide link" };
    let words = if is_of_user { t.decide_about_user } else { t.decide };
    markup.leaf("button", &[("type", "button"), ("class", class), ("data-about", &about)], words);
}

/// What is decided about a user and its credentials, which findings that accepts, and the button to decide.
pub(super) fn decided(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let may_decide = !setting.open && card.change != Some(ChangeKind::Deleted);
    if card.decisions.is_empty() && !may_decide {
        return;
    }
    markup.open("div", &[("class", "decided")]);
    if !card.decisions.is_empty() {
        markup.open("ul", &[("class", "decisions")]);
        for one in &card.decisions {
            markup.open("li", &attributes(one.state));
            of_user(markup, one, setting);
            markup.close();
        }
        markup.close();
    }
    if !card.accepted.is_empty() {
        accepted(markup, card, setting);
    }
    if may_decide {
        decide_button(markup, (SubjectKind::User, None), None, setting);
    }
    markup.close();
}

fn accepted(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let text = setting.text;
    markup.open("ul", &[("class", "accepted"), ("aria-label", text.review.accepted)]);
    for one in &card.accepted {
        let decision = card.decisions.iter().find(|decision| decision.place == one.decision);
        markup.open("li", &[("data-check", one.finding.check.name())]);
        markup.severity(one.finding.severity);
        markup.visually_hidden(&format!("{}: ", text.severity(one.finding.severity)));
        markup.text(text.check(one.finding.check).title);
        if one.finding.subject.slot.is_some() {
            markup.text(&format!(" · {}", text.subject(&one.finding.subject)));
        }
        let until = decision.map(|one| until(&one.decision, setting)).unwrap_or_default();
        markup.leaf("span", &[("class", "tag")], &format!("{} {until}", text.decide.accepted_finding));
        markup.close();
    }
    markup.close();
}

/// What is decided, on a card at a glance.
pub(super) fn decision_tag(markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
    let Some(one) = card.decisions.first() else { return };
    let words = match one.state {
        State::InForce | State::Soon | State::Open => {
            format!("{} {}", setting.text.action(one.decision.action), until(&one.decision, setting))
        }
        state => {
            format!("{}: {}", setting.text.action(one.decision.action), setting.text.decision_state(state))
        }
    };
    markup.leaf("span", &[("class", "tag decision"), ("data-state", one.state.name())], &words);
}

fn until(decision: &Decision, setting: &Setting<'_>) -> String {
    (setting.text.decide.until_day)(&(setting.day)(decision.until.start()))
}

fn attributes(state: State) -> [(&'static str, &'static str); 2] {
    [("class", "decision"), ("data-state", state.name())]
}

fn of_user(markup: &mut Markup, one: &DecisionOfUser, setting: &Setting<'_>) {
    what(markup, &one.decision, one.state, one.is_self_review, setting);
    why(markup, &one.decision, setting);
    buttons(markup, one.place, true, setting);
}

/// The action, about what, until when, and how that stands.
fn what(markup: &mut Markup, decision: &Decision, state: State, is_self_review: bool, setting: &Setting<'_>) {
    let text = setting.text;
    markup.open("p", &[("class", "what")]);
    markup.leaf("b", &[], text.action(decision.action));
    if let Target::User { credential: Some(credential), .. } = &decision.target {
        markup.text(&format!(" · {}", text.subject_kind(credential.kind())));
        if let Some(creation) = credential.creation() {
            markup.text(&format!(" ({})", (setting.day)(creation.created)));
        }
    }
    markup.text(&format!(" · {} ", until(decision, setting)));
    markup.leaf("span", &[("class", "tag state")], text.decision_state(state));
    let tags = [(decision.is_broad(), text.decide.is_broad), (is_self_review, text.review.self_review)];
    for (_, words) in tags.into_iter().filter(|(is_so, _)| *is_so) {
        markup.text(" ");
        markup.leaf("span", &[("class", "tag")], words);
    }
    markup.close();
}

/// The reason, who decided, who approved, and where it is followed.
fn why(markup: &mut Markup, decision: &Decision, setting: &Setting<'_>) {
    let t = setting.text.decide;
    let said = |words: fn(&str) -> String, name: &str| Some(words(name)).filter(|_| !name.is_empty());
    let plain = |words: &str| Some(words.to_owned()).filter(|words| !words.is_empty());
    let parts = [
        plain(&decision.reason),
        said(t.by_whom, &decision.by),
        said(t.approved_by_whom, &decision.approved_by),
        plain(&decision.ticket),
        plain(&decision.note),
    ];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    markup.leaf("p", &[("class", "why")], &words);
}

fn buttons(markup: &mut Markup, place: u32, may_change: bool, setting: &Setting<'_>) {
    if setting.open {
        return;
    }
    let t = setting.text.decide;
    let place = place.to_string();
    markup.open("p", &[("class", "buttons")]);
    for (class, words) in [("link change-decision", t.change), ("link withdraw-decision", t.withdraw)] {
        if may_change || words == t.withdraw {
            markup.leaf("button", &[("type", "button"), ("class", class), ("data-place", &place)], words);
        }
    }
    markup.close();
}

/// A decision in the list of all.
pub fn listed_decision(markup: &mut Markup, one: &ListedDecision, setting: &Setting<'_>) {
    let text = setting.text;
    markup.open("li", &attributes(one.state));
    if let Some(decision) = &one.decision {
        markup.open("p", &[("class", "whom")]);
        match &decision.target {
            Target::Account => markup.leaf("b", &[], text.decide.whole_account),
            Target::User { arn, .. } => {
                markup.leaf("b", &[("title", arn)], arn.rsplit('/').next().unwrap_or(arn));
            }
        }
        markup.text(" ");
        markup.leaf("span", &[("class", "account")], &setting.account(&decision.account));
        markup.close();
        what(markup, decision, one.state, one.is_self_review, setting);
        if one.accepts > 0 {
            markup.open("p", &[("class", "accepts")]);
            if let Some(worst) = one.worst {
                markup.severity(worst);
            }
            markup.text(&(text.decide.accepts)(one.accepts));
            if one.is_grave {
                markup.text(" ");
                markup.leaf("span", &[("class", "tag")], text.decide.is_grave);
            }
            markup.close();
        }
        why(markup, decision, setting);
    } else {
        markup.leaf("span", &[("class", "tag state")], text.decision_state(one.state));
    }
    if let Some(invalid) = &one.invalid {
        markup.open("p", &[("class", "refused")]);
        markup.rich(&text.invalid(invalid));
        markup.close();
    }
    buttons(markup, one.place, one.decision.is_some(), setting);
    markup.close();
}

/// How decisions stand, a line: each number is a button, which shows the users (`data-go`) or the
/// decisions (`data-list`).
pub fn review_line(markup: &mut Markup, summary: &ReviewSummary, users: u32, setting: &Setting<'_>) {
    if summary.decisions == 0 && summary.not_saved == 0 {
        return;
    }
    let t = setting.text.decide;
    let count = |state| u64::from(summary.in_state(state));
    markup.open("p", &[("class", "scroll")]);
    let mut number = |number: u64, words: String, attribute: &'static str, value: &str| {
        if number > 0 {
            let class = ("class", "link");
            markup.leaf("button", &[("type", "button"), class, (attribute, value)], &words);
            markup.text(" ");
        }
    };
    let decided = u64::from(summary.users_decided);
    number(1, (t.users_decided)(decided, users.into()), "data-list", "");
    let filter = |filter: DecisionFilter| ("data-go", format!("clear&view=cards&decision={}", filter.name()));
    let list = |state: State| ("data-list", state.name().to_owned());
    let grave = u64::from(summary.grave);
    for (count, words, (attribute, value)) in [
        (summary.accepted, (t.accepted)(summary.accepted), filter(DecisionFilter::Accepted)),
        (grave, (t.grave)(grave), ("data-list", "grave".to_owned())),
        (count(State::Overdue), (t.overdue)(count(State::Overdue)), filter(DecisionFilter::Overdue)),
        (count(State::Expired), (t.expired)(count(State::Expired)), filter(DecisionFilter::Expired)),
        (count(State::Soon), (t.soon)(count(State::Soon)), filter(DecisionFilter::Soon)),
        (
            count(State::MatchesNothing),
            (t.matches_nothing)(count(State::MatchesNothing)),
            list(State::MatchesNothing),
        ),
        (
            count(State::AccountNotLoaded),
            (t.not_loaded)(count(State::AccountNotLoaded)),
            list(State::AccountNotLoaded),
        ),
        (count(State::Invalid), (t.invalid)(count(State::Invalid)), list(State::Invalid)),
    ] {
        number(count, words, attribute, &value);
    }
    if summary.not_saved > 0 {
        markup.leaf("b", &[("class", "not-saved")], &(t.not_saved)(summary.not_saved.into()));
        markup.text(" ");
        markup.leaf("button", &[("type", "button"), ("class", "save-decisions")], t.save_file);
    }
    markup.close();
}

/// How many days an exception is offered for at first.
const DAYS_TO_KEEP: i64 = 90;

/// What the form of a decision begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionForm {
    /// The actions to choose from; one at least.
    pub actions: Vec<Action>,
    /// What is chosen at first.
    pub action: Action,
    /// The first day and the last, as `2026-11-25`.
    pub days: (String, String),
    /// Why, who decides, who approved, ticket and note.
    pub texts: [String; 5],
    /// Whether it covers whatever is found.
    pub is_broad: bool,
}

/// The ids of the form's fields for text, in the order of [`DecisionForm::texts`].
pub const TEXT_FIELDS: [&str; 5] =
    ["decide-reason", "decide-by", "decide-approved-by", "decide-ticket", "decide-note"];

/// The form in which a decision is made or changed.
pub fn decision_form(markup: &mut Markup, form: &DecisionForm, setting: &Setting<'_>) {
    let text = setting.text;
    let t = text.decide;
    markup.open("fieldset", &[("class", "scope")]);
    markup.leaf("legend", &[], t.action);
    for action in &form.actions {
        let meaning = Action::ALL.iter().zip(t.meanings).find(|(other, _)| *other == action);
        let id = format!("decide-{}", action.name());
        let mut attributes =
            vec![("type", "radio"), ("name", "decide-action"), ("value", action.name()), ("id", &id)];
        if *action == form.action {
            attributes.push(("checked", ""));
        }
        markup.open("label", &[]);
        markup.void("input", &attributes);
        markup.open("span", &[]);
        markup.leaf("b", &[], text.action(*action));
        markup.text(" ");
        markup.leaf("span", &[("class", "hint")], meaning.map(|(_, meaning)| meaning).unwrap_or_default());
        markup.close();
        markup.close();
    }
    markup.close();
    let [reason, by, approved_by, ticket, note] = &form.texts;
    let [reason_id, by_id, approved_id, ticket_id, note_id] = TEXT_FIELDS;
    field(markup, reason_id, t.reason, "text", reason);
    markup.leaf("p", &[("class", "hint")], t.reason_hint);
    field(markup, by_id, t.by, "text", by);
    field(markup, "decide-on", t.on, "date", &form.days.0);
    field(markup, "decide-until", t.until, "date", &form.days.1);
    markup.leaf("p", &[("class", "hint")], &(t.days_hint)(&(setting.day)(setting.as_of)));
    field(markup, approved_id, t.approved_by, "text", approved_by);
    field(markup, ticket_id, t.ticket, "text", ticket);
    field(markup, note_id, t.note, "text", note);
    markup.open("p", &[("class", "field")]);
    markup.open("label", &[]);
    let mut attributes = vec![("type", "checkbox"), ("id", "decide-broad")];
    if form.is_broad {
        attributes.push(("checked", ""));
    }
    markup.void("input", &attributes);
    markup.text(&format!(" {}", t.broad));
    markup.close();
    markup.close();
    markup.open("div", &[("class", "buttons")]);
    markup.leaf("button", &[("type", "submit"), ("class", "primary"), ("id", "decide-done")], t.save);
    markup.close();
}

fn field(markup: &mut Markup, id: &str, label: &str, kind: &str, value: &str) {
    markup.open("p", &[("class", "field")]);
    markup.leaf("label", &[("for", id)], label);
    markup.void("input", &[("type", kind), ("id", id), ("value", value), ("autocomplete", "off")]);
    markup.close();
}

/// The kind of a credential, or that of a user, and its slot, and the check, of a button's `data-about`.
pub fn read_about(text: &str) -> Option<(SubjectKind, Option<u8>, Option<CheckId>)> {
    let mut parts = text.split(' ');
    let name = parts.next()?;
    let kind = SubjectKind::ALL.into_iter().find(|kind| kind.name() == name)?;
    let slot = parts.next()?.parse().ok().filter(|slot| *slot != 0);
    let check = match parts.next() {
        Some(name) => Some(CheckId::from_name(name)?),
        None => None,
    };
    Some((kind, slot, check))
}

/// The name of a thing that is decided about.
pub fn about_words(
    user: &str,
    (kind, slot, check): (SubjectKind, Option<u8>, Option<CheckId>),
    text: &Text,
) -> String {
    let credential = match (kind, slot) {
        (SubjectKind::Account | SubjectKind::User, _) => None,
        (SubjectKind::AccessKey, Some(slot)) => Some((text.page.key)(slot.into())),
        (SubjectKind::Certificate, Some(slot)) => Some((text.page.certificate)(slot.into())),
        (kind, _) => Some(text.subject_kind(kind).to_owned()),
    };
    let check = check.map(|check| text.check(check).title.to_owned());
    [Some(user.to_owned()), credential, check].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

impl DecisionForm {
    /// What it begins with: about a user, a credential or a finding; `None`: about all that is shown. As of a
    /// report before today it counts from the report's day on.
    pub fn new(about: Option<SubjectKind>, as_of: Timestamp, today: Timestamp, by: &str) -> Self {
        let actions = Action::ALL.into_iter().filter(|action| match (action, about) {
            (Action::Keep | Action::Ask, _) => true,
            (Action::Rotate, about) => about.is_some_and(SubjectKind::has_slots),
            (Action::AddMfa, Some(SubjectKind::AccessKey | SubjectKind::Certificate)) => false,
            (_, about) => about != Some(SubjectKind::Account),
        });
        let on = Day::of(as_of.min(today));
        Self {
            actions: actions.collect(),
            action: Action::Keep,
            days: (on.to_string(), on.plus(DAYS_TO_KEEP).to_string()),
            texts: [String::new(), by.to_owned(), String::new(), String::new(), String::new()],
            is_broad: false,
        }
    }

    /// What a decision is changed from. Work that answers no finding cannot become an exception.
    pub fn of(decision: &Decision) -> Self {
        let kind = match &decision.target {
            Target::Account => SubjectKind::Account,
            Target::User { credential, .. } => credential.map_or(SubjectKind::User, Credential::kind),
        };
        let start = decision.on.start();
        let mut form = Self::new(Some(kind), start, start, &decision.by);
        form.actions.retain(|action| *action != Action::Keep || decision.checks.is_some());
        form.action = decision.action;
        form.days.1 = decision.until.to_string();
        form.texts = [
            decision.reason.clone(),
            decision.by.clone(),
            decision.approved_by.clone(),
            decision.ticket.clone(),
            decision.note.clone(),
        ];
        form.is_broad = decision.is_broad();
        form
    }
}
